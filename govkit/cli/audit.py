"""`govkit audit`: whether the coalition keeps its own rules, line by line."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo, width, wrapped
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.checks.audit import AuditLine

_EPILOG = """Examples:
  govkit audit
  govkit audit --format json
  govkit audit --now 2026-06-01T12:00:00Z

How it ends: 0 nothing is missing, 1 something is, 2 wrong use.
A line says what was looked at. What no record shows, no audit can see.
"""

_WIDTH = 88


@click.command(epilog=_EPILOG)
@now_option
@format_option("text", "json")
@pass_session
def audit(session: Session, now: datetime.datetime | None, format_: str) -> int:
    """Look whether the coalition keeps its own rules: open, answered, dissent shown."""
    workspace = session.workspace()
    corpus = workspace.corpus
    if corpus.charter is None:
        raise WrongUse("the charter can't be read", "`govkit check` says why.")
    from govkit.checks.audit import audit as audited
    from govkit.workspace.earlier_logs import lost_from_log
    from govkit.workspace.kept_mails import mail_faults
    from govkit.workspace.kept_sources import kept_sources
    from govkit.workspace.releases.kept import not_as_released

    today = (now or now_in_utc()).date()
    sources = kept_sources(workspace.root, corpus)
    faults = mail_faults(workspace.root, corpus)
    as_kept = (not_as_released(workspace), lost_from_log(workspace), sources, faults)
    lines = audited(corpus, corpus.charter, today, *as_kept)
    if format_ == "json":
        from govkit.cli.printing.as_json import FORMAT_VERSION

        listed = [
            {
                "rule": each.rule,
                "kept": each.kept,
                "looked_at": each.looked_at,
                "missing": list(each.missing),
            }
            for each in lines
        ]
        answer = {"version": FORMAT_VERSION, "today": str(today), "rules": listed}
        say_json(answer)
    else:
        echo(_words(lines))
    return 0 if all(each.kept for each in lines) else 1


def _words(lines: Sequence[AuditLine]) -> Iterator[str]:

    for each in lines:
        mark = click.style("kept", fg="green") if each.kept else click.style("missing", fg="red")
        yield click.style(each.rule, bold=True) + "  " + mark
        yield from _wrapped(f"Looked at: {visible(each.looked_at)}.")
        for missing in each.missing:
            yield from _wrapped(f"- {visible(missing)}.")
    open_ = sum(not each.kept for each in lines)
    yield ""
    yield (
        f"{number_of(open_, 'rule')} of {len(lines)} not kept in full."
        if open_
        else f"All {len(lines)} rules are kept, as far as the records show."
    )


def _wrapped(words: str) -> list[str]:
    indent = "    " + "  " * words.startswith("- ")
    return wrapped(words, width(_WIDTH), "    ", indent)
