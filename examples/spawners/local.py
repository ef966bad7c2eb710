#!/usr/bin/env python3
"""A spawner of processes of this machine, from the ready-made launcher.

It is a program for Gatun to start. To see it talk, give it requests: `python3 examples/spawners/local.py < REQUESTS`.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "python"))

from gatun_spawner import run
from gatun_spawner.subprocess_launcher import SubprocessLauncher

if __name__ == "__main__":
    run(SubprocessLauncher())
