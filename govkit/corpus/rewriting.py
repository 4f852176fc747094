"""The last question before a file is rewritten: does it still say what was consented to?

`source.writing` keeps data and comments; here the digest is compared, which only the corpus knows.
"""

from __future__ import annotations

from typing import Any

from govkit.corpus.documents import Document, document_of
from govkit.corpus.text_digests import digest_of, terms_used, unit
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.source.reading import read_record
from govkit.source.writing import FormattedFile, NotFormatted, formatted


def safely_formatted(path: str, kind: str, data: bytes) -> FormattedFile:
    """Return a record in the common form, with the digest that it had.

    Raises `NotFormatted` where the file can't be read or kept whole, or its digest would move.
    """
    done = formatted(path, kind, data)
    if done.data == data:
        return done
    before = own_digest(_document(path, kind, data))
    if before is not None and own_digest(_document(path, kind, done.data)) != before:
        raise NotFormatted(
            "the digest of this text would change, and with it what was consented to",
            "Keep the text as it is, or mend it by hand as a change of words.",
        )
    return done


def own_digest(document: Document) -> str | None:
    """Return a digest of the words of one unit alone, whatever its terms say; None without words.

    It tells two writings of one record apart. It is not the digest that consent is bound to.
    """
    if document.kind not in NORMATIVE_KINDS or document.record is None:
        return None
    if any(said.wording.flaws for said in document.said):
        return None
    terms: dict[str, Any] = dict.fromkeys(sorted(terms_used(document)), "")
    return digest_of(unit(document, terms))


def _document(path: str, kind: str, data: bytes) -> Document:
    record, faults = read_record(path, kind, data)
    return document_of(path, kind, record, faults)
