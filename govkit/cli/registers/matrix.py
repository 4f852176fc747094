"""`govkit issues matrix`: every issue, who responds to it where, and which texts answer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_meant, format_option, json_text, output_option, write_answer
from govkit.cli.printing.screen import echo, text_file
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session
from govkit.cli.unread import say_unread
from govkit.rendering.formats import written

if TYPE_CHECKING:
    from govkit.corpus.issue_matrix import IssueMatrix, IssueResponses, IssueRow
    from govkit.corpus.whole import Corpus

_FORMATS = ("text", "csv", "json", "svg", "html", "md", "pdf")
_MOST_COLUMNS = 10
"""With more actors and jurisdictions, each has a row and no column."""

_EPILOG = """Examples:
  govkit issues matrix                      on the screen
  govkit issues matrix -o matrix.svg        a picture that a phone can show
  govkit issues matrix --format html -o matrix.html
  govkit issues matrix --format csv > matrix.csv

A response exists, or is prospective: pending or possible. TEXTS counts the texts in use that answer
the issue; what none answers is named below.
"""


@click.command("matrix", epilog=_EPILOG)
@format_option(*_FORMATS)
@output_option("output")
@pass_session
def matrix(session: Session, format_: str, output: str | None) -> None:
    """Say who responds to each legal issue where, and which texts answer it."""
    from govkit.corpus.issue_matrix import issue_matrix

    corpus = session.workspace().corpus
    say_unread(corpus, ("issue", "response"))
    found = corpus.once(issue_matrix)
    format_ = format_meant(format_, _FORMATS, output)
    if format_ == "text" and output is None:
        echo(_lines(found))
        return
    write_answer(output, "matrix", format_, _as_bytes(corpus, found, format_))


def _as_bytes(corpus: Corpus, found: IssueMatrix, format_: str) -> bytes:
    if format_ == "csv":
        return _as_csv(found)
    if format_ == "json":
        return json_text(_as_data(found)).encode()
    if format_ == "text":
        return text_file(_lines(found))
    if format_ == "svg":
        from govkit.rendering.issue_matrix import matrix_svg

        return matrix_svg(corpus)
    from govkit.rendering.register_pages import matrix_page

    return written(matrix_page(corpus), format_)


# --- on the screen --------------------------------------------------------------------------------


def _lines(found: IssueMatrix) -> Iterator[str]:
    if not found.rows:
        yield "The register of issues is empty. `govkit issues new` begins it."
        return
    from govkit.cli.printing.table import table

    if len(found.responders) > _MOST_COLUMNS:
        head, rows = ["ISSUE", "WHO", "RESPONSES", "TEXTS"], [*_one_below_the_other(found)]
    else:
        head = ["ISSUE", *(" ".join(each).strip() for each in found.responders), "TEXTS"]
        rows = [
            [
                row.issue.id,
                *(_counts(row.responses.get(each)) for each in found.responders),
                str(len(row.answers)),
            ]
            for row in found.rows
        ]
    yield from table(head, rows).splitlines()
    yield ""
    counts = {
        stage: sum(row.count(stage) for row in found.rows) for stage in ("existing", "prospective")
    }
    responses = ", ".join(f"{count} {stage}" for stage, count in counts.items())
    yield click.style(f"{number_of(len(found.rows), 'issue')}; responses: {responses}.", bold=True)
    for row in found.rows:
        if not row.answers:
            yield f"  {visible(f'No text answers {row.issue.id}.')}"


def _one_below_the_other(found: IssueMatrix) -> Iterator[list[str]]:
    for row in found.rows:
        texts = str(len(row.answers))
        if not row.responses:
            yield [row.issue.id, "-", "-", texts]
        for who, several in row.responses.items():
            yield [row.issue.id, " ".join(who).strip(), _counts(several), texts]


def _counts(several: IssueResponses | None) -> str:
    if several is None:
        return ""
    named = ((several.existing, "existing"), (several.prospective, "prospective"))
    return ", ".join(f"{len(each)} {stage}" for each, stage in named if each)


# --- for programs ---------------------------------------------------------------------------------


def _as_csv(found: IssueMatrix) -> bytes:
    """Return a row for each issue, actor and jurisdiction; of an issue without responses one."""
    from govkit.source.csv_grid import write_csv

    head = ("ISSUE", "TITLE", "ACTOR", "JURISDICTION", "EXISTING", "PROSPECTIVE", "TEXTS")
    return write_csv([head, *(line for row in found.rows for line in _csv_lines(row))])


def _csv_lines(row: IssueRow) -> Iterator[tuple[str, ...]]:
    texts = ", ".join(each.id for each in row.answers)
    for (actor, jurisdiction), several in row.responses.items():
        ids = (", ".join(each.id for each in stage) for stage in several)
        yield (row.issue.id, row.issue.title, actor, jurisdiction, *ids, texts)
    if not row.responses:
        yield (row.issue.id, row.issue.title, "", "", "", "", texts)


def _as_data(found: IssueMatrix) -> dict[str, object]:
    return {
        "version": 1,
        "issues": [
            {
                "id": row.issue.id,
                "title": row.issue.title,
                "answered_by": [each.id for each in row.answers],
                "none": row.none or None,
                "responses": [
                    {
                        "actor": actor,
                        "jurisdiction": jurisdiction or None,
                        "existing": [each.id for each in several.existing],
                        "prospective": [each.id for each in several.prospective],
                    }
                    for (actor, jurisdiction), several in row.responses.items()
                ],
            }
            for row in found.rows
        ],
    }
