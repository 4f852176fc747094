"""The consultation report of a release: every comment on the proposals behind its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from govkit.consultation.consultation import Consultation, consultation_of
from govkit.corpus.whole import Corpus
from govkit.records.releases import ReleasedUnit
from govkit.release.release import Release
from govkit.rendering.comment_report import report_of
from govkit.rendering.document import Document, Paragraph, Section
from govkit.rendering.release.edition import front_of_page
from govkit.rendering.spans import Words
from govkit.rendering.typography import curled


def consultations_of(corpus: Corpus, units: Iterable[ReleasedUnit]) -> Iterator[Consultation]:
    """Yield the consultations on the proposals behind some texts that had any comment."""
    paths = sorted({unit.adopted_by for unit in units if unit.adopted_by})
    for path in paths:
        document = corpus.by_path.get(path)
        if document is not None and document.kind == "decision":
            consultation = consultation_of(corpus, document.id.split("/")[0])
            if consultation.comments:
                yield consultation


def consultation_document(release: Release) -> Document:
    """Return the reports on all proposals behind the texts as one document."""
    reports = [
        (each.proposal.id, curled(each.proposal.title), report_of(each))
        for each in consultations_of(release.corpus, release.manifest.units)
    ]
    title = f"{release.messages['comments.report']}: {curled(release.manifest.title)}"
    front = front_of_page(release, f"consultation-{release.manifest.version}", title)
    return Document(front, tuple(_part(*report) for report in reports))


def _part(id: str, title: str, report: Document) -> Section:
    """Return a report as a part of a larger document; its anchors are its own there."""
    notice = Paragraph((Words(report.front.notice),))
    inner: tuple[Section, ...] = tuple(_moved(each, id) for each in report.sections)
    # The parts of a report are below that of the proposal.
    lowered = tuple(replace(each, role="part") for each in inner)
    blocks = (notice, report.front.facts)
    return Section("part", f"consultation-{id}", "", f"{id}: {title}", blocks, lowered)


def _moved(value: Any, prefix: str) -> Any:
    """Return a piece of a document with the prefix before every anchor in it."""
    if isinstance(value, tuple):
        return tuple(_moved(each, prefix) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if field.name == "anchor":
            changed["anchor"] = f"{prefix}-{inner}" if inner else inner
        else:
            changed[field.name] = _moved(inner, prefix)
    return replace(value, **changed)
