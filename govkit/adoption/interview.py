"""What a platform is asked: each question with its answers, why it is asked, and a default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.levels import level_ids, taken_level, texts_of
from govkit.corpus.profile import ONE_WORD
from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages


class Question(NamedTuple):
    """A question for one key of a profile; `axis` says that the key stands below `platform`.

    `several` says that more than one answer fits, written with commas between.
    """

    key: str
    words: str
    why: str
    default: str
    answers: tuple[str, ...] = ()
    several: bool = False
    axis: bool = False


def questions(corpus: Corpus) -> Iterator[Question]:
    """Yield the questions in the order in which they are asked."""
    said = corpus.messages
    for key in ("service", "operator"):
        yield _asked(said, key, default=said[f"adopt.ask.{key}.default"])
    yield _asked(said, "address")
    yield _asked(said, "contact")
    charter = corpus.charter
    for axis, words in (charter.axes if charter else {}).items():
        yield _of_axis(corpus, axis, tuple(words))
    yield _asked(said, "countries", several=True)
    yield _asked(said, "languages", default=corpus.language, several=True)
    levels = tuple(level_ids(corpus))
    yield _asked(said, "level", default=levels[0] if levels else "", answers=levels)
    yield _asked(said, "voice", default="we-you", answers=("we-you", "named"))


def _asked(
    said: Messages,
    key: str,
    *,
    default: str = "",
    answers: tuple[str, ...] = (),
    several: bool = False,
) -> Question:
    words, why = said[f"adopt.ask.{key}.words"], said[f"adopt.ask.{key}.why"]
    return Question(key, words, why, default, answers, several)


def _of_axis(corpus: Corpus, axis: str, words: tuple[str, ...]) -> Question:
    said = corpus.messages
    known = said.find(f"adopt.ask.{axis}.words")
    several = axis != ONE_WORD
    if known is None:
        text = said.say("adopt.ask.axis", axis=axis)
        return Question(axis, text, said["adopt.ask.why-axis"], words[0], words, several, axis=True)
    why = said[f"adopt.ask.{axis}.why"]
    return Question(axis, known, why, words[0], words, several, axis=True)


def open_options(corpus: Corpus, level: str) -> Iterator[tuple[Document, tuple[str, ...]]]:
    """Yield each text of a level that offers options of which the level names none."""
    taken = taken_level(corpus, level)
    for text in texts_of(corpus, taken) if taken else ():
        offered = tuple(option.id for option in getattr(text.record, "options", ()))
        if taken and offered and text.id not in taken.options:
            yield text, offered
