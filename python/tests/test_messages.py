"""The codec alone, without any process."""

from __future__ import annotations

import json
import signal
import unittest
from dataclasses import fields
from typing import Any, Dict

from gatun_spawner import LaunchOptions, ProcExitResult
from gatun_spawner.messages import (
    MAX_LINE,
    Fields,
    LineSplitter,
    SpawnerError,
    batches,
    cut,
    describe,
    encode,
    exit_fields,
    launch_options,
    parse,
)

from .harness import options

PREFIX = "failed to decode exit result: launcher error: "


def decode(values: Any) -> LaunchOptions:
    return launch_options(Fields(values, "params.options"))


class Splitting(unittest.TestCase):
    def test_lines_come_in_any_pieces(self) -> None:
        splitter = LineSplitter()
        self.assertEqual([], splitter.feed(b"on"))
        self.assertTrue(splitter.has_rest)
        self.assertEqual([b"one", b"", b"two"], splitter.feed(b"e\n\ntwo\n"))
        self.assertFalse(splitter.has_rest)

    def test_a_line_may_have_the_limit_with_its_end(self) -> None:
        splitter = LineSplitter(10)
        self.assertEqual([b"123456789", None, b"ok"], splitter.feed(b"123456789\n1234567890\nok\n"))

    def test_what_is_too_long_is_not_kept(self) -> None:
        splitter = LineSplitter(10)
        for _ in range(1000):
            self.assertEqual([], splitter.feed(b"x" * 1000))
            self.assertEqual(0, len(splitter._line))
        self.assertTrue(splitter.has_rest)
        self.assertEqual([None, b"next"], splitter.feed(b"\nnext\n"))


class Parsing(unittest.TestCase):
    def test_what_is_no_object_is_invalid(self) -> None:
        for line in (b"", b"x", b"[]", b"1", b'"a"', b"null", b"\xff", b'{"a":NaN}', b"[" * 100_000, b'{"a":1}{}'):
            with self.subTest(line[:20]), self.assertRaises(SpawnerError) as raised:
                parse(line)
            self.assertEqual("invalid", raised.exception.code)

    def test_any_text_survives(self) -> None:
        text = "é\u2028\n\0\ud800\U0001f600"
        line = encode({"a": text})
        self.assertEqual(1, line.count(b"\n"))
        self.assertEqual({"a": text}, parse(line))

    def test_a_message_that_is_too_long_is_an_error(self) -> None:
        with self.assertRaises(SpawnerError):
            encode({"a": "x" * MAX_LINE})


class Options(unittest.TestCase):
    def test_all_fields(self) -> None:
        given = options(
            "/bin/true",
            "a",
            bootstrap_payload="p",
            process_name="n",
            arg0="zero",
            env={"A": "1"},
            tail_lines=3,
            log_channel="c",
            proc_bind={"cpunodebind": None, "membind": None, "physcpubind": None, "cpus": "0-1"},
            limits={
                "memory_bytes": 1,
                "processors": 0.5,
                "processes": 2,
                "rlimits": [{"resource": "nofile", "soft": 1, "hard": None}],
            },
            settings={"s": "t"},
            unknown="ignored",
        )
        decoded = decode(given)
        self.assertEqual({"cpus": "0-1"}, decoded.proc_bind)
        self.assertEqual(0.5, decoded.limits.processors)
        self.assertEqual(("nofile", 1, None), tuple(vars(decoded.limits.rlimits[0]).values()))
        self.assertEqual(["zero", "a"], decoded.argv())
        self.assertEqual(
            {
                "B": "2",
                "A": "1",
                "HYPERACTOR_MESH_BOOTSTRAP_MODE": "p",
                "HYPERACTOR_PROCESS_NAME": "n",
                "BOOTSTRAP_LOG_CHANNEL": "c",
            },
            decoded.environment({"A": "0", "B": "2"}),
        )

    def test_what_is_left_out(self) -> None:
        decoded = decode(options("/bin/true", env={"A": "1"}, inherit_env=False))
        self.assertEqual(["true"], decoded.argv())
        self.assertEqual({"A": "1"}, decoded.environment({"B": "2"}))
        self.assertEqual("", decoded.bootstrap_payload)
        self.assertIsNone(decoded.proc_bind)

    def test_each_missing_field_is_named(self) -> None:
        for name in options():
            given = options()
            del given[name]
            with self.subTest(name), self.assertRaises(SpawnerError) as raised:
                decode(given)
            self.assertEqual("invalid", raised.exception.code)
            self.assertEqual(f"The field params.options.{name} is missing", raised.exception.message)

    def test_each_field_of_the_wrong_type_is_named(self) -> None:
        wrong: Dict[str, Any] = {name: 7 for name in options()}
        wrong.update(tail_lines="7", want_stdio=0, inherit_env=None, args=[1], env={"A": None}, limits=None)
        for name, value in wrong.items():
            with self.subTest(name), self.assertRaises(SpawnerError) as raised:
                decode(options(**{name: value}) if name not in ("program", "args") else {**options(), name: value})
            self.assertIn(f"params.options.{name} ", raised.exception.message)

    def test_numbers(self) -> None:
        for value in (True, -1, 1.5, "1", None):
            with self.subTest(value), self.assertRaises(SpawnerError):
                decode(options(tail_lines=value))

    def test_nested_fields_are_named(self) -> None:
        with self.assertRaises(SpawnerError) as raised:
            decode(options(limits={"memory_bytes": "much", "rlimits": []}))
        self.assertIn("params.options.limits.memory_bytes ", raised.exception.message)
        with self.assertRaises(SpawnerError) as raised:
            decode(options(limits={"rlimits": [{"resource": "nofile", "soft": 1}]}))
        self.assertIn("params.options.limits.rlimits[0].hard ", raised.exception.message)

    def test_the_order_is_the_published_one(self) -> None:
        names = [field.name for field in fields(LaunchOptions)]
        published = (
            "bootstrap_payload process_name program arg0 args env want_stdio tail_lines log_channel proc_bind"
        ).split()
        self.assertEqual(published, names[:10])
        self.assertEqual(
            "exit_code signal core_dumped failed_reason stderr_tail".split(),
            [field.name for field in fields(ProcExitResult)],
        )
        LaunchOptions("", "", "/bin/true", None, [], {}, False, 0, None)
        with self.assertRaises(TypeError):
            ProcExitResult(0, None, False, None)  # type: ignore[call-arg]


class Attributes:
    """Any object with the five attributes."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(
            {"exit_code": 0, "signal": None, "core_dumped": False, "failed_reason": None, "stderr_tail": []}
        )
        self.__dict__.update(values)


class Exits(unittest.TestCase):
    def reason(self, result: object) -> str:
        decoded = exit_fields(result)
        self.assertEqual(
            [None, None, False, []], [decoded[k] for k in ("exit_code", "signal", "core_dumped", "stderr_tail")]
        )
        reason: str = decoded["failed_reason"]
        self.assertTrue(reason.startswith(PREFIX), reason)
        return reason[len(PREFIX) :]

    def test_anything_with_the_attributes_will_do(self) -> None:
        self.assertEqual(
            {"exit_code": None, "signal": 9, "core_dumped": True, "failed_reason": None, "stderr_tail": ["a"]},
            exit_fields(Attributes(exit_code=None, signal=signal.SIGKILL, core_dumped=True, stderr_tail=("a",))),
        )
        self.assertEqual("", exit_fields(Attributes(failed_reason=""))["failed_reason"])
        self.assertEqual(-(2**31), exit_fields(Attributes(exit_code=-(2**31)))["exit_code"])

    def test_the_first_missing_attribute_is_named(self) -> None:
        text = "ProcExitResult must be a ProcExitResult dataclass; missing attribute "
        self.assertEqual(text + "exit_code", self.reason(None))
        self.assertEqual(text + "exit_code", self.reason({"exit_code": 0}))
        for name in ("exit_code", "signal", "core_dumped", "failed_reason", "stderr_tail"):
            result = Attributes()
            del result.__dict__[name]
            self.assertEqual(text + name, self.reason(result))

    def test_the_first_wrong_type_is_named(self) -> None:
        wrong: Dict[str, Any] = {
            "exit_code": "0",
            "signal": 1.5,
            "core_dumped": None,
            "failed_reason": 7,
            "stderr_tail": None,
        }
        for name, value in wrong.items():
            self.assertTrue(self.reason(Attributes(**{name: value})).startswith(f"extract {name}: "), name)
        self.assertTrue(self.reason(Attributes(**wrong)).startswith("extract exit_code: "))
        self.assertTrue(self.reason(Attributes(exit_code=2**31)).startswith("extract exit_code: "))
        self.assertTrue(self.reason(Attributes(core_dumped=1)).startswith("extract core_dumped: "))
        self.assertTrue(self.reason(Attributes(stderr_tail="text")).startswith("extract stderr_tail: "))
        self.assertTrue(self.reason(Attributes(stderr_tail=[b"x"])).startswith("extract stderr_tail: "))

    def test_attributes_that_raise(self) -> None:
        class Angry:
            @property
            def exit_code(self) -> int:
                raise ValueError("no")

        self.assertEqual("hasattr exit_code: no", self.reason(Angry()))

    def test_everything_fits_into_a_message(self) -> None:
        tail = [f"{number} " + "\0" * 10_000 for number in range(200)]
        decoded = exit_fields(Attributes(failed_reason="\U0001f600" * 1_000_000, stderr_tail=tail))
        encode(decoded)
        self.assertEqual(tail[-1], decoded["stderr_tail"][-1])
        self.assertTrue(decoded["failed_reason"].endswith("... [TRUNCATED]"))

    def test_errors_that_have_no_text(self) -> None:
        class NoText(Exception):
            def __str__(self) -> str:
                raise RuntimeError

        class Nothing(NoText):
            __repr__ = NoText.__str__

        self.assertEqual("boom", describe(ValueError("boom")))
        self.assertEqual("NoText()", describe(NoText()))
        self.assertEqual("<error formatting exception>", describe(Nothing()))


class Batches(unittest.TestCase):
    def test_lines_are_grouped_and_kept(self) -> None:
        lines = ["x" * 50_000] * 100
        groups = batches(lines)
        self.assertEqual(lines, [line for group in groups for line in group])
        self.assertLess(1, len(groups))
        for group in groups:
            self.assertLess(len(json.dumps(group)), MAX_LINE // 2)

    def test_short_texts_are_not_cut(self) -> None:
        self.assertEqual("é" * 20_000, cut("é" * 20_000))
        self.assertEqual("x" * 200_000, cut("x" * 200_000))


if __name__ == "__main__":
    unittest.main()
