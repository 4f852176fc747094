"""A text as a form, without a script: opened, typed into, moved about, saved, and nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govkit.desk.plain_words import GIT_WORDS, without_git

from .browsing import D1, Browser, fields, typed

FILE = "provisions/due-process/EXA-DUE-01-notice.yaml"
TERM = "registers/terms/user.yaml"


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def saved(browser: Browser, before: str) -> tuple[list[str], list[str]]:
    return difference(before, (browser.folder / FILE).read_text())


@pytest.fixture
def before(folder: Path) -> str:
    return (folder / FILE).read_text()


def test_the_list_shows_the_texts_that_are_asked_for(browser: Browser) -> None:
    page = browser.page("/")
    assert "EXA-DUE-01" in page
    assert "EXR-01" in page
    assert 'href="/text/term/user"' in page
    assert "EXA-DUE-01" not in browser.page("/?kind=recommendation")
    found = browser.page("/?q=REASONS+notice&state=draft")
    assert "EXA-DUE-01" in found
    assert "EXA-PRV-01" not in found
    assert "No text fits." in browser.page("/?q=nosuchword")


def test_a_list_says_where_mistakes_are(browser: Browser) -> None:
    (browser.folder / FILE).write_text((browser.folder / FILE).read_text() + "colour: red\n")
    assert "1 mistake<" in browser.page("/")


def test_what_is_not_changed_is_not_written(browser: Browser, before: str) -> None:
    done = browser.press(D1, "save")
    assert done.headers["Location"].endswith("?saved=same")
    assert (browser.folder / FILE).read_text() == before


@pytest.mark.parametrize(
    ("field", "words", "went", "came"),
    [
        ("title", "Notice first", ["title: Notice before a restriction"], ["title: Notice first"]),
        ("clauses__1__force", "should", [], ["    force: should"]),
        ("category", "", ["category: procedural"], []),
        ("parameters__0__default", "21", ["    default: 14"], ["    default: 21"]),
        ("parameters__0__maximum", "", ["    maximum: 30"], []),
        ("parameters__0__name", "days", ["  notice_days:"], ["  days:"]),
        (
            "clauses__0__exceptions__0",
            "where a court\r\nforbids it",
            ["      - where the law forbids it"],
            ["      - where a court forbids it"],
        ),
        (
            "grounds__0__locator",
            "art. 3(2)",
            ["    locator: art. 3(1)"],
            ["    locator: art. 3(2)"],
        ),
        ("summary", "You are told first.", [], ["summary: You are told first."]),
        ("rationale", "", None, []),
    ],
)
def test_one_field_changes_its_own_lines(
    browser: Browser, before: str, field: str, words: str, went: list[str] | None, came: list[str]
) -> None:
    done = browser.press(D1, "save", **{field: words})
    assert done.headers["Location"].endswith("?saved=yes")
    gone, new = saved(browser, before)
    assert new == came
    assert went is None or gone == went
    assert "Saved." in browser.page(done.headers["Location"])


def test_a_list_of_items_becomes_lines_and_a_paragraph_one_line(
    browser: Browser, before: str
) -> None:
    items = "The platform must tell:\r\n\r\n(a) what it did;\r\n(b) why. "
    browser.press(D1, "save", clauses__1__text=items)
    assert [line for line in saved(browser, before)[1] if line] == [
        "    text: |-",
        "      The platform must tell:",
        "      (a) what it did;",
        "      (b) why.",
    ]


def test_a_clause_is_added_moved_and_taken_out(browser: Browser, before: str) -> None:
    added = browser.press(D1, "clauses.add").text
    assert "Clause c" in added
    assert (browser.folder / FILE).read_text() == before
    words = "The platform must be brief."
    moved = browser.press(D1, "clauses.2.up", added, clauses__2__text=words).text
    assert moved.index("Clause c") < moved.index("Clause b")
    limited = browser.press(D1, "clauses.1.conditions.add", moved).text
    out = browser.press(
        D1, "clauses.2.remove", limited, clauses__1__conditions__0="where it can"
    ).text
    assert browser.press(D1, "save", out).headers["Location"].endswith("?saved=yes")
    gone, new = saved(browser, before)
    assert gone == [
        "  - id: b",
        "    text: The platform must give the reasons for the restriction with the notice.",
    ]
    assert new == ["  - id: c", f"    text: {words}", "    conditions:", "      - where it can"]
    # An id is never given twice.
    again = browser.press(D1, "clauses.add").text
    assert "Clause d" in again


def test_comments_order_and_what_the_form_does_not_show_stay(browser: Browser) -> None:
    file = browser.folder / FILE
    text = file.read_text().replace("  - id: b", "  # the reasons\n  - id: b # second")
    file.write_text(text.replace("mappings:", "mappings: # informative"))
    before = file.read_text()
    browser.press(D1, "clauses.1.up", clauses__0__text="The platform must act.")
    page = browser.press(D1, "clauses.1.up").text
    browser.press(D1, "save", page, title="Notice first")
    after = file.read_text()
    assert sorted(after.splitlines()) == sorted(
        before.replace("Notice before a restriction", "Notice first").splitlines()
    )
    assert after.index("# the reasons\n  - id: b # second") < after.index("- id: a")


def test_what_is_found_stands_beside_its_field(browser: Browser) -> None:
    page = browser.press(D1, "look", clauses__0__text="The platform shall tell.").text
    words = re.search(r'id="m-clauses\.0\.text">(.*?)</div>', page, re.DOTALL)
    assert words is not None
    assert "shall" in words[1]
    page = browser.press(D1, "look", parameters__0__default="soon").text
    blank = re.search(r'id="m-parameters\.0\.default">(.*?)</div>', page, re.DOTALL)
    assert blank is not None
    assert "Mistake:" in blank[1]
    assert "to mend" in page
    assert "not saved" in page


def test_the_script_is_told_the_same(browser: Browser) -> None:
    pairs = typed(fields(browser.page(D1)), title="Notice, at once")
    said = browser.post(f"{D1}/look", pairs).json
    assert said["change"].startswith("Class 1, editorial") or "lass" in said["change"]
    assert said["changed"] is True
    assert "not saved" in said["summary"]
    assert "Notice, at once" in browser.page(f"/paper/{said['page']}")
    assert "<ins" in browser.page(f"/paper/{said['redline']}")


def test_what_stays_wrong_can_be_saved_and_mended(browser: Browser) -> None:
    done = browser.press(D1, "save", clauses__0__force="mustn't")
    assert done.status_code == 303
    page = browser.page(D1)
    assert "can&#39;t be printed" in page or "It can't be printed" in page
    browser.press(D1, "save", page, clauses__0__force="must")
    assert "No mistake" in browser.page(D1)


def test_an_editor_that_was_quicker_loses_nothing(browser: Browser) -> None:
    file = browser.folder / FILE
    mine = typed(fields(browser.page(D1)), title="Mine", summary="My summary.")
    file.write_text(file.read_text().replace("Notice before a restriction", "Theirs"))
    theirs = file.read_text()
    both = browser.post(D1, mine, "save")
    assert both.status_code == 409
    assert file.read_text() == theirs
    for words in ("Theirs", "Mine", "My summary."):
        assert words in both.text
    # Their words: what I typed is kept.
    left = browser.press(D1, "theirs", both.text)
    assert left.headers["Location"].endswith("?saved=theirs")
    assert file.read_text() == theirs
    (kept,) = (browser.folder / ".git/govkit").rglob("undone/*")
    assert "title: Mine" in kept.read_text()
    # My words, over theirs: theirs are kept.
    assert browser.press(D1, "mine", both.text).status_code == 303
    assert "title: Mine" in file.read_text()
    assert theirs in [each.read_text() for each in kept.parent.iterdir()]


def test_they_can_be_quicker_again_while_one_chooses(browser: Browser) -> None:
    file = browser.folder / FILE
    mine = typed(fields(browser.page(D1)), title="Mine")
    file.write_text(file.read_text().replace("Notice before a restriction", "Theirs"))
    both = browser.post(D1, mine, "save").text
    file.write_text(file.read_text().replace("Theirs", "Theirs again"))
    third = browser.press(D1, "mine", both)
    assert third.status_code == 409
    assert "Theirs again" in third.text
    assert "title: Theirs again" in file.read_text()


def test_a_file_that_vanished_gives_the_words_back(browser: Browser) -> None:
    words = "The platform must tell the user at once, and in plain words."
    page = browser.page(D1)
    mine = typed(fields(page), clauses__0__text=words, title="A short title")
    (browser.folder / FILE).unlink()
    done = browser.post(D1, mine, "save")
    assert done.status_code == 410
    assert "is not there any more" in done.text
    assert words in done.text
    assert "A short title" in done.text
    assert dict(fields(page))["opened"] not in done.text
    assert not (browser.folder / FILE).exists()


def test_a_file_that_no_form_can_show_is_said_to_be_one(browser: Browser) -> None:
    file = browser.folder / FILE
    file.write_text("id: EXA-DUE-01\nclauses: none\n")
    assert "can&#39;t be shown as a form" in browser.get(D1).text
    file.write_text("id: [\n")
    done = browser.get(D1)
    assert done.status_code == 422
    assert "Mend the file itself first." in done.text


def test_a_term_is_edited_the_same_way(browser: Browser) -> None:
    before = (browser.folder / TERM).read_text()
    browser.press("/text/term/user", "save", aliases="account holder\r\nusers' group\r\n")
    gone, came = difference(before, (browser.folder / TERM).read_text())
    assert [line for line in gone if "alias" not in line] == []
    assert "account holder" in " ".join(came)


def test_no_history_is_needed(browser: Browser) -> None:
    import shutil

    shutil.rmtree(browser.folder / ".git")
    assert "No word is other than before." in browser.page(D1)
    done = browser.press(D1, "look", title="Notice first")
    assert "paper/" in done.text
    assert browser.press(D1, "save", title="Notice first").status_code == 303


def test_no_word_of_git_stands_on_a_page(browser: Browser) -> None:
    pages = [browser.page(address) for address in ("/", D1, "/text/term/user")]
    pages.append(browser.press(D1, "look", clauses__0__text="shall", title="").text)
    for page in pages:
        assert not words_of_git(page)


def words_of_git(page: str) -> list[str]:
    """Return the words of git on a page, outside of its addresses and its own sign."""
    shown = re.sub(r"<[^>]*>", " ", page)
    return [word for word in GIT_WORDS if re.search(rf"(?i)\b{re.escape(word)}\b", shown)]


def test_what_the_tools_say_is_said_otherwise() -> None:
    assert without_git("Commit the texts first: `git add -A`, then merge.") == (
        "saved state the texts first:, then taking in."
    )
    assert without_git("govkit and digital words stay") == "govkit and digital words stay"
