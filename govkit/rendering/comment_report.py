"""The consultation report: every comment and its answer, text by text, and how many there were.

What has no answer yet comes first. Printed are public words and names alone: a comment whose author
was not heard yet is counted and not shown, and no mail address is printed, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkit.consultation.anchor_status import about_the_words_now
from govkit.consultation.answering import unanswered_comments
from govkit.consultation.comment_counts import CommentCounts, count_comments
from govkit.consultation.comment_table import clause_of, quote_of, table_rows, words_of
from govkit.consultation.consultation import Consultation, FiledComment
from govkit.languages.catalogue import Messages
from govkit.proposals.call_inputs import FiledInput, inputs_of
from govkit.records.comments import Comment
from govkit.rendering import comment_words, phrases
from govkit.rendering.document import (
    Aside,
    Block,
    Document,
    Fact,
    Facts,
    Front,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Section,
    Table,
)
from govkit.rendering.spans import Break, Code, Link, Pointer, Span, Spans, Strong, Words
from govkit.rendering.typography import curled
from govkit.round.held_back import HeldBack
from govkit.source.reading import without_addresses


def report_of(consultation: Consultation) -> Document:
    """Return the consultation report as a document."""
    said = consultation.messages
    sums = count_comments(consultation)
    sections = [
        Section(
            "back", "summary", "", said["comments.summary"], tuple(_summary(consultation, sums))
        ),
        *_inputs(consultation),
        *_waiting(consultation),
        *_by_text(consultation),
        *_kept_back(sums, said),
    ]
    return Document(
        _front(consultation, sums, said["comments.report"], said["book.contents"]), tuple(sections)
    )


def table_page_of(consultation: Consultation, comments: tuple[FiledComment, ...]) -> Document:
    """Return the comment table as a document of one wide table."""
    head, *rows = table_rows(consultation, comments)
    cells = tuple(tuple(tuple(_spans(cell)) for cell in row) for row in rows)
    blocks: tuple[Block, ...] = (Table(tuple(head), cells),) if rows else ()
    front = _front(
        consultation, count_comments(consultation), consultation.messages["comments.table"], ""
    )
    return Document(front, (Section("back", "table", "", "", blocks),))


def _front(consultation: Consultation, sums: CommentCounts, title: str, contents: str) -> Front:
    said = consultation.messages
    proposal, charter = consultation.proposal, consultation.charter
    notice = said["comments.no-comments-notice"]
    if sums.total:
        notice = (
            said["comments.waiting-notice"] if sums.waiting else said["comments.answered-notice"]
        )
    facts = [
        Fact(said["comments.proposal"], (Code(proposal.id), Words(f" {curled(proposal.title)}")))
    ]
    for number, revision in enumerate(consultation.revisions, 1):
        dates = said.say(
            "comments.from-to",
            begin=comment_words.day(said, revision.opened),
            end=phrases.moment(said, consultation.times[number - 1].comment_until),
        )
        facts.append(Fact(said.say("comments.open-revision", number=number), (Words(dates),)))
    facts.append(Fact(said["comments.change"], (Code(consultation.revisions[-1].change),)))
    return Front(
        id=proposal.id,
        anchor="head",
        issuer=curled(charter.name),
        title=f"{title}: {curled(proposal.title)}",
        symbol=proposal.id,
        notice=notice,
        facts=Facts(tuple(facts)),
        language=consultation.corpus.language,
        contents=contents,
        of=said["general.of"],
        skip=said["book.skip"] if contents else "",
    )


# --- counts ---------------------------------------------------------------------------------------


def _summary(consultation: Consultation, sums: CommentCounts) -> Iterator[Block]:
    said = consultation.messages
    total = f"{said.counted('comments.comments', sums.total)}."
    if sums.waiting:
        total += f" {said.counted('comments.without-answer', sums.waiting)}"
    yield Paragraph((Words(total),))
    answers = tuple(
        (Words(f"{said[f'comments.actions.{action}']}: {count}"),)
        for action, count in sums.by_action.items()
    )
    if answers:
        yield Listing(said["comments.answers"], answers)
    yield Listing(said["comments.by-group"], tuple(_groups(consultation, sums)))
    if sums.by_type:
        kinds = (
            f"{phrases.capital(said[f'comments.types.{each}'])}: {count}"
            for each, count in sums.by_type.items()
        )
        yield Listing(said["comments.all-kinds"], tuple((Words(kind),) for kind in kinds))
    marked = [
        (sums.late, "comments.marks.late"),
        (sums.asked, "comments.marks.asked"),
        (sums.without_name, "comments.marks.without-name"),
        (sums.withdrawn, "comments.marks.withdrawn"),
        (sums.held, "comments.marks.held"),
    ]
    lines = tuple((Words(f"{said[key]}: {count}"),) for count, key in marked if count)
    if lines:
        yield Listing(said["comments.marked"], lines)


def _groups(consultation: Consultation, sums: CommentCounts) -> Iterator[Spans]:
    said = consultation.messages
    for group, (count, authors) in sums.groups.items():
        if count:
            name = consultation.charter.groups.get(group, group) or said["comments.no-group"]
            words = f"{curled(phrases.capital(name))}: {said.counted('comments.comments', count)}, "
            yield (Words(words + said.counted("comments.authors", authors)),)
    silent = [
        consultation.charter.groups[group]
        for group, (count, _) in sums.groups.items()
        if not count and group in consultation.charter.groups
    ]
    if silent:
        yield (Words(said.say("comments.silent-groups", groups=curled(said.several(silent)))),)


def _inputs(consultation: Consultation) -> Iterator[Section]:
    """Yield what answered the call that the proposal came from, where it came from one."""
    said, corpus = consultation.messages, consultation.corpus
    id = consultation.proposal.call
    found = corpus.find(("call",), f"calls/{id}") if id else None
    if id is None or found is None:
        return
    words = said.say("comments.inputs-of", call=id, title=curled(found.title))
    came = inputs_of(corpus, id)
    blocks: list[Block] = [Paragraph((Words(words),))]
    if came:
        blocks.append(Listing("", tuple(_input(consultation, each) for each in came)))
    else:
        blocks.append(Paragraph((Words(said["comments.no-inputs"]),)))
    yield Section("back", "inputs", "", said["comments.inputs"], tuple(blocks))


def _input(consultation: Consultation, each: FiledInput) -> Spans:
    said, corpus = consultation.messages, consultation.corpus
    title = curled(without_addresses(each.input.title)[0])
    spans: list[Span] = [Words(title)]
    if each.input.address:
        spans = [Link(each.input.address, (Words(title),))]
    about = [said[f"comments.input-kinds.{each.input.kind}"]]
    if each.giver:
        member = corpus.find(("member",), each.giver)
        about.append(curled(member.title if member else without_addresses(each.giver)[0]))
    if each.received_at:
        about.append(said.date(each.received_at.date().isoformat()))
    if each.late:
        about.append(said["comments.input-late"])
    return (*spans, Words(f" ({', '.join(about)})"))


def _waiting(consultation: Consultation) -> Iterator[Section]:
    said = consultation.messages
    waiting = unanswered_comments(consultation)
    if waiting:
        lines = tuple(_pointed(consultation, filed) for filed in waiting)
        yield Section(
            "back",
            "waiting",
            "",
            said["comments.waiting"],
            (Listing(said["comments.look"], lines),),
        )


def _pointed(consultation: Consultation, filed: FiledComment) -> Spans:
    said = consultation.messages
    name = said.say("comments.named", name=filed.name)
    about = _about(consultation, filed.comment)
    if not words_of(filed):
        return (Words(f"{name}, {about}{said['comments.and-not-shown']}"),)
    late = said["comments.and-late"] if filed.late else ""
    return (Pointer(_anchor(filed), (Words(name),)), Words(f", {about}{late}"))


def _kept_back(sums: CommentCounts, said: Messages) -> Iterator[Section]:
    words = comment_words.kept_back(said, sums.asked, sums.withdrawn)
    if words:
        yield Section(
            "back", "not-shown", "", said["comments.not-shown"], (Paragraph((Words(words),)),)
        )


# --- text by text ---------------------------------------------------------------------------------


def _by_text(consultation: Consultation) -> Iterator[Section]:
    said = consultation.messages
    shown = [each for each in consultation.comments if words_of(each) or each.held]
    whole = [each for each in shown if each.comment.target.unit is None]
    if whole:
        yield _section(consultation, "whole", said["comments.whole"], whole)
    for id in _texts(consultation):
        about = [each for each in shown if each.comment.target.unit == id]
        if about:
            yield _section(consultation, f"on-{id.lower()}", _title(consultation, id), about)
    known = _texts(consultation)
    other = [each for each in shown if each.comment.target.unit not in (None, *known)]
    if other:
        yield _section(consultation, "others", said["comments.other-words"], other)


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
        Paragraph(
            (Strong((Words(consultation.messages.say("comments.named", name=filed.name)),)),)
        ),
        Facts(tuple(_facts(consultation, filed))),
    ]
    if quote := quote_of(filed):
        blocks.append(Quote((Paragraph((Words(f"\u201c{quote}\u201d"),)),)))
    blocks += _paragraphs(words_of(filed))
    if comment.proposed_text and filed.held is None:
        blocks.append(
            Aside(
                consultation.messages["comments.proposed"],
                tuple(_paragraphs(comment.proposed_text)),
            )
        )
    # Held back, it waits for no answer; one that was given is printed.
    if filed.held is None or comment.disposition is not None:
        blocks += _answer(comment, consultation.messages)
    return Section("comment", _anchor(filed), "", "", tuple(blocks))


def _facts(consultation: Consultation, filed: FiledComment) -> Iterator[Fact]:
    said = consultation.messages
    comment = filed.comment
    yield Fact(said["comments.from"], (Words(_author(consultation, filed)),))
    came = f"{comment_words.day(said, filed.received_at)}, " if filed.received_at else ""
    yield Fact(
        said["comments.came"], (Words(f"{came}{said[f'comments.sources.{comment.source.kind}']}"),)
    )
    yield Fact(said["comments.kind"], (Words(said[f"comments.types.{comment.type}"]),))
    yield Fact(said["comments.about"], (Words(_about(consultation, comment)),))
    if filed.late:
        yield Fact(said["comments.note"], (Words(said["comments.late"]),))
    if filed.replaced is not None:
        right = filed.replaced.right.removeprefix("comments/")
        yield Fact(said["comments.note"], (Words(said.say("comments.replaced", name=right)),))
    if filed.held is not None:
        yield Fact(said["comments.note"], (Words(_held(filed.held, said)),))
    for words in about_the_words_now(consultation, comment.target):
        yield Fact(said["comments.note"], (Words(phrases.capital(words)),))


def _held(held: HeldBack, said: Messages) -> str:
    return said.say(
        "comments.held",
        ground=said[f"comments.grounds.{held.ground}"],
        by=said.several(held.by),
        day=said.date(held.on.isoformat()),
        reason=held.reason,
    )


def _author(consultation: Consultation, filed: FiledComment) -> str:
    said = consultation.messages
    comment, author = filed.comment, filed.author
    group = consultation.group_of(comment, filed.received_at)
    named = consultation.charter.groups.get(group, "")
    if comment.publication != "public":
        parts = [said["comments.name-withheld"], named]
    elif filed.is_left_out:
        parts = [said["comments.left-out"], named]
    else:
        member = consultation.members.get(author.member or "")
        name = (
            author.name or (member.name if member else author.member) or said["comments.not-named"]
        )
        parts = [name, author.affiliation or "", named]
    return without_addresses(", ".join(filter(None, parts)))[0]


def _about(consultation: Consultation, comment: Comment) -> str:
    target = comment.target
    clause = clause_of(consultation, comment)
    said = consultation.messages
    words = f"{target.unit}({clause})" if clause else target.unit or said["comments.the-proposal"]
    if target.quote and target.anchored_by == "none":
        words += said["comments.words-not-found"]
    return said.say("comments.in-revision", what=words, number=target.revision)


def _answer(comment: Comment, said: Messages) -> Iterator[Block]:
    disposition = comment.disposition
    if disposition is None:
        yield Aside(said["comments.answer"], (Paragraph((Words(said["comments.no-answer"]),)),))
        return
    result = disposition.result
    blocks: list[Prose] = [*_paragraphs(disposition.reply or "")]
    if result is not None:
        where = f"{result.revision}, {result.unit}" if result.unit else f"{result.revision}"
        blocks += [*_paragraphs(said.say("comments.changes-in", where=where))]
    if comment.author_reply:
        blocks += [*_paragraphs(said[f"comments.author-replies.{comment.author_reply}"])]
    action = said[f"comments.actions.{disposition.action}"].lower()
    title = f"{said['comments.answer']}: {action}"
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
