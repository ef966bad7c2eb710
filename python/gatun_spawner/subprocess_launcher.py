"""A launcher of processes of this machine."""

from __future__ import annotations

import asyncio
import errno
import grp
import os
import pwd
import resource
import signal
import subprocess
import time
from collections import deque
from typing import IO, Any, Callable, Deque, Dict, List, Optional, Set, Tuple

from .generation import rfc3339
from .launcher import LaunchOptions, ProcExitResult, ProcLauncher
from .messages import SpawnerError
from .port import ExitPort

LONGEST_LINE = 16 * 1024
"""In bytes; what is longer becomes several lines."""
MOST_TAIL_LINES = 10_000
"""How many lines are kept at most, whatever is asked for."""
_CHUNK = 64 * 1024
_POLL_SECS = 0.1
_MOST_PROCESSORS = 65536


class SubprocessLauncher(ProcLauncher):
    """Starts each process in a session of its own, and stops the whole group of processes.

    The handle is ``PID:START``, the start in clock ticks since the boot, which together no other process ever has. A
    process that is found again by it is not a child any more: its exit code is not known, nor its output.
    """

    name = "subprocess"
    version = "1"
    honours = frozenset({"cwd", "user", "group", "limits.rlimits"})
    reports_start = True
    capabilities = {"stdio": "captured", "pid": True, "core_dumped": True}

    def __init__(self, params: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(params)
        self._processes: Dict[str, _Process] = {}

    async def launch(self, exit_port: ExitPort, proc_id: str, opts: LaunchOptions) -> None:
        setup = _Setup(opts)
        try:
            child, outputs = _spawn(setup, exit_port)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            reason = f"{opts.program} cannot be started: {setup.error() or error}"
            exit_port.send(ProcExitResult(None, None, False, reason, []))
            return
        finally:
            setup.close()
        process = _Child(child, exit_port, outputs)
        exit_port.handle = f"{child.pid}:{_start_ticks(child.pid)}"
        exit_port.started(pid=child.pid)
        process.read()
        self._watch(proc_id, process)

    async def terminate(self, proc_id: str, timeout_secs: float) -> None:
        process = self._processes.get(proc_id)
        if process is not None:
            process.terminate(timeout_secs)

    async def kill(self, proc_id: str) -> None:
        process = self._processes.get(proc_id)
        if process is not None:
            process.kill()

    async def recover(self, proc_id: str, handle: str, exit_port: ExitPort) -> bool:
        try:
            pid, ticks = (int(number) for number in handle.split(":"))
        except ValueError:
            return False
        if _start_ticks(pid) != ticks:
            return False
        exit_port.started(pid=pid, started_at=rfc3339(_boot_time() + ticks / os.sysconf("SC_CLK_TCK")))
        self._watch(proc_id, _Stranger(pid, ticks, exit_port))
        return True

    def _watch(self, proc_id: str, process: _Process) -> None:
        self._processes[proc_id] = process
        # The process holds its task, and this table holds the process.
        process.task = asyncio.ensure_future(self._until_over(proc_id, process))

    async def _until_over(self, proc_id: str, process: _Process) -> None:
        await process.ended()
        if self._processes.get(proc_id) is process:
            del self._processes[proc_id]
        process.finish()


class _Process:
    """A running process that leads its group."""

    task: Optional[asyncio.Future[None]] = None

    def __init__(self, pid: int, exit_port: ExitPort) -> None:
        self.pid = pid
        self._exit_port = exit_port
        self._stopped = False
        self._timer: Optional[asyncio.TimerHandle] = None

    def terminate(self, timeout_secs: float) -> None:
        self._stopped = True
        self._signal(signal.SIGTERM)
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(timeout_secs, self.kill)

    def kill(self) -> None:
        self._stopped = True
        self._signal(signal.SIGKILL)

    async def ended(self) -> None:
        """Returns when the process has ended."""
        try:
            descriptor = os.pidfd_open(self.pid)
        except OSError as error:
            if error.errno == errno.ESRCH:
                return
            while not self._is_over():  # a kernel without such descriptors
                await asyncio.sleep(_POLL_SECS)
            return
        readable = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(descriptor, readable.set)
        try:
            # It may be that another process has got the number since it was read.
            if not self._is_over():
                await readable.wait()
        finally:
            loop.remove_reader(descriptor)
            os.close(descriptor)

    def finish(self) -> None:
        """The process has ended: tells so."""
        if self._timer is not None:
            self._timer.cancel()

    def _is_over(self) -> bool:
        raise NotImplementedError

    def _signal(self, number: int) -> None:
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            pass


class _Child(_Process):
    """A process that this one has started: until it is waited for, nobody else gets its number."""

    def __init__(self, child: subprocess.Popen[bytes], exit_port: ExitPort, outputs: List[_Output]) -> None:
        super().__init__(child.pid, exit_port)
        self._child = child
        self._outputs = outputs

    def read(self) -> None:
        for output in self._outputs:
            output.resume()

    def finish(self) -> None:
        super().finish()
        if self._stopped:
            # What is left of the group. It is still this group: its leader has not been waited for.
            self._signal(signal.SIGKILL)
        # All that the process wrote is in the pipes by now. Whoever else has their other ends is not waited for.
        tail: List[str] = []
        for output in self._outputs:
            tail += output.finish()
        self._exit_port.send(self._result(tail))

    def _result(self, tail: List[str]) -> ProcExitResult:
        try:
            ended = os.waitid(os.P_PID, self.pid, os.WEXITED)
        except ChildProcessError:
            ended = None
        if ended is None:  # somebody else has waited for it
            return ProcExitResult(None, None, False, None, tail)
        status = ended.si_status
        if ended.si_code in (os.CLD_KILLED, os.CLD_DUMPED):
            self._child.returncode = -status  # so that nobody waits again
            return ProcExitResult(None, status, ended.si_code == os.CLD_DUMPED, None, tail)
        self._child.returncode = status
        return ProcExitResult(status, None, False, None, tail)

    def _is_over(self) -> bool:
        try:
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True


class _Stranger(_Process):
    """A process that an earlier run of the spawner has started."""

    def __init__(self, pid: int, ticks: int, exit_port: ExitPort) -> None:
        super().__init__(pid, exit_port)
        self._ticks = ticks

    def finish(self) -> None:
        super().finish()
        self._exit_port.send(ProcExitResult(None, None, False, None, []))

    def _is_over(self) -> bool:
        return _start_ticks(self.pid) != self._ticks

    def _signal(self, number: int) -> None:
        if not self._is_over():
            super()._signal(number)


class _Output:
    """Reads one stream of a process: cuts it into lines, tells them, and keeps the last."""

    def __init__(self, stream: str, pipe: IO[bytes], exit_port: ExitPort, wanted: bool, tail_lines: int) -> None:
        self._stream = stream
        self._pipe = pipe
        self._descriptor = pipe.fileno()
        os.set_blocking(self._descriptor, False)
        self._exit_port = exit_port
        self._wanted = wanted
        self._tail: Deque[str] = deque(maxlen=min(tail_lines, MOST_TAIL_LINES))
        self._partial = b""
        self._open = True
        self._draining: Set[asyncio.Future[None]] = set()

    def resume(self) -> None:
        if self._open:
            asyncio.get_running_loop().add_reader(self._descriptor, self._readable)

    def finish(self) -> List[str]:
        """Reads what is there, closes the stream, and returns its last lines."""
        left = 1024 * 1024  # the most that a pipe holds, unless root has made it larger
        while left > 0:
            count = self._read()
            if count == 0:
                break
            left -= count
        self._close()
        return list(self._tail)

    def _readable(self) -> None:
        self._read()
        if self._open and self._wanted:
            # As long as Gatun does not read, the process has to wait, like everybody who writes to a full pipe.
            asyncio.get_running_loop().remove_reader(self._descriptor)
            task = asyncio.ensure_future(self._resume_when_drained())
            self._draining.add(task)
            task.add_done_callback(self._draining.discard)

    async def _resume_when_drained(self) -> None:
        await self._exit_port.drain()
        self.resume()

    def _read(self) -> int:
        """Reads once. Returns 0 when there is nothing, or nothing any more."""
        if not self._open:
            return 0
        try:
            chunk = os.read(self._descriptor, _CHUNK)
        except BlockingIOError:
            return 0
        if not chunk:
            self._close()
            return 0
        *lines, self._partial = (self._partial + chunk).split(b"\n")
        self._tell(lines)
        if len(self._partial) > LONGEST_LINE:
            *parts, self._partial = _parts(self._partial)
            self._tell(parts)
        return len(chunk)

    def _close(self) -> None:
        if self._open:
            self._open = False
            asyncio.get_running_loop().remove_reader(self._descriptor)
            self._pipe.close()
            self._tell([self._partial] if self._partial else [])

    def _tell(self, lines: List[bytes]) -> None:
        texts = [part.decode("utf-8", "replace") for line in lines for part in _parts(line)]
        self._tail.extend(texts)
        if self._wanted and texts:
            self._exit_port.log(self._stream, texts)


def _parts(line: bytes) -> List[bytes]:
    """The line in pieces that are not too long, none of which ends within a character."""
    parts = []
    while len(line) > LONGEST_LINE:
        end = LONGEST_LINE
        while end > LONGEST_LINE - 4 and line[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(line[:end])
        line = line[end:]
    return [*parts, line]


class _Setup:
    """What a process does to itself between fork and exec."""

    def __init__(self, opts: LaunchOptions) -> None:
        _refuse_unsupported(opts)
        self.opts = opts
        self.steps: List[Tuple[str, Callable[[], object]]] = []
        for limit in opts.limits.rlimits:
            number, pair = _rlimit(limit.resource, limit.soft, limit.hard)
            self._add(f"the limit {limit.resource}", resource.setrlimit, number, pair)
        processors = _processors(opts.proc_bind or {})
        if processors is not None:
            self._add("the processors", os.sched_setaffinity, 0, processors)
        self._add_identity(opts.user, opts.group)
        # The steps run in the child, which has no other way to say which one failed.
        self._errors, self._report = os.pipe()

    def prepare(self) -> None:
        """Runs in the child."""
        for what, step in self.steps:
            try:
                step()
            except (OSError, ValueError, OverflowError) as error:
                os.write(self._report, f"{what} cannot be set: {error}".encode("utf-8", "replace"))
                raise

    def error(self) -> str:
        """What the child said about a step that failed, or nothing. To be called when the child has ended or runs."""
        os.set_blocking(self._errors, False)
        try:
            return os.read(self._errors, 4096).decode("utf-8", "replace")
        except BlockingIOError:
            return ""

    def close(self) -> None:
        os.close(self._errors)
        os.close(self._report)

    def _add(self, what: str, step: Callable[..., object], *arguments: Any) -> None:
        self.steps.append((what, lambda: step(*arguments)))

    def _add_identity(self, user: Optional[str], group: Optional[str]) -> None:
        if user is None and group is None:
            return
        account = None if user is None else _account(user)
        if group is not None:
            gid = _group(group)
        else:
            gid = os.getegid() if account is None else account.pw_gid
        if os.geteuid() == 0:
            groups = [gid] if account is None else os.getgrouplist(account.pw_name, gid)
            self._add("the groups", os.setgroups, groups)
        self._add(f"the group {gid}", os.setresgid, gid, gid, gid)
        if account is not None:
            uid = account.pw_uid
            self._add(f"the user {user}", os.setresuid, uid, uid, uid)


def _spawn(setup: _Setup, exit_port: ExitPort) -> Tuple[subprocess.Popen[bytes], List[_Output]]:
    opts = setup.opts
    error_wanted = opts.want_stdio or opts.tail_lines > 0
    child = subprocess.Popen(
        opts.argv(),
        executable=opts.program,
        env=opts.environment(),
        bufsize=0,
        cwd=opts.cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if opts.want_stdio else subprocess.DEVNULL,
        stderr=subprocess.PIPE if error_wanted else subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=setup.prepare if setup.steps else None,
    )
    outputs = []
    for stream, pipe, tail_lines in (("stdout", child.stdout, 0), ("stderr", child.stderr, opts.tail_lines)):
        if pipe is not None:
            outputs.append(_Output(stream, pipe, exit_port, opts.want_stdio, tail_lines))
    return child, outputs


def _refuse_unsupported(opts: LaunchOptions) -> None:
    if (opts.proc_bind or {}).get("membind") is not None:
        raise SpawnerError("unsupported", "The option proc_bind.membind is not supported by this spawner")


def _rlimit(name: str, soft: Optional[int], hard: Optional[int]) -> Tuple[int, Tuple[int, int]]:
    number = getattr(resource, f"RLIMIT_{name.upper()}", None)
    if number is None:
        raise SpawnerError("unsupported", f"The option limits.rlimits names {name}, which is no limit of this system")
    unlimited = resource.RLIM_INFINITY
    return number, (unlimited if soft is None else soft, unlimited if hard is None else hard)


def _processors(binding: Dict[str, str]) -> Optional[Set[int]]:
    """The processors that a process may use: those that all that is given allows."""
    allowed: List[Set[int]] = []
    for name in ("cpus", "physcpubind"):
        if name in binding:
            allowed.append(_numbers(name, binding[name]))
    if "cpunodebind" in binding:
        allowed.append(set().union(*map(_node, _numbers("cpunodebind", binding["cpunodebind"]))))
    return set.intersection(*allowed) if allowed else None


def _node(number: int) -> Set[int]:
    try:
        with open(f"/sys/devices/system/node/node{number}/cpulist", encoding="ascii") as file:
            return _numbers("cpunodebind", file.read().strip())
    except OSError:
        raise SpawnerError(
            "unsupported", f"The option proc_bind.cpunodebind names {number}, which is no node"
        ) from None


def _numbers(name: str, text: str) -> Set[int]:
    """The numbers of a list such as ``0-3,8``."""
    numbers: Set[int] = set()
    try:
        for part in text.split(","):
            first, _, last = part.partition("-")
            numbers.update(range(int(first), min(int(last or first), _MOST_PROCESSORS) + 1))
    except ValueError:
        raise SpawnerError("invalid", f"The option proc_bind.{name} is not a list such as 0-3,8: {text}") from None
    return numbers


def _account(user: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(int(user)) if user.isdigit() else pwd.getpwnam(user)
    except KeyError:
        raise SpawnerError("refused", f"The option user names {user}, who is not there") from None


def _group(group: str) -> int:
    try:
        return int(group) if group.isdigit() else grp.getgrnam(group).gr_gid
    except KeyError:
        raise SpawnerError("refused", f"The option group names {group}, which is not there") from None


def _start_ticks(pid: int) -> Optional[int]:
    """When the process started, in clock ticks since the boot; ``None`` if it is over."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            # The name of the program, in parentheses, may contain anything, also spaces and parentheses.
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def _boot_time() -> float:
    """In seconds since 1970."""
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
