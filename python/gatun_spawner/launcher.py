"""What somebody writes who writes a spawner: a ``ProcLauncher``, and the values it is given and gives back."""

from __future__ import annotations

import logging
import os
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import AbstractSet, Any, Callable, Dict, List, Mapping, Optional, Set, TypeVar, Union, overload

from .port import ExitPort

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Rlimit:
    """One resource limit, such as ``nofile``. ``None`` is no limit."""

    resource: str
    soft: Optional[int]
    hard: Optional[int]


@dataclass
class Limits:
    """What a process and its descendants may use together. ``None`` is no limit."""

    memory_bytes: Optional[int] = None
    processors: Optional[float] = None
    processes: Optional[int] = None
    rlimits: List[Rlimit] = field(default_factory=list)


@dataclass
class LaunchOptions:
    """What to start, and how. A text that Gatun left out is empty where the type says ``str``.

    The first ten are those of the published interface, in its order; the others came with Gatun.
    """

    bootstrap_payload: str
    """For the variable ``HYPERACTOR_MESH_BOOTSTRAP_MODE``; empty: leave it alone."""
    process_name: str
    """For the variable ``HYPERACTOR_PROCESS_NAME``; empty: leave it alone."""
    program: str
    """What to execute."""
    arg0: Optional[str]
    """The name it is called by; ``None``: the last part of ``program``."""
    args: List[str]
    """Its arguments, without that name."""
    env: Dict[str, str]
    """Its environment."""
    want_stdio: bool
    """Whether Gatun wants the output."""
    tail_lines: int
    """How many of the last lines of standard error the exit carries; 0 for none."""
    log_channel: Optional[str]
    """For the variable ``BOOTSTRAP_LOG_CHANNEL``; ``None``: leave it alone."""
    proc_bind: Optional[Dict[str, str]] = None
    """Where it may run: those of ``cpunodebind``, ``membind``, ``physcpubind`` and ``cpus`` that are set."""
    limits: Limits = field(default_factory=Limits)
    """What it may use."""
    cwd: Optional[str] = None
    """The folder it starts in."""
    user: Optional[str] = None
    """The user it runs as: a name or a number."""
    group: Optional[str] = None
    """The group it runs as: a name or a number."""
    cgroup: Optional[str] = None
    """The control group it runs in."""
    inherit_env: bool = True
    """Whether ``env`` is added to the environment of the spawner."""
    settings: Dict[str, str] = field(default_factory=dict)
    """What only this spawner understands."""

    def argv(self) -> List[str]:
        """The name the program is called by, and its arguments."""
        return [self.arg0 if self.arg0 is not None else os.path.basename(self.program), *self.args]

    def environment(self, inherited: Optional[Mapping[str, str]] = None) -> Dict[str, str]:
        """The whole environment of the process. ``inherited`` stands for that of the spawner, if it is asked for."""
        base = os.environ if inherited is None else inherited
        environment = dict(base) if self.inherit_env else {}
        environment.update(self.env)
        if self.bootstrap_payload:
            environment["HYPERACTOR_MESH_BOOTSTRAP_MODE"] = self.bootstrap_payload
        if self.process_name:
            environment["HYPERACTOR_PROCESS_NAME"] = self.process_name
        if self.log_channel is not None:
            environment["BOOTSTRAP_LOG_CHANNEL"] = self.log_channel
        return environment

    def additions(self) -> Set[str]:
        """The names of the options that are given beyond those of the published interface, as ``honours`` has them."""
        given: Dict[str, object] = {
            "cwd": self.cwd,
            "user": self.user,
            "group": self.group,
            "cgroup": self.cgroup,
            "limits.memory_bytes": self.limits.memory_bytes,
            "limits.processors": self.limits.processors,
            "limits.processes": self.limits.processes,
            "limits.rlimits": self.limits.rlimits or None,
        }
        return {name for name, value in given.items() if value is not None}


@dataclass
class ProcExitResult:
    """How a process ended. The first that is set counts: ``failed_reason``, ``signal``, ``exit_code``."""

    exit_code: Optional[int]
    """``None``: not known, which Gatun reads as -1."""
    signal: Optional[int]
    """The signal that ended it."""
    core_dumped: bool
    failed_reason: Optional[str]
    """Why it could not be launched; the empty text is a reason too."""
    stderr_tail: List[str]
    """The last lines of its standard error, oldest first."""


@dataclass
class KnownProc:
    """A process that is not over, as ``ProcLauncher.list`` tells it."""

    proc: str
    generation: int
    handle: str
    pid: Optional[int] = None


@overload
def endpoint(method: F) -> F: ...


@overload
def endpoint(*, explicit_response_port: bool = ..., **options: Any) -> Callable[[F], F]: ...


def endpoint(method: Optional[F] = None, **options: Any) -> Union[F, Callable[[F], F]]:
    """Marks a method that is called from outside. It changes nothing: ``launch`` always gets the port explicitly."""
    if method is not None:
        return method
    return lambda decorated: decorated


class ProcLauncher(ABC):
    """Starts and stops processes. ``launch``, ``terminate`` and ``kill`` are all that has to be written.

    The methods are called on one event loop and must not block it; a method without ``async`` is called in a thread of
    its own and may block. No method is called for a generation that is over.
    """

    name: str = ""
    """What the spawner calls itself; empty: the name of the class."""
    version: str = "0"
    capabilities: Mapping[str, Union[bool, str]] = {}
    """What this launcher can do beyond the default, which is: ``signal`` true, ``stdio`` managed, the rest false.
    ``recover`` is true by itself where that method is overridden or the transport is a socket."""
    honours: AbstractSet[str] = frozenset()
    """Which options it reads beyond those of the published interface: any of ``cwd``, ``user``, ``group``, ``cgroup``,
    ``limits.memory_bytes``, ``limits.processors``, ``limits.processes``, ``limits.rlimits``. A launch that asks for another
    is answered with ``unsupported``: an option that is silently left out is how a process ends up without a limit."""
    reports_start: bool = False
    """Whether ``launch`` says by its port that the process has started.

    If not, the request is acknowledged before ``launch`` is called, and the process counts as started when ``launch``
    returns without an exit, or after ``started_after_secs`` if it runs longer.

    If so, the request is acknowledged when ``launch`` sets the port's ``handle``, reports ``started``, ends or has not
    done so for 5 seconds, and a ``SpawnerError`` raised until then is the reply."""
    started_after_secs: float = 1.0

    def __init__(self, params: Optional[Dict[str, Any]] = None) -> None:
        self.params = params

    @property
    def logger(self) -> logging.Logger:
        """Writes to the log of the spawner, which is its standard error."""
        return logging.getLogger(type(self).__name__)

    @abstractmethod
    async def launch(self, exit_port: ExitPort, proc_id: str, opts: LaunchOptions) -> None:
        """Starts a process and sees to it that ``exit_port`` is sent its end, once. An exception counts as its end."""

    @abstractmethod
    async def terminate(self, proc_id: str, timeout_secs: float) -> None:
        """Begins a stop that is gentle first and forced after ``timeout_secs`` seconds."""

    @abstractmethod
    async def kill(self, proc_id: str) -> None:
        """Begins a forced stop."""

    async def recover(self, proc_id: str, handle: str, exit_port: ExitPort) -> bool:
        """Finds a process again that an earlier run of this spawner started, by the handle that it gave.

        True: it is known, ``exit_port.started`` has told its pid and start if they are known too, and its end will be
        sent. False: it is not known. What the present run has started is recovered without this method.
        """
        return False

    async def list(self) -> List[KnownProc]:
        """Processes of earlier runs of this spawner that are not over. Those of the present run are known anyway."""
        return []
