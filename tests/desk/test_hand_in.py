"""Edits are handed in from the desk: the same branch and commit as by `govkit submit`."""

from __future__ import annotations

import email
import email.policy
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import change, commit, git

from .browsing import D1, Browser, fields, typed
from .test_text import words_of_git

FILE = "provisions/due-process/EXA-DUE-01-notice.yaml"
ME = {"name": "Ana Silva", "mail": "ana@example.org"}


def edited(browser: Browser, words: str = "Notice first") -> str:
    assert browser.press(D1, "save", title=words).status_code == 303
    return browser.page("/hand-in")


def test_an_edit_is_laid_by_under_a_name(browser: Browser) -> None:
    page = edited(browser)
    assert "EXA-DUE-01" in page
    assert "class" in page
    assert not words_of_git(page)
    done = browser.press("/hand-in", "", page, sentence="Say it first.", **ME)
    assert done.status_code == 200, done.text
    assert "EXA-DUE-01</strong>" in done.text
    assert not words_of_git(done.text)
    said = git(browser.folder, "log", "-1", "--format=%an <%ae>%n%B", "change/EXA-DUE-01")
    assert said.startswith("Ana Silva <ana@example.org>\nSay it first.\n\nEXA-DUE-01")
    assert git(browser.folder, "status", "--porcelain") == ""
    assert "This change is laid by on this machine." in browser.page("/hand-in")


def test_a_mail_is_written_when_it_is_asked_for(browser: Browser) -> None:
    page = edited(browser)
    browser.press("/hand-in", "", page, sentence="Say it first.", how="keep", **ME)
    page = browser.page("/hand-in")
    assert "Say it first." in page
    done = browser.press("/hand-in", "", page, how="mail", **ME)
    assert "The mail is written" in done.text, done.text
    assert not words_of_git(done.text)
    [mail] = browser.folder.parent.glob("*.eml")
    assert str(mail) in done.text
    said = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    assert said["From"] == "Ana Silva <ana@example.org>"
    assert said["Subject"] == "Say it first."
    kinds = [part.get_content_type() for part in said.walk()]
    assert "application/pdf" in kinds
    assert "[+" in said.get_body(("plain",)).get_content()


def test_it_is_sent_when_it_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    there = tmp_path / "shared.git"
    git(tmp_path, "init", "-q", "--bare", str(there))
    git(browser.folder, "remote", "add", "origin", str(there))
    git(browser.folder, "push", "-q", "origin", "main")
    page = edited(browser)
    done = browser.press("/hand-in", "", page, sentence="Say it first.", how="push", **ME)
    assert f"It was sent to <strong>{tmp_path}/shared</strong>" in done.text, done.text
    assert not words_of_git(done.text)
    assert "Say it first." in git(there, "log", "-1", "--format=%s", "change/EXA-DUE-01")
    shutil.rmtree(there)
    browser.press(D1, "save", title="Notice before all")
    page = browser.page("/hand-in")
    done = browser.press("/hand-in", "", page, sentence="Once more.", how="push", **ME)
    assert done.status_code == 200
    assert "It is laid by, but was not handed on" in done.text
    assert not words_of_git(done.text)
    assert git(browser.folder, "log", "-1", "--format=%s", "change/EXA-DUE-01") == "Once more."


def test_nothing_is_sent_where_nobody_said_to_whom(browser: Browser) -> None:
    page = edited(browser)
    assert "Send it to" not in page
    done = browser.press("/hand-in", "", page, sentence="Say it.", how="push", **ME)
    assert done.status_code == 422
    assert "change/" not in git(browser.folder, "for-each-ref")


def test_nothing_to_hand_in_is_said(browser: Browser) -> None:
    page = browser.page("/hand-in")
    assert "Nothing is changed here that can be handed in." in page
    done = browser.post("/hand-in", [("sign", browser.access.form_sign), *ME.items()])
    assert done.status_code == 422


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"sentence": "..."}, "The change has no sentence that says what it is for."),
        ({"sentence": "a" * 301}, "The sentence has 301 characters, and may have 300."),
        ({"name": "", "mail": ""}, "Nobody is named who hands it in."),
        ({"name": "Ana", "mail": "nowhere"}, "does not say who hands in the change"),
        ({"name": "A\r\nB: c", "mail": "x y@z"}, "does not say who hands in the change"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    browser: Browser, said: dict[str, str], words: str
) -> None:
    page = edited(browser)
    before = git(browser.folder, "for-each-ref")
    done = browser.press("/hand-in", "", page, **{"sentence": "Say it first.", **ME, **said})
    assert done.status_code == 422
    assert words in done.text
    assert not words_of_git(done.text)
    assert git(browser.folder, "for-each-ref") == before


def test_mistakes_are_mended_first(browser: Browser) -> None:
    browser.press(D1, "save", clauses__0__force="mustn't")
    page = browser.page("/hand-in")
    assert "To be mended first" in page
    assert "<form" not in page
    forced = [("sign", browser.access.form_sign), ("sentence", "Say it."), *ME.items()]
    assert browser.post("/hand-in", forced).status_code == 422


def test_the_questions_about_duties_are_a_form(browser: Browser) -> None:
    folder = browser.folder
    change(folder, FILE, "status: draft", "status: adopted")
    commit(folder)
    words = "The platform must tell the reasons for the restriction with the notice."
    browser.press(D1, "save", clauses__1__text=words)
    page = browser.page("/hand-in")
    assert "does a duty of anybody change with it?" in page
    asked = [name.partition("|")[2] for name, _ in fields(page) if name.startswith("why|")]
    assert asked
    silent = browser.press("/hand-in", "", page, sentence="Plainer words.", **ME)
    assert silent.status_code == 422
    assert "only its author can say" in silent.text.casefold()
    pairs = typed(fields(page), sentence="Plainer words.", **ME)
    pairs = [pair for pair in pairs if not pair[0].startswith("why|")]
    pairs += [(f"duty|{key}", "no") for key in asked] + [(f"why|{key}", "Plain.") for key in asked]
    done = browser.post("/hand-in", pairs)
    assert done.status_code == 200, done.text
    shown = git(folder, "show", "--name-only", "--format=", "change/EXA-DUE-01").split()
    assert "governance/changes/EXA-DUE-01.yaml" in shown


def test_a_folder_without_a_history_is_told(browser: Browser) -> None:
    shutil.rmtree(browser.folder / ".git")
    done = browser.get("/hand-in")
    assert done.status_code in (400, 409)
    assert not words_of_git(done.text)
