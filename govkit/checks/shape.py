"""Family 1, second half: the shape of a record that could be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from govkit.checks.rule import Context, at, remark
from govkit.corpus.documents import Document
from govkit.findings import Finding, Stops
from govkit.records.kinds import TEXT_KINDS
from govkit.source.validation import nearest

Findings = Iterator[Finding]

LONGEST_TITLE = 80
"""Characters of a title that still fits a contents page."""

_PLACEHOLDER = re.compile(
    r"\b(?:TBD|TBC|TODO|FIXME|XXX)\b|\[(?:insert|to be|TBD|name of|date)\b[^\]\n]{0,80}\]"
    r"|lorem ipsum|\?\?\?",
    re.IGNORECASE,
)
_TYPOGRAPHIC = re.compile("[\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]")
_WORD_WITH_OTHERS = re.compile(r"[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*")


def _binding(document: Document) -> Stops:
    """Draft work may be incomplete; a text beyond draft may not."""
    return None if document.status in ("draft", "", "listed") else "merge"


def text_grammar(document: Document, _: Context) -> Findings:
    """A normative text keeps to the small grammar, so that it means the same wherever it is read."""
    for said in document.said:
        for flaw in said.wording.flaws:
            yield remark(
                document, flaw.message, at(*said.keys, span=(flaw.start, flaw.end)),
                stops="merge", found=said.text[flaw.start : flaw.end][:60], help=flaw.help,
            )  # fmt: skip


def placeholder(document: Document, _: Context) -> Findings:
    """No placeholder is left in a text: TBD, [insert …], lorem ipsum."""
    for keys, text in document.texts:
        for found in _PLACEHOLDER.finditer(text):
            yield remark(
                document, f"`{found.group()}` still has to be written", at(*keys, span=found.span()),
                stops=_binding(document), found=found.group(),
                help="Write the words, or take the place out.",
            )  # fmt: skip


def typographic_quotes(document: Document, _: Context) -> Findings:
    """Records hold straight quotation marks; the printed books set the curved ones."""
    for keys, text in document.texts:
        found = _TYPOGRAPHIC.search(text)
        if found:
            yield remark(
                document, "a curved quotation mark stands in a record", at(*keys, span=found.span()),
                expected="' or \"", found=found.group(),
                help="Run `govkit fmt`: it writes straight ones. The digest does not change.",
            )  # fmt: skip


def confusable_character(document: Document, _: Context) -> Findings:
    """A word does not mix letters of different alphabets that look alike."""
    for keys, text in document.texts:
        if text.isascii():
            continue
        for word in _WORD_WITH_OTHERS.finditer(text):
            scripts = sorted({_script(letter) for letter in word.group()} - {""})
            if len(scripts) > 1:
                yield remark(
                    document, f"`{word.group()}` mixes letters of {' and '.join(scripts)}",
                    at(*keys, span=word.span()), stops="merge", found=word.group(),
                    help="Type the word again with one keyboard layout.",
                )  # fmt: skip


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((s.title() for s in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(s)), "")


def title_length(document: Document, _: Context) -> Findings:
    """A title has at most 80 characters."""
    title = document.title
    if document.kind not in ("member", "source", "initiative") and len(title) > LONGEST_TITLE:
        yield remark(
            document, f"the title has {len(title)} characters", at("title"),
            expected=f"at most {LONGEST_TITLE}", found=str(len(title)),
            help="Say it shorter; the text says the rest.",
        )  # fmt: skip


def mail_address(document: Document, context: Context) -> Findings:
    """No mail address stands in a public record, except the coalition's own."""
    charter = context.corpus.charter
    own = set(charter.intake.addresses) if charter else set()
    for fault in document.faults:
        if fault.rule == "mail-address" and fault.found not in own:
            yield fault


def file_name(document: Document, _: Context) -> Findings:
    """The name of a file begins with the id that stands inside."""
    name = document.path.rsplit("/", 1)[-1]
    if document.kind not in (*TEXT_KINDS, "translation"):
        return
    stem, id = name.removesuffix(".yaml"), document.id
    if stem == id or (document.kind != "translation" and stem.startswith(f"{id}-")):
        return
    yield remark(
        document, f"the file is named `{name}`, and the id inside is `{id}`", at(_id_key(document)),
        stops="merge", expected=f"{id}.yaml" if document.kind == "translation" else f"{id}-….yaml",
        found=name,
        help=f"Rename the file so that it begins with {id}, or correct the id if it is a slip.",
    )  # fmt: skip


def _id_key(document: Document) -> str:
    return "of" if document.kind == "translation" else "id"


def wrong_folder(document: Document, context: Context) -> Findings:
    """A provision stands in the folder of its area, and a book where the charter says."""
    charter = context.corpus.charter
    if charter is None:
        return
    folder = document.path.rsplit("/", 1)[0]
    expected = None
    if document.kind == "provision":
        area = context.forms["provision"].area_of(document.id)
        expected = f"provisions/{charter.areas[area].folder}" if area else None
    elif document.kind == "instrument":
        expected = charter.instruments.get(document.id)
    elif document.kind == "translation":
        known = (*charter.languages.others, charter.languages.authoritative)
        expected = None if folder.split("/")[-1] in known else f"translations/{known[0]}"
    if expected and folder != expected:
        yield remark(
            document, f"{document.id} stands in {folder}/", at(_id_key(document)),
            stops="merge", expected=f"{expected}/", found=f"{folder}/",
            help=f"Move the file to {expected}/, or correct the charter.",
        )  # fmt: skip


def not_in_charter(document: Document, context: Context) -> Findings:
    """Rights, groups, parties, users, sizes and functions are words of the charter."""
    charter = context.corpus.charter
    if charter is None or document.record is None:
        return
    for keys, word, list_name, known in _charter_words(document, charter):
        if word not in known:
            near = nearest(word, list(known))
            yield remark(
                document, f"`{word}` is not in the charter's list `{list_name}`", at(*keys),
                stops="merge", expected=near, found=word,
                help=(f"Did you mean `{near}`? " if near else "")
                + f"The charter has: {', '.join(known) or 'nothing'}.",
                enforces=f"charter: {list_name}",
            )  # fmt: skip


def _charter_words(document: Document, charter: Any) -> Iterator[tuple[Any, str, str, Any]]:
    """Yield the keys to each word that the charter rules, the word, its list and what is in it."""
    r: Any = document.record
    if document.kind in TEXT_KINDS:
        for at_, right in enumerate(r.rights):
            yield ("rights", at_), right, "rights", charter.rights
        for at_, weighed in enumerate(r.balancing):
            for side, right in enumerate(weighed.between):
                yield ("balancing", at_, "between", side), right, "rights", charter.rights
        yield from _of_applies_to(("applies_to",), getattr(r, "applies_to", None), charter)
        for at_, clause in enumerate(r.clauses):
            if clause.withdrawn is None:
                yield from _of_applies_to(
                    ("clauses", at_, "applies_to"), clause.applies_to, charter
                )
                for name in ("addressee", "beneficiary"):
                    for party in getattr(clause, name):
                        yield ("clauses", at_, name), party, "parties", charter.parties
    elif document.kind == "member":
        for at_, mandate in enumerate(r.terms):
            yield ("terms", at_, "group"), mandate.group, "groups", charter.groups


def _of_applies_to(keys: Any, applies_to: Any, charter: Any) -> Iterator[tuple[Any, str, str, Any]]:
    for axis, words in (applies_to or {}).items():
        if axis not in charter.axes:
            yield (*keys, axis), axis, "axes", charter.axes
            continue
        for at_, word in enumerate(words):
            if word != "all":
                yield (*keys, axis, at_), word, axis, charter.axes[axis]


def all_alone(document: Document, _: Context) -> Findings:
    """The word `all` stands alone in its list."""
    r: Any = document.record
    if document.kind not in TEXT_KINDS:
        return
    lists = [(("applies_to",), getattr(r, "applies_to", None))]
    lists += [
        (("clauses", at_, "applies_to"), clause.applies_to)
        for at_, clause in enumerate(r.clauses)
        if clause.withdrawn is None
    ]
    for keys, applies_to in lists:
        for axis, words in (applies_to or {}).items():
            if "all" in words and len(words) > 1:
                yield remark(
                    document, f"`all` stands beside other words in `{axis}`", at(*keys, axis),
                    stops="merge", expected="[all]", found=", ".join(words),
                    help="Keep `all` alone, or name the words that are meant.",
                )  # fmt: skip


def required_by_charter(document: Document, context: Context) -> Findings:
    """A text names what the charter asks for: its rights, its category, who is bound, who is protected."""
    charter, r = context.corpus.charter, document.record
    if charter is None or r is None or document.kind not in TEXT_KINDS:
        return
    record: Any = r
    for name in charter.requires:
        if name in ("rights", "category"):
            if document.kind == "principle" and name == "category":
                continue
            if not getattr(record, name):
                yield _required(document, name, at(name))
            continue
        for at_, clause in enumerate(record.clauses):
            live = clause.withdrawn is None and clause.force != "declares"
            if live and not getattr(clause, name):
                yield _required(document, name, at("clauses", at_, name))


def _required(document: Document, name: str, route: Any) -> Finding:
    return remark(
        document, f"`{name}` is not named here", route, stops="merge", expected=name,
        help=f"Add `{name}`. `govkit schema {document.kind}` says what it holds.",
        enforces="charter: requires",
    )  # fmt: skip
