"""The page on which edits are handed in: what changes, what is asked, and who says so."""

from __future__ import annotations

from flask import Flask, make_response, render_template, request
from werkzeug.wrappers import Response

from govkit.desk.folder import Desk
from govkit.desk.plain_words import without_git
from govkit.errors import GovkitError, WrongUse, of_the_system
from govkit.procedures.proposals.handing_in import (
    HandedIn,
    Handing,
    Way,
    hand_in,
    open_questions,
    push_change,
    sentence_of,
    what_stops,
    write_mail,
)
from govkit.procedures.proposals.submission import ChangeAnswer, known_person
from govkit.procedures.proposals.submission_route import Route, route_of
from govkit.proposals.submission import class_and_direction, name_of
from govkit.source.nearest import advice
from govkit.workspace.edited_texts import EditedTexts, edited_texts


def add_to(app: Flask, desk: Desk) -> None:
    """Give the page its address."""
    app.add_url_rule("/hand-in", "hand_in", lambda: _page(desk, _edits(desk)))
    app.add_url_rule("/hand-in", "handed_in", lambda: _act(desk), methods=["POST"])


def _edits(desk: Desk) -> EditedTexts:
    return edited_texts(desk.folder.opened(), desk.folder.root)


def _act(desk: Desk) -> Response:
    edits, said = _edits(desk), _said()
    try:
        handed = hand_in(edits, said, desk.folder.now())
    except WrongUse as wrong:
        words = without_git(f"{wrong.message[:1].upper()}{wrong.message[1:]}. {advice(wrong)}")
        return make_response(_page(desk, edits, wrong=words), 422)
    sent = _sent(desk, handed, said.how)
    changes = _changes(handed.edits)
    return make_response(
        render_template("handed_in.html", name=handed.name, changes=changes, to=handed.to, **sent)
    )


def _sent(desk: Desk, handed: HandedIn, how: Way) -> dict[str, str]:
    """Write the mail or push, as the author chose, and return what the page says of it.

    The change is laid by when that fails: the page says so, and why.
    """
    try:
        if how == "mail":
            return {"mail": str(write_mail(handed, desk.redline(handed.edits), desk.folder.now()))}
        if how == "push":
            route = route_of(handed.edits.workspace.root, None)
            page = route.request(handed.target.name, push_change(handed, route)) or ""
            return {"sent": _shown(route), "page": page if page.startswith("https://") else ""}
    except GovkitError as error:
        return {"failed": without_git(f"{error.message}. {advice(error)}")}
    except OSError as error:
        return {"failed": without_git(of_the_system(error).message)}
    return {}


def _shown(route: Route) -> str:
    """Return where a change can be sent to, without the words of the tools; empty for nowhere."""
    return str(route.address).removesuffix(".git") if route.address is not None else ""


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
    asked = request.form.get("how")
    how: Way = "mail" if asked == "mail" else "push" if asked == "push" else "keep"
    return Handing(request.form.get("sentence", ""), person, answers, how)


def _page(desk: Desk, edits: EditedTexts, wrong: str = "") -> str:
    workspace = edits.workspace
    questions = [
        (each.id, each.title, open_questions(workspace, each))
        for each in (edits.owing() if edits.differing else ())
    ]
    stops = what_stops(edits, desk.folder.now().date()) if edits.differing else []
    try:
        known = known_person(desk.folder.root, None)
    except GovkitError:
        known = None
    return render_template(
        "hand_in.html",
        changes=_changes(edits) if edits.differing else [],
        paths=sorted(edits.differing),
        is_new=bool(edits.files),
        stops=[(each.path, without_git(each.message), without_git(each.help)) for each in stops],
        questions=[each for each in questions if each[2]],
        sentence=request.form.get("sentence") or (sentence_of(edits) if edits.differing else ""),
        to=_shown(route_of(desk.folder.root, None)),
        known=known,
        wrong=wrong,
        typed=request.form,
    )


def _changes(edits: EditedTexts) -> list[tuple[str, str, str]]:
    return [
        (name_of(each), each.title, without_git(class_and_direction(each)))
        for each in edits.changes
    ]
