"""Words that come from files and folders, made safe for a terminal; and numbers with their noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from govkit.patterns import lazy_regex

if TYPE_CHECKING:
    from govkit.records.decisions import Outcome


def visible(text: str) -> str:
    """Return the text with every character that a terminal would obey, or not show, written out.

    A file name or a line of a hostile file can't move the cursor, change colours or hide words.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else _written_out(character) for character in text
    )


def _written_out(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def beginning(text: str, most: int) -> str:
    """Return the first words of a text, `most` characters at most; dots say that it goes on."""
    if len(text) <= most:
        return text
    whole = text[: most + 1].rpartition(" ")[0] or text[:most]
    return f"{whole} …"


_ENDLESS = lazy_regex(r"[^\s`]{301,}")


def endless_cut(text: str) -> str:
    """Return the text with only the beginning of each word that no name or path is as long as."""
    return _ENDLESS.sub(lambda word: f"{word[0][:80]}…", text)


class Decided(Protocol):
    """What has an outcome: a decision, or one text of it."""

    @property
    def outcome(self) -> Outcome:
        """Return the outcome."""

    @property
    def withdraws(self) -> bool:
        """Say whether what is decided is that the text goes."""


def outcome_in_words(decided: Decided, *, over: bool = False) -> str:
    """Return an outcome for people: where the text goes, it is its withdrawal that was agreed.

    `over` says that the proposal ended before anything was decided: nothing reads as adopted then.
    """
    from govkit.records.decisions import ADOPTED

    words = decided.outcome.replace("-", " ")
    if over and decided.outcome in ADOPTED:
        act = "withdraw" if decided.withdraws else "adopt"
        return f"enough to {act} it{words.removeprefix('adopted')}"
    if decided.withdraws:
        words = words.replace("not adopted", "withdrawal not agreed")
        words = words.replace("adopted", "withdrawal agreed")
    return words


def number_of(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 error`, `2 errors`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
