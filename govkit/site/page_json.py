"""The JSON beside a page: what a program needs to know of it. See docs/site.md."""

from __future__ import annotations

import json
from typing import Any

from govkit.rendering.headings import headings
from govkit.site.page import Page
from govkit.site.site import Site

FORMAT_VERSION = 1


def as_json(site: Site, page: Page) -> bytes:
    """Return what a program is told of a page, as one JSON object in UTF-8."""
    front = page.document.front
    value: dict[str, Any] = {
        "version": FORMAT_VERSION,
        "page": page.path,
        "address": f"{site.address}{page.path}" if site.address else None,
        "anchor": page.anchor,
        "title": page.title,
        "description": page.description or None,
        "language": front.language,
        "changed": page.changed.isoformat() if page.changed else None,
        "headings": [
            {"level": each.level, "anchor": each.section.anchor, "title": each.section.title}
            for each in headings(page.document)
        ],
        **page.data,
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
