"""A spawner with one fault, for each check of `gatun spawner check` one: `bad.py FAULT`. Without one it has none.

`bad.py --list` prints the faults, and behind each what the check says of it.
"""

import asyncio
import json
import os
import signal
import sys
import time
from typing import Any, Callable, Dict, List, Optional, Tuple

from gatun_spawner import connection, generation, messages, run, spawner, streams, subprocess_launcher
from gatun_spawner.subprocess_launcher import SubprocessLauncher

Message = Dict[str, Any]


class Bad(SubprocessLauncher):
    """Bends what it is asked for, and so says that it reads it."""

    @property
    def honours(self):
        everything = {"cgroup", "limits.memory_bytes", "limits.processors", "limits.processes"}
        return SubprocessLauncher.honours | (everything if OPTIONS else set())

    async def launch(self, exit_port, proc_id, opts):
        for bend in OPTIONS:
            bend(opts)
        await super().launch(exit_port, proc_id, opts)


SENT: List[Callable[[Any, Message], List[Any]]] = []
"""Each gets what would be sent and returns what is sent in its place: messages, or bytes."""
LINES: List[Callable[[Any, bytes], Optional[bytes]]] = []
"""Each gets a line that came and returns the one that is read in its place, or None."""
OPTIONS: List[Callable[[Any], None]] = []
FAULTS: Dict[str, Tuple[Callable[[], None], str]] = {}


def fault(name: str, words: str):
    """The function that brings the fault about, and words of the sentence by which the check fails."""

    def register(function):
        FAULTS[name] = (function, words)
        return function

    return register


def sent(name: str, words: str):
    """A fault in what is sent: the function changes a message, or returns what is sent in its place."""

    def register(function):
        def bend(peer, message):
            instead = function(message)
            return [message] if instead is None else instead

        FAULTS[name] = (lambda: SENT.append(bend), words)
        return function

    return register


def received(name: str, words: str):
    """A fault in what is understood: the function changes a request, or returns the reply to it."""

    def register(function):
        def bend(peer, line):
            try:
                request = json.loads(line)
            except (ValueError, RecursionError):
                return line
            if not isinstance(request, dict):
                return line
            reply = function(request)
            if reply is None:
                return json.dumps(request).encode()
            peer.send({"id": request["id"], **reply})
            return None

        FAULTS[name] = (lambda: LINES.append(bend), words)
        return function

    return register


def raw(name: str, words: str):
    """A fault in how a line is read."""

    def register(function):
        FAULTS[name] = (lambda: LINES.append(lambda peer, line: function(line)), words)
        return function

    return register


def option(name: str, words: str):
    def register(function):
        FAULTS[name] = (lambda: OPTIONS.append(function), words)
        return function

    return register


def is_event(message: Message, kind: str) -> bool:
    return message.get("event") == kind


def params(request: Message) -> Message:
    return request.get("params") or {}


def refuse(code: str) -> Message:
    return {"error": {"code": code, "message": "no", "details": None, "retryable": False}}


# The start.


@fault("socket-announced", "there came 1|1|tcp|")
def announces_something_else():
    write = os.write
    os.write = lambda target, data: write(target, data.replace(b"|unix|", b"|tcp|"))


@sent("hello-answered", "expected a reply, but it did not come")
def never_answers_hello(message):
    return [] if "capabilities" in message.get("result", {}) else None


@sent("hello-fields", "missing field capabilities.tree_kill")
def has_no_word_of_trees(message):
    message.get("result", {}).get("capabilities", {}).pop("tree_kill", None)


@sent("hello-protocols", "there came [2]")
def speaks_another_protocol(message):
    if "protocols" in message.get("result", {}):
        message["result"]["protocols"] = [2]


@fault("hello-cookie", "its cookie came back")
def echoes_cookies():
    init = spawner.Spawner.__init__
    spawner.Spawner.__init__ = lambda self, launcher, cookie, outlives: init(self, launcher, None, outlives)


@fault("hello-first", "it was carried out")
def needs_no_greeting():
    init = connection.Connection.__init__

    def greeted(self, *arguments):
        init(self, *arguments)
        self.greeted = True

    connection.Connection.__init__ = greeted


@fault("hello-again", "the connection was closed")
def dies_of_a_second_hello():
    hellos = []

    def count(peer, line):
        hellos.extend([1] if b'"hello"' in line else [])
        if len(hellos) > 1:
            os._exit(1)
        return line

    LINES.append(count)


# Lines.


@raw("junk-line", "expected an error whose id is null, but it did not come")
def says_nothing_of_junk(line):
    return None if line.startswith(b"hello") else line


@raw("empty-line", "sent the line with nothing in it")
def skips_empty_lines(line):
    return line or None


@raw("array-line", "the connection was closed")
def dies_of_arrays(line):
    return os._exit(1) if line == b"[]" else line


@raw("scalar-line", "sent the line 7")
def skips_numbers(line):
    return None if line == b"7" else line


@raw("deep-line", "the connection was closed")
def dies_of_depth(line):
    return os._exit(1) if line.startswith(b"[[[[") else line


@raw("invalid-utf-8", "expected an error whose id is null")
def guesses_at_characters(line):
    return line.decode("utf-8", "replace").encode()


@fault("oversize-line", "sent a line of 2 MiB")
def takes_long_lines():
    messages.LineSplitter.__init__.__defaults__ = (10 << 20,)


@fault("longest-line", "1,048,576 bytes")
def takes_short_lines_only():
    messages.LineSplitter.__init__.__defaults__ = (1 << 19,)


@fault("halves", "sent half a line: expected no reply")
def takes_halves_for_lines():
    feed = messages.LineSplitter.feed

    def impatient(self, chunk):
        lines = feed(self, chunk)
        if self._line:
            lines.append(bytes(self._line))
            self._line.clear()
        return lines

    messages.LineSplitter.feed = impatient


@fault("several-lines", "expected a reply to each")
def takes_one_line_of_a_chunk():
    feed = messages.LineSplitter.feed
    messages.LineSplitter.feed = lambda self, chunk: feed(self, chunk)[:1]


@sent("request-ids", "9007199254740993")
def has_numbers_of_javascript(message):
    if isinstance(message.get("id"), int):
        message["id"] = int(float(message["id"]))


@received("wrong-ids", "expected an error")
def takes_texts_for_numbers(request):
    if request.get("id") == "7":
        request["id"] = 7


@sent("unknown-method", "the error invalid")
def has_another_code(message):
    if message.get("error", {}).get("code") == "unknown_method":
        message["error"]["code"] = "invalid"


@received("unknown-fields", "sent a ping with unknown fields")
def is_strict_about_fields(request):
    return refuse("invalid") if "trace" in request else None


# Fields.


@received("launch-fields-missing", "sent launch without options.user: expected an error with the code invalid")
def has_a_default(request):
    if "options" in params(request):
        request["params"]["options"].setdefault("user", None)


@received("launch-fields-wrong", "options.tail_lines as")
def reads_texts_as_numbers(request):
    options = params(request).get("options")
    if isinstance(options, dict) and options.get("tail_lines") == "3":
        options["tail_lines"] = 3


@received("request-fields-missing", "sent kill without generation")
def kills_any_generation(request):
    if request.get("method") == "kill":
        params(request).setdefault("generation", 1)


@sent("request-fields-wrong", "an error whose message names timeout_secs")
def names_no_field(message):
    if "timeout_secs" in message.get("error", {}).get("message", ""):
        message["error"]["message"] = "Something is wrong"


# Launches.


@sent("launch-result", "missing field handle")
def has_no_handle(message):
    message.get("result", {}).pop("handle", None)


@fault("event-order", "there came reply, log, started")
def tells_logs_before_the_start():
    held = []

    def hold(peer, message):
        if is_event(message, "started"):
            held.append(message)
            return []
        if is_event(message, "log") and held:
            return [message, held.pop()]
        return [message]

    SENT.append(hold)


@sent("event-seq", "event 2 was")
def leaves_a_gap(message):
    if message.get("seq", 0) > 1:
        message["seq"] += 1


@sent("one-exit", "there came 2")
def tells_exits_twice(message):
    return [message, message] if is_event(message, "exit") else None


@sent("started-fields", "missing field address")
def has_no_address(message):
    if is_event(message, "started"):
        del message["address"]


@sent("started-pid", "a pid in started")
def hides_pids(message):
    if is_event(message, "started"):
        message["pid"] = None


@sent("log-fields", "field stream")
def has_other_streams(message):
    if is_event(message, "log"):
        message["stream"] = "out"


@sent("exit-fields", "missing attribute core_dumped")
def says_nothing_of_core(message):
    if is_event(message, "exit"):
        del message["core_dumped"]


@sent("already-launched", "it was carried out")
def accepts_everything(message):
    if message.get("error", {}).get("code") == "already_launched":
        return [{"id": message["id"], "result": {"accepted": True, "handle": "another"}}]
    return None


@received("next-generation", "the error already_launched")
def launches_a_name_once(request):
    if request.get("method") == "launch" and params(request).get("generation", 1) > 1:
        return refuse("already_launched")
    return None


@sent("list", "sent list while only a, generation 3, ran")
def lists_the_dead(message):
    if "procs" in message.get("result", {}):
        message["result"]["procs"].append({"proc": "over", "generation": 1, "handle": "x", "pid": None})


@received("ping-beside-launch", "the reply to ping, but it did not come")
def blocks(request):
    if request.get("method") == "launch":
        time.sleep(2)


@sent("many-launches", "the exit code 49, but there came 0")
def mixes_up_exits(message):
    if is_event(message, "exit") and message["exit_code"] == 49:
        message["exit_code"] = 0


# Options.


@option("args", "it exited with 1")
def drops_empty_arguments(opts):
    opts.args = [each for each in opts.args if each]


@option("arg0", "it exited with 1")
def ignores_arg0(opts):
    opts.arg0 = None


@option("env", "it exited with 1")
def strips_values(opts):
    opts.env = {name: " ".join(value.split()) for name, value in opts.env.items()}


@option("inherit-env", "it exited with 1")
def always_inherits(opts):
    opts.inherit_env = True


@option("bootstrap-variables", "it exited with 1")
def has_no_name(opts):
    opts.process_name = ""


@option("cwd", "it exited with 1")
def ignores_cwd(opts):
    opts.cwd = None


@option("rlimits", "it exited with 1")
def ignores_rlimits(opts):
    opts.limits.rlimits = []


@option("user", "runs as user and group 65534")
def ignores_users(opts):
    opts.user = opts.group = None


@option("cgroup", "as if nothing was asked")
def ignores_cgroups(opts):
    opts.cgroup = None


@option("limits-unsupported", "expected an error with the code unsupported")
def ignores_limits(opts):
    opts.limits.memory_bytes = opts.limits.processors = opts.limits.processes = None


@fault("limits", "the error unsupported")
def claims_limits():
    Bad.capabilities = {**Bad.capabilities, "limits": True}


# Exits.


@sent("exit-codes", "the code 255 alone")
def has_signed_codes(message):
    if is_event(message, "exit") and message["exit_code"] == 255:
        message["exit_code"] = -1


@sent("exit-signals", "it exited with 137")
def tells_signals_as_codes(message):
    if is_event(message, "exit") and message["signal"] is not None:
        message["exit_code"], message["signal"] = 128 + message["signal"], None


@sent("no-core", "expected an exit with no core")
def always_dumps(message):
    if is_event(message, "exit") and message["signal"] is not None:
        message["core_dumped"] = True


@sent("core-dumped", "expected an exit with core_dumped true")
def never_dumps(message):
    if is_event(message, "exit"):
        message["core_dumped"] = False


@sent("no-such-program", "it exited with 127")
def tells_failures_as_codes(message):
    if is_event(message, "exit") and message["failed_reason"] is not None:
        message["exit_code"], message["failed_reason"] = 127, None


@sent("no-such-cwd", "expected no started")
def tells_a_start_that_was_none(message):
    if is_event(message, "exit") and message["failed_reason"] is not None:
        started = {**message, "event": "started", "pid": None, "address": None, "started_at": generation.now()}
        return [started, message]
    return None


@fault("grandchild", "expected its exit, but it did not come")
def waits_for_the_end_of_the_output():
    ended = subprocess_launcher._Child.ended

    async def all_ended(self):
        await ended(self)
        while any(each._open for each in self._outputs):
            await asyncio.sleep(0.05)

    subprocess_launcher._Child.ended = all_ended


@sent("stderr-tail", "there came [5, 4, 3]")
def has_the_newest_first(message):
    if is_event(message, "exit"):
        message["stderr_tail"] = message["stderr_tail"][::-1]


@sent("stderr-tail-blank", "there came [a, b]")
def drops_blank_lines(message):
    if is_event(message, "exit"):
        message["stderr_tail"] = [each for each in message["stderr_tail"] if each]


@option("stderr-tail-none", "there came [one]")
def always_has_a_tail(opts):
    opts.tail_lines = opts.tail_lines or 1


# Stops.


@fault("terminate", "it was ended by the signal 9")
def kills_at_once():
    async def terminate(self, proc_id, timeout_secs):
        await self.kill(proc_id)

    Bad.terminate = terminate


@fault("terminate-waits", "expected no exit")
def has_no_patience():
    terminate = SubprocessLauncher.terminate

    async def impatient(self, proc_id, timeout_secs):
        await terminate(self, proc_id, 0.05)

    Bad.terminate = impatient


@fault("kill", "expected its exit, but it did not come")
def only_asks():
    async def kill(self, proc_id):
        self._processes[proc_id]._signal(signal.SIGTERM)

    Bad.kill = kill


@received("stop-unknown", "the error invalid")
def misses_the_dead(request):
    return refuse("invalid") if request.get("method") == "kill" and params(request).get("proc") == "nobody" else None


@received("stop-earlier-generation", "expected no exit of a, generation 2")
def knows_names_only(request):
    if request.get("method") in ("kill", "terminate"):
        request["params"]["generation"] = 2


@fault("tree-kill", "the descendant went on")
def claims_trees():
    Bad.capabilities = {**Bad.capabilities, "tree_kill": True}


# Recovery.


@sent("recover", "there came known false")
def has_forgotten(message):
    if "known" in message.get("result", {}):
        message["result"] = {"known": False}


@sent("recover-unknown", "there came known true")
def knows_everybody(message):
    if message.get("result", {}).get("known") is False:
        message["result"] = {"known": True, "pid": None, "started_at": generation.now()}


def tells_once():
    generation.Generation.tell_exit_again = lambda self: None


fault("recover-exit", "its exit again, but it did not come")(tells_once)
fault("reconnect-exit", "expected its exit, but it did not come")(tells_once)


@fault("reconnect", "closed the connection and connected again")
def kills_with_the_connection():
    serve = connection.Connection.serve

    async def then_kill(self):
        await serve(self)
        for process in list(LAUNCHER._processes.values()):
            process.kill()

    connection.Connection.serve = then_kill


@fault("recover-restarted", "there came known false")
def remembers_its_own_run_only():
    async def recover(self, proc_id, handle, exit_port):
        return False

    Bad.recover = recover


# Load, and the end.


def loses_what_is_not_read(lost):
    def lose(peer, message):
        return [] if lost(message) and peer._writer.transport.get_write_buffer_size() > 0 else [message]

    SENT.append(lose)


@fault("unread-replies", "expected 20,000 replies")
def loses_replies():
    loses_what_is_not_read(lambda message: "result" in message)


@fault("unread-output", "all of them before the exit")
def loses_logs():
    loses_what_is_not_read(lambda message: is_event(message, "log"))


def stops_nothing():
    async def stop(self):
        pass

    spawner.Spawner.stop = stop


fault("shutdown-stop", "expected its exit, but the connection was closed")(stops_nothing)
fault("input-end", "expected its exit, but the connection was closed")(stops_nothing)


@fault("shutdown-stop-stubborn", "expected its exit, but the connection was closed")
def asks_and_goes():
    spawner.STOP_SECS = spawner.KILL_SECS = 0.2
    subprocess_launcher._Process.kill = lambda self: None


@received("shutdown-detach", "that process to stay, but it was gone")
def always_stops(request):
    if request.get("method") == "shutdown" and params(request).get("mode") == "detach":
        request["params"]["mode"] = "stop"


# Output.


def logs(name: str, words: str):
    """A fault in the lines of a log."""

    def register(function):
        def bend(message):
            if is_event(message, "log"):
                message["lines"] = function(message["lines"])

        sent(name, words)(bend)
        return function

    return register


@sent("output", "[one, two] on stdout")
def makes_one_of_two_streams(message):
    if is_event(message, "log"):
        message["stream"] = "stdout"


@option("output-unwanted", "expected no log")
def always_tells_output(opts):
    opts.want_stdio = True


@logs("output-order", "launched a process that writes 0 to 999")
def reverses(lines):
    return lines[::-1]


@logs("output-blank", "there came [a, b]")
def skips_blank_lines(lines):
    return [each for each in lines if each]


@logs("output-long", "there came 4096 characters")
def cuts(lines):
    return [each[:4096] for each in lines]


@logs("output-utf-8", "expected the lines [ä€𝄞]")
def has_one_character_a_byte(lines):
    return [each.encode().decode("latin-1") for each in lines]


@logs("output-invalid", "three lines, from a to b")
def drops_what_it_cannot_read(lines):
    return [each for each in lines if "\ufffd" not in each]


@fault("own-stdin", "expected an answer to the next ping")
def shares_its_input():
    popen = subprocess_launcher.subprocess.Popen

    def sharing(*arguments, **others):
        # Opened anew it waits for input, as an inherited one of a spawner that reads without an event loop would.
        others["stdin"] = os.open(f"/proc/self/fd/{streams.claim().input}", os.O_RDONLY)
        return popen(*arguments, **others)

    subprocess_launcher.subprocess.Popen = sharing


@sent("no-stray-lines", "there came started a process")
def prints(message):
    return [b"started a process\n", message] if is_event(message, "started") else None


def install() -> None:
    send = connection.Connection.send
    read = connection.Connection._line

    def bent_send(self, message):
        outgoing = [message]
        for bend in SENT:
            outgoing = [other for each in outgoing for other in bend(self, dict(each))]
        sent_all = True
        for each in outgoing:
            if isinstance(each, bytes):
                self._writer.write(each)
            else:
                sent_all = send(self, each) and sent_all
        return sent_all

    def bent_line(self, line):
        for bend in LINES:
            if line is not None:
                line = bend(self, line)
                if line is None:
                    return
        read(self, line)

    connection.Connection.send = bent_send
    connection.Connection._line = bent_line


LAUNCHER = Bad()

if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        for name, (_, words) in FAULTS.items():
            print(f"{name}\t{words}")
        sys.exit()
    for name in sys.argv[1:]:
        FAULTS[name][0]()
    install()
    run(LAUNCHER)
