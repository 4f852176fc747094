"""Letters of clauses and items: the words of links, plain words, and lists in which items moved."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from govkit.workspace import open_workspace
from tests.command import started
from tests.rules.conftest import TODAY, git, lay

COMPLAINT = "provisions/due-process/EXA-DUE-02-complaint.yaml"
HEARING = "provisions/principles/EXP-01-fair-hearing.yaml"
FIGURES = "recommendations/EXR-01-published-figures.yaml"
NO_FEE = "The platform must not ask a fee for a complaint"
LIST = "(a) to know the reasons;\n      (b) to be heard."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay(tmp_path / "coalition")
    return tmp_path / "coalition"


def change(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def found(folder: Path, rule: str, since: str | None = None) -> list[str]:
    findings = open_workspace(folder).check(TODAY, since).findings
    return [each.message for each in findings if each.rule == rule]


def with_words(folder: Path, words: str, rule: str) -> list[str]:
    change(folder, COMPLAINT, f"text: {NO_FEE}", f'text: "{NO_FEE} {words}"  #')
    text = (folder / COMPLAINT).read_text(encoding="utf-8")
    (folder / COMPLAINT).write_text(text.replace('"  #.', '."'), encoding="utf-8")
    return found(folder, rule)


@pytest.mark.parametrize(
    "link",
    [
        "[clause (a)](ref:EXA-DUE-01(a))",
        "[clause a](ref:EXA-DUE-01(a))",
        "[(a)](ref:EXA-DUE-01(a))",
        "[EXA-DUE-01(a)](ref:EXA-DUE-01(a))",
        "[item (b)](ref:EXP-01(a)(b))",
        "[(b)](ref:EXP-01(a)(b))",
        "[(a)(b)](ref:EXP-01(a)(b))",
        "[item (b) of clause (a)](ref:EXP-01(a)(b))",
        "[paragraph (p1)](ref:INS-provisions(p1))",
        "[clauses (a) and (b)](ref:EXA-DUE-01)",
        "[clauses (a) to (c)](ref:EXA-DUE-01(a))",
        "[the notice (in writing)](ref:EXA-DUE-01(a))",
        "[clause(s) on notice](ref:EXA-DUE-01(a))",
        "[a clause](ref:EXA-DUE-01(b))",
        "[the reasons](ref:EXA-DUE-01(b))",
        "[Fair hearing](ref:EXP-01)",
        "[a fair hearing](ref:EXA-DUE-01)",
    ],
)
def test_words_that_name_their_target(link: str, folder: Path) -> None:
    assert with_words(folder, f"under {link}", "label-against-target") == []


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("[clause (b)](ref:EXA-DUE-01(a))", "clause (b)"),
        ("[clause b](ref:EXA-DUE-01(a))", "clause (b)"),
        ("[Clause (b)](ref:EXA-DUE-01)", "clause (b)"),
        ("[(b)](ref:EXA-DUE-01(a))", "(b)"),
        ("[(a)](ref:EXP-01(a)(b))", "(a)"),
        ("[item (a)](ref:EXP-01(a)(b))", "item (a)"),
        ("[clause (b)](ref:EXP-01(a)(b))", "clause (b)"),
        ("[EXR-01](ref:EXA-DUE-01)", "EXR-01"),
        ("[as EXR-01 says](ref:EXA-DUE-01)", "EXR-01"),
        ("[EXA-DUE-01(b)](ref:EXA-DUE-01(a))", "clause (b)"),
        ("[EXP-01](term:user)", "EXP-01"),
        ("[exr-01](ref:EXA-DUE-01)", "EXR-01"),
        ("[EXR 01](ref:EXA-DUE-01)", "EXR-01"),
        ('[the provision \\"Fair hearing\\"](ref:EXA-DUE-01)', "EXP-01"),
        ("[Fair hearing](ref:EXA-DUE-01)", "EXP-01"),
        ("[Fair hearing](ref:EXA-DUE-01(a))", "EXP-01"),
        ("[clauses (a) and (b)](ref:EXA-DUE-01(a))", "clauses (a) and (b)"),
        ("[users](term:restriction)", "the term user"),
    ],
)
def test_words_that_name_something_else(link: str, named: str, folder: Path) -> None:
    [message] = with_words(folder, f"under {link}", "label-against-target")
    assert message.startswith(f"these words name {named}, and the link leads to ")


@pytest.mark.parametrize(
    "words",
    [
        "under clause (a)",
        "under clauses (a) and (b)",
        "in a clause a user reads",
        "under clause (z) of the Directive",
        "under item (z) of clause (a) of the Directive",
        "under Article 6(1), paragraph (z)",
        "under section 4 and paragraph (z)",
        "under [clause (a)](ref:EXA-DUE-01(a))",
        "for a clause (as it stands)",
    ],
)
def test_letters_that_are_there_or_of_another_text(words: str, folder: Path) -> None:
    assert with_words(folder, words, "no-such-clause") == []


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("under clause (z)", "clause (z)"),
        ("under clause (z) of this provision", "clause (z)"),
        ("under paragraph (b)(ii)", "paragraph (b)(ii)"),
        ("under Item (c)", "item (c)"),
        ("under clauses (a) and (z)", "clause (z)"),
        ("under clauses (a) to (z)", "clause (z)"),
        ("under clause z", "clause (z)"),
        ("under point (z)", "point (z)"),
        ("under item (z) of clause (a)", "item (a)(z)"),
        ("under item (b) of clause (z)", "clause (z)"),
    ],
)
def test_letters_that_are_not_there(words: str, missing: str, folder: Path) -> None:
    assert with_words(folder, words, "no-such-clause") == [f"this text has no {missing}"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("as EXP-01 says", "EXP-01"),
        ("as EXP-01 (Fair hearing) says", "EXP-01"),
        ("as EXP-01(z) says", "EXP-01(z)"),
        ("as clause (z) of EXP-01 says", "EXP-01(z)"),
        ("as item (ii) of clause (z) of EXP-01 says", "EXP-01(z)(ii)"),
    ],
)
def test_letters_beside_a_plain_id_go_into_its_link(words: str, place: str, folder: Path) -> None:
    assert with_words(folder, words, "no-such-clause") == []
    findings = open_workspace(folder).check(TODAY).findings
    helps = [each.help for each in findings if each.rule == "plain-mention"]
    assert f"Write [words](ref:{place})." in helps


@pytest.mark.parametrize(
    ("notes", "missing"),
    [
        ("guidance: See clause (z) first.", ["clause (z)"]),
        ("guidance: See item (z) first.", ["item (z)"]),
        ("rationale: See paragraph (z) and point 4(z) first.", []),  # they are of a law, most often
        ("guidance: See item (z) of the form.", []),
        ("no_binding_source: Clause (z) has none.", ["clause (z)"]),
        ("balancing: [{between: [due-process, privacy], test: as in clause (z)}]", ["clause (z)"]),
    ],
)
def test_letters_in_notes(notes: str, missing: list[str], folder: Path) -> None:
    change(folder, COMPLAINT, "relations:\n", f"{notes}\nrelations:\n")
    said = [f"this text has no {each}" for each in missing]
    assert found(folder, "no-such-clause") == said


def test_a_letter_in_the_meaning_of_a_parameter(folder: Path) -> None:
    change(folder, COMPLAINT, "time to decide a complaint", "time to decide under clause (z)")
    assert found(folder, "no-such-clause") == ["this text has no clause (z)"]


# --- what moved -----------------------------------------------------------------------------------


@pytest.fixture
def repository(folder: Path) -> Path:
    """A recommendation that refers to the second item of a principle, committed."""
    link = "[the right to be heard](ref:EXP-01(a)(b))"
    change(folder, FIGURES, "[the provision on notice](ref:EXA-DUE-01)", link)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "start")
    return folder


def now_with(folder: Path, *items: str) -> list[str]:
    lines = "\n      ".join(
        f"({label}) {words}" for label, words in zip("abcdef", items, strict=False)
    )
    change(folder, HEARING, LIST, lines)
    return found(folder, "moved-item", "HEAD")


def test_an_item_put_in_front_moves_the_others(repository: Path) -> None:
    assert now_with(repository, "to be told;", "to know the reasons;", "to be heard.") == [
        "EXP-01(a)(b) was `to be heard.`, and is `to know the reasons;` now"
    ]
    [finding] = [
        each
        for each in open_workspace(repository).check(TODAY, "HEAD").findings
        if each.rule == "moved-item"
    ]
    assert (finding.path, finding.expected) == (FIGURES, "EXP-01(a)(c)")


def test_the_diff_says_so_too_and_reads_the_record_that_refers_there(repository: Path) -> None:
    now_with(repository, "to be told;", "to know the reasons;", "to be heard.")
    for words in ((), ("EXP-01",), ("EXR-01",)):
        done = started(
            [sys.executable, "-m", "govkit", "diff", "HEAD", *words],
            cwd=repository,
            capture_output=True,
            text=True,
        )
        assert "References that mean other words now:" in done.stdout
        assert f"{FIGURES}: EXP-01(a)(b) was `to be heard.`" in " ".join(done.stdout.split())
    done = started(
        [sys.executable, "-m", "govkit", "diff", "HEAD", "--format", "json"],
        cwd=repository,
        capture_output=True,
        text=True,
    )
    [moved] = json.loads(done.stdout)["moved_items"]
    assert (moved["path"], moved["expected"]) == (FIGURES, "EXP-01(a)(c)")


def test_an_item_taken_out_moves_those_after_it(repository: Path) -> None:
    """The words at the place are another item's, and the old ones are gone."""
    change(repository, HEARING, LIST, LIST.replace("heard.", "heard;\n      (c) to appeal."))
    git(repository, "commit", "-q", "-a", "-m", "three items")
    change(repository, HEARING, "(b) to be heard;\n      (c) to appeal.", "(b) to appeal.")
    assert found(repository, "moved-item", "HEAD") == [
        "EXP-01(a)(b) was `to be heard;`, and is `to appeal.` now"
    ]


@pytest.mark.parametrize(
    "items",
    [
        ("to know the reasons;", "to be heard by a person."),
        ("to know all the reasons;", "to be heard."),
        ("to know the reasons;", "to be heard.", "to appeal."),
    ],
)
def test_an_edit_in_its_place_and_an_item_at_the_end_move_nothing(
    items: tuple[str, ...], repository: Path
) -> None:
    assert now_with(repository, *items) == []


def test_other_words_altogether_are_another_item(repository: Path) -> None:
    assert len(now_with(repository, "to know the reasons;", "no fee is due.")) == 1


def test_one_not_more_is_another_item(repository: Path) -> None:
    assert len(now_with(repository, "to know the reasons;", "**not** to be heard.")) == 1


def test_two_items_that_change_places_stand_where_the_other_stood(repository: Path) -> None:
    now_with(repository, "to be heard;", "to know the reasons.")
    findings = open_workspace(repository).check(TODAY, "HEAD").findings
    [finding] = [each for each in findings if each.rule == "moved-item"]
    assert finding.expected == "EXP-01(a)(a)"


def test_only_a_comma_for_a_full_stop_moves_nothing(repository: Path) -> None:
    assert now_with(repository, "to know the reasons, and", "to be heard;", "to appeal.") == []


def test_a_plain_item_of_a_linked_clause_is_held_too(repository: Path) -> None:
    change(
        repository,
        FIGURES,
        "[the right to be heard](ref:EXP-01(a)(b))",
        "item (b) of [the principle](ref:EXP-01(a))",
    )
    git(repository, "commit", "-q", "-a", "-m", "a plain item")
    assert now_with(repository, "to be told;", "to know the reasons;", "to be heard.") == [
        "EXP-01(a)(b) was `to be heard.`, and is `to know the reasons;` now"
    ]


def test_a_reference_that_went_along_is_no_finding(repository: Path) -> None:
    change(repository, FIGURES, "(ref:EXP-01(a)(b))", "(ref:EXP-01(a)(c))")
    assert now_with(repository, "to be told;", "to know the reasons;", "to be heard.") == []


def test_one_that_was_written_anew_is_no_finding(repository: Path) -> None:
    change(repository, FIGURES, "[the right to be heard]", "[the right to know the reasons]")
    assert now_with(repository, "to be told;", "to know the reasons;", "to be heard.") == []


def test_a_plain_letter_of_an_item_is_held_too(repository: Path) -> None:
    change(repository, HEARING, LIST, LIST + "\n\n      Item (b) comes first.")
    git(repository, "commit", "-q", "-a", "-m", "a plain letter")
    found_now = now_with(repository, "to be told;", "to know the reasons;", "to be heard.")
    assert len(found_now) == 2


def test_an_adopted_text_that_refers_there_stops_a_release_alone(repository: Path) -> None:
    change(repository, FIGURES, "status: draft", "status: adopted")
    git(repository, "commit", "-q", "-a", "-m", "adopted")
    now_with(repository, "to be told;", "to know the reasons;", "to be heard.")
    [finding] = [
        each
        for each in open_workspace(repository).check(TODAY, "HEAD").findings
        if each.rule == "moved-item"
    ]
    assert finding.stops == "release"
