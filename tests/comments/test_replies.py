"""What is written back: prose is no position, and an earlier revision is not the current one."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.comments.conftest import Run, as_json, comment, entries, ok
from tests.comments.proposal_folder import FOLDER
from tests.consultation.test_position_words import AGAINST, CONDITIONAL, FOR, FOR_ANOTHER

IN_TIME = ("--received", "2026-04-02T09:15Z")
BY_MEMBER = ("add", "--member", "example-institute", *IN_TIME)
JSON = ("--format", "json")


def no_position(texts: Path) -> bool:
    return {each.kind for each in entries(texts)} == {"comment"} and not (
        texts / FOLDER / "positions"
    ).exists()


def test_a_yes_in_prose_is_a_query_and_never_a_position(texts: Path, run: Run) -> None:
    done = as_json(run(*BY_MEMBER, "--text", "I support this.", *JSON))
    assert no_position(texts)
    assert comment(texts, 1).comment == "I support this."
    [letter] = done["letters"]
    assert (letter["to"], letter["about"]) == ("example-institute", "reads-like-a-position")
    body = " ".join(letter["body"].split())
    assert "nothing has been counted for you" in body
    assert "your name and your position will be public, for good" in body
    assert "Proposal 2026-003 revision 2, code k7f3-9q22" in letter["body"]
    assert "[ ] object    [ ] abstain" in letter["body"]


def test_conditional_support_in_prose_is_a_query_and_no_reservation(texts: Path, run: Run) -> None:
    text = "We consent if the week becomes ten days."
    said = ok(run(*BY_MEMBER, "--text", text))
    assert no_position(texts)
    assert "Words to send to example-institute:" in said
    assert "It is a reservation only if you mark it as one" in " ".join(said.split())


def test_a_yes_for_another_needs_a_note(texts: Path, run: Run) -> None:
    [letter] = as_json(
        run(
            "add",
            "--name",
            "A. Example",
            *IN_TIME,
            "--text",
            "On behalf of Example Market, I agree.",
            *JSON,
        )
    )["letters"]
    assert no_position(texts)
    assert "a note from them that you may speak" in " ".join(letter["body"].split())
    assert letter["to"] == "A. Example"


def test_no_such_text_ever_yields_a_position_by_whatever_way_it_comes(
    texts: Path, run: Run, tmp_path: Path
) -> None:
    table, mail = tmp_path / "table.csv", tmp_path / "mail.txt"
    every = (*FOR, *AGAINST, *CONDITIONAL, *FOR_ANOTHER)
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Clause", "Comments"], *(["EXA-DUE-01", x] for x in every)])
    done = as_json(run("import", table, "--name", "A. Example", *IN_TIME, *JSON))
    assert len(done["comments"]) == len(every)
    assert [each["about"] for each in done["letters"]] == ["reads-like-a-position"]
    mail.write_text("Dear all,\n\nI support this, it is what we need.\n\nBest\n", encoding="utf-8")
    free = as_json(
        run("import", mail, "--free", "--member", "example-society", "--yes", *IN_TIME, *JSON)
    )
    assert [each["to"] for each in free["letters"]] == ["example-society"]
    assert no_position(texts)


def test_a_plain_comment_needs_no_letter(texts: Path, run: Run) -> None:
    assert as_json(run(*BY_MEMBER, "--text", "Who pays for it?", *JSON))["letters"] == []


def test_a_reply_to_an_earlier_revision_whose_words_stand_is_anchored_in_the_current_one(
    texts: Path, run: Run
) -> None:
    done = as_json(
        run(
            *BY_MEMBER,
            "--revision",
            "1",
            "--unit",
            "EXA-DUE-01",
            "--quote",
            "must give the reasons",
            "--text",
            "Which ones?",
            *JSON,
        )
    )
    assert comment(texts, 1).target.revision == 1
    now = done["comments"][0]["now"]
    assert (now["revision"], now["state"], now["unit"], now["clause"], now["quote"]) == (
        2,
        "stands",
        "EXA-DUE-01",
        "b",
        "must give the reasons",
    )
    [letter] = done["letters"]
    body = " ".join(letter["body"].split())
    assert letter["about"] == "earlier-revision"
    assert 'About "must give the reasons": the quoted words still stand, in clause (b).' in body
    assert "answer to the mail of revision 2, code k7f3-9q22" in body


def test_a_reply_to_an_earlier_revision_whose_words_changed_says_what_stands_there_now(
    texts: Path, run: Run
) -> None:
    done = as_json(
        run(
            *BY_MEMBER,
            "--revision",
            "1",
            "--unit",
            "EXA-DUE-01",
            "--quote",
            "at least 7 days",
            "--text",
            "Too short.",
            *JSON,
        )
    )
    assert done["comments"][0]["now"]["state"] == "changed"
    body = " ".join(done["letters"][0]["body"].split())
    assert "the quoted words have changed." in body
    assert "at least 10 days" in body
