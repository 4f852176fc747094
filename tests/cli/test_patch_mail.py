"""`govkit intake` and a change that came by mail: on a branch, or refused in a sentence."""

from __future__ import annotations

import base64
import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from govkit.records.patches import Patch
from govkit.source.patch_mail import ENDING, PatchLetter, mail_with_patch

from .conftest import D1, D2, Run, change, commit, git
from .register import BY_A, log, state

SENT = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
LETTER = PatchLetter(
    "Ana Silva <ana@example.org>", (), "A change", "x", "See below.", b"<p>", b"%PDF"
)
OLD, NEW = "before it begins", "before it starts"
PERSON = {f"GIT_COMMITTER_{each}": f"cora@{each.lower()}.example" for each in ("NAME", "EMAIL")}


def patch(folder: Path, *files: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A patch of the first provision, unless others are given."""
    words = (folder / D1).read_text()
    own = {"path": D1, "before": words, "after": words.replace(OLD, NEW)}
    return {
        "version": 1,
        "coalition": "example",
        "commit": git(folder, "rev-parse", "HEAD"),
        "release": None,
        "message": "Say it in plainer words",
        "files": list(files) or [own],
        **more,
    }


def mail(said: dict[str, Any], letter: PatchLetter = LETTER) -> bytes:
    """A mail with that patch, whatever it says."""
    right = {**said, "version": 1, "coalition": "x", "commit": "0" * 40, "message": "x"}
    right = {key: right[key] for key in ("version", "coalition", "commit", "release", "message")}
    held = Patch.model_validate(
        right | {"release": None, "files": [{"path": "x", "before": None, "after": "@@"}]}
    )
    made = mail_with_patch(letter, held, SENT)
    head, _, tail = made.rpartition(
        b'Content-Disposition: attachment; filename="x' + ENDING.encode()
    )
    end = tail[tail.index(b"--=0=") :]
    body = base64.encodebytes(json.dumps(said).encode()).replace(b"\n", b"\r\n")
    name = b'Content-Disposition: attachment; filename="x' + ENDING.encode()
    return head + name + b'"\r\nMIME-Version: 1.0\r\n\r\n' + body + b"\r\n" + end


def taken(
    run: Run, folder: Path, *mails: bytes, words: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """What became of each of some mails, taken in at once."""
    place = folder.parent / "mails"
    place.mkdir(exist_ok=True)
    files = []
    for number, data in enumerate(mails):
        files.append(str(place / f"{number:02d}.eml"))
        Path(files[-1]).write_bytes(data)
    done = run(folder, "intake", *files, "--yes", *words, "--format", "json", **PERSON)
    assert done.returncode in (0, 1), done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)["mails"]
    return found


def refs(folder: Path) -> str:
    return git(folder, "for-each-ref")


def test_a_change_is_put_on_a_branch_and_nothing_else_moves(govkit: Run, repository: Path) -> None:
    said = patch(repository)
    before, head = state(repository), git(repository, "rev-parse", "HEAD")
    (row,) = taken(govkit, repository, mail(said))
    assert (row["became"], row["mistakes"], row["conflicts"]) == ("taken", 0, {})
    assert state(repository) == before
    assert git(repository, "rev-parse", "HEAD", "main").split() == [head, head]
    branch = row["branch"]
    assert branch.startswith("mail/EXA-DUE-01-")
    about = git(repository, "log", "-1", "--format=%an <%ae>|%cn|%s|%P|%b", branch)
    assert about.startswith(
        f"Ana Silva <ana@example.org>|cora@name.example|{said['message']}|{head}|"
    )
    assert f"Made-for: {head} (no release)" in about
    assert git(repository, "diff", "--name-only", "main", branch) == D1
    again = taken(govkit, repository, mail(said))
    assert [each["became"] for each in again] == ["taken-before"]
    git(repository, "merge", "-q", branch)
    assert [each["became"] for each in taken(govkit, repository, mail(said))] == ["taken-before"]


def test_a_submission_by_mail_goes_all_the_way(govkit: Run, repository: Path) -> None:
    theirs = repository.parent / "theirs"
    git(repository, "clone", "-q", ".", str(theirs))
    git(theirs, "remote", "remove", "origin")
    change(theirs, D1, OLD, NEW)
    file = repository.parent / "change.eml"
    by = ("--by", "Ana Silva <ana@example.org>")
    assert govkit(theirs, "submit", *by, "-o", str(file)).returncode == 0
    done = govkit(repository, "intake", str(file), "--dry-run", **PERSON)
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "ana@example.org: Change EXA-DUE-01 (Notice before a restriction)" in said
    assert "Made for the state that is checked out here" in said
    assert "[-begins-] [+starts+]" in said
    assert "Nothing was written." in said
    (row,) = taken(govkit, repository, file.read_bytes())
    assert git(repository, "diff", row["branch"], "--stat", "--", D1) != ""
    assert git(theirs, "rev-parse", "HEAD^{tree}") == git(
        repository, "rev-parse", f"{row['branch']}^{{tree}}"
    )


def test_changes_of_both_sides_are_put_together_where_they_can_be(
    govkit: Run, repository: Path
) -> None:
    said = patch(repository, release="provisions/v1.0.0")
    change(repository, D1, "with the notice", "in the notice")
    commit(repository)
    done = govkit(repository, "intake", _file(repository, mail(said)), "--dry-run", **PERSON)
    text = done.stdout.decode()
    assert "Made for another state than the one that is checked out: provisions/v1.0.0" in text
    assert f"Both changes were put together: {D1}" in text
    (row,) = taken(govkit, repository, mail(said))
    both = git(repository, "show", f"{row['branch']}:{D1}")
    assert NEW in both
    assert "in the notice" in both


def _file(folder: Path, data: bytes) -> str:
    file = folder.parent / "one.eml"
    file.write_bytes(data)
    return str(file)


def test_where_both_changed_the_same_lines_nothing_is_lost_and_nobody_guesses(
    govkit: Run, repository: Path
) -> None:
    said = patch(repository)
    base = said["commit"]
    unknown = {**said, "commit": "1" * 40}
    change(repository, D1, OLD, "before it is in force")
    commit(repository)
    before = refs(repository)
    rows = taken(govkit, repository, mail(said), mail(unknown))
    why = {D1: "the same lines were changed meanwhile"}
    assert [(each["became"], each["conflicts"]) for each in rows] == [
        ("later", why),
        ("refused", why),
    ]
    assert refs(repository) == before
    done = govkit(repository, "intake", _file(repository, mail(said)), "--dry-run", **PERSON)
    assert b"it would go on the state that it was made for" in done.stdout
    assert base[:12].encode() in done.stdout


def test_mistakes_are_shown_and_left_for_a_person(govkit: Run, repository: Path) -> None:
    words = (repository / D1).read_text()
    wrong = words.replace("addressee: platform", "addressee: plattform", 1)
    said = patch(repository, {"path": D1, "before": words, "after": wrong})
    (row,) = taken(govkit, repository, mail(said))
    assert (row["became"], row["mistakes"]) == ("later", 1)
    done = govkit(repository, "intake", _file(repository, mail(said)), "--dry-run", **PERSON)
    assert b"`plattform` is not in the charter's list" in done.stdout
    done = govkit(repository, "intake", _file(repository, mail(said)), "--yes", **PERSON)
    assert b"Not taken in; nothing was written.\n  It has mistakes in the words." in done.stdout


def test_what_no_redline_has_is_shown_line_by_line(govkit: Run, repository: Path) -> None:
    sheet = {
        "path": "governance/changes/EXA-DUE-01.yaml",
        "before": None,
        "after": "of: EXA-DUE-01\n",
    }
    done = govkit(
        repository, "intake", _file(repository, mail(patch(repository, sheet))), "--dry-run"
    )
    assert b"+of: EXA-DUE-01" in done.stdout


NOBODY = "which nobody hands in"
PLAIN = "provisions/due-process/EXA-DUE-09-x.yaml"
ATTACKS: dict[str, tuple[dict[str, Any], str]] = {
    f"a file at {path[:40]}": ({"path": path}, NOBODY)
    for path in (
        "../outside.yaml",
        "/etc/passwd",
        "provisions/../../outside.yaml",
        "provisions/./due-process/x.yaml",
        "provisions//x.yaml",
        "provisions\\due-process\\x.yaml",
        ".git/config",
        ".git/hooks/post-checkout",
        "provisions/.git/config",
        "provisions/due-process/.hidden.yaml",
        ".github/workflows/check.yml",
        "govkit/cli/main.py",
        "pyproject.toml",
        "provisions/due-process/x.sh",
        "provisions/due-process/x.yaml\n.git/config",
        "provisions/due-process/\u202exyz.yaml",
        "-rf.yaml",
        "provisions/due-process/-rf.yaml",
        "governance/charter.yaml",
        "governance/genesis.yaml",
        "governance/log/000001.yaml",
        "governance/log/heads/000001.yaml",
        "governance/members/example-society.yaml",
        "governance/policies/substance.yaml",
        "governance/acts/01.yaml",
        "governance/proposals/2026-001/positions/example-society-01.yaml",
        "governance/proposals/2026-001/submissions/0000aaaa.yaml",
        "releases/provisions/1.0.0/manifest.yaml",
        "provisions/" + "a/" * 100 + "x.yaml",
    )
}
ATTACKS |= {
    "binary": ({"path": PLAIN, "after": "id: x\0y"}, "can't be taken"),
    "words that nobody sees": ({"path": PLAIN, "after": "id: x\u200by\n"}, "can't be taken"),
    "a mark of a conflict": ({"path": PLAIN, "after": "<<<<<<< a\n"}, "can't be taken"),
    "a mode": ({"path": PLAIN, "mode": "120000"}, "not one that govkit has written"),
    "a link": ({"path": PLAIN, "symlink": "/etc/passwd"}, "not one that govkit has written"),
    "no words": ({"path": PLAIN, "after": None}, "changes nothing in"),
    "another letter case": ({"path": D1.replace("notice", "NOTICE")}, "would be one file"),
    "a folder in the place of a file": ({"path": f"{D1}/x.yaml"}, "a file and a folder at once"),
    "a file that is huge": ({"path": PLAIN, "after": "x" * (1 << 21)}, "not one that govkit"),
}


def test_no_hostile_patch_is_taken_in(govkit: Run, repository: Path) -> None:
    before = state(repository), refs(repository)
    cases = {
        name: (patch(repository, {"path": PLAIN, "before": None, "after": "id: x\n"} | file), why)
        for name, (file, why) in ATTACKS.items()
    }
    cases |= {
        "another coalition": (patch(repository, coalition="other"), "here are those of `example`"),
        "another version": (patch(repository, version=2), "not one that govkit has written"),
        "a commit that is an option": (patch(repository, commit="--output=x"), "at `commit`"),
        "no file": (patch(repository) | {"files": []}, "at `files`"),
        "a thousand files": (
            patch(repository, *[{"path": PLAIN, "before": None, "after": "x"}] * 1_000),
            "at `files`",
        ),
        "twice": (patch(repository, *patch(repository)["files"] * 2), f"the patch has {D1} twice"),
        "a key too many": (patch(repository, run="sh"), "at `run`"),
    }
    rows = taken(govkit, repository, *(mail(said) for said, _ in cases.values()))
    found = dict(zip(cases, rows, strict=True))
    for name, (_, why) in cases.items():
        assert found[name]["became"] == "refused", name
        assert why in found[name]["cause"], name
    assert (state(repository), refs(repository)) == before


def test_a_mail_that_is_none_or_holds_two_is_refused(govkit: Run, repository: Path) -> None:
    right = mail(patch(repository))
    begin, end = right.index(b"Content-Type: application/json"), right.rindex(b"--=0=")
    boundary = right[right.rindex(b"\r\n--=0=", 0, begin) : begin]
    twice = right[:end] + boundary.lstrip() + right[begin:end] + right[end:]
    rows = taken(
        govkit,
        repository,
        right.replace(b"From: ", b"X-From: ", 1),
        right.replace(b"To: ", b"From: other@example.org\r\nTo: ", 1)
        if b"To: " in right
        else right.replace(b"Subject:", b"From: other@example.org\r\nSubject:", 1),
        twice,
        right.replace(b"application/json", b"message/rfc822", 1),
    )
    assert [each["became"] for each in rows] == ["refused"] * 4
    assert rows[3]["cause"] == "no patch is attached to the mail itself"
    assert "names no sender" in rows[0]["cause"]
    assert "several senders" in rows[1]["cause"]
    assert "two patches" in rows[2]["cause"]


def test_a_link_that_stands_in_the_folder_is_not_written_through(
    govkit: Run, repository: Path
) -> None:
    (repository / D2).unlink()
    (repository / D2).symlink_to("/etc/passwd")
    commit(repository)
    said = patch(repository, {"path": D2, "before": None, "after": "id: x\n"})
    (row,) = taken(govkit, repository, mail(said))
    assert "is a link here, and no text" in row["cause"]


def test_the_name_of_a_sender_can_not_write_a_head_of_the_commit(
    govkit: Run, repository: Path
) -> None:
    name = b"=?utf-8?q?Eve_=3Ceve=40x=3E_0_=2B0000=0Acommitter_Cora_=3Cc=40x=3E?="
    data = mail(patch(repository)).replace(b'"Ana Silva"', name, 1)
    (row,) = taken(govkit, repository, data)
    raw = git(repository, "cat-file", "commit", row["branch"])
    assert raw.count("\ncommitter ") == 1
    assert "<ana@example.org>" in raw


def test_words_of_a_patch_can_not_steer_the_terminal(govkit: Run, repository: Path) -> None:
    said = patch(repository, message="Hello\x1b[2J\u202eworld", release="\x1b]0;x\x07")
    done = govkit(repository, "intake", _file(repository, mail(said)), "--dry-run", **PERSON)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    (row,) = taken(govkit, repository, mail(said))
    assert "\x1b" not in git(repository, "log", "-1", "--format=%B", row["branch"])


def test_nobody_looks_so_nothing_is_taken_in(govkit: Run, repository: Path) -> None:
    file = _file(repository, mail(patch(repository)))
    done = govkit(repository, "intake", file)
    assert done.returncode == 2
    assert b"each mail has to be looked at" in done.stderr
    done = govkit(repository, "intake", file, "--yes", "--received", "2026-03-01")
    assert b"are for ballots" in done.stderr


@pytest.mark.parametrize("words", ["I consent to all of it.", "[x] consent"])
def test_a_patch_among_ballots_is_a_patch_and_never_a_position(
    govkit: Run, founded: Path, words: str
) -> None:
    entries = len(log(founded))
    folder = founded.parent / "post"
    folder.mkdir()
    data = mail(patch(founded), LETTER._replace(text=words))
    (folder / "one.eml").write_bytes(data)
    done = govkit(founded, "intake", str(folder), "--yes", *BY_A, "--format", "json", **PERSON)
    (row,) = json.loads(done.stdout)["mails"]
    assert row["became"] == "taken"
    assert len(log(founded)) == entries
