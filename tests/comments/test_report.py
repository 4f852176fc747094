"""The consultation report: every comment and its answer, and nobody's private data."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import change
from tests.comments.conftest import Run, as_json, ok
from tests.comments.proposal_folder import FOLDER


@pytest.fixture
def report(texts: Path, run: Run, tmp_path: Path) -> Path:
    """Five comments: answered, late, without a name, asked, on the whole."""
    ok(
        run(
            "add",
            "--member",
            "example-institute",
            "--unit",
            "EXA-DUE-01",
            "--clause",
            "a",
            "--text",
            "Too short.\n\n<b>Really</b> *so*.",
            "--proposed",
            "thirty days",
            "--received",
            "2026-04-02",
        )
    )
    ok(run("dispose", "1", "--action", "not-accepted", "--reply", "The law says ten."))
    ok(run("dispose", "1", "--author-reply", "not-satisfied"))
    ok(
        run(
            "add",
            "--name",
            "B. Example (invented)",
            "--unit",
            "EXA-DUE-02",
            "--text",
            "Came late.",
            "--received",
            "2026-04-20",
        )
    )
    for words in ("Without my name.", "A secret of mine."):
        ok(
            run(
                "add",
                "--name",
                "C. Example (invented)",
                "--group",
                "academia",
                "--channel",
                "personal-mail",
                "--unit",
                "EXA-DUE-01",
                "--text",
                words,
                "--received",
                "2026-04-03",
            )
        )
    ok(run("publish", "3", "--as", "without-name"))
    ok(
        run(
            "add",
            "--name",
            "D. Example (invented)",
            "--revision",
            "1",
            "--text",
            "On all of it.",
            "--received",
            "2026-02-20",
        )
    )
    out = tmp_path / "out"
    said = ok(run("report", "--format", "md,html,pdf", "-o", out))
    assert said == "".join(f"{out}/comments-2026-003.{end}\n" for end in ("md", "html", "pdf"))
    return out / "comments-2026-003.md"


def test_what_it_says(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    for line in (
        "# Comments and answers: Earlier notice",
        "Not every comment has an answer yet.",
        "5 comments. 4 comments without an answer.",
        "- Not accepted: 1",
        "- Academia: 3 comments, 3 authors",
        "- No group: 2 comments, 2 authors",
        "- No comment came from: Civil society",
        "- Late: 1",
        "- [Comment 0002](#comment-0002), EXA-DUE-02, revision 2; late",
        "- Comment 0004, EXA-DUE-01, revision 2; not shown",
        "From: Example Institute (invented), Academia  ",
        "About: EXA-DUE-01(a), revision 2",
        "\\<b\\>Really\\</b\\> \\*so\\*.",
        "> *Words the author proposes*",
        "> *Answer: not accepted*",
        "> The law says ten.",
        "> Its author is not satisfied with the answer.",
        "From: Name withheld, Academia  ",
        "Without my name.",
        "Note: Late: it came after the last day for comments",
        "Note: It is about revision 1; the current one is 2",
        "1 comment was sent in a personal mail. Its author has not said yet whether the words may "
        "be published, so they are counted here and not shown.",
    ):
        assert line in text.split("\n"), line


def test_what_waits_comes_before_the_texts(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    places = [
        text.index(f"\n## {title}")
        for title in (
            "Summary",
            "Waiting for an answer",
            "On the proposal as a whole",
            "EXA-DUE-01 Notice before a restriction",
            "EXA-DUE-02 Free complaint",
            "Not shown",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("ending", ["md", "html", "pdf"])
def test_nothing_private_is_printed(report: Path, ending: str) -> None:
    file = report.with_suffix(f".{ending}")
    if ending == "pdf":
        words = "\n".join(page.extract_text() for page in PdfReader(file).pages)
    else:
        words = file.read_text(encoding="utf-8")
    assert "Without my name." in words
    assert "secret" not in words
    assert "C. Example" not in words


def test_the_page_is_escaped(report: Path) -> None:
    page = report.with_suffix(".html").read_text(encoding="utf-8")
    assert "<b>Really" not in page
    assert "&lt;b&gt;Really&lt;/b&gt;" in page
    assert '<section class="comment" id="comment-0001">' in page


def test_it_has_the_same_bytes_each_time(report: Path, run: Run, tmp_path: Path) -> None:
    ok(run("report", "--format", "md,html,pdf", "-o", tmp_path / "again"))
    for ending in ("md", "html", "pdf"):
        again = tmp_path / f"again/comments-2026-003.{ending}"
        assert again.read_bytes() == report.with_suffix(f".{ending}").read_bytes()


def test_without_comments(texts: Path, run: Run, tmp_path: Path) -> None:
    ok(run("report", "--format", "md", "-o", tmp_path))
    text = (tmp_path / "comments-2026-003.md").read_text(encoding="utf-8")
    assert "No comments have come." in text
    assert "- No comment came from: Academia and Civil society" in text
    assert run("report", "--format", "doc").returncode == 2


def test_what_answered_the_call_stands_with_the_proposal_that_came_of_it(
    texts: Path, run: Run, tmp_path: Path
) -> None:
    day = ("--now", "2026-02-02T12:00:00Z")
    asked = ("--title", "Notices", "--asks", "What do users need?", "--inputs-by", "2026-02-20")
    ok(run("open", *asked, *day, of="call"))
    change(texts, f"{FOLDER}/proposal.yaml", "title:", "call: 2026-001\ntitle:")
    ok(run("report", "--format", "md", "-o", tmp_path))
    text = (tmp_path / "comments-2026-003.md").read_text(encoding="utf-8")
    assert "Nothing was filed as an answer to it." in text
    link = ("https://study.example/a?b=1&c=2", "--title", "A <b>study</b>", "--body", "A Lab")
    ok(run("add", *link, *day, of="call"))
    late = ("example-index", "--now", "2026-02-25T12:00:00Z")
    ok(run("add", *late, of="call"))
    ok(run("report", "--format", "md,html", "-o", tmp_path))
    text = (tmp_path / "comments-2026-003.md").read_text(encoding="utf-8")
    page = (tmp_path / "comments-2026-003.html").read_text(encoding="utf-8")
    assert "This proposal came from the call 2026-001: Notices" in text
    assert "(link, A Lab, 2 February 2026)" in text
    assert "(initiative, 25 February 2026, after the last day)" in text
    assert 'href="https://study.example/a?b=1&amp;c=2">A &lt;b&gt;study&lt;/b&gt;</a>' in page
    said = ok(run("2026-003", of="status", by=None))
    assert "From the call 2026-001: 2 inputs: 1 initiative, 1 link; 1 came after" in said
    found = as_json(run("2026-003", "--format", "json", of="status", by=None))
    assert (found["call"], len(found["inputs"])) == ("2026-001", 2)
