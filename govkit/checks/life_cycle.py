"""Family 8: a text goes from status to status by the table, and is adopted in exact words only."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from govkit.checks.arrangement import IN_A_BOOK
from govkit.checks.changed_ids import texts_with_changed_ids
from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, named_by_its_id, refusal, remark, taken_back
from govkit.consent.adoption import Adoption, lead_from_to
from govkit.corpus.base import key_of
from govkit.corpus.documents import Document
from govkit.corpus.term_words import OUT_OF_USE
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.log.periods import after
from govkit.records.kinds import KINDS, NORMATIVE_KINDS, TEXT_KINDS
from govkit.records.releases import Manifest
from govkit.source.loader import load

WAS_ADOPTED = ("adopted", "deprecated", "superseded")
"""The states of a text whose words were adopted at some time."""

HANDBOOK = "docs/decisions/0011-deciding.md"
TABLE = "govkit/checks/words/life-cycle.yaml"
PROPOSE = (
    "This is a proposal: run `govkit propose open`. It keeps your words, puts the adopted ones "
    "back, and asks the members."
)


class LifeCycleStep(NamedTuple):
    """A step that the table allows. `begin` is None for a text that was not there before."""

    begin: str | None
    end: str
    needs: str


@cache
def steps() -> tuple[LifeCycleStep, ...]:
    """Return the table of steps that a lawyer keeps in `words/life-cycle.yaml`."""
    text = files("govkit.checks").joinpath("words", "life-cycle.yaml").read_text(encoding="utf-8")
    table: Any = load(text)
    return tuple(
        LifeCycleStep(
            None if each["from"] in (None, "null") else each["from"], each["to"], each["needs"]
        )
        for each in table["steps"]
    )


def step_not_allowed(context: Context) -> Findings:
    """A text goes from one status to another only by a step of the table."""
    for old, new in _moved(context):
        begin = old.status if old is not None else None
        if begin == "withdrawn":
            continue  # `id-reissued` says so
        step = next((each for each in steps() if each[:2] == (begin, new.status)), None)
        if step is None:
            ends = [each.end for each in steps() if each.begin == begin]
            yield refusal(
                new,
                f"no step leads from {begin} to {new.status}"
                if begin
                else f"a new text does not begin as {new.status}",
                at("status"),
                expected=" or ".join(ends),
                found=new.status,
                help=f"From {begin or 'nothing'} a text goes to "
                f"{', '.join(ends) or 'no other status: it stays as it is'}.",
                enforces=TABLE,
            )
        elif step.needs == "successor" and getattr(new.record, "superseded_by", "none") is None:
            yield refusal(
                new,
                f"{new.id} is superseded, and nothing says by which text",
                at("status"),
                help="Add `superseded_by:` with the id of the new text.",
                enforces=TABLE,
            )


def _moved(context: Context) -> Iterator[tuple[Document | None, Document]]:
    """Yield each text whose status differs from the base, as it was and as it is."""
    base = context.base
    assert base is not None
    for path in sorted(base.changed):
        new = context.corpus.by_path.get(path)
        if new is None or new.kind not in NORMATIVE_KINDS or new.record is None:
            continue
        old = base.before.find((new.kind,), new.id)
        if old is None or (old.record is not None and old.status != new.status):
            yield old, new


def withdrawn_without_reason(document: Document, _: Context) -> Findings:
    """A withdrawn text says why and when, and no other text does."""
    if document.kind not in NORMATIVE_KINDS:
        return
    tombstone = getattr(document.record, "withdrawn", None)
    if document.status == "withdrawn" and tombstone is None:
        yield refusal(
            document,
            f"{document.id} is withdrawn, and nothing says why",
            at("status"),
            help="Add `withdrawn: {reason: …, on: 2026-03-10}`.",
            enforces=TABLE,
        )
    elif document.status != "withdrawn" and tombstone is not None:
        yield refusal(
            document,
            f"{document.id} says why it was withdrawn, and its status is {document.status}",
            at("withdrawn", key=True),
            expected="status: withdrawn",
            found=document.status,
            enforces=TABLE,
            help="Set `status: withdrawn`, or take the reason out.",
        )


# --- adopted words --------------------------------------------------------------------------------


def adopted_without_decision(context: Context) -> Findings:
    """An adopted text has exactly the words that a decision in the log adopted.

    An entry `taken-over` stands for the decision where a body had texts before its register.
    """
    for finding in undecided(context):
        if finding.id not in context.in_doubt:  # `log-broken` speaks of the decision
            yield finding


def undecided(context: Context) -> Findings:
    """Yield a finding for each adopted text that no decision covers, whether the log holds or not.

    Seen through the records as they stand: a decision that was edited adopts nothing.
    """
    adoptions = context.adoptions
    edited = {document.path for document, _, _ in _edited(context)}
    for document in context.corpus.of_kind(*NORMATIVE_KINDS):
        if document.record is None or document.path in edited:
            continue
        known = adoptions.get(document.id, ())
        if document.status in OUT_OF_USE and known and all(each.after for each in known):
            yield _left_by_hand(document)
        elif document.status in WAS_ADOPTED:
            yield from _uncovered(document, known, context)


def _left_by_hand(document: Document) -> Finding:
    superseded = document.status == "superseded"
    ask = "Only the members can withdraw an adopted text, or let another take its place. "
    becomes = " When they agree, the text becomes `withdrawn`, and says by what it is superseded."
    return refusal(
        document,
        f"{document.id} was adopted, and no decision withdraws it",
        at("status"),
        found=document.status,
        enforces=HANDBOOK,
        help=ask + PROPOSE + (becomes if superseded else ""),
    )


def _uncovered(document: Document, known: tuple[Adoption, ...], context: Context) -> Findings:
    digest = context.corpus.digests.of(document)
    if digest is None or any(each.after == digest for each in known):
        return  # what has no digest has a finding of its own that stops the merge
    if context.corpus.is_forming:
        message = f"{document.id} is called {document.status}, and the coalition is not founded"
        help = "Nothing can be adopted before `govkit found`. Set `status: draft`."
    elif not known:
        message = f"no decision adopted {document.id}"
        help = (
            "Set `status: draft`. Only `govkit decide --apply` makes a text adopted; a body that "
            "adopted it before its register began takes it over: `govkit help take-over`."
        )
    else:
        message = (
            f"the words of {document.id}, or of a term in it, are not those that were adopted "
            f"({known[-1].named})"
        )
        help = PROPOSE
    yield refusal(
        document,
        message,
        at("status"),
        expected=(known[-1].after or "") if known else "",
        found=digest if known else "",
        help=help,
        enforces=HANDBOOK,
    )


def adopted_text_edited(context: Context) -> Findings:
    """The words of an adopted text change only by a decision, in the step that applies it."""
    for document, before, after_ in _edited(context):
        if document.id in context.in_doubt:
            continue  # `log-broken` speaks of the decision
        yield refusal(
            document,
            f"the words of {document.id} are adopted, and they change here without a decision",
            expected=before,
            found=after_,
            help=PROPOSE,
            enforces=HANDBOOK,
        )


def _edited(context: Context) -> Iterator[tuple[Document, str, str]]:
    """Yield each adopted text whose words differ from the base undecided, with both digests."""
    if context.base is None or context.changes is None:
        return
    for change in context.changes.changes:
        old = context.base.before.by_path.get(change.old_path)
        new = context.corpus.by_path.get(change.new_path)
        if old is None or new is None or old.status not in WAS_ADOPTED:
            continue
        if change.before is None or change.after is None or change.before == change.after:
            continue
        if not lead_from_to(context.adoptions.get(change.id, ()), change.before, change.after):
            yield new, change.before, change.after


def decided_not_applied(context: Context) -> Findings:
    """What was decided stands in the texts, whole, within the charter's time (`apply_within`)."""
    newest = [several[-1] for several in context.adoptions.values() if several[-1].by]
    open_ = {each: _stands(each, context) for each in newest}
    for each, stands in open_.items():
        if stands is not False:
            continue
        document = context.corpus.by_path[each.path]
        partly = any(done for other, done in open_.items() if other.by == each.by)
        if context.corpus.find(NORMATIVE_KINDS, each.id) is None:
            yield from _gone(each, context)
            continue
        if partly:
            message = f"{each.by} was applied in part: {each.id} does not have the decided words"
        elif _passed(each, context):
            message = f"{each.by} was decided, and {each.id} does not have the decided words"
        else:
            continue
        yield remark(
            document,
            message,
            at("units", each.position),
            stops="release",
            expected=each.after or "withdrawn",
            help=f"Put the decided words in place: `govkit decide {each.by} --apply`.",
            enforces="charter: apply_within",
        )


def _stands(each: Adoption, context: Context) -> bool | None:
    """Say whether decided words are in place; None where another rule speaks of the text."""
    text = context.corpus.find(NORMATIVE_KINDS, each.id)
    if text is not None and _is_put_back(text, context):
        return None  # `adopted-text-removed` says so
    if each.after is None:
        return text is None or text.status == "withdrawn"
    if text is None or text.record is None:
        return None if text is not None else False
    digest = context.corpus.digests.of(text)
    if digest is None:
        return None  # what has no digest has a finding of its own that stops the merge
    if digest == each.after and text.status not in ("draft", "trial"):
        return True
    known = context.adoptions[each.id]
    undecided = text.status in WAS_ADOPTED and all(one.after != digest for one in known)
    return None if undecided and each.before != digest else False


def _passed(each: Adoption, context: Context) -> bool:
    charter = context.corpus.charter
    if charter is None or each.decided is None:
        return False
    end = after(each.decided, charter.apply_within, charter.calendar.quiet)
    return end <= context.midnight


# --- what is adopted leaves by a decision alone ---------------------------------------------------

_NO_LONGER_ADOPTED = ("draft", "trial")


def adopted_text_removed(context: Context) -> Findings:
    """An adopted text stays, adopted and in a book, until a decision withdraws it."""
    corpus = context.corpus
    for known in context.adoptions.values():
        newest = known[-1]
        text = corpus.find(NORMATIVE_KINDS, newest.id)
        if newest.after is None:
            continue
        if text is None and not newest.by:
            yield from _gone(newest, context)
        elif text is not None and _is_put_back(text, context):
            yield refusal(
                text,
                f"{text.id} was adopted ({newest.named}), and is called {text.status} here",
                at("status"),
                expected="adopted",
                found=text.status,
                enforces=HANDBOOK,
                help="Set `status: adopted` again, with the adopted words. " + _ONLY_BY_DECISION,
            )
    for document in corpus.of_kind(*TEXT_KINDS) if "instrument" not in context.unread else ():
        if document.status in IN_A_BOOK and stands_in_no_book(document, corpus):
            yield refusal(
                document,
                f"{document.id} is {document.status}, and no book holds it any more",
                at("id"),
                found=document.id,
                enforces=HANDBOOK,
                help="Put its id back into `parts` in the instrument.yaml of its book. "
                + _ONLY_BY_DECISION,
            )


_ONLY_BY_DECISION = (
    "What is adopted leaves by a decision alone: to withdraw it, write `status: withdrawn` and "
    "`withdrawn: {reason: …, on: …}` in its file, and run `govkit propose open`."
)


def _gone(adoption: Adoption, context: Context) -> Findings:
    """Yield the finding about an adopted text that no file has, at what adopted it."""
    if context.has_text_announced(adoption.id):
        return  # the file is there, and has an error of its own
    if adoption.id in context.once(texts_with_changed_ids):
        return  # `changed-id` says so
    taken_over = () if adoption.by else ("taken_over",)
    yield refusal(
        context.corpus.by_path[adoption.path],
        f"{adoption.id} was adopted ({adoption.named}), and no file has it",
        at(*taken_over, "units", adoption.position),
        found=adoption.id,
        expected=adoption.after or "",
        enforces=HANDBOOK,
        help=context.saved_otherwise(adoption.id)
        or f"{_put_back(adoption.id, context)} {_ONLY_BY_DECISION}",
    )


def _put_back(id: str, context: Context) -> str:
    """Return how the file of a text that is gone is put back, in words to be done literally."""
    base = context.base
    old = base.before.find(NORMATIVE_KINDS, id) if base is not None else None
    if base is not None and old is not None:
        from_base = f"git restore --source={base.commit[:12]} -- {shlex.quote(old.path)}"
        return f"Put its file back: `{from_base}`. Commit it."
    return f"Put its file back: {taken_back(_place(id, context))}"


def _place(id: str, context: Context) -> str:
    """Return where git finds the file of an id, whatever stands behind the id in its name."""
    charter = context.corpus.charter
    if charter is not None and id in charter.instruments:
        return f"{charter.instruments[id]}/instrument.yaml"
    kind = next((form.kind for form in context.forms.values() if form.match(id)), "term")
    folder = KINDS[kind].folder
    return f"{folder}/{id}.yaml" if kind == "term" else f"'{folder}/*{id}*'"


def _is_put_back(text: Document, context: Context) -> bool:
    """Say whether a text that was adopted before is called a draft again.

    One that was decided for the first time may still wait for its words to be put in place. It
    does not where it was adopted in the base, or released, or where it has the decided words and
    another text of the decision is adopted: `govkit decide --apply` writes all of them at once.
    """
    known = context.adoptions.get(text.id, ())
    if text.status not in _NO_LONGER_ADOPTED or not known or known[-1].after is None:
        return False
    newest = known[-1]
    if not newest.by or newest.before is not None or len(known) > 1:
        return True
    old = context.base.before.find(NORMATIVE_KINDS, text.id) if context.base is not None else None
    if (old is not None and old.status in WAS_ADOPTED) or _is_released(newest, context):
        return True
    return context.corpus.digests.of(text) == newest.after and _is_in_place_elsewhere(
        newest, context
    )


def _is_released(adoption: Adoption, context: Context) -> bool:
    """Say whether a release holds adopted words, as adopted by what adopted them."""
    return any(
        (unit.id, unit.adopted_by) == (adoption.id, adoption.path)
        for document in context.corpus.of_kind("manifest")
        if isinstance(document.record, Manifest)
        for unit in document.record.units
    )


def _is_in_place_elsewhere(adoption: Adoption, context: Context) -> bool:
    """Say whether other words of the same decision stand in an adopted text."""
    corpus = context.corpus
    for newest in (known[-1] for known in context.adoptions.values()):
        if newest.by == adoption.by and newest.after is not None:
            text = corpus.find(NORMATIVE_KINDS, newest.id)
            if text is not None and text.status in WAS_ADOPTED:
                return corpus.digests.of(text) == newest.after
    return False


def stands_in_no_book(text: Document, corpus: Corpus) -> bool:
    """Say whether a text that can be read is named by no book."""
    if text.record is None or not named_by_its_id(text):
        return False  # which id is meant is not known
    links = corpus.back_links.get(key_of(text), ())
    return all(link.role != "item" for _, link in links)


def review_due(document: Document, context: Context) -> Findings:
    """A text in use is looked at again by the day that it names (`review_by`)."""
    day = getattr(document.record, "review_by", None)
    if day is not None and day < context.today and document.status not in OUT_OF_USE:
        yield remark(
            document,
            f"{document.id} was to be looked at again by {day}",
            at("review_by"),
            stops="release",
            found=str(day),
            help="Look at the text again, and set a new day. If it has to change, propose it.",
        )
