"""The commands of a register that are about its entries: show one, print some, begin one.

They are `govkit show`, `render` and `new` for one kind: what they do stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from govkit.cli.boxes import warn_of_boxes
from govkit.cli.output import files_option, format_option, formats_meant, write_files
from govkit.cli.session import Session, pass_session
from govkit.cli.several import printed_option
from govkit.cli.unread import say_unread
from govkit.errors import WrongUse
from govkit.records.kinds import KINDS
from govkit.rendering.formats import FORMATS, USUAL, written

if TYPE_CHECKING:
    from govkit.corpus.documents import Document
    from govkit.rendering.document import Document as Page
    from govkit.workspace import Workspace


def _examples(*lines: str) -> str:
    return "Examples:\n" + "".join(f"  govkit {line}\n" for line in lines)


def entry_named(session: Session, workspace: Workspace, kind: str, typed: str) -> Document:
    """Return the entry of a register that a person names: by its id, its title, or its file.

    Raises `WrongUse` where it is not there, or something else is called so.
    """
    from govkit.cli.naming import record_named

    own = workspace.corpus.find((kind,), typed)
    if own is not None:
        return own
    found = record_named(workspace, session.folder(), typed).record
    if found.kind != kind:
        raise WrongUse(
            f"{typed} is {KINDS[found.kind or ''].what}, and no {kind}",
            f"`govkit {KINDS[kind].many} list` shows what is in the register.",
        )
    return found


def show_command(kind: str) -> click.Command:
    """Return the command that shows one entry, as `govkit show` does."""
    many = KINDS[kind].many

    def run(context: click.Context, id_: str, format_: str, open_: bool) -> None:
        from govkit.cli.show import show

        session: Session = context.obj
        entry = entry_named(session, session.workspace(), kind, id_)
        context.invoke(show, id_=f"{kind}:{entry.id}", format_=format_, open_=open_)

    run.__doc__ = f"Show one of the {many}: its words, and what refers to it."
    command: Any = click.pass_context(run)
    command = click.option(
        "--open", "open_", is_flag=True, help="With --format html: open it in the browser."
    )(command)
    command = format_option("text", "json", "html")(command)
    command = click.argument("id_", metavar=kind.upper())(command)
    epilog = _examples(f"{many} show SLUG", f"{many} show SLUG --format html --open")
    return click.command("show", epilog=epilog)(command)


def begin_command(kind: str) -> click.Command:
    """Return the command that begins an entry, with the options of `govkit new` for its kind."""
    from govkit.cli.new import fitting, new

    many = KINDS[kind].many
    params = [each for each in new.params if each.name in fitting(kind)]

    def run(**given: Any) -> None:
        context = click.get_current_context()
        context.invoke(new, kind=kind, text=None, **given)

    more = {"response": " --issue ISSUE", "event": " --date 2026-10-14"}.get(kind, "")
    epilog = _examples(f'{many} new --title "A title"{more}', f"{many} new --print{more}")
    about = f"Begin one of the {many}: a record to fill in."
    return click.Command("new", params=params, callback=run, help=about, epilog=epilog)


def print_command(kind: str) -> click.Command:
    """Return the command that prints a register whole, or some of its entries."""
    many = KINDS[kind].many

    def run(session: Session, ids: tuple[str, ...], formats: tuple[str, ...], output: str) -> None:

        formats = tuple(formats_meant(formats, FORMATS, output))
        workspace = session.workspace()
        files = []
        for name, page in _pages(session, workspace, kind, ids).items():
            for each in formats:
                files.append((f"{name}.{each}", written(page, each)))
                if each == "pdf":
                    warn_of_boxes(f"{name}.pdf", page, "md,html")
        write_files(output, files)

    run.__doc__ = f"Print the register of {many}, or some of its entries."
    command: Any = pass_session(run)
    command = files_option("output")(command)
    command = printed_option(tuple(FORMATS), ",".join(USUAL))(command)
    command = click.argument("ids", nargs=-1, metavar=f"[{kind.upper()}]...")(command)
    epilog = _examples(
        f"{many} render", f"{many} render --format pdf -o {many}.pdf", f"{many} render SLUG"
    )
    return click.command("render", epilog=epilog)(command)


def _pages(
    session: Session, workspace: Workspace, kind: str, ids: tuple[str, ...]
) -> dict[str, Page]:
    from govkit.rendering.register_pages import entry_page, register_page

    corpus = workspace.corpus
    if not ids:
        say_unread(corpus, (kind,))
        return {KINDS[kind].many: register_page(corpus, kind)}
    entries = [entry_named(session, workspace, kind, id) for id in ids]
    return {f"{kind}-{each.id}": entry_page(corpus, each) for each in entries}
