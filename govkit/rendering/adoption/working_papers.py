"""The papers by which a platform keeps its terms: forms, and a checklist for moderators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkit.adoption.forms import ClauseForm, forms_of, procedural_clauses, time_limits
from govkit.adoption.terms import PlatformTerms, TermsClause, words_of
from govkit.languages.catalogue import Messages
from govkit.rendering.document import (
    Block,
    Document,
    Facts,
    Front,
    Item,
    Items,
    Paragraph,
    Section,
    Table,
)
from govkit.rendering.phrases import DASH
from govkit.rendering.spans import Strong, Words
from govkit.rendering.typography import curled

_FORCES = ("must", "must-not", "should", "may")


def forms_document(terms: PlatformTerms) -> Document:
    """Return the forms that the clauses ask for, each a section."""
    said = terms.choices.corpus.messages
    sections = [
        Section(
            "back",
            f"form-{n}",
            "",
            said.say(f"adopt.forms.{form.kind}", title=curled(form.title)),
            tuple(_form(form, said)),
        )
        for n, form in enumerate(forms_of(terms), start=1)
    ]
    return _paper(terms, "forms", sections)


def _form(form: ClauseForm, said: Messages) -> Iterator[Block]:
    yield _paragraph(said.say("adopt.forms.asked", number=form.number))
    if form.kind == "sets-out":
        points: Iterable[str] = form.points
    else:
        yield from (_paragraph(point) for point in form.points)
        fields = "adopt.filing" if form.kind == "filing" else "adopt.confirmation"
        points = said.group(fields).values()
    yield _list(said.say("adopt.forms.field", name=point) for point in points)
    yield from (_paragraph(said.say("adopt.forms.limit", words=each)) for each in form.limits)


def checklist_document(terms: PlatformTerms) -> Document:
    """Return what the terms ask of whoever handles reports, measures and complaints."""
    said = terms.choices.corpus.messages
    sections = [_times(terms, said)] if any(time_limits(terms)) else []
    for force in _FORCES:
        clauses = list(procedural_clauses(terms, force))
        if clauses:
            title = said[f"adopt.checklist.{force}"]
            sections.append(Section("back", force, "", title, (_clauses(clauses),)))
    return _paper(terms, "checklist", sections)


def _times(terms: PlatformTerms, said: Messages) -> Section:
    head = tuple(said[f"adopt.checklist.{name}"] for name in ("meaning", "value", "clauses"))
    rows = []
    for limit in time_limits(terms):
        blank = limit.blank
        meaning = curled(" ".join(blank.parameter.meaning.split()))
        value = blank.value
        if value.isdigit():
            value = said.quantity(int(value), blank.parameter.type)
        rows.append(tuple((Words(each),) for each in (meaning, value, ", ".join(limit.numbers))))
    title = said["adopt.checklist.times"]
    return Section("back", "times", "", title, (Table(head, tuple(rows)),))


def _clauses(clauses: Iterable[TermsClause]) -> Items:
    return Items(
        tuple(
            Item(
                "\u2610",
                (Paragraph((Strong((Words(clause.number),)), Words(f" {_said(clause)}"))),),
            )
            for clause in clauses
        )
    )


def _said(clause: TermsClause) -> str:
    return curled(words_of(clause.blocks))


def _list(lines: Iterable[str]) -> Items:
    return Items(tuple(Item(DASH, (_paragraph(line),)) for line in lines))


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Words(curled(words)),))


def _paper(terms: PlatformTerms, name: str, sections: list[Section]) -> Document:
    said, profile = terms.choices.corpus.messages, terms.choices.profile
    if not sections:
        none = (_paragraph(said[f"adopt.{name}.none"]),)
        sections = [Section("back", "none", "", "", none)]
    front = Front(
        id=name,
        anchor="head",
        issuer=profile.operator,
        title=said.say(f"adopt.{name}.title", service=profile.service),
        notice=f"{said[f'adopt.{name}.notice']} {said['adopt.no-advice']}",
        facts=Facts(()),
        language=terms.choices.corpus.language,
        of=said["general.of"],
    )
    return Document(front, tuple(sections))
