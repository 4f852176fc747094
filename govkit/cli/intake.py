"""`govkit intake`: what arrived becomes part of the record; two logs are brought together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import on_terminal
from govkit.cli.ballots import are_mails, take_mails
from govkit.cli.comment.options import dry_run_option, received_option
from govkit.cli.patches import are_patches, take_patches
from govkit.cli.printing.words import visible
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.statement import are_statements, require_no_statement, take_statement
from govkit.errors import WrongUse
from govkit.source.nearest import advice

if TYPE_CHECKING:
    from govkit.corpus.documents import Document
    from govkit.correspondence.letters import Letter
    from govkit.records.log import LogEntry
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit intake                show each submission, and ask
  govkit intake --yes          take all in: you have looked at each one on the host
  govkit intake statement.txt statement.txt.sig
                               a position that a member signed without govkit
  govkit intake ../mails       ballots that came by mail: show each one, and ask
  govkit intake answers.mbox --dry-run
  govkit intake change.eml     a change that was handed in by mail (govkit submit): onto a branch
  govkit intake ../mails --dkim-key ../keys.txt
                               mails that their domain signed are filed as E2
  govkit intake --resume       after a refused push and `git fetch`

By taking a submission in, you vouch that it came as it says: look on the host at
the account and the time. What does not fit its place is refused with the cause
and stays where it is.
Of a mail, only a marked box counts, never prose (docs/ballots.md). What is not clear
is asked back: the letter is drafted, and so is each receipt (-o; default: outbox in the
private folder).
A change is shown whole and checked, and goes on a branch of its own. Nothing is merged by it, and
it is no position.
Addresses on record stand in addresses.csv there: example-society,a@example.org.
When somebody else wrote in the log at the same time, git refuses your push. Then:
  git fetch
  govkit intake --resume       theirs first, yours behind with new numbers
  govkit seal                  your numbers have changed
  git add -A governance && git commit && git pull --no-rebase && git push
Nothing is fetched or pushed by it.
"""


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1, metavar="[SUBMISSION|FILE|FOLDER]...")
@click.option("--yes", is_flag=True, help="Do not ask: each one was looked at on the host.")
@click.option(
    "--resume", "resume_", is_flag=True, help="Bring the log of the others and yours together."
)
@click.option(
    "--mine",
    multiple=True,
    metavar="PATH",
    help="With --resume: of a file that both sides changed, yours stands.",
)
@click.option(
    "--theirs",
    multiple=True,
    metavar="PATH",
    help="With --resume: of a file that both sides changed, theirs stands.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="PATH",
    help="With mails: the folder for letters, one file a person.",
)
@click.option(
    "--dkim-key",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="With mails: the key of a sender's domain, as `dig` prints it. Several times.",
)
@received_option
@dry_run_option
@registrar_options
def intake(
    registrar: Registrar,
    names: tuple[str, ...],
    yes: bool,
    resume_: bool,
    mine: tuple[str, ...],
    theirs: tuple[str, ...],
    **of_mails: Any,
) -> int:
    """Take in what arrived, and bring two logs together."""
    if (mine or theirs) and not resume_:
        raise WrongUse("--mine and --theirs are for --resume only", "Add --resume.")
    if resume_:
        if names or yes or any(of_mails.values()):
            raise WrongUse(
                "--resume brings two logs together, and takes nothing in",
                "Run `govkit intake` without --resume for that.",
            )
        return _resume(registrar, mine, theirs)
    if are_patches(names):
        given = {key: value for key, value in of_mails.items() if key != "dry_run"}
        if any(given.values()):
            raise WrongUse(
                "-o, --dkim-key and --received are for ballots",
                "A patch becomes a branch, and no letter is written. Leave them out.",
            )
        return take_patches(registrar, names, yes, of_mails["dry_run"])
    if are_mails(names):
        return take_mails(registrar, names, yes=yes, **of_mails)
    if any(of_mails.values()):
        raise WrongUse(
            "-o, --dkim-key, --received and --dry-run are for mails only",
            "Name a mail, a mailbox, or a folder of mails.",
        )
    if are_statements(names):
        take_statement(registrar, names)
        return 0
    with registrar.at_desk() as workspace:
        return _Intake(registrar, workspace, yes).run(names)


class _Intake:
    """One session at the desk: each submission is shown, asked about, and filed by itself."""

    def __init__(self, registrar: Registrar, workspace: Workspace, yes: bool) -> None:
        self.registrar = registrar
        self.workspace = workspace
        self.yes = yes
        self.by = registrar.name(workspace)
        self.entries: list[LogEntry] = []
        self.taken = 0
        self.refused: list[tuple[str, str, str]] = []
        self.left: list[str] = []
        self.letters: list[Letter] = []
        self.told: list[str] = []

    def run(self, names: tuple[str, ...]) -> int:
        waiting = self._named(names)
        if waiting and not self.yes and (not on_terminal() or self.registrar.as_json):
            raise WrongUse(
                "each submission has to be looked at, and nobody can be asked here",
                "Look at each one on the host, then add --yes.",
            )
        for document in waiting:
            self._one(document)
        self._say(len(waiting))
        return 1 if self.refused else 0

    def _named(self, names: tuple[str, ...]) -> list[Document]:
        from govkit.procedures.comments.intake import submissions

        waiting = submissions(self.workspace)
        wanted = []
        for name in names:
            fit = [each for each in waiting if each.path == name or f"/{name}." in each.path]
            if not fit:
                require_no_statement(name)
            if not fit and Path(name).exists():
                raise WrongUse(
                    f"{name} is no submission, no mail and no statement",
                    "A mail is a file that ends in .eml or .mbox, or a folder of such files.",
                )
            if len(fit) != 1:
                raise WrongUse(
                    f"there is no submission `{name}`, and no file or folder of that name"
                    if not fit
                    else f"`{name}` names several",
                    "Name a submission by its path, as `govkit intake` prints it.",
                )
            wanted += fit
        return wanted or waiting

    def _one(self, document: Document) -> None:
        from govkit.procedures.comments.intake import (
            file_submission,
            prepare_submission,
            submission_lines,
        )
        from govkit.procedures.proposals.positions import verdict_lines

        self._show(submission_lines(document))
        try:
            taken = prepare_submission(self.workspace, document, self.registrar.now)
            if not self.yes and not click.confirm("  Take it in?"):
                self.left.append(document.path)
                return
            receipt = self.registrar.receipt(self.by)
            filed = file_submission(self.workspace, document, taken, receipt)
        except WrongUse as cause:
            self.refused.append((document.path, cause.message, advice(cause)))
            self._show([f"  Refused: {cause.message}", f"  {advice(cause)}"])
            return
        self.entries += filed.entries
        self.taken += 1
        self._show([f"  Taken in: {taken.path}, number {filed.entries[0].seq} in the log"])
        self._show([f"  {line}" for line in verdict_lines(filed.causes)])
        self.letters += filed.letters
        if not self.registrar.as_json:
            from govkit.cli.comment.telling import drafted_or_shown

            about = taken.path.split("/")[2]
            self.told += drafted_or_shown(self.workspace, about, filed.letters)
        self.workspace = filed.workspace

    def _show(self, lines: Any) -> None:
        if not self.registrar.as_json:
            for line in lines:
                click.echo(visible(line))

    def _say(self, waiting: int) -> None:
        from govkit.correspondence.letters import letter_as_json

        if self.registrar.as_json:
            refused = [{"path": path, "cause": cause} for path, cause, _ in self.refused]
            letters = [letter_as_json(each) for each in self.letters]
            self.registrar.say((), self.entries, refused=refused, left=self.left, letters=letters)
            return
        if not waiting:
            click.echo("Nothing has arrived that is not taken in.")
            return
        click.echo(
            f"Taken in: {self.taken}. Refused: {len(self.refused)}. "
            f"Left for later: {len(self.left)}."
        )
        self._show(self.told)


def _resume(registrar: Registrar, mine: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    from govkit.procedures.log.merged_log import words_of
    from govkit.procedures.log.merging import resume

    with registrar.at_desk() as workspace:
        registrar.name(workspace)
        done = resume(workspace.root, registrar.stamp, mine=mine, theirs=theirs)
    words = words_of(done)
    if done.files:
        words = [
            f"The others have {done.theirs} entries; yours come behind them.",
            *words,
            "Next: govkit seal && git add -A governance && git commit && git pull --no-rebase "
            "&& git push",
            "Send receipts after the push (`govkit receipt`): numbers are final then. "
            "Drafts of receipts that were written before name the old numbers: take the same mails "
            "in again (`govkit intake FOLDER`), and they are written anew.",
        ]
    registrar.say(
        words,
        done.entries,
        theirs=done.theirs,
        renamed=done.renamed,
        renumbered=done.renumbered,
        dropped=done.dropped,
        left=done.left,
        written=sorted(done.files),
    )
    return 0
