"""What a contributor puts into a change that others merge: `check` names it, in which words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.examples.conftest import Run
from tests.examples.test_attacks import log_edited, said
from tests.release.verifying.scene import change

PROPOSAL = "governance/proposals/2026-001"
CHAT = "governance/members/example-chat.yaml"


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played, tmp_path / "agora"))


def found(govkit: Run, root: Path, place: str, words: str) -> None:
    """Hold that the check ends with 1, and names this file in these words."""
    checked = said(govkit, root, "check")
    assert words in checked
    assert f"--> {place}" in checked


def edit(root: Path, place: str, old: str, new: str) -> None:
    change(root / place, lambda data: data.replace(old.encode(), new.encode(), 1))


def one(root: Path, folder: str, start: str) -> str:
    """The path of the one text in a folder whose name begins so."""
    [text] = (root / folder).rglob(f"{start}*.yaml")
    return text.relative_to(root).as_posix()


def test_a_position_of_another_member_without_an_entry(agora: Path, govkit: Run) -> None:
    place = f"{PROPOSAL}/positions/example-chat-03.yaml"
    shutil.copy(agora / f"{PROPOSAL}/positions/example-chat-01.yaml", agora / place)
    found(govkit, agora, place, "the log has no entry for this record")


def test_a_position_with_an_entry_that_no_coordinator_sealed(agora: Path, govkit: Run) -> None:
    """Whoever can write files can write an entry, `by` a coordinator."""
    place = f"{PROPOSAL}/positions/example-chat-03.yaml"
    shutil.copy(agora / f"{PROPOSAL}/positions/example-chat-01.yaml", agora / place)
    log_edited(agora, place)
    found(govkit, agora, "governance/log/000065.yaml", "is sealed by no coordinator")


def test_a_position_that_is_turned_with_its_finding_silenced(agora: Path, govkit: Run) -> None:
    place = f"{PROPOSAL}/positions/example-chat-02.yaml"
    edit(agora, place, "position: object", "position: consent")
    silence = b"suppress:\n  - {rule: log-broken, reason: A slip., by: x, until: 2035-01-01}\n"
    change(agora / place, lambda data: data + silence)
    found(govkit, agora, place, "this record is not as number 45 of the log has it (position)")
    assert "`log-broken` can't be suppressed" in said(govkit, agora, "check")


def test_a_position_that_is_taken_out(agora: Path, govkit: Run) -> None:
    place = f"{PROPOSAL}/positions/example-chat-02.yaml"
    (agora / place).unlink()
    assert f"{place} was logged as number 45 and is gone" in said(govkit, agora, "check")


def test_a_word_in_the_copy_that_members_consent_to(agora: Path, govkit: Run) -> None:
    place = one(agora, f"{PROPOSAL}/rev-2/after", "AGP-NTC-01")
    edit(agora, place, "must send", "may send")
    words = "this text of AGP-NTC-01 does not have the words that the revision names"
    found(govkit, agora, place, words)


def test_a_milder_class_in_an_open_revision(agora: Path, govkit: Run) -> None:
    place = f"{PROPOSAL}/rev-2/revision.yaml"
    edit(agora, place, "class: 8", "class: 1")
    found(govkit, agora, place, "2026-001/rev-2 was edited after it was opened")


def test_an_answer_to_a_comment_that_nobody_gave(agora: Path, govkit: Run) -> None:
    place = f"{PROPOSAL}/comments/0004.yaml"
    edit(agora, place, "action: not-accepted", "action: accepted")
    found(govkit, agora, place, "this record is not as number 32 of the log has it (disposition)")


def test_an_adopted_text_in_other_words(agora: Path, govkit: Run) -> None:
    place = one(agora, "provisions", "AGP-NTC-02")
    edit(agora, place, " must ", " may ")
    words = "the words of AGP-NTC-02, or of a term in it, are not those that were adopted"
    found(govkit, agora, place, words)


@pytest.mark.parametrize(
    ("place", "old", "new", "words"),
    [
        pytest.param(
            "governance/charter.yaml",
            "threshold: 2",
            "threshold: 1",
            "this charter differs from what the coalition agreed",
            id="charter",
        ),
        pytest.param(
            "governance/policies/substance.yaml",
            "comment: P30D",
            "comment: P1D",
            "this policy differs from what the coalition agreed",
            id="policy",
        ),
        pytest.param(
            "governance/genesis.yaml",
            "threshold: 2",
            "threshold: 1",
            "this record is not as number 3 of the log has it (genesis)",
            id="founding",
        ),
    ],
)
def test_a_rule_of_the_coalition_in_other_words(
    place: str, old: str, new: str, words: str, agora: Path, govkit: Run
) -> None:
    edit(agora, place, old, new)
    found(govkit, agora, place, words)


def linked(root: Path) -> None:
    (root / CHAT).unlink()
    (root / CHAT).symlink_to("example-market.yaml")


def linked_folder(root: Path) -> None:
    (root / "provisions/linked").symlink_to("/etc")


def look_alike(root: Path) -> None:
    shutil.copy(root / CHAT, root / CHAT.replace("example", "ex\u0430mple"))


def unseen(root: Path) -> None:
    edit(root, one(root, "provisions", "AGP-NTC-02"), "The ", "The\u200b ")


def second_id(root: Path) -> None:
    text = root / one(root, "provisions", "AGP-NTC-02")
    shutil.copy(text, text.with_name("AGP-NTC-02-again.yaml"))


def no_end(root: Path) -> None:
    (root / "governance/members/zed.yaml").write_text(f"note: {'x' * (1 << 20)}\n")


def anchors(root: Path) -> None:
    (root / "governance/members/zed.yaml").write_text("name: &a Zed\nnote: *a\n")


@pytest.mark.parametrize(
    ("lay", "words"),
    [
        (linked, "this is a symbolic link, and was not opened"),
        (linked_folder, "this is a symbolic link, and was not opened"),
        (look_alike, "the log has no entry for this record"),
        (unseen, "U+200B (zero width space) stands here"),
        (second_id, "the id AGP-NTC-02 stands in"),
        (no_end, "the file has more than 1,048,576 bytes (1 MiB), so it was not read"),
        (anchors, "a name with & (an anchor) stands here"),
    ],
)
def test_a_file_that_is_not_what_it_seems(
    lay: Callable[[Path], None], words: str, agora: Path, govkit: Run
) -> None:
    lay(agora)
    assert words in said(govkit, agora, "check")


def test_a_hidden_file_is_read_by_nothing_and_said(agora: Path, govkit: Run) -> None:
    """It can change nothing, so it stops nothing."""
    (agora / "governance/.secret.yaml").write_text("coordinators: [mallory]\n")
    words = "governance/.secret.yaml:1:1"
    checked = said(govkit, agora, "check", ends=0)
    assert "this file is hidden, and nothing reads it" in checked
    assert words in checked
