"""The phrases around a release, for every printed format."""

from __future__ import annotations

from govkit.consent.decision import UnitDecision
from govkit.languages.catalogue import Messages
from govkit.records.decisions import DecidedUnit


def version(said: Messages, number: str) -> str:
    """Return a version as it stands on a page: `Version 1.1.0`."""
    return said.say("release.version-number", number=number)


def edition(said: Messages, number: str, day: str) -> str:
    """Return the version with its day."""
    return f"{version(said, number)}, {said.date(day)}"


def outcome_of(said: Messages, decided: DecidedUnit | UnitDecision) -> str:
    """Return what was decided about a text; of one that goes nobody may read that it is adopted."""
    name = said.find(f"release.withdrawals.{decided.outcome}") if decided.withdraws else None
    return name or said[f"release.outcomes.{decided.outcome}"]


def adopted(said: Messages, decided: DecidedUnit, day: str) -> str:
    """Return an outcome with its day: `adopted with dissent on 16 June 2026, by proposal `."""
    return said.say("release.adopted-on", outcome=outcome_of(said, decided), day=said.date(day))


def taken_over(said: Messages, body: str, day: str) -> str:
    """Return the sentence for words that are older than the register."""
    return f"{said['release.taken-over']}: {body}, {said.date(day)}"


def valid(said: Messages, since: str, until: str | None, superseded_by: str | None) -> str:
    """Return the sentence about a release that another one came after."""
    begun = said.say("release.valid-from", since=said.date(since))
    if until:
        begun = said.say("release.valid-from-to", since=said.date(since), until=said.date(until))
    if not superseded_by:
        return begun
    by = version(said, superseded_by).lower()
    return f"{said.say('release.superseded', version=by)} {begun}"


def not_heard(said: Messages, groups: list[str]) -> str:
    """Return the sentence about groups from which nobody spoke. Silence is no consent."""
    return said.say("release.not-heard-groups", groups=said.several(groups))


def without_name(said: Messages, group: str) -> str:
    """Return what stands for one whose name is not to be printed."""
    if not group:
        return said["release.member-without-name"]
    return said.say("release.member-of-without-name", group=group)


def check_steps(said: Messages, tag: str, threshold: int, forming: bool) -> tuple[str, ...]:
    """Return how a reader proves the release, step by step."""
    in_file = said["release.check-in-file"]
    if forming:
        signed = said["release.check-unsigned"]
        return (f"{said.say('release.check-copy', tag=tag)} {signed}", in_file)
    signed = said.say("release.check-signed", threshold=threshold)
    return (
        said["release.check-root"],
        f"{said.say('release.check-copy', tag=tag)} {signed}",
        in_file,
        said["release.check-log"],
    )
