"""A newcomer's file with several mistakes: each is told, on its line, and nothing beside them."""

from __future__ import annotations

import ast
import datetime
from pathlib import Path

import pytest

from govkit.checks.again import checked
from govkit.checks.run import findings_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.findings import Finding
from govkit.source.places import with_places
from govkit.workspace import read_documents

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests/rules/_base"
FILES = {str(path.relative_to(BASE)): path.read_bytes() for path in BASE.rglob("*.yaml")}
TODAY = datetime.date(2026, 5, 1)
D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
D2 = "provisions/due-process/EXA-DUE-02-complaint.yaml"
TERM = "registers/terms/user.yaml"

Mistake = tuple[str, str, str]
"""Words of the file, the words in their place, and the rules that speak of the line these begin."""

VAGUE = (" give the reasons for", " promptly give the reasons for", "vague-time")
BOTH = ("where the law forbids it", "where the law and/or a court forbids it", "and-or")
NO_TEXT = ("to: EXP-01", "to: EXP-09", "unknown-reference")
NO_TERM = (
    "restriction with the notice",
    "[limit](term:limit) with the notice",
    "unknown-reference",
)
NO_BLANK = ("{notice_days}\n", "{notic_days}\n", "undeclared-parameter")
WORD = ("force: must\n", "force: shal\n", "unknown-word")
KEY = ("category: procedural", "categry: procedural", "unknown-key")
ODD_KEY = ("    meaning: time", "    colour: red\n    meaning: time", "unknown-key")
NUMBER = ("minimum: 7", "minimum: seven", "wrong-type")
COLON = ("title: Notice before", "title: Notice: before", "yaml-syntax")
TWICE = ("status: draft\n", "status: draft\nrights: [due-process]\n", "")

CASES: dict[str, tuple[str, tuple[Mistake, ...]]] = {
    "a word of force, a key, and words": (D1, (WORD, KEY, VAGUE, BOTH, NO_TEXT)),
    "a key missing in a clause": (
        D1,
        (("  - id: b\n    force: must\n", "  - id: b\n", "missing-key"), VAGUE, NO_TEXT),
    ),
    "a key missing in the file": (
        D1,
        (("title: Notice before a restriction\n", "", "missing-key:1"), BOTH, NO_TERM),
    ),
    "the id of a clause misspelt": (
        D1,
        (("  - id: b", "  - idd: b", "unknown-key:20"), VAGUE, BOTH),
    ),
    "the words of a clause under a key misspelt": (
        D1,
        (("    text: The platform must", "    txt: The platform must", "unknown-key"), VAGUE),
    ),
    "a list in place of words": (
        D1,
        (("      - where the law forbids it", "      - [where]", "wrong-type"), VAGUE, KEY),
    ),
    "a clause that is no group of keys": (
        D1,
        (("    meaning: time", "    linked: x\n    meaning: time", "wrong-type"), VAGUE, BOTH),
    ),
    "numbers and keys of a blank": (D1, (NUMBER, ODD_KEY, VAGUE, NO_TEXT)),
    "a blank that is not there": (D1, (NO_BLANK, WORD, BOTH)),
    "a blank whose kind is not known": (
        D1,
        (("    type: days", "    type: fortnights", "unknown-word"), VAGUE, KEY),
    ),
    "a blank that is not there, beside one whose kind is not known": (
        D1,
        (NO_BLANK, ("    type: days", "    type: fortnights", "unknown-word"), BOTH),
    ),
    "a blank whose name is no name": (
        D1,
        (("  notice_days:", "  notice days:", "wrong-value"), BOTH),
    ),
    "a blank whose key is misspelt": (
        D1,
        (("    type: days", "    typ: days", "unknown-key"), VAGUE, NO_TEXT),
    ),
    "a colon in a title": (D1, (COLON, VAGUE, BOTH, NO_TEXT, KEY)),
    "two colons in two values": (
        D1,
        (COLON, ("meaning: time", "meaning: the time: days", "yaml-syntax"), VAGUE, NO_TERM),
    ),
    "a tab": (
        D1,
        (("    addressee: platform\n    beneficiary: user\n    text: >-", "\taddressee: platform\n"
          "    beneficiary: user\n    text: >-", "yaml-syntax"), VAGUE, NO_TEXT),
    ),
    "a quotation mark not closed": (
        D1,
        (("title: Notice", 'title: "Notice', "yaml-syntax"), BOTH, VAGUE, KEY),
    ),
    "a bracket not closed": (D1, (("[due-process]", "[due-process", "yaml-syntax"), WORD, VAGUE)),
    "a key twice": (
        D1,
        (("status: draft", "status: draft\nstatus: trial", "duplicate-key:5"), KEY, VAGUE, NO_TEXT),
    ),
    "a sign that nobody sees": (
        D1,
        (("before a restriction", "before\u200b a restriction", "hidden-character"), BOTH, KEY),
    ),
    "an accent apart": (
        D1,
        (("time between", "time be\u0301tween", "not-nfc"),
         VAGUE, KEY),
    ),
    "a number behind a #": (
        D1,
        (("law forbids it", "law #12 forbids it", "comment-after-text"), VAGUE, NO_TEXT, WORD),
    ),
    "a key that fell into the rationale": (
        D1,
        (("  [the provision", "  guidance: Look\n  [the provision",
                                "key-in-text"), VAGUE, BOTH),
    ),
    "a clause that fell into the rationale": (
        D1,
        (("  [the provision on complaints](ref:EXA-DUE-02(a)).", "  clauses:\n    - id: c",
          "key-in-text"), VAGUE),
    ),
    "a line that means nothing": (D1, (("status: draft", "}} : {", "yaml-syntax"), VAGUE, NO_TEXT)),
    "a mail address": (
        D1,
        (("the reasons can", "the reasons of a@example.org can", "mail-address"), KEY, VAGUE),
    ),
    "a term": (
        TERM,
        (("status: draft", "status: drafted", "unknown-word"),
         ("platform](term:platform)", "platform](term:servce)", "unknown-reference")),
    ),
    "a reference to a clause that is not there": (
        D1,
        (("ref:EXA-DUE-02(a)", "ref:EXA-DUE-02(z)", "unknown-clause"), WORD, VAGUE),
    ),
}  # fmt: skip


def corpus_with(changed: dict[str, bytes]) -> Corpus:
    return corpus_of(read_documents(sorted((FILES | changed).items())))


def found_in(changed: dict[str, bytes]) -> set[tuple[str, int, str]]:
    found: dict[str, list[Finding]] = {}
    for each in findings_of(corpus_with(changed), TODAY):
        found.setdefault(each.path, []).append(each)
    return {
        (path, each.place.line, each.rule)
        for path, several in found.items()
        for each in with_places((FILES | changed)[path], several)
        if each.place
    }


def mistaken(path: str, mistakes: tuple[Mistake, ...]) -> tuple[bytes, set[tuple[str, int, str]]]:
    """Return a file with mistakes, and what is to be told: its path, line and rule."""
    text = FILES[path].decode()
    for old, new, _ in mistakes:
        text = text.replace(old, new, 1)
    told = set()
    for _, new, rules in mistakes:
        for each in rules.split():
            rule, _, line = each.partition(":")
            at = text.count("\n", 0, text.index(new)) + 1
            told.add((path, int(line or at), rule))
    return text.encode(), told


@pytest.mark.parametrize("name", CASES)
def test_each_mistake_is_told_on_its_line_and_nothing_else(name: str) -> None:
    path, mistakes = CASES[name]
    data, told = mistaken(path, mistakes)
    assert found_in({path: data}) == told


def test_two_faulty_files_that_name_each_other() -> None:
    first, told = mistaken(D1, (WORD, VAGUE))
    second, more = mistaken(
        D2, (("title:", "titel:", "unknown-key"), ("  - id: a", "  - id: (a", "wrong-value"))
    )
    assert found_in({D1: first, D2: second}) == told | more


def test_what_editors_let_stand_is_not_told() -> None:
    entry = (
        "suppress:\n  - {rule: vague-time, reason: As the law says., by: example-society, "
        "until: 2026-12-31}\n"
    )
    data, told = mistaken(D1, (WORD, VAGUE, ("rationale: |", f"{entry}rationale: |", "")))
    assert found_in({D1: data}) == {each for each in told if each[2] != "vague-time"}


def test_a_check_gone_on_from_tells_the_same() -> None:
    last = checked(corpus_with({}), TODAY)
    for path, mistakes in CASES.values():
        corpus = corpus_with({path: mistaken(path, mistakes)[0]})
        last = checked(corpus, TODAY, last)
        assert set(last.findings) == set(findings_of(corpus, TODAY))


def test_only_the_checks_look_into_a_file_that_is_no_record() -> None:
    """What is read so was never written: nothing digests, counts, prints or releases it."""
    rooms = set()
    for path in (ROOT / "govkit").rglob("*.py"):
        tree = ast.walk(ast.parse(path.read_text()))
        imported = {
            each.module for each in tree if isinstance(each, ast.ImportFrom) and each.module
        }
        if any(each.startswith("govkit.source.legible") for each in imported):
            rooms.add(path.relative_to(ROOT / "govkit").as_posix())
    assert {each for each in rooms if not each.startswith("source/legible/")} == {
        "checks/legible.py"
    }
