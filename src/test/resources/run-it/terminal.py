"""Runs a command on a pseudo terminal, which somebody else types on.

terminal.py COMMAND...

Copies what the terminal shows to standard output. Standard input brings what is to be done, a line each:
  type HEX          type these bytes
  size ROWS COLUMNS change the window
  hangup            take the terminal away
Ends with the command, and as it ended: its exit code, or 128 and its signal.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

command, terminal = pty.fork()
if command == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

orders = b""
watched = [terminal, 0]
while terminal in watched:
    readable, _, _ = select.select(watched, [], [])
    if terminal in readable:
        try:
            shown = os.read(terminal, 65536)
        except OSError:  # EIO: nobody has it open any more
            shown = b""
        if shown:
            os.write(1, shown)
        else:
            watched.remove(terminal)
    if 0 in readable:
        received = os.read(0, 65536)
        if not received:
            watched.remove(0)
        orders += received
        while b"\n" in orders:
            line, orders = orders.split(b"\n", 1)
            order, *values = line.decode().split()
            if order == "type":
                os.write(terminal, bytes.fromhex(values[0]))
            elif order == "size":
                size = struct.pack("HHHH", int(values[0]), int(values[1]), 0, 0)
                fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
            elif order == "hangup":
                os.close(terminal)
                watched.remove(terminal)
_, status = os.waitpid(command, 0)
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
