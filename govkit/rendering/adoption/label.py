"""The label of a platform: a picture, a snippet for its page, and the same for programs."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from govkit.adoption.statement import statement_digest
from govkit.languages.catalogue import Messages

_LETTER, _PAD, _HEIGHT = 6.4, 10, 24
_LONGEST = 60
_DARK, _WHOLE, _ADAPTED = "#24292f", "#1a6b3c", "#8a5a00"


def label_words(statement: dict[str, Any], said: Messages) -> tuple[str, str]:
    """Return what stands on a label: whose protections, and how much of them."""
    counts = [each["taken"] for each in statement["provisions"]]
    deviations = sum(
        clause["as"] != "whole" for each in statement["provisions"] for clause in each["clauses"]
    ) + counts.count("left-out")
    level = statement["level"] or said.counted("adopt.label.provisions", len(counts))
    edition = statement["edition"]["release"] or said["adopt.label.draft"]
    much = said["adopt.label.whole"]
    if deviations:
        much = said.counted("adopt.label.deviations", deviations)
    return said["adopt.label.title"], f"{level}, {edition}, {much}"


def label_svg(statement: dict[str, Any], said: Messages) -> bytes:
    """Return the badge: shapes and words alone, which any page can show."""
    left, right = (_cut(words) for words in label_words(statement, said))
    first, second = (round(len(words) * _LETTER + 2 * _PAD) for words in (left, right))
    colour = _WHOLE if statement["is_whole"] else _ADAPTED
    title = escape(f"{_cut(str(statement['service']))}: {left}: {right}")
    font = 'font-family="Verdana, DejaVu Sans, sans-serif" font-size="11" fill="#fff"'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{first + second}" height="{_HEIGHT}" '
        f'role="img" aria-label="{title}"><title>{title}</title>'
        f'<rect width="{first}" height="{_HEIGHT}" fill="{_DARK}"/>'
        f'<rect x="{first}" width="{second}" height="{_HEIGHT}" fill="{colour}"/>'
        f'<g {font} text-anchor="middle"><text x="{first / 2:g}" y="16">{escape(left)}</text>'
        f'<text x="{first + second / 2:g}" y="16">{escape(right)}</text></g></svg>\n'
    )
    return svg.encode()


def label_data(statement: dict[str, Any], said: Messages) -> dict[str, Any]:
    """Return the label as linked data, in the words of schema.org."""
    edition, book = statement["edition"], statement["book"]
    left, right = label_words(statement, said)
    data = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": f"{statement['service']}: {left}",
        "description": right,
        "publisher": {"@type": "Organization", "name": statement["operator"]},
        "url": statement["address"],
        "identifier": statement_digest(statement),
        "isBasedOn": {
            "@type": "CreativeWork",
            "identifier": book["id"],
            "name": book["title"],
            "version": edition["release"] or edition["commit"],
        },
        "disambiguatingDescription": said["adopt.no-advice"],
    }
    return {key: value for key, value in data.items() if value is not None}


def label_json(statement: dict[str, Any], said: Messages) -> bytes:
    """Return the linked data as the bytes of a file."""
    return (json.dumps(label_data(statement, said), indent=2, ensure_ascii=False) + "\n").encode()


def label_html(statement: dict[str, Any], said: Messages, files: tuple[str, str]) -> bytes:
    """Return the snippet for a page; `files` are the statement and the picture beside it."""
    target, picture = files
    words = escape(": ".join(label_words(statement, said)))
    # In a script of a page `</` would end it, whatever it stands in.
    data = json.dumps(label_data(statement, said), ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<a href="{target}" rel="license"><img src="{picture}" alt="{words}"></a>\n'
        f'<script type="application/ld+json">{data}</script>\n'
    ).encode()


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
