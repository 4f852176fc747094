"""`govkit release plan`, `cut`, `publish` and `list`, and every way in which they say no."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from govkit.cli.main import _run
from govkit.rendering import pdf
from tests.command import started
from tests.killing import in_a_child
from tests.release import scene
from tests.release.conftest import Ask
from tests.release.scene import A, B, commit, git
from tests.shared import made_once
from tests.word_reading import shown

NOW = ("--now", "2026-06-20T12:00:00Z")
LATER = ("--now", "2026-07-20T12:00:00Z")
MD = ("--formats", "md")
DRAFT = ("provisions", "--draft", *NOW)
D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
SOURCE = "registers/sources/example-act.yaml"
RELEASE = "releases/provisions/1.0.0"


def one_of(tmp_path_factory: pytest.TempPathFactory, begin: str) -> Path:
    return tmp_path_factory.mktemp(begin)


@pytest.fixture(scope="module")
def _states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The coalition in its states, each in a folder of that name."""

    def make(folder: Path) -> None:
        def keep(name: str, root: Path) -> None:
            shutil.copytree(root.parent, folder / name)

        keep("forming", scene.begun(tmp_path_factory.mktemp("a")))
        root = scene.founded(tmp_path_factory.mktemp("b"))
        keep("ready", root)
        scene.cut(root)
        keep("cut", root)
        scene.sign(root, A)
        keep("half signed", root)
        scene.sign(root, B)
        keep("signed", root)
        scene.publish(root)
        keep("published", root)

    return made_once(tmp_path_factory, "release-states", make)


@pytest.fixture
def here(_states: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the state that the test names by its mark `state`."""
    name = request.node.get_closest_marker("state").args[0]
    return Path(shutil.copytree(_states / name, tmp_path / "all")) / "coalition"


def state(name: str) -> pytest.MarkDecorator:
    return pytest.mark.state(name)


def unchanged(root: Path) -> tuple[str, str, list[str]]:
    """What no refused command may touch."""
    listed = (
        sorted(path.name for path in (root / "dist").rglob("*")) if (root / "dist").exists() else []
    )
    return git(root, "for-each-ref"), git(root, "status", "--porcelain"), listed


# --- plan -----------------------------------------------------------------------------------------


@state("ready")
def test_the_plan_of_a_book_that_is_ready(here: Path, ask: Ask) -> None:
    told = ask(here, "release", "plan", "provisions", *NOW)
    assert told.code == 0
    assert told.out.splitlines() == [
        "provisions/1.0.0  Example provisions (invented)",
        "Dated 2026-06-20. Only drafts came before, if anything.",
        "Version: the first one may have any number; 1.0.0 is usual.",
        "",
        *[line for line in told.out.splitlines() if line.startswith(("ID ", "INS-", "EXA-"))],
        *[line for line in told.out.splitlines() if line.split(" ")[0] in _TERMS],
        "",
        "It can be cut: govkit release cut provisions/1.0.0",
    ]
    [row] = [line for line in told.out.splitlines() if line.startswith("EXA-DUE-01")]
    assert row.split() == [
        "EXA-DUE-01",
        row.split()[1],
        "taken",
        "over",
        "new",
        "Notice",
        "before",
        "a",
        "restriction",
    ]


_TERMS = ("platform", "restriction", "user")


@state("forming")
def test_the_plan_names_everything_that_is_in_the_way_and_ends_with_1(here: Path, ask: Ask) -> None:
    told = ask(here, "release", "plan", "provisions", *NOW)
    assert told.code == 1
    lines = told.out.splitlines()
    at = lines.index("4 things stop provisions/1.0.0:")
    assert [line for line in lines[at + 1 :] if line.startswith("- ")] == [
        "- the coalition is forming: it was not founded, and can adopt nothing",
        "- INS-provisions has no consent: nobody has adopted its words: it is draft",
        "- EXA-DUE-01 has no consent: nobody has adopted its words: it is draft",
        "- EXA-DUE-02 has no consent: nobody has adopted its words: it is draft",
    ]
    data = ask(here, "release", "plan", "provisions", *NOW, "--format", "json").data
    kinds = [(stop["kind"], stop["id"], stop["stops_this"]) for stop in data["stops"]]
    assert kinds == [
        ("forming", None, True),
        ("no-consent", "INS-provisions", True),
        ("no-consent", "EXA-DUE-01", True),
        ("no-consent", "EXA-DUE-02", True),
    ]
    assert data["stopped"] is True


@state("forming")
def test_a_draft_goes_on_and_says_what_will_stop_the_version_itself(here: Path, ask: Ask) -> None:
    told = ask(here, "release", "plan", "provisions", "--draft", *NOW)
    assert told.code == 0
    assert "The draft goes on. 4 things will stop 1.0.0 itself:" in told.out
    told = ask(here, "release", "cut", "provisions", "--draft", *NOW, *MD)
    assert told.code == 0
    assert told.out.startswith("Cut provisions/1.0.0-draft.1 as a candidate, in the commit ")
    assert "4 things will stop 1.0.0 itself" in told.err


@state("forming")
def test_an_error_stops_a_draft_too(here: Path, ask: Ask) -> None:
    scene.written(here, "title: Notice before", "titel: Notice before", "provisions/due-process")
    commit(here)
    told = ask(here, "release", "cut", "provisions", "--draft", *NOW, *MD)
    assert told.code == 1
    said = " ".join(told.err.split())
    assert said.startswith("2 things stop provisions/1.0.0-draft.1: - unknown-key (1 place: ")
    assert f"{D1}:3): unknown key `titel` `govkit check` shows" in said
    assert "- EXA-DUE-01 has no digest" in said
    assert "3 things will stop 1.0.0 itself" in said
    assert told.err.endswith("Nothing was changed.\n")


@state("ready")
def test_the_plan_reads_what_is_committed_and_says_what_is_not(here: Path, ask: Ask) -> None:
    scene.written(here, "Notice before", "A notice before", "provisions/due-process")
    told = ask(here, "release", "plan", "provisions", *NOW)
    assert told.code == 0
    assert f"note: 1 file in the folder is not committed, as {D1}." in told.out
    assert "A notice before" not in told.out


# --- cut ------------------------------------------------------------------------------------------


@state("ready")
def test_cutting_makes_one_commit_below_releases_and_the_printed_files(
    here: Path, ask: Ask
) -> None:
    (here / "foreword.md").write_text("Dear readers.\n", encoding="utf-8")
    before = git(here, "rev-parse", "HEAD")
    told = ask(
        here,
        "release",
        "cut",
        "provisions",
        *NOW,
        *MD,
        "--foreword",
        str(here / "foreword.md"),
        "--effective",
        "2027-01-01",
        "--commence",
        "EXA-DUE-02=2027-07-01",
        "--format",
        "json",
    )
    assert told.code == 0
    data = told.data
    assert (data["release"], data["threshold"], data["stops"]) == ("provisions/1.0.0", 2, [])
    assert git(here, "rev-parse", "HEAD") == data["commit"]
    assert git(here, "rev-parse", "HEAD^") == before
    changed = git(here, "diff", "--name-only", before, "HEAD").splitlines()
    names = ["FOREWORD.md", "RECORDS", "SHA256SUMS", "manifest.yaml"]
    assert changed == [f"{RELEASE}/{name}" for name in names]
    assert git(here, "status", "--porcelain") == "?? foreword.md"
    dist = here / "dist/provisions/1.0.0"
    assert data["folder"] == str(dist)
    assert sorted(path.name for path in dist.iterdir()) == sorted([*names, *data["artefacts"]])
    subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"],
        cwd=dist,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    subprocess.run(
        ["sha256sum", "--strict", "-c", f"{RELEASE}/RECORDS"],
        cwd=here,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    manifest = (here / RELEASE / "manifest.yaml").read_text(encoding="utf-8")
    assert "effective: 2027-01-01\n" in manifest
    assert "    effective: 2027-07-01\n" in manifest
    assert ask(here, "check", "--today", "2026-06-20").code == 0


@state("ready")
def test_a_dry_run_says_what_would_be_and_writes_nothing(here: Path, ask: Ask) -> None:
    before = unchanged(here)
    told = ask(here, "release", "cut", "provisions", "--dry-run", *NOW, *MD)
    assert told.code == 0
    assert told.out.startswith("Would cut provisions/1.0.0, dated 2026-06-20:\n")
    assert told.out.endswith("Nothing was written.\n")
    assert unchanged(here) == before


@state("half signed")
def test_a_candidate_is_cut_again_only_when_asked_and_loses_its_signatures(
    here: Path, ask: Ask
) -> None:
    before = unchanged(here)
    told = ask(here, "release", "cut", "provisions/1.0.0", *NOW, *MD)
    assert (told.code, unchanged(here)) == (2, before)
    assert "provisions/1.0.0 is cut already, and waits for its signatures" in told.err
    assert "--again" in told.err
    assert (here / RELEASE / f"signatures/{A}.sig").is_file()
    told = ask(here, "release", "cut", "provisions/1.0.0", "--again", *LATER, *MD)
    assert told.code == 0
    assert list((here / RELEASE).glob("signatures/*")) == []
    assert "signatures" not in git(here, "ls-tree", "-r", "--name-only", "HEAD", "--", "releases")
    assert git(here, "status", "--porcelain") == ""


def _detached(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")


def _other_branch(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "topic")


def _edited(root: Path) -> None:
    scene.written(root, "title: ", "title: The ", "provisions", "recommendations")


def _untracked(root: Path) -> None:
    (root / "registers/terms/extra.yaml").write_text("x: y\n")


def _tagged(root: Path) -> None:
    git(root, "tag", "provisions/v1.0.0")


def _nameless(root: Path) -> None:
    git(root, "config", "--unset", "user.name")


def _shallow(root: Path) -> None:
    old = root.rename(root.with_name("old"))
    subprocess.run(["git", "clone", "-q", "--depth", "1", old.as_uri(), str(root)], check=True)
    git(root, "config", "user.name", "E. Example")
    git(root, "config", "user.email", "e@example.org")


def _no_repository(root: Path) -> None:
    shutil.rmtree(root / ".git")


def _no_commit(root: Path) -> None:
    shutil.rmtree(root / ".git")
    git(root, "init", "-q", "-b", "main")


REFUSED = {
    "HEAD is detached": (_detached, 2, "no branch is checked out", "git switch main"),
    "another branch": (_other_branch, 2, "the branch `topic` is checked out", "--branch topic"),
    "edited files": (
        _edited,
        2,
        "what is in the folder is not what is committed: provisions/due-process/"
        "EXA-DUE-01-notice.yaml, provisions/due-process/EXA-DUE-02-complaint.yaml, "
        "provisions/instrument.yaml and 4 more",
        "Commit these changes",
    ),
    "a new file": (_untracked, 2, "not what is committed: registers/terms/extra.yaml", "Commit"),
    "the tag is there": (_tagged, 2, "there is a tag provisions/v1.0.0 already", "git tag -d"),
    "git does not know the person": (
        _nameless,
        2,
        "git does not know your name",
        "git config --global user.name",
    ),
    "a shallow clone": (_shallow, 3, "the history of this clone is cut short", "--unshallow"),
    "no repository": (_no_repository, 3, "is in no git repository", "git init -b main"),
    "nothing committed": (_no_commit, 2, "nothing is committed here yet", "git commit"),
}


@state("ready")
@pytest.mark.parametrize("case", REFUSED)
def test_where_nothing_can_be_cut_it_says_why_and_what_to_do(
    case: str, here: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in scene.ALONE.items():
        monkeypatch.setenv(name, value)
    spoil, code, message, hint = REFUSED[case]
    spoil(here)
    told = ask(here, "release", "cut", "provisions", *NOW, *MD)
    assert told.code == code
    error, help = told.err.splitlines()[:2]
    assert message in error
    assert hint in help
    assert told.out == ""
    assert not (here / "dist").exists()
    assert not (here / "releases").exists()


WRONG_WORDS = {
    ("provision",): "there is no book `provision`",
    ("provisions/1.0",): "'1.0' is no version",
    ("provisions/1.0.0", "--draft"): "provisions/1.0.0 names a version, and --draft asks for",
    ("provisions/1.0.0", "--next"): "provisions/1.0.0 names a version, and --next asks for",
    ("provisions", "--commence", "EXA-DUE-01"): "--commence EXA-DUE-01 names no text with a day",
    ("provisions", "--commence", "EXA-DUE-09=2027-01-01"): "holds no text `EXA-DUE-09`",
    ("provisions", "--holds", "provisions/1.0.0"): "only a release of several books holds others",
    ("provisions", "--formats", "odt"): "`odt` is no format",
    ("provisions", "--formats", ","): "name at least one of",
    ("provisions", "--dated", "today"): "today is no day",
    ("provisions", "--foreword", "missing.md"): "missing.md can't be read",
    ("all/2026.1.0", "--holds", "provisions/1.0.0"): "there is no release provisions/1.0.0",
}


@state("ready")
def test_wrong_words_are_told_and_nothing_is_written(here: Path, ask: Ask) -> None:
    before = unchanged(here)
    for words, message in WRONG_WORDS.items():
        told = ask(here, "release", "cut", *words, *NOW)
        assert message in told.err, words
        assert told.code == (3 if "--foreword" in words else 2), words
    assert unchanged(here) == before
    told = ask(here, "release", "cut", "provisions/2.0.0-draft.2", *NOW, *MD)
    assert told.code == 1
    assert "the next draft of 2.0.0 is 2.0.0-draft.1" in told.err
    assert unchanged(here) == before


@state("ready")
def test_a_foreword_that_hides_something_is_refused(here: Path, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "words.md").write_bytes(b"Dear \xe2\x80\x8breaders")
    told = ask(
        here, "release", "cut", "provisions", *NOW, *MD, "--foreword", str(tmp_path / "words.md")
    )
    assert (told.code, told.out) == (2, "")
    assert "the foreword can't be read" in told.err


@state("ready")
def test_without_what_a_pdf_needs_nothing_is_cut(
    here: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf._weasyprint.cache_clear()
    from weasyprint.text import ffi

    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    before = unchanged(here)
    told = ask(here, "release", "cut", "provisions", *NOW)
    pdf._weasyprint.cache_clear()
    assert told.code == 3
    assert "a PDF needs libraries that this machine lacks: harfbuzz-subset" in told.err
    assert unchanged(here) == before


@state("ready")
def test_a_book_that_can_not_be_made_leaves_nothing(
    here: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "dist").write_text("a file where the folder would go")
    told = ask(here, "release", "cut", "provisions", *NOW, *MD)
    assert told.code == 3
    assert "can't be written" in told.err
    assert git(here, "status", "--porcelain") == "?? dist"
    assert git(here, "log", "-1", "--format=%s") == "Found the coalition"


@state("ready")
def test_on_a_main_branch_of_another_name(here: Path, ask: Ask) -> None:
    git(here, "branch", "-m", "trunk")
    told = ask(here, "release", "cut", "provisions", "--branch", "trunk", *NOW, *MD)
    assert told.code == 0
    assert git(here, "log", "-1", "--format=%s", "trunk") == "Cut provisions/1.0.0 as a candidate"


@state("ready")
def test_a_release_is_dated_between_the_newest_entry_and_today(here: Path, ask: Ask) -> None:
    """The scene is founded on 10 June 2026, and cut on 20 June."""
    before = unchanged(here)
    newest = max(path.read_text() for path in (here / "governance/log").glob("*.yaml"))
    [first] = re.findall(r"recorded_at: (\S{10})", newest)
    for asked, why in {
        "2026-06-21": "that day is still to come (it is 2026-06-20)",
        str(
            datetime.date.fromisoformat(first) - datetime.timedelta(days=1)
        ): f"what it releases was recorded as late as {first}",
    }.items():
        for words in (("provisions",), ("provisions", "--draft")):
            told = ask(here, "release", "cut", *words, "--dated", asked, *NOW, *MD)
            assert told.code == 1
            assert f"a release can't be dated {asked}: {why}" in told.err.replace("\n  ", " ")
    assert unchanged(here) == before
    for day in (first, "2026-06-20"):
        told = ask(here, "release", "plan", "provisions", "--dated", day, *NOW)
        assert told.code == 0, told.out


# --- publish --------------------------------------------------------------------------------------


def publish(here: Path, ask: Ask, *more: str, key: str = A):  # type: ignore[no-untyped-def]
    return ask(
        here,
        "release",
        "publish",
        "provisions/1.0.0",
        "--key",
        str(scene.key_of(here, key)),
        *NOW,
        *more,
    )


@state("signed")
def test_publishing_makes_one_commit_and_a_signed_tag(here: Path, ask: Ask, tmp_path: Path) -> None:
    told = publish(here, ask)
    assert told.code == 0
    assert told.out.splitlines()[:2] == [
        f"Published provisions/1.0.0, signed by {A}, {B} (2 of the 2 that it takes).",
        "The tag is provisions/v1.0.0. Make it known: git push --follow-tags",
    ]
    assert git(here, "rev-parse", "provisions/v1.0.0^{commit}") == git(here, "rev-parse", "HEAD")
    assert git(here, "diff", "--name-only", "HEAD^", "HEAD").splitlines() == [
        "governance/log/000008.yaml",
        "governance/log/heads/000008.yaml",
        f"{RELEASE}/published.yaml",
    ]
    assert git(here, "status", "--porcelain") == ""
    assert (here / "dist/provisions/1.0.0/published.yaml").is_file()
    assert (here / f"dist/provisions/1.0.0/signatures/{B}.sig").is_file()
    signers = tmp_path / "signers"
    public = scene.key_of(here, A).with_suffix(".pub").read_text()
    signers.write_text(f'a namespaces="git" {public}')
    git(here, "-c", f"gpg.ssh.allowedSignersFile={signers}", "tag", "-v", "provisions/v1.0.0")
    assert ask(here, "check", "--today", "2026-06-20").code == 0


@state("half signed")
def test_below_the_threshold_nothing_is_published(here: Path, ask: Ask) -> None:
    before = unchanged(here)
    told = publish(here, ask)
    assert told.code == 1
    assert "1 of 2 coordinators signed provisions/1.0.0" in told.err
    assert f"Still to sign: {B}." in told.err
    assert unchanged(here) == before


@state("signed")
def test_a_dry_run_of_publishing_changes_nothing(here: Path, ask: Ask) -> None:
    before = unchanged(here)
    told = publish(here, ask, "--dry-run")
    assert told.code == 0
    assert told.out == (
        f"Would publish provisions/1.0.0, signed by {A}, {B}.\nNothing was written.\n"
    )
    assert unchanged(here) == before


def _act_filed(root: Path) -> None:
    scene.run(
        root,
        "member",
        "key",
        "end",
        B,
        "k1",
        "--last-day",
        "2026-06-10",
        "--by",
        A,
        "--now",
        "2026-06-20T11:00:00Z",
    )
    for member in (A, B):
        scene.run(root, "sign", "01", "--key", str(scene.key_of(root, member)), "--by", member)


def _key_ended(root: Path) -> None:
    _act_filed(root)
    scene.seal(root)
    commit(root)


def _unsealed(root: Path) -> None:
    _act_filed(root)
    commit(root)


def _forged(root: Path) -> None:
    file = root / RELEASE / f"signatures/{B}.sig"
    shutil.copy(root / RELEASE / f"signatures/{A}.sig", file)


def _words_moved(root: Path) -> None:
    scene.written(root, "must give the reasons", "must always give the reasons", "provisions")
    commit(root)


def _sums_edited(root: Path) -> None:
    with (root / RELEASE / "SHA256SUMS").open("a") as file:
        file.write("x")


NOT_PUBLISHED = {
    "a key that ended": (_key_ended, 1, f"the signature of {B} does not count"),
    "a log that is not sealed": (_unsealed, 2, "of the log are sealed by no coordinator"),
    "a log that is not committed": (_act_filed, 2, "and the publication is an entry of the log"),
    "a signature of somebody else": (_forged, 1, f"the signature of {B} does not count"),
    "other words since": (
        _words_moved,
        1,
        "EXA-DUE-01 has other words now than in provisions/1.0.0",
    ),
    "a file that was changed": (_sums_edited, 2, f"{RELEASE}/SHA256SUMS is not as it is committed"),
    "another branch": (_other_branch, 2, "the branch `topic` is checked out"),
    "a tag of that name": (_tagged, 2, "there is a tag provisions/v1.0.0 already"),
}


@state("signed")
@pytest.mark.parametrize("case", NOT_PUBLISHED)
def test_what_can_not_be_published_is_refused(case: str, here: Path, ask: Ask) -> None:
    spoil, code, message = NOT_PUBLISHED[case]
    spoil(here)
    before = unchanged(here)
    told = publish(here, ask)
    assert told.code == code
    assert message in told.err
    assert unchanged(here) == before


@state("signed")
def test_only_a_coordinator_publishes_and_with_an_own_key(
    here: Path, ask: Ask, tmp_path: Path
) -> None:
    before = unchanged(here)
    told = publish(here, ask, key=B)
    assert (told.code, told.out) == (2, "")
    assert f"is not a key of {A} that holds here" in told.err
    told = publish(here, ask, "--by", "nobody")
    assert (told.code, told.out) == (2, "")
    told = publish(here, ask, key="nothing-here")
    assert told.code in (2, 3)
    assert "nothing-here" in told.err
    assert unchanged(here) == before


@state("published")
def test_what_is_published_is_neither_published_nor_cut_again(here: Path, ask: Ask) -> None:
    before = unchanged(here)
    told = publish(here, ask)
    assert told.code == 2
    assert "provisions/1.0.0 is published already" in told.err
    told = ask(here, "release", "cut", "provisions/1.0.0", "--again", *LATER, *MD)
    assert told.code == 1
    assert "1.0.0 is published already, and a version is never changed" in told.err
    told = ask(here, "release", "cut", "provisions", *LATER, *MD)
    assert told.code == 1
    assert "nothing changed in this book since the last release" in told.err
    assert unchanged(here) == before


# --- after the first ------------------------------------------------------------------------------


@state("published")
def test_a_second_release_supersedes_the_first_and_an_umbrella_holds_it(
    here: Path, ask: Ask
) -> None:
    scene.written(here, "title: ", "title: The ", "registers/sources")
    commit(here, "Mend the title of a source")
    data = ask(here, "release", "plan", "provisions", *LATER, "--format", "json").data
    assert (data["release"], data["last"], data["asks"]["bump"]) == (
        "provisions/1.0.1",
        "1.0.0",
        "patch",
    )
    assert data["asks"]["because"] == ["example-act"]
    patch = scene.name_of("provisions/1.0.1")
    later = scene.DAY.replace(month=7)
    scene.released(here, patch, later)
    manifest = (here / "releases/provisions/1.0.1/manifest.yaml").read_text(encoding="utf-8")
    assert "supersedes: 1.0.0\ncompared_with: 1.0.0\n" in manifest
    assert "- redline.md\n" in manifest
    told = ask(here, "release", "cut", "all/1.0.0", *LATER, *MD)
    assert told.code == 0
    told = ask(here, "release", "list")
    rows = [" ".join(line.split()) for line in told.out.splitlines()]
    assert rows == [
        "RELEASE STATE DATED APPLIES SIGNED TAG",
        "provisions/1.0.0 superseded by 1.0.1 2026-06-20 2026-06-20 until 2026-07-20 2 of 2 yes",
        "provisions/1.0.1 valid 2026-07-20 from 2026-07-20 2 of 2 yes",
        "all/1.0.0 candidate 2026-07-20 - 0 of 2 -",
    ]
    rows = ask(here, "release", "list", "provisions", "--format", "json").data["releases"]
    assert [(row["release"], row["state"], row["signed"]) for row in rows] == [
        ("provisions/1.0.0", "superseded", [A, B]),
        ("provisions/1.0.1", "valid", [A, B]),
    ]
    umbrella = scene.name_of("all/1.0.0")
    for member in (A, B):
        scene.sign(here, member, umbrella, later)
    scene.publish(here, umbrella, now=later)
    for name in ("provisions/v1.0.0", "provisions/v1.0.1", "all/v1.0.0"):
        told = ask(here, "release", "verify", name)
        assert told.code == 0, told.out
        assert "Nothing failed." in told.out


@state("published")
def test_a_heading_over_adopted_texts_stops_the_next_release_until_it_is_let_stand(
    here: Path, ask: Ask
) -> None:
    """No digest binds a heading, so the plan compares it with the release before."""
    book = here / "provisions/instrument.yaml"
    words = book.read_text(encoding="utf-8")
    title = re.search(r"title: Privacy|title: Due process", words)
    assert title is not None
    changed = words.replace(title[0], "title: What nobody has to do")
    book.write_text(changed, encoding="utf-8")
    commit(here, "Rename a part")
    told = ask(here, "release", "plan", "provisions", *LATER)
    assert told.code == 1
    assert "heading-changed (provisions/instrument.yaml)" in told.out
    [said] = ask(here, "check", "--format", "json").data["findings"]
    assert (said["rule"], said["path"]) == ("heading-changed", "provisions/instrument.yaml")
    assert said["message"] in ask(here, "audit").out.replace("\n      ", " ")
    let_stand = "  - {rule: heading-changed, reason: Agreed., by: coordinators, until: 2099-12-31}"
    book.write_text(f"{changed}suppress:\n{let_stand}\n", encoding="utf-8")
    commit(here, "Let it stand")
    told = ask(here, "release", "plan", "provisions", *LATER)
    assert "heading-changed" not in told.out
    assert "suppression" not in told.out
    assert ask(here, "check", "--format", "json").data["findings"] == []


@state("published")
def test_a_release_whose_folder_is_gone_is_named_and_brought_back(here: Path, ask: Ask) -> None:
    git(here, "rm", "-rq", "releases/provisions")
    commit(here, "Clean up")
    told = ask(here, "release", "plan", "provisions", *LATER)
    assert told.code == 1
    assert "provisions/1.0.0 was released, and its folder is gone" in told.out
    told = ask(here, "release", "list")
    assert "There is no release yet" not in told.out
    [command] = re.findall(r"`git (restore [^`]+)`", told.out)
    [said] = ask(here, "check", "--format", "json").data["findings"]
    assert said["message"] == "provisions/1.0.0 was released, and its folder is gone"
    assert f"`git {command}`" in said["help"]
    assert said["message"] in ask(here, "audit").out
    assert ask(here, "release", "list", "--format", "json").data["lost"] == ["provisions/1.0.0"]
    git(here, *command.split())
    commit(here, "Put it back")
    data = ask(here, "release", "list", "--format", "json").data
    assert (data["lost"], data["releases"][0]["state"]) == ([], "valid")
    assert ask(here, "check").code == 0


@state("ready")
def test_a_list_without_releases_says_what_to_do(here: Path, ask: Ask) -> None:
    told = ask(here, "release", "list")
    assert (told.code, told.out) == (
        0,
        "There is no release yet. `govkit release plan BOOK` says what one would hold.\n",
    )


@state("ready")
def test_the_same_cut_elsewhere_gives_the_same_bytes(here: Path, ask: Ask, tmp_path: Path) -> None:
    """In another clone, folder, time zone and process, by another person."""
    ask(here, "release", "cut", "provisions", *NOW, "--formats", "md,html,json")
    other = tmp_path / "a folder with another name"
    shutil.copytree(here.parent, other)
    clone = other / "coalition"
    git(clone, "reset", "-q", "--hard", "HEAD^")
    shutil.rmtree(clone / "dist")
    git(clone, "config", "user.name", "Another Person")
    environment = os.environ | {
        "TZ": "Pacific/Apia",
        "PYTHONHASHSEED": "7",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
    }
    subprocess.run(
        [
            scene.GOVKIT,
            "-C",
            str(clone),
            "release",
            "cut",
            "provisions",
            *NOW,
            "--formats",
            "md,html,json",
        ],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    first, second = (folder / "dist/provisions/1.0.0" for folder in (here, clone))
    assert sorted(p.name for p in first.iterdir()) == sorted(p.name for p in second.iterdir())
    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes(), file.name


@state("forming")
@pytest.mark.parametrize(
    ("charter", "asked", "made"),
    [
        ("", (), ("md", "html", "pdf", "json")),
        ("formats: [docx, md]\n", (), ("md", "docx")),
        ("formats: [docx, md]\n", ("--formats", "json"), ("json",)),
    ],
    ids=["no word of the charter", "the charter names Word", "the command names another"],
)
def test_the_charter_says_in_which_formats_a_release_is_made(
    here: Path, ask: Ask, charter: str, asked: tuple[str, ...], made: tuple[str, ...]
) -> None:
    place = here / "governance/charter.yaml"
    place.write_text(place.read_text() + charter)
    commit(here, "say in which formats releases are made")
    told = ask(here, "release", "cut", *DRAFT, *asked, "--dry-run", "--format", "json")
    books = [each for each in told.data["artefacts"] if each.startswith("provisions.")]
    assert books == [f"provisions.{each}" for each in made]


@state("forming")
def test_a_release_with_a_word_file_is_cut_and_built_again(here: Path, ask: Ask) -> None:
    place = here / "governance/charter.yaml"
    place.write_text(place.read_text() + "formats: [md, docx]\n")
    commit(here, "release Word files too")
    assert ask(here, "release", "cut", *DRAFT).code == 0
    data = (here / "dist/provisions/1.0.0-draft.1/provisions.docx").read_bytes()
    words = "\n".join(line.words for line in shown(data))
    assert "The PDF and the YAML prevail" in words
    digest = hashlib.sha256(data).hexdigest()
    assert f"{digest}  provisions.docx" in (here / f"{RELEASE}-draft.1/SHA256SUMS").read_text()
    out = here.parent / "out"
    assert ask(here, "release", "build", "provisions/1.0.0-draft.1", "-o", str(out)).code == 0
    assert (out / "provisions/1.0.0-draft.1/provisions.docx").read_bytes() == data


# --- build ----------------------------------------------------------------------------------------


@state("published")
def test_the_files_of_a_release_are_made_again_from_its_tag(
    here: Path, ask: Ask, tmp_path: Path
) -> None:
    first = here / "dist/provisions/1.0.0"
    data = ask(
        here,
        "release",
        "build",
        "provisions/v1.0.0",
        "-o",
        str(tmp_path / "out"),
        "--format",
        "json",
    ).data
    made = tmp_path / "out/provisions/1.0.0"
    assert data["folder"] == str(made)
    assert sorted(data["files"]) == sorted(
        path.relative_to(made).as_posix()
        for path in made.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    )
    same = [path for path in first.rglob("*") if path.is_file()]
    assert len(same) == len(data["files"]) + 1
    for path in same:
        assert path.read_bytes() == (made / path.relative_to(first)).read_bytes()


@state("published")
def test_files_that_come_out_otherwise_are_not_written(
    here: Path, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govkit.rendering.release import artefacts

    monkeypatch.setitem(artefacts._DATA, artefacts.CONSENT_DATA, lambda release: b"{}\n")
    told = ask(here, "release", "build", "provisions/v1.0.0", "-o", str(tmp_path / "out"))
    assert told.code == 1
    assert "has other bytes than were signed: consent.json" in told.err
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


@state("published")
def test_with_other_programs_nothing_is_made_and_it_says_which(
    here: Path, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import mistune

    monkeypatch.setattr(mistune, "__version__", "99.0")
    told = ask(here, "release", "build", "provisions/v1.0.0", "-o", str(tmp_path / "out"))
    assert told.code == 1
    assert "mistune 99.0 here" in told.err
    assert not (tmp_path / "out").exists()


@state("published")
def test_a_build_that_is_killed_leaves_nothing_behind(here: Path) -> None:
    def run(*words: str) -> None:
        assert _run(["-C", str(here), *words]) == 0

    build = ("release", "build", "provisions/v1.0.0")
    many = in_a_child(lambda: run(*build), None)
    for point in (many // 8, many // 2, many - 4, many - 1):
        in_a_child(lambda: run(*build), point)
        in_a_child(lambda: run("list"), None)
        assert [each.name for each in here.rglob(".govkit-*")] == [], point
        assert (here / "dist/provisions/1.0.0/SHA256SUMS").exists(), point


# --- while somebody types -------------------------------------------------------------------------


@state("published")
def test_the_shell_offers_books_releases_and_tags(here: Path) -> None:
    def offered(words: str) -> list[str]:
        done = started(
            [scene.GOVKIT],
            cwd=here,
            capture_output=True,
            text=True,
            env=os.environ
            | {
                "_GOVKIT_COMPLETE": "bash_complete",
                "COMP_WORDS": f"govkit {words}",
                "COMP_CWORD": str(len(words.split(" "))),
            },
        )
        return [line.removeprefix("plain,") for line in done.stdout.splitlines()]

    assert offered("release cut prov") == ["provisions"]
    assert offered("release sign ") == ["provisions/1.0.0"]
    assert offered("release verify prov") == ["provisions/v1.0.0"]
    assert offered("release verify dist/") == ["file,dist/"]
    assert "manifest" not in offered("show ")
