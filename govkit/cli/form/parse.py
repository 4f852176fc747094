"""`govkit form parse`: what a form means, and what is missing in it."""

from __future__ import annotations

import datetime
from typing import Any

import click

from govkit.cli.form.reading import faults_of, form_argument, received, text_of, way_out
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import WrongUse
from govkit.records.forms import FORMS

_EPILOG = """Examples:
  govkit form parse event.json       the event of a host: the account, the time, the form
  govkit form parse form.md          the text of a form alone, as the host shows it
  govkit form parse join.eml         a form that came by mail (govkit member join)

Nothing is written, and nothing that stands in a form is run.

How it ends: 0 it can be filed, 1 something is missing or wrong, 2 no form, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@form_argument
@now_option
@format_option("text", "json")
@pass_session
def parse(session: Session, /, name: str, now: datetime.datetime | None, format_: str) -> int:
    """Say what a form means, and what is missing in it; write nothing."""
    from govkit.procedures.forms.answering import outcome_of
    from govkit.source.issue_forms import NoForm

    answer: dict[str, Any] = {"version": 1, "form": None, "sender": None, "fields": {}}
    answer |= {"faults": [], "help": "", "files": [], "told": [], "next": []}
    try:
        text, sender = text_of(session, name)
        if sender is not None:
            answer["sender"] = sender._asdict() | {"at": f"{sender.at:%Y-%m-%dT%H:%M:%SZ}"}
            del answer["sender"]["mail"]
        form = received(session, text, sender, now or now_in_utc())
        answer["form"], answer["fields"] = form.filled.form.name, dict(form.filled.values)
        outcome = outcome_of(form)
        answer["files"] = sorted(outcome.files)
        answer["told"], answer["next"] = [*outcome.told], [*outcome.next]
    except NoForm:
        raise
    except WrongUse as cause:
        answer["faults"], answer["help"] = faults_of(cause), way_out(cause)
    if format_ == "json":
        say_json(answer)
    else:
        _say(answer)
    return 1 if answer["faults"] else 0


def _say(answer: dict[str, Any]) -> None:
    lines = []
    if answer["sender"]:
        sender = answer["sender"]
        lines.append(f"From {sender['account']} at {sender['host']}, {sender['at']}")
        lines.append(f"  {sender['event']}")
    if answer["form"]:
        form = FORMS[answer["form"]]
        lines.append(f"Form: {form.title}")
        for field in form.fields:
            words = answer["fields"][field.name].split("\n")
            lines.append(f"  {field.label} {words[0] or '(empty)'}")
            lines += [f"    {line}" for line in words[1:]]
    lines += [f"Would write {path}" for path in answer["files"]]
    lines += answer["told"]
    lines += [f"Then: {line}" for line in answer["next"]]
    if answer["faults"]:
        lines.append(f"{number_of(len(answer['faults']), 'thing')} to mend:")
    lines += [f"  {each}" for each in answer["faults"]]
    lines += [answer["help"]] if answer["help"] else []
    for line in lines:
        click.echo(fitted(visible(line)))
