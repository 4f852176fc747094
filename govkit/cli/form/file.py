"""`govkit form file`: what a form brings is put on a branch of its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import on_terminal
from govkit.cli.comment.options import dry_run_option
from govkit.cli.form.reading import form_argument, received, text_of
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import visible
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.store.branches import HEADS
from govkit.store.remotes import push as push_branch

if TYPE_CHECKING:
    from govkit.procedures.proposals.submission_route import Route

_EPILOG = """Examples:
  govkit form file event.json                the event of a host
  govkit form file event.json --dry-run      say what would be written
  govkit form file join.eml --push           a form by mail; push its branch

Nothing is merged by it, and nothing is filed in the log. What is checked out stays as it is. A
comment or a position is taken in once its branch is merged: `govkit intake`, which asks you to look
on the host.
"""


@click.command(epilog=_EPILOG)
@form_argument
@click.option("--push", is_flag=True, help="Push the branch to the remote now.")
@click.option("--remote", metavar="NAME", help="The remote to push to. Default: origin.")
@dry_run_option
@now_option
@format_option("text", "json")
@pass_session
def file(
    session: Session,
    /,
    name: str,
    push: bool,
    remote: str | None,
    dry_run: bool,
    now: datetime.datetime | None,
    format_: str,
) -> None:
    """Put what a form brings on a branch of its own."""
    from govkit.procedures.forms.answering import branch_of, file_on_branch, outcome_of
    from govkit.procedures.proposals.submission_route import no_remote, route_of

    moment = now or now_in_utc()
    text, sender = text_of(session, name)
    form = received(session, text, sender, moment)
    root = form.workspace.root
    route = route_of(root, remote)
    if push and route.address is None:
        raise no_remote(route)
    outcome = outcome_of(form)
    branch = branch_of(outcome, sender, form.filled.form.name)
    answer: dict[str, Any] = {"version": 1, "dry_run": dry_run, "form": form.filled.form.name}
    answer |= {"branch": branch, "commit": None, "files": sorted(outcome.files)}
    answer |= {"told": [*outcome.told], "next": [*outcome.next], "request": None}
    known = False
    if not dry_run:
        commit, known = file_on_branch(form.workspace, outcome, sender, branch, moment)
        answer["commit"], answer["request"] = commit, route.request(branch)
        if push:
            answer["request"] = _pushed(root, route, branch, commit)
    if format_ == "json":
        say_json(answer)
        return
    for line in _lines(answer, known, pushed=push):
        click.echo(fitted(visible(line)))


def _pushed(root: Path, route: Route, branch: str, commit: str) -> str | None:
    assert route.remote is not None
    lines = push_branch(root, route.remote.address, commit, f"{HEADS}{branch}", asks=on_terminal())
    return route.request(branch, lines)


def _lines(answer: dict[str, Any], known: bool, *, pushed: bool) -> Iterator[str]:
    yield from answer["told"]
    for path in answer["files"]:
        yield f"  {path}"
    if answer["dry_run"]:
        yield f"It would go on the branch {answer['branch']}. Nothing was written."
        return
    already = "was there already" if known else "is written; nothing is merged"
    yield f"The branch {answer['branch']} {already}."
    if answer["request"]:
        then = "This page opens" if pushed else f"After `git push origin {answer['branch']}`,"
        yield f"{then}{'' if pushed else ' this page opens'} the request: {answer['request']}"
    else:
        yield f"Look: git show {answer['branch']}. Merge: git merge {answer['branch']}"
    for line in answer["next"]:
        yield f"Once it is merged: {line}"
