"""What the steps of a proposal share: who writes, what stops them, and how the answer is shown."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import sure_option
from govkit.cli.output import (
    file_at,
    output_option,
    require_output_place,
    say_json,
    with_all,
    write_output_file,
)
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import visible
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.session import DayType
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.correspondence.mail import Mail
    from govkit.procedures.log.filing import Filing
    from govkit.procedures.proposals.announcements import AnnouncementFiles
    from govkit.procedures.proposals.opening import StepResult
    from govkit.proposals.blockers import Blocked
    from govkit.workspace import Workspace


@dataclass(frozen=True)
class Step:
    """A step of a proposal at the desk: who writes, and what becomes of the mail.

    `letter` are the words that the mail begins with.
    """

    registrar: Registrar
    letter: str
    output: str | None
    dry_run: bool

    @contextmanager
    def at_desk(self) -> Iterator[tuple[Workspace, str]]:
        """Open the folder for writing, and say who writes; what stops a step is told, and ends it.

        Yields the workspace and the member.
        """
        from govkit.procedures.log.register import require_registrar
        from govkit.proposals.blockers import Blocked

        try:
            with self.registrar.at_desk() as workspace:
                by = self.registrar.claimed(workspace)
                require_registrar(workspace, by)
                yield workspace, by
        except Blocked as stopped:
            tell_blocked(stopped, self.registrar.as_json)
            raise click.exceptions.Exit(stopped.exit_code) from None

    def file_revision(self, workspace: Workspace, by: str, done: StepResult) -> None:
        """File a revision, and say what is in it."""
        from govkit.procedures.proposals.opening import units_in_words

        lines = [
            f"Proposal {done.proposal}, revision {done.number}, code {done.revision.code}:",
            *(f"  {line}" for line in units_in_words(done.revision.units)),
            *done.notes,
        ]
        said = {"revision": done.number, "code": done.revision.code, "notes": done.notes}
        self.file(workspace, by, done, lines, proposal=done.proposal, **said)

    def file(
        self,
        workspace: Workspace,
        by: str,
        done: AnnouncementFiles | StepResult,
        words: Sequence[str],
        *,
        proposal: str,
        **more: Any,
    ) -> None:
        """File what a step comes to, write its mail, and say what was done.

        Letters are shown after the mail; each goes to one person. `more` is for programs.
        """
        from govkit.cli.comment.telling import drafted_or_shown
        from govkit.correspondence.letters import letter_as_json, letter_lines

        filings, mail, letters = done.filings, done.mail, done.letters
        answer: dict[str, Any] = {
            "proposal": proposal,
            **more,
            "dry_run": self.dry_run,
            "files": [{"path": each.path, "removed": each.data is None} for each in filings],
            "mail": {"subject": mail.subject, "body": mail.body, "digest": mail.digest},
            "letters": [letter_as_json(each) for each in letters],
        }
        registrar = self.registrar
        if self.dry_run:
            shown = [] if registrar.as_json else [*words, "", *_would_write(filings)]
            registrar.say([*shown, *_mail(mail, None), *letter_lines(letters)], (), **answer)
            return
        file = file_at(self.output, f"mail-{proposal}.txt")
        if file is not None:
            require_output_place(file)
        entries = registrar.file(workspace, filings, by)
        if file is not None:
            write_output_file(file, mail.as_text().encode())
        told = [] if registrar.as_json else drafted_or_shown(workspace, proposal, letters)
        registrar.say([*words, *_mail(mail, file), *told], entries, **answer)


def step_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of every step, and the `Step` as its first argument.

    They are --letter, -o, --dry-run, and the registrar's.
    """

    @functools.wraps(command)
    def with_step(
        registrar: Registrar, letter: str | None, output: str | None, dry_run: bool, **more: Any
    ) -> Any:
        _require_output(output)
        return command(Step(registrar, _letter_in(letter), output, dry_run), **more)

    return with_all(
        click.option(
            "--letter",
            type=click.Path(),
            metavar="FILE",
            help="Words of your own that the mail begins with.",
        ),
        output_option("output"),
        click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing."),
    )(registrar_options(with_step))


def revision_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --both and --comment-until, beside the options of every step."""
    return with_all(
        click.option(
            "--both",
            type=click.Path(),
            metavar="FOLDER",
            help="The texts for the case that the other proposal is adopted first.",
        ),
        click.option(
            "--comment-until",
            type=DayType(),
            help="The last day for comments. Default: the earliest that the policy allows.",
        ),
        sure_option,
    )(step_options(command))


def tell_blocked(stopped: Blocked, as_json: bool) -> None:
    """Say all that stops a step, each with the way out."""
    if as_json:
        stops = [each._asdict() for each in stopped.stops]
        say_json({"version": 1, "stopped": stopped.message, "because": stops})
        return
    lines = [click.style("stopped: ", fg="red", bold=True) + visible(stopped.message)]
    for each in stopped.stops:
        lines += ["", f"{click.style(visible(each.about), bold=True)}: {visible(each.why)}"]
        lines += [f"    {visible(line)}" for line in each.help.split("\n") if each.help]
    if stopped.hint:
        lines += ["", f"{click.style('help:', fg='cyan')} {visible(stopped.hint)}"]
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        click.echo(fitted(line, f"{indent}  "), err=True)


def _letter_in(path: str | None) -> str:
    """Return the words of a letter that a person named, or an empty text."""
    if path is None:
        return ""
    from govkit.source.scaffolds import NameRefused, paragraphs
    from govkit.store.worktree import read_named

    try:
        return paragraphs(read_named(Path(path)).decode("utf-8"))
    except UnicodeDecodeError:
        raise WrongUse(f"{path} is no plain text in UTF-8", "Save it as plain text.") from None
    except NameRefused as reason:
        message = f"the letter {path} can't be taken: {reason}"
        raise WrongUse(message, "Write it otherwise.") from None


def _require_output(output: str | None) -> None:
    """Raise `WrongUse` where the mail can't be written to the file that is named."""
    file = file_at(output, "mail.txt")
    if file is not None and not file.parent.is_dir():
        raise WrongUse(
            f"the mail can't be written to {output}",
            "Name a folder that is there, or a file in it.",
        )


def _would_write(filings: Iterable[Filing]) -> Iterator[str]:
    yield "This is a dry run. It would write:"
    for each in filings:
        if each.data is None:
            yield f"  {each.path} (taken away)"
            continue
        yield f"  {each.path}" + (" (as it was adopted)" if each.was and not each.entry else "")
        if each.entry is not None:
            yield from (f"      {line}" for line in each.data.decode().splitlines()[1:])


def _mail(mail: Mail, file: Path | None) -> Iterator[str]:
    yield ""
    if file is not None:
        yield f"The mail to send is in {file}."
        yield ""
        return
    yield "The mail to send:"
    yield ""
    yield from (f"  {line}".rstrip() for line in mail.as_text().split("\n"))
