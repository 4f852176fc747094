"""The map of the site for search engines: the address of every page."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from govkit.site.page import Page
from govkit.site.site import Site

_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(site: Site, pages: Iterable[Page]) -> bytes:
    """Return the map in UTF-8. Only a site whose address is known has one: it names them whole."""
    lines = (
        f"<url><loc>{escape(site.address + page.path)}</loc>"
        + (f"<lastmod>{page.changed.isoformat()}</lastmod>" if page.changed else "")
        + "</url>\n"
        for page in pages
    )
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_SCHEMA}">\n'
    return f"{head}{''.join(lines)}</urlset>\n".encode()
