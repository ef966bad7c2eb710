"""Write a spawner for Gatun: a program that starts processes for it, over the protocol ``spawner/1``.

Derive from ``ProcLauncher``, and hand an instance to ``run``.
"""

import os as _os

from .launcher import KnownProc, LaunchOptions, Limits, ProcExitResult, ProcLauncher, Rlimit, endpoint
from .messages import SpawnerError
from .port import ExitPort, Port
from .streams import claim as _claim
from .transport import run

__all__ = [
    "ExitPort",
    "KnownProc",
    "LaunchOptions",
    "Limits",
    "Port",
    "ProcExitResult",
    "ProcLauncher",
    "Rlimit",
    "SpawnerError",
    "endpoint",
    "run",
]
__version__ = "0.1.0"

if "SPAWNER_PROTOCOL" in _os.environ:
    # Gatun has started this program: what other modules print while they are imported must not reach the protocol.
    _claim()
