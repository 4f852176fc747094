"""`govkit translate`: how far translations are, and worklists out and back."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from .conftest import D1, Run, change

FRENCH = "translations/fr/EXA-DUE-01.yaml"
WORDS = {
    "EXA-DUE-01#title": "Avis avant une restriction",
    "EXA-DUE-01.a": "La plateforme doit informer l'utilisateur d'une "
    "[restriction](term:restriction) au moins {notice_days} jours avant qu'elle ne commence.",
    "EXA-DUE-01.a#exceptions.0": "lorsque la loi l'interdit",
    "EXA-DUE-01.b": "La plateforme doit donner avec l'avis les motifs de la restriction.",
}
Fill = Callable[[Path, dict[str, str]], None]


def fill_xlsx(path: Path, words: dict[str, str], done: tuple[str, ...] = ()) -> None:
    book = load_workbook(path)
    for row in book.active.iter_rows(min_row=2):
        row[4].value = words.get(row[0].value, row[4].value)
        if row[0].value in done:
            row[2].value = "yes"
    book.save(path)


def fill_docx(path: Path, words: dict[str, str]) -> None:
    """Write into the fifth cell of a row, as Word would, and leave the rest of the file."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    tree = ElementTree.fromstring(parts["word/document.xml"])
    for row in tree.iter(f"{space}tr"):
        cells = row.findall(f"{space}tc")
        place = "".join(cells[0].itertext())
        if place in words:
            paragraph = cells[4].find(f"{space}p")
            assert paragraph is not None
            run = ElementTree.SubElement(paragraph, f"{space}r")
            ElementTree.SubElement(run, f"{space}t").text = words[place]
    parts["word/document.xml"] = ElementTree.tostring(tree)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def fill_po(path: Path, words: dict[str, str]) -> None:
    from translate.storage.pypo import pofile

    store = pofile.parsefile(str(path))
    for unit in store.units:
        if unit.getcontext() in words:
            unit.target = words[unit.getcontext()]
    store.save()


def fill_xliff(path: Path, words: dict[str, str]) -> None:
    from translate.storage.xliff import xlifffile

    store = xlifffile.parsefile(str(path))
    for unit in store.units:
        place = unit.xmlelement.get("id")
        if place in words:
            unit.target = words[place]
    store.save()


def told(folder: Path, govkit: Run, *words: str) -> str:
    done = govkit(folder, "translate", *words)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def state(folder: Path, govkit: Run) -> dict[str, str]:
    said = told(folder, govkit, "status", "EXA-DUE-01", "--language", "fr", "--format", "json")
    (found,) = json.loads(said)["languages"]["fr"]
    return {each["id"]: each["state"] for each in found["clauses"]} | {"whole": found["state"]}


@pytest.mark.parametrize(
    ("name", "fill"),
    [("w.xlsx", fill_xlsx), ("w.docx", fill_docx), ("w.po", fill_po), ("w.xliff", fill_xliff)],
)
def test_a_worklist_goes_out_and_comes_back(
    coalition: Path, govkit: Run, tmp_path: Path, name: str, fill: Fill
) -> None:
    file = tmp_path / name
    assert "4 rows of 1 text" in told(coalition, govkit, "out", "fr", "EXA-DUE-01", "-o", str(file))
    first = file.read_bytes()
    told(coalition, govkit, "out", "fr", "EXA-DUE-01", "-o", str(file))
    assert file.read_bytes() == first, "the same texts, the same bytes"
    fill(file, WORDS)
    assert "4  translated" in told(coalition, govkit, "in", str(file), "--translator", "A. Example")
    text = (coalition / FRENCH).read_text(encoding="utf-8")
    assert "translated_by: A. Example\n" in text
    assert "[insert" not in text
    assert state(coalition, govkit) == {"a": "current", "b": "current", "whole": "unreviewed"}
    assert "translation" not in govkit(coalition, "check", FRENCH).stdout.decode()
    assert "4  as before" in told(coalition, govkit, "in", str(file))


@pytest.fixture
def translated(repository: Path, govkit: Run, tmp_path: Path) -> Path:
    """The coalition with a French text, its original committed."""
    file = tmp_path / "first.xlsx"
    told(repository, govkit, "out", "fr", "EXA-DUE-01", "-o", str(file))
    fill_xlsx(file, WORDS)
    told(repository, govkit, "in", str(file))
    return repository


def test_what_is_behind_is_shown_marked_and_bound_anew(translated: Path, govkit: Run) -> None:
    change(translated, D1, "give the reasons", "give all reasons")
    said = told(translated, govkit, "status", "EXA-DUE-01", "--language", "fr")
    assert "(b)  behind" in said
    assert "give [-the-] [+all+] reasons" in " ".join(said.split())
    assert "behind: (b)" in told(translated, govkit, "update", "fr")
    text = (translated / FRENCH).read_text(encoding="utf-8")
    assert "# BEHIND. The original says now:\n    # The platform must give all reasons" in text
    assert "0 changed" in told(translated, govkit, "update", "fr")
    assert "bound anew: (b)" in told(translated, govkit, "update", "fr", "--fits", "EXA-DUE-01.b")
    assert "BEHIND" not in (translated / FRENCH).read_text(encoding="utf-8")
    assert state(translated, govkit)["b"] == "current"


def test_nothing_is_lost_where_something_changed_meanwhile(
    translated: Path, govkit: Run, tmp_path: Path
) -> None:
    file = tmp_path / "w.xlsx"
    told(translated, govkit, "out", "fr", "EXA-DUE-01", "--all", "-o", str(file))
    change(translated, D1, "give the reasons", "give all reasons")
    change(translated, FRENCH, "Avis avant", "Notification avant")
    old = "La plateforme doit donner les motifs avec l'avis."
    fill_xlsx(file, {"EXA-DUE-01.b": old, "EXA-DUE-01#title": "Annonce d'une restriction"})
    done = govkit(translated, "translate", "in", str(file))
    said = done.stdout.decode()
    assert done.returncode == 1
    assert "EXA-DUE-01#title: left out: somebody else translated it meanwhile" in said
    assert "EXA-DUE-01.b: taken in, and behind" in said
    text = (translated / FRENCH).read_text(encoding="utf-8")
    assert old in text
    assert "Notification avant" in text
    assert state(translated, govkit)["b"] == "behind"


def test_a_row_that_is_done_binds_old_words_to_the_new_original(
    translated: Path, govkit: Run, tmp_path: Path
) -> None:
    change(translated, D1, "give the reasons", "give all reasons")
    file = tmp_path / "w.xlsx"
    told(translated, govkit, "out", "fr", "EXA-DUE-01", "-o", str(file))
    remarks = [row[5] for row in load_workbook(file).active.iter_rows(values_only=True)]
    assert any("[-the-] [+all+] reasons" in each for each in remarks if each)
    fill_xlsx(file, {}, ("EXA-DUE-01.b", "EXA-DUE-01#title"))
    assert "2  found to fit" in told(translated, govkit, "in", str(file))
    assert "Nothing is to be done" in told(
        translated, govkit, "out", "fr", "EXA-DUE-01", "-o", str(tmp_path / "x.xlsx")
    )


def test_a_cell_is_never_a_formula(coalition: Path, govkit: Run, tmp_path: Path) -> None:
    file = tmp_path / "w.xlsx"
    change(coalition, D1, "title: Notice before a restriction", 'title: "=SUM(A1)"')
    told(coalition, govkit, "out", "fr", "EXA-DUE-01", "-o", str(file))
    sheet = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    fill_xlsx(file, {"EXA-DUE-01#title": "=SOMME(A1)"})
    told(coalition, govkit, "in", str(file))
    assert "=SOMME(A1)" in (coalition / FRENCH).read_text(encoding="utf-8")


HOSTILE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><xliff>&a;</xliff>'


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("w.xliff", HOSTILE, "declares a document type"),
        ("w.xliff", "<xliff>" + "<g>" * 50 + "</g>" * 50 + "</xliff>", "more elements"),
        ("w.xliff", "no xml", "can't be read as XML"),
        ("w.po", "\0\0", "can't be read as a PO file"),
        ("w.xlsx", "no archive", "w.xlsx"),
        ("w.docx", "no archive", "w.docx"),
        ("w.txt", "", "ends as no worklist does"),
    ],
)
def test_a_strangers_file_is_refused_in_a_sentence(
    coalition: Path, govkit: Run, tmp_path: Path, name: str, data: str, said: str
) -> None:
    (tmp_path / name).write_text(data)
    done = govkit(coalition, "translate", "in", str(tmp_path / name))
    assert done.returncode == 2, done
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_language_that_the_charter_does_not_name(coalition: Path, govkit: Run) -> None:
    done = govkit(coalition, "translate", "new", "xx", "EXA-DUE-01")
    assert done.returncode == 2
    assert b"the charter has no translations in `xx`" in done.stderr


def test_words_that_no_record_can_hold_are_refused(
    coalition: Path, govkit: Run, tmp_path: Path
) -> None:
    file = tmp_path / "w.xlsx"
    told(coalition, govkit, "out", "fr", "EXA-DUE-01", "-o", str(file))
    fill_xlsx(file, {"EXA-DUE-01.b": "La <b>plateforme</b> ![x](http://x)"})
    before = sorted((coalition / "translations/fr").iterdir())
    done = govkit(coalition, "translate", "in", str(file))
    assert done.returncode in (1, 2, 3), done
    assert sorted((coalition / "translations/fr").iterdir()) == before


def test_every_command_of_the_page_for_translators_runs(repository: Path, govkit: Run) -> None:
    page = (Path(__file__).parents[2] / "docs/translations.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) >= 9
    for line in lines:
        _, *words = shlex.split(line)
        done = govkit(None, *words, cwd=repository)
        assert done.returncode == 0, (line, done.stderr)
        if "out" in words:
            fill_xlsx(repository / "work.xlsx", WORDS)


# --- printing -------------------------------------------------------------------------------------


def printed(folder: Path, govkit: Run, tmp_path: Path, *words: str) -> str:
    done = govkit(folder, "render", *words, "-o", f"{tmp_path}/")
    assert done.returncode == 0, done.stderr.decode()
    return Path(done.stdout.decode().strip()).read_text(encoding="utf-8")


def test_a_translation_is_printed_and_says_what_it_is(
    translated: Path, govkit: Run, tmp_path: Path
) -> None:
    change(translated, D1, "give the reasons", "give all reasons")
    page = printed(
        translated, govkit, tmp_path, "EXA-DUE-01", "--language", "fr", "--format", "html"
    )
    assert '<html lang="fr">' in page
    assert "Seul le texte en anglais fait foi" in page
    assert "personne: ceci est un projet" in page
    assert '<div class="clause behind" id="exa-due-01-b">' in page
    assert "en retard: traduit d’une version antérieure" in page
    assert "Avis avant une restriction" in page


def test_what_is_not_translated_stays_in_the_original_and_says_so(
    translated: Path, govkit: Run, tmp_path: Path
) -> None:
    page = printed(
        translated, govkit, tmp_path, "EXA-PRV-01", "--language", "fr", "--format", "html"
    )
    assert re.search(r'<div class="clause" id="exa-prv-01-a" lang="en"[^>]*>', page)
    assert "non traduit: ceci est l’original" in page


def test_a_bilingual_print_has_each_clause_beside_its_translation(
    translated: Path, govkit: Run, tmp_path: Path
) -> None:
    change(translated, D1, "give the reasons", "give all reasons")
    page = printed(
        translated, govkit, tmp_path, "EXA-DUE-01", "--bilingual", "fr", "--format", "html"
    )
    pairs = re.findall(
        r'<div class="pair">(.*?)\n</div>\n(?=<div class="pair">|<ul|</section)', page, re.S
    )
    assert len(pairs) == 2
    for pair, same in zip(pairs, (True, False), strict=True):
        one, other = re.findall(r"<code>([0-9a-f]{12})</code>", pair)
        assert (one == other) is same, "the digest that the translation was made from"
        assert 'lang="en"' in pair
        assert 'lang="fr"' in pair
    assert "behind: made from earlier words" in pairs[1]
    words = printed(
        translated, govkit, tmp_path, "EXA-DUE-01", "--bilingual", "fr", "--format", "md"
    )
    assert "> **(b)**" in words


def test_every_word_of_a_translated_page_stands_once_in_an_anchor(
    translated: Path, govkit: Run, tmp_path: Path
) -> None:
    page = printed(
        translated, govkit, tmp_path, "provisions", "--bilingual", "fr", "--format", "html"
    )
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_script_that_a_pdf_would_spoil_is_printed_otherwise(
    translated: Path, govkit: Run, tmp_path: Path
) -> None:
    change(translated, "governance/charter.yaml", "others: [fr]", "others: [fr, ar]")
    words = ("render", "EXA-DUE-01", "--language", "ar", "-o", f"{tmp_path}/")
    refused = govkit(translated, *words, "--format", "pdf")
    assert refused.returncode == 2
    assert b"its words would be spoiled" in refused.stderr
    done = govkit(translated, *words, "--format", "pdf,md")
    assert done.returncode == 0
    assert done.stdout.decode().endswith("EXA-DUE-01.ar.md\n")
    assert done.stdout.count(b"\n") == 1
