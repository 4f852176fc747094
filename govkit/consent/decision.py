"""A decision as a value: it shows its arithmetic, and anyone can do the sum again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from govkit.consent.admission import ExcludedRecord
from govkit.consent.counted_voices import CountedVoices, stands_by_group
from govkit.consent.objections import Objection
from govkit.consent.tally import Requirement
from govkit.consent.votes import Vote
from govkit.records.decisions import BEST_FIRST, Outcome
from govkit.records.scalars import iso


class OutcomeChange(NamedTuple):
    """What would change the outcome of some texts, in words."""

    units: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class UnitDecision:
    """One text: the words decided, by which policy, the sum, and the outcome with its reasons.

    `voices` are all that say something, `not_heard` the members on the roll who say nothing about
    these words, `roll` counts the voices there are.
    """

    id: str
    before: str | None
    after: str | None
    number: int
    policy: str
    outcome: Outcome
    why: tuple[str, ...]
    requirements: tuple[Requirement, ...] = ()
    voices: tuple[Vote, ...] = ()
    objections: tuple[Objection, ...] = ()
    not_heard: tuple[str, ...] = ()
    groups_not_heard: tuple[str, ...] = ()
    given_by_group: tuple[tuple[str, int], ...] = ()
    roll: int = 0
    sizes: tuple[tuple[str, int], ...] = ()
    """How many voices on the roll each group has, where there is a sum."""
    sides: Mapping[str, Mapping[str, Any]] | None = None
    """What was required, given and missing as a record has it, where there is no sum of it here."""
    spoke_of_others: tuple[str, ...] = ()
    """Those whom a record calls stale, where there are no voices here."""

    @property
    def stale(self) -> tuple[str, ...]:
        """Return the members who spoke about other words than these."""
        return self.spoke_of_others or tuple(
            sorted(v.member for v in self.voices if v.said == "stale")
        )

    @property
    def withdraws(self) -> bool:
        """Say whether what is decided is that the text goes."""
        return self.after is None

    @property
    def stands(self) -> tuple[CountedVoices, ...]:
        """Return where each group on the roll stands, sorted; none where there is no sum."""
        return stands_by_group(self.sizes, self.voices)

    @property
    def bodies(self) -> tuple[Vote, ...]:
        """Return the voices for which several people spoke, each with all of them."""
        return tuple(voice for voice in self.voices if voice.spoke)

    @property
    def heard(self) -> int:
        """Return how many voices said something about these words."""
        return sum(1 for voice in self.voices if voice.said != "stale")

    @property
    def blocking(self) -> tuple[Objection, ...]:
        """Return the objections that stand in the way."""
        return tuple(each for each in self.objections if each.blocks)


@dataclass(frozen=True)
class RoundResult:
    """What follows from everything that was filed about a proposal, at a moment.

    `pending` are the reasons for which it is provisional. `left` are objections to texts that left
    the proposal; `unanswered` are comments that came in time and have no answer.
    """

    proposal: str
    revision: int
    now: datetime.datetime
    outcome: Outcome
    units: tuple[UnitDecision, ...]
    pending: tuple[str, ...] = ()
    rejected: tuple[ExcludedRecord, ...] = ()
    late: tuple[ExcludedRecord, ...] = ()
    reported: tuple[ExcludedRecord, ...] = ()
    unanswered: tuple[str, ...] = ()
    left: tuple[Objection, ...] = ()
    warnings: tuple[str, ...] = ()
    would_change: tuple[OutcomeChange, ...] = ()

    @property
    def withdraws(self) -> bool:
        """Say whether all that is decided is that texts go."""
        return bool(self.units) and all(unit.withdraws for unit in self.units)

    @property
    def provisional(self) -> bool:
        """Say whether it can still change by itself, so that nothing may rest on it yet."""
        return bool(self.pending)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome of the whole: that of the text that fares worst."""
    return max(outcomes, key=BEST_FIRST.index, default="not-adopted")


# --- as JSON --------------------------------------------------------------------------------------


def as_json(decision: RoundResult) -> dict[str, Any]:
    """Return the decision as plain data, for `--format json`."""
    return {
        "proposal": decision.proposal,
        "revision": decision.revision,
        "now": iso(decision.now),
        "outcome": decision.outcome,
        "provisional": decision.provisional,
        "pending": list(decision.pending),
        "units": [unit_as_json(unit) for unit in decision.units],
        "rejected": _asides(decision.rejected),
        "late": _asides(decision.late),
        "reported": _asides(decision.reported),
        "unanswered": list(decision.unanswered),
        "left": [{"unit": each.unit, **objection_as_json(each)} for each in decision.left],
        "warnings": list(decision.warnings),
        "would_change": [
            {"units": list(change.units), "words": change.words} for change in decision.would_change
        ],
    }


def unit_as_json(unit: UnitDecision) -> dict[str, Any]:
    """Return one text of a decision as plain data."""
    return {
        "id": unit.id,
        "before": unit.before,
        "after": unit.after,
        "class": unit.number,
        "policy": unit.policy,
        "outcome": unit.outcome,
        "withdraws": unit.withdraws,
        "why": list(unit.why),
        "required": required_counts(unit),
        "given": given_counts(unit),
        "missing": missing_counts(unit),
        "positions": {
            said: members
            for said in ("consent", "consent-with-reservation", "stand-aside", "abstain")
            if (members := sorted(v.member for v in unit.voices if v.said == said))
        },
        "by_group": {each.group: each.by_name for each in unit.stands},
        "representatives": [
            {
                "organisation": voice.name,
                "counts": voice.said,
                "said": [{"member": member, "position": said} for member, said in voice.spoke],
            }
            for voice in unit.bodies
        ],
        "carried": sorted(v.member for v in unit.voices if v.carried),
        "stale": list(unit.stale),
        "not_heard": list(unit.not_heard),
        "groups_not_heard": list(unit.groups_not_heard),
        "heard": unit.heard,
        "roll": unit.roll,
        "objections": [objection_as_json(each) for each in unit.objections],
    }


def objection_as_json(each: Objection) -> dict[str, Any]:
    """Return an objection as plain data."""
    return {
        "member": each.member,
        "state": each.state,
        "reason": each.reason,
        "position": each.position,
    }


def _asides(asides: Iterable[ExcludedRecord]) -> list[dict[str, str]]:
    return [{"record": each.record, "cause": each.cause} for each in asides]


def required_counts(unit: UnitDecision) -> dict[str, Any]:
    """Return what the policy asks for, by what it counts."""
    return _side(unit, "required", _needed)


def given_counts(unit: UnitDecision) -> dict[str, Any]:
    """Return what was given, in the same measures, and the consents of every group."""
    side = _side(unit, "given", _given)
    return side if unit.sides else side | {"by_group": dict(unit.given_by_group)}


def missing_counts(unit: UnitDecision) -> dict[str, Any]:
    """Return how much is missing; nothing stands here for what is fulfilled."""
    return _side(unit, "missing", lambda each: None if each.met else _missing(each))


_SHARES = ("majority", "quorum")


def _needed(each: Requirement) -> int | str:
    if each.what not in _SHARES:
        return int(each.needed)
    return f"{'more than' if each.beyond else 'at least'} {each.needed}"


def _given(each: Requirement) -> int | str:
    if each.what == "majority":
        return f"{int(each.given * each.cast)} of {each.cast}"
    return str(each.given) if each.what == "quorum" else int(each.given)


def _missing(each: Requirement) -> int | str:
    if each.what in _SHARES:
        return "out of reach" if each.missing is None else f"{each.missing} more"
    return each.missing or 0


_MAPS = {"group": "by_group", "majority": "majority", "yes": "yes"}


def _side(unit: UnitDecision, name: str, value: Callable[[Requirement], Any]) -> dict[str, Any]:
    if unit.sides is not None:
        return dict(unit.sides[name])
    side: dict[str, Any] = {}
    for each in unit.requirements:
        found = value(each)
        if found is None:
            continue
        if each.group is None:
            side[each.what] = found
        else:
            side.setdefault(_MAPS[each.what], {})[each.group] = found
    return side


def record_of(
    decision: RoundResult, head: str, policies: Mapping[str, str], inputs: Mapping[str, str]
) -> dict[str, Any]:
    """Return the data of `decision.yaml`: the decision, and what it was computed from.

    `head` is the digest of the newest log entry, `policies` and `inputs` give the digest of each
    policy and each record that was looked at.
    """
    data = as_json(decision)
    kept = (
        "id",
        "before",
        "after",
        "policy",
        "outcome",
        "why",
        "required",
        "given",
        "missing",
        "stale",
        "not_heard",
        "groups_not_heard",
        "objections",
    )
    names = (
        "proposal",
        "revision",
        "now",
        "outcome",
        "provisional",
        "rejected",
        "late",
        "reported",
        "would_change",
    )
    return {
        **{name: data[name] for name in names},
        "head": head,
        "units": [{name: unit[name] for name in kept} for unit in data["units"]],
        "policies": [{"id": id, "digest": policies[id]} for id in sorted(policies)],
        "inputs": [{"record": name, "digest": inputs[name]} for name in sorted(inputs)],
    }
