"""`govkit form answer`: a form is read by a workflow, and answered by another step of it."""

from __future__ import annotations

import datetime
from typing import Any

import click

from govkit.cli.form.reading import faults_of, form_argument, received, text_of, way_out
from govkit.cli.output import file_at, json_text, output_option, write_output_file
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit form answer "$GITHUB_EVENT_PATH" -o form.json

For the workflow `forms` (docs/forms.md). The file has the answer as Markdown that is safe to show,
and where the form is right, a branch: its name, its commit, its files in their whole words.
An issue that is no form gets no file, and no answer.

How it ends: 0 read, whatever stands in it; 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@form_argument
@now_option
@output_option("target")
@pass_session
def answer(
    session: Session, /, name: str, now: datetime.datetime | None, target: str | None
) -> None:
    """Write what a workflow needs to answer a form, into one file."""
    from govkit.source.issue_forms import NoForm

    to = file_at(target, "form.json")
    try:
        text, sender = text_of(session, name)
        if sender is None:
            raise NoForm("no host says who sent it", "Give the event of the host.")
        said = _answered(session, text, sender, now or now_in_utc())
    except NoForm as cause:
        click.echo(f"Left alone: {cause.message}.", err=True)
        return
    except WrongUse as cause:
        from govkit.cli.printing.forms import faults_as_markdown

        said = {"answer": faults_as_markdown(faults_of(cause), way_out(cause))}
    data = json_text({"version": 1, **said}).encode()
    if to is None:
        click.echo(data, nl=False)
    else:
        write_output_file(to, data)


def _answered(session: Session, text: str, sender: Any, now: datetime.datetime) -> dict[str, Any]:
    from govkit.cli.printing.forms import outcome_as_markdown
    from govkit.procedures.forms.answering import (
        branch_of,
        message_of,
        outcome_of,
        require_committed,
    )

    form = received(session, text, sender, now)
    outcome = outcome_of(form)
    return {
        "answer": outcome_as_markdown(form, outcome),
        "branch": branch_of(outcome, sender, form.filled.form.name),
        "commit": require_committed(form.workspace),
        "message": message_of(outcome, sender),
        "author": {"name": sender.account, "email": sender.mail},
        "files": {path: data.decode() for path, data in sorted(outcome.files.items())},
    }
