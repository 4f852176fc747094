"""The evaluation that a command is about: its folder as an argument, its papers, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.printing.words import number_of
from govkit.cli.session import Session

if TYPE_CHECKING:
    from govkit.findings import Finding
    from govkit.procedures.assessment.evaluation_papers import GivenPapers
    from govkit.workspace import Workspace

evaluation_argument = click.argument("evaluation", metavar="EVALUATION")
coder_option = click.option(
    "--coder", required=True, metavar="NAME", help="The coder, as `evaluation.yaml` names them."
)
_MOST = 50


def papers_of(session: Session, evaluation: str) -> tuple[Workspace, GivenPapers]:
    """Return the folder of the texts, and the papers of the evaluation that was named."""
    from govkit.procedures.assessment.evaluation_papers import folder_inside, read_papers

    workspace = session.workspace()
    folder = folder_inside(workspace.root, Path(evaluation))
    return workspace, read_papers(workspace.root, folder)


def showing_what_is_wrong(command: Callable[..., Any]) -> Callable[..., Any]:
    """Have a command show papers that can't be read line by line, and end with 1."""

    @wraps(command)
    def shown(*args: Any, **more: Any) -> Any:
        from govkit.procedures.assessment.evaluation_papers import PapersRefused

        try:
            return command(*args, **more)
        except PapersRefused as refused:
            show_findings(refused.findings, refused.lines)
            click.echo("Nothing was written.", err=True)
            return 1

    return shown


def show_findings(findings: Iterable[Finding], lines: Mapping[str, list[str]]) -> None:
    """Show findings with their lines on the error stream, the first fifty."""
    from govkit.cli.printing.as_text import finding_as_text

    found = list(findings)
    for each in found[:_MOST]:
        click.echo(finding_as_text(each, lines.get(each.path, [])), nl=False, err=True)
    if len(found) > _MOST:
        click.echo(f"and {len(found) - _MOST} more", err=True)
    if found:
        errors = sum(each.stops is not None for each in found)
        said = f"{number_of(errors, 'error')}, {number_of(len(found) - errors, 'remark')}."
        click.echo(said, err=True)
