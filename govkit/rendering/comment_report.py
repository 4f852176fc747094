"""The consultation report: every comment and its answer, text by text, and how many there were.

What has no answer yet comes first. Printed are public words and names alone: a comment whose author
was not heard yet is counted and not shown, and no mail address is printed, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkit.consultation.anchor_status import about_the_words_now
from govkit.consultation.answering import unanswered
from govkit.consultation.comment_counts import CommentCounts, sums_of
from govkit.consultation.comment_table import clause_of, table_rows, words_of
from govkit.consultation.consultation import Consultation, FiledComment
from govkit.consultation.observations import in_words
from govkit.records.comments import Comment
from govkit.rendering import comment_words as said
from govkit.rendering import phrases
from govkit.rendering.document import (
    Aside,
    Block,
    Break,
    Code,
    Document,
    Fact,
    Facts,
    Front,
    Listing,
    Paragraph,
    Pointer,
    Prose,
    Quote,
    Section,
    Span,
    Strong,
    Table,
    Words,
)
from govkit.rendering.typography import curled
from govkit.source.reading import without_addresses

Spans = tuple[Span, ...]


def report_of(consultation: Consultation) -> Document:
    """Return the consultation report as a document."""
    sums = sums_of(consultation)
    sections = [
        Section("back", "summary", "", said.SUMMARY, tuple(_summary(consultation, sums))),
        *_waiting(consultation),
        *_by_text(consultation),
        *_kept_back(sums),
    ]
    return Document(_front(consultation, sums, said.REPORT, phrases.CONTENTS), tuple(sections))


def table_page_of(consultation: Consultation, comments: tuple[FiledComment, ...]) -> Document:
    """Return the comment table as a document of one wide table."""
    head, *rows = table_rows(consultation, comments)
    cells = tuple(tuple(tuple(_spans(cell)) for cell in row) for row in rows)
    blocks: tuple[Block, ...] = (Table(tuple(head), cells),) if rows else ()
    front = _front(consultation, sums_of(consultation), said.TABLE, "")
    return Document(front, (Section("back", "table", "", "", blocks),))


def _front(consultation: Consultation, sums: CommentCounts, title: str, contents: str) -> Front:
    proposal, charter = consultation.proposal, consultation.charter
    notice = said.NO_COMMENTS_NOTICE
    if sums.total:
        notice = said.WAITING_NOTICE if sums.waiting else said.ANSWERED_NOTICE
    facts = [Fact(said.PROPOSAL, (Code(proposal.id), Words(f" {curled(proposal.title)}")))]
    for number, revision in enumerate(consultation.revisions, 1):
        dates = f"{said.day(revision.opened)} to {said.until(consultation.times[number - 1].until)}"
        facts.append(Fact(f"{said.OPEN}, revision {number}", (Words(dates),)))
    facts.append(Fact(said.CHANGE, (Code(consultation.revisions[-1].change),)))
    return Front(
        id=proposal.id,
        anchor="head",
        issuer=curled(charter.name),
        title=f"{title}: {curled(proposal.title)}",
        symbol=proposal.id,
        status="",
        draft="",
        notice=notice,
        edition="",
        day="",
        digest="",
        facts=Facts(tuple(facts)),
        language=charter.languages.authoritative,
        contents=contents,
        of=phrases.OF,
        skip=phrases.SKIP if contents else "",
    )


# --- counts ---------------------------------------------------------------------------------------


def _summary(consultation: Consultation, sums: CommentCounts) -> Iterator[Block]:
    waiting = f"{said.comments(sums.waiting)} without an answer." if sums.waiting else ""
    yield Paragraph((Words(f"{said.comments(sums.total)}. {waiting}".strip()),))
    answers = tuple(
        (Words(f"{in_words(action)}: {count}"),) for action, count in sums.by_action.items()
    )
    if answers:
        yield Listing(said.ANSWERS, answers)
    yield Listing(said.BY_GROUP, tuple(_groups(consultation, sums)))
    if sums.by_type:
        kinds = (
            f"{phrases.capital(said.TYPES[each])}: {count}" for each, count in sums.by_type.items()
        )
        yield Listing(said.ALL_KINDS, tuple((Words(kind),) for kind in kinds))
    marked = [
        (sums.late, "late"),
        (sums.asked, "not shown, the author is asked"),
        (sums.without_name, "without a name"),
        (sums.withdrawn, "withdrawn"),
    ]
    lines = tuple((Words(f"{phrases.capital(name)}: {count}"),) for count, name in marked if count)
    if lines:
        yield Listing(said.MARKED, lines)


def _groups(consultation: Consultation, sums: CommentCounts) -> Iterator[Spans]:
    for group, (count, authors) in sums.groups.items():
        if count:
            name = consultation.charter.groups.get(group, group) or said.NO_GROUP
            words = f"{curled(phrases.capital(name))}: {said.comments(count)}, "
            yield (Words(words + said.authors(authors)),)
    silent = [
        consultation.charter.groups[group]
        for group, (count, _) in sums.groups.items()
        if not count and group in consultation.charter.groups
    ]
    if silent:
        yield (Words(f"No comment came from: {curled(phrases.several(silent))}"),)


def _waiting(consultation: Consultation) -> Iterator[Section]:
    waiting = unanswered(consultation)
    if waiting:
        lines = tuple(_pointed(consultation, filed) for filed in waiting)
        yield Section("back", "waiting", "", said.WAITING, (Listing(said.LOOK, lines),))


def _pointed(consultation: Consultation, filed: FiledComment) -> Spans:
    about = _about(consultation, filed.comment)
    if not words_of(filed.comment):
        return (Words(f"Comment {filed.name}, {about}; not shown"),)
    late = "; late" if filed.late else ""
    name = (Words(f"Comment {filed.name}"),)
    return (Pointer(_anchor(filed), name), Words(f", {about}{late}"))


def _kept_back(sums: CommentCounts) -> Iterator[Section]:
    words = said.kept_back(sums.asked, sums.withdrawn)
    if words:
        yield Section("back", "not-shown", "", said.NOT_SHOWN, (Paragraph((Words(words),)),))


# --- text by text ---------------------------------------------------------------------------------


def _by_text(consultation: Consultation) -> Iterator[Section]:
    shown = [each for each in consultation.comments if words_of(each.comment)]
    whole = [each for each in shown if each.comment.target.unit is None]
    if whole:
        yield _section(consultation, "whole", said.WHOLE, whole)
    for id in _texts(consultation):
        about = [each for each in shown if each.comment.target.unit == id]
        if about:
            yield _section(consultation, f"on-{id.lower()}", _title(consultation, id), about)
    known = _texts(consultation)
    other = [each for each in shown if each.comment.target.unit not in (None, *known)]
    if other:
        yield _section(consultation, "others", said.OTHER_WORDS, other)


def _texts(consultation: Consultation) -> list[str]:
    """Return the texts of all revisions, those of the current one first, in its order."""
    numbers = range(consultation.number, 0, -1)
    return list(dict.fromkeys(id for number in numbers for id in consultation.units(number)))


def _title(consultation: Consultation, id: str) -> str:
    for number in range(consultation.number, 0, -1):
        if id in consultation.units(number):
            return f"{id} {curled(consultation.wording(number, id).title)}"
    return id


def _section(
    consultation: Consultation, anchor: str, title: str, comments: list[FiledComment]
) -> Section:
    inner = tuple(_comment(consultation, each) for each in comments)
    return Section("part", anchor, "", title, (), inner)


def _anchor(filed: FiledComment) -> str:
    return f"comment-{filed.name}"


def _comment(consultation: Consultation, filed: FiledComment) -> Section:
    comment = filed.comment
    blocks: list[Block] = [
        Paragraph((Strong((Words(f"Comment {filed.name}"),)),)),
        Facts(tuple(_facts(consultation, filed))),
    ]
    if comment.target.quote:
        blocks.append(Quote((Paragraph((Words(f"\u201c{comment.target.quote}\u201d"),)),)))
    blocks += _paragraphs(words_of(comment))
    if comment.proposed_text:
        blocks.append(Aside(said.PROPOSED, tuple(_paragraphs(comment.proposed_text))))
    blocks += _answer(comment)
    return Section("comment", _anchor(filed), "", "", tuple(blocks))


def _facts(consultation: Consultation, filed: FiledComment) -> Iterator[Fact]:
    comment = filed.comment
    yield Fact(said.FROM, (Words(_author(consultation, filed)),))
    came = f"{said.day(filed.received_at)}, " if filed.received_at else ""
    yield Fact(said.CAME, (Words(f"{came}{said.SOURCES[comment.source.kind]}"),))
    yield Fact(said.KIND, (Words(said.TYPES[comment.type]),))
    yield Fact(said.ABOUT, (Words(_about(consultation, comment)),))
    if filed.late:
        yield Fact(said.NOTE, (Words(said.LATE),))
    for words in about_the_words_now(consultation, comment.target):
        yield Fact(said.NOTE, (Words(phrases.capital(words)),))


def _author(consultation: Consultation, filed: FiledComment) -> str:
    comment, author = filed.comment, filed.comment.author
    group = consultation.group_of(comment, filed.received_at)
    named = consultation.charter.groups.get(group, "")
    if comment.publication != "public":
        parts = [said.NAME_WITHHELD, named]
    else:
        member = consultation.members.get(author.member or "")
        name = author.name or (member.name if member else author.member) or said.NOT_NAMED
        parts = [name, author.affiliation or "", named]
    return without_addresses(", ".join(filter(None, parts)))[0]


def _about(consultation: Consultation, comment: Comment) -> str:
    target = comment.target
    clause = clause_of(consultation, comment)
    words = f"{target.unit}({clause})" if clause else target.unit or "the proposal"
    if target.quote and target.anchored_by == "none":
        words += " (the quoted words were not found there)"
    return f"{words}, revision {target.revision}"


def _answer(comment: Comment) -> Iterator[Block]:
    disposition = comment.disposition
    if disposition is None:
        yield Aside(said.ANSWER, (Paragraph((Words(said.NO_ANSWER),)),))
        return
    result = disposition.result
    where = ""
    if result is not None:
        unit = f", {result.unit}" if result.unit else ""
        where = f" The text changes in revision {result.revision}{unit}."
    blocks: list[Prose] = [*_paragraphs(disposition.reply or "")]
    blocks += [*_paragraphs(where.strip())]
    if comment.author_reply:
        blocks += [*_paragraphs(said.AUTHOR_REPLIES[comment.author_reply])]
    title = f"{said.ANSWER}: {in_words(disposition.action).lower()}"
    yield Aside(title, tuple(blocks))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of people's words, as they wrote them."""
    for paragraph in without_addresses(text)[0].split("\n\n"):
        if paragraph.strip():
            yield Paragraph(tuple(_spans(paragraph.strip())))


def _spans(text: str) -> Iterator[Span]:
    for at, line in enumerate(text.split("\n")):
        if at:
            yield Break()
        if line:
            yield Words(line)
