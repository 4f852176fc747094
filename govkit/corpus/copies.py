"""The texts that belong to a proposal: which kind of text each is, and the digest that proves it.

A proposal keeps the whole text of every unit, before and after, so that it survives whatever
happens to branches and commits. Such a copy lies below `governance/`, where the place gives no kind
of text; its id and the charter do.
"""

from __future__ import annotations

import re
from typing import Literal

from govkit.corpus.documents import Document, document_of
from govkit.corpus.ids import INSTRUMENT, id_forms
from govkit.corpus.text_digests import digest_of, terms_used, unit
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.patterns import lazy_regex
from govkit.records.governance import Charter
from govkit.records.kinds import NORMATIVE_KINDS, path_in_proposal, slug_of_path
from govkit.records.proposals import Revision
from govkit.source.reading import kind_in_first_line, read_record

Side = Literal["before", "after"]

_OF_POLICY = lazy_regex(r"^governance/proposals/[^/]+/policies/[^/]+$")
_TERM_KEY = lazy_regex(rb"^term[ ]*:", re.MULTILINE)


def read_copy(path: str, data: bytes, charter: Charter | None) -> Document:
    """Return the text at the path of a copy, read as the kind of text that it is."""
    kind = kind_of_copy(path, data, charter)
    if kind is None:
        fault = Finding(
            "misplaced-file",
            "nothing says which kind of text this copy is",
            path,
            stops="merge",
            help="Its name has to be the id of a text, as the charter forms ids, or the name of "
            "a term. `govkit propose open` writes these files; put back what it wrote.",
        )
        return document_of(path, None, None, (fault,))
    record, faults = read_record(path, kind, data)
    return document_of(path, kind, record, faults)


def kind_of_copy(path: str, data: bytes, charter: Charter | None) -> str | None:
    """Return the kind of text that a copy is, or None where nothing says it.

    A term says so by its key `term`, which no other text has. Of the others, the form of the id
    decides; where the charter can't be read, or gives the form to several kinds, the first line of
    the file. A wrong answer can't pass: the kind is part of the digest that proves the copy.
    """
    id = slug_of_path(path)
    if _OF_POLICY.search(path):
        return "policy"
    if INSTRUMENT.fullmatch(id):
        return "instrument"
    if _TERM_KEY.search(data):
        return "term"
    forms = id_forms(charter) if charter else {}
    fitting = [kind for kind, form in forms.items() if form.match(id)]
    if len(fitting) == 1:
        return fitting[0]
    named = kind_in_first_line(data)
    return named if named in (fitting or NORMATIVE_KINDS) else None


def copy_of(corpus: Corpus, revision: str, side: str, id: str) -> Document | None:
    """Return the copy of a unit, or None where there is none.

    `revision` is the id of the revision, as 2026-003/rev-2; `side` is before, after, or
    alongside/ and the id of the other proposal.
    """
    return corpus.copies_by_path.get(path_in_proposal(revision, f"{side}/{id}"))


def policy_copy_path(proposal: str, name: str) -> str:
    """Return the place where a proposal keeps a policy by which it is decided."""
    return path_in_proposal(proposal, f"policies/{name}")


def digest_of_copy(copy: Document, revision: Revision, side: Side) -> str | None:
    """Return the digest of a copy by what the revision itself says, or None where it has none.

    The digests of the terms that the text uses are those of the revision: of its own units, or of
    the terms that it rests on. So the answer stays the same when terms change later.
    """
    if copy.record is None or any(said.wording.flaws for said in copy.said):
        return None
    states = {slug: getattr(state, side) for slug, state in revision.terms.items()}
    # A term that is proposed for the first time has no words before, as a unit; a text that was
    # adopted while it rested on the draft of that term has its digest from `terms`.
    states |= {each.id: digest for each in revision.units if (digest := getattr(each, side))}
    terms = {slug: states.get(slug) for slug in terms_used(copy)}
    return None if None in terms.values() else digest_of(unit(copy, terms))
