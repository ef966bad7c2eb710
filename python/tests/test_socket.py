"""The Unix socket: a spawner that outlives its connections."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import tempfile
import unittest
from typing import Tuple

from .harness import Program, SocketPeer, connect, is_running, launcher_program, options, shell, wait_until

SUBPROCESS = "gatun_spawner.subprocess_launcher:SubprocessLauncher"


class SocketTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        self.path = os.path.join(folder, "spawner.sock")

    def start(self, launcher: str, stderr: int = subprocess.PIPE) -> Program:
        program = launcher_program(launcher, environment={"SPAWNER_SOCKET": self.path}, stderr=stderr)
        self.addCleanup(self.end, program)
        program.peer.lines.wait_for_end()  # standard output has the line of the handshake, and is closed then
        self.assertEqual([f"1|1|unix|{self.path}|ndjson\n".encode()], program.peer.lines.all())
        return program

    def end(self, program: Program) -> None:
        if program.process.poll() is None:
            program.process.terminate()
        program.close()

    def connect(self) -> SocketPeer:
        peer = connect(self.path)
        self.addCleanup(peer.close)
        return peer

    def greeted(self, launcher: str) -> Tuple[Program, SocketPeer]:
        program = self.start(launcher)
        peer = self.connect()
        self.assertTrue(peer.hello()["capabilities"]["recover"])
        return program, peer

    def test_the_socket_is_private_and_goes_with_the_spawner(self) -> None:
        program, peer = self.greeted("Base")
        self.assertEqual(0o600, stat.S_IMODE(os.stat(self.path).st_mode))
        peer.launch()
        peer.call("shutdown", mode="stop")
        self.assertEqual(15, peer.event("exit")["signal"])
        peer.lines.wait_for_end()
        self.assertEqual(0, program.wait())
        self.assertFalse(os.path.exists(self.path))

    def test_an_exit_that_nobody_heard_is_told_after_recover(self) -> None:
        _, peer = self.greeted(SUBPROCESS)
        handle = peer.launch(options=shell("exec sleep 100"))["handle"]
        pid = peer.event("started")["pid"]
        peer.close()
        os.kill(pid, 9)
        wait_until(lambda: not os.path.exists(f"/proc/{pid}"), "the end of the process")
        peer = self.connect()
        peer.hello()
        self.assertEqual([], peer.events())
        for count in (1, 2):
            known = peer.call("recover", proc="a", generation=1, handle=handle)
            self.assertEqual((True, pid), (known["known"], known["pid"]))
            exit_ = peer.event("exit", count=count)
            self.assertEqual((9, 2), (exit_["signal"], exit_["seq"]))
        self.assertEqual({"known": False}, peer.call("recover", proc="b", generation=1, handle="1:1"))

    def test_processes_outlive_the_connection(self) -> None:
        program, peer = self.greeted("Base")
        peer.launch()
        peer.event("started")
        self.assertEqual({}, peer.call("shutdown", mode="detach"))
        peer.lines.wait_for_end()
        peer.close()
        peer = self.connect()
        self.assertIn("hello", peer.fail("list")["message"])
        peer.hello()
        self.assertEqual(1, len(peer.call("list")["procs"]))
        self.assertTrue(peer.call("recover", proc="a", generation=1, handle="a:1")["known"])
        peer.call("kill", proc="a", generation=1)
        self.assertEqual((9, 2), (peer.event("exit")["signal"], peer.event("exit")["seq"]))

    def test_the_second_connection_waits_for_the_first(self) -> None:
        _, first = self.greeted("Base")
        second = self.connect()
        sent = second.send("hello", protocol=1, launcher={"name": "", "version": ""}, cookie="a-cookie")
        first.call("ping")
        self.assertEqual([], second.messages)
        first.close()
        second.reply_to(sent)

    def test_a_wrong_cookie_opens_nothing(self) -> None:
        self.start("Base")
        peer = self.connect()
        error = peer.fail("hello", protocol=1, launcher={"name": "", "version": ""}, cookie="wrong")
        self.assertEqual("refused", error["code"])
        self.assertIn("hello", peer.fail("ping")["message"])

    def test_a_stale_socket_is_replaced_and_a_live_one_is_not(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stale:
            stale.bind(self.path)
        self.greeted("Base")
        second = launcher_program("Base", environment={"SPAWNER_SOCKET": self.path})
        self.addCleanup(second.close)
        self.assertEqual(1, second.wait())
        second.wait_for_error("Another spawner listens")
        third = launcher_program("Base", environment={"SPAWNER_SOCKET": "/" + "x" * 200})
        self.addCleanup(third.close)
        self.assertEqual(1, third.wait())
        third.wait_for_error("cannot listen")

    def test_a_spawner_that_is_started_anew_finds_its_processes(self) -> None:
        program, peer = self.greeted(SUBPROCESS)
        handle = peer.launch(options=shell("exec sleep 100", want_stdio=False))["handle"]
        pid = peer.event("started")["pid"]
        started_at = peer.event("started")["started_at"]
        program.process.kill()
        program.wait()
        peer.close()
        program, peer = self.greeted(SUBPROCESS)
        self.assertEqual([], peer.call("list")["procs"])
        known = peer.call("recover", proc="a", generation=1, handle=handle)
        self.assertEqual((True, pid), (known["known"], known["pid"]))
        self.assertEqual(started_at[:15], known["started_at"][:15])
        self.assertEqual("already_launched", peer.fail("launch", proc="a", generation=1, options=shell(""))["code"])
        peer.call("terminate", proc="a", generation=1, timeout_secs=10)
        exit_ = peer.event("exit")
        self.assertEqual((None, None, None), (exit_["exit_code"], exit_["signal"], exit_["failed_reason"]))
        wait_until(lambda: not is_running(pid), "the end of the process")
        self.assertEqual(2, len(handle.split(":")))
        for unknown in (handle + "0", "x", "", "1:2:3", "0:0", "-1:5"):
            self.assertFalse(peer.call("recover", proc="b", generation=1, handle=unknown)["known"])

    def test_prints_do_not_fail_when_gatun_has_gone(self) -> None:
        reader, writer = os.pipe()
        program = self.start("Prints", stderr=writer)
        os.close(writer)
        peer = self.connect()
        peer.hello()
        os.close(reader)
        wait_until(lambda: os.readlink(f"/proc/{program.process.pid}/fd/2") == os.devnull, "the end of the pipe")
        peer.launch("a", 1, options("/bin/true"))
        self.assertEqual((0, None), (peer.event("exit")["exit_code"], peer.event("exit")["failed_reason"]))
        self.assertEqual({}, peer.call("ping"))


if __name__ == "__main__":
    unittest.main()
