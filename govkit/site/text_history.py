"""What changed in a text, on a page of its own: a redline of each change, and of each release.

Its sections have permanent addresses: `history/mcp-due-03.html#since-1.0.0` is what changed since
the release 1.0.0 that a reader holds, `#at-658854f6ee4b` what one commit changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, islice

from govkit.corpus.changes.history import HistoryStep, RecordMoment, step_of
from govkit.corpus.changes.values import Change
from govkit.corpus.documents import Document
from govkit.rendering import change_phrases
from govkit.rendering.changes import ways_in_words, words_of_change
from govkit.rendering.document import Block, Clause, Fact, Section
from govkit.rendering.places import anchor_of
from govkit.rendering.plain_redline import legend
from govkit.rendering.release.people import plain
from govkit.rendering.spans import Words
from govkit.rendering.typography import curled
from govkit.site import books
from govkit.site.layout import commit_link, document_of, lines, section, sentence, to
from govkit.site.page import Page
from govkit.site.site import Site
from govkit.site.written_page import WrittenPage, written_or_kept

NEWEST = 15
"""Changes that a page shows; `govkit history` knows all."""


def pages(site: Site) -> Iterator[Page | WrittenPage]:
    """Yield a page for each text that was changed since it came."""
    for text in site.texts:
        versions = site.versions.get(text.id, ())
        if not has_page(site, text.id):
            continue
        if site.grounds is None:
            yield page_of(site, text)
            continue
        around = (site.address, site.host, site.languages, [each.commit for each in versions])
        released = [str(each.cut.name) for each in site.releases]
        key = site.grounds.of(text, "history", around, released)
        yield written_or_kept(site.cache, key, path_of(text.id), partial(page_of, site, text))


def has_page(site: Site, id: str) -> bool:
    """Say whether a text has a past to be shown: more than the commit that brought it."""
    return len(site.versions.get(id, ())) > 1


def anchor_of_history(id: str) -> str:
    """Return the anchor that names the page of what changed in a text."""
    return f"history-of-{anchor_of(id)}"


def path_of(id: str) -> str:
    """Return the address of the page of what changed in a text."""
    return f"history/{anchor_of(id)}.html"


def page_of(site: Site, text: Document) -> Page:
    """Return the page of what changed in a text."""
    said = site.said
    moments = site.past(text)
    title = said.say("site.history-of", id=text.id, title=curled(text.title))
    known = section("legend", said["redline.legend"], *legend(said))
    found = (*_releases(site, text, moments), *_changes(site, text, moments))
    document = document_of(
        site,
        anchor_of_history(text.id),
        title,
        (known, *found),
        [Fact(said["site.its-words"], to(anchor_of(text.id), text.id))],
        contents=True,
    )
    description = said.say("site.history-described", id=text.id, title=curled(text.title))
    under = (books.ENTRY, anchor_of(text.id))
    return Page(path_of(text.id), document, description, under, keeps_anchors=False)


# --- from release to release ----------------------------------------------------------------------


def _releases(site: Site, text: Document, moments: Sequence[RecordMoment]) -> Iterator[Section]:
    """Yield what changed since each release that holds the text, the newest first."""
    inner = []
    for release, last in reversed([*_last_of_releases(moments)]):
        if last is moments[-1]:
            continue
        between = step_of([last, moments[-1]], 1)
        version = _version(release)
        blocks = [*_redline(site, between.change, f"since-{version}")]
        title = site.said.say("site.since-release", version=version)
        if blocks:
            inner.append(section(f"since-{version}", title, *blocks))
    if inner:
        yield section("since-releases", site.said["site.since-releases"], inner=inner)


def _last_of_releases(moments: Sequence[RecordMoment]) -> Iterator[tuple[str, RecordMoment]]:
    """Yield the state that each release holds, the oldest first: the last of those new in it."""
    for release, run in groupby(moments, lambda each: each.version.release):
        if release:
            yield release, [*run][-1]


def _version(tag: str) -> str:
    """Return the version that the tag of a release names: `1.0.0` of `provisions/v1.0.0`."""
    return tag.rpartition("/")[2].removeprefix("v")


# --- change by change -----------------------------------------------------------------------------


def _changes(site: Site, text: Document, moments: Sequence[RecordMoment]) -> Iterator[Section]:
    """Yield the changes, the newest first."""
    said = site.said
    steps = (step_of(moments, at) for at in range(len(moments) - 1, -1, -1))
    shown = [*islice((each for each in steps if not each.is_form_only), NEWEST + 1)]
    inner = [_change(site, each) for each in shown[:NEWEST]]
    blocks: tuple[Block, ...] = ()
    if len(shown) > NEWEST:
        blocks = (sentence(said.say("site.older-changes", id=text.id)),)
    yield section("changes", said["site.each-change"], *blocks, inner=inner)


def _change(site: Site, step: HistoryStep) -> Section:
    said, version = site.said, step.version
    anchor = f"at-{version.commit[:12]}"
    head = [commit_link(site, version.commit, 12)]
    if version.release:
        first = said.say("site.first-in-release", version=_version(version.release))
        head.append((Words(first),))
    blocks: list[Block] = [*lines(head)]
    if step.verb == "changed":
        blocks += _redline(site, step.change, anchor)
    else:
        blocks.append(sentence(said[f"site.history-verbs.{step.verb}"]))
    return section(anchor, f"{said.date(version.day)}: {plain(version.subject)}", *blocks)


def _redline(site: Site, change: Change | None, anchor: str) -> Iterator[Block]:
    """Yield what a change is, and its redline, whose clauses stand below the anchor."""
    if change is None:
        return
    said = site.said
    told = [
        f"{said['changes.class']}: {change_phrases.class_of_change(said, change)}",
        *ways_in_words(change.direction, said),
    ]
    yield sentence(f"{'; '.join(told)}.")
    whole = f"change-{anchor_of(change.id)}"
    for block in words_of_change(change, said, marks=False):
        if isinstance(block, Clause):
            yield replace(block, anchor=f"{anchor}{block.anchor.removeprefix(whole)}")
        else:
            yield block
