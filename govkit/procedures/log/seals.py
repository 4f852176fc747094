"""Sealing the log, and bearing witness to it: one signature for all entries up to a head."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import NamedTuple

from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError, WrongUse
from govkit.log.amendments import OwnRules, own_rules
from govkit.log.chain import breaks_of
from govkit.log.checkpoints import OF_HEADS, OF_WITNESSES, Checkpoint, witnessed_text
from govkit.log.coordinators import member_of
from govkit.log.digests import leaf_of, tree_of
from govkit.log.entries import entries_of
from govkit.log.faults import LogFault
from govkit.log.heads import (
    LogSeals,
    SealedHead,
    can_be_sealed,
    is_a_member,
    owner_of,
    path_of_head,
    sealing_keys,
    seals_of,
    who_may_seal,
)
from govkit.log.keys import bare_signature
from govkit.log.merkle import MerkleTree
from govkit.log.signed_statements import root_fingerprint
from govkit.procedures.log.filing import Filing, to_the_second
from govkit.procedures.log.signatures import (
    SigningKey,
    founding_of,
    sign_with_key_of,
    with_signature,
)
from govkit.records.log import LogEntry, LogHead, MemberSignature, Witness
from govkit.source.public_keys import NoPublicKey
from govkit.source.record_bytes import record_bytes
from govkit.source.ssh_signatures import NoSignature, signature_of
from govkit.store import commit_names, committed_files, refs, repository
from govkit.workspace import Workspace


class SignedHead(NamedTuple):
    """A head with one more signature: what is to be filed (None where it was there already).

    `covers` are the numbers of the entries that nobody had sealed before. `key` is the name of the
    key; empty for a body that is no member.
    """

    filing: Filing | None
    path: str
    checkpoint: Checkpoint
    key: str
    covers: range


def seal_head(
    workspace: Workspace,
    by: str,
    key: SigningKey,
    ask: Callable[[Sequence[LogEntry]], None] = lambda _: None,
) -> SignedHead:
    """Return the head over all entries, sealed by a coordinator.

    `ask` gets the entries in their name of `in_name_of` before anything is signed, and may refuse.
    Raises `WrongUse` where it can't be sealed by them with this key, `GovkitError` where the log
    does not hold: a seal says that it does.
    """
    corpus = workspace.corpus
    rules = _founded(workspace)
    seals = seals_of(corpus)
    _require_sound(corpus, seals)
    entries = [entry for _, entry in entries_of(corpus)]
    ids = who_may_seal(rules, len(entries))
    if by not in ids:
        raise WrongUse(
            f"`{by}` is no coordinator of this coalition, and only coordinators seal its log",
            f"Coordinators: {', '.join(ids)}. Everybody else: `govkit witness`.",
        )
    ask(in_name_of(workspace, by))
    return _sealed(workspace, rules, by, key, (entries[-1], tree_of(corpus), seals.unsealed))


def sealed_head(workspace: Workspace, by: str) -> SealedHead:
    """Return the newest head, over all entries, where a seal of `by` would bear out nothing unseen.

    Raises `WrongUse` where some are not sealed yet, or some in their name not by them;
    `GovkitError` where the log does not hold.
    """
    _founded(workspace)
    seals = seals_of(workspace.corpus)
    _require_sound(workspace.corpus, seals)
    if seals.newest is None or seals.unsealed:
        raise WrongUse(
            f"{seals.unsealed_words} sealed by no coordinator",
            "Seal the log, and commit that: `govkit seal --key FILE`. Nothing was changed.",
        )
    unseen = in_name_of(workspace, by)
    if unseen:
        raise WrongUse(
            f"number {unseen[0].seq} of the log stands in the name of {by}, and no seal of {by} "
            "covers it yet",
            "Look at it, and seal the log as well: `govkit seal --key FILE`. Nothing was changed.",
        )
    return seals.newest


def seal_with_entry(workspace: Workspace, entry: LogEntry, by: str, key: SigningKey) -> SignedHead:
    """Return the head over all entries and one more, sealed by a coordinator.

    The caller has called `sealed_head`. Raises `WrongUse` where the key is not theirs.
    """
    tree = tree_of(workspace.corpus).with_leaf(leaf_of(entry))
    more = range(entry.seq, entry.seq + 1)
    return _sealed(workspace, _founded(workspace), by, key, (entry, tree, more))


def _sealed(
    workspace: Workspace,
    rules: OwnRules,
    by: str,
    key: SigningKey,
    over: tuple[LogEntry, MerkleTree, range],
) -> SignedHead:
    """Seal the head `over` a tree that ends with an entry; the range is what nobody had sealed."""
    last, tree, unsealed = over
    size = len(tree)
    checkpoint = Checkpoint(root_fingerprint(founding_of(workspace)), size, tree.root())
    held = sealing_keys(rules.keys, by, last)
    made = sign_with_key_of(checkpoint.text.encode(), OF_HEADS, key, by, held)
    seal = MemberSignature(by=by, key=made.key, signature=bare_signature(made.signature))
    path = path_of_head(size)
    before = _head_at(workspace, path) or LogHead(checkpoint=checkpoint.text)
    after = before
    # Some kinds of key sign the same words otherwise each time; the first signature stays.
    if (by, made.key) not in {(each.by, each.key) for each in before.seals}:
        after = before.model_copy(update={"seals": with_signature(before.seals, seal)})
    filing = _filing(workspace, path, before, after)
    return SignedHead(filing, path, checkpoint, made.key, unsealed)


def in_name_of(workspace: Workspace, by: str) -> tuple[LogEntry, ...]:
    """Return the entries in somebody's name that a seal of theirs would bear out, unseen so far.

    These are the ones that no seal of theirs covers yet, and that stand in a commit: of HEAD, or of
    what was fetched. What they filed just now stands in none; and who made a commit, nobody knows,
    since that is a name that somebody typed as well.
    """
    heads = seals_of(workspace.corpus).heads
    own = [each.checkpoint.size for each in heads if by in each.sealed_by]
    unseen = {
        document.path: entry
        for document, entry in entries_of(workspace.corpus)
        if entry.by == by and entry.seq > max(own, default=0)
    }
    root = workspace.root
    if not unseen or not repository.is_repository(root):
        return ()
    data = {path: workspace.files[path] for path in unseen}
    committed: set[str] = set()
    for commit in {commit_names.head(root), refs.fetched_line(root)} - {None}:
        was = {
            path: blob.id
            for path, blob in committed_files.governed_files(root, commit or "").items()
            if path in data
        }
        here = committed_files.blob_ids(root, data, was)
        committed |= {path for path, blob in was.items() if here[path] == blob}
    return tuple(entry for path, entry in unseen.items() if path in committed)


def witness_head(
    workspace: Workspace, who: str, outside: bool, key: SigningKey, now: datetime.datetime
) -> SignedHead:
    """Return the newest sealed head with the signature of somebody who has seen it.

    `who` is the id of a member; with `outside`, how a body that is none calls itself. Raises
    `WrongUse` where there is no sealed head, or the key is not the member's, `GovkitError` where
    the log does not hold.
    """
    corpus = workspace.corpus
    rules = _founded(workspace)
    seals = seals_of(corpus)
    _require_sound(corpus, seals)
    head = seals.newest
    if head is None:
        raise WrongUse(
            "no head of this log is sealed yet, so there is nothing to bear witness to",
            "A coordinator seals first: `govkit seal --key FILE`.",
        )
    at = to_the_second(now)
    data = witnessed_text(head.checkpoint.text, at).encode()
    if not outside:
        member_of(corpus, who)
    elif is_a_member(corpus, who):
        raise WrongUse(
            f"`{who}` is a member here, and --name is for a body that is none",
            "As a member: `govkit witness --by MEMBER --key FILE`.",
        )
    sign = _outsider if outside else _member
    witness = sign(rules, who, key, data, at)
    record = _head_at(workspace, head.path)
    assert record is not None, head.path
    known = {(each.by, each.public) for each in record.witnesses}
    # Who saw a head first saw it then: a second signature would only make it later.
    fresh = (witness.by, witness.public) not in known
    every = sorted([*record.witnesses, witness], key=_order) if fresh else record.witnesses
    after = record.model_copy(update={"witnesses": tuple(every)})
    filing = _filing(workspace, head.path, record, after)
    return SignedHead(filing, head.path, head.checkpoint, witness.key or "", range(0))


def _member(
    rules: OwnRules, id: str, key: SigningKey, data: bytes, at: datetime.datetime
) -> Witness:
    held = rules.keys.holding(id, at)
    made = sign_with_key_of(data, OF_WITNESSES, key, id, held)
    return Witness(by=id, key=made.key, seen_at=at, signature=bare_signature(made.signature))


def _outsider(
    rules: OwnRules, name: str, key: SigningKey, data: bytes, at: datetime.datetime
) -> Witness:
    signature = key.signature(data, OF_WITNESSES)
    try:
        public = signature_of(signature).public
    except (NoPublicKey, NoSignature) as reason:
        raise WrongUse(
            f"{key.file} can't be used to sign: {reason}", "Make a key by `ssh-keygen -t ed25519`."
        ) from None
    owner = owner_of(rules.keys, public)
    if owner is not None:
        raise WrongUse(
            f"{key.file} is a key of the member {owner}, and --name is for a body that is none",
            f"As a member: `govkit witness --by {owner} --key FILE`.",
        )
    return Witness(name=name, public=public, seen_at=at, signature=bare_signature(signature))


def _order(each: Witness) -> tuple[str, str]:
    return each.by or each.name or "", each.public or ""


def _founded(workspace: Workspace) -> OwnRules:
    """Return the own rules of a founded coalition whose log can be sealed. Raises `WrongUse`."""
    rules = own_rules(workspace.corpus)
    if rules is None:
        raise WrongUse(
            "this coalition is not founded yet, and before that its log is not sealed",
            "Begin with `govkit found --coordinator MEMBER`, once for each coordinator.",
        )
    if not can_be_sealed(rules.keys):
        raise WrongUse(
            "the founding names no key, so nobody can seal this log",
            "Enrol keys, and found again: `govkit member key add MEMBER --file FILE.pub`, then "
            '`govkit found --again --reason "The keys were missing."`',
        )
    return rules


def _require_sound(corpus: Corpus, seals: LogSeals) -> None:
    faults: Sequence[LogFault] = [*breaks_of(corpus), *seals.faults]
    if faults:
        first = faults[0]
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise GovkitError(
            f"the log does not hold: {first.path}: {first.message}{more}",
            "Who signs a head says that the log holds up to there. `govkit check` says what is "
            "wrong. Nothing was signed.",
        )


def _head_at(workspace: Workspace, path: str) -> LogHead | None:
    document = workspace.corpus.by_path.get(path)
    record = document.record if document else None
    return record if isinstance(record, LogHead) else None


def _filing(workspace: Workspace, path: str, before: LogHead, after: LogHead) -> Filing | None:
    if after == before:
        return None
    was = workspace.files.get(path)
    return Filing(path, record_bytes("log-head", after, path), None, was=was)
