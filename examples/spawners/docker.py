#!/usr/bin/env python3
"""A spawner of containers: it drives the command line of docker, or of podman, which understands the same.

    python3 examples/spawners/docker.py [--engine podman] [--image debian:stable]

A process runs in a container of its own, from the image that its setting `image` names. `env` is added to the
environment of the image, whatever `inherit_env` says: a container never has that of the spawner. The containers carry
the labels `gatun.proc` and `gatun.generation`; a spawner that is started anew finds its containers by them.
"""

import argparse
import asyncio
import json
import sys
from collections import deque
from pathlib import Path
from typing import Any, Deque, Dict, List, Optional, Set, Tuple

sys.path.append(str(Path(__file__).resolve().parents[2] / "python"))

from gatun_spawner import ExitPort, KnownProc, LaunchOptions, ProcExitResult, ProcLauncher, SpawnerError, run

LONGEST_LINE = 256 * 1024


class DockerLauncher(ProcLauncher):
    name = "docker"
    honours = frozenset(
        {
            "cwd",
            "user",
            "group",
            "cgroup",
            "limits.memory_bytes",
            "limits.processors",
            "limits.processes",
            "limits.rlimits",
        }
    )
    reports_start = True
    # A container tells 128 + N for the signal N, as a shell does: the two are not told apart.
    capabilities = {"signal": False, "stdio": "captured", "limits": True, "tree_kill": True}

    def __init__(self, params: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(params)
        self._engine: str = (params or {}).get("engine", "docker")
        self._image: Optional[str] = (params or {}).get("image")
        self._containers: Dict[str, str] = {}
        self._killed: Set[str] = set()
        """Those that are to be stopped although their containers do not run yet."""
        self._watches: Set[asyncio.Future[None]] = set()

    async def launch(self, exit_port: ExitPort, proc_id: str, opts: LaunchOptions) -> None:
        image = opts.settings.get("image", self._image)
        if image is None:
            raise SpawnerError("invalid", "The option settings.image is missing, and there is no --image")
        self._killed.discard(proc_id)
        # Creating a container may pull its image, which may take minutes; the labels are a handle from the beginning.
        exit_port.handle = f"{proc_id}:{exit_port.generation}"
        code, output, error = await self._run(*_create(image, proc_id, exit_port.generation, opts))
        if code != 0:
            exit_port.send(_failure(f"{self._engine} create: {error.strip()}"))
            return
        container = output.split()[-1]
        if proc_id in self._killed:
            await self._remove(proc_id, container)
            exit_port.send(_failure("stopped before it was started"))
            return
        code, _, error = await self._run("start", container)
        if code != 0:
            await self._remove(proc_id, container)
            exit_port.send(_failure(f"{self._engine} start: {error.strip()}"))
            return
        self._containers[proc_id] = container
        exit_port.started(address=container)
        if proc_id in self._killed:
            await self.kill(proc_id)
        await self._until_over(exit_port, proc_id, container, opts.want_stdio, opts.tail_lines)

    async def terminate(self, proc_id: str, timeout_secs: float) -> None:
        container = self._containers.get(proc_id)
        if container is not None:
            await self._run("stop", "-t", str(max(0, round(timeout_secs))), container)
        else:
            self._killed.add(proc_id)

    async def kill(self, proc_id: str) -> None:
        container = self._containers.get(proc_id)
        if container is not None:
            await self._run("kill", container)
        else:
            self._killed.add(proc_id)

    async def recover(self, proc_id: str, handle: str, exit_port: ExitPort) -> bool:
        code, output, _ = await self._run("ps", "--all", "--quiet", "--no-trunc", *_labels(proc_id, handle))
        if code != 0 or not output.split():
            return False
        container = output.split()[0]
        self._containers[proc_id] = container
        exit_port.started(address=container)
        watch = asyncio.ensure_future(self._until_over(exit_port, proc_id, container, True, 0))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)
        return True

    async def list(self) -> List[KnownProc]:
        code, output, error = await self._run("ps", "--quiet", "--no-trunc", "--filter", "label=gatun.generation")
        if code != 0:
            raise SpawnerError("internal", f"{self._engine} ps: {error.strip()}", retryable=True)
        known = []
        for container in output.split():
            _, text, _ = await self._run("inspect", "--format", "{{json .Config.Labels}}", container)
            labels = json.loads(text or "{}")
            if "gatun.proc" in labels:
                proc, generation = labels["gatun.proc"], int(labels["gatun.generation"])
                known.append(KnownProc(proc, generation, f"{proc}:{generation}"))
        return known

    async def _until_over(
        self, exit_port: ExitPort, proc_id: str, container: str, want_stdio: bool, tail_lines: int
    ) -> None:
        """Tells the output of a container, then its end, and removes it."""
        tail: Deque[str] = deque(maxlen=tail_lines)
        if want_stdio or tail_lines > 0:
            await self._logs(exit_port, container, want_stdio, tail)
        code, output, error = await self._run("wait", container)
        await self._remove(proc_id, container)
        if code != 0:
            exit_port.send(_failure(f"{self._engine} wait: {error.strip()}"))
        else:
            exit_port.send(ProcExitResult(int(output), None, False, None, list(tail)))

    async def _logs(self, exit_port: ExitPort, container: str, want_stdio: bool, tail: Deque[str]) -> None:
        """Follows the output of a container until it ends."""
        logs = await asyncio.create_subprocess_exec(
            self._engine,
            "logs",
            "--follow",
            container,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
        )
        assert logs.stdout is not None and logs.stderr is not None

        async def follow(stream: str, reader: asyncio.StreamReader) -> None:
            while True:
                try:
                    line = await reader.readuntil(b"\n")
                except asyncio.IncompleteReadError as rest:  # the end, perhaps after a line without one
                    line = rest.partial
                except asyncio.LimitOverrunError as overrun:
                    line = await reader.read(overrun.consumed)
                if not line:
                    return
                text = line.decode("utf-8", "replace").rstrip("\n")
                if stream == "stderr":
                    tail.append(text)
                if want_stdio:
                    exit_port.log(stream, [text])
                    await exit_port.drain()

        await asyncio.gather(follow("stdout", logs.stdout), follow("stderr", logs.stderr), logs.wait())

    async def _remove(self, proc_id: str, container: str) -> None:
        await self._run("rm", "--force", container)
        if self._containers.get(proc_id) == container:
            del self._containers[proc_id]

    async def _run(self, *arguments: str) -> Tuple[int, str, str]:
        """Runs the engine's command line. Returns its exit code, its output and its errors."""
        child = await asyncio.create_subprocess_exec(
            self._engine,
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, error = await child.communicate()
        return child.returncode or 0, output.decode("utf-8", "replace"), error.decode("utf-8", "replace")


def _create(image: str, proc_id: str, generation: int, opts: LaunchOptions) -> List[str]:
    """The arguments that make the container."""
    arguments = ["create", "--label", f"gatun.proc={proc_id}", "--label", f"gatun.generation={generation}"]
    for name, value in opts.environment(inherited={}).items():
        arguments += ["--env", f"{name}={value}"]
    binding = opts.proc_bind or {}
    user = opts.user if opts.group is None else f"{opts.user or ''}:{opts.group}"
    options = {
        "--workdir": opts.cwd,
        "--user": user,
        "--cgroup-parent": opts.cgroup,
        "--memory": opts.limits.memory_bytes,
        "--cpus": opts.limits.processors,
        "--pids-limit": opts.limits.processes,
        "--cpuset-cpus": binding.get("cpus") or binding.get("physcpubind"),
        "--cpuset-mems": binding.get("membind") or binding.get("cpunodebind"),
    }
    for name, given in options.items():
        if given is not None:
            arguments += [name, str(given)]
    for limit in opts.limits.rlimits:
        soft, hard = (-1 if value is None else value for value in (limit.soft, limit.hard))
        arguments += ["--ulimit", f"{limit.resource}={soft}:{hard}"]
    return [*arguments, "--entrypoint", opts.program, image, *opts.args]


def _labels(proc_id: str, handle: str) -> List[str]:
    generation = handle.rpartition(":")[2]
    return ["--filter", f"label=gatun.proc={proc_id}", "--filter", f"label=gatun.generation={generation}"]


def _failure(reason: str) -> ProcExitResult:
    return ProcExitResult(None, None, False, reason, [])


def main() -> None:
    parser = argparse.ArgumentParser(description="A spawner of containers for Gatun.")
    parser.add_argument("--engine", default="docker", help="the command: docker or podman")
    parser.add_argument("--image", help="the image of processes that do not name one by their setting `image`")
    arguments = parser.parse_args()
    run(DockerLauncher({"engine": arguments.engine, "image": arguments.image}))


if __name__ == "__main__":
    main()
