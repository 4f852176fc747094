"""`govkit submit`: from edited files to a branch and a commit, then to a host or into a mail."""

from __future__ import annotations

import datetime
import email
import email.policy
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from govkit.errors import WrongUse
from govkit.procedures.proposals.submission import commit_edits, target_branch
from govkit.workspace import open_workspace
from govkit.workspace.edited_texts import edited_texts
from tests.terminals import open_terminal

from .conftest import D1, D2, GOVKIT, Run, change, commit, git, spoil
from .register import BY_A, A, refused, state

ANA = "Ana Silva <ana@example.org>"
BY = ("--by", ANA)
MEMBER = "governance/members/example-society.yaml"
SHEET = "governance/changes/EXA-DUE-01.yaml"
MORNING = "2026-03-01T09:00:00Z"
HOST = "https://github.com/example/texts.git"


def asked(run: Run, folder: Path, *words: str, code: int = 0) -> dict[str, Any]:
    done = run(folder, "submit", *BY, *words, "--format", "json", clock=MORNING)
    assert done.returncode == code, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def edit(folder: Path, old: str = "at least {notice", new: str = "no less than {notice") -> None:
    change(folder, D1, old, new)


@pytest.fixture
def adopted(repository: Path) -> Path:
    """The coalition with one adopted text, whose status alone says so."""
    change(repository, D1, "status: draft", "status: adopted")
    commit(repository)
    return repository


@pytest.fixture
def shared(repository: Path) -> Path:
    """A clone whose remote is a bare repository on the disk."""
    bare = repository.parent / "shared.git"
    git(repository, "clone", "-q", "--bare", ".", str(bare))
    git(repository, "remote", "add", "origin", str(bare))
    git(repository, "fetch", "-q", "origin")
    return repository


def test_edits_become_a_commit_on_a_branch_and_a_mail(govkit: Run, repository: Path) -> None:
    edit(repository)
    new = (repository / D2).read_text().replace("id: EXA-DUE-02", "id: EXA-DUE-03")
    (repository / D2.replace("02-complaint", "03-appeal")).write_text(new)
    main = git(repository, "rev-parse", "main")
    words = ("submit", *BY, "--message", "Say it the other way round", "-o", "change.eml")
    out = repository.parent / "out"
    out.mkdir()
    done = govkit(repository, *words, cwd=out, clock=MORNING)
    assert done.returncode == 0, done.stderr.decode()
    branch = "change/EXA-DUE-01-and-1-more"
    assert git(repository, "symbolic-ref", "--short", "HEAD") == branch
    assert git(repository, "rev-parse", "main") == main == git(repository, "rev-parse", "HEAD~")
    assert git(repository, "status", "--porcelain") == ""
    said = git(repository, "log", "-1", "--format=%an <%ae>|%cI|%B")
    assert said.startswith(f"{ANA}|2026-03-01T09:00:00+00:00|Say it the other way round\n\n")
    assert "\nEXA-DUE-01 (Notice before a restriction): class " in said
    mail = email.message_from_bytes((out / "change.eml").read_bytes(), policy=email.policy.default)
    assert (mail["From"], mail["To"]) == ("Ana Silva <ana@example.org>", "comments@example.org")
    assert mail["Subject"] == "Say it the other way round"
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf", "application/json"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "[-at least-]" in body.get_content()


def test_the_same_edits_make_the_same_bytes(govkit: Run, repository: Path) -> None:
    edit(repository)
    mails = []
    for name in ("first.eml", "second.eml"):
        file = repository.parent / name
        asked(govkit, repository, "--mail", "-o", str(file))
        mails.append(file.read_bytes())
    assert mails[0] == mails[1]


def test_what_the_answer_says_for_a_code_host(govkit: Run, repository: Path) -> None:
    git(repository, "remote", "add", "origin", HOST)
    edit(repository)
    first = asked(govkit, repository)
    assert first["request"] == "https://github.com/example/texts/pull/new/change/EXA-DUE-01"
    assert (first["pushed_to"], first["mail"]) == (None, None)
    assert first["message"].startswith("Change EXA-DUE-01 (Notice before a restriction)\n")
    edit(repository, "before it begins", "before it starts")
    git(repository, "remote", "add", "upstream", "git@github.com:coalition/texts.git")
    again = asked(govkit, repository)
    assert again["branch"] == first["branch"]
    assert git(repository, "rev-parse", "HEAD~") == first["commit"]
    assert again["request"] == (
        "https://github.com/coalition/texts/compare/main...example:change/EXA-DUE-01?expand=1"
    )


def test_a_branch_is_pushed_when_told_and_goes_on_there(govkit: Run, shared: Path) -> None:
    bare = shared.parent / "shared.git"
    edit(shared)
    first = asked(govkit, shared, "--push")
    ref = f"refs/heads/{first['branch']}"
    assert git(bare, "rev-parse", ref) == first["commit"]
    edit(shared, "before it begins", "before it starts")
    second = asked(govkit, shared, "--push")
    assert git(bare, "rev-parse", ref) == second["commit"] != first["commit"]
    # Nothing new: the same state, pushed again, with nothing added.
    assert asked(govkit, shared, "--push")["commit"] == second["commit"]
    git(
        bare, "update-ref", ref, git(bare, "commit-tree", "-m", "x", f"{second['commit']}^{{tree}}")
    )
    done = govkit(shared, "submit", *BY, "--push")
    assert done.returncode == 3
    assert b"has commits there that are not here" in done.stderr
    hook = bare / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Closed. Ask for permission (403).' >&2\nexit 1\n")
    hook.chmod(0o755)
    git(bare, "update-ref", "-d", ref)
    done = govkit(shared, "submit", *BY, "--push")
    assert done.returncode == 3
    assert b"does not take the branch change/EXA-DUE-01: Closed. Ask for" in done.stderr


def test_no_setting_of_the_clone_has_a_part_in_a_push(govkit: Run, shared: Path) -> None:
    edit(shared)
    made = shared.parent / "made"
    hook = shared / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {made}\n")
    hook.chmod(0o755)
    bare = shared.parent / "shared.git"
    git(shared, "config", "url./nowhere/.pushInsteadOf", f"{bare.parent}/")
    git(shared, "config", "remote.origin.receivepack", f"touch {made}; git-receive-pack")
    git(shared, "config", "core.sshCommand", f"touch {made}")
    assert asked(govkit, shared, "--push")["pushed_to"] == str(bare)
    assert not made.exists()


def test_mistakes_stop_it_and_other_remarks_do_not(govkit: Run, adopted: Path) -> None:
    change(adopted, D1, "addressee: platform", "addressee: plattform")
    change(adopted, D1, "days before it begins", "days ahead")
    before = state(adopted)
    done = govkit(adopted, "submit", *BY)
    said = done.stdout.decode()
    assert done.returncode == 1
    first, others = said.split("What does not stop it:")
    assert "To be mended before it can be handed in:" in first
    assert "`plattform` is not in the charter's list" in first
    assert "[less-mature]" in others
    assert "1 mistake in the words" in others
    assert state(adopted) == before
    found = asked(govkit, adopted, "--draft")
    assert "Not finished: `govkit check` finds 1 mistake in the words." in found["message"]


def test_only_the_author_can_say_whether_a_duty_changes(govkit: Run, adopted: Path) -> None:
    edit(adopted, "the reasons for the restriction", "every reason for the restriction")
    before = state(adopted)
    done = govkit(adopted, "submit", *BY)
    assert done.returncode == 1
    assert b"questions about duties are not answered" in done.stderr
    assert b"govkit new change EXA-DUE-01" in done.stderr
    assert state(adopted) == before
    found = asked(govkit, adopted, "--draft", "--dry-run")
    assert "Not answered: whether a duty changes in EXA-DUE-01." in found["message"]


def at_terminal(folder: Path, answers: str, *words: str) -> tuple[int, str]:
    host, terminal = open_terminal()
    os.write(host, answers.encode())
    done = subprocess.run(
        [str(GOVKIT), "-C", str(folder), "submit", *words],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        timeout=60,
        check=False,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )
    os.close(terminal)
    said = os.read(host, 100_000).decode()
    os.close(host)
    return done.returncode, said


def test_a_person_is_asked_on_a_terminal(adopted: Path) -> None:
    edit(adopted, "the reasons for the restriction", "every reason for the restriction")
    git(adopted, "remote", "add", "origin", HOST)
    # The sentence; whether a duty changes; why; the reason; who; whether to push.
    answers = "Say that all reasons count\nn\nIt says the same.\n\nAna Silva\nana@example.org\nn\n"
    code, said = at_terminal(adopted, answers)
    assert code == 0, said
    assert git(adopted, "log", "-1", "--format=%an <%ae> %s") == f"{ANA} Say that all reasons count"
    sheet = (adopted / SHEET).read_text()
    assert "changes_a_duty: no" in sheet.replace("'", "").replace('"', "")
    assert "It says the same." in sheet
    assert git(adopted, "status", "--porcelain") == ""
    assert "Nothing was pushed." in said
    # The edit goes on: what was answered is not asked again, and the sheet is for the new words.
    edit(adopted, "with the notice", "in the notice")
    code, said = at_terminal(adopted, "\nn\nThe same time.\n\nn\n", *BY)
    assert code == 0, said
    sheet = (adopted / SHEET).read_text()
    assert "It says the same." in sheet
    assert "Say that all reasons count" in sheet
    assert git(adopted, "status", "--porcelain") == ""


def test_what_was_answered_is_asked_no_second_time_when_the_edit_goes_on(
    govkit: Run, adopted: Path
) -> None:
    edit(adopted, "the reasons for the restriction", "every reason for the restriction")
    assert govkit(adopted, "new", "change", "EXA-DUE-01").returncode == 0
    sheet = adopted / SHEET
    words = sheet.read_text().replace("'[insert yes or no]'", "no")
    words = words.replace("'[insert the reason]'", "It says the same.")
    sheet.write_text(words.replace("'[insert why the change is needed]'", "It is clearer."))
    assert asked(govkit, adopted)["files"] == [SHEET, D1]


def test_only_what_is_named_is_handed_in(govkit: Run, repository: Path) -> None:
    edit(repository)
    change(repository, D2, "a fee", "any fee")
    change(repository, MEMBER, "name:", "name: New")
    found = asked(govkit, repository, "EXA-DUE-01")
    assert (found["files"], found["not_named"], found["left_out"]) == ([D1], [D2], [MEMBER])
    assert git(repository, "diff", "--name-only").split() == [MEMBER, D2]
    refused(govkit(repository, "submit", *BY, "EXA-PRV-01"), "was edited in EXA-PRV-01")


def test_a_text_that_rests_on_what_is_left_out_is_not_handed_in(
    govkit: Run, repository: Path
) -> None:
    terms = repository / "registers/terms"
    new = (terms / "user.yaml").read_text().replace("term: user", "term: reader")
    (terms / "reader.yaml").write_text(new.replace("plural: users", "plural: readers"))
    change(repository, D1, "tell the user", "tell the [reader](term:reader)")
    found = asked(govkit, repository, "EXA-DUE-01", code=1)
    assert [(each["rule"], each["path"]) for each in found["stops"]] == [("unknown-reference", D1)]
    done = govkit(repository, "submit", *BY, "EXA-DUE-01")
    assert b"They may come from what is left as it is" in done.stdout
    assert asked(govkit, repository, "EXA-DUE-01", "reader")["stops"] == []


def test_a_mistake_in_what_stays_behind_stops_nobody(govkit: Run, repository: Path) -> None:
    edit(repository)
    spoil(repository, D2)
    assert asked(govkit, repository, "EXA-DUE-01")["files"] == [D1]


def test_a_file_that_was_moved_goes_with_both_its_places(govkit: Run, repository: Path) -> None:
    moved = D1.replace("01-", "01-moved-")
    (repository / D1).rename(repository / moved)
    found = asked(govkit, repository, "EXA-DUE-01")
    assert (found["files"], found["not_named"]) == (sorted([D1, moved]), [])


def test_a_renamed_text_goes_whole_by_either_of_its_names(govkit: Run, repository: Path) -> None:
    was = D2.replace("02-complaint", "09-complaint")
    done = govkit(repository, "rename", "EXA-DUE-02", "EXA-DUE-09", "--yes")
    assert done.returncode == 0, done.stderr.decode()
    (repository / MEMBER).write_text((repository / MEMBER).read_text() + "# A remark.\n")
    both = [asked(govkit, repository, name, "--dry-run")["files"] for name in ("EXA-DUE-09", was)]
    assert both[0] == both[1]
    assert both[0] == [D1, D2, was, "provisions/instrument.yaml"]


def test_a_change_that_was_handed_in_meanwhile_is_not_handed_in_twice(repository: Path) -> None:
    edit(repository)
    now = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
    edits = edited_texts(open_workspace(repository), repository)
    target = target_branch(edits, "main")
    commit_edits(edits, target, ANA, "Say it the other way round", now)
    with pytest.raises(WrongUse, match="committed in this folder meanwhile, on the branch change/"):
        commit_edits(edits, target, ANA, "Say it in another way", now)
    assert len(git(repository, "branch", "--list", "change/*").split("\n")) == 1


def test_while_another_program_holds_the_index_nothing_is_moved(
    govkit: Run, repository: Path
) -> None:
    """Else what is staged would be older than the branch, and the next commit take it back."""
    edit(repository)
    before, lock = state(repository), repository / ".git/index.lock"
    lock.touch()
    done = govkit(repository, "submit", *BY, "-m", "Say it the other way round", clock=MORNING)
    assert done.returncode == 3
    assert git(repository, "branch", "--list", "change/*") == ""
    lock.unlink()
    assert state(repository) == before
    asked(govkit, repository, "-m", "Say it the other way round")
    assert git(repository, "status", "--short") == ""


def test_a_link_in_the_place_of_a_text_does_not_remove_it(govkit: Run, repository: Path) -> None:
    text = repository / D1
    text.rename(repository.parent / "elsewhere.yaml")
    text.symlink_to(repository.parent / "elsewhere.yaml")
    refused(govkit(repository, "submit", *BY, "--draft", "-m", "Say it"), f"{D1} is now a link")
    text.unlink()
    text.parent.rename(repository.parent / "elsewhere")
    text.parent.symlink_to(repository.parent / "elsewhere")
    folder = text.parent.relative_to(repository).as_posix()
    refused(govkit(repository, "submit", *BY, "--draft", "-m", "Say it"), f"{folder} is now a link")


def test_a_dry_run_writes_nothing(govkit: Run, repository: Path) -> None:
    edit(repository)
    before = (
        state(repository),
        git(repository, "for-each-ref"),
        (repository / ".git/HEAD").read_text(),
    )
    found = asked(govkit, repository, "--dry-run")
    assert (found["branch"], found["commit"]) == ("change/EXA-DUE-01", None)
    assert b"Nothing was written." in govkit(repository, "submit", *BY, "--dry-run").stdout
    after = (
        state(repository),
        git(repository, "for-each-ref"),
        (repository / ".git/HEAD").read_text(),
    )
    assert after == before


def test_what_is_odd_is_told_in_a_sentence(govkit: Run, repository: Path) -> None:
    def no(*words: str, say: str, by: tuple[str, ...] = BY, **more: str) -> None:
        before = state(repository), git(repository, "for-each-ref")
        refused(govkit(repository, "submit", *by, *words, **more), say)
        assert (state(repository), git(repository, "for-each-ref")) == before

    no(say="nothing is changed here that can be handed in")
    change(repository, MEMBER, "name:", "name: New")
    no(say="made by commands: governance/members/example-society.yaml")
    edit(repository)
    unknown = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    no(by=(), say="git does not know you", **unknown)
    no(by=("--by", "Ana"), say="`Ana` does not say who hands in the change")
    no("--message", "…", say="no sentence that says what it is for")
    no("--message", "a" * 301, say="has 301 characters, and may have 300")
    no("--recipient", "a@b.org\nBcc: c@d.org", say="is no address for a mail")
    no(by=("--by", "Ana <ana@ex\u00e4mple.org>"), say="is no address for a mail")
    no("--push", say="this folder has no remote")
    no("--remote", "frok", say="there is no remote `frok`")
    no("--push", "--mail", say="Leave one of them out")
    git(repository, "remote", "add", "origin", "ext::sh -c touch% made")
    no("--push", say="the remote origin is none of https, ssh or a folder")
    (repository / ".git/MERGE_HEAD").write_text(git(repository, "rev-parse", "HEAD") + "\n")
    no(say="a merge is not finished in this folder")


def test_a_folder_without_a_commit_is_told_to_begin(govkit: Run, coalition: Path) -> None:
    git(coalition, "init", "-q", "-b", "main")
    refused(govkit(coalition, "submit", *BY), "has no commit yet")


def test_commits_on_main_or_on_no_branch_go_along(govkit: Run, shared: Path) -> None:
    edit(shared)
    commit(shared)
    here = git(shared, "rev-parse", "HEAD")
    found = asked(govkit, shared)
    assert (found["branch"], found["commit"]) == ("change/EXA-DUE-01", here)
    git(shared, "checkout", "-q", "--detach", "origin/main")
    change(shared, D2, "a fee", "any fee")
    found = asked(govkit, shared)
    assert found["branch"] == "change/EXA-DUE-02"
    assert git(shared, "rev-parse", "HEAD~") == git(shared, "rev-parse", "origin/main")


def test_another_edit_of_a_text_that_waits_gets_a_branch_of_its_own(
    govkit: Run, repository: Path
) -> None:
    edit(repository)
    first = asked(govkit, repository)
    git(repository, "switch", "-q", "main")
    edit(repository, "before it begins", "before it starts")
    assert asked(govkit, repository)["branch"] == "change/EXA-DUE-01-2"
    assert git(repository, "rev-parse", "change/EXA-DUE-01") == first["commit"]


def test_a_branch_on_which_another_folder_works_is_left_alone(
    govkit: Run, repository: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    git(repository, "worktree", "add", "-q", str(other), "-b", "change/EXA-DUE-01")
    edit(repository)
    assert asked(govkit, repository)["branch"] == "change/EXA-DUE-01-2"
    assert git(other, "status", "--porcelain") == ""


@pytest.mark.parametrize("there", ["change", "change/EXA-DUE-01/old"])
def test_a_branch_whose_name_is_in_the_way_is_named(
    govkit: Run, repository: Path, there: str
) -> None:
    git(repository, "branch", there)
    edit(repository)
    done = govkit(repository, "submit", *BY, "--message", "Say it in plainer words")
    assert done.returncode == 3
    assert f"`git branch -m {there} NEW-NAME`".encode() in done.stderr
    assert git(repository, "status", "--porcelain").split() == ["M", D1]


def test_what_a_coordinator_filed_is_no_submission(govkit: Run, founded: Path) -> None:
    done = govkit(founded, "consent", A, "2026-001", "consent", *BY_A)
    assert done.returncode == 0, done.stderr
    refused(govkit(founded, "submit", *BY), "nothing is changed here")


def test_nobody_answers_for_the_mistakes_of_others(govkit: Run, repository: Path) -> None:
    change(repository, D1, "addressee: platform", "addressee: plattform")
    spoil(repository)
    commit(repository)
    edit(repository)
    assert asked(govkit, repository)["stops"] == []
