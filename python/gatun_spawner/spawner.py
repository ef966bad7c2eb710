"""The spawner: the methods of the protocol, over a launcher and the generations it has launched."""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import threading
from collections import deque
from typing import Any, Awaitable, Callable, Deque, Dict, List, Mapping, Optional, Set, Tuple

from . import messages
from .connection import Call, Connection
from .generation import Generation
from .launcher import LaunchOptions, ProcLauncher
from .messages import SpawnerError
from .port import ExitPort

ACKNOWLEDGE_SECS = 5.0
"""How long a launcher that reports its start may take to do so before the launch is acknowledged without."""
ANSWER_SECS = 1.0
"""How long ``terminate`` and ``kill`` may take before they are acknowledged; they go on."""
STOP_SECS = 5.0
"""How long processes have to end when the spawner is to end, before they are killed."""
KILL_SECS = 2.0
"""How long the spawner then waits for their ends."""
REMEMBERED = 1000
"""Of how many processes that are over the exits are kept, for ``recover``."""

_log = logging.getLogger("gatun_spawner")


class Spawner:
    """Answers requests. It outlives connections; ``connection`` is the present one, if any."""

    def __init__(self, launcher: ProcLauncher, cookie: Optional[str], outlives: bool) -> None:
        self.connection: Optional[Connection] = None
        self.detached = asyncio.Event()
        """Set when Gatun has said ``shutdown`` with ``detach``."""
        self.stopped = asyncio.Event()
        """Set when Gatun has said ``shutdown`` with ``stop``, and all processes have ended."""
        self._launcher = launcher
        self._cookie = cookie
        self._outlives = outlives
        self._generations: Dict[str, Generation] = {}
        self._over: Deque[Generation] = deque()
        self._tasks: Set[asyncio.Future[Any]] = set()
        self._stop: Optional[asyncio.Future[None]] = None
        self._methods: Mapping[str, Callable[[Call], Awaitable[None]]] = {
            "hello": self._hello,
            "launch": self._launch,
            "terminate": self._terminate,
            "kill": self._kill,
            "list": self._list,
            "recover": self._recover,
            "ping": self._ping,
            "shutdown": self._shutdown,
        }

    async def handle(self, call: Call) -> None:
        method = self._methods.get(call.method)
        if method is None:
            raise SpawnerError("unknown_method", f"There is no method {messages.cut(call.method)!r}")
        if not call.connection.greeted and call.method != "hello":
            raise SpawnerError("invalid", "The first request must be hello")
        await method(call)

    def tell(self, event: Dict[str, Any]) -> bool:
        try:
            return self.connection is not None and self.connection.greeted and self.connection.send(event)
        except SpawnerError as error:
            _log.warning("An event was not sent: %s", error)
            return False

    async def drain(self) -> None:
        if self.connection is not None:
            await self.connection.drain()

    async def stop(self) -> None:
        """Ends all processes: gently first, by force when the time for that is over."""
        if self._stop is None:
            self._stop = asyncio.ensure_future(self._stop_all())
        await asyncio.shield(self._stop)

    # The methods of the protocol.

    async def _hello(self, call: Call) -> None:
        protocol = call.params.whole("protocol", 1)
        launcher = call.params.object("launcher")
        launcher.text("name")
        launcher.text("version")
        cookie = call.params.text("cookie")
        if protocol != messages.PROTOCOL:
            raise SpawnerError("unsupported", f"The field params.protocol must be {messages.PROTOCOL}")
        if self._cookie is not None and cookie != self._cookie:
            raise SpawnerError("refused", "The field params.cookie is not the cookie of this spawner")
        call.connection.greeted = True
        call.reply(
            {
                "name": _text(self._launcher.name) or type(self._launcher).__name__,
                "version": _text(self._launcher.version) or "0",
                "protocols": [messages.PROTOCOL],
                "cookie": cookie if self._cookie is None else self._cookie,
                "capabilities": self._capabilities(),
            }
        )

    async def _launch(self, call: Call) -> None:
        proc = call.params.text("proc")
        number = call.params.whole("generation", 1)
        options = messages.launch_options(call.params.object("options"))
        if self._stop is not None:
            raise SpawnerError("refused", "The spawner is shutting down")
        for name in sorted(options.additions() - self._launcher.honours):
            raise SpawnerError("unsupported", f"The option {name} is not supported by this spawner")
        earlier = self._generations.get(proc)
        if earlier is not None and not earlier.is_over:
            raise SpawnerError(
                "already_launched",
                f"Generation {earlier.number} of {messages.cut(proc)} is not over",
                retryable=number > earlier.number,
            )
        if earlier is not None and number <= earlier.number:
            raise SpawnerError("already_launched", f"Generation {earlier.number} of {messages.cut(proc)} was launched")
        generation = self._new_generation(proc, number)
        reports = self._launcher.reports_start
        if not reports:
            self._acknowledge(call, generation)
        launched = self._keep(self._run_launch(generation, options, earlier))
        if reports:
            spoke = asyncio.ensure_future(generation.spoke.wait())
            await asyncio.wait({launched, spoke}, timeout=ACKNOWLEDGE_SECS, return_when=asyncio.FIRST_COMPLETED)
            spoke.cancel()
            refusal = launched.result() if launched.done() else None
            if refusal is not None:
                self._forget(generation)
                if earlier is not None:
                    self._generations[proc] = earlier
                raise refusal
            self._acknowledge(call, generation)

    async def _terminate(self, call: Call) -> None:
        generation = self._live(call)
        timeout_secs = call.params.number("timeout_secs")
        if generation is not None:
            await self._answer(self._begin_stop(generation, self._launcher.terminate, generation.proc, timeout_secs))
        call.reply({})

    async def _kill(self, call: Call) -> None:
        generation = self._live(call)
        if generation is not None:
            await self._answer(self._begin_stop(generation, self._launcher.kill, generation.proc))
        call.reply({})

    async def _list(self, call: Call) -> None:
        procs = [
            {"proc": each.proc, "generation": each.number, "handle": each.handle, "pid": each.pid}
            for each in self._generations.values()
            if not each.is_over
        ]
        for known in await _call(self._launcher.list):
            if known.proc not in self._generations:
                procs.append(
                    {
                        "proc": known.proc,
                        "generation": known.generation,
                        "handle": known.handle,
                        "pid": known.pid,
                    }
                )
        call.reply({"procs": procs})

    async def _recover(self, call: Call) -> None:
        proc = call.params.text("proc")
        number = call.params.whole("generation", 1)
        handle = call.params.text("handle")
        generation = self._generations.get(proc)
        if generation is None or (generation.is_over and generation.number < number):
            await self._recover_unknown(call, proc, number, handle)
        elif generation.number == number:
            self._tell_known(call, generation)
            generation.tell_exit_again()
        else:
            call.reply({"known": False})

    async def _ping(self, call: Call) -> None:
        call.reply({})

    async def _shutdown(self, call: Call) -> None:
        mode = call.params.text("mode")
        if mode == "stop":
            await self.stop()
            call.reply({})
            self.stopped.set()
        elif mode == "detach":
            call.reply({})
            self.detached.set()
        else:
            raise SpawnerError("invalid", "The field params.mode must be stop or detach")

    # Launches.

    async def _run_launch(
        self, generation: Generation, options: LaunchOptions, earlier: Optional[Generation]
    ) -> Optional[SpawnerError]:
        """Calls ``launch``. Returns the error that can still be the reply to the request, if there is one."""
        if earlier is not None:
            await self._end_stops(earlier)
        timer: Optional[asyncio.TimerHandle] = None
        reports = self._launcher.reports_start
        if not reports:
            loop = asyncio.get_running_loop()
            timer = loop.call_later(self._launcher.started_after_secs, generation.start)
        port = ExitPort(generation)
        try:
            await _call(self._launcher.launch, port, generation.proc, options)
        except SpawnerError as error:
            if generation.can_be_refused:
                generation.withdraw()
                return error
            port.exception(error)
        except BaseException as error:  # sys.exit() in a launcher must not end the spawner either
            _log.warning("%s: launch raised", generation.proc, exc_info=error)
            port.exception(error)
        finally:
            if timer is not None:
                timer.cancel()
        # If that was the last reference, the generation is over after the next turn of the loop.
        del port
        await asyncio.sleep(0)
        if not generation.is_over:
            if not reports:
                generation.start()
            # A port that is lost in a cycle of references is found by the collector only.
            asyncio.get_running_loop().call_later(1.0, gc.collect)
        return None

    async def _recover_unknown(self, call: Call, proc: str, number: int, handle: str) -> None:
        generation = Generation(proc, number, self, recovered=True)
        generation.handle = handle
        port = ExitPort(generation)
        known = await _call(self._launcher.recover, proc, handle, port)
        if known is not True:
            generation.withdraw()
            call.reply({"known": False})
            return
        del port
        self._register(generation)
        self._tell_known(call, generation)
        generation.acknowledged()

    def _tell_known(self, call: Call, generation: Generation) -> None:
        call.reply({"known": True, "pid": generation.pid, "started_at": generation.started_at})

    def _acknowledge(self, call: Call, generation: Generation) -> None:
        call.reply({"accepted": True, "handle": generation.handle})
        generation.acknowledged()

    # The table of generations: the latest of each name.

    def _new_generation(self, proc: str, number: int) -> Generation:
        generation = Generation(proc, number, self)
        self._register(generation)
        return generation

    def _register(self, generation: Generation) -> None:
        self._generations[generation.proc] = generation
        self._keep(self._remember_end(generation))

    async def _remember_end(self, generation: Generation) -> None:
        await generation.over.wait()
        self._over.append(generation)
        if len(self._over) > REMEMBERED:
            self._forget(self._over.popleft())

    def _forget(self, generation: Generation) -> None:
        if self._generations.get(generation.proc) is generation:
            del self._generations[generation.proc]

    def _live(self, call: Call) -> Optional[Generation]:
        generation = self._generations.get(call.params.text("proc"))
        number = call.params.whole("generation", 1)
        return generation if generation is not None and generation.number == number and not generation.is_over else None

    # Stops.

    def _begin_stop(self, generation: Generation, method: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
        task = self._keep(_call(method, *arguments))
        generation.stops.add(task)
        task.add_done_callback(generation.stops.discard)
        task.add_done_callback(_log_failure)
        return task

    async def _answer(self, task: asyncio.Future[Any]) -> None:
        await asyncio.wait({task}, timeout=ANSWER_SECS)
        error = task.exception() if task.done() and not task.cancelled() else None
        if isinstance(error, SpawnerError):
            raise error
        if error is not None:
            raise SpawnerError("internal", messages.cut(f"spawner raised: {messages.describe(error)}"), retryable=True)

    async def _end_stops(self, earlier: Generation) -> None:
        """Ends what still stops the generation before: a method that knows names alone would hit the next one."""
        for task in earlier.stops:
            task.cancel()
        if earlier.stops:
            await asyncio.wait(set(earlier.stops), timeout=KILL_SECS)

    async def _stop_all(self) -> None:
        live = [each for each in self._generations.values() if not each.is_over]
        for each in live:
            self._begin_stop(each, self._launcher.terminate, each.proc, STOP_SECS)
        live = await _still_live(live, STOP_SECS)
        for each in live:
            self._begin_stop(each, self._launcher.kill, each.proc)
        for each in await _still_live(live, KILL_SECS):
            _log.warning("%s: its end was not confirmed", each.proc)

    def _capabilities(self) -> Dict[str, Any]:
        capabilities: Dict[str, Any] = {
            "recover": self._outlives or type(self._launcher).recover is not ProcLauncher.recover,
            "signal": True,
            "stdio": "managed",
            "pid": False,
            "limits": False,
            "core_dumped": False,
            "tree_kill": False,
        }
        capabilities.update(self._launcher.capabilities)
        return capabilities

    def _keep(self, work: Any) -> asyncio.Future[Any]:
        task: asyncio.Future[Any] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _still_live(generations: List[Generation], timeout_secs: float) -> List[Generation]:
    waiting = [asyncio.ensure_future(each.over.wait()) for each in generations]
    if waiting:
        await asyncio.wait(waiting, timeout=timeout_secs)
    for task in waiting:
        task.cancel()
    return [each for each in generations if not each.is_over]


async def _call(method: Callable[..., Any], *arguments: Any) -> Any:
    """Calls a method of the launcher: on the loop if it is a coroutine, in a thread of its own otherwise."""
    if inspect.iscoroutinefunction(method):
        return await method(*arguments)
    result = await _in_thread(method, arguments)
    return await result if inspect.isawaitable(result) else result


def _in_thread(method: Callable[..., Any], arguments: Tuple[Any, ...]) -> asyncio.Future[Any]:
    # Not by an executor: its few threads would all be taken by launchers that wait in launch() for the end.
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    given = [arguments]

    def settle(result: Any, error: Optional[BaseException]) -> None:
        if not future.done():
            future.set_result(result) if error is None else future.set_exception(error)

    def work() -> None:
        result: Any = None
        failure: Optional[BaseException] = None
        try:
            # No frame of this thread may hold the port when the result is told.
            result = method(*given.pop())
        except StopIteration as error:  # which no future can hold
            failure = RuntimeError(f"StopIteration: {error}")
        except BaseException as error:
            failure = error.with_traceback(None)
        try:
            loop.call_soon_threadsafe(settle, result, failure)
        except RuntimeError:
            pass  # the loop is closed: the spawner has ended

    threading.Thread(target=work, daemon=True).start()
    return future


def _log_failure(task: asyncio.Future[Any]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.warning("A stop failed: %s", messages.describe(error))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
