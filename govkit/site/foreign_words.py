"""Words of another language than their page: they carry it from where they are taken to the HTML.

A page in French names texts by their English titles, and where a message was never translated it
says the English one. A title is one string from the record to the writer, so the language travels
inside it, between signs that no text can hold (Unicode keeps them for programs), and becomes an
attribute at last. A reader for the blind then says the words as English.
"""

from __future__ import annotations

import json
import re
from functools import cache

from govkit.languages.catalogue import Messages, messages
from govkit.rendering.html import in_language_of

_BEGIN, _WORDS, _END = "\ufdd0", "\ufdd1", "\ufdd2"
_HEADS = re.compile(f"{_BEGIN}[^{_WORDS}]*{_WORDS}")
_WHOLE = re.compile(f"{_BEGIN}([A-Za-z0-9-]*){_WORDS}([^{_BEGIN}{_END}]*){_END}")
_TAGS = re.compile(r"(<title>[^<]*</title>|<[^<>]*>)")


def in_language(language: str, words: str) -> str:
    """Return words that say of which language (BCP 47) they are; nothing stays nothing."""
    return f"{_BEGIN}{language}{_WORDS}{words}{_END}" if words else ""


def without_languages(text: str) -> str:
    """Return words as they stand, where nothing can say their language: an attribute, a feed."""
    return _HEADS.sub("", text).replace(_END, "") if _BEGIN in text else text


def with_languages(html: str) -> str:
    """Return a page whose words of other languages stand in a `span` with it."""
    if _BEGIN not in html:
        return html
    parts = _TAGS.split(html)
    for at, part in enumerate(parts):
        if _BEGIN in part or _END in part:
            parts[at] = without_languages(part) if at % 2 else part
    whole = "".join(parts)
    while _BEGIN in whole:  # from the inside: a borrowed message may hold a title
        turned = _WHOLE.sub(_span, whole)
        if turned == whole:
            return without_languages(whole)
        whole = turned
    return whole


def _span(found: re.Match[str]) -> str:
    return f"<span{in_language_of(found[1])}>{found[2]}</span>"


@cache
def words_of_the_site(language: str) -> Messages:
    """Return the messages in a language; one that it lacks is English, and says so."""
    said = messages(language)
    english = language.split("-")[0] == "en"
    return said if english else said.with_borrowed(lambda words: in_language("en", words))


def words_as_script(name: str, language: str, group: str) -> bytes:
    """Return a group of messages in a language as a file of script: one value by its name."""
    texts = dict(words_of_the_site(language).group(group))
    value = json.dumps(texts, separators=(",", ":"), sort_keys=True)  # ASCII: it can end no script
    return f"globalThis.{name}={value};\n".encode("ascii")
