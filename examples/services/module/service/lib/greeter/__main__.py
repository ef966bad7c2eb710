"""python3 -m greeter --port PORT"""

import argparse
import http.server
import signal
import sys

from greeter.notify import notify


class Greeter(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"greetings, {self.path.strip('/') or 'world'}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def end(*_):
    notify("STOPPING=1")
    sys.exit(0)


parser = argparse.ArgumentParser(prog="greeter")
parser.add_argument("--port", type=int, required=True)
port = parser.parse_args().port
for stop in (signal.SIGTERM, signal.SIGINT):  # a launcher, Ctrl-C
    signal.signal(stop, end)
server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Greeter)
notify(f"READY=1\nSTATUS=listening at port {port}")
server.serve_forever()
