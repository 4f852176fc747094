"""`govkit diff` as a person starts it: states, ids, formats, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import CHARTER, D1, D2, USER, Run, change, commit, git, report

STRONG, WEAK = "must give the reasons", "should give the reasons"


@pytest.fixture
def edited(repository: Path) -> Path:
    """The small coalition with one clause made weaker, in words and data, not committed."""
    change(repository, D1, STRONG, WEAK)
    change(repository, D1, "  - id: b\n    force: must", "  - id: b\n    force: should")
    return repository


def changes(done: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = report(done)["changes"]
    return found


def test_the_json_is_what_the_contract_says(govkit: Run, edited: Path) -> None:
    answer = report(govkit(edited, "diff", "start", "--format", "json"))
    assert answer["version"] == 1
    assert answer["from"] == git(edited, "rev-parse", "start")
    assert answer["to"] == str(edited)
    assert answer["bump"] == "major"
    (one,) = answer["changes"]
    assert (one["id"], one["kind"], one["title"]) == (
        "EXA-DUE-01",
        "provision",
        "Notice before a restriction",
    )
    assert (one["class"], one["floor"], one["declared"], one["bump"]) == (5, 5, None, "major")
    assert one["direction"] == {"platform_duty": "looser", "user_protection": "weaker"}
    assert one["conformity"] == "still conforms"
    assert [field["field"] for field in one["fields"]] == ["clauses.b.force"]
    (clause,) = one["clauses"]
    assert (clause["id"], clause["class"]) == ("b", 5)
    assert ["replace", " must", " should"] in clause["operations"]
    assert clause["evidence"] == [{"kind": "modal", "old": "must", "new": "should"}]
    assert (one["affects"], one["sweep"]) == ([], None)
    operations = clause["operations"]
    assert "".join(old for _, old, _ in operations) == clause["operations"][0][1] + "".join(
        old for _, old, _ in operations[1:]
    )


def test_without_names_it_compares_with_where_the_branch_left_main(
    govkit: Run, repository: Path
) -> None:
    git(repository, "checkout", "-q", "-b", "mine")
    change(repository, D1, STRONG, WEAK)
    commit(repository)
    change(repository, D2, "title:", "title: A")
    assert [each["id"] for each in changes(govkit(repository, "diff", "--format", "json"))] == [
        "EXA-DUE-01",
        "EXA-DUE-02",
    ]


def test_without_names_the_last_release_comes_first(govkit: Run, repository: Path) -> None:
    change(repository, D1, STRONG, WEAK)
    commit(repository)
    git(repository, "tag", "-a", "-m", "a release", "provisions/v1.0.0")
    change(repository, D2, "title:", "title: A")
    commit(repository)
    assert [each["id"] for each in changes(govkit(repository, "diff", "--format", "json"))] == [
        "EXA-DUE-02"
    ]


@pytest.mark.parametrize("words", [("diff", "provisions/9.9.9"), ("check", "--since", "v9.9.9")])
def test_an_unknown_release_lists_those_that_there_are(
    govkit: Run, repository: Path, words: tuple[str, ...]
) -> None:
    assert "There is no release here yet." in said(govkit(repository, *words), 2)
    for version in ("1.0.0", "1.1.0"):
        git(repository, "tag", "-a", "-m", "a release", f"provisions/v{version}")
    shown = " ".join(said(govkit(repository, *words), 2).split())
    assert "Releases here: provisions/1." in shown
    assert "provisions/1.0.0" in shown
    assert "provisions/1.1.0" in shown


def test_two_commits_and_one_id(govkit: Run, edited: Path) -> None:
    change(edited, D2, "title:", "title: A")
    commit(edited)
    done = govkit(edited, "diff", "start", "HEAD", "EXA-DUE-02", "--format", "json")
    assert [each["id"] for each in changes(done)] == ["EXA-DUE-02"]


def test_an_id_alone_keeps_the_usual_states(govkit: Run, edited: Path) -> None:
    change(edited, D2, "title:", "title: A")
    done = govkit(edited, "diff", "EXA-DUE-01", "--format", "json")
    assert [each["id"] for each in changes(done)] == ["EXA-DUE-01"]


def test_a_clause_or_item_that_neither_side_has_is_refused_as_by_show(
    govkit: Run, edited: Path
) -> None:
    for part in ("(zz)", "(b)(zz)"):
        shown = govkit(edited, "show", f"EXA-DUE-01{part}")
        for more in ((), ("--format", "json"), ("--since", "start")):
            done = govkit(edited, "diff", f"EXA-DUE-01{part}", *more)
            assert (done.returncode, done.stdout, done.stderr) == (2, b"", shown.stderr)
    change(edited, D1, "  - id: b\n", "  - id: z\n")
    for part in ("(b)", "(z)"):
        done = govkit(edited, "diff", "start", f"EXA-DUE-01{part}", "--format", "json")
        assert [each["id"] for each in changes(done)] == ["EXA-DUE-01"]


def test_two_folders_in_no_repository(govkit: Run, coalition: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(coalition, other)
    change(other, D1, STRONG, WEAK)
    answer = report(govkit(None, "diff", str(coalition), str(other), "--format", "json"))
    assert (answer["from"], answer["to"]) == (str(coalition), str(other))
    assert [each["class"] for each in answer["changes"]] == [5]


def test_a_folder_of_the_texts_is_as_good_as_the_top(govkit: Run, edited: Path) -> None:
    done = govkit(edited / "provisions/due-process", "diff", "start", "--format", "json")
    assert [each["id"] for each in changes(done)] == ["EXA-DUE-01"]


def test_nothing_changed(govkit: Run, repository: Path) -> None:
    done = govkit(repository, "diff", "start")
    assert (done.returncode, done.stdout) == (0, b"No text differs.\n")


@pytest.mark.parametrize(("words", "code"), [((), 0), (("--exit-code",), 1)])
def test_the_exit_code_is_gits(
    govkit: Run, edited: Path, words: tuple[str, ...], code: int
) -> None:
    assert govkit(edited, "diff", "start", *words).returncode == code
    assert govkit(edited, "diff", "start", "HEAD", *words).returncode == 0


def test_the_text_says_class_way_and_words_without_colours(govkit: Run, edited: Path) -> None:
    shown = govkit(edited, "diff", "start").stdout.decode()
    assert "EXA-DUE-01  Notice before a restriction" in shown
    assert "class 5, force · major version · platform's duty: looser" in shown
    assert "[-must-] {+should+}" in shown or "[-must-] [+should+]" in shown
    assert "Does this change a duty?  modal: must -> should" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("format", ["md", "html", "pdf"])
def test_a_printed_redline_names_both_digests_and_says_which_text_prevails(
    govkit: Run, edited: Path, tmp_path: Path, format: str
) -> None:
    target = tmp_path / f"changes.{format}"
    done = govkit(edited, "diff", "start", "--format", format, "-o", str(target))
    assert done.returncode == 0, done.stderr
    if format == "pdf":
        from pypdf import PdfReader

        text = " ".join(page.extract_text() for page in PdfReader(target).pages)
    else:
        text = target.read_text(encoding="utf-8")
    (one,) = changes(govkit(edited, "diff", "start", "--format", "json"))
    flat = "".join(text.split())
    assert one["before"] in flat
    assert one["after"] in flat
    assert "prevail" in text


def test_a_printed_redline_has_the_same_bytes_twice(
    govkit: Run, edited: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for target in (one, two):
        govkit(edited, "diff", "start", "--format", "pdf", "-o", str(target), anew=True)
    assert one.read_bytes() == two.read_bytes()


def test_without_marks_a_mark_put_on_does_not_show(govkit: Run, repository: Path) -> None:
    change(repository, D1, "tell the user", "tell the [user](term:user)")
    done = govkit(repository, "diff", "start", "--without-marks", "--format", "json")
    (one,) = changes(done)
    assert one["class"] == 7
    assert [operation[0] for operation in one["clauses"][0]["operations"]] == ["equal"]


# --- for one who adopted a release ---------------------------------------------------------------


def test_an_adopter_sees_what_to_look_at_again(govkit: Run, repository: Path) -> None:
    change(repository, D1, "    exceptions:\n      - where the law forbids it\n", "")
    change(repository, D2, "title:", "title: A")
    done = govkit(repository, "diff", "--since", "start", "--format", "json")
    assert [(each["id"], each["conformity"]) for each in changes(done)] == [
        ("EXA-DUE-01", "new duty"),
        ("EXA-DUE-02", "re-check"),
    ]


def test_a_profile_leaves_out_what_is_for_others(govkit: Run, repository: Path) -> None:
    change(repository, D1, "    exceptions:\n      - where the law forbids it\n", "")
    for size, ids in (("large", ["EXA-DUE-01"]), ("small", [])):
        done = govkit(
            repository, "diff", "--since", "start", "--for", f"size={size}", "--format", "json"
        )
        assert [each["id"] for each in changes(done)] == ids


def test_a_changed_definition_reaches_the_platforms_of_the_texts_that_use_it(
    govkit: Run, repository: Path
) -> None:
    text = (repository / USER).read_text(encoding="utf-8")
    (repository / USER).write_text(text.replace("definition: ", "definition: Here, "), "utf-8")
    assert text != (repository / USER).read_text(encoding="utf-8")
    done = govkit(repository, "diff", "--since", "start", "--for", "size=small", "--format", "json")
    assert [each["id"] for each in changes(done)] == ["user"]


# --- what is refused -----------------------------------------------------------------------------


def said(done: Any, code: int) -> str:
    assert done.returncode == code, done.stdout
    assert b"Traceback" not in done.stderr
    return str(done.stderr.decode())


def test_an_unknown_name_is_no_commit_folder_or_record(govkit: Run, repository: Path) -> None:
    shown = said(govkit(repository, "diff", "EXA-DUE-09"), 2)
    assert "`EXA-DUE-09` is no commit, no folder, and no record on either side" in shown
    assert "Did you mean `EXA-DUE-0" in shown


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("HEAD^{tree}", "`HEAD^{tree}` names a tree, and no commit"),
        ("HEAD:governance", "`HEAD:governance` names a tree, and no commit"),
        ("HEAD:governance/charter.yaml", "names a blob, and no commit"),
        ("HEAD..HEAD", "Write two: `govkit diff HEAD HEAD`."),
        ("HEAD...HEAD", "Write two: `govkit diff HEAD HEAD`."),
    ],
)
def test_what_a_word_of_git_names_is_said(
    govkit: Run, repository: Path, word: str, told: str
) -> None:
    assert told in said(govkit(repository, "diff", word), 2)


@pytest.mark.parametrize("name", ["--output=x", "-x", "HEAD;id", "$(id)", "\x1b[31m"])
def test_a_hostile_name_is_a_name(govkit: Run, repository: Path, name: str) -> None:
    shown = said(govkit(repository, "diff", "--", name), 2)
    assert "is no commit, no folder, and no record" in shown
    assert "\x1b[31m" not in shown


def test_one_state_too_many(govkit: Run, repository: Path) -> None:
    assert "FROM and TO are given already" in said(
        govkit(repository, "diff", "start", "HEAD", "main"), 2
    )


def test_a_folder_without_a_charter(govkit: Run, repository: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    shown = said(govkit(repository, "diff", str(tmp_path / "empty")), 2)
    assert "holds no governance/charter.yaml" in shown


def test_a_profile_needs_a_release(govkit: Run, repository: Path) -> None:
    assert "--for needs --since" in said(govkit(repository, "diff", "--for", "size=small"), 2)


def test_a_folder_with_no_commit_yet(govkit: Run, coalition: Path) -> None:
    git(coalition, "init", "-q")
    assert "has no commit yet" in said(govkit(coalition, "diff"), 2)


def test_a_shallow_clone_says_what_to_fetch(govkit: Run, repository: Path, tmp_path: Path) -> None:
    change(repository, D1, STRONG, WEAK)
    commit(repository)
    old = git(repository, "rev-parse", "start")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    shown = said(govkit(tmp_path / "shallow", "diff", old), 3)
    assert "cut short" in shown
    assert "fetch" in shown


def test_a_record_that_was_no_good_earlier_is_named_and_the_rest_compared(
    govkit: Run, repository: Path
) -> None:
    change(repository, D1, "title:", "titel:")
    commit(repository)
    git(repository, "tag", "bad")
    change(repository, D1, "titel:", "title:")
    change(repository, D2, "title:", "title: A")
    answer = report(govkit(repository, "diff", "bad", "--format", "json"))
    assert [each["id"] for each in answer["changes"]] == ["EXA-DUE-02"]
    assert [(each["path"], each["side"]) for each in answer["unread"]] == [(D1, "old")]
    assert f"Not compared: {D1} (old side)" in govkit(repository, "diff", "bad").stdout.decode()


def test_a_charter_that_can_not_be_read_stops_nothing(govkit: Run, repository: Path) -> None:
    change(repository, CHARTER, "name:", "nmae:")
    change(repository, D1, STRONG, WEAK)
    answer = report(govkit(repository, "diff", "start", "--format", "json"))
    assert [each["id"] for each in answer["changes"]] == ["EXA-DUE-01"]


def test_json_reads_whole_from_a_file(govkit: Run, edited: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    govkit(edited, "diff", "start", "--format", "json", "-o", str(target))
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == 1
