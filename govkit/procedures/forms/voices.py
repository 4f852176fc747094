"""A comment or a position that was sent as a form: a submission, which a coordinator takes in.

It is bound to the account that sent it and to the exact words of a revision. Whatever is in doubt
is asked back, and never guessed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from govkit.consultation.consultation import Consultation, consultation_of
from govkit.consultation.drafting import CommentInput, draft_comment
from govkit.consultation.sanitising import sanitise, sanitise_line
from govkit.correspondence.ballots import BallotRevision, forms_of
from govkit.errors import WrongUse
from govkit.procedures.comments.filing import require_not_over
from govkit.procedures.forms.changes import text_named, words_for_text
from govkit.procedures.forms.received import FormOutcome, ReceivedForm
from govkit.procedures.proposals.positions import (
    PositionInput,
    prepare_position,
    require_said_before,
    said_within_a_day,
)
from govkit.records.comments import Arrival, Author, Submission
from govkit.records.enumerations import SAYS, Stance
from govkit.records.forms import STANCE_CHOICES
from govkit.records.kinds import folder_of_proposal
from govkit.round.docket import docket_of
from govkit.round.rounds import Round
from govkit.round.states import OPEN_FOR_POSITIONS, state_of
from govkit.source.record_bytes import record_bytes

_PROPOSAL = re.compile(r"(?<![\w-])([0-9]{4}-[0-9]{3,})(?![\w-])")
_REVISION = re.compile(r"(?i)(?<![\w-])(?:r|rev\.?|revision)\s*([1-9][0-9]{0,3})(?![\w-])")
_CODE = re.compile(r"(?<![\w-])([a-z0-9]{4}-[a-z0-9]{4})(?![\w-])")
_LINE = re.compile(
    r"\s*(?:[-*]\s+)?(?P<id>[A-Za-z0-9.-]{1,60})\s*(?P<clause>\([^()]{1,12}\))?\s*:\s*"
    r"(?P<rest>.+)"
)
_BY_WORD: dict[str, Stance] = {
    "consent": "consent",
    "consent with reservation": "consent-with-reservation",
    "consent with a reservation": "consent-with-reservation",
    "stand aside": "stand-aside",
    "object": "object",
    "abstain": "abstain",
    "withdraw": "withdraw",
}
_NOTHING = "Nothing was recorded."


def _in_submission(form: ReceivedForm, proposal: str, **record: Any) -> tuple[str, bytes]:
    """Return a submission and its place, which follows from all that it says."""
    sender = form.require_sender()
    arrival = Arrival(
        kind="form", host=sender.host, account=sender.account, event=sender.event, at=sender.at
    )
    said = Submission(arrival=arrival, **record)
    folder = f"{folder_of_proposal(proposal)}submissions"
    digest = sha256(record_bytes("submission", said, f"{folder}/x.yaml")).hexdigest()
    path = f"{folder}/{digest[:8]}.yaml"
    if path in form.workspace.files:
        raise WrongUse("this is there already, and waits to be taken in", "Nothing is to be done.")
    return path, record_bytes("submission", said, path)


# --- comments -------------------------------------------------------------------------------------


def comment_of(form: ReceivedForm) -> FormOutcome:
    """Return the comment as a submission. Raises `WrongUse` with what is missing."""
    sender = form.require_sender()
    unit, clause = "", ""
    named = words_for_text(form)
    if named:
        document, clause = text_named_anywhere(form, named)
        unit = document
    consultation = _consultation(form, unit)
    id = consultation.proposal.id
    require_not_over(consultation, sender.at, sender.at)
    opened = consultation.revisions[-1].opened
    if sender.at < opened:
        raise WrongUse(
            f"the words of {id} changed after you wrote: revision {consultation.number} is open",
            "Look at the words as they are now, and send the comment once more.",
        )
    given = CommentInput(
        author=_author(form),
        comment=form.value("comment"),
        source="form",
        unit=unit or None,
        clause=clause or None,
        quote=form.value("quote") or None,
        type="substantive" if form.value("proposed") else "general",
        proposed_text=form.value("proposed") or None,
    )
    draft = draft_comment(consultation, given)
    path, data = _in_submission(form, id, comment=draft.comment)
    told = [f"{_upper(each)}." for each in draft.remarks]
    if consultation.is_late(consultation.number, sender.at):
        told.append("The time for comments is over. It is kept as late, and answered all the same.")
    about = unit + (f" ({clause})" if unit and clause else "") if unit else "the whole proposal"
    return FormOutcome(
        {path: data},
        f"Bring in a comment of {sender.account} on {about}, {id}",
        (f"A comment on {about}, proposal {id}, revision {consultation.number}.", *told),
        ("govkit intake",),
    )


def text_named_anywhere(form: ReceivedForm, words: str) -> tuple[str, str]:
    """Return the id of a text that is there or that a proposal brings, and the clause."""
    try:
        document, clause = text_named(form.workspace, words)
    except WrongUse:
        word = words.split("(")[0].strip().casefold()
        for each in forms_of(form.workspace.corpus).values():
            for id in each.ids:
                if each.current and id.casefold() == word:
                    found = re.search(r"\(([^()\s]{1,12})\)", words)
                    return id, found[1] if found else ""
        raise
    return document.id, clause


def _consultation(form: ReceivedForm, unit: str) -> Consultation:
    corpus = form.workspace.corpus
    known = {each.proposal: each for each in forms_of(corpus).values() if each.current}
    named = form.value("proposal")
    if named:
        return consultation_of(corpus, _revision_named(form, named, exactly=False).proposal)
    open_ = [id for id in known if _is_open(form, id)]
    fit = [id for id in open_ if not unit or unit in known[id].ids]
    if len(fit) == 1:
        return consultation_of(corpus, fit[0])
    if fit:
        raise WrongUse(
            f"{len(fit)} proposals are open about that: {', '.join(fit)}",
            "Write which one you mean.",
        )
    about = f"about {unit} " if unit else ""
    others = f"Open now: {', '.join(open_)}. " if open_ else ""
    raise WrongUse(
        f"no proposal {about}is open now, so there is nothing that a comment could be filed to",
        f"{others}The coordinators read your words on this page all the same. If you would have "
        "other words, use the form `Propose a change`.",
    )


def _is_open(form: ReceivedForm, id: str) -> bool:
    docket = docket_of(form.workspace.corpus, id)
    return docket is not None and state_of(docket, form.at).name in OPEN_FOR_POSITIONS


_ONESELF = ("", "me", "myself", "for me", "for myself", "i")


def _author(form: ReceivedForm) -> Author:
    """Return who comments: the member of the account, else the account under its own name."""
    named = sanitise_line(form.value("speaks_for"))
    member = form.member_named(named) if named else None
    if member is not None:
        if member in form.own:
            return Author(member=member)
        speakers = [id for id, each in form.own.items() if each.represents == member]
        if speakers:
            return Author(member=speakers[0])
        raise _other_member(form, member)
    if len(form.own) == 1 and named.casefold() in _ONESELF:
        return Author(member=next(iter(form.own)))
    affiliation = None if named.casefold() in _ONESELF else named
    return Author(name=form.require_sender().account, affiliation=affiliation)


def _other_member(form: ReceivedForm, member: str) -> WrongUse:
    account = form.require_sender().account
    return WrongUse(
        f"the account {account} is not enrolled for {member}, so it does not speak for it",
        f"Use the account of {member}, or speak for yourself. A coordinator enrols accounts, at "
        f"the wish of the member. {_NOTHING}",
    )


# --- positions ------------------------------------------------------------------------------------


def position_of(form: ReceivedForm) -> FormOutcome:
    """Return the positions as submissions. Raises `WrongUse` with what is missing."""
    sender = form.require_sender()
    asked = _revision_named(form, form.value("proposal"), exactly=True)
    _require_open(form, asked)
    speaker = _speaker(form)
    member = form.members[speaker].represents or speaker
    given = [*_positions(form, asked)]
    files: dict[str, bytes] = {}
    told = []
    for stance, texts, reason in given:
        said = PositionInput(
            member=member,
            proposal=asked.proposal,
            stance=stance,
            units=texts,
            revision=asked.revision,
            reason=sanitise(reason).text or None,
            cast_by=speaker,
        )
        _require_whole(form, said)
        position = prepare_position(form.workspace, said).position
        known = said_within_a_day(form.workspace, asked.proposal, position, sender.at)
        if known:
            raise WrongUse(
                f"just this was recorded within the last day: {known}", "Nothing is to be done."
            )
        path, data = _in_submission(form, asked.proposal, position=position)
        files[path] = data
        told.append(f"{member} {SAYS[stance]}: {', '.join(position.texts)}.")
        if stance == "object" and position.reason is None:
            told.append("Without a reason, an objection stops blocking after a time: give one.")
    return FormOutcome(
        files,
        f"Bring in a position of {member} on {asked.proposal}, revision {asked.revision}",
        tuple(told),
        ("govkit intake",),
    )


def _require_whole(form: ReceivedForm, said: PositionInput) -> None:
    """Raise `WrongUse`, in words of the form, where a position lacks what it rests on."""
    if said.stance == "consent-with-reservation" and not said.reason:
        raise WrongUse(
            "a reservation needs words: what is reserved", f"Write them as your reason. {_NOTHING}"
        )
    if said.stance == "withdraw":
        try:
            require_said_before(form.workspace, said.proposal, said.member, said.units)
        except WrongUse as cause:
            raise WrongUse(cause.message, _NOTHING) from None


def _revision_named(form: ReceivedForm, words: str, *, exactly: bool) -> BallotRevision:
    """Return the revision that words name, which has to be the current one. Raises `WrongUse`."""
    by_code = forms_of(form.workspace.corpus)
    ids, codes = set(_PROPOSAL.findall(words)), set(_CODE.findall(words)) & set(by_code)
    numbers = set(_REVISION.findall(words))
    named = [by_code[code] for code in codes] or [
        each
        for each in by_code.values()
        if each.proposal in ids and each.revision == int(next(iter(numbers), each.revision))
    ]
    fit = [
        each
        for each in named
        if ids <= {each.proposal} and numbers <= {str(each.revision)} and len(codes) <= 1
    ]
    current = [each for each in by_code.values() if each.current]
    newest = next((each for each in current if each.proposal in ids), None)
    if not fit or len(numbers) > 1 or len(ids) > 1:
        raise WrongUse(
            f"`{words}` names no proposal that is here",
            "Write it as in the call, as 2026-003 revision 2."
            + (f" Here are: {', '.join(each.proposal for each in current)}." if current else ""),
            typed=next(iter(ids), words),
            known=[each.proposal for each in current],
        )
    if exactly and not codes and not numbers and newest is not None:
        raise WrongUse(
            f"`{words}` does not say which revision of the words you have read",
            f"The current one is {newest.proposal} revision {newest.revision}. Read it, and write "
            "that.",
        )
    found = next((each for each in fit if each.current), fit[0])
    if exactly and not found.current:
        raise WrongUse(
            f"revision {found.revision} of {found.proposal} is not the current one: its words have "
            "changed",
            "Read the words as they are now, and send the form once more with the new number.",
        )
    return found


def _require_open(form: ReceivedForm, asked: BallotRevision) -> None:
    """Raise `WrongUse` where a position comes too late, or before its words were open."""
    docket = docket_of(form.workspace.corpus, asked.proposal)
    if docket is None or docket.revision is None:
        raise WrongUse(f"{asked.proposal} is not open", _NOTHING)
    if form.at < docket.revision.opened:
        raise WrongUse(
            "this was sent before these words were open",
            f"Read the words as they are now, and send the form once more. {_NOTHING}",
        )
    closes = Round(docket, form.at).dates.closes
    if closes is not None and form.at >= closes:
        raise WrongUse(
            f"the time for positions on {asked.proposal} ended on {_day(closes)}, and this came on "
            f"{_day(form.at)}",
            f"It is too late to count. A coordinator can write down what came late. {_NOTHING}",
        )
    state = state_of(docket, form.at)
    if state.name not in OPEN_FOR_POSITIONS:
        raise WrongUse(
            f"{asked.proposal} takes no positions any more: it is {state.name}", _NOTHING
        )


def _day(at: datetime.datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def _speaker(form: ReceivedForm) -> str:
    """Return the member who speaks by the account. Raises `WrongUse` where nobody could tell."""
    own, account = form.own, form.require_sender().account
    named = form.value("speaks_for")
    wanted = form.member_named(named) if named else None
    if named and wanted is None and named.casefold() not in _ONESELF:
        raise WrongUse(
            f"there is no member `{' '.join(named.split())}`",
            "Write the id of your member, or leave it empty.",
            typed=named,
            known=[*form.members],
        )
    if wanted is not None:
        fit = [id for id, each in own.items() if wanted in (id, each.represents)]
        if not fit:
            raise _other_member(form, wanted)
        own = {id: own[id] for id in fit}
    if not own:
        raise WrongUse(
            f"the account {account} is not enrolled for any member, so nobody could say whose "
            "position this is",
            "Answer the call by mail, or ask a coordinator to enrol your account. Anybody can "
            f"comment. {_NOTHING}",
        )
    if len(own) > 1:
        raise WrongUse(
            f"the account {account} is enrolled for several members: {', '.join(sorted(own))}",
            "Write for whom you speak.",
        )
    return next(iter(own))


def _positions(
    form: ReceivedForm, asked: BallotRevision
) -> Iterator[tuple[Stance, tuple[str, ...], str]]:
    """Yield each stance with its texts and reason: the one for all, and others for single texts."""
    others = {}
    for line in filter(str.strip, form.value("others").split("\n")):
        id, stance, reason = _single(line, asked)
        if id in others:
            raise WrongUse(f"{id} has two positions", "Write one line for each text.")
        others[id] = (stance, reason)
    named = [*_chosen(form, asked), *_texts(form.value("texts"), asked)]
    texts = tuple(dict.fromkeys(named)) or asked.ids
    rest = tuple(id for id in texts if id not in others)
    stance = STANCE_CHOICES[form.value("stance")]
    if rest:
        yield stance, rest, form.value("reason")
    for id, (other, reason) in others.items():
        yield other, (id,), reason


def _chosen(form: ReceivedForm, asked: BallotRevision) -> Iterator[str]:
    """Yield the texts that were chosen from the list, where several stand in one line."""
    field = next(each for each in form.filled.form.fields if each.name == "chosen")
    options = re.split(r", (?=[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?::|,|$))", form.value("chosen"))
    ids = [each.partition(":")[0].strip() for each in options if each]
    if ids and options[0] == field.none_of_list:
        raise WrongUse(
            "you chose all texts of the proposal, and single ones beside",
            "Choose either. What you say otherwise to a single text is a line of its own below.",
        )
    for id in ids:
        yield _known(id, asked)


def _texts(words: str, asked: BallotRevision) -> Iterator[str]:
    if words.strip().casefold() in ("all", "all of them", "all texts", "everything"):
        return
    for word in filter(None, re.split(r"[\s,;]+", words)):
        yield _known(word.strip("-*"), asked) if word.strip("-*") else ""


def _known(word: str, asked: BallotRevision) -> str:
    if "(" in word:
        raise WrongUse(
            f"a position is given to a whole text, and `{word}` is a clause",
            "Name the text, and say in your reason which clause you mean.",
        )
    found = next((id for id in asked.ids if id.casefold() == word.casefold()), None)
    if found is None:
        raise WrongUse(
            f"revision {asked.revision} of {asked.proposal} has no text `{word}`",
            f"It has: {', '.join(asked.ids)}.",
            typed=word,
            known=asked.ids,
        )
    return found


def _single(line: str, asked: BallotRevision) -> tuple[str, Stance, str]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise WrongUse(
            f"`{line.strip()[:80]}` gives no position to a single text",
            f"Write a line for each, as: {asked.ids[0]}: object: the reason",
        )
    id = _known(found["id"] + (found["clause"] or ""), asked)
    word, _, reason = found["rest"].partition(":")
    stance = _BY_WORD.get(" ".join(word.split()).casefold().replace("-", " "))
    if stance is None:
        raise WrongUse(
            f"`{' '.join(word.split())[:80]}` is no position",
            f"Write one of: {', '.join(_BY_WORD)}.",
        )
    return id, stance, reason


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
