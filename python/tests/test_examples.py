"""The examples, started as a reader would start them."""

from __future__ import annotations

import os
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Dict, List

from .harness import EXAMPLES, Peer, Program, is_running, options, shell, wait_until


class ExampleTest(unittest.TestCase):
    def start(self, name: str, *arguments: str, environment: Dict[str, str]) -> Peer:
        # Without PYTHONPATH: an example finds the package beside it.
        program = Program(str(EXAMPLES / name), *arguments, environment={"PYTHONPATH": "", **environment})
        self.addCleanup(program.close)
        self.program = program
        program.peer.hello()
        return program.peer


class Local(ExampleTest):
    def test_it_runs_a_process(self) -> None:
        peer = self.start("local.py", environment={})
        peer.launch(options=shell("echo hello; exit 3"))
        self.assertEqual(3, peer.event("exit")["exit_code"])
        peer.logged("hello")


class ExistingSubclass(ExampleTest):
    def setUp(self) -> None:
        self.peer = self.start("monarch_style.py", environment={})

    def test_exits(self) -> None:
        self.peer.launch(options=shell("echo on the log; exit 3"))
        exit_ = self.peer.event("exit")
        self.assertEqual((3, None, None), (exit_["exit_code"], exit_["signal"], exit_["failed_reason"]))
        started = self.peer.event("started")
        self.assertEqual((None, None, 1), (started["pid"], started["address"], started["seq"]))
        self.program.wait_for_error("on the log")
        self.peer.launch("a", 2, options("/no/such/program"))
        reason = self.peer.event("exit", generation=2)["failed_reason"]
        self.assertEqual("spawner raised: [Errno 2] No such file or directory: '/no/such/program'", reason)
        self.assertEqual([], self.peer.events("started", generation=2))

    def test_stops(self) -> None:
        self.peer.launch("a", 1, shell("exec sleep 100"))
        self.peer.launch("b", 1, shell("exec sleep 100"))
        self.peer.launch("c", 1, shell("trap '' TERM; echo ready >&2; while :; do sleep 0.1; done"))
        self.program.wait_for_error("ready")
        self.assertEqual(3, len(self.peer.call("list")["procs"]))
        self.peer.event("started", "a")  # by the time alone: launch lasts as long as the process
        self.peer.call("terminate", proc="a", generation=1, timeout_secs=30)
        self.assertEqual(15, self.peer.event("exit", "a")["signal"])
        self.peer.event("started", "b")
        self.peer.call("kill", proc="b", generation=1)
        self.assertEqual(9, self.peer.event("exit", "b")["signal"])
        self.peer.call("terminate", proc="c", generation=1, timeout_secs=0.1)
        self.assertEqual(9, self.peer.event("exit", "c")["signal"])

    def test_a_detach_leaves_its_children(self) -> None:
        self.peer.launch(options=shell("echo $$ >&2; exec sleep 100"))

        def number() -> int:
            return next((int(line) for line in self.program.errors.all() if line.strip().isdigit()), 0)

        pid = int(wait_until(number, "the number of the process"))
        self.peer.call("shutdown", mode="detach")
        self.assertEqual(0, self.program.wait())
        self.assertTrue(is_running(pid))
        os.kill(pid, 9)


class Docker(ExampleTest):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.peer = self.docker()

    def docker(self) -> Peer:
        # The same Python, without what it takes long to import: every container takes six of them.
        engine = self.folder / "docker"
        engine.write_text(f"#!{sys.executable} -SE\n" + Path(__file__).with_name("fake_docker.py").read_text())
        engine.chmod(0o700)
        return self.start("docker.py", "--engine", str(engine), environment={"FAKE_DOCKER": str(self.folder)})

    def launch(self, script: str, generation: int = 1, image: str = "debian") -> Dict[str, object]:
        return self.peer.launch("a", generation, shell(script, settings={"image": image}, tail_lines=2, env={"A": "b"}))

    def containers(self) -> List[Path]:
        return [each for each in self.folder.iterdir() if each.is_dir()]

    def test_a_container_from_start_to_end(self) -> None:
        self.assertEqual("a:1", self.launch("echo $A; echo one >&2; echo two >&2; echo three >&2; exit 3")["handle"])
        exit_ = self.peer.event("exit")
        self.assertEqual((3, None, ["two", "three"]), tuple(exit_[k] for k in ("exit_code", "signal", "stderr_tail")))
        self.peer.logged("b")
        self.assertEqual([], self.containers())

    def test_stops(self) -> None:
        self.launch("exec sleep 100")
        self.peer.event("started")
        self.peer.call("terminate", proc="a", generation=1, timeout_secs=30)
        self.assertEqual(128 + 15, self.peer.event("exit")["exit_code"])
        self.launch("exec sleep 100", 2)
        self.peer.event("started", generation=2)
        self.peer.call("kill", proc="a", generation=2)
        self.assertEqual(128 + 9, self.peer.event("exit", generation=2)["exit_code"])

    def test_what_cannot_be_started(self) -> None:
        self.assertEqual("invalid", self.peer.fail("launch", proc="a", generation=1, options=shell(""))["code"])
        self.launch("exit 0", 1, "missing")
        self.assertIn("no such image: missing", self.peer.event("exit")["failed_reason"])
        self.launch("refuse", 2)
        self.assertIn("it does not start", self.peer.event("exit", generation=2)["failed_reason"])
        self.assertEqual([], self.containers())

    def test_a_stop_while_the_image_is_pulled(self) -> None:
        self.launch("exec sleep 100", 1, "slow")
        wait_until((self.folder / "pulling").exists, "the pull")
        self.peer.call("kill", proc="a", generation=1)
        (self.folder / "pulled").touch()
        self.assertEqual("stopped before it was started", self.peer.event("exit")["failed_reason"])
        self.assertEqual([], self.peer.events("started"))
        self.assertEqual([], self.containers())

    def test_a_container_outlives_the_spawner(self) -> None:
        handle = self.launch("exec sleep 100")["handle"]
        self.peer.event("started")
        self.peer.call("shutdown", mode="detach")
        self.assertEqual(0, self.program.wait())
        self.peer = self.docker()
        self.assertEqual(
            [{"proc": "a", "generation": 1, "handle": handle, "pid": None}], self.peer.call("list")["procs"]
        )
        self.assertFalse(self.peer.call("recover", proc="a", generation=2, handle="a:2")["known"])
        self.assertTrue(self.peer.call("recover", proc="a", generation=1, handle=handle)["known"])
        self.peer.call("kill", proc="a", generation=1)
        self.assertEqual(128 + 9, self.peer.event("exit")["exit_code"])


if __name__ == "__main__":
    unittest.main()
