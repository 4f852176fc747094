"""Coordinators take in ballots on a page: as `govkit intake` does, each mail an act of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.ballots.signing import signed
from tests.cli.conftest import git

from .browsing import Browser, fields
from .mails import INSTITUTE, OTHER, SOCIETY, answer, with_addresses, words
from .test_comments import NOW, state
from .test_text import words_of_git

PAGE = "/ballots"


@pytest.fixture
def browser(discussed: Path, tmp_path: Path) -> Browser:
    folder = tmp_path / "coalition"
    shutil.copytree(discussed, folder, symlinks=True)
    with_addresses(folder)
    return Browser(folder, lambda: NOW)


def chosen(page: str, *several: str, by: str = "other-society") -> list[tuple[str, str]]:
    """Return the form of the table, with what becomes of each mail, in the order of the rows."""
    names = re.findall(r'name="(becomes\|[0-9a-f]+)"', page)
    kept = [(name, typed) for name, typed in fields(page) if name.startswith(("sign", "seen|"))]
    return [*kept[:1], *kept[1:], *zip(names, several, strict=True), ("by", by)]


def cells(page: str) -> list[str]:
    """Return what stands in each row, without tags."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def positions(browser: Browser) -> list[str]:
    found = (browser.folder / "governance/proposals/2026-003/positions").glob("*.yaml")
    return sorted(each.name for each in found)


def outbox(browser: Browser) -> list[str]:
    found = (browser.folder.parent / f"{browser.folder.name}-private/outbox").glob("*.eml")
    return sorted(each.name for each in found)


def test_each_mail_shows_what_is_certain_and_what_wants_a_person(browser: Browser) -> None:
    before = state(browser.folder)
    done = browser.bring(
        ("a.eml", answer(SOCIETY, "consent")),
        ("b.eml", answer(INSTITUTE, "object", number=2, above="Do not count this, please.")),
        ("c.eml", words(OTHER, "We support this. <script>alert(1)</script>", 3)),
        ("d.eml", answer(OTHER, "consent", revision=1, number=4)),
        ("e.eml", words("s@elsewhere.example", "Hello all.", 5)),
    )
    assert done.status_code == 303, done.text
    page = browser.page(PAGE)
    assert "5 mails lie below now." in page
    rows = cells(page)
    assert "example-society consents: 2026-003, EXA-DUE-01, EXA-DUE-02, EXA-PRV-01" in rows[0]
    assert "Received by lists.example.org at 2026-03-12 10:00 UTC" in rows[0]
    assert "filed as E1" in rows[0]
    assert "The mark stands in what they quote" in rows[1]
    assert "Their own words Do not count this, please." in rows[1]
    assert "Not clear:" in rows[2]
    assert "&lt;script&gt;" in rows[2]
    assert "earlier revision" in rows[3]
    assert "take it in" not in "".join(rows[2:])
    assert not words_of_git(page)
    assert state(browser.folder) == before


def test_what_is_chosen_is_done_mail_by_mail(browser: Browser) -> None:
    browser.bring(
        ("a.eml", answer(SOCIETY, "consent")),
        ("b.eml", words(INSTITUTE, "We support this.", 2)),
        (
            "c.eml",
            words(OTHER, "The second text should say who the keeper is, and for how long.", 3),
        ),
        ("d.eml", answer(OTHER, "abstain", number=4)),
    )
    page = browser.page(PAGE)
    done = browser.post(PAGE, chosen(page, "take", "ask", "keep", ""))
    assert done.status_code == 303, done.text
    after = browser.page(PAGE)
    assert positions(browser) == ["example-society-01.yaml"]
    assert outbox(browser) == ["example-institute.eml", "example-society.eml"]
    assert "Taken in, number " in after
    assert "Asked back." in after
    assert "govkit comment import" in after
    assert "Letters to look at and to send: 2" in after
    assert len(cells(after)) == 1
    assert '<option value="other-society" selected>' in after, "who they are is remembered"
    assert not words_of_git(after)
    browser.bring(("again.eml", answer(SOCIETY, "consent")))
    assert "Taken in before: 1." in browser.page(PAGE)
    assert browser.post(PAGE, chosen(page, "take", "", "", "")).status_code == 303
    assert positions(browser) == ["example-society-01.yaml"], "the form that was sent twice"


def test_the_same_words_again_are_looked_at_again(browser: Browser) -> None:
    """Two mails of one member lie there: the second became something else with the first."""
    several = (answer(SOCIETY, "consent"), answer(SOCIETY, "consent", number=2))
    box = b"".join(b"From x Mon Feb 16 09:00:00 2026\n" + each + b"\n\n" for each in several)
    browser.bring(("answers.mbox", box.replace(b"\r\n", b"\n")))
    browser.post(PAGE, chosen(browser.page(PAGE), "take", "take"))
    assert positions(browser) == ["example-society-01.yaml"]
    page = browser.page(PAGE)
    [row] = cells(page)
    assert "What it would become is something else by now. Look again." in row
    assert "says just this already, and came within a day." in row
    browser.post(PAGE, chosen(page, "take"))
    assert positions(browser) == ["example-society-01.yaml", "example-society-02.yaml"]


def test_a_late_ballot_says_so_and_can_be_kept(browser: Browser) -> None:
    late = answer(SOCIETY, "consent").replace(
        b"Thu, 12 Mar 2026 10:00:05", b"Fri, 13 Feb 2026 10:00:05"
    )
    browser.bring(("early.eml", late))
    [row] = cells(browser.page(PAGE))
    assert "before its revision was opened" in row
    assert "take it in" not in row


@pytest.mark.parametrize(
    ("changed", "words_"),
    [
        ({"by": ""}, "Nobody is named who takes them in."),
        ({"by": "example-institute"}, "coordinator"),
        ({"choice": ""}, "Nothing is chosen."),
    ],
)
def test_where_it_can_not_be_done_nothing_is(
    browser: Browser, changed: dict[str, str], words_: str
) -> None:
    browser.bring(("a.eml", answer(SOCIETY, "consent")))
    before = state(browser.folder)
    pairs = chosen(
        browser.page(PAGE), changed.get("choice", "take"), by=changed.get("by", "other-society")
    )
    done = browser.post(PAGE, pairs)
    assert done.status_code == 422
    assert words_ in done.text
    assert not words_of_git(done.text)
    assert state(browser.folder) == before


def test_when_and_by_which_keys_they_came_is_said_once(browser: Browser) -> None:
    raw = answer(SOCIETY, "consent").partition(b"\r\n")[2]  # no host of ours received it
    done = browser.bring(("a.eml", raw), received="2026-03-11T08:30")
    assert done.status_code == 303
    page = browser.page(PAGE)
    assert "Received at 2026-03-11 08:30 UTC by your word" in page
    assert 'value="2026-03-11T08:30"' in page
    for more, said in (
        ({"received": "2027-01-01T00:00"}, "is still to come"),
        ({"received": "soon"}, "can&#39;t be read"),
        ({"keys": "no key"}, "is no key of a domain"),
        ({}, "2026-03-11 08:30"),
    ):
        done = browser.bring(("a.eml", raw), **{"received": "2026-03-11T08:30", **more})
        assert said in (done.text if done.status_code == 422 else browser.page(PAGE))


def test_what_the_page_asks_for_it_has_a_field_for(browser: Browser) -> None:
    """A line of a foreign host lies above, and a signature has no key: both in one mail."""
    head, _, mail = answer(SOCIETY, "consent").partition(b"\r\n")
    above = b"Received: from x by lists.elsewhere.example; Thu, 12 Mar 2026 10:00:09 +0000\r\n"
    browser.bring(("a.eml", above + head + b"\r\n" + signed(mail)))
    page = browser.page(PAGE)
    [row] = cells(page)
    assert "say when it came under “How they came”." in row
    assert "no key was given for 2026a._domainkey.society.example" in row
    assert "--" not in row
    assert "Keys of the domains that sign mails" in page


def test_the_folder_of_this_clone_is_read_and_what_is_done_passed_over(browser: Browser) -> None:
    mails = browser.folder.parent / "mails"
    mails.mkdir()
    (mails / "1.eml").write_bytes(answer(SOCIETY, "consent"))
    assert "Read the folder" not in browser.page(PAGE)
    git(browser.folder, "config", "govkit.mails", "../mails")
    assert "Take in" not in browser.page("/today")
    assert f'href="{PAGE}">Do it here' in browser.page("/today")
    sign = [("sign", browser.access.form_sign)]
    assert browser.post("/ballots/read", sign).status_code == 303
    browser.post(PAGE, chosen(browser.page(PAGE), "take"))
    browser.post("/ballots/read", sign)
    assert "Taken in before: 1." in browser.page(PAGE)
    shutil.rmtree(mails)
    done = browser.post("/ballots/read", sign)
    assert done.status_code == 422
    assert "There is no " in done.text


def test_hostile_files_are_mails_that_nobody_can_take_in(browser: Browser) -> None:
    before = state(browser.folder)
    for name, data in (
        ("../../../etc/passwd", b"\x00\xff" * 5_000),
        ("<script>alert(1)</script>.eml", b""),
        ("large.eml", answer(SOCIETY, "consent") + b"x" * 5_100_000),
        ("many.mbox", b"From x Mon Feb 16 09:00:00 2026\nSubject: <img src=x>\n\nHello.\n\n" * 300),
    ):
        assert browser.bring((name, data)).status_code == 303
        page = browser.page(PAGE)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "../" not in page
    assert "take it in" not in page
    assert state(browser.folder) == before


def test_what_the_page_does_not_offer_is_not_done(browser: Browser) -> None:
    browser.bring(("c.eml", words(OTHER, "We support this.", 3)))
    before, page = state(browser.folder), browser.page(PAGE)
    browser.post(PAGE, chosen(page, "take"))
    assert "That can&#39;t become of this mail" in browser.page(PAGE).replace(
        "that can", "That can"
    )
    browser.post(
        PAGE, [("sign", browser.access.form_sign), ("by", "other-society"), ("becomes|ff", "take")]
    )
    assert state(browser.folder) == before
