"""The registers of the coalition's life: listed, shown, begun, printed; the matrix, the balance."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import get_args

import pytest

from govkit.cli.main import _run
from govkit.corpus.documents import document_of
from govkit.corpus.issue_matrix import issue_matrix
from govkit.corpus.whole import corpus_of
from govkit.records.governance import Member
from govkit.records.registers import Event, Initiative, Issue, Paper, Response
from govkit.rendering.register_columns import COLUMNS, KINDS_OF, STAGES, STATUSES_OF

from .conftest import Run

HOSTILE = (
    '<script>alert(1)</script> <b> "quoted" ![x](http://e.org/x.png) [l](javascript:alert(1)) =1+1'
)
FILES = {
    "registers/issues/silent-removal.yaml": """title: Removal without notice
summary: Posts vanish, and their authors are not told.
raised_in: [example-act]
answered_by: [EXA-DUE-01]
""",
    "registers/issues/no-answer.yaml": """title: Names of the dead
summary: Nobody says who may close an account.
none: It was raised last week.
""",
    "registers/responses/act.yaml": """title: Reasons by law
issue: silent-removal
actor: government
who: Example Parliament
jurisdiction: IN
stage: existing
source: example-act
locator: art. 3
""",
    "registers/responses/bill.yaml": """title: A bill on notices
issue: silent-removal
actor: government
who: Example Parliament
jurisdiction: EU
stage: pending
source: example-act
""",
    "registers/events/talk.yaml": """title: A talk
starts: 2026-05-06T17:00+03:00
ends: 2026-05-06T18:30+03:00
time_zone: Africa/Nairobi
country: KE
address: https://example.org/talk
agenda: [Opening, "Commas, and; more"]
kind: webinar
""",
    "registers/papers/reasons.yaml": """title: Reasons before remedies
status: published
version: "1.0"
date: 2026-02-03
authors:
  - name: Ana Example
    member: example-society
about: [silent-removal]
sources: [example-act]
abstract: What a reason is for.
body: |
  Words before the first heading.

  ## What was seen

  | Week | Answers |
  | --- | --- |
  | 1 | 12 |

  ### Closer

  1. one
  2. two

  ## What was seen

  The end.
""",
}


@pytest.fixture
def registers(coalition: Path) -> Path:
    """The coalition of the tests, with entries in each register."""
    for path, text in FILES.items():
        file = coalition / path
        file.parent.mkdir(parents=True, exist_ok=True)
        kind = path.split("/")[1].removesuffix("s")
        line = f"# yaml-language-server: $schema=../../schemas/{kind}.schema.json\n"
        file.write_text(line + text, encoding="utf-8")
    return coalition


def said(capsysbinary: pytest.CaptureFixture[bytes], folder: Path, *words: str) -> str:
    """Run a command that succeeds, in this process, and return what it shows."""
    capsysbinary.readouterr()
    code = _run(["-C", str(folder), *words])
    shown = capsysbinary.readouterr()
    assert code == 0, shown.err
    return shown.out.decode()


NARROWED = [
    ("issues", "", {"no-answer", "silent-removal"}),
    ("issues", "--area DUE", {"silent-removal"}),
    ("issues", "--jurisdiction EU --stage prospective", {"silent-removal"}),
    ("issues", "--jurisdiction IN --stage prospective", set()),
    ("responses", "--stage existing --actor government", {"act"}),
    ("responses", "--stage prospective", {"bill"}),
    ("responses", "--jurisdiction in", {"act"}),
    ("responses", "--issue silent-removal --contains BILL", {"bill"}),
    ("initiatives", "--kind evaluation --year 2024 --country India", {"example-index"}),
    ("events", "--country KE --year 2026", {"talk"}),
    ("events", "--kind meeting", {"first-meeting"}),
    ("papers", "--status published --issue silent-removal --year 2026", {"reasons"}),
    ("papers", "--status draft", set()),
    ("members", "--group civil-society", {"example-society"}),
    ("members", "--status ended", set()),
]


def test_a_register_is_narrowed_by_what_is_said_of_its_entries(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for many, line, ids in NARROWED:
        words = (many, "list", *line.split())
        data = json.loads(said(capsysbinary, registers, *words, "--format", "json"))
        found = {each["id"] for each in data["entries"]}
        assert found >= ids if many == "members" else found & ids == ids, words
        assert bool(found) is bool(ids), words
        shown = said(capsysbinary, registers, *words)
        assert all(id in shown for id in ids)
        assert ids or "No " in shown
        csv = said(capsysbinary, registers, *words, "--format", "csv").splitlines()
        assert len(csv) == (len(found) + 1 if found else 0) or csv == ["\ufeff"]


WRONG = [
    ("issues list --jurisdiction ZZ", "no issue here has the jurisdiction `ZZ`"),
    ("responses list --issue silent-remval", "Did you mean `silent-removal`?"),
    ("papers list --status publised", "Did you mean `published`?"),
    ("members list --group acedemia", "Did you mean `academia`?"),
    ("issues show EXA-DUE-01", "EXA-DUE-01 is a model contractual provision, and no issue"),
    ("papers render nobody", "nobody"),
    ("events new --title x --issue y", "--issue"),
    ("papers nwe", "Did you mean `new`?"),
]


@pytest.mark.parametrize(("line", "answer"), WRONG, ids=[line for line, _ in WRONG])
def test_a_wrong_line_says_what_there_is(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes], line: str, answer: str
) -> None:
    assert _run(["-C", str(registers), *line.split()]) == 2
    assert answer in " ".join(capsysbinary.readouterr().err.decode().split())


def test_the_matrix_tells_existing_responses_from_prospective_ones(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = json.loads(said(capsysbinary, registers, "issues", "matrix", "--format", "json"))
    [row] = [each for each in data["issues"] if each["id"] == "silent-removal"]
    cells = {
        (each["actor"], each["jurisdiction"]): (each["existing"], each["prospective"])
        for each in row["responses"]
    }
    assert cells["government", "IN"] == (["act"], [])
    assert cells["government", "EU"] == ([], ["bill"])
    assert row["answered_by"] == ["EXA-DUE-01"]
    shown = said(capsysbinary, registers, "issues", "matrix")
    assert "1 prospective" in shown
    assert "No text answers no-answer." in shown
    csv = said(capsysbinary, registers, "issues", "matrix", "--format", "csv")
    assert "silent-removal,Removal without notice,government,EU,,bill,EXA-DUE-01" in csv
    page = said(capsysbinary, registers, "issues", "matrix", "--format", "html")
    assert "A bill on notices" in page
    assert '<a href="#matrix-issue-silent-removal">' in page


def test_the_picture_of_the_matrix_is_words_that_a_phone_can_show(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    picture = said(capsysbinary, registers, "issues", "matrix", "--format", "svg")
    assert picture == said(capsysbinary, registers, "issues", "matrix", "--format", "svg")
    root = ET.fromstring(picture)
    name = "{http://www.w3.org/2000/svg}"
    assert float(root.attrib["viewBox"].split()[2]) <= 360
    assert root.find(f"{name}title") is not None
    assert root.find(f"{name}desc") is not None
    texts = list(root.iter(f"{name}text"))
    assert min(int(each.attrib["font-size"]) for each in texts) >= 12
    words = " ".join(each.text or "" for each in texts)
    assert "government (EU): 1 prospective" in words
    assert "style" not in picture


def test_an_entry_of_each_register_is_begun_and_then_shown_and_printed(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    more = {"responses": ("--issue", "silent-removal"), "events": ("--date", "2026-04-01")}
    for many in ("issues", "responses", "initiatives", "events", "papers"):
        said(capsysbinary, registers, many, "new", "--title", "One more", *more.get(many, ()))
        assert "One more" in said(capsysbinary, registers, many)
        assert "One more" in said(capsysbinary, registers, many, "show", "one-more")
        said(
            capsysbinary,
            registers,
            many,
            "render",
            "one-more",
            "--format",
            "md,html,json",
            "-o",
            str(tmp_path),
        )
    said(capsysbinary, registers, "members", "render", "--format", "md", "-o", f"{tmp_path}/m.md")
    printed = (tmp_path / "m.md").read_text(encoding="utf-8")
    assert "Example Society" in printed
    assert "ssh-ed25519" not in printed


def test_a_paper_is_printed_whole_with_its_tables_and_headings(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = said(
        capsysbinary, registers, "papers", "render", "reasons", "--format", "html", "-o", "-"
    )
    for words in ("Ana Example", "A paper binds nobody", "<th", "<td>12</td>", "sha256:", "Closer"):
        assert words in page
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "paper-reasons-what-was-seen-2" in ids


@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_hostile_words_run_nothing(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes], kind: str
) -> None:
    many = f"{kind}s"
    folder = "governance/members" if kind == "member" else f"registers/{many}"
    for file in (registers / folder).glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for field in ("title", "name", "summary", "who", "place", "note", "by", "abstract"):
            text = re.sub(rf"(?m)^{field}: .*$", f"{field}: '{HOSTILE}'", text)
        text = text.replace("Words before the first heading.", HOSTILE)
        file.write_text(text.replace("[Opening", f"['{HOSTILE}'"), encoding="utf-8")
    page = said(capsysbinary, registers, many, "render", "--format", "html", "-o", "-")
    said(capsysbinary, registers, many, "list")
    csv = said(capsysbinary, registers, many, "list", "--format", "csv")
    pages = [page, said(capsysbinary, registers, "calendar", "--format", "ics")]
    if kind == "issue":
        pages.append(said(capsysbinary, registers, "issues", "matrix", "--format", "svg"))
    for each in (*pages[:1], *pages[2:]):
        assert "<script>" not in each
        assert 'href="javascript:' not in each
        assert "<img" not in each
    assert ",=1" not in csv


def test_events_are_in_the_calendar_by_their_own_clock(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = said(capsysbinary, registers, "calendar", "event:talk", "--format", "ics")
    for line in (
        "UID:event-talk@",
        "DTSTART:20260506T140000Z",
        "DTEND:20260506T153000Z",
        "LOCATION:KE",
        "URL:https://example.org/talk",
        r"DESCRIPTION:Agenda:\nOpening\nCommas\, and\; more",
    ):
        assert line in file
    assert "17:00 – 18:30, UTC+03:00 (Africa/Nairobi)" in said(
        capsysbinary, registers, "calendar", "event:talk"
    )
    data = json.loads(said(capsysbinary, registers, "calendar", "--format", "json"))
    assert {each["id"] for each in data["events"]} == {"first-meeting", "talk"}


def test_an_event_without_a_date_is_one_sentence(
    registers: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = registers / "registers/events/talk.yaml"
    file.write_text(re.sub("(?m)^starts: .*\n", "", file.read_text()))
    assert _run(["-C", str(registers), "calendar", "--format", "ics"]) == 0
    shown = capsysbinary.readouterr()
    assert "A talk" not in shown.out.decode()
    assert "registers/events/talk.yaml" in shown.err.decode()
    assert _run(["-C", str(registers), "check", "registers/events"]) == 1
    assert capsysbinary.readouterr().out.decode().count("error: ") == 1


def test_the_balance_says_from_where_nobody_is(govkit: Run, founded: Path) -> None:
    shown = govkit(founded, "members", "balance").stdout.decode()
    assert "Nobody is yet from: African States" in shown.replace("\n  ", " ")
    data = json.loads(govkit(founded, "members", "balance", "--format", "json").stdout)
    assert data["members"] == sum(each["members"] for each in data["groups"]) > 0
    assert data["members"] == sum(each["members"] for each in data["regions"])
    # Whoever asks to join is told the same.
    join = ("member", "join", "--name", "New Society", "--kind", "organisation", "--group")
    done = govkit(
        founded, *join, "academia", "--by", "N <n@example.org>", "-o", "j.eml", cwd=founded
    )
    assert b"Nobody is yet from: " in done.stdout, done.stderr


def test_the_words_that_commands_offer_are_those_of_the_records() -> None:
    kinds = {"initiative": Initiative, "event": Event, "member": Member}
    statuses = {"paper": (Paper, "status"), "member": (Member, "state")}
    fields = {kind: model.model_fields["kind"] for kind, model in kinds.items()}
    assert {kind: get_args(field.annotation) for kind, field in fields.items()} == KINDS_OF
    fields = {kind: model.model_fields[name] for kind, (model, name) in statuses.items()}
    assert {kind: get_args(field.annotation) for kind, field in fields.items()} == STATUSES_OF
    assert {*STAGES} - {"prospective"} == {*get_args(Response.model_fields["stage"].annotation)}


def test_ten_thousand_entries_are_one_walk() -> None:
    """Looking for the responses of each issue again and again would take minutes."""
    issue = Issue.model_construct(title="x", summary="x", raised_in=(), answered_by=(), none=None)
    documents = [
        document_of(f"registers/issues/i-{at}.yaml", "issue", issue, ()) for at in range(10_000)
    ]
    documents += [
        document_of(
            f"registers/responses/r-{at}.yaml",
            "response",
            Response.model_construct(
                title="x", issue=f"i-{at}", actor="other", who="x", jurisdiction=None,
                stage="existing", source=None, locator=None, note=None,
            ),
            (),
        )
        for at in range(10_000)
    ]  # fmt: skip
    matrix = issue_matrix(corpus_of(documents))
    assert [row.count("existing") for row in matrix.rows] == [1] * 10_000
