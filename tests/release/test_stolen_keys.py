"""A key that turns out to be in other hands: what stands, what does not, and who vouches again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.release import scene
from tests.release.conftest import Ask, Told
from tests.release.scene import A, B, commit, run
from tests.seals import private_file
from tests.shared import made_once
from tests.store.keys import public

THIRD = "third-society"
EARLY = "2026-06-19T12:00:00Z"
SEEN = "2026-06-25T12:00:00Z"
KNOWN = "2026-07-10T12:00:00Z"
TAG = "provisions/v1.0.0"
PUBLISHED = "releases/provisions/1.0.0/published.yaml"


def key(root: Path, name: str) -> str:
    return str(root.parent / "keys" / name)


def signed(root: Path, act: str, *names: tuple[str, str], now: str) -> None:
    """Sign an act as some people, each with a key."""
    for by, file in names:
        run(root, "sign", act, "--key", key(root, file), "--by", by, "--now", now)


def sealed(root: Path, file: str = A, by: str = A) -> None:
    run(root, "seal", "--key", key(root, file), "--by", by, "--yes")
    commit(root, "An act of the coalition")


@pytest.fixture(scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Released by A and B. Each has a second key at home, and a third member has one, too."""

    def make(folder: Path) -> None:
        root = scene.founded(folder)
        own = ("--name", "Third Society", "--kind", "organisation", "--group", "academia")
        run(root, "member", "add", THIRD, *own, "--by", A, "--now", EARLY)
        people = ((A, "first at home"), (B, "second at home"), (THIRD, "third"))
        for number, (member, name) in enumerate(people, start=1):
            file = private_file(root.parent / "keys", name.replace(" ", "-"))
            run(root, "member", "key", "add", member, public(file), "--by", A, "--now", EARLY)
            new = (member, file.name)
            signed(root, f"{number:02d}", (A, A), (B, B), new, now=EARLY)
        sealed(root)
        scene.released(root)

    return made_once(tmp_path_factory, "release-stolen-keys", make)


@pytest.fixture
def here(_published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_published, tmp_path / "all")) / "coalition"


def stolen(root: Path, member: str, since: str) -> None:
    """Both coordinators say since when a key is in other hands; they sign with those at home."""
    home = {A: "first-at-home", B: "second-at-home"}
    words = ("--compromised-since", since, "--by", A, "--now", KNOWN)
    run(root, "member", "key", "end", member, "k1", *words)
    signed(root, "04", (A, home[A]), (B, home[B]), now=KNOWN)
    sealed(root, home[A])


def witnessed(root: Path, *who: str) -> None:
    run(root, "witness", *who, "--now", SEEN)
    commit(root, "A witness")


def verified(root: Path, ask: Ask, *more: str) -> Told:
    return ask(root, "release", "verify", TAG, "--no-rebuild", *more)


def words(told: Told) -> str:
    return " ".join(told.out.split())


def again(root: Path, ask: Ask, by: str, file: str, *more: str) -> Told:
    now = ("--now", "2026-07-11T12:00:00Z")
    name = ("release", "sign", "provisions/1.0.0", "--again")
    return ask(root, *name, "--key", key(root, file), "--by", by, *now, *more)


NOT_SEEN = (
    f"the key of {B} may be in other hands since 2026-07-05, and no member bore witness before "
    "that day to a head of the log that has this release"
)


def test_what_a_member_has_seen_before_the_theft_stands(here: Path, ask: Ask) -> None:
    witnessed(here, "--by", THIRD, "--key", key(here, "third"))
    stolen(here, B, "2026-07-05")
    told = verified(here, ask)
    assert told.code == 0, told.out
    assert f"the signatures: signed by {A}, {B}; it takes 2" in words(told)


def test_what_nobody_has_seen_before_the_theft_does_not_count(here: Path, ask: Ask) -> None:
    stolen(here, B, "2026-07-05")
    told = verified(here, ask)
    assert told.code == 1
    assert NOT_SEEN in words(told)
    assert "moved the tag" not in words(told)
    row = ask(here, "release", "list", "--format", "json").data["releases"][0]
    assert (row["state"], row["signed"]) == ("signatures-missing", [A])


def test_a_witness_after_the_theft_shows_nothing(here: Path, ask: Ask) -> None:
    witnessed(here, "--by", THIRD, "--key", key(here, "third"))
    stolen(here, B, "2026-06-24")
    told = verified(here, ask)
    assert told.code == 1
    assert f"the key of {B} may be in other hands since 2026-06-24" in words(told)


@pytest.mark.parametrize("who", ["the thief", "the publisher", "a body that anybody can make up"])
def test_attack_a_thief_bears_witness_to_a_forged_release(who: str, here: Path, ask: Ask) -> None:
    outsider = private_file(here.parent / "keys", "nobody")
    said = {
        "the thief": ("--by", B, "--key", key(here, B)),
        "the publisher": ("--by", A, "--key", key(here, A)),
        "a body that anybody can make up": ("--name", "Observatory", "--key", str(outsider)),
    }[who]
    witnessed(here, *said)
    stolen(here, B, "2026-07-05")
    told = verified(here, ask)
    assert told.code == 1
    assert NOT_SEEN in words(told)


def test_the_coordinators_of_now_vouch_again(here: Path, ask: Ask) -> None:
    stolen(here, A, "2026-07-05")
    told = verified(here, ask)
    assert told.code == 1
    assert f"it is signed by {A}, with a key that does not count for this release" in words(told)
    assert f"signed with a key of {A} that does not count for this release" in words(told)
    assert "moved the tag" not in words(told)
    told = again(here, ask, A, "first-at-home")
    assert told.code == 0, told.err
    assert "I vouch, as a coordinator of now, for a release that was published." in told.out
    sealed(here, "first-at-home")
    assert verified(here, ask).code == 1, "one of two is not enough"
    assert again(here, ask, B, "second-at-home", "--not-rebuilt").code == 0
    sealed(here, "second-at-home", B)
    told = verified(here, ask)
    assert told.code == 0, told.out
    assert re.search(
        "the signatures: coordinators of a later day vouch for it, in the log: "
        rf"{A} \(number \d+\), {B} \(number \d+\); it takes 2",
        words(told),
    )
    assert ask(here, "check", "--today", "2026-07-11").code == 0
    row = ask(here, "release", "list", "--format", "json").data["releases"][0]
    assert row["state"] == "valid"
    assert "has countersigned number" in again(here, ask, B, "second-at-home").err


def test_nobody_vouches_for_what_was_changed(here: Path, ask: Ask) -> None:
    stolen(here, B, "2026-07-05")
    scene.git(here, "tag", "-d", TAG)
    text = (here / PUBLISHED).read_text(encoding="utf-8")
    (here / PUBLISHED).write_text(text.replace("2026-06-20T12", "2026-06-20T13"), encoding="utf-8")
    commit(here, "As if it had been an hour later")
    told = again(here, ask, B, "second-at-home")
    assert told.code == 1
    assert "does not hold, so nobody vouches for it" in told.err


def test_a_candidate_is_not_vouched_for_again(tmp_path: Path, ask: Ask) -> None:
    root = scene.founded(tmp_path)
    scene.cut(root)
    told = again(root, ask, A, A)
    assert (told.code, "is a candidate" in told.err) == (2, True)
