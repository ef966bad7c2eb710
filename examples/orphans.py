"""A main process that leaves work behind: gatun reaps the orphans, ends the stragglers, and goes last.

    ./gatun run -v -- python3 examples/orphans.py

The parent starts three workers, each by way of a process that ends at once, so that the workers are orphans of nobody
but gatun. Two end by themselves; the third would run for an hour.
"""

import os
import sys
import time


def orphan(name, seconds):
    """Starts a worker whose parent is gone before the worker works."""
    if os.fork() == 0:
        if os.fork() == 0:
            print(f"{name}: working, parent is pid {os.getppid()}", flush=True)
            time.sleep(seconds)
            print(f"{name}: done", flush=True)
        os._exit(0)
    os.wait()


orphan("worker 1", 0.1)
orphan("worker 2", 0.2)
orphan("worker 3", 3600)
print("main: started as pid", os.getpid(), flush=True)
time.sleep(0.5)
print("main: leaving with code 0; one worker is still there", flush=True)
sys.exit(0)
