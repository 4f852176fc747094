"""The records that open a revision: its code, its digest, its dates, and by which policy.

Values in, values out; the bytes and the folder are somebody else's.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from govkit.corpus.record_digests import change_digest, digest_for
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.log.amendments import own_rules, policy_path
from govkit.log.periods import after, end_of_day
from govkit.proposals.texts import class_in_words
from govkit.records.governance import Charter
from govkit.records.kinds import CHARTER_PATH
from govkit.records.policies import Policy
from govkit.records.proposals import Dropped, PolicyAt, Proposal, Revision, TermState, Unit

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Small letters and figures that nobody mistakes for each other in a mail."""

_INSTANT = datetime.timedelta(microseconds=1)


class ApplicablePolicies(NamedTuple):
    """The policies that decide the units: their names and words, and the one of the highest class.

    The highest sets the periods of the whole.
    """

    named: Mapping[str, Policy]
    highest: Policy

    def at(self) -> tuple[PolicyAt, ...]:
        """Return the policies as a proposal keeps them: with the digest of their words."""
        return tuple(
            PolicyAt(id=name, digest=digest_for("policy", policy))
            for name, policy in sorted(self.named.items())
        )

    @property
    def silence_is_no_objection(self) -> bool:
        """Say whether every policy here counts who was silent as not objecting."""
        return all(policy.silence == "no-objection" for policy in self.named.values())


def applicable_policies(
    corpus: Corpus,
    charter: Charter,
    units: Iterable[Unit],
    opened_under: Mapping[str, Policy] | None = None,
) -> ApplicablePolicies:
    """Return the policies that the charter has for the classes of some units.

    `opened_under` are those of the proposal: they hold, whatever the coalition changed since.

    Raises `WrongUse` where it names none for a class, or where a policy can't be read.
    """
    found: dict[str, Policy] = {}
    highest: tuple[int, Policy] | None = None
    for number in sorted({max(unit.class_, unit.floor) for unit in units}):
        name = name_of_policy(charter, number)
        kept = (opened_under or {}).get(name)
        found[name] = kept if kept is not None else policy_named(corpus, name)
        highest = (number, found[name])
    assert highest is not None, "a revision has units"
    return ApplicablePolicies(found, highest[1])


def name_of_policy(charter: Charter, number: int) -> str:
    """Return the policy that the charter has for a class. Raises `WrongUse` where it has none."""
    for name, each in charter.policies.items():
        if number in each.classes:
            return name
    raise WrongUse(
        f"the charter names no policy for changes of {class_in_words(number)}",
        f"Add it to `policies` in {CHARTER_PATH}, and write the policy: `govkit new policy`.",
    )


def policy_named(corpus: Corpus, name: str) -> Policy:
    """Return a policy. Raises `WrongUse` where it is not there or can't be read."""
    document = corpus.find(("policy",), name)
    if document is not None and isinstance(document.record, Policy):
        return document.record
    path = f"governance/policies/{name}.yaml"
    if document is None:
        raise WrongUse(
            f"there is no policy `{name}`: {path} is not there",
            f"Write it: `govkit new policy --id {name}`. It says how long comments are open.",
        )
    raise WrongUse(f"{path} can't be read", "Mend it first: `govkit check`.")


def require_agreed(corpus: Corpus, charter: Charter, policies: Iterable[PolicyAt]) -> None:
    """Raise `WrongUse` where the charter or a policy has other words than the coalition agreed to.

    While it is forming, they are edited as any draft.
    """
    rules = own_rules(corpus)
    if rules is None:
        return
    agreed = rules.agreed_at(None)
    found = {CHARTER_PATH: digest_for("charter", charter)}
    found |= {policy_path(each.id): each.digest for each in policies}
    for path, digest in found.items():
        if agreed.get(path) != digest:
            raise WrongUse(
                f"{path} has other words than those that the coalition agreed to, so no proposal "
                "can be opened under them",
                "Put it back as it was (`govkit check` says how). If the change was decided, file "
                "that first: `govkit amend`. Nothing was changed.",
            )


def revision_of(
    units: Sequence[Unit],
    terms: Mapping[str, TermState],
    dropped: Sequence[Dropped],
    dates: tuple[datetime.datetime, datetime.datetime],
    coalition: str,
    proposal: Proposal,
    number: int,
    codes: Collection[str],
) -> Revision:
    """Return the record of a revision with its digest and a code that no other has.

    `dates` are when it is opened and until when comments are taken. `codes` are those given before.
    """
    opened, comment_until = dates
    draft = Revision.model_validate(
        {
            "units": tuple(units),
            "terms": dict(terms),
            "dropped": tuple(dropped),
            "change": "sha256:" + "0" * 64,
            "code": "0000-0000",
            "opened": opened,
            "comment_until": comment_until,
        }
    )
    change = change_digest(coalition, proposal, number, draft)
    return draft.model_copy(update={"change": change, "code": code_for(change, codes)})


def code_for(change: str, taken: Collection[str]) -> str:
    """Return a code for mails, made from a digest; the next one where it is given already."""
    for attempt in range(len(taken) + 1):
        number = int.from_bytes(sha256(f"{change} {attempt}".encode()).digest()[:8], "big")
        letters = ""
        for _ in range(8):
            number, rest = divmod(number, len(_LETTERS))
            letters += _LETTERS[rest]
        code = f"{letters[:4]}-{letters[4:]}"
        if code not in taken:
            return code
    raise AssertionError("more codes than there are taken were tried")


def codes_of(corpus: Corpus) -> set[str]:
    """Return the codes of all revisions of the register."""
    records = [document.record for document in corpus.of_kind("revision")]
    return {record.code for record in records if isinstance(record, Revision)}


def last_day_of(start: datetime.datetime, period: str, quiet: Sequence[str]) -> datetime.date:
    """Return the last day of a period, quiet days left out.

    The period is over at the end of that day, anywhere on earth, and never before it is complete.
    """
    return (after(start, period, quiet) - _INSTANT).date()


def date_for(
    what: str,
    start: datetime.datetime,
    period: str,
    quiet: Sequence[str],
    asked: datetime.date | None,
) -> datetime.datetime:
    """Return the end of a period: of the earliest day, or of a later one that was asked for.

    Raises `WrongUse` where the day asked for is too early. `what` names the period in the message.
    """
    earliest = last_day_of(start, period, quiet)
    if asked is not None and end_of_day(asked) < after(start, period, quiet):
        raise WrongUse(
            f"{asked} is too early: the policy gives {what} more time",
            f"The earliest day is {earliest}.",
        )
    return end_of_day(asked or earliest)


def next_proposal(year: int, taken: Iterable[str]) -> str:
    """Return the next id of a proposal in a year; a number is never given twice."""
    numbers = [0]
    for id in taken:
        of, _, number = id.partition("-")
        if of == f"{year}" and number.isdigit():
            numbers.append(int(number))
    return f"{year}-{max(numbers) + 1:03d}"
