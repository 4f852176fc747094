"""The page on which coordinators answer comments: a table of one proposal, filed whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import Flask, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from govkit.consultation.comment_table import cells_of
from govkit.consultation.consultation import Consultation, FiledComment, consultation_of
from govkit.desk.access import Refusal
from govkit.desk.folder import Desk
from govkit.desk.plain_words import sentence
from govkit.errors import GovkitError, WrongUse
from govkit.languages.catalogue import messages
from govkit.log.coordinators import coordinators_of
from govkit.procedures.comments.answering import AnswersRefused, GivenAnswer, answer_comments
from govkit.procedures.log.filing import Stamp
from govkit.procedures.log.register import member_of_clone
from govkit.procedures.texts.editing import file_digest
from govkit.records.enumerations import ACTIONS
from govkit.round.states import open_dockets
from govkit.workspace import Workspace


class Row(NamedTuple):
    """A comment of the table. `opened` is empty for one that waits for no answer."""

    number: int
    cells: Mapping[str, str]
    opened: str
    wrong: str


def add_to(app: Flask, desk: Desk) -> None:
    """Give the pages their addresses."""
    app.add_url_rule("/comments", "all_comments", lambda: _list(desk))
    app.add_url_rule("/comments/<proposal>", "comments", lambda proposal: _page(desk, proposal))
    app.add_url_rule(
        "/comments/<proposal>", "answered", lambda proposal: _act(desk, proposal), methods=["POST"]
    )


def _list(desk: Desk) -> str:
    workspace, now = desk.folder.opened(), desk.folder.now()
    rows = []
    for docket in open_dockets(workspace.corpus, now):
        try:
            found = consultation_of(workspace.corpus, docket.proposal.id, now)
        except GovkitError:
            continue  # what is wrong with the proposal, `check` says
        waiting = sum(each.is_waiting for each in found.comments)
        rows.append((found.proposal.id, found.proposal.title, len(found.comments), waiting))
    return render_template("all_comments.html", rows=rows)


def _consultation(desk: Desk, workspace: Workspace, proposal: str) -> Consultation:
    if workspace.corpus.find(("proposal",), proposal) is None:
        raise Refusal(404, "there is no such proposal", "Choose one from the list of comments.")
    return consultation_of(workspace.corpus, proposal, desk.folder.now())


def _page(
    desk: Desk, proposal: str, wrong: str = "", causes: Mapping[int, str] | None = None
) -> str:
    workspace = desk.folder.opened()
    consultation = _consultation(desk, workspace, proposal)
    rows = [
        _row(workspace, consultation, filed, (causes or {}).get(filed.number, ""))
        for filed in consultation.comments
        if filed.replaced is None
    ]
    known = request.form.get("by") or desk.folder.coordinator or member_of_clone(workspace.root)
    return render_template(
        "comments.html",
        proposal=consultation.proposal,
        revision=consultation.number,
        waiting=[each for each in rows if each.opened],
        done=[each for each in rows if not each.opened],
        actions=_actions(),
        coordinators=coordinators_of(workspace.corpus),
        known=known,
        wrong=wrong,
        typed=request.form,
        filed=request.args.get("filed", "")[:200],
    )


def _row(workspace: Workspace, consultation: Consultation, filed: FiledComment, wrong: str) -> Row:
    opened = file_digest(workspace.files[filed.path]) if filed.is_waiting else ""
    return Row(filed.number, cells_of(consultation, filed), opened, wrong)


def _actions() -> list[tuple[str, str]]:
    names = messages("en").group("comments.actions")
    return [(each, names[each]) for each in ACTIONS]


def _act(desk: Desk, proposal: str) -> Response:
    given, by, now = list(_given()), request.form.get("by", ""), desk.folder.now()
    _consultation(desk, desk.folder.opened(), proposal)
    try:
        if not by:
            raise WrongUse("nobody is named who answers", "Choose who you are.")
        if not given:
            raise WrongUse("no answer is chosen", "Choose one for a comment at least.")
        entries = answer_comments(desk.folder.root, proposal, given, by, Stamp(now, now))
    except WrongUse as wrong:
        causes = wrong.causes if isinstance(wrong, AnswersRefused) else {}
        said = {number: sentence(each) for number, each in causes.items()}
        told = [sentence(wrong), *(f"Comment {number}: {each}" for number, each in said.items())]
        return make_response(_page(desk, proposal, " ".join(told), said), 422)
    desk.folder.coordinator = by
    numbers = ", ".join(str(each.seq) for each in entries)
    return redirect(url_for("comments", proposal=proposal, filed=numbers), 303)


def _given() -> Iterator[GivenAnswer]:
    form: Any = request.form
    for name, action in form.items():
        what, _, number = name.partition("|")
        if what == "action" and action in ACTIONS and number.isdecimal() and len(number) < 6:
            reply, result, opened = (
                form.get(f"{each}|{number}", "").strip() for each in ("reply", "result", "opened")
            )
            yield GivenAnswer(int(number), opened, action, reply, result)
