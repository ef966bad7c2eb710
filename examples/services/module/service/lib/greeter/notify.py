"""The service's side of sd_notify(3)."""

import os
import socket


def notify(message):
    """Tells the launcher; does nothing where nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):  # a name in the kernel instead of a file
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as launcher:
        launcher.sendto(message.encode(), address)
