"""Hostile requests: each is refused in one sentence, writes nothing, and loses nothing.

What a page of somebody else can send, what somebody on the same machine can type, and what a text
can hold that wants to be a script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .browsing import D1, FORM, HOST, ORIGIN, Browser, fields, typed

FILE = "provisions/due-process/EXA-DUE-01-notice.yaml"
MOST = 2 << 20


def state(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and ".git/" not in f"{path}/"
    }


def sentence(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found, page[:500]
    return found[1]


_FORMS: dict[str, list[tuple[str, str]]] = {}


def form(browser: Browser, **changed: str) -> list[tuple[str, str]]:
    """Return the form of a text with other words; its page is asked for once at each desk."""
    if browser.access.session not in _FORMS:
        _FORMS[browser.access.session] = fields(browser.page(D1))
    return typed(_FORMS[browser.access.session], title="Taken over", **changed)


def raw(browser: Browser, body: bytes, type_: str = FORM, to: str = D1) -> object:
    return browser.client.post(
        to, base_url=ORIGIN, data=body, content_type=type_, headers={"Origin": ORIGIN}
    )


def sent_from(browser: Browser, **headers: str) -> object:
    return browser.post(D1, form(browser), "save", **headers)


def called(browser: Browser, host: str) -> object:
    return browser.client.get("/", base_url=ORIGIN, headers={"Host": host})


def without_cookie(browser: Browser, method: str = "get", address: str = "/") -> object:
    pairs = form(browser)
    browser.client.delete_cookie(browser.access.cookie, domain="127.0.0.1")
    if method == "get":
        return browser.get(address)
    if method == "bring":
        return browser.bring(("a.eml", b"x"))
    return browser.post(address, pairs, "save")


def cookie(browser: Browser, value: str) -> object:
    browser.client.set_cookie(browser.access.cookie, value, domain="127.0.0.1")
    return browser.get("/")


def other_sign(browser: Browser, sign: str) -> object:
    return browser.post(D1, form(browser, sign=sign), "save")


HOSTILE: dict[str, tuple[Callable[[Browser], object], int, str]] = {
    # who gets in
    "no token": (lambda b: b.get("/open"), 403, "This address is not the one of this run."),
    "wrong token": (lambda b: b.get("/open?token=abc"), 403, "not the one of this run"),
    "a token with other letters": (
        lambda b: b.get(f"/open?token={b.access.token.swapcase()}"),
        403,
        "not the one of this run",
    ),
    "a token that is no ASCII": (lambda b: b.get("/open?token=%F0%9F%94%91"), 403, "not the one"),
    "a token that is no text": (lambda b: b.get("/open?token=%ff%00"), 403, "not the one"),
    "the list without the cookie": (without_cookie, 401, "This browser was not let in."),
    "a save without the cookie": (lambda b: without_cookie(b, "post", D1), 401, "not let in"),
    "an empty cookie": (lambda b: cookie(b, ""), 401, "not let in"),
    "the token as the cookie": (lambda b: cookie(b, b.access.token), 401, "not let in"),
    "the sign of a form as the cookie": (
        lambda b: cookie(b, b.access.form_sign),
        401,
        "not let in",
    ),
    "a cookie of an earlier run": (
        lambda b: cookie(b, type(b.access)(b.access.port).session),
        401,
        "not let in",
    ),
    # names that lead here
    "another name for this machine": (
        lambda b: called(b, "rebound.example.org"),
        403,
        "This is not the address of the desk.",
    ),
    "another name with the port": (
        lambda b: called(b, "rebound.example.org:8765"),
        403,
        "not the address of the desk",
    ),
    "a name that begins like ours": (
        lambda b: called(b, "127.0.0.1.example.org:8765"),
        403,
        "not the address",
    ),
    "our name at another port": (lambda b: called(b, "127.0.0.1:80"), 403, "not the address"),
    "our name with a user before it": (lambda b: called(b, f"x@{HOST}"), 403, "not the address"),
    "all addresses": (lambda b: called(b, "0.0.0.0:8765"), 403, "not the address"),
    # pages of others
    "a form of another page": (
        lambda b: sent_from(b, Origin="https://example.org"),
        403,
        "A page of somebody else sent this.",
    ),
    "a form of a page without a name": (lambda b: sent_from(b, Origin="null"), 403, "somebody"),
    "a form of another port": (
        lambda b: sent_from(b, Origin="http://127.0.0.1:9999"),
        403,
        "somebody else",
    ),
    "a form over https": (lambda b: sent_from(b, Origin=f"https://{HOST}"), 403, "somebody else"),
    "a page elsewhere that asks": (
        lambda b: b.get("/", headers={"Sec-Fetch-Site": "cross-site"}),
        403,
        "A page of somebody else asked for this.",
    ),
    "a page of another port that saves": (
        lambda b: sent_from(b, Sec_Fetch_Site="same-site"),
        403,
        "somebody else",
    ),
    "a form without its sign": (lambda b: other_sign(b, ""), 403, "another run of the desk"),
    "a form of an earlier run": (
        lambda b: other_sign(b, type(b.access)(b.access.port).form_sign),
        403,
        "This form is from another run of the desk.",
    ),
    # what is sent
    "a save by GET": (
        lambda b: b.get(f"{D1}?title=Taken&do=save&sign={b.access.form_sign}"),
        200,
        "Notice before a restriction",
    ),
    "a look by GET": (lambda b: b.get(f"{D1}/look"), 405, "Nothing is done here that way."),
    "a delete": (
        lambda b: b.client.delete(D1, base_url=ORIGIN, headers={"Origin": ORIGIN}),
        405,
        "Nothing is done here that way.",
    ),
    "JSON": (lambda b: raw(b, b'{"title": "Taken"}', "application/json"), 415, "Only a form"),
    "plain text that looks like a form": (
        lambda b: raw(b, b"title=Taken&do=save", "text/plain"),
        415,
        "Only a form of the desk is taken.",
    ),
    "a file that is sent": (
        lambda b: raw(b, b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        415,
        "Only a form",
    ),
    "mails without the sign": (
        lambda b: b.bring(("a.eml", b"x"), sign=""),
        403,
        "another run of the desk",
    ),
    "mails of another page": (
        lambda b: b.bring(("a.eml", b"x"), Origin="https://example.org"),
        403,
        "A page of somebody else sent this.",
    ),
    "mails without the cookie": (
        lambda b: without_cookie(b, "bring"),
        401,
        "This browser was not let in.",
    ),
    "mails that are more than it takes": (
        lambda b: b.bring(("a.mbox", b"a" * (32 << 20))),
        413,
        "These mails are more than the desk takes at once (32 MiB).",
    ),
    "mails as a plain form": (
        lambda b: b.post("/ballots/bring", form(b)),
        415,
        "Only a form of the desk is taken.",
    ),
    "a form of files where none is taken": (
        lambda b: raw(b, b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", to="/ballots"),
        415,
        "Only a form",
    ),
    "files by GET": (lambda b: b.get("/ballots/bring"), 405, "Nothing is done here that way."),
    "no type at all": (lambda b: raw(b, b"do=save", ""), 415, "Only a form"),
    "a huge body": (lambda b: raw(b, b"title=" + b"a" * MOST), 413, "The form is larger than"),
    "ten thousand fields": (
        lambda b: raw(b, b"&".join(b"rights=a" for _ in range(10_000))),
        413,
        "The form has 10,000 fields, and may have 2,000.",
    ),
    "no field": (lambda b: raw(b, b""), 403, "another run"),
    "a NUL in a field": (
        lambda b: b.post(D1, form(b, summary="a\0b"), "save"),
        400,
        "a character that no text can hold (NUL)",
    ),
    "a NUL in a name": (
        lambda b: b.post(D1, [*form(b), ("ti\0tle", "x")], "save"),
        400,
        "no text can hold",
    ),
    "bytes that are no UTF-8": (
        lambda b: raw(b, f"sign={b.access.form_sign}&do=save&title=".encode() + b"%ff%fe"),
        409,
        "Somebody else changed this text",
    ),
    "a sign that turns the direction": (
        lambda b: b.post(D1, form(b, summary="safe\u202eevil"), "save"),
        422,
        "EXA-DUE-01",
    ),
    # ways out of the folder
    "an id that climbs": (lambda b: b.get("/text/provision/../../../etc/passwd"), 404, "no such"),
    "an id that climbs, masked": (
        lambda b: b.get("/text/provision/..%2f..%2fgovernance%2fcharter"),
        404,
        "There is no such page.",
    ),
    "an id that is a path": (lambda b: b.get(f"/text/provision/{FILE}"), 404, "no such page"),
    "an id with a NUL": (lambda b: b.get("/text/provision/EXA%00"), 404, "There is no such text."),
    "an id with a line": (lambda b: b.get("/text/provision/a%0d%0aX:1"), 404, "no such text"),
    "a kind that nobody edits": (lambda b: b.get("/text/member/x"), 404, "There is no such text."),
    "the charter": (lambda b: b.get("/text/charter/charter"), 404, "There is no such text."),
    "an own file of the desk": (lambda b: b.get("/static/../access.py"), 404, "no such page"),
    "a file of the system": (
        lambda b: b.get("/static/%2e%2e/%2e%2e/%2fetc/passwd"),
        404,
        "no such",
    ),
    "a printed page that was never made": (
        lambda b: b.get("/paper/x"),
        404,
        "This printed page is no longer kept.",
    ),
    "a line put into a header": (
        lambda b: b.get("/open?token=a%0d%0aSet-Cookie:%20x=1"),
        403,
        "not the one of this run",
    ),
    "a button that nobody made": (
        lambda b: b.post(D1, form(b), "clauses.99999999999.remove"),
        200,
        "Taken over",
    ),
    "a button with a path": (lambda b: b.post(D1, form(b), "../../save"), 200, "Taken over"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_and_nothing_is_lost(name: str, one_desk: Browser) -> None:
    browser = one_desk.another()
    send, status, words = HOSTILE[name]
    before = state(browser.folder)
    done = send(browser)
    assert done.status_code == status, done.text
    assert words in sentence(done.text) or words in done.text
    assert state(browser.folder) == before
    assert "Traceback" not in done.text
    assert done.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Set-Cookie" not in done.headers


SCRIPT = "</textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{99991*7}}"
TYPED_INTO = {
    "words": (
        *("title", "summary", "rationale", "guidance", "no_binding_source", "clauses.0.text"),
        *("clauses.0.exceptions.0", "clauses.0.guidance", "parameters.0.meaning"),
        *("parameters.0.default", "grounds.0.locator"),
    ),
    "choices": (
        *("category", "rights", "applies_to.users", "clauses.0.force", "clauses.0.addressee"),
        *("parameters.0.type", "parameters.0.favours", "grounds.0.source", "grounds.0.relation"),
    ),
    "names": ("clauses.0.id", "parameters.0.name", "parameters.0.was", "clauses.1.withdrawn"),
    "what is hidden": ("opened", "clauses.0.withdrawn", "do"),
}


@pytest.mark.parametrize("kind", TYPED_INTO)
def test_a_script_in_a_field_is_words_on_every_page(kind: str, browser: Browser) -> None:
    changed = {name.replace(".", "__"): SCRIPT for name in TYPED_INTO[kind]}
    pairs = typed(form(browser), **changed)
    pages = [browser.post(D1, pairs, "" if kind == "what is hidden" else "look").text]
    said = browser.post(f"{D1}/look", pairs).json
    pages += [said["summary"], *said["marks"].values(), browser.post(D1, pairs, "save").text]
    pages += [browser.page("/"), browser.get(D1).text]
    papers = {name for page in pages for name in re.findall(r'src="(/paper/[^"#]+)', page)}
    for page in [*pages, *map(browser.page, papers)]:
        assert "<script>" not in page
        assert "<img" not in page
        assert "699937" not in page


def test_what_is_refused_shows_what_was_typed(browser: Browser) -> None:
    words = "Words that took an hour to find, <b>and</b> that must not be lost."
    done = browser.post(D1, form(browser, clauses__0__text=words, sign="old"), "save")
    assert done.status_code == 403
    assert "&lt;b&gt;and&lt;/b&gt; that must not be lost." in done.text


def test_the_cookie_and_the_headers_are_strict(browser: Browser) -> None:
    done = browser.get(f"/open?token={browser.access.token}")
    said = done.headers["Set-Cookie"]
    assert done.status_code == 303
    assert done.headers["Location"] == "/"
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(said.split("; "))
    assert browser.access.token not in said
    page = browser.get(D1)
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"https?://|<style|<script>|style=| on[a-z]+=", page.text)
    paper = browser.get(re.findall(r'src="(/paper/[^"#]+)', page.text)[0])
    policy = paper.headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "script" not in policy
    assert policy.endswith("frame-ancestors 'self'; sandbox")


def test_a_text_that_is_a_link_is_never_opened(browser: Browser, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: secret words\n")
    pairs = form(browser)
    (browser.folder / FILE).unlink()
    (browser.folder / FILE).symlink_to(secret)
    for done in (browser.get(D1), browser.post(D1, pairs, "save"), browser.get("/")):
        assert "secret words" not in done.text
    assert secret.read_text() == "title: secret words\n"
    assert browser.post(D1, pairs, "save").status_code in (404, 409, 410)


def test_a_folder_on_the_way_that_became_a_link_is_not_followed(
    browser: Browser, tmp_path: Path
) -> None:
    pairs = form(browser)
    elsewhere = tmp_path / "elsewhere"
    (browser.folder / FILE).parent.rename(elsewhere)
    (browser.folder / FILE).parent.symlink_to(elsewhere)
    before = state(elsewhere)
    assert browser.post(D1, pairs, "save").status_code in (404, 409, 410)
    assert state(elsewhere) == before
