#!/usr/bin/env python3
"""A launcher written for the published interface of monarch's proc launchers: only its imports were changed.

It knows nothing of Gatun: no handles, no started events, no generations. `endpoint` and `Port` are what it expects.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any, Dict, Optional

sys.path.append(str(Path(__file__).resolve().parents[2] / "python"))

# was: from monarch.actor import Port, endpoint
# was: from monarch._src.actor.proc_launcher import LaunchOptions, ProcExitResult, ProcLauncher
from gatun_spawner import LaunchOptions, Port, ProcExitResult, ProcLauncher, endpoint, run


class LocalLauncher(ProcLauncher):
    """Runs each proc as a child, with its output on the launcher's own."""

    def __init__(self, params: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(params)
        self._children: Dict[str, asyncio.subprocess.Process] = {}

    @endpoint(explicit_response_port=True)
    async def launch(self, exit_port: Port[ProcExitResult], proc_id: str, opts: LaunchOptions) -> None:
        try:
            env = {**os.environ, **opts.env, "HYPERACTOR_MESH_BOOTSTRAP_MODE": opts.bootstrap_payload}
            child = await asyncio.create_subprocess_exec(opts.program, *opts.args, env=env)
            self._children[proc_id] = child
            code = await child.wait()
            exit_port.send(
                ProcExitResult(
                    exit_code=code if code >= 0 else None,
                    signal=-code if code < 0 else None,
                    core_dumped=False,
                    failed_reason=None,
                    stderr_tail=[],
                )
            )
        except Exception as error:
            exit_port.exception(error)
        finally:
            self._children.pop(proc_id, None)

    @endpoint
    async def terminate(self, proc_id: str, timeout_secs: float) -> None:
        child = self._children.get(proc_id)
        if child is None:
            return
        child.terminate()
        try:
            await asyncio.wait_for(child.wait(), timeout_secs)
        except asyncio.TimeoutError:
            child.kill()

    @endpoint
    async def kill(self, proc_id: str) -> None:
        child = self._children.get(proc_id)
        if child is not None:
            child.kill()


if __name__ == "__main__":
    run(LocalLauncher())
