"""The notice to users of a change of terms: as a document, and as the text of a mail."""

from __future__ import annotations

from textwrap import wrap

from govkit.adoption.change_of_terms.change import TermsChange
from govkit.adoption.change_of_terms.notice import NoticePart, UserNotice
from govkit.rendering.document import Block, Document, Facts, Front, Paragraph, Section, Subhead
from govkit.rendering.spans import Words
from govkit.rendering.typography import curled

_WIDTH = 76


def notice_document(change: TermsChange, notice: UserNotice) -> Document:
    """Return the notice as a document, a section for each part."""
    choices = change.terms.choices
    sections = tuple(
        Section("back", f"part-{n}", "", each.title, tuple(_blocks(each)))
        for n, each in enumerate(notice.parts, start=1)
    )
    front = Front(
        id="notice",
        anchor="head",
        issuer=choices.profile.operator,
        title=notice.subject,
        notice=notice.draft,
        facts=Facts(()),
        language=choices.corpus.language,
        day=change.plan.notice.isoformat(),
        of=choices.corpus.messages["general.of"],
    )
    return Document(front, sections)


def _blocks(part: NoticePart) -> list[Block]:
    blocks: list[Block] = [_paragraph(each) for each in part.paragraphs]
    for title, words in part.points:
        blocks += [Subhead((Words(curled(title)),)), _paragraph(words)]
    return blocks


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Words(curled(words)),))


def notice_text(notice: UserNotice) -> str:
    """Return the notice as plain text for a mail, in lines that fit."""
    lines = [*([notice.draft, ""] if notice.draft else ())]
    for part in notice.parts:
        lines += [part.title.upper(), ""]
        for paragraph in part.paragraphs:
            lines += [*_wrapped(paragraph, ""), ""]
        for title, words in part.points:
            lines += [*_wrapped(f"* {title}", "  "), *_wrapped(words, "  ", "  "), ""]
    return "\n".join(lines).rstrip() + "\n"


def _wrapped(words: str, indent: str, first: str = "") -> list[str]:
    return wrap(
        words,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
