"""Family 7: what texts rest on is binding or says why not, is verified, dated, and stays put."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, remark
from govkit.corpus.base import key_of
from govkit.corpus.documents import Document
from govkit.corpus.term_words import OUT_OF_USE
from govkit.findings import Finding, Keys
from govkit.patterns import lazy_regex
from govkit.records.kinds import NORMATIVE_KINDS, TEXT_KINDS
from govkit.records.registers import Source

_SOURCE = ("source",)
_DUTIES = ("must", "must-not")
_LIVING = ("project", "guidance", "standard")
_REFER = (*TEXT_KINDS, "term", "issue", "response", "initiative", "paper")
"""The kinds of records that can name a source."""
_IN_REPOSITORY = lazy_regex(
    r"https?://(?:www\.)?(?:"
    r"github\.com/[^/\s]+/[^/\s]+/(?:blob|tree|raw|blame|edit)/"
    r"|raw\.githubusercontent\.com/[^/\s]+/[^/\s]+/"
    r"|bitbucket\.org/[^/\s]+/[^/\s]+/(?:src|raw)/"
    r"|[^/\s]+/\S*?/-/(?:blob|tree|raw|blame)/"
    r"|[^/\s]+/[^/\s]+/[^/\s]+/(?:src|raw)/(?=branch/)"
    r")(?P<heads>branch/|refs/heads/)?(?P<name>(?:refs/tags/)?[^/\s?#]+)"
)
"""An address of a file in a repository, up to the name of the branch, tag or commit."""


def no_binding_source(document: Document, context: Context) -> Findings:
    """A duty rests on a source that binds platforms, or the text says why on none."""
    record: Any = document.record
    if document.kind not in TEXT_KINDS or document.status in OUT_OF_USE:
        return
    found = [context.corpus.find(_SOURCE, ground.source) for ground in record.grounds]
    sources: list[Any] = [source.record if source else None for source in found]
    if any(source is None or _binds(source) for source in sources) or record.no_binding_source:
        return
    duties = [
        i
        for i, clause in enumerate(record.clauses)
        if clause.withdrawn is None and clause.force in _DUTIES
    ]
    if duties:
        what = "these grounds bind no platform" if sources else "no grounds are named"
        yield remark(
            document,
            f"this is a duty, and {what}",
            at("clauses", duties[0], "force"),
            expected="a binding source, or `no_binding_source`",
            found=", ".join(ground.source for ground in record.grounds),
            help="Add a law or a case to `grounds`, or give the reason why there is none in "
            "`no_binding_source`.",
        )


def _binds(source: Source) -> bool:
    """Say whether a source binds platforms: a case does, a law does unless it binds States."""
    return source.kind == "case" or (source.kind == "binding" and source.binds != "states")


def unused_source(context: Context) -> Findings:
    """A source in the register is named by another record."""
    if not context.unread.isdisjoint(_REFER):
        return  # a record that can't be read may name any source
    for document in context.corpus.of_kind("source"):
        if document.record is None:
            continue
        if not context.corpus.back_links.get(key_of(document)):
            yield remark(
                document,
                "no record names this source",
                at("title"),
                help=f"Name it where it belongs, as `source: {document.id}`, or delete the file.",
            )


def case_without_id(document: Document, _: Context) -> Findings:
    """A case has the number under which anyone can find it."""
    record: Any = document.record
    if document.kind == "source" and record.kind == "case" and not record.case_id:
        yield remark(
            document,
            "this case has no `case_id`",
            at("kind"),
            stops="release",
            expected="case_id: ECLI:EU:C:2012:242",
            help="Add its ECLI, application, docket or file number, or a citation, as "
            "`case_id: ECLI:EU:C:2012:242`.",
        )


def unverified_source(context: Context) -> Findings:
    """A source on which a text rests was looked up by a person, who is named with the day."""
    for document in context.corpus.of_kind("source", *NORMATIVE_KINDS):
        yield from context.of_one(_verified_later, document, context.today)
    for document in context.corpus.of_kind("source"):
        record: Any = document.record
        if record is None or (record.verified.by and record.verified.on):
            continue
        resting = {
            user.path
            for user, link in context.corpus.back_links.get(key_of(document), ())
            if link.role == "ground" and user.status not in OUT_OF_USE
        }
        if resting:
            key = "verified" if "verified" in record.model_fields_set else "title"
            texts = "1 text rests" if len(resting) == 1 else f"{len(resting)} texts rest"
            yield remark(
                document,
                f"nobody has verified this source, and {texts} on it",
                at(key),
                stops="release",
                expected="verified: {by: …, on: …}",
                help="Open the source, compare what the texts say of it, and write who did so and "
                "when: a member or `editors`, never a program.",
            )


def _verified_later(document: Document, today: datetime.date) -> list[Finding]:
    """Return the days on which a source is said to have been looked up, and that are to come."""
    record: Any = document.record
    grounds = getattr(record, "grounds", ())
    places: list[tuple[Keys, Any]] = [
        (("grounds", i, "verified", "on"), ground.verified) for i, ground in enumerate(grounds)
    ]
    if document.kind == "source" and record is not None:
        places.append((("verified", "on"), record.verified))
    return [
        remark(
            document,
            f"this was verified on {verified.on}, and that day is still to come",
            at(*keys),
            stops="release",
            found=str(verified.on),
            help="Write the day on which somebody looked the source up.",
        )
        for keys, verified in places
        if verified.on is not None and verified.on > today
    ]


def undated_living_source(document: Document, _: Context) -> Findings:
    """A source that changes has a version, a date, or the day on which it was read."""
    record: Any = document.record
    if document.kind != "source" or record.kind not in _LIVING or not record.address:
        return
    if not (record.version or record.date or record.accessed):
        yield remark(
            document,
            "this source can change, and no date says which state is meant",
            at("address"),
            stops="release",
            expected="accessed: 2026-03-01",
            help="Add its `version` or `date`, or in `accessed` the day on which it was read.",
        )


def branch_address(document: Document, _: Context) -> Findings:
    """An address of a source leads to words that stay, not to a branch that goes on."""
    for keys, address in _addresses(document):
        found = _IN_REPOSITORY.match(address or "")
        if found is None:
            continue
        name = found["name"]
        # Branches have names as `main`; commits and tags have digits.
        if found["heads"] or not (any(map(str.isdigit, name)) or name.startswith("refs/tags/")):
            yield remark(
                document,
                f"this address leads to the branch `{name}`, which can change",
                at(*keys),
                stops="release",
                found=name,
                help="Write the address with the id of the commit: on GitHub press `y` on the "
                "page of the file, and copy the address again.",
            )


def _addresses(document: Document) -> Iterator[tuple[Keys, str | None]]:
    """Yield the addresses at which a source, or a passage of it, can be opened."""
    record: Any = document.record
    if document.kind == "source":
        yield ("address",), record.address
        yield ("verified", "at"), record.verified.at
    elif document.kind in NORMATIVE_KINDS:
        for i, ground in enumerate(getattr(record, "grounds", ())):
            yield ("grounds", i, "verified", "at"), ground.verified.at
