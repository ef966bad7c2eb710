"""A spawner that starts nothing: every launch is accepted, started and over at once. What is left is the way there and back."""

import json
import os
import sys

CAPABILITIES = {
    "recover": False,
    "signal": True,
    "stdio": "managed",
    "pid": False,
    "limits": False,
    "core_dumped": True,
    "tree_kill": True,
}


def answers(request):
    method, params = request["method"], request["params"]
    if method == "hello":
        result = {
            "name": "answering",
            "version": "1",
            "protocols": [1],
            "cookie": os.environ["SPAWNER_COOKIE"],
            "capabilities": CAPABILITIES,
        }
        return [{"id": request["id"], "result": result}]
    if method != "launch":
        return [{"id": request["id"], "result": {}}]
    of = {"proc": params["proc"], "generation": params["generation"]}
    return [
        {"id": request["id"], "result": {"accepted": True, "handle": "none"}},
        {"event": "started", "seq": 1, "pid": None, "address": None, "started_at": "2026-01-01T00:00:00Z", **of},
        {
            "event": "exit",
            "seq": 2,
            "exit_code": 0,
            "signal": None,
            "core_dumped": False,
            "failed_reason": None,
            "stderr_tail": [],
            **of,
        },
    ]


for line in sys.stdin:
    sys.stdout.write("".join(json.dumps(answer) + "\n" for answer in answers(json.loads(line))))
    sys.stdout.flush()
