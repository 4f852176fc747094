"""The names of modules and classes are terms of docs/vocabulary.md, or plain words listed there."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.trees import tree_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/vocabulary.md").read_text(encoding="utf-8")
ROOMS = (
    "log",
    "round",
    "consent",
    "proposals",
    "correspondence",
    "consultation",
    "procedures",
    "release",
)
TABLES, PLAIN = PAGE.split("## Plain words\n")
ROWS = re.findall(
    r"^\| (?!term|---)([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TABLES, re.MULTILINE
)


def singular(word: str) -> str:
    """A word without the ending of its plural: policies, losses, replies, dates."""
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    if word.endswith(("sses", "xes", "uses")):
        return word.removesuffix("es")
    return word.removesuffix("s") if not word.endswith(("ss", "us", "is")) else word


def words_of(text: str) -> set[str]:
    return {singular(word) for word in re.findall(r"[a-z]+", text.lower())}


KNOWN = {word for term, *_ in ROWS for word in words_of(term)} | words_of(PLAIN.split(":", 1)[1])


def names() -> list[tuple[str, str]]:
    """Each module of the rooms, and each of its classes: where it is, and its name."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / "govkit" / room).rglob("*.py")):
            where = path.relative_to(ROOT / "govkit").with_suffix("").as_posix()
            if path.stem != "__init__":
                found.append((where, path.stem))
            tree = tree_of(path)
            found += [(where, each.name) for each in tree.body if isinstance(each, ast.ClassDef)]
    return found


def parts(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def test_each_name_is_made_of_words_of_the_page() -> None:
    strange = {
        f"{where}: {name} ({word})"
        for where, name in names()
        for word in parts(name)
        if singular(word) not in KNOWN
    }
    assert strange == set()


def test_each_plain_word_is_one_of_a_name() -> None:
    used = {singular(word) for _, name in names() for word in parts(name)}
    assert words_of(PLAIN.split(":", 1)[1]) - used == set()


def test_each_term_stands_once() -> None:
    terms = [term.strip() for cell, *_ in ROWS for term in cell.split(",")]
    assert sorted(terms) == sorted(set(terms))
    assert len(terms) > 50


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_bears_a_term_is_there(row: tuple[str, ...]) -> None:
    for place in re.findall(r"`([^`]+)`", row[3]):
        if place.startswith("governance/"):
            assert place.endswith("/")
        else:
            folder = ROOT / "govkit" / place
            assert folder.is_dir() or folder.with_suffix(".py").is_file(), place


def test_what_the_page_on_the_house_names_is_there() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    part = page.partition("## Where it is done\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (?!what|---)[^|]+ \| `([^`]+)`(?:: ([^|;]+))?", part, re.MULTILINE)
    assert len(rows) > 10
    for place, named in rows:
        path = ROOT / "govkit" / (place if "." in place else f"{place}.py")
        code = path.read_text(encoding="utf-8")
        for function in re.findall(r"`(\w+)`", named):
            assert f"\ndef {function}(" in code, f"{place}: {function}"
