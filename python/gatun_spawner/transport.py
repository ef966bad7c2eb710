"""How the lines travel: over standard input and output, or over a Unix socket that outlives Gatun."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import stat
import struct
import sys
import threading
from typing import Awaitable, Callable, Optional, Tuple, Union

from .connection import Connection
from .launcher import ProcLauncher
from .messages import PROTOCOL
from .spawner import Spawner
from .streams import Startup, claim, outlive_standard_error

CLOSE_SECS = 2.0
"""How long the other side has to take what is still to be written."""

RETRY_SECS = 0.5
"""How long to wait after a connection could not be accepted."""

_log = logging.getLogger("gatun_spawner")

Launcher = Union[ProcLauncher, Callable[[], ProcLauncher]]


def run(launcher: Launcher) -> None:
    """Serves Gatun with this launcher, or with the one that this function makes on the event loop, until the end."""
    startup = claim()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    if startup.protocol != str(PROTOCOL):
        sys.exit(f"This spawner speaks the protocol {PROTOCOL}, not {startup.protocol}")
    asyncio.run(_serve(launcher, startup))


async def _serve(launcher: Launcher, startup: Startup) -> None:
    outlive_standard_error()
    # Where children are ignored, which a program inherits, their ends get lost.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    made = launcher if isinstance(launcher, ProcLauncher) else launcher()
    spawner = Spawner(made, startup.cookie, outlives=startup.socket is not None)
    signalled = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, signalled.set)
    if startup.socket is None:
        await _serve_stdio(spawner, startup, signalled)
    else:
        await _serve_socket(spawner, startup, startup.socket, signalled)


async def _serve_stdio(spawner: Spawner, startup: Startup, signalled: asyncio.Event) -> None:
    reader, writer, finish = await _open_stdio(startup)
    spawner.connection = connection = Connection(reader, writer, spawner.handle)
    await _first(connection.serve(), spawner.stopped.wait(), spawner.detached.wait(), signalled.wait())
    if not spawner.detached.is_set():
        await spawner.stop()
    await connection.close(CLOSE_SECS)
    finish()
    if spawner.detached.is_set():
        # What Python would clean up now belongs to processes that stay: asyncio, for one, kills its children.
        logging.shutdown()
        os._exit(0)


async def _serve_socket(spawner: Spawner, startup: Startup, path: str, signalled: asyncio.Event) -> None:
    server = _listen(path)
    try:
        with contextlib.suppress(OSError):  # nobody has to read it
            os.write(startup.output, os.fsencode(f"1|{PROTOCOL}|unix|{path}|ndjson\n"))
        os.close(startup.output)
        os.close(startup.input)
        await _first(_accept(spawner, server), spawner.stopped.wait(), signalled.wait())
        await spawner.stop()
        if spawner.connection is not None:
            await spawner.connection.close(CLOSE_SECS)
    finally:
        server.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


async def _accept(spawner: Spawner, server: socket.socket) -> None:
    """Serves one connection after the other: the next one waits until the present one is closed."""
    while True:
        try:
            client, _ = await asyncio.get_running_loop().sock_accept(server)
        except OSError as error:  # such as too many open files, which may pass
            _log.warning("A connection was not accepted: %s", error)
            await asyncio.sleep(RETRY_SECS)
            continue
        user = _peer(client)
        if user not in (0, os.geteuid()):
            _log.warning("A connection of the user %d was closed", user)
            client.close()
            continue
        reader, writer = await asyncio.open_connection(sock=client)
        spawner.connection = connection = Connection(reader, writer, spawner.handle)
        spawner.detached.clear()
        await _first(connection.serve(), spawner.detached.wait())
        spawner.connection = None
        # What is written still gets there; requests under way are not waited for, nobody hears their replies.
        await connection.close(0)


def _listen(path: str) -> socket.socket:
    try:
        _remove_stale(path)
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            server.bind(path)
        finally:
            os.umask(before)
        server.listen()
        server.setblocking(False)
        return server
    except OSError as error:
        sys.exit(f"The spawner cannot listen at {path}: {error}")


def _remove_stale(path: str) -> None:
    """Removes a socket that nobody listens at: one spawner was killed, and this one takes its place."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            os.unlink(path)
        except FileNotFoundError:
            pass
        else:
            sys.exit(f"Another spawner listens at {path}")


def _peer(client: socket.socket) -> int:
    """The user of the other side."""
    credentials = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", credentials)
    return int(user)


async def _open_stdio(
    startup: Startup,
) -> Tuple[asyncio.StreamReader, asyncio.StreamWriter, Callable[[], None]]:
    """The reader, the writer, and what waits until the last has been written."""
    loop = asyncio.get_running_loop()
    source, target = startup.input, startup.output
    relay: Optional[threading.Thread] = None
    # An event loop cannot wait for files; a thread reads and writes them.
    if not _is_pollable(source):
        end, start = os.pipe()
        _relay(source, start)
        source = end
    if not _is_pollable(target):
        end, start = os.pipe()
        relay = _relay(end, target)
        target = start
    reader = asyncio.StreamReader()
    incoming, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(source, "rb", 0))
    # A writer needs the flow control of some protocol; that of a reader, which reads nothing here, is the public one.
    transport, protocol = await loop.connect_write_pipe(
        lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader()), os.fdopen(target, "wb", 0)
    )
    writer = asyncio.StreamWriter(transport, protocol, None, loop)

    def finish() -> None:
        incoming.close()
        if relay is not None:
            relay.join(CLOSE_SECS)

    return reader, writer, finish


def _is_pollable(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(descriptor)


def _relay(source: int, target: int) -> threading.Thread:
    def copy() -> None:
        try:
            while True:
                chunk = os.read(source, 64 * 1024)
                if not chunk:
                    return
                while chunk:
                    chunk = chunk[os.write(target, chunk) :]
        except OSError:
            pass  # the reader has gone
        finally:
            os.close(target)

    thread = threading.Thread(target=copy, daemon=True)
    thread.start()
    return thread


async def _first(*work: Awaitable[object]) -> None:
    """Returns when the first of them is done, and gives up the others."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
