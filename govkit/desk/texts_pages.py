"""The pages of the texts: the list of them, and one as a form with what is beside it."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Flask, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from govkit.corpus.documents import Document
from govkit.desk import choices, form, posted
from govkit.desk.access import Refusal
from govkit.desk.folder import Desk
from govkit.desk.marks import Mark, by_field, marks_in
from govkit.desk.papers import printed, redline
from govkit.desk.plain_words import without_git
from govkit.desk.remarks import remarks_on
from govkit.procedures.texts.editing import (
    ChangedMeanwhile,
    file_digest,
    keep_aside,
    require_editable,
    save_text,
    words_of_file,
)
from govkit.source.gate import Unreadable, admit
from govkit.source.loader import load
from govkit.source.revising import revised
from govkit.source.writing import NotFormatted
from govkit.workspace import Workspace
from govkit.workspace.buffers import with_file

_NAMES = {
    "provision": "Provisions",
    "recommendation": "Recommendations",
    "principle": "Principles",
    "term": "Terms",
}
STATES = {
    "draft": "Draft",
    "trial": "Trial",
    "adopted": "Adopted",
    "deprecated": "Deprecated",
    "superseded": "Superseded",
    "withdrawn": "Withdrawn",
}


def add_to(app: Flask, desk: Desk) -> None:
    """Give the pages their addresses."""
    app.add_url_rule("/", "texts", lambda: _list(desk))
    app.add_url_rule("/text/<kind>/<id>", "text", lambda kind, id: TextPage(desk, kind, id).show())
    app.add_url_rule(
        "/text/<kind>/<id>",
        "act",
        lambda kind, id: TextPage(desk, kind, id).act(),
        methods=["POST"],
    )
    app.add_url_rule(
        "/text/<kind>/<id>/look",
        "look",
        lambda kind, id: TextPage(desk, kind, id).look(),
        methods=["POST"],
    )


# --- the list -------------------------------------------------------------------------------------


def _list(desk: Desk) -> str:
    workspace = desk.folder.opened()
    asked = {name: request.args.get(name, "")[:200] for name in ("q", "kind", "state")}
    found = desk.folder.found(workspace)
    mistakes: dict[str, int] = {}
    for each in found:
        if each.level == "error":
            mistakes[each.path] = mistakes.get(each.path, 0) + 1
    groups = []
    shown = 0
    for kind, name in _NAMES.items():
        texts = [
            each
            for each in sorted(workspace.corpus.of_kind(kind), key=lambda each: each.id)
            if _is_asked_for(each, asked)
        ]
        shown += len(texts)
        if texts:
            groups.append((kind, name, texts))
    states = sorted({each.status for each in workspace.corpus.of_kind(*_NAMES)} - {""})
    return render_template(
        "texts.html",
        groups=groups,
        shown=shown,
        asked=asked,
        kinds=_NAMES,
        states=[(state, STATES.get(state, state)) for state in states],
        state_names=STATES,
        mistakes=mistakes,
        there=sum(len(workspace.corpus.of_kind(kind)) for kind in _NAMES),
    )


def _is_asked_for(document: Document, asked: dict[str, str]) -> bool:
    if asked["kind"] and document.kind != asked["kind"]:
        return False
    if asked["state"] and document.status != asked["state"]:
        return False
    words = asked["q"].casefold().split()
    said = f"{document.id} {document.title} {document.words}".casefold()
    return all(word in said for word in words)


# --- one text -------------------------------------------------------------------------------------


class Opened(NamedTuple):
    """A text as its file stands: path, bytes, digest, and its plain data."""

    path: str
    data: bytes
    digest: str
    record: dict[str, Any]


class TextPage:
    """One text at one request."""

    def __init__(self, desk: Desk, kind: str, id: str) -> None:
        """Take the names from the address; they are looked up, and never become a path."""
        if kind not in form.KINDS:
            raise Refusal(404, "there is no such text", "Choose one from the list of texts.")
        self.desk, self.kind, self.id = desk, kind, id

    def _document(self, workspace: Workspace) -> Document:
        found = workspace.corpus.find((self.kind,), self.id)
        if found is None or found.kind != self.kind:
            raise Refusal(404, "there is no such text", "Choose one from the list of texts.")
        require_editable(found.path)
        return found

    def _opened(self, path: str) -> Opened:
        data = words_of_file(self.desk.folder.root, path)
        if data is None:
            raise Refusal(
                404, f"{path} is not there any more", "Choose one from the list of texts."
            )
        try:
            record = load(admit(data).replace("\r\n", "\n"))
        except Unreadable as fault:
            raise Refusal(
                422,
                f"{path} can't be shown as a form: {fault.message}",
                f"Mend the file itself first. {fault.help or ''}".strip(),
            ) from None
        if not form.can_be_shown(self.kind, record):
            raise Refusal(
                422,
                f"{path} can't be shown as a form: a list in it is none",
                "Mend the file itself first: `govkit check` says where.",
            )
        return Opened(path, data, file_digest(data), record)

    # --- asked ----------------------------------------------------------------------------------

    def show(self) -> str:
        """Show the text as it is saved."""
        workspace = self.desk.folder.opened()
        opened = self._opened(self._document(workspace).path)
        values = form.values_of(self.kind, opened.record)
        saved = request.args.get("saved", "")
        return self._page(workspace, opened, values, opened.data, notice=_NOTICES.get(saved, ""))

    def act(self) -> Response:
        """Do what the pressed button says."""
        workspace = self.desk.folder.opened()
        values = posted.values_posted(request.form.items(multi=True))
        button = request.form.get("do", "look")
        document = workspace.corpus.find((self.kind,), self.id)
        if document is None:
            return self._gone(values)
        opened = self._opened(self._document(workspace).path)
        if button == "save":
            return self._save(workspace, opened, values, request.form.get("opened", ""))
        if button == "theirs":
            return self._take_theirs(opened, values)
        if button == "mine":
            keep_aside(self.desk.folder.root, opened.path, opened.data)
            return self._save(workspace, opened, values, request.form.get("opened", ""))
        taken = [str(row.get("id", "")) for row in opened.record.get("clauses") or ()]
        focus = posted.pressed(values, button, taken)
        return make_response(self._typed_page(workspace, opened, values, focus=focus or ""))

    def look(self) -> Response:
        """Say what is found in what is typed, and lay its printed pages, for the script."""
        workspace = self.desk.folder.recently_opened()
        values = posted.values_posted(request.form.items(multi=True))
        opened = self._opened(self._document(workspace).path)
        beside = self._beside(workspace, opened, values)
        marks = beside.pop("marks")
        return jsonify(
            {
                "summary": render_template("summary.html", marks=marks, **beside),
                "marks": {
                    name: render_template("marks.html", marks=several)
                    for name, several in by_field(marks).items()
                    if name
                },
                "page": beside["page"],
                "redline": beside["redline"],
                "change": beside["change"],
                "changed": beside["changed"],
            }
        )

    # --- saved ----------------------------------------------------------------------------------

    def _save(
        self, workspace: Workspace, opened: Opened, values: form.Values, digest: str
    ) -> Response:
        try:
            data = self._data(opened, values)
            save_text(self.desk.folder.root, opened.path, data, digest, self.desk.folder.now())
        except NotFormatted as reason:
            return make_response(
                self._typed_page(
                    workspace, opened, values, wrong=f"Not saved: {reason.message}. {reason.help}"
                ),
                422,
            )
        except ChangedMeanwhile as changed:
            return self._both(opened, values, changed)
        return self._seen("yes" if data != opened.data else "same")

    def _seen(self, how: str) -> Response:
        return redirect(url_for("text", kind=self.kind, id=self.id, saved=how), 303)

    def _data(self, opened: Opened, values: form.Values) -> bytes:
        record = form.record_with(self.kind, opened.record, values)
        return revised(self.kind, opened.data, record, form.ORDER[self.kind])

    def _both(self, opened: Opened, values: form.Values, changed: ChangedMeanwhile) -> Response:
        """Show what stands in the file, and what was typed; somebody chooses."""
        theirs = form.values_of(self.kind, opened.record)
        differing = choices.differing(theirs, values)
        page = render_template(
            "both.html",
            kind=self.kind,
            id=self.id,
            message=f"{changed.message}.",
            differing=differing,
            opened=opened.digest,
            hidden=posted.flat(values),
        )
        return make_response(page, 409)

    def _take_theirs(self, opened: Opened, values: form.Values) -> Response:
        """Leave the file as it is; what was typed is kept in a file of its own."""
        try:
            data = self._data(opened, values)
        except NotFormatted as reason:
            raise Refusal(422, reason.message, reason.help) from None
        keep_aside(self.desk.folder.root, opened.path, data)
        return self._seen("theirs")

    def _gone(self, values: form.Values) -> Response:
        raise Refusal(
            410,
            f"the text {self.id} is not there any more: its file was moved, renamed or deleted",
            "Copy your words from below. Put the file back, and open it again.",
        )

    # --- shown ----------------------------------------------------------------------------------

    def _typed_page(
        self,
        workspace: Workspace,
        opened: Opened,
        values: form.Values,
        *,
        focus: str = "",
        wrong: str = "",
    ) -> str:
        try:
            data = self._data(opened, values)
        except NotFormatted as reason:
            data = opened.data
            wrong = wrong or f"{reason.message}. {reason.help}"
        digest = request.form.get("opened", opened.digest)
        return self._page(
            workspace, opened, values, data, focus=focus, wrong=without_git(wrong), digest=digest
        )

    def _beside(self, workspace: Workspace, opened: Opened, values: form.Values) -> dict[str, Any]:
        try:
            data = self._data(opened, values)
        except NotFormatted as reason:
            words = without_git(f"{reason.message}. {reason.help}")
            mark = Mark("error", "Mistake", words, "", "", True)
            return {"marks": [mark], "page": "", "redline": "", "change": "", "changed": True}
        return self._made_of(workspace, opened, values, data)

    def _made_of(
        self, workspace: Workspace, opened: Opened, values: form.Values, data: bytes
    ) -> dict[str, Any]:
        typed = with_file(workspace, opened.path, data)
        marks = marks_in(typed, opened.path, values, self.desk.folder.found(typed))
        page = printed(typed, self.kind, self.id)
        change = redline(self.desk.folder.before(), typed, opened.path, data)
        lay = self.desk.papers.lay
        return {
            "marks": marks,
            "page": lay(page) if page else "",
            "redline": lay(change.page) if change.page else "",
            "change": without_git(change.words),
            "changed": data != opened.data,
        }

    def _page(
        self,
        workspace: Workspace,
        opened: Opened,
        values: form.Values,
        data: bytes,
        *,
        notice: str = "",
        wrong: str = "",
        focus: str = "",
        digest: str = "",
    ) -> str:
        beside = self._made_of(workspace, opened, values, data)
        document = workspace.corpus.find((self.kind,), self.id)
        status = document.status if document is not None else ""
        return render_template(
            "text.html",
            kind=self.kind,
            id=self.id,
            path=opened.path,
            status=STATES.get(status, status),
            values=values,
            fields=form.fields_of(self.kind),
            marks_of=by_field(beside["marks"]),
            choices=choices.of(workspace.corpus),
            remarks=remarks_on(workspace.corpus, self.id, self.desk.folder.now()),
            opened=digest or opened.digest,
            notice=notice,
            wrong=wrong,
            focus=focus,
            **beside,
        )


_NOTICES = {
    "yes": "Saved.",
    "same": "Nothing was other than in the file.",
    "theirs": "The file stays as it is. What you typed is kept in a file of its own, in the folder "
    "“undone” that govkit has here; whoever set this folder up can hand it to you.",
}
