"""Taking over: the texts that a body adopted before its register began, with what shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govkit.consent.adoption import Adoption, adoptions_of
from govkit.corpus.documents import Document
from govkit.corpus.text_digests import terms_used
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.log.amendments import OF_ACTS
from govkit.log.coordinators import founded_rules
from govkit.log.signed_statements import root_fingerprint, taken_over_statement
from govkit.procedures.coalition.amendment import proposals_open_at, require_agreed
from govkit.procedures.log.filing import Filing, with_values
from govkit.procedures.log.signatures import SigningKey, founding_of, member_signature, require_key
from govkit.records.decisions import Decision
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.log import AdoptedUnit, TakenOver
from govkit.records.proposals import Revision
from govkit.workspace import Workspace

_STATES = ("draft", "trial", "adopted")


class EarlierAdoption(NamedTuple):
    """What a body says about its past: where and when it adopted, what shows it, who agrees."""

    adopted_at: str
    adopted_on: datetime.date
    evidence: str
    by: tuple[str, ...]


class EarlierAdoptionFiles(NamedTuple):
    """What is to be filed: the texts with their new status, and the entry of the log."""

    filings: tuple[Filing, ...]
    entry: TakenOver
    statement: str
    resting: tuple[str, ...]
    """Terms that the texts use and that nobody adopted: editing one would change the texts."""


def prepare_earlier_adoptions(
    workspace: Workspace, ids: Sequence[str], past: EarlierAdoption, now: datetime.datetime
) -> EarlierAdoptionFiles:
    """Return what takes texts over as they stand in the folder, to be filed.

    It stands for the decision of each text, once, before its first one. Raises `WrongUse` where
    something stands against it.
    """
    corpus = workspace.corpus
    require_agreed(workspace, founded_rules(corpus).now, past.by)
    if past.adopted_on > now.date():
        raise WrongUse(
            f"{past.adopted_on} has not come yet",
            "Say when the body adopted the texts. What is to be adopted is proposed: "
            "`govkit propose open`.",
        )
    texts = [_text(corpus, id) for id in dict.fromkeys(ids)]
    known, opened = adoptions_of(corpus), proposals_open_at(workspace, now)
    for text in texts:
        _require_first(corpus, text, known.get(text.id, ()), opened)
    units = tuple(AdoptedUnit(id=text.id, digest=_digest(corpus, text)) for text in texts)
    entry = TakenOver(
        units=units,
        adopted_at=past.adopted_at,
        adopted_on=past.adopted_on,
        evidence=past.evidence,
        by=past.by,
    )
    adopted = {*known, *(text.id for text in texts)}
    return EarlierAdoptionFiles(
        tuple(_filings(workspace, texts)),
        entry,
        taken_over_statement(entry, root_fingerprint(founding_of(workspace))),
        tuple(_drafts(corpus, texts, adopted)),
    )


def sign_earlier_adoptions(
    workspace: Workspace,
    found: EarlierAdoptionFiles,
    keys: Sequence[SigningKey],
    signatures: Sequence[str],
    now: datetime.datetime,
) -> TakenOver:
    """Return what is taken over with the signatures of all whom it names.

    `keys` are private keys of theirs, `signatures` what ssh-keygen wrote elsewhere. Raises
    `WrongUse` where somebody has not signed: what was said of the past counts whole, or not at all.
    """
    held = {id: require_key(workspace, id, now) for id in found.entry.by}
    data = found.statement.encode()
    made = [key.signature(data, OF_ACTS) for key in keys]
    seals = [member_signature(each, data, held) for each in (*made, *signatures)]
    signed = {seal.by for seal in seals}
    missing = [id for id in found.entry.by if id not in signed]
    if missing:
        raise WrongUse(
            f"not signed yet by {', '.join(missing)}, and whoever is named signs first",
            "`--statement` prints the words, and writes nothing. Each signs them, as a file: "
            f"`ssh-keygen -Y sign -n {OF_ACTS} -f KEY FILE`. Then give what that wrote with "
            "--signature, and your own key with --sign. Nothing was changed.",
        )
    return found.entry.model_copy(update={"signatures": tuple(seals)})


def _text(corpus: Corpus, id: str) -> Document:
    document = corpus.find(NORMATIVE_KINDS, id)
    if document is None:
        known = [each.id for each in corpus.of_kind(*NORMATIVE_KINDS)]
        raise WrongUse(
            f"there is no text `{id}`",
            typed=id,
            known=known,
            otherwise="`govkit list` shows all texts.",
        )
    if document.status not in _STATES:
        raise WrongUse(
            f"{document.path} is {document.status or 'not readable'}",
            "Only a text in use is taken over. `govkit check` says more.",
        )
    return document


def _require_first(
    corpus: Corpus, text: Document, known: Sequence[Adoption], opened: Sequence[str]
) -> None:
    if known:
        how = f"by decision {known[0].by}" if known[0].by else "already, before this register began"
        raise WrongUse(
            f"{text.id} was adopted {how}",
            "A text is taken over once, before its first decision. To change it, propose it: "
            "`govkit propose open`.",
        )
    # Else a few coordinators could turn a proposal that fails into a past that never was
    # (decision 27).
    for proposal in _about(corpus, text.id, opened):
        raise WrongUse(
            f"{text.id} is part of the proposal {proposal}",
            f"What was proposed here is decided here. Withdraw it first: `govkit propose withdraw "
            f"{proposal} --reason WORDS`.",
        )


def _about(corpus: Corpus, id: str, opened: Sequence[str]) -> Iterator[str]:
    """Yield the proposals, open or decided, that a text is part of."""
    for document in corpus.of_kind("revision", "decision"):
        proposal = document.id.split("/")[0]
        record = document.record
        of_open = isinstance(record, Revision) and proposal in opened
        if (of_open or isinstance(record, Decision)) and any(u.id == id for u in record.units):  # type: ignore[union-attr]
            yield proposal


def _digest(corpus: Corpus, text: Document) -> str:
    digest = corpus.digests.of(text)
    if digest is None or any(fault.stops == "merge" for fault in text.faults):
        raise WrongUse(f"the words of {text.id} can't be read whole", "`govkit check` says why.")
    return digest


def _filings(workspace: Workspace, texts: Sequence[Document]) -> Iterator[Filing]:
    for text in texts:
        was = workspace.files[text.path]
        if text.status != "adopted":
            yield Filing(
                text.path, with_values(text.path, was, {"status": "adopted"}), None, was=was
            )


def _drafts(corpus: Corpus, texts: Sequence[Document], adopted: set[str]) -> Iterator[str]:
    used = {term for text in texts for term in terms_used(text)}
    yield from sorted(used - adopted)
