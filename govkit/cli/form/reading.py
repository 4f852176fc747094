"""A form in a file, in a mail or on the standard input, read beside the texts of a folder."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govkit.cli.session import Session
from govkit.errors import GovkitError
from govkit.source.mail import read_mail
from govkit.source.nearest import advice
from govkit.store.worktree import read_named

if TYPE_CHECKING:
    from govkit.procedures.forms.received import ReceivedForm
    from govkit.source.issue_forms import FormSender

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_FIRST_HEADING = "### "
_STANDARD_INPUT = "-"


def form_argument(command: Decorated) -> Decorated:
    """Give a command the file of a form; `-` is the standard input."""
    return click.argument("name", default=_STANDARD_INPUT, metavar="[FILE|-]")(command)


def text_of(session: Session, name: str) -> tuple[str, FormSender | None]:
    """Return the text of a form, and who sent it: None where no host says so.

    Raises `WrongUse` for what is no form and no event.
    """
    from govkit.source.issue_forms import LARGEST_EVENT, read_event

    path = Path("/dev/stdin") if name == _STANDARD_INPUT else session.folder() / name
    data = read_named(path, LARGEST_EVENT + 1)
    if data.lstrip()[:1] == b"{":
        event = read_event(data)
        return event.body, event.sender
    if name.lower().endswith(".eml"):
        text = read_mail(data).text
        return text[max(text.find(_FIRST_HEADING), 0) :], None
    return data.decode("utf-8", "surrogateescape"), None


def received(
    session: Session, text: str, sender: FormSender | None, now: datetime.datetime
) -> ReceivedForm:
    """Return a form as it was filled in. Raises `NoForm`, or `FormFaults` with what is wrong."""
    from govkit.procedures.forms.received import ReceivedForm
    from govkit.source.issue_forms import read_form

    filled = read_form(text)
    return ReceivedForm(session.workspace(), filled, sender, now)


def faults_of(cause: GovkitError) -> list[str]:
    """Return what is wrong with a form, a sentence each."""
    from govkit.source.issue_forms import FormFaults

    faults = cause.faults if isinstance(cause, FormFaults) else (cause.message,)
    return [f"{each[:1].upper()}{each[1:]}".rstrip(".") + "." for each in faults]


def way_out(cause: GovkitError) -> str:
    """Return what to do about it."""
    return advice(cause)
