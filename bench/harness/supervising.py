"""The benchmarks that put whole programs side by side: signals, start, idle."""

import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from . import environment as env
from . import report

IDLE_SECONDS = 60

# What HotSpot starts for itself, by the names the kernel shows (15 bytes).
JVM_THREADS = re.compile(
    r"VM Thread|VM Periodic Tas|Reference Handl|Finalizer|Signal Dispatch|Service Thread|Monitor Deflati"
    r"|C[12] CompilerThre|Notification Th|Common-Cleaner|Training replay|Cleaner-\d+|GC Thread.*|G1 .*"
    r"|Attach Listener"
)


def _words(contenders):
    words = []
    for name, command in contenders.items():
        words += (["++"] if words else []) + [name, *map(str, command)]
    return words


def signals(full):
    count, block = (30_000 if full else 3000), 100
    answer = [env.TOOLS / "answer"]
    contenders = {"direct": answer, **{name: [*words, *answer] for name, words in env.peers().items()}}
    try:
        contenders["gatun"] = [env.distribution(), "run", "--", *answer]
    except env.Missing as missing:
        print(f"gatun: not yet run ({missing}).\n")
    times = {name: [] for name in contenders}
    for line in env.run([env.TOOLS / "signals", count, block, *_words(contenders)]).splitlines():
        name, nanos = line.split()
        times[name].append(int(nanos) / 1000)
    print(f"sender → supervisor → child → sender, {count} each, {block} in turn.\n")
    base = report.median(times["catatonit"])
    report.table(
        ["supervisor", "min µs", "median µs", "p99 µs", "median of the first 100 µs", "median / catatonit"],
        [
            (
                name,
                min(values),
                report.median(values),
                report.percentile(values, 99),
                report.median(values[:100]),
                report.median(values) / base,
            )
            for name, values in times.items()
        ],
    )
    if "gatun" in times:
        report.at_most("gatun / catatonit", report.median(times["gatun"]) / base, 2)
        print()


def start(full):
    rounds = 200 if full else 40
    stamp = env.TOOLS / "stamp"
    supervisors = {**env.peers(), "gatun run": [env.distribution(), "run", "--"]}
    contenders = {
        "true": ["/bin/true"],
        "hello": env.aot_program("Hello"),
        "one-call": env.aot_program("OneCall"),
        **{name.replace(" ", "-"): [*words, "/bin/true"] for name, words in supervisors.items()},
        **{name.replace(" ", "-") + ":stamp": [*words, stamp] for name, words in supervisors.items()},
    }
    command = [env.TOOLS / "stopwatch", rounds, *_words(contenders)]
    walls, cpus, stamps = ({name: [] for name in contenders} for _ in range(3))
    for line in env.run(command, stderr=subprocess.DEVNULL).splitlines():
        name, wall, cpu, stamped = line.split()
        walls[name].append(int(wall) / 1e6)
        cpus[name].append(int(cpu) / 1e6)
        stamps[name].append(int(stamped) / 1e6)
    labels = {
        "true": "`/bin/true` itself",
        "hello": "Java hello world, own AOT cache",
        "one-call": "Java, one FFM call with `errno`, own AOT cache",
    }
    base = report.median(walls["one-call"])
    rows = []
    for name in contenders:
        if name.endswith(":stamp"):
            continue
        child = stamps.get(name + ":stamp")
        rows.append(
            (
                labels.get(name, f"`{name.replace('-run', ' run')} -- /bin/true`"),
                report.median(walls[name]),
                min(walls[name]),
                report.median(cpus[name]),
                report.median(child) if child else "",
                report.median(walls[name]) / base,
            )
        )
    print(f"{rounds} rounds; JVM, flags: those of `gatun run`.\n")
    report.table(
        [
            "program",
            "wall, median ms",
            "min ms",
            "CPU, median ms",
            "until the child runs, median ms",
            "wall / one call",
        ],
        rows,
    )
    report.at_most("gatun run / one FFM call", report.median(walls["gatun-run"]) / base, 1.35)
    cpu = report.median(cpus["gatun-run"]) / report.median(cpus["one-call"])
    shortest = min(walls["gatun-run"]) / min(walls["one-call"])
    print(f"* the same ratio of processor time: {cpu:.2f}; of the shortest runs: {shortest:.2f}")
    print()


class Sleeper:
    """A program that has nothing to do, and what the kernel says of it."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.folder = Path(f"/proc/{self.process.pid}")

    def memory(self):
        fields = {}
        for file in ("status", "smaps_rollup"):
            for line in (self.folder / file).read_text().splitlines():
                match = re.match(r"(\w+):\s+(\d+) kB", line)
                if match:
                    fields[match.group(1)] = int(match.group(2))
        fields["threads"] = sum(1 for _ in (self.folder / "task").iterdir())
        return fields

    def switches(self):
        """By thread: name, voluntary and involuntary context switches."""
        threads = {}
        for task in (self.folder / "task").iterdir():
            text = (task / "status").read_text()
            voluntary, involuntary = (
                int(re.search(rf"^{kind}_ctxt_switches:\s+(\d+)", text, re.M).group(1))
                for kind in ("voluntary", "nonvoluntary")
            )
            threads[int(task.name)] = (task / "comm").read_text().strip(), voluntary, involuntary
        return threads

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def owner(pid, tid, name):
    if JVM_THREADS.fullmatch(name):
        return "JVM"
    return "JVM (launcher, waits for main)" if tid == pid and name == "java" else "ours"


def idle(full):
    copies = 5 if full else 3
    hello = env.aot_program("HelloSleeping", str((IDLE_SECONDS + 60) * 1000))
    commands = {"gatun": [env.distribution(), "run", "--", shutil.which("sleep"), "3600"], "hello": hello}
    sleepers = {name: [] for name in commands}
    for _ in range(copies):
        for name, command in commands.items():
            sleepers[name].append(Sleeper(command))
    everyone = [sleeper for group in sleepers.values() for sleeper in group]
    try:
        time.sleep(5)
        before = {sleeper: sleeper.switches() for sleeper in everyone}
        time.sleep(IDLE_SECONDS)
        after = {sleeper: sleeper.switches() for sleeper in everyone}
        memory = {name: [sleeper.memory() for sleeper in group] for name, group in sleepers.items()}
    finally:
        for sleeper in everyone:
            sleeper.end()
    _print_memory(copies, memory)
    _print_switches(sleepers, before, after)


def _print_memory(copies, memory):
    def figure(name, field):
        return report.median([fields[field] for fields in memory[name]])

    print(f"Medians of {copies} copies of each, all asleep at the same time.\n")
    fields = {"RssAnon": "RssAnon", "Private_Dirty": "private dirty", "Pss": "PSS", "VmRSS": "RSS"}
    report.table(
        ["kB", "`gatun run -- sleep`", "hello world that sleeps", "ratio"],
        [
            (title, figure("gatun", field), figure("hello", field), figure("gatun", field) / figure("hello", field))
            for field, title in fields.items()
        ],
    )
    report.at_most("RssAnon of gatun / hello", figure("gatun", "RssAnon") / figure("hello", "RssAnon"), 1.25)
    print()


def _print_switches(sleepers, before, after):
    rows, ours = {}, 0
    for kind, group in sleepers.items():
        for sleeper in group:
            for tid, (name, voluntary, involuntary) in after[sleeper].items():
                _, voluntary_before, involuntary_before = before[sleeper].get(tid, (name, 0, 0))
                whose = owner(sleeper.process.pid, tid, name)
                counts = rows.setdefault((whose, name), {"gatun": [], "hello": []})[kind]
                counts.append((voluntary - voluntary_before, involuntary - involuntary_before))
                if kind == "gatun" and whose == "ours":
                    ours += voluntary - voluntary_before
    print(f"Context switches in {IDLE_SECONDS} s, voluntary + involuntary, the most that any copy had:\n")
    report.table(
        ["thread", "whose", "gatun", "hello"],
        [
            (name, whose, *(most(counts[kind]) for kind in ("gatun", "hello")))
            for (whose, name), counts in sorted(rows.items())
        ],
    )
    report.at_most("wake-ups of our own threads, all copies", ours, 0)
    print()


def most(counts):
    return " + ".join(str(max(column)) for column in zip(*counts)) if counts else "no such thread"
