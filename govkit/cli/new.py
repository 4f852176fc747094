"""`govkit new`: write a new record to fill in, with the next free id."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from govkit.cli.asking import needed, require_likely_days, sure_option
from govkit.cli.printing.words import visible
from govkit.cli.session import A_DAY, DayType, GivenDay, Session, day_of, now_in_utc, pass_session
from govkit.errors import WrongUse
from govkit.records.kinds import KINDS, TEXT_KINDS, begun_by_new
from govkit.store import worktree
from govkit.store.journal import Write

_EPILOG = """Examples:
  govkit new provision --area DUE --title "Free complaint" --part due-process
  govkit new term --title "personal data"
  govkit new response --title "Notices" --issue suspension-without-reasons
  govkit new translation --of EXA-DUE-01 --language fr
  govkit new change EXA-DUE-01           what your edit of a text means: digests and questions

Numbers are never given twice: the next one comes after the highest in this
folder and in every branch, withdrawn texts included. Kinds that are named by
their file (terms, sources, …) get their name from the title, or from --id.
"""

CHANGE = "change"
"""What a person calls a declaration: what the author of a change says about it."""

_FITS = {
    "area": ("provision",),
    "part": TEXT_KINDS,
    "of": ("translation",),
    "language": ("translation",),
    "issue": ("response",),
    "date": ("event", "call"),
    "since": (CHANGE,),
}
"""Which kinds an option is for; the others are for all but translations."""


@click.command(epilog=_EPILOG)
@click.argument("kind", metavar="KIND")
@click.argument("text", metavar="[ID]", required=False)
@click.option(
    "--title", metavar="WORDS", help="The title, or for a term the term, for a member the name."
)
@click.option("--area", metavar="AREA", help="For a provision: its area in the charter, as DUE.")
@click.option("--id", "id_", metavar="ID", help="An id or a file name of your own choice.")
@click.option(
    "--part",
    metavar="PART",
    help="For a text: the part of its book that it is added to, by its id.",
)
@click.option("--of", metavar="ID", help="For a translation: what is translated.")
@click.option("--language", metavar="LANGUAGE", help="For a translation: its language, as fr.")
@click.option("--issue", metavar="ISSUE", help="For a response: the issue that it responds to.")
@click.option("--date", type=DayType(), help="For an event: its day. For a call: the day it opens.")
@click.option(
    "--since",
    metavar="REV",
    help="For a change: the words before are those of this commit. Default: where your branch "
    "left the main one.",
)
@click.option("--print", "print_", is_flag=True, help="Print the record, and write nothing.")
@sure_option
@pass_session
def new(
    session: Session,
    kind: str,
    text: str | None,
    title: str | None,
    area: str | None,
    id_: str | None,
    part: str | None,
    of: str | None,
    language: str | None,
    issue: str | None,
    date: datetime.date | None,
    since: str | None,
    print_: bool,
) -> None:
    """Write a new record to fill in, with the next free id.

    The record has comments that explain each field, and [insert …] where words are missing. Nothing
    that is there is ever overwritten. ID is for a change: the text that you edited.
    """
    from govkit.corpus.sheets import Sheets, added_to
    from govkit.workspace.renaming import paths_in_branches

    asked = click.get_current_context().params
    _refuse_unfit(kind, text, {"title": title, "id": id_, **{name: asked[name] for name in _FITS}})
    if kind == CHANGE:
        _new_change(
            session, needed(text, "ID", "the id of the text that you edited"), since, print_
        )
        return
    workspace = session.workspace()
    sheets = Sheets(workspace.corpus, paths_in_branches(workspace.root))
    if kind == "translation":
        of = needed(of, "--of", "the id of what is translated")
        language = needed(language, "--language", f"its language ({sheets.languages()})")
        sheet = sheets.translation(of, language, again=print_)
    else:
        if kind == "provision" and sheets.needs_area() and not id_:
            area = needed(area, "--area", f"the area ({sheets.areas()})")
        if (KINDS[kind].slugged and not id_) or kind == "call":
            title = needed(title, "--title", _TITLES.get(kind, "its title"))
        if kind == "response":
            issue = needed(issue, "--issue", f"the issue that it responds to ({sheets.issues()})")
        day = date.isoformat() if date else None
        if kind in _DAYS:
            day = _a_day(needed(day, "--date", _DAYS[kind]))
            typed = GivenDay("--date", day_of(day), "planned")
            require_likely_days(workspace.corpus, now_in_utc(), [typed])
        sheet = sheets.record(kind, title, id_, area, issue, day)
    book, items = sheets.part(sheet, part) if part else ("", ())
    edited = added_to(book, workspace.files[book], items, sheet.id) if part else None
    if print_:
        click.echo(sheet.data.decode(), nl=False)
        return
    also = [] if edited is None else [(book, workspace.files[book], edited)]
    _write(workspace.root, sheet.path, sheet.data, *also)
    if edited is not None:
        click.echo(f"Added {sheet.id} to the part `{visible(part or '')}` of {visible(book)}")
    for at, step in enumerate(sheets.next_steps(sheet, edited is not None)):
        click.echo(("      " if at else "Next: ") + visible(step))


def _new_change(session: Session, id: str, since: str | None, print_: bool) -> None:
    from govkit.workspace.declaring import declaration_sheet

    root = session.workspace_root()
    path, data, adopted = declaration_sheet(root, session.folder(), id, since)
    if print_:
        click.echo(data.decode(), nl=False)
        return
    if (root / path).exists():
        raise WrongUse(
            f"{path} is there already",
            "It holds for the words that it names. Where the text was edited since, take over what "
            "still holds (--print shows the new sheet), or remove the file and run this again.",
        )
    _write(root, path, data)
    then = "propose the change: `govkit propose open`" if adopted else "hand it in: `govkit submit`"
    click.echo(f"Next: fill in what stands in [insert …], then {then}.")


def _a_day(answer: str) -> str:
    """Return a day as a person answered it. Raises `WrongUse` for any other word."""
    try:
        return day_of(answer).isoformat()
    except ValueError:
        raise WrongUse(f"{answer} is no day", f"Write it as {A_DAY}.") from None


def _write(root: Path, path: str, data: bytes, *also: tuple[str, bytes, bytes]) -> None:
    """Write a new file, and what changes with it, as one."""
    from govkit.procedures.log.filing import write_as_one

    worktree.require_free(root / path)
    write_as_one(root, [Write(path, None, data), *(Write(*each) for each in also)], now_in_utc())
    click.echo(f"Wrote {visible(path)}")


_DAYS = {"event": "its day, as 2026-03-10", "call": "the day it opens, as 2026-03-10"}
_TITLES = {"term": "the term", "member": "the name"}


def fitting(kind: str) -> frozenset[str]:
    """Return the names of the options that are for a kind."""
    others = {each.name or "" for each in new.params} - {"kind", "text", *_FITS}
    return frozenset(others | {name for name, kinds in _FITS.items() if kind in kinds})


def _refuse_unfit(kind: str, text: str | None, given: dict[str, object]) -> None:
    kinds = begun_by_new()
    if kind == "declaration":
        raise WrongUse("a declaration is about a change", "Write: govkit new change ID.")
    if kind == "charter":
        raise WrongUse("a folder has one charter", "`govkit init` makes a folder with a charter.")
    if kind in KINDS and kind not in kinds:
        raise WrongUse(
            f"nobody writes a {kind} by hand",
            "A command makes it, so that nothing is forgotten: see `govkit --help`.",
        )
    if kind not in kinds:
        raise WrongUse(f"there is no kind `{kind}`", typed=kind, known=kinds)
    if text is not None and kind != CHANGE:
        raise WrongUse(
            f"`{text}` is one word too many", "An id of your own: --id. A title: --title."
        )
    for option, value in given.items():
        fits = _FITS.get(
            option, tuple(name for name in kinds if name not in ("translation", CHANGE))
        )
        if value is not None and kind not in fits:
            raise WrongUse(
                f"--{option} is not for a {kind}", f"It is for: {', '.join(fits)}. Leave it out."
            )
