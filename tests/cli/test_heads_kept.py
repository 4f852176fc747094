"""What was sealed stays: heads, seals and witnesses of the base, and keys that others had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.log.entries import path_of_entry
from govkit.log.heads import path_of_head
from tests.seals import private_file

from .conftest import Run, commit, git
from .heads import UNSEALED, checked, head, put, said, seals
from .register import BY_A, BY_B, BY_C, A, B, C, log

LATER = "2026-03-05T12:00:00Z"


def consent(govkit: Run, folder: Path, member: str) -> None:
    assert govkit(folder, "consent", member, "2026-001", "consent", *BY_A).returncode == 0


@pytest.fixture
def shared(
    filed: Path, govkit: Run, seal: Callable[..., None], keys: dict[str, Path]
) -> tuple[Path, int]:
    """A log whose head two coordinators sealed and a member saw, committed as `shared`.

    Another entry and head follow, so that a missing seal leaves nothing unsealed.
    """
    seal()
    seal(by=B)
    assert govkit(filed, "witness", "--key", str(keys[C]), *BY_C).returncode == 0
    size = len(log(filed))
    commit(filed)
    git(filed, "tag", "shared")
    consent(govkit, filed, B)
    seal()
    return filed, size


# --- what was there before ------------------------------------------------------------------------


def test_more_seals_heads_and_witnesses_are_welcome(shared: tuple[Path, int], govkit: Run) -> None:
    folder, _ = shared
    assert "log-rewritten" not in checked(govkit, folder, "--since", "shared")


def test_a_head_that_was_shared_and_is_gone_is_named(shared: tuple[Path, int], govkit: Run) -> None:
    folder, size = shared
    (folder / path_of_head(size)).unlink()
    assert UNSEALED not in checked(govkit, folder)
    words = f"the head of the log at number {size} is gone, sealed by {A} and {B}"
    found = checked(govkit, folder, "--since", "shared")
    assert words in found
    assert "Put it back: `git restore --source=" in found
    assert words in said(govkit(folder, "audit"))


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        ("seals", f"the seal of {B} (key k1) on the head at number"),
        ("witnesses", f"the signature of the witness {C} on the head at number"),
    ],
)
def test_a_signature_taken_from_a_shared_head_is_named(
    taken: str, words: str, shared: tuple[Path, int], govkit: Run
) -> None:
    folder, size = shared
    whole = head(folder, size)
    put(folder, whole.model_copy(update={taken: getattr(whole, taken)[:-1]}), size)
    for answer in (checked(govkit, folder, "--since", "shared"), said(govkit(folder, "audit"))):
        assert words in answer
    assert words not in checked(govkit, folder)


def test_entries_that_were_shared_and_are_gone_with_their_head_are_named(
    shared: tuple[Path, int], govkit: Run
) -> None:
    """Taken off the end with everything that speaks of them, so that the rest holds by itself."""
    folder, size = shared
    for entry in log(folder)[size - 2 :]:
        (folder / str(entry.path)).unlink()
        (folder / path_of_entry(entry.seq)).unlink()
        (folder / path_of_head(entry.seq)).unlink(missing_ok=True)
    words = f"number {size - 1} of the log is gone"
    assert words in checked(govkit, folder, "--since", "shared")
    assert words in said(govkit(folder, "audit"))


def test_a_seal_that_never_held_may_be_taken_out(
    filed: Path, govkit: Run, seal: Callable[..., None]
) -> None:
    seal()
    size = len(log(filed))
    right = head(filed, size)
    forged = right.seals[0].model_copy(update={"by": B})
    put(filed, right.model_copy(update={"seals": (*right.seals, forged)}), size)
    commit(filed)
    git(filed, "tag", "shared")
    assert f"the seal of {B} does not hold" in checked(govkit, filed)
    put(filed, right, size)
    assert "is gone" not in checked(govkit, filed, "--since", "shared")


def test_what_others_took_out_of_a_head_is_not_fetched_unseen(
    shared: tuple[Path, int], govkit: Run
) -> None:
    """They pushed a line in which the seal is gone; `intake --resume` takes nothing from it."""
    folder, size = shared
    commit(folder)
    git(folder, "checkout", "-q", "-b", "theirs", "shared")
    put(folder, head(folder, size).model_copy(update={"witnesses": ()}), size)
    commit(folder)
    git(folder, "update-ref", "refs/remotes/origin/main", "theirs")
    git(folder, "checkout", "-q", "main")
    done = govkit(folder, "intake", "--resume", *BY_B)
    assert done.returncode != 0
    assert f"the signature of the witness {C} on the head at number {size} is gone" in said(done)


# --- a key that was in other hands ----------------------------------------------------------------


def sign(govkit: Run, folder: Path, act: str, keys: dict[str, Path], at: str = LATER) -> None:
    for by, key in keys.items():
        done = govkit(folder, "sign", act, "--key", str(key), "--by", by, "--now", at)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def stolen(filed: Path, govkit: Run, keys: dict[str, Path]) -> Callable[..., None]:
    """Says since when somebody else has the key of A; both coordinators sign that."""

    def said_so(act: str = "02", since: str = "2026-02-20T12:00:00Z") -> None:
        words = ("--compromised-since", since, "--reason", "A stolen laptop.")
        done = govkit(filed, "member", "key", "end", A, "k1", *words, "--by", B, "--now", LATER)
        assert done.returncode == 0, done.stderr
        sign(govkit, filed, act, {A: keys[A], B: keys[B]})

    return said_so


def sealed_later(govkit: Run, folder: Path, by: str, key: Path) -> None:
    done = govkit(folder, "seal", "--yes", "--key", str(key), "--by", by, "--now", LATER)
    assert done.returncode == 0, done.stderr


def test_a_seal_whose_key_was_in_other_hands_is_no_forgery_and_another_coordinator_seals_again(
    filed: Path,
    govkit: Run,
    seal: Callable[..., None],
    stolen: Callable[..., None],
    keys: dict[str, Path],
) -> None:
    seal()
    size = len(log(filed))
    stolen()
    found = checked(govkit, filed)
    assert "forged" not in found
    assert (
        f"{A} sealed the head at number {size} with the key k1 of {A}, which may be in other hands "
        "since 2026-02-20T12:00:00Z, as governance/acts/02.yaml says" in found
    )
    sealed_later(govkit, filed, B, keys[B])
    after = checked(govkit, filed)
    assert UNSEALED not in after
    assert "in other hands" not in after
    assert seals(filed).faults == ()


def test_the_same_coordinator_seals_again_with_another_key(
    filed: Path,
    govkit: Run,
    seal: Callable[..., None],
    stolen: Callable[..., None],
    keys: dict[str, Path],
) -> None:
    second = private_file(filed.parent / "keys", f"{A} k2")
    added = ("member", "key", "add", A, "--file", f"{second}.pub", *BY_A)
    assert govkit(filed, *added).returncode == 0
    sign(govkit, filed, "02", {A: second, B: keys[B]}, BY_A[-1])
    sign(govkit, filed, "02", {A: keys[A]}, BY_A[-1])
    said_by = ("consent", B, "2026-001", "consent", "--by", B, "--now", LATER)
    assert govkit(filed, *said_by).returncode == 0
    sealed_later(govkit, filed, A, keys[A])
    stolen("03", "2026-03-03T12:00:00Z")
    assert "in other hands" in checked(govkit, filed)
    sealed_later(govkit, filed, A, second)
    assert UNSEALED not in checked(govkit, filed)


def test_a_seal_from_before_the_theft_stands(
    filed: Path, govkit: Run, seal: Callable[..., None], stolen: Callable[..., None]
) -> None:
    seal()
    size = len(log(filed))
    stolen(since="2026-03-02T12:00:00Z")
    assert seals(filed).unsealed[0] == size + 1
    assert "in other hands" not in checked(govkit, filed)


def test_a_witness_whose_key_was_in_other_hands_stops_nobody_from_sealing(
    filed: Path,
    govkit: Run,
    seal: Callable[..., None],
    stolen: Callable[..., None],
    keys: dict[str, Path],
) -> None:
    seal(by=B)
    assert govkit(filed, "witness", "--key", str(keys[A]), *BY_A).returncode == 0
    stolen()
    assert "forged" not in checked(govkit, filed)
    sealed_later(govkit, filed, B, keys[B])
    assert [each.who for found in seals(filed).heads for each in found.witnessed_by] == []


def test_what_else_was_signed_with_a_key_in_other_hands_says_so(
    filed: Path, govkit: Run, stolen: Callable[..., None], keys: dict[str, Path]
) -> None:
    """A countersignature, and an act that both coordinators had signed."""
    said_by = ("consent", B, "2026-001", "consent", "--by", B, "--now", BY_A[-1])
    assert govkit(filed, *said_by).returncode == 0
    vouch = ("countersign", f"2026-001/evidence/{B}-01-01", "--seen", "It.", "--key", str(keys[A]))
    assert govkit(filed, *vouch, *BY_A).returncode == 0
    second = private_file(filed.parent / "keys", f"{B} k2")
    added = ("member", "key", "add", B, "--file", f"{second}.pub", *BY_A)
    assert govkit(filed, *added).returncode == 0
    for own in ({B: second}, {A: keys[A], B: keys[B]}):
        sign(govkit, filed, "02", own, BY_A[-1])
    stolen("03")
    found = checked(govkit, filed, "--all")
    lost = f"with the key k1 of {A}, which may be in other hands since 2026-02-20T12:00:00Z"
    assert f"this countersignature counts for nothing: it is signed {lost}" in found
    assert f"this act does not count any more: {A} signed it {lost}" in found
