"""Two long texts: what stays is not read word by word, and nothing of the outcome depends on it."""

from __future__ import annotations

import pytest

from govkit.corpus.changes.plain import plain_texts_change
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.paragraphs import LONG, paragraphs_that_stay, without_what_stays
from govkit.corpus.redline.tokens import tokens_of_paragraph

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def paragraph(at: int) -> str:
    said = " ".join(NUMBERS[int(figure)] for figure in f"{at:04}")
    return (
        f"In the case numbered {said} the operator must write to the user within ten days. "
        f"The user may answer the letter on the matter of {said}, and says why."
    )


OLD = ["# The terms", *(paragraph(at) for at in range(500)), "# The end", "They hold for all."]


def whole(paragraphs: list[str]) -> str:
    text = "\n\n".join(paragraphs)
    assert len(text) * 2 > LONG
    return text


def test_a_paragraph_that_stays_is_not_read() -> None:
    new = [*OLD]
    new[7] = new[7].replace("must", "may")
    new.insert(30, "A new paragraph says that nobody has to pay for an answer, in any case.")
    tokens_of_paragraph.cache_clear()
    found = redline(whole(OLD), whole(new))
    assert tokens_of_paragraph.cache_info().misses < 12
    assert [
        (each.old.strip(), each.new.strip()) for each in found.operations if each.op != "equal"
    ] == [("must", "may"), ("", new[30])]


@pytest.mark.parametrize("what", ["moved", "twice", "split", "joined", "reversed"])
def test_both_texts_come_out_of_the_operations(what: str) -> None:
    new = [*OLD]
    if what == "moved":
        new.insert(400, new.pop(3))
    elif what == "twice":
        new.insert(90, new[5])
    elif what == "split":
        new[9:10] = new[9].split(". ", 1)
    elif what == "joined":
        new[9:11] = [" ".join(new[9:11])]
    else:
        new[10:60] = new[10:60][::-1]
    found = redline(whole(OLD), whole(new))
    assert "".join(each.old for each in found.operations) == whole(OLD)
    assert "".join(each.new for each in found.operations) == whole(new)
    assert bool(found.moved) == (what in ("moved", "reversed"))


def test_headings_and_what_stands_twice_or_elsewhere_are_read() -> None:
    new = [OLD[0], *OLD[2:9], OLD[1], OLD[1], *OLD[9:]]
    stays = paragraphs_that_stay(whole(OLD), whole(new))
    assert OLD[0] not in stays
    assert OLD[1] not in stays
    assert OLD[12] in stays


def test_the_class_and_the_questions_are_those_of_what_differs() -> None:
    new = [*OLD]
    new[7] = new[7].replace("must write", "may write")
    new[300] = new[300].replace("ten days", "six days")
    whole_change = plain_texts_change(whole(OLD), whole(new), "en")
    parts = plain_texts_change(f"{OLD[7]}\n\n{OLD[300]}", f"{new[7]}\n\n{new[300]}", "en")
    assert whole_change == parts
    assert without_what_stays(whole(OLD), whole(new))[0].count("\n\n") == 4


def test_a_short_text_is_read_whole() -> None:
    assert without_what_stays("One. Two.", "One. Three.") == ("One. Two.", "One. Three.")
