"""Records every signal it gets, and from whom; ends when its standard input does.

recorder.py [--exit CODE] [--end SIGNAL=CODE] ROLE...

The first ROLE is this process. Every further one is another recorder below it:
  member...   a child in the same process group
  escapee...  a daemon: orphaned, in a session of its own

All signals are blocked and taken by sigwaitinfo(2), so nothing ends a recorder but KILL, the end of its input, and
the signals of --end.
"""

import os
import signal
import sys
import threading


def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def end_with_input(code):
    while os.read(0, 4096):
        pass
    os._exit(code)


def record(role, code, ends):
    # The mask is in place already, so that this thread takes no signal from us.
    threading.Thread(target=end_with_input, args=(code,), daemon=True).start()
    say(role, "ready", "pid", os.getpid(), "parent", os.getppid(), "group", os.getpgrp(), "session", os.getsid(0))
    everything = signal.valid_signals()
    while True:
        info = signal.sigwaitinfo(everything)
        if info.si_signo == signal.SIGCHLD:
            continue
        say(role, "got", info.si_signo, "from", info.si_pid)
        if info.si_signo in ends:
            os._exit(ends[info.si_signo])


def escape():
    """Becomes the grandchild of its caller, whose child has ended."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return False
    os.setsid()
    if os.fork():
        os._exit(0)
    return True


def main(words):
    code = 0
    ends = {}
    while words[0].startswith("--"):
        option, value = words.pop(0), words.pop(0)
        if option == "--exit":
            code = int(value)
        else:
            number, _, result = value.partition("=")
            ends[int(number)] = int(result)
    signal.pthread_sigmask(signal.SIG_SETMASK, signal.valid_signals())
    for role in words[1:]:
        if escape() if role.startswith("escapee") else os.fork() == 0:
            record(role, code, ends)
    record(words[0], code, ends)


main(sys.argv[1:])
