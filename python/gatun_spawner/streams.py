"""Keeps the protocol's two streams from everybody else: stray prints and children would corrupt them."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from dataclasses import dataclass
from typing import Optional, TextIO


@dataclass(frozen=True)
class Startup:
    """What Gatun gave to the spawner when it started it."""

    input: int
    """A descriptor: what was standard input."""
    output: int
    """A descriptor: what was standard output."""
    cookie: Optional[str]
    """``None``: somebody started the spawner by hand, and any cookie is right."""
    socket: Optional[str]
    """The path to listen at; ``None``: the protocol is spoken over ``input`` and ``output``."""
    protocol: str


_startup: Optional[Startup] = None


def claim() -> Startup:
    """Takes standard input and output away: input is empty from now on, and output goes to standard error.

    The variables of the protocol leave the environment, so that no child has the cookie. The first call does it all.
    """
    global _startup
    if _startup is None:
        try:
            source, target, _ = os.dup(0), os.dup(1), os.fstat(2)  # the copies are not inheritable
        except OSError:
            sys.exit("A spawner needs standard input, standard output and standard error")
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        # What was printed before but is still in the buffer of sys.stdout goes to standard error as well.
        os.dup2(2, 1)
        _write_lines_at_once(sys.stdout)
        _startup = Startup(
            input=source,
            output=target,
            cookie=os.environ.pop("SPAWNER_COOKIE", None),
            socket=os.environ.pop("SPAWNER_SOCKET", None) or None,
            protocol=os.environ.pop("SPAWNER_PROTOCOL", "1"),
        )
    return _startup


def _write_lines_at_once(stream: Optional[TextIO]) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(line_buffering=True)


def outlive_standard_error() -> None:
    """Makes standard error, and with it standard output, go nowhere once nobody reads it, so that no print fails."""
    if stat.S_ISFIFO(os.fstat(2).st_mode):
        asyncio.get_running_loop().add_reader(2, _silence)  # a pipe's write end is reported when its reader is gone


def _silence() -> None:
    asyncio.get_running_loop().remove_reader(2)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.dup2(null, 1)
    os.close(null)
