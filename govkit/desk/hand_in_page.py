"""The page on which edits are handed in: what changes, what is asked, and who says so."""

from __future__ import annotations

from flask import Flask, make_response, render_template, request
from werkzeug.wrappers import Response

from govkit.desk.folder import Desk
from govkit.desk.plain_words import without_git
from govkit.errors import GovkitError, WrongUse
from govkit.procedures.proposals.handing_in import Handing, hand_in, open_questions, what_stops
from govkit.procedures.proposals.submission import ChangeAnswer, known_person
from govkit.proposals.submission import class_and_direction, name_of, proposed_sentence
from govkit.source.nearest import advice
from govkit.workspace.edited_texts import EditedTexts, edited_texts


def add_to(app: Flask, desk: Desk) -> None:
    """Give the page its address."""
    app.add_url_rule("/hand-in", "hand_in", lambda: _page(desk, _edits(desk)))
    app.add_url_rule("/hand-in", "handed_in", lambda: _act(desk), methods=["POST"])


def _edits(desk: Desk) -> EditedTexts:
    return edited_texts(desk.folder.opened(), desk.folder.root)


def _act(desk: Desk) -> Response:
    edits = _edits(desk)
    try:
        branch = hand_in(edits, _said(), desk.folder.now())
    except WrongUse as wrong:
        words = without_git(f"{wrong.message[:1].upper()}{wrong.message[1:]}. {advice(wrong)}")
        return make_response(_page(desk, edits, wrong=words), 422)
    name = branch.removeprefix("change/")
    return make_response(render_template("handed_in.html", name=name, changes=_changes(edits)))


def _said() -> Handing:
    """Read what was answered: `duty|ID|SPAN` is yes or no, `why|ID|SPAN` the reason."""
    answers: dict[str, dict[str, ChangeAnswer]] = {}
    for name, said in request.form.items():
        what, _, rest = name.partition("|")
        id, _, span = rest.partition("|")
        if what == "duty" and said in ("yes", "no"):
            why = " ".join(request.form.get(f"why|{id}|{span}", "").split())
            answers.setdefault(id, {})[span] = ChangeAnswer(said == "yes", why)
    name, address = (request.form.get(field, "").strip() for field in ("name", "mail"))
    person = f"{name} <{address}>" if name or address else None
    return Handing(request.form.get("sentence", ""), person, answers)


def _page(desk: Desk, edits: EditedTexts, wrong: str = "") -> str:
    workspace = edits.workspace
    questions = [
        (each.id, each.title, open_questions(workspace, each))
        for each in (edits.owing() if edits.files else ())
    ]
    stops = what_stops(edits, desk.folder.now().date()) if edits.files else []
    try:
        known = known_person(desk.folder.root, None)
    except GovkitError:
        known = None
    return render_template(
        "hand_in.html",
        changes=_changes(edits) if edits.files else [],
        paths=sorted(edits.files),
        stops=[(each.path, without_git(each.message), without_git(each.help)) for each in stops],
        questions=[each for each in questions if each[2]],
        sentence=request.form.get("sentence")
        or (proposed_sentence(edits.changes, edits.files) if edits.files else ""),
        known=known,
        wrong=wrong,
        typed=request.form,
    )


def _changes(edits: EditedTexts) -> list[tuple[str, str, str]]:
    return [
        (name_of(each), each.title, without_git(class_and_direction(each)))
        for each in edits.changes
    ]
