"""The theme and the table of fonts. No style refers to them; the format asks for both."""

from __future__ import annotations

from govkit.rendering.word.styles import MONO, SANS, SERIF
from govkit.rendering.word.xml import DECLARATION, NAMES

_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F4E79",
    "lt2": "E7EDF3",
    "accent1": "1F4E79",
    "accent2": "9C2A1B",
    "accent3": "595959",
    "accent4": "A9760A",
    "accent5": "2E6FB0",
    "accent6": "6D7680",
    "hlink": "1F4E79",
    "folHlink": "595959",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def theme_part() -> str:
    """Return the theme: our colours and letters, and the plainest shapes."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items()
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{name}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{kind}Font>"
        for kind, name in (("major", SANS), ("minor", SERIF))
    )
    line = f'<a:ln w="9525">{_FILL}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="govkit"><a:themeElements><a:clrScheme name="govkit">{colours}</a:clrScheme>'
        f'<a:fontScheme name="govkit">{fonts}</a:fontScheme><a:fmtScheme name="govkit">'
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "</a:theme>"
    )


def fonts_part() -> str:
    """Return the names of the fonts; none is in the file."""
    kinds = ((SERIF, "roman", "variable"), (SANS, "swiss", "variable"), (MONO, "modern", "fixed"))
    rows = "".join(
        f'<w:font w:name="{name}"><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, family, pitch in kinds
    )
    return f"{DECLARATION}<w:fonts {NAMES}>{rows}</w:fonts>"
