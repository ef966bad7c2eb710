"""The benchmarks of `gatun service`: its start, its memory, its watchdog."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from . import environment as env
from . import report
from .supervising import IDLE_SECONDS, Sleeper, most, owner

MEBIBYTE = 1 << 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Services:
    """Dist folders of services, in one temporary folder that goes with them."""

    def __enter__(self):
        self.root = Path(tempfile.mkdtemp(prefix="gatun-bench."))
        self.count = 0
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root)

    def add(self, program, *arguments, settings="", readiness=""):
        """Makes one and gives the command that launches it; its own log goes to standard error."""
        self.count += 1
        dist = self.root / str(self.count)
        (dist / "service/bin").mkdir(parents=True)
        (dist / "deployment").mkdir()
        (dist / "deployment/manifest.yml").write_text("product-name: bench\nproduct-version: 1.0.0\n")
        words = ", ".join(f'"{word}"' for word in arguments)
        (dist / "service/bin/launcher-static.yml").write_text(
            "configType: python\nconfigVersion: 1\nlaunchMode: command\n"
            f"executable: {program}\nargs: [{words}]\nlogging: {{output: stderr}}\n{settings}\n{readiness}\n"
        )
        return [env.distribution(), "service", "--dist-root", dist]


def ready_when_answering(port, interval=5):
    """An endpoint, and a check that asks that endpoint: the launcher at both ends, so that the child can be anything."""
    return (
        f"readiness: {{enabled: true, bindAddress: 127.0.0.1, httpPort: {port}, drainSeconds: 0, "
        f"check: {{http: {{port: {port}, path: /live}}, intervalSeconds: {interval}}}}}"
    )


def service_start(full):
    rounds = 200 if full else 40
    stamp = env.TOOLS / "stamp"
    with Services() as services:
        contenders = {
            "service": services.add(stamp, readiness=ready_when_answering(free_port())),
            "run": [env.distribution(), "run", "--", stamp],
        }
        words = []
        for name, command in contenders.items():
            words += (["++"] if words else []) + [name, *map(str, command)]
        output = env.run([env.TOOLS / "stopwatch", rounds, *words], stderr=subprocess.DEVNULL)
    stamps, walls, cpus = ({name: [] for name in contenders} for _ in range(3))
    for line in output.splitlines():
        name, wall, cpu, stamped = line.split()
        if int(stamped) < 0:
            raise env.Missing(f"the child of {name} said nothing")
        for values, figure in ((stamps, stamped), (walls, wall), (cpus, cpu)):
            values[name].append(int(figure) / 1e6)
    print(f"{rounds} rounds; readiness with a check and the watchdog are on. The processor time is that until the end.\n")
    report.table(
        ["program", "until the child runs, median ms", "first quartile ms", "min ms", "wall in all, median ms",
         "CPU in all, median ms", "min ms"],
        [
            (
                f"`gatun {name}`",
                report.median(stamps[name]),
                report.percentile(stamps[name], 25),
                min(stamps[name]),
                report.median(walls[name]),
                report.median(cpus[name]),
                min(cpus[name]),
            )
            for name in contenders
        ],
    )
    report.at_most("service / run, until the child runs",
                   report.median(stamps["service"]) / report.median(stamps["run"]), 1.5)
    ratios = [figure(values["service"]) / figure(values["run"])
              for values, figure in ((stamps, min), (cpus, report.median), (cpus, min))]
    print("* the same ratio of the shortest runs: {:.2f}; of processor time in all: {:.2f}, least {:.2f}\n".format(*ratios))


def _ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _until_ready(port):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if _ask(port, "/ready") == 200:
                return
        time.sleep(0.1)
    raise env.Missing("the service did not become ready")


def service_idle(full):
    copies = 5 if full else 3
    sleep = [shutil.which("sleep"), "3600"]
    with Services() as services, contextlib.ExitStack() as stack:
        sleepers, ports = {"service": [], "run": []}, []
        for _ in range(copies):
            ports.append(free_port())
            command = services.add(*sleep, readiness=ready_when_answering(ports[-1]))
            sleepers["service"].append(Sleeper(command))
            sleepers["run"].append(Sleeper([env.distribution(), "run", "--", *sleep]))
        for group in sleepers.values():
            for sleeper in group:
                stack.callback(sleeper.end)
        rows = []

        def look(when):
            time.sleep(5)
            for name, group in sleepers.items():
                rows.append((when, name, [sleeper.memory() for sleeper in group]))

        def probe(count, *paths):
            for port in ports:
                for path in paths:
                    for _ in range(count):
                        _ask(port, path)

        for port in ports:
            _until_ready(port)
        look("ready")
        probe(30, "/ready")
        look("after 30 probes")
        services_before, before = _switches(sleepers)
        time.sleep(IDLE_SECONDS)
        services_after, after = _switches(sleepers)
        look("a minute later")
        probe(1000, "/ready")
        look("after 1000 more")
        probe(10, "/metrics")
        look("after 10 looks at the figures")
    _print_idle(copies, rows)
    _print_wake_ups(services_before, services_after)


def _switches(sleepers):
    """Of the services and of the others, by sleeper."""
    return tuple({sleeper: sleeper.switches() for sleeper in sleepers[name]} for name in ("service", "run"))


def _print_idle(copies, rows):
    print(f"Medians of {copies} copies of each; a probe of the endpoint from outside, a check and a tick of the watchdog "
          "every 5 s.\n")

    def figure(memory, field):
        return report.median([fields[field] for fields in memory])

    table, ratios = [], {}
    for (when, _, service), (_, _, run) in zip(rows[::2], rows[1::2]):
        cells = []
        for field in ("RssAnon", "Pss", "VmRSS", "threads"):
            cells += [figure(service, field), figure(run, field)]
        ratios[when] = cells[0] / cells[1]
        table.append((when, *cells, ratios[when]))
    report.table(
        ["kB", "RssAnon of service", "of run", "PSS of service", "of run", "RSS of service", "of run",
         "threads of service", "of run", "RssAnon: service / run"],
        table,
    )
    report.at_most("RssAnon of service / run, a minute after 30 probes", ratios["a minute later"], 1.4)
    print(f"* the same after 1000 more: {ratios['after 1000 more']:.2f}\n")


def _print_wake_ups(before, after):
    counts, ours = {}, []
    for sleeper, threads in after.items():
        own = 0
        for tid, (name, voluntary, involuntary) in threads.items():
            _, voluntary_before, involuntary_before = before[sleeper].get(tid, (name, 0, 0))
            whose = owner(sleeper.process.pid, tid, name)
            counts.setdefault((whose, name), []).append((voluntary - voluntary_before, involuntary - involuntary_before))
            own += voluntary - voluntary_before if whose == "ours" else 0
        ours.append(own)
    print(f"Context switches of `gatun service` in {IDLE_SECONDS} s, voluntary + involuntary, the most that any copy had; "
          f"{IDLE_SECONDS // 5} ticks and {IDLE_SECONDS // 5} checks in them, of which we are both ends:\n")
    report.table(["thread", "whose", "switches"],
                 [(name, whose, most(values)) for (whose, name), values in sorted(counts.items())])
    print(f"* wake-ups of our own threads, of each copy: {', '.join(map(str, sorted(ours)))}\n")


def _wait_for_line(process):
    if process.stdout.readline().strip() != "ready":
        raise env.Missing("the processes to measure did not start")


class MeasuredLauncher:
    """A launcher that watches, and what its threads take."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        _wait_for_line(self.process)

    def look(self):
        """Of the thread that watches: nanoseconds of processor time, and how often it has slept."""
        best = (0, 0)
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            if owner(self.process.pid, int(task.name), (task / "comm").read_text().strip()) == "ours":
                nanos = int((task / "schedstat").read_text().split()[0])
                slept = int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.M).group(1))
                best = max(best, (nanos, slept))
        return best

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


TICK_PERIOD = 0.1


def service_watchdog(full):
    ticks = 600 if full else 150
    tree, members = env.TOOLS / "tree", 200
    far = f"memory: {{mode: fixed, fixedLimitBytes: 64Gi}}\nwatchdog: {{trigger: false, pollIntervalSeconds: {TICK_PERIOD}"
    stages = {
        "far from the limits (RSS)": far + "}",
        "between the limits (PSS)": far + ", softLimitPercent: 0.001, recoverPercent: 0}",
    }
    rows, measured = [], {}
    for foreign in (0, 1000):
        with Services() as services, contextlib.ExitStack() as stack:
            if foreign:
                others = subprocess.Popen([tree, str(foreign)], stdout=subprocess.PIPE, text=True)
                stack.callback(others.wait)
                stack.callback(others.kill)
                _wait_for_line(others)
            for stage, settings in stages.items():
                launcher = MeasuredLauncher(services.add(tree, members - 1, settings=settings))
                try:
                    time.sleep(ticks * TICK_PERIOD)
                    samples = [launcher.look()]
                    for _ in range(10):
                        time.sleep(ticks * TICK_PERIOD / 10)
                        samples.append(launcher.look())
                finally:
                    launcher.end()
                each = [
                    (after[0] - before[0]) / (after[1] - before[1]) / 1e6
                    for before, after in zip(samples, samples[1:])
                    if after[1] > before[1]
                ]
                measured[stage, foreign] = report.median(each)
                rows.append((stage, foreign, samples[-1][1] - samples[0][1], report.median(each), min(each), max(each)))
    print(f"A tree of {members} processes, one tick in {TICK_PERIOD} s, the first {ticks} not counted. Processor time of the "
          "thread that watches, by the kernel's account, in ten parts of the time.\n")
    report.table(
        ["the service is", "foreign processes", "ticks", "CPU of a tick, median ms", "min ms", "max ms"], rows
    )
    cheap = next(iter(stages))
    report.at_most("CPU of a tick, ms", measured[cheap, 0], 3)
    report.at_most("CPU of a tick among 1000 foreign processes, ms", measured[cheap, 1000], 3)
    print()


def service_reaction(full):
    rounds = 10 if full else 4
    print(f"From the step in which a child crosses the hard limit to its SIGTERM, by the child's own clock; {rounds} "
          "children each, their growth begun at different times in a poll period.\n")
    rows, periods, millis = [], [], []
    limit, poll = 128 * MEBIBYTE, 2
    settings = (f"memory: {{mode: fixed, fixedLimitBytes: {limit}}}\n"
                f"watchdog: {{trigger: false, pollIntervalSeconds: {poll}}}")
    for pace, step, pause in (("slow, 10 MB/s", 40 << 10, 4000), ("fast, 250 MB/s", MEBIBYTE, 4000)):
        times = _reactions(rounds, limit, poll, step, pause, settings, None)
        periods += times
        rows.append(("none, poll period 2 s", pace, *_summary(times), report.median(times) / poll, max(times) / poll))
    with _memory_group() as group:
        if group is None:
            print("There is no memory controller of cgroup version 1 to write to here: without a kernel's trigger.\n")
        else:
            for pace, step, pause in (("slow, 10 MB/s", 40 << 10, 4000), ("fast, 250 MB/s", MEBIBYTE, 4000)):
                times = _reactions(rounds, limit, 5, step, pause, "watchdog: {pollIntervalSeconds: 5}", group)
                millis += times
                rows.append(
                    ("usage threshold (cgroup v1), poll period 5 s", pace, *_summary(times), report.median(times) / 5,
                     max(times) / 5)
                )
    report.table(
        ["trigger of the kernel", "growth", "median ms", "min ms", "max ms", "median in poll periods", "max in poll periods"],
        rows,
    )
    report.at_most("poll periods without a trigger, the most of all", max(periods) / poll, 1.2)
    if millis:
        report.at_most("ms with a trigger, median", report.median(millis) * 1000, 200)
        report.at_most("ms with a trigger, the most of all", max(millis) * 1000, 200)
    print()


def _summary(times):
    return report.median(times) * 1000, min(times) * 1000, max(times) * 1000


def _reactions(rounds, limit, poll, step, pause, settings, group):
    """Seconds from the crossing to the signal, for children one after the other."""
    grow, hard, times = env.TOOLS / "grow", limit * 95 // 100, []
    for index in range(rounds):
        with Services() as services:
            delay = 500_000 + poll * 1_000_000 * index // rounds
            words = [hard, step, pause, delay, "with-parent" if group else "alone"]
            command = services.add(grow, *words, settings=settings)
            enter = group.enter(limit) if group else None
            process = subprocess.run(
                list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=enter, timeout=120,
                check=False,
            )
            crossed, received = map(int, (process.stdout.split() or [0, 0])[:2])
            if crossed == 0 or received == 0:
                raise env.Missing("the child was stopped before it crossed the limit, or never")
            times.append((received - crossed) / 1e9)
    return times


class MemoryGroup:
    """A child of our own memory control group."""

    def __init__(self, folder):
        self.folder = folder

    def enter(self, limit):
        (self.folder / "memory.limit_in_bytes").write_text(str(limit))
        return lambda: (self.folder / "cgroup.procs").write_text(str(os.getpid()))


@contextlib.contextmanager
def _memory_group():
    match = re.search(r"^\d+:memory:(.*)$", Path("/proc/self/cgroup").read_text(), re.M)
    folder = Path("/sys/fs/cgroup/memory") / match.group(1).lstrip("/") / f"gatun-bench-{os.getpid()}" if match else None
    try:
        if folder is not None:
            folder.mkdir()
    except OSError:
        folder = None
    try:
        yield MemoryGroup(folder) if folder else None
    finally:
        if folder:
            folder.rmdir()
