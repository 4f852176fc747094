"""What the signs of Word's symbol fonts mean: they are kept as places in a font, not as letters."""

from __future__ import annotations

from govkit.source.list_numbers import BULLET

# Adobe's Symbol encoding, from 0x20 and from 0xA0; a blank where a piece of a larger sign stands.
_LOW = (
    " !\u2200#\u2203%&\u220b()\u2217+,\u2212./0123456789:;<=>?\u2245"
    "\u0391\u0392\u03a7\u0394\u0395\u03a6\u0393\u0397\u0399\u03d1\u039a\u039b\u039c\u039d\u039f\u03a0"
    "\u0398\u03a1\u03a3\u03a4\u03a5\u03c2\u03a9\u039e\u03a8\u0396[\u2234]\u22a5_ "
    "\u03b1\u03b2\u03c7\u03b4\u03b5\u03c6\u03b3\u03b7\u03b9\u03d5\u03ba\u03bb\u03bc\u03bd\u03bf\u03c0"
    "\u03b8\u03c1\u03c3\u03c4\u03c5\u03d6\u03c9\u03be\u03c8\u03b6{|}~"
)
_HIGH = (
    "\u20ac\u03d2\u2032\u2264\u2044\u221e\u0192\u2663\u2666\u2665\u2660\u2194\u2190\u2191\u2192\u2193"
    "\u00b0\u00b1\u2033\u2265\u00d7\u221d\u2202\u2022\u00f7\u2260\u2261\u2248\u2026  \u21b5"
    "\u2135\u2111\u211c\u2118\u2297\u2295\u2205\u2229\u222a\u2283\u2287\u2284\u2282\u2286\u2208\u2209"
    "\u2220\u2207\u00ae\u00a9\u2122\u220f\u221a\u22c5\u00ac\u2227\u2228\u21d4\u21d0\u21d1\u21d2\u21d3"
    "\u25ca\u2329\u00ae\u00a9\u2122\u2211"
)
_SYMBOL = {
    at: sign
    for start, signs in ((0x20, _LOW), (0xA0, _HIGH))
    for at, sign in enumerate(signs, start)
    if sign != " "
}
_TICKED, _CROSSED, _EMPTY = "\u2611", "\u2612", "\u2610"
_WINGDINGS = {
    0x6F: _EMPTY,
    0x71: _EMPTY,
    0x72: _EMPTY,
    0xA8: _EMPTY,
    0x78: _CROSSED,
    0xFE: _TICKED,
    0xFD: _CROSSED,
    0xFB: "\u2717",
    0xFC: "\u2713",
    0xE0: "\u2192",
    0xDF: "\u2190",
    **dict.fromkeys((0x6C, 0x6E, 0x77, 0x9F, 0xA7, 0xB7, 0xD8, 0x76), BULLET),
}
_WINGDINGS_2 = {0x2A: _EMPTY, 0xA3: _EMPTY, 0x50: "\u2713", 0x52: _TICKED, 0x51: _CROSSED}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}

_LONGEST_NAME = 40

CHECKED, UNCHECKED = _CROSSED, _EMPTY


def sign_of(font: str, code: int) -> str:
    """Return the sign at a place of a font; one that is not known by the name of its place, so that
    two of them are told apart.
    """
    if not 0x20 <= code < 0x10000 or 0xD800 <= code < 0xE000:
        return ""
    known = _FONTS.get(font.lower())
    if known is None and not 0xE000 <= code <= 0xF8FF:
        return chr(code)
    at = code - 0xF000 if code >= 0xF000 else code
    of = f" of {font[:_LONGEST_NAME]}" if font else ""
    return (known or {}).get(at) or f"[sign {at:X}{of}]"


def with_signs(text: str, font: str) -> str:
    """Return words in which a symbol font put signs at places of its own."""
    if text.isascii():
        return text
    return "".join(
        sign_of(font, ord(sign)) if 0xF000 <= ord(sign) <= 0xF0FF else sign for sign in text
    )
