"""Which signs each glyph of a PDF stands for, in scripts whose letters are joined or turned round.

WeasyPrint tells a reader's program one meaning a glyph: that of its first use. In Devanagari and
Thai one glyph is part of many letters, and a vowel may be drawn before the consonant that it
follows, so words came out with letters missing. Here each cluster of glyphs gets the signs that it
was made from, one after the other in the order in which it is drawn; a glyph with several meanings
gets a number of its own for each (PDF 2.0, 9.7.4.2: CIDToGIDMap leads them to the same picture).

Only fonts of the machine are numbered so (`rendering/system_fonts`): other books keep their bytes.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

_FIRST = 0x4000
"""The first number that stands for no glyph of its own; the fonts have fewer glyphs."""


def shares_of(text: str, glyphs: int) -> list[str]:
    """Return what each glyph of a cluster says: one sign each, and the last one all that is left.

    >>> shares_of("कि", 2)
    ['क', 'ि']
    """
    signs = list(text)
    if len(signs) > glyphs:
        signs = [*signs[: glyphs - 1], "".join(signs[glyphs - 1 :])]
    return signs + [""] * (glyphs - len(signs))


@cache
def tell_signs_of_clusters() -> None:
    """Have WeasyPrint's writer number glyphs so, once and for all prints."""
    _number_when_drawn()
    _keep_numbers_in_fonts()


def _number_when_drawn() -> None:
    from weasyprint.draw import text

    drawn = text.draw_first_line

    def numbered(stream: Any, box: Any, *rest: Any) -> Any:
        layout = box.pango_layout
        first_line = layout.get_first_line

        def line() -> Any:
            found, index = first_line()
            _number(stream, layout.text.encode(), found)
            return found, index

        layout.get_first_line = line
        try:
            return drawn(stream, box, *rest)
        finally:
            del layout.get_first_line

    text.draw_first_line = numbered


def _keep_numbers_in_fonts() -> None:
    import pydyf
    from weasyprint.pdf import fonts

    cut, build = fonts.Font.clean, fonts._build_vector_font_dictionary

    def clean(font: Any, to_unicode: dict[int, str], hinting: Any) -> Any:
        glyphs = _glyphs(font)
        return cut(font, {glyphs.get(each, each): to_unicode[each] for each in to_unicode}, hinting)

    def built(dictionary: Any, pdf: Any, font: Any, *rest: Any) -> None:
        before = len(pdf.objects)
        build(dictionary, pdf, font, *rest)
        glyphs = _glyphs(font)
        if not glyphs:
            return
        leads = (glyphs.get(each, each if each < _FIRST else 0) for each in range(max(glyphs) + 1))
        table = pydyf.Stream([b"".join(each.to_bytes(2, "big") for each in leads)], compress=True)
        pdf.add_object(table)
        for each in pdf.objects[before:]:
            if isinstance(each, pydyf.Dictionary) and "CIDToGIDMap" in each:
                each["CIDToGIDMap"] = table.reference

    fonts.Font.clean, fonts._build_vector_font_dictionary = clean, built


def _glyphs(font: Any) -> dict[int, int]:
    """Return the glyph of each number that was given in a font."""
    return {number: glyph for (glyph, _), number in getattr(font, "numbers", {}).items()}


def _number(stream: Any, text: bytes, line: Any) -> None:
    from weasyprint.text.ffi import ffi

    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = stream.add_font(item.item.analysis.font)
        if not _is_numbered(font):
            continue
        string, begin = item.glyphs, item.item.offset
        starts = [string.log_clusters[at] for at in range(string.num_glyphs)]
        ends = [*sorted(set(starts)), item.item.length]
        after = dict(pairwise(ends))
        for start in ends[:-1]:
            glyphs = [at for at, each in enumerate(starts) if each == start]
            said = text[begin + start : begin + after[start]].decode()
            for at, share in zip(glyphs, shares_of(said, len(glyphs)), strict=True):
                _say(stream, font, size, item.item.analysis.font, string.glyphs[at], share)


def _is_numbered(font: Any) -> bool:
    """Say whether a font is one whose letters are joined: those of Han have a glyph a sign."""
    family: str = font.family
    return font.type == "ttf" and family.startswith(("Govkit Devanagari", "Govkit Thai"))


def _say(stream: Any, font: Any, size: float, of: Any, info: Any, said: str) -> None:
    """Have a glyph mean these signs, under a number of its own where it meant others before."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    glyph = info.glyph
    if glyph >= _FIRST:  # numbered before, or no glyph at all
        return
    if said and font.to_unicode.setdefault(glyph, said) == said:
        return
    numbers = font.__dict__.setdefault("numbers", {})
    number = numbers.setdefault((glyph, said), _FIRST + len(numbers))
    if number not in font.widths:
        pango.pango_font_get_glyph_extents(of, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    font.to_unicode[number] = said
    info.glyph = number
