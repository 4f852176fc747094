"""The JSON beside a page: what a program needs to know of it. See docs/site.md."""

from __future__ import annotations

import json
from typing import Any

from govkit.site.site import Site
from govkit.site.written_page import WrittenPage

FORMAT_VERSION = 1


def as_json(site: Site, written: WrittenPage) -> bytes:
    """Return what a program is told of a page, as one JSON object in UTF-8."""
    page = written.page
    value: dict[str, Any] = {
        "version": FORMAT_VERSION,
        "page": page.path,
        "address": f"{site.address}{page.path}" if site.address else None,
        "anchor": page.anchor,
        "title": page.title,
        "description": page.description or None,
        "language": page.document.front.language,
        "changed": page.changed.isoformat() if page.changed else None,
        "headings": [
            {"level": each.level, "anchor": each.anchor, "title": each.title}
            for each in written.headings
        ],
        **page.data,
    }
    # A line for each key: json writes many lines in Python, and one in C.
    lines = (f'"{key}": {json.dumps(each, ensure_ascii=False)}' for key, each in value.items())
    return f"{{{','.join(f'{chr(10)} {line}' for line in lines)}\n}}\n".encode()
