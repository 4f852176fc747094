"""What one coordinator alone can write into the record, and who says so, in which words."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.log.digests import entry_digest
from govkit.log.entries import entries_of, path_of_entry
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.records.kinds import kind_of_path
from govkit.records.log import LogEntry
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.examples.conftest import Run
from tests.release.scene import commit, git
from tests.release.verifying.scene import change, log_done_again
from tests.seals import private_file, public_of

PROPOSAL = "governance/proposals/2026-001"
OBJECTION = f"{PROPOSAL}/positions/example-chat-02.yaml"
DECIDED = "2026-06-15T12:00:00Z"
LATE = datetime.datetime(2026, 6, 10, 12, tzinfo=datetime.UTC)


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played, tmp_path / "agora"))


def entries(root: Path) -> list[LogEntry]:
    return [entry for _, entry in entries_of(open_workspace(root).corpus)]


def write(root: Path, entry: LogEntry) -> None:
    place = path_of_entry(entry.seq)
    (root / place).write_bytes(record_bytes("log-entry", entry, place))


def log_again(root: Path, path: str) -> None:
    """Log a record once more, received after the close, rightly bound to the entry before."""
    log = entries(root)
    first = next(each for each in log if each.path == path)
    write(
        root,
        first.model_copy(
            update={
                "seq": log[-1].seq + 1,
                "prev": entry_digest(log[-1]),
                "received_at": LATE,
                "recorded_at": LATE,
            }
        ),
    )


def said(govkit: Run, root: Path, *words: str, ends: int = 1) -> str:
    """What a command says, on one line."""
    done = govkit(root, *words)
    assert done.returncode == ends, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


def test_an_objection_logged_again_after_the_close_stays_in_time(agora: Path, govkit: Run) -> None:
    log = entries(agora)
    first = next(each.seq for each in log if each.path == OBJECTION)
    log_again(agora, OBJECTION)
    words = (
        f"{OBJECTION} was logged as number {first} on 2026-05-27, and is logged again here, as "
        f"number {len(log) + 1}: number {first} alone counts"
    )
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")
    status = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    assert "Outcome: adopted with dissent" in status
    decide = ("decide", "2026-001", "--apply", "--by", "a-example", "--now", DECIDED)
    assert words in said(govkit, agora, *decide)


def test_an_old_consent_logged_again_stands_behind_no_later_position(
    agora: Path, govkit: Run
) -> None:
    """The consent of example-chat to all three texts came before its objection to one of them."""
    before = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    log_again(agora, f"{PROPOSAL}/positions/example-chat-01.yaml")
    assert said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0) == before
    assert "example-chat-01.yaml was logged as number " in said(govkit, agora, "check")


@pytest.mark.parametrize("stays", [True, False])
def test_one_number_of_the_log_is_one_file(stays: bool, agora: Path, govkit: Run) -> None:
    right = agora / path_of_entry(len(entries(agora)))
    wrong = right.with_name(f"0{right.name}")
    shutil.copy(right, wrong)
    if not stays:
        right.unlink()
    words = f"the entry says that it is number {int(right.stem)}, and that is the file"
    for command in ("check", "audit"):
        found = said(govkit, agora, command)
        assert words in found
        assert wrong.name in found


def log_edited(root: Path, path: str) -> None:
    """Log a record once more as it stands, as one coordinator can by hand."""
    data = (root / path).read_bytes()
    kind = kind_of_path(path)
    assert kind is not None
    file_all(
        root,
        [Filing(path, data, kind, was=data)],
        by=A,
        received_at=LATE,
        received_basis="registrar",
        recorded_at=Stamp(LATE, LATE),
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("comments/0004", b"within three days", b"within an hour", id="words"),
        pytest.param("comments/0004", b"member: example-chat", b"member: example-market", id="who"),
        pytest.param(
            "comments/0004", b"type: sub", b"publication: withdrawn\ntype: sub", id="gone"
        ),
        pytest.param("comments/0005", b"A potter", b"A smith", id="once not published"),
        pytest.param("proposal", b"within a day", b"within a week", id="title"),
    ],
)
def test_what_was_received_and_is_edited_and_logged_again_is_named(
    name: str, old: bytes, new: bytes, agora: Path, govkit: Run
) -> None:
    """A comment and a proposal are logged again for a reason, and for no other."""
    path = f"{PROPOSAL}/{name}.yaml"
    change(agora / path, lambda data: data.replace(old, new, 1))
    log_edited(agora, path)
    words = f"and is logged again here, as number {len(entries(agora))}, in other words"
    for command in ("check", "audit"):
        found = said(govkit, agora, command)
        assert f"{path} was logged as number " in found
        assert words in found


def test_that_the_author_of_an_objection_is_satisfied_is_not_for_one_coordinator_to_say(
    agora: Path, keys: Path, govkit: Run
) -> None:
    """Else either could talk an objection away; a second one who saw the mail countersigns."""
    dispose = ("comment", "dispose", "8", "--proposal", "2026-001", "--author-reply", "satisfied")
    when = ("--by", A, "--now", "2026-06-05T08:00:00Z")
    told = said(govkit, agora, *dispose, *when, ends=0)
    assert "govkit countersign 2026-001/comments/0008 --seen WORDS --key FILE" in told
    status = ("status", "2026-001", "--now", DECIDED)
    assert "objects: example-chat (answered; decided with" in said(govkit, agora, *status, ends=0)
    alone = ("countersign", "2026-001/comments/0008", "--seen", "It.", "--key", str(keys / A))
    found = said(govkit, agora, *alone, *when, ends=2)
    assert "nobody vouches for what they filed themselves" in found
    vouch = (*alone[:4], "--key", str(keys / C), "--by", C, *when[2:])
    said(govkit, agora, *vouch, ends=0)
    seal = ("seal", "--yes", "--key", str(keys / A), *when)
    said(govkit, agora, *seal, ends=0)
    assert "objects: example-chat (its author is satisfied)" in said(govkit, agora, *status, ends=0)


def test_an_objection_is_answered_in_ones_own_name_and_settled_by_its_author(
    agora: Path, keys: Path, govkit: Run
) -> None:
    """The answer is one signed act; nobody writes a comment in the objector's name."""
    when = ("--by", A, "--now", "2026-06-05T08:00:00Z")
    answer = ("answer", "2026-001", "example-chat")
    unsigned = said(govkit, agora, *answer, "--reply", "A day is enough.", *when, ends=0)
    assert "Not signed yet: a-example" in unsigned
    signed = (*answer, "--reply", "A day is enough.", "--key", str(keys / A), *when)
    told = said(govkit, agora, *signed, ends=0)
    assert "positions/example-chat-02 is answered" in told
    assert "Signed by a-example: it counts." in told
    act = (agora / f"{PROPOSAL}/acts/02.yaml").read_text()
    assert act.count("AGP-") == 1, "it is about the text that the objection is about, and no other"
    settled = (*answer, "--satisfied", "--seen", "Their mail of 4 June.")
    assert "it takes two coordinators" in said(govkit, agora, *settled, *when, ends=2)
    two = ("--who", A, "--who", C, "--key", str(keys / A))
    assert f"Not signed yet: {C}" in said(govkit, agora, *settled, *two, *when, ends=0)
    status = ("status", "2026-001", "--now", DECIDED)
    assert "objects: example-chat (answered; decided with" in said(govkit, agora, *status, ends=0)
    second = ("sign", "2026-001/acts/03", "--key", str(keys / C), "--by", C, *when[2:])
    said(govkit, agora, *second, ends=0)
    assert "objects: example-chat (its author is satisfied)" in said(govkit, agora, *status, ends=0)
    again = said(govkit, agora, *answer, "--reply", "Once more.", *when, ends=2)
    assert "no objection of example-chat to 2026-001 stands" in again


# --- rules and dates ------------------------------------------------------------------------------


def policy_in_proposal(root: Path) -> str:
    corpus = open_workspace(root).corpus
    copy = corpus.copies_by_path[f"{PROPOSAL}/policies/substance.yaml"]
    return digest_for("policy", copy.record)  # type: ignore[arg-type]


def test_a_proposal_that_was_opened_under_an_easier_policy_decides_nothing(
    agora: Path, govkit: Run
) -> None:
    """The copy, its digest in the proposal and the whole log are made as if it had been so."""
    was = policy_in_proposal(agora)
    change(
        agora / f"{PROPOSAL}/policies/substance.yaml",
        lambda data: data.replace(b"total: 3", b"total: 1"),
    )
    new = policy_in_proposal(agora).encode()
    change(agora / f"{PROPOSAL}/proposal.yaml", lambda data: data.replace(was.encode(), new))
    log_done_again(agora)
    words = (
        "this proposal was opened under other words of the policy substance than the coalition had "
        "agreed to then"
    )
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")
    status = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    assert "Outcome: adopted" not in status
    assert "the policy substance stands in the proposal in other words" in status


def test_under_a_policy_that_nobody_agreed_to_no_proposal_opens(agora: Path, govkit: Run) -> None:
    policy = agora / "governance/policies/substance.yaml"
    change(policy, lambda data: data.replace(b"total: 3", b"total: 1"))
    opening = ("propose", "open", "AGR-01", "--title", "Again", "--proposer", "example-market")
    found = said(govkit, agora, *opening, "--by", "a-example", "--now", DECIDED, ends=2)
    assert "governance/policies/substance.yaml has other words than those that the coali" in found


SOON = datetime.datetime(2026, 6, 3, 14, tzinfo=datetime.UTC)


def file_notice(root: Path, at: datetime.datetime = SOON, **dates: str) -> None:
    """File a notice about revision 2 by hand, with an entry."""
    lines = "".join(f"{name}: {date}\n" for name, date in dates.items())
    data = f"kind: moved\nrevision: 2\nbecause: Sooner is better.\n{lines}".encode()
    file_all(
        root,
        [Filing(f"{PROPOSAL}/notices/04.yaml", data, "notice")],
        by="a-example",
        received_at=at,
        received_basis="registrar",
        recorded_at=Stamp(at, at),
    )


def test_a_notice_moves_no_date_to_an_earlier_day(agora: Path, govkit: Run) -> None:
    before = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    file_notice(agora, closes="2026-06-03T20:00:00Z")
    assert "this notice says 2026-06-02, and 2026-06-05 was promised before" in said(
        govkit, agora, "check"
    )
    assert said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0) == before
    soon = ("decide", "2026-001", "--apply", "--by", "a-example", "--now", "2026-06-12T12:00:00Z")
    assert "what came in time is taken in until" in said(govkit, agora, *soon)


def test_a_last_call_that_is_over_is_not_opened_again_by_one_coordinator(
    agora: Path, govkit: Run
) -> None:
    """By the command, and by a notice with an entry that the command would not write."""
    when = ("--by", A, "--now", "2026-06-10T12:00:00Z")
    move = ("propose", "notice", "2026-001", "--move", "--to", "2026-06-25", "--reason", "So.")
    found = said(govkit, agora, *move, *when, ends=2)
    assert "the last call of 2026-001 closed on 2026-06-05, so its date can't be moved" in found
    before = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    file_notice(agora, LATE, closes="2026-06-26T12:00:00Z")
    assert said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0) == before
    words = "this notice does not count: the last call was over on 2026-06-05, and two coordinators"
    assert words in said(govkit, agora, "check")


def test_a_notice_of_another_time_moves_nothing_and_is_named(agora: Path, govkit: Run) -> None:
    """Filed by hand after the decision; before the revision, or without a last call, in a case."""
    said(govkit, agora, "decide", "2026-001", "--apply", "--by", A, "--now", DECIDED, ends=0)
    late = datetime.datetime(2026, 6, 16, 12, tzinfo=datetime.UTC)
    file_notice(agora, late, closes="2026-07-26T12:00:00Z")
    words = "this notice does not count: revision 2 was decided before it"
    assert words in said(govkit, agora, "check")


def test_after_a_last_call_shorter_than_the_policy_nothing_is_decided(
    agora: Path, govkit: Run
) -> None:
    change(
        agora / f"{PROPOSAL}/notices/03.yaml",
        lambda data: data.replace(b"2026-06-06T12:00:00Z", b"2026-05-29T12:00:00Z"),
    )
    log_done_again(agora)
    decide = ("decide", "2026-001", "--apply", "--by", "a-example", "--now", DECIDED)
    assert "the policy gives it time until 2026-06-01T12:00:00Z" in said(govkit, agora, *decide)
    assert "before the time of the policy is over" in said(govkit, agora, "check")


# --- decisions and releases -----------------------------------------------------------------------


@pytest.fixture
def decided(agora: Path, govkit: Run) -> Path:
    decide = ("decide", "2026-001", "--apply", "--by", "a-example", "--now", DECIDED)
    said(govkit, agora, *decide, ends=0)
    return agora


def test_a_decision_whose_dissent_was_taken_out_is_reckoned_again(
    decided: Path, govkit: Run
) -> None:
    """The outcome is written over, and the log is made to fit."""
    change(
        decided / f"{PROPOSAL}/decision.yaml",
        lambda data: data.replace(b"adopted-with-dissent", b"adopted"),
    )
    log_done_again(decided)
    words = "its records do not give this decision: it says `adopted`, and its records give `adop"
    assert words in said(govkit, decided, "check")
    assert words in said(govkit, decided, "audit")
    assert "AGP-" in said(govkit, decided, "release", "plan", "provisions")


def test_no_release_is_dated_before_the_founding(decided: Path, govkit: Run) -> None:
    for name, value in (("user.name", "A. Example"), ("user.email", "a@agora.example")):
        git(decided, "config", name, value)
    commit(decided)
    cut = ("release", "cut", "provisions", "--draft", "--dated", "2025-12-01", "--dry-run")
    found = said(govkit, decided, *cut, "--now", "2026-06-20T12:00:00Z")
    assert "a release can't be dated 2025-12-01: what it releases was recorded as late as" in found


# --- keys and signatures --------------------------------------------------------------------------

A, C = "a-example", "c-example"
AFTER = ("--by", A, "--now", "2026-06-10T12:00:00Z")


def signs(govkit: Run, root: Path, act: str, by: str, key: Path) -> None:
    said(govkit, root, "sign", act, "--by", by, "--key", str(key), *AFTER[2:], ends=0)


@pytest.fixture
def keys(played: Path) -> Path:
    return played.parent / "keys"


def test_no_coordinator_alone_enrols_a_key_for_another(
    agora: Path, keys: Path, tmp_path: Path, govkit: Run
) -> None:
    """The pair is of their own making, so its own signature is there, too."""
    mine = private_file(tmp_path, "mine")
    add = ("member", "key", "add", C, "--file", f"{mine}.pub", "--key", str(keys / A))
    said(govkit, agora, *add, *AFTER, ends=0)
    signs(govkit, agora, "01", C, mine)
    words = (
        "this act does not count yet: it takes the signatures of 2 of the coordinators a-example, "
        "c-example, and has 1"
    )
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")
    seen = ("--seen", "The letter.", "--key", str(mine), "--by", C, *AFTER[2:])
    found = said(govkit, agora, "countersign", "2026-001", *seen, ends=2)
    assert "is not a key of c-example that holds here" in found


def test_a_key_that_was_written_into_a_record_and_logged_counts_for_nothing(
    agora: Path, tmp_path: Path, govkit: Run
) -> None:
    member = agora / f"governance/members/{C}.yaml"
    known = (keys_in(agora, C))[0]
    change(member, lambda data: data.replace(known.encode(), public_of("mine").encode()))
    log_member(agora, C)
    words = "the key k1 is another one than the log knows, so it was put in its place"
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")


def test_a_key_swapped_without_an_entry_is_named(agora: Path, govkit: Run) -> None:
    member = agora / f"governance/members/{C}.yaml"
    known = (keys_in(agora, C))[0]
    change(member, lambda data: data.replace(known.encode(), public_of("mine").encode()))
    found = said(govkit, agora, "check")
    assert "the key k1 is another one than the log knows" in found
    assert "this record is not as number" in found


def test_no_coordinator_alone_says_that_a_key_of_another_was_stolen(
    agora: Path, keys: Path, govkit: Run
) -> None:
    end = ("member", "key", "end", C, "k1", "--compromised-since", "2026-02-03")
    said(govkit, agora, *end, "--key", str(keys / A), *AFTER, ends=0)
    words = "takes the signatures of 2 of the coordinators a-example, c-example, and has 1"
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")
    # So the key goes on, and its owner signs with it.
    policy = agora / "governance/policies/substance.yaml"
    change(policy, lambda data: data.replace(b"P30D", b"P40D", 1))
    amend = ("amend", "substance", "--reason", "Longer.", "--who", A, "--who", C)
    said(govkit, agora, *amend, *AFTER, ends=0)
    signs(govkit, agora, "02", A, keys / A)
    assert "act 02" not in said(govkit, agora, "check")
    signs(govkit, agora, "02", C, keys / C)
    assert "govkit sign 02" not in said(govkit, agora, "check")


def test_a_name_that_somebody_typed_changes_no_rule(agora: Path, keys: Path, govkit: Run) -> None:
    """A signature made with one's own key in the name of the other is none of theirs."""
    charter = agora / "governance/charter.yaml"
    change(charter, lambda data: data.replace(b"threshold: 2", b"threshold: 1"))
    amend = ("amend", "charter", "--reason", "Agreed.", "--who", A, "--who", C)
    said(govkit, agora, *amend, "--key", str(keys / A), *AFTER, ends=0)
    act = agora / "governance/acts/01.yaml"
    change(
        act, lambda data: data + data.partition(b"signatures:\n")[2].replace(A.encode(), C.encode())
    )
    words = "this act does not count yet: it names c-example, who has not signed it"
    assert words in said(govkit, agora, "check")
    alone = ("amend", "substance", "--reason", "Mine.", *AFTER)
    policy = agora / "governance/policies/substance.yaml"
    change(policy, lambda data: data.replace(b"P30D", b"P1D", 1))
    assert "this takes 2 coordinators, and 1 agrees here" in said(govkit, agora, *alone, ends=2)


def test_a_signature_of_another_act_is_none_of_this_one(
    agora: Path, keys: Path, govkit: Run
) -> None:
    policy = agora / "governance/policies/substance.yaml"
    for number, (old, new) in enumerate(((b"P30D", b"P40D"), (b"P40D", b"P1D")), 1):
        change(policy, lambda data, old=old, new=new: data.replace(old, new, 1))
        amend = ("amend", "substance", "--reason", "So.", "--who", A, "--who", C)
        said(govkit, agora, *amend, *AFTER, ends=0)
        signs(govkit, agora, f"0{number}", A, keys / A)
        if number == 1:
            signs(govkit, agora, "01", C, keys / C)
    first, second = (agora / f"governance/acts/0{number}.yaml" for number in (1, 2))
    copied = first.read_bytes().partition(b"signatures:\n")[2]
    change(second, lambda data: data.partition(b"signatures:\n")[0] + b"signatures:\n" + copied)
    assert "it names a-example, c-example, who have not signed it" in said(govkit, agora, "check")


def test_no_coordinator_alone_ends_the_membership_of_another_as_they_asked(
    agora: Path, keys: Path, govkit: Run
) -> None:
    before = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    end = ("member", "end", "example-chat", "--asked", "--last-day", "2026-02-20")
    said(govkit, agora, *end, "--key", str(keys / A), *AFTER, ends=0)
    words = (
        "this act does not count yet: it takes the signatures of 2 of the coordinators a-example, "
        "c-example, and has 1"
    )
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")
    assert said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0) == before


def test_a_membership_that_ends_in_the_record_alone_goes_on(agora: Path, govkit: Run) -> None:
    before = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    member = agora / "governance/members/example-chat.yaml"
    change(member, lambda data: data.replace(b"state: enrolled", b"state: ended"))
    log_member(agora, "example-chat")
    words = "the record says that example-chat left, and no act that counts says so"
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")
    assert said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0) == before


def test_what_is_taken_over_in_the_names_of_others_is_adopted_by_nobody(
    agora: Path, keys: Path, govkit: Run
) -> None:
    take = ("take-over", "AGR-01", "--adopted-at", "x", "--adopted-on", "2019-11-25")
    take += ("--evidence", "x", "--who", A, "--who", C, "--key", str(keys / A))
    assert "not signed yet by c-example, and whoever is named signs first" in said(
        govkit, agora, *take, *AFTER, ends=2
    )
    # By hand: the entry that the command would not write.
    last = entries(agora)[-1]
    past = next(each.taken_over for each in entries(agora) if each.taken_over)
    unit = past.units[0].model_copy(update={"digest": "sha256:" + "ab" * 32})
    write(
        agora,
        last.model_copy(
            update={
                "seq": last.seq + 1,
                "kind": "taken-over",
                "path": None,
                "digest": None,
                "prev": entry_digest(last),
                "recorded_at": LATE,
                "taken_over": past.model_copy(update={"units": (unit,)}),
            }
        ),
    )
    words = (
        "what it takes over does not count: it names a-example, c-example, who have not signed it"
    )
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")


def keys_in(root: Path, id: str) -> list[str]:
    record = open_workspace(root).corpus.by_path[f"governance/members/{id}.yaml"].record
    return [key.public for key in record.keys]  # type: ignore[union-attr]


def log_member(root: Path, id: str) -> None:
    """Log the record of a member as it stands, as a coordinator can."""
    path = f"governance/members/{id}.yaml"
    data = (root / path).read_bytes()
    file_all(
        root,
        [Filing(path, data, "member", was=data)],
        by=A,
        received_at=LATE,
        received_basis="registrar",
        recorded_at=Stamp(LATE, LATE),
    )
