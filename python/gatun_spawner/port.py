"""The port by which a launcher tells the fate of one launch."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Callable, Generic, Iterable, Optional, TypeVar

if TYPE_CHECKING:
    from .generation import Generation
    from .launcher import ProcExitResult

T = TypeVar("T")


class Port(Generic[T]):
    """Takes one answer: a value or an exception."""

    def send(self, value: T) -> None:
        raise NotImplementedError

    def exception(self, error: BaseException) -> None:
        raise NotImplementedError


class ExitPort(Port["ProcExitResult"]):
    """Takes what happens to one generation of a process. Its methods may be called from any thread.

    Whoever is to send the exit has to hold the port: when the last reference to it goes before an exit was sent, the
    process has failed.
    """

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()

    @property
    def proc_id(self) -> str:
        """The name of the process."""
        return self._generation.proc

    @property
    def generation(self) -> int:
        """Which launch of that name this is, from 1."""
        return self._generation.number

    @property
    def handle(self) -> str:
        """The text by which this spawner, even when started anew, finds the process again."""
        return self._generation.handle

    @handle.setter
    def handle(self, handle: str) -> None:
        self._call(self._generation.set_handle, handle)

    def started(
        self, pid: Optional[int] = None, address: Optional[str] = None, started_at: Optional[str] = None
    ) -> None:
        """The process runs. ``started_at`` is a time as in RFC 3339, now if it is left out. The first call counts."""
        self._call(self._generation.start, pid, address, started_at)

    def log(self, stream: str, lines: Iterable[str]) -> None:
        """Lines, without their ends, that the process wrote to ``stdout`` or ``stderr``. It implies that it runs."""
        if stream not in ("stdout", "stderr"):
            raise ValueError(f"The stream of a log is stdout or stderr, not {stream!r}")
        self._call(self._generation.log, stream, [str(line) for line in lines])

    async def drain(self) -> None:
        """Returns when Gatun has read enough that more lines are welcome. To be called on the spawner's own loop."""
        await self._generation.drain()

    def send(self, value: ProcExitResult) -> None:
        """The process is over. Anything with the attributes of ``ProcExitResult`` will do. The first call counts."""
        self._call(self._generation.exit, value)

    def exception(self, error: BaseException) -> None:
        """The process is over, or never was, because of this error."""
        self._call(self._generation.exit_by, error)

    def _call(self, function: Callable[..., None], *arguments: Any) -> None:
        if threading.get_ident() == self._thread:
            function(*arguments)
            return
        try:
            self._loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            pass  # the loop is closed: the spawner has ended, and nobody listens

    def __del__(self) -> None:
        generation = getattr(self, "_generation", None)
        if generation is None or generation.is_over:
            return
        try:
            # Later, even on the loop's own thread: the collector may run in the middle of anything.
            self._loop.call_soon_threadsafe(generation.port_lost)
        except RuntimeError:
            pass  # the loop is closed
