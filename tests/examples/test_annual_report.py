"""The yearly report of the invented coalition: every figure is one that its story tells."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govkit.records.codes import COUNTRIES
from govkit.records.regional_groups import REGIONAL_GROUPS, regional_group_of

from .conftest import Run

DECIDED = "2026-06-16T12:00:00Z"
LATER = "2027-02-01T00:00:00Z"


@pytest.fixture
def agora_then(played: Path, tmp_path: Path) -> Path:
    """Its folder after the last call: a copy, to write in."""
    return Path(shutil.copytree(played, tmp_path / "agora"))


def report(govkit: Run, root: Path, *words: str, year: int = 2026, now: str = LATER) -> str:
    asked = ("report", "annual", "--year", str(year), "--now", now, "--format", "md", "-o", "-")
    done = govkit(root, *asked, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_report_counts_what_the_story_tells(agora_then: Path, govkit: Run) -> None:
    decide = ("decide", "2026-001", "--apply", "--by", "a-example", "--now", DECIDED)
    assert govkit(agora_then, *decide).returncode == 0
    said = report(govkit, agora_then)
    assert "Period: 1 January 2026 to 31 December 2026" in said
    assert "| `2026-001` A notice within a day, an answer within a week | 8 | 8 | 0 | 1 |" in said
    assert "- Civil society: 2\n- Academia: 1\n- Business: 3\n- Technical community: 1\n" in said
    assert "Outcome: adopted with dissent  \nDecided on: 16 June 2026  \n" in said
    assert "Not heard: Public bodies and Technical community\n" in said
    # Dissent is printed whole, with who says it and about which text.
    dissent = said.index("**Example Chat Ltd, Business:** A contract should promise only what can")
    assert said.index("About AGP-CMP-01.") > dissent
    assert "before this time: 1. Joined: 10. Left: 1. On its last day: 10." in said
    assert "| Civil society | 0 | 4 |" in said
    assert "| Eastern European States | 1 | 0 |" in said
    assert "**Left**\n\n- D. Example (Technical community, PL)\n" in said
    assert "Nothing was released in this time." in said


def test_of_a_year_that_runs_it_says_so_and_what_is_open(agora_then: Path, govkit: Run) -> None:
    said = report(govkit, agora_then, now="2026-03-20T12:00:00Z")
    assert "The year is not over: this is how the records stand now." in said
    assert "Period: 1 January 2026 to 20 March 2026" in said
    assert "Nothing was decided in this time." in said
    assert "**Open on the last day**\n\n- `2026-001` A notice within a day" in said


def test_a_meeting_belongs_to_the_year_in_which_it_begins(agora_then: Path, govkit: Run) -> None:
    folder = agora_then / "registers/events"
    folder.mkdir()
    for name, starts, more in (
        ("eve", "2025-12-31T23:30Z", ""),
        ("first", "2026-01-01", "place: Exampleville\nends: 2026-01-02\n"),
        ("local", "2026-01-01T01:00+03:00", ""),
        ("next", "2027-03-01", ""),
    ):
        words = f"title: Meeting {name}\nstarts: {starts}\nkind: webinar\n{more}"
        (folder / f"{name}.yaml").write_text(words)
    said = report(govkit, agora_then)
    assert "Meeting eve" not in said
    first = "- **Meeting first**: webinar, 1 January 2026 to 2 January 2026, Exampleville.\n"
    local = "- **Meeting local**: webinar, 1 January 2026, 01:00, UTC+03:00.\n"
    assert f"**Meetings and webinars**\n\n{local}{first}\n" in said
    coming = "**Meetings and webinars to come**\n\n- **Meeting next**: webinar, 1 March 2027.\n"
    assert coming in said
    assert "**Meeting eve**: webinar, 31 December 2025, 23:30, UTC." in report(
        govkit, agora_then, year=2025
    )


def test_a_foreword_stands_before_the_figures_in_its_authors_words(
    agora_then: Path, govkit: Run, tmp_path: Path
) -> None:
    file = tmp_path / "foreword.md"
    file.write_text("We met *twice*. <script>x</script> Write to a@b.example.\n", encoding="utf-8")
    said = report(govkit, agora_then, "--foreword", str(file))
    heading = "## Foreword, in people’s own words"
    assert said.index(heading) < said.index("## Activity")
    assert "<script>" not in said
    assert "a@b.example" not in said
    file.write_bytes(b"\xff\xfe\x00")
    asked = ("report", "annual", "--foreword", str(file), "-o", str(tmp_path / "none"))
    done = govkit(agora_then, *asked)
    assert done.returncode == 2
    assert "the foreword can't be read" in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("year", [2005, 2028])
def test_of_a_year_without_records_nothing_is_printed(
    agora: Path, govkit: Run, year: int, tmp_path: Path
) -> None:
    asked = ("report", "annual", "--year", str(year), "--now", LATER, "-o", str(tmp_path))
    done = govkit(agora, *asked)
    assert done.returncode == 2
    assert f"error: there is nothing to report of {year}" in done.stderr
    assert "Name a year from 2006 to 2027" in done.stderr


def test_the_same_records_make_the_same_bytes(agora: Path, govkit: Run, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        asked = ("report", "annual", "--year", "2026", "--now", LATER, "--format", "md,html,pdf")
        assert govkit(agora, *asked, "-o", str(tmp_path / name)).returncode == 0
        made.append([each.read_bytes() for each in sorted((tmp_path / name).iterdir())])
    assert made[0] == made[1]
    assert len(made[0]) == 3


@pytest.mark.parametrize(
    ("country", "group"),
    [
        ("KE", "african"),
        ("KI", "asia-pacific"),
        ("CY", "asia-pacific"),
        ("PL", "eastern-european"),
        ("BR", "latin-american-caribbean"),
        ("TR", "western-other"),
        ("US", "western-other"),
        ("IL", "western-other"),
        ("VA", None),
        (None, None),
    ],
)
def test_the_regional_group_of_a_country(country: str | None, group: str | None) -> None:
    assert regional_group_of(country) == group


def test_every_member_state_is_in_one_regional_group() -> None:
    found = [regional_group_of(country) for country in COUNTRIES.split()]
    counts = [found.count(group) for group in REGIONAL_GROUPS]
    assert counts == [54, 54, 23, 33, 29]
    assert sum(counts) == 193


def test_platforms_are_counted_from_their_register(agora_then: Path, govkit: Run) -> None:
    assert "No adoption by a platform is recorded." in report(govkit, agora_then)
    folder = agora_then / "registers/adoptions"
    folder.mkdir()
    for slug, days in {
        "stays": "",
        "began": "applies_from: 2026-12-31\n",
        "later": "applies_from: 2027-01-01\n",
        "gone": "ended: 2026-12-31\n",
    }.items():
        (folder / f"{slug}.yaml").write_text(
            f"title: Platform {slug}\noperator: Example Ltd\nbook: INS-provisions\n"
            f'commit: "{"a" * 40}"\nstatement: sha256:{"0" * 64}\nadapted: [AGP-CMP-01]\n{days}',
            encoding="utf-8",
        )
    said = report(govkit, agora_then)
    assert "**2 platforms have taken in provisions, as the register says**" in said
    assert "**Platform stays**: Example Ltd, 1 provision, 1 of them with other words." in said
    assert "Platform began" in said
    assert "Platform later" not in said
    assert "Platform gone" not in said
