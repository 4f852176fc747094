"""`govkit countersign`: a second coordinator vouches by a signature for what one filed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from govkit.cli.main import govkit as program
from govkit.log.countersignatures import countersignatures_of, countersigners_of
from govkit.log.digests import entry_digest
from govkit.log.entries import path_of_entry
from govkit.records.log import LogEntry
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.seals import private_file, seal_log
from tests.terminals import typed_at_a_terminal

from .conftest import Run, commit, git, report
from .register import BY_A, BY_B, MEMBERS, PROPOSAL, A, B, found, log, open_proposal, refused, state

SHOWN = f"{PROPOSAL}/evidence/{A}-01-01.yaml"
SEEN = ("--seen", "The letter of 1 March.")


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Path]:
    return {id: private_file(tmp_path, id) for id in (A, B)}


@pytest.fixture
def filed(repository: Path, govkit: Run, keys: dict[str, Path]) -> Path:
    """A founded coalition whose coordinators have keys, with a position that A filed."""
    found(repository)
    open_proposal(repository)
    done = govkit(repository, "consent", A, "2026-001", "consent", *BY_A)
    assert done.returncode == 0, done.stderr
    return repository


def signing(keys: dict[str, Path], id: str = B) -> tuple[str, ...]:
    return (*SEEN, "--key", str(keys[id]))


def vouching(folder: Path) -> tuple[str, ...]:
    return countersigners_of(open_workspace(folder).corpus, SHOWN)


def test_the_second_signs_lines_that_name_the_record_and_its_number(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    assert vouching(filed) == ()
    what = f"2026-001/evidence/{A}-01-01"
    done = report(govkit(filed, "countersign", what, *signing(keys), *BY_B, "--format", "json"))
    entry = log(filed)[-1]
    assert (entry.kind, entry.path, entry.by) == ("countersigned", SHOWN, B)
    assert entry.countersignature is not None
    assert entry.countersignature.entry == done["of"] == entry.seq - 1
    assert (done["record"], done["by"], done["key"]) == (SHOWN, B, "k1")
    assert done["statement"].splitlines()[:2] == ["govkit countersignature statement 1", ""]
    for line in (
        f"Record: {SHOWN}",
        f"Digest: {entry.digest}",
        f"Number in the log: {entry.seq - 1}",
        f"Filed by: {A}, 2026-03-01T12:00:00Z",
        "  The letter of 1 March.",
    ):
        assert line in done["statement"].splitlines()
    assert vouching(filed) == (B,)


def test_it_is_named_by_the_file_and_a_member_by_the_id(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    assert govkit(filed, "countersign", SHOWN, *signing(keys), *BY_B, cwd=filed).returncode == 0
    assert vouching(filed) == (B,)
    assert govkit(filed, "countersign", B, *signing(keys), *BY_B).returncode == 0
    assert countersigners_of(open_workspace(filed).corpus, f"{MEMBERS}/{B}.yaml") == (B,)


def test_what_would_count_for_nothing_is_refused_and_nothing_written(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    before = state(filed)
    mine = (SHOWN, *signing(keys, A), *BY_A)
    refused(govkit(filed, "countersign", *mine, cwd=filed), f"{A} filed this record")
    other = ("countersign", SHOWN, *signing(keys, A), *BY_B)
    refused(govkit(filed, *other, cwd=filed), f"is not a key of {B} that holds here")
    refused(
        govkit(filed, "countersign", "2026-001", *signing(keys), "--by", "nobody"),
        "`nobody` is no coordinator",
    )
    refused(
        govkit(filed, "countersign", "EXA-DUE-01", *signing(keys), *BY_B),
        "the log has no entry for provisions/",
    )
    assert state(filed) == before
    (filed / SHOWN).write_bytes((filed / SHOWN).read_bytes() + b"note: No.\n")
    altered = ("countersign", SHOWN, *signing(keys), *BY_B)
    refused(govkit(filed, *altered, cwd=filed), "is not as number 8 of the log has it")


def test_several_are_signed_as_one_act_each_with_its_own_countersignature(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    what = f"2026-001/evidence/{A}-01-01"
    before = state(filed)
    refused(govkit(filed, "countersign", what, "EXA-DUE-01", *signing(keys), *BY_B), "no entry for")
    assert state(filed) == before
    words = ("countersign", what, B, what, *signing(keys), *BY_B, "--format", "json")
    done = report(govkit(filed, *words))
    assert [each["kind"] for each in done["entries"]] == ["countersigned"] * 2
    assert [each["record"] for each in done["countersignatures"]] == [SHOWN, f"{MEMBERS}/{B}.yaml"]
    assert [each.countersignature.entry for each in log(filed)[-2:] if each.countersignature] == [
        each["of"] for each in done["countersignatures"]
    ]
    assert vouching(filed) == (B,)
    assert countersigners_of(open_workspace(filed).corpus, f"{MEMBERS}/{B}.yaml") == (B,)


def test_nothing_that_nobody_looked_at_is_signed_without_a_terminal(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    before, key = state(filed), ("--key", str(keys[B]), *BY_B)
    own = ("--waiting", *signing(keys, A), *BY_A)
    assert b"Nothing waits for your second look" in govkit(filed, "countersign", *own).stdout
    refused(govkit(filed, "countersign", B, *key), "nobody can be asked here")
    refused(govkit(filed, "countersign", *signing(keys), *BY_B), "what you vouch for has to be")
    refused(govkit(filed, "countersign", B, "--waiting", *key), "what you vouch for has to be")
    assert state(filed) == before


def at_the_terminal(
    folder: Path, patch: pytest.MonkeyPatch, pressed: str, *words: str
) -> tuple[int, str]:
    """Run the command where a person presses these keys; return how it ended, and what it said."""
    left = list(pressed)
    patch.setattr("govkit.cli.countersign.on_terminal", lambda: True)
    patch.setattr("click.getchar", lambda: left.pop(0))
    runner = CliRunner(env={"GOVKIT_MEMBER": B})
    line = ["-C", str(folder), "countersign", *words, *BY_B]
    done = runner.invoke(program, line, input="What was typed.\n", standalone_mode=False)
    assert left == []
    return (done.return_value if done.exception is None else -1), done.output


def test_all_that_wait_are_shown_and_those_that_are_affirmed_are_signed_at_once(
    filed: Path, govkit: Run, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (filed.parent / f"{filed.name}-private").mkdir(mode=0o700)
    (filed.parent / "minutes.txt").write_text("What was said on 1 March.\n")
    source = ("--reason", "We said so.", "--source", str(filed.parent / "minutes.txt"))
    for stance in ("object", "abstain", "consent"):
        done = govkit(filed, "consent", A, "2026-001", stance, *source, *BY_A)
        assert done.returncode == 0, done.stderr
    listed = report(govkit(filed, "today", "--format", "json", "--now", BY_B[-1]))["tasks"]
    [task] = [each for each in listed if each["kind"] == "vouch"]
    assert task["command"] == "govkit countersign --waiting --key FILE"
    assert task["who"] == [B]
    before = state(filed)
    for pressed, ends in (("y\x03", -1), ("nll", 1)):
        assert at_the_terminal(filed, monkeypatch, pressed, "--waiting", *signing(keys))[0] == ends
        assert state(filed) == before
    count = len(log(filed))
    code, said = at_the_terminal(filed, monkeypatch, "yly", "--waiting", *signing(keys))
    assert code == 1
    assert "Signed: 2 of 3." in said
    places = [Path(line.strip()) for line in said.splitlines() if line.endswith("/source")]
    assert {each.read_text() for each in places} == {"What was said on 1 March.\n"}
    assert said.index("position: object") < said.index("You sign these words")
    assert f"number {log(filed)[count].countersignature.entry} in the log" in said  # type: ignore[union-attr]
    vouched = [SHOWN.replace("-01-01", f"-{number}-01") for number in ("02", "04")]
    assert [each.path for each in log(filed)[count:]] == vouched
    code, said = at_the_terminal(filed, monkeypatch, "y", "--waiting", "--key", str(keys[B]))
    assert (code, "\n1 of 1\n" in said) == (0, True)
    made = log(filed)[-1].countersignature
    assert made is not None
    assert made.seen == "What was typed."
    assert "Nothing waits" in at_the_terminal(filed, monkeypatch, "", "--waiting", *SEEN)[1]


def test_one_record_is_shown_and_asked_about_on_a_terminal_too(
    filed: Path, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    what, before = (f"2026-001/evidence/{A}-01-01", *signing(keys)), state(filed)
    code, said = at_the_terminal(filed, monkeypatch, "n", *what)
    assert (code, state(filed)) == (1, before)
    assert "position: consent" in said
    assert "You say that you have seen: The letter of 1 March." in said
    assert at_the_terminal(filed, monkeypatch, "y", *what)[0] == 0
    assert vouching(filed) == (B,)


def test_several_are_signed_on_a_terminal_with_one_passphrase(
    filed: Path, keys: dict[str, Path]
) -> None:
    locked = ("ssh-keygen", "-q", "-p", "-P", "", "-N", "words of a key", "-f", str(keys[B]))
    subprocess.run(locked, check=True, stdout=subprocess.DEVNULL)
    words = (f"2026-001/evidence/{A}-01-01", B, *signing(keys), *BY_B)
    line = [sys.executable, "-m", "govkit", "-C", str(filed), "countersign", *words]
    answers = [(b"[l]ater", b"y"), (b"[l]ater", b"y"), (b"passphrase", b"words of a key\n")]
    code, said = typed_at_a_terminal(line, answers)
    assert code == 0, said
    assert said.count("passphrase") == 1
    assert "Signed: 2 of 2." in said
    assert [each.kind for each in log(filed)[-2:]] == ["countersigned"] * 2
    assert vouching(filed) == (B,)


def test_a_position_is_vouched_for_by_what_shows_it(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    before = state(filed)
    done = govkit(filed, "countersign", f"2026-001/positions/{A}-01", *signing(keys), *BY_B)
    refused(done, f"2026-001/positions/{A}-01 is a position, and a signature beside it would count")
    assert f"`govkit countersign 2026-001/evidence/{A}-01-01 --seen …`" in done.stderr.decode()
    assert state(filed) == before


def test_the_key_may_be_kept_by_the_clone(filed: Path, govkit: Run, keys: dict[str, Path]) -> None:
    git(filed, "config", "govkit.key", str(keys[B]))
    assert govkit(filed, "countersign", SHOWN, *SEEN, *BY_B).returncode == 0
    assert vouching(filed) == (B,)


def test_nobody_countersigns_twice(filed: Path, govkit: Run, keys: dict[str, Path]) -> None:
    words = ("countersign", SHOWN, *signing(keys), *BY_B)
    assert govkit(filed, *words, cwd=filed).returncode == 0
    refused(govkit(filed, *words, cwd=filed), f"{B} has countersigned number 8 already")


def test_who_has_no_key_is_told_how_to_enrol_one(
    repository: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    found(repository, keys=False)
    open_proposal(repository)
    founded = repository
    assert govkit(founded, "consent", A, "2026-001", "consent", *BY_A).returncode == 0
    words = ("countersign", SHOWN, *signing(keys), *BY_B)
    refused(govkit(founded, *words, cwd=founded), f"{B} has no key that counts")


# --- entries that somebody wrote by hand ----------------------------------------------------------


def rewritten(folder: Path, **changes: object) -> tuple[str, str]:
    """Change the countersignature, with the newest entry; return who, and what is against it."""
    entry = log(folder)[-1]
    made = entry.countersignature
    assert made is not None
    changes = {
        name: made.seal.model_copy(update=value) if name == "seal" else value  # type: ignore[call-overload]
        for name, value in changes.items()
    }
    write(folder, entry.model_copy(update={"countersignature": made.model_copy(update=changes)}))
    [found] = countersignatures_of(open_workspace(folder).corpus)
    return found.by, found.fault


def write(folder: Path, entry: LogEntry) -> None:
    path = path_of_entry(entry.seq)
    (folder / path).write_bytes(record_bytes("log-entry", entry, path))


@pytest.fixture
def countersigned(filed: Path, govkit: Run, keys: dict[str, Path]) -> Path:
    words = ("countersign", SHOWN, *signing(keys), *BY_B)
    assert govkit(filed, *words, cwd=filed).returncode == 0
    return filed


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"seen": "The mail of 2 March."}, "does not hold"),
        ({"entry": 6}, "number 6, which it vouches for, is not about this record"),
        ({"entry": 7}, "number 7, which it vouches for, is not about this record"),
        ({"seal": {"by": A}}, f"{A} filed the record"),
        ({"seal": {"by": "nobody"}}, "nobody did not coordinate then"),
        ({"seal": {"signature": "U1NIU0lH"}}, "does not hold"),
    ],
)
def test_a_countersignature_that_was_changed_counts_for_nothing(
    changes: dict[str, object], says: str, countersigned: Path
) -> None:
    assert says in rewritten(countersigned, **changes)[1]
    assert vouching(countersigned) == ()


def test_a_second_name_without_a_signature_counts_for_nothing(countersigned: Path) -> None:
    write(countersigned, log(countersigned)[-1].model_copy(update={"countersignature": None}))
    assert vouching(countersigned) == ()
    [found] = countersignatures_of(open_workspace(countersigned).corpus)
    assert (found.by, found.fault) == (B, "it has no signature")


def test_the_signature_is_part_of_what_the_chain_binds(countersigned: Path) -> None:
    entry = log(countersigned)[-1]
    assert entry.countersignature is not None
    without = entry.model_copy(update={"countersignature": None})
    assert entry_digest(entry) != entry_digest(without)


# --- two at once ----------------------------------------------------------------------------------


RESUME = ("intake", "--resume", "--by", B, "--now", "2026-03-02T12:00:00Z", "--format", "json")


def clones(filed: Path, run: Run) -> tuple[Path, Path]:
    """Two clones of the founded coalition in which A's position is pushed."""
    commit(filed)
    shared = filed.parent / "shared.git"
    git(filed.parent, "clone", "-q", "--bare", str(filed), str(shared))
    a, b = (filed.parent / name for name in ("clone-a", "clone-b"))
    for clone in (a, b):
        git(filed.parent, "clone", "-q", str(shared), str(clone))
    done = run(a, "consent", B, "2026-001", "consent", *BY_A)
    assert done.returncode == 0, done.stderr
    commit(a)
    git(a, "push", "-q", "origin", "main")
    return a, b


def test_it_holds_under_a_new_number(filed: Path, govkit: Run, keys: dict[str, Path]) -> None:
    _, b = clones(filed, govkit)
    assert govkit(b, "countersign", SHOWN, *signing(keys), *BY_B, cwd=b).returncode == 0
    commit(b)
    git(b, "fetch", "-q")
    done = report(govkit(b, *RESUME))
    assert [(each["seq"], each["kind"]) for each in done["entries"]] == [(11, "countersigned")]
    assert [entry.kind for entry in log(b)][-2:] == ["evidence", "countersigned"]
    assert vouching(b) == (B,)


def test_it_falls_away_where_the_entry_it_vouches_for_gets_a_new_number(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    """A's own position came to B's clone as a commit by mail, and neither was pushed."""
    _, b = clones(filed, govkit)
    assert govkit(b, "consent", B, "2026-001", "stand-aside", *BY_A).returncode == 0
    mine = f"{PROPOSAL}/evidence/{B}-01-01.yaml"
    assert govkit(b, "countersign", mine, *signing(keys), *BY_B, cwd=b).returncode == 0
    commit(b)
    git(b, "fetch", "-q")
    done = report(govkit(b, *RESUME))
    assert [(each["seq"], each["kind"]) for each in done["entries"]] == [
        (11, "position"),
        (12, "evidence"),
    ]
    assert done["dropped"] == [
        f"countersigned {mine}: the entry that it vouches for has another number now; sign again "
        "by `govkit countersign`"
    ]
    log(b)


def test_a_member_whom_one_coordinator_takes_in_under_two_names_is_named(
    repository: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    found(repository)
    joins = ("member", "add", "example-friend", "--name", "Friend", "--kind", "individual")
    assert govkit(repository, *joins, "--group", "academia", *BY_B).returncode == 0
    done = govkit(repository, "countersign", "example-friend", *signing(keys, A), *BY_A)
    assert done.returncode == 0, done.stderr
    seal_log(repository)
    said = govkit(repository, "check").stdout.decode()
    assert f"the record names {B} as the one who filed it, and {B} has not sealed that" in said
    sealed = govkit(repository, "seal", "--key", str(keys[B]), *BY_B)
    assert sealed.returncode == 0, sealed.stderr
    assert "has not sealed that" not in govkit(repository, "check").stdout.decode()


def test_what_was_vouched_for_under_an_earlier_founding_counts_no_more_and_stops_nothing(
    filed: Path, govkit: Run, keys: dict[str, Path]
) -> None:
    """Nobody could sign that entry anew, so an error would stand there for good."""
    what = f"2026-001/evidence/{A}-01-01"
    assert govkit(filed, "countersign", what, *signing(keys), *BY_B).returncode == 0
    again = ("--again", "--reason", "A key was lost.", *BY_A)
    assert govkit(filed, "found", *again).returncode == 0
    for id, by in ((A, BY_A), (B, BY_B)):
        key = ("--key", str(keys[id]))
        assert govkit(filed, "found", "--sign", *key, *by).returncode == 0
    seal_log(filed)
    commit(filed)
    assert vouching(filed) == ()
    corpus = open_workspace(filed).corpus
    [before] = countersignatures_of(corpus)
    assert before.fault == "it was made under the founding before this one"
    assert "countersignature" not in govkit(filed, "check").stdout.decode()
    assert govkit(filed, "countersign", what, *signing(keys), *BY_B).returncode == 0
    seal_log(filed)
    assert vouching(filed) == (B,)
