"""A WSGI application. GET /hold?64 keeps 64 MiB for ever, in the worker that happens to answer."""

import os

kept = []


def app(environ, start_response):
    if environ["PATH_INFO"] == "/hold":
        kept.append(b"x" * (int(environ["QUERY_STRING"]) << 20))
    body = f"hello from worker {os.getpid()}\n".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
