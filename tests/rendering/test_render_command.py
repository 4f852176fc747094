"""`govkit render`, the real command in a real folder."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.command import started

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path, small_texts: Mapping[str, str]) -> Path:
    for path, text in small_texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return started(
            [sys.executable, "-m", "govkit", *words],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"NO_COLOR": "1"},
        )

    return command


def test_a_book_as_markdown_and_pdf_into_dist(run: Run, folder: Path) -> None:
    done = run("render", "provisions")
    assert (done.returncode, done.stdout) == (0, "dist/provisions.md\ndist/provisions.pdf\n")
    assert (folder / "dist/provisions.md").read_bytes().startswith(b"---\n")
    assert (folder / "dist/provisions.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert sorted(path.name for path in (folder / "dist").iterdir()) == [
        "provisions.md",
        "provisions.pdf",
    ]


def test_all_books_in_one_format_into_a_folder(run: Run, folder: Path) -> None:
    done = run("render", "all", "--format", "md", "-o", "deep/print")
    assert (done.returncode, done.stdout) == (0, "deep/print/provisions.md\n")
    assert (folder / "deep/print/provisions.md").exists()


def test_the_whole_id_is_a_name_too(run: Run) -> None:
    done = run("render", "INS-provisions", "provisions", "--format", "md,md")
    assert (done.returncode, done.stdout) == (0, "dist/provisions.md\n")


def test_an_unknown_book(run: Run) -> None:
    done = run("render", "provision")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no book or record `provision`" in done.stderr
    assert "Did you mean `provisions`?" in done.stderr


def test_an_unknown_format(run: Run) -> None:
    done = run("render", "provisions", "--format", "md,odt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`odt` is no format. There are: md, html, pdf, docx, json." in done.stderr


def test_an_error_in_a_text_of_the_book_stops_it(run: Run, folder: Path) -> None:
    path = "provisions/due-process/EXA-DUE-02-repair.yaml"
    (folder / path).write_text("id: EXA-DUE-02\ntitle: [\n", encoding="utf-8")
    done = run("render", "provisions")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"1 error stops the print; the first: {path}:")
    assert not (folder / "dist").exists()


def test_an_instrument_that_cannot_be_read_stops_it(run: Run, folder: Path) -> None:
    (folder / "provisions/instrument.yaml").write_text("id: [\n", encoding="utf-8")
    done = run("render", "provisions")
    assert done.returncode == 1
    assert "provisions/instrument.yaml:" in done.stderr


def test_an_error_elsewhere_stops_nothing(run: Run, folder: Path) -> None:
    path = "provisions/due-process/EXA-DUE-03-unprinted.yaml"
    (folder / path).write_text("id: [", encoding="utf-8")
    assert run("render", "provisions", "--format", "md").returncode == 0


def test_a_folder_that_cannot_be_written(run: Run, folder: Path) -> None:
    (folder / "taken").write_text("a file")
    done = run("render", "provisions", "--format", "md", "-o", "taken/below")
    assert (done.returncode, done.stdout) == (3, "")
    assert "can't be written" in done.stderr


def test_one_record_in_every_format(run: Run, folder: Path) -> None:
    done = run("render", "EXA-DUE-02", "term:user", "--format", "md,html,pdf,json")
    names = [
        f"{name}.{format}"
        for name in ("EXA-DUE-02", "term-user")
        for format in ("md", "html", "pdf", "json")
    ]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [f"dist/{name}" for name in names]
    assert sorted(path.name for path in (folder / "dist").iterdir()) == sorted(names)


def test_a_record_that_has_no_page(run: Run) -> None:
    done = run("render", "charter")
    assert (done.returncode, done.stdout) == (2, "")
    assert "has no page of its own" in done.stderr


def test_the_nearest_of_books_and_records_is_named(run: Run) -> None:
    assert "Did you mean `EXA-DUE-02`?" in run("render", "exa-due-2").stderr


def test_a_selection_says_so_in_its_file(run: Run, folder: Path) -> None:
    done = run(
        "render",
        "provisions",
        "--for",
        "users=child",
        "--without",
        "rationale,guidance",
        "--format",
        "md,json",
    )
    assert done.returncode == 0
    file = folder / "dist/provisions.for-users_child.without-rationale+guidance"
    said = file.with_name(f"{file.name}.md").read_text(encoding="utf-8")
    assert "Selection for users: child." in said
    assert "Printed without rationale and guidance." in said
    value = json.loads(file.with_name(f"{file.name}.json").read_bytes())
    assert value["document"]["selection"].endswith("Printed without rationale and guidance.")


def test_a_level_that_no_book_has_or_that_this_book_lacks(run: Run, folder: Path) -> None:
    none = run("render", "provisions", "--level", "core")
    assert (none.returncode, none.stdout) == (2, "")
    assert "no book has a level `core`" in none.stderr
    with (folder / "provisions/instrument.yaml").open("a", encoding="utf-8") as file:
        file.write("levels: [{id: core, title: Core, items: [EXA-DUE-01]}]\n")
    assert "Did you mean `core`?" in run("render", "provisions", "--level", "cores").stderr
    lacking = run("render", "provisions", "EXA-DUE-02", "--level", "core")
    assert lacking.returncode == 2
    assert "EXA-DUE-02 is not in the level `core`" in lacking.stderr
    done = run("render", "provisions", "--level", "core", "--edition", "short", "--format", "md")
    assert done.stdout == "dist/provisions.level-core.short.md\n", done.stderr


def test_a_selection_never_overwrites_the_whole_book_nor_another_selection(
    run: Run, folder: Path
) -> None:
    run("render", "provisions", "--format", "md")
    whole = (folder / "dist/provisions.md").read_bytes()
    asked: dict[tuple[str, ...], str] = {
        ("--for", "users=child"): "provisions.for-users_child",
        ("--for", "size=small users=child"): "provisions.for-users_child.sizes_small",
        ("--for", "users=child", "--for", "size=small"): "provisions.for-users_child.sizes_small",
        ("--for", "users=child,adult"): "provisions.for-users_adult+child",
        ("--without", "guidance"): "provisions.without-guidance",
        ("--edition", "short"): "provisions.short",
        (
            "--without",
            "guidance",
            "--without",
            "rationale",
        ): "provisions.without-rationale+guidance",
        (
            "--for",
            "user=child",
            "--without",
            "rationale",
        ): "provisions.for-users_child.without-rationale",
    }
    for words, name in asked.items():
        done = run("render", "provisions", "--format", "md", *words)
        assert (done.returncode, done.stdout) == (0, f"dist/{name}.md\n"), done.stderr
    assert (folder / "dist/provisions.md").read_bytes() == whole
    assert len(list((folder / "dist").iterdir())) == 1 + len(set(asked.values()))
    for words in (("--for", "users=child"), ("--without", "guidance"), ("--edition", "short")):
        onto = run("render", "provisions", "--format", "md", *words, "-o", "dist/provisions.md")
        assert onto.returncode == 2
        assert "dist/provisions.md is the name of the whole" in onto.stderr
    assert (folder / "dist/provisions.md").read_bytes() == whole
    alone = run("render", "EXA-DUE-01", "--format", "md", "--for", "users=child")
    assert alone.stdout == "dist/EXA-DUE-01.for-users_child.md\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("provisions", "--for", "size=tiny"), "`tiny` is not in the charter's list `sizes`"),
        (("provisions", "--for", "tiny"), "`tiny` is not in the charter's list of axes"),
        (("provisions", "--without", "notes"), "`notes` is no kind of note"),
        (
            ("EXA-DUE-01", "--for", "size=small users=child"),
            "EXA-DUE-01 has no clause for this profile",
        ),
    ],
)
def test_a_selection_that_there_is_not(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("render", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_an_error_in_a_text_stops_its_offprint_but_no_other(run: Run, folder: Path) -> None:
    path = "provisions/due-process/EXA-DUE-02-repair.yaml"
    (folder / path).write_text("id: EXA-DUE-02\ntitle: [\n", encoding="utf-8")
    done = run("render", "EXA-DUE-02")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"the first: {path}:" in done.stderr


def test_signs_that_the_fonts_lack_are_named(run: Run, folder: Path) -> None:
    path = folder / "provisions/due-process/EXA-DUE-02-repair.yaml"
    text = path.read_text(encoding="utf-8").replace("title: Repair", "title: Repair 修复 إصلاح")
    path.write_text(text, encoding="utf-8")
    done = run("render", "EXA-DUE-02", "--format", "pdf")
    assert done.returncode == 0
    assert "EXA-DUE-02.pdf shows empty boxes for 7 signs" in done.stderr
    assert "修" in done.stderr
    assert run("render", "EXA-DUE-02", "--format", "md,html,json").stderr == ""


@pytest.mark.parametrize(
    ("module", "lack"),
    [
        ("raise OSError('cannot load library libpango-1.0-0')", "libpango-1.0-0"),
        ("raise ImportError('no weasyprint')", "no weasyprint"),
    ],
)
def test_without_what_a_pdf_needs_all_else_works(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, module: str, lack: str
) -> None:
    lacking = folder / "lacking"
    lacking.mkdir()
    (lacking / "weasyprint.py").write_text(module)
    monkeypatch.setenv("PYTHONPATH", str(lacking))
    assert run("render", "provisions", "--format", "md,html,json").returncode == 0
    assert run("show", "EXA-DUE-01", "--format", "html").returncode == 0
    done = run("render", "provisions", "-o", "elsewhere")
    assert (done.returncode, done.stdout) == (3, "")
    assert lack in done.stderr
    assert "make setup" in done.stderr
    assert "apt-get install libpango-1.0-0" in done.stderr
    assert "--format md,html,json" in done.stderr
    assert not (folder / "elsewhere").exists()


# --- the preview --------------------------------------------------------------------------------


def test_the_preview_is_the_page_that_render_writes(run: Run, folder: Path) -> None:
    run("render", "EXA-DUE-01", "--format", "html")
    shown = run("show", "EXA-DUE-01", "--format", "html")
    assert shown.returncode == 0
    assert shown.stdout == (folder / "dist/EXA-DUE-01.html").read_text(encoding="utf-8")


def test_the_preview_of_a_text_with_an_error_elsewhere_and_in_it(run: Run, folder: Path) -> None:
    path = folder / "provisions/due-process/EXA-DUE-02-repair.yaml"
    text = path.read_text(encoding="utf-8").replace("took.", "[took](term:none).")
    path.write_text(text, encoding="utf-8")
    assert "took" in run("show", "EXA-DUE-02", "--format", "html").stdout


def test_the_preview_opens_outside_the_texts(
    run: Run,
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    browser = outside / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {outside}/asked\n')
    browser.chmod(0o755)
    monkeypatch.setenv("TMPDIR", str(outside))
    monkeypatch.setenv("BROWSER", str(browser))
    before = sorted(folder.rglob("*"))
    done = run("show", "EXA-DUE-01", "--format", "html", "--open")
    assert done.returncode == 0
    [page] = outside.glob("govkit-*/EXA-DUE-01.html")
    assert done.stdout == f"The page is {page}\n"
    assert (outside / "asked").read_text().strip() == page.as_uri()
    assert sorted(folder.rglob("*")) == before


def test_only_a_page_can_be_opened(run: Run) -> None:
    done = run("show", "EXA-DUE-01", "--open")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Add --format html." in done.stderr
