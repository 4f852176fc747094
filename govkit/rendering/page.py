"""Writes a document as the one file that a browser opens: HTML with its style inside.

It works without a network, without scripts and from a folder on disk. A policy in its head forbids
the browser to load anything at all, whatever a text may hold; the fonts are the reader's own. The
draft mark is a drawing, so that it never gets between the words that a reader copies.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from xml.etree import ElementTree

from govkit.rendering.document import Document
from govkit.rendering.html import MAIN, as_html

_SVG = "{http://www.w3.org/2000/svg}"


def as_page(document: Document) -> bytes:
    """Return the document as a complete HTML file in UTF-8."""
    return as_html(document, _head(), _opening(document)).encode()


def _head() -> str:
    style = _own("words.css") + _own("page.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<style>{style}</style>\n"
    )


def _opening(document: Document) -> str:
    front = document.front
    skip = f'<a class="skip" href="#{MAIN}">{escape(front.skip)}</a>\n' if front.skip else ""
    return skip + (_draft_mark() if front.draft else "")


def _draft_mark() -> str:
    """Return the letters of the draft mark as a drawing that no program reads out."""
    drawing = ElementTree.fromstring(_own("draft.svg"))  # noqa: S314 (the package's own file)
    shapes = "".join(f'<path d="{path.get("d")}"/>' for path in drawing.iter(f"{_SVG}path"))
    box = drawing.get("viewBox")
    return f'<svg class="draft-mark" viewBox="{box}" aria-hidden="true">{shapes}</svg>\n'


def _own(name: str) -> str:
    return (files("govkit.rendering") / "style" / name).read_text(encoding="utf-8")
