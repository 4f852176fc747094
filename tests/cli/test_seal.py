"""`govkit seal` and `govkit witness`: who vouches for the log, and how a rewritten past looks."""

from __future__ import annotations

import base64
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govkit.log.checkpoints import checkpoint_of
from govkit.log.digests import entry_digest
from govkit.log.entries import path_of_entry
from govkit.log.heads import path_of_head
from govkit.source.record_bytes import record_bytes
from tests.store.keys import new_key

from .conftest import Run, commit, git, report
from .heads import UNSEALED, checked, head, put, said, seals
from .register import BY_A, BY_B, BY_C, A, B, C, found, log, refused, state

POSITIONS = "governance/proposals/2026-001/positions"


def written_anew(folder: Path, number: int) -> None:
    """Change one entry of the log, and bind all that follow anew: whole and consistent."""
    last = None
    for entry in log(folder):
        changes = {"received_basis": "own-host"} if entry.seq == number else {}
        last = entry.model_copy(update=changes | {"prev": entry_digest(last) if last else None})
        place = path_of_entry(last.seq)
        (folder / place).write_bytes(record_bytes("log-entry", last, place))


# --- sealing --------------------------------------------------------------------------------------


def test_what_nobody_sealed_stops_the_merge_until_one_seal_covers_it_all(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    size = len(log(filed))
    assert f"entries 1 to {size} of the log are {UNSEALED}" in checked(govkit, filed)
    words = ("seal", "--key", str(keys[A]), *BY_A, "--yes", "--format", "json")
    done = report(govkit(filed, *words))
    assert done["covers"] == [1, size]
    assert (done["by"], done["key"], done["changed"]) == (A, "k1", True)
    assert done["head"]["path"] == path_of_head(size)
    assert UNSEALED not in checked(govkit, filed)
    assert report(govkit(filed, *words))["changed"] is False
    assert govkit(filed, "consent", B, "2026-001", "consent", *BY_A).returncode == 0
    later = f"entries {size + 1} to {len(log(filed))} of the log are {UNSEALED}"
    assert later in checked(govkit, filed)
    assert later in said(govkit(filed, "audit"))


def test_what_stands_in_ones_name_and_came_with_a_commit_is_listed_before_it_is_sealed(
    filed: Path, govkit: Run, keys: dict[str, Path], seal: Callable[..., None]
) -> None:
    """Another coordinator types it; what one filed just now is not asked about."""
    seal()
    typed = ("consent", C, "2026-001", "object", "--reason", "No.", "--by", B, "--now", BY_A[-1])
    assert govkit(filed, *typed).returncode == 0
    own = ("seal", "--key", str(keys[B]), *BY_B)
    before = state(filed)
    commit(filed)
    size = len(log(filed))
    done = govkit(filed, *own)
    position = f"number {size - 1}, 2026-03-01: position {POSITIONS}/{C}-01.yaml"
    assert position in said(done)
    refused(done, "it is not said whether what stands in the name of other-society is theirs")
    assert state(filed) == before
    assert govkit(filed, *own, "--yes").returncode == 0
    assert govkit(filed, *typed, "--again").returncode == 0
    assert govkit(filed, *own).returncode == 0


def test_a_second_coordinator_seals_the_same_head(
    filed: Path, govkit: Run, keys: dict[str, Path], seal: Callable[..., None]
) -> None:
    seal()
    second = said(govkit(filed, "seal", "--key", str(keys[B]), *BY_B))
    assert f"Everything was sealed; {B} has sealed it, too, with the key k1." in second
    newest = seals(filed).newest
    assert newest is not None
    assert newest.sealed_by == (A, B)


def test_the_head_is_three_lines_that_ssh_keygen_can_prove(
    filed: Path, seal: Callable[..., None], keys: dict[str, Path], tmp_path: Path
) -> None:
    seal()
    sealed = head(filed)
    origin, size, root, end = sealed.checkpoint.split("\n")
    assert (origin, size, end) == (entry_digest_of_founding(filed), str(len(log(filed))), "")
    assert len(base64.b64decode(root)) == 32
    body = sealed.seals[0].signature
    lines = "\n".join(body[at : at + 70] for at in range(0, len(body), 70))
    (tmp_path / "sig").write_text(
        f"-----BEGIN SSH SIGNATURE-----\n{lines}\n-----END SSH SIGNATURE-----\n"
    )
    allowed = tmp_path / "allowed"
    allowed.write_text(f"{A} {Path(f'{keys[A]}.pub').read_text()}")
    verify = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", A, "-n", "head@govkit"]
    done = subprocess.run(
        [*verify, "-s", str(tmp_path / "sig")],
        input=sealed.checkpoint.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def entry_digest_of_founding(folder: Path) -> str:
    return log(folder)[0].digest or ""


def test_the_key_is_said_once_for_a_clone_and_named_from_its_root(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    git(filed, "config", "govkit.key", f"../keys/{keys[A].name}")
    assert keys[A].parent.parent == filed.parent
    assert govkit(filed, "seal", "--yes", *BY_A, cwd=filed / "governance").returncode == 0


@pytest.fixture
def agent(keys: dict[str, Path]) -> Iterator[str]:
    """The socket of an SSH agent that holds A's key; sockets have short names."""
    with tempfile.TemporaryDirectory() as folder:
        socket = f"{folder}/agent"
        process = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.PIPE)
        assert process.stdout is not None
        try:
            process.stdout.readline()
            environment = os.environ | {"SSH_AUTH_SOCK": socket}
            subprocess.run(["ssh-add", "-q", str(keys[A])], check=True, env=environment)
            yield socket
        finally:
            process.terminate()
            process.communicate()


def test_an_agent_signs_only_where_the_person_says_so(
    filed: Path, govkit: Run, keys: dict[str, Path], agent: str
) -> None:
    words = ("seal", "--yes", "--key", f"{keys[A]}.pub", *BY_A)
    without = govkit(filed, *words, SSH_AUTH_SOCK=agent)
    assert "is a public key, and only the private key of the pair can sign" in said(without)
    done = govkit(filed, *words, "--agent", SSH_AUTH_SOCK=agent)
    assert done.returncode == 0, done.stderr


def test_without_an_agent_its_flag_says_how_to_start_one(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    done = govkit(filed, "seal", "--yes", "--agent", "--key", str(keys[A]), *BY_A, SSH_AUTH_SOCK="")
    assert "no SSH agent runs here: SSH_AUTH_SOCK is not set" in said(done)


@pytest.mark.parametrize(
    ("by", "key", "words"),
    [
        (BY_C, C, f"`{C}` is no coordinator of this coalition"),
        (BY_B, A, f"is not a key of {B} that holds here"),
    ],
)
def test_a_seal_that_would_count_for_nothing_is_refused(
    by: tuple[str, ...], key: str, words: str, filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    before = state(filed)
    refused(govkit(filed, "seal", "--key", str(keys[key]), *by), words)
    assert state(filed) == before


def test_nobody_seals_what_does_not_hold(filed: Path, govkit: Run, keys: dict[str, Path]) -> None:
    path = filed / f"governance/proposals/2026-001/positions/{A}-01.yaml"
    path.write_text(path.read_text().replace("position: consent", "position: object"))
    before = state(filed)
    done = govkit(filed, "seal", "--key", str(keys[A]), *BY_A)
    assert "the log does not hold" in said(done)
    assert "this record is not as number" in said(done)
    assert state(filed) == before


def test_a_coalition_without_founding_or_keys_is_told_what_comes_first(
    repository: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    words = ("seal", "--key", str(keys[A]))
    forming = govkit(repository, *words, "--by", A)
    assert "nobody can write in its register" in said(forming)
    found(repository, keys=False)
    refused(govkit(repository, *words, *BY_A), "the founding names no key, so nobody can seal")
    assert UNSEALED not in checked(govkit, repository)


# --- witnesses ------------------------------------------------------------------------------------


def test_a_member_and_a_body_beside_bear_witness_to_the_newest_sealed_head(
    filed: Path, govkit: Run, keys: dict[str, Path], seal: Callable[..., None], tmp_path: Path
) -> None:
    seal()
    outside = new_key(tmp_path, "observatory")
    named = ("--name", "Observatory (invented)", "--key", str(outside), "--now", BY_A[-1])
    assert govkit(filed, "witness", *named).returncode == 0
    assert govkit(filed, "witness", "--key", str(keys[C]), *BY_C).returncode == 0
    newest = seals(filed).newest
    assert newest is not None
    assert {each.who: bool(each.public) for each in newest.witnessed_by} == {
        C: False,
        "Observatory (invented)": True,
    }
    assert "[log-head]" not in checked(govkit, filed)
    before = state(filed)
    again = govkit(filed, "witness", "--key", str(keys[C]), *BY_C)
    assert f"{C} has signed this head before" in said(again)
    assert state(filed) == before


def test_a_witness_needs_a_sealed_head_and_a_key_and_name_of_its_own(
    filed: Path, govkit: Run, keys: dict[str, Path], seal: Callable[..., None], tmp_path: Path
) -> None:
    stranger = new_key(tmp_path, "stranger")
    words = ("witness", "--key", str(keys[C]))
    refused(govkit(filed, *words, *BY_C), "no head of this log is sealed yet")
    seal()
    named = ("--name", "Observatory", "--now", BY_A[-1])
    refused(govkit(filed, *words, *named), f"is a key of the member {C}")
    for name in (C, "THIRD (invented)"):
        called = ("witness", "--name", name, "--key", str(stranger), "--now", BY_A[-1])
        refused(govkit(filed, *called), f"`{name}` is a member here")
    wrong = govkit(filed, "witness", "--key", str(keys[A]), *BY_C)
    refused(wrong, f"is not a key of {C} that holds here")


# --- what was bent --------------------------------------------------------------------------------


def test_a_past_that_was_written_anew_whole_and_consistent_is_seen(
    filed: Path, govkit: Run, seal: Callable[..., None], keys: dict[str, Path]
) -> None:
    seal()
    written_anew(filed, 3)
    size = len(log(filed))
    words = f"the first {size} entries here are not those that this head was made over"
    assert words in checked(govkit, filed)
    assert words in said(govkit(filed, "audit"))
    sealing = govkit(filed, "seal", "--key", str(keys[A]), *BY_A)
    assert words in said(sealing)


def test_entries_taken_off_the_end_are_missed(
    filed: Path, govkit: Run, seal: Callable[..., None]
) -> None:
    seal()
    size = len(log(filed))
    (filed / path_of_entry(size)).unlink()
    words = f"this head was over {size} entries, and the log here has {size - 1}"
    assert words in checked(govkit, filed)


def test_a_head_of_another_coalition_is_none_of_ours(
    filed: Path, govkit: Run, seal: Callable[..., None]
) -> None:
    seal()
    sealed = head(filed)
    other = sealed.checkpoint.replace(entry_digest_of_founding(filed), "sha256:" + "7" * 64)
    put(filed, sealed.model_copy(update={"checkpoint": other}), len(log(filed)))
    assert "this is a head of another coalition: it begins with sha256:77777" in checked(
        govkit, filed
    )


def test_one_head_is_one_file(filed: Path, govkit: Run, seal: Callable[..., None]) -> None:
    seal()
    size = len(log(filed))
    place = filed / path_of_head(size)
    place.rename(place.with_name(f"{size - 1:06d}.yaml"))
    assert f"this is the head over {size} entries, and its file is" in checked(govkit, filed)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"by": B}, f"the seal of {B} does not hold: it is forged"),
        ({"by": C}, f"{C} sealed this head, and was no coordinator then"),
    ],
)
def test_a_seal_below_another_name_vouches_for_nothing(
    change: dict[str, str], words: str, filed: Path, govkit: Run, seal: Callable[..., None]
) -> None:
    seal()
    sealed = head(filed)
    bent = sealed.seals[0].model_copy(update=change)
    put(filed, sealed.model_copy(update={"seals": (bent,)}), len(log(filed)))
    found = checked(govkit, filed)
    assert words in found
    assert UNSEALED in found


def test_the_signature_of_a_witness_is_no_seal(
    filed: Path, govkit: Run, keys: dict[str, Path], seal: Callable[..., None]
) -> None:
    seal()
    assert govkit(filed, "witness", "--key", str(keys[A]), *BY_A).returncode == 0
    sealed = head(filed)
    bent = sealed.seals[0].model_copy(update={"signature": sealed.witnesses[0].signature})
    put(filed, sealed.model_copy(update={"seals": (bent,)}), len(log(filed)))
    assert f"the seal of {A} does not hold" in checked(govkit, filed)


def test_a_head_has_one_way_to_be_written(filed: Path, seal: Callable[..., None]) -> None:
    seal()
    text = head(filed).checkpoint
    assert checkpoint_of(text).text == text
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = letters.index(text[-3])
    with pytest.raises(ValueError, match="sha256"):
        checkpoint_of(f"{text[:-3]}{letters[last ^ 1]}=\n")


# --- two who wrote at once ------------------------------------------------------------------------


@pytest.fixture
def clones(filed: Path, seal: Callable[..., None]) -> tuple[Path, Path]:
    """Two clones of what is sealed and shared."""
    seal()
    commit(filed)
    shared = filed.parent / "shared.git"
    git(filed.parent, "clone", "-q", "--bare", str(filed), str(shared))
    one, two = filed.parent / "clone-1", filed.parent / "clone-2"
    for clone in (one, two):
        git(filed.parent, "clone", "-q", str(shared), str(clone))
    return one, two


def test_what_was_sealed_over_old_numbers_is_sealed_again_after_two_wrote_at_once(
    clones: tuple[Path, Path], govkit: Run, seal: Callable[..., None], keys: dict[str, Path]
) -> None:
    one, two = clones
    size = len(log(one))
    assert govkit(one, "consent", B, "2026-001", "consent", *BY_A).returncode == 0
    seal(one)
    theirs = len(log(one))
    commit(one)
    git(one, "push", "-q", "origin", "main")
    assert govkit(two, "consent", C, "2026-001", "object", "--reason", "No.", *BY_B).returncode == 0
    seal(two, B)
    assert govkit(two, "witness", "--key", str(keys[C]), *BY_C).returncode == 0
    commit(two)
    git(two, "fetch", "-q")
    done = govkit(two, "intake", "--resume", *BY_B)
    assert done.returncode == 0, done.stderr
    assert len(log(two)) > theirs > size
    found = seals(two)
    assert found.faults == ()
    assert [each.checkpoint.size for each in found.heads] == [size, theirs]
    assert found.unsealed == range(theirs + 1, len(log(two)) + 1)
    seal(two, B)
    assert not seals(two).unsealed


def test_a_witness_of_mine_stays_on_a_head_that_the_others_have(
    clones: tuple[Path, Path], govkit: Run, seal: Callable[..., None], keys: dict[str, Path]
) -> None:
    one, two = clones
    assert govkit(one, "witness", "--key", str(keys[B]), *BY_B).returncode == 0
    commit(one)
    git(one, "push", "-q", "origin", "main")
    assert govkit(two, "witness", "--key", str(keys[C]), *BY_C).returncode == 0
    assert govkit(two, "consent", C, "2026-001", "consent", *BY_A).returncode == 0
    commit(two)
    git(two, "fetch", "-q")
    assert govkit(two, "intake", "--resume", *BY_B).returncode == 0
    newest = seals(two).newest
    assert newest is not None
    assert {each.who for each in newest.witnessed_by} == {B, C}


def test_a_seal_of_mine_stays_where_git_could_not_join_two_heads(
    clones: tuple[Path, Path], govkit: Run, seal: Callable[..., None], keys: dict[str, Path]
) -> None:
    one, two = clones
    assert govkit(one, "witness", "--key", str(keys[C]), *BY_C).returncode == 0
    commit(one)
    git(one, "push", "-q", "origin", "main")
    seal(two, B)
    commit(two)
    pull = ["git", "-c", "pull.rebase=false", "pull", "-q", "--no-edit", "origin", "main"]
    assert subprocess.run(pull, cwd=two, capture_output=True, check=False).returncode != 0
    assert govkit(two, "intake", "--resume", *BY_B).returncode == 0
    newest = seals(two).newest
    assert newest is not None
    assert newest.sealed_by == (A, B)
    assert [each.who for each in newest.witnessed_by] == [C]
