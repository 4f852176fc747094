"""`govkit doctor`: whether this machine has all that govkit needs, and what to do where not."""

from __future__ import annotations

import ctypes
import shutil
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.words import number_of
from govkit.cli.session import Session, pass_session
from govkit.errors import GovkitError

_EPILOG = """Example:
  govkit doctor      exit code 0: all is there; 3: something is missing
"""


class MachineCheck(NamedTuple):
    """One thing that was looked at. `needed_for` says what does not work without it."""

    what: str
    fine: bool
    found: str
    needed_for: str
    remedy: str


@click.command(epilog=_EPILOG)
@format_option("text", "json")
@pass_session
def doctor(session: Session, format_: str) -> int:
    """Look whether this machine has all that govkit needs."""
    looks = [look() for look in (_python, _git, _ssh_keygen, _libyaml, _pango, _subsetting, _fonts)]
    looks += list(_folder(session))
    if format_ == "json":
        say_json({"version": 1, "looks": [look._asdict() for look in looks]})
    else:
        echo([*(line for look in looks for line in _lines(look)), _sum(looks)])
    return 0 if all(look.fine for look in looks) else 3


def _lines(look: MachineCheck) -> Iterator[str]:
    sign = click.style("ok     ", fg="green") if look.fine else click.style("missing", fg="red")
    yield f"{sign}  {look.what}: {look.found}"
    if not look.fine:
        yield (f"         needed for {look.needed_for}. {look.remedy}")


def _sum(looks: list[MachineCheck]) -> str:
    missing = [look for look in looks if not look.fine]
    if not missing:
        return click.style("All is there.", fg="green")
    return f"{len(missing)} missing. Everything that does not need it works all the same."


def _python() -> MachineCheck:
    version = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    return MachineCheck("Python", fine, version, "everything", "Install Python 3.11 or newer.")


def _git() -> MachineCheck:
    from govkit.store.git_calls import version

    try:
        return MachineCheck("git", True, version(), "everything", "")
    except GovkitError as error:
        return MachineCheck("git", False, error.message, "everything", error.hint)


def _ssh_keygen() -> MachineCheck:

    found = shutil.which("ssh-keygen")
    remedy = "Run `make setup`, or: apt-get install openssh-client"
    return MachineCheck(
        "ssh-keygen",
        found is not None,
        found or "not found",
        "signing foundings, acts and releases",
        remedy,
    )


def _libyaml() -> MachineCheck:
    from govkit.source.loader import yaml_parser

    version, fine = yaml_parser()
    remedy = "Install PyYAML from a wheel: pip install --force-reinstall --only-binary :all: PyYAML"
    found = f"PyYAML {version} with{'' if fine else 'out'} libyaml"
    return MachineCheck("YAML parser", fine, found, "reading any record", remedy)


def _library(what: str, names: tuple[str, ...], needed_for: str) -> MachineCheck:

    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return MachineCheck(what, True, name, needed_for, "")
    remedy = "Run `make setup`, or: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    return MachineCheck(what, False, "not found", needed_for, remedy + "libharfbuzz-subset0")


def _pango() -> MachineCheck:
    names = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")
    return _library("Pango", names, "printing PDF")


def _subsetting() -> MachineCheck:
    names = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
    return _library("HarfBuzz subset", names, "printing PDF with the same bytes everywhere")


def _fonts() -> MachineCheck:

    fonts = sorted(
        item.name
        for item in files("govkit.rendering").joinpath("fonts").iterdir()
        if item.name.endswith(".ttf")
    )
    found = f"{len(fonts)} in the package" if fonts else "none"
    return MachineCheck("Fonts", bool(fonts), found, "printing PDF", "Install govkit again.")


def _folder(session: Session) -> Iterator[MachineCheck]:
    from govkit.store.worktree import find_root

    root = find_root(session.folder())
    if root is None:
        yield MachineCheck("Governed folder", True, "none here (`govkit init` makes one)", "", "")
        return
    yield MachineCheck("Governed folder", True, str(root), "", "")
    yield _history(root)
    yield from _forms(root)


def _forms(root: Path) -> Iterator[MachineCheck]:
    """Look whether the lists of texts in the forms of a code host are as the texts are."""
    from govkit.procedures.forms.lists import old_lists
    from govkit.workspace import open_workspace

    try:
        old = old_lists(root, open_workspace(root).corpus)
    except GovkitError as error:
        yield MachineCheck("Forms", False, error.message, "choosing a text", error.hint)
        return
    if old is None:
        return
    found = f"{number_of(len(old), 'list')} of texts not up to date" if old else "as the texts are"
    yield MachineCheck("Forms", not old, found, "choosing a text", "Run `govkit form lists`.")


def _history(root: Path) -> MachineCheck:
    from govkit.store.commit_names import require_whole
    from govkit.store.git_calls import BEGIN_HISTORY
    from govkit.store.repository import is_repository, is_shallow

    try:
        if not is_repository(root):
            remedy = BEGIN_HISTORY
            return MachineCheck("Repository", False, "none", "comparing with earlier texts", remedy)
        if is_shallow(root):
            remedy = "Run `git fetch --unshallow`; in CI set `fetch-depth: 0`."
            return MachineCheck("History", False, "cut short", "`check --since`", remedy)
        require_whole(root)
    except GovkitError as error:
        return MachineCheck("History", False, error.message, "what looks at the past", error.hint)
    return MachineCheck("Repository", True, "whole history", "", "")
