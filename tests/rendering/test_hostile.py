"""Hostile and extreme texts: refused by `check`, or printed on a good page."""

import io
import json
import re
import subprocess
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from textwrap import indent
from typing import Any

import mistune
import pypdf
import pytest

from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.document import Document
from govkit.rendering.formats import written

With = Callable[[Mapping[str, str]], Corpus]
REPAIR = "provisions/due-process/EXA-DUE-02-repair.yaml"
BOOK = "provisions/instrument.yaml"

TRICKS = """\
# A heading

<script>alert(1)</script> <img src=x onerror=alert(1)>

<div style="position:fixed;inset:0">covers all</div>

[one](javascript:alert(1)) [two](data:text/html,x) [three](https://example.org/"onclick="x)
![picture](https://example.org/track.png "t") <https://example.org/auto>

| a | b |
|---|---|
| 1 | 2 |

> quote
>> deeper
>>>>> deepest

1. one
   1. inner
      - dash
        - dash

```html
</code></pre></main><script>alert(1)</script>
```

    </pre> indented

see [ref] and [^1]

[ref]: javascript:alert(2)
[^1]: a footnote

&lt;script&gt; &#60;b&#62; &amp;lt;

<!-- --><?php ?> <![CDATA[ x ]]> </section></body>
"""

WORD = "x" * 300
ROW = "The platform must not show | a | row | of || cells | of a table."
LONG = "A title that goes on for longer than any title ever should " * 13
SCRIPTS = "Repair \u0625\u0635\u0644\u0627\u062d 12 \u4fee\u590d and \u05ea\u05d9\u05e7\u05d5\u05df"

POINTS = 72 / 25.4
"""A millimetre in points."""
LEFT, RIGHT, TOP, FOOT = 30 * POINTS, (210 - 26) * POINTS, 23 * POINTS, (297 - 20) * POINTS
"""The sides of the page's text."""
MIDDLE = (LEFT + RIGHT) / 2
_BOX = r'<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">(.*?)</word>'

Word = tuple[float, float, float, float, str]


@pytest.fixture
def printed(corpus_with: With, small_texts: Mapping[str, str]) -> Callable[..., Document]:
    """Print the small book with another second text: its title, clause, notes, and more."""

    def made(
        title: str = "Repair", clause: str = "The platform must not.", notes: str = ""
    ) -> Document:
        text = small_texts[REPAIR].replace(
            "title: Repair", f"title: {json.dumps(title, ensure_ascii=False)}"
        )
        text = text.replace("The platform must not keep what it took.", f"{clause!r}")
        if notes:
            block = indent(notes, "  ")
            text += f"rationale: |\n{block}\nguidance: |\n{block}\n"
        corpus = corpus_with({REPAIR: text})
        assert all(document.record for document in corpus.documents)
        return book_of(corpus, "INS-provisions", "2026-05-01")

    return made


def pages(document: Document, tmp_path: Path) -> list[list[Word]]:
    """Return, page by page, the words of the PDF with their sides in points."""
    path = tmp_path / "book.pdf"
    path.write_bytes(written(document, "pdf"))
    found = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    return [
        [(*map(float, sides), word) for *sides, word in re.findall(_BOX, page)]  # type: ignore[misc]
        for page in found.split("<page ")[1:]
    ]


def assert_all_on_the_page(found: list[list[Word]]) -> None:
    for left, top, right, bottom, word in (word for page in found for word in page):
        assert left >= LEFT - 1, word
        is_code = re.fullmatch("[0-9a-f]{6}", word) and left > RIGHT  # beside a clause
        assert right <= (RIGHT + 13 * POINTS if is_code else RIGHT + 1), word
        assert top > TOP / 2, word
        assert bottom < FOOT + 12 * POINTS, word


# --- Markdown in rationale and guidance ---------------------------------------------------------


class Seen(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src")}


def test_tricks_are_words_in_a_browser(printed: Callable[..., Document]) -> None:
    plain = Seen(
        written(printed(notes="> Plain.\n\n1. *one*\n\n```\ncode\n```\n"), "html").decode()
    )
    page = written(printed(notes=TRICKS), "html").decode()
    seen = Seen(page)
    assert seen.tags <= plain.tags
    assert seen.attributes <= plain.attributes
    assert {address for address in seen.addresses if not address.startswith(("#", "https://"))} == (
        set()
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count("</main>") == page.count("</body>") == 1


def test_tricks_are_words_in_markdown(printed: Callable[..., Document]) -> None:
    """Another reader of Markdown finds no HTML but the anchors, and no address that is none."""
    text = written(printed(notes=TRICKS), "md").decode().split("---\n", 2)[2]
    tokens: Any = mistune.create_markdown(renderer=None)(text)

    def walk(token: Any) -> Any:
        yield token
        for child in token.get("children", ()):
            yield from walk(child)

    every = [each for token in tokens for each in walk(token)]
    raw = [each["raw"] for each in every if each["type"] in ("block_html", "inline_html")]
    assert raw
    assert [
        html
        for html in raw
        if not re.fullmatch(r'<a id="[\w.-]+">|</a>', html.strip())
        and not re.fullmatch(r'(?:<a id="[\w.-]+"></a>\s*)+', html)
    ] == []
    addresses = [each["attrs"]["url"] for each in every if each["type"] in ("link", "image")]
    assert [url for url in addresses if not url.startswith(("#", "https://"))] == []


def test_tricks_are_words_in_a_pdf(printed: Callable[..., Document]) -> None:
    data = written(printed(notes=TRICKS), "pdf")
    reader = pypdf.PdfReader(io.BytesIO(data))
    actions = [
        note.get_object().get("/A", {}) for page in reader.pages for note in page.get("/Annots", ())
    ]
    addresses = {str(action["/URI"]) for action in actions if "/URI" in action}
    assert addresses
    assert all(address.startswith("https://") for address in addresses)
    assert {str(action.get("/S")) for action in actions if action} == {"/URI"}
    assert not {"/OpenAction", "/AA"} & set(reader.trailer["/Root"])  # type: ignore[arg-type]
    assert "<script>alert(1)</script>" in "".join(page.extract_text() for page in reader.pages)


def test_tricks_stay_on_the_page(printed: Callable[..., Document], tmp_path: Path) -> None:
    assert_all_on_the_page(pages(printed(notes=TRICKS), tmp_path))


# --- extremes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "clause", "notes"),
    [
        (f"A word of {WORD} letters", f"The {WORD} must not.", f"- {WORD}\n\n> {WORD}"),
        (LONG.strip(), ROW, ROW),
        (SCRIPTS, f"The platform must not: {SCRIPTS}.", SCRIPTS),
    ],
    ids=["a word of 300 letters", "a title of 760 characters, and a table", "many scripts"],
)
def test_a_page_holds_it(
    printed: Callable[..., Document], tmp_path: Path, title: str, clause: str, notes: str
) -> None:
    document = printed(title, clause, notes)
    assert_all_on_the_page(pages(document, tmp_path))
    for format in ("md", "html", "json"):
        assert title.split()[0] in written(document, format).decode()


def test_a_word_without_end_has_places_to_break(printed: Callable[..., Document]) -> None:
    """Else a line is looked for that holds it all, again and again: the square of its length."""
    joined = "\u00a0".join(["word"] * 390)
    page = written(printed(notes=f"{joined}\n\n`{WORD}` and {WORD}"), "html").decode()
    pieces = re.split(r"<wbr>|[<> \n]", page.split("<main")[1])
    assert max(map(len, pieces)) < 200
    assert WORD in page.replace("<wbr>", "")
    assert joined in page.replace("<wbr>", "")


def test_two_hundred_clauses_are_all_printed(
    printed: Callable[..., Document],
    corpus_with: With,
    small_texts: Mapping[str, str],
    tmp_path: Path,
) -> None:
    ids = [f"{first}{second}" for first in "abcdefgh" for second in "abcdefghijklmnopqrstuvwxy"]
    clauses = "".join(f"  - {{id: {id}, force: declares, text: It is so.}}\n" for id in ids)
    text = re.sub(
        r"clauses:\n(.*)(?=no_binding)",
        f"clauses:\n{clauses}",
        small_texts[REPAIR],
        flags=re.DOTALL,
    )
    found = pages(book_of(corpus_with({REPAIR: text}), "INS-provisions"), tmp_path)
    assert_all_on_the_page(found)
    words = [word for page in found for *_, word in page]
    assert [id for id in ids if f"({id})" not in words] == []


@pytest.mark.parametrize("title", [LONG.strip(), WORD, SCRIPTS], ids=["long", "a word", "scripts"])
def test_a_running_head_is_one_line_whatever_the_titles(
    corpus_with: With, small_texts: Mapping[str, str], tmp_path: Path, title: str
) -> None:
    said = json.dumps(title, ensure_ascii=False)
    book = small_texts[BOOK].replace("title: Procedure", f"title: {said}")
    book = book.replace("title: The towns' model provisions", f"title: {said}")
    book = book.replace("symbol: RT/MP", f"symbol: {'RT/MP/' * 9}X")
    found = pages(book_of(corpus_with({BOOK: book}), "INS-provisions"), tmp_path)
    assert_all_on_the_page(found)
    heads = [[word for word in page if word[3] < TOP] for page in found[1:]]
    assert all(heads)
    for head in heads:
        assert len({round(top) for _, top, *_ in head}) == 1
        left = [word for word in head if word[0] < MIDDLE]
        right = [word for word in head if word[0] >= MIDDLE]
        # The name of the book and that of the part stand apart.
        assert all(word[0] - left[-1][2] > 3 * POINTS for word in right)
    assert any(word[0] >= MIDDLE for head in heads for word in head)
    assert all(len({round(w[1]) for w in page if w[1] > FOOT}) == 1 for page in found)


def test_a_running_head_names_the_text_that_the_page_is_in(
    printed: Callable[..., Document], tmp_path: Path
) -> None:
    found = pages(printed(notes="A paragraph of a long rationale.\n\n" * 60), tmp_path)
    heads = [" ".join(word for *sides, word in page if sides[3] < TOP) for page in found]
    assert heads[0] == ""
    assert any(head.endswith("EXA-DUE-02 \u00b7 Procedure") for head in heads)
    assert not any("EXA" in head for head in heads if head.endswith(("Definitions", "Sources")))


def test_many_exceptions_begin_where_their_clause_does(
    printed: Callable[..., Document],
    corpus_with: With,
    small_texts: Mapping[str, str],
    tmp_path: Path,
) -> None:
    """A clause does not leave half a page bare because its exceptions would not part."""
    several = "".join(f"      - where case number {number} is given\n" for number in range(45))
    before = "".join(
        f"  - {{id: z{letter}, force: declares, text: So it is.}}\n" for letter in "abcdefgh"
    )
    text = small_texts[REPAIR].replace("clauses:\n", f"clauses:\n{before}")
    text = text.replace("no_binding_source", f"    exceptions:\n{several}no_binding_source")
    found = pages(book_of(corpus_with({REPAIR: text}), "INS-provisions"), tmp_path)
    counts = [sum(word == "Exception:" for *_, word in page) for page in found]
    [begins] = [at for at, page in enumerate(found) if any(word == "took." for *_, word in page)]
    assert sum(counts) == 1 + 45
    assert any(word == "(zh)" for *_, word in found[begins])
    assert min(counts[begins], counts[begins + 1]) >= 2
    assert sum(counts[begins : begins + 2]) >= 45
