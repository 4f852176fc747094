"""The page that verifies a release, a PDF or a receipt in the browser of whoever has one."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.rendering.spans import Code, Spans, Words
from govkit.site.foreign_words import words_as_script
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
            *lines(_with_commands(said[f"site.verifying.{key}"]) for key in by_hand),
        ),
    )
    document = document_of(site, ENTRY, said["site.ways.verify"], sections)
    own = f"scripts/verify-{site.language}.js"
    described = said["site.verifying.described"]
    yield Page("verify.html", document, described, scripts=(own, SCRIPT))
    yield File(own, words_as_script("govkitWords", site.language, "site.verdicts"))
    if not site.spoken:
        yield File(SCRIPT, verify_script())


def _with_commands(words: str) -> Spans:
    """Return words with what stands between backticks as it is typed."""
    parts = words.split("`")
    return tuple(Code(part) if at % 2 else Words(part) for at, part in enumerate(parts) if part)
