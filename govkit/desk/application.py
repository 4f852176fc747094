"""The pages under their addresses, and what every request passes before it reaches one."""

from __future__ import annotations

from contextlib import suppress

from flask import Flask, Response, g, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from govkit.desk import ballots_page, comments_page, hand_in_page, texts_pages, today_page
from govkit.desk.access import (
    FILES_TYPE,
    FORM_TYPE,
    HEADERS,
    LARGEST_BODY,
    LARGEST_FILES,
    READS,
    WRITES,
    Knock,
    Refusal,
)
from govkit.desk.folder import Desk
from govkit.desk.papers import headers_of
from govkit.desk.plain_words import without_git
from govkit.desk.posted import words_typed
from govkit.errors import GovkitError, WrongUse, of_the_system
from govkit.source.nearest import advice

_SENTENCES = {
    400: "this can't be read as a form of the desk",
    404: "there is no such page",
    405: "nothing is done here that way",
    413: "the form is larger than the desk takes (2 MiB)",
    414: "the address is too long",
}


def application(desk: Desk) -> Flask:
    """Return the application of one run."""
    app = Flask("govkit.desk", static_folder="static", template_folder="templates")
    app.config |= {
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": LARGEST_BODY,
        "DEBUG": False,
        "TESTING": False,
        "PROPAGATE_EXCEPTIONS": False,
    }
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.before_request(lambda: _admit(desk))
    app.after_request(_sealed)
    app.teardown_request(_left)
    app.context_processor(
        lambda: {"sign": desk.access.form_sign, "coalition": _name(desk), "pages": _PAGES}
    )
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(GovkitError, _failed)
    app.register_error_handler(OSError, lambda error: _failed(of_the_system(error)))
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _broken)
    app.add_url_rule("/open", "open", lambda: _open(desk))
    app.add_url_rule("/paper/<name>", "paper", lambda name: _paper(desk, name))
    texts_pages.add_to(app, desk)
    hand_in_page.add_to(app, desk)
    comments_page.add_to(app, desk)
    ballots_page.add_to(app, desk)
    today_page.add_to(app, desk)
    return app


_PAGES = (
    ("/", "Texts"),
    ("/hand-in", "Hand in"),
    ("/comments", "Comments"),
    ("/ballots", "Ballots"),
    ("/today", "Today"),
)
_TAKES_FILES = "bring_mails"


_TOO_MUCH = "these mails are more than the desk takes at once (32 MiB)"

# --- before and after every page ------------------------------------------------------------------


def _admit(desk: Desk) -> None:
    knock = Knock(
        request.method,
        request.headers.get("Host", ""),
        request.headers.get("Origin"),
        request.headers.get("Sec-Fetch-Site"),
        request.cookies.get(desk.access.cookie),
        request.content_type or "",
    )
    access = desk.access
    access.require_own_host(knock)
    if knock.method not in (*READS, WRITES):
        raise Refusal(405, _SENTENCES[405], "Use the buttons of its pages.")
    if request.path == "/open" or request.endpoint == "static":
        return
    access.require_let_in(knock)
    if knock.method == WRITES:
        takes_files = request.endpoint == _TAKES_FILES
        access.require_own_page(knock, FILES_TYPE if takes_files else FORM_TYPE)
        if takes_files:
            request.max_content_length = LARGEST_FILES
        access.require_form(request.form, sum(map(len, request.form.listvalues())))
    desk.folder.lock.acquire()
    g.locked = desk.folder.lock


def _sealed(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = "no-cache"
    return response


def _left(_: BaseException | None) -> None:
    lock = g.pop("locked", None)
    if lock is not None:
        lock.release()


def _name(desk: Desk) -> str:
    charter = None
    if "locked" in g:  # a browser that was let in
        with suppress(GovkitError, OSError):
            charter = desk.folder.recently_opened().corpus.charter
    return charter.name if charter is not None else "Desk"


def _open(desk: Desk) -> AnyResponse:
    """Let the browser in that was given the address with the token."""
    if not desk.access.opens_with(request.args.get("token", "")):
        raise Refusal(403, "this address is not the one of this run", _PRINTED)
    response = redirect("/", 303)
    response.set_cookie(
        desk.access.cookie, desk.access.session, httponly=True, samesite="Strict", path="/"
    )
    return response


_PRINTED = "Open the address that `govkit desk` printed; each start has another one."


def _paper(desk: Desk, name: str) -> AnyResponse:
    page = desk.papers.take(name)
    if page is None:
        raise Refusal(404, "this printed page is no longer kept", "Open the text again.")
    response = make_response(page)
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.headers.update(headers_of(page))
    return response


# --- what goes wrong ------------------------------------------------------------------------------


def _said(status: int, message: str, hint: str) -> AnyResponse:
    words = {
        "status": status,
        "message": without_git(message[:1].upper() + message[1:]).rstrip(".") + ".",
        "hint": without_git(hint),
    }
    # Words that a person typed must not be lost with the page that refuses them.
    words["typed"] = _typed() if status != 401 else []
    return make_response(render_template("refused.html", **words), status)


def _typed() -> list[tuple[str, str]]:
    if request.method != WRITES:
        return []
    try:
        return words_typed(request.form.items(multi=True))
    except HTTPException:
        return []


def _refused(refusal: Refusal) -> AnyResponse:
    return _said(refusal.status, refusal.message, refusal.hint)


def _failed(error: GovkitError) -> AnyResponse:
    return _said(400 if isinstance(error, WrongUse) else 409, error.message, advice(error))


def _of_http(error: HTTPException) -> AnyResponse:
    status = error.code or 400
    if status == 413 and request.endpoint == _TAKES_FILES:
        return _said(413, _TOO_MUCH, "Bring fewer at once, or put them into the folder of mails.")
    return _said(status, _SENTENCES.get(status, _SENTENCES[400]), "Nothing was changed.")


def _broken(_: Exception) -> AnyResponse:
    return _said(
        500,
        "something went wrong in the desk itself",
        "What stood in the file before is there. Try again, or edit the file, and tell the makers.",
    )
