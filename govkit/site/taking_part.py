"""How to take part: propose an edit, comment, join; as a form of the code host, or as a mail.

Where the charter names neither a code host nor an address, the page says so: nobody is sent to a
place that answers to no one.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from govkit.languages.catalogue import messages
from govkit.rendering.document import Section
from govkit.rendering.spans import Link, Spans, Words
from govkit.rendering.typography import curled
from govkit.site.layout import document_of, lines, section, sentence
from govkit.site.page import Page
from govkit.site.site import Site

ENTRY = "take-part"
_FORMS = {"edit": "change.yml", "comment": "comment.yml", "join": "join.yml"}
"""The forms of the code host (docs/forms.md), by what they are for."""


def pages(site: Site) -> Iterator[Page]:
    """Yield the page that says how to take part."""
    said = site.said
    parts = [_part(site, what) for what in _FORMS]
    archive = site.charter.list_archive
    if archive:
        link: Spans = (Link(archive, (Words(said["annual.archive-words"]),)),)
        parts.append(section("list", said["annual.archive"], *lines([link])))
    document = document_of(site, ENTRY, said["site.ways.take-part"], parts)
    yield Page("take-part.html", document, said["site.take-part-described"])


def _part(site: Site, what: str) -> Section:
    said = site.said
    rows = lines(ways(site, what))
    blocks = rows or (sentence(said["site.no-way-yet"]),)
    words = sentence(said[f"site.how-to.{what}"])
    return section(f"how-to-{what}", said[f"site.to.{what}"], words, *blocks)


def ways(site: Site, what: str, text: str = "") -> Iterator[Spans]:
    """Yield each way to do something, a ready form or a ready mail; `text` is what it is about.

    `what` is `edit`, `comment` or `join`.
    """
    said = site.said
    host = site.host
    if host:
        asked = {"template": _FORMS[what]} | ({"text": text} if text else {})
        address = f"{host.rstrip('/')}/issues/new?{urlencode(asked)}"
        yield (Link(address, (Words(said[f"site.by-form.{what}"]),)),)
    for mailbox in site.charter.intake.addresses[:1]:
        name = curled(site.charter.name)
        said = messages(site.language)
        subject = said.say(f"site.subject.{what}", name=name, text=text or "…")
        body = said.say(f"site.mail.{what}", text=text or "…")
        address = f"mailto:{quote(mailbox, safe='@')}?subject={quote(subject)}&body={quote(body)}"
        yield (Link(address, (Words(said[f"site.by-mail.{what}"]),)),)
