"""Notes: computed from both states, what weakens protection first, and nothing left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govkit.corpus.changes.values import NO_DIRECTION, Change, ClauseChange, Direction
from govkit.corpus.whole import Corpus
from govkit.records.releases import Manifest, ReleasedUnit
from govkit.release.changes import changes_of_book
from govkit.release.notes import history_of, lead_of
from govkit.release.release import Release
from govkit.rendering.release.notes_data import notes_data
from tests.consent.building import words
from tests.release.decided import corpus_at, made, release_of

BASE = Path(__file__).parents[1] / "rules" / "_base"
NOTICE = "provisions/due-process/EXA-DUE-01-notice.yaml"
COMPLAINT = "provisions/due-process/EXA-DUE-02-complaint.yaml"
EXPORT = "provisions/privacy/EXA-PRV-01-export.yaml"
BOOK = "provisions/instrument.yaml"
TERM = "registers/terms/restriction.yaml"
POLICY = "recommendations/EXR-01-published-figures.yaml"


def after(*edits: tuple[str, str, str]) -> Corpus:
    """The base coalition with some words replaced: path, old words, new words."""
    files: dict[str, str] = {}
    for path, old, new in edits:
        text = files.get(path) or (BASE / path).read_text()
        assert old in text, (path, old)
        files[path] = text.replace(old, new, 1)
    return corpus_at(files)


def release(*edits: tuple[str, str, str], **more: str) -> Release:
    return release_of(
        after(*edits),
        {},
        "2.0.0",
        adopted_by=None,
        previous=corpus_at({}),
        compared_with="1.0.0",
        **more,
    )


def notes(*edits: tuple[str, str, str], **more: str) -> str:
    return made(release(*edits, **more))["notes.md"].decode()


FORCE = (NOTICE, "id: b\n    force: must", "id: b\n    force: should")
WORDS = (EXPORT, "The platform", "Every platform")


def test_what_weakens_protection_comes_first_then_the_others_in_their_order() -> None:
    page = notes(
        FORCE,  # weaker
        (COMPLAINT, "default: 10", "default: 5"),  # scope, and a shorter time protects
        (BOOK, "fair terms", "the fair terms"),  # clarifying
        (TERM, "definition: ", "definition: Any "),
    )
    heads = [line for line in page.split("\n") if line.startswith(("## ", "### "))]
    assert heads[:10] == [
        "## Contents",
        "## At a glance",
        "## How to read the redlines",
        "## Weakens the protection of users",
        "### EXA-DUE-01 Notice before a restriction",
        "## Whom and what texts cover",
        "### EXA-DUE-02 Free complaint",
        "## Definitions",
        "### Term restriction",
        "## Clarifications",
    ]
    assert "- Clause (b): its force went from MUST to SHOULD." in page
    assert "- The default of the blank answer\\_days went from 10 to 5." in page
    assert "Rests on it: EXA-DUE-01, EXA-DUE-02" in page
    for row in (
        "| Definition (class 7) | – | – | 1 | – | 1 |",
        "| Scope (class 6) | – | 1 | – | – | 1 |",
        "| Force (class 5) | 1 | – | – | – | 1 |",
        "| Clarifying (class 3) | – | – | – | 1 | 1 |",
    ):
        assert row in page


def change(*ways: Direction, class_: int = 6, whole: Direction = NO_DIRECTION) -> Change:
    clauses = tuple(
        ClauseChange(str(at), class_, "old", "new", direction=way) for at, way in enumerate(ways)
    )
    return Change(
        "EXA-DUE-01",
        "provision",
        "Notice",
        class_,
        class_,
        None,
        "major",
        whole,
        "re-check",
        (),
        clauses,
    )


WEAKER, STRONGER = Direction("looser", "weaker"), Direction("tighter", "stronger")
UNCLEAR = Direction("unclear", "unclear")


@pytest.mark.parametrize(
    ("of", "lead"),
    [
        (change(class_=5), "force"),
        (change(class_=6), "scope"),
        (change(class_=7), "definitions"),
        (change(class_=8), "additions"),
        (change(class_=4), "additions"),
        (change(class_=3), "clarifications"),
        (change(class_=2), "arrangement"),
        (change(class_=1), "editorial"),
        (change(whole=WEAKER), "weakens"),
        (change(STRONGER, whole=STRONGER), "scope"),
        # The whole is not clear, and one part of it takes protection away: that is not hidden.
        (change(STRONGER, WEAKER, whole=UNCLEAR), "weakens"),
        (change(STRONGER, UNCLEAR, whole=UNCLEAR), "scope"),
    ],
)
def test_where_a_change_is_put(of: Change, lead: str) -> None:
    assert lead_of(of) == lead


def test_one_weaker_part_beside_a_stronger_one_leads_the_notes() -> None:
    page = notes(FORCE, (NOTICE, "    exceptions:\n      - where the law forbids it\n", ""))
    assert "## Weakens the protection of users" in page
    assert "protects users more in one part and less in another" in page
    assert "- Clause (a): its exception is taken out." in page


def test_every_change_of_the_book_has_one_note_and_no_other_has_any() -> None:
    edits = (
        FORCE,
        WORDS,
        (COMPLAINT, "default: 10", "default: 20"),
        (POLICY, "title: ", "title: New "),
    )
    made_of = release(*edits)
    data = json.loads(notes_data(made_of))
    changes = changes_of_book(corpus_at({}), made_of.corpus, "INS-provisions").changes
    told = [(each["kind"], each["id"]) for each in data["changes"]]
    assert sorted(told) == sorted((each.kind, each.id) for each in changes)
    assert len(told) == 3  # the recommendation is of another book
    assert "EXR-01" not in made(made_of)["notes.md"].decode()
    assert [row["all"] for row in data["summary"]] == [1, 1, 1]


def test_a_first_release_says_so_and_lists_what_is_in_it() -> None:
    page = made(release_of(corpus_at({}), {}, adopted_by=None))["notes.md"].decode()
    assert "This is the first release of this book" in page
    assert "| `EXA-PRV-01` | Export of data | None; nobody has adopted these words |" in page
    assert "At a glance" not in page
    assert "redline.md" not in made(release_of(corpus_at({}), {}))


def test_nothing_changed_is_said() -> None:
    assert "No text of this book differs from the earlier release." in notes()


def test_a_foreword_stands_before_the_notes_and_takes_nothing_away() -> None:
    with_it = notes(FORCE, foreword="# Thanks\n\nTo *all*. <b>Modified: none.</b>")
    assert "## Foreword" in with_it
    assert "To *all*." in with_it
    assert "<b>" not in with_it
    assert with_it.index("## Foreword") < with_it.index("## At a glance")
    without = notes(FORCE)
    assert with_it.endswith(without[without.index('<a id="glance">') :])


def test_long_changes_stand_in_the_redline_and_short_ones_in_the_notes() -> None:
    short = made(release(FORCE, WORDS))
    assert "<del>\\[-The-\\]</del> <ins>\\[+Every+\\]</ins>" in short["notes.md"].decode()
    long = " ".join(f"word{number}" for number in range(300))
    both = made(release((EXPORT, "The platform must", f"The platform, {long}, must")))
    notes_page, redline = both["notes.md"].decode(), both["redline.md"].decode()
    assert "The words in full stand in the redline of this release, under EXA-PRV-01." in notes_page
    assert "word299" not in notes_page
    assert "word299" in redline
    # The redline prints both digests and says that the texts prevail.
    before, now = (
        c.digests.of(c.find(("provision",), "EXA-PRV-01"))  # type: ignore[arg-type]
        for c in (corpus_at({}), both_corpus(long))
    )
    assert f"Digest before: `{before}`" in redline
    assert f"Digest after: `{now}`" in redline
    assert "the texts with the digests that are printed here prevail" in redline


def both_corpus(long: str) -> Corpus:
    return after((EXPORT, "The platform must", f"The platform, {long}, must"))


def test_rules_of_the_coalition_that_differ_are_named() -> None:
    page = notes(FORCE, ("governance/charter.yaml", "threshold: 2", "threshold: 3"))
    head, _, rest = page.partition("## Rules of the coalition that differ")
    assert "- `governance/charter.yaml`" in rest
    assert "governance/charter.yaml" not in head


# --- the texts through the releases ---------------------------------------------------------------


def manifest(version: str, day: str, **units: str) -> Manifest:
    return Manifest.model_validate(
        {
            "instrument": "INS-provisions",
            "version": version,
            "state": "candidate",
            "title": "Book",
            "dated": day,
            "tree": "0" * 40,
            "records": 1,
            "merkle_root": words("root"),
            "threshold": 2,
            "units": [
                ReleasedUnit(id=id.replace("_", "-"), digest=words(said))
                for id, said in units.items()
            ],
        }
    )


def test_every_version_of_every_text() -> None:
    manifests = (
        manifest("1.0.0", "2026-01-01", EXA_DUE_01="one", EXA_DUE_02="two"),
        manifest("1.1.0", "2026-02-01", EXA_DUE_01="one", EXA_DUE_02="two, changed"),
        manifest("2.0.0", "2026-03-01", EXA_DUE_02="two, changed", EXA_DUE_03="three"),
        manifest("3.0.0", "2026-04-01", EXA_DUE_01="one", EXA_DUE_02="two"),
    )
    found = [(each.id, each.version, each.what) for each in history_of(manifests, corpus_at({}))]
    assert found == [
        ("EXA-DUE-01", "1.0.0", "new"),
        ("EXA-DUE-01", "2.0.0", "gone"),
        ("EXA-DUE-01", "3.0.0", "new"),
        ("EXA-DUE-02", "1.0.0", "new"),
        ("EXA-DUE-02", "1.1.0", "changed"),
        ("EXA-DUE-02", "3.0.0", "changed"),
        ("EXA-DUE-03", "2.0.0", "new"),
        ("EXA-DUE-03", "3.0.0", "gone"),
    ]


def test_the_document_of_the_format_names_every_key() -> None:
    documented = (Path(__file__).parents[2] / "docs/json.md").read_text(encoding="utf-8")
    section = documented.partition("# What `govkit release notes`")[2]
    made_of = release(FORCE, WORDS)
    for data in (json.loads(notes_data(made_of)), json.loads(made(made_of)["consent.json"])):
        assert [key for key in keys_of(data) if f"`{key}`" not in section] == []


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys_of(each)}
    if isinstance(value, list):
        return {key for each in value for key in keys_of(each)}
    return set()


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (FORCE, "Clause (b): its force went from MUST to SHOULD."),
        (
            (NOTICE, "default: 14", "default: 21"),
            "The default of the blank notice_days went from 14 to 21.",
        ),
        (
            (NOTICE, "    maximum: 30\n", ""),
            "The maximum of the blank notice_days went from 30 to nothing.",
        ),
        (
            (
                COMPLAINT,
                "id: b\n    force: must-not\n    addressee: platform\n    beneficiary: user\n"
                "    text: The platform must not ask a fee for a complaint.",
                "id: b\n    withdrawn: {reason: Elsewhere, on: 2026-05-01, decision: 2026-003}",
            ),
            "Clause (b) was taken out.",
        ),
        (
            (COMPLAINT, "a fee", "any fee"),
            "Clause (b): its words changed; among them “any” was put in.",
        ),
        ((NOTICE, "sizes: [large]", "sizes: [large, small]"), "Whom and what it covers changed."),
        (
            (NOTICE, "addressee: platform", "addressee: user"),
            "Clause (a): whom it binds went from platform to user.",
        ),
        (
            (
                NOTICE,
                "      - where the law forbids it",
                "      - where the law forbids it\n      - where a court forbids it",
            ),
            "Clause (a): it has 2 exceptions now, and had 1.",
        ),
        (
            (NOTICE, "title: Notice before a restriction", "title: Early notice"),
            "Its title changed.",
        ),
        (
            (
                NOTICE,
                "status: draft",
                "status: withdrawn\nwithdrawn: {reason: Nobody needs it., "
                "on: 2026-05-01, decision: 2026-003}",
            ),
            "It was withdrawn: Nobody needs it.",
        ),
        ((NOTICE, "status: draft", "status: trial"), "Its status went from draft to trial."),
        (
            (BOOK, "[EXA-DUE-01, EXA-DUE-02]", "[EXA-DUE-02, EXA-DUE-01]"),
            "The order of the book changed, or which texts stand in it.",
        ),
    ],
)
def test_a_plain_sentence_for_each_thing(edit: tuple[str, str, str], sentence: str) -> None:
    data = json.loads(notes_data(release(edit)))
    assert sentence in [each for change_ in data["changes"] for each in change_["sentences"]]


def test_addresses_in_a_foreword_stay_addresses() -> None:
    page = notes(foreword='See ["our page"](https://example.org/a?b="c") or mail a@example.org.')
    assert "(https://example.org/a?b=%22c%22)" in page
    assert "@example.org" not in page
