"""What is written back to who comments: words for a coordinator to send.

Prose is never a position. Where it reads like one, its author is asked, with the boxes to mark; and
who answers an earlier revision is told which one is current.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govkit.consultation.anchor_status import anchor_status_of, where
from govkit.consultation.consultation import Consultation, consultation_of
from govkit.consultation.drafting import DraftComment
from govkit.consultation.position_words import reads_like_a_position
from govkit.corpus.whole import Corpus
from govkit.correspondence.announcements import dropped_in_words
from govkit.correspondence.letters import Letter, SaidTo
from govkit.correspondence.mail import Lines, Mail, reply_block
from govkit.languages.catalogue import Messages
from govkit.records.comments import Author, Comment
from govkit.records.proposals import Dropped

_MOST = 5
"""Passages of one author that a letter quotes; a letter, not a table."""


def replies_to(
    consultation: Consultation, drafts: Iterable[DraftComment], said_to: SaidTo
) -> tuple[Letter, ...]:
    """Return the letters to the authors of new comments: one each, of each kind."""
    by_author: dict[str, list[DraftComment]] = {}
    for draft in drafts:
        by_author.setdefault(_named(draft.author, consultation.messages), []).append(draft)
    letters = []
    for to, several in by_author.items():
        writing = _Writing(consultation, to, said_to(to))
        if any(each.reading for each in several):
            letters.append(writing.query(several))
        if any(each.anchor_status for each in several):
            letters.append(writing.about_the_current(several))
    return tuple(letters)


def replies_to_filed(
    corpus: Corpus, proposal: str, comment: Comment, said_to: SaidTo
) -> tuple[Letter, ...]:
    """Return the letters to the author of a comment that arrived as a form or pull request."""
    consultation = consultation_of(corpus, proposal)
    draft = DraftComment(
        comment,
        (),
        None,
        comment.author,
        comment.target,
        anchor_status_of(consultation, comment.target),
        reads_like_a_position(comment.comment or ""),
    )
    return replies_to(consultation, [draft], said_to)


def _named(author: Author | None, said: Messages) -> str:
    return (author and (author.member or author.name)) or said["letters.the-author"]


@dataclass(frozen=True)
class _Writing:
    """Writes to one author. `said` are the messages in which the letters are written."""

    consultation: Consultation
    to: str
    said: Messages

    def _begun(self) -> Lines:
        asked, lines = self.consultation, Lines()
        member = asked.members.get(self.to)
        lines.say(self.said.say("letters.to", name=member.name if member else self.to))
        thanks = self.said.say(
            "letters.thanks",
            id=asked.proposal.id,
            coalition=asked.charter.name,
            title=asked.proposal.title,
        )
        lines.say(thanks)
        return lines

    def mail(self, about: str, lines: Lines) -> Mail:
        """Return the mail with a subject about the proposal."""
        asked = self.consultation
        name = f"[{asked.proposal.id} r{asked.number}] {asked.proposal.title}"
        return Mail(f"{name}: {about}", str(lines))

    def query(self, drafts: Sequence[DraftComment]) -> Letter:
        """Ask which position is meant, if one is."""
        found = [each.reading for each in drafts if each.reading]
        asked, lines, said = self.consultation, self._begun(), self.said
        lines.say(said["letters.you-wrote"])
        for reading in found[:_MOST]:
            lines.say(_shortened(reading.words), "    ")
        lines.say(said["letters.may-be-a-position"])
        if any(reading.meaning == "for another" for reading in found):
            lines.say(said["letters.for-another"])
        if any(reading.conditional for reading in found):
            lines.say(said["letters.condition"])
        if not any(each.author and each.author.member for each in drafts):
            lines.say(said["letters.members-give-positions"])
        lines.say(said.say("letters.mark-one-box", number=asked.number))
        lines.say(said["mails.public"])
        revision = asked.revisions[-1]
        ids = [unit.id for unit in revision.units]
        lines.lines += reply_block(said, asked.proposal.id, asked.number, revision.code, ids)
        mail = self.mail(said["letters.subjects.which-is-it"], lines)
        return Letter(self.to, "reads-like-a-position", mail)

    def about_the_current(self, drafts: Sequence[DraftComment]) -> Letter:
        """Tell that another revision is current, and what became of the words."""
        found = [each for each in drafts if each.anchor_status and each.target]
        asked, lines, said = self.consultation, self._begun(), self.said
        numbers = sorted({each.comment.target.revision for each in found})
        lines.say(
            said.counted(
                "letters.about-revision", len(numbers), earlier=numbers[0], number=asked.number
            )
        )
        for each in found[:_MOST]:
            for words in _became(each, said):
                lines.say(words)
        gone = {
            each.target.unit
            for each in found
            if each.target and each.anchor_status and each.anchor_status.state == "gone"
        }
        for dropped in _dropped(asked, gone):
            lines.say(said.say("letters.left-out", what=dropped_in_words(said, dropped)))
        if len(found) > _MOST:
            lines.say(said.say("letters.more-comments", count=len(found) - _MOST))
        code = asked.revisions[-1].code
        lines.say(said.say("letters.answer-to-current", number=asked.number, code=code))
        mail = self.mail(said.say("letters.subjects.current", number=asked.number), lines)
        return Letter(self.to, "earlier-revision", mail)


def _became(draft: DraftComment, said: Messages) -> list[str]:
    """Return what became of the words that a comment is about, as sentences."""
    status, target = draft.anchor_status, draft.target
    assert status is not None
    assert target is not None
    if status.state == "whole":
        return []
    there = where(said, target, status)
    if target.quote is None or status.state == "gone":
        return [f"{target.unit}: {there}." if status.state != "gone" else f"{there}."]
    lines = [said.say("letters.about-words", words=_shortened(target.quote), where=there)]
    if status.state == "changed" and status.quote:
        place = f"{status.unit}({status.clause})" if status.clause else status.unit
        lines.append(said.say("letters.says-now", place=place, words=_shortened(status.quote)))
    return lines


def _dropped(consultation: Consultation, ids: set[str | None]) -> list[Dropped]:
    return [
        dropped
        for revision in consultation.revisions
        for dropped in revision.dropped
        if dropped.id in ids and dropped.clause is None
    ]


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 300 else f"{words[:297].rpartition(' ')[0]}..."
