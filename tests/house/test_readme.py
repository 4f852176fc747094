"""README and handbook are true: each command in them is run, each page that is linked is there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import started

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *(
        ROOT / "docs" / f"{name}.md"
        for name in ("tour", "books", "changes", "handbook-contributors", "history")
    ),
]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
LINES = [
    line.split("    #")[0].split("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
]
GOVKIT = list(dict.fromkeys(line for line in LINES if line.startswith(".venv/bin/govkit")))


def steps() -> list[tuple[str, str]]:
    """Return what the tour tells to do and shows, in order."""
    tour = (ROOT / "docs/tour.md").read_text(encoding="utf-8")
    found = re.finditer(
        r"```(?P<kind>sh|text)\n(?P<block>.*?)\n```"
        r"|the file `(?P<file>[^`]+)`"
        r"|change `(?P<before>[^`]+)`\s+into\s+`(?P<after>[^`]+)`",
        tour,
        re.DOTALL,
    )
    return [
        (each["kind"], each["block"])
        if each["kind"]
        else ("file", each["file"])
        if each["file"]
        else ("change", f"{each['before']}\n{each['after']}")
        for each in found
    ]


STEPS = steps()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository as it stands, with what git would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    folder = tmp_path_factory.mktemp("clone") / "texts"
    for name in filter(None, os.fsdecode(listed).split("\0")):
        if name.startswith("tests/") or not (ROOT / name).exists():
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)
    git = ["git", "-c", "user.name=Example", "-c", "user.email=example@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Begin"]):
        subprocess.run([*git, *words], cwd=folder, check=True)
    return folder


SHORT = {
    "provisions/instrument.yaml": "due-process",
    "provisions/principles/instrument.yaml": "fair-procedure",
    "recommendations/instrument.yaml": "participation",
}
"""The one part that is printed of each book, by the book's file."""


@pytest.fixture(scope="module")
def with_short_books(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with one part of each book: the whole takes half a minute to print."""
    folder = tmp_path_factory.mktemp("short") / "texts"
    shutil.copytree(clone, folder, symlinks=True)
    for path, id in SHORT.items():
        text = (folder / path).read_text(encoding="utf-8")
        head, parts = text.split("\nparts:\n")
        parts, *behind = re.split(r"\n(?=levels:|coverage:)", parts)
        part = next(each for each in parts.split("\n  - id: ") if each.startswith(f"{id}\n"))
        part = re.sub(r"(      - \S+\n){6}(?=    parts:)", "", part)
        levels = [each for each in behind if each.startswith("levels:")]
        short = "\n".join((f"{head}\nparts:\n  - id: {part}", *levels))
        (folder / path).write_text(f"{short}\n", encoding="utf-8")
    return folder


def test_the_readme_is_short() -> None:
    assert len(PAGES[0].read_text(encoding="utf-8").split()) < 1000


def test_the_readme_shows_commands() -> None:
    assert len(GOVKIT) >= 8
    assert [line for line in LINES if line.startswith("make")] == ["make demo", "make test"]


@pytest.mark.parametrize("line", GOVKIT)
def test_a_command_of_the_readme_runs(with_short_books: Path, line: str) -> None:
    arguments = shlex.split(line.removeprefix(".venv/bin/govkit"))
    done = started(
        [sys.executable, "-m", "govkit", *arguments],
        cwd=with_short_books,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make")])
def test_a_make_target_of_the_readme_is_there(line: str) -> None:
    subprocess.run([*line.split(), "--dry-run"], cwd=ROOT, check=True, capture_output=True)


def test_nothing_in_a_code_block_is_left_untried() -> None:
    tried = (".venv/bin/govkit", "make")
    toured = [words for kind, words in STEPS if kind == "sh"]
    assert [line for line in LINES if not line.startswith(tried) and line not in toured] == []


def test_the_tour_goes_as_it_is_told(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of the tour in turn: commands, changes in the editor, and what is seen."""
    folder = tmp_path / "texts"
    shutil.copytree(clone, folder, symlinks=True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "90")
    file, seen, codes = "", "", []
    for kind, words in STEPS:
        if kind == "file":
            file = words
        elif kind == "change":
            before, after = words.split("\n")
            text = (folder / file).read_text(encoding="utf-8")
            assert text.count(before) == 1
            (folder / file).write_text(text.replace(before, after), encoding="utf-8")
        elif kind == "sh":
            code, seen = typed(words, folder)
            codes.append(code)
        else:
            assert re.fullmatch(shown(words), seen, re.DOTALL), seen
    assert codes == [0, 0, 1, 0, 0, 0, 0]
    assert (folder / "dist/MCP-DUE-03.pdf").read_bytes().startswith(b"%PDF")
    assert typed("git status --porcelain", folder) == (0, "")


def typed(line: str, folder: Path) -> tuple[int, str]:
    """Type a line in a folder; return how it ended and what it printed."""
    words = shlex.split(line)
    if words[0] == ".venv/bin/govkit":
        words = [sys.executable, "-m", "govkit", *words[1:]]
    done = started(words, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def shown(block: str) -> str:
    """Return a pattern for what a block of the README shows; `...` is anything."""
    return re.escape(block).replace(r"\.\.\.", ".*") + r"\n?"


@pytest.mark.parametrize(
    "page",
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))],
    ids=str,
)
def test_every_page_that_is_linked_is_there(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_file_that_contributing_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:govkit|tests|docs|schemas)/[^`…*]*)…?`", text)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []
