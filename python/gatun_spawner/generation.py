"""One launch of a process: what is known of it, and what Gatun has been told."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Protocol, Set

from . import messages

PORT_CLOSED = "exit port closed (spawner crashed or forgot to send)"

_log = logging.getLogger("gatun_spawner")


class Listener(Protocol):
    """Where events go."""

    def tell(self, event: Dict[str, Any]) -> bool:
        """Sends an event, or returns false where nobody is there to hear it."""

    async def drain(self) -> None:
        """Returns when more events are welcome."""


def now() -> str:
    """The time, as RFC 3339 has it."""
    return rfc3339(datetime.now(timezone.utc).timestamp())


def rfc3339(seconds: float) -> str:
    """A time that is given in seconds since 1970."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Generation:
    """The state of one launch. All of it belongs to the event loop.

    It keeps the order of the protocol: events wait for the reply to the request, ``started`` comes before the logs, and
    nothing comes after the exit. Logs that nobody is there to hear are lost; an exit is kept, to be told again.
    """

    def __init__(self, proc: str, number: int, listener: Listener, recovered: bool = False) -> None:
        self.proc = proc
        self.number = number
        self.handle = f"{proc}:{number}"
        self.pid: Optional[int] = None
        self.started_at = now()
        self.spoke = asyncio.Event()
        """Set when the launcher has told anything by which the launch can be acknowledged."""
        self.over = asyncio.Event()
        self.stops: Set[asyncio.Future[Any]] = set()
        """The calls of ``terminate`` and ``kill`` that still run."""
        self._listener = listener
        self._recovered = recovered  # then its start was told by an earlier run of the spawner
        self._started = False
        self._sequence = 0
        self._waiting: Optional[List[Dict[str, Any]]] = []
        self._exit: Optional[Dict[str, Any]] = None
        self._exit_sequence: Optional[int] = None

    @property
    def is_over(self) -> bool:
        return self._exit is not None

    @property
    def can_be_refused(self) -> bool:
        """Whether the request may still be answered with an error."""
        return self._waiting is not None and not self._started and not self.is_over

    # What the launcher tells, by its port.

    def set_handle(self, handle: str) -> None:
        self.handle = messages.cut(str(handle))
        self.spoke.set()

    def start(self, pid: Optional[int] = None, address: Optional[str] = None, started_at: Optional[str] = None) -> None:
        if self._started or self.is_over:
            return
        self._started = True
        self.pid = pid
        self.started_at = started_at or self.started_at
        if not self._recovered:
            self._tell({"event": "started", "pid": pid, "address": address, "started_at": self.started_at})
        self.spoke.set()

    def log(self, stream: str, lines: List[str]) -> None:
        if self.is_over or not lines:
            return
        self.start()
        for batch in messages.batches(lines):
            self._tell({"event": "log", "stream": stream, "lines": batch})

    async def drain(self) -> None:
        await self._listener.drain()

    def exit(self, result: object) -> None:
        self._end(messages.exit_fields(result))

    def exit_by(self, error: BaseException) -> None:
        self._end(messages.failure(f"spawner raised: {messages.describe(error)}"))

    def port_lost(self) -> None:
        if not self.is_over:
            self._end(messages.failure(PORT_CLOSED))

    # What the spawner does with it.

    def acknowledged(self) -> None:
        """The reply is sent: events may follow."""
        waiting, self._waiting = self._waiting, None
        for event in waiting or []:
            self._write(event)

    def withdraw(self) -> None:
        """It never was: nothing is told of it, whatever its port still hears."""
        self._exit = {}
        self._waiting = []
        self.over.set()

    def tell_exit_again(self) -> None:
        """Repeats the exit, under its number, if the process is over."""
        if self._exit and self._waiting is None:
            self._write(self._exit)

    def _end(self, fields: Dict[str, Any]) -> None:
        if self.is_over:
            _log.warning("%s, generation %d: a second exit is ignored", self.proc, self.number)
            return
        if fields["failed_reason"] is None:
            self.start()
        self._exit = {"event": "exit", **fields}
        self._tell(self._exit)
        self.over.set()
        self.spoke.set()

    def _tell(self, event: Dict[str, Any]) -> None:
        if self._waiting is not None:
            self._waiting.append(event)
        else:
            self._write(event)

    def _write(self, event: Dict[str, Any]) -> None:
        is_exit = event is self._exit
        # An event counts when there is somebody to hear it, so that whoever listens never sees a gap.
        sequence = self._exit_sequence if is_exit and self._exit_sequence is not None else self._sequence + 1
        message = {"event": event["event"], "proc": self.proc, "generation": self.number, "seq": sequence, **event}
        if self._listener.tell(message):
            self._sequence = sequence
            if is_exit:
                self._exit_sequence = sequence
