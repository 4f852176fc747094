"""What answers a browser that looks at the site of a folder: it reads, and nothing else.

A path is looked up among the names of the site's files; no file of the disk is opened by it.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from govkit.desk.access import HEADERS, READS, Refusal, require_own_host
from govkit.desk.folder import Clock, DeskFolder
from govkit.desk.loopback import HERE, Answer, RunningServer, listening_at
from govkit.desk.marks import help_of
from govkit.desk.shown_site import SCRIPT, VERSION, Shown, ShownSite
from govkit.errors import GovkitError, of_the_system
from govkit.source.nearest import advice

_LARGEST_REQUEST = 4096
"""Bytes: nothing is sent here."""
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml",
    "xml": "application/xml",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml",
}
_PLAIN, _BYTES = "text/plain", "application/octet-stream"
_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}
_OPEN_AGAIN = "Open the address that `govkit serve` printed."
_NO_PAGE = (
    "there is no such page",
    "A text that can't be read has none: the first page lists what check finds.",
)
_BROKEN = (
    "this can't be shown: something went wrong in govkit itself",
    "Run `govkit check`, and tell the makers. Save a file to try again.",
)


def serving_site(root: Path, port: int, clock: Clock) -> RunningServer:
    """Show the site of a folder at a port of this machine, 0 for any that is free.

    Raises `GovkitError` where the port is taken.
    """

    def opened(port: int) -> tuple[Answer, str]:
        site = ShownSite(DeskFolder(root, clock))
        return site_application(site, port), f"http://{HERE}:{port}/"

    return listening_at(port, "govkit serve", _LARGEST_REQUEST, opened)


def site_application(site: ShownSite, port: int) -> Flask:
    """Return the application that shows a site at a port."""
    app = Flask("govkit.desk", static_folder=None, template_folder=None)
    app.config |= {"DEBUG": False, "TESTING": False, "PROPAGATE_EXCEPTIONS": False}
    app.url_map.merge_slashes = False
    app.before_request(lambda: _admit(port))
    app.after_request(_sealed)
    app.register_error_handler(Refusal, lambda no: _page(no.status, no.message, no.hint))
    app.register_error_handler(GovkitError, _failed)
    app.register_error_handler(OSError, lambda error: _failed(of_the_system(error)))
    app.register_error_handler(HTTPException, lambda _: _page(404, *_NO_PAGE))
    # The server stays up, and the open page tries again once a file was saved.
    app.register_error_handler(Exception, lambda _: _page(500, *_BROKEN, site.version()))
    app.add_url_rule(f"/{VERSION}", "version", lambda: Response(site.version(), mimetype=_PLAIN))
    app.add_url_rule(f"/{SCRIPT}", "script", lambda: _typed(SCRIPT, _script()))
    app.add_url_rule("/", "home", lambda: _file(site, "index.html"))
    app.add_url_rule("/<path:path>", "file", lambda path: _file(site, path))
    return app


def _admit(port: int) -> None:
    headers = request.headers
    require_own_host(
        headers.get("Host", ""), headers.get("Sec-Fetch-Site"), port, "this site", _OPEN_AGAIN
    )
    if request.method not in READS:
        raise Refusal(405, "this site is only read", "Edit the files, or use `govkit desk`.")


def _sealed(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


def _file(site: ShownSite, path: str) -> Response:
    data = site.file(path)
    if data is not None:
        return _typed(path, data)
    shown = site.now()
    return _page(404, *_NO_PAGE, shown.version) if shown.trouble is None else _troubled(shown)


def _typed(path: str, data: bytes) -> Response:
    return Response(data, content_type=_TYPES.get(path.rpartition(".")[2], _BYTES))


def _failed(error: GovkitError) -> Response:
    return _page(409, error.message, advice(error))


def _script() -> bytes:
    return files("govkit.desk").joinpath("static", "reload.js").read_bytes()


def _troubled(shown: Shown) -> Response:
    """Return the page in the place of a site that can't be made, with all that was found."""
    assert shown.trouble is not None
    rows = [
        f"<li>{escape(each.path)}: {escape(each.message)} {escape(help_of(each))}</li>"
        for each in shown.findings[:200]
    ]
    found = f"<ul>{''.join(rows)}</ul>" if rows else ""
    error = shown.trouble
    return _page(409, error.message, advice(error), shown.version, found)


def _page(status: int, message: str, hint: str, version: str = "", more: str = "") -> Response:
    script = f'<script src="/{SCRIPT}?{version}" defer></script>' if version else ""
    words = f"{message[:1].upper()}{message[1:]}".rstrip(".")
    return Response(
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>{escape(words)}</title></head>\n<body>\n<h1>{escape(words)}.</h1>\n"
        f'<p>{escape(hint)}</p>\n{more}<p><a href="/">The first page</a></p>\n'
        f"{script}</body>\n</html>\n",
        status=status,
        content_type=_TYPES["html"],
    )
