"""Names of people who are no members: committed to, shown while they are there, taken out."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from govkit.store import private
from govkit.workspace import open_workspace
from tests.comments.conftest import (
    Run,
    as_json,
    author_of,
    comment,
    entries,
    everything,
    ok,
    private_files,
)
from tests.comments.proposal_folder import FOLDER

WHO = ("--name", "A. Example", "--affiliation", "Example University", "--group", "academia")
IN_TIME = ("--received", "2026-04-02T09:15Z")
NAMES = f"{FOLDER}/names"
ONE = "2026-003/comments/0001"


def said(run: Run, words: str, *who: str) -> str:
    return ok(run("add", *(who or WHO), "--text", words, *IN_TIME))


def findings(texts: Path) -> list[tuple[str, str, str]]:
    """What `check` says of the comments and names, without what this small register lacks."""
    report = open_workspace(texts).check(datetime.date(2026, 4, 3))
    wanted = ("disclosure-false", "disclosure-missing", "name-in-the-open", "one-of-two")
    read = ("wrong-value", "unknown-key", "file-too-large", "unexpected-file", "log-broken")
    return [
        (each.rule, each.path.removeprefix(f"{FOLDER}/"), each.message)
        for each in report.findings
        if each.rule in (*wanted, *read)
        if any(part in each.path for part in ("/comments/", "/names/", "/log/"))
    ]


def report_of(texts: Path, run: Run) -> str:
    file = texts.parent / "report.md"
    file.unlink(missing_ok=True)
    ok(run("report", "--format", "md", "-o", file))
    return file.read_text(encoding="utf-8")


def name_file(texts: Path, number: int = 1) -> Path:
    return texts / f"{NAMES}/{number:04d}.yaml"


def test_the_name_of_one_who_is_no_member_stands_beside_the_record(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    record = (texts / f"{FOLDER}/comments/0001.yaml").read_text(encoding="utf-8")
    assert "Example" not in record
    assert comment(texts, 1).author.group == "academia"
    assert author_of(texts, 1).name == "A. Example"
    assert [each.path for each in entries(texts)] == [f"{FOLDER}/comments/0001.yaml"]
    assert findings(texts) == []
    assert "A. Example; Example University; academia" in ok(run("table"))
    report = report_of(texts, run)
    assert "A. Example, Example University, Academia" in report


def test_the_same_salt_and_words_give_the_same_commitment(
    texts: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a coalition writes down, another one can recompute: here by hand."""
    monkeypatch.setattr(private, "new_salt", lambda: bytes(range(32)))
    said(run, "Too short.")
    words = (
        '{"domain":"govkit/disclosure","words":'
        '{"affiliation":"Example University","name":"A. Example"}}'
    )
    right = private.salted_digest(bytes(range(32)), words.encode())
    assert comment(texts, 1).author.commitment == right


def test_the_same_words_of_one_outside_are_filed_once(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    again = run("add", *WHO, "--text", "Too short.", *IN_TIME)
    assert again.returncode == 2
    assert "comment 0001 says just this already" in again.stderr
    said(run, "Too short.", "--name", "B. Example")


def test_an_erased_name_is_shown_nowhere_and_everything_else_holds(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    before = comment(texts, 1)
    dry = ok(run(ONE, "--dry-run", of="erase"))
    assert f"{ONE}: A. Example, Example University" in dry
    assert "Not removed: the history of git" in dry
    assert name_file(texts).exists()
    done = ok(run(ONE, "--yes", of="erase"))
    assert f"Number 2 in the log: erasure {FOLDER}/comments/0001.yaml" in done
    assert not name_file(texts).exists()
    assert comment(texts, 1) == before
    entry = entries(texts)[-1]
    assert (entry.kind, entry.by) == ("erasure", "other-society")
    assert entry.erasure is not None
    assert entry.erasure.because == "The person asked to be left out."
    assert findings(texts) == []
    assert "(a person who asked to be left out); ; academia" in ok(run("table"))
    [row] = as_json(run("table", "--format", "json"))["comments"]
    assert (row["author"], row["left_out"], row["comment"]) == (None, True, "Too short.")
    report = report_of(texts, run)
    assert "A person who asked to be left out, Academia" in report
    assert not any(b"A. Example" in data for data in everything(texts).values())


def test_nobody_erases_without_being_asked_for_a_yes(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    before = everything(texts)
    done = run(ONE, of="erase")
    assert done.returncode == 2
    assert "what is erased can't be brought back" in done.stderr
    assert everything(texts) == before


def test_a_reason_for_the_log_that_has_the_name_in_it_is_refused(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    done = run(ONE, "--yes", "--reason", "Mrs a. example asked for it.", of="erase")
    assert done.returncode == 2
    assert "the reason names `A. Example`" in done.stderr
    assert name_file(texts).exists()


def test_a_name_that_is_a_part_of_other_words_is_erased_with_the_usual_reason(
    texts: Path, run: Run
) -> None:
    said(run, "Too short.", "--name", "Ed", "--affiliation", "U", "--group", "academia")
    assert f"Erased: {ONE}" in ok(run(ONE, "--yes", of="erase"))


def test_a_name_that_the_words_themselves_hold_is_said_to_stay(texts: Path, run: Run) -> None:
    said(run, "Too short, says A. Example.")
    for how in ("--dry-run", "--yes"):
        done = " ".join(ok(run(ONE, how, of="erase")).split())
        assert f"What {ONE} says has `A. Example` in it, and that stays" in done


def test_all_comments_of_one_name_are_erased_at_once(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    said(run, "Also unclear.")
    said(run, "Fine.", "--name", "B. Example")
    one = ok(run(ONE, "--dry-run", of="erase"))
    assert "The same name stands in 2026-003/comments/0002: add --all." in one
    done = as_json(run(ONE, "--all", "--yes", "--format", "json", of="erase"))
    assert done["records"] == [ONE, "2026-003/comments/0002"]
    assert [each.kind for each in entries(texts)[-2:]] == ["erasure", "erasure"]
    assert [each.name for each in sorted((texts / NAMES).iterdir())] == ["0003.yaml"]


def test_there_is_no_name_of_a_member_to_erase(texts: Path, run: Run) -> None:
    said(run, "Too short.", "--member", "example-institute")
    done = run(ONE, "--yes", of="erase")
    assert done.returncode == 2
    assert "Members are named by their ids in every record, for good" in done.stderr


def test_an_anonymous_comment_has_no_name_and_is_in_order(texts: Path, run: Run) -> None:
    said(run, "Too short.", "--anonymous", "--group", "academia")
    record = comment(texts, 1)
    assert (record.author.model_dump(exclude_none=True), record.publication) == (
        {"group": "academia"},
        "without-name",
    )
    assert not (texts / NAMES).exists()
    assert findings(texts) == []
    assert "(name withheld); ; academia" in ok(run("table"))
    both = run("add", "--anonymous", "--name", "A. Example", "--text", "No.", *IN_TIME)
    assert "--anonymous is given, and somebody is named" in both.stderr


@pytest.mark.parametrize("answer", ["without-name", "withdrawn"])
def test_a_personal_mail_whose_author_stays_unnamed_is_in_order(
    texts: Path, run: Run, answer: str
) -> None:
    ok(run("add", *WHO, "--channel", "personal-mail", "--text", "Too short.", *IN_TIME))
    assert findings(texts) == []
    ok(run("publish", "1", "--as", answer, *IN_TIME))
    assert findings(texts) == []


def test_the_author_of_a_published_personal_mail_withdraws_the_name(texts: Path, run: Run) -> None:
    ok(run("add", *WHO, "--channel", "personal-mail", "--text", "Too short.", *IN_TIME))
    ok(run("publish", "1", "--as", "public", *IN_TIME))
    assert author_of(texts, 1).name == "A. Example"
    assert findings(texts) == []
    assert len(private_files(texts)) == 2
    ok(run(ONE, "--yes", of="erase"))
    assert private_files(texts) == []
    assert findings(texts) == []
    assert comment(texts, 1).comment == "Too short."


# --- what somebody could try ----------------------------------------------------------------------


def test_a_name_that_was_swapped_for_another_is_named_and_not_shown(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    file = name_file(texts)
    file.write_text(file.read_text().replace("A. Example", "B. Example"), encoding="utf-8")
    [(rule, path, message)] = findings(texts)
    assert (rule, path) == ("disclosure-false", "names/0001.yaml")
    assert "these are not the words that" in message
    assert "B. Example" not in ok(run("table"))


def test_a_name_of_one_comment_put_beside_another_fits_nothing(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    said(run, "Fine.", "--name", "B. Example")
    first, second = name_file(texts), name_file(texts, 2)
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    assert [each[:2] for each in findings(texts)] == [
        ("disclosure-false", "names/0001.yaml"),
        ("disclosure-false", "names/0002.yaml"),
    ]


def test_a_name_that_is_laid_beside_a_comment_without_one_is_nobodys(texts: Path, run: Run) -> None:
    said(run, "Too short.", "--anonymous")
    said(run, "Fine.", "--name", "B. Example")
    name_file(texts, 2).rename(name_file(texts))
    assert [each[:2] for each in findings(texts)] == [
        ("disclosure-missing", "comments/0002.yaml"),
        ("disclosure-false", "names/0001.yaml"),
    ]
    assert "B. Example" not in ok(run("table"))


@pytest.mark.parametrize(
    "salt", ["00", "0" * 63, "g" * 64, ""], ids=["short", "one short", "no digits", "empty"]
)
def test_a_salt_that_is_none_is_refused(texts: Path, run: Run, salt: str) -> None:
    said(run, "Too short.")
    name_file(texts).write_text(f'salt: "{salt}"\nname: A. Example\n', encoding="utf-8")
    assert any(path == "names/0001.yaml" for _, path, _ in findings(texts))
    assert "A. Example" not in ok(run("table"))


def test_a_salt_that_is_used_twice_is_named(
    texts: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private, "new_salt", lambda: bytes(32))
    said(run, "Too short.")
    said(run, "Also unclear.")
    [(rule, path, message)] = findings(texts)
    assert (rule, path) == ("disclosure-false", "names/0002.yaml")
    assert "its salt is that of" in message


def test_a_name_that_is_dropped_in_silence_is_named(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    name_file(texts).unlink()
    [(rule, path, message)] = findings(texts)
    assert (rule, path) == ("disclosure-missing", "comments/0001.yaml")
    assert "the log does not say who took it out" in message
    ok(run(ONE, "--yes", of="erase"))
    assert findings(texts) == []


def test_an_erased_name_that_comes_back_is_named(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    data = name_file(texts).read_bytes()
    ok(run(ONE, "--yes", of="erase"))
    name_file(texts).write_bytes(data)
    [(rule, _, message)] = findings(texts)
    assert rule == "disclosure-false"
    assert "says that other-society erased these words on" in message


@pytest.mark.parametrize("name", ["0001.yml", "1.yaml", "..0001.yaml", "0001/0001.yaml", "A.yaml"])
def test_no_other_place_discloses_a_name(texts: Path, run: Run, name: str) -> None:
    said(run, "Too short.")
    data = name_file(texts).read_bytes()
    name_file(texts).unlink()
    (texts / NAMES / name).parent.mkdir(exist_ok=True)
    (texts / NAMES / name).write_bytes(data)
    assert "A. Example" not in ok(run("table"))
    assert ("disclosure-missing", "comments/0001.yaml") in [each[:2] for each in findings(texts)]


def test_a_link_in_the_place_of_a_name_is_not_followed(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    elsewhere = texts.parent / "elsewhere.yaml"
    name_file(texts).rename(elsewhere)
    name_file(texts).symlink_to(elsewhere)
    assert "A. Example" not in ok(run("table"))


def test_a_name_that_is_too_large_is_not_read(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    with name_file(texts).open("a", encoding="utf-8") as file:
        file.write("# " + "x" * 1_100_000 + "\n")
    assert ("file-too-large", "names/0001.yaml") in [each[:2] for each in findings(texts)]
    assert "A. Example" not in ok(run("table"))


def test_json_of_an_erasure_names_nobody(texts: Path, run: Run) -> None:
    said(run, "Too short.")
    done = run(ONE, "--yes", "--format", "json", of="erase")
    assert "A. Example" not in ok(done)
    assert json.loads(done.stdout)["entries"][0]["kind"] == "erasure"
