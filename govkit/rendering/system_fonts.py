"""Fonts of the machine for the scripts that the fonts of the package lack: Debian's Noto.

They are found by fixed paths, never searched for, and only a document in a language of such a
script is set with them: books in other languages have the same bytes with and without them. A
release names each with its digest. A script stands here only if its words come out of a PDF as they
went in, which a test proves with two readers of PDF (decision 78).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from govkit.errors import GovkitError
from govkit.languages.telling import script_of
from govkit.rendering.document import Document

FOLDER = Path("/usr/share/fonts")


class SystemFont(NamedTuple):
    """One family: its name in our style sheets, the package of Debian, and its two files."""

    family: str
    package: str
    regular: str
    bold: str

    @property
    def files(self) -> tuple[str, str]:
        """Return the paths of both files, below `FOLDER`."""
        return (self.regular, self.bold)

    @property
    def is_here(self) -> bool:
        """Say whether this machine has both files."""
        return all((FOLDER / name).is_file() for name in self.files)


def _core(name: str) -> SystemFont:
    way = f"truetype/noto/NotoSerif{name}"
    return SystemFont(f"Govkit {name}", "fonts-noto-core", f"{way}-Regular.ttf", f"{way}-Bold.ttf")


_CJK = "opentype/noto/NotoSerifCJK"
_HAN = SystemFont("Govkit Han", "fonts-noto-cjk", f"{_CJK}-Regular.ttc", f"{_CJK}-Bold.ttc")
OF_SCRIPT = {"CJK": _HAN, "HANGUL": _HAN, "DEVANAGARI": _core("Devanagari"), "THAI": _core("Thai")}
"""The font of each script, by the names of `languages/telling`."""
OF_PACKAGE = ("LATIN", "CYRILLIC", "GREEK")
"""The scripts that the fonts of the package have."""


def fonts_for(languages: Collection[str]) -> tuple[SystemFont, ...]:
    """Return the fonts of the machine that these languages (BCP 47) are set with, sorted.

    Raises `GovkitError` where this machine lacks one: a page of boxes is no print.
    """
    scripts = {script_of(each) for each in languages}
    found = sorted({font for name, font in OF_SCRIPT.items() if name in scripts})
    for font in found:
        if not font.is_here:
            raise lacking(font)
    return tuple(found)


def lacking(font: SystemFont) -> GovkitError:
    """Return what a person is told whose machine lacks a font."""
    return GovkitError(
        f"a PDF in this script needs the fonts of {font.package}, which this machine lacks",
        f"On Debian and Ubuntu: apt-get install {font.package}. Every other format works without "
        "them: --format html,docx,md.",
    )


def spoiled_in_pdf(language: str) -> bool:
    """Say whether the words of a language would not come out of a PDF as they went in."""
    return script_of(language) not in (*OF_PACKAGE, *OF_SCRIPT, None)


def languages_in(document: Document) -> frozenset[str]:
    """Return the languages of a document: its own, and those of parts that have another."""
    return frozenset({document.front.language, *_languages(document.sections)})


def _languages(part: Any) -> Iterator[str]:
    if isinstance(part, tuple):
        for each in part:
            yield from _languages(each)
    elif is_dataclass(part):
        if language := getattr(part, "language", ""):
            yield language
        for name in ("sections", "blocks", "original", "translated"):
            if any(field.name == name for field in fields(part)):
                yield from _languages(getattr(part, name))


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()


def data_of(name: str) -> bytes:
    """Return a font of the machine by its path below `FOLDER`."""
    return _read(FOLDER / name)


NAMES = tuple(sorted({name for font in OF_SCRIPT.values() for name in font.files}))


def digests_of(names: Collection[str]) -> list[tuple[str, str]]:
    """Return those fonts of the machine, of the files named, that are here: file name, digest."""
    return [
        (Path(name).name, f"sha256:{sha256(data_of(name)).hexdigest()}")
        for name in NAMES
        if Path(name).name in names and (FOLDER / name).is_file()
    ]


def paths_for(language: str) -> tuple[str, ...]:
    """Return the files, below `FOLDER`, that a language is set with and that are here."""
    font = OF_SCRIPT.get(script_of(language) or "")
    return font.files if font and font.is_here else ()


def names_for(language: str) -> tuple[str, ...]:
    """Return the names of the files that a book in a language is set with, beside the package's."""
    font = OF_SCRIPT.get(script_of(language) or "")
    return tuple(Path(name).name for name in font.files) if font else ()
