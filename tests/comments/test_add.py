"""A comment that a coordinator types in: anchored, marked, filed; or refused with a way out."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from govkit.store.private import kept as kept_bytes
from tests.cli.conftest import GOVKIT, git
from tests.comments.conftest import Run, as_json, comment, entries, everything, ok, private_files

IN_TIME = ("--received", "2026-04-02T09:15Z")
BY_MEMBER = ("add", "--member", "example-institute", *IN_TIME)


def received(run: Run, words: str, moment: str) -> subprocess.CompletedProcess[str]:
    """File words of a member that came at a moment; the answer is JSON."""
    who = ("--member", "example-institute", "--format", "json")
    return run("add", *who, "--text", words, "--received", moment)


def test_a_quote_is_anchored_in_the_words_of_the_revision(texts: Path, run: Run) -> None:
    said = ok(
        run(
            *BY_MEMBER,
            "--unit",
            "EXA-DUE-01",
            "--quote",
            "at least 10 days",
            "--text",
            "Too short.",
        )
    )
    assert said == (
        'Filed comment 0001 of proposal 2026-003: EXA-DUE-01, revision 2, "at least 10 days" '
        "(log entry 1)\n"
    )
    target = comment(texts, 1).target
    assert target.quote == "at least 10 days"
    assert target.prefix == "The platform must tell the user of a restriction"
    assert target.suffix == "before it begins. where the law forbids it The"
    assert target.anchored_by == "author"
    assert target.digest is not None
    [entry] = entries(texts)
    assert (entry.kind, entry.by, entry.received_basis) == ("comment", "other-society", "registrar")
    assert entry.received_at.isoformat() == "2026-04-02T09:15:00+00:00"


@pytest.mark.parametrize(
    "quote",
    ["AT LEAST [10] DAYS", "at least {notice_days} days", "at\nleast 10\ndays"],
    ids=["capitals and brackets", "the blank by its name", "line ends"],
)
def test_what_makes_no_difference_to_a_quote(texts: Path, run: Run, quote: str) -> None:
    ok(run(*BY_MEMBER, "--unit", "exa-due-01", "--quote", quote, "--text", "Too short."))
    assert comment(texts, 1).target.quote == "at least 10 days"


def test_words_that_are_not_there_get_the_nearest_place_shown(texts: Path, run: Run) -> None:
    done = run(
        *BY_MEMBER,
        "--unit",
        "EXA-DUE-01",
        "--quote",
        "no less than ten days before it",
        "--text",
        "Too short.",
    )
    ok(done)
    assert "the quoted words are not in EXA-DUE-01; the nearest are" in done.stderr
    assert "in clause (a)" in done.stderr
    target = comment(texts, 1).target
    assert (target.anchored_by, target.quote) == ("none", "no less than ten days before it")


def test_words_that_stand_twice_are_given_no_place(texts: Path, run: Run) -> None:
    done = run(*BY_MEMBER, "--unit", "EXA-DUE-01", "--quote", "restriction", "--text", "Unclear.")
    ok(done)
    assert "stand 2 times in EXA-DUE-01; quote more of them, or name the clause" in done.stderr
    assert comment(texts, 1).target.anchored_by == "none"


def test_a_clause_decides_between_two_places(texts: Path, run: Run) -> None:
    ok(
        run(
            *BY_MEMBER,
            "--unit",
            "EXA-DUE-01",
            "--quote",
            "restriction",
            "--clause",
            "b",
            "--text",
            "Unclear.",
        )
    )
    assert comment(texts, 1).target.prefix == "it The platform must give the reasons for the"


def test_a_clause_without_a_quote_stands_for_its_words(texts: Path, run: Run) -> None:
    ok(run(*BY_MEMBER, "--unit", "EXA-DUE-02", "--clause", "b", "--text", "Good."))
    assert comment(texts, 1).target.quote == "The platform must not ask a fee for a complaint."


def test_a_quote_alone_finds_its_text(texts: Path, run: Run) -> None:
    ok(run(*BY_MEMBER, "--quote", "ask a fee for a complaint", "--text", "Good."))
    assert comment(texts, 1).target.unit == "EXA-DUE-02"


def test_a_quote_in_two_texts_is_left_open(texts: Path, run: Run) -> None:
    done = run(*BY_MEMBER, "--quote", "The platform must", "--text", "Hm.")
    ok(done)
    assert (
        "the quoted words stand in EXA-DUE-01, EXA-DUE-02, EXA-PRV-01; name the text" in done.stderr
    )
    target = comment(texts, 1).target
    assert (target.unit, target.anchored_by) == (None, "none")


def test_a_late_comment_is_kept_and_marked(texts: Path, run: Run) -> None:
    late = received(run, "Late.", "2026-04-09T12:00:00Z")
    assert as_json(late)["comments"][0]["late"] is True
    in_time = received(run, "In time.", "2026-04-09T11:59:59Z")
    assert as_json(in_time)["comments"][0]["late"] is False
    assert "1 late" in ok(run("table"))


def test_a_notice_moves_the_end(texts: Path, run: Run) -> None:
    from tests.comments.proposal_folder import FOLDER, write

    write(
        texts,
        f"{FOLDER}/notices/01.yaml",
        "notice",
        {"kind": "moved", "revision": 2, "comment_until": "2026-04-20T12:00:00Z", "because": "x"},
    )
    done = received(run, "In time.", "2026-04-15")
    assert as_json(done)["comments"][0]["late"] is False


def test_a_comment_on_an_earlier_revision_is_told_what_is_current(texts: Path, run: Run) -> None:
    done = run(
        *BY_MEMBER,
        "--revision",
        "1",
        "--unit",
        "EXA-DUE-01",
        "--quote",
        "at least 7 days",
        "--text",
        "Too short.",
    )
    ok(done)
    assert "it is about revision 1; the current one is 2, where the quoted words have changed" in (
        done.stderr
    )
    same = run(*BY_MEMBER, "--revision", "1", "--unit", "EXA-DUE-02", "--text", "Good.")
    assert "where the words of EXA-DUE-02 are the same" in same.stderr


def test_a_personal_mail_is_counted_and_not_shown(texts: Path, run: Run) -> None:
    done = run(
        "add",
        "--name",
        "A. Example (invented)",
        "--group",
        "academia",
        *IN_TIME,
        "--channel",
        "personal-mail",
        "--unit",
        "EXA-DUE-02",
        "--clause",
        "b",
        "--text",
        "Please keep this between us.",
    )
    ok(done)
    assert "its author has to be asked" in done.stderr
    public = b"".join(everything(texts).values())
    assert b"between us" not in public
    assert b"A. Example (invented)" not in public
    record = comment(texts, 1)
    assert (record.publication, record.comment, record.author.group) == ("asked", None, "academia")
    assert record.withheld is not None
    kept = json.loads(kept_bytes(texts, record.withheld) or b"")
    assert kept["comment"] == "Please keep this between us."
    assert kept["author"]["name"] == "A. Example (invented)"


def test_mail_addresses_do_not_get_in(texts: Path, run: Run) -> None:
    done = run(*BY_MEMBER, "--text", "Write to me@example.org, or to you@example.org.")
    ok(done)
    assert "2 mail addresses were taken out: the record is public" in done.stderr
    assert comment(texts, 1).comment == (
        "Write to [mail address removed], or to [mail address removed]."
    )


def test_the_words_may_come_from_a_file_in_any_form(texts: Path, run: Run, tmp_path: Path) -> None:
    words = "Line one \u200bis\tlong.\r\nLine # two: 'quoted', \"so\".\r\n\r\n\r\n- yes\r\n"
    (tmp_path / "words.txt").write_bytes(words.encode())
    ok(run(*BY_MEMBER, "--file", tmp_path / "words.txt"))
    assert comment(texts, 1).comment == "Line one is long.\nLine # two: 'quoted', \"so\".\n\n- yes"


def test_the_folder_is_in_order_afterwards(texts: Path, run: Run) -> None:

    ok(run(*BY_MEMBER, "--unit", "EXA-DUE-01", "--quote", "at least 10 days", "--text", "x: # y"))
    done = subprocess.run(
        [str(GOVKIT), "-C", str(texts), "check", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    # The proposal of this fixture was never opened by the command; only the comment is held here.
    assert [
        each["rule"] for each in json.loads(done.stdout)["findings"] if "/comments/" in each["path"]
    ] == ["comment-unanswered"]


def test_the_place_of_a_comment_that_was_dropped_is_not_given_again(texts: Path, run: Run) -> None:
    first = as_json(run(*BY_MEMBER, "--text", "One.", "--format", "json"))["comments"][0]["path"]
    (texts / first).unlink()
    second = as_json(run(*BY_MEMBER, "--text", "Two.", "--format", "json"))["comments"][0]["path"]
    assert Path(second).stem == f"{int(Path(first).stem) + 1:04d}"
    assert not (texts / first).exists()


def test_the_same_words_within_a_day_are_filed_once(texts: Path, run: Run) -> None:
    words = ("--text", "Too short.", "--unit", "EXA-DUE-01")
    ok(run(*BY_MEMBER, *words))
    again = run(*BY_MEMBER, *words)
    assert again.returncode == 2
    assert "comment 0001 says just this already, filed within a day" in again.stderr
    assert "If it was said a second time, add --again." in again.stderr
    assert len(entries(texts)) == 1
    ok(run(*BY_MEMBER, "--text", "Too short."))  # about the whole, and not that one text
    ok(run("add", "--name", "Ida Example", *IN_TIME, *words))
    ok(run("add", "--member", "example-institute", "--received", "2026-04-05", *words))
    ok(run(*BY_MEMBER, *words, "--again"))
    assert len(entries(texts)) == 5


def test_a_dry_run_writes_nothing(texts: Path, run: Run) -> None:
    before = everything(texts)
    said = ok(run(*BY_MEMBER, "--text", "x", "--channel", "personal-mail", "--dry-run", by=None))
    assert said.endswith("Nothing was written.\n")
    assert everything(texts) == before
    assert private_files(texts) == []


REFUSED = {
    "nobody": (("--text", "x"), "nobody is named as the author", "--member"),
    "two authors": (
        ("--member", "other-society", "--name", "A", "--text", "x"),
        "--member and --name are both given",
        "Leave one",
    ),
    "no member": (
        ("--member", "example-instituto", "--text", "x"),
        "there is no member `example-instituto`",
        "Did you mean `example-institute`?",
    ),
    "no group": (
        ("--name", "A", "--group", "press", "--text", "x"),
        "the charter has no group `press`",
        "It has: academia, civil-society.",
    ),
    "no text": (
        ("--member", "other-society", "--unit", "EXA-DUE-1", "--text", "x"),
        "has no text `EXA-DUE-1`",
        "Did you mean `EXA-DUE-01`?",
    ),
    "no clause": (
        ("--member", "other-society", "--unit", "EXA-DUE-01", "--clause", "z", "--text", "x"),
        "has no clause (z)",
        "Its clauses: (a), (b).",
    ),
    "a clause of nothing": (
        ("--member", "other-society", "--clause", "a", "--text", "x"),
        "a clause is named and no text",
        "--unit",
    ),
    "no revision": (
        ("--member", "other-society", "--revision", "3", "--text", "x"),
        "has no revision 3",
        "numbered 1 to 2",
    ),
    "empty": (
        ("--member", "other-society", "--text", " \u200b "),
        "the comment is empty",
        "--text",
    ),
    "no words": (("--member", "other-society"), "--text is needed here", "Add --text"),
    "to come": (
        ("--member", "other-society", "--text", "x", "--received", "2999-01-01T00:00Z"),
        "--received 2999-01-01T00:00:00Z is still to come",
        "in UTC",
    ),
    "too early": (
        ("--member", "other-society", "--text", "x", "--received", "2016-04-02"),
        "--received 2016-04-02 is before revision 2 of proposal 2026-003 was opened, on 2026-03-10",
        "which revision is meant",
    ),
    "before its revision": (
        (
            "--member",
            "other-society",
            "--text",
            "x",
            "--received",
            "2026-03-09T23:59Z",
            "--dry-run",
        ),
        "is before revision 2",
        "",
    ),
    "message id": (
        ("--member", "other-society", "--text", "x", "--message-id", "abc"),
        "this is not the Message-ID",
        "in < and >",
    ),
    "refers to nothing": (
        ("--member", "other-society", "--text", "x", "--refers-to", "comments/0009"),
        "has no comment 0009",
        "no comments yet",
    ),
    "no proposal": (
        ("--proposal", "2026-004", "--member", "other-society", "--text", "x"),
        "there is no proposal `2026-004`",
        "Did you mean `2026-003`?",
    ),
    "no file": (("--member", "other-society", "--file", "none.txt"), "none.txt can't be read", ""),
}


@pytest.mark.parametrize(("words", "message", "help"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_filed(
    texts: Path, run: Run, words: tuple[str, ...], message: str, help: str
) -> None:
    before = everything(texts)
    done = run("add", *words)
    assert done.returncode in (2, 3)
    assert message in done.stderr
    assert help in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(texts) == before
    assert private_files(texts) == []


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (None, "who writes in the register is not known"),
        ("example-institute", "`example-institute` is no coordinator"),
    ],
)
def test_only_a_coordinator_files(texts: Path, run: Run, by: str | None, message: str) -> None:
    done = run(*BY_MEMBER, "--text", "x", by=by)
    assert done.returncode == 2
    assert message in done.stderr
    assert entries(texts) == []


def test_git_may_say_for_good_who_works_here(texts: Path, run: Run) -> None:
    git(texts, "config", "govkit.member", "example-society")
    ok(run(*BY_MEMBER, "--text", "x", by=None))
    assert entries(texts)[0].by == "example-society"


def test_the_private_folder_is_never_inside_what_is_published(texts: Path, run: Run) -> None:

    before = everything(texts)
    (texts / "private").mkdir()
    done = run(
        "add",
        "--name",
        "A",
        "--channel",
        "personal-mail",
        "--text",
        "secret",
        GOVKIT_PRIVATE=str(texts / "private"),
    )
    assert done.returncode == 2
    assert "lies inside the public folder, so it would not stay private" in done.stderr
    assert everything(texts) == before


def test_without_an_open_proposal(texts: Path, run: Run) -> None:
    shutil.rmtree(texts / "governance/proposals")
    done = run("table")
    assert done.returncode == 2
    assert "no proposal is open" in done.stderr
