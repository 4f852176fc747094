"""The comment table goes out and comes back; what is wrong with one is named row by row."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import click
import pytest

from govkit.source.csv_grid import read_csv, write_csv
from govkit.source.xlsx_grid import read_xlsx, write_xlsx
from tests.comments.conftest import Run, as_json, author_of, comment, entries, everything, ok

ISO = [
    ["Template for comments and secretariat observations", "", "", "", "", "", ""],
    [
        "MB/NC¹",
        "Clause/ Subclause (e.g. 3.1)",
        "Paragraph/ Figure/ Table (e.g. Table 1)",
        "Type of comment²",
        "Comments",
        "Proposed change",
        "Observations of the secretariat",
    ],
    ["example-institute", "EXA-DUE-01(a)", "", "te", "Ten days are too short.", "thirty days", ""],
    [
        "A. Example; Example University; academia",
        "EXA-DUE-02, clause (b)",
        "a fee for a complaint",
        "ed",
        "=SUM(1;2) is no number",
        "-free",
        "",
    ],
    ["IN", "", "", "ge", "Good work.", "", ""],
    ["1 MB = Member body", "", "", "", "", "", ""],
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def written(path: Path, table: list[list[str]]) -> Path:
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".xlsx":
        path.write_bytes(write_xlsx("Comments", table, [10] * len(table[0])))
    else:
        path.write_bytes(write_csv(table))
    return path


@pytest.fixture
def filled(texts: Path, run: Run, desk: Path) -> Path:
    """Three comments, taken in from the template of the standards bodies."""
    ok(run("import", written(desk / "iso.xlsx", ISO), "--received", "2026-04-02"))
    return texts


@pytest.mark.parametrize("name", ["iso.csv", "iso.xlsx"])
def test_the_template_of_the_standards_bodies_is_read(
    texts: Path, run: Run, desk: Path, name: str
) -> None:
    done = run("import", written(desk / name, ISO), "--received", "2026-04-02")
    ok(done)
    assert "row 6: left out: the row has no comment" in done.stderr
    first, second, third = (comment(texts, number) for number in (1, 2, 3))
    assert (first.author.member, first.type) == ("example-institute", "substantive")
    assert first.target.quote is not None
    assert first.target.quote.startswith("The platform must tell the user")
    assert first.proposed_text == "thirty days"
    author = author_of(texts, 2)
    assert (author.name, author.affiliation, author.group) == (
        "A. Example",
        "Example University",
        "academia",
    )
    assert (second.comment, second.proposed_text) == ("=SUM(1;2) is no number", "-free")
    assert (second.target.unit, second.target.quote) == ("EXA-DUE-02", "a fee for a complaint")
    assert (author_of(texts, 3).name, third.target.unit, third.type) == ("IN", None, "general")
    assert {first.source.snapshot, third.source.snapshot} == {second.source.snapshot}
    assert first.source.snapshot is not None
    assert [entry.kind for entry in entries(texts)] == ["comment"] * 3


def test_the_same_file_twice_brings_nothing_new(filled: Path, run: Run, desk: Path) -> None:
    before = everything(filled)
    done = run("import", desk / "iso.xlsx", by=None)
    assert ok(done).endswith("The table brings nothing new. Nothing was written.\n")
    assert "row 3: left out: it is comment 0001 already" in done.stderr
    assert everything(filled) == before


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_a_table_that_is_exported_and_imported_changes_nothing(
    filled: Path, run: Run, desk: Path, format_: str
) -> None:
    ok(run("dispose", "2", "--action", "not-accepted", "--reply", "No.\nAnd: no."))
    ok(
        run(
            "add",
            "--name",
            "B",
            "--group",
            "academia",
            "--channel",
            "personal-mail",
            "--unit",
            "EXA-DUE-01",
            "--clause",
            "b",
            "--text",
            "secret",
        )
    )
    out = desk / f"out.{format_}"
    ok(run("table", "--format", format_, "-o", out))
    before = everything(filled)
    for command in (("import", out), ("dispose", "--from", out)):
        assert "nothing new" in ok(run(*command, by=None))
        assert everything(filled) == before
    again = desk / f"again.{format_}"
    ok(run("table", "--format", format_, "-o", again))
    assert again.read_bytes() == out.read_bytes()


def test_a_file_holds_no_colours_and_all_that_the_screen_shows(
    filled: Path, run: Run, desk: Path
) -> None:
    shown = ok(run("table", "--color", "always", by=None))
    assert "\x1b[" in shown
    ok(run("table", "--color", "always", "-o", desk / "t.txt", by=None))
    assert (desk / "t.txt").read_text() == click.unstyle(shown)


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_answers_written_into_a_table_are_taken_in(
    filled: Path, run: Run, desk: Path, format_: str
) -> None:
    out = desk / f"out.{format_}"
    ok(run("table", "--format", format_, "-o", out))
    read = read_csv(out.read_bytes()) if format_ == "csv" else read_xlsx(out.read_bytes())
    table = [list(row.cells[:10]) for row in read]
    table[1][8] = "Accepted (revision 2, EXA-DUE-01)"
    table[2][8] = "Not accepted: A fee\nmay be asked, =1+1."
    said = ok(run("dispose", "--from", written(out, table)))
    assert said == "Answered 2 comments: 0001, 0002\n"
    first, second, third = (comment(filled, number).disposition for number in (1, 2, 3))
    assert first is not None
    assert second is not None
    assert third is None
    assert (first.action, first.by) == ("accepted", "other-society")
    assert first.result is not None
    assert (first.result.revision, first.result.unit) == (2, "EXA-DUE-01")
    assert second.reply == "A fee\nmay be asked, =1+1."
    assert [entry.kind for entry in entries(filled)] == ["comment"] * 3 + ["disposition"] * 2


def test_new_rows_and_answers_are_one_act(filled: Path, run: Run, desk: Path) -> None:
    table = rows(ok(run("table", "--format", "csv")).encode())
    assert table[2][6] == "'=SUM(1;2) is no number"  # as a spreadsheet program shows it
    table[1][8] = "Deferred: later"
    table.append(["", "example-institute", "1", "EXA-DUE-01(b)", "", "ed", "A comma.", "", "", ""])
    ok(run("import", written(desk / "t.xlsx", table)))
    assert [entry.kind for entry in entries(filled)[3:]] == ["comment", "disposition"]
    assert comment(filled, 4).target.revision == 1


FAULTY = {
    "an unknown text": (
        ["", "IN", "", "EXA-DUE-99(a)", "", "te", "x"],
        "has no text `EXA-DUE-99`",
        "Did you mean",
    ),
    "a word for a text": (
        ["", "IN", "", "the whole thing", "", "te", "x"],
        "has no text `the whole thing`",
        "Its texts: EXA-DUE-01",
    ),
    "an unknown clause": (
        ["", "IN", "", "EXA-DUE-01 (z)", "", "te", "x"],
        "has no clause (z)",
        "Its clauses: (a), (b).",
    ),
    "an unknown type": (["", "IN", "", "", "", "xx", "x"], "`xx` is no type", "Write ge, te, ed"),
    "nobody": (["", "", "", "", "", "", "x"], "nobody is named", "--member"),
    "four parts of a name": (["", "a;b;c;d", "", "", "", "", "x"], "more than three parts", ""),
    "an unknown group": (["", "a;b;press", "", "", "", "", "x"], "no group `press`", "It has"),
    "an unknown revision": (["", "IN", "7", "", "", "", "x"], "has no revision 7", "1 to 2"),
    "a word for a revision": (["", "IN", "last", "", "", "", "x"], "`last` is no number", "as 2"),
    "an unknown number": (["9", "IN", "", "", "", "", "x"], "has no comment 0009", "up to 0003"),
    "a word for a number": (["new", "IN", "", "", "", "", "x"], "`new` is no number", "Leave"),
    "other words": (
        ["3", "IN", "2", "", "", "ge", "Bad work."],
        "was filed with other words in the column of its comment",
        "never changed",
    ),
    "another author": (
        ["3", "US", "2", "", "", "ge", "Good work."],
        "in the column of its author",
        "never changed",
    ),
    "a new row with an answer": (
        ["", "IN", "", "", "", "", "x", "", "Accepted"],
        "has an answer already",
        "first",
    ),
    "no answer": (
        ["3", "IN", "2", "", "", "ge", "Good work.", "", "Noted"],
        "`Noted` is no answer",
        "Begin with one of",
    ),
    "no reply": (
        ["3", "IN", "2", "", "", "ge", "Good work.", "", "Deferred"],
        "needs a reply",
        "after a colon",
    ),
    "an unknown place": (
        ["3", "IN", "2", "", "", "ge", "Good work.", "", "Accepted (rev 4)"],
        "has no revision 4",
        "1 to 2",
    ),
}
HEAD = [
    "No.",
    "Author",
    "Revision",
    "Clause",
    "Paragraph",
    "Type",
    "Comment",
    "Proposed change",
    "Observations of the secretariat",
]


def test_every_wrong_row_is_named_and_nothing_is_written(
    filled: Path, run: Run, desk: Path
) -> None:
    lines = [row for row, _, _ in FAULTY.values()]
    good = ["", "IN", "", "", "", "", "A good comment."]
    before = everything(filled)
    # A number may stand once; each of these rows is held against a table of its own.
    for at, (name, (row, message, help)) in enumerate(FAULTY.items()):
        if row[0] == "3" and at > 11:
            done = run("import", written(desk / "one.csv", [HEAD, good, row]))
            assert done.returncode == 1, name
            assert "one.csv, row 3: " in done.stderr, name
            assert message in done.stderr, name
            assert help in done.stderr, name
    done = run("import", written(desk / "t.csv", [HEAD, good, *lines[:12], lines[13]]))
    assert done.returncode == 1
    for number, (row, message, help) in enumerate([*FAULTY.values()][:12], 3):
        assert f"t.csv, row {number}: " in done.stderr, row
        assert message in done.stderr, row
        assert help in done.stderr, row
    assert "13 rows are wrong, so nothing was written." in done.stderr
    assert everything(filled) == before
    answer = run("import", desk / "t.csv", "--format", "json")
    assert answer.returncode == 1
    assert '"row": 3' in answer.stdout


def test_one_comment_stands_in_one_row(filled: Path, run: Run, desk: Path) -> None:
    row = ["3", "IN", "2", "", "", "ge", "Good work."]
    done = run("dispose", "--from", written(desk / "t.csv", [HEAD, row, row]))
    assert "row 3: comment 0003 stands in row 2 already" in done.stderr


def test_dispose_takes_no_new_rows(filled: Path, run: Run, desk: Path) -> None:
    new = ["", "IN", "", "", "", "", "x"]
    done = run("dispose", "--from", written(desk / "t.csv", [HEAD, new]))
    assert done.returncode == 1
    assert "row 2: this row has no number, so it answers no comment" in done.stderr


def test_an_answer_is_given_anew_only_on_request(filled: Path, run: Run, desk: Path) -> None:
    ok(run("dispose", "3", "--action", "accepted"))
    row = ["3", "IN", "2", "", "", "ge", "Good work.", "", "Deferred: later"]
    path = written(desk / "t.csv", [HEAD, row])
    assert "comment 0003 has an answer already" in run("dispose", "--from", path).stderr
    ok(run("dispose", "--from", path, "--anew"))
    answer = comment(filled, 3).disposition
    assert answer is not None
    assert answer.action == "deferred"
    assert [entry.kind for entry in entries(filled)[3:]] == ["disposition"] * 2


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            [["Id", "Words"], ["1", "x"]],
            "no row of headings with Clause and Comment was found in the first 25 rows",
        ),
        (
            [["Clause", "Comment", "Comments"], ["", "x", "y"]],
            "the columns `Comment` and `Comments` both hold `Comment`",
        ),
        ([["", ""]], "no row of headings"),
    ],
)
def test_a_table_with_a_wrong_header(
    texts: Path, run: Run, desk: Path, table: list[list[str]], message: str
) -> None:
    done = run("import", written(desk / "t.csv", table))
    assert done.returncode == 2
    assert f"t.csv: {message}" in done.stderr or f"t.csv, row 1: {message}" in done.stderr
    assert "help:" in done.stderr


def test_columns_that_are_not_read_are_named(texts: Path, run: Run, desk: Path) -> None:
    table = [["Clause", "Comment", "Author", "Votes"], ["", "x", "IN", "7"]]
    done = run("import", written(desk / "t.csv", table))
    ok(done)
    assert "note: columns that are not read: Votes" in done.stderr


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_a_file_that_is_no_table(texts: Path, run: Run, desk: Path, name: str) -> None:
    (desk / name).write_bytes(b"\x00\x01\x02\xff")
    done = run("import", desk / name)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "help:" in done.stderr


def test_without_a_private_folder_nothing_is_filed(texts: Path, run: Run, desk: Path) -> None:
    (texts.parent / "texts-private").rmdir()
    before = everything(texts)
    done = run("import", written(desk / "iso.csv", ISO))
    assert done.returncode == 2
    assert "there is no private folder" in done.stderr
    assert everything(texts) == before


def test_what_is_kept_is_taken_away_where_nothing_can_be_filed(
    texts: Path, run: Run, desk: Path
) -> None:
    done = run("import", written(desk / "iso.csv", ISO), by="example-institute")
    assert done.returncode == 2
    log = texts / "governance/log"
    log.mkdir()
    (log / "000001.yaml").write_text("broken: [")
    done = run("import", desk / "iso.csv")
    assert done.returncode == 3
    assert [path for path in (texts.parent / "texts-private").rglob("*") if path.is_file()] == []


# --- the table itself ---------------------------------------------------------------------------


def test_the_table_on_a_terminal_fits_it(filled: Path, run: Run) -> None:
    ok(run("dispose", "3", "--action", "accepted"))
    shown = ok(run("table", COLUMNS="80"))
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert shown.splitlines()[-1] == "3 comments: 2 waiting for an answer."
    assert "0003  IN" in shown
    waiting = ok(run("table", "--waiting"))
    assert "0003" not in waiting
    assert "0003" not in ok(run("table", "--unit", "exa-due-02"))
    assert "no text" in run("table", "--unit", "EXA-DUE-09").stderr


def test_the_table_as_json(filled: Path, run: Run) -> None:
    found = as_json(run("table", "--format", "json"))
    assert (found["version"], found["proposal"], found["revision"]) == (1, "2026-003", 2)
    first = found["comments"][0]
    assert (first["number"], first["unit"], first["clause"]) == (1, "EXA-DUE-01", "a")
    assert first["author"] == {"member": "example-institute"}
    assert first["group"] == "academia"
    assert first["received_at"] == "2026-04-02T12:00:00Z"
    assert first["disposition"] is None


def test_the_table_as_a_page_escapes_what_people_write(texts: Path, run: Run) -> None:
    ok(run("add", "--name", "<script>A</script>", "--text", "<img src=x> | `a` *b*\nnext line"))
    page = ok(run("table", "--format", "html"))
    assert "<script>A" not in page
    assert "<img" not in page
    assert '<th scope="col">Comment</th>' in page
    lines = [line for line in ok(run("table", "--format", "md")).splitlines() if "0001" in line]
    assert len(lines) == 1
    assert lines[0].count(" | ") - lines[0].count("\\|") + lines[0].count("\\|") >= 9
    assert "\\<img src=x\\> \\| \\`a\\` \\*b\\*<br>next line" in lines[0]


def test_the_words_of_a_text_are_read_once_however_many_comments_there_are(
    texts: Path, run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govkit.consultation import consultation

    lines = [["", "IN", "", "EXA-DUE-01(a)", "", "te", f"Comment {at}."] for at in range(40)]
    said = ok(run("import", written(desk / "t.csv", [HEAD, *lines]), "--received", "2026-04-02"))
    assert said.splitlines()[-1] == (
        "… and 20 more, up to 0040: 40 comments in all, 0 of them late."
    )
    again = run("import", desk / "t.csv")
    assert again.stderr.splitlines()[-1] == "… and 20 more notes; --format json has them all."
    read: list[str] = []
    real = consultation.wording_of

    def counted(document: Any, digest: str | None) -> Any:
        read.append(document.id)
        return real(document, digest)

    monkeypatch.setattr(consultation, "wording_of", counted)
    assert ok(run("table")).count("EXA-DUE-01(a)") == 40
    assert read == ["EXA-DUE-01"]


def test_a_comment_published_after_the_export_holds_up_no_other_answer(
    filled: Path, run: Run, desk: Path
) -> None:
    personal = ("--name", "B", "--group", "academia", "--channel", "personal-mail")
    place = ("--unit", "EXA-DUE-01", "--clause", "b")
    ok(run("add", *personal, *place, "--text", "Which reasons?"))
    table = desk / "answers.csv"
    ok(run("table", "--format", "csv", "-o", table))
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    number = rows[-1][0]
    rows[1][8] = "Accepted: It is done."
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    ok(run("publish", number, "--as", "public"))
    ok(run("add", "--name", "C", "--text", "Came after the export."))
    done = run("dispose", "--from", table)
    assert "Answered 1 comment: 0001" in ok(done)
    assert f"comment {number} was published after this table was exported" in done.stderr
    later = f"{int(number) + 1:04d}"
    assert f"not in the table, and without an answer: {later}" in done.stderr
    assert comment(filled, 1).disposition is not None
    assert comment(filled, int(number)).disposition is None


def test_a_round_of_twenty_mails_is_at_most_twenty_five_commands(
    texts: Path, run: Run, desk: Path
) -> None:
    """A mail each, then all answers in one table."""
    commands = 0

    def typed(*words: str | Path) -> str:
        nonlocal commands
        commands += 1
        return ok(run(*words))

    for number in range(1, 21):
        mail = desk / f"{number}.txt"
        mail.write_text(
            f"Dear all,\n\nTen days in EXA-DUE-01(a) are {number} days too short for us.\n\n"
            f"Kind regards\nKeeper {number}\n",
            encoding="utf-8",
        )
        typed("import", mail, "--free", "--name", f"Keeper {number} (invented)", "--yes")
    table = desk / "comments.csv"
    typed("table", "--format", "csv", "-o", table)
    head, *filed = rows(table.read_bytes())
    answered = [
        [*row[:8], f"Not accepted: Keeper {row[0]} has ten days.", *row[9:]] for row in filed
    ]
    typed("dispose", "--from", written(table, [head, *answered]))
    typed("report", "--format", "md", "-o", desk / "report.md")
    assert commands <= 25
    assert len(filed) == 20
    report = (desk / "report.md").read_text(encoding="utf-8")
    assert [f"Keeper {number:04d} has ten days." in report for number in (1, 20)] == [True] * 2
    assert [e.kind for e in entries(texts)].count("disposition") == 20
