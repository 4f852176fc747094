"""The sheets that a new record or a new folder begins with, and words of people put into YAML.

Blanks and examples are files beside this module; every one is in the common form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from govkit.patterns import lazy_regex
from govkit.records.device_names import device_in
from govkit.records.scalars import LONGEST_TEXT, LONGEST_WORD, unbroken
from govkit.records.wording import STRAIGHT
from govkit.source.gate import Unreadable, refuse_hidden
from govkit.source.loader import load

LONGEST_LINE = 200
"""Characters of a name or title that are taken from a person."""

_BLANK = lazy_regex(r"<<([a-z_]+)>>")
READS_OTHERWISE = frozenset(("false", "n", "no", "null", "off", "on", "true", "y", "yes"))
"""Words that other YAML readers take for something else than text."""


class NameRefused(Exception):
    """A name or title that can't stand in a record; the message is a sentence."""


def blank(kind: str, values: Mapping[str, str]) -> str:
    """Return the blank sheet of a kind, filled in. The values are YAML; `scalar` makes it."""
    sheet = (_folder() / "blanks" / f"{kind}.yaml").read_text(encoding="utf-8")
    return _BLANK.sub(lambda found: values[found[1]], sheet)


def examples() -> dict[str, str]:
    """Return the files of an example folder, by path: one example of each record, and more."""
    folder = _folder() / "examples"
    return dict(sorted(_below(folder, "")))


def example_policies() -> dict[str, str]:
    """Return the worked examples of policies, by name: four ways of deciding, as YAML."""
    folder = _folder() / "policies"
    return dict(sorted((name.removesuffix(".yaml"), text) for name, text in _below(folder, "")))


def _folder() -> Traversable:
    return files("govkit.source")


def _below(folder: Traversable, prefix: str) -> Iterable[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{prefix}{item.name}/")
        else:
            yield f"{prefix}{item.name}", item.read_text(encoding="utf-8")


def one_line(text: str) -> str:
    """Return a name or title as a person typed it, with composed letters and straight quotes.

    Raises `NameRefused` where it is empty or too long, or holds what no text may hold.
    """
    line = _composed(text)
    if "\n" in line or "\t" in line:
        raise NameRefused("it has to stand on one line, without tabs")
    _require_shown(line)
    line = " ".join(line.split(" ")).strip()
    if not line:
        raise NameRefused("it is empty")
    if len(line) > LONGEST_LINE:
        raise NameRefused(f"it has {len(line):,} characters, and at most {LONGEST_LINE} are taken")
    return line


def paragraphs(text: str) -> str:
    """Return a text of a person, with composed letters, straight quotes and plain line ends.

    Spaces at the ends of lines and empty lines around it are taken off. Raises `NameRefused`.
    """
    whole = _composed(text).replace("\r\n", "\n").expandtabs(4)
    whole = "\n".join(line.rstrip() for line in whole.split("\n")).strip()
    _require_shown(whole)
    if not whole:
        raise NameRefused("it is empty")
    if len(whole) > LONGEST_TEXT:
        raise NameRefused(
            f"it has {len(whole):,} characters, and at most {LONGEST_TEXT:,} are taken"
        )
    if unbroken(whole):
        raise NameRefused(f"it has a word of more than {LONGEST_WORD:,} characters")
    return whole


def _composed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).translate(STRAIGHT)
    if any(0xD800 <= ord(character) <= 0xDFFF for character in composed):
        raise NameRefused("it holds bytes that are no UTF-8 text")
    return composed


def _require_shown(text: str) -> None:
    try:
        refuse_hidden(text)
    except Unreadable as fault:
        raise NameRefused(fault.message) from None


def scalar(text: str) -> str:
    """Return one line of text as YAML: plain where every reader takes it for text, else quoted."""
    if text[:1].isalpha() and text.lower() not in READS_OTHERWISE and _reads_as(text, text):
        return text
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if '"' in text and "'" not in text:
        quoted = f"'{text}'"
    assert _reads_as(quoted, text), text
    return quoted


def _reads_as(source: str, text: str) -> bool:
    try:
        return bool(load(f"a: {source}\nb:\n  - {source}\n") == {"a": text, "b": [text]})
    except Unreadable:
        return False


def listed(items: Iterable[str], indent: int = 2) -> str:
    """Return a list of words as YAML, to stand right behind the colon of its key."""
    lines = [f"\n{' ' * indent}- {scalar(item)}" for item in items]
    return "".join(lines) or " []"


def slug_of(title: str, longest: int = 60) -> str:
    """Return a slug made of the Latin letters and digits of a title; it may be empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    while words and len("-".join(words)) > longest:
        words.pop()
    slug = "-".join(words)
    return f"{slug}-1" if device_in(slug) else slug
