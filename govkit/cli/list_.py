"""`govkit list`: which records there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import (
    format_meant,
    format_option,
    formerly,
    json_text,
    output_option,
    write_answer,
)
from govkit.cli.printing.screen import echo, text_file
from govkit.cli.printing.words import number_of
from govkit.cli.session import Session, pass_session
from govkit.cli.unread import say_unread
from govkit.corpus.ids import id_forms
from govkit.errors import GovkitError, WrongUse
from govkit.records.kinds import KINDS, PROCESS_KINDS, STATUSES, slug_of_path

if TYPE_CHECKING:
    from govkit.corpus.documents import Document
    from govkit.corpus.whole import Corpus
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit list                              everything but the records of the process
  govkit list provision                    one kind
  govkit list proposal comment             records of the process are listed by kind
  govkit list --right due-process          what touches a right
  govkit list --for "size=small users=child"
  govkit list --format json
  govkit list provision --format xlsx -o texts.xlsx   to be edited in a spreadsheet; it comes back
                                                      by `govkit suggest texts.xlsx`

A table (xlsx, csv) has a row for each clause, title, summary, condition, exception and definition.
"""
_FORMATS = ("text", "json", "csv", "xlsx")


def _kinds(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Take the name of a kind in the singular or the plural."""
    plural = {kind.many: name for name, kind in KINDS.items()}
    for value in values:
        if value not in KINDS and value not in plural:
            from govkit.source.nearest import advice

            wrong = WrongUse(f"`{value}` is no kind.", typed=value, known=KINDS.keys())
            raise click.BadParameter(f"{wrong.message} {advice(wrong)}")
    return tuple(plural.get(value, value) for value in values)


@click.command("list", epilog=_EPILOG, context_settings=formerly(text="contains"))
@click.argument("kinds", nargs=-1, callback=_kinds, metavar="[KIND]...")
@click.option("--status", metavar="STATUS", help="Only records with this status, as draft.")
@click.option("--right", metavar="RIGHT", help="Only texts that touch this right of the charter.")
@click.option("--area", metavar="AREA", help="Only provisions of this area, as DUE.")
@click.option(
    "--contains", "words", metavar="WORDS", help="Only records in which these words stand."
)
@click.option(
    "--for",
    "profile",
    multiple=True,
    metavar="PROFILE",
    help='Only texts for these users and platforms, as "users=child,adult size=large '
    'function=social". One size; users and functions may be several.',
)
@format_option(*_FORMATS)
@output_option("output")
@pass_session
def list_(
    session: Session,
    kinds: tuple[str, ...],
    status: str | None,
    right: str | None,
    area: str | None,
    words: str | None,
    profile: tuple[str, ...],
    format_: str,
    output: str | None,
) -> None:
    """List the records, by kind, status, right or profile."""
    workspace = session.workspace()
    format_ = format_meant(format_, _FORMATS, output)
    wanted = _Wanted(workspace.corpus, kinds, status, right, area, words, profile)
    documents = [document for document in workspace.corpus.documents if wanted.takes(document)]
    if status or right or area or words or profile:
        say_unread(workspace.corpus, wanted.kinds or _BY_DEFAULT)
    if format_ == "text" and output is None:
        echo(_shown(workspace.corpus, documents))
        return
    write_answer(output, "texts", format_, _as_bytes(workspace, documents, format_))


def _shown(corpus: Corpus, documents: Sequence[Document]) -> Iterator[str]:
    if not documents:
        yield "No record fits. `govkit list` shows all."
        return
    from govkit.cli.printing.table import table

    rows = [(d.kind or "", d.id, d.status or "-", _counted(corpus, d)) for d in documents]
    yield from table(("KIND", "ID", "STATUS", "TITLE"), rows).splitlines()
    yield f"{number_of(len(documents), 'record')}."


def _as_bytes(workspace: Workspace, documents: Sequence[Document], format_: str) -> bytes:
    if format_ == "text":
        return text_file(_shown(workspace.corpus, documents))
    if format_ == "json":
        from govkit.cli.printing.record import record_as_data

        records = [record_as_data(workspace.corpus, document) for document in documents]
        return json_text({"version": 1, "records": records}).encode()
    from govkit.proposals.suggestions.text_table import WIDTHS, text_rows
    from govkit.source.table_files import table_file

    # Whoever edits a table sends it back: a folder with edits of its own is no state to name.
    return table_file(format_, "Texts", text_rows(documents, workspace.commit), WIDTHS)


def _title(document: Document) -> str:
    """Return what a record is called; one without a title is known by its reason."""
    if document.record is None:
        return "(can't be read)"
    record: Any = document.record
    reason = " ".join((getattr(record, "reason", None) or "-").split())
    if document.kind == "coalition-act":
        return f"{record.kind}, {slug_of_path(record.path)}: {reason}"
    return document.title or reason


def _counted(corpus: Corpus, document: Document) -> str:
    """Return what a record is called; behind a call stands what came in."""
    if document.kind != "call" or document.record is None:
        return _title(document)
    from govkit.proposals.call_inputs import counted_inputs, inputs_of

    return f"{_title(document)} ({counted_inputs(inputs_of(corpus, slug_of_path(document.path)))})"


_BY_DEFAULT = tuple(kind for kind in KINDS if kind not in PROCESS_KINDS)
"""There are hundreds of positions, comments and entries; who wants them names their kind."""


class _Wanted:
    """What the options ask for."""

    def __init__(
        self,
        corpus: Any,
        kinds: tuple[str, ...],
        status: str | None,
        right: str | None,
        area: str | None,
        words: str | None,
        profile: tuple[str, ...],
    ) -> None:
        from govkit.corpus.profile import profile_of

        self.kinds, self.status, self.right, self.area = kinds, status, right, area
        self.words = words.casefold() if words else None
        self.charter = corpus.charter
        if status is not None:
            _hold("--status", status, STATUSES)
        if right is not None:
            _hold("--right", right, list(readable_charter(corpus).rights))
        if area is not None:
            _hold("--area", area, list(readable_charter(corpus).areas))
        self.profile = None
        if profile:
            self.profile = profile_of(" ".join(profile), readable_charter(corpus))

    def takes(self, document: Document) -> bool:
        """Say whether a document is asked for."""
        record: Any = document.record
        return (
            document.kind is not None
            and (document.kind in (self.kinds or _BY_DEFAULT))
            and (self.status is None or document.status == self.status)
            and (self.right is None or self._touches(record))
            and (self.area is None or self._in_area(document))
            and (self.words is None or self._says(document))
            and (self.profile is None or self._covered(document))
        )

    def _touches(self, record: Any) -> bool:
        rights = getattr(record, "rights", ())
        return isinstance(rights, tuple) and self.right in rights

    def _in_area(self, document: Document) -> bool:

        forms = id_forms(self.charter) if self.charter else {}
        form = forms.get(document.kind or "")
        return form is not None and form.area_of(document.id) == self.area

    def _says(self, document: Document) -> bool:
        return any(self.words in text.casefold() for _, text in document.texts if self.words)

    def _covered(self, document: Document) -> bool:
        texts = ("provision", "recommendation")
        return bool(
            self.profile
            and document.kind in texts
            and document.record
            and self.profile.covers(document.record)
        )


def _hold(option: str, word: str, known: Sequence[str]) -> None:
    """Raise `WrongUse`, with the words that there are, for one that is none of them."""
    if word not in known:
        raise WrongUse(f"{option} knows no `{word}`", typed=word, known=known)


def readable_charter(corpus: Any) -> Any:
    """Return the charter, or say that it has to be mended first."""
    if corpus.charter is None:
        raise GovkitError("the charter can't be read", "Run `govkit check` and mend it first.")
    return corpus.charter
