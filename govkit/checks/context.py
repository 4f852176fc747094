"""What rules ask: the corpus, the base, and what is derived once for all of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from govkit.checks.remarks import key_of_name, named_by_its_id
from govkit.checks.rule import Rule
from govkit.checks.walk import ScannedCorpus, walk_over
from govkit.consent.adoption import Adoption, adoptions_of, in_doubt
from govkit.corpus.base import Base, Key
from govkit.corpus.changes.declared import declarations_of
from govkit.corpus.documents import Document
from govkit.corpus.ids import IdForm, id_forms, id_in_name, mentions
from govkit.corpus.term_words import forms, terms_in_use
from govkit.corpus.whole import Corpus, Deriving, corpus_of
from govkit.findings import Keys
from govkit.log.amendments import OwnRules, own_rules
from govkit.log.entries import valid_entries
from govkit.log.heads import LogSeals, seals_of
from govkit.records.kinds import (
    GOVERNED_FOLDERS,
    KINDS,
    NORMATIVE_KINDS,
    TEXT_KINDS,
    folder_meant,
    id_of_place,
    id_space,
    kind_of_path,
    path_in_proposal,
)
from govkit.source.folder_contents import as_record, hidden_folder_of

if TYPE_CHECKING:
    from govkit.corpus.changes.values import Changes
    from govkit.round.docket import Docket


Found = TypeVar("Found")
Silencing = frozenset[tuple[str, int]]
"""Entries under `suppress` that silenced something: path and position."""


@dataclass(frozen=True)
class Context(Deriving):
    """What a rule may look at beside the document: the whole, the day, and the base, if any.

    `today` is an argument of the command; no rule reads a clock. `walked_before` is the walk over
    the texts before an edit; what it met in texts that are the same is not looked for again.
    `known` is what `of_one` keeps.
    """

    corpus: Corpus
    today: datetime.date
    rules: Mapping[str, Rule]
    base: Base | None = None
    silencing: Silencing = frozenset()
    walked_before: ScannedCorpus | None = None
    known: dict[tuple[object, str], tuple[Document, tuple[object, ...], Any]] = field(
        default_factory=dict
    )

    def of_one(self, derive: Callable[..., Found], document: Document, *more: object) -> Found:
        """Return what a function says of a document and `more`, and of nothing else.

        After an edit it is not called again for a document that is the same.
        """
        key = (derive, document.path)
        kept = self.known.get(key)
        if kept is not None and kept[0] is document and kept[1] == more:
            return cast("Found", kept[2])
        found = derive(document, *more)
        self.known[key] = (document, more, found)
        return found

    def of_words(self, derive: Callable[..., Found], words: str, *more: object) -> Found:
        """Return what a function says of this and `more`, which `words` stand for.

        It is called once for the same words, which come again in many texts.
        """
        key = (derive, words)
        if key not in self._of_words:
            self._of_words[key] = derive(self, *more)
        return cast("Found", self._of_words[key])

    @cached_property
    def _of_words(self) -> dict[tuple[object, str], object]:
        return {}

    @cached_property
    def forms(self) -> Mapping[str, IdForm]:
        """Return how ids of each kind look; empty where the charter can't be read."""
        charter = self.corpus.charter
        return id_forms(charter) if charter else {}

    def has_form(self, document: Document) -> bool:
        """Say whether the id of a document has the form that the charter gives its kind."""
        form = self.forms.get(document.kind or "")
        return form is None or form.match(document.id) is not None

    def folder_of(self, kind: str, id: str) -> str:
        """Return the folder in which a record of this kind and id belongs."""
        charter, form = self.corpus.charter, self.forms.get(kind)
        area = form.area_of(id) if form else None
        folder = KINDS[kind].folder
        return f"{folder}/{charter.areas[area].folder}" if charter and area else folder

    @cached_property
    def areas_elsewhere(self) -> Mapping[str, str]:
        """Return the areas whose provisions, two or more, all stand in another folder, and that."""
        charter, form = self.corpus.charter, self.forms.get("provision")
        folders: dict[str, list[str]] = {}
        for document in self.corpus.of_kind("provision") if charter and form else ():
            area = form.area_of(document.id) if form else None
            folders.setdefault(area or "", []).append(document.path.split("/")[-2])
        known = {area.folder for area in charter.areas.values()} if charter else set()
        return {
            area: found[0]
            for area, found in folders.items()
            if area and len(found) > 1 and len(set(found)) == 1 and found[0] not in known
        }

    @cached_property
    def forms_of_none(self) -> frozenset[str]:
        """Return the kinds of whose texts none has the charter's form.

        One text alone may have the slip itself; but not where two kinds have one prefix, and it has
        another.
        """
        prefixes = [form.prefix for form in self.forms.values()]
        fits: dict[str, list[bool]] = {}
        begun: set[str] = set()
        for document in self.corpus.of_kind(*self.forms):
            if document.record is not None:
                fits.setdefault(document.kind or "", []).append(self.has_form(document))
                if document.id.startswith(f"{self.forms[document.kind or ''].prefix}-"):
                    begun.add(document.kind or "")
        shared = {kind for kind in fits if prefixes.count(self.forms[kind].prefix) > 1} - begun
        return frozenset(
            kind
            for kind, each in fits.items()
            if not any(each) and (len(each) > 1 or kind in shared)
        )

    @cached_property
    def announced(self) -> frozenset[Key]:
        """Return the (id space, id) that names of files speak of, where the file itself does not.

        A file that can't be read, or whose id does not fit its name, has an error of its own;
        references to what its name says give no second one. A file that is only no record hides
        nothing: it has no error, and what is missing would be missed by nobody.
        """
        named = {
            key_of_name(document.path)
            for document in self.corpus.documents
            if document.has_error or (document.record and not named_by_its_id(document))
        }
        misplaced = {
            (id_space(fault.expected), document.id)
            for document in self.corpus.documents
            for fault in document.faults
            if fault.rule == "misplaced-file" and fault.expected in KINDS
        }
        return frozenset(named | misplaced | {("", id) for id in self.hidden_away})

    def has_text_announced(self, id: str) -> bool:
        """Say whether a file that is no text here, for an error of its own, has this id's name."""
        return any((id_space(kind), id) in self.announced for kind in ("", *NORMATIVE_KINDS))

    @cached_property
    def misnamed_below(self) -> frozenset[str]:
        """Return the paths in top folders whose name is a slip, but for the first in each."""
        found: dict[str, list[str]] = {}
        for document in self.corpus.documents:
            top = document.path.partition("/")[0]
            if top not in GOVERNED_FOLDERS:
                found.setdefault(top, []).append(document.path)
        return frozenset(path for paths in found.values() for path in sorted(paths)[1:])

    @cached_property
    def in_hidden_folders(self) -> Mapping[str, list[Document]]:
        """Return what is named like a record in hidden folders, by the folder."""
        found: dict[str, list[Document]] = {}
        for document in self.corpus.documents:
            if folder := hidden_folder_of(document.path):
                found.setdefault(folder, []).append(document)
        return found

    @cached_property
    def hidden_away(self) -> frozenset[str]:
        """Return the ids that are looked for, and that a file in a hidden folder has in its name.

        The folder has an error of its own.
        """
        several = self.in_hidden_folders.values()
        named = {id_of_name(each.path) for documents in several for each in documents}
        return self.looked_for & named if named else frozenset()

    @cached_property
    def no_records(self) -> Mapping[str, str]:
        """Return the path of each file that is no record, by the id that its name speaks of."""
        return {
            id_of_name(document.path): document.path
            for document in self.corpus.documents
            if document.record is None
            and not document.has_error
            and not hidden_folder_of(document.path)
        }

    def has_otherwise(self, path: str) -> bool:
        """Say whether a record is there whose ending or top folder is another than it must be."""
        return any(
            document.has_error and path != document.path and path in _meant(document.path)
            for document in self.corpus.documents
        )

    @cached_property
    def looked_for(self) -> frozenset[str]:
        """Return the ids that are referred to, or were adopted, and that no record has."""
        gone = {id for id in self.adoptions if self.corpus.find(NORMATIVE_KINDS, id) is None}
        return frozenset(gone | {link.key for _, link, to in self.corpus.broken_links if not to})

    def saved_otherwise(self, id: str) -> str:
        """Return what to do with a file that has the name of a record and another ending, or none.

        Empty where there is none. An editor's "save as" makes one, and the newest words are in it.
        """
        path = self.no_records.get(id)
        if path is None or id not in self.looked_for or path.endswith(".pdf"):
            return ""  # a PDF is what a source itself looks like
        name = f"{_stem(path)}.yaml"
        if path.casefold().endswith(_OF_WORD_PROCESSORS):
            return f"If {path} holds `{id}`, save its words as plain text under the name {name}."
        return f"If {path} holds `{id}`, rename that file to {name}."

    @cached_property
    def kept(self) -> frozenset[tuple[str, str]]:
        """Return the texts that proposals keep, each as the proposal and the id of the text."""
        return frozenset(
            (id_of_place(document.path).partition("/")[0], document.id)
            for document in self.corpus.copies
        )

    @cached_property
    def unread(self) -> frozenset[str]:
        """Return the kinds of which a file can't be read, so that what it says is not known.

        A copy with another ending beside the record itself says nothing that is not known.
        """
        read = self.corpus.by_path
        hidden = {
            kind_of_path(each.path.replace("/.", "/")) or ""
            for documents in self.in_hidden_folders.values()
            for each in documents
            if id_of_name(each.path) in self.hidden_away
        }
        return frozenset(hidden).union(
            document.kind or kind_of_path(meant) or ""
            for document in self.corpus.documents
            if document.has_error
            and ((meant := as_record(document.path)) == document.path or meant not in read)
        )

    def newest_last(self, documents: Iterable[Document]) -> list[Document]:
        """Return the documents in their order, those that differ from the base last.

        Where two records clash, the finding then falls on the one that came with the change.
        """
        changed = self.base.changed if self.base else frozenset()
        return sorted(documents, key=lambda document: document.path in changed)

    @cached_property
    def changes(self) -> Changes | None:
        """Return what changed since the base, as the authors declare it; None without a base."""
        if self.base is None:
            return None
        from govkit.corpus.changes.compare import changes_between

        differ = self.base.changed
        same = [document for document in self.corpus.documents if document.path not in differ]
        before = corpus_of([*self.base.before.documents, *same])
        return changes_between(before, self.corpus, declared=declarations_of(self.corpus.documents))

    @cached_property
    def adoptions(self) -> Mapping[str, tuple[Adoption, ...]]:
        """Return which words were adopted for each text, in the order of the log."""
        return adoptions_of(self.corpus)

    @cached_property
    def in_doubt(self) -> frozenset[str]:
        """Return the texts whose adoption can't be known while the log does not hold."""
        return in_doubt(self.corpus)

    @cached_property
    def own_rules(self) -> OwnRules | None:
        """Return the charter and the policies through time; None while the coalition is forming."""
        return own_rules(self.corpus)

    @cached_property
    def seals(self) -> LogSeals:
        """Return what the sealed heads of the log show."""
        return seals_of(self.corpus)

    @cached_property
    def undecided_dockets(self) -> tuple[Docket, ...]:
        """Return the dockets of the proposals that no decision has ended.

        Of a decision that only the log has, or only a file, `log-broken` speaks.
        """
        decided = {path for path, kind in valid_entries(self.corpus) if kind == "decision"}
        decided |= {document.path for document in self.corpus.of_kind("decision")}
        return tuple(
            docket
            for docket in self.dockets
            if path_in_proposal(docket.proposal.id, "decision") not in decided
        )

    @cached_property
    def dockets(self) -> tuple[Docket, ...]:
        """Return the dockets of all proposals."""
        documents = self.corpus.of_kind("proposal")
        if not documents:
            return ()
        from govkit.round.docket import docket_of

        found = [docket_of(self.corpus, document.id) for document in documents]
        return tuple(docket for docket in found if docket is not None)

    @cached_property
    def midnight(self) -> datetime.datetime:
        """Return the moment at which today began, in UTC."""
        return datetime.datetime.combine(self.today, datetime.time(), datetime.UTC)

    @cached_property
    def walk(self) -> ScannedCorpus:
        """Return the defined terms and the words of force that stand in the texts."""
        return walk_over(self.corpus, self.walked_before)

    @cached_property
    def id_pattern(self) -> re.Pattern[str] | None:
        """Return what finds an id as a word in a text; None where the charter can't be read."""
        charter = self.corpus.charter
        return mentions(charter) if charter else None

    @cached_property
    def terms_by_form(self) -> dict[str, list[str]]:
        """Return the slugs of the terms in use that are known by some words, in small letters."""
        found: dict[str, list[str]] = {}
        for slug, term in terms_in_use(self.corpus).items():
            for _, form in forms(term):
                found.setdefault(form.casefold(), []).append(slug)
        return found

    @cached_property
    def ids_by_title(self) -> dict[str, list[str]]:
        """Return the ids of the texts that have some title, in small letters."""
        found: dict[str, list[str]] = {}
        for document in self.corpus.of_kind(*TEXT_KINDS):
            found.setdefault(document.title.casefold(), []).append(document.id)
        return found

    def mentions_in(self, document: Document) -> tuple[Mention, ...]:
        """Return what stands in a document and looks like an id; none without a charter to read."""
        return tuple(
            Mention(
                document,
                keys,
                text,
                found.group(),
                found.span(),
                found.group() not in self.ids_somewhere,
            )
            for keys, text, found in self.like_ids(document)
        )

    def like_ids(self, document: Document) -> list[tuple[Keys, str, re.Match[str]]]:
        """Return what looks like an id in a document, with the text around it and its keys."""
        if self.mention_pattern is None:
            return []
        pattern, prefixes = self.mention_pattern
        if not any(prefix in document.words for prefix in prefixes):
            return []
        return self.of_one(_found_in, document, pattern)

    @cached_property
    def mention_pattern(self) -> tuple[re.Pattern[str], list[str]] | None:
        """Return what finds an id in words, and with what one begins; None without a charter."""
        charter = self.corpus.charter
        if charter is None:
            return None
        return mentions(charter, alike=True), [form.prefix for form in self.forms.values()]

    @cached_property
    def ids_somewhere(self) -> frozenset[str]:
        """Return the ids of texts that a record, a proposal, a decision or a file's name has."""
        return frozenset(
            (
                *(id for space, id in self.corpus.by_id if space == id_space("provision")),
                *(id for _, id in self.kept),
                *(id for _, id in self.announced),
                *self.adoptions,
            )
        )


def _found_in(
    document: Document, pattern: re.Pattern[str]
) -> list[tuple[Keys, str, re.Match[str]]]:
    """Return what a pattern finds in the texts of a document, with the keys to each."""
    return [(keys, text, one) for keys, text in document.texts for one in pattern.finditer(text)]


_OF_WORD_PROCESSORS = (".doc", ".docx", ".odt", ".pages", ".rtf")


def id_of_name(path: str) -> str:
    """Return the id that the name of a file speaks of, whatever its ending; a first dot is none."""
    return id_in_name(_stem(path))


def _stem(path: str) -> str:
    return path.rpartition("/")[2].lstrip(".").partition(".")[0]


class Mention(NamedTuple):
    """An id in a text of a document, with the characters it takes there.

    `unknown` says that nothing has this id.
    """

    document: Document
    keys: Keys
    text: str
    id: str
    span: tuple[int, int]
    unknown: bool


def _meant(path: str) -> tuple[str, str]:
    """Return the paths that a file was most likely to have: by its ending, and by its folder."""
    top, _, rest = path.partition("/")
    return as_record(path), f"{folder_meant(top)}/{rest}"
