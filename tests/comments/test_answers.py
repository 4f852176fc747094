"""Answers by number, what authors say to them, and what becomes of a personal mail."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.store.private import private_folder
from tests.comments.conftest import Run, as_json, comment, entries, everything, ok

ADD = ("add", "--member", "example-institute", "--unit", "EXA-DUE-01", "--text", "Too short.")


def test_an_answer_with_its_place(texts: Path, run: Run) -> None:
    ok(run(*ADD))
    said = ok(
        run(
            "dispose",
            "1",
            "--action",
            "accepted-in-part",
            "--reply",
            "Ten days now.",
            "--result",
            "2:exa-due-01",
        )
    )
    assert said == (
        "Comment 0001: Accepted in part (revision 2, EXA-DUE-01): Ten days now. (log entry 2)\n"
        "0 comments still without an answer.\n"
    )
    answer = comment(texts, 1).disposition
    assert answer is not None
    assert (answer.action, answer.reply, answer.by) == (
        "accepted-in-part",
        "Ten days now.",
        "other-society",
    )
    assert [entry.kind for entry in entries(texts)] == ["comment", "disposition"]


def test_accepted_needs_no_reply(texts: Path, run: Run) -> None:
    ok(run(*ADD))
    answer = as_json(run("dispose", "1", "--action", "accepted", "--format", "json"))
    assert (answer["answered"], answer["action"], answer["reply"]) == ([1], "accepted", None)


@pytest.mark.parametrize(
    "action",
    ["accepted-in-part", "not-accepted", "out-of-scope", "deferred", "duplicate", "withdrawn"],
)
def test_every_other_answer_needs_a_reply(texts: Path, run: Run, action: str) -> None:
    ok(run(*ADD))
    done = run("dispose", "1", "--action", action)
    assert done.returncode == 2
    assert "needs a reply to its author" in done.stderr
    assert comment(texts, 1).disposition is None


def test_what_the_author_says_to_the_answer(texts: Path, run: Run) -> None:
    ok(run(*ADD))
    early = run("dispose", "1", "--author-reply", "satisfied")
    assert "comment 0001 has no answer yet" in early.stderr
    ok(run("dispose", "1", "--action", "accepted"))
    said = ok(run("dispose", "1", "--author-reply", "not-satisfied"))
    assert "Its author: not satisfied" in said
    assert comment(texts, 1).author_reply == "not-satisfied"
    ok(run("dispose", "1", "--action", "deferred", "--reply", "later", "--anew"))
    assert comment(texts, 1).author_reply is None
    assert [entry.kind for entry in entries(texts)] == ["comment"] + ["disposition"] * 3


def test_comments_in_the_file_stay(texts: Path, run: Run) -> None:
    ok(run(*ADD))
    path = texts / "governance/proposals/2026-003/comments/0001.yaml"
    path.write_text(path.read_text() + "# seen by two coordinators\n")
    ok(run("dispose", "1", "--action", "accepted"))
    assert "# seen by two coordinators" in path.read_text()


WRONG = {
    "no such comment": (("7", "--action", "accepted"), "has no comment 0007"),
    "nothing named": ((), "nothing says which comment is answered"),
    "both": (("1", "--from", "x.csv"), "a number and a table are both given"),
    "no action": (("1",), "nothing says what becomes of the comment"),
    "a reply alone": (("1", "--reply", "x", "--author-reply", "satisfied"), "and no --action"),
    "no place": (("1", "--action", "accepted", "--result", "EXA-DUE-01"), "names no place"),
    "another revision": (
        ("1", "--action", "accepted", "--result", "4:EXA-DUE-01"),
        "has no revision 4",
    ),
    "another text": (("1", "--action", "accepted", "--result", "2:EXA-DUE-09"), "has no text"),
    "a table and an action": (("--from", "x.csv", "--action", "accepted"), "the table holds"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_an_answer_that_can_not_be_given(
    texts: Path, run: Run, words: tuple[str, ...], message: str
) -> None:
    ok(run(*ADD))
    before = everything(texts)
    done = run("dispose", *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert everything(texts) == before


# --- a personal mail ------------------------------------------------------------------------------

PERSONAL = (
    "add",
    "--member",
    "example-institute",
    "--channel",
    "personal-mail",
    "--unit",
    "EXA-DUE-02",
    "--clause",
    "b",
    "--text",
    "Between us.",
    "--proposed",
    "No fee.",
)


def test_it_is_published_with_its_author(texts: Path, run: Run) -> None:
    ok(run(*PERSONAL))
    assert comment(texts, 1).author.group == "academia"
    assert "is published with its author" in ok(run("publish", "1", "--as", "public"))
    found = comment(texts, 1)
    assert (found.author.member, found.comment) == ("example-institute", "Between us.")
    assert (found.proposed_text, found.publication) == ("No fee.", "public")
    assert found.withheld, "by it one can follow to the words that were filed"
    assert found.target.quote == "The platform must not ask a fee for a complaint."
    assert [entry.kind for entry in entries(texts)] == ["comment", "comment"]


def test_it_is_published_without_its_authors_name(texts: Path, run: Run) -> None:
    ok(run(*PERSONAL))
    ok(run("publish", "1", "--as", "without-name"))
    found = comment(texts, 1)
    assert (found.author.member, found.author.group) == (None, "academia")
    assert found.comment == "Between us."
    files = everything(texts)
    assert b"example-institute" not in files["governance/proposals/2026-003/comments/0001.yaml"]


def test_it_is_withdrawn_and_still_counted(texts: Path, run: Run) -> None:
    ok(run(*PERSONAL, "--received", "2026-04-01"))
    ok(run("publish", "1", "--as", "withdrawn"))
    found = comment(texts, 1)
    assert (found.publication, found.comment) == ("withdrawn", None)
    assert ok(run("table")).splitlines()[-1] == "1 comment."


def test_only_what_was_asked_can_be_released_and_only_once(texts: Path, run: Run) -> None:
    ok(run(*ADD))
    done = run("publish", "1", "--as", "public")
    assert "comment 0001 does not wait for its author's word" in done.stderr
    ok(run(*PERSONAL))
    ok(run("publish", "2", "--as", "public"))
    assert run("publish", "2", "--as", "without-name").returncode == 2


def test_the_words_have_to_be_there_and_unchanged(texts: Path, run: Run) -> None:
    ok(run(*PERSONAL))
    [source] = private_folder(texts).rglob("source")
    whole = source.read_bytes()
    source.write_bytes(whole.replace(b"us", b"me"))
    done = run("publish", "1", "--as", "public")
    assert done.returncode == 3
    assert "is not what the record was made from" in done.stderr
    source.unlink()
    done = run("publish", "1", "--as", "public")
    assert done.returncode == 3
    assert "are not in the private folder of this machine" in done.stderr
    assert comment(texts, 1).publication == "asked"


def test_the_late_mark_stays_with_the_first_receipt(texts: Path, run: Run) -> None:
    ok(run(*PERSONAL, "--received", "2026-04-01"))
    ok(run("publish", "1", "--as", "public", "--received", "2026-05-01"))
    assert as_json(run("table", "--format", "json"))["comments"][0]["late"] is False
