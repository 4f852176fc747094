"""What is written to everybody about a proposal: the mails that a coordinator sends.

Drafted from the records alone, in plain text of at most 72 columns, so that any mailer keeps it.
Nothing here says that silence agrees. The words of a mail are digested into its notice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from govkit.corpus.changes.values import Change
from govkit.corpus.redline.marks import without_marks
from govkit.corpus.text_digests import CANON
from govkit.correspondence.mail import Lines, Mail, reply_block
from govkit.correspondence.texts import whole_text
from govkit.languages.catalogue import Messages
from govkit.log.periods import last_day
from govkit.proposals.texts import ProposedText
from govkit.records.enumerations import StepName
from govkit.records.kinds import folder_of_proposal
from govkit.records.proposals import Dropped, Proposal, Revision


@dataclass(frozen=True)
class MailSubject:
    """What a mail is about: a proposal in one of its revisions, and where the register stands.

    `head` is the newest entry of the log before this announcement, its number and digest; None
    where there is none yet. `letter` are words of the coordinators' own, or an empty text. `said`
    are the messages in which the mail is written.
    """

    said: Messages
    coalition: str
    proposal: Proposal
    number: int
    revision: Revision
    proposer: str
    head: tuple[int, str] | None
    forming: bool = False
    letter: str = ""
    has_voice: bool = True
    """Whether those who are written to say where they stand; all others comment."""
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """Return the names that sentences about the proposal hold, by their blanks."""
        named = {"id": self.proposal.id, "coalition": self.coalition, "number": str(self.number)}
        return named

    def subject(self, what: str) -> str:
        """Return a subject; it begins with the mark by which a reply is known: `[2026-003 r2]`."""
        return f"[{self.proposal.id} r{self.number}] {self.proposal.title}: {what}"

    def reply_block(self) -> list[str]:
        """Return the lines with the boxes that a member marks and sends back."""
        ids = [unit.id for unit in self.revision.units]
        return reply_block(self.said, self.proposal.id, self.number, self.revision.code, ids)


class ListedObjection(NamedTuple):
    """An objection that a last call names: whose, to which text, why, and who answered with what.

    `reason` is empty where none is published.
    """

    name: str
    unit: str
    reason: str
    answers: tuple[tuple[str, str], ...]


def deadline_in_words(said: Messages, end: datetime.datetime) -> str:
    """Return the end of a period in words, whatever the reader's place on earth."""
    day = said.weekday(end.date())
    if (end - datetime.timedelta(hours=12)).time() == datetime.time(0):
        day = said.say("mails.end-of-day", day=said.weekday(last_day(end)))
    at = said.day_of_year(end.date())
    return said.say("mails.deadline", deadline=day, time=f"{end:%H:%M}", day=at)


# --- the mails ------------------------------------------------------------------------------------


def opening_mail(
    matter: MailSubject,
    units: Sequence[ProposedText],
    before: Mapping[str, Change | None] | None = None,
    replaced: Revision | None = None,
) -> Mail:
    """Return the mail that opens a revision for comments.

    `before` gives for a later revision what changed in each text since the one `replaced`: None
    for a text that is as it was.
    """
    said, lines = matter.said, Lines()
    lines.paragraphs(matter.letter)
    kind = "first" if matter.number == 1 else "later"
    title = matter.proposal.title
    lines.say(said.say(f"mails.proposes.{kind}", proposer=matter.proposer, title=title))
    lines.say(said.say("mails.this-is", **matter.names))
    lines.say(_replaces(matter, replaced))
    if matter.forming:
        lines.say(said["mails.forming"])
    until = deadline_in_words(said, matter.revision.comment_until)
    lines.say(said.say("mails.comments-open", until=until))
    if before is not None:
        lines.head(said.say("mails.what-changed", number=matter.number - 1))
        _since(lines, units, before, matter)
    lines.head(said["mails.what-is-proposed" if before is None else "mails.the-whole-proposal"])
    for at, each in enumerate(units, 1):
        proposed_text(lines, at, each, said)
    digest_lines(lines, matter)
    add_way_to_answer(lines, matter)
    day = last_day(matter.revision.comment_until)
    return Mail(matter.subject(said.say(f"mails.subjects.{kind}", day=day)), str(lines))


def last_call_mail(
    matter: MailSubject,
    closes: datetime.datetime,
    answered: int,
    units: Sequence[tuple[str, str, str]],
    objections: Sequence[ListedObjection] = (),
) -> Mail:
    """Return the mail of a last call. `units` are id, title and class of each text."""
    said, lines = matter.said, Lines()
    lines.paragraphs(matter.letter)
    lines.say(said.say("mails.last-call", title=matter.proposal.title, **matter.names))
    if matter.forming:
        lines.say(said["mails.forming"])
    lines.say(said.say("mails.closes", deadline=deadline_in_words(said, closes)))
    lines.say(
        said.counted("mails.answered", answered) if answered else said["mails.no-comment-made"]
    )
    lines.say(said["mails.where-you-stand"])
    lines.head(said["mails.the-texts"])
    for at, (id, title, class_) in enumerate(units, 1):
        lines.item(at, f"{id} {title} ({class_})")
    _objections(lines, objections, said)
    digest_lines(lines, matter)
    add_way_to_answer(lines, matter)
    subject = matter.subject(said.say("mails.subjects.last-call", day=last_day(closes)))
    return Mail(subject, str(lines))


def moved_date_mail(
    matter: MailSubject,
    step: StepName,
    before: datetime.datetime,
    to: datetime.datetime,
    because: str,
) -> Mail:
    """Return the mail that moves a promised date; `step` is what the date is for."""
    said, lines = matter.said, Lines()
    what = step_in_words(said, step)
    lines.paragraphs(matter.letter)
    day = said.weekday(last_day(to))
    lines.say(moved_in_words(said, what, last_day(before), day, because))
    lines.say(said.say("mails.new-date", deadline=deadline_in_words(said, to)))
    lines.say(said.say("mails.words-as-they-were", title=matter.proposal.title, **matter.names))
    digest_lines(lines, matter)
    subject = matter.subject(said.say("mails.subjects.moved", what=what, day=last_day(to)))
    return Mail(subject, str(lines))


def step_in_words(
    said: Messages, step: StepName, revision: int = 1, *, of_call: bool = False
) -> str:
    """Return what a promised date is for; that of a call has no other revision than the first."""
    # A call promises that a last call begins, a proposal that it ends.
    key = "last-call-begins" if of_call and step == "last-call" else step
    what = said.group("mails.steps")[key]
    return what if revision == 1 else said.say("mails.step-of", what=what, number=revision)


def moved_in_words(said: Messages, what: str, before: datetime.date, to: str, because: str) -> str:
    """Return the sentence that gives up a promised date for another."""
    # The reason keeps its letters: it may begin with a name.
    reason = because.strip().rstrip(".")
    return said.say(
        "mails.moved", what=_capital(what), before=said.weekday(before), to=to, because=reason
    )


def withdrawal_mail(matter: MailSubject, by: Sequence[str], reason: str) -> Mail:
    """Return the mail that says that a proposal is withdrawn."""
    said, lines = matter.said, Lines()
    lines.paragraphs(matter.letter)
    lines.say(said.say("mails.withdrawn", title=matter.proposal.title, **matter.names))
    lines.say(said.say("mails.withdrawn-by", names=", ".join(by), reason=reason))
    lines.say(said["mails.withdrawn-stays"])
    lines.newest_entry(matter.head, said)
    return Mail(matter.subject(said["mails.subjects.withdrawn"]), str(lines))


def _objections(lines: Lines, objections: Sequence[ListedObjection], said: Messages) -> None:
    """Add the objections that stand, each with its reason and its answers; nothing without any."""
    if not objections:
        return
    lines.head(said["mails.objections"])
    for at, each in enumerate(objections, 1):
        lines.item(at, said.say("mails.objects", name=each.name, id=each.unit))
        lines.say(each.reason or said["mails.no-reason"], "      ")
        for by, words in each.answers:
            lines.say(said.say("mails.objection-answer", by=by), "    ")
            lines.say(words or said["mails.accepted"], "      ")
        if not each.answers:
            lines.say(said["mails.objection-unanswered"], "    ")


# --- the parts ------------------------------------------------------------------------------------


def _replaces(matter: MailSubject, replaced: Revision | None) -> str:
    if replaced is not None:
        return matter.said.say(
            "mails.replaces",
            number=matter.number - 1,
            day=matter.said.weekday(replaced.opened.date()),
            code=replaced.code,
        )
    adopted = [unit.id for unit in matter.revision.units if unit.before is not None]
    new = [unit.id for unit in matter.revision.units if unit.before is None]
    parts = []
    if adopted:
        parts.append(matter.said.say("mails.would-replace", ids=", ".join(adopted)))
    if new:
        parts.append(matter.said.say("mails.never-adopted", ids=", ".join(new)))
    return " ".join(parts)


def proposed_text(lines: Lines, at: int, each: ProposedText, said: Messages) -> None:
    """Add a text of a proposal: what it is, and its change or its words."""
    unit, document = each.unit, each.document
    class_ = _class_in_words(said, max(unit.class_, unit.floor))
    lines.item(at, f"{unit.id} {document.title} ({class_})")
    if unit.after is None:
        lines.say(said.say("mails.text-goes", cause=_capital(unit.cause or "")), "    ")
    elif unit.cause is not None:
        lines.say(said.say("mails.rests-on-a-definition", cause=unit.cause), "    ")
    elif each.change is not None:
        change_lines(lines, each.change, said)
    else:
        lines.say(said["mails.new-text" if unit.before is None else "mails.text"], "    ")
        whole_text(lines, document, said)
    for other in unit.alternatives:
        where = f"alongside/{other.proposal}/{unit.id}.yaml"
        lines.say(
            said.say("mails.if-first", other=other.proposal, where=where, digest=other.after),
            "    ",
        )


def change_lines(lines: Lines, change: Change, said: Messages) -> None:
    """Add what changed in a text, before and after."""
    before, after = f"    {said['mails.before']}: ", f"    {said['mails.after']}: "
    width = max(len(before), len(after))
    before, after = before.ljust(width), after.ljust(width)
    for clause in change.clauses:
        if clause.old == clause.new:
            continue
        old, new = clause.old, clause.new
        if not clause.marks_only:
            old, new = without_marks(old), without_marks(new)
        lines.close(f"({clause.id})", "    ")
        lines.say(old or said["mails.nothing-new"], " " * width, before)
        lines.say(new or said["mails.nothing-taken-out"], " " * width, after)
    for each in change.fields:
        lines.close(field_in_words(each.field), "    ")
        lines.close(_value(each.old, said), " " * width, before)
        lines.say(_value(each.new, said), " " * width, after)


def field_in_words(route: str) -> str:
    """Return the name of a field for readers: `clauses.a.force` is the force of clause (a)."""
    match route.split("."):
        case ["clauses" | "preamble" | "interpretation", id, name]:
            return f"({id}), {name.replace('_', ' ')}"
        case ["parameters", name, *inner]:
            return ", ".join([f"{{{name}}}", *inner])
        case _:
            return route.replace("_", " ")


def _value(value: Any, said: Messages) -> str:
    """Return a value of a field as words."""
    if value in (None, [], {}):
        return said["mails.nothing"]
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_value(each, said)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(each, said) for each in value)
    return f"{value}"


def _since(
    lines: Lines,
    units: Sequence[ProposedText],
    before: Mapping[str, Change | None],
    matter: MailSubject,
) -> None:
    said = matter.said
    for at, each in enumerate(units, 1):
        id, title = each.unit.id, each.document.title
        if id not in before:
            lines.item(at, said.say("mails.new-in-revision", id=id, title=title))
        elif (change := before[id]) is None:
            number = matter.number - 1
            lines.item(at, said.say("mails.as-before", id=id, title=title, number=number))
        else:
            lines.item(at, f"{id} {title}")
            change_lines(lines, change, said)
    for dropped in matter.revision.dropped:
        lines.say(said.say("mails.no-longer-there", what=dropped_in_words(said, dropped)))


def dropped_in_words(said: Messages, dropped: Dropped) -> str:
    """Return what was dropped, where it went, and why."""
    place = f"{dropped.id}({dropped.clause})" if dropped.clause else dropped.id
    because = " ".join(dropped.because.split())
    if not dropped.into:
        return said.say("mails.dropped", place=place, because=because)
    into = ", ".join(dropped.into)
    return said.say("mails.dropped-into", place=place, into=into, because=because)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def digest_lines(lines: Lines, matter: MailSubject) -> None:
    """Add which words count, by their digests, and the newest entry of the log."""
    folder = f"{folder_of_proposal(matter.proposal.id)}rev-{matter.number}"
    said = matter.said
    lines.head(said["mails.the-one-text"])
    lines.say(said.say("mails.words-that-count", folder=folder, canon=CANON))
    before, after = said["mails.before"], said["mails.after"]
    width = max(len(before), len(after))
    before, after = before.ljust(width), after.ljust(width)
    for unit in matter.revision.units:
        lines.close(unit.id, "  ")
        lines.lines += [
            f"    {before} {unit.before or said['mails.never-adopted-digest']}",
            f"    {after} {unit.after or said['mails.goes-digest']}",
        ]
    lines.lines += [f"  {said['mails.the-whole-change']}", f"    {matter.revision.change}", ""]
    lines.newest_entry(matter.head, said)
    lines.lines.append("")


def add_way_to_answer(lines: Lines, matter: MailSubject) -> None:
    """Add how to answer, and to those with a voice the block to send back."""
    said = matter.said
    lines.head(said["mails.how-to-answer"])
    if not matter.has_voice:
        lines.say(said["mails.comment-by-mail"])
        lines.say(said["letters.members-give-positions"])
        return
    lines.say(said["mails.public"])
    lines.say(said["mails.first-line"])
    code, id = matter.revision.code, matter.proposal.id
    lines.say(said.say("mails.consent-sentence", id=id, code=code), "    ")
    lines.say(said["mails.with-a-key"])
    lines.say(said["mails.mark-one-box"])
    lines.lines += matter.reply_block()


def classes_of(matter: MailSubject) -> Iterable[tuple[str, str, str]]:
    """Yield id, title and class of each text of a revision."""
    for unit in matter.revision.units:
        class_ = _class_in_words(matter.said, max(unit.class_, unit.floor))
        yield unit.id, matter.titles.get(unit.id, ""), class_


def _class_in_words(said: Messages, number: int) -> str:
    return said.say("changes.class-of", number=number, name=said[f"general.classes.{number}"])
