"""A browser without a script: it reads the form of a page, changes fields, and presses a button."""

from __future__ import annotations

import copy
import datetime
import io
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from govkit.cli.submitting.letter import redline_as_text
from govkit.desk.access import Access
from govkit.desk.application import application
from govkit.desk.folder import Desk, DeskFolder

PORT = 8765
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
FORM = "application/x-www-form-urlencoded"
NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
D1 = "/text/provision/EXA-DUE-01"


class _Fields(HTMLParser):
    """The fields of the forms of a page, as a browser would post them."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._area = self._select = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "input" and "name" in said:
            box = said.get("type") in ("checkbox", "radio")
            if not box or "checked" in said:
                self.pairs.append((said["name"], said.get("value", "")))
        elif tag == "textarea":
            self._area, self._words = said["name"], []
        elif tag == "select":
            self._select = said["name"]
        elif tag == "option" and "selected" in said:
            self.pairs.append((self._select, said.get("value", "")))

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            words = "".join(self._words).removeprefix("\n")
            self.pairs.append((self._area, words.replace("\n", "\r\n")))
            self._area = ""


def fields(page: str) -> list[tuple[str, str]]:
    """Return the fields of a page with what stands in them."""
    read = _Fields()
    read.feed(page)
    return read.pairs


class Browser:
    """One browser at one desk, let in."""

    def __init__(self, folder: Path, now: Callable[[], datetime.datetime] = lambda: NOON) -> None:
        self.folder = folder
        self.access = Access(PORT)
        self.app = application(Desk(DeskFolder(folder, now), self.access, redline_as_text))
        self.client = self.app.test_client()
        self.get(f"/open?token={self.access.token}")

    def another(self) -> Browser:
        """Return another browser that is let in at the same desk."""
        other = copy.copy(self)
        other.client = self.app.test_client()
        other.get(f"/open?token={self.access.token}")
        return other

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.client.get(address, base_url=ORIGIN, **more)

    def post(
        self, address: str, pairs: list[tuple[str, str]], do: str = "", **headers: str
    ) -> TestResponse:
        said = {"Origin": ORIGIN, **{name.replace("_", "-"): at for name, at in headers.items()}}
        return self.client.post(
            address,
            base_url=ORIGIN,
            data=urlencode([*pairs, *([("do", do)] if do else [])]),
            content_type=FORM,
            headers=said,
        )

    def bring(self, *mails: tuple[str, bytes], **more: str) -> TestResponse:
        """Choose files on the page of ballots, and press; `more` has other fields."""
        origin = more.pop("Origin", ORIGIN)
        said = {"sign": self.access.form_sign, **more}
        files = [(io.BytesIO(data), name) for name, data in mails]
        return self.client.post(
            "/ballots/bring",
            base_url=ORIGIN,
            data={**said, "mails": files},
            content_type="multipart/form-data",
            headers={"Origin": origin},
        )

    def page(self, address: str) -> str:
        done = self.get(address)
        assert done.status_code == 200, done.text
        return done.text

    def press(self, address: str, do: str, page: str = "", **changed: str) -> TestResponse:
        """Open a page, type into fields (`clauses.0.text` is written `clauses__0__text`), press."""
        pairs = fields(page or self.page(address))
        return self.post(address, typed(pairs, **changed), do)


def typed(pairs: list[tuple[str, str]], **changed: str) -> list[tuple[str, str]]:
    """Return fields with other words in some; a field that is not there is put in."""
    names = {name.replace("__", "."): words for name, words in changed.items()}
    kept = [(name, names.get(name, words)) for name, words in pairs]
    return kept + [(name, words) for name, words in names.items() if name not in dict(pairs)]
