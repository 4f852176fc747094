"""What a platform takes in by its profile: texts, options, blanks; or what is wrong in the profile.

Whether a provision applies follows from the axes of the charter alone; size and functions are never
asked twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from govkit.corpus.books import items_of, slug_of_book
from govkit.corpus.documents import Document
from govkit.corpus.levels import TakenLevel, clause_is_taken, level_ids, taken_in_book
from govkit.corpus.profile import ONE_WORD, Profile
from govkit.corpus.whole import Corpus
from govkit.findings import Finding, Keys, Route
from govkit.records import normative
from govkit.records.adoption import AdoptionProfile, Deviation
from govkit.records.governance import Charter
from govkit.records.kinds import TEXT_KINDS
from govkit.records.texts import Instrument
from govkit.source.nearest import nearest


class FilledBlank(NamedTuple):
    """A blank of a provision with the value that stands in it."""

    text: str
    name: str
    value: str
    parameter: Any
    is_chosen: bool


class Choices(NamedTuple):
    """What is taken in of a book.

    `texts` are the provisions in the order of the book, `options` the option by the id of the text,
    `blanks` those in the clauses that are taken, `changed` the deviations by (text, clause), where
    the clause is empty for a whole provision.
    """

    corpus: Corpus
    book: Document
    profile: AdoptionProfile
    axes: Profile
    level: TakenLevel | None
    texts: tuple[Document, ...]
    options: Mapping[str, str]
    blanks: tuple[FilledBlank, ...]
    changed: Mapping[tuple[str, str], Deviation]

    def takes(self, document: Document, clause: Any) -> bool:
        """Say whether a clause of a text that is taken applies, before any deviation."""
        return takes(self.axes, document, clause, self.options.get(document.id))

    def value_of(self, text: str, name: str) -> str:
        """Return what stands in a blank."""
        return next((b.value for b in self.blanks if (b.text, b.name) == (text, name)), "")


class ProfileRefused(Exception):
    """The profile can't be followed; `findings` say why, each with its place."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep what is wrong."""
        super().__init__(len(findings))
        self.findings = findings


def takes(axes: Profile, document: Document, clause: Any, option: str | None) -> bool:
    """Say whether a clause applies to a platform that took an option of its text."""
    if clause.withdrawn is not None or not clause_is_taken(document.record, clause.id, option):
        return False
    alone: Any = document.record
    return axes.covers(alone.model_copy(update={"clauses": (clause,)}))


def choices_of(profile: AdoptionProfile, corpus: Corpus, path: str = "profile.yaml") -> Choices:
    """Return what a profile takes in. Raises `ProfileRefused` with all that is wrong in it."""
    return _Reading(profile, corpus, path).choices()


class _Reading:
    """Reads one profile against one corpus, and keeps what is wrong."""

    def __init__(self, profile: AdoptionProfile, corpus: Corpus, path: str) -> None:
        self.profile, self.corpus, self.path = profile, corpus, path
        self.faults: list[Finding] = []

    def fault(self, keys: Keys, message: str, help: str) -> None:
        finding = Finding(
            "adoption-profile", message, self.path, Route(keys), stops="merge", help=help
        )
        self.faults.append(finding)

    def choices(self) -> Choices:
        charter = self.corpus.charter
        assert charter is not None
        book = self._book()
        axes = self._axes(charter)
        if book is None or self.faults:
            raise ProfileRefused(self.faults)
        level = self._level(book)
        texts = tuple(self._texts(book, level, axes))
        if not texts and not self.faults:
            self.fault(("platform",), *_NOBODY)
        options = dict(self._options(texts, level))
        self._require_known_texts(texts)
        blanks = tuple(self._blanks(texts, axes, options))
        self._require_links(blanks, texts)
        changed = dict(self._changed(texts, axes, options))
        if self.faults:
            raise ProfileRefused(self.faults)
        return Choices(
            self.corpus, book, self.profile, axes, level, texts, options, blanks, changed
        )

    # --- book, level, texts -----------------------------------------------------------------------

    def _book(self) -> Document | None:
        books = {slug_of_book(book.id): book for book in self.corpus.of_kind("instrument")}
        found = books.get(self.profile.book)
        if found is None or found.record is None:
            known = ", ".join(sorted(books))
            self.fault(("book",), f"there is no book `{self.profile.book}`", f"There are: {known}.")
            return None
        return found

    def _axes(self, charter: Charter) -> Profile:
        given = self.profile.platform
        for axis in given:
            if axis not in charter.axes:
                meant = nearest(axis, list(charter.axes))
                help = f"Did you mean `{meant}`?" if meant else f"There are: {_row(charter.axes)}."
                self.fault(("platform", axis), f"`{axis}` is nothing that is asked here", help)
        for axis, known in charter.axes.items():
            if not given.get(axis):
                message = f"`{axis}` is missing: which of {_row(known)}"
                self.fault(("platform",), message, f"Add a line: {axis}: {known[0]}")
            for word in given.get(axis, ()):
                if word not in known:
                    self._unknown(("platform", axis), word, known)
        sizes = given.get(ONE_WORD, ())
        if len(sizes) > 1:
            message = f"a platform has one size, and here are {len(sizes)}"
            self.fault(("platform", ONE_WORD), message, f"Keep one of: {_row(sizes)}.")
        return Profile({axis: tuple(given[axis]) for axis in charter.axes if axis in given})

    def _unknown(self, keys: Keys, word: str, known: Any) -> None:
        meant = nearest(word, list(known))
        help = f"Did you mean `{meant}`?" if meant else f"There are: {_row(known)}."
        self.fault(keys, f"`{_short(word)}` is not known here", help)

    def _level(self, book: Document) -> TakenLevel | None:
        id = self.profile.level
        if id is None:
            if not self.profile.provisions:
                known = _row(level_ids(self.corpus))
                message = "neither a level nor a provision is named, so nothing is taken in"
                self.fault(("level",), message, f"Name a level of: {known}; or list provisions.")
            return None
        levels = {level.id: level for level in cast(Instrument, book.record).levels}
        if id not in levels:
            self._unknown(("level",), id, levels)
            return None
        return taken_in_book(book, levels[id])

    def _texts(self, book: Document, level: TakenLevel | None, axes: Profile) -> Iterator[Document]:
        ordered = list(items_of(cast(Instrument, book.record).parts))
        for at, id in enumerate(self.profile.provisions):
            if id not in ordered:
                self._unknown(("provisions", at), id, ordered)
        wanted = {*(level.texts if level else ()), *self.profile.provisions}
        for id in ordered:
            found = self.corpus.find(TEXT_KINDS, id) if id in wanted else None
            if found is None or found.record is None or getattr(found.record, "withdrawn", None):
                continue
            if axes.covers(found.record):
                yield found
            elif id in self.profile.provisions:
                at = self.profile.provisions.index(id)
                message = f"{id} is for other platforms than this one"
                help = "Take it off the list, or look at `platform`: size, functions, users."
                self.fault(("provisions", at), message, help)

    # --- options and blanks -----------------------------------------------------------------------

    def _options(
        self, texts: tuple[Document, ...], level: TakenLevel | None
    ) -> Iterator[tuple[str, str]]:
        for text in texts:
            offered = [option.id for option in getattr(text.record, "options", ())]
            chosen = self.profile.options.get(text.id)
            of_level = level.options.get(text.id) if level else None
            if chosen is not None and chosen not in offered:
                self._unknown(("options", text.id), chosen, offered)
            elif chosen and of_level and chosen != of_level and level:
                message = f"the level `{level.id}` takes the option `{of_level}` of {text.id}"
                help = "Leave the option out; or leave the level out, and list the provisions."
                self.fault(("options", text.id), message, help)
            elif offered and not (chosen or of_level):
                message = f"{text.id} offers options, and none is chosen: {_row(offered)}"
                self.fault(("options",), message, f"Add a line: {text.id}: {offered[0]}")
            elif offered:
                yield text.id, chosen or of_level or ""

    def _require_known_texts(self, texts: tuple[Document, ...]) -> None:
        """Say what is named in `options` or `blanks`, and is not taken in."""
        ids = [text.id for text in texts]
        for field, named in (("options", self.profile.options), ("blanks", self.profile.blanks)):
            for id in named:
                if id not in ids:
                    self._not_taken((field, id), id, ids)

    def _not_taken(self, keys: Keys, id: str, ids: list[str]) -> None:
        known = self.corpus.find(TEXT_KINDS, id) is not None
        meant = nearest(id, ids)
        help = f"Did you mean {meant}?" if meant and not known else "Take the line out."
        what = "is not taken in by this profile" if known else "is no provision of this book"
        self.fault(keys, f"{_short(id)} {what}", help)

    def _blanks(
        self, texts: tuple[Document, ...], axes: Profile, options: Mapping[str, str]
    ) -> Iterator[FilledBlank]:
        for text in texts:
            record: Any = text.record
            given = self.profile.blanks.get(text.id, {})
            for name in given:
                if name not in record.parameters:
                    self._unknown(("blanks", text.id, name), name, record.parameters)
            used = set(_names_in(text, axes, options.get(text.id)))
            for name, parameter in record.parameters.items():
                if name in used:
                    yield self._filled(text.id, name, parameter, given.get(name))
                elif name in given:
                    message = f"the blank {name} stands in no clause that this platform takes in"
                    self.fault(("blanks", text.id, name), message, "Take the line out.")

    def _filled(self, text: str, name: str, parameter: Any, given: str | None) -> FilledBlank:
        value = str(parameter.default) if given is None else given.strip()
        if given is not None and parameter.type != "text":
            self._require_in_bounds(("blanks", text, name), name, parameter, value)
        return FilledBlank(text, name, value, parameter, value != str(parameter.default))

    def _require_in_bounds(self, keys: Keys, name: str, parameter: Any, value: str) -> None:
        limits = bounds_in_words(parameter)
        if not _is_number(value):
            message = f"{name} is a number of {parameter.type}, and here stands `{_short(value)}`"
            self.fault(keys, message, f"Write a whole number {limits}.".replace(" .", "."))
            return
        low, high = parameter.minimum, parameter.maximum
        if (low is not None and int(value) < low) or (high is not None and int(value) > high):
            message = f"{name} is {value} here, and has to be {limits}"
            self.fault(keys, message, f"The default is {parameter.default}.")

    def _require_links(self, blanks: tuple[FilledBlank, ...], texts: tuple[Document, ...]) -> None:
        """Say which blank is less than another one that it has to fit."""
        values = {(blank.text, blank.name): blank.value for blank in blanks}
        for blank in blanks:
            linked = getattr(blank.parameter, "linked", None)
            if linked is None or not _is_number(blank.value):
                continue
            text, _, name = linked.to.rpartition(".")
            other = values.get((text or blank.text, name), "")
            if _is_number(other) and int(blank.value) < int(other) + linked.plus:
                least = int(other) + linked.plus
                message = (
                    f"{blank.name} of {blank.text} is {blank.value}, and has to be at least "
                    f"{least}, since {name} is {other}"
                )
                keys: Keys = ("blanks", blank.text, blank.name)
                self.fault(keys, message, f"Write {least} or more, or lower {name}.")

    # --- deviations -------------------------------------------------------------------------------

    def _changed(
        self, texts: tuple[Document, ...], axes: Profile, options: Mapping[str, str]
    ) -> Iterator[tuple[tuple[str, str], Deviation]]:
        seen: set[tuple[str, str]] = set()
        for at, deviation in enumerate(self.profile.deviations):
            keys: Keys = ("deviations", at)
            id, _, clause = deviation.clause.replace(")", "").partition("(")
            text = next((text for text in texts if text.id == id), None)
            if text is None:
                self._not_taken((*keys, "clause"), id, [each.id for each in texts])
                continue
            record: Any = text.record
            taken = [
                each.id for each in record.clauses if takes(axes, text, each, options.get(text.id))
            ]
            if clause and clause not in taken:
                message = f"{id} has no clause ({_short(clause)}) that applies to this platform"
                self.fault((*keys, "clause"), message, f"It has: {_row(taken)}.")
            elif (id, clause) in seen:
                self.fault(keys, f"{deviation.clause} stands here twice", "Keep one of them.")
            elif self._is_whole(deviation, clause, keys):
                seen.add((id, clause))
                yield (id, clause), deviation

    def _is_whole(self, deviation: Deviation, clause: str, keys: Keys) -> bool:
        words = (deviation.text, deviation.conditions, deviation.exceptions)
        is_reworded = any(each is not None for each in words)
        if is_reworded == (deviation.left_out is not None):
            message = "a clause has other words, or it is left out, and here is " + (
                "both" if is_reworded else "neither"
            )
            self.fault(keys, message, "Write `text` with a `reason`; or write `left_out`.")
            return False
        if is_reworded and not deviation.reason:
            message = "the reason is missing why the words are others"
            self.fault(keys, message, "Add `reason`: it is printed in the statement.")
            return False
        if is_reworded and not clause:
            message = "a whole provision can be left out, and only a clause has other words"
            self.fault((*keys, "clause"), message, "Name the clause, as EXA-DUE-01(a).")
            return False
        return self._reads(deviation, keys)

    def _reads(self, deviation: Deviation, keys: Keys) -> bool:
        """Say whether the words of a deviation fit the grammar of clauses."""

        fields = (
            ("text", (deviation.text,) if deviation.text else ()),
            ("conditions", deviation.conditions or ()),
            ("exceptions", deviation.exceptions or ()),
        )
        for name, several in fields:
            for words in several:
                flaws = normative.read(words).flaws
                if flaws:
                    self.fault((*keys, name), flaws[0].message, flaws[0].help)
                    return False
        return True


_NOBODY = (
    "no provision of what is named applies to such a platform",
    "Look at `platform`: size, functions and users decide what applies.",
)
_DIGITS = 9


def _names_in(text: Document, axes: Profile, option: str | None) -> Iterator[str]:
    """Yield the blanks in the clauses of a text that apply."""
    record: Any = text.record
    taken = {each.id for each in record.clauses if takes(axes, text, each, option)}
    for said, run in text.blanks:
        if said.clause in taken:
            yield run.target


def bounds_in_words(parameter: Any) -> str:
    """Return between which numbers a blank may be filled in: `from 14 to 180`; empty for any."""
    low, high = getattr(parameter, "minimum", None), getattr(parameter, "maximum", None)
    if low is not None and high is not None:
        return f"from {low} to {high}"
    if low is not None:
        return f"of at least {low}"
    return "" if high is None else f"of at most {high}"


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _DIGITS


def _row(words: Any) -> str:
    return ", ".join(words)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:60]}…"
