"""`govkit member join`: one who would become a member fills in the form here, without a host."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from govkit.cli.asking import on_terminal
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.submitting.options import mail_file_option, person_option, recipient_option
from govkit.errors import WrongUse

KINDS = ("individual", "organisation", "representative")
_EPILOG = """Examples:
  govkit member join                          on a terminal, it asks
  govkit member join --name "Example Society" --kind organisation --group civil-society \\
      --country IN
  govkit member join --name "Ana Silva" --kind representative --group academia \\
      --represents example-society -o join.eml
  govkit member join --name "Example Society" --kind organisation --group academia --on-branch

Writes a mail to the coordinators, to be looked at and sent; or puts the record on a branch, to be
pushed. Nothing is sent or pushed by it, and nobody is a member yet: joining is open, and a
coordinator takes you in (`govkit form file`, `govkit member add`). Write public facts only.
"""


@click.command("join", epilog=_EPILOG)
@click.option("--name", metavar="NAME", help="The name, as it is printed.")
@click.option("--kind", type=click.Choice(KINDS), help="What the member is.")
@click.option("--group", metavar="GROUP", help="The stakeholder group that the member speaks for.")
@click.option("--country", metavar="CODE", help="Two capitals, as IN.")
@click.option("--represents", metavar="MEMBER", help="The organisation that it speaks for.")
@click.option("--on-branch", is_flag=True, help="Put the record on a branch; write no mail.")
@person_option
@recipient_option
@mail_file_option
@format_option("text", "json")
@pass_session
def join(
    session: Session,
    /,
    on_branch: bool,
    person: str | None,
    recipient: str | None,
    output: str | None,
    format_: str,
    **said: str | None,
) -> None:
    """Ask to become a member: a mail to be sent, or a branch to be pushed."""
    from govkit.cli.submitting.letter import place_of_mail
    from govkit.cli.submitting.questions import person as person_asked
    from govkit.procedures.forms.answering import branch_of, file_on_branch
    from govkit.records.forms import FORMS, MEMBER_CHOICES
    from govkit.source.form_mail import mail_with_form
    from govkit.source.issue_forms import form_text
    from govkit.source.scaffolds import slug_of
    from govkit.store.worktree import write_whole

    if on_branch and (recipient or output):
        raise WrongUse(
            "--on-branch writes no mail, and -o and --recipient are for one",
            "Leave them out, or leave --on-branch out.",
        )
    workspace, now = session.workspace(), now_in_utc()
    asks = on_terminal() and format_ == "text"
    values = _values(workspace, said, asks=asks)
    chosen = (choice for choice, kind in MEMBER_CHOICES.items() if kind == values["kind"])
    values["kind"] = next(chosen, "")
    text = form_text(FORMS["join"], values)
    outcome = _outcome(workspace, text, now)
    answer: dict[str, Any] = {"version": 1, "files": [*outcome.files], "told": [*outcome.told]}
    answer |= {"branch": None, "commit": None, "mail": None, "next": [*outcome.next]}
    if on_branch:
        answer["branch"] = branch_of(outcome, None, "join")
        answer["commit"], _ = file_on_branch(workspace, outcome, None, answer["branch"], now)
        lines = [
            f"It is on the branch {answer['branch']}. To hand it in: git push origin "
            f"{answer['branch']}"
        ]
    else:
        who = person_asked(workspace.root, person, asks=asks)
        charter = workspace.corpus.charter
        to = (recipient,) if recipient else charter.intake.addresses if charter else ()
        path = place_of_mail(workspace.root, output, f"join-{slug_of(values['name'])}")
        mail = mail_with_form(who, tuple(map(str, to)), f"To join: {values['name']}", text, now)
        write_whole(Path(path).absolute(), mail)
        answer["mail"] = str(path)
        whom = ", ".join(map(str, to)) or "the coordinators; write their address into it"
        lines = [
            f"Wrote the mail: {path}",
            f"Open it in your mail program, look at it, and send it to {whom}.",
        ]
    told, answer["balance"] = _balance(workspace, now)
    if format_ == "json":
        say_json(answer)
        return
    for line in (*outcome.told[:1], *lines, *told):
        click.echo(fitted(visible(line)))


def _outcome(workspace: Any, text: str, now: datetime.datetime) -> Any:
    """Return what the form becomes; its own way out is that of a page, and here there is none."""
    from govkit.procedures.forms.answering import outcome_of
    from govkit.procedures.forms.received import ReceivedForm
    from govkit.source.issue_forms import FormFaults, read_form

    try:
        return outcome_of(ReceivedForm(workspace, read_form(text), None, now))
    except FormFaults as faults:
        raise WrongUse(faults.message, "Write it otherwise, and run this again.") from None


def _balance(workspace: Any, now: datetime.datetime) -> tuple[list[str], dict[str, Any]]:
    """Return from which groups and regions nobody is yet, and all counts for programs."""
    from govkit.cli.printing.balance import balance_as_data, lacking
    from govkit.log.coordinators import charter_of
    from govkit.round.balance import balance_on, members_of

    corpus = workspace.corpus
    charter, seats = charter_of(corpus), balance_on(members_of(corpus), now.date())
    return [*lacking(charter, seats, corpus.messages)], balance_as_data(charter, seats)


def _values(workspace: Any, said: dict[str, str | None], *, asks: bool) -> dict[str, str]:
    """Return the fields; what is missing is asked for on a terminal, and else named."""
    from govkit.log.coordinators import charter_of

    groups = charter_of(workspace.corpus).groups
    if asks:
        if not said["name"]:
            said["name"] = click.prompt("The name of the member, as it is to be printed")
        if not said["kind"]:
            said["kind"] = click.prompt("What the member is", type=click.Choice(KINDS))
        if said["kind"] == "representative" and not said["represents"]:
            said["represents"] = click.prompt("The member that it represents")
        if not said["group"]:
            said["group"] = click.prompt("Its stakeholder group", type=click.Choice([*groups]))
        if not said["country"]:
            said["country"] = click.prompt("Its country, as IN; Enter for none", default="")
    wanting = [f"--{each}" for each in ("name", "kind", "group") if not said[each]]
    if wanting:
        raise WrongUse(
            f"{', '.join(wanting)} {'is' if len(wanting) == 1 else 'are'} needed here",
            f"Groups are: {', '.join(groups)}. Or run it on a terminal, which asks.",
        )
    return {key: value or "" for key, value in said.items()}
