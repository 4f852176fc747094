"""What is written to everybody about a proposal: the mails that a coordinator sends.

Drafted from the records alone, in plain text of at most 72 columns, so that any mailer keeps it.
Nothing here says that silence agrees. The words of a mail are digested into its notice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govkit.corpus.changes.values import Change
from govkit.corpus.digests import CANON
from govkit.corpus.documents import Document
from govkit.corpus.redline.marks import without_marks
from govkit.correspondence.mail import PUBLIC, Lines, Mail, reply_block
from govkit.log.periods import last_day
from govkit.proposals.losses import clauses_of
from govkit.proposals.texts import ProposedText, class_in_words
from govkit.records.enumerations import MONTHS
from govkit.records.proposals import Dropped, Proposal, Revision

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FORMING = (
    "This coalition is forming: it has not been founded yet. The texts can be discussed, and "
    "nothing can be adopted until it is founded."
)


@dataclass(frozen=True)
class MailSubject:
    """What a mail is about: a proposal in one of its revisions, and where the register stands.

    `head` is the newest entry of the log before this announcement, its number and digest; None
    where there is none yet. `letter` are words of the coordinators' own, or an empty text.
    """

    coalition: str
    proposal: Proposal
    number: int
    revision: Revision
    proposer: str
    head: tuple[int, str] | None
    forming: bool = False
    letter: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the mark that stands in every subject, as `[2026-003 r2]`."""
        return f"[{self.proposal.id} r{self.number}]"


def day_in_words(day: datetime.date) -> str:
    """Return a day in words, as `Thursday 9 April 2026`."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def deadline_in_words(end: datetime.datetime) -> str:
    """Return the end of a period in words, whatever the reader's place on earth."""
    if (end - datetime.timedelta(hours=12)).time() == datetime.time(0):
        said = f"the end of {day_in_words(last_day(end))}, anywhere on earth"
    else:
        said = f"{day_in_words(end.date())}"
    return f"{said} ({end:%H:%M} UTC on {end.day} {MONTHS[end.month - 1]})"


# --- the mails ------------------------------------------------------------------------------------


def opening(
    matter: MailSubject,
    units: Sequence[ProposedText],
    before: Mapping[str, Change | None] | None = None,
    replaced: Revision | None = None,
) -> Mail:
    """Return the mail that opens a revision for comments.

    `before` gives for a later revision what changed in each text since the one `replaced`: None
    for a text that is as it was.
    """
    lines = Lines()
    lines.paragraphs(matter.letter)
    verb = "proposes" if matter.number == 1 else "proposes, in a new revision"
    lines.say(f"{matter.proposer} {verb}: {matter.proposal.title}.")
    lines.say(
        f"This is revision {matter.number} of the proposal {matter.proposal.id} of "
        f"{matter.coalition}."
    )
    lines.say(_replaces(matter, replaced))
    if matter.forming:
        lines.say(FORMING)
    lines.say(
        f"Comments are open until {deadline_in_words(matter.revision.comment_until)}. Every "
        "comment receives an answer."
    )
    if before is not None:
        lines.head(f"What changed since revision {matter.number - 1}")
        _since(lines, units, before, matter)
    lines.head("What is proposed" if before is None else "The whole proposal")
    for at, each in enumerate(units, 1):
        _unit(lines, at, each)
    _texts(lines, matter)
    _answering(lines, matter)
    what = "comments open" if matter.number == 1 else "new revision, comments open"
    until = last_day(matter.revision.comment_until)
    return Mail(f"{matter.name} {matter.proposal.title}: {what} until {until}", str(lines))


def last_call(
    matter: MailSubject,
    closes: datetime.datetime,
    answered: int,
    units: Sequence[tuple[str, str, str]],
) -> Mail:
    """Return the mail of a last call. `units` are id, title and class of each text."""
    lines = Lines()
    lines.paragraphs(matter.letter)
    lines.say(
        f"Last call for the proposal {matter.proposal.id} of {matter.coalition}: "
        f"{matter.proposal.title}, revision {matter.number}."
    )
    if matter.forming:
        lines.say(FORMING)
    lines.say(f"It closes at {deadline_in_words(closes)}, and never earlier.")
    lines.say(_comments_in_words(answered))
    lines.say("Please say now where you stand. Who says nothing is printed as not heard.")
    lines.head("The texts")
    for at, (id, title, class_) in enumerate(units, 1):
        lines.item(at, f"{id} {title} ({class_})")
    _texts(lines, matter)
    _answering(lines, matter)
    subject = f"{matter.name} {matter.proposal.title}: last call until {last_day(closes)}"
    return Mail(subject, str(lines))


def _comments_in_words(answered: int) -> str:
    if answered == 0:
        return "No comment was made on this proposal."
    if answered == 1:
        return "The one comment on this proposal has its answer."
    return f"All {answered} comments on this proposal have their answers."


def moved(
    matter: MailSubject, what: str, before: datetime.datetime, to: datetime.datetime, because: str
) -> Mail:
    """Return the mail that moves a promised date; `what` is what the date is for."""
    lines = Lines()
    lines.paragraphs(matter.letter)
    lines.say(moved_in_words(what, last_day(before), day_in_words(last_day(to)), because))
    lines.say(f"The new date is {deadline_in_words(to)}.")
    lines.say(
        f"It is about the proposal {matter.proposal.id} of {matter.coalition}: "
        f"{matter.proposal.title}, revision {matter.number}. Its words are as they were."
    )
    _texts(lines, matter)
    subject = f"{matter.name} {matter.proposal.title}: {what} moved to {last_day(to)}"
    return Mail(subject, str(lines))


def moved_in_words(what: str, before: datetime.date, to: str, because: str) -> str:
    """Return the sentence that gives up a promised date for another."""
    reason = because.strip().rstrip(".")
    return f"{what[:1].upper()}{what[1:]}: moved from {day_in_words(before)} to {to}, because " + (
        f"{reason[:1].lower()}{reason[1:]}."
        if reason[1:2].islower() and not reason.startswith("I ")
        else f"{reason}."
    )


def withdrawn(matter: MailSubject, by: Sequence[str], reason: str) -> Mail:
    """Return the mail that says that a proposal is withdrawn."""
    lines = Lines()
    lines.paragraphs(matter.letter)
    lines.say(
        f"The proposal {matter.proposal.id} of {matter.coalition} is withdrawn: "
        f"{matter.proposal.title}."
    )
    lines.say(f"Withdrawn by {', '.join(by)}, because: {reason}")
    lines.say(
        "All that was said about it stays in the record. The same words can be proposed "
        "again; no consent is carried over."
    )
    lines.log_head(matter.head)
    return Mail(f"{matter.name} {matter.proposal.title}: withdrawn", str(lines))


# --- the parts ------------------------------------------------------------------------------------


def _replaces(matter: MailSubject, replaced: Revision | None) -> str:
    if replaced is not None:
        opened = day_in_words(replaced.opened.date())
        return (
            f"It replaces revision {matter.number - 1} of {opened}, code {replaced.code}. Please "
            "answer to this one only."
        )
    adopted = [unit.id for unit in matter.revision.units if unit.before is not None]
    new = [unit.id for unit in matter.revision.units if unit.before is None]
    parts = []
    if adopted:
        parts.append(f"It would replace the adopted words of {', '.join(adopted)}.")
    if new:
        parts.append(f"Never adopted before: {', '.join(new)}.")
    return " ".join(parts)


def _unit(lines: Lines, at: int, each: ProposedText) -> None:
    unit, document = each.unit, each.document
    lines.item(at, f"{unit.id} {document.title} ({class_in_words(max(unit.class_, unit.floor))})")
    if unit.after is None:
        lines.say(f"The text is to go. {_capital(unit.cause or '')}.", "    ")
    elif unit.cause is not None:
        lines.say(
            f"Its own words stay. It is here because it rests on a definition that changes "
            f"({unit.cause}).",
            "    ",
        )
    elif each.change is not None:
        _change(lines, each.change)
    else:
        lines.say("A new text:" if unit.before is None else "The text:", "    ")
        _whole(lines, document)
    for other in unit.alternatives:
        lines.say(
            f"If the proposal {other.proposal} is applied first, the words are those in "
            f"alongside/{other.proposal}/{unit.id}.yaml, digest {other.after}.",
            "    ",
        )


def _whole(lines: Lines, document: Document) -> None:
    parts = {part.id: part for part in getattr(document.record, "clauses", ())}
    for clause, words in clauses_of(document).items():
        lines.say(words, "        ", f"    ({clause}) " if clause else "        ")
        part = parts.get(clause)
        for name in ("conditions", "exceptions"):
            for limit in getattr(part, name, ()):
                lines.say(f"{name[:-1].capitalize()}: {' '.join(limit.split())}", "        ")
    for name, parameter in getattr(document.record, "parameters", {}).items():
        lines.say(f"{{{name}}}: {_parameter(parameter)}", "        ")


def _parameter(parameter: Any) -> str:
    bounds = [
        f"{word} {value}"
        for word, value in (
            ("at least", getattr(parameter, "minimum", None)),
            ("at most", getattr(parameter, "maximum", None)),
        )
        if value is not None
    ]
    shown = (
        f"{parameter.default}"
        if parameter.type == "text"
        else (f"{parameter.default} {parameter.type}")
    )
    return ", ".join([shown, *bounds]) + f" ({' '.join(parameter.meaning.split())})"


def _change(lines: Lines, change: Change) -> None:
    for clause in change.clauses:
        if clause.old == clause.new:
            continue
        old, new = clause.old, clause.new
        if not clause.marks_only:
            old, new = without_marks(old), without_marks(new)
        lines.close(f"({clause.id})", "    ")
        lines.say(old or "(nothing: it is new)", "            ", "    before: ")
        lines.say(new or "(nothing: it is taken out)", "            ", "    after:  ")
    for each in change.fields:
        lines.close(_field_in_words(each.field), "    ")
        lines.close(_value(each.old), "            ", "    before: ")
        lines.say(_value(each.new), "            ", "    after:  ")


def _field_in_words(route: str) -> str:
    """Return the name of a field for readers: `clauses.a.force` is the force of clause (a)."""
    match route.split("."):
        case ["clauses" | "preamble" | "interpretation", id, name]:
            return f"({id}), {name.replace('_', ' ')}"
        case ["parameters", name, *inner]:
            return ", ".join([f"{{{name}}}", *inner])
        case _:
            return route.replace("_", " ")


def _value(value: Any) -> str:
    """Return a value of a field as words."""
    if value in (None, [], {}):
        return "(nothing)"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_value(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(each) for each in value)
    return f"{value}"


def _since(
    lines: Lines,
    units: Sequence[ProposedText],
    before: Mapping[str, Change | None],
    matter: MailSubject,
) -> None:
    for at, each in enumerate(units, 1):
        id, title = each.unit.id, each.document.title
        if id not in before:
            lines.item(at, f"{id} {title}: new in this revision.")
        elif (change := before[id]) is None:
            lines.item(at, f"{id} {title}: as in revision {matter.number - 1}. A consent stands.")
        else:
            lines.item(at, f"{id} {title}")
            _change(lines, change)
    for dropped in matter.revision.dropped:
        lines.say(f"No longer there: {dropped_in_words(dropped)}")


def dropped_in_words(dropped: Dropped) -> str:
    """Return what was dropped, where it went, and why."""
    place = f"{dropped.id}({dropped.clause})" if dropped.clause else dropped.id
    into = f", now in {', '.join(dropped.into)}" if dropped.into else ""
    return f"{place}{into}, because: {' '.join(dropped.because.split())}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _texts(lines: Lines, matter: MailSubject) -> None:
    folder = f"governance/proposals/{matter.proposal.id}/rev-{matter.number}"
    lines.head("The one text that counts")
    lines.say(
        f"The words that count are those in the folder {folder} of the register. These are "
        f"their digests (canonical form {CANON}):"
    )
    for unit in matter.revision.units:
        lines.close(unit.id, "  ")
        lines.lines += [
            f"    before {unit.before or 'nothing: it was never adopted'}",
            f"    after  {unit.after or 'nothing: the text goes'}",
        ]
    lines.lines += ["  the change as a whole", f"    {matter.revision.change}", ""]
    lines.log_head(matter.head)
    lines.lines.append("")


def _answering(lines: Lines, matter: MailSubject) -> None:
    lines.head("How to answer")
    lines.say(PUBLIC)
    lines.say(
        "A comment can be written in any words; say which text it is about. To say where you "
        "stand, mark one box below and send it back."
    )
    ids = [unit.id for unit in matter.revision.units]
    lines.lines += reply_block(matter.proposal.id, matter.number, matter.revision.code, ids)


def classes_of(revision: Revision, titles: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    """Yield id, title and class of each text of a revision."""
    for unit in revision.units:
        class_ = class_in_words(max(unit.class_, unit.floor))
        yield unit.id, titles.get(unit.id, ""), class_
