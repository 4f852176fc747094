"""Tracked changes: accepting all gives the new text, rejecting all the old one."""

import random

import pytest

from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.operations import PARAGRAPH_END
from govkit.languages.catalogue import messages
from govkit.rendering.document import Clause, Document, Facts, Front, MarginNote, Section
from govkit.rendering.spans import Words
from govkit.rendering.tracked import tracked_line, tracked_paragraphs
from govkit.rendering.word.writer import as_docx
from tests.word_reading import View, comments_of, parts_of, shown

LEAD = "The platform must give the user the decision on the complaint within [14] days, and state:"
ONE = "(i) reasons that answer the user's main points;"
TWO = "(ii) what the platform does in consequence, and by when;"
THREE = "(iii) the bodies outside the platform, courts included, to which the user can turn."
OTHER = "The time begins when a complete statement of reasons has reached the user of the service."
TEXT = "\n\n".join((LEAD, ONE, TWO, THREE, OTHER))
POLICY = "The platform must publish a policy in which it commits itself."
PAIRS = {
    "nothing": (TEXT, TEXT),
    "a number and a negation": (
        TEXT,
        TEXT.replace("[14] days", "[30] days").replace("must", "may not"),
    ),
    "a word put in": (TEXT, TEXT.replace("the decision", "the reasoned decision")),
    "a word taken out": (TEXT, TEXT.replace(" complete", "")),
    "an item put in": (TEXT, "\n\n".join((LEAD, ONE, "(ii) who decided;", TWO, THREE, OTHER))),
    "the last paragraph taken out": (TEXT, "\n\n".join((LEAD, ONE, TWO, THREE))),
    "a paragraph put in at the end": ("\n\n".join((LEAD, ONE)), TEXT),
    "an item taken out": (TEXT, "\n\n".join((LEAD, ONE, THREE, OTHER))),
    "a paragraph moved": (TEXT, "\n\n".join((OTHER, LEAD, ONE, TWO, THREE))),
    "a paragraph moved and changed": (
        TEXT,
        "\n\n".join((OTHER.replace("complete", "full"), LEAD, ONE, TWO, THREE)),
    ),
    "two paragraphs made one": (TEXT, TEXT.replace("when;\n\n(iii) the", "when; the")),
    "one paragraph made two": (TEXT, TEXT.replace("must give", "must decide.\n\nIt gives")),
    "all other words": (TEXT, "Nothing of this.\n\nAnd nothing of that either, for any reason."),
    "a clause that came": ("", TEXT),
    "a clause that went": (TEXT, ""),
    "a sentence moved to the end": (f"It pays. {OTHER}", f"{OTHER} It pays."),
    "a sentence moved to the end and changed": (
        f"{POLICY} The policy covers all.",
        f"The policy covers all. {POLICY.replace('in which', 'when')}",
    ),
    "spaces at the edges of lines": (TEXT, TEXT.replace(" must", "\nmust")),
}


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in PARAGRAPH_END.split(text) if line.strip()]


def docx(old: str, new: str, note: MarginNote | None = None) -> bytes:
    front = Front("x", "head", "The Coalition", "T", Facts(()), "en", of="of", day="2026-03-10")
    blocks = tracked_paragraphs(redline(old, new), messages("en"))
    clause = Clause("x-a", "(a)", "", (), blocks, note=note, field="X.a")
    return as_docx(Document(front, (Section("text", "x", "", "", (clause,)),)))


def read(data: bytes, view: View) -> list[str]:
    found = [" ".join(each.words.split()) for each in shown(data, view) if each.style != "Title"]
    return [line for line in found if line and line != "The Coalition"]


@pytest.mark.parametrize("name", PAIRS)
def test_both_texts_come_back(name: str) -> None:
    old, new = PAIRS[name]
    data = docx(old, new)
    assert read(data, "accepted") == lines(new)
    assert read(data, "rejected") == lines(old)


def test_both_texts_come_back_of_random_edits() -> None:
    chance = random.Random(7)
    for _ in range(60):
        words = TEXT.replace("\n\n", " \n\n ").split(" ")
        for _ in range(chance.randint(1, 6)):
            at, kind = chance.randrange(len(words)), chance.randrange(4)
            if kind == 0:
                del words[at]
            elif kind == 1:
                words.insert(at, chance.choice(("new", "not", "30 days", "\n\n")))
            elif kind == 2:
                words[at] = chance.choice(("other", "may", "\n\n"))
            else:
                piece = words[at : at + 14]
                del words[at : at + 14]
                place = chance.randrange(len(words) + 1)
                words[place:place] = piece
            if not words:
                break
        new = " ".join(words)
        data = docx(TEXT, new)
        assert read(data, "accepted") == lines(new)
        assert read(data, "rejected") == lines(TEXT)


def test_a_move_is_shown_as_one_with_both_its_places() -> None:
    xml = parts_of(docx(*PAIRS["a paragraph moved"]))["word/document.xml"].decode()
    assert 'w:moveFromRangeStart w:id="' in xml
    names = [piece.split('"')[0] for piece in xml.split('w:name="move')[1:]]
    assert sorted(names) == sorted(2 * [names[0]])
    assert 'w:author="The Coalition" w:date="2026-03-10T00:00:00Z"' in xml


def test_a_comment_stands_at_the_words_that_it_is_about() -> None:
    note = MarginNote(((Words("Class 5, force"),), (Words("who asked: proposal 2026-003"),)))
    data = docx("The platform must.", "The platform may.", note)
    (comment,) = comments_of(data)
    assert comment[:2] == ("The Coalition", "Class 5, force\nwho asked: proposal 2026-003")
    assert comment[2].startswith("The platform")


def test_a_clause_that_came_has_its_bookmark_and_no_control() -> None:
    xml = parts_of(docx("", TEXT))["word/document.xml"].decode()
    assert 'w:name="t_X_a"' in xml
    assert "<w:sdt>" not in xml


def test_a_line_of_several_paragraphs() -> None:
    spans = tracked_line(redline("one\n\ntwo", "one"), messages("en"))
    assert spans[0] == Words("one")
    assert tracked_line(redline("", ""), messages("en")) == ()


def test_two_files_compared_give_both_back_and_a_comment_at_each_change() -> None:
    from govkit.rendering.plain_redline import NamedText, compared, document_of_comparison

    old, new = (
        "1. Scope\n\nThe seller must pay 30 days after delivery.\n\nLast words stand here.",
        "1. Scope\n\nThe seller must pay 10 days after delivery.\n\nA new one.\n\nLast words "
        "stand here.",
    )
    comparison = compared(NamedText("a", old), NamedText("b", new), by="Ana Silva")
    data = as_docx(document_of_comparison(comparison, tracked=True))
    for view, text in (("accepted", new), ("rejected", old)):
        found = [" ".join(each.words.split()) for each in shown(data, view)]
        assert found[-len(lines(text)) :] == lines(text)
    comments = comments_of(data)
    assert [author for author, _, _ in comments] == ["Ana Silva", "Ana Silva"]
    assert "30 days -> 10 days" in comments[0][1]
    assert "30 days" in comments[0][2]
