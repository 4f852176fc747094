"""The page on which coordinators take in ballots and other mails that came back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from flask import Flask, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from govkit.desk.folder import Desk
from govkit.desk.plain_words import sentence, without_git
from govkit.errors import WrongUse
from govkit.log.coordinators import coordinators_of, require_coordinator
from govkit.procedures.log.filing import Stamp
from govkit.procedures.log.register import member_of_clone, open_register, require_come
from govkit.procedures.proposals.mail_pile import Decided, choices_for
from govkit.procedures.proposals.mail_signatures import keys_of
from govkit.procedures.proposals.mail_sitting import ArrivedMail, MailSitting
from govkit.procedures.proposals.mail_tasks import mails_of_clone
from govkit.procedures.proposals.mail_words import (
    ProofLine,
    becomes,
    beginning_of_own,
    other_address,
    proof_of,
)
from govkit.source.nearest import advice
from govkit.workspace import Workspace

_MOST_ROWS = 40
"""Mails that are shown at once."""
_HOW = "under “How they came”"
_CHOICES = {
    "take": "take it in",
    "ask": "ask back",
    "keep": "keep its words, as a comment",
    "note": "note it",
    "away": "put it away",
}


class Row(NamedTuple):
    """A mail of the table: whose it is, what it would become, and what is known of that."""

    digest: str
    seen: str
    who: str
    about: str
    name: str
    becomes: tuple[tuple[str, str], ...]
    certain: tuple[str, ...]
    doubts: tuple[str, ...]
    own: str
    choices: tuple[tuple[str, str], ...]
    told: str


def add_to(app: Flask, desk: Desk) -> None:
    """Give the page its addresses; only one of them takes files."""
    app.add_url_rule("/ballots", "ballots", lambda: _page(desk))
    for address, name, act in (
        ("/ballots/bring", "bring_mails", _bring),
        ("/ballots/read", "read_mails", _read_folder),
        ("/ballots", "take_mails", _decide),
    ):
        app.add_url_rule(address, name, _guarded(desk, act), methods=["POST"])


def _guarded(desk: Desk, act: Callable[[Desk], None]) -> Callable[[], Response]:
    """Return a view that does something, and shows the page again; where it can't, with why."""

    def view() -> Response:
        try:
            act(desk)
        except WrongUse as wrong:
            return make_response(_page(desk, sentence(wrong)), 422)
        return redirect(url_for("ballots"), 303)

    return view


def _sitting(desk: Desk, workspace: Workspace, by: str) -> MailSitting:
    now, pile = desk.folder.now(), desk.mails
    return MailSitting(workspace, by, Stamp(now, now), received=pile.received, keys=pile.keys)


def _looking(desk: Desk) -> MailSitting:
    """Return a sitting at which nothing is filed."""
    workspace = desk.folder.opened()
    by = desk.folder.coordinator or next(iter(coordinators_of(workspace.corpus)), "")
    return _sitting(desk, workspace, by)


# --- what is laid there -----------------------------------------------------------------------


def _bring(desk: Desk) -> None:
    _note_how_they_came(desk)
    files = [each for each in request.files.getlist("mails") if each.filename]
    if not files and not desk.mails.mails:
        raise WrongUse("no file is chosen", "Choose one or more that end in .eml or .mbox.")
    desk.mails.begin()
    sitting = _looking(desk)
    for each in files:
        desk.mails.bring(str(each.filename), each.stream, sitting)  # type: ignore[arg-type]


def _note_how_they_came(desk: Desk) -> None:
    typed, keys = (request.form.get(each, "").strip() for each in ("received", "keys"))
    received = None
    if typed:
        try:
            received = datetime.datetime.fromisoformat(typed).replace(tzinfo=datetime.UTC)
        except ValueError:
            raise WrongUse(
                "the moment at which they came can't be read", "Write it as 2026-03-31T14:00."
            ) from None
        require_come(received, desk.folder.now(), "The moment")
    desk.mails.keys = keys_of([("What you pasted", "", keys)] if keys else [])
    desk.mails.keys_typed, desk.mails.received = keys, received


def _read_folder(desk: Desk) -> None:
    root = desk.folder.root
    named = mails_of_clone(root)
    if not named:
        raise WrongUse("no folder of mails is known here", "Choose files instead.")
    desk.mails.begin()
    desk.mails.bring_place(root / named, _looking(desk))


# --- what becomes of them ---------------------------------------------------------------------


def _decide(desk: Desk) -> None:
    by, now = request.form.get("by", ""), desk.folder.now()
    decisions = {
        digest: Decided(choice, request.form.get(f"seen|{digest}", ""))
        for name, choice in request.form.items()
        for what, _, digest in [name.partition("|")]
        if what == "becomes" and choice in _CHOICES
    }
    if not decisions:
        raise WrongUse("nothing is chosen", "Choose for one mail at least what becomes of it.")
    if not by:
        raise WrongUse("nobody is named who takes them in", "Choose who you are.")
    with open_register(desk.folder.root, Stamp(now, now)) as workspace:
        require_coordinator(workspace.corpus, by)
        desk.folder.coordinator = by
        desk.mails.decide(decisions, _sitting(desk, workspace, by))


# --- the page ---------------------------------------------------------------------------------


def _page(desk: Desk, wrong: str = "") -> str:
    sitting, pile = _looking(desk), desk.mails
    rows = [
        _row(digest, arrived, sitting, pile.told.get(digest, ""))
        for digest, arrived in pile.looked_at(sitting, _MOST_ROWS)
    ]
    root = desk.folder.root
    return render_template(
        "ballots.html",
        rows=rows,
        behind=len(pile.mails) - len(rows),
        pile=pile,
        received=f"{pile.received:%Y-%m-%dT%H:%M}" if pile.received else "",
        folder=mails_of_clone(root),
        letters=len({*sitting.outbox.folder.glob("*.eml")}) if pile.done else 0,
        outbox=sitting.outbox.folder,
        coordinators=coordinators_of(sitting.workspace.corpus),
        known=request.form.get("by") or desk.folder.coordinator or member_of_clone(root),
        typed=request.form,
        wrong=wrong,
    )


def _row(digest: str, arrived: ArrivedMail, sitting: MailSitting, told: str) -> Row:
    mail, proof = arrived.mail, _proof(arrived, sitting)
    return Row(
        digest,
        arrived.seen,
        arrived.member or mail.sender or "nobody known",
        mail.subject or "(no subject)",
        arrived.raw.name,
        tuple(each for each in becomes(arrived) if each[1]) if arrived.ballot else (),
        tuple(without_git(each.words) for each in proof if not each.wants_person),
        tuple(without_git(each.words) for each in proof if each.wants_person),
        beginning_of_own(arrived),
        tuple((each, _CHOICES[each]) for each in choices_for(arrived)),
        without_git(told),
    )


def _proof(arrived: ArrivedMail, sitting: MailSitting) -> list[ProofLine]:
    """Return what is known of a mail; what is no clear ballot wants a person, and says why."""
    told = [ProofLine(each) for each in other_address(arrived.mail)]
    if arrived.ballot is not None:
        return [*proof_of(arrived, _HOW), *told]
    return [ProofLine(_why(arrived, sitting), wants_person=True), *told]


def _why(arrived: ArrivedMail, sitting: MailSitting) -> str:
    if arrived.cause is not None:
        return f"It can't be taken in: {arrived.cause.message}. {advice(arrived.cause)}"
    if arrived.letter is not None:
        return arrived.letter.words
    if arrived.sort == "query":
        return f"Not clear: {sitting.why_asked(arrived)}"
    return {
        "change": "It hands in a change of texts. Save the mail, and: govkit intake FILE",
        "taken-before": "It was taken in before, and its receipt was never written.",
        "input": f"An answer to the call {arrived.call}. To file it, save the mail, and: "
        f"govkit call add FILE --call {arrived.call}",
    }.get(arrived.sort, "Free words, no ballot. A comment, if it is one.")
