"""What mends a finding: what `fmt` does, what a rule expects, what was most likely meant, a mark.

Each is tried before it is offered: the edited text is checked, and only what takes the finding away
and brings no other one is shown. So no rule has to be described here a second time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkit.checks.again import Checked, checked
from govkit.corpus.documents import Document
from govkit.corpus.rewriting import safely_formatted
from govkit.findings import Finding, Place
from govkit.lsp.places import PagePlaces
from govkit.source.writing import NotFormatted
from govkit.workspace import Workspace
from govkit.workspace.buffers import document_at, with_file

_MEANT = re.compile(r"Did you mean `([^`]+)`\?")
_WRITE = re.compile(r"(?:^|[.:] |, )(?:Write|Mark it:|Write it as) `([^`]+)`")
_MOST = 12
"""Findings of one place that are looked at, and ways to mend one: each is tried by a check."""


class Fix(NamedTuple):
    """One way to mend: what it is called, what it mends, and the text as it is then."""

    title: str
    finding: Finding
    text: str


def formatted_text(path: str, kind: str, text: str) -> str:
    """Return a file in the common form. Raises `NotFormatted` where it can't be kept whole."""
    data = text.encode("utf-8", errors="surrogatepass")
    return safely_formatted(path, kind, data).data.decode()


def fixes(
    workspace: Workspace, last: Checked, path: str, page: PagePlaces, findings: Iterable[Finding]
) -> list[Fix]:
    """Return what mends some findings of a file, the surest first.

    `page` is the text as it is; `last` is the check of the workspace as it is.
    """
    document = document_at(workspace, path)
    if document is None or not document.kind:
        return []
    trial = _Trial(workspace, last, path)
    found: list[Fix] = []
    for finding in [*findings][:_MOST]:
        for title, text in _ways(document, page, finding):
            if text != page.text and trial.mends(text, finding):
                found.append(Fix(title, finding, text))
                break
    return found


def whole_file(workspace: Workspace, path: str, text: str) -> str | None:
    """Return the file in the common form, or None where it is so already or can't be kept whole."""
    document = document_at(workspace, path)
    if document is None or not document.kind:
        return None
    try:
        after = formatted_text(path, document.kind, text)
    except NotFormatted:
        return None
    return after if after != text else None


def _ways(document: Document, page: PagePlaces, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield ways to mend a finding: a title and the text as it would be."""
    place = finding.place
    for word in dict.fromkeys(_words(finding)):
        for span in _spans(page, place, finding.found):
            yield f"Write `{word}`", page.text[: span[0]] + word + page.text[span[1] :]
    try:
        after = formatted_text(finding.path, document.kind or "", page.text)
    except NotFormatted:
        return
    yield "Put the file into the common form (fmt)", after


def _words(finding: Finding) -> Iterator[str]:
    """Yield what may stand in the place of what was found."""
    if finding.expected and "\n" not in finding.expected:
        yield finding.expected
    yield from _MEANT.findall(finding.help)
    yield from _WRITE.findall(finding.help)


def _spans(page: PagePlaces, place: Place | None, found: str) -> Iterator[tuple[int, int]]:
    """Yield what may be replaced: what was found within the place, and the place itself."""
    if place is None or place.line > len(page.lines):
        return
    begin = page.offset_of_line(place.line - 1)
    start, end = begin + place.column - 1, begin + place.end_column - 1
    at = page.text.find(found, start, end) if found else -1
    if at >= 0:
        yield at, at + len(found)
    yield start, end


class _Trial:
    """Checks texts that are not written."""

    def __init__(self, workspace: Workspace, last: Checked, path: str) -> None:
        self.workspace, self.last, self.path = workspace, last, path
        self.before = _counted(last.findings)

    def mends(self, text: str, finding: Finding) -> bool:
        """Say whether a text takes one finding away, and brings none."""
        data = text.encode("utf-8", errors="surrogatepass")
        tried = with_file(self.workspace, self.path, data)
        after = _counted(checked(tried.corpus, self.last.today, self.last).findings)
        key = (finding.path, finding.rule)
        if after[key] >= self.before[key]:
            return False
        return all(after[each] <= self.before[each] for each in after)


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.path, finding.rule) for finding in findings)
