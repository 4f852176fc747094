"""Family 1, second half: the shape of a record that could be read."""

from __future__ import annotations

import re
import unicodedata

from govkit.checks.context import Context
from govkit.checks.copies import a_copy, original_of
from govkit.checks.remarks import NAMED_BY_OF, Findings, at, named_by_its_id, refusal, remark
from govkit.corpus.documents import Document, NormativeText
from govkit.corpus.ids import id_in_name
from govkit.findings import Keys, Stops
from govkit.patterns import lazy_regex
from govkit.records import normative
from govkit.records.device_names import device_in
from govkit.records.kinds import NORMATIVE_KINDS, TEXT_KINDS, id_space, slug_of_path
from govkit.source.repairs import OF_OTHER_LANGUAGES

LONGEST_TITLE = 80
"""Characters of a title that still fits a contents page."""

_PLACEHOLDER = lazy_regex(
    # Capitals only, since `todo` is a word of Spanish; and not the words of a link.
    r"\b(?:TODO|FIXME|XXX+|(?i:tb[dc]|t\.b\.[dc]\.))(?!\w)"
    r"|\bXX(?= (?:hours?|days?|weeks?|months?|years?|per ?cent|%))"
    r"|\[(?i:insert|to be|tbd|tbc|todo|name of|date|xx+|open|ntd|note to draft)\b[^\[\]]{0,80}\]"
    r"(?!\()"
    r"|\[[_\u25cf\u2022 ]+\](?!\()|_{4,}|(?i:lorem ipsum)|\?{2,}"
)
_SIGNS_OF_PLACEHOLDERS = ("tb", "t.b.", "todo", "fixme", "xx", "____", "lorem", "??")
_PLACEHOLDER_IN_BRACKETS = lazy_regex(
    r"\[(?:insert|to be|name of|date|open|ntd|note to|[_\u25cf\u2022])"
)
_TYPOGRAPHIC = lazy_regex("[\u2018\u2019\u201c\u201d]")
"""The signs that a digest reads as straight ones, so that `fmt` may write them so."""
_JOINED = lazy_regex("[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
"""Letters joined in a PDF, and those of the full width of a Chinese or Japanese keyboard."""
_WORD = lazy_regex(r"[^\W\d_]+")


def _binding(document: Document) -> Stops:
    """Draft work may be incomplete; a text beyond draft may not, nor an author's word."""
    if document.kind == "declaration" and document.path.startswith("governance/changes/"):
        return (
            "merge"  # a proposal would publish it; the copies that are published stay as they are
        )
    return None if document.status in ("draft", "", "listed") else "merge"


def text_grammar(document: Document, _: Context) -> Findings:
    """A normative text keeps to the small grammar, so that it means the same for every reader."""
    mark = _MARK.search(document.title) if document.kind in _TITLED else None
    if mark:
        yield refusal(
            document,
            "a title is printed as it stands, and no mark is read in it",
            at("title", span=mark.span()),
            found=mark.group(),
            help="Write the words alone. Links and blanks belong into the clauses.",
        )
    for said in document.said:
        if own := _own_letter(said):
            yield refusal(
                document,
                f"`{own}` stands before the words of this {_OF_LIST[str(said.keys[0])]}",
                at(*said.keys, span=(0, len(own))),
                found=own,
                help=f"Delete `{own}`: the id is printed before the words.",
            )
            continue
        if not said.wording.flaws:
            continue  # as nearly always
        opened: set[str] = set()
        told: set[str] = set()
        for flaw in said.wording.flaws:
            words = said.text[flaw.start : flaw.end]
            if flaw.message in told:
                continue
            if flaw.message in _FLAWS_OF_LINES:
                told.add(flaw.message)
            opener = _CLOSING.get(words[:2])
            if opener in opened:
                opened.remove(opener)
                continue
            opened.add(_CLOSING.get(words[:2], words[:1]))
            yield refusal(
                document,
                flaw.message,
                at(*said.keys, span=(flaw.start, flaw.end)),
                found=words[:60],
                help=flaw.help,
            )


_TITLED = (*TEXT_KINDS, "instrument")
_MARK = lazy_regex(
    r"\[[^\[\]]*\]\((?:term|ref):[^()\s]*(?:\([^()\s]*\))*\)|\{[A-Za-z][A-Za-z0-9_]*\}"
    r"|\*\*[^*]+\*\*|`[^`]+`"
)


def _own_letter(said: NormativeText) -> str:
    """Return the letter or number of a clause that was typed before its words, or nothing.

    A text in which another line begins so too is a list.
    """
    if said.keys[0] not in _OF_LIST or said.keys[-1] != "text":
        return ""
    found = _LABELLED.match(said.text)
    if found is None or len(_LABELLED.findall(said.text)) > 1:
        return ""
    whole = found["whole"]
    bare = not whole.startswith("(") and whole.rstrip(".)").isalpha()
    return "" if bare and whole.rstrip(".)").lower() != said.clause.lower() else whole


_OF_LIST = {"clauses": "clause", "preamble": "paragraph", "interpretation": "clause"}
_LABELLED = lazy_regex(
    r"^(?P<whole>\((?:[A-Za-z]{1,2}|[ivx]{1,5}|[0-9]{1,3})\.?\)|(?:[A-Za-z]|[0-9]{1,3})[.)])"
    r"[ \t\u00a0]+(?=\S)",
    re.MULTILINE,
)
_FLAWS_OF_LINES = tuple(
    normative.LINE_FLAWS[name][0] for name in ("bullet", "number", "table", "quote")
)
"""Said once for a text: what is written for one line is written for all."""
_CLOSING = {"**": "**", "~~": "~~", "</": "<"}
"""Marks that close another: the two are one mistake, and have one finding at the first."""


def placeholder(document: Document, _: Context) -> Findings:
    """No placeholder is left in a text: TBD, [insert …], lorem ipsum."""
    lowered = document.words.lower()
    for sign in _SIGNS_OF_PLACEHOLDERS:
        if sign in lowered:
            break
    else:
        if not _PLACEHOLDER_IN_BRACKETS.search(lowered):
            return
    for keys, text in document.texts:
        for found in _PLACEHOLDER.finditer(text):
            yield remark(
                document,
                f"`{found.group()}` still has to be written",
                at(*keys, span=found.span()),
                stops="merge" if _is_all_of_clause(keys, text, found) else _binding(document),
                found=found.group(),
                help="Write the words, or take the place out.",
            )


def _is_all_of_clause(keys: Keys, text: str, found: re.Match[str]) -> bool:
    """Say whether a clause has no other words; it has none of its force then, either.

    What `govkit new` wrote says itself that it is to be filled in, and a draft may wait for that.
    """
    whole = keys[0] == "clauses" and keys[-1] == "text" and text.strip(" \n.") == found.group()
    return whole and not found.group().startswith("[insert ")


def typographic_quotes(document: Document, context: Context) -> Findings:
    """Records hold straight quotation marks; the printed books set the curved ones."""
    if document.words.isascii():
        return
    charter = context.corpus.charter
    english = charter is not None and charter.languages.authoritative.split("-")[0] == "en"
    for keys, text in document.texts:
        other = OF_OTHER_LANGUAGES.search(text)
        found = _TYPOGRAPHIC.search(text)
        if other and english and document.kind in NORMATIVE_KINDS:
            yield remark(
                document,
                f"`{other.group()}` is a quotation mark of another language",
                at(*keys, span=other.span()),
                expected='"',
                found=other.group(),
                help='Write the straight mark " before and after the quoted words.',
            )
        elif found and not other:
            yield remark(
                document,
                "a curved quotation mark stands in a record",
                at(*keys, span=found.span()),
                expected="' or \"",
                found=found.group(),
                help="Run `govkit fmt`: it writes straight ones. The digest does not change.",
            )


def confusable_character(document: Document, _: Context) -> Findings:
    """A word does not mix letters of different alphabets that look alike."""
    if document.words.isascii():
        return
    for keys, text in document.texts:
        sign = _JOINED.search(text)
        joined = sign and next(
            word for word in re.finditer(r"\w+", text) if word.end() > sign.start()
        )
        if joined:
            plain = unicodedata.normalize("NFKC", joined.group())
            yield refusal(
                document,
                f"`{joined.group()}` holds letters that look like others",
                at(*keys, span=joined.span()),
                expected=plain,
                found=joined.group(),
                help=f"Type `{plain}`, letter by letter.",
            )
            continue
        for word in _WORD.finditer(text):
            scripts = () if word.group().isascii() else _scripts(word.group())
            if len(scripts) > 1:
                yield refusal(
                    document,
                    f"`{word.group()}` mixes letters of {' and '.join(scripts)}",
                    at(*keys, span=word.span()),
                    found=word.group(),
                    help="Type the word again with one keyboard layout.",
                )


def _scripts(word: str) -> list[str]:
    names = [unicodedata.name(letter, "") for letter in set(word)]
    scripts = ("CYRILLIC", "GREEK", "LATIN")
    return [s.title() for s in scripts if any(name.startswith(s) for name in names)]


def title_length(document: Document, _: Context) -> Findings:
    """A title has at most 80 characters."""
    title = document.title
    if document.kind not in ("member", "source", "initiative") and len(title) > LONGEST_TITLE:
        route = at(_TITLES.get(document.kind, "title"))
        yield remark(
            document,
            f"the title has {len(title)} characters",
            route,
            expected=f"at most {LONGEST_TITLE}",
            found=str(len(title)),
            help="Say it shorter; the text says the rest.",
        )


_TITLES: dict[str | None, str] = {"charter": "name", "term": "term"}


def mail_address(document: Document, context: Context) -> Findings:
    """No mail address stands in a public record, except the coalition's own."""
    charter = context.corpus.charter
    if charter is None and document.kind == "charter":
        return  # which addresses are the coalition's own is not known until it can be read
    own = set(charter.intake.addresses) if charter else set()
    for fault in document.faults:
        if fault.rule == "mail-address" and fault.found not in own:
            yield fault


def file_name(document: Document, context: Context) -> Findings:
    """The name of a file begins with the id that stands inside."""
    device = device_in(document.path)
    if device is not None:
        yield refusal(
            document,
            f"Windows keeps the name `{device}` for a device, so nobody there can open this folder",
            help=f"Rename it, as {device}-1, and what names it.",
        )
    if named_by_its_id(document) or not context.has_form(document):
        return
    name, id = document.path.rsplit("/", 1)[-1], document.id
    if document.kind in NAMED_BY_OF:
        id = getattr(document.record, "of", id)
        key, expected = "of", f"{id}.yaml"
        help = f"Rename the file to {expected}, or correct `of` if it is a slip."
    else:
        key, expected = "id", f"{id}-….yaml"
        help = f"Rename the file so that it begins with {id}, or correct the id if it is a slip."
        other = original_of(document, context)
        if other is not None:
            yield refusal(
                document,
                f"this file says the same as {other.path}",
                at(key),
                expected=expected,
                found=name,
                help=a_copy(document),
            )
            return
        named = id_in_name(slug_of_path(document.path))
        links = context.corpus.back_links.get((id_space(document.kind or ""), named), ())
        if links and context.corpus.find(TEXT_KINDS, named) is None:
            many = "1 link leads" if len(links) == 1 else f"{len(links)} links lead"
            expected = f"id: {named}"
            help = f"Write `id: {named}` again: {many} to it, and an id is never changed."
    yield refusal(
        document,
        f"the file is named `{name}`, and the id inside is `{id}`",
        at(key),
        expected=expected,
        found=name,
        help=help,
    )


def wrong_folder(document: Document, context: Context) -> Findings:
    """A provision stands in the folder of its area, and a book where the charter says."""
    charter = context.corpus.charter
    if charter is None:
        return
    if document.kind == "charter":
        for name, found in context.areas_elsewhere.items():
            yield refusal(
                document,
                f"all provisions of {name} stand in provisions/{found}/",
                at("areas", name, "folder"),
                expected=found,
                found=charter.areas[name].folder,
                help=f"Write `folder: {found}`, or move the files.",
            )
        return
    folder = document.path.rsplit("/", 1)[0]
    expected = None
    if document.kind == "provision":
        area = context.forms["provision"].area_of(document.id)
        if area in context.areas_elsewhere:
            return  # said at the charter
        expected = f"provisions/{charter.areas[area].folder}" if area else None
    elif document.kind == "instrument":
        expected = charter.instruments.get(document.id)
    if expected and folder != expected and named_by_its_id(document):
        yield refusal(
            document,
            f"{document.id} stands in {folder}/ and belongs in {expected}/",
            at("id"),
            expected=f"{expected}/",
            found=f"{folder}/",
            help=f"Move the file to {expected}/, or correct the charter.",
        )
