"""`govkit` alone: what is here, what is wrong, and what to do next."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from govkit.cli.printing.screen import echo, width, wrapped
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, now_in_utc, pass_session, today_in_utc
from govkit.records.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govkit.corpus.whole import Corpus
    from govkit.findings import Finding
    from govkit.workspace import Workspace


@click.command()
@pass_session
def overview(session: Session) -> None:
    """Say what is here, what is wrong, and what to do next."""
    from govkit.store.worktree import find_root

    if find_root(session.folder()) is None:
        click.echo(
            "There are no governed texts in this folder, nor in the folders above it.\n\n"
            "What you can do:\n"
            "  govkit init          make a new folder of texts here, with examples\n"
            "  govkit -C DIR        go to the folder of a coalition's texts\n"
            "  govkit --help        see all commands"
        )
        return
    workspace = session.workspace()
    report = workspace.check(today_in_utc())
    charter = workspace.corpus.charter
    if charter is not None:
        click.echo(click.style(visible(charter.name), bold=True))
    click.echo(f"in {workspace.root}\n")
    click.echo(_what_is_here(workspace.corpus))
    from govkit.cli.printing.as_text import summary_line

    echo([summary_line(report), ""])
    waiting = _waiting(workspace, report.findings)
    if waiting:
        echo(waiting)
    click.echo(_what_next(bool(report.findings)))


def _waiting(workspace: Workspace, findings: Iterable[Finding]) -> list[str]:
    """Return the first things that are to be done; none while nothing has begun."""

    from govkit.log.coordinators import genesis_of
    from govkit.proposals.tasks import tasks_of
    from govkit.release.release_tasks import releases_to_cut
    from govkit.workspace.releases.signature_files import signed_in

    corpus = workspace.corpus
    if genesis_of(corpus) is None and not corpus.of_kind("proposal"):
        return []
    now = now_in_utc()
    releases = releases_to_cut(
        corpus, now, lambda: findings, lambda name: signed_in(workspace.root, name)
    )
    tasks = tasks_of(corpus, now, timedelta(days=14), releases)
    if not tasks:
        return []
    lines = [f"{number_of(len(tasks), 'thing')} to be done (govkit today):"]
    for each in tasks[:_FIRST]:
        until = f" (until {each.due:%Y-%m-%d})" if each.due else ""
        lines += wrapped(f"{visible(each.what)}{until}", width(88), "  - ", "    ")
    return [*lines, ""]


_FIRST = 3
"""How many tasks are shown where nobody asked for them."""


def _what_is_here(corpus: Corpus) -> str:
    from govkit.cli.printing.table import table

    rows = []
    for name, kind in KINDS.items():
        documents = corpus.of_kind(name)
        if documents:
            states = Counter(document.status for document in documents if document.status)
            said = ", ".join(f"{count} {status}" for status, count in sorted(states.items()))
            rows.append((kind.many if len(documents) > 1 else name, str(len(documents)), said))
    return table(("WHAT", "HOW MANY", "STATUS"), rows)


def _what_next(findings: bool) -> str:
    lines = ["What you can do next:"]
    if findings:
        lines.append("  govkit check            see what was found, each with its place")
        lines.append("  govkit explain RULE     read why a rule is there")
    lines += [
        "  govkit list             see every record",
        "  govkit show ID          read one of them",
        "  govkit propose edit ID  change one, in your editor",
        "  govkit submit           hand in what you changed",
        "  govkit render all       print the books",
    ]
    return "\n".join(lines)
