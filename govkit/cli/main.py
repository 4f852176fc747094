"""The command `govkit`: its global options, its commands, and how it ends.

Commands are imported when they are called, so that `--help` and `--version` start at once. What
each does in one line stands here, and a test holds it equal to the command's own help.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import Any, NoReturn

import click

from govkit import __version__
from govkit.cli.everywhere import take_session, with_options
from govkit.cli.groups import Commands
from govkit.cli.printing.words import endless_cut, visible
from govkit.cli.streams import guarded, hold_open
from govkit.errors import GovkitError, of_the_system

SECTIONS = {
    "Texts and releases": {
        "check": "Check all texts and say what is wrong, with its place.",
        "list": "List the records, by kind, status, right or profile.",
        "show": "Show one record: its words, its digest, and what refers to it.",
        "diff": "Say what changed between two states, of what class, and which way.",
        "review": "Print what a change does: redlines, classes, consent needed, remarks.",
        "history": "List each change of one record: what it did, when, by whom, in which release.",
        "blame": "Say which change gave each clause of a record its present words.",
        "impact": "List everything that rests on a record, directly or through others.",
        "coverage": "Say which texts cover a principle, law, right or issue, and what none covers.",
        "new": "Write a new record to fill in, with the next free id.",
        "rename": "Give a draft, a term, a source or a clause another id, everywhere it is named.",
        "translate": "Say how far translations are, and send worklists to translators and back.",
        "fmt": "Put files into the common form, and change no word.",
        "render": "Print a book or one record as Markdown, HTML, PDF or JSON.",
        "site": "Build the coalition's website: static files, whole without a script.",
        "serve": "Show the website of this folder while you write, with findings and redlines.",
        "adopt": "Write a platform's own terms from provisions, and say what it took in.",
        "label": "Check the label with which a platform says what it took in.",
        "terms": "Change a platform's terms of service as its adopted provisions ask.",
        "acceptance": "Check a platform's log of who accepted which terms; prove and find records.",
        "adoption": "Keep the register of platforms that took provisions in.",
        "assess": "Evaluate the terms of a service, clause by clause.",
        "release": "Make releases that prove themselves, tell what changed, and check them.",
    },
    "What is open": {
        "today": "Say what is to be done, by whom, until when, with the command that does it.",
        "status": "Say how a proposal stands: what is required, given, missing, and who objects.",
        "where": "Say where the current words of everything are, a line each.",
        "calendar": "Show the dates that were promised, moved and kept; or plan a cycle.",
        "report": "Print what the coalition reports to others, from its records.",
    },
    "Proposals and what people say": {
        "call": "Open a call for inputs with its dates, take inputs, move a date, close it.",
        "submit": "Hand in your edits: a branch and a commit, then a pull request or a mail.",
        "form": "Read forms of a code host, and put what they bring on branches.",
        "desk": "Edit the texts in the browser: forms, findings, redlines, printed pages.",
        "suggest": "Make edits of a Word file or table that came back changed, and hand them in.",
        "propose": "Propose edited texts, revise them, call for positions, or withdraw.",
        "comment": "Take in comments on a proposal, answer them, print them.",
        "answer": "Answer an objection, or record that its author is satisfied.",
        "consent": "Write down a position that a member gave, with what shows it.",
        "evidence": "File what shows a position, so that it counts for more.",
        "correct": "File what is right beside what was written down wrongly.",
        "erase": "Take out the name of a person who asks to be left out, or a withheld reason.",
        "intake": "Take in what arrived, and bring two logs together.",
        "letters": "Write each letter that is owed: calls, receipts, answers, decisions.",
        "bulletin": "Draft the mail for the list: what is open, and what is new since a day.",
        "send": "Hand drafts of mails to the server that you named, each once, when told to.",
        "decide": "Say what is decided about a proposal; with --apply, record it and apply it.",
    },
    "The life of the coalition": {
        "issues": "List, show, print and begin legal issues; the matrix of who responds to them.",
        "responses": "List, show, print and begin responses to legal issues.",
        "initiatives": "List, show, print and begin existing initiatives.",
        "events": "List, show, print and begin meetings and webinars.",
        "papers": "List, show, print and begin white papers.",
        "members": "List, show and print members; the balance of groups and regions.",
    },
    "The coalition": {
        "found": "Found the coalition: its first coordinators and its first charter.",
        "amend": "File a change of the charter, of a policy, or of who coordinates.",
        "take-over": "Take over texts that a body adopted before its register began.",
        "member": "Take members in, end a membership, add or end a key; or ask to join.",
        "minutes": "Write the form for minutes of a meeting, and take in what they say.",
        "attendance": "File who came to a meeting, so that a quorum can rest on it.",
        "sign": "Sign an act that is filed, or lay in a signature that was made elsewhere.",
        "countersign": "Vouch, by a signature, for what another coordinator filed.",
    },
    "The log": {
        "seal": "Seal the log: sign its head, over all entries, before you push.",
        "witness": "Sign a sealed head of the log that you have seen.",
        "receipt": "Write the receipts of what was filed, and check one.",
        "audit": "Look whether the coalition keeps its own rules: open, answered, dissent shown.",
    },
    "This folder and this machine": {
        "init": "Make a new governed folder, with one example of each record.",
        "explain": "Explain a rule: why it is there, a bad and a good example.",
        "lsp": "Serve an editor: findings while you type, ids to choose from, links, renaming.",
        "schema": "Print the JSON Schema of a kind, for editors.",
        "hook": "Keep the log whole on the server that others push to, as a hook of git.",
        "doctor": "Look whether this machine has all that govkit needs.",
        "completion": "Print what makes the shell complete govkit's words.",
        "help": "Say what govkit or one of its commands does, with examples.",
        "version": "Print which version of govkit this is.",
    },
}
"""What each command does, under the headings of the help."""

COMMANDS = {name: does for section in SECTIONS.values() for name, does in section.items()}

INTERRUPTED = 130

REGISTERS = {
    "issues": "issue",
    "responses": "response",
    "initiatives": "initiative",
    "events": "event",
    "papers": "paper",
    "members": "member",
}
"""The commands that are made from the kind of record that they are about."""

_FILES = {"list": "list_", "take-over": "take_over", "help": "help_"}


class Govkit(Commands):
    """The commands of govkit, and why one ends."""

    told = COMMANDS
    package = "govkit.cli"
    files = _FILES

    def command_named(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command; those of the registers are made alike, and have no file each."""
        if name in REGISTERS:
            from govkit.cli.registers import register_group

            return register_group(REGISTERS[name])
        return super().command_named(ctx, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under their headings, in columns that stand under each other."""
        widest = max(map(len, COMMANDS))
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), commands[name]) for name in commands])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; why it ends is said here, where its colours are known."""
        try:
            return super().invoke(ctx)
        except (GovkitError, OSError) as failed:
            ctx.exit(_told(failed))


_EPILOG = """Examples:
  govkit                     what is here, what is wrong, what to do next
  govkit check               check everything
  govkit show MCP-DUE-03     read one text
  govkit -C ~/texts check    the same in another folder
  govkit help check          what a command does

-C and --color may stand before the command or after it.
"""


@click.group(
    cls=Govkit,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG,
)
@click.version_option(__version__, prog_name="govkit", message="%(prog)s %(version)s")
@click.pass_context
def govkit(ctx: click.Context) -> None:
    """Govern public texts in git: check them, read them, print them.

    Without a command, govkit says what is here, what is wrong, and what to do next.
    """
    take_session(ctx)
    if ctx.invoked_subcommand is None:
        from govkit.cli.overview import overview

        ctx.invoke(overview)


with_options(govkit, hidden=False)


def main() -> NoReturn:
    """Run govkit and end with an honest number: 0, 1, 2, 3 or 130."""
    # A command lives for a moment and keeps what it reads, in trees without circles. Looking for
    # circles again and again would cost a third of a large check.
    gc.disable()
    # A plugin of pydantic that is installed beside could change what a record is; and to look for
    # one reads the metadata of every package there is.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    try:
        hold_open()
    except GovkitError as failed:
        sys.exit(_told(failed))
    streams = guarded()
    code = _run(sys.argv[1:])
    lost = streams.lost()
    sys.exit(_told(lost) if lost and code != INTERRUPTED else code)


def _run(arguments: list[str]) -> int:
    try:
        answer: Any = govkit.main(args=arguments, prog_name="govkit", standalone_mode=False)
        return answer if isinstance(answer, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as wrong:
        wrong.message = endless_cut(wrong.message)  # type: ignore[misc]
        _show(wrong)
        return 2
    except (GovkitError, OSError) as failed:  # while the shell completes a word
        return _told(failed)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing is half written.", err=True)
        return INTERRUPTED


def _show(wrong: click.ClickException) -> None:
    """Print what click says of a wrong use, in lines that fit the screen."""
    from govkit.cli.printing.screen import fitted

    said = io.StringIO()
    wrong.show(said)
    for line in said.getvalue().splitlines():
        click.echo(fitted(line, " " * len("Error: ")), err=True)


def _told(failed: GovkitError | OSError) -> int:
    """Say why a command ends, and return the number with which it does.

    Here ends what the system says no to and nobody nearer to it has put into words.
    """
    said = of_the_system(failed) if isinstance(failed, OSError) else failed
    if sys.stderr is not None:
        from govkit.cli.printing.screen import fitted
        from govkit.source.nearest import advice

        error, help_ = (
            click.style("error: ", fg="red", bold=True),
            click.style("help:  ", fg="cyan"),
        )
        for name, words in ((error, said.message), (help_, advice(said))):
            if words:
                said_ = name + endless_cut(visible(words))
                click.echo(fitted(said_, " " * len("error: ")), err=True)
    return said.exit_code
