"""Family 3, third part: ids and titles in running words are those of records that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkit.checks.context import Context, Mention
from govkit.checks.item_letters import links_in, other_by_title
from govkit.checks.remarks import Findings, at, remark
from govkit.corpus.documents import Document
from govkit.corpus.term_words import OUT_OF_USE
from govkit.findings import Finding, Keys, Route
from govkit.patterns import lazy_regex
from govkit.records.kinds import PROCESS_KINDS, TEXT_KINDS
from govkit.source.nearest import nearest, question_before

_TITLE_AFTER_ID = lazy_regex(r"\s?(?:\(([^()\n]{3,120})\)|\"([^\"\n]{3,120})\")")
_LINK_OR_ADDRESS = lazy_regex(
    r"\[(?:[^\[\]\\]|\\.)*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|https?://\S+"
)
_LETTER = r"\((?:[a-z]{1,2}|[ivx]{1,5}|[0-9]{1,3})\)"
_LETTERS = rf"{_LETTER}(?:{_LETTER})*"
_LETTERS_BEHIND = lazy_regex(_LETTERS)
_LETTERS_BEFORE = lazy_regex(
    rf"(?:\b(?:sub-?)?(?:clause|item|paragraph|point|letter)\s+{_LETTERS}\s+(?:of|in)\s+)+\Z",
    re.IGNORECASE,
)
_LINKABLE = frozenset(("rationale", "guidance", "note", "purpose", "summary", "text"))
"""Fields beside the normative ones in which a link can stand; a title holds none."""
_PROSE = _LINKABLE | {"reason", "none", "no_binding_source", "meaning", "why"}
"""Fields in which people write sentences, and not names, numbers or places of others."""


def copied_title(document: Document, context: Context) -> Findings:
    """The title of another record, where it is copied by hand, is that record's title."""
    for keys, text, id in context.like_ids(document):
        miscopied = _miscopied(context, text, id.group(), id.end())
        if miscopied:
            target, copied, span = miscopied
            yield _copied(document, target, copied, at(*keys, span=span))
    if "](ref:" in document.words:
        for keys, link in context.of_one(links_in, document):
            yield from _copied_in_link(context, document, keys, link)


def _miscopied(
    context: Context, text: str, id: str, end: int
) -> tuple[Document, str, tuple[int, int]] | None:
    """Return whose title stands wrongly behind an id, the words that stand there, and where."""
    target = context.corpus.find(TEXT_KINDS, id)
    titled = _TITLE_AFTER_ID.match(text, _after_link(text, end))
    if target is None or titled is None or not target.title:
        return None
    group = 1 if titled[1] else 2
    copied = titled[group]
    if copied == target.title or not _looks_like_title(copied):
        return None
    return target, copied, titled.span(group)


def _after_link(text: str, end: int) -> int:
    """Return where to look for a title: behind the bracket that closes a link, if one does."""
    return end + 1 if text[end : end + 1] == ")" else end


def _copied_in_link(
    context: Context, document: Document, keys: Keys, link: re.Match[str]
) -> Findings:
    target = context.corpus.find(TEXT_KINDS, link["key"])
    words = link["words"]
    if target is None or not target.title or link["inside"] or words == target.title:
        return
    if other_by_title(context, words, target.id):
        return  # `label-against-target` says so
    if _looks_like_title(words) and nearest(words, [target.title]):
        yield _copied(document, target, words, at(*keys, span=link.span("words")))


def _looks_like_title(words: str) -> bool:
    return words[:1].isupper() and " " in words.strip()


def _copied(document: Document, target: Document, copied: str, route: Route) -> Finding:
    return remark(
        document,
        f"the title of {target.id} is `{target.title}`, not this",
        route,
        stops="release",
        expected=target.title,
        found=copied,
        help="Leave the title out and write a link: the print supplies the title. "
        f"For instance [that text](ref:{target.id}).",
    )


def plain_mention(document: Document, context: Context) -> Findings:
    """The id of another record stands in a link, so that it is checked and its title is printed."""
    for mention, normative in _bare(document, context):
        _, keys, _, id, span, _ = mention
        linkable = normative or keys[-1] in _LINKABLE
        if id == document.id or not linkable or mention.unknown:
            continue
        if _miscopied(context, mention.text, id, span[1]):
            continue
        yield remark(
            document,
            f"{id} is named here without a link",
            at(*keys, span=span),
            stops="release" if normative else None,
            found=id,
            help=f"Write [words](ref:{id}{_letters_beside(mention)}).",
        )


def _letters_beside(mention: Mention) -> str:
    """Return the letters of the clause and items that plain words name with an id, outermost first.

    `ID(a)(i)`, `clause (a) of ID`, `item (i) of clause (a) of ID`.
    """
    start, end = mention.span
    behind = _LETTERS_BEHIND.match(mention.text, end)
    if behind:
        return behind.group()
    before = _LETTERS_BEFORE.search(mention.text, 0, start)
    places = re.findall(_LETTERS, before.group()) if before else ()
    return "".join(reversed(places))


def unknown_mention(document: Document, context: Context) -> Findings:
    """An id in plain words is that of a text that there is."""
    if document.kind in PROCESS_KINDS or document.status in OUT_OF_USE:
        return  # it is kept as it was
    for mention, normative in _bare(document, context):
        _, keys, _, id, span, _ = mention
        if not mention.unknown or not (normative or keys[-1] in _PROSE):
            continue
        others = [each.id for each in context.corpus.of_kind(*TEXT_KINDS) if each is not document]
        near = nearest(id, others)
        yield remark(
            document,
            f"there is no text `{id}`",
            at(*keys, span=span),
            stops="release",
            expected=near,
            found=id,
            help=question_before(
                f"Write the right one in a link, [words](ref:{near or 'ID'}), or leave it out.",
                near,
            ),
        )


def _bare(document: Document, context: Context) -> Iterator[tuple[Mention, bool]]:
    """Yield each id that stands outside links and addresses, and whether in a normative text."""
    seen = bare = ""
    for mention in context.mentions_in(document):
        if mention.text is not seen:
            seen = mention.text
            bare = _LINK_OR_ADDRESS.sub(lambda link: " " * len(link.group()), seen)
        if bare[mention.span[0]] != " ":
            yield mention, any(said.keys == mention.keys for said in document.said)
