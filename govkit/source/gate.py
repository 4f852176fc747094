"""The gate: what is refused before any parser sees a file.

It runs twice: on the file, and on every double-quoted key and value, because an escape such as
`"x\\0y"` brings in characters that the file itself does not show. The words in git are the words
consented to, so nothing invisible passes.
"""

from __future__ import annotations

import re
import unicodedata

from govkit.findings import WHOLE_FILE, Place
from govkit.patterns import lazy_regex

LIMIT = 1 << 20
"""The largest file, in bytes: 1 MiB."""

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
# UAX 9: these change the order in which words are shown, and not the one in which they are hashed.
_BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What Unicode calls default ignorable (UAX 44), and signs that are drawn as nothing, as U+2800.
_ZERO_WIDTH = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# U+00A0 and U+202F are not among them: numbers and French punctuation are written with them.
_SPACES = r"\u1680\u2000-\u200a\u205f\u3000"
_FORBIDDEN = lazy_regex(f"[{_CONTROL}{_BIDI}{_ZERO_WIDTH}{_SPACES}]")
_CONTROL_CHARACTER = lazy_regex(f"[{_CONTROL}]")
_CONTROL_BYTES = bytes(code for code in range(128) if _CONTROL_CHARACTER.match(chr(code)))
_JOINERS = "\u200c\u200d"
# Scripts in which a joiner changes how letters are drawn (UAX 31); elsewhere it only hides.
_JOINING_SCRIPTS = (
    "ARABIC",
    "BENGALI",
    "DEVANAGARI",
    "GUJARATI",
    "GURMUKHI",
    "KANNADA",
    "MALAYALAM",
    "ORIYA",
    "SINHALA",
    "TAMIL",
    "TELUGU",
)


class Unreadable(Exception):
    """A file that can't become a record: which rule, where, and what to do.

    `rule` is the slug of a rule of family 1; `place` counts lines and columns from 1. `near` are
    other lines, from 0, on which the mistake may have begun.
    """

    def __init__(
        self,
        rule: str,
        message: str,
        place: Place = WHOLE_FILE,
        help: str = "",
        near: tuple[int, ...] = (),
    ) -> None:
        """Keep everything that a finding needs."""
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.place = place
        self.help = help
        self.near = near


def place_of(text: str, index: int, length: int = 1) -> Place:
    """Return the place of the character at `index` of `text`."""
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Place(line, column, column + length)


def admit(data: bytes, *, joiners: bool = False) -> str:
    """Return the text of a file, with LF line ends, or raise `Unreadable`.

    `joiners` lets U+200C and U+200D stand between letters of Arabic or an Indic script, which
    translations need.
    """
    if len(data) > LIMIT:
        raise Unreadable(
            "file-too-large",
            f"the file has more than {LIMIT:,} bytes (1 MiB), so it was not read",
            help="Split the file, or move long material to a source that the record names.",
        )
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            "byte-order-mark",
            "the file begins with a byte order mark, an invisible character",
            help='Save the file again as "UTF-8" (not "UTF-8 with BOM", not "Unicode").',
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise Unreadable(
            "not-utf8",
            f"byte 0x{data[error.start]:02x} here is not UTF-8 text",
            place_of(before, len(before)),
            'Open the file in an editor and save it with the encoding "UTF-8".',
        ) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    refuse_hidden(text, joiners=joiners)
    _refuse_conflict_marks(text)
    if not text.isascii():
        _refuse_odd_indentation(text)
    return text


_CONFLICT_MARK = lazy_regex(
    r"^(?:(?:[ ]*<{7}|\|{7}|>{7})(?:[ ].*)?|={7}|[ ]+(?:\|{7}|>{7})[ ][^ \n]+(?:[ ]\(.*\))?)$",
    re.MULTILINE,
)
"""What git writes at the beginning of a line where two versions of it met.

An editor may have indented it. Then `=======` may be the line under a heading of Markdown, and
`>>>>>>> and more words` a mail quoted many times.
"""
_CONFLICT_SIGNS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def _refuse_conflict_marks(text: str) -> None:
    if not any(sign in text for sign in _CONFLICT_SIGNS):
        return
    found = _CONFLICT_MARK.search(text)
    if found:
        begin = found.end() - len(found.group().lstrip())
        raise Unreadable(
            "conflict-mark",
            "git put two versions of these lines here, and nobody has chosen between them yet",
            place_of(text, begin, found.end() - begin),
            "Keep the lines that are right. Delete the others, and the lines that begin with "
            "<<<<<<<, |||||||, ======= and >>>>>>>.",
        )


_ODD_INDENTATION = lazy_regex(r"^[ ]*(?:-[ ]?)?([\u00a0\u202f]+)[ \u00a0\u202f]*", re.MULTILINE)


def _refuse_odd_indentation(text: str) -> None:
    """Refuse a no-break space where a line begins: YAML takes it for the first of its words."""
    several = list(_ODD_INDENTATION.finditer(text))
    if not several:
        return
    lines = [text.count("\n", 0, found.start()) + 1 for found in (several[0], several[-1])]
    where = "this line" if lines[0] == lines[1] else f"lines {lines[0]} to {lines[1]}"
    raise Unreadable(
        "hidden-character",
        "a no-break space stands in the indentation, which looks like a space and is none",
        place_of(text, several[0].start(1), len(several[0][1])),
        f"Replace each no-break space at the beginning of {where} by a usual space.",
    )


def refuse_hidden(text: str, *, joiners: bool = False) -> None:
    """Raise `Unreadable` at the first character that a reader can't see, or that changes order."""
    if text.isascii():
        data = text.encode()
        if len(data.translate(None, _CONTROL_BYTES)) == len(data):
            return  # as nearly always; a pattern takes five times as long to say so
        found = _CONTROL_CHARACTER.search(text)
    else:
        hidden = _FORBIDDEN.finditer(text)
        found = next(
            (each for each in hidden if not (joiners and _joins(text, each.start()))), None
        )
    if found:
        raise _hidden(text, found.start())
    # UAX 15: one text in two ways of writing would have two digests.
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise _not_composed(text)


def without_hidden(text: str, *, joiners: bool = False) -> str:
    """Return a text with a usual space for each sign that a reader can't see; it is as long."""
    shown = _FORBIDDEN.sub(
        lambda found: found[0] if joiners and _joins(text, found.start()) else " ", text
    )
    return _ODD_INDENTATION.sub(lambda found: re.sub("[\u00a0\u202f]", " ", found[0]), shown)


def composed(text: str) -> str:
    """Return a text with each letter written as one character (NFC, UAX 15)."""
    return unicodedata.normalize("NFC", text)


def _joins(text: str, index: int) -> bool:
    if text[index] not in _JOINERS or not 0 < index < len(text) - 1:
        return False
    return all(
        unicodedata.name(letter, "").startswith(_JOINING_SCRIPTS)
        for letter in (text[index - 1], text[index + 1])
    )


def _hidden(text: str, index: int) -> Unreadable:
    character = text[index]
    name = unicodedata.name(character, "a control character").lower()
    code = f"U+{ord(character):04X}"
    if _CONTROL_CHARACTER.match(character):
        return _control(text, index, code)
    if character == "\ufe0f" and index and not text[index - 1].isascii():
        return Unreadable(
            "hidden-character",
            "a picture sign (emoji) stands here",
            place_of(text, index - 1, 2),
            "Delete it, or say it in words.",
        )
    space = re.match(f"[{_SPACES}]", character)
    help = (
        "Type a usual space in its place."
        if space
        else (
            "Delete it: it stands between the signs beside it. "
            "If you can't see it, delete the word and type it again."
        )
    )
    return Unreadable(
        "hidden-character",
        f"{code} ({name}) stands here, which a reader can't see or can't tell from another",
        place_of(text, index),
        help,
    )


def _control(text: str, index: int, code: str) -> Unreadable:
    what = f"the control character {code} stands here; no text needs it"
    help = "Delete it. If you can't see it, delete the word and type it again."
    if text[index] == "\r":
        what = "a lone carriage return stands here; no text needs it"
        help = 'Save the file again with line ends "LF" (or "Unix").'
    elif text[index] in "\x0b\x0c\x85\u2028\u2029":
        what = f"a line break of another program ({code}) stands here"
        help = "Type a usual space in its place, or begin a new line with the Enter key."
    elif text[index] == "\0" and text.count("\0") > max(len(text) // 4, 4):
        what = "the file was not saved as UTF-8, but as UTF-16"
        help = 'Save the file again as "UTF-8" (not "UTF-16", not "Unicode").'
    return Unreadable("control-character", what, place_of(text, index), help)


def _not_composed(text: str) -> Unreadable:
    composed = unicodedata.normalize("NFC", text)
    index = next(
        (at for at, (old, new) in enumerate(zip(text, composed, strict=False)) if old != new),
        len(composed),
    )
    return Unreadable(
        "not-nfc",
        "a letter here is written as two characters (letter and accent apart)",
        place_of(text, min(index, len(text) - 1)),
        "Run `govkit fmt` on the file: it writes each letter as one character.",
    )
