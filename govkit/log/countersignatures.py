"""Whose word stands beside that of the coordinator who filed a record.

One person's word about somebody else is no proof. A second coordinator who has seen the source says
so in an entry of the log of its own, with a signature; a typed name counts for nothing. The
signature stands inside what the chain binds: it is made over words that name the entry vouched for
and nothing of its own entry, so a new number leaves it whole, and nobody can take it out unseen.

Who filed the record is a typed name as well, until that person seals the log. So where others have
sealed it and they have not, nobody knows of two persons, and the countersignature waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govkit.corpus.whole import Corpus
from govkit.log.amendments import OwnRules, own_rules
from govkit.log.coordinators import genesis_of
from govkit.log.entries import entries_of, valid_entries
from govkit.log.heads import seals_of
from govkit.log.signed_statements import countersignature_statement, root_fingerprint
from govkit.records.governance import Member
from govkit.records.log import LogEntry

OF_COUNTERSIGNATURES = "countersign@govkit"
_SIGNED_WITH = "it is signed with"


class CountersignatureCheck(NamedTuple):
    """One countersignature: its entry, who signed, and the entry vouched for.

    `fault` says why it counts for nothing; empty where it counts. `waits_for` is the coordinator
    whose seal alone is missing. `in_doubt` says that its key turned out to be in other hands:
    nobody forged it.
    """

    entry: LogEntry
    by: str
    of: LogEntry | None
    fault: str
    waits_for: str = ""
    in_doubt: bool = False


def countersigners_of(corpus: Corpus, path: str) -> tuple[str, ...]:
    """Return who vouches for a record beside the one who filed it, in the order of the log.

    Asked is the entry that speaks of the record: the first one of what is logged once, the newest
    one of what is edited later. Whoever asks for many records asks `countersigners`.
    """
    return countersigners(corpus).get(path, ())


def countersigners(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return for each record that somebody vouches for who does."""
    speaking = valid_entries(corpus)
    found: dict[str, tuple[str, ...]] = {}
    for each in countersignatures_of(corpus):
        if each.fault or each.of is None or each.of.path is None:
            continue
        path = each.of.path
        if speaking.get((path, each.of.kind)) == each.of:
            found[path] = tuple(dict.fromkeys((*found.get(path, ()), each.by)))
    return found


def countersignatures_of(corpus: Corpus, below: str = "") -> tuple[CountersignatureCheck, ...]:
    """Return every countersignature of a record below a folder, with what speaks against it."""
    every = corpus.once(_countersignatures)
    return tuple(each for each in every if (each.entry.path or "").startswith(below))


def wanting_countersignatures(corpus: Corpus, below: str = "") -> list[CountersignatureCheck]:
    """Return those that count for nothing, and that nobody made anew.

    Whose key turned out to be in other hands, or another coordinator, signs again; the entry stays.
    Those of before a new founding stay, too, and nobody could mend them: that founding is named.
    """
    vouched, founded = countersigners(corpus), corpus.once(_number_of_founding)
    return [
        each
        for each in countersignatures_of(corpus, below)
        if each.fault
        and each.entry.seq > founded
        and not (each.in_doubt and (each.entry.path or "") in vouched)
    ]


def _number_of_founding(corpus: Corpus) -> int:
    """Return the first number of the log that has the founding of now; 0 where none has."""
    genesis = genesis_of(corpus)
    root = root_fingerprint(genesis) if genesis else None
    own = (
        each.seq for _, each in entries_of(corpus) if (each.kind, each.digest) == ("genesis", root)
    )
    return min(own, default=0)


def _countersignatures(corpus: Corpus) -> tuple[CountersignatureCheck, ...]:
    return tuple(_each_countersignature(corpus))


def _each_countersignature(corpus: Corpus) -> Iterator[CountersignatureCheck]:
    known = {entry.seq: entry for _, entry in entries_of(corpus)}
    found = [entry for entry in known.values() if entry.kind == "countersigned"]
    if not found:
        return
    rules = own_rules(corpus)
    for entry in found:
        made = entry.countersignature
        by = made.seal.by if made else entry.by
        of = known.get(made.entry) if made and made.entry < entry.seq else None
        fault = _fault(corpus, rules, entry, of)
        in_doubt = fault.startswith(_SIGNED_WITH)
        typed = _only_typed(corpus, of, by) if of is not None and not fault else ""
        waits_for = of.by if of is not None and typed else ""
        yield CountersignatureCheck(entry, by, of, fault or typed, waits_for, in_doubt)


def _fault(corpus: Corpus, rules: OwnRules | None, entry: LogEntry, of: LogEntry | None) -> str:
    made, genesis = entry.countersignature, genesis_of(corpus)
    if made is None:
        return "it has no signature"
    if rules is None or genesis is None:
        return "the coalition is not founded"
    if (
        of is None
        or of.kind == "countersigned"
        or (of.path, of.digest) != (entry.path, entry.digest)
    ):
        return f"number {made.entry}, which it vouches for, is not about this record"
    by = made.seal.by
    if entry.seq < corpus.once(_number_of_founding):
        return "it was made under the founding before this one"
    coordinators = rules.at(entry.seq).coordinators
    if by not in coordinators:
        return f"{by} did not coordinate then"
    # For a publication each coordinator vouches as one of as many as it takes.
    if of.kind != "publication" and _person(corpus, by) == _person(corpus, of.by):
        return f"{by} filed the record, and nobody vouches for what they filed themselves"
    data = countersignature_statement(of, made.seen, root_fingerprint(genesis)).encode()
    if not rules.keys.signed_by([made.seal], data, OF_COUNTERSIGNATURES, entry):
        if lost := rules.keys.in_other_hands(by, made.seal.key, entry.recorded_at):
            return f"{_SIGNED_WITH} {lost}"
        return (
            f"the signature of {by} does not hold: it is forged, it is over other words, or the "
            "key was not theirs then"
        )
    return ""


def _only_typed(corpus: Corpus, of: LogEntry, by: str) -> str:
    """Return that nothing but a typed name says who filed a record; empty where a seal does."""
    sealers = seals_of(corpus).sealers_of(of.seq)
    if (
        of.kind == "publication"
        or not sealers
        or _person(corpus, of.by) in {_person(corpus, id) for id in sealers}
    ):
        return ""
    return (
        f"the record names {of.by} as the one who filed it, and {of.by} has not sealed that: only "
        f"{', '.join(sorted(sealers))} did. So it may be the word of {by} alone, in two names"
    )


def _person(corpus: Corpus, id: str) -> str:
    found = corpus.find(("member",), id)
    return ((isinstance(found.record, Member) and found.record.person) or id) if found else id
