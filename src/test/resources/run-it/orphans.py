"""Makes orphans that live until they are released, then ends together with its standard input.

orphans.py COUNT
"""

import os
import sys

count = int(sys.argv[1])
held, holder = os.pipe()
parent = os.fork()
if parent == 0:
    for _ in range(count):
        if os.fork() == 0:
            os.close(holder)
            os.read(held, 1)
            os._exit(0)
    os._exit(0)
os.waitpid(parent, 0)
print("made", count, "pid", os.getpid(), flush=True)
sys.stdin.readline()
os.close(holder)
print("released", flush=True)
sys.stdin.read()
