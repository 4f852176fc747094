"""`govkit erase`: take out the name of a person who asks to be left out, or a withheld reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import in_words, on_terminal
from govkit.cli.comment.options import dry_run_option
from govkit.cli.registrar import Registrar, path_of_filed, registrar_options
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.log.erasure import ErasureInput

_EPILOG = """Examples:
  govkit erase 2026-003/comments/0012 --dry-run
  govkit erase 2026-003/comments/0012 --all
  govkit erase 2026-003/positions/example-society-01 --reason "The member asked for it."

RECORD is a comment of one who is no member, a position whose reason is withheld, or the
number of its entry in the log. What was said stays, and so do all digests and receipts.
What lies in the private folder of this machine for that record alone, as the mail or the
minutes that show a position, is taken away, too.
The log says who erased, when, and why; never what.

It stays in the history of git, in clones of others, and in what was printed or sent
before: docs/privacy.md says who can remove it there, and what that costs.
"""
_REASON = "The person asked to be left out."


@click.command(epilog=_EPILOG)
@click.argument("what", metavar="RECORD")
@click.option(
    "--reason",
    metavar="WORDS",
    default=_REASON,
    show_default=True,
    help="Why, without the name. It is published.",
)
@click.option("--all", "all_", is_flag=True, help="Also in all other records of the same name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@dry_run_option
@registrar_options
def erase(
    registrar: Registrar, what: str, reason: str, all_: bool, yes: bool, dry_run: bool
) -> None:
    """Take out the name of a person who asks to be left out, or a withheld reason."""
    from govkit.procedures.log.erasure import erase as take_out
    from govkit.procedures.log.erasure import names_left, of_the_same, to_erase

    words = in_words(reason, "--reason")
    with registrar.at_desk() as workspace:
        by = "" if dry_run else registrar.name(workspace)
        chosen = [to_erase(workspace, path_of_filed(registrar, workspace, what))]
        same = [to_erase(workspace, each.path) for each in of_the_same(workspace, chosen[0])]
        if all_:
            chosen, same = [*chosen, *same], []
        left = [
            f"What {each.id} says has `{name}` in it, and that stays: the log binds what was said."
            for each in chosen
            for name in names_left(workspace, each)
        ]
        lines = [*_told(chosen), *left, *_others(same), "", *_STAYS]
        if dry_run:
            registrar.say(
                [*lines, "Nothing was changed."], [], dry_run=True, **_as_json(chosen, same)
            )
            return
        _require_yes(registrar, yes, lines)
        entries = take_out(workspace, chosen, words, registrar.receipt(by))
        done = [*map(_erased, chosen), *left, *_others(same), _STAYS[1]]
        if entries:
            done.append("Commit it, and seal the log before you push.")
        registrar.say(done, entries, **_as_json(chosen, same))


def _told(chosen: list[ErasureInput]) -> list[str]:
    lines = []
    for each in chosen:
        what = "nothing is left of it in this folder"
        if each.words is not None:
            said = filter(None, (each.words.name, each.words.affiliation, each.words.reason))
            what = ", ".join(said)
        kept = f"; {len(each.private)} kept privately" if each.private else ""
        lines.append(f"{each.id}: {what}{kept}")
    return lines


def _erased(each: ErasureInput) -> str:
    """Return what was taken out, and which folders of the private one went with it."""
    folders = ", ".join(f"sources/{digest.partition(':')[2][:16]}" for digest in each.private)
    return f"Erased: {each.id}" + (f"; from the private folder here: {folders}" if folders else "")


def _others(same: list[ErasureInput]) -> list[str]:
    if not same:
        return []
    return [f"The same name stands in {', '.join(each.id for each in same)}: add --all."]


_STAYS = (
    "What was said stays, with its answer and its group; so does the commitment, which nobody can "
    "read without the salt.",
    "Not removed: the history of git here and in every clone, releases and prints made before, "
    "receipts and letters that were sent. docs/privacy.md says what can be done there.",
)


def _as_json(chosen: list[ErasureInput], same: list[ErasureInput]) -> dict[str, Any]:
    return {"records": [each.id for each in chosen], "same_name": [each.id for each in same]}


def _require_yes(registrar: Registrar, yes: bool, lines: list[str]) -> None:
    """Ask, on a terminal. Raises `WrongUse` where nobody can be asked, or says no."""
    if yes:
        return
    if not on_terminal() or registrar.as_json:
        raise WrongUse(
            "what is erased can't be brought back, and nobody can be asked here",
            "Look with --dry-run, then add --yes. Nothing was changed.",
        )
    registrar.say(lines, [])
    if not click.confirm("Take it out?"):
        raise click.Abort
