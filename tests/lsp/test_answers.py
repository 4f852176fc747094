"""What an editor is offered and told, each in a page as somebody types it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from lsprotocol import types

from govkit.lsp import answers
from govkit.lsp.editor import Editor, Page

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
D2 = "provisions/due-process/EXA-DUE-02-complaint.yaml"
BOOK = "provisions/instrument.yaml"
FIRST = "# yaml-language-server: $schema=../../schemas/provision.schema.json"
EVERYWHERE = types.Range(types.Position(0, 0), types.Position(10**6, 0))


@pytest.fixture
def editor() -> Editor:
    return Editor(lambda: datetime.date(2026, 3, 1))


def typed(editor: Editor, path: str, old: str, new: str) -> tuple[Page, types.Position]:
    """A page with other words, and the place of the cursor, which `‸` marks in them."""
    uri = (BASE / path).as_uri()
    page = editor.page(uri)
    assert page is not None
    assert old in page.places.text
    text = page.places.text.replace(old, new, 1)
    at = text.index("‸") if "‸" in text else 0
    page.folder.put(path, text.replace("‸", ""))
    page.folder.check(editor.today())
    page = editor.page(uri)
    assert page is not None
    return page, page.places.position(at)


OFFERED: dict[str, tuple[str, str, str, set[str]]] = {
    "terms in a link": (
        D1,
        "(term:restriction)",
        "(term:re‸)",
        {"platform", "restriction", "user"},
    ),
    "texts in a link": (D1, "(ref:EXA-DUE-02(a))", "(ref:EXA‸)", {"EXA-DUE-01", "EXA-DUE-02"}),
    "clauses in a link": (D1, "(ref:EXA-DUE-02(a))", "(ref:EXA-DUE-02(‸", {"a", "b"}),
    "kinds of a link": (D1, "](term:restriction)", "](‸", {"term:", "ref:"}),
    "a whole link": (D1, "[restriction](term:restriction)", "[rest‸", {"restriction"}),
    "blanks": (D1, "{notice_days}", "{‸", {"notice_days"}),
    "words of a list": (D1, "force: must\n", "force: mu‸\n", {"must", "must-not", "declares"}),
    "states": (D1, "status: draft", "status: ‸", {"draft", "adopted"}),
    "rights": (D1, "[due-process]", "[due-process, ‸]", {"privacy", "due-process"}),
    "words of an axis": (D1, "sizes: [large]", "sizes: [‸]", {"all", "small", "large"}),
    "parties": (D1, "addressee: platform", "addressee: ‸", {"platform", "user"}),
    "sources": (D1, "- source: example-act\n", "- source: ‸\n", {"example-act"}),
    "keys of a clause": (
        D1,
        "    exceptions:",
        "    ‸\n    exceptions:",
        {"conditions", "guidance"},
    ),
    "keys of the record": (D1, "rationale: |", "‸\nrationale: |", {"summary", "guidance"}),
    "items of a book": (BOOK, "[EXA-DUE-01, EXA-DUE-02]", "[EXA-DUE-01, ‸]", {"EXA-DUE-02"}),
    "yes or no": ("governance/charter.yaml", "one_force: true", "one_force: ‸", {"true", "false"}),
}


@pytest.mark.parametrize(("path", "old", "new", "some"), OFFERED.values(), ids=OFFERED)
def test_what_is_offered(editor: Editor, path: str, old: str, new: str, some: set[str]) -> None:
    items = answers.completed(*typed(editor, path, old, new))
    assert some <= {item.label for item in items}
    assert len(items) < 40


def test_keys_that_are_there_are_not_offered_again(editor: Editor) -> None:
    items = answers.completed(*typed(editor, D1, "    exceptions:", "    ‸\n    exceptions:"))
    assert {"id", "force", "text", "exceptions"}.isdisjoint(item.label for item in items)


def test_an_offer_takes_the_place_of_what_is_typed(editor: Editor) -> None:
    page, at = typed(editor, D1, "(term:restriction)", "(term:re‸)")
    item = next(each for each in answers.completed(page, at) if each.label == "restriction")
    assert isinstance(item.text_edit, types.TextEdit)
    start = page.places.offset(item.text_edit.range.start)
    end = page.places.offset(item.text_edit.range.end)
    assert page.places.text[start:end] == "re"


MENDED: dict[str, tuple[str, str, str, str]] = {
    "another force": (D1, "The platform must give", "The platform shall give", "must give"),
    "a slip in a key": (D1, "rationale: |", "rationalle: |", "\nrationale: |"),
    "a slip in a slug": (D1, "(term:restriction)", "(term:restricton)", "(term:restriction)"),
    "a slip in a word": (D1, "force: must\n", "force: mustt\n", "force: must\n"),
    "a slip in a right": (D1, "[due-process]", "[due-proces]", "[due-process]"),
    "no first line": (D1, f"{FIRST}\n", "", FIRST),
    "curved quotes": (D1, "give the reasons", "give the “reasons”", 'give the "reasons"'),
}


@pytest.mark.parametrize(("path", "old", "new", "then"), MENDED.values(), ids=MENDED)
def test_what_is_mended(editor: Editor, path: str, old: str, new: str, then: str) -> None:
    page, _ = typed(editor, path, old, new)
    done = []
    for action in answers.mended(editor, page, EVERYWHERE, None):
        assert action.edit is not None
        assert action.edit.changes is not None
        [edits] = action.edit.changes.values()
        start, end = (page.places.offset(at) for at in (edits[0].range.start, edits[0].range.end))
        done.append(page.places.text[:start] + edits[0].new_text + page.places.text[end:])
    assert any(then in text and (not new or new not in text) for text in done), done


def test_nothing_is_mended_where_nothing_is_wrong_or_only_a_person_can(editor: Editor) -> None:
    page, _ = typed(editor, D1, "status: draft", "status: draft")
    assert answers.mended(editor, page, EVERYWHERE, None) == []
    page, _ = typed(editor, D1, "  - id: b", "  - id: a")
    titles = [action.title for action in answers.mended(editor, page, EVERYWHERE, None)]
    assert titles in ([], ["Write `b`"])


def test_what_fmt_does(editor: Editor) -> None:
    page, _ = typed(editor, D1, "title: Notice before a restriction", "title:   Notice   before ")
    edits = answers.formatted(page)
    assert edits is not None
    assert len(edits) == 1
    page, _ = typed(editor, D2, "status: draft", "status: draft")
    assert answers.formatted(page) is None


SHOWN: dict[str, tuple[str, str, str, str]] = {
    "a term": (D1, "(term:restriction)", "(term:restric‸tion)", "**restriction**"),
    "a text": (D2, "- to: EXA-DUE-01", "- to: EXA-‸DUE-01", "Notice before a restriction"),
    "a clause": (D1, "EXA-DUE-02(a)", "EXA-DUE-02(‸a)", "**EXA-DUE-02(a)** Free complaint"),
    "a source": (D1, "- source: example-act", "- source: exa‸mple-act", "*source*"),
    "a party": (D1, "beneficiary: user", "beneficiary: us‸er", "A person who has an account"),
    "a key": (D1, "    addressee:", "    addr‸essee:", "Who is bound"),
    "a broken file": (
        D1,
        "title: Notice",
        "title: [ [x](term:us‸er)",
        "A person who has an account",
    ),
}


@pytest.mark.parametrize(("path", "old", "new", "words"), SHOWN.values(), ids=SHOWN)
def test_what_is_shown(editor: Editor, path: str, old: str, new: str, words: str) -> None:
    found = answers.hovered(*typed(editor, path, old, new))
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert words in found.contents.value


def test_a_keystroke_looks_again_at_one_page(editor: Editor) -> None:
    page, _ = typed(editor, D1, "must tell", "shall tell")
    folder = page.folder
    before, placed = folder.last, folder.placings
    page, _ = typed(editor, D1, "must give", "should give")
    assert folder.last is not None
    assert before is not None
    assert folder.placings == placed + 1
    assert folder.last.rules_run < before.rules_run / 2 or before.rules_run < 200


def test_what_is_no_news_is_not_sent_again(editor: Editor) -> None:
    page, _ = typed(editor, D1, "must tell", "shall tell")
    assert [news.uri for news in editor.news(page.folder)] == [(BASE / D1).as_uri()]
    assert list(editor.news(page.folder)) == []
    page.folder.close(D1)
    assert [news.diagnostics for news in editor.news(page.folder)] == [[]]


def test_five_mistakes_are_five_remarks_on_their_words(editor: Editor) -> None:
    """Two of shape and three of words, beside signs that count twice in an editor's positions."""
    for old, new in (
        ("status: draft", "status: draft\ncolour: red"),
        ("force: must\n", "force: mst\n"),
        ("for the restriction with", "\U0001f600 for the [limit](term:limit) with"),
        ("must give", "\U0001f600 shall give"),
    ):
        page, _ = typed(editor, D1, old, new)
    [news] = editor.news(page.folder)
    lines = [line.encode("utf-16-le") for line in page.places.text.split("\n")]
    told = {
        (each.code, lines[each.range.start.line][2 * start : 2 * end].decode("utf-16-le"))
        for each in news.diagnostics
        for start, end in [(each.range.start.character, each.range.end.character)]
    }
    assert told == {
        ("unknown-key", "colour"),
        ("unknown-word", "mst"),
        ("picture-sign", "\U0001f600"),
        ("avoided-force-word", "shall"),
        ("unknown-reference", "[limit](term:limit)"),
    }
