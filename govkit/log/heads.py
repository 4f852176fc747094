"""The sealed heads of the log: whether they fit the entries, and who vouches for them.

A seal covers all entries up to its head. It counts from somebody who coordinated then, with a key
that held then; so entries behind the newest head that holds are no more than somebody's word.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.log.amendments import GENESIS_PATH, OwnRules, own_rules, rules_as_signed
from govkit.log.checkpoints import OF_HEADS, OF_WITNESSES, Checkpoint, checkpoint_of, witnessed_text
from govkit.log.coordinators import genesis_of
from govkit.log.digests import tree_of
from govkit.log.entries import entries_of
from govkit.log.faults import LogFault
from govkit.log.keys import (
    Keys,
    Signers,
    armour,
    bare_key,
    compromises,
    signature_holds,
    sound_signers,
)
from govkit.log.merkle import MerkleTree
from govkit.log.signed_statements import root_fingerprint
from govkit.records.acts import Genesis
from govkit.records.log import LogEntry, LogHead, MemberSignature, Witness
from govkit.source.public_keys import NoPublicKey, public_key
from govkit.source.ssh_signatures import signer_of

HEADS = "governance/log/heads"


class HeadWitness(NamedTuple):
    """Somebody whose signature below a head holds.

    `who` is a member's id, or how a body that is none calls itself; then `public` is its key, and
    nothing here says whose that is.
    """

    who: str
    seen_at: datetime.datetime
    public: str = ""


class SealedHead(NamedTuple):
    """One head that fits the entries, with those whose signatures below it hold."""

    path: str
    checkpoint: Checkpoint
    sealed_by: tuple[str, ...]
    witnessed_by: tuple[HeadWitness, ...]


class LogSeals(NamedTuple):
    """What the heads beside the log show. `entries` is how many the log has.

    `heads` are those that fit the entries, by size. `can_seal` is false where nothing can be
    sealed: while the coalition is forming, and where its founding names no key. `doubts` are
    signatures that held, until it became known that a key had been in other hands: they vouch for
    nothing, and nobody forged them.
    """

    heads: tuple[SealedHead, ...]
    faults: tuple[LogFault, ...]
    entries: int
    can_seal: bool
    doubts: tuple[LogFault, ...] = ()

    @property
    def newest(self) -> SealedHead | None:
        """Return the newest head that a coordinator of its moment has sealed."""
        return next((each for each in reversed(self.heads) if each.sealed_by), None)

    @property
    def unsealed(self) -> range:
        """Return the numbers of the entries that nobody has sealed."""
        begin = self.newest.checkpoint.size if self.newest else 0
        return range(begin + 1, self.entries + 1) if self.can_seal else range(0)

    def sealers_of(self, seq: int) -> frozenset[str]:
        """Return who has sealed an entry: all whose seal stands on a head that covers it."""
        covering = (head for head in self.heads if head.checkpoint.size >= seq)
        return frozenset(id for head in covering for id in head.sealed_by)

    @property
    def unsealed_words(self) -> str:
        """Return in a sentence which entries nobody has sealed, and which seals became doubtful."""
        first, last = self.unsealed[0], self.unsealed[-1]
        which = f"entry {first} of the log is"
        if first != last:
            which = f"entries {first} to {last} of the log are"
        begin = path_of_head(first)
        doubts = [each.message for each in self.doubts if each.path >= begin]
        return f"{which} sealed by no coordinator{''.join(f': {each}' for each in doubts[-1:])}"


def path_of_head(size: int) -> str:
    """Return the place of the head over so many entries."""
    return f"{HEADS}/{size:06d}.yaml"


def seals_of(corpus: Corpus) -> LogSeals:
    """Return what the sealed heads show, each held against the entries that are here."""
    return corpus.once(_seals_of)


def _seals_of(corpus: Corpus) -> LogSeals:
    genesis = genesis_of(corpus)
    if genesis is None:
        return LogSeals((), (), len(entries_of(corpus)), False)
    return _Reading(corpus, genesis).seals()


def seals_of_a_part(corpus: Corpus) -> LogSeals:
    """Return what the heads among a few records of a log show, as a receipt has them.

    That their entries are below those heads is proved otherwise.
    """
    genesis = genesis_of(corpus)
    if genesis is None:
        return LogSeals((), (), len(entries_of(corpus)), False)
    return _Reading(corpus, genesis, is_whole=False).seals()


def can_be_sealed(keys: Keys) -> bool:
    """Say whether there is a key with which anybody can seal."""
    return bool(sound_signers((each.member, each.public) for each in keys.all))


def who_may_seal(rules: OwnRules, size: int) -> tuple[str, ...]:
    """Return the coordinators of the moment of an entry: those before it, and those it brought."""
    return tuple(dict.fromkeys((*rules.at(size).coordinators, *rules.at(size + 1).coordinators)))


def sealing_keys(keys: Keys, id: str, entry: LogEntry) -> dict[str, str]:
    """Return the keys, by name, with which somebody can seal a head that ends with an entry."""
    return keys.holding(id, entry.recorded_at)


def is_worth_keeping(corpus: Corpus, path: str, head: LogHead) -> bool:
    """Say whether a head that is gone, or a signature below it, held, or held once.

    What never did vouched for nothing, and may be taken out. While nothing can be proved, because
    nothing was founded, all of it is kept.
    """
    genesis = genesis_of(corpus)
    if genesis is None:
        return True
    reading = _Reading(corpus, genesis)
    try:
        checkpoint = checkpoint_of(head.checkpoint)
    except ValueError:
        return False
    if checkpoint.origin != reading.origin or checkpoint.size > len(reading.entries):
        return True
    list(reading.sealed_by(path, head, checkpoint.size))
    list(reading.witnessed_by(path, head))
    return len(reading.faults) < len(head.seals) + len(head.witnesses)


class _Reading:
    """Holds each head against the entries, the founding, and the keys of its moment."""

    def __init__(self, corpus: Corpus, genesis: Genesis, is_whole: bool = True) -> None:
        self.corpus = corpus
        self.genesis = genesis
        self.is_whole = is_whole
        self.origin = root_fingerprint(genesis)
        self.entries = {entry.seq: entry for _, entry in entries_of(corpus)}
        self.faults: list[LogFault] = []
        self.doubts: list[LogFault] = []

    @cached_property
    def rules(self) -> OwnRules:
        rules = own_rules(self.corpus)
        assert rules is not None, "there is a founding"
        return rules

    @property
    def tree(self) -> MerkleTree:
        return tree_of(self.corpus)

    @cached_property
    def earlier_origins(self) -> frozenset[str]:
        """Return the fingerprints of foundings that were replaced."""
        logged = {each.digest or "" for each in self.entries.values() if each.path == GENESIS_PATH}
        return frozenset(logged - {self.origin})

    @cached_property
    def as_signed(self) -> OwnRules:
        """Return the rules and keys as they looked before a key was known to be in other hands."""
        rules = rules_as_signed(self.corpus)
        assert rules is not None, "there is a founding"
        return rules._replace(keys=rules.keys.without_compromises)

    def seals(self) -> LogSeals:
        heads = [
            head
            for document in self.corpus.of_kind("log-head")
            if isinstance(document.record, LogHead)
            and (head := self.head(document, document.record)) is not None
        ]
        heads.sort(key=lambda each: each.checkpoint.size)
        return LogSeals(
            tuple(heads),
            tuple(self.faults),
            len(self.entries),
            can_be_sealed(self.rules.keys),
            tuple(sorted(self.doubts)),
        )

    def head(self, document: Document, record: LogHead) -> SealedHead | None:
        """Return a head that fits the entries, or None; what speaks against it is noted."""
        why = self.misfit(document.path, record)
        if why is not None:
            self.faults.append(LogFault(document.path, "head", why))
            return None
        checkpoint = checkpoint_of(record.checkpoint)
        if checkpoint.origin != self.origin:
            # Who coordinated before a new founding can't be traced; the entries still have to fit.
            return SealedHead(document.path, checkpoint, (), ())
        sealed = tuple(self.sealed_by(document.path, record, checkpoint.size))
        seen = tuple(self.witnessed_by(document.path, record))
        return SealedHead(document.path, checkpoint, sealed, seen)

    def misfit(self, path: str, record: LogHead) -> str | None:
        try:
            checkpoint = checkpoint_of(record.checkpoint)
        except ValueError:
            return "the three lines of this head are not written as a head is"
        right = path_of_head(checkpoint.size)
        if path != right:
            return f"this is the head over {checkpoint.size} entries, and its file is {right}"
        if checkpoint.origin not in {self.origin, *self.earlier_origins}:
            return (
                "this is a head of another coalition: it begins with "
                f"{checkpoint.origin[:19]}…, and the root fingerprint here is {self.origin[:19]}…"
            )
        return disagreement(checkpoint, self.tree) if self.is_whole else None

    def sealed_by(self, path: str, record: LogHead, size: int) -> Iterator[str]:
        for seal in record.seals:
            if self.sealed_under(self.rules, seal, record, size):
                yield seal.by
            elif compromises(self.rules.keys) and self.sealed_under(
                self.as_signed, seal, record, size
            ):
                at = self.entries[size].recorded_at
                self.doubt(path, f"{seal.by} sealed the head at number {size}", seal, at)
            elif seal.by not in who_may_seal(self.rules, size):
                self.wrong(path, f"{seal.by} sealed this head, and was no coordinator then")
            else:
                self.wrong(path, f"the seal of {seal.by} {_FORGED}")

    def sealed_under(
        self, rules: OwnRules, seal: MemberSignature, record: LogHead, size: int
    ) -> bool:
        last = self.entries.get(size)
        if last is None or seal.by not in who_may_seal(rules, size):
            return False
        held = sealing_keys(rules.keys, seal.by, last)
        return signature_holds(seal, record.checkpoint.encode(), OF_HEADS, held.get(seal.key, ""))

    def doubt(self, path: str, said: str, seal: MemberSignature, at: datetime.datetime) -> None:
        key = self.rules.keys.in_other_hands(seal.by, seal.key, at)
        why = f"with {key}" if key else "by an act that was signed with a key in other hands"
        self.doubts.append(LogFault(path, "head", f"{said} {why}"))

    def witnessed_by(self, path: str, record: LogHead) -> Iterator[HeadWitness]:
        for each in record.witnesses:
            who = each.by or each.name or ""
            if not each.by and is_a_member(self.corpus, who):
                self.wrong(path, f"a witness who is no member calls itself {who}, as a member does")
                continue
            owner = None if each.by else owner_of(self.rules.keys, each.public or "")
            if owner is not None:
                self.wrong(path, f"the witness {who} signs with a key of the member {owner}")
                continue
            data = witnessed_text(record.checkpoint, each.seen_at).encode()
            if self.is_signed(each, data, self.rules):
                yield HeadWitness(who, each.seen_at, "" if each.by else each.public or "")
            elif compromises(self.rules.keys) and self.is_signed(each, data, self.as_signed):
                seal = MemberSignature(by=who, key=each.key or "", signature=each.signature)
                self.doubt(path, f"the witness {who} signed", seal, each.seen_at)
            else:
                self.wrong(path, f"the signature of the witness {who} {_FORGED}")

    def is_signed(self, witness: Witness, data: bytes, rules: OwnRules) -> bool:
        keys = self.keys_of(witness, rules)
        return signer_of(data, armour(witness.signature), keys, OF_WITNESSES) is not None

    def keys_of(self, witness: Witness, rules: OwnRules) -> Signers:
        if witness.by is not None:
            return rules.keys.signers([witness.by], witness.seen_at)
        try:
            return ((witness.name or "", public_key(witness.public or "")),)
        except NoPublicKey:
            return ()

    def wrong(self, path: str, message: str) -> None:
        self.faults.append(LogFault(path, "head", message))


_FORGED = "does not hold: it is forged, it is over other words, or the key was not theirs then"


def owner_of(keys: Keys, public: str) -> str | None:
    """Return the member whose a public key is or was, or None."""
    bare = bare_key(public)
    return next((each.member for each in keys.all if each.public == bare), None)


def is_a_member(corpus: Corpus, name: str) -> bool:
    """Say whether a name is the id or the name of a member: nobody else may go by it."""
    said = name.casefold().strip()
    return any(
        said in (document.id.casefold(), document.title.casefold().strip())
        for document in corpus.of_kind("member")
    )


def disagreement(checkpoint: Checkpoint, tree: MerkleTree) -> str | None:
    """Say in a sentence why a head does not fit the entries of a log; None where it does."""
    if checkpoint.size > len(tree):
        return (
            f"this head was over {checkpoint.size} entries, and the log here has {len(tree)}: "
            "entries that somebody saw are gone"
        )
    if tree.root(checkpoint.size) != checkpoint.root:
        return (
            f"the first {checkpoint.size} entries here are not those that this head was made "
            "over: two histories were shown, and one of them was rewritten"
        )
    return None
