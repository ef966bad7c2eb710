"""Where things are, what this machine is, and how programs are built and run."""

import os
import platform
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
TARGET = BENCH / "target"
TOOLS = TARGET / "c"
GATUN = ROOT / "target/gatun/bin/gatun"

# As bin/gatun runs Java for `run` and `service`; the small parent of the spawn benchmarks.
SUPERVISOR_JVM = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]

# So that their exec is nearly their start, and nearly nothing of their memory is shared with others.
STATIC = ("stamp", "tree", "grow")


class Missing(Exception):
    """Something that a benchmark needs is not there; the report says what."""


def _version(home):
    match = re.search(r'JAVA_VERSION="(\d+)[^"]*"', (home / "release").read_text())
    return int(match.group(1)) if match else 0


def java_home():
    for variable in ("GATUN_JAVA_HOME", "JAVA_HOME"):
        home = os.environ.get(variable)
        if home and (Path(home) / "release").exists() and _version(Path(home)) >= 25:
            return Path(home)
    homes = [path.parent for path in Path("/usr/lib/jvm").glob("*/release") if _version(path.parent) >= 25]
    if not homes:
        raise Missing("no JDK 25 or newer: set JAVA_HOME")
    return max(homes, key=_version)


def run(command, **options):
    """Runs a program in a session of its own and gives its output; whatever is left of the session ends with it."""
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, text=True, start_new_session=True, **options
    )
    try:
        output, _ = process.communicate()
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
    if process.returncode != 0:
        raise Missing(f"`{shlex.join(map(str, command))[:200]}` ended with {process.returncode}")
    return output


def build_java():
    print("building Gatun and the benchmarks", file=sys.stderr)
    subprocess.run(["mvn", "-B", "-q", "-DskipTests", "-f", BENCH / "reactor.xml", "package"], check=True)


def build_c():
    TOOLS.mkdir(parents=True, exist_ok=True)
    for source in sorted((BENCH / "src/main/c").glob("*.c")):
        shared = source.stem == "spawn_library"
        target = TOOLS / ("libspawn.so" if shared else source.stem)
        flags = ["-shared", "-fPIC"] if shared else ["-static"] if source.stem in STATIC else []
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["cc", "-O2", "-Wall", "-Wextra", *flags, "-o", target, source], check=True)


def java(flags, main, *arguments):
    path = f"{TARGET}/classes:{ROOT}/target/classes:{TARGET}/lib/*"
    own = ["--enable-native-access=ALL-UNNAMED", "-Dstdout.encoding=UTF-8"]
    return [java_home() / "bin/java", *own, *flags, "-cp", path, main, *arguments]


def distribution():
    if not GATUN.exists():
        raise Missing("no distribution in target/gatun: the build does not make one yet")
    return GATUN


def peers():
    found = {
        "tini": ["tini", "-s", "--"],
        "dumb-init": ["dumb-init", "--"],
        "catatonit": ["catatonit", "--"],
    }
    for name in found:
        if not any((Path(folder) / name).exists() for folder in os.get_exec_path()):
            raise Missing(f"{name} is not installed: apt-get install tini dumb-init catatonit")
    return found


def gatun_jvm():
    """The command line of the JVM that runs `gatun run`, as the kernel shows it: what bin/gatun really makes of it."""
    process = subprocess.Popen([distribution(), "run", "--", "/bin/cat"], stdin=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and process.poll() is None:
            words = Path(f"/proc/{process.pid}/cmdline").read_bytes().decode().split("\0")
            if "dev.gatun.cli.Main" in words and "-cp" in words and not words[0].endswith("env"):
                return words[0], words[1 : words.index("-cp")]
            time.sleep(0.005)
    finally:
        process.stdin.close()
        process.wait()
    raise Missing("bin/gatun did not become a JVM that runs dev.gatun.cli.Main")


def gatun_flags():
    """The JVM and the flags of `gatun run`, without what belongs to Gatun itself."""
    executable, words = gatun_jvm()
    own = ("-XX:AOTCache=", "-Dgatun.")
    return executable, [word for word in words if not word.startswith(own)]


def aot_program(name, *arguments):
    """A program of dev.gatun.bench.start on Gatun's JVM and flags, in a jar and with an AOT cache of its own."""
    executable, flags = gatun_flags()
    jar, cache = TARGET / f"{name}.jar", TARGET / f"{name}.aot"
    classes = f"dev/gatun/bench/start/{name}.class"
    subprocess.run([java_home() / "bin/jar", "--create", "--file", jar, "-C", TARGET / "classes", classes], check=True)
    main = ["-cp", str(jar), f"dev.gatun.bench.start.{name}"]
    cache.unlink(missing_ok=True)
    training = [executable, *flags, f"-XX:AOTCacheOutput={cache}", *main, *(["1"] if arguments else [])]
    subprocess.run(training, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not cache.exists():
        raise Missing(f"the JVM wrote no AOT cache for {name}")
    return [executable, *flags, f"-XX:AOTCache={cache}", *main, *arguments]


def _line(command):
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        return (result.stdout + result.stderr).strip().splitlines()[0]
    except (OSError, IndexError):
        return "not installed"


def describe(command):
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    commit = _line(["git", "-C", str(ROOT), "log", "-1", "--format=%h"])
    release = (java_home() / "release").read_text()
    vendor = re.search(r'IMPLEMENTOR="(.*)"', release)
    version = re.search(r'JAVA_RUNTIME_VERSION="(.*)"', release)
    return "\n".join(
        [
            f"* command: `{command}`, {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime())}, Gatun {commit}",
            f"* machine: {cpu.group(1) if cpu else platform.machine()}, {os.cpu_count()} processors, "
            f"{int(memory.group(1)) >> 20} GB; load average at the start {os.getloadavg()[0]:.2f}",
            f"* kernel {platform.release()}, {' '.join(platform.libc_ver())}",
            f"* JDK {vendor.group(1) if vendor else ''} {version.group(1) if version else ''}",
            f"* {_line(['tini', '--version'])}; {_line(['dumb-init', '--version'])}; {_line(['catatonit', '-V'])}",
            "",
        ]
    )
