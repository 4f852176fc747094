"""`govkit review`: what a change does, on one page that a code host can show."""

from __future__ import annotations

import html
import os
import re
import shutil
from pathlib import Path

import mistune
import pytest

from govkit.cli.printing.review import LIMIT
from tests.shared import made_once

from .conftest import Run, change, commit, git

TEXT = "provisions/due-process/EXA-DUE-01-statement-of-reasons.yaml"
SUBSTANCE = "governance/policies/substance.yaml"
HOSTILE = (
    "a|b ![x](https://example.org/x.png) <img src=x> @everyone `c` #1 GH-2 www.example.org _a_ "
    "[k](javascript:x) <!-- --> </del> ## h"
)


@pytest.fixture
def adopted(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, govkit: Run) -> Path:
    """A new coalition, one provision of which has left the state of a draft, in one commit."""

    def make(folder: Path) -> None:
        assert govkit(folder, "init", "texts", "--yes", cwd=folder).returncode == 0
        change(folder / "texts", TEXT, "status: draft", "status: trial")
        commit(folder / "texts")
        git(folder / "texts", "branch", "-M", "main")

    made = made_once(tmp_path_factory, "adopted-example", make)
    return Path(shutil.copytree(made / "texts", tmp_path / "texts", symlinks=True))


def page(folder: Path, govkit: Run, *words: str) -> str:
    done = govkit(folder, "review", *words)
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    assert len(done.stdout) <= LIMIT
    return said


def test_a_change_of_adopted_words_is_a_proposal_with_all_that_it_needs(
    adopted: Path, govkit: Run
) -> None:
    change(adopted, TEXT, "The platform must tell", "The platform should tell")
    change(adopted, TEXT, "  - id: a\n    force: must", "  - id: a\n    force: should")
    said = page(adopted, govkit)
    assert "**This is a proposal.** It touches adopted words: EXA-DUE-01." in said
    assert "| EXA-DUE-01 | 5 | looser | weaker | needed |" in said
    assert r"<del>\[-must-\]</del> <ins>\[+should+\]</ins>" in said
    assert "Consent: policy substance (class 5, force). " in said
    assert "at least three members consent, from at least two stakeholder groups" in said
    assert "Concerns: platform, user" in said
    assert "Rests on it: " in said
    assert "## Remarks of the check" in said
    # The same from the terminal, into a file.
    done = govkit(adopted, "review", "--since", "main", "-o", str(adopted.parent / "review.md"))
    assert done.returncode == 0
    assert (adopted.parent / "review.md").read_text("utf-8") == said


def test_the_rules_are_those_from_before_the_change(adopted: Path, govkit: Run) -> None:
    """Who changes a text can't declare it a draft, or ease the policy, in the same change."""
    change(adopted, TEXT, "status: trial", "status: draft")
    change(adopted, TEXT, "within {notice_hours}", "after {notice_hours}")
    change(adopted, SUBSTANCE, "  total: 3\n", "  total: 1\n")
    said = page(adopted, govkit)
    assert "**This is a proposal.**" in said
    assert "at least three members consent" in said
    (adopted / TEXT).unlink()
    said = page(adopted, govkit)
    assert "**This is a proposal.**" in said
    assert "(class 8, new or removed)" in said


def test_open_questions_count_as_a_change_of_duties(adopted: Path, govkit: Run) -> None:
    change(adopted, TEXT, "to explain its reasons", "to explain its first reasons")
    said = page(adopted, govkit)
    assert "| EXA-DUE-01 | 3 or higher |" in said
    assert "(class 5, force until its author has answered)" in said
    assert "1 question to the author" in said


def test_drafts_notes_and_other_records_need_no_consent(adopted: Path, govkit: Run) -> None:
    change(adopted, TEXT, "Most wrong decisions", "Many wrong decisions")
    change(adopted, "recommendations/EXA-REC-01-yearly-report.yaml", "title: ", "title: New ")
    change(adopted, "registers/events/example-meeting.yaml", "title: ", "title: New ")
    said = page(adopted, govkit)
    assert "is a proposal" not in said
    assert "Consent: none: no normative word differs; an editor looks at it" in said
    assert "Consent: none yet: the words are a draft until they are proposed" in said
    assert "Other records that differ: registers/events/example-meeting.yaml." in said
    git(adopted, "checkout", "-q", ".")
    assert page(adopted, govkit).startswith("## What this change does\n\nNo text differs.")


def test_a_change_of_the_check_itself_is_told(adopted: Path, govkit: Run) -> None:
    git(adopted, "checkout", "-q", "-b", "mine")
    with (adopted / ".github/workflows/check.yml").open("a", encoding="utf-8") as file:
        file.write("# @everyone\n")
    (adopted / "README.md").write_text("Hello.\n")
    commit(adopted)
    said = page(adopted, govkit)
    assert "**It changes how changes are checked**: .github/workflows/check.yml. " in said


def test_hostile_words_are_words_and_call_nobody(adopted: Path, govkit: Run) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    change(adopted, TEXT, "title: Statement of reasons", f"title: {quoted}")
    text = "text: The user may ask the platform once to explain its reasons in simpler words."
    change(adopted, TEXT, text, f"text: {quoted}")
    with (adopted / "registers/terms/user.yaml").open("a", encoding="utf-8") as file:
        file.write(f'"{HOSTILE}": 1\n')
    said = page(adopted, govkit)
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.", said)
    shown = str(mistune.create_markdown(escape=False, plugins=["table", "url"])(said))
    tags = set(re.findall(r"<(?!/)[^>]*>", shown))
    own = (
        r"<(?:h2|h3|p|strong|em|code|del|ins|ul|li|br ?/?|table|thead|tbody|tr|th|td"
        r"|a id=\"[a-z0-9-]+\")>"
    )
    assert [tag for tag in tags if not re.fullmatch(own, tag)] == []
    words = html.unescape(re.sub(r"<[^>]*>", "", shown)).replace("\u200b", "")
    assert "<img src=x> @everyone" in words
    for row in said.splitlines():
        if row.startswith("| error"):
            assert len(re.findall(r"(?<!\\)\|", row)) == 5


def test_a_term_whose_file_has_a_name_in_no_letters_is_a_remark(adopted: Path, govkit: Run) -> None:
    Path(os.fsdecode(bytes(adopted / "registers/terms") + b"/word\xff.yaml")).touch()
    assert "| error | registers/terms/word" in page(adopted, govkit)


def test_it_is_no_longer_than_a_comment_and_says_what_is_left_out(
    adopted: Path, govkit: Run
) -> None:
    plain = (adopted / TEXT).read_text("utf-8")
    for number in range(2, 40):
        path = adopted / TEXT.replace("01-statement", f"{number:02d}-statement")
        words = plain.replace("EXA-DUE-01", f"EXA-DUE-{number:02d}").replace("trial", "draft")
        long = "The user may ask again. " * 200
        path.write_text(words.replace("in simpler words.", f"in simpler words. {long}"), "utf-8")
    change(adopted, TEXT, "within {notice_hours}", "after {notice_hours}")
    said = page(adopted, govkit)
    assert len(said.encode()) > LIMIT // 3
    assert "### EXA-DUE-01 Statement of reasons" in said  # what is a proposal comes first
    assert "**Left out**, for want of room: the redlines of EXA-DUE-" in said
    assert " and 1" in said.partition("**Left out**")[2]
    assert said.count("\n| EXA-DUE-") == 39
    assert "## Remarks of the check" in said
