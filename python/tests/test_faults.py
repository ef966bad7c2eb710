"""Launchers that misbehave, over standard input and output, in real processes."""

from __future__ import annotations

import json
import unittest
from typing import Any, Dict, Optional

from .harness import MAX_LINE, Peer, Program, launcher_program, options, shell

CLOSED = "exit port closed (spawner crashed or forgot to send)"


class FaultTest(unittest.TestCase):
    def start(self, launcher: str, *more: str) -> Peer:
        self.program: Program = launcher_program(launcher, *more)
        self.addCleanup(self.program.close)
        self.program.peer.hello()
        return self.program.peer

    def reason(self, peer: Peer, program: str, generation: int) -> Optional[str]:
        peer.launch("a", generation, options(program))
        reason: Optional[str] = peer.event("exit", generation=generation)["failed_reason"]
        return reason


class Requests(FaultTest):
    def test_hello_comes_first_and_is_checked(self) -> None:
        program = launcher_program("Base")
        self.addCleanup(program.close)
        peer = program.peer
        launcher = {"name": "test", "version": "1"}
        self.assertIn("hello", peer.fail("ping")["message"])
        self.assertEqual("unknown_method", peer.fail("dance")["code"])
        self.assertEqual("refused", peer.fail("hello", protocol=1, launcher=launcher, cookie="x")["code"])
        self.assertEqual("unsupported", peer.fail("hello", protocol=2, launcher=launcher, cookie="a-cookie")["code"])
        for name in ("protocol", "launcher", "cookie"):
            params: Dict[str, Any] = {"protocol": 1, "launcher": launcher, "cookie": "a-cookie"}
            del params[name]
            error = peer.fail("hello", **params)
            self.assertEqual("invalid", error["code"])
            self.assertIn(name, error["message"])
        self.assertIn("hello", peer.fail("list")["message"])
        result = peer.hello()
        self.assertEqual(
            ("Base", "0", [1], "a-cookie"), tuple(result[k] for k in ("name", "version", "protocols", "cookie"))
        )
        self.assertEqual(
            {
                "recover": False,
                "signal": True,
                "stdio": "managed",
                "pid": False,
                "limits": False,
                "core_dumped": False,
                "tree_kill": False,
            },
            result["capabilities"],
        )
        self.assertEqual({}, peer.call("ping"))

    def test_junk_is_answered_and_skipped(self) -> None:
        peer = self.start("Base")
        junk = [b"junk", b"", b"[1]", b"\xff\xfe", b'{"id":', b"x" * MAX_LINE, b"\0"]
        for count, line in enumerate(junk, 1):
            peer.write(line + b"\n")
            self.assertEqual("invalid", peer.reply_to(None, count)["error"]["code"])
        self.assertEqual({}, peer.call("ping"))
        longest = {"id": 99, "method": "ping", "params": {"unknown": ""}}
        longest["params"] = {"unknown": "x" * (MAX_LINE - len(json.dumps(longest)) - 1)}
        peer.write(json.dumps(longest).encode() + b"\n")
        self.assertEqual({}, peer.reply_to(99)["result"])

    def test_additions_that_a_launcher_does_not_read_are_refused(self) -> None:
        peer = self.start("Base")
        additions: Dict[str, Any] = {
            "cwd": "/",
            "user": "nobody",
            "group": "nogroup",
            "cgroup": "/x",
            "limits": {"memory_bytes": 1, "processors": None, "processes": None, "rlimits": []},
        }
        for name, value in additions.items():
            error = peer.fail("launch", proc="a", generation=1, options=options(**{name: value}))
            self.assertEqual("unsupported", error["code"])
            self.assertIn(f"The option {name}", error["message"])
        self.assertEqual({}, peer.call("ping"))

    def test_messages_that_are_no_requests(self) -> None:
        peer = self.start("Base")
        for count, line in enumerate((b'{"method":"ping"}', b'{"id":"1","method":"ping"}', b'{"id":true}', b"{}"), 1):
            peer.write(line + b"\n")
            self.assertIn("id", peer.reply_to(None, count)["error"]["message"])
        peer.write(
            b'{"id":50}\n{"id":51,"method":7}\n{"id":52,"method":"ping","params":[]}\n{"id":53,"method":"ping"}\n'
        )
        self.assertIn("method", peer.reply_to(50)["error"]["message"])
        self.assertIn("method", peer.reply_to(51)["error"]["message"])
        self.assertIn("params", peer.reply_to(52)["error"]["message"])
        self.assertEqual({}, peer.reply_to(53)["result"])

    def test_every_missing_or_wrong_field_is_named(self) -> None:
        peer = self.start("Base")
        good: Dict[str, Dict[str, Any]] = {
            "launch": {"proc": "x", "generation": 1, "options": options()},
            "terminate": {"proc": "x", "generation": 1, "timeout_secs": 1},
            "kill": {"proc": "x", "generation": 1},
            "recover": {"proc": "x", "generation": 1, "handle": "h"},
            "shutdown": {"mode": "stop"},
        }
        for method, params in good.items():
            for name in params:
                for wrong in (
                    {k: v for k, v in params.items() if k != name},
                    {**params, name: None},
                    {**params, name: []},
                ):
                    with self.subTest(method=method, field=name):
                        error = peer.fail(method, **wrong)
                        self.assertEqual("invalid", error["code"])
                        self.assertIn(name, error["message"])
        for generation in (0, -1, 1.5, True, "1"):
            self.assertIn("generation", peer.fail("kill", proc="x", generation=generation)["message"])
        self.assertIn("mode", peer.fail("shutdown", mode="later")["message"])
        self.assertEqual([], peer.call("list")["procs"])

    def test_unknown_processes_are_no_error(self) -> None:
        peer = self.start("Base")
        self.assertEqual({}, peer.call("kill", proc="x", generation=1))
        self.assertEqual({}, peer.call("terminate", proc="x", generation=1, timeout_secs=0.5))
        self.assertEqual({"known": False}, peer.call("recover", proc="x", generation=1, handle="h"))

    def test_the_end_of_the_input_stops_everything(self) -> None:
        peer = self.start("Base")
        peer.launch()
        peer.write(b'{"id":')
        peer.close()
        self.assertEqual(15, peer.event("exit")["signal"])
        self.assertEqual("invalid", peer.reply_to(None)["error"]["code"])
        self.assertEqual(0, self.program.wait())

    def test_shutdown(self) -> None:
        peer = self.start("Base")
        peer.launch()
        peer.call("shutdown", mode="stop")
        self.assertEqual(15, peer.event("exit")["signal"])
        self.assertEqual(0, self.program.wait())
        peer = self.start("Base")
        peer.launch()
        peer.call("shutdown", mode="detach")
        self.assertEqual(0, self.program.wait())
        self.assertEqual([], peer.events("exit"))


class Prints(FaultTest):
    def test_stray_output_goes_to_standard_error(self) -> None:
        peer = self.start("Prints")
        peer.launch()
        self.assertEqual(0, peer.event("exit")["exit_code"])
        self.assertEqual({}, peer.call("ping"))
        for what in ("print at import time", "print in launch", "write in launch", "child in launch"):
            self.program.wait_for_error("a stray " + what)

    def test_a_script_that_prints_before_it_runs(self) -> None:
        script = (
            "print('before'); import gatun_spawner; print('after');"
            "from tests.launchers import Base; gatun_spawner.run(Base)"
        )
        self.program = Program("-c", script)
        self.addCleanup(self.program.close)
        self.program.peer.hello()
        self.program.wait_for_error("before")
        self.program.wait_for_error("after")

    def test_children_have_no_cookie_and_no_streams_of_the_protocol(self) -> None:
        # 0, 1, 2, the folder that ls reads; everything else is close-on-exec.
        self.assertEqual("0 4", self.reason(self.start("Environment"), "x", 1))


class Launches(FaultTest):
    def test_launch_raises(self) -> None:
        peer = self.start("Raises")
        self.assertEqual("spawner raised: no luck", self.reason(peer, "x", 1))
        self.assertEqual("spawner raised: 3", self.reason(peer, "exit", 2))
        self.assertEqual("spawner raised: <error formatting exception>", self.reason(peer, "unprintable", 3))
        self.assertEqual([], peer.events("started"))
        self.assertEqual({}, peer.call("ping"))

    def test_what_the_port_is_told(self) -> None:
        peer = self.start("Tells")
        decoding = "failed to decode exit result: launcher error: "
        self.assertEqual("spawner raised: it broke", self.reason(peer, "exception", 1))
        self.assertEqual(CLOSED, self.reason(peer, "forget", 2))
        self.assertEqual([], peer.events("started", generation=2))
        self.assertEqual(CLOSED, self.reason(peer, "forget later", 3))
        self.assertEqual(CLOSED, self.reason(peer, "cycle", 4))
        self.assertEqual(
            decoding + "ProcExitResult must be a ProcExitResult dataclass; missing attribute exit_code",
            self.reason(peer, "nothing", 5),
        )
        self.assertTrue((self.reason(peer, "wrong", 6) or "").startswith(decoding + "extract exit_code: "))
        self.assertEqual("", self.reason(peer, "empty reason", 7))
        self.assertIsNone(self.reason(peer, "duck", 8))
        exit_ = peer.event("exit", generation=8)
        self.assertEqual((5, ["quack"]), (exit_["exit_code"], exit_["stderr_tail"]))
        self.assertIsNone(self.reason(peer, "twice", 9))
        self.program.wait_for_error("a second exit is ignored")
        self.assertEqual({}, peer.call("ping"))
        self.assertEqual([0], [each["exit_code"] for each in peer.events("exit", generation=9)])
        kinds = [each["event"] for each in peer.events(generation=9)]
        self.assertEqual((["started", "exit"], [1, 2]), (kinds, [each["seq"] for each in peer.events(generation=9)]))

    def test_a_slow_launch_blocks_nothing(self) -> None:
        peer = self.start("Slow")
        peer.launch()
        self.assertEqual({}, peer.call("ping"))
        self.assertIsNone(peer.event("started")["pid"])
        self.assertEqual({}, peer.call("kill", proc="a", generation=1))
        self.assertEqual(9, peer.event("exit")["signal"])

    def test_methods_that_block(self) -> None:
        peer = self.start("Blocking")
        for number in range(10):
            peer.launch(f"p{number}", 1, shell("exec sleep 100"))
        self.assertEqual({}, peer.call("ping"))
        peer.event("started", "p9")
        for number in range(9):
            peer.call("kill", proc=f"p{number}", generation=1)
            self.assertEqual(9, peer.event("exit", f"p{number}")["signal"])
        peer.call("terminate", proc="p9", generation=1, timeout_secs=5)
        self.assertEqual(15, peer.event("exit", "p9")["signal"])
        self.assertEqual("spawner raised: StopIteration: enough", self.reason(peer, "raise", 1))
        self.assertEqual(CLOSED, self.reason(peer, "forget", 2))
        self.assertEqual([], peer.events("started", generation=2))

    def test_a_port_may_be_used_in_a_thread(self) -> None:
        peer = self.start("Threaded")
        peer.launch()
        self.assertEqual(0, peer.event("exit")["exit_code"])
        self.assertEqual(["started", "log", "exit"], [each["event"] for each in peer.events()])

    def test_params(self) -> None:
        result = self.start("Rich", "--params", '{"a": 1}').hello()
        self.assertEqual(("rich", "7"), (result["name"], result["version"]))
        self.assertEqual("captured", result["capabilities"]["stdio"])
        self.assertTrue(result["capabilities"]["recover"])
        for arguments in (
            ("Base", "--params", "[]"),
            ("Base", "--params", "{"),
            ("json:loads",),
            ("nothing:X",),
            ("x:",),
        ):
            program = launcher_program(*arguments)
            self.addCleanup(program.close)
            self.assertNotEqual(0, program.wait())


class Generations(FaultTest):
    def test_stops_of_an_earlier_generation_hit_nothing(self) -> None:
        peer = self.start("Base")
        peer.launch("a", 1)
        self.assertEqual("already_launched", peer.fail("launch", proc="a", generation=1, options=shell(""))["code"])
        error = peer.fail("launch", proc="a", generation=2, options=shell(""))
        self.assertEqual(("already_launched", True), (error["code"], error["retryable"]))
        peer.call("kill", proc="a", generation=1)
        peer.event("exit")
        error = peer.fail("launch", proc="a", generation=1, options=shell(""))
        self.assertEqual(("already_launched", False), (error["code"], error["retryable"]))
        peer.launch("a", 2)
        peer.call("kill", proc="a", generation=1)
        peer.call("terminate", proc="a", generation=1, timeout_secs=0)
        peer.call("kill", proc="a", generation=3)
        self.assertEqual([2], [each["generation"] for each in peer.call("list")["procs"]])
        self.assertEqual({"known": False}, peer.call("recover", proc="a", generation=1, handle="a:1"))
        peer.call("kill", proc="a", generation=2)
        self.assertEqual(9, peer.event("exit", generation=2)["signal"])

    def test_a_stop_that_waits_does_not_reach_the_next_generation(self) -> None:
        peer = self.start("LateStop")
        peer.launch("a", 1)
        peer.send("terminate", proc="a", generation=1, timeout_secs=0.3)
        peer.event("exit", generation=1)
        peer.launch("a", 2)
        peer.launch("b", 1)
        terminated = peer.send("terminate", proc="b", generation=1, timeout_secs=0.6)
        peer.reply_to(terminated)  # by now the first would have killed
        self.assertEqual([], peer.events("exit", generation=2))

    def test_stops_that_raise_or_last(self) -> None:
        peer = self.start("BadStop")
        peer.launch()
        error = peer.fail("kill", proc="a", generation=1)
        self.assertEqual(("internal", "spawner raised: cannot kill"), (error["code"], error["message"]))
        self.assertEqual({}, peer.call("terminate", proc="a", generation=1, timeout_secs=5))
        peer.call("shutdown", mode="detach")


class RichPort(FaultTest):
    def test_everything_is_told_in_order(self) -> None:
        peer = self.start("Rich")
        self.assertEqual({"accepted": True, "handle": "rich a"}, peer.launch())
        peer.logged("three")
        self.assertEqual(2, len({each["proc"] for each in peer.call("list")["procs"]}))
        peer.call("kill", proc="a", generation=1)
        peer.event("exit")
        events = peer.events()
        self.assertEqual(list(range(1, len(events) + 1)), [each["seq"] for each in events])
        self.assertEqual("started", events[0]["event"])
        self.assertEqual("exit", events[-1]["event"])
        self.assertEqual({"log"}, {each["event"] for each in events[1:-1]})
        replies = [each.get("id") for each in peer.messages]
        self.assertLess(replies.index(2), replies.index(None))
        lines = [line for each in events if each["event"] == "log" for line in each["lines"]]
        self.assertEqual(["before the start is told", "one"], lines[:2])
        self.assertEqual(5, len(lines))
        again = peer.call("recover", proc="a", generation=1, handle="whatever")
        self.assertTrue(again["known"])
        self.assertEqual(peer.event("exit"), peer.event("exit", count=2))

    def test_a_refusal_is_the_reply(self) -> None:
        peer = self.start("Rich")
        error = peer.fail("launch", proc="a", generation=1, options=options("refuse"))
        self.assertEqual({"code": "refused", "message": "not here", "details": {"why": 1}, "retryable": True}, error)
        self.assertEqual("spawner raised: too late", self.reason(peer, "refuse late", 1))
        self.assertEqual("spawner raised: no luck", self.reason(peer, "fail", 2))
        # A refused launch is none: what was before is still the latest.
        peer.fail("launch", proc="a", generation=3, options=options("refuse"))
        self.assertTrue(peer.call("recover", proc="a", generation=2, handle="")["known"])
        self.assertEqual(peer.event("exit", generation=2), peer.event("exit", generation=2, count=2))

    def test_recover_by_handle(self) -> None:
        peer = self.start("Rich")
        self.assertEqual(
            {"known": True, "pid": 43, "started_at": "2020-01-01T00:00:00Z"},
            peer.call("recover", proc="old", generation=3, handle="rich old"),
        )
        self.assertEqual(
            [{"proc": "old", "generation": 3, "handle": "rich old", "pid": 43}], peer.call("list")["procs"]
        )
        peer.call("kill", proc="old", generation=3)
        self.assertEqual(1, peer.event("exit", "old", 3)["seq"])
        self.assertEqual([], peer.events("started", "old", 3))
        self.assertEqual({"known": False}, peer.call("recover", proc="b", generation=3, handle="rich old"))
        self.assertTrue(peer.call("recover", proc="c", generation=3, handle="over")["known"])
        self.assertEqual(0, peer.event("exit", "c", 3)["exit_code"])


if __name__ == "__main__":
    unittest.main()
