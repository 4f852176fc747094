"""The cover sheet: who took in what of which edition; blanks, deviations, costs and digests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.adoption.choices import FilledBlank, bounds_in_words
from govkit.adoption.deviations import WeighedDeviation, weighed
from govkit.adoption.statement import Edition, statement_digest
from govkit.adoption.terms import PlatformTerms
from govkit.corpus.changes.values import Direction
from govkit.rendering import change_phrases, phrases
from govkit.rendering.document import Block, Document, Fact, Facts, Front, Paragraph, Section, Table
from govkit.rendering.printing import in_words
from govkit.rendering.spans import Code, Span, Words
from govkit.rendering.typography import curled

_Cells = tuple[tuple[Span, ...], ...]


def cover_document(terms: PlatformTerms, statement: dict[str, Any], edition: Edition) -> Document:
    """Return the cover sheet as a document."""
    return _Cover(terms, statement, edition).document()


class _Cover:
    """The cover sheet of one platform."""

    def __init__(self, terms: PlatformTerms, statement: dict[str, Any], edition: Edition) -> None:
        self.terms, self.statement, self.edition = terms, statement, edition
        self.choices = terms.choices
        self.said = terms.choices.corpus.messages

    def document(self) -> Document:
        sections = (
            self._titled("provisions-taken", [self._provisions()]),
            self._titled("blanks", [self._blanks()]),
            self._titled("deviations", list(self._deviations())),
            self._titled("costs", [self._costs()]),
        )
        return Document(self._front(), sections)

    def _titled(self, name: str, blocks: list[Block]) -> Section:
        return Section("back", name, "", self.said[f"adopt.{name}"], tuple(blocks))

    def _front(self) -> Front:
        said, profile, book = self.said, self.choices.profile, self.choices.book
        draft = f"{said['adopt.draft']} " if book.status == "draft" else ""
        return Front(
            id="cover",
            anchor="head",
            issuer=profile.operator,
            title=said.say("adopt.cover-title", service=profile.service),
            symbol=said["adopt.cover"],
            notice=draft + said["adopt.no-advice"],
            facts=Facts(tuple(self._facts())),
            language=self.choices.corpus.language,
            of=said["general.of"],
        )

    def _facts(self) -> Iterator[Fact]:
        said, profile, book = self.said, self.choices.profile, self.choices.book
        parties = said.say("adopt.parties", operator=profile.operator, service=profile.service)
        rows = [("adopt.between", parties)]
        if profile.applies_from:
            rows.append(("adopt.from", said.date(profile.applies_from.isoformat())))
        rows += [
            ("adopt.book", f"{curled(book.title)} ({book.id})"),
            ("adopt.edition", edition_in_words(said, self.edition)),
            ("adopt.level", self._level()),
            ("book.applies-to", "; ".join(self._axes())),
            ("adopt.countries", ", ".join(profile.countries)),
            ("adopt.languages", ", ".join(profile.languages)),
        ]
        yield from (Fact(said[name], (Words(words),)) for name, words in rows if words)
        digest = self.choices.corpus.digests.of(book) or ""
        for name, value in (
            ("adopt.digest-of-book", digest),
            ("adopt.statement-digest", statement_digest(self.statement)),
        ):
            yield Fact(said[name], (Code(value),))

    def _level(self) -> str:
        level = self.choices.level
        if level is None:
            return self.said["adopt.no-level"]
        return f"{curled(level.titles[self.choices.book.id])} ({level.id})"

    def _axes(self) -> Iterator[str]:
        for axis, words in self.choices.axes.axes.items():
            yield in_words(self.said, axis, words)

    # --- tables -----------------------------------------------------------------------------------

    def _head(self, *names: str) -> tuple[str, ...]:
        return tuple(self.said[f"adopt.column.{name}"] for name in names)

    def _provisions(self) -> Table:
        rows = []
        for each in self.statement["provisions"]:
            taken = self.said[f"adopt.taken-{each['taken']}"]
            option = each.get("option") or ""
            title = f"{each['id']} {curled(each['title'])}"
            digest = (Code(each["digest"] or ""),)
            rows.append((*_cells(each["section"] or "", title, taken, option), digest))
        return Table(self._head("section", "provision", "taken", "option", "digest"), tuple(rows))

    def _blanks(self) -> Block:
        if not self.terms.blanks:
            return Paragraph((Words(self.said["adopt.no-blanks"]),))
        rows = tuple(self._blank(blank) for blank in self.terms.blanks)
        return Table(self._head("provision", "blank", "value", "bounds", "serves"), rows)

    def _blank(self, blank: FilledBlank) -> _Cells:
        unit = blank.parameter.type
        value = blank.value
        if value.isdigit():
            value = self.said.quantity(int(value), unit)
        serves = whom_it_serves(self.said, blank)
        meaning = curled(" ".join(blank.parameter.meaning.split()))
        return _cells(blank.text, meaning, value, bounds_in_words(blank.parameter), serves)

    def _deviations(self) -> Iterator[Block]:
        found = weighed(self.choices)
        if not found:
            yield Paragraph((Words(self.said["adopt.no-deviations"]),))
            return
        rows = tuple(self._deviation(each) for each in found)
        yield Table(self._head("clause", "taken", "class", "direction", "reason"), rows)

    def _deviation(self, each: WeighedDeviation) -> _Cells:
        whole = self.said.say("adopt.left-out-whole", text=each.text)
        named = f"{each.text}({each.clause})" if each.clause else whole
        is_left = each.deviation.left_out is not None
        taken = self.said["adopt.taken-left-out" if is_left else "adopt.taken-adapted"]
        reason = each.deviation.left_out or each.deviation.reason or ""
        return _cells(
            named,
            taken,
            change_phrases.class_in_words(self.said, each.class_),
            direction_in_words(self.said, each.direction),
            curled(" ".join(reason.split())),
        )

    def _costs(self) -> Table:
        rows = []
        for section in self.terms.sections:
            document = self.terms.document(section.text)
            burden = getattr(document.record, "burden", None) if document else None
            if burden is not None:
                title = f"{section.number} {curled(section.title)}"
                rows.append(_cells(title, curled(burden.people), curled(burden.systems)))
        return Table(self._head("section", "people", "systems"), tuple(rows))


def _cells(*words: str) -> _Cells:
    return tuple((Words(each),) for each in words)


def edition_in_words(said: Any, edition: Edition) -> str:
    """Return which words were taken in: a release, a commit, or a folder."""
    day = said.date(edition.day) if edition.day else ""
    if edition.release:
        return str(said.say("adopt.edition-release", version=edition.release, day=day))
    if edition.commit:
        return str(said.say("adopt.edition-commit", commit=edition.commit[:12], day=day))
    return str(said["adopt.edition-folder"])


def whom_it_serves(said: Any, blank: FilledBlank) -> str:
    """Return whom the value of a blank serves, against the default."""
    parameter = blank.parameter
    if not blank.is_chosen:
        return str(said["adopt.serves.default"])
    if parameter.type == "text":
        return str(said.say("adopt.serves.words", default=parameter.default))
    favours = parameter.favours
    if favours in (None, "unclear"):
        return str(said.say("adopt.serves.unclear", default=parameter.default))
    is_more = int(blank.value) > int(parameter.default)
    serves_user = is_more == (favours == "longer")
    if serves_user:
        return str(said.say("adopt.serves.user", default=parameter.default))
    return str(said.say("adopt.serves.platform", default=parameter.default))


def direction_in_words(said: Any, direction: Direction) -> str:
    """Return which way a deviation goes, from both sides."""
    ways = [
        said.say(f"adopt.direction.{name}", way=way)
        for name, way in zip(direction._fields, direction, strict=True)
        if way
    ]
    return phrases.capital("; ".join(ways)) or str(said["adopt.direction.none"])
