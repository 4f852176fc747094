"""What a proposal is made of: for each text the exact words before and after, and its class.

Two states come in: the adopted words, and the folder as its authors edited it. A text that was
never adopted has no words before. A text whose own words stay, but which rests on a definition that
is proposed, is part of the proposal too.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from govkit.consent.adoption import adoptions_of
from govkit.corpus.changes.declared import declarations_of, sheet_of, unanswered
from govkit.corpus.changes.ripple import rests_on
from govkit.corpus.changes.units import is_withdrawn
from govkit.corpus.changes.values import CLASS_NAMES, Change, Changes, weight
from govkit.corpus.documents import Document
from govkit.corpus.text_digests import terms_used
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import WrongUse
from govkit.records.declarations import Declaration
from govkit.records.kinds import NORMATIVE_KINDS, id_space
from govkit.records.proposals import TermState, Unit

NEW = 8
"""The class of a text that was never adopted."""

DECLARED = 3
"""The class that only the author's word gives: clarifying, no duty changes."""

Compare = Callable[[Corpus, Corpus], Changes]
"""What gives the changes between two states as the authors of the second declare them."""


class ProposedText(NamedTuple):
    """One text of a proposal: its unit, its documents before and after, and what changed.

    `before` is None for a text that was never adopted, `after` for one that is withdrawn. `change`
    is None where only a definition that it rests on changes, or where nothing was adopted yet.
    `declared` is the file in which the author says what the change does, or None.
    """

    unit: Unit
    before: Document | None
    after: Document | None
    change: Change | None
    declared: Document | None = None

    @property
    def document(self) -> Document:
        """Return the text as it is to be, or as it is where it is withdrawn."""
        found = self.after or self.before
        assert found is not None
        return found


def is_adopted(document: Document | None) -> bool:
    """Say whether the words of a text were adopted: it has left the state of a draft."""
    return document is not None and document.status not in ("", "draft")


@dataclass(frozen=True)
class TextComparison:
    """The adopted words (`base`) and the folder as it was edited (`now`), both whole.

    `compare` says what changed. `chosen` are the ids of the texts that are proposed; what else was
    edited in an adopted text stays out, so for it the adopted words count.
    """

    base: Corpus
    now: Corpus
    compare: Compare
    chosen: frozenset[str] = frozenset()

    # --- choosing -------------------------------------------------------------------------------

    def changed(self) -> list[str]:
        """Return the ids of the texts whose normative words differ from the base, sorted."""
        here = [
            each.id for key, each in self._new.items() if self._differs(self._old.get(key), each)
        ]
        gone = [
            each.id for key, each in self._old.items() if key not in self._new and is_adopted(each)
        ]
        return sorted([*here, *gone])

    def refuse_headings(self) -> None:
        """Raise `WrongUse` for a book of which something changed that is no normative word."""
        for book in self.now.of_kind("instrument"):
            was = self.base.find(("instrument",), book.id)
            if was is not None and _is_rearranged(was, book):
                raise _heading_changed(book)

    def _differs(self, was: Document | None, document: Document) -> bool:
        if was is None or document.record is None:
            return True
        if was.record == document.record:
            return False
        moved = self.base.digests.of(was) != self.now.digests.of(document)
        return moved or is_withdrawn(was) != is_withdrawn(document)

    @cached_property
    def _old(self) -> dict[tuple[str, str], Document]:
        return _units(self.base)

    @cached_property
    def _new(self) -> dict[tuple[str, str], Document]:
        return _units(self.now)

    def known(self, id: str) -> str:
        """Return the id of a text that a person names. Raises `WrongUse` where there is none."""
        ids = {each.id for each in (*self._new.values(), *self._old.values())}
        if id in ids:
            return id
        raise WrongUse(
            f"there is no text `{id}`",
            typed=id,
            known=sorted(ids),
            otherwise="`govkit list` shows the texts.",
        )

    # --- the two states -------------------------------------------------------------------------

    @cached_property
    def proposed(self) -> Corpus:
        """Return the state as it is proposed: the folder, with the adopted words of all others."""
        held = {
            _key(document): document
            for document in self._old.values()
            if is_adopted(document) and document.id not in self.chosen
        }
        kept = [
            each
            for each in self.now.documents
            if each.kind not in NORMATIVE_KINDS or _key(each) not in held
        ]
        return corpus_of([*kept, *held.values()])

    @cached_property
    def changes(self) -> Mapping[str, Change]:
        """Return what changed in the texts that were adopted, by id."""
        found = self.compare(self.base, self.proposed).changes
        return {each.id: each for each in found if each.kind in NORMATIVE_KINDS}

    def adopted(self, id: str) -> Document | None:
        """Return a text with its adopted words, or None where it was never adopted."""
        document = self.base.find(NORMATIVE_KINDS, id)
        return document if is_adopted(document) else None

    def edited(self, id: str) -> Document | None:
        """Return a text as it stands in the folder, or None where it is not there."""
        return self.now.find(NORMATIVE_KINDS, id)

    # --- the units ------------------------------------------------------------------------------

    @cached_property
    def units(self) -> tuple[ProposedText, ...]:
        """Return the texts of the proposal, sorted by id. Raises `WrongUse`, one fault at a time.

        Not looked at here: what the author declares (`faults_of_declarations`).
        """
        own = [self._unit(id) for id in sorted(self.chosen)]
        terms = {each.unit.id: each.unit for each in own if each.document.kind == "term"}
        users = {slug: {id for _, id in rests_on(slug, self.base, self.proposed)} for slug in terms}
        resting = {
            id: [slug for slug in sorted(terms) if id in users[slug]]
            for id in set().union(*users.values())
        }
        raised = [
            _raised(each, [terms[slug] for slug in resting.get(each.unit.id, ())]) for each in own
        ]
        found = [*raised, *self._caused(terms, resting)]
        return tuple(sorted(found, key=lambda each: each.unit.id))

    def _unit(self, id: str) -> ProposedText:
        was, is_ = self.adopted(id), self.edited(id)
        if is_ is None:
            raise _not_there(id, was)
        if is_.record is None:
            raise WrongUse(f"{is_.path} can't be read", "Mend it first: `govkit check`.")
        after = self.proposed.digests.of(is_)
        if after is None:
            raise WrongUse(
                f"the words of {id} can't be bound: a mark in them is wrong, or a term is missing",
                "`govkit check` says where. Mend it first.",
            )
        if was is None:
            self._hold_in_base(id)
            if is_withdrawn(is_):
                raise WrongUse(
                    f"{id} was never adopted, so nobody has to agree that it goes",
                    "Commit it as withdrawn; if it is part of an open proposal, revise that one.",
                )
            return self._never_adopted(is_, after)
        return self._amended(was, is_, after)

    def _hold_in_base(self, id: str) -> None:
        """Raise `WrongUse` where the log knows adopted words and the base does not have them."""
        known = adoptions_of(self.now).get(id, ())
        if known and known[-1].after is not None and self.base.find(NORMATIVE_KINDS, id) is None:
            raise WrongUse(
                f"{id} was adopted ({known[-1].named}), and the state that yours is compared with "
                "does not have it",
                "Commit its file as it was adopted, then edit it and run this again. Or name a "
                "commit that has the adopted words: `--base COMMIT`.",
            )

    def _never_adopted(self, document: Document, after: str) -> ProposedText:
        floor = NEW
        if document.kind == "term":
            floor = 7 if rests_on(document.id, self.proposed) else 4
        declared = self._declaration(document.id, None, after)
        class_ = max(floor, _class_of(declared) or 0)
        unit = Unit.model_validate(
            {"id": document.id, "before": None, "after": after, "class": class_, "floor": floor}
        )
        return ProposedText(unit, None, document, None, declared)

    def _amended(self, was: Document, is_: Document, after: str) -> ProposedText:
        before = self.base.digests.of(was)
        if before is None:
            raise WrongUse(
                f"the adopted words of {was.id} can't be bound as they stand",
                "A term in them is missing, or a mark is wrong. `govkit check` says where.",
            )
        change = self.changes.get(was.id)
        gone = is_withdrawn(is_) and not is_withdrawn(was)
        if change is None or (before == after and not gone):
            if is_.kind == "instrument" and _is_rearranged(was, is_):
                raise _heading_changed(is_)
            raise _nothing_normative(was.id, change)
        declared = self._declaration(was.id, before, after)
        unit = Unit.model_validate(
            {
                "id": was.id,
                "before": before,
                "after": None if gone else after,
                "class": weight(change.class_),
                "floor": weight(change.floor),
                "cause": _reason_of_withdrawal(is_) if gone else None,
            }
        )
        return ProposedText(unit, was, None if gone else is_, change, declared)

    def _declaration(self, id: str, before: str | None, after: str) -> Document | None:
        for document in self.now.of_kind("declaration"):
            outside = document.path.startswith("governance/changes/")
            if outside and (id, before, after) in declarations_of([document]):
                return document
        return None

    def _caused(
        self, terms: Mapping[str, Unit], resting: Mapping[str, list[str]]
    ) -> Iterator[ProposedText]:
        """Yield the adopted texts whose own words stay, and which rest on what is proposed."""
        for was in self._old.values():
            if not is_adopted(was) or is_withdrawn(was) or was.id in self.chosen:
                continue
            before, after = self.base.digests.of(was), self.proposed.digests.of(was)
            if before == after:
                continue
            causes = resting.get(was.id, [])
            if not causes:
                raise _draft_term_below(was, self.base, self.proposed)
            unit = Unit.model_validate(
                {
                    "id": was.id,
                    "before": before,
                    "after": after,
                    "class": max(terms[slug].class_ for slug in causes),
                    "floor": max(terms[slug].floor for slug in causes),
                    "cause": f"term:{causes[0]}",
                }
            )
            yield ProposedText(unit, was, was, None)

    def terms(self, besides: Iterable[Document] = ()) -> dict[str, TermState]:
        """Return the terms that the texts use and that the units alone do not prove.

        `besides` are further texts after the change: those for the case that another proposal is
        applied first.
        """
        proposed = {each.unit.id: each.unit for each in self.units}
        texts = [("before", each.before) for each in self.units if each.before is not None]
        texts += [("after", each.after) for each in self.units if each.after is not None]
        texts += [("after", document) for document in besides]
        found: dict[str, dict[str, str]] = {}
        for side, document in texts:
            corpus = self.base if side == "before" else self.proposed
            for slug in terms_used(document):
                known = proposed.get(slug)
                if known is None or getattr(known, side) is None:
                    term = corpus.find(("term",), slug)
                    digest = corpus.digests.of(term) if term is not None else None
                    assert digest is not None, slug
                    found.setdefault(slug, {})[side] = digest
        return {slug: TermState.model_validate(found[slug]) for slug in sorted(found)}

    def resting_on_drafts(self) -> list[str]:
        """Return the terms that the texts use and that were never adopted, nor are proposed."""
        used = {slug for each in self.units if each.after for slug in terms_used(each.after)}
        proposed = {each.unit.id for each in self.units}
        return sorted(
            slug for slug in used - proposed if not is_adopted(self.proposed.find(("term",), slug))
        )


def _raised(each: ProposedText, terms: Iterable[Unit]) -> ProposedText:
    """Return an amended text in the class of the definitions below it, where that is higher."""
    if each.unit.before is None:
        return each
    class_ = max([each.unit.class_, *(term.class_ for term in terms)])
    floor = max([each.unit.floor, *(term.floor for term in terms)])
    return each._replace(unit=each.unit.model_copy(update={"class_": class_, "floor": floor}))


def needs_declaration(each: ProposedText) -> list[str]:
    """Return the spans that the author has to answer, where no declaration does it.

    Empty where nothing is owed. A change that only the author can call clarifying owes at least
    the reason, so that its list holds one empty span where no word bears on a duty.
    """
    if each.change is None or each.declared is not None or each.unit.class_ >= 5:
        return []
    nothing = Declaration.model_validate(
        {"of": each.unit.id, "before": None, "after": None, "class": 3, "reason": "none"}
    )
    spans = [evidence.span for _, evidence in unanswered(each.change, nothing)]
    return list(dict.fromkeys(spans)) or ([""] if each.unit.class_ == DECLARED else [])


def declaration_to_fill_in(each: ProposedText, spans: Iterable[str]) -> str:
    """Return the file that the author writes to say what a change does, with blanks."""
    unit = each.unit
    return sheet_of(unit.id, unit.before, unit.after, unit.class_, spans)


def class_in_words(number: int) -> str:
    """Return a class with its name, as `class 6, scope`."""
    return f"class {number}, {CLASS_NAMES[number]}"


# --- what stands in the way -----------------------------------------------------------------------


def _not_there(id: str, was: Document | None) -> WrongUse:
    if was is None:
        return WrongUse(
            f"{id} is not in this folder", "Write it first, or name another text: `govkit list`."
        )
    back = f"git restore --source=HEAD -- {shlex.quote(was.path)}"
    return WrongUse(
        f"{id} is adopted, and its file is gone from the folder",
        f"Put the file back: `{back}`; where a commit took it "
        "away, write `COMMIT~` with that commit for HEAD. To propose that the text goes, keep the "
        "file, set `status: withdrawn`, and write the reason: withdrawn: {reason: …, on: …}.",
    )


def _nothing_normative(id: str, change: Change | None) -> WrongUse:
    if change is None:
        return WrongUse(
            f"nothing changed in {id}: its words are the adopted ones",
            "Edit the file first, then propose it. `--base REV` compares with another state.",
        )
    return WrongUse(
        f"no normative word of {id} changed, so there is nothing to consent to",
        "A rationale, guidance, mappings, the place in a book: commit such a change, and have an "
        "editor look at it.",
    )


def _is_rearranged(was: Document, book: Document) -> bool:
    before, after = was.record, book.record
    return getattr(before, "parts", ()) != getattr(after, "parts", ())


def _heading_changed(book: Document) -> WrongUse:
    return WrongUse(
        f"no normative word of {book.id} changed, so there is nothing to consent to",
        "A heading and the order of a book are no words that a consent binds: no proposal takes "
        "them. Put them back; or commit them, and have the coordinators let them stand: "
        "`- {rule: heading-changed, reason: …, by: coordinators, until: …}` under `suppress` in "
        f"{book.path}.",
    )


def _draft_term_below(was: Document, base: Corpus, proposed: Corpus) -> WrongUse:
    """Return what says that a text can't be bound while a draft that it rests on is edited."""
    edited = [
        term.id
        for term in base.of_kind("term")
        if (here := proposed.find(("term",), term.id)) is None or here.record != term.record
    ]
    below = [slug for slug in edited if was.id in {id for _, id in rests_on(slug, base, proposed)}]
    named = below[0] if below else "a term"
    return WrongUse(
        f"{was.id} is adopted and rests on the term `{named}`, whose words changed in the folder",
        f"Propose the term, too: name `{named}` beside the other texts. Or put its words back.",
    )


def _reason_of_withdrawal(document: Document) -> str:
    """Return why a text goes, which stands in the mail, in the decision and in the book."""
    stone = getattr(document.record, "withdrawn", None)
    successor = getattr(document.record, "superseded_by", None)
    reason = stone.reason if stone is not None else superseded_by(successor) if successor else ""
    if not reason or reason.lstrip().startswith("[insert"):
        raise WrongUse(
            f"{document.id} is to go, and nothing says why",
            f"Write it into {document.path}: withdrawn: {{reason: …, on: …}}. The reason stands in "
            "the mail, and later in the book; the day becomes that of the decision.",
        )
    return f"withdrawn: {' '.join(reason.split())}"


def superseded_by(successor: str) -> str:
    """Return the reason for which a text goes that another one takes the place of."""
    return f"superseded by {successor}"


def _class_of(declared: Document | None) -> int | None:
    record = declared.record if declared is not None else None
    return record.class_ if isinstance(record, Declaration) else None


def _key(document: Document) -> tuple[str, str]:
    return id_space(document.kind or ""), document.id


def _units(corpus: Corpus) -> dict[tuple[str, str], Document]:
    found: dict[tuple[str, str], Document] = {}
    for document in corpus.of_kind(*NORMATIVE_KINDS):
        found.setdefault(_key(document), document)
    return found
