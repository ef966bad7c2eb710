"""Becomes a program, from a state that a shell or a Java program could not easily be in.

launch.py SPEC, a JSON object with
  argv    words, as hexadecimal bytes
  env     entries NAME=value, as hexadecimal bytes; absent: the environment stays. @PID@ is the pid of this process
  ignore  numbers of signals to ignore
  block   numbers of signals to block
  close   descriptors to close
  open    descriptor -> file to read from it
  socket  descriptor of a listening socket on the loopback interface
"""

import ctypes
import json
import os
import signal
import socket
import sys

spec = json.loads(sys.argv[1])
words = [bytes.fromhex(word) for word in spec["argv"]]
for number in spec.get("ignore", []):
    signal.signal(number, signal.SIG_IGN)
signal.signal(signal.SIGPIPE, signal.SIG_DFL if signal.SIGPIPE not in spec.get("ignore", []) else signal.SIG_IGN)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_SETMASK, spec.get("block", []))
for number, path in spec.get("open", {}).items():
    opened = os.open(path, os.O_RDONLY)
    if opened != int(number):
        os.dup2(opened, int(number))
        os.close(opened)
    os.set_inheritable(int(number), True)
if "socket" in spec:
    listener = socket.create_server(("127.0.0.1", 0))
    if listener.fileno() != spec["socket"]:
        os.dup2(listener.fileno(), spec["socket"])
    os.set_inheritable(spec["socket"], True)
for number in spec.get("close", []):
    os.close(number)
if "env" not in spec:
    os.execv(words[0], words)
entries = [bytes.fromhex(entry).replace(b"@PID@", str(os.getpid()).encode()) for entry in spec["env"]]
# os.execve takes a dictionary, and so neither an order nor an entry twice.
strings = ctypes.c_char_p * (len(words) + 1)
variables = ctypes.c_char_p * (len(entries) + 1)
ctypes.CDLL(None).execve(words[0], strings(*words, None), variables(*entries, None))
sys.exit("execve failed")
