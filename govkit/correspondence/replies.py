"""What is written back to who comments: words for a coordinator to send.

Prose is never a position. Where it reads like one, its author is asked, with the boxes to mark; and
who answers an earlier revision is told which one is current.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govkit.consultation.anchor_status import standing_of, where
from govkit.consultation.consultation import Consultation, consultation_of
from govkit.consultation.drafting import DraftComment
from govkit.consultation.position_words import reads_like_a_position
from govkit.corpus.whole import Corpus
from govkit.correspondence.announcements import dropped_in_words
from govkit.correspondence.letters import Letter
from govkit.correspondence.mail import PUBLIC, Lines, Mail, reply_block
from govkit.records.comments import Author, Comment
from govkit.records.proposals import Dropped

_MOST = 5
"""Passages of one author that a letter quotes; a letter, not a table."""


def replies_to(consultation: Consultation, drafts: Iterable[DraftComment]) -> tuple[Letter, ...]:
    """Return the letters to the authors of new comments: one each, of each kind."""
    by_author: dict[str, list[DraftComment]] = {}
    for draft in drafts:
        by_author.setdefault(_named(draft.author), []).append(draft)
    letters = []
    for to, several in by_author.items():
        writing = _Writing(consultation, to)
        if any(each.reading for each in several):
            letters.append(writing.query(several))
        if any(each.standing for each in several):
            letters.append(writing.about_the_current(several))
    return tuple(letters)


def replies_to_filed(corpus: Corpus, proposal: str, comment: Comment) -> tuple[Letter, ...]:
    """Return the letters to the author of a comment that arrived as a form or pull request."""
    consultation = consultation_of(corpus, proposal)
    draft = DraftComment(
        comment,
        (),
        None,
        comment.author,
        comment.target,
        standing_of(consultation, comment.target),
        reads_like_a_position(comment.comment or ""),
    )
    return replies_to(consultation, [draft])


def _named(author: Author | None) -> str:
    return (author and (author.member or author.name)) or "the author"


@dataclass(frozen=True)
class _Writing:
    """Writes to one author."""

    consultation: Consultation
    to: str

    def _begun(self) -> Lines:
        lines = Lines()
        asked = self.consultation
        lines.say(f"To {self.to}:")
        lines.say(
            f"Thank you for your words on the proposal {asked.proposal.id} of "
            f"{asked.charter.name}: {asked.proposal.title}. They are kept as a comment, as you "
            "wrote them, and will be answered."
        )
        return lines

    def _mail(self, about: str, lines: Lines) -> Mail:
        asked = self.consultation
        name = f"[{asked.proposal.id} r{asked.number}] {asked.proposal.title}"
        return Mail(f"{name}: {about}", str(lines))

    def query(self, drafts: Sequence[DraftComment]) -> Letter:
        """Ask which position is meant, if one is."""
        found = [each.reading for each in drafts if each.reading]
        asked, lines = self.consultation, self._begun()
        lines.say("You wrote:")
        for reading in found[:_MOST]:
            lines.say(_shortened(reading.words), "    ")
        lines.say(
            "This may be meant as a position. We never guess: a position counts only where its "
            "author marks which one it is. So nothing has been counted for you."
        )
        if any(reading.meaning == "for another" for reading in found):
            lines.say(
                "You write in the name of somebody else. For that we need a note from them that "
                "you may speak for them."
            )
        if any(reading.conditional for reading in found):
            lines.say(
                "You name a condition. It is a reservation only if you mark it as one; then it is "
                "printed with the text."
            )
        if not any(each.author and each.author.member for each in drafts):
            lines.say(
                "Members give positions. If you are one, or would like to become one, please tell "
                "us; joining is open."
            )
        lines.say(
            f"If you mean a position on revision {asked.number}, mark one box below and send it "
            "back. If you do not, you need not do anything: your words stay a comment."
        )
        lines.say(PUBLIC)
        revision = asked.revisions[-1]
        ids = [unit.id for unit in revision.units]
        lines.lines += reply_block(asked.proposal.id, asked.number, revision.code, ids)
        return Letter(self.to, "reads-like-a-position", self._mail("which is it?", lines))

    def about_the_current(self, drafts: Sequence[DraftComment]) -> Letter:
        """Tell that another revision is current, and what became of the words."""
        found = [each for each in drafts if each.standing and each.target]
        asked, lines = self.consultation, self._begun()
        numbers = sorted({each.comment.target.revision for each in found})
        said = f"revision {numbers[0]}" if len(numbers) == 1 else "earlier revisions"
        lines.say(
            f"You write about {said}. Your comment is kept with the words that you read. The "
            f"current revision is number {asked.number}, and its words may be others."
        )
        for each in found[:_MOST]:
            for words in _became(each):
                lines.say(words)
        gone = {
            each.target.unit
            for each in found
            if each.target and each.standing and each.standing.state == "gone"
        }
        for dropped in _dropped(asked, gone):
            lines.say(f"Left out: {dropped_in_words(dropped)}")
        if len(found) > _MOST:
            lines.say(f"The same holds for {len(found) - _MOST} more of your comments.")
        lines.say(
            f"If you want to say something about the words as they are now, please answer to the "
            f"mail of revision {asked.number}, code {asked.revisions[-1].code}."
        )
        mail = self._mail(f"revision {asked.number} is the current one", lines)
        return Letter(self.to, "earlier-revision", mail)


def _became(draft: DraftComment) -> list[str]:
    """Return what became of the words that a comment is about, as sentences."""
    standing, target = draft.standing, draft.target
    assert standing is not None
    assert target is not None
    if standing.state == "whole":
        return []
    said = where(target, standing)
    if target.quote is None or standing.state == "gone":
        return [f"{target.unit}: {said}." if standing.state != "gone" else f"{said}."]
    lines = [f'About "{_shortened(target.quote)}": {said}.']
    if standing.state == "changed" and standing.quote:
        place = f"{standing.unit}({standing.clause})" if standing.clause else standing.unit
        lines.append(f'In {place} it says now: "{_shortened(standing.quote)}"')
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
