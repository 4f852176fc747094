"""A platform's adoption is entered in the register, from its statement and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govkit.adoption.label_check import drafted_again, edition_of, read_statement, statement_faults
from govkit.adoption.statement import statement_digest
from govkit.errors import GovkitError, WrongUse
from govkit.procedures.log.filing import write_as_one
from govkit.source.scaffolds import scalar, slug_of
from govkit.store import worktree
from govkit.store.journal import Write
from govkit.store.worktree import read_named
from govkit.workspace import Workspace
from govkit.workspace.adopted import corpus_of_edition

FOLDER = "registers/adoptions"


class FalseStatement(GovkitError):
    """A statement that says what is not so is not entered. Exit code 1."""

    exit_code = 1


def register_adoption(
    workspace: Workspace, path: Path, id: str | None, now: datetime.datetime
) -> str:
    """Write the entry of a statement, and return its path. Raises `FalseStatement`, `WrongUse`."""
    statement = read_statement(read_named(path), path.name)
    corpus, _ = corpus_of_edition(workspace, edition_of(statement))
    faults = list(statement_faults(statement, drafted_again(statement, corpus, path.name)))
    if faults:
        first = faults[0]
        raise FalseStatement(
            f"{path.name} is not true: of {first.where} it says {first.said}, and it is "
            f"{first.true}",
            f"`govkit label verify` shows all. {len(faults)} things are not so; nothing was "
            "written.",
        )
    slug = id or slug_of(str(statement["service"]))
    if not slug:
        raise WrongUse("no name of a file can be made of the service's name", "Add one with --id.")
    target = f"{FOLDER}/{slug}.yaml"
    worktree.require_free(workspace.root / target)
    write_as_one(workspace.root, [Write(target, None, entry_of(statement).encode())], now)
    return target


def entry_of(statement: dict[str, Any]) -> str:
    """Return the entry of a statement, as YAML."""
    edition = statement["edition"]
    taken: dict[str, list[str]] = {"whole": [], "adapted": [], "left-out": []}
    for each in statement["provisions"]:
        taken[each["taken"]].append(each["id"])
    rows = [
        ("title", _word(statement["service"])),
        ("operator", _word(statement["operator"])),
        ("address", _word(statement["address"])),
        ("book", _word(statement["book"]["id"])),
        ("level", _word(statement["level"])),
        ("release", _quoted(edition["release"])),
        ("commit", _quoted(edition["commit"])),
        ("statement", statement_digest(statement)),
        ("whole", _listed(taken["whole"])),
        ("adapted", _listed(taken["adapted"])),
        ("left_out", _listed(taken["left-out"])),
        ("applies_from", statement["applies_from"] or "null"),
        ("ended", "null"),
        ("note", "null"),
    ]
    head = "# yaml-language-server: $schema=../../schemas/adoption.schema.json"
    lines = [f"{key}:{'' if value.startswith(chr(10)) else ' '}{value}" for key, value in rows]
    return "\n".join([head, *lines]) + "\n"


def _word(value: str | None) -> str:
    return scalar(value) if value else "null"


def _quoted(value: str | None) -> str:
    return f'"{value}"' if value else "null"


def _listed(ids: Iterable[str]) -> str:
    lines = "".join(f"\n  - {id}" for id in ids)
    return lines or "[]"
