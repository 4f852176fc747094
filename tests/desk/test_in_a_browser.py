"""The pages in a real browser: findings as one types, the keyboard, small screens, everybody.

Debian's chromium, driven by Playwright; axe looks whether everybody can use each page. Where there
is no chromium these tests are skipped, and say so.
"""

from __future__ import annotations

import datetime
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govkit.cli.submitting.letter import redline_as_text
from govkit.desk.loopback import RunningServer
from govkit.desk.serving import listening
from tests.chromium import faults, needs_chromium
from tests.cli.conftest import git

from .mails import INSTITUTE, SOCIETY, answer, with_addresses, words

pytestmark = needs_chromium
FILE = "provisions/due-process/EXA-DUE-01-notice.yaml"
WIDTHS = ((1280, "light"), (360, "dark"))
ALSO_DARK = ("/text/provision/EXA-DUE-01", "/comments/2026-003", "/ballots")
PAGES = ("/", *ALSO_DARK, "/hand-in", "/comments", "/today?days=60")


@pytest.fixture(scope="module")
def shared(discussed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the one desk that all these tests use; two comments in it wait."""
    copy = tmp_path_factory.mktemp("browser") / "coalition"
    shutil.copytree(discussed, copy, symlinks=True)
    with_addresses(copy)
    return copy


@pytest.fixture
def folder(shared: Path) -> Path:
    """The same folder, with the texts as they were."""
    git(shared, "checkout", "-q", "--", "provisions")
    return shared


@pytest.fixture(scope="module")
def desk(shared: Path) -> Iterator[RunningServer]:
    folder, moment = shared, datetime.datetime(2026, 3, 13, tzinfo=datetime.UTC)
    running = listening(folder, 0, lambda: moment, redline_as_text)
    thread = threading.Thread(target=running.serve, daemon=True)
    thread.start()
    yield running
    running.end()
    thread.join(5)


@pytest.fixture(scope="module")
def let_in(chromium: Any, desk: RunningServer) -> tuple[Any, list[str]]:
    """The one page that all these tests use, let in; and what went wrong in it.

    Nothing may be asked of anybody else, and no script fail.
    """
    page = chromium.new_context().new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            wrong.append(asked.url)
            if not asked.url.startswith(desk.address.partition("/open")[0])
            else None
        ),
    )
    page.goto(desk.address)
    return page, wrong


@pytest.fixture
def page(let_in: tuple[Any, list[str]], folder: Path) -> Iterator[Any]:
    page, wrong = let_in
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    yield page
    assert wrong == []


def address(page: Any, path: str) -> str:
    return page.url.split("/")[0] + "//" + page.url.split("/")[2] + path


def bring(page: Any, *mails: bytes) -> None:
    """Choose mails, and bring them by the keyboard."""
    page.goto(address(page, "/ballots"))
    files = [
        {"name": f"{number}.eml", "mimeType": "message/rfc822", "buffer": data}
        for number, data in enumerate(mails)
    ]
    page.locator("#mails").set_input_files(files)
    page.get_by_role("button", name="Bring them").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_everybody_can_use_every_page(page: Any, folder: Path) -> None:
    (folder / FILE).write_text((folder / FILE).read_text().replace("must tell", "shall tell"))
    bring(page, answer(SOCIETY, "consent"), words(INSTITUTE, "We support this.", 2))
    for path in PAGES:
        page.goto(address(page, path))
        for width, scheme in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if scheme == "light":
                assert faults(page) == [], (path, width)
            elif path in ALSO_DARK:
                assert faults(page, "color-contrast") == [], (path, width)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} wide at {width}"


def test_a_ballot_is_taken_in_by_the_keyboard(page: Any, folder: Path) -> None:
    bring(page, answer(SOCIETY, "consent"))
    page.locator("select[id='b-1']").focus()
    page.keyboard.type("take")
    page.get_by_label("Who you are").focus()
    page.keyboard.type("other-society")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("Taken in, number").wait_for()
    assert [*(folder / "governance/proposals/2026-003/positions").iterdir()]


def test_findings_redline_and_page_follow_what_is_typed(page: Any, folder: Path) -> None:
    page.goto(address(page, "/text/provision/EXA-DUE-01"))
    before = (folder / FILE).read_text()
    field = page.get_by_label("Words of clause b")
    field.fill("The platform shall give the reasons.")
    mark = page.locator("[id='m-clauses.1.text'] .mark")
    mark.first.wait_for()
    assert "shall" in mark.first.inner_text()
    assert "not saved" in page.locator("#summary").inner_text()
    field.fill("The platform must give its reasons for the restriction with the notice.")
    page.locator("#redline:not([hidden])").wait_for()
    page.frame_locator("#redline").locator("ins").first.wait_for()
    page.frame_locator("#page").get_by_text("its reasons for the restriction").wait_for()
    assert mark.count() == 0
    assert (folder / FILE).read_text() == before
    page.keyboard.press("Control+s")
    page.get_by_text("Saved.", exact=True).wait_for()
    assert "must give its reasons" in (folder / FILE).read_text()


def test_by_the_keyboard_alone(page: Any, folder: Path) -> None:
    page.goto(address(page, "/text/provision/EXA-DUE-01"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the page itself"
    up = page.locator("button[value='clauses.1.up']")
    up.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".clause h3").all_inner_texts() == ["(b)", "(a)"]
    focused = page.evaluate("document.activeElement.value")
    assert focused.startswith("clauses.0.")


def test_a_script_in_a_text_does_not_run(page: Any, folder: Path) -> None:
    file = folder / FILE
    script = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    file.write_text(file.read_text().replace("Notice before", f"{script} Notice before"))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(address(page, "/text/provision/EXA-DUE-01"))
    with page.expect_response("**/look"):
        page.locator("#f-title").fill(f"{script} {script}")
    page.frame_locator("#page").get_by_text("alert(1)").first.wait_for()
    page.goto(address(page, "/"))
    assert asked == ["beforeunload"]  # the desk's own question: what was typed is not saved
