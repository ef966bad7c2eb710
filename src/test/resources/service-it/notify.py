"""Tells the launcher by sd_notify(3) each line that it gets on standard input; ends with 0 when that does."""

import os
import socket
import sys

address = os.environ["NOTIFY_SOCKET"]
os.write(1, f"socket {address}\n".encode())
target = "\0" + address[1:] if address.startswith("@") else address
launcher = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
for line in sys.stdin:
    launcher.sendto(line.strip().encode(), target)
    os.write(1, f"told {line}".encode())
