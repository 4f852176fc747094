"""Every command that govkit prints, in a message, a task, a help or the handbook, can be typed."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import click

from govkit.errors import GovkitError

from .conftest import Run
from .register import BY_A, A
from .test_help import EVERY, parsed

ROOT = Path(__file__).resolve().parents[2]
BLANK = "\x00"
"""Stands where a name from the record is filled in."""

TYPED = {"DAY": ("2026-03-10",), "YYYY-MM-DD": ("2026-03-10",), "WORDS": ("words",)}
"""What is typed for a word in capitals; a name from the record is one of those below."""

FILLED_IN = (
    "",
    "2026-001",
    "7",
    "example-society",
    "object",
    "2026-03-10",
    "2026-03-10T12:00:00Z",
    "provisions/1.1.0",
    "k1=2026-03-10",
    "dismisses",
    "attack",
    "law",
    "sha256:" + "0" * 64,
)
"""What a name, a number, a day or a choice may be; a blank takes one of them."""

_NAMED = re.compile(r"govkit(?!\.[a-z])")
"""More than an import of its modules: only then a module can print a command."""
_IN_TEXT = re.compile(r"`(govkit\b[^`]*)`")
_ON_A_LINE = re.compile(r"^\s*(?:Write: |\$ )?(govkit [^`]*?)$", re.MULTILINE)
_TAG_OF_A_STATEMENT = re.compile(r"statement( of an act about a proposal)? 1$")
_PLACEHOLDER = re.compile(r"[A-Z][A-Z0-9-]*[A-Z]|…|[a-z-]+(?:\|[a-z-]+)+|YYYY-MM-DD|WORDS|ID")


def literals(tree: ast.AST) -> Iterator[str]:
    """Yield each text of a module that is no docstring, with a blank for what is filled in."""
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            inside |= {id(each) for each in ast.walk(node)} - {id(node)}
            yield "".join(
                str(each.value) if isinstance(each, ast.Constant) else BLANK for each in node.values
            )
        elif isinstance(node, ast.Constant) and id(node) not in inside:
            yield from [node.value] if isinstance(node.value, str) else ()


def commands_in(text: str, page: bool = False) -> Iterator[str]:
    whole = re.sub(r"\\\n\s*", " ", text)
    on_a_line = () if page else _ON_A_LINE.findall(whole)
    for found in (*_IN_TEXT.findall(whole), *on_a_line):
        if not _TAG_OF_A_STATEMENT.search(found):
            yield re.sub(r"\s*\n\s*", " ", found)


def printed() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "govkit").rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        for text in literals(ast.parse(code)) if _NAMED.search(code) else ():
            yield from ((str(path.relative_to(ROOT)), each) for each in commands_in(text))
    pages = [*(ROOT / "docs").glob("*.md"), *(ROOT / "govkit/checks/pages").glob("*.md")]
    for path in sorted(pages):
        text = path.read_text(encoding="utf-8")
        yield from ((str(path.relative_to(ROOT)), each) for each in commands_in(text, page=True))


def words_in(line: str) -> list[str]:
    bare = re.split(r"\s{2,}| > |; ", line.strip().rstrip("."))[0]
    return shlex.split(bare)[1:]


def faults(line: str) -> str:
    """Return why a line can't be typed, whatever is filled in; empty where it can.

    In a sentence a command is named with less than it takes, as `govkit decide --apply`; what is
    there has to be right. A line with a name filled in, or a word for one, is meant to be typed.
    """
    words = words_in(line.replace("{}", "escalation"))
    named = next(n for n in range(len(words), -1, -1) if " ".join(["govkit", *words[:n]]) in EVERY)
    below = EVERY[" ".join(["govkit", *words[:named]])].command
    if named == len(words) or (isinstance(below, click.Group) and words[named] in ("…", BLANK)):
        return ""
    blanks = [
        each
        for each in range(named, len(words))
        if BLANK in words[each] or _PLACEHOLDER.fullmatch(words[each].rpartition("=")[2])
    ]
    is_named = not blanks or "…" in line
    fault = "?"
    choices = [TYPED.get(words[each], FILLED_IN) for each in blanks]
    for values in islice(product(*choices), 3000):
        filled = [*words]
        for place, value in zip(blanks, values, strict=True):
            filled[place] = words[place].replace(BLANK, value) if BLANK in words[place] else value
        try:
            parsed([each for each in filled if each])
        except click.exceptions.Exit:
            return ""
        except GovkitError as wrong:
            fault = wrong.message
        except click.ClickException as wrong:
            fault = wrong.format_message()
            lacks = isinstance(wrong, click.MissingParameter) or "requires an argument" in fault
            if is_named and lacks:
                return ""
        else:
            return ""
    return fault


def test_every_command_that_is_printed_can_be_typed() -> None:
    found = sorted(set(printed()))
    assert len(found) > 1000
    assert [f"{place}: {line!r}: {why}" for place, line in found if (why := faults(line))] == []


def test_every_command_that_today_gives_can_be_typed(govkit: Run, founded: Path) -> None:
    """With the names of this record filled in, before and after each of its dates passed."""
    promised = ("--inputs-by", "2026-03-10", "--promise", "draft=2026-03-15")
    for words in (
        ("call", "open", "--title", "T", "--asks", "Q", *promised),
        ("comment", "add", "--member", A, "--text", "Too long."),
        ("consent", A, "2026-001", "object"),
    ):
        assert govkit(founded, *words, *BY_A).returncode == 0
    seen = set()
    for day in ("2026-03-02", "2026-03-20", "2026-06-01"):
        line = ("today", "--days", "400", "--format", "json", "--now", f"{day}T13:00:00Z")
        seen |= {each["command"] for each in json.loads(govkit(founded, *line).stdout)["tasks"]}
    assert len(seen) > 5
    assert [(line, why) for line in sorted(seen) if (why := faults(line))] == []
