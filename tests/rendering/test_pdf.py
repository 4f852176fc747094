"""PDF: the words are in it, the bytes are the same everywhere, and nothing is fetched."""

import cProfile
import inspect
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pydyf
import pypdf
import pytest
import weasyprint

from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.rendering import pdf
from govkit.rendering.book import book_of
from govkit.rendering.document import Citation, Clause, CodeBlock, Document, Paragraph, Section
from govkit.rendering.headings import headings
from govkit.rendering.pdf import as_pdf, fetch
from govkit.rendering.spans import Blank, Break, Link, Words

# Fonts and font settings of a hostile home: other fonts first, and letters made bold.
FONT_SETTINGS = """\
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>
<match target="pattern"><edit name="family" mode="prepend_first" binding="strong">
<string>DejaVu Sans Mono</string></edit></match>
<match target="font"><edit name="embolden" mode="assign"><bool>true</bool></edit></match>
</fontconfig>
"""

POINTS = 72 / 25.4
"""A millimetre in points."""

_BOX = r'<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">'


@pytest.fixture
def document(small_corpus: Corpus) -> Document:
    return book_of(small_corpus, "INS-provisions", "2026-05-01")


_PRINTED: dict[str, bytes] = {}


def pdf_of(document: Document) -> bytes:
    """Return the PDF of a document that is looked at, printed once for all who do."""
    words = repr(document)
    if words not in _PRINTED:
        _PRINTED[words] = as_pdf(document)
    return _PRINTED[words]


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def words_of(data: bytes, tmp_path: Path) -> str:
    """Return all words of a PDF in reading order, with one space between them."""
    (tmp_path / "book.pdf").write_bytes(data)
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(tmp_path / "book.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return " ".join(done.stdout.split())


def plain(value: Any) -> str:
    """Return the words of a piece of the tree."""
    if isinstance(value, tuple):
        return "".join(map(plain, value))
    if isinstance(value, Paragraph):
        return plain(value.spans) + " "
    if hasattr(value, "value"):
        return f"[{value.value}]"
    if hasattr(value, "items"):
        return "".join(f"{item.label} {plain(item.blocks)}" for item in value.items)
    return value.text if hasattr(value, "text") else plain(value.spans)


def test_the_text_of_each_clause_can_be_taken_out(document: Document, tmp_path: Path) -> None:
    found = words_of(pdf_of(document), tmp_path)
    clauses = [
        block
        for line in headings(document)
        for block in line.section.blocks
        if isinstance(block, Clause)
    ]
    assert len(clauses) == 5
    for clause in clauses:
        words = " ".join(plain(clause.blocks).split())
        said = [plain(part) for part in clause.differs or ()]
        alone = clause.differs is None  # the one clause of its text: no head speaks for it
        assert f"{clause.label} {clause.force if alone else words}" in found
        assert words in found
        # The code stands in the margin beside the last line, so behind the words it may come.
        assert f"{words} {' · '.join(said)}".rstrip() in found.replace(f"{clause.code} ", "")
        for limit in clause.limits:
            assert f"{limit.name}: {plain(limit.blocks)}".strip() in found


def test_contents_with_page_numbers_and_pages_of_how_many(
    document: Document, tmp_path: Path
) -> None:
    found = words_of(pdf_of(document), tmp_path)
    assert re.search(r"EXA-DUE-01 Complaint [. ]+ 2\b", found)
    assert "1 of 3" in found
    assert "3 of 3" in found
    assert "RT/MP · Draft · 1 May 2026" in found


def test_the_draft_mark_is_a_picture(document: Document, tmp_path: Path) -> None:
    assert words_of(pdf_of(document), tmp_path).count("DRAFT") == 1
    final = replace(document, front=replace(document.front, draft="", notice=""))
    assert "DRAFT" not in words_of(pdf_of(final), tmp_path)
    assert len(pdf_of(final)) < len(pdf_of(document))


def test_a_program_is_told_language_title_structure_and_day(document: Document) -> None:
    reader = read(pdf_of(document))
    assert reader.metadata is not None
    assert reader.metadata.title == "The towns’ model provisions"
    assert reader.metadata.author == "River Towns’ Coalition"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20260501")
    assert "/ModDate" not in reader.metadata
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert [entry["/Title"] for entry in reader.outline if not isinstance(entry, list)] == [
        "The towns’ model provisions"
    ]


def test_a_working_copy_has_no_date(small_corpus: Corpus) -> None:
    metadata = read(as_pdf(book_of(small_corpus, "INS-provisions"))).metadata
    assert metadata is not None
    assert "/CreationDate" not in metadata


def test_only_the_fonts_of_the_package_are_used(document: Document) -> None:
    """Signs that they lack are printed as empty boxes, not from whatever the machine has."""
    block = Paragraph((Words("नमस्ते 你好 العربية"),))
    strange = Section("text", "strange", "X", "你好", (block,))
    reader = read(as_pdf(replace(document, sections=(*document.sections, strange))))
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = {
        str(font.get_object()["/BaseFont"]) for each in resources for font in each["/Font"].values()
    }
    assert fonts
    assert {name.split("+")[1].split("-")[0] for name in fonts} == {"Govkit"}


def test_the_same_bytes_in_any_folder_process_home_locale_and_time_zone(
    small_texts: Mapping[str, str], tmp_path: Path
) -> None:
    here = printed(tmp_path / "here", dict(small_texts), {"TZ": "UTC", "LC_ALL": "C"})
    away = tmp_path / "far away" / "\u00fc"
    # The files lie on the disk in the other order, too.
    texts = dict(reversed(small_texts.items()))
    there = printed(
        away,
        texts,
        {
            "TZ": "Asia/Kathmandu",
            "PYTHONHASHSEED": "7",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "ar",
            "SOURCE_DATE_EPOCH": "1",
        },
        FONT_SETTINGS,
    )
    assert sorted(here) == [f"provisions.{ending}" for ending in ("html", "json", "md", "pdf")]
    assert here == there
    # The day is that of the commit, half an hour before midnight where it was made.
    assert b"Edition: 1 May 2026" in here["provisions.md"]


def printed(
    folder: Path, texts: Mapping[str, str], environment: Mapping[str, str], fonts: str = ""
) -> dict[str, bytes]:
    """Return what `render all` prints from the texts, committed in a folder of their own."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    home = folder.parent / f"home of {folder.name}"
    (home / "fontconfig").mkdir(parents=True)
    if fonts:
        (home / "fontconfig/fonts.conf").write_text(fonts, encoding="utf-8")
    day = "2026-05-01T23:30:00+0000"
    around = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "PYTHONHASHSEED": "1",
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_DATE": day,
        **environment,
    }
    name = ["-c", "user.name=Example", "-c", "user.email=example@example.org"]
    for words in (
        ["git", "init", "-q"],
        ["git", "add", "-A"],
        ["git", *name, "commit", "-qm", "Begin"],
        [sys.executable, "-m", "govkit", "render", "all", "--format", "md,html,pdf,json"],
    ):
        subprocess.run(words, cwd=folder, env=around, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://example.org/x.png",
        "https://example.org/",
        "data:text/plain,x",
        "govkit:../pdf.py",
        "govkit:OFL.txt",
        "govkit:",
        "NotoSans-Bold.ttf",
        "/etc/passwd",
    ],
)
def test_nothing_is_fetched_but_the_packages_own_files(address: str) -> None:
    with pytest.raises(ValueError, match="nothing is fetched"):
        fetch(address)


def test_fonts_and_the_draft_mark_are_fetched() -> None:
    assert fetch("govkit:NotoSans-Bold.ttf").read()[:4] == b"\0\1\0\0"
    assert b"<svg" in fetch("govkit:draft.svg").read()


def test_what_is_reached_for_inside_weasyprint_is_where_it_was() -> None:
    """Not its promise: where a new version moves it, pages could take the machine's own fonts."""
    from weasyprint import urls
    from weasyprint.text import ffi, fonts

    assert "url_fetcher._fail_on_errors" in inspect.getsource(urls), "see rendering/pdf.py, fetch"
    made = vars(fonts.FontConfiguration())
    assert {"_config", "font_map"} <= made.keys(), "see rendering/pdf.py, _own_fonts"
    for name in ("ffi", "fontconfig", "pangoft2", "harfbuzz", "harfbuzz_subset"):
        assert hasattr(ffi, name), f"see rendering/pdf.py: weasyprint.text.ffi has no {name}"
    assert isinstance(inspect.getattr_static(pydyf.PDF, "page_references"), property)
    page = weasyprint.HTML(string="<p>")
    assert {"wrapper_element", "etree_element"} <= vars(page).keys(), "see rendering/pdf.py, _page"


def calls(document: Document, module: str, name: str) -> int:
    """Return how often a function is called while a document is printed."""
    profile = cProfile.Profile()
    profile.runcall(as_pdf, document)
    profile.create_stats()
    found: dict[tuple[str, int, str], tuple[int, ...]] = vars(profile)["stats"]
    return sum(
        counts[1]
        for (file, _, function), counts in found.items()
        if function == name and file.endswith(f"/{module}.py")
    )


def test_the_pages_are_listed_once_for_each_and_not_for_each_tag(document: Document) -> None:
    pages = len(read(pdf_of(document)).pages)
    assert calls(document, "pydyf/__init__", "page_references") <= pages
    assert calls(document, "rendering/pdf", "remembered") > 50 * pages


def test_an_address_takes_no_look_for_each_of_its_letters(document: Document) -> None:
    def looks(letters: int) -> int:
        link = Link("https://example.org/" + "x" * letters, (Words("x" * letters),))
        source = Section("back", "cited", "", "Cited", (Citation("c", "Example", (link,)),))
        sections = (*document.sections, source)
        return calls(replace(document, sections=sections), "text/line_break", "get_first_line")

    assert looks(80) - looks(10) < 20


@pytest.mark.parametrize("sign", ["", "\x0c", "\x1f"])
def test_a_page_is_read_whatever_signs_stand_in_it(
    sign: str, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The XML parser reads it; what XML forbids, the parser of HTML reads, with the same pages."""
    from weasyprint import HTML

    block = Paragraph((Words(f"one{sign} <&> two"), Break(), Words("three" * 50)))
    odd = replace(document, sections=(Section("text", "odd", "", "Odd", (block, block)),))
    made = []
    init = HTML.__init__
    monkeypatch.setattr(
        HTML, "__init__", lambda *words, **how: made.append(how["string"]) or init(*words, **how)
    )
    printed = as_pdf(odd)
    assert [len(page) > 0 for page in made] == [bool(sign)]
    monkeypatch.setattr(
        pdf, "_page", lambda html: HTML(string=html, base_url=pdf._SCHEME, url_fetcher=fetch)
    )
    assert as_pdf(odd) == printed


OPENED = """
import sys
started = []
sys.addaudithook(lambda event, _: event == "subprocess.Popen" and started.append(event))
from govkit.rendering.pdf import libraries
libraries()
print(len(started))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Python starts nothing to search")
def test_no_compiler_is_started_to_find_a_library() -> None:
    said = subprocess.run([sys.executable, "-c", OPENED], capture_output=True, check=True)
    assert said.stdout == b"0\n"


def test_a_page_that_asks_for_more_is_printed_without_it(
    document: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    asks = f'<p>before<img src="file://{tmp_path}/secret.txt" alt="no picture">after</p>'
    monkeypatch.setattr(pdf, "as_html", lambda _: asks)
    assert "before" in words_of(as_pdf(document), tmp_path)


def test_without_the_library_there_is_a_line_to_run(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    pdf._weasyprint.cache_clear()
    with pytest.raises(GovkitError, match="a PDF needs libraries") as failed:
        as_pdf(document)
    assert "make setup" in failed.value.hint
    pdf._weasyprint.cache_clear()


def test_without_harfbuzz_subset_nothing_is_printed_by_other_means(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.text import ffi

    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    pdf._weasyprint.cache_clear()
    with pytest.raises(GovkitError, match="harfbuzz-subset"):
        as_pdf(document)
    pdf._weasyprint.cache_clear()


def test_how_it_is_cited_stands_on_the_first_page(document: Document, tmp_path: Path) -> None:
    found = words_of(pdf_of(document), tmp_path)
    cited = "River Towns’ Coalition, The towns’ model provisions, RT/MP, draft, 1 May 2026"
    assert f"How to cite: {cited}, INS-provisions" in found
    assert found.index("How to cite") < found.index("Contents")
    assert "if one word differs, the digest differs" in found


def test_a_print_opens_no_connection_and_no_file_but_the_packages_own(
    tmp_path: Path, small_texts: Any
) -> None:
    """The second print is watched; the first loads the libraries, which look for each other.

    WeasyPrint lays the fonts of the package into a folder of its own, for Pango to read.
    """
    for path, text in small_texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout == "same"


WATCHED = """\
import os, sys, tempfile
from pathlib import Path
import govkit
from govkit.workspace import open_workspace
from govkit.rendering.book import book_of
from govkit.rendering.formats import FORMATS, written

workspace = open_workspace(Path("."))
document = book_of(workspace.corpus, "INS-provisions", "2026-05-01")
own = str(Path(govkit.__file__).resolve().parent / "rendering")
started = []

def watch(event, words):
    if not started:
        return
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "os.exec")):
        os.write(1, f"{event} {words}\\n".encode())
    elif event == "open" and isinstance(words[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(words[0]))
        if not path.startswith((own, os.path.realpath(tempfile.gettempdir()) + "/weasyprint-")):
            os.write(1, f"{event} {path}\\n".encode())

sys.addaudithook(watch)
first = {format: written(document, format) for format in FORMATS}
started.append(True)
second = {format: written(document, format) for format in FORMATS}
os.write(1, b"same" if first == second else b"other")
"""

CODE = CodeBlock("\n".join(["| " + "cell | " * 40, "|" + "---|" * 40, "| " + "x" * 200 + " |"]))


def test_a_long_word_and_many_clauses_stay_on_the_page(document: Document, tmp_path: Path) -> None:
    long = Paragraph((Words("x" * 300),))
    kept = Paragraph((Blank("n", "9" * 300), Words(f" {'y' * 300} clause ({'z' * 300})")))
    table = Paragraph((Words("| " + "cell | " * 60),))
    shapes = ((long,), (table,), (CODE,), (kept,))
    clauses = tuple(Clause(f"c{at}", f"(c{at})", "MUST", (), shapes[at % 4]) for at in range(60))
    stress = Section("text", "stress", "X-" + "9" * 80, "y" * 300, clauses)
    (tmp_path / "stress.pdf").write_bytes(as_pdf(replace(document, sections=(stress,))))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "stress.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    sides = [[float(side) for side in found] for found in re.findall(_BOX, boxes)]
    assert len(sides) > 200
    assert min(left for left, *_ in sides) >= 30 * POINTS - 1
    assert min(top for _, top, *_ in sides) >= 0
    assert max(right for _, _, right, _ in sides) <= (210 - 26) * POINTS + 1
    assert max(bottom for *_, bottom in sides) <= (297 - 10) * POINTS
