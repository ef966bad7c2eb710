"""Works on so many jobs, then waits for more until it is told to end."""

import argparse
import os
import signal
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--queue", required=True)
parser.add_argument("--jobs", type=int, default=1)
arguments = parser.parse_args()


def say(what):
    # In one piece, so that no line of the launcher's comes between.
    sys.stdout.write(f"worker: {what}\n")
    sys.stdout.flush()


for stop in (signal.SIGTERM, signal.SIGINT):  # a launcher, Ctrl-C
    signal.signal(stop, lambda *_: sys.exit(0))
signal.signal(signal.SIGHUP, lambda *_: say("reading my settings again"))
for number in range(1, arguments.jobs + 1):
    say(f"{os.environ['WORKER_GREETING']}, number {number} of queue {arguments.queue}")
while True:
    signal.pause()
