"""`govkit attendance`: who came to a meeting, filed in the log."""

from __future__ import annotations

import click

from govkit.cli.asking import require_likely_record, sure_option
from govkit.cli.registrar import Registrar, registrar_options

_EPILOG = """Examples:
  govkit attendance first-meeting      after `attended` was filled in

Only a policy with a quorum of those who are active looks at it. A meeting counts
for proposals that open after a second coordinator has seen the list and vouched
for it: `govkit countersign`. Until then it counts as if everybody had come.
"""


@click.command(epilog=_EPILOG)
@click.argument("what", metavar="EVENT")
@sure_option
@registrar_options
def attendance(registrar: Registrar, what: str) -> None:
    """File who came to a meeting, so that a quorum can rest on it."""
    from govkit.cli.naming import record_named
    from govkit.procedures.coalition.attendance import prepare_attendance

    with registrar.writing() as (workspace, by):
        record = record_named(workspace, registrar.session.folder(), what).record
        filed = prepare_attendance(workspace, record.path)
        require_likely_record(workspace.corpus, record.path, registrar.now)
        entries = registrar.file(workspace, [filed], by)
    registrar.say(
        [
            f"{record.id} is filed as it stands.",
            "Another coordinator who has seen the list vouches for it:",
            f"  govkit countersign {record.id} --seen WORDS --key FILE",
        ],
        entries,
        record=record.path,
    )
