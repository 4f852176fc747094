"""What `govkit check` shows to people and to the code host, whatever stands in the files."""

from __future__ import annotations

import datetime
import html
import json
import os
import re
import subprocess
from pathlib import Path

import mistune
import pytest

from govkit.cli.printing.as_github import SUMMARY_LIMIT, summary_as_markdown
from govkit.cli.printing.as_text import report_as_text
from govkit.findings import Finding
from govkit.source import places
from govkit.source.reading import spots_of
from govkit.workspace import Report, Workspace, open_workspace
from tests.terminals import open_terminal

from .conftest import D1, D2, GOVKIT, USER, Run, change, spoil

ESCAPE = "\x1b"

# --- for the code host --------------------------------------------------------------------------

COMMAND = re.compile(
    rb"::(error|warning|notice) file=[^,:\n]*,line=\d+,col=\d+,title=[a-z0-9-]+::[^\n]+"
)


def test_github_shows_each_finding_beside_its_line(coalition: Path, govkit: Run) -> None:
    change(coalition, D1, "rights: [due-process]", "rights: [due-proces]")
    done = govkit(coalition, "check", "--format", "github")
    assert done.returncode == 1
    assert done.stdout.decode() == (
        f"::error file={D1},line=5,col=10,title=not-in-charter::{D1}:5:10: `due-proces` "
        "is not in the charter's list `rights`. Did you mean `due-process`? The "
        "charter has: due-process, privacy.\n"
        f"1 error in 1 file; the first: {D1}:5:10 not-in-charter\n"
    )


def test_github_shows_errors_first_and_no_advice(coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    change(coalition, D2, "for a complaint.", "for a complaint under EXA-DUE-01.")
    change(coalition, D1, "rationale: |\n", "rationale: |\n  TBD\n")
    lines = govkit(coalition, "check", "--format", "github").stdout.splitlines()
    assert [line.split(b" ")[0] for line in lines[:-2]] == [b"::error", b"::warning", b"advice:"]
    assert lines[-2] == (b"1 finding of 3 not shown beside their lines; they stand above.")


@pytest.fixture
def many(coalition: Path) -> Path:
    """Twelve errors in one file, and one in another whose name comes first."""
    with (coalition / USER).open("a", encoding="utf-8") as file:
        file.writelines(f"key_{number}: 1\n" for number in range(12))
    change(coalition, D1, "rationale: |\n", "rationale: |\n  TBD\n")
    return coalition


def test_github_shows_ten_remarks_and_lists_the_others(many: Path, govkit: Run) -> None:
    lines = govkit(many, "check", "--format", "github").stdout.decode().splitlines()
    assert [line[:8] for line in lines[:10]] == ["::error "] * 10
    assert [line.split(":")[0] for line in lines[10:13]] == ["error", "error", "advice"]
    assert lines[13] == ("3 findings of 13 not shown beside their lines; they stand above.")
    assert lines[14].startswith("12 errors, 1 advice in 2 files")


def test_the_job_summary_has_every_finding(many: Path, govkit: Run, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    done = govkit(many, "check", "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    said = summary.read_text()
    rows = [line for line in said.splitlines() if line.startswith("| ")]
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"they stand above, and in the job summary." in done.stdout
    assert said.startswith(
        "before\n### govkit check\n\n12 errors, 1 advice in 2 files; the first: "
    )
    assert f"| {USER}:" in said
    assert [row.split(" | ")[0] for row in rows] == [
        "| Level",
        "| ---",
        *["| error"] * 12,
        "| advice",
    ]


def test_a_summary_of_a_sound_folder_says_so(coalition: Path, govkit: Run, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    assert (
        govkit(
            coalition, "check", "--format", "github", GITHUB_STEP_SUMMARY=str(summary)
        ).returncode
        == 0
    )
    assert summary.read_text() == (
        "### govkit check\n\nAll is well: 19 records checked, nothing found.\n"
    )


def test_a_summary_that_cannot_be_written_changes_no_answer(
    many: Path, govkit: Run, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # nobody reads it
    for summary in (tmp_path, pipe):
        done = govkit(many, "check", "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 1
        assert done.stderr.startswith(b"note: the job summary can't be written")


def test_hostile_words_are_words_in_the_job_summary(
    coalition: Path, govkit: Run, tmp_path: Path
) -> None:
    """No link, mention, picture, heading, HTML, or further cell or row of the table."""
    hostile = (
        "a|b ![x](https://example.org/x.png) <img src=x> @everyone `c` | d #1 www.example.org "
        "_a_ __b__ *c* ~~d~~ $e$ &copy; :smile: :+1: :100: <b>"
    )
    with (coalition / USER).open("a", encoding="utf-8") as file:
        file.write(f'"{hostile}": 1\n"x\\n\\n# y": 1\n')
    summary = tmp_path / "summary.md"
    govkit(coalition, "check", "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    rows = [line for line in summary.read_text().splitlines() if line.startswith("| error")]
    assert len(rows) == 2
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 5
        bare = re.sub(r"\\.", "", row)
        assert not set(bare) & set("<&@#`[]*~$")
        assert not re.search(r"://|www\.|:[a-z+]+|\b_|_\b|:100:", bare), bare
    read = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url", "math"])
    found = Finding("unknown-key", hostile, "a_b/c.yaml", stops="merge")
    shown = str(read(summary_as_markdown(Report(1, (found,)))))
    assert not re.search(r"<(?!/?(?:h3|p|table|thead|tbody|tr|th|td)\b)", shown), shown
    assert hostile in html.unescape(shown)
    assert "<td>a_b/c.yaml:1:1</td>" in shown


def test_a_summary_is_not_longer_than_the_host_takes() -> None:
    findings = tuple(
        Finding("unknown-key", f"{number} " + "é|" * 200, "a.yaml", stops="merge")
        for number in range(6000)
    )
    said = summary_as_markdown(Report(1, findings), taken=1000)
    assert SUMMARY_LIMIT - 4000 < len(said.encode()) + 1000 <= SUMMARY_LIMIT
    shown = said.count("| error |")
    assert f"{6000 - shown:,} findings had no room here." in said


HOSTILE = [
    "x\n::error file=a::gotcha.yml",
    "50%25,line=1::x.yml",
    "a:b,c=d.yml",
    "\x1b[31mred\x1b[0m.yml",
    "\x9b31m.yml",
    "\u202ereversed.yml",
    "tab\tand\rreturn.yml",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_name_begins_no_command(name: str, coalition: Path, govkit: Run) -> None:
    (coalition / "registers/terms" / name).touch()
    done = govkit(coalition, "check", "--format", "github")
    lines = done.stdout.splitlines()
    assert COMMAND.fullmatch(lines[0]) or lines[0].startswith(b"advice: registers/terms/x")
    assert not any(line.startswith(b"::") for line in lines[1:])
    assert len([line for line in lines if not line.startswith(b"1 finding of 1 not")]) == 2


def test_hostile_words_in_a_text_begin_no_command(coalition: Path, govkit: Run) -> None:
    key = '"a\\n::error file=a::b%0A::warning::c": 1\n'
    with (coalition / USER).open("a", encoding="utf-8") as file:
        file.write(key)
    done = govkit(coalition, "check", "--format", "github")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert len([line for line in lines if line.startswith(b"::")]) == 1
    assert COMMAND.fullmatch(lines[0])
    assert b"%250A" in lines[0]


# --- on a terminal ------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["text", "github"])
@pytest.mark.parametrize("name", [*HOSTILE, b"not-utf8-\xff\xfe.yml"])
def test_a_hostile_file_name_never_reaches_a_terminal_raw(
    name: str | bytes, format_: str, coalition: Path, govkit: Run
) -> None:
    folder = os.fsencode(coalition / "registers/terms")
    raw = os.fsencode(name)
    Path(os.fsdecode(folder + b"/" + raw)).touch()
    said = govkit(coalition, "check", "--format", format_).stdout.decode("utf-8")
    for sign in (ESCAPE, "\x9b", "\u202e", "\r", "\t", "\ufffd"):
        assert sign not in said
    assert all(not line.startswith(("::error file=a", "gotcha")) for line in said.splitlines())


@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_a_file_name_that_is_not_utf8_is_reported(
    format_: str, coalition: Path, govkit: Run
) -> None:
    Path(os.fsdecode(os.fsencode(coalition / "registers/terms") + b"/\xff.yml")).touch()
    done = govkit(coalition, "check", "--format", format_)
    assert (done.returncode, done.stderr) == (1, b"")
    done.stdout.decode("utf-8")


def test_hostile_words_in_a_text_never_reach_a_terminal_raw(coalition: Path, govkit: Run) -> None:
    change(coalition, USER, "A person", "A \x1b]0;title\x07\x9b31m\u202eperson")
    said = govkit(coalition, "check").stdout.decode()
    assert "control-character" in said
    assert not set(said) & {ESCAPE, "\x07", "\x9b", "\u202e"}


def test_the_place_is_underlined(coalition: Path, govkit: Run) -> None:
    change(coalition, D1, "rights: [due-process]", "rights: [due-proces]")
    assert (
        govkit(coalition, "check").stdout.decode()
        == f"""\
error: `due-proces` is not in the charter's list `rights`  [not-in-charter]
 --> {D1}:5:10
5 | rights: [due-proces]
  |          ^^^^^^^^^^
  = help: Did you mean `due-process`? The charter has: due-process, privacy.

1 error in 1 file; the first: {D1}:5:10 not-in-charter
"""
    )


def on_a_terminal(folder: Path, *words: str, **more: str) -> bytes:
    """Run the command with both outputs on a terminal of its own; return all that it wrote."""
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    ours, theirs = open_terminal()
    with subprocess.Popen(
        [str(GOVKIT), *words],
        cwd=folder,
        env=environment | {"TERM": "xterm"} | more,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the terminal is closed when the process has ended
                break
            if not piece:
                break
            said += piece
        process.wait(timeout=20)
    os.close(ours)
    return said


def test_colours_on_a_terminal(coalition: Path) -> None:
    spoil(coalition)
    assert b"\x1b[" in on_a_terminal(coalition, "check")


@pytest.mark.parametrize(("words", "more"), [(("--color", "never"), {}), ((), {"NO_COLOR": "1"})])
def test_no_colours_where_they_are_not_wanted(
    words: tuple[str, ...], more: dict[str, str], coalition: Path
) -> None:
    spoil(coalition)
    assert b"\x1b" not in on_a_terminal(coalition, *words, "check", **more)


@pytest.mark.parametrize(("words", "more"), [(("--color", "never"), {}), ((), {"NO_COLOR": "1"})])
def test_no_colours_in_an_error_of_the_command_either(
    words: tuple[str, ...], more: dict[str, str], tmp_path: Path
) -> None:
    said = on_a_terminal(tmp_path, *words, "check", **more)
    assert b"no governed folder here" in said
    assert b"\x1b" not in said


def test_no_colours_in_a_pipe_but_by_wish(coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    assert b"\x1b" not in govkit(coalition, "check").stdout
    assert b"\x1b[" in govkit(None, "-C", str(coalition), "--color", "always", "check").stdout
    for format_ in ("json", "github"):
        done = govkit(None, "-C", str(coalition), "--color", "always", "check", "--format", format_)
        first = done.stdout.split(b"\n1 error")[0]
        assert b"\x1b" not in first


# --- a file with more findings than anyone reads --------------------------------------------------

OFTEN = "for a complaint.", "for a complaint" + " * and" * 300 + "."


def test_a_mistake_made_everywhere_is_shown_twenty_times_and_counted(
    coalition: Path, govkit: Run
) -> None:
    change(coalition, D2, *OFTEN)
    told = govkit(coalition, "check").stdout.decode()
    assert told.count("a * stands here alone") == 20
    more = f"and 280 more of text-grammar in {D2}; to see all: govkit check --all\n"
    assert more in told
    assert told.splitlines()[-1].startswith("300 errors")


def test_of_a_mistake_made_without_end_so_many_are_looked_for(coalition: Path, govkit: Run) -> None:
    """A hostile file of a megabyte could hold a million; the work for each would take minutes."""
    often = "Words" + " * and" * 16_500
    clauses = "".join(
        f"  - {{id: {id}, force: declares, text: {often}.}}\n" for id in ("c", "d", "e")
    )
    change(coalition, D2, "parameters:\n", f"{clauses}parameters:\n")
    report = json.loads(govkit(coalition, "check", "--format", "json").stdout)
    assert len(report["findings"]) == 40_001
    [last] = [each for each in report["findings"] if "of the same" in each["message"]]
    assert (last["rule"], last["message"]) == (
        "text-grammar",
        "9,500 more of the same are in this file",
    )


def test_all_shows_every_finding_and_so_does_each_other_form(coalition: Path, govkit: Run) -> None:
    change(coalition, D2, *OFTEN)
    told = govkit(coalition, "check", "--all").stdout.decode()
    assert (told.count("a * stands here alone"), "to see all" in told) == (300, False)
    report = json.loads(govkit(coalition, "check", "--format", "json").stdout)
    assert len(report["findings"]) == report["summary"]["errors"] == 300


def test_each_file_and_rule_has_its_own_twenty(coalition: Path, govkit: Run) -> None:
    change(coalition, D1, "rights: [due-process]", f"rights: [{', '.join(['wrong'] * 21)}]")
    change(coalition, D2, *OFTEN)
    told = govkit(coalition, "check").stdout.decode()
    assert (told.count("a * stands here alone"), told.count("`wrong` is not in")) == (20, 20)
    assert f"and 1 more of not-in-charter in {D1};" in told


def test_the_lines_of_a_file_are_looked_for_once_however_many_findings_it_has(
    coalition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(coalition, D2, *OFTEN)
    asked: list[str] = []
    lines = Workspace.lines
    monkeypatch.setattr(
        Workspace, "lines", lambda self, path: [asked.append(path), lines(self, path)][1]
    )
    parsed: list[int] = []
    monkeypatch.setattr(
        places, "spots_of", lambda data: [parsed.append(len(data)), spots_of(data)][1]
    )
    workspace = open_workspace(coalition)
    report = workspace.check(datetime.date(2026, 3, 1))
    assert len(list(report_as_text(report, workspace, all_=True))) > 300
    assert (asked, len(parsed)) == ([D2], 1)
