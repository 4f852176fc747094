"""Coordinators answer comments in a table: whole or not at all, and as they stood."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from .browsing import D1, Browser, fields, typed
from .test_text import words_of_git

PAGE = "/comments/2026-003"
COMMENT = "governance/proposals/2026-003/comments/0001.yaml"
NOW = datetime.datetime(2026, 3, 13, tzinfo=datetime.UTC)


@pytest.fixture
def browser(discussed: Path, tmp_path: Path) -> Browser:
    folder = tmp_path / "coalition"
    shutil.copytree(discussed, folder, symlinks=True)
    return Browser(folder, lambda: NOW)


def state(folder: Path) -> dict[str, bytes]:
    files = (each for each in (folder / "governance").rglob("*.yaml"))
    return {str(each): each.read_bytes() for each in files}


def answers(page: str, **more: str) -> list[tuple[str, str]]:
    """Return the form with answers to both comments; `more` has other fields, `a_1` is `a|1`."""
    given = {
        "action|1": "accepted",
        "result|1": "2:EXA-DUE-01",
        "action|2": "not-accepted",
        "reply|2": "Twenty days are usual.",
        "by": "other-society",
    } | {name.replace("_", "|"): words for name, words in more.items()}
    kept = [(name, words) for name, words in fields(page) if name not in given]
    return [*kept, *given.items()]


def test_comments_stand_beside_the_text(browser: Browser) -> None:
    page = browser.page(D1)
    assert "example-institute" in page
    assert "Too long. &lt;script&gt;" in page
    assert "Twenty days." in page
    assert "Not answered yet" in page
    assert "Too long" not in browser.page("/text/provision/EXA-PRV-01")


def test_both_are_answered_as_one_act(browser: Browser) -> None:
    assert "2 to answer" in browser.page("/comments")
    page = browser.page(PAGE)
    assert "Too long. &lt;script&gt;" in page
    assert not words_of_git(page)
    log = sorted((browser.folder / "governance/log").rglob("*.yaml"))
    done = browser.post(PAGE, answers(page))
    assert done.status_code == 303, done.text
    after = browser.page(done.location)
    assert "No comment waits for an answer." in after
    assert "Twenty days are usual." in after
    assert "action: accepted" in (browser.folder / COMMENT).read_text()
    assert "by: other-society" in (browser.folder / COMMENT).read_text()
    assert len(sorted((browser.folder / "governance/log").rglob("*.yaml"))) > len(log)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reply_2": ""}, "needs a reply to its author"),
        ({"result_1": "nowhere"}, "names no place in the text"),
        ({"result_1": "9:EXA-DUE-01"}, "revision"),
        ({"by": ""}, "Nobody is named who answers."),
        ({"by": "example-institute"}, "coordinator"),
        ({"action_77": "accepted"}, "77"),
        ({"action_1": "", "action_2": ""}, "No answer is chosen."),
        ({"opened_1": "sha256:0"}, "The comment was answered or changed meanwhile."),
    ],
)
def test_with_one_that_is_wrong_nothing_is_written(
    browser: Browser, more: dict[str, str], words: str
) -> None:
    before = state(browser.folder)
    done = browser.post(PAGE, answers(browser.page(PAGE), **more))
    assert done.status_code == 422
    assert words in done.text
    assert "Twenty days are usual." in done.text or "reply_2" in more
    assert not words_of_git(done.text)
    assert state(browser.folder) == before


def test_who_was_slower_is_told_and_keeps_the_words(browser: Browser) -> None:
    page = browser.page(PAGE)
    one = typed([each for each in answers(page) if each[0] != "action|2"])
    assert browser.post(PAGE, one).status_code == 303
    before = state(browser.folder)
    late = browser.post(PAGE, answers(page))
    assert late.status_code == 422
    assert "Comment 1: The comment was answered or changed meanwhile." in late.text
    assert "Twenty days are usual." in late.text
    assert state(browser.folder) == before


def test_what_waits_stands_on_the_page_of_today(browser: Browser) -> None:
    page = browser.page("/today?days=30")
    assert "2 comments to answer" in page
    assert f'href="{PAGE}"' in page
    assert not words_of_git(page)
    assert "2 comments to answer" not in browser.page("/today?days=30&for=example-institute")
    assert browser.get("/today?for=%3Cscript%3E&days=-1").status_code == 200


def test_a_proposal_that_is_not_there(browser: Browser) -> None:
    assert browser.get("/comments/2026-999").status_code == 404
    assert browser.get("/comments/..%2Fx").status_code == 404
