"""The messages of spawner/1: lines to objects and back, with every check that does not need any state."""

from __future__ import annotations

import json
import math
import operator
from typing import Any, Dict, List, Mapping, NoReturn, Optional, Sequence

from .launcher import LaunchOptions, Limits, Rlimit

PROTOCOL = 1
MAX_LINE = 1024 * 1024
"""The longest line in bytes, with its end."""

DECODING_FAILED = "failed to decode exit result: launcher error: "
EXIT_FIELDS = ("exit_code", "signal", "core_dumped", "failed_reason", "stderr_tail")
_BINDINGS = ("cpunodebind", "membind", "physcpubind", "cpus")
# What a log or a tail may take of a line, which leaves room for the names of the process and of the fields.
_MAX_LINES = MAX_LINE // 4


class SpawnerError(Exception):
    """An error that is the reply to a request. ``code`` is one of the protocol's, such as ``unsupported``."""

    def __init__(self, code: str, message: str, *, details: Any = None, retryable: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
        self.retryable = retryable

    def as_json(self) -> Dict[str, Any]:
        return {"code": self.code, "message": self.message, "details": self.details, "retryable": self.retryable}


class LineSplitter:
    """Cuts a stream of bytes into lines, and never keeps more of it than one line may have."""

    def __init__(self, limit: int = MAX_LINE) -> None:
        self._limit = limit
        self._line = bytearray()
        self._skipping = False

    def feed(self, chunk: bytes) -> List[Optional[bytes]]:
        """The lines that the chunk ends, without their ends. ``None`` stands for one that was too long."""
        lines: List[Optional[bytes]] = []
        start = 0
        while True:
            end = chunk.find(b"\n", start)
            self._add(chunk[start : len(chunk) if end < 0 else end])
            if end < 0:
                return lines
            lines.append(None if self._skipping else bytes(self._line))
            self._line.clear()
            self._skipping = False
            start = end + 1

    @property
    def has_rest(self) -> bool:
        """Whether the stream, if it ends here, ends in the middle of a line."""
        return self._skipping or bool(self._line)

    def _add(self, part: bytes) -> None:
        if self._skipping or len(self._line) + len(part) + 1 > self._limit:
            self._skipping = True
            self._line.clear()
        else:
            self._line += part


def parse(line: bytes) -> Dict[str, Any]:
    """The object of a line."""
    try:
        message = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise SpawnerError("invalid", f"The line is not JSON in UTF-8: {error}") from None
    if not isinstance(message, dict):
        raise SpawnerError("invalid", "The line is not a JSON object")
    return message


def encode(message: Mapping[str, Any]) -> bytes:
    """The line of an object, in ASCII, so that no text whatever can break it."""
    line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode("ascii") + b"\n"
    if len(line) > MAX_LINE:
        raise SpawnerError("internal", f"The message would have {len(line)} bytes and may have {MAX_LINE}")
    return line


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


class Fields:
    """Reads the fields of an object and says by its name which one is missing or of the wrong type."""

    def __init__(self, values: Any, path: str) -> None:
        if not isinstance(values, dict):
            raise SpawnerError("invalid", f"The field {path} must be an object")
        self._values: Dict[str, Any] = values
        self._path = path

    def _get(self, name: str) -> Any:
        if name not in self._values:
            raise SpawnerError("invalid", f"The field {self._path}.{name} is missing")
        return self._values[name]

    def _wrong(self, name: str, wanted: str) -> SpawnerError:
        return SpawnerError("invalid", f"The field {self._path}.{name} must be {wanted}")

    def text(self, name: str) -> str:
        value = self._get(name)
        if not isinstance(value, str):
            raise self._wrong(name, "a text")
        return value

    def text_or_null(self, name: str) -> Optional[str]:
        value = self._get(name)
        if value is not None and not isinstance(value, str):
            raise self._wrong(name, "a text or null")
        return value

    def boolean(self, name: str) -> bool:
        value = self._get(name)
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def whole(self, name: str, least: int) -> int:
        value = self._get(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self._wrong(name, f"a whole number of at least {least}")
        return value

    def number(self, name: str) -> float:
        value = self._get(name)
        try:
            if not isinstance(value, bool) and isinstance(value, (int, float)) and 0 <= float(value) < math.inf:
                return float(value)
        except OverflowError:
            pass  # a whole number that is larger than all others
        raise self._wrong(name, "a number of at least 0")

    def texts(self, name: str) -> List[str]:
        value = self._get(name)
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self._wrong(name, "a list of texts")
        return value

    def texts_by_name(self, name: str) -> Dict[str, str]:
        value = self._get(name)
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise self._wrong(name, "texts by name")
        return value

    def object(self, name: str) -> Fields:
        return Fields(self._get(name), f"{self._path}.{name}")

    def objects(self, name: str) -> List[Fields]:
        value = self._get(name)
        if not isinstance(value, list):
            raise self._wrong(name, "a list of objects")
        return [Fields(each, f"{self._path}.{name}[{index}]") for index, each in enumerate(value)]

    def is_null(self, name: str) -> bool:
        return self._get(name) is None

    def is_absent(self, name: str) -> bool:
        """Whether it is null or not there at all: inside ``limits`` and ``proc_bind`` both mean the same."""
        return self._values.get(name) is None


def launch_options(fields: Fields) -> LaunchOptions:
    """The field ``options`` of ``launch``."""
    return LaunchOptions(
        bootstrap_payload=fields.text_or_null("bootstrap_payload") or "",
        process_name=fields.text_or_null("process_name") or "",
        program=fields.text("program"),
        arg0=fields.text_or_null("arg0"),
        args=fields.texts("args"),
        env=fields.texts_by_name("env"),
        inherit_env=fields.boolean("inherit_env"),
        want_stdio=fields.boolean("want_stdio"),
        tail_lines=fields.whole("tail_lines", 0),
        log_channel=fields.text_or_null("log_channel"),
        proc_bind=None if fields.is_null("proc_bind") else _binding(fields.object("proc_bind")),
        limits=_limits(fields.object("limits")),
        cwd=fields.text_or_null("cwd"),
        user=fields.text_or_null("user"),
        group=fields.text_or_null("group"),
        cgroup=fields.text_or_null("cgroup"),
        settings=fields.texts_by_name("settings"),
    )


def _binding(fields: Fields) -> Dict[str, str]:
    return {name: fields.text(name) for name in _BINDINGS if not fields.is_absent(name)}


def _limits(fields: Fields) -> Limits:
    return Limits(
        memory_bytes=None if fields.is_absent("memory_bytes") else fields.whole("memory_bytes", 0),
        processors=None if fields.is_absent("processors") else fields.number("processors"),
        processes=None if fields.is_absent("processes") else fields.whole("processes", 0),
        rlimits=[_rlimit(each) for each in fields.objects("rlimits")],
    )


def _rlimit(fields: Fields) -> Rlimit:
    return Rlimit(
        resource=fields.text("resource"),
        soft=None if fields.is_null("soft") else fields.whole("soft", 0),
        hard=None if fields.is_null("hard") else fields.whole("hard", 0),
    )


def exit_fields(result: object) -> Dict[str, Any]:
    """The five fields of an exit, from anything that has them as attributes.

    What is wrong with it becomes the reason of a failure here, with the texts that Gatun itself uses: an attribute that
    cannot even be read has no other way into a message.
    """
    try:
        values = _attributes(result)
        return {
            "exit_code": _number_or_none("exit_code", values["exit_code"]),
            "signal": _number_or_none("signal", values["signal"]),
            "core_dumped": _boolean("core_dumped", values["core_dumped"]),
            "failed_reason": _text_or_none("failed_reason", values["failed_reason"]),
            "stderr_tail": _newest(_texts("stderr_tail", values["stderr_tail"])),
        }
    except _Undecodable as error:
        return failure(DECODING_FAILED + str(error))


def failure(reason: str) -> Dict[str, Any]:
    """The five fields of the exit of a process that could not be launched."""
    return {
        "exit_code": None,
        "signal": None,
        "core_dumped": False,
        "failed_reason": cut(reason),
        "stderr_tail": [],
    }


def describe(error: BaseException) -> str:
    """The text of an error, whatever its own methods do."""
    for text in (str, repr):
        try:
            return text(error)
        except Exception:
            continue
    return "<error formatting exception>"


def batches(lines: Sequence[str]) -> List[List[str]]:
    """The lines in groups, each of which fits into a message. A line that is too long for one is cut."""
    groups: List[List[str]] = []
    room = 0
    for line in map(cut, lines):
        size = _size(line)
        if size > room or not groups:
            groups.append([])
            room = _MAX_LINES
        groups[-1].append(line)
        room -= size
    return groups


def cut(text: str) -> str:
    """The beginning of a text, as much of it as fits into a message."""
    # A character takes at most twelve bytes in a message, and most take one.
    if len(text) * 12 <= _MAX_LINES or _size(text) <= _MAX_LINES:
        return text
    return text[: _MAX_LINES // 12 - 20] + "... [TRUNCATED]"


def _newest(lines: List[str]) -> List[str]:
    return batches(lines[::-1])[0][::-1] if lines else []


def _size(text: str) -> int:
    return len(json.dumps(text)) + 1


class _Undecodable(Exception):
    pass


def _attributes(result: object) -> Dict[str, Any]:
    # All have to be there before any is looked at, as in the interface this one follows.
    for name in EXIT_FIELDS:
        try:
            there = hasattr(result, name)
        except Exception as error:
            raise _Undecodable(f"hasattr {name}: {describe(error)}") from None
        if not there:
            raise _Undecodable(f"ProcExitResult must be a ProcExitResult dataclass; missing attribute {name}")
    values = {}
    for name in EXIT_FIELDS:
        try:
            values[name] = getattr(result, name)
        except Exception as error:
            raise _Undecodable(f"getattr {name}: {describe(error)}") from None
    return values


def _wrong(name: str, wanted: str, value: object) -> _Undecodable:
    return _Undecodable(f"extract {name}: expected {wanted}, got {type(value).__name__}")


def _number_or_none(name: str, value: Any) -> Optional[int]:
    if value is None:
        return None
    try:
        number = operator.index(value)
    except Exception:
        raise _wrong(name, "a number or None", value) from None
    if not -(2**31) <= number < 2**31:
        raise _Undecodable(f"extract {name}: {number} has more than 32 bits")
    return int(number)


def _boolean(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, "a boolean", value)
    return value


def _text_or_none(name: str, value: Any) -> Optional[str]:
    if value is not None and not isinstance(value, str):
        raise _wrong(name, "a text or None", value)
    return None if value is None else cut(str(value))


def _texts(name: str, value: Any) -> List[str]:
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise _wrong(name, "a list of texts", value)
    for each in value:
        if not isinstance(each, str):
            raise _wrong(name, "a list of texts", each)
    return [str(each) for each in value]
