"""Plays a scene with an init program and prints what is to be seen, without anything that differs from run to run: two
programs that behave alike print the same.

stage.py SCENE PROGRAM    PROGRAM's file name tells which program it is, wherever a link of that name leads
"""

import ctypes
import fcntl
import os
import pty
import re
import select
import signal
import sys
import termios
import threading
import time

DEADLINE = 30

# The descriptor by which the first actor is ended.
CONTROL = 3

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG, PR_GET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 2, 36
EVERYTHING = signal.valid_signals()


def status(pid, field):
    with open(f"/proc/{pid}/status") as lines:
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith(field + ":"))


def signals(mask):
    """The signals of a mask that are not the C library's own."""
    return [number for number in range(1, 65) if int(mask, 16) >> number - 1 & 1 and number not in (32, 33)]


def gone(pid):
    return not os.path.exists(f"/proc/{pid}")


def until(condition):
    while not condition():
        time.sleep(0.002)


# ---- the actors: children of the program on stage


def actor(*roles):
    """The first role, with another below it for each that follows; orphans among them are on their own.

    All tell of each signal they get, and nothing but KILL ends them; the first also ends, with code 3, together with what
    it reads from CONTROL.
    """
    signal.pthread_sigmask(signal.SIG_SETMASK, EVERYTHING)
    for role in roles[1:]:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            if role.startswith("orphan"):
                if role.endswith("session"):
                    os.setsid()
                if os.fork():
                    os._exit(0)
            record(role, write)
        if role.startswith("orphan"):
            os.waitpid(child, 0)
        os.close(write)
        os.read(read, 1)
    threading.Thread(target=end_with_control, daemon=True).start()
    record(roles[0])


def end_with_control():
    os.read(CONTROL, 1)
    os._exit(3)


def record(role, told=None):
    say(f"{role} ready {os.getpid()}")
    if told:
        os.write(told, b".")
    while True:
        got = signal.sigwaitinfo(EVERYTHING).si_signo
        if got != signal.SIGCHLD:
            say(f"{role} got {got}")


def say(text):
    os.write(1, (text + "\n").encode())


def facts():
    """What a child is like."""
    me = os.getpid()
    pdeathsig = ctypes.c_int()
    LIBC.prctl(PR_GET_PDEATHSIG, ctypes.byref(pdeathsig), 0, 0, 0)
    group = {me: "own", os.getpgid(os.getppid()): "launcher's"}.get(os.getpgrp(), "another")
    say(f"group {group}, session own: {os.getsid(0) == me}")
    say(f"blocked {signals(status(me, 'SigBlk'))} ignored {signals(status(me, 'SigIgn'))} pdeathsig {pdeathsig.value}")
    say("folder " + os.getcwd() + ", umask " + oct(os.umask(0)))
    try:
        say(f"foreground: {os.tcgetpgrp(0) == os.getpgrp()}")
    except OSError as error:
        say(f"foreground: {error.strerror}")
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
        say("has a controlling terminal")
    except OSError as error:
        say("no controlling terminal: " + error.strerror)


# ---- the director

AS_ROOT = () if os.geteuid() == 0 else ("--user", "--map-root-user")
NAMESPACE = ("/usr/bin/unshare", *AS_ROOT, "--pid", "--fork", "--kill-child", "--mount-proc")


def children(parent):
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [pid for pid in pids if not gone(pid) and status(pid, "PPid") == str(parent)]


def reads_signals(pid):
    """Whether it is set up: it holds a descriptor for signals."""
    try:
        folder = f"/proc/{pid}/fd"
        return any("signalfd" in os.readlink(f"{folder}/{number}") for number in os.listdir(folder))
    except OSError:
        return False


class Play:
    """One run of the program."""

    def __init__(
        self, path, options, words, environment=None, ignored=(), terminal=False, leads=True, under=(), orphaned=False,
        apart=False,
    ):
        self.shown = b""
        self.read_at = 0
        self.output, write = os.pipe()
        self.errors, write_errors = os.pipe() if apart else (None, os.dup(write))
        control, self.control = os.pipe()
        line = [os.path.basename(path), *options, *words]
        if under:
            path, line = under[0], [*under, path, *options, *words]
        if terminal:
            self.terminal, tty = pty.openpty()
        told, tell = os.pipe()
        self.parent = os.fork() if orphaned else None
        if self.parent:
            self.pid = int(os.read(told, 20))
        else:
            self.pid = os.fork()
        if self.parent == 0 and self.pid:
            os.write(tell, str(self.pid).encode())
            signal.pause()
        if self.pid:
            os.close(write)
            os.close(write_errors)
            os.close(control)
            if terminal:
                os.close(tty)
            return
        for number in range(1, 65):
            if number not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
                signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if terminal:
            os.setsid()
            fcntl.ioctl(tty, termios.TIOCSCTTY, 0)
            if not leads and os.fork():
                os.wait()
                os._exit(0)
        os.dup2(tty if terminal else os.open("/dev/null", os.O_RDONLY), 0)
        os.dup2(write, 1)
        os.dup2(write_errors, 2)
        os.dup2(control, CONTROL)
        os.execve(path, line, {"PATH": os.environ["PATH"], **(environment or {})})

    def see(self, pattern):
        """Waits until something is shown, behind what was seen already."""
        while True:
            found = re.compile(pattern.encode(), re.MULTILINE).search(self.shown, self.read_at)
            if found:
                self.read_at = found.end()
                return found
            part = os.read(self.output, 65536)
            if not part:
                raise EOFError(f"nothing shows {pattern!r}: {self.shown.decode()}")
            self.shown += part

    def see_anew(self, pattern):
        """The same, from the start."""
        self.read_at = 0
        return self.see(pattern)

    def ready(self, role):
        return int(self.see_anew(rf"^{role} ready (\d+)\n").group(1))

    def send(self, number):
        os.kill(self.pid, number)

    def pass_on(self, number, *roles):
        """Sends a signal and waits until all these roles have it."""
        self.send(number)
        for role in roles:
            self.see_anew(rf"^{role} got {number}\n")

    def end_child(self):
        os.close(self.control)

    def got(self, role):
        return re.findall(rf"^{role} got (\d+)", self.shown.decode(), re.MULTILINE)

    def everything(self):
        """What is shown until nobody is left who could show anything; errors are marked where they were kept apart."""
        self.shown += rest(self.output)
        errors = rest(self.errors).decode() if self.errors else ""
        return self.shown.decode() + "".join("! " + line for line in errors.splitlines(keepends=True))

    def code(self):
        _, result = os.waitpid(self.pid, 0)
        result = os.waitstatus_to_exitcode(result)
        return result if result >= 0 else 128 - result

    def finish(self):
        """The end: exit code and all that was shown, pids by their role."""
        code = self.code()
        text = self.everything()
        for role, pid in re.findall(r"^(\w+) ready (\d+)$", text, re.MULTILINE):
            text = re.sub(rf"\b{pid}\b", role.upper(), text)
        return code, re.sub(rf"\b{self.pid}\b", "PID", text)


def rest(descriptor):
    shown = b""
    while part := os.read(descriptor, 65536):
        shown += part
    return shown


def me(*words):
    return [sys.executable, "-I", "-S", os.path.abspath(__file__), *words]


def acting(*roles):
    return me("actor", *roles)


class Scenes:
    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path)
        self.reaper = ["-s"] if self.name == "tini" else []

    def play(self, *options, words, **more):
        return Play(self.path, [*options, "--"], words, **more)

    def run(self, *line, **more):
        code, text = Play(self.path, [], line, apart=True, **more).finish()
        text = re.sub(r"(pid:? '|PID |pid=|\()(\d+|PID)", r"\1N", text)
        # Gatun may see by a pidfd that a child has ended before the signal is there, and leave.
        return code, re.sub(r"^.*Received (SIGCHLD|signal 17\.)\n", "", text, flags=re.MULTILINE)

    def show(self, *line, **more):
        """A command line, its end, and all that it says."""
        code, text = self.run(*line, **more)
        print(" ".join(line), "->", code, more.get("environment", ""))
        print(text, end="")

    def show_code(self, *line, **more):
        """The same for what each program says in its own words: whether it goes to standard error, or not."""
        code, text = self.run(*line, **more)
        print(" ".join(line), "->", code, sorted({line[:2] == "! " for line in text.splitlines()}), more.get("environment", ""))

    # what all three do

    def exit_codes(self):
        for script in ("exit 0", "exit 255", "kill -9 $$"):
            self.show(*self.reaper, "--", "sh", "-c", script)

    def not_executed(self):
        show = self.show_code if self.name == "catatonit" else self.show
        for program in ("no-such-program", "/tmp", "", "/etc/passwd/x"):
            show(*self.reaper, "--", program)

    def child(self):
        for ignored in ([], [1, 10, 21, 36]):
            self.report(self.play(*self.reaper, words=me("facts"), ignored=ignored))

    def report(self, play):
        code, text = play.finish()
        print(text, end="")
        print("exit code", code)

    def signals(self):
        play = self.play(*self.reaper, words=acting("child"))
        play.ready("child")
        for number in (1, 2, 3, 10, 12, 14, 15, 18, 23, 24, 26, 28, 29, 30, 34, 40, 64):
            play.pass_on(number, "child")
        if self.name != "dumb-init":
            for number in (20, 21, 22):
                play.send(number)
                play.send(28)
                play.see(r"^child got 28\n")
        play.end_child()
        self.report(play)

    def group(self):
        for options in ([], ["-c"] if self.name == "dumb-init" else ["-g"]):
            play = self.play(*self.reaper, *options, words=acting("child", "member"))
            play.ready("child")
            play.pass_on(10, "child")
            os.kill(play.ready("member"), 12)
            play.see_anew("^member got 12\n")
            print(options, "member got", play.got("member"))
            os.kill(play.ready("member"), 9)
            play.end_child()
            print(play.code())

    def orphans(self):
        for options in ([], ["-s"]) if self.name == "tini" else ([],):
            play = self.play(*options, words=acting("child", "orphan"))
            play.ready("child")
            orphan = play.ready("orphan")
            parent = int(status(orphan, "PPid"))
            print(options, "goes to", {play.pid: "program", os.getpid(): "stage"}.get(parent, "another"))
            os.kill(orphan, 9)
            if parent == os.getpid():
                os.waitpid(orphan, 0)
            until(lambda: gone(orphan))
            play.end_child()
            print(play.code())

    def rest(self):
        """The child ends; a member of its group and a daemon live."""
        for options in ([], ["-c"]) if self.name == "dumb-init" else ([],):
            play = self.play(*self.reaper, *options, words=acting("child", "member", "orphan_session"))
            play.ready("child")
            play.end_child()
            print(options, play.code())
            for role in ("member", "orphan_session"):
                # The lower number is taken first, so that nothing is under way any more when this one is seen.
                os.kill(play.ready(role), 28)
                play.see_anew(f"^{role} got 28\n")
                print(role, play.got(role))
                os.kill(play.ready(role), 9)

    def keeps(self):
        """What the program itself keeps of what its caller gave it."""
        held, end = os.pipe()
        os.dup2(end, 9)
        os.close(end)
        os.chdir("/usr")
        play = self.play(*self.reaper, words=["sh", "-c", "exec 9>&-; echo started; read line"], terminal=True)
        os.close(9)
        play.see("^started\n")
        if self.name == "dumb-init":
            until(lambda: os.readlink(f"/proc/{play.pid}/cwd") == "/")
        if self.name == "catatonit":
            print("closes it", os.read(held, 1))
        else:
            print("keeps it", select.select([held], [], [], 0)[0] == [])
            print("is in", os.readlink(f"/proc/{play.pid}/cwd"))
        os.write(play.terminal, b"\n")
        print(play.code())

    def first(self):
        """As PID 1 it waits for orphans, and its end is the end of all."""
        play = self.play(words=acting("child", "orphan_session"), under=NAMESPACE)
        play.ready("child")
        init = children(play.pid)[0]
        orphan = next(pid for pid in children(init) if status(pid, "NSpid").endswith("\t" + str(play.ready("orphan_session"))))
        os.kill(orphan, 9)
        until(lambda: gone(orphan))
        play.end_child()
        self.report(play)
        play = self.play(words=acting("child", "orphan_session"), under=NAMESPACE)
        play.ready("child")
        play.end_child()
        self.report(play)

    # on a terminal

    def terminal(self):
        for leads in (True, False):
            self.report(self.play(*self.reaper, words=me("facts"), terminal=True, leads=leads))

    def interrupt(self):
        for options in ([], ["-c"]) if self.name == "dumb-init" else ([],):
            play = self.play(*self.reaper, *options, words=acting("child"), terminal=True)
            play.ready("child")
            os.write(play.terminal, b"\x03")
            play.see("^child got 2\n")
            play.pass_on(28, "child")
            play.end_child()
            print(play.code())
            # dumb-init -c: from the terminal and from the program, and two of a kind that are pending at once are one.
            print(options, sorted(set(play.got("child"))) if options else play.got("child"))

    def suspend(self):
        """Ctrl-Z, pressed under a session's leader: nobody would continue what it stops."""
        play = self.play(*self.reaper, words=["sh", "-c", "echo child ready $$; read line; exit 4"], terminal=True)
        child = play.ready("child")
        os.write(play.terminal, b"\x1a")
        if self.name == "tini":
            until(lambda: status(child, "State")[0] == "T")
            os.kill(child, 18)
        os.write(play.terminal, b"\n")
        print(play.code())

    def hang_up(self):
        """HUP and CONT that come of giving up the terminal do not reach the child; those that follow do."""
        play = self.play(*self.reaper, words=acting("child"), terminal=True)
        play.ready("child")
        for number in (10, 1, 18):
            play.pass_on(number, "child")
        play.end_child()
        self.report(play)

    # tini

    def tini_words(self):
        self.show("-e", "300", "true")
        self.show("-e", "", "-s", "true")
        self.show("-p", "TERM", "true")
        self.show("-s", "echo", "-g", "x")
        self.show("-s", "true", environment={"TINI_VERBOSITY": "3"})
        self.show("true", environment={"TINI_SUBREAPER": ""})
        self.show("true", environment={"TINI_VERBOSITY": "0"})
        self.show("ls", "-d", "/", environment={"POSIXLY_CORRECT": "", "TINI_SUBREAPER": "1"})
        self.show_code("true")
        for line in (["--version", "x"], ["-e"], [], ["-h"], ["--version"], ["-l"]):
            self.show_code(*line)

    def tini_exit_map(self):
        self.show("-s", "-e", "143", "-e7", "--", "sh", "-c", "kill $$")
        self.show("-s", "-e", "143", "-e7", "--", "sh", "-c", "exit 7")
        self.show("-s", "-e", "143", "-e7", "--", "sh", "-c", "exit 8")
        self.show("-s", "-e", "127", "no-such-program")

    def tini_orphans(self):
        play = self.play("-s", "-w", words=acting("child", "orphan"))
        play.ready("child")
        os.kill(play.ready("orphan"), 9)
        play.see("Reaped zombie process")
        play.end_child()
        self.report(play)

    def tini_group_variable(self):
        variables = {"TINI_KILL_PROCESS_GROUP": "", "TINI_SUBREAPER": ""}
        play = self.play(words=acting("child", "member"), environment=variables)
        play.ready("child")
        play.pass_on(10, "child", "member")
        os.kill(play.ready("member"), 9)
        play.end_child()
        print(play.code())

    def tini_parent_death(self):
        play = self.play("-s", "-p", "SIGUSR1", words=acting("child"), orphaned=True)
        play.ready("child")
        os.kill(play.parent, 9)
        play.see("^child got 10\n")
        play.end_child()
        self.report(play)

    # dumb-init

    def dumb_init_words(self):
        for line in (
            ["--ver", "true"],
            ["-r"],
            ["-x"],
            ["--foo=3"],
            ["-r", "15:0x", "true"],
            ["ls", "-d", "/"],
            ["-cv", "true"],
        ):
            self.show(*line)
        self.show("true", environment={"DUMB_INIT_DEBUG": "1", "DUMB_INIT_SETSID": "0"})
        self.show("true", environment={"DUMB_INIT_DEBUG": "0", "DUMB_INIT_SETSID": "1"})
        for line in (["-r", "32:1", "true"], ["-h"], ["-V"], []):
            self.show_code(*line)

    def dumb_init_rewrites(self):
        options = ("-r", "15:3", "--rewrite=10:0", "-r", "17:1", "-r", "2:14", "-r2:12")
        play = self.play(*options, words=acting("child"))
        play.ready("child")
        for number, becomes in ((10, None), (15, 3), (2, 12), (1, 1)):
            play.send(number)
            if becomes:
                play.see(f"^child got {becomes}\n")
        play.end_child()
        self.report(play)

    def dumb_init_last_signal(self):
        for rewrite in ("15:12", "15:0"):
            play = self.play("-r", rewrite, words=acting("child", "member"))
            play.ready("child")
            play.end_child()
            print(play.code())
            os.kill(play.ready("member"), 28)
            play.see_anew("^member got 28\n")
            print(play.got("member"))
            os.kill(play.ready("member"), 9)

    def dumb_init_stop(self):
        """TSTP stops the program, and the child by STOP; as TSTP it has no effect there, where no shell is."""
        for options, state in (([], "T"), (["-c"], "S"), (["-r", "20:0"], "S"), (["-r", "20:20"], "S")):
            play = self.play(*options, words=["sh", "-c", f"echo child ready $$; read line <&{CONTROL}; exit 4"])
            child = play.ready("child")
            until(lambda: status(child, "State")[0] == "S")
            play.send(20)
            until(lambda: status(play.pid, "State")[0] == "T")
            until(lambda: status(child, "State")[0] == state)
            play.send(18)
            until(lambda: status(play.pid, "State")[0] == "S" and status(child, "State")[0] == "S")
            play.end_child()
            print(options, play.code())

    # catatonit

    def catatonit_words(self):
        for line in (["--vers"], ["-h"], ["-L"], [], ["ls", "-l", "/"]):
            self.show_code(*line)
        self.show("--", "echo", "-g")
        self.show("echo", "-g", "x")
        self.show_code("true", environment={"CATATONIT_LOG": ""})
        self.show_code("true", environment={"CATATONIT_DEBUG": ""})

    def catatonit_pause(self):
        for number in (2, 15):
            play = Play(self.path, ["-P", "ignored"], [])
            until(lambda: reads_signals(play.pid))
            for dropped in (1, 10, 20, 28):
                play.send(dropped)
            play.send(number)
            self.report(play)

    def catatonit_sockets(self):
        """LISTEN_PID that names the program names its child below it."""
        line = 'export LISTEN_PID=$$; exec "$@"'
        script = 'test "$LISTEN_PID" = $$ && echo mine'
        for given in (line, line.replace("$$", "1")):
            self.report(Play("/bin/sh", ["-c", given, "sh", self.path, "--"], ["sh", "-c", script]))


def main(role, *words):
    if role == "actor":
        actor(*words)
    elif role == "facts":
        facts()
    else:
        signal.alarm(DEADLINE)
        os.setsid()
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        getattr(Scenes(os.path.abspath(words[0])), role)()


main(*sys.argv[1:])
