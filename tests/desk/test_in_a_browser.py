"""The pages in a real browser: findings as one types, the keyboard, small screens, everybody.

Debian's chromium, driven by Playwright; axe looks whether everybody can use each page. Where there
is no chromium these tests are skipped, and say so.
"""

from __future__ import annotations

import datetime
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govkit.cli.submitting.letter import redline_as_text
from govkit.desk.serving import RunningDesk, listening
from tests.cli.conftest import git

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="no chromium on this machine: apt-get install chromium"
)
FILE = "provisions/due-process/EXA-DUE-01-notice.yaml"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WIDTHS = ((1280, "light"), (360, "dark"))
ALSO_DARK = ("/text/provision/EXA-DUE-01", "/comments/2026-003")
PAGES = ("/", *ALSO_DARK, "/hand-in", "/comments", "/today?days=60")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(FLAGS), env={"PATH": os.environ["PATH"]}
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shared(discussed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the one desk that all these tests use; two comments in it wait."""
    copy = tmp_path_factory.mktemp("browser") / "coalition"
    shutil.copytree(discussed, copy, symlinks=True)
    return copy


@pytest.fixture
def folder(shared: Path) -> Path:
    """The same folder, with the texts as they were."""
    git(shared, "checkout", "-q", "--", "provisions")
    return shared


@pytest.fixture(scope="module")
def desk(shared: Path) -> Iterator[RunningDesk]:
    folder, moment = shared, datetime.datetime(2026, 3, 13, tzinfo=datetime.UTC)
    running = listening(folder, 0, lambda: moment, redline_as_text)
    thread = threading.Thread(target=running.serve, daemon=True)
    thread.start()
    yield running
    running.end()
    thread.join(5)


@pytest.fixture
def page(chromium: Any, desk: RunningDesk, folder: Path) -> Iterator[Any]:
    """A page of the desk that is let in; nothing may be asked of anybody else, no script fail."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
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
    yield page
    context.close()
    assert wrong == []


def address(page: Any, path: str) -> str:
    return page.url.split("/")[0] + "//" + page.url.split("/")[2] + path


def faults(page: Any) -> list[str]:
    """Return what axe finds: rules of WCAG 2 A and AA, and what is good practice."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def test_everybody_can_use_every_page(page: Any, folder: Path) -> None:
    (folder / FILE).write_text((folder / FILE).read_text().replace("must tell", "shall tell"))
    for path in PAGES:
        page.goto(address(page, path))
        for width, scheme in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if scheme == "light" or path in ALSO_DARK:
                assert faults(page) == [], (path, width)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} wide at {width}"


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
    page.locator("#f-title").fill(f"{script} {script}")
    page.wait_for_timeout(1000)
    page.goto(address(page, "/"))
    assert asked == ["beforeunload"]  # the desk's own question: what was typed is not saved
