"""`govkit decide`: what follows from all that was said; with --apply it becomes so."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from govkit.cli.output import say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.words import outcome_in_words
from govkit.cli.registrar import Registrar, registrar_options

if TYPE_CHECKING:
    from govkit.consent.decision import RoundResult
    from govkit.consent.status import Status
    from govkit.round.docket import Docket
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit decide 2026-003                         what would be decided now
  govkit decide 2026-003 --format json           the same for a program
  govkit decide 2026-003 --apply --by YOUR-ID    record it, and put the words in place

--apply records the decision with the whole sum, whatever the outcome. Where it is adopted, it
also puts the decided words into the texts, with the status adopted. All of it is written, or
nothing. It makes no commit: look at the change, then commit it.

How it ends: 0 adopted, 1 not agreed, not over yet, or not applied, 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@click.argument("proposal")
@click.option("--apply", "apply_", is_flag=True, help="Record the decision and apply it.")
@registrar_options
def decide(registrar: Registrar, proposal: str, apply_: bool) -> int:
    """Say what is decided about a proposal; with --apply, record it and apply it."""
    if apply_:
        with registrar.at_desk() as workspace:
            return _apply(registrar, workspace, proposal)
    workspace = registrar.session.workspace()
    status = status_of(workspace, proposal, registrar.now)
    if registrar.as_json:
        from govkit.cli.printing.decision_json import standing_as_json

        answer = {"version": 1, **standing_as_json(workspace.corpus, status, registrar.now)}
        say_json(answer)
    else:
        from govkit.cli.printing.decision import standing_as_text

        echo(standing_as_text(workspace.corpus, status, registrar.now).splitlines())
    return 0 if status.decision is not None and is_final(status.decision) else 1


def status_of(workspace: Workspace, proposal: str, now: datetime.datetime) -> Status:
    """Return how a proposal stands that a person names. Raises `WrongUse` where it is none."""
    from govkit.consent.status import Statuses
    from govkit.workspace.dockets import docket_named

    return Statuses(workspace.corpus, now).of(docket_named(workspace.corpus, proposal))


def is_final(decision: RoundResult) -> bool:
    """Say whether something was adopted, and can't change by itself any more."""
    from govkit.records.decisions import ADOPTED

    return decision.outcome in ADOPTED and not decision.provisional


def _outcome_for(docket: Docket, id: str) -> str:
    """Return a sentence on what became of a decided text."""
    units = docket.revision.units if docket.revision is not None else ()
    if any(unit.id == id and unit.after is None for unit in units):
        return f"{id} is withdrawn. Its words stay readable, and bind nobody."
    return f"{id} has the decided words, with the status adopted."


def _apply(registrar: Registrar, workspace: Workspace, proposal: str) -> int:
    from govkit.procedures.proposals.decision import file_decision
    from govkit.records.decisions import ADOPTED
    from govkit.round.states import way_on
    from govkit.workspace.dockets import docket_named

    by = registrar.name(workspace)
    docket = docket_named(workspace.corpus, proposal)
    decision, todo, entries = file_decision(workspace, docket, registrar.receipt(by))
    words = [f"{decision.proposal}: {outcome_in_words(decision)}."]
    words += [_outcome_for(docket, id) for id in todo.texts]
    if todo.filings:
        words.append(
            "Nothing is committed yet. Look at it with `git status`, then commit it whole."
        )
    else:
        done = "recorded and applied" if decision.outcome in ADOPTED else "recorded"
        words.append(f"It was {done} already. Nothing was changed.")
    if decision.outcome not in ADOPTED:
        words.append(f"{way_on(decision.proposal)}.")
    registrar.say(words, entries, outcome=decision.outcome, applied=list(todo.texts))
    return 0 if is_final(decision) else 1
