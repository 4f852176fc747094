"""What somebody could do to the word that a release was published, and how it is found."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from govkit.log.keys import bare_signature
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.records.releases import Publication
from govkit.release.contents import publication_bytes, signed_part
from govkit.release.manifest import NAMESPACE
from govkit.release.verifying.publication import OF_PUBLICATIONS
from govkit.source.record_bytes import instant_text
from govkit.store import objects, signing
from govkit.workspace.releases.gathering import publication_in
from tests.release import scene
from tests.release.conftest import Ask, Told
from tests.release.scene import FINAL, A, B, commit, git
from tests.seals import private_file

PLACE = FINAL.place("published.yaml")
CHANGED = f"this is not what {A} signed: the day, the publisher or another word of it was changed"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def here(_published: Path, tmp_path: Path) -> Path:
    """The clone with a published release."""
    return Path(shutil.copytree(_published, tmp_path / "all")) / "coalition"


@pytest.fixture
def folder(_published: Path, tmp_path: Path) -> Path:
    """The release as it is downloaded, without any clone."""
    return Path(shutil.copytree(_published / "coalition/dist/provisions/1.0.0", tmp_path / "got"))


def by_folder(folder: Path, ask: Ask, *more: str) -> Told:
    return ask(folder.parent, "release", "verify", str(folder), *more)


def by_tag(root: Path, ask: Ask) -> Told:
    return ask(root, "release", "verify", FINAL.tag, "--no-rebuild")


def failed(told: Told) -> str:
    """What failed, as one line; something has to have failed."""
    assert told.code == 1, told.out
    words = " ".join(told.out.split())
    return words.partition(" Failed ")[2].partition(" Holds ")[0]


def said(file: Path) -> Publication:
    found = publication_in(FINAL, {"published.yaml": file.read_bytes()})
    assert found is not None
    return found


def signed_anew(file: Path, key: Path, purpose: str = OF_PUBLICATIONS, **other: Any) -> None:
    """Write the publication with other words, and sign it with some key."""
    record = said(file).model_copy(update=other)
    made = signing.sign(signed_part(FINAL, record), key, purpose)
    whole = record.model_copy(update={"signature": bare_signature(made)})
    file.write_bytes(publication_bytes(FINAL, whole))


# --- somebody hands over a folder -----------------------------------------------------------------


def test_a_downloaded_folder_holds_and_says_what_it_can_not_show(folder: Path, ask: Ask) -> None:
    told = by_folder(folder, ask)
    assert told.code == 0, told.out
    words = " ".join(told.out.split())
    assert f"the publication: signed by {A}, at 2026-06-20 12:00 UTC" in words
    assert "whether the log has this publication, once and first" in words


EDITS: Mapping[str, tuple[str, str]] = {
    "the day": ("2026-06-20T12:00:00Z", "2026-06-21T12:00:00Z"),
    "the publisher": (f"by: {A}", f"by: {B}"),
    "the head of the log": ("\n  7\n", "\n  8\n"),
    "a comment beside it": ("release:", "# Nothing to see.\nrelease:"),
    "who did not build it again": ("signature: >-", f"not_rebuilt:\n  - {A}\nsignature: >-"),
    "its signature": ("U1NIU0lH", "U1NIU0lI"),
}


@pytest.mark.parametrize("what", EDITS)
def test_attack_a_word_of_the_publication_in_a_folder_is_changed(
    what: str, folder: Path, ask: Ask
) -> None:
    file, (old, new) = folder / "published.yaml", EDITS[what]
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    wanted = CHANGED.replace(A, B) if what == "the publisher" else CHANGED
    told = failed(by_folder(folder, ask))
    assert f"the publication: {wanted} in {file}" in told


def test_attack_the_signature_of_the_publication_is_taken_away(folder: Path, ask: Ask) -> None:
    file = folder / "published.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("signature:")], encoding="utf-8")
    assert "the publication: nobody has signed it" in failed(by_folder(folder, ask))


Forge = Callable[[Path, Path, Path], None]
FORGED: Mapping[str, tuple[Forge, str]] = {
    "signed for another purpose": (
        lambda file, first, _: signed_anew(file, first, NAMESPACE),
        CHANGED,
    ),
    "signed with a key of nobody": (
        lambda file, _, __: signed_anew(file, private_file(file.parents[1], "nobody")),
        CHANGED,
    ),
    "published by somebody who does not coordinate": (
        lambda file, first, _: signed_anew(file, first, by="third-society"),
        "third-society was no coordinator then, and only coordinators publish",
    ),
    "published before the records of it were made": (
        lambda file, first, _: signed_anew(file, first, published=scene.FOUNDED - HOUR),
        "and what was released was recorded as late as 2026-02-02",
    ),
    "published on a day to come": (
        lambda file, first, _: signed_anew(file, first, published=scene.DAY.replace(year=2099)),
        "it says that it was published on 2099-06-20, and that is still to come",
    ),
    "of another release": (
        lambda file, first, _: signed_anew(file, first, release="provisions/2.0.0"),
        "it is that of another release, provisions/2.0.0",
    ),
    "of other files": (
        lambda file, first, _: signed_anew(file, first, sums=f"sha256:{'0' * 64}"),
        "it names another SHA256SUMS",
    ),
    "over a log that is older than the release": (
        lambda file, first, _: signed_anew(
            file, first, head=said(file).head.replace("\n7\n", "\n6\n")
        ),
        "it names a head over 6 entries, and the release was made with 7",
    ),
    "by another coalition": (
        lambda file, first, _: signed_anew(
            file, first, head=f"sha256:{'0' * 64}{said(file).head[71:]}"
        ),
        "it names a head of another coalition",
    ),
    "that claims a signature of somebody": (
        lambda file, first, _: signed_anew(
            file, first, signatures={**said(file).signatures, "third": f"sha256:{'0' * 64}"}
        ),
        "it says that third signed, and no such signature",
    ),
    "that names another signature": (
        lambda file, first, _: signed_anew(
            file, first, signatures={**said(file).signatures, B: f"sha256:{'0' * 64}"}
        ),
        f"it was published with another signature of {B} than the one that is here",
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_attack_the_publisher_alone_signs_what_is_not_so(
    what: str, folder: Path, here: Path, ask: Ask
) -> None:
    forge, words = FORGED[what]
    forge(folder / "published.yaml", scene.key_of(here, A), scene.key_of(here, B))
    assert words in failed(by_folder(folder, ask))


# --- one coordinator, with the clone of all -------------------------------------------------------


def test_attack_a_coordinator_publishes_a_folder_anew_as_of_another_day(
    folder: Path, here: Path, ask: Ask
) -> None:
    """The folder alone can't show it, and says so; any clone does."""
    file = folder / "published.yaml"
    signed_anew(file, scene.key_of(here, B), by=B, published=scene.DAY - HOUR)
    assert "whether the log has this publication, once and first" in by_folder(folder, ask).out
    told = ask(here, "release", "verify", str(folder), "--no-rebuild")
    assert "the folder: published.yaml is not the one of the clone" in failed(told)


def _tagged_anew(root: Path, key: Path, by: str) -> None:
    """Set the tag on HEAD, with the publication that is there, signed by some key."""
    old = git(root, "cat-file", "tag", f"refs/tags/{FINAL.tag}").partition("-----BEGIN")[0]
    head = git(root, "rev-parse", "HEAD")
    start = old.index("# yaml-language-server")
    words = old[:start].replace(old.split()[1], head) + (root / PLACE).read_text(encoding="utf-8")
    made = signing.sign(words.encode(), key, "git")
    git(
        root,
        "update-ref",
        f"refs/tags/{FINAL.tag}",
        objects.write_tag(root, f"{words}{made}".encode()),
    )


def test_attack_a_coordinator_publishes_anew_with_commit_and_tag(here: Path, ask: Ask) -> None:
    key = scene.key_of(here, B)
    signed_anew(here / PLACE, key, by=B, published=scene.DAY + HOUR)
    commit(here, "As if it had been so")
    _tagged_anew(here, key, B)
    told = failed(by_tag(here, ask))
    assert "the publication: number 8 of the log has this publication in other words" in told
    found = ask(here, "check", "--format", "json").data["findings"]
    assert (PLACE, "log-broken") in {(each["path"], each["rule"]) for each in found}


def test_attack_a_coordinator_logs_a_second_publication(here: Path, ask: Ask) -> None:
    key = scene.key_of(here, B)
    signed_anew(here / PLACE, key, by=B, published=scene.DAY + HOUR)
    data, at = (here / PLACE).read_bytes(), scene.DAY + HOUR
    filing = Filing(PLACE, data, "publication", was=data)
    file_all(
        here, [filing], by=B, received_at=at, received_basis="registrar", recorded_at=Stamp(at, at)
    )
    commit(here, "A second time")
    _tagged_anew(here, key, B)
    told = failed(by_tag(here, ask))
    assert "the publication: number 8 of the log has this publication in other words" in told
    messages = [each["message"] for each in ask(here, "check", "--format", "json").data["findings"]]
    assert any(f"{PLACE} was logged as number 8" in each for each in messages)


def test_attack_a_publication_that_the_log_does_not_have(here: Path, ask: Ask) -> None:
    git(here, "rm", "-q", "governance/log/000008.yaml", "governance/log/heads/000008.yaml")
    signed_anew(here / PLACE, scene.key_of(here, A), published=scene.DAY + HOUR)
    commit(here, "Without the log")
    _tagged_anew(here, scene.key_of(here, A), A)
    assert "the publication: the log has no entry for it" in failed(by_tag(here, ask))


# --- somebody with the host -----------------------------------------------------------------------


def test_attack_the_host_sets_the_tag_on_another_commit(here: Path, ask: Ask) -> None:
    commit(here, "later")
    git(here, "tag", "-f", "-a", "-m", "as if", FINAL.tag)
    told = failed(by_tag(here, ask))
    assert "nobody signed it" in told
    assert "is not the commit that published this release" in told
    assert "Somebody made a tag of this name on another commit." in told


def test_attack_the_host_puts_another_releases_tag_in_its_place(here: Path, ask: Ask) -> None:
    git(here, "tag", "-d", FINAL.tag)
    git(here, "tag", "-a", "-m", "as if", "provisions/v3.0.0")
    git(here, "update-ref", f"refs/tags/{FINAL.tag}", git(here, "rev-parse", "provisions/v3.0.0"))
    assert "it says inside that it is provisions/v3.0.0" in failed(by_tag(here, ask))


def test_no_sentence_accuses_anybody_where_nothing_was_done(here: Path, ask: Ask) -> None:
    for told in (by_tag(here, ask), ask(here, "release", "verify", "provisions/1.0.0")):
        assert told.code == 0
        assert not re.search("[Ss]omebody", told.out)


def test_a_tag_that_was_not_fetched_is_no_tag_that_was_moved(here: Path, ask: Ask) -> None:
    git(here, "tag", "-d", FINAL.tag)
    told = failed(by_tag(here, ask))
    assert "the release was published, and its tag is not here" in told
    assert "omebody" not in told


# --- before it is signed --------------------------------------------------------------------------


def test_attack_a_tag_leads_signers_to_another_candidate(tmp_path: Path, ask: Ask) -> None:
    """What `verify` would look at by the tag is not what the branch has: nobody signs."""
    root = scene.founded(tmp_path)
    scene.cut(root)
    git(root, "tag", FINAL.tag, "HEAD")
    now = instant_text(scene.DAY)
    words = ("release", "sign", str(FINAL), "--key", str(scene.key_of(root, A)), "--now", now)
    told = ask(root, *words)
    assert (told.code, f"there is a tag {FINAL.tag} already" in told.err) == (2, True)


def _edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        file = root / FINAL.place(name)
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _entry_changed(root: Path) -> None:
    scene.written(root, "invented minutes", "other minutes", "governance/log")
    _edited("manifest.yaml", "title: Example", "title: An example")(root)


UNSOUND: Mapping[str, Callable[[Path], None]] = {
    "another day": _edited("manifest.yaml", "dated: 2026-06-20", "dated: 2026-06-19"),
    "a record left out of the list": _edited("RECORDS", "governance/charter.yaml", "governance/x"),
    "a file left out of the sums": _edited("SHA256SUMS", "  notes.md", "  other.md"),
    "other coordinators": _edited("manifest.yaml", "threshold: 2", "threshold: 1"),
    "an entry of the log": _entry_changed,
}


@pytest.fixture(scope="module")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = scene.founded(tmp_path_factory.mktemp("cut"))
    scene.cut(root)
    return root.parent


@pytest.mark.parametrize("what", UNSOUND)
def test_what_verify_would_not_let_pass_nobody_signs(
    what: str, candidate: Path, tmp_path: Path, ask: Ask
) -> None:
    root = Path(shutil.copytree(candidate, tmp_path / "all")) / "coalition"
    UNSOUND[what](root)
    commit(root, "As if it had been cut so")
    seen = ask(root, "release", "verify", str(FINAL), "--no-rebuild", "--format", "json").data
    wrong = [each for each in seen["looks"] if each["state"] == "fails"]
    assert {each["subject"] for each in wrong} - {"signatures"}
    now = ("--now", instant_text(scene.DAY))
    key = ("--key", str(scene.key_of(root, A)))
    told = ask(root, "release", "sign", str(FINAL), "--not-rebuilt", *key, *now)
    assert told.code == 1, told.err
    assert "does not hold, so it is not signed" in told.err
    assert git(root, "log", "-1", "--format=%s") == "As if it had been cut so"
