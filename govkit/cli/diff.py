"""`govkit diff`: what changed between two states, of what class, and which way."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.option_pairs import refuse_beside, require_beside
from govkit.cli.output import file_at, format_meant, format_option, json_text, output_option
from govkit.cli.plain_diff import Asked, plain_diff, put, put_text
from govkit.cli.printing.screen import folded
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import WrongUse
from govkit.records.kinds import NUMBERED_KINDS
from govkit.rendering.formats import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govkit.corpus.changes.values import Change, Changes
    from govkit.corpus.naming import Meant
    from govkit.findings import Finding
    from govkit.languages.catalogue import Messages
    from govkit.release.change_origins import ChangeOrigin
    from govkit.workspace.comparison import StateComparison
    from govkit.workspace.naming import RecordName
    from govkit.workspace.states import FolderState

FORMATS = ("text", "md", "html", "pdf", "docx", "json")

_EPILOG = """Examples:
  govkit diff                               since the last release, or since main
  govkit diff HEAD MCP-DUE-03               one text, since the last commit
  govkit diff HEAD "MCP-DUE-03(a)"          one clause of it
  govkit diff provisions/v1.0.0 v-next      two releases, branches or commits
  govkit diff ../theirs .                   two folders of texts
  govkit diff --format pdf -o changes.pdf   a redline to print and sign
  govkit diff --whole --format pdf -o all.pdf v1 v2
                                            the whole books, each change in its place
  govkit diff --whole -o all.docx v1 v2     the same with tracked changes and comments, for Word
  govkit diff --since provisions/v1.0.0 --for "size=small"
                                            what a platform that adopted 1.0.0 has to look at
  govkit diff --plain old.docx new.pdf      any two files with words: Word, PDF, web pages, Markdown
  govkit diff --plain old.docx new.docx --by "Ana Silva" -o changes.pdf
                                            a schedule of changes to answer and sign, then the text
  govkit diff --plain old.html new.html --changes
                                            the changed passages only

Words in [-brackets with a minus-] were taken out, words in [+brackets with a plus+] put in.
docs/changes.md explains the classes, with an example of each.

How it ends: 0, whether or not anything changed; with --exit-code 1 where something did;
2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@click.argument("names", metavar="[FROM] [TO] [ID]...", nargs=-1)
@format_option(*FORMATS)
@output_option("target")
@click.option(
    "--whole",
    is_flag=True,
    help="Print the whole books, each change in its place, who asked and who decided beside it.",
)
@click.option(
    "--plain",
    is_flag=True,
    help="Compare any two files OLD NEW: Word, PDF, web pages, Markdown, text.",
)
@click.option(
    "--language",
    metavar="LANGUAGE",
    help="With --plain: the language of the texts, as fr; else it is told by their words.",
)
@click.option("--by", metavar="NAME", help="With --plain: who compares, as it is printed.")
@click.option(
    "--changes", "only_changes", is_flag=True, help="With --plain: only the changed passages."
)
@now_option
@click.option(
    "--since",
    metavar="RELEASE",
    help="For one who adopted RELEASE: only what they have to look at again.",
)
@click.option(
    "--for",
    "profile",
    multiple=True,
    metavar="PROFILE",
    help='With --since: only what is for this platform, as "size=large function=social". One size; '
    "users and functions may be several.",
)
@click.option("--without-marks", is_flag=True, help="Leave marks of terms out of the redline.")
@click.option("--exit-code", is_flag=True, help="End with 1 where anything changed.")
@pass_session
def diff(
    session: Session,
    names: tuple[str, ...],
    format_: str,
    target: str | None,
    whole: bool,
    plain: bool,
    language: str | None,
    by: str | None,
    only_changes: bool,
    now: datetime.datetime | None,
    since: str | None,
    profile: tuple[str, ...],
    without_marks: bool,
    exit_code: bool,
) -> int:
    """Say what changed between two states, of what class, and which way.

    FROM and TO are releases, branches, commits or folders. Without TO it is the folder as it is;
    without FROM the last release, else the main branch.
    """
    format_ = format_meant(format_, FORMATS, target)
    to = file_at(target, f"changes.{'txt' if format_ == 'text' else format_}")
    if whole and (plain or since):
        raise WrongUse(
            f"--whole goes without {'--plain' if plain else '--since'}",
            "Leave one of them out: --whole prints the books of a coalition from end to end.",
        )
    if whole:
        refuse_beside({"--without-marks": without_marks}, "--whole", "No mark is printed there.")
    if plain:
        of_coalitions = {"--since": since, "--for": profile, "--without-marks": without_marks}
        refuse_beside(of_coalitions, "--plain", "It is about the texts of a coalition.")
        day = (now or now_in_utc()).date().isoformat()
        asked = Asked(language or "", by or "", day, only_changes)
        changed = plain_diff(names, session.folder(), asked, format_, to)
        return 1 if exit_code and changed else 0
    of_files = {"--language": language, "--by": by, "--changes": only_changes, "--now": now}
    require_beside(of_files, "--plain", "The texts of a coalition say that themselves.")
    if not since:
        require_beside({"--for": profile}, "--since", "Name the release that was adopted.")
    records, compared = _compared(session, names, since)
    if whole:
        records = list(_with_texts(records, compared))
    changes = _wanted(compared, records, profile, for_adopter=since is not None)
    compared = replace(compared, moved=tuple(_moved(compared, records)))
    if whole and format_ != "json":
        from govkit.cli.sides import root_for

        asked_ids = frozenset(record.id for record, _ in records)
        root = root_for(names, session.folder())
        _put_whole(root, compared, changes, asked_ids, format_, to)
    else:
        _put(compared, changes, format_, to, marks=not without_marks, whole=whole)
    return 1 if exit_code and changes.changes else 0


def _compared(
    session: Session, names: tuple[str, ...], since: str | None
) -> tuple[list[Meant[RecordName]], StateComparison]:
    """Return the records that were asked for, and the two states compared."""
    from govkit.cli.sides import asked_for, records_meant, root_for
    from govkit.workspace.comparison import compare
    from govkit.workspace.states import beginning, state_named, state_of_folder

    root = root_for(names, session.folder())
    asked = asked_for(names, session.folder(), root)
    if since is not None and asked.old:
        raise WrongUse(
            "--since says what to compare with", "Leave FROM and TO out, or leave --since out."
        )
    named = since or asked.old
    old = state_named(root, session.folder(), named) if named else beginning(root)
    new = (
        state_named(root, session.folder(), asked.new) if asked.new else state_of_folder(root, root)
    )
    wanted = records_meant(asked.records, root, session.folder(), old, new)
    return wanted, compare(old, new)


def _wanted(
    compared: StateComparison,
    records: list[Meant[RecordName]],
    profile: tuple[str, ...],
    *,
    for_adopter: bool,
) -> Changes:
    """Return the changes that were asked for: of some records and clauses, or what an adopter has
    to look at.
    """
    changes = list(chosen(compared.changes.changes, records))
    if for_adopter:
        from govkit.cli.list_ import readable_charter
        from govkit.corpus.changes.adopters import to_look_at
        from govkit.corpus.profile import profile_of

        charter = readable_charter(compared.after) if profile else None
        wanted = profile_of(" ".join(profile), charter) if charter else None
        changes = list(to_look_at(changes, compared.before, compared.after, wanted))
    return replace(compared.changes, changes=tuple(changes))


def _with_texts(
    records: Iterable[Meant[RecordName]], compared: StateComparison
) -> Iterator[Meant[RecordName]]:
    """Yield the records that were asked for, a book with the texts that it holds on either side."""
    from govkit.corpus.books import items_of

    for each in records:
        yield each
        for state in (compared.before, compared.after):
            book = state.find(("instrument",), each.record.id)
            for id in items_of(getattr(book and book.record, "parts", ())):
                text = state.find(NUMBERED_KINDS, id)
                if text is not None:
                    yield each._replace(record=each.record._replace(kind=str(text.kind), id=id))


def _moved(compared: StateComparison, records: list[Meant[RecordName]]) -> Iterator[Finding]:
    """Yield the references whose words moved: into the records that were asked for, or in them."""
    for each in compared.moved:
        named = {each.id, each.message.partition("(")[0]}
        if not records or any(record.id in named for record, _ in records):
            yield each


def chosen(changes: Iterable[Change], records: list[Meant[RecordName]]) -> Iterator[Change]:
    """Yield the changes of some records, of all where none is named; and of a record of which only
    clauses are named, what changed in these. Its class stays that of the whole.
    """
    for change in changes:
        named = [
            part
            for record, part in records
            if (record.id, change.kind) in ((change.id, kind) for kind in record.kinds)
        ]
        if not records or () in named:
            yield change
            continue
        clauses = {part[0] for part in named}
        inside = [each for each in change.clauses if each.id in clauses]
        fields = [each for each in change.fields if _clause_in(each.field) in clauses]
        if inside or fields:
            yield replace(change, clauses=tuple(inside), fields=tuple(fields))


def _clause_in(field: str) -> str:
    return field.split(".")[1] if field.startswith("clauses.") else ""


def _put(
    compared: StateComparison,
    changes: Changes,
    format_: str,
    target: Path | None,
    *,
    marks: bool,
    whole: bool,
) -> None:
    if format_ == "json":
        from govkit.cli.printing.changes_json import changes_as_data

        old, new = compared.old.name, compared.new.name
        origins = _origins(compared, changes) if whole else None
        data = changes_as_data(
            old, new, changes, marks=marks, moved=compared.moved, origins=origins
        )
        put(json_text(data).encode(), target)
        return
    from govkit.rendering.changed_words import changes_in_words

    changes = changes_in_words(compared.before, compared.after, changes)
    if format_ == "text":
        from govkit.cli.printing.changes import changes_as_text

        text = changes_as_text(changes, marks=marks, moved=compared.moved)
        put_text(folded(text.splitlines()) if target is None else text, target)
    else:
        from govkit.rendering.changes import document_of_changes

        said = compared.after.messages
        old, new = (_printed_name(state, said) for state in (compared.old, compared.new))
        tracked = format_ == "docx"
        document = document_of_changes(
            compared.after, old, new, changes, marks=marks and not tracked, tracked=tracked
        )
        put(written(document, format_), target)


def _origins(compared: StateComparison, changes: Changes) -> Mapping[str, ChangeOrigin]:
    from govkit.release.change_origins import origins_of
    from govkit.workspace.comparison import whole

    return origins_of(whole(compared.new), changes)


def _put_whole(
    root: Path,
    compared: StateComparison,
    changes: Changes,
    only: frozenset[str],
    format_: str,
    target: Path | None,
) -> None:
    from govkit.release.change_origins import origins_of
    from govkit.rendering.whole_redline import WholeRedline
    from govkit.workspace.comparison import whole

    before, after = whole(compared.old), whole(compared.new)
    names = [_dated_name(root, state, after.messages) for state in (compared.old, compared.new)]
    origins = origins_of(after, changes)
    tracked = format_ == "docx"
    document = WholeRedline(
        before, after, names[0], names[1], changes, origins, only, tracked
    ).document()
    if format_ == "text":
        from govkit.cli.printing.whole_redline import whole_redline_as_text

        text = whole_redline_as_text(document)
        put_text(folded(text.splitlines()) if target is None else text, target)
    else:
        put(written(document, format_), target)


def _dated_name(root: Path, state: FolderState, said: Messages) -> str:
    from govkit.workspace.states import version_and_day

    version, day = version_and_day(root, state)
    if not day:
        return _printed_name(state, said)
    printed = said.say("changes.state", name=version, commit=state.name[:12], day=said.date(day))
    return printed.removeprefix(", ")


def _printed_name(state: FolderState, said: Messages) -> str:
    """Return the name of a state for a page: where a folder lies is nobody else's business."""
    return said["changes.working-folder"] if "/" in state.name else state.name
