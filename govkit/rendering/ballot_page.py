"""The ballot of one member as a page for mail programs, and its redline to attach.

The page loads nothing, runs nothing, and says what the plain text says. Its style is small, since
mail programs drop what they do not know; without any it reads as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from govkit.corpus.changes.values import Change, Changes
from govkit.corpus.whole import Corpus
from govkit.correspondence.announcements import field_in_words
from govkit.correspondence.comment_letters import answer_paragraphs
from govkit.correspondence.mail import Lines
from govkit.correspondence.texts import whole_text
from govkit.languages.catalogue import Messages
from govkit.rendering.changes import document_of_changes, words_of_change
from govkit.rendering.document import (
    Block,
    Clause,
    CodeBlock,
    Document,
    Fact,
    Facts,
    Front,
    Paragraph,
    Section,
)
from govkit.rendering.html import as_html
from govkit.rendering.pdf import as_pdf
from govkit.rendering.places import anchor_of
from govkit.rendering.spans import Code, Words
from govkit.rendering.typography import curled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govkit.correspondence.member_ballots import MemberBallot
    from govkit.proposals.texts import ProposedText

_STYLE = (
    "body{max-width:40em;margin:0 auto;padding:0 1em;font:16px/1.5 sans-serif;"
    "overflow-wrap:anywhere}h1{font-size:1.4em}h2{font-size:1.2em}h3{font-size:1em}"
    "pre{white-space:pre-wrap;border:1px solid;padding:.5em}dt{font-weight:bold}dd{margin:0 0 .5em}"
    "code{font-size:.85em}"
)
_HEAD = (
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n'
    f"<style>{_STYLE}</style>\n"
)


def ballot_page(ballot: MemberBallot, changes: Sequence[Change], language: str) -> str:
    """Return a ballot as HTML. `changes` are those of its texts."""
    return as_html(Document(_front(ballot, language), tuple(_sections(ballot, changes))), _HEAD)


def redline_to_attach(corpus: Corpus, proposal: str, number: int, changes: Changes) -> bytes:
    """Return the changes of a revision as a PDF."""
    old, new = (f"{proposal} rev-{number}/{side}" for side in ("before", "after"))
    return as_pdf(document_of_changes(corpus, old, new, changes))


def _front(ballot: MemberBallot, language: str) -> Front:
    matter = ballot.matter
    return Front(
        id="ballot",
        anchor="head",
        issuer=curled(matter.coalition),
        title=curled(matter.proposal.title),
        facts=Facts(()),
        language=language,
        of=matter.said["general.of"],
    )


def _sections(ballot: MemberBallot, changes: Sequence[Change]) -> Iterator[Section]:
    said = ballot.matter.said
    yield Section("front", "asked", "", "", tuple(map(_paragraph, ballot.opening())))
    if ballot.earlier:
        yield _section("since", said["mails.earlier.head"], _earlier(ballot, said))
    if ballot.answered:
        yield _section("comments", said["mails.your-comments"], _answered(ballot, said))
    by_id = {each.id: each for each in changes}
    texts = tuple(_text(each, by_id.get(each.unit.id), said) for each in ballot.units)
    yield Section("part", "proposed", "", said["mails.what-is-proposed"], (), texts)
    yield _section("words", said["mails.the-one-text"], _digests(ballot, said))
    yield _section("answer", said["mails.how-to-answer"], _answering(ballot, said))


def _section(anchor: str, title: str, blocks: Iterable[Block]) -> Section:
    return Section("part", anchor, "", title, tuple(blocks))


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Words(words),))


def _text(text: ProposedText, change: Change | None, said: Messages) -> Section:
    unit, document = text.unit, text.document
    blocks: tuple[Block, ...] = ()
    if unit.cause is not None and unit.after is not None:
        blocks = (_paragraph(said.say("mails.rests-on-a-definition", cause=unit.cause)),)
    elif unit.before is None or change is None:
        blocks = tuple(_whole(text, said))
    else:
        blocks = tuple(_changed(change, said))
    anchor = f"text-{anchor_of(unit.id)}"
    return Section("text", anchor, unit.id, curled(document.title), blocks)


def _whole(text: ProposedText, said: Messages) -> Iterator[Block]:
    """Yield the words of a text, a paragraph each as the plain text has them."""
    yield _paragraph(said["mails.new-text" if text.unit.before is None else "mails.text"])
    lines = Lines()
    whole_text(lines, text.document, said)
    yield from (_paragraph(" ".join(each.split())) for each in str(lines).split("\n\n"))


def _changed(change: Change, said: Messages, before: str = "") -> Iterator[Block]:
    """Yield the redline of a text; its classes and the questions to its author are not asked here.

    `before` stands before the anchors, where the same text has another redline on the page.
    """
    for block in words_of_change(change, said, marks=False):
        if isinstance(block, Clause):
            label = field_in_words(block.label) if "." in block.label else block.label
            anchor = f"{before}{block.anchor}"
            yield replace(block, anchor=anchor, label=label, force="", remarks=())
        else:
            yield block


def _earlier(ballot: MemberBallot, said: Messages) -> Iterator[Block]:
    for each in ballot.earlier:
        yield _paragraph(each.sentence(said))
        if each.change is not None:
            yield from _changed(each.change, said, "since-")


def _answered(ballot: MemberBallot, said: Messages) -> Iterator[Block]:
    for at, each in enumerate(ballot.answered, 1):
        yield from map(_paragraph, answer_paragraphs(said, each.filed, each.clause))
        if each.change is not None:
            yield _paragraph(said.say("letters.text-now", number=ballot.matter.number))
            yield from _changed(each.change, said, f"comment-{at}-")


def _digests(ballot: MemberBallot, said: Messages) -> Iterator[Block]:
    matter = ballot.matter
    facts = [
        Fact(unit.id, (Code(unit.after or said["mails.goes-digest"]),))
        for unit in matter.revision.units
    ]
    facts.append(Fact(said["mails.the-whole-change"], (Code(matter.revision.change),)))
    yield Facts(tuple(facts))
    if matter.head is None:
        yield _paragraph(said["mails.log-empty"])
    else:
        number, digest = matter.head
        newest = said.say("mails.newest-entry", number=number)
        yield Paragraph((Words(f"{newest} "), Code(digest)))


def _answering(ballot: MemberBallot, said: Messages) -> Iterator[Block]:
    matter = ballot.matter
    yield _paragraph(said["mails.public"])
    yield _paragraph(said["mails.first-line"])
    sentence = said.say("mails.consent-sentence", id=matter.proposal.id, code=matter.revision.code)
    yield CodeBlock(sentence)
    yield _paragraph(said["mails.with-a-key"])
    yield _paragraph(said["mails.mark-one-box"])
    yield CodeBlock("\n".join(matter.reply_block()))
