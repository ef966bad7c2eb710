"""``python3 -m gatun_spawner MODULE:CLASS [--params JSON]`` runs a spawner whose launcher is that class."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from typing import Any, Optional

from . import ProcLauncher, run
from .streams import claim


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m gatun_spawner", description="Runs a spawner for Gatun.")
    parser.add_argument("launcher", metavar="MODULE:CLASS", help="a class derived from gatun_spawner.ProcLauncher")
    parser.add_argument("--params", metavar="JSON", help="an object that the class is made with")
    arguments = parser.parse_args()
    claim()  # before the module is imported: it may print
    params = _params(arguments.params)
    launcher = _launcher(arguments.launcher)
    run(lambda: launcher(params))


def _params(text: Optional[str]) -> Any:
    try:
        params = None if text is None else json.loads(text)
    except ValueError as error:
        sys.exit(f"--params is not JSON: {error}")
    if params is not None and not isinstance(params, dict):
        sys.exit("--params must be a JSON object")
    return params


def _launcher(name: str) -> Any:
    module, colon, attribute = name.partition(":")
    if not colon or not module or not attribute:
        sys.exit(f"{name} is not of the form MODULE:CLASS")
    try:
        launcher = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        sys.exit(f"There is no launcher {name}: {error}")
    if not isinstance(launcher, type) or not issubclass(launcher, ProcLauncher):
        sys.exit(f"{name} is not a class derived from gatun_spawner.ProcLauncher")
    return launcher


if __name__ == "__main__":
    main()
