"""A change of a platform's terms: two versions and a statement read, and the files that come of it.

The statement is held against its texts first: one that says what is not so gives no requirements.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from govkit.adoption.change_of_terms.afterwards import adoption_after, held_against_page
from govkit.adoption.change_of_terms.change import (
    TermsBefore,
    TermsChange,
    terms_before,
    terms_change,
)
from govkit.adoption.change_of_terms.notice import UserNotice, notice_of
from govkit.adoption.choices import ProfileRefused
from govkit.adoption.label_check import drafted_again, edition_of, read_statement, statement_faults
from govkit.adoption.page_check import PageFinding
from govkit.adoption.printed_words import printed_units
from govkit.adoption.statement import as_json, statement_digest, statement_of
from govkit.adoption.terms import PlatformTerms
from govkit.corpus.documents import Document, document_of
from govkit.corpus.text_digests import clause_digests, digest_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.procedures.adoption.adoption_register import FalseStatement
from govkit.procedures.adoption.platform_terms import LABEL, STATEMENT
from govkit.records.terms_change import ChangeOfTerms
from govkit.rendering.adoption.change_notice import notice_document, notice_text
from govkit.rendering.adoption.change_sheet import SheetFacts, calendar_file, sheet_document
from govkit.rendering.adoption.label import label_html, label_json, label_svg
from govkit.rendering.adoption.terms_document import about, terms_document
from govkit.rendering.formats import written
from govkit.rendering.plain_redline import NamedText, compared, document_of_comparison
from govkit.source.mail_templates import mail_template
from govkit.source.places import with_places
from govkit.source.reading import read_record
from govkit.workspace import Workspace
from govkit.workspace.adopted import corpus_of_edition

KIND = "change-of-terms"
_NO_MATTER = ("schema-line", "mail-address")


class NewLabel(NamedTuple):
    """What the label is after the change. `state` is `same`, `page`, `drafted` or `none`.

    `terms` and `statement` are those after it; `findings` what the new version has otherwise.
    """

    state: str
    terms: PlatformTerms | None
    statement: dict[str, Any] | None
    findings: tuple[PageFinding, ...] = ()
    why: str = ""


class ChangeKit(NamedTuple):
    """A change with all that comes of it. `old` and `new` are the versions as they are compared."""

    change: TermsChange
    notice: UserNotice
    label: NewLabel
    statement: dict[str, Any]
    old: NamedText
    new: NamedText
    notes: tuple[str, ...]


def read_sheet(path: str, data: bytes) -> ChangeOfTerms:
    """Return the sheet in a file. Raises `ProfileRefused` with each fault at its place."""
    record, findings = read_record(path, KIND, data)
    wrong = [each for each in findings if each.stops and each.rule not in _NO_MATTER]
    if record is None or wrong:
        raise ProfileRefused(with_places(data, findings if record is None else wrong))
    return cast(ChangeOfTerms, record)


def change_kit(
    workspace: Workspace,
    statement: tuple[str, bytes],
    versions: tuple[NamedText, NamedText],
    sheet: ChangeOfTerms,
    today: datetime.date,
) -> ChangeKit:
    """Return the kit of a change. Raises `WrongUse`, `FalseStatement`, `TooEarly`."""
    old, new = versions
    data, before, notes = _before(workspace, statement, old)
    change = terms_change(before, new.blocks, sheet, today, new.name)
    label = _label_after(change, data)
    return ChangeKit(change, notice_of(change), label, data, old, new, notes)


def _before(
    workspace: Workspace, statement: tuple[str, bytes], old: NamedText
) -> tuple[dict[str, Any], TermsBefore, tuple[str, ...]]:
    name, given = statement
    data = read_statement(given, name)
    then, note = corpus_of_edition(workspace, edition_of(data))
    corpus = with_change_duties(then, workspace.corpus)
    terms = drafted_again(data, corpus, name)
    faults = list(statement_faults(data, terms))
    if faults:
        first = faults[0]
        raise FalseStatement(
            f"{name} is not true: of {first.where} it says {first.said}, and it is {first.true}",
            "Take the statement as `govkit adopt` wrote it; `govkit label verify` shows all.",
        )
    units = tuple(printed_units(terms, list(about(terms))))
    before = terms_before(terms, units, old.blocks, old.name)
    return data, before, (note,) if note else ()


# --- what the clauses ask for, of an older edition ------------------------------------------------


def with_change_duties(then: Corpus, now: Corpus) -> Corpus:
    """Return an edition with what its clauses ask for of a change, where only a later one says so.

    That is no part of the texts: it holds for each clause that has the same digest in both.
    """
    if then is now:
        return then
    documents = [_with_duties(each, now) for each in then.documents]
    return corpus_of(documents)


def _with_duties(document: Document, now: Corpus) -> Document:
    record: Any = document.record
    if document.kind not in ("provision", "instrument") or record is None:
        return document
    later = now.find((document.kind,), document.id)
    other: Any = later.record if later else None
    if later is None or other is None:
        return document
    update: dict[str, Any] = {}
    if document.kind == "provision" and not record.on_change and other.on_change:
        had, has = dict(clause_digests(document)), dict(clause_digests(later))
        update["on_change"] = tuple(
            duty
            for duty in other.on_change
            if had.get(duty.clause) == has.get(duty.clause) is not None
            and (duty.time is None or duty.time in record.parameters)
        )
    if document.kind == "instrument" and record.counting is None and other.counting:
        words = [{p.id: digest_of(p.text) for p in each.interpretation} for each in (record, other)]
        named = (other.counting.times, other.counting.notices)
        if all(words[0].get(id) == words[1].get(id) for id in named):
            update["counting"] = other.counting
    if not update:
        return document
    return document_of(document.path, document.kind, record.model_copy(update=update), ())


# --- the label after the change -------------------------------------------------------------------


def _label_after(change: TermsChange, statement: dict[str, Any]) -> NewLabel:
    choices, sheet = change.terms.choices, change.sheet
    said = choices.corpus.messages
    touched = [each.clause for each in change.items if each.clause is not None]
    day = said.date(change.plan.effect.isoformat())
    reason = " ".join((sheet.reasons or said.say("adopt.change.deviation", day=day)).split())
    terms = adoption_after(choices, touched, reason)
    if isinstance(terms, str):
        return NewLabel("none", None, None, (), terms)
    findings = held_against_page(terms, list(about(terms)), change.page)
    after = statement_of(terms, edition_of(statement))
    if after == statement and not findings:
        return NewLabel("same", terms, None)
    return NewLabel("drafted" if findings else "page", terms, after, findings)


# --- files ----------------------------------------------------------------------------------------


def kit_files(kit: ChangeKit, formats: Sequence[str], by: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield each file of a kit by its name."""
    change, said = kit.change, kit.change.terms.choices.corpus.messages
    language = change.terms.choices.corpus.language
    day = change.plan.notice.isoformat()
    comparison = compared(kit.old, kit.new, language=language, day=day, by=by)
    for format in formats:
        is_word = format == "docx"
        document = document_of_comparison(comparison, tracked=is_word)
        yield f"redline.{format}", written(document, format)
        yield f"notice.{format}", written(notice_document(change, kit.notice), format)
        yield f"change.{format}", written(sheet_document(change, facts_of(kit)), format)
    text = notice_text(kit.notice)
    yield "notice.eml", mail_template(kit.notice.subject, text, language)
    yield "calendar.ics", calendar_file(change, kit.new.printed_digest)
    yield "change.json", (json.dumps(as_data(kit), indent=2, ensure_ascii=False) + "\n").encode()
    after = kit.label
    if after.statement is not None and after.terms is not None:
        yield f"after/{STATEMENT}", as_json(after.statement)
        yield f"after/{LABEL}.svg", label_svg(after.statement, said)
        yield f"after/{LABEL}.jsonld", label_json(after.statement, said)
        files = (STATEMENT, f"{LABEL}.svg")
        yield f"after/{LABEL}.html", label_html(after.statement, said, files)
        if after.state == "drafted":
            for format in formats:
                yield f"after/terms.{format}", written(terms_document(after.terms), format)


def facts_of(kit: ChangeKit) -> SheetFacts:
    """Return what the first page of the working paper says."""
    label = kit.label
    return SheetFacts(
        (kit.old.name, kit.old.printed_digest),
        (kit.new.name, kit.new.printed_digest),
        statement_digest(kit.statement),
        statement_digest(label.statement) if label.statement else "",
        label.state,
        label.findings,
        label.why,
        len(label.terms.choices.changed) if label.terms else 0,
    )


def as_data(kit: ChangeKit) -> dict[str, Any]:
    """Return a kit for programs; docs/platforms.md says what each key means."""
    change, plan = kit.change, kit.change.plan
    return {
        "format": "govkit/change-of-terms",
        "version": 1,
        "old": {"name": kit.old.name, "digest": kit.old.printed_digest},
        "new": {"name": kit.new.name, "digest": kit.new.printed_digest},
        "statement": statement_digest(kit.statement),
        "statement_after": statement_digest(kit.label.statement) if kit.label.statement else None,
        "label": kit.label.state,
        "label_findings": [each._asdict() for each in kit.label.findings],
        "notice_on": plan.notice.isoformat(),
        "first_possible": plan.first.isoformat(),
        "takes_effect": plan.effect.isoformat(),
        "to_write": kit.notice.to_write,
        "changes": [
            {
                "key": each.key,
                "number": each.clause.number if each.clause else None,
                "what": each.clause.what if each.clause else each.passage and each.passage.part,
                "class": each.class_,
                "protection": each.protection,
                "kinds": sorted(each.kinds),
                "open": each.is_open,
                "takes_back": each.takes_back,
                "old": each.old,
                "new": each.new,
            }
            for each in change.items
        ],
        "requirements": [
            {
                "asks": each.asks,
                "clause": each.name,
                "number": each.clause.number,
                "force": each.clause.force,
                "time": each.value,
                "unit": each.unit or None,
                "runs": each.runs or None,
                "because_of": list(each.of),
                "reworded": each.is_reworded,
            }
            for each in change.requirements
        ],
        "days": [
            {
                "what": each.what,
                "day": each.day.isoformat(),
                "clause": each.asked.name if each.asked else None,
            }
            for each in plan.days
        ],
    }
