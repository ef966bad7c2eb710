"""Launchers with every fault that a spawner has to live with. Importing this prints, which is one of them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from typing import Any, Dict, List, Optional

from gatun_spawner import (
    ExitPort,
    KnownProc,
    LaunchOptions,
    Port,
    ProcExitResult,
    ProcLauncher,
    SpawnerError,
    endpoint,
)

print("a stray print at import time")

OK = ProcExitResult(0, None, False, None, [])


class Base(ProcLauncher):
    """Ends a process when it is told to, with the exit code that its program names."""

    def __init__(self, params: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(params)
        self.ports: Dict[str, Port[ProcExitResult]] = {}

    @endpoint(explicit_response_port=True)
    async def launch(self, exit_port: Port[ProcExitResult], proc_id: str, opts: LaunchOptions) -> None:
        self.ports[proc_id] = exit_port

    @endpoint
    async def terminate(self, proc_id: str, timeout_secs: float) -> None:
        port = self.ports.pop(proc_id, None)
        if port is not None:
            port.send(ProcExitResult(None, 15, False, None, []))

    @endpoint
    async def kill(self, proc_id: str) -> None:
        port = self.ports.pop(proc_id, None)
        if port is not None:
            port.send(ProcExitResult(None, 9, False, None, []))


class Prints(Base):
    async def launch(self, exit_port: Port[ProcExitResult], proc_id: str, opts: LaunchOptions) -> None:
        print("a stray print in launch")
        os.write(1, b"a stray write in launch\n")
        subprocess.run(["/bin/echo", "a stray child in launch"], check=True)
        subprocess.run(["/bin/cat"], check=True)  # reads standard input, which must be empty
        assert sys.stdin.read() == ""
        exit_port.send(OK)


class Environment(Base):
    """Fails with the names of the protocol's variables and the descriptors that a child has."""

    async def launch(self, exit_port: Port[ProcExitResult], proc_id: str, opts: LaunchOptions) -> None:
        script = "env | grep -c ^SPAWNER_; ls /proc/self/fd | wc -l"
        result = subprocess.run(["/bin/sh", "-c", script], close_fds=False, capture_output=True, text=True)
        exit_port.send(ProcExitResult(None, None, False, " ".join(result.stdout.split()), []))


class Raises(Base):
    async def launch(self, exit_port: Port[ProcExitResult], proc_id: str, opts: LaunchOptions) -> None:
        raise {"exit": SystemExit(3), "unprintable": Unprintable()}.get(opts.program, ValueError("no luck"))


class Unprintable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")

    __repr__ = __str__


class Tells(Base):
    """Uses the port as the name of the program says."""

    async def launch(self, exit_port: Port[ProcExitResult], proc_id: str, opts: LaunchOptions) -> None:
        if opts.program == "exception":
            exit_port.exception(OSError("it broke"))
        elif opts.program == "forget":
            pass
        elif opts.program == "forget later":
            self._task = asyncio.ensure_future(self._forget(exit_port))
        elif opts.program == "cycle":
            cycle: List[Any] = [exit_port]
            cycle.append(cycle)
        elif opts.program == "twice":
            exit_port.send(OK)
            exit_port.send(ProcExitResult(7, None, False, None, []))
        elif opts.program == "duck":
            exit_port.send(Duck())  # type: ignore[arg-type]
        elif opts.program == "nothing":
            exit_port.send(None)  # type: ignore[arg-type]
        elif opts.program == "wrong":
            exit_port.send(ProcExitResult("1", None, False, None, []))  # type: ignore[arg-type]
        elif opts.program == "empty reason":
            exit_port.send(ProcExitResult(0, None, False, "", []))

    async def _forget(self, exit_port: Port[ProcExitResult]) -> None:
        await asyncio.sleep(0.05)


class Duck:
    exit_code = 5
    signal = None
    core_dumped = False
    failed_reason = None
    stderr_tail = ("quack",)
    more = "ignored"


class Slow(Base):
    """launch() lasts as long as the process."""

    started_after_secs = 0.05

    async def launch(self, exit_port: Port[ProcExitResult], proc_id: str, opts: LaunchOptions) -> None:
        self.ports[proc_id] = exit_port
        while proc_id in self.ports:
            await asyncio.sleep(0.01)


class Blocking(ProcLauncher):
    """Methods without async, which block."""

    def __init__(self, params: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(params)
        self.children: Dict[str, subprocess.Popen[bytes]] = {}

    def launch(self, exit_port: Port[ProcExitResult], proc_id: str, opts: LaunchOptions) -> None:  # type: ignore[override]
        if opts.program == "raise":
            raise StopIteration("enough")
        if opts.program == "forget":
            return
        child = self.children[proc_id] = subprocess.Popen([opts.program, *opts.args])
        code = child.wait()
        exit_port.send(ProcExitResult(None if code < 0 else code, -code if code < 0 else None, False, None, []))

    def terminate(self, proc_id: str, timeout_secs: float) -> None:  # type: ignore[override]
        self.children[proc_id].terminate()

    def kill(self, proc_id: str) -> None:  # type: ignore[override]
        self.children[proc_id].kill()


class LateStop(Base):
    """terminate() waits, and then kills whatever has the name by now. What has ended has said so itself."""

    async def terminate(self, proc_id: str, timeout_secs: float) -> None:
        self.ports[proc_id].send(OK)
        await asyncio.sleep(timeout_secs)
        await self.kill(proc_id)


class BadStop(Base):
    async def kill(self, proc_id: str) -> None:
        raise RuntimeError("cannot kill")

    async def terminate(self, proc_id: str, timeout_secs: float) -> None:
        await asyncio.sleep(3600)


class Rich(Base):
    """Uses everything that the port offers beyond the published interface."""

    name = "rich"
    version = "7"
    reports_start = True
    capabilities = {"stdio": "captured", "pid": True}

    async def launch(self, exit_port: ExitPort, proc_id: str, opts: LaunchOptions) -> None:  # type: ignore[override]
        if opts.program == "refuse":
            raise SpawnerError("refused", "not here", details={"why": 1}, retryable=True)
        if opts.program == "fail":
            raise ValueError("no luck")
        exit_port.handle = "rich " + proc_id
        if opts.program == "refuse late":
            await asyncio.sleep(0.05)
            raise SpawnerError("refused", "too late")
        self.ports[proc_id] = exit_port
        exit_port.log("stderr", ["before the start is told"])
        await asyncio.sleep(0)
        exit_port.started(pid=42, address="tcp:1.2.3.4:5", started_at="2020-01-01T00:00:00Z")
        exit_port.log("stdout", [])
        exit_port.log("stdout", ["one", "x" * 1_000_000, "é" * 300_000, "three"])

    async def recover(self, proc_id: str, handle: str, exit_port: ExitPort) -> bool:
        if handle == "over":
            exit_port.send(OK)
            return True
        if handle != "rich " + proc_id:
            return False
        exit_port.started(pid=43, started_at="2020-01-01T00:00:00Z")
        self.ports[proc_id] = exit_port
        return True

    async def list(self) -> List[KnownProc]:
        return [KnownProc("old", 3, "rich old", 44)]


class Threaded(Base):
    """Tells from another thread."""

    async def launch(self, exit_port: ExitPort, proc_id: str, opts: LaunchOptions) -> None:  # type: ignore[override]
        def work(port: ExitPort) -> None:
            port.started(pid=7)
            time.sleep(0.01)
            port.log("stdout", ["from a thread"])
            port.send(OK)

        self._work = asyncio.get_running_loop().run_in_executor(None, work, exit_port)
