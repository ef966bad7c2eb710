"""As much of docker's command line as the example uses: a container is a folder in FAKE_DOCKER, and runs right here."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, List

ROOT = Path(os.environ["FAKE_DOCKER"])


def create(arguments: List[str]) -> None:
    given: Dict[str, List[str]] = {}
    while arguments and arguments[0].startswith("--"):
        given.setdefault(arguments[0], []).append(arguments[1])
        arguments = arguments[2:]
    image, command = arguments[0], [given["--entrypoint"][0], *arguments[1:]]
    if image == "missing":
        sys.exit("no such image: missing")
    if image == "slow":
        (ROOT / "pulling").touch()
        while not (ROOT / "pulled").exists():
            time.sleep(0.01)
    container = f"c{os.getpid()}"
    (ROOT / container).mkdir()
    labels = dict(text.split("=", 1) for text in given["--label"])
    (ROOT / container / "config").write_text(json.dumps({"labels": labels, "command": command, "given": given}))
    print(container)


def start(container: str) -> None:
    folder = ROOT / container
    config = json.loads((folder / "config").read_text())
    if "refuse" in config["command"]:
        sys.exit("it does not start")
    if os.fork() == 0:
        os.setsid()
        with open(folder / "stdout", "wb") as output, open(folder / "stderr", "wb") as errors:
            env = dict(text.split("=", 1) for text in config["given"].get("--env", []))
            child = subprocess.Popen(config["command"], stdout=output, stderr=errors, env=env, start_new_session=True)
        (folder / "pid.new").write_text(str(child.pid))
        (folder / "pid.new").rename(folder / "pid")
        for descriptor in (0, 1, 2):
            os.close(descriptor)
        code = child.wait()
        if folder.exists():
            (folder / "code.new").write_text(str(code if code >= 0 else 128 - code))
            (folder / "code.new").rename(folder / "code")
        os._exit(0)
    while not (folder / "pid").exists():
        time.sleep(0.01)


def wait(container: str) -> None:
    while not (ROOT / container / "code").exists():
        time.sleep(0.01)
    print((ROOT / container / "code").read_text())


def logs(container: str) -> None:
    wait_for = ROOT / container / "code"
    with open(ROOT / container / "stdout", "rb") as output, open(ROOT / container / "stderr", "rb") as errors:
        over = False
        while not over:
            over = wait_for.exists()
            os.write(1, output.read())
            os.write(2, errors.read())
            time.sleep(0.01)


def send(container: str, number: int) -> None:
    try:
        os.killpg(int((ROOT / container / "pid").read_text()), number)
    except ProcessLookupError:
        sys.exit("it is not running")


def ps(arguments: List[str]) -> None:
    wanted = [text[len("label=") :] for text in arguments if text.startswith("label=")]
    for folder in ROOT.iterdir():
        if folder.is_dir() and ("--all" in arguments or not (folder / "code").exists()):
            labels = json.loads((folder / "config").read_text())["labels"]
            if all(text in labels or text in [f"{k}={v}" for k, v in labels.items()] for text in wanted):
                print(folder.name)


def main() -> None:
    command, arguments = sys.argv[1], sys.argv[2:]
    container = arguments[-1]
    if command == "create":
        create(arguments)
    elif command == "start":
        start(container)
    elif command == "wait":
        wait(container)
    elif command == "logs":
        logs(container)
    elif command == "stop":
        send(container, signal.SIGTERM)
    elif command == "kill":
        send(container, signal.SIGKILL)
    elif command == "rm":
        folder = ROOT / container
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    elif command == "ps":
        ps(arguments)
    elif command == "inspect":
        print(json.dumps(json.loads((ROOT / container / "config").read_text())["labels"]))
    else:
        sys.exit(f"unknown command {command}")


if __name__ == "__main__":
    main()
