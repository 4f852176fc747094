"""Bad and hostile forms: a polite answer, or none; never a wrong record, never a command run.

Each row has its name, what the host sends, and words of the answer. `LEFT` means that nobody is
answered: the issue is no form, or the event none of a form.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import git
from tests.forms.conftest import CAME, PAGE, Answered, body, event

LEFT = ""
BIDI = "\u202e"
EDITED = {"action": "edited", "changes": {"body": {"from": "before"}}}


def change(**fields: str) -> dict[str, Any]:
    return event(body("change", **fields))


def comment(account: str = "ana", **fields: str) -> dict[str, Any]:
    return event(body("comment", **fields), account)


def position(account: str = "ana", **fields: str) -> dict[str, Any]:
    return event(body("position", **fields), account)


def join(**fields: str) -> dict[str, Any]:
    return event(body("join", **fields))


def initiative(**fields: str) -> dict[str, Any]:
    return event(body("initiative", **fields))


def without(key: str, sent: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if name != key}


WHOLE = body("comment")
HOSTILE: dict[str, tuple[dict[str, Any] | bytes, str]] = {
    # The event is another one, or broken.
    "no event at all": (b"", LEFT),
    "JSON that is cut off": (b'{"issue": {', LEFT),
    "a number": (b"{}", LEFT),
    "nested ten thousand deep": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, LEFT),
    "larger than any event": (b'{"a": "' + b"x" * (1 << 20) + b'"}', LEFT),
    "a push": ({"before": "0" * 40, "after": "1" * 40, "ref": "refs/heads/main"}, LEFT),
    "a pull request": ({"action": "opened", "pull_request": {"body": WHOLE}}, LEFT),
    "a pull request that looks like an issue": (
        event(WHOLE) | {"issue": event(WHOLE)["issue"] | {"pull_request": {"url": PAGE}}},
        LEFT,
    ),
    "a remark below an issue": (event(WHOLE, comment={"body": WHOLE}), LEFT),
    "an issue that was closed": (event(WHOLE, action="closed"), LEFT),
    "an issue of which the title was edited": (event(WHOLE, action="edited"), LEFT),
    "an issue without a form": (event("Hello, I would like to join."), LEFT),
    "an issue without words": (event(None), LEFT),  # type: ignore[arg-type]
    "an address on another host": (event(WHOLE, html_url="https://evil.example/17"), LEFT),
    "an address that ends in a script": (event(WHOLE, html_url=f"{PAGE}/issues/17#<script>"), LEFT),
    "a number with a path": (event(WHOLE, number="../../17"), LEFT),
    "no account": (without("sender", event(WHOLE, user={})), LEFT),
    "an account with a line end": (event(WHOLE, "ana\nCommitter: x"), LEFT),
    "a time that is none": (event(WHOLE, created_at="yesterday"), LEFT),
    "a time without its zone": (event(WHOLE, created_at="2026-03-15T08:00:00"), LEFT),
    "half of a character": (event(WHOLE + "\ud800"), LEFT),
    "another account has edited it": (
        event(body("position"), "ana", **EDITED, sender={"login": "coordinator"}),
        "the last words in it are those of another account",
    ),
    # Headings.
    "a heading is missing": (
        event(WHOLE.replace("### Which words?\n", "")),
        "heading `Which words?` is missing",
    ),
    "a heading stands twice": (
        event(WHOLE + "\n### Your comment\n\nAnother one"),
        "stands more than once",
    ),
    "a heading forged in a field": (
        comment(comment="Fine.\n\n### For whom do you speak?\n\nother-society"),
        "stands more than once",
    ),
    "a heading forged in a fence": (
        comment(comment="```\n### Which text?\n\nEXA-DUE-02\n```"),
        "stands more than once",
    ),
    "headings in another order": (
        event(
            WHOLE.replace("### Which text?", "### X")
            .replace("### Which words?", "### Which text?")
            .replace("### X", "### Which words?")
        ),
        "stand in another order",
    ),
    "words above the first heading": (event(f"Note.\n\n{WHOLE}"), "above the first heading"),
    "a box that is not ticked": (event(WHOLE.replace("[X]", "[ ]")), "is not ticked"),
    "an answer that nobody offers": (position(stance="consent to all"), "none of its answers"),
    "two answers at once": (position(stance="We consent, We object"), "none of its answers"),
    # Signs that nobody sees, and too many of them.
    "a NUL": (comment(comment="Fine.\0"), "U+0000"),
    "a word turned round": (comment(comment=f"Fine {BIDI}txet"), "U+202E"),
    "a word turned round in a name": (join(name=f"Society {BIDI}X"), "U+202E"),
    "a sign without width in an id": (change(text="EXA-DUE\u200b-01"), "U+200B"),
    "an escape of a terminal": (comment(comment="\x1b]0;x\x07"), "U+001B"),
    "a form of a million characters": (comment(comment="x" * 400_000), "70,000 are read"),
    "a field of thirty thousand characters": (comment(comment="y " * 15_000), "20,000 are taken"),
    "a word of twenty thousand letters": (change(new="z" * 19_000), "has a word of more than"),
    "a name of many lines": (join(name="A\nstate: enrolled"), "more than one line"),
    # Paths, commands and YAML where words are asked for.
    "a path for a text": (change(text="../../.github/workflows/check.yml"), "there is no text"),
    "a file for a text": (change(text="provisions/instrument.yaml"), "there is no text"),
    "the workflow for a text": (change(text=".github/workflows/forms.yml"), "there is no text"),
    "a command for a text": (change(text="$(touch stolen)"), "there is no text"),
    "a text that does not exist": (change(text="EXA-DUE-99"), "there is no text `EXA-DUE-99`"),
    "a path for a proposal": (position(proposal="../../2026 r2"), "names no proposal"),
    "a proposal that does not exist": (position(proposal="2026-999 r1"), "names no proposal"),
    "a path for a member": (position(speaks_for="../members/ana"), "There is no member"),
    "YAML for an address": (initiative(address="https://example.org\nby: x"), "more than one line"),
    "a script for an address": (initiative(address="javascript:alert(1)"), "address"),
    "a year that is none": (initiative(year="!!python/object:os.system"), "year"),
    "a country that is none": (join(country="../"), "is no country code"),
    "a group that is none": (join(group="admins"), "has no stakeholder group"),
    "a name of signs alone": (join(name="../../.."), "no letter from a to z"),
    "a name that is taken": (join(name="Example Society (invented)"), "of that name already"),
    "a member who represents nobody": (
        join(kind="Somebody who represents an organisation"),
        "not said which member",
    ),
    "an initiative that is known": (initiative(title="Example Index"), "known already"),
    # Clauses.
    "a clause that stands nowhere": (
        change(now="It must never."),
        "do not stand in EXA-DUE-01 (a)",
    ),
    "a clause of another text": (change(now="within {answer_days} days"), "do not stand in"),
    "words that stand twice": (change(text="EXA-DUE-01", now="The platform must"), "2 times"),
    "words that stand in many texts": (change(text="", now="The platform must"), "times: EXA"),
    "the same words": (change(new="before it  begins"), "are the words that stand there"),
    "words that are no text": (change(new="before it [begins](javascript:alert(1))"), "brackets"),
    "YAML in the words": (change(new="x\nstatus: adopted\nclauses: []"), "brackets"),
    "HTML in the words": (change(new="before <script>alert(1)</script> it begins"), "mend"),
    "a term that nobody defined": (change(new="before it [begins](term:start)"), "mend"),
    "no sentence": (change(why="..."), "no sentence"),
    # Whose voice it is.
    "a position of an unknown account": (position("zoe"), "not enrolled for any member"),
    "a position of another member": (
        position("ana", speaks_for="other-society"),
        "not enrolled for other-society",
    ),
    "a position of another member, by its name": (
        position("ana", speaks_for="Other Society (invented)"),
        "not enrolled for other-society",
    ),
    "an account of two members": (position("bo"), "enrolled for several members"),
    "an account of other capitals": (position("Ana"), "not enrolled for any member"),
    "a comment in another member's name": (
        comment("zoe", speaks_for="example-society"),
        "not enrolled for example-society",
    ),
    "a member who does not exist": (position(speaks_for="Nobody"), "no member `Nobody`"),
    "a position without its revision": (position(proposal="2026-003"), "which revision"),
    "a position on older words": (position(proposal="2026-003 r1"), "its words have changed"),
    "a code of older words": (position(proposal="k7f3-9q21"), "its words have changed"),
    "a code and another revision": (position(proposal="k7f3-9q22 r1"), "names no proposal"),
    "a revision to come": (position(proposal="2026-003 r3"), "names no proposal"),
    "two proposals at once": (position(proposal="2026-003 2026-004 r2"), "names no proposal"),
    "a position before its words": (
        event(body("position"), created_at="2026-03-01T08:00:00Z"),
        "before these words were open",
    ),
    "a position to a clause": (position(texts="EXA-DUE-01(a)"), "is a clause"),
    "a position to an unknown text": (position(texts="EXA-DUE-77"), "no text `EXA-DUE-77`"),
    "a line that gives no position": (position(others="fine with us"), "no position to a single"),
    "a word that is no position": (position(others="EXA-DUE-01: yes please"), "is no position"),
    "a text with two positions": (
        position(others="EXA-DUE-01: abstain\nEXA-DUE-01: object"),
        "two positions",
    ),
    "a reservation without words": (
        position(stance="We consent, with a reservation"),
        "needs words",
    ),
    "nothing to take back": (
        position(stance="We take back what we said before"),
        "nothing to withdraw",
    ),
    "a comment on no proposal": (comment(text="EXP-01"), "no proposal about EXP-01 is open"),
    "a comment on a clause that is not there": (comment(text="EXA-DUE-01 (z)"), "no clause (z)"),
    "an empty comment": (comment(comment="\u200d"), "U+200D"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_polite_answer_and_nothing_else(name: str, answered: Answered, tmp_path: Path) -> None:
    sent, says = HOSTILE[name]
    found = answered(sent)
    assert not (tmp_path / "stolen").exists()
    if not says:
        assert found == {}
        return
    assert set(found) == {"version", "answer"}
    page = found["answer"]
    plain = page.replace("\\", "").replace("\u200b", "")
    assert says.casefold() in plain.casefold(), plain
    assert "nothing was made of it" in page
    assert len(page) < 30_000
    assert_inert(page)


def assert_inert(page: str) -> None:
    """Hold that a page runs nothing, calls nobody, and shows no picture or link of a stranger."""
    lowered = page.casefold()
    for wrong in ("<script", "<img", "<iframe", "![", "](http", "](javascript", "\0", BIDI):
        assert wrong not in lowered, page
    assert "@e" not in lowered
    assert "http://" not in lowered


def test_nothing_of_all_that_touched_the_texts(scene: Path, answered: Answered) -> None:
    answered(HOSTILE["YAML in the words"][0])
    assert git(scene, "status", "--porcelain") == ""
    assert git(scene, "branch", "--format=%(refname)") == "refs/heads/main"


ANY_WORDS = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> ![p](http://evil.example/p.png) "
    "[here](javascript:alert(1)) @everybody #1 `$(touch stolen)` ${{ secrets.TOKEN }}\n"
    "--- \nstatus: adopted\n&a *a !!python/object {x: y}\n<!-- govkit form -->"
)
KEPT = {
    "comment": ("comment", "comment"),
    "a better sentence": ("comment", "proposed"),
    "reason": ("position", "reason"),
    "note": ("initiative", "note"),
}


@pytest.mark.parametrize("where", KEPT)
def test_words_of_any_kind_are_kept_as_words_and_shown_as_words(
    where: str, answered: Answered, tmp_path: Path
) -> None:
    import yaml

    form, field = KEPT[where]
    found = answered(event(body(form, **{field: ANY_WORDS})))
    assert_inert(found["answer"])
    [(path, text)] = found["files"].items()
    record = yaml.safe_load(text)
    held = json.dumps(record, default=str)
    assert "<script>alert(1)</script>" in held
    assert "status: adopted" in held
    assert "status" not in record
    assert ".." not in path
    assert not (tmp_path / "stolen").exists()


@pytest.mark.parametrize("field", ["why", "duty_why"])
def test_a_command_in_a_sentence_stays_in_the_message(field: str, answered: Answered) -> None:
    words = "So that $(touch stolen) `x` ends.  Co-authored-by: x <x@example.org>"
    found = answered(change(**{field: words}))
    assert "\n\nForm: " in found["message"]
    assert found["message"].count("\n\n") == 2
    assert_inert(found["answer"])


def test_an_edited_form_of_its_own_author_counts_from_the_edit(answered: Answered) -> None:
    found = answered(event(body("position"), **EDITED))
    [text] = found["files"].values()
    assert "at: 2026-03-16T08:00:00Z" in text
    assert CAME not in text
