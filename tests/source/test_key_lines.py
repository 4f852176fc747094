"""Lines of a text that begin as a key does, and are words of a sentence."""

from __future__ import annotations

import pytest

from govkit.source.doubts import load_meant

PROSE = {
    "a label of a sentence": "Note: the user sees it first.\n",
    "a label of one word that a list of words does not hold": "Force: strong.\n",
    "a label of two words": "Applies to: all who read it.\n",
    "a word in bold": "**Text:** what the user reads.\n",
    "what goes on from the line above": "It depends on one\ncondition: the user is told.\n",
    "labels of a list": "- Minimum: one day.\n- Maximum: ten days.\n",
    "labels of two paragraphs": "Title: the name.\n\nText: the words.\n",
    "a colon in the middle": "The title of the text is short: one word.\n",
    "an hour": "Status at 12:30 is what counts.\n",
}


@pytest.mark.parametrize("words", PROSE.values(), ids=PROSE)
def test_a_sentence_may_begin_as_a_key_does(words: str) -> None:
    text = f"The platform says so.\n{words}"
    block = "".join(f"  {line}" if line.strip() else line for line in text.splitlines(True))
    assert load_meant(f"id: X\nguidance: |\n{block}", "provision") == {"id": "X", "guidance": text}
