"""Who took a text in: the platforms in the register of adoptions, on the page of the text."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.documents import Document
from govkit.records.adoption import Adoption
from govkit.records.kinds import id_space
from govkit.rendering.document import Section
from govkit.rendering.spans import Code, Link, Span, Spans, Words, leads_out
from govkit.rendering.typography import curled
from govkit.site.layout import lines, section, sentence
from govkit.site.site import Site

_ROLES = ("adopts", "adapts", "leaves-out")
"""How an entry names a text: from what says most to what says least."""


def adopted(site: Site, text: Document) -> Iterator[Section]:
    """Yield which platforms took a text in, whole or adapted, and which of them left it out."""
    found: dict[str, list[Spans]] = {role: [] for role in _ROLES}
    for other, reference in site.corpus.back_links.get((id_space(text.kind or ""), text.id), ()):
        if isinstance(other.record, Adoption) and reference.role in found:
            found[reference.role].append(tuple(_line(site, other.record)))
    blocks = [
        block
        for role, rows in found.items()
        for block in lines(rows, site.said[f"site.adopted.{role}"])
    ]
    if blocks:
        said = site.said
        yield section(
            "adopted", said["site.adopted.title"], sentence(said["site.adopted.says"]), *blocks
        )


def _line(site: Site, entry: Adoption) -> Iterator[Span]:
    """Yield a platform in one line: its name, who runs it, which words, from when, until when."""
    said = site.said
    name = (Words(curled(entry.title)),)
    address = entry.address or ""
    yield from (Link(address, name),) if leads_out(address) else name
    yield Words(f" ({curled(entry.operator)})")
    if entry.release:
        yield Words(f", {said.say('site.adopted.release', version=entry.release)}")
    elif entry.commit:
        yield Words(f", {said['site.adopted.commit']} ")
        yield Code(entry.commit[:7])
    for key, day in (("from", entry.applies_from), ("until", entry.ended)):
        if day is not None:
            yield Words(f", {said.say(f'site.adopted.{key}', day=said.date(day.isoformat()))}")
