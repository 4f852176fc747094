"""Adopted words: what covers them, what does not, and what a check with --since sees of it."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govkit.checks.audit import audit
from govkit.checks.life_cycle import steps
from govkit.consent.adoption import Adoption, lead_from_to
from govkit.workspace import open_workspace
from tests.command import started
from tests.rules.conftest import TODAY, git, lay
from tests.rules.register import CHARTER, EXPORT, GENESIS, ONE, TWO, ZERO, Register, but_for_sums
from tests.seals import past_signed

STATUSES = {"draft", "trial", "adopted", "deprecated", "superseded", "withdrawn"}
IN_THE_WORDS_OF = ("at any time", "at once")


@pytest.fixture
def register(tmp_path: Path) -> Register:
    folder = tmp_path / "coalition"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    lay(folder)
    return Register(folder, "2026-001")


def commit(register: Register) -> None:
    git(register.root, "add", "-A")
    git(register.root, "commit", "-q", "-m", "a state")


def rules(register: Register, since: str | None = None) -> list[tuple[str, str]]:
    """The path and rule of each finding that stops a merge or release.

    Left out are immature terms, and the seal that comes before a push.
    """
    found = but_for_sums(open_workspace(register.root).check(TODAY, since).findings)
    left_out = ("less-mature", "log-unsealed")
    return [(each.path, each.rule) for each in found if each.stops and each.rule not in left_out]


def applied(register: Register) -> None:
    """The text on export, decided in new words and applied."""
    register.found()
    register.propose()
    register.decide(register.revision(path=EXPORT, old="at any time", new="at once", before=None))
    register.change(EXPORT, "status: draft", "status: adopted")
    register.change(EXPORT, *IN_THE_WORDS_OF)


# --- the table ------------------------------------------------------------------------------------


def test_every_status_can_be_reached_and_only_withdrawn_is_the_end() -> None:
    reached: set[str | None] = {None}
    for _ in steps():
        reached |= {each.end for each in steps() if each.begin in reached}
    assert reached == {None, *STATUSES}
    assert STATUSES - {each.begin for each in steps()} == {"withdrawn"}


def test_a_step_stands_in_the_table_once_and_needs_what_the_rules_know() -> None:
    assert len({each[:2] for each in steps()}) == len(steps())
    assert {each.needs for each in steps()} == {"nothing", "decision", "reason", "successor"}
    assert all(
        each.needs == "decision"
        for each in steps()
        if each.end == "adopted" and each.begin != "deprecated"
    )


def test_a_superseded_text_names_its_successor(register: Register) -> None:
    register.change(ONE, "status: draft", "status: adopted")
    commit(register)
    register.change(ONE, "status: adopted", "status: superseded")
    assert (ONE, "step-not-allowed") in rules(register, "HEAD")
    register.change(ONE, "status: superseded", "status: superseded\nsuperseded_by: EXA-DUE-02")
    assert (ONE, "step-not-allowed") not in rules(register, "HEAD")


def test_a_new_text_does_not_begin_on_trial(register: Register) -> None:
    commit(register)
    new = "provisions/privacy/EXA-PRV-02-more.yaml"
    text = register.text(EXPORT).replace("EXA-PRV-01", "EXA-PRV-02")
    register.write(new, text.replace("status: draft", "status: trial"))
    assert rules(register, "HEAD") == [(new, "step-not-allowed")]


# --- what covers adopted words --------------------------------------------------------------------


def test_a_decision_that_was_applied_gives_no_finding(register: Register) -> None:
    commit(register)
    applied(register)
    assert rules(register) == []
    assert rules(register, "HEAD") == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (EXPORT, "at once", "some day"),
        ("registers/terms/user.yaml", "has an account", "had an account"),
    ],
)
def test_one_other_word_is_found_in_the_text_or_in_a_term(
    path: str, old: str, new: str, register: Register
) -> None:
    applied(register)
    register.change(path, old, new)
    assert (EXPORT, "adopted-without-decision") in rules(register)


def test_a_decision_that_was_not_logged_covers_nothing(register: Register) -> None:
    applied(register)
    register.entries()[-1].unlink()
    assert (f"{register.folder}/decision.yaml", "log-broken") in rules(register)
    assert audited(register) == "no decision adopted EXA-PRV-01"


@pytest.mark.parametrize(
    ("old", "new"),
    [('"outcome": "adopted"', '"outcome": "blocked"'), ('"now"', '"provisional": true, "now"')],
)
def test_a_decision_that_was_changed_later_covers_nothing(
    old: str, new: str, register: Register
) -> None:
    applied(register)
    register.change(f"{register.folder}/decision.yaml", old, new)
    assert (f"{register.folder}/decision.yaml", "log-broken") in rules(register)
    assert audited(register) == "no decision adopted EXA-PRV-01"


def test_nothing_is_adopted_while_the_coalition_is_forming(register: Register) -> None:
    register.change(EXPORT, "status: draft", "status: adopted")
    assert (EXPORT, "adopted-without-decision") in rules(register)


def taken_over(register: Register, path: str, digest: str) -> None:
    id = path.rsplit("/", 1)[-1][:10]
    register.entry(
        "2026-01-02T12:00:00Z",
        kind="taken-over",
        taken_over=past_signed(
            register.root_fingerprint(),
            {
                "units": [{"id": id, "digest": digest}],
                "adopted_at": "First assembly",
                "adopted_on": "2019-11-25",
                "evidence": "The minutes.",
                "by": ["example-society"],
            },
        ),
    )


def test_an_entry_taken_over_stands_for_the_decision(register: Register) -> None:
    register.found()
    register.change(ONE, "status: draft", "status: adopted")
    taken_over(register, ONE, register.digest(ONE))
    assert rules(register) == []
    register.change(ONE, "the reasons", "some reasons")
    assert rules(register) == [(ONE, "adopted-without-decision")]


def test_a_text_is_taken_over_once(register: Register) -> None:
    """Else anyone who writes the log could change adopted words by a second entry."""
    register.found()
    register.change(ONE, "status: draft", "status: adopted")
    taken_over(register, ONE, register.digest(ONE))
    register.change(ONE, "the reasons", "some reasons")
    taken_over(register, ONE, register.digest(ONE))
    assert rules(register) == [(ONE, "adopted-without-decision")]


def test_an_adopted_text_is_withdrawn_by_a_decision_alone(register: Register) -> None:
    applied(register)
    tombstone = "status: withdrawn\nwithdrawn: {reason: said by a law, on: 2026-02-01}"
    register.change(EXPORT, "status: adopted", tombstone)
    assert (EXPORT, "adopted-without-decision") in rules(register)
    again = Register(register.root, "2026-002")
    again.propose()
    before = register.digest(EXPORT)
    again.decide({"id": "EXA-PRV-01", "before": before, "after": None})
    assert rules(register) == []


# --- what was decided and does not stand there ----------------------------------------------------


def two_units(register: Register) -> tuple[dict[str, Any], dict[str, Any]]:
    register.found()
    register.propose()
    one = register.revision(path=EXPORT, old="at any time", new="at once", before=None)
    two = {**one, "id": "EXA-DUE-02", "after": register.digest(TWO)}
    return one, two


def test_a_decision_applied_in_part_is_named_at_once(register: Register) -> None:
    """The time in which to apply it does not matter: decided yesterday."""
    register.decide(*two_units(register), now="2026-02-28T12:00:00Z")
    register.change(TWO, "status: draft", "status: adopted")
    found = but_for_sums(open_workspace(register.root).check(TODAY).findings)
    [finding] = [each for each in found if each.rule == "decided-not-applied"]
    assert finding.message == (
        "2026-001 was applied in part: EXA-PRV-01 does not have the decided words"
    )
    assert finding.level == "warning"


@pytest.mark.parametrize(("decided", "late"), [("2026-02-14", True), ("2026-02-20", False)])
def test_the_charter_says_how_long_applying_may_take(
    decided: str, late: bool, register: Register
) -> None:
    register.decide(*two_units(register), now=f"{decided}T12:00:00Z")
    found = [each for each in rules(register) if each[1] == "decided-not-applied"]
    assert len(found) == (2 if late else 0)


def test_a_shorter_time_in_the_charter_holds(register: Register) -> None:
    register.decide(*two_units(register), now="2026-02-20T12:00:00Z")
    register.write(CHARTER, register.text(CHARTER) + "apply_within: P7D\n")
    assert "decided-not-applied" in dict(rules(register)).values()


def test_a_decided_text_that_is_gone_stops_the_release(register: Register) -> None:
    applied(register)
    (register.root / EXPORT).unlink()
    assert (f"{register.folder}/decision.yaml", "decided-not-applied") in rules(register)


# --- with --since: what a change breaks elsewhere is found ----------------------------------------


def test_an_edit_of_an_adopted_text_gives_one_remark(register: Register) -> None:
    applied(register)
    commit(register)
    register.change(EXPORT, "at once", "some day")
    assert rules(register, "HEAD") == [(EXPORT, "adopted-text-edited")]


def test_words_go_back_by_a_decision_alone(register: Register) -> None:
    applied(register)
    commit(register)
    before = register.digest(EXPORT)
    again = Register(register.root, "2026-002")
    again.propose()
    unit = again.revision(path=EXPORT, old="at once", new="within 3 days")
    again.decide(unit)
    register.change(EXPORT, "at once", "within 3 days")
    assert rules(register, "HEAD") == []
    commit(register)
    register.change(EXPORT, "within 3 days", "at once")
    assert register.digest(EXPORT) == before
    assert (EXPORT, "adopted-text-edited") in rules(register, "HEAD")


DECISION = "governance/proposals/2026-001/decision.yaml"
BROKEN: dict[str, Callable[[Register], None]] = {
    "edited": lambda register: register.change(DECISION, '"2025-05', '"2025-04'),
    "gone": lambda register: (register.root / DECISION).unlink(),
    "not logged": lambda register: register.entries()[-1].unlink(),
    "unreadable": lambda register: register.change(DECISION, "{", "{ ["),
    "no founding": lambda register: (register.root / GENESIS).unlink(),
}


@pytest.mark.parametrize("since", [None, "HEAD"])
@pytest.mark.parametrize("how", BROKEN)
def test_a_decision_that_does_not_hold_is_said_once_and_not_at_its_texts(
    how: str, since: str | None, register: Register
) -> None:
    """Who was told to make drafts of the texts would take the adoption away."""
    applied(register)
    commit(register)
    BROKEN[how](register)
    found = errors(register, since)
    assert len(found) == 1
    assert not {(EXPORT, "adopted-without-decision"), (EXPORT, "adopted-text-edited")} & found


def test_a_text_that_nobody_decided_is_found_beside_a_broken_decision(register: Register) -> None:
    applied(register)
    register.change(DECISION, '"2025-05', '"2025-04')
    register.change(TWO, "status: draft", "status: adopted")
    assert errors(register) == {(DECISION, "log-broken"), (TWO, "adopted-without-decision")}


def test_an_entry_that_is_taken_out_is_found_at_the_next_one(register: Register) -> None:
    applied(register)
    commit(register)
    register.entries()[-2].unlink()
    assert (f"governance/log/{register.entries()[-1].name}", "log-broken") in rules(
        register, "HEAD"
    )


def test_a_copy_that_is_taken_out_is_found_at_its_revision(register: Register) -> None:
    applied(register)
    commit(register)
    (register.root / f"{register.folder}/rev-1/after/EXA-PRV-01.yaml").unlink()
    assert rules(register, "HEAD") == [(f"{register.folder}/rev-1/revision.yaml", "copy-differs")]


@pytest.mark.parametrize("decided", [False, True])
def test_a_policy_that_a_proposal_keeps_is_missed_while_it_is_open_and_later(
    decided: bool, register: Register
) -> None:
    """The policy in force has the same words, so the copy can be made again."""
    register.found()
    register.propose()
    unit = register.revision(path=EXPORT, old="at any time", new="at once", before=None)
    if decided:
        register.decide(unit, now="2026-02-20T12:00:00Z")
    (register.root / f"{register.folder}/policies/substance.yaml").unlink()
    [finding] = [
        each
        for each in but_for_sums(open_workspace(register.root).check(TODAY).findings)
        if each.rule == "copy-differs"
    ]
    assert (finding.path, finding.stops) == (f"{register.folder}/proposal.yaml", "merge")
    was, copy = "governance/policies/substance.yaml", f"{register.folder}/policies/substance.yaml"
    assert finding.help == f"Copy {was} to {copy}: it has the same words."
    register.write(copy, register.text(was))
    assert "copy-differs" not in dict(rules(register)).values()


def test_decisions_lead_from_words_to_words_one_after_the_other() -> None:
    steps = [
        Adoption("X", *pair, "2026-001", "", 0, 1)
        for pair in [(None, "a"), ("a", "b"), ("b", "c"), (ZERO, "d")]
    ]
    assert lead_from_to(steps, "a", "c")
    assert lead_from_to(steps, None, "c")
    assert not lead_from_to(steps, "c", "a")
    assert not lead_from_to(steps, "a", "d")


# --- what is adopted leaves by a decision alone ---------------------------------------------------

BOOK = "provisions/instrument.yaml"


def errors(register: Register, since: str | None = None) -> set[tuple[str, str]]:
    findings = but_for_sums(open_workspace(register.root).check(TODAY, since).findings)
    merge = [each for each in findings if each.stops == "merge" and each.rule != "log-unsealed"]
    return {(each.path, each.rule) for each in merge}


def audited(register: Register) -> str:
    """What the audit says of the adopted words."""
    corpus = open_workspace(register.root).corpus
    assert corpus.charter is not None
    lines = audit(corpus, corpus.charter, TODAY)
    return "\n".join(
        line for each in lines if each.rule == "adopted words" for line in each.missing
    )


def take_out(register: Register) -> None:
    (register.root / EXPORT).unlink()
    register.change(BOOK, "EXA-PRV-01", "")


def rename_id(register: Register) -> None:
    (register.root / EXPORT).rename(register.root / EXPORT.replace("PRV-01", "PRV-07"))
    register.change(EXPORT.replace("PRV-01", "PRV-07"), "EXA-PRV-01", "EXA-PRV-07")
    register.change(EXPORT.replace("PRV-01", "PRV-07"), "status: adopted", "status: draft")
    register.change(BOOK, "EXA-PRV-01", "EXA-PRV-07")


def move_out(register: Register) -> None:
    (register.root / "docs").mkdir()
    (register.root / EXPORT).rename(register.root / "docs/EXA-PRV-01.yaml")
    register.change(BOOK, "EXA-PRV-01", "")


@pytest.mark.parametrize("how", [take_out, move_out])
@pytest.mark.parametrize("since", [None, "HEAD"])
def test_an_adopted_text_that_no_file_has_stops_the_merge_and_the_audit_names_it(
    how: Callable[[Register], None], since: str | None, register: Register
) -> None:
    applied(register)
    commit(register)
    how(register)
    errors_of, said = {
        take_out: (
            (f"{register.folder}/decision.yaml", "decided-not-applied"),
            "EXA-PRV-01 was adopted (decision 2026-001), and no file has it",
        ),
        move_out: (
            ("docs/EXA-PRV-01.yaml", "misplaced-file"),
            "EXA-PRV-01 was adopted, and can't be read",
        ),
    }[how]
    assert errors(register, since) == {errors_of}
    assert said in audited(register)


def another_id_inside(register: Register) -> None:
    register.change(EXPORT, "id: EXA-PRV-01", "id: EXA-PRV-07")


@pytest.mark.parametrize("how", [rename_id, another_id_inside])
@pytest.mark.parametrize("since", [None, "HEAD"])
def test_an_adopted_text_under_another_id_is_one_error_there(
    how: Callable[[Register], None], since: str | None, register: Register
) -> None:
    applied(register)
    commit(register)
    how(register)
    [(path, rule)] = errors(register, since)
    assert (rule, "EXA-PRV-07" in register.text(path)) == ("changed-id", True)
    assert "EXA-PRV-01 was adopted (decision 2026-001), and is called EXA-PRV-07" in audited(
        register
    )


def test_a_link_to_an_adopted_text_that_is_gone_is_no_error_of_its_own(register: Register) -> None:
    applied(register)
    (register.root / EXPORT).unlink()
    assert errors(register) == {(f"{register.folder}/decision.yaml", "decided-not-applied")}


@pytest.mark.parametrize("since", [None, "HEAD"])
def test_so_does_one_that_was_adopted_before_the_register_began(
    since: str | None, register: Register
) -> None:
    register.found()
    register.change(EXPORT, "status: draft", "status: adopted")
    taken_over(register, EXPORT, register.digest(EXPORT))
    entry = f"governance/log/{register.entries()[-1].name}"
    commit(register)
    take_out(register)
    assert errors(register, since) == {(entry, "adopted-text-removed")}
    assert "EXA-PRV-01 was adopted (before this register began)" in audited(register)


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("gone", [EXPORT, "the log", CHARTER])
def test_what_is_gone_comes_back_by_the_commands_that_the_help_names(
    gone: str, committed: bool, register: Register
) -> None:
    register.found()
    register.change(EXPORT, "status: draft", "status: adopted")
    taken_over(register, EXPORT, register.digest(EXPORT))
    register.entry("2026-01-03T12:00:00Z", kind="member", path="governance/members/x.yaml")
    commit(register)
    entry = f"governance/log/{register.entries()[-2].name}"
    path = entry if gone == "the log" else gone
    git(register.root, "rm", "-q", path)
    if committed:
        commit(register)
    [help] = {
        each.help
        for each in but_for_sums(open_workspace(register.root).check(TODAY).findings)
        if "git restore" in each.help and path.rsplit("/", 1)[-1][:10] in each.help
    }
    now, log, then = re.findall(r"`(git [^`]*)`", help)
    if committed:
        sha, file = re.findall(r"^commit (\w+)|^(\S+\.yaml)$", sh(register, log), re.MULTILINE)
        now = then.replace("COMMIT", sha[0]).replace("FILE", file[1])
    sh(register, now)
    assert (register.root / path).exists()


def sh(register: Register, command: str) -> str:
    return git(register.root, *shlex.split(command)[1:])


SPOILT = {
    "a key": lambda text: text.replace("title:", "titel:", 1),
    "the form": lambda text: text + "x: [\n",
    "the id": lambda text: text.replace("id: ", "id: a b ", 1),
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize(
    "path",
    [BOOK, "provisions/principles/instrument.yaml", EXPORT, "provisions/privacy/export.yaml"],
)
def test_an_adopted_text_with_an_error_of_its_own_is_not_gone(
    path: str, how: str, register: Register
) -> None:
    register.found()
    if path != BOOK and not (register.root / path).exists():
        (register.root / EXPORT).rename(register.root / path)
    register.change(path, "status: draft", "status: adopted")
    document = open_workspace(register.root).corpus.by_path[path]
    register.entry(
        "2026-01-02T12:00:00Z",
        kind="taken-over",
        taken_over=past_signed(
            register.root_fingerprint(),
            {
                "units": [{"id": document.id, "digest": register.digest(path)}],
                "adopted_at": "First assembly",
                "adopted_on": "2019-11-25",
                "evidence": "The minutes.",
                "by": ["example-society"],
            },
        ),
    )
    commit(register)
    register.write(path, SPOILT[how](register.text(path)))
    names_no_id = (path.endswith("/export.yaml"), how) == (True, "the id")
    assert {at for at, _ in errors(register)} == {path} or names_no_id
    assert ("no file has it" in audited(register)) == names_no_id


@pytest.mark.parametrize("name", ["EXA-PRV-01-export.yml", "EXA-PRV-01-export.yaml.txt"])
def test_nor_is_one_whose_file_is_named_as_no_record(name: str, register: Register) -> None:
    applied(register)
    commit(register)
    file = register.root / EXPORT
    file.rename(file.with_name(name))
    assert {path for path, _ in errors(register)} == {f"provisions/privacy/{name}"}
    assert audited(register).startswith("EXA-PRV-01 was adopted, and can't be read")


@pytest.mark.parametrize("since", [None, "HEAD"])
def test_an_adopted_text_that_is_struck_from_its_book_is_found(
    since: str | None, register: Register
) -> None:
    applied(register)
    commit(register)
    register.change(BOOK, "EXA-PRV-01", "")
    assert errors(register, since) == {(EXPORT, "adopted-text-removed")}
    assert "EXA-PRV-01 is adopted, and no book holds it any more" in audited(register)


def test_an_adopted_text_does_not_move_to_another_book_and_its_headings_stay(
    register: Register,
) -> None:
    """Through the command, as in a merge request: with `--since` nobody has to know the books."""
    applied(register)
    commit(register)
    register.change(BOOK, "title: Privacy", "title: Data that platforms may keep")
    assert said(register) == [
        "EXA-PRV-01 stood under `Privacy`, and here under `Data that platforms may keep`"
    ]
    git(register.root, "checkout", "-q", ".")
    register.change(BOOK, "    title: Privacy\n", "    title: Privacy\n    text: As they like.\n")
    assert said(register) == ["the words under the heading `Privacy`, over EXA-PRV-01, changed"]
    git(register.root, "checkout", "-q", ".")
    register.change(BOOK, "EXA-PRV-01", "")
    register.change("recommendations/instrument.yaml", "items: [", "items: [EXA-PRV-01, ")
    assert said(register) == [
        "EXA-PRV-01 is adopted, and stood in INS-provisions; here it stands in INS-recommendations"
    ]


def said(register: Register) -> list[str]:
    """What `check --since HEAD` says, the terms that are drafts left out."""
    done = started(
        [
            sys.executable,
            "-m",
            "govkit",
            "check",
            "--since",
            "HEAD",
            "--today",
            "2026-03-01",
            "--format",
            "json",
        ],
        cwd=register.root,
        capture_output=True,
        text=True,
    )
    return [
        each["message"]
        for each in json.loads(done.stdout)["findings"]
        if each["rule"] != "less-mature"
    ]


def test_an_adopted_text_does_not_become_a_draft_again(register: Register) -> None:
    register.found()
    register.change(EXPORT, "status: draft", "status: adopted")
    taken_over(register, EXPORT, register.digest(EXPORT))
    register.change(EXPORT, "status: adopted", "status: draft")
    assert errors(register) == {(EXPORT, "adopted-text-removed")}


def test_nor_does_a_term(register: Register) -> None:
    term = "registers/terms/user.yaml"
    register.found()
    register.change(term, "status: draft", "status: adopted")
    register.entry(
        "2026-01-02T12:00:00Z",
        kind="taken-over",
        taken_over=past_signed(
            register.root_fingerprint(),
            {
                "units": [{"id": "user", "digest": register.digest(term)}],
                "adopted_at": "First assembly",
                "adopted_on": "2019-11-25",
                "evidence": "The minutes.",
                "by": ["example-society"],
            },
        ),
    )
    assert errors(register) == set()
    register.change(term, "status: adopted", "status: draft")
    assert errors(register) == {(term, "adopted-text-removed")}
    assert "user was adopted (before this register began), and is called draft" in audited(register)


@pytest.mark.parametrize("status", ["draft", "trial"])
@pytest.mark.parametrize("known_by", ["the base", "another text of the decision"])
def test_nor_does_a_text_whose_first_decision_was_applied(
    known_by: str, status: str, register: Register
) -> None:
    one, two = two_units(register)
    beside = known_by == "another text of the decision"
    register.decide(*(one, two) if beside else (one,), now="2026-02-28T12:00:00Z")
    register.change(EXPORT, *IN_THE_WORDS_OF)
    register.change(EXPORT, "status: draft", "status: adopted")
    if beside:
        register.change(TWO, "status: draft", "status: adopted")
    commit(register)
    since = None if beside else "HEAD"
    assert errors(register, since) == set()
    register.change(EXPORT, "status: adopted", f"status: {status}")
    assert rules(register, since) == [(EXPORT, "adopted-text-removed")]
    if beside:
        said = f"EXA-PRV-01 was adopted (decision 2026-001), and is called {status} here"
        assert said in audited(register)


def test_nor_does_a_released_one(register: Register) -> None:
    applied(register)
    manifest = {
        "instrument": "INS-test",
        "version": "1.0.0",
        "state": "candidate",
        "title": "Test",
        "dated": "2026-02-20",
        "tree": "0" * 40,
        "records": 1,
        "merkle_root": ZERO,
        "coordinators": [],
        "threshold": 1,
        "units": [
            {
                "id": "EXA-PRV-01",
                "digest": register.digest(EXPORT),
                "adopted_by": f"{register.folder}/decision.yaml",
            }
        ],
    }
    register.put("releases/test/1.0.0/manifest.yaml", "manifest", manifest)
    before = errors(register)
    assert (EXPORT, "adopted-text-removed") not in before
    register.change(EXPORT, "status: adopted", "status: draft")
    assert (EXPORT, "adopted-text-removed") in errors(register) - before


def test_the_first_decision_on_a_text_may_wait_for_its_words(register: Register) -> None:
    register.decide(*two_units(register), now="2026-02-20T12:00:00Z")
    assert errors(register) == set()


def test_a_text_that_a_decision_withdrew_may_be_a_tombstone(register: Register) -> None:
    applied(register)
    again = Register(register.root, "2026-002")
    again.propose()
    again.decide({"id": "EXA-PRV-01", "before": register.digest(EXPORT), "after": None})
    tombstone = "status: withdrawn\nwithdrawn: {reason: said by a law, on: 2026-02-01}"
    register.change(EXPORT, "status: adopted", tombstone)
    assert errors(register) == set()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param((EXPORT, "  - id: a\n", "  - id: b\n"), id="a clause gets another id"),
        pytest.param((EXPORT, "between: [", "between: [access, "), id="a right"),
        pytest.param(("registers/terms/user.yaml", "term: user", "term: users"), id="a term"),
    ],
)
def test_what_an_adopted_text_is_made_of_stays_too(
    spoil: tuple[str, str, str], register: Register
) -> None:
    applied(register)
    register.change(*spoil)
    assert (EXPORT, "adopted-without-decision") in errors(register)


def test_a_term_of_an_adopted_text_that_is_gone_is_found_and_audited(register: Register) -> None:
    applied(register)
    (register.root / "registers/terms/user.yaml").unlink()
    assert "unknown-reference" in {rule for _, rule in errors(register)}
    assert "EXA-PRV-01 was adopted, and can't be read, or a term in it is missing" in audited(
        register
    )
