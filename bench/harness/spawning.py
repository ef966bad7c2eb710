"""The benchmarks that are Java programs: spawn, jmh, hazard, storm, children, launchers."""

import json
import os
import tempfile

from . import environment as env
from . import report

MEGABYTE_HEAPS = (("-Xms64m", "-Xmx64m", 0), ("-Xms1400m", "-Xmx1400m", 1024))


def spawn(full):
    rounds = 200 if full else 40
    for flags, title in (
        (env.SUPERVISOR_JVM, "the supervisor's JVM flags (Serial, C1)"),
        (["-XX:+UseSerialGC"], "Serial and all compilers"),
    ):
        for initial, maximum, megabytes in MEGABYTE_HEAPS:
            print(f"### {megabytes or 'no'} MB touched, {title}\n")
            print(
                env.run(
                    env.java(
                        [*flags, initial, maximum],
                        "dev.gatun.bench.SpawnReport",
                        f"--spawner={env.TOOLS}/spawner",
                        f"--heap-mb={megabytes}",
                        f"--rounds={rounds}",
                        "--parts=yes",
                    )
                ).rstrip()
                + "\n"
            )


def jmh(full):
    result = env.TARGET / "jmh.json"
    options = ["-f", "3", "-i", "5", "-wi", "5"] if full else []
    env.run(
        env.java(
            [],
            "org.openjdk.jmh.Main",
            "SpawnBenchmark",
            "-rf",
            "json",
            "-rff",
            result,
            "-jvmArgs",
            f"--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xms1400m -Xmx1400m "
            f"-Dbench.library={env.TOOLS}/libspawn.so",
            *options,
        )
    )
    medians = {}
    for entry in json.loads(result.read_text()):
        name = entry["benchmark"].rsplit(".", 1)[1]
        percentiles = entry["primaryMetric"]["scorePercentiles"]
        medians[name, int(entry["params"]["heapMegabytes"])] = percentiles["50.0"], percentiles["99.0"]
    print("Serial, all compilers, heap of 1400 MB; contenders one after the other, as JMH does it.\n")
    for heap in sorted({heap for _, heap in medians}):
        base = medians["cPosixSpawn", heap][0]
        report.table(
            [f"{heap} MB touched", "median µs", "p99 µs", "median / cPosixSpawn"],
            [(name, *times, times[0] / base) for (name, size), times in medians.items() if size == heap],
        )
        report.at_most("tape / cPosixSpawn", medians["tape", heap][0] / base, 1.3)
        report.at_least("processBuilder / tape", medians["processBuilder", heap][0] / medians["tape", heap][0], 8)
        print()


def hazard(full):
    counts = ["--idle=2000", "--loaded=500"] if full else ["--idle=300", "--loaded=100"]
    for collector in ("G1", "Serial"):
        print(f"### {collector}\n")
        flags = [f"-XX:+Use{collector}GC", "-Xmx64m"]
        print(env.run(env.java(flags, "dev.gatun.bench.ForkHazard", *counts)).rstrip() + "\n")


def storm(full):
    count = 100_000 if full else 10_000
    for collector in ("G1", "Serial"):
        print(f"### {collector}\n")
        flags = [
            f"-XX:+Use{collector}GC",
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-Xmx64m",
            "-XX:+AlwaysPreTouch",
            "-XX:NativeMemoryTracking=summary",
        ]
        arguments = [f"--count={count}", f"--gc={collector}"]
        print(env.run(env.java(flags, "dev.gatun.bench.SpawnStorm", *arguments)).rstrip() + "\n")


def children(full):
    counts = (100, 200, 500, 1000)
    rounds = 9 if full else 3
    runs = {count: [] for count in counts}
    flags = [*env.SUPERVISOR_JVM, "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"]
    for _ in range(rounds):
        for count in counts:
            line = env.run(env.java(flags, "dev.gatun.bench.ManyChildren", f"--children={count}"))
            runs[count].append({name: int(value) for name, value in (word.split("=") for word in line.split())})

    def figure(count, name):
        return report.median([run[name] for run in runs[count]])

    print(f"`/bin/cat` on a pipe, medians of {rounds} JVMs for each count; processor time is that of the loop's thread.\n")
    report.table(
        [
            "children",
            "exits recorded once",
            "start: CPU µs each",
            "3 s idle: CPU µs in all",
            "wake-ups in them (1 is the benchmark's timer)",
            "end of all at once: CPU µs each",
            "wall ms in all",
            "heap bytes each",
            "RssAnon kB each",
            "descriptors each",
            "left",
        ],
        [
            (
                count,
                min(run["recorded_once"] for run in runs[count]),
                figure(count, "start_us") / count,
                figure(count, "idle_us"),
                figure(count, "idle_wakeups"),
                figure(count, "exit_us") / count,
                figure(count, "exit_wall_us") / 1000,
                figure(count, "heap_bytes") / count,
                figure(count, "rss_anon_kb") / count,
                figure(count, "descriptors") / count,
                max(run["descriptors_left"] for run in runs[count]),
            )
            for count in counts
        ],
    )
    missed = sum(run["children"] - run["recorded_once"] for count in counts for run in runs[count])
    report.at_most("exits not recorded exactly once, all runs", missed, 0)
    for name, what in (("start_us", "CPU of a start"), ("exit_us", "CPU of an exit")):
        growth = figure(1000, name) / figure(100, name) / 10
        report.at_most(f"{what} among 1000 / among 100 (linear is 1)", growth, 1.25)
    step = (figure(1000, "heap_bytes") - figure(500, "heap_bytes")) / 500
    before = (figure(500, "heap_bytes") - figure(200, "heap_bytes")) / 300
    report.at_most("heap of a child between 500 and 1000 / between 200 and 500 (linear is 1)", step / before, 1.25)
    print()


def launchers(full):
    flags = ["-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-Dcom.zaxxer.nuprocess.threads=1"]
    main = "dev.gatun.bench.launcher.LauncherReport"
    print("### One at a time: from the call until the program runs\n")
    arguments = ["--mode=latency", f"--rounds={200 if full else 40}", "--each=25"]
    print(env.run(env.java(flags, main, *arguments)).rstrip() + "\n")
    print("### 200 at a time: a batch of launches and the wait for all of its ends, for each launch\n")
    arguments = ["--mode=batches", f"--rounds={50 if full else 15}", "--each=200"]
    print(env.run(env.java(flags, main, *arguments)).rstrip() + "\n")

    print("### A spawner that answers at once\n")
    command = f"--command=python3 {env.BENCH}/harness/answering_spawner.py"
    arguments = [command, f"--launches={10_000 if full else 2000}"]
    print(env.run(env.java(flags, "dev.gatun.bench.launcher.SpawnerReport", *arguments)).rstrip() + "\n")

    print("### 1,000 children at the same time, output captured\n")
    rounds = 5 if full else 3
    starters = {"gatun": "Gatun", "nuprocess": "NuProcess", "processbuilder": "`ProcessBuilder`"}
    runs = {starter: [] for starter in starters}
    with tempfile.TemporaryDirectory() as folder:
        gate = f"{folder}/gate"
        os.mkfifo(gate)
        for _ in range(rounds):
            for starter in starters:
                arguments = [f"--starter={starter}", "--children=1000", f"--gate={gate}"]
                line = env.run(env.java(flags, "dev.gatun.bench.launcher.CapturedChildren", *arguments))
                runs[starter].append({name: int(value) for name, value in (word.split("=") for word in line.split())})

    def figure(starter, name):
        return report.median([run[name] for run in runs[starter]])

    print(f"Each writes 20,000 bytes; medians of {rounds} JVMs; memory and processor time are the launching JVM's.\n")
    report.table(
        ["", "whole outputs", "all started, ms", "all ended, ms", "processor time, ms", "threads", "RssAnon, kB"],
        [
            (
                title,
                min(run["whole"] for run in runs[starter]),
                figure(starter, "start_us") / 1000,
                figure(starter, "all_us") / 1000,
                figure(starter, "cpu_us") / 1000,
                figure(starter, "threads"),
                figure(starter, "rss_anon_kb"),
            )
            for starter, title in starters.items()
        ],
    )
