"""The page for a browser: complete in one file, open to everyone, and it loads nothing."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from tinyhtml5.parser import HTMLParser as StrictParser

from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.document import Document, Paragraph, Section
from govkit.rendering.formats import written
from govkit.rendering.page import as_page
from govkit.rendering.spans import Blank, Code, Link, Pointer, Span, Words

STYLE = "".join(
    (files("govkit.rendering") / f"style/{name}.css").read_text(encoding="utf-8")
    for name in ("words", "page")
)


class Tags(HTMLParser):
    """Collects the tags of a page, in order, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture
def document(small_corpus: Corpus) -> Document:
    return book_of(small_corpus, "INS-provisions", "2026-05-01")


@pytest.fixture
def page(document: Document) -> str:
    return as_page(document).decode()


def test_a_strict_reader_finds_no_mistake(page: str) -> None:
    parser = StrictParser()
    parser.parse(page)
    assert parser.errors == []


def test_the_anchors_are_those_of_markdown(document: Document, page: str) -> None:
    in_markdown = re.findall(r'<a id="([^"]+)">', written(document, "md").decode())
    in_page = [attributes["id"] for _, attributes in Tags(page).tags if "id" in attributes]
    assert sorted(in_page) == sorted([*in_markdown, "contents", "main"])


def test_landmarks_and_headings_in_order(page: str) -> None:
    tags = Tags(page)
    assert [tag for tag, _ in tags.tags if tag in ("header", "nav", "main")] == [
        "header",
        "nav",
        "main",
    ]
    levels = [int(tag[1]) for tag, _ in tags.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))


def test_the_first_link_leads_over_the_contents(page: str) -> None:
    tags = Tags(page)
    assert tags.all("a")[0] == {"class": "skip", "href": "#main"}
    assert ">Skip the contents</a>" in page


def test_language_and_direction(document: Document, page: str) -> None:
    assert Tags(page).all("html") == [{"lang": "en"}]
    arabic = replace(document, front=replace(document.front, language="ar-EG"))
    assert Tags(as_page(arabic).decode()).all("html") == [{"lang": "ar-EG", "dir": "rtl"}]


def test_nothing_is_loaded_and_the_browser_is_told_so(page: str) -> None:
    tags = Tags(page)
    assert not tags.all("script", "link", "img", "iframe", "object", "base", "form")
    assert not [name for _, attributes in tags.tags for name in attributes if name[:2] == "on"]
    assert not [True for _, attributes in tags.tags if {"src", "style"} & attributes.keys()]
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = tags.all("meta")[-4]["content"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")


def test_only_addresses_that_a_reader_can_open_become_links(document: Document) -> None:
    addresses = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x.y", "x")
    spans = tuple(Link(address, (Words(address),)) for address in addresses)
    section = Section("text", "x", "X", "x", (Paragraph(spans),))
    tags = Tags(as_page(replace(document, sections=(section,))).decode())
    assert not [link for link in tags.all("a") if not link["href"].startswith("#")]


def test_an_address_where_a_source_was_looked_up_is_a_link_only_if_it_is_one(
    corpus_with: Callable[[Mapping[str, str]], Corpus], small_texts: Mapping[str, str]
) -> None:
    path = "provisions/due-process/EXA-DUE-01-complaint.yaml"
    text = small_texts[path].replace("https://example.org/case#4", "javascript:alert(4)")
    document = book_of(corpus_with({path: text}), "INS-provisions")
    for format in ("md", "html"):
        assert "javascript:" not in written(document, format).decode()


def test_the_draft_mark_is_a_drawing_that_nobody_reads_out(document: Document, page: str) -> None:
    assert page.count("DRAFT") == 1
    [mark] = Tags(page).all("svg")
    assert mark["aria-hidden"] == "true"
    final = replace(document, front=replace(document.front, draft="", notice=""))
    assert not Tags(as_page(final).decode()).all("svg")


def test_the_same_bytes_every_time(document: Document) -> None:
    assert as_page(document) == as_page(document)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("rule", [0, 1], ids=["by day", "by night"])
@pytest.mark.parametrize("ground", ["paper", "here"])
@pytest.mark.parametrize("colour", ["ink", "quiet", "accent", "remark"])
def test_words_stand_out_from_the_ground(rule: int, ground: str, colour: str) -> None:
    found = re.findall(r":root \{[^}]*--paper[^}]*\}", STYLE)[rule]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", found))
    light, dark = sorted((luminance(colours[ground]), luminance(colours[colour])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


def test_a_focus_is_seen_and_the_page_knows_night_paper_and_small_screens() -> None:
    for words in (
        ":focus-visible { outline: 3px solid",
        "@media (prefers-color-scheme: dark)",
        "@media print",
        "@media (max-width: 30rem)",
    ):
        assert words in STYLE


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        (
            (Words("within "), Blank("n", "7"), Words(" days after")),
            'within <span class="kept"><span class="blank">[7]</span> days</span> after',
        ),
        ((Blank("n", "7"), Words(", or")), '<span class="blank">[7]</span>, or'),
        (
            (Blank("n", "7"), Words(" " + "x" * 300)),
            f'<span class="blank">[7]</span> <wbr>{"<wbr>".join(["x" * 50] * 6)}',
        ),
        ((Blank("n", "a " * 40), Words(" days")), f'<span class="blank">[{"a " * 40}]</span> days'),
        ((Words("in clause (f) or (g)"),), 'in <span class="kept">clause (f)</span> or (g)'),
        (
            (Words("see art. 17(1)(a) & para. 4."),),
            'see <span class="kept">art. 17(1)(a)</span> &amp; <span class="kept">para. 4.</span>',
        ),
        ((Words("this clause is"),), "this clause is"),
        (
            (Words("on 16 December 1966. Next"),),
            'on <span class="kept">16 December 1966</span>. Next',
        ),
        ((Words("the 30 days of 2026"),), "the 30 days of 2026"),
        ((Words("RT/MP, draft"),), '<span class="kept">RT/MP</span>, draft'),
        ((Words("not-for-profit"),), "not-for-profit"),
        (
            (Words("Directive 2000/31/EC and (EU) 2019/770"),),
            'Directive <span class="kept">2000/31/EC</span> and (EU) '
            '<span class="kept">2019/770</span>',
        ),
        # A line break in the source stands between words of their own.
        (
            (Words("(article"), Words(" "), Words("14(1)).")),
            '(<span class="kept">article 14(1)</span>).',
        ),
        (
            (Code("EXA-DUE-01"), Words(" Complaint; and")),
            '<span class="kept"><code>EXA-DUE-01</code> Complaint</span>; and',
        ),
        (
            (Pointer("x", (Code("EXA-DUE-01"),)), Words(" Complaint")),
            '<span class="kept"><a href="#x"><code>EXA-DUE-01</code></a> Complaint</span>',
        ),
        ((Code("sha256:" + "0" * 64), Words(" is")), f"<code>sha256:{'0' * 64}</code> is"),
    ],
)
def test_no_line_ends_inside_a_reference_or_before_a_unit(
    document: Document, spans: tuple[Span, ...], html: str
) -> None:
    """The characters stay those of the text: only the style says where no line ends."""
    section = Section("text", "x", "X", "x", (Paragraph(spans),))
    assert f"<p>{html}</p>" in as_page(replace(document, sections=(section,))).decode()
