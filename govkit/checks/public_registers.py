"""Family 14: the registers say when, where, and what shows it; papers are words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import cast

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.documents import Document
from govkit.findings import Route
from govkit.log.periods import instant_of
from govkit.patterns import lazy_regex
from govkit.records.registers import Event, Paper, Response


def response_without_source(document: Document, _: Context) -> Findings:
    """A response that exists, or is pending, says where that is documented."""
    if document.kind != "response":
        return
    record = cast(Response, document.record)
    if record.stage != "possible" and record.source is None:
        yield remark(
            document,
            "nothing shows this response: it names no source",
            at("source" if "source" in record.model_fields_set else "stage"),
            expected="source: a file of registers/sources",
            help="Name its source and, as `locator`, the place in it; `govkit new source` begins "
            "one. What nobody did yet has the stage `possible`.",
        )


def response_without_jurisdiction(document: Document, _: Context) -> Findings:
    """What a government does names the jurisdiction in which it does so."""
    if document.kind != "response":
        return
    record = cast(Response, document.record)
    if record.actor == "government" and record.jurisdiction is None:
        yield remark(
            document,
            "this is the response of a government, and no jurisdiction is named",
            at("jurisdiction" if "jurisdiction" in record.model_fields_set else "actor"),
            expected="jurisdiction: EU",
            help="Write the country (two capitals) or union of countries; without it the matrix "
            "of issues can't show where this holds.",
        )


def ends_before_it_begins(document: Document, _: Context) -> Findings:
    """An event does not end before it begins."""
    if document.kind != "event":
        return
    record = cast(Event, document.record)
    if record.ends is not None and _is_before(record.ends, record.starts):
        yield refusal(
            document,
            f"this event ends on {record.ends} and begins on {record.starts}",
            at("ends"),
            found=record.ends,
            help="Exchange them, or write the right day. A day alone is the whole day; hours with "
            "their distance from UTC are compared as moments.",
        )


def _is_before(end: str, start: str) -> bool:
    if "T" in end and "T" in start:
        return instant_of(end) < instant_of(start)
    return datetime.date.fromisoformat(end[:10]) < datetime.date.fromisoformat(start[:10])


_CODE = lazy_regex(r"(?ms)^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]+`")
_UNPRINTED = lazy_regex(
    r"!\[(?P<said>[^\[\]\n]{0,500})\](?:\((?P<picture>[^()\s]{0,2000})|\[)"
    r"|<(?P<html>[A-Za-z][A-Za-z0-9-]{0,40}(?=[\s/>])[^<>\n]{0,2000}|!--)"
)


def unprinted_in_paper(document: Document, _: Context) -> Findings:
    """A paper has no HTML and no pictures: nothing that is printed of it shows them."""
    if document.kind != "paper":
        return
    record = cast(Paper, document.record)
    for key in ("abstract", "body"):
        for message, found, span in _unprinted(getattr(record, key)):
            yield remark(
                document,
                message,
                Route((key,), span),
                found=found,
                help="Say in words what it shows; a table can be written as one. Where a picture "
                "is needed, give the address of a page that has it as a link: [words](https://…).",
            )


def _unprinted(text: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    if "![" not in text and "<" not in text:
        return
    plain = _CODE.sub(lambda code: " " * len(code[0]), text)
    for found in _UNPRINTED.finditer(plain):
        if found["html"] is not None:
            what = found["html"].split()[0].strip("/!-") or "a comment"
            yield f"HTML is printed as the characters that were typed: {what}", what, found.span()
        else:
            name = found["picture"] or found["said"] or "without a name"
            message = f"the picture {name} is not printed; the words in its brackets are"
            yield message, name, found.span()
