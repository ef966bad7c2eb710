"""The ready-made launcher, with real processes."""

from __future__ import annotations

import os
import resource
import unittest
from typing import Any, Dict, List

from .harness import Message, Peer, is_running, launcher_program, options, shell, wait_until


class SubprocessTest(unittest.TestCase):
    def setUp(self) -> None:
        self.program = launcher_program("gatun_spawner.subprocess_launcher:SubprocessLauncher")
        self.addCleanup(self.program.close)
        self.peer: Peer = self.program.peer
        self.peer.hello()
        self.generation = 0

    def run_one(self, launched: Message) -> Message:
        self.generation += 1
        self.peer.launch("a", self.generation, launched)
        return self.peer.event("exit", generation=self.generation)

    def lines(self, stream: str = "stdout") -> List[str]:
        events = self.peer.events("log", generation=self.generation)
        return [line for each in events if each["stream"] == stream for line in each["lines"]]

    def error(self, **others: Any) -> Message:
        return self.peer.fail("launch", proc="e", generation=1, options=options("/bin/true", **others))

    def test_exits(self) -> None:
        self.assertEqual((0, None), self.end("exit 0"))
        self.assertEqual((200, None), self.end("exit 200"))
        self.assertEqual((None, 9), self.end("kill -9 $$"))
        self.assertEqual((137, None), self.end("exit 137"))
        self.assertEqual((None, 11), self.end("ulimit -c 0; kill -SEGV $$"))
        self.assertEqual([1, 2], [each["seq"] for each in self.peer.events(generation=1)])

    def end(self, script: str) -> Any:
        exit_ = self.run_one(shell(script))
        self.assertIsNone(exit_["failed_reason"])
        self.assertFalse(exit_["core_dumped"])
        return exit_["exit_code"], exit_["signal"]

    def test_handle_and_list(self) -> None:
        handle = self.peer.launch(options=shell("exec sleep 100"))["handle"]
        pid = self.peer.event("started")["pid"]
        self.assertEqual(str(pid), handle.split(":")[0])
        self.assertEqual(
            [{"proc": "a", "generation": 1, "handle": handle, "pid": pid}], self.peer.call("list")["procs"]
        )
        self.peer.call("kill", proc="a", generation=1)
        self.peer.event("exit")
        self.assertEqual([], self.peer.call("list")["procs"])

    def test_output(self) -> None:
        exit_ = self.run_one(shell("echo one; echo; printf three; echo bad >&2; printf worse >&2", tail_lines=1))
        self.assertEqual(["one", "", "three"], self.lines())
        self.assertEqual(["bad", "worse"], self.lines("stderr"))
        self.assertEqual(["worse"], exit_["stderr_tail"])

    def test_output_that_is_not_wanted(self) -> None:
        exit_ = self.run_one(shell("echo one; echo a >&2; echo b >&2", want_stdio=False, tail_lines=5))
        self.assertEqual(["a", "b"], exit_["stderr_tail"])
        exit_ = self.run_one(shell("echo one; echo a >&2", want_stdio=False))
        self.assertEqual([], exit_["stderr_tail"])
        self.assertEqual([], self.lines() + self.lines("stderr"))

    def test_output_of_any_size_and_kind(self) -> None:
        self.run_one(shell("printf '\\377\\0é\\n'; head -c 3000000 /dev/zero | tr '\\0' x; echo; seq 20000"))
        lines = self.lines()
        self.assertEqual("\ufffd\0é", lines[0])
        self.assertEqual("x" * 3_000_000, "".join(line for line in lines if line.startswith("x")))
        self.assertEqual([str(number) for number in range(1, 20001)], lines[-20000:])

    def test_whoever_keeps_the_output_open_does_not_hold_up_the_exit(self) -> None:
        exit_ = self.run_one(shell("sleep 100 & echo $!; exit 3"))
        self.assertEqual(3, exit_["exit_code"])
        os.kill(int(self.lines()[0]), 9)

    def test_terminate(self) -> None:
        self.peer.launch(options=shell("trap 'exit 4' TERM; echo ready; while :; do sleep 100 & wait; done"))
        self.peer.logged("ready")
        self.peer.call("terminate", proc="a", generation=1, timeout_secs=30)
        self.assertEqual(4, self.peer.event("exit")["exit_code"])

    def test_terminate_ends_in_a_kill(self) -> None:
        self.peer.launch(options=shell("trap '' TERM; echo ready; while :; do sleep 0.1; done"))
        self.peer.logged("ready")
        self.peer.call("terminate", proc="a", generation=1, timeout_secs=0.2)
        self.assertEqual(9, self.peer.event("exit")["signal"])

    def test_a_stop_reaches_the_group(self) -> None:
        self.peer.launch(options=shell("trap 'exit 0' TERM; (trap '' TERM; sleep 100) & echo $!; wait"))
        child = int(self.peer.event("log")["lines"][0])
        self.peer.call("terminate", proc="a", generation=1, timeout_secs=30)
        self.peer.event("exit")
        wait_until(lambda: not is_running(child), "the end of the child")

    def test_a_stop_after_the_end_does_nothing(self) -> None:
        self.run_one(shell("exit 0"))
        self.assertEqual({}, self.peer.call("kill", proc="a", generation=1))
        self.assertEqual({}, self.peer.call("terminate", proc="a", generation=1, timeout_secs=0))

    def test_what_cannot_be_started(self) -> None:
        for launched in (
            options("/no/such/program"),
            options("/etc/passwd"),
            options("/bin/sh", "a\0b"),
            options("/bin/sh", "\ud83d"),
            options("/bin/true", cwd="/no/such/folder"),
            options("/bin/true", env={"A=B": "c"}),
        ):
            reason = self.run_one(launched)["failed_reason"]
            self.assertIn("cannot be started: ", reason)
            self.assertEqual([], self.peer.events("started", generation=self.generation))

    def test_environment(self) -> None:
        names = {"process_name": "n", "bootstrap_payload": "p", "log_channel": "c"}
        self.run_one(options("/usr/bin/env", env={"B": "2"}, inherit_env=False, **names))
        self.assertEqual(
            ["B=2", "BOOTSTRAP_LOG_CHANNEL=c", "HYPERACTOR_MESH_BOOTSTRAP_MODE=p", "HYPERACTOR_PROCESS_NAME=n"],
            sorted(self.lines()),
        )
        self.run_one(shell("echo $PYTHONPATH $B; env | grep -c SPAWNER_COOKIE", env={"B": "2"}))
        self.assertEqual([f"{os.path.dirname(os.path.dirname(__file__))} 2", "0"], self.lines())

    def test_name_folder_and_session(self) -> None:
        script = "echo $0; pwd; read line || echo empty; ps -o sid= -p $$ | tr -d ' '; echo $$"
        self.run_one(options("/bin/sh", "-c", script, "zero", cwd="/usr"))
        lines = self.lines()
        self.assertEqual(["zero", "/usr", "empty"], lines[:3])
        self.assertEqual(lines[3], lines[4])
        self.run_one(options("/bin/cat", "/proc/self/cmdline", arg0="meow"))
        self.assertEqual("meow\0/proc/self/cmdline\0", self.lines()[0])

    def test_limits(self) -> None:
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        rlimits = [{"resource": "nofile", "soft": 77, "hard": hard}, {"resource": "core", "soft": 0, "hard": 0}]
        self.run_one(shell("ulimit -n; ulimit -c", limits={"rlimits": rlimits}))
        self.assertEqual(["77", "0"], self.lines())
        rlimits = [{"resource": "nofile", "soft": 10, "hard": 5}]
        reason = self.run_one(shell("", limits={"rlimits": rlimits}))["failed_reason"]
        self.assertIn("the limit nofile cannot be set: ", reason)

    def test_processors(self) -> None:
        one = str(min(os.sched_getaffinity(0)))
        self.run_one(shell("grep Cpus_allowed_list /proc/self/status | cut -f 2", proc_bind={"cpus": one}))
        self.assertEqual([one], self.lines())
        self.assertIn("cpus", self.error(proc_bind={"cpus": "a-b"})["message"])

    def test_what_is_not_supported_is_refused(self) -> None:
        unsupported: Dict[str, Dict[str, Any]] = {
            "memory_bytes": {"limits": {"memory_bytes": 1, "rlimits": []}},
            "processors": {"limits": {"processors": 0.5, "rlimits": []}},
            "processes": {"limits": {"processes": 5, "rlimits": []}},
            "dance": {"limits": {"rlimits": [{"resource": "dance", "soft": 1, "hard": 1}]}},
            "cgroup": {"cgroup": "x"},
            "membind": {"proc_bind": {"membind": "0"}},
        }
        for name, others in unsupported.items():
            error = self.error(**others)
            self.assertEqual("unsupported", error["code"])
            self.assertIn(name, error["message"])
        self.assertEqual("refused", self.error(user="nobody-of-that-name")["code"])
        self.assertEqual("refused", self.error(group="no-group-of-that-name")["code"])
        # A refused launch leaves nothing behind: the same generation may be launched.
        self.peer.launch("e", 1, shell("exit 0"))

    @unittest.skipUnless(os.geteuid() == 0, "takes root")
    def test_user(self) -> None:
        self.run_one(shell("id -u; id -g; id -G", user="65534", group="1"))
        self.assertEqual(["65534", "1"], self.lines()[:2])
        self.assertNotIn("0", self.lines()[2].split())

    def test_the_end_of_the_input_stops_all_and_detach_stops_none(self) -> None:
        self.peer.launch(options=shell("exec sleep 100"))
        pid = self.peer.event("started")["pid"]
        self.peer.close()
        self.assertEqual(15, self.peer.event("exit")["signal"])
        self.assertEqual(0, self.program.wait())
        self.assertFalse(is_running(pid))
        self.setUp()
        self.peer.launch(options=shell("exec sleep 100"))
        pid = self.peer.event("started")["pid"]
        self.peer.call("shutdown", mode="detach")
        self.assertEqual(0, self.program.wait())
        self.assertTrue(is_running(pid))
        os.kill(pid, 9)

    def test_a_signal_stops_all(self) -> None:
        self.peer.launch(options=shell("exec sleep 100"))
        self.program.process.terminate()
        self.assertEqual(15, self.peer.event("exit")["signal"])
        self.assertEqual(0, self.program.wait())


if __name__ == "__main__":
    unittest.main()
