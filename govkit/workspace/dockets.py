"""The docket of a proposal that a person names."""

from __future__ import annotations

from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.round.docket import Docket, docket_of


def docket_named(corpus: Corpus, proposal: str) -> Docket:
    """Return the docket of a proposal that a person names. Raises `WrongUse` where it is none."""
    docket = docket_of(corpus, proposal)
    if docket is None:
        if corpus.charter is None:
            raise WrongUse("the charter can't be read", "`govkit check` says why.")
        known = sorted(document.id for document in corpus.of_kind("proposal"))
        raise WrongUse(
            f"there is no proposal `{proposal}` that can be read", typed=proposal, known=known
        )
    return docket
