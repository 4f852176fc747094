"""The page that verifies a release, a PDF or a receipt in the browser of whoever has one."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.rendering.spans import Words
from govkit.site.layout import document_of, lines, section, sentence
from govkit.site.page import File, Page
from govkit.site.site import Site
from govkit.site.verify_script import verify_script

ENTRY = "verify"
SCRIPT = "scripts/verify.js"


def pages(site: Site) -> Iterator[Page | File]:
    """Yield the page and its script. Without the script it says how to verify by hand."""
    said = site.said
    words = {key: sentence(text) for key, text in said.group("site.verifying").items()}
    by_hand = ("hand-sums", "hand-signature", "hand-command")
    listed = ("of-release", "of-receipt", "of-pdf")
    sections = (
        section("verify-here", said["site.verifying.here"], words["nothing-leaves"]),
        section(
            "looks",
            said["site.verifying.looks"],
            *lines((Words(said[f"site.verifying.{key}"]),) for key in listed),
        ),
        section(
            "only-command",
            said["site.verifying.only-command"],
            words["command"],
            words["from-elsewhere"],
        ),
        section(
            "by-hand",
            said["site.verifying.by-hand"],
            *lines((Words(said[f"site.verifying.{key}"]),) for key in by_hand),
        ),
    )
    document = document_of(site, ENTRY, said["site.ways.verify"], sections)
    yield Page("verify.html", document, said["site.verifying.described"], scripts=(SCRIPT,))
    yield File(SCRIPT, verify_script())
