"""Greets by HTTP from within a pex file: greeting PORT"""

import http.server
import signal
import sys


class Greeting(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"hello from {__file__}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_):
        """Says nothing of a request: there is one in every interval of the check."""


for stop in (signal.SIGTERM, signal.SIGINT):  # a launcher, Ctrl-C
    signal.signal(stop, lambda *_: sys.exit(0))
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Greeting).serve_forever()
