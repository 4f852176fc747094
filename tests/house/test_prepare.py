"""What the set-up says and does on a machine where something is missing."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import prepare

ROOT = Path(__file__).resolve().parents[2]
Machine = Callable[..., None]
LIBRARIES = "libharfbuzz-subset0 libpango-1.0-0"


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine that has these programs, where the person has this number."""

    def be(*programs: str, user: int) -> None:
        has = {name: f"/usr/bin/{name}" for name in programs}
        monkeypatch.setattr(prepare.shutil, "which", has.get)
        monkeypatch.setattr(prepare.os, "geteuid", lambda: user)
        monkeypatch.setattr(prepare, "can_open", lambda names: "harfbuzz" not in names[0])
        monkeypatch.setattr(prepare, "quiet", lambda command: 1)  # nothing may be installed
        monkeypatch.setattr(prepare.subprocess, "call", lambda *words, **how: 1)

    return be


@pytest.mark.parametrize(
    ("programs", "user", "line"),
    [
        (("apt-get",), 0, "Run once: apt-get update && apt-get install "),
        (("apt-get", "sudo"), 1000, "Run once: sudo apt-get update && sudo apt-get install "),
        (("apt-get",), 1000, "Run once, as root: apt-get update && apt-get install "),
        ((), 1000, "Install, with this system's package manager, what Debian calls: "),
    ],
    ids=["root", "sudo", "no sudo", "no Debian"],
)
def test_the_line_to_type_fits_the_person(
    machine: Machine, programs: tuple[str, ...], user: int, line: str
) -> None:
    machine("git", "ssh-keygen", *programs, user=user)
    assert prepare.need_system(for_tests=False) == line + LIBRARIES


def test_without_venv_a_person_is_told_which_package_has_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine("apt-get", "sudo", user=1000)
    monkeypatch.setattr(prepare.sys, "base_prefix", "/usr")
    monkeypatch.setattr(prepare.sys, "executable", "/usr/bin/python3")
    with pytest.raises(SystemExit):
        prepare.need_venv()
    said = capsys.readouterr().err
    assert "sudo apt-get install python3-venv" in said


@pytest.mark.parametrize("name", ["..", "/tmp/x", "govkit", ".venv/../docs", ".venv-"])
def test_only_a_folder_of_environments_is_ever_made_anew(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "scripts/prepare.py", name],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "an environment is called .venv or .venv-name" in done.stderr
