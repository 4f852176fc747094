"""Workflows as the code host reads them, and their steps run as its runner runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> dict[str, Any]:
    """Return a file of `.github`. The base loader leaves `on` and all other scalars as text."""
    text = (ROOT / ".github" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return loaded


def run_step(
    step: dict[str, Any], folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a step in a folder: the options of the shell that the runner gives, and its variables."""
    script = folder.parent / "step"
    script.write_text(step["run"], encoding="utf-8")
    shells = {
        "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        "python": [sys.executable, str(script)],
    }
    return subprocess.run(
        shells[step["shell"]],
        cwd=folder,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *words: str) -> str:
    """Run git as a person without any configuration."""
    person = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()
