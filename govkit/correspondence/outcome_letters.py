"""What members are told of their own positions and of how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govkit.consent.counting import Cause
from govkit.consent.decision import RoundResult, UnitDecision
from govkit.consent.objections import Objection
from govkit.correspondence.announcements import MailSubject
from govkit.correspondence.mail import Lines, Mail
from govkit.correspondence.position_receipts import PositionReceipt, counts_lines, receipt_lines
from govkit.languages.catalogue import Messages
from govkit.records.decisions import ADOPTED
from govkit.records.enumerations import Stance
from govkit.records.log import LogEntry
from govkit.records.proposals import Act


class OwnPosition(NamedTuple):
    """What a member said last about some texts, and why it did not count; no cause if it did.

    `instead` are earlier positions of theirs that counted where this one did not.
    """

    units: tuple[str, ...]
    stance: Stance
    entry: LogEntry
    causes: tuple[Cause, ...]
    instead: tuple[OwnPosition, ...] = ()


class OwnVoice(NamedTuple):
    """What one with a voice said, and the texts about which they are printed as not heard."""

    positions: tuple[OwnPosition, ...]
    not_heard: tuple[str, ...]


@dataclass(frozen=True)
class DecisionRecord:
    """A decision as it was recorded: the sum, the entry of its record, and that record's place.

    `names` are the names of members by their ids.
    """

    result: RoundResult
    entry: LogEntry
    path: str
    names: Mapping[str, str]


def decision_mail(
    matter: MailSubject, name: str, decision: DecisionRecord, own: OwnVoice | None
) -> Mail:
    """Return what was decided about each text, and how the person's own word was counted.

    `own` is None for one who had no voice.
    """
    said, lines, result = matter.said, Lines(), decision.result
    lines.say(said.say("letters.to", name=name))
    day, outcome = said.weekday(result.now.date()), said[f"release.outcomes.{result.outcome}"]
    title = matter.proposal.title
    lines.say(said.say("decided.on", day=day, title=title, outcome=outcome, **matter.names))
    lines.head(said["mails.the-texts"])
    for at, unit in enumerate(result.units, 1):
        lines.item(at, _unit(matter, unit, decision.names))
    _own(lines, said, own)
    lines.head(said["decided.if-not-content"])
    if own is not None:
        lines.say(said["decided.wrong"])
        lines.say(said["decided.minority"])
    lines.say(said["decided.rules"])
    lines.say(said["decided.again" if result.outcome in ADOPTED else "decided.not-adopted"])
    lines.head(said["decided.record"])
    lines.say(said.say("decided.where", path=decision.path, number=decision.entry.seq))
    lines.lines += [f"    {decision.entry.digest}", ""]
    lines.say(said.say("decided.check", id=matter.proposal.id))
    subject = said.say("letters.subjects.decided", outcome=outcome)
    return Mail(matter.subject(subject), str(lines))


def _unit(matter: MailSubject, unit: UnitDecision, named: Mapping[str, str]) -> str:
    said = matter.said
    outcome = said[f"release.outcomes.{unit.outcome}"]
    words = f"{unit.id} {matter.titles.get(unit.id, '')}: {outcome}."
    if unit.withdraws and unit.outcome in ADOPTED:
        words += f" {said['decided.goes']}"
    if unit.roll:
        words += f" {said.say('decided.heard', heard=unit.heard, roll=unit.roll)}"
    if unit.objections:
        names = said.several([_objector(said, each, named) for each in unit.objections])
        words += f" {said.say('decided.objections', names=names)}"
    return words


def _objector(said: Messages, each: Objection, named: Mapping[str, str]) -> str:
    """Return who objected, with what became of it, where that is more than that it stands."""
    name = named.get(each.member, each.member)
    states = said.group("decided.objectors")
    return said.say(f"decided.objectors.{each.state}", name=name) if each.state in states else name


def _own(lines: Lines, said: Messages, own: OwnVoice | None) -> None:
    if own is None or not any(own):
        return
    lines.head(said["decided.your-position"])
    for each in own.positions:
        lines.say(said.say("decided.you-said", **_blanks(said, each)))
        for words in counts_lines(said, each.causes, decided=True):
            lines.say(words, "    ")
        for other in each.instead:
            lines.say(said.say("decided.instead", **_blanks(said, other)), "    ")
    if own.not_heard:
        lines.say(said.say("decided.not-heard", texts=", ".join(own.not_heard)))


def _blanks(said: Messages, each: OwnPosition) -> dict[str, object]:
    return {
        "texts": ", ".join(each.units),
        "stance": said[f"release.stances-you.{each.stance}"],
        "number": each.entry.seq,
        "day": said.weekday(each.entry.received_at.date()),
    }


def position_mail(
    matter: MailSubject,
    name: str,
    receipt: PositionReceipt,
    seconded: tuple[str, str] | None,
    attached: str,
) -> Mail:
    """Return the receipt for a position that was written down, or that was countersigned since.

    `seconded` is who looked at what shows it, and what they say that they saw. `attached` is the
    name of the file with the proof, or an empty text while there is none.
    """
    said, lines = matter.said, Lines()
    lines.say(said.say("letters.to", name=name))
    key = "position" if seconded is None else "countersigned"
    if receipt.corrects is not None:
        key = "corrected"
        lines.say(said["letters.corrected"])
    elif receipt.came is not None and seconded is None:
        key = "corrected"
        lines.say(said["letters.day-corrected"])
    elif seconded is None:
        lines.say(said["letters.written-down"])
    if seconded is not None:
        by, seen = seconded
        lines.say(said.say("letters.countersigned", by=by, seen=seen))
    lines.keep(receipt_lines(said, receipt))
    lines.say(said["receipts.proves"])
    if attached:
        lines.say(said.say("receipts.proof-attached", name=attached))
    else:
        lines.say(said["receipts.to-check"])
    return Mail(matter.subject(said[f"letters.subjects.{key}"]), str(lines))


def objection_act_mail(
    matter: MailSubject, name: str, act: Act, texts: Sequence[str], own_reason: str
) -> Mail:
    """Return what an objector is told: that there is an answer, or that it was passed on or ruled.

    `texts` are those that they object to, `own_reason` is why, or an empty text.
    """
    said, lines = matter.said, Lines()
    lines.say(said.say("letters.to", name=name))
    names = {"texts": ", ".join(texts), "title": matter.proposal.title, **matter.names}
    lines.say(said.say("letters.objected", **names))
    if own_reason:
        lines.say(said.say("letters.your-reason", id=names["texts"]))
        lines.say(own_reason.strip(), "    ")
    key = f"ruled-{act.ruling}" if act.kind == "ruling" and act.ruling else act.kind
    lines.say(said.say(f"letters.objection-acts.{key}", by=said.several(act.by)))
    lines.say(act.reason.strip(), "    ")
    lines.say(said[f"letters.objection-then.{act.kind}"])
    return Mail(matter.subject(said[f"letters.subjects.{act.kind}"]), str(lines))
