"""Who gets in: the browser that was given the address, on this machine, from the desk's own pages.

A page of somebody else in the same browser must neither read nor write here, whatever name it gives
this machine. So each request has to name the desk's own address (which a foreign name that leads
here does not), hold the cookie that only the address with the token sets, and each that writes has
to come from a page of the desk and to hold the sign of its forms.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

COOKIE = "govkit-desk"
WRITES = "POST"
READS = ("GET", "HEAD")
FORM_TYPE = "application/x-www-form-urlencoded"
FILES_TYPE = "multipart/form-data"
"""What a form with files is sent as, at the one page that takes any."""

LARGEST_BODY = 2 << 20
"""Bytes of a form: a text is at most 1 MiB."""
LARGEST_FILES = 32 << 20
"""Bytes of the mails that are brought at once."""
MOST_FIELDS = 2_000


class Refusal(Exception):
    """A request that is not answered: the number of HTTP, one sentence, and the way out."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        """Keep what the page says."""
        super().__init__(message)
        self.status, self.message, self.hint = status, message, hint


class Knock(NamedTuple):
    """What a request says of itself: its method, whom it names, where it comes from."""

    method: str
    host: str
    origin: str | None
    site: str | None
    """The header Sec-Fetch-Site, which browsers set and pages can't."""
    cookie: str | None
    content_type: str


def hosts(port: int) -> tuple[str, ...]:
    """Return the names by which this machine calls itself, with the port."""
    return tuple(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))


def require_own_host(host: str, site: str | None, port: int, what: str, hint: str) -> None:
    """Raise `Refusal` for a request that calls this machine by a foreign name, or from afar.

    `host` and `site` are its headers Host and Sec-Fetch-Site; `what` is asked, as "the desk".
    """
    if host.casefold() not in hosts(port):
        raise Refusal(403, f"this is not the address of {what}", hint)
    if site in ("cross-site", "same-site"):
        raise Refusal(403, "a page of somebody else asked for this", hint)


@dataclass(frozen=True)
class Access:
    """The secrets of one run, and the port it listens at; each run has others."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def address(self) -> str:
        """Return the address that a person opens."""
        return f"http://127.0.0.1:{self.port}/open?token={self.token}"

    @property
    def cookie(self) -> str:
        """Return the name of the cookie: two desks on one machine are two."""
        return f"{COOKIE}-{self.port}"

    @property
    def form_sign(self) -> str:
        """Return what every form of this run holds."""
        return hmac.new(self.session.encode(), b"form", hashlib.sha256).hexdigest()

    def require_own_host(self, knock: Knock) -> None:
        """Raise `Refusal` for a request that calls this machine by a foreign name, or from afar."""
        require_own_host(knock.host, knock.site, self.port, "the desk", _OPEN_AGAIN)

    def opens_with(self, token: str) -> bool:
        """Say whether a token is the one of this run, in constant time."""
        return _same(token, self.token)

    def require_let_in(self, knock: Knock) -> None:
        """Raise `Refusal` for a browser that was not let in."""
        if knock.cookie is None or not _same(knock.cookie, self.session):
            raise Refusal(401, "this browser was not let in", _OPEN_AGAIN)

    def require_own_page(self, knock: Knock, type_: str = FORM_TYPE) -> None:
        """Raise `Refusal` for a request that writes and comes from no page of the desk."""
        own = {f"http://{host}" for host in hosts(self.port)}
        if knock.origin is not None and knock.origin.casefold() not in own:
            raise Refusal(403, "a page of somebody else sent this", _OPEN_AGAIN)
        if knock.content_type.partition(";")[0].strip().casefold() != type_:
            raise Refusal(415, "only a form of the desk is taken", "Send it from its page.")

    def require_form(self, fields: Mapping[str, object], count: int) -> None:
        """Raise `Refusal` for a form that is not one of this run, or has too many fields."""
        if count > MOST_FIELDS:
            raise Refusal(
                413,
                f"the form has {count:,} fields, and may have {MOST_FIELDS:,}",
                "Divide the text, or edit its file.",
            )
        if not _same(str(fields.get("sign", "")), self.form_sign):
            raise Refusal(
                403,
                "this form is from another run of the desk",
                "Copy what you typed, open the page again, and put it in. Nothing was changed.",
            )


_OPEN_AGAIN = "Open the address that `govkit desk` printed. Nothing was changed."


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # `no-referrer` would take the origin from the forms, too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""What every answer carries: nothing from elsewhere, no script but the desk's own, in no frame."""

PAPER_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
"""What a printed page carries that stands in a frame: its own style, and no script at all."""
