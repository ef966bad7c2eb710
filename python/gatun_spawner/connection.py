"""One connection with Gatun: lines in, requests to the spawner, lines out."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Awaitable, Callable, Dict, Optional, Set, Union

from . import messages
from .messages import Fields, LineSplitter, SpawnerError

_log = logging.getLogger("gatun_spawner")
_CHUNK = 64 * 1024


class Call:
    """A request that waits for its reply."""

    def __init__(self, connection: Connection, identity: int, method: str, params: Fields) -> None:
        self.connection = connection
        self.method = method
        self.params = params
        self._identity = identity
        self.is_answered = False

    def reply(self, result: Dict[str, Any]) -> None:
        self._answer({"id": self._identity, "result": result})

    def fail(self, error: SpawnerError) -> None:
        self._answer({"id": self._identity, "error": error.as_json()})

    def _answer(self, message: Dict[str, Any]) -> None:
        if not self.is_answered:
            self.connection.send(message)
            self.is_answered = True


class Connection:
    """Reads requests until the other side ends, and handles each in a task of its own."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        handle: Callable[[Call], Awaitable[None]],
    ) -> None:
        self.greeted = False
        """Whether there was a ``hello``."""
        self.junk = 0
        """How many lines were no message."""
        self._reader = reader
        self._writer = writer
        self._handle = handle
        self._tasks: Set[asyncio.Future[None]] = set()
        self._draining = asyncio.Lock()  # Python 3.9 does not let two wait at once

    async def serve(self) -> None:
        """Returns at the end of the input. Requests may still be under way then."""
        splitter = LineSplitter()
        try:
            while True:
                chunk = await self._reader.read(_CHUNK)
                if not chunk:
                    break
                for line in splitter.feed(chunk):
                    self._line(line)
                # Whoever does not read the replies is not listened to, so that they cannot pile up.
                await self.drain()
                if self._writer.is_closing():
                    break
        except OSError as error:
            _log.warning("The connection broke: %s", error)
        if splitter.has_rest:
            self._reject(None, SpawnerError("invalid", "The input ended in the middle of a line"))

    def send(self, message: Dict[str, Any]) -> bool:
        """Sends a message, or returns false where the connection is over."""
        if self._writer.is_closing():
            return False
        self._writer.write(messages.encode(message))
        return True

    async def drain(self) -> None:
        """Returns when the other side has read enough, or the connection is over."""
        try:
            async with self._draining:
                await self._writer.drain()
        except OSError:
            pass

    async def close(self, timeout_secs: float) -> None:
        """Closes the connection when the requests are answered and all is written, or when the time is over."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=timeout_secs)
        self._writer.close()
        try:
            await asyncio.wait_for(self._writer.wait_closed(), timeout_secs)
        except (OSError, asyncio.TimeoutError):
            pass

    def _line(self, line: Optional[bytes]) -> None:
        message: Union[Dict[str, Any], None] = None
        try:
            if line is None:
                raise SpawnerError("invalid", f"The line has more than {messages.MAX_LINE} bytes")
            message = messages.parse(line)
        except SpawnerError as error:
            self.junk += 1
            _log.warning("Line %d that is no message: %s", self.junk, error)
            self._reject(None, error)
            return
        identity = message.get("id")
        if isinstance(identity, bool) or not isinstance(identity, int):
            self._reject(None, SpawnerError("invalid", "The field id must be a whole number"))
            return
        method = message.get("method")
        if not isinstance(method, str):
            self._reject(identity, SpawnerError("invalid", "The field method must be a text"))
            return
        params = message.get("params")
        try:
            call = Call(self, identity, method, Fields({} if params is None else params, "params"))
        except SpawnerError as error:
            self._reject(identity, error)
            return
        task = asyncio.ensure_future(self._run(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, call: Call) -> None:
        try:
            await self._handle(call)
        except SpawnerError as error:
            call.fail(error)
        except Exception as error:
            _log.exception("The request %s failed", call.method)
            call.fail(SpawnerError("internal", messages.cut(messages.describe(error))))

    def _reject(self, identity: Optional[int], error: SpawnerError) -> None:
        self.send({"id": identity, "error": error.as_json()})
