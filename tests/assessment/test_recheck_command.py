"""`govkit assess recheck`: which quotations hold, and what an archive's own changes are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govkit.procedures.assessment.reading_sets import quotes_of_others
from tests.assessment.test_importing import assess

CODING = """\
coder: first
criteria: sha256:{none}
documents: sha256:{none}
nonce: null
answers:
  - criterion: EXA-DUE-01(a)
    value: contradicts
    quotes:
      - document: terms-of-service
        exact: We may suspend an account without prior notice at our sole discretion.
        says: against
  - criterion: EXA-PRV-01(a)
    value: met
    quotes:
      - document: terms-of-service
        exact: We will delete your data within 30 days
      - document: terms-of-service
        exact: You may delete your account at any time.
"""


@pytest.fixture
def coded(folder: Path, archive: Path) -> str:
    """Return the folder of an evaluation with quotations."""
    assess(folder, "import", str(archive), "--service", "Kiosk", "--date", "2026-01-15")
    at = "assessments/kiosk/2026-01-15"
    (folder / at / "coding").mkdir()
    (folder / at / "coding/first.yaml").write_text(CODING.format(none="0" * 64))
    return at


def test_each_quotation_is_followed_through_an_archive(
    folder: Path, archive: Path, coded: str
) -> None:
    code, said = assess(folder, "recheck", coded, "--against", str(archive), "--format", "json")
    assert code == 1, said
    found = [(each["result"], each["because"], each["kind"]) for each in json.loads(said)]
    assert found == [
        ("lost", "its words are gone, and nothing like them stands there", "technical"),
        ("review", "30 days became 90 days", "real"),
        ("carried", "", "unknown"),
    ]
    code, said = assess(folder, "recheck", coded, "--against", str(archive))
    assert "the platform changed nothing there" in said
    assert "3 quotations: 1 carried, 1 for review, 1 lost." in said


def test_over_a_technical_version_alone_everything_is_carried(
    folder: Path, archive: Path, coded: str
) -> None:
    words = ("--against", str(archive), "--date", "2026-02-15")
    code, said = assess(folder, "recheck", coded, *words)
    assert (code, said) == (0, "3 quotations: 3 carried, 0 for review, 0 lost.")


def test_a_later_evaluation_is_looked_at_too(folder: Path, archive: Path, coded: str) -> None:
    assess(folder, "import", str(archive), "--service", "Kiosk", "--date", "2026-03-15")
    code, said = assess(folder, "recheck", coded, "--against", "assessments/kiosk/2026-03-15")
    assert code == 1
    assert "3 quotations: 2 carried, 1 for review, 0 lost." in said


def test_a_text_that_was_edited_gives_no_places(folder: Path, archive: Path, coded: str) -> None:
    text = folder / coded / "texts/terms-of-service.txt"
    text.write_text(text.read_text() + "More.\n")
    code, said = assess(folder, "recheck", coded, "--against", str(archive))
    assert code != 0
    assert "is not the text that was imported" in said
    text.unlink()
    assert (
        "is not on this machine" in assess(folder, "recheck", coded, "--against", str(archive))[1]
    )


def test_a_new_sentence_goes_to_a_person_where_nothing_was_found(
    folder: Path, archive: Path, coded: str
) -> None:
    pytest.importorskip("bm25s")
    coding = folder / coded / "coding/first.yaml"
    searched = "search_log: [{words: [complaint], hits: 0}]"
    coding.write_text(
        coding.read_text() + f"  - criterion: EXA-DUE-02(a)\n    value: silent\n    {searched}\n"
    )
    line = ("recheck", coded, "--against", str(archive), "--format", "json")
    code, said = assess(folder, *line, "--date", "2026-02-15")
    assert (code, [each["result"] for each in json.loads(said)]) == (0, ["carried"] * 3)
    code, said = assess(folder, *line, "--date", "2026-03-15")
    new = [each for each in json.loads(said) if each["result"] == "new-passage"]
    assert code == 1
    assert [(each["criterion"], each["exact"]) for each in new] == [
        ("EXA-DUE-02(a)", "We will give you an internal complaint system, free of charge.")
    ]
    code, said = assess(folder, *line[:-2], "--date", "2026-03-15")
    assert "answered silent" in said
    assert "1 new passage to read, where nothing was found before." in said


RECONCILED = """\
at: 2026-02-01T00:00:00Z
answers:
  - {criterion: EXA-DUE-01(a), values: {first: contradicts}, final: contradicts, follows: first}
  - {criterion: EXA-PRV-01(a), values: {first: met, second: silent}}
"""


def test_only_what_was_agreed_on_lends_its_quotations(folder: Path, coded: str) -> None:
    assert quotes_of_others(folder, "assessments/wall/2026-01-15") == {}
    (folder / coded / "reconciled.yaml").write_text(RECONCILED)
    found = quotes_of_others(folder, "assessments/wall/2026-01-15")
    assert [*found] == ["EXA-DUE-01(a)"]
    assert quotes_of_others(folder, coded) == {}
