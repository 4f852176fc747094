"""Link marks taken out of a text: the words stay, whatever stands around them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.marks import without_marks
from govkit.records.normative import read

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[personal data](term:personal-data)", "personal data"),
        ("see [clause (a)](ref:MCP-CHG-01(a)(i)).", "see clause (a)."),
        ("[a](term:a) and [b](term:b)", "a and b"),
        ("[two\nlines](term:two)", "two\nlines"),
        ("[words] stay, [words](elsewhere) too", "[words] stay, [words](elsewhere) too"),
        (r"\[no link](term:a)", r"\[no link](term:a)"),
        (r"[a \] b](term:a)", r"a \] b"),
        ("at least {lead_days} days", "at least {lead_days} days"),
        ("*stressed* and `code`", "*stressed* and `code`"),
        ("", ""),
    ],
)
def test_marks_are_taken_out(text: str, words: str) -> None:
    assert without_marks(text) == words


PIECES = st.lists(
    st.sampled_from(
        (
            "[user](term:user)",
            "[a (b)](ref:MCP-A-1(b))",
            "words",
            " ",
            "[",
            "]",
            "(",
            ")",
            "\\",
            "{days}",
            "*",
            "](",
            "[words]",
            "\n\n",
        )
    )
).map("".join)


@given(PIECES)
def test_the_grammar_reads_the_same_words(text: str) -> None:
    """Where a text is in the grammar, what a reader sees is the same with and without marks."""
    wording = read(text)
    if not wording.flaws:
        bare = read(without_marks(text))
        assert bare.runs("term") == bare.runs("ref") == []
        assert words_of(wording) == words_of(bare)


def words_of(wording) -> list[str]:
    return [
        "".join(run.words or f"{{{run.target}}}" for run in block.runs) for block in wording.blocks
    ]


def test_a_mark_put_on_is_no_change_of_words() -> None:
    old = "The platform must inform the user of each adverse change."
    new = "The platform must inform the [user](term:user) of each adverse change."
    assert not redline(old, new).is_empty
    assert redline(old, without_marks(new)).is_empty
