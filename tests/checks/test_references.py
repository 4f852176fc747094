"""References: each field that names a record is followed, and nothing hides where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.workspace import open_workspace
from tests.records.process_records import PROCESS_RECORDS
from tests.rules.conftest import TODAY, lay

CHARTER = "governance/charter.yaml"
SOCIETY = "governance/members/example-society.yaml"
NOTICE = "provisions/due-process/EXA-DUE-01-notice.yaml"
COMPLAINT = "provisions/due-process/EXA-DUE-02-complaint.yaml"
INDEX = "registers/initiatives/example-index.yaml"
FRENCH = "translations/fr/EXA-DUE-01.yaml"
USER = "registers/terms/user.yaml"
NOBODY = "nobody-at-all"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay(tmp_path / "coalition")
    return tmp_path / "coalition"


def add(folder: Path, path: str, lines: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(before + lines, encoding="utf-8")


def found(folder: Path, *rules: str) -> list[tuple[str, str, str]]:
    """The path, the way and the message of each finding of these rules."""
    findings = open_workspace(folder).check(TODAY).findings
    return [(each.path, str(each.route), each.message) for each in findings if each.rule in rules]


def followed(folder: Path) -> set[tuple[str, str]]:
    return {(path, way) for path, way, message in found(folder, "unknown-reference")
            if NOBODY in message}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "line", "way"),
    [
        (INDEX, f"published: {NOBODY}\n", "published"),
        (FRENCH, f"reviewed_by: {NOBODY}\n", "reviewed_by"),
        (CHARTER, f"escalate_to: {NOBODY}\n", "escalate_to"),
        (NOTICE, f"editors: [{NOBODY}]\n", "editors.0"),
        (NOTICE, f"withdrawn: {{reason: old, on: 2026-01-01, decision: {NOBODY}}}\n",
         "withdrawn.decision"),
        (SOCIETY, f"represents: {NOBODY}\n", "represents"),
    ],
)  # fmt: skip
def test_a_field_that_names_nobody_is_found(path: str, line: str, way: str, folder: Path) -> None:
    add(folder, path, line)
    assert (path, way) in followed(folder)


def test_a_year_is_where_an_initiative_was_published_as_well_as_a_source(folder: Path) -> None:
    for written in ("2016", "2016-03", "example-act"):
        add(folder, INDEX, f"published: {written}\n")
        assert found(folder, "unknown-reference") == []
        (folder / INDEX).write_text(
            (folder / INDEX).read_text().replace(f"published: {written}\n", "")
        )


def test_a_translation_names_a_release_that_there_is(folder: Path) -> None:
    add(folder, FRENCH, "base: provisions/9.0.0\n")
    assert found(folder, "unknown-reference") == [
        (FRENCH, "base", "there is no release `provisions/9.0.0`")
    ]


def test_all_that_the_records_of_a_round_name_is_followed(folder: Path) -> None:
    """Members, the texts of other proposals, comments and positions that are not there."""
    base = "governance/proposals/2026-003"
    for kind, name in (("proposal", "proposal"), ("comment", "comments/0007"), ("act", "acts/01"),
                       ("position", "positions/example-society-01")):  # fmt: skip
        text = PROCESS_RECORDS[kind].replace("other-society", NOBODY).replace("EXA-DUE-01", NOBODY)
        add(folder, f"{base}/{name}.yaml", text)
    assert followed(folder) == {
        (f"{base}/proposal.yaml", "endorsers.0"),
        (f"{base}/comments/0007.yaml", "target.unit"),
        (f"{base}/comments/0007.yaml", "source.relayed_by"),
        (f"{base}/comments/0007.yaml", "disposition.by"),
        (f"{base}/comments/0007.yaml", "disposition.result.unit"),
        (f"{base}/acts/01.yaml", "by.1"),
        (f"{base}/acts/01.yaml", "units.0"),
        (f"{base}/positions/example-society-01.yaml", "units.0.id"),
    }
    others = {(way, message) for _, way, message in found(folder, "unknown-reference")
              if NOBODY not in message}  # fmt: skip
    assert others == {
        ("policies.0.id", "there is no policy `substance`"),
        ("alongside.0", "there is no proposal `2026-002`"),
        ("call", "there is no call `calls/2026-001`"),
        ("cast_by", "there is no member `example-speaker`"),
        ("refers_to.1", "there is no position or comment `2026-003/comments/0001`"),
    }


def test_a_text_that_only_a_proposal_has_can_be_commented_on(folder: Path) -> None:
    base = "governance/proposals/2026-003"
    text = (folder / NOTICE).read_text().replace("EXA-DUE-01", "EXA-DUE-09")
    add(folder, f"{base}/rev-1/after/EXA-DUE-09.yaml", text)
    comment = PROCESS_RECORDS["comment"].replace("EXA-DUE-01", "EXA-DUE-09")
    add(folder, f"{base}/comments/0001.yaml", comment)
    assert "target.unit" not in {way for _, way, _ in found(folder, "unknown-reference")}


def test_the_groups_that_a_policy_counts_are_the_charters(folder: Path) -> None:
    add(folder, "governance/policies/votes.yaml",
        PROCESS_RECORDS["policy"].replace("academia", "acadmia"))  # fmt: skip
    assert [(way, message) for _, way, message in found(folder, "not-in-charter")] == [
        (way, "`acadmia` is not in the charter's list `groups`")
        for way in ("consents.groups.acadmia", "majority.acadmia")
    ]


def test_the_clause_that_defines_words_is_a_clause_of_its_book(folder: Path) -> None:
    add(folder, "provisions/instrument.yaml", "defined_words: i9\n")
    assert found(folder, "unknown-clause") == [
        ("provisions/instrument.yaml", "defined_words",
         "INS-provisions has no clause (i9) in its interpretation")
    ]  # fmt: skip
