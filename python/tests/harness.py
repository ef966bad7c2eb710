"""Gatun's side of the protocol, for tests: starts a spawner, sends it lines, and waits for what it says."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any, Callable, Dict, List, Optional

PACKAGE = Path(__file__).resolve().parents[1]
EXAMPLES = PACKAGE.parent / "examples" / "spawners"
MAX_LINE = 1024 * 1024
COOKIE = "a-cookie"
DEADLINE_SECS = 15.0

Message = Dict[str, Any]


def options(program: str = "/bin/sh", *args: str, **others: Any) -> Message:
    """The field ``options`` of a launch, complete."""
    complete: Message = {
        "bootstrap_payload": None,
        "process_name": None,
        "program": program,
        "arg0": None,
        "args": list(args),
        "env": {},
        "inherit_env": True,
        "want_stdio": True,
        "tail_lines": 0,
        "log_channel": None,
        "proc_bind": None,
        "limits": {"memory_bytes": None, "processors": None, "processes": None, "rlimits": []},
        "cwd": None,
        "user": None,
        "group": None,
        "cgroup": None,
        "settings": {},
    }
    complete.update(others)
    return complete


def shell(script: str, **others: Any) -> Message:
    return options("/bin/sh", "-c", script, **others)


def wait_until(condition: Callable[[], Any], what: str = "the condition") -> Any:
    """Waits for a condition outside of the protocol, such as the end of a process."""
    end = time.monotonic() + DEADLINE_SECS
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come about")
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


class Lines:
    """Collects the lines of a stream in a thread."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._changed = threading.Condition()
        self._lines: List[bytes] = []
        self.ended = False
        self._stream = stream
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for line in self._stream:
                with self._changed:
                    self._lines.append(line)
                    self._changed.notify_all()
        except (OSError, ValueError):
            pass
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def all(self) -> List[bytes]:
        with self._changed:
            return list(self._lines)

    def wait(self, condition: Callable[[], Any], what: str) -> Any:
        end = time.monotonic() + DEADLINE_SECS
        with self._changed:
            while True:
                value = condition()
                if value is not None:
                    return value
                if self.ended or not self._changed.wait(end - time.monotonic()):
                    raise AssertionError(f"{what} did not come; there came {self._lines[-20:]}")

    def wait_for_end(self) -> None:
        self.wait(lambda: True if self.ended else None, "the end of the stream")

    def join(self) -> None:
        self._thread.join(DEADLINE_SECS)
        self._stream.close()


class Peer:
    """One connection with a spawner."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self.lines = Lines(source)
        self._target = target
        self._last = 0

    @property
    def messages(self) -> List[Message]:
        return [json.loads(line) for line in self.lines.all()]

    def write(self, data: bytes) -> None:
        self._target.write(data)
        self._target.flush()

    def close(self) -> None:
        try:
            self._target.close()
        except OSError:
            pass

    def send(self, method: str, **params: Any) -> int:
        self._last += 1
        self.write(json.dumps({"id": self._last, "method": method, "params": params}).encode() + b"\n")
        return self._last

    def reply_to(self, identity: Optional[int], count: int = 1) -> Message:
        """The reply, or the ``count``-th of those without an id."""

        def find() -> Optional[Message]:
            replies = [each for each in self.messages if "event" not in each and each["id"] == identity]
            return replies[count - 1] if len(replies) >= count else None

        reply: Message = self.lines.wait(find, f"the reply to {identity}")
        return reply

    def call(self, method: str, **params: Any) -> Message:
        reply = self.reply_to(self.send(method, **params))
        if "result" not in reply:
            raise AssertionError(f"{method} failed: {reply}")
        result: Message = reply["result"]
        return result

    def fail(self, method: str, **params: Any) -> Message:
        reply = self.reply_to(self.send(method, **params))
        if "error" not in reply:
            raise AssertionError(f"{method} did not fail: {reply}")
        error: Message = reply["error"]
        return error

    def hello(self, cookie: str = COOKIE) -> Message:
        return self.call("hello", protocol=1, launcher={"name": "test", "version": "1"}, cookie=cookie)

    def launch(self, proc: str = "a", generation: int = 1, options: Optional[Message] = None) -> Message:
        return self.call("launch", proc=proc, generation=generation, options=options or shell("exit 0"))

    def events(self, kind: Optional[str] = None, proc: str = "a", generation: int = 1) -> List[Message]:
        return [
            each
            for each in self.messages
            if "event" in each
            and (kind is None or each["event"] == kind)
            and each["proc"] == proc
            and each["generation"] == generation
        ]

    def event(self, kind: str, proc: str = "a", generation: int = 1, count: int = 1) -> Message:
        """The ``count``-th event of this kind."""

        def find() -> Optional[Message]:
            events = self.events(kind, proc, generation)
            return events[count - 1] if len(events) >= count else None

        event: Message = self.lines.wait(find, f"the event {kind} of {proc}, {generation}")
        return event

    def logged(self, text: str, proc: str = "a", stream: str = "stdout", generation: int = 1) -> Message:
        """The log event that has this line."""

        def find() -> Optional[Message]:
            for event in self.events("log", proc, generation):
                if event["stream"] == stream and text in event["lines"]:
                    return event
            return None

        event: Message = self.lines.wait(find, f"the line {text}")
        return event


class Program:
    """A spawner that runs as Gatun would start it."""

    def __init__(
        self, *command: str, environment: Optional[Dict[str, str]] = None, stderr: int = subprocess.PIPE
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env={
                **{name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
                "PYTHONPATH": str(PACKAGE),
                "SPAWNER_PROTOCOL": "1",
                "SPAWNER_COOKIE": COOKIE,
                **(environment or {}),
            },
        )
        assert self.process.stdin and self.process.stdout
        self.errors = Lines(self.process.stderr or io.BytesIO())
        self.peer = Peer(self.process.stdout, self.process.stdin)

    def wait_for_error(self, text: str) -> None:
        """Waits for a line of standard error that contains the text."""
        wanted = text.encode()
        self.errors.wait(lambda: True if any(wanted in line for line in self.errors.all()) else None, text)

    def wait(self) -> int:
        return self.process.wait(DEADLINE_SECS)

    def close(self) -> None:
        self.peer.close()
        try:
            self.process.wait(DEADLINE_SECS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.errors.join()
            self.peer.lines.join()


def launcher_program(
    launcher: str, *more: str, environment: Optional[Dict[str, str]] = None, stderr: int = subprocess.PIPE
) -> Program:
    name = launcher if ":" in launcher else f"tests.launchers:{launcher}"
    return Program("-m", "gatun_spawner", name, *more, environment=environment, stderr=stderr)


def connect(path: str) -> SocketPeer:
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(DEADLINE_SECS)
    client.connect(path)
    client.settimeout(None)
    return SocketPeer(client)


class SocketPeer(Peer):
    def __init__(self, client: socket.socket) -> None:
        self._socket = client
        super().__init__(client.makefile("rb"), client.makefile("wb"))

    def close(self) -> None:
        super().close()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.lines.join()
        self._socket.close()
