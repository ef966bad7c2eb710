"""Works on so many jobs, then waits for more until it is told to end."""

import argparse
import os
import signal
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--queue", required=True)
parser.add_argument("--jobs", type=int, default=1)
arguments = parser.parse_args()

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
signal.signal(signal.SIGHUP, lambda *_: print("worker: reading my settings again", flush=True))
for number in range(1, arguments.jobs + 1):
    print(f"worker: {os.environ['WORKER_GREETING']}, number {number} of queue {arguments.queue}", flush=True)
while True:
    signal.pause()
