"""Takes and gives back memory as it is told, a line at a time, on standard input:

    take MIB      in this process
    child MIB     in a child of its own
    drop          all that this process has taken
    end CODE

With "calm" as an argument it ends with 0 on TERM; with "stubborn" it takes no notice of it.
"""

import os
import signal
import sys
import time

kept = []


def take(mebibytes):
    # Written to, or the kernel would not have to give any.
    kept.append(b"x" * (mebibytes << 20))


def say(what):
    os.write(1, (what + "\n").encode())


if "calm" in sys.argv:
    signal.signal(signal.SIGTERM, lambda *_: (say("told to end"), os._exit(0)))
if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, lambda *_: say("told to end, and staying"))
say(f"ready pid {os.getpid()}")
while True:
    line = sys.stdin.readline()
    if not line:
        os._exit(9)
    command, *arguments = line.split()
    if command == "take":
        take(int(arguments[0]))
    elif command == "child":
        pid = os.fork()
        if pid == 0:
            take(int(arguments[0]))
            say("child has it")
            while True:
                time.sleep(3600)
    elif command == "drop":
        kept.clear()
    elif command == "end":
        os._exit(int(arguments[0]))
    say("done " + line.strip())
