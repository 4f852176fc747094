"""Who may keep the register: the coordinators of the founding, and of the acts since."""

from __future__ import annotations

from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError, WrongUse
from govkit.log.amendments import GENESIS_PATH, OwnRules, own_rules
from govkit.log.signed_statements import root_fingerprint
from govkit.records.acts import Genesis
from govkit.records.governance import Charter, Member
from govkit.records.kinds import CHARTER_PATH


def charter_of(corpus: Corpus) -> Charter:
    """Return the charter. Raises `GovkitError` where it can't be read."""
    if corpus.charter is None:
        raise GovkitError(f"{CHARTER_PATH} can't be read", "Mend it first: `govkit check`.")
    return corpus.charter


def genesis_of(corpus: Corpus) -> Genesis | None:
    """Return the first state of the coalition; None while it is forming, or can't be read."""
    document = corpus.by_path.get(GENESIS_PATH)
    record = document.record if document else None
    return record if isinstance(record, Genesis) else None


def founded_rules(corpus: Corpus) -> OwnRules:
    """Return the own rules of the coalition through time. Raises `WrongUse` while it is forming."""
    rules = own_rules(corpus)
    if rules is None:
        raise WrongUse(
            "the coalition is forming, and can decide nothing about itself yet",
            "Before `govkit found`, the charter and the policies are edited as any draft.",
        )
    return rules


def coordinators_of(corpus: Corpus) -> tuple[str, ...]:
    """Return the ids of the coordinators.

    They are those of the founding and of the acts since, whatever somebody wrote in the charter;
    while the coalition is forming, those that the charter names.
    """
    rules = own_rules(corpus)
    return rules.now.coordinators if rules else charter_of(corpus).coordinators.ids


def threshold_of(corpus: Corpus) -> int:
    """Return how many coordinators it takes for an act of the coalition."""
    rules = own_rules(corpus)
    return rules.now.threshold if rules else charter_of(corpus).coordinators.threshold


def require_coordinator(corpus: Corpus, id: str) -> None:
    """Raise `WrongUse` where a member is no coordinator, and so may not write in the register."""
    coordinators = coordinators_of(corpus)
    if not coordinators:
        raise WrongUse(
            "this coalition has no coordinators yet, so nobody can write in its register",
            "Found it first: `govkit found --help` says the order. Members and their keys come "
            "before: `govkit member add`, `govkit member key add`.",
        )
    if id not in coordinators:
        raise WrongUse(
            f"`{id}` is no coordinator of this coalition",
            f"Coordinators: {', '.join(coordinators)}.",
            typed=id,
            known=coordinators,
        )


def member_of(corpus: Corpus, id: str) -> Member:
    """Return the record of a member. Raises `WrongUse` where there is none that can be read."""
    document = corpus.find(("member",), id)
    record = document.record if document else None
    if isinstance(record, Member):
        return record
    if document is not None:
        raise WrongUse(f"{document.path} can't be read", "Mend it first: `govkit check`.")
    known = [each.id for each in corpus.of_kind("member")]
    raise WrongUse(
        f"there is no member `{id}`",
        typed=id,
        known=known,
        otherwise="`govkit list member` lists the members.",
    )


def path_of_member(id: str) -> str:
    """Return the place of a member's record."""
    return f"governance/members/{id}.yaml"


def roots_of(corpus: Corpus) -> tuple[str, ...]:
    """Return the fingerprint of the founding, and of the one that it replaces; none if forming."""
    genesis = genesis_of(corpus)
    if genesis is None:
        return ()
    return (root_fingerprint(genesis), *filter(None, (genesis.replaces,)))
