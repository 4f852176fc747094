"""The picture code beside a printed text: a phone that looks at it opens the text on the site.

Only paper needs it, so it is drawn where a page becomes a PDF; a page for a browser names the
address and shows nothing.
"""

from __future__ import annotations

import io
import re
from html import unescape

_HEADING = re.compile(r'(<(h[2-6])) data-address="([^"]+)"(>.*?)(?=</\2>)')


def with_web_codes(html: str) -> str:
    """Return a page with a code in each heading that names the address of its text."""
    return _HEADING.sub(lambda found: f"{found[1]}{found[4]}{_drawn(unescape(found[3]))}", html)


def _drawn(address: str) -> str:
    """Return the code as SVG that a style sheet places. Level M: a crease does not break it."""
    import segno

    out = io.BytesIO()
    segno.make_qr(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, border=0, omitsize=True, title=address
    )
    return f'<span class="web-code">{out.getvalue().decode().strip()}</span>'
