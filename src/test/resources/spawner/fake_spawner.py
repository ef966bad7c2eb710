"""A spawner that starts nothing and errs on demand.

usage: fake_spawner.py SCENARIO [STATE]

SCENARIO says what it does as a whole, the program of each launch what it does with that. Every request is written to
standard error. With STATE, a file, a spawner that is started again knows the processes of the one before.
"""

import json
import os
import socket
import sys
import time

SCENARIO = sys.argv[1]
STATE = sys.argv[2] if len(sys.argv) > 2 else None
NOW = "2026-01-31T12:00:00Z"


class Connection:
    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer
        self.mute = False

    def raw(self, data):
        self.writer.write(data)
        self.writer.flush()

    def send(self, message):
        if not self.mute:
            self.raw(json.dumps(message).encode() + b"\n")

    def result(self, request, result):
        self.send({"id": request["id"], "result": result})

    def error(self, request, code, message):
        self.send({"id": request["id"],
                   "error": {"code": code, "message": message, "details": None, "retryable": False}})


class Spawner:
    def __init__(self):
        self.procs = {}
        if STATE and os.path.exists(STATE):
            with open(STATE) as file:
                self.procs = json.load(file)

    def save(self):
        if STATE:
            with open(STATE + ".new", "w") as file:
                json.dump(self.procs, file)
            os.rename(STATE + ".new", STATE)

    def event(self, to, kind, proc, **fields):
        proc["seq"] += 1
        to.send({"event": kind, "proc": proc["proc"], "generation": proc["generation"], "seq": proc["seq"], **fields})

    def started(self, to, proc):
        pid = os.getpid() if SCENARIO == "pid" else None
        self.event(to, "started", proc, pid=pid, address="addr:1", started_at=NOW)

    def exit(self, to, proc, **fields):
        told = {"exit_code": None, "signal": None, "core_dumped": False, "failed_reason": None, "stderr_tail": []}
        told.update(fields)
        self.event(to, "exit", proc, **{name: value for name, value in told.items() if value != "MISSING"})
        proc["exit"] = told
        self.save()

    def serve(self, to):
        for line in to.reader:
            request = json.loads(line)
            params = request["params"]
            method = request["method"]
            if method != "ping":
                print("got", method, params.get("proc", ""), params.get("mode", ""), file=sys.stderr, flush=True)
            if not getattr(self, "on_" + method)(to, request, params):
                return False
        return True

    def on_hello(self, to, request, params):
        cookie = os.environ["SPAWNER_COOKIE"]
        if SCENARIO == "slow-hello":
            time.sleep(3600)
        if SCENARIO == "hello-error":
            to.error(request, "internal", "no licence")
            return True
        if SCENARIO == "hello-missing":
            to.result(request, {"name": "fake"})
            return True
        to.result(request, {
            "name": "fake", "version": "1", "protocols": [2] if SCENARIO == "wrong-version" else [1],
            "cookie": "x" if SCENARIO == "wrong-cookie" else cookie,
            "capabilities": {"recover": SCENARIO != "no-recover", "signal": True,
                             "stdio": "managed" if SCENARIO == "managed" else "captured", "pid": True,
                             "limits": SCENARIO != "no-limits", "core_dumped": True, "tree_kill": True}})
        return True

    def on_launch(self, to, request, params):
        program, _, argument = params["options"]["program"].partition(":")
        proc = {"proc": params["proc"], "generation": params["generation"], "handle": "h-" + params["proc"],
                "program": program, "seq": 0, "exit": None}
        if program == "refused":
            to.error(request, "refused", "not today")
            return True
        if program == "crash-before-reply":
            os._exit(3)
        if program == "bad-reply":
            to.result(request, {"accepted": True})
            return True
        if program == "silent":
            return True
        key = f"{proc['proc']}/{proc['generation']}"
        self.procs[key] = proc
        self.save()
        if program == "exit-before-reply":
            self.exit(to, proc, exit_code=5)
        if program == "started-before-reply":
            self.started(to, proc)
        if program == "unknown-ids":
            to.send({"id": 999999, "result": {}})
            to.send({"id": None, "error": {"code": "invalid", "message": "m", "details": None, "retryable": False}})
            to.send({"event": "paused", "proc": "x"})
        to.result(request, {"accepted": True, "handle": proc["handle"]})
        if program == "junk":
            to.raw(b"Traceback (most recent call last):\n\xff\xfe\n\n")
        if program == "oversize":
            to.raw(b"x" * (2 << 20) + b"\n")
        if program == "junk-flood":
            to.raw(b"junk\n" * 100000)
        if program == "other-generations":
            for name, generation in ((proc["proc"], proc["generation"] - 1), ("nobody", 1)):
                other = {"proc": name, "generation": generation, "seq": 0}
                self.event(to, "exit", other, exit_code=9, signal=None, core_dumped=False, failed_reason=None,
                           stderr_tail=[])
        if program == "crash":
            os._exit(3)
        if program in ("accepted-only", "exit-before-reply"):
            return True
        if program == "exit-without-start":
            self.exit(to, proc, failed_reason="no image", stderr_tail=["a", "b"])
            return True
        if program != "started-before-reply":
            self.started(to, proc)
        if program == "two-started":
            self.started(to, proc)
        if program == "seq":
            proc["seq"] += 5
            self.event(to, "log", proc, stream="stdout", lines=["after a gap"])
            proc["seq"] -= 1
            self.event(to, "log", proc, stream="stdout", lines=["repeated"])
        if program == "lines":
            self.event(to, "log", proc, stream="stdout", lines=["one", "two"])
            self.event(to, "log", proc, stream="stderr", lines=["err"])
        if program == "log-flood":
            for i in range(20000):
                self.event(to, "log", proc, stream="stdout", lines=["line %d %s" % (i, "x" * 200)])
        if program == "stderr-flood":
            sys.stderr.write("noise\n" * 20000)
        if program in ("exit", "two-started", "seq", "lines", "log-flood", "stderr-flood"):
            self.exit(to, proc, exit_code=int(argument or "0"))
        if program == "two-exits":
            self.exit(to, proc, exit_code=1)
            self.exit(to, proc, exit_code=2)
        if program == "signal":
            self.exit(to, proc, signal=int(argument), core_dumped=True, exit_code=139)
        if program == "missing":
            self.exit(to, proc, **{argument: "MISSING"})
        if program == "mistyped":
            self.exit(to, proc, **{argument: {}})
        if program == "crash-later":
            os._exit(3)
        if program == "close-stdout":
            os.close(1)
            time.sleep(3600)
        if program == "deaf":
            time.sleep(3600)
        if program == "mute":
            to.mute = True
        if program == "exit-unheard":
            proc["exit"] = {"exit_code": 7, "signal": None, "core_dumped": False, "failed_reason": None,
                            "stderr_tail": []}
            self.save()
            os._exit(3)
        if program == "forget":
            del self.procs[key]
            self.save()
            os._exit(3)
        return True

    def stop(self, to, request, params, signal):
        proc = self.procs.get(f"{params['proc']}/{params['generation']}")
        program = proc["program"] if proc and not proc["exit"] else ""
        if program == "stop-error":
            to.error(request, "internal", "cannot")
            return True
        if program == "stop-silent":
            return True
        to.result(request, {})
        if program == "" or program == "stubborn" or program == "stubborn-term" and signal == 15:
            return True
        self.exit(to, proc, signal=signal)
        return True

    def on_terminate(self, to, request, params):
        return self.stop(to, request, params, 15)

    def on_kill(self, to, request, params):
        return self.stop(to, request, params, 9)

    def on_list(self, to, request, params):
        names = ("proc", "generation", "handle")
        to.result(request, {"procs": [{"pid": None, **{name: proc[name] for name in names}}
                                      for proc in self.procs.values() if not proc["exit"]]})
        return True

    def on_recover(self, to, request, params):
        if SCENARIO == "recover-error":
            to.error(request, "internal", "database is away")
            return True
        proc = self.procs.get(f"{params['proc']}/{params['generation']}")
        if proc is None or proc["handle"] != params["handle"]:
            to.result(request, {"known": False})
            return True
        to.result(request, {"known": True, "pid": None, "started_at": NOW})
        if proc["exit"]:
            self.event(to, "exit", proc, **proc["exit"])
        return True

    def on_ping(self, to, request, params):
        to.result(request, {})
        return True

    def on_shutdown(self, to, request, params):
        to.result(request, {})
        if params["mode"] == "stop":
            for proc in self.procs.values():
                if not proc["exit"]:
                    self.exit(to, proc, signal=15)
        return params["mode"] == "detach" and SCENARIO != "leave"


def main():
    assert os.environ["SPAWNER_PROTOCOL"] == "1"
    print("hello from the fake spawner", file=sys.stderr, flush=True)
    if SCENARIO == "dies":
        sys.exit(4)
    spawner = Spawner()
    path = os.environ.get("SPAWNER_SOCKET")
    if not path:
        spawner.serve(Connection(sys.stdin.buffer, sys.stdout.buffer))
        return
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    line = {"bad-handshake": "1|2|unix|%s|ndjson", "other-path": "1|1|unix|/elsewhere|ndjson",
            "short-handshake": "hello %s"}.get(SCENARIO, "1|1|unix|%s|ndjson").replace("%s", path)
    print(line, flush=True)
    while True:
        peer, _ = listener.accept()
        with peer, peer.makefile("rb") as reader, peer.makefile("wb") as writer:
            try:
                if not spawner.serve(Connection(reader, writer)):
                    break
            except (BrokenPipeError, ConnectionResetError):
                pass
    os.unlink(path)


main()
