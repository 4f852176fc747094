"""A file that came back, on its way to edits of the texts: read, shown, written, handed in."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from govkit.cli.jobs import ALL, jobs_of, laid_out
from govkit.cli.output import say_json, write_output_file
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import Registrar
from govkit.cli.session import Session
from govkit.cli.submitting.desk import SubmissionDesk
from govkit.cli.submitting.questions import may_ask, person
from govkit.cli.submitting.request import SubmissionRequest
from govkit.cli.suggesting.margin import MarginComments, MarginRequest
from govkit.cli.suggesting.returned_files import ReturnedFile, read_returned
from govkit.cli.suggesting.showing import (
    comments_shown,
    edits_shown,
    remainder_page,
    suggestion_as_json,
    unplaced_shown,
)
from govkit.corpus.changes.compare import language_of
from govkit.errors import WrongUse
from govkit.procedures.log.filing import write_as_one
from govkit.proposals.submission import proposed_sentence, submitted
from govkit.proposals.suggestions.drafting import draw_up
from govkit.proposals.suggestions.fields import straight
from govkit.proposals.suggestions.returned import letters_of
from govkit.proposals.suggestions.values import Suggestion, Texts
from govkit.records.kinds import TEXT_KINDS
from govkit.rendering.clauses import fully_labelled
from govkit.rendering.formats import written
from govkit.rendering.selection import Selection
from govkit.source.html_blocks import read_html
from govkit.source.marked_docx import MarkedFile
from govkit.store import commit_names
from govkit.store.journal import Write
from govkit.store.repository import is_repository
from govkit.workspace import Workspace
from govkit.workspace.comparison import StateComparison, compare
from govkit.workspace.edited_texts import edited_texts, with_files
from govkit.workspace.printed_states import PrintedState, printed_records, printed_state
from govkit.workspace.states import state_of_folder

_HEAD, _MOST_NAMED = 40, 3
"""Paragraphs in which a print of a single text names it, and how many such texts are looked for."""
_OF_THE_MOMENT = ("book.edition", "book.comments", "release.newest-entry")
"""Lines of a front that say something else as soon as the folder has moved on."""
_ENOUGH = 15
"""Letters from which on words are known whatever signs stand between them, as `·` in one format."""


class PrintedWords:
    """What is printed around the texts, as headings, sources and digests; laid out when asked."""

    def __init__(self, workspace: Workspace, marked: MarkedFile) -> None:
        """Take the file; it names the book that it is, or is held against all books, and against
        the prints of single texts that its first words name.
        """
        self._workspace, self._marked = workspace, marked

    @cached_property
    def _words(self) -> str:
        workspace = self._workspace
        known = {each.id for each in workspace.corpus.of_kind("instrument")}
        book = self._marked.properties.get("govkit-instrument", "")
        asked = [book if book in known else ALL]
        head = {word for each in self._marked.after[:_HEAD] for word in each.text.split()}
        texts = workspace.corpus.of_kind(*TEXT_KINDS)
        asked += [each.id for each in texts if each.id in head][:_MOST_NAMED]
        said: list[str] = []
        for job in jobs_of(asked, workspace, workspace.root):
            # As a file to be edited has it: a page leaves out labels that the head of a text says.
            document = fully_labelled(laid_out(job, Selection(), workspace))
            page = written(document, "html").decode()
            said += [straight(block.text) for block in read_html(page).blocks]
        return "\n".join(said)

    @cached_property
    def _letters(self) -> str:
        return letters_of(self._words)

    def __call__(self, words: str) -> bool:
        """Say whether words are printed around the texts."""
        if not words or straight(words) in self._words:
            return bool(words)
        said = self._workspace.corpus.messages
        if words.startswith(tuple(f"{said[key]}:" for key in _OF_THE_MOMENT)):
            return True
        letters = letters_of(words)
        return len(letters) >= _ENOUGH and letters in self._letters


@dataclass
class SuggestionDesk:
    """One file at the desk, and what becomes of it."""

    session: Session
    file: str
    request: SubmissionRequest
    now: datetime.datetime
    keep: bool
    """Whether the edits stay in the folder, and nobody hands them in."""
    margin: MarginRequest

    def run(self) -> int:
        """Draw the file up, file its comments, hand its edits in; return the exit code."""
        returned = read_returned(self.session.folder(), self.file)
        workspace = self.session.workspace()
        state = printed_state(workspace, returned.marked.properties)
        done = self._drawn_up(workspace, returned, state)
        changes = self._changes(workspace, done)
        registrar = Registrar(self.session, None, self.now, self.now, self.request.as_json)
        margin = MarginComments(
            workspace, registrar, returned, done.comments, self.margin, self.file
        )
        answer: dict[str, Any] = {"suggestion": suggestion_as_json(returned, state, done, changes)}
        self._say(self._about(returned, state, done))
        self._say(edits_shown(done, changes))
        self._say(unplaced_shown(done))
        self._say(comments_shown(done))
        if not self.request.dry_run:
            self._require_handed_in(workspace, done)
            margin.file_them(asks=may_ask(self.request.as_json))
        if not self.request.as_json:
            margin.say()
        answer["suggestion"]["filing"] = margin.as_json() if done.comments else None
        code = self._brought(workspace, returned, done, changes, answer)
        return code or (1 if self.margin.yes and margin.faults else 0)

    def _brought(
        self,
        workspace: Workspace,
        returned: ReturnedFile,
        done: Suggestion,
        changes: StateComparison,
        answer: dict[str, Any],
    ) -> int:
        if self.request.dry_run:
            nothing = [] if done.edits else ["", "Nothing is proposed."]
            self._say([*nothing, "", "This is a dry run: nothing was written."])
            return self._end(answer)
        answer["suggestion"]["rest"] = self._keep_rest(returned, done)
        if not done.files:
            self._say(["", "Nothing is proposed." if not done.edits else ""])
            root = workspace.root
            if self._has_history(root) and edited_texts(workspace, root).files:
                self._say(["Edits in this folder were not handed in yet: govkit submit"])
            return self._end(answer)
        writes = [Write(path, workspace.files.get(path), data) for path, data in done.files.items()]
        write_as_one(workspace.root, writes, self.now)
        return self._hand_in(workspace, returned, done, changes, answer)

    # --- what the file asks for -------------------------------------------------------------------

    def _drawn_up(
        self, workspace: Workspace, returned: ReturnedFile, state: PrintedState
    ) -> Suggestion:
        charter = workspace.corpus.charter
        here = printed_records(workspace)
        texts = Texts(
            before=state.documents if state.name else here,
            now=here,
            data=workspace.files,
            is_printed=PrintedWords(workspace, returned.marked),
            language=language_of(charter),
            preset=charter.force_words if charter is not None else "plain",
            today=self.now.date(),
            whole=not returned.marked.properties.get("govkit-selection"),
        )
        if not state.name:
            texts = texts._replace(before=here, now=here)
        done = draw_up(returned.marked, texts)
        if not done.placement.of:
            raise WrongUse(
                f"nothing in {visible(self.file)} is one of the texts of this folder",
                "Is it a print of these texts? It is read with its frames (content controls) or, "
                "without them, by its words.",
            )
        return done

    def _changes(self, workspace: Workspace, done: Suggestion) -> StateComparison:
        root = workspace.root
        now = state_of_folder(root, root)
        return compare(now, with_files(root, now, done.files))

    def _about(
        self, returned: ReturnedFile, state: PrintedState, done: Suggestion
    ) -> Iterator[str]:
        marked = returned.marked
        held = (
            f"It was held against {state.name}"
            if state.name
            else ("It was held against the texts as they stand in this folder")
        )
        if state.missed:
            held += f", since {visible(state.missed)}, which it names, is not here"
        yield f"{held}."
        if marked.authors:
            yield f"Tracked changes by {', '.join(map(visible, marked.authors))}."
        if done.placement.by_words:
            count = number_of(done.placement.by_words, "paragraph")
            yield f"{count} stood without a mark, and went to the texts with the same words."
        for note in (*marked.notes, *done.remarks):
            yield f"Note: {visible(note)}."

    # --- and then ---------------------------------------------------------------------------------

    def _keep_rest(self, returned: ReturnedFile, done: Suggestion) -> str | None:
        """Write what has no place into a file beside the one that came, and return its name."""
        if not done.unplaced:
            return None
        stem = Path(returned.name).stem or "file"
        folder = (
            self.session.folder()
            if self.file == "-"
            else (self.session.folder() / self.file).parent
        )
        path = folder / f"{stem}-not-placed.md"
        write_output_file(path, remainder_page(returned.name, done).encode())
        self._say(["", f"What has no place is kept in {visible(str(path))}"])
        return str(path)

    def _require_handed_in(self, workspace: Workspace, done: Suggestion) -> None:
        """Raise `WrongUse` where the folder has edits of a text that would be mixed with these, or
        nobody says who hands these in. Nothing is written before both are known.
        """
        root = workspace.root
        if done.files and self._has_history(root):
            if not self.keep:
                who = person(root, self.request.person, asks=may_ask(self.request.as_json))
                self.request = replace(self.request, person=who)
            known = edited_texts(workspace, root).files
            edited = sorted(path for path in done.files if path in known)
            if edited:
                raise WrongUse(
                    f"{', '.join(edited)}: this folder has edits of it that were not handed in",
                    "Hand them in first (`govkit submit`), or put them away (`git stash`). "
                    "Nothing was changed.",
                )

    def _has_history(self, root: Path) -> bool:
        return is_repository(root) and commit_names.head(root) is not None

    def _hand_in(
        self,
        workspace: Workspace,
        returned: ReturnedFile,
        done: Suggestion,
        changes: StateComparison,
        answer: dict[str, Any],
    ) -> int:
        self._say(["", *(f"Edited: {visible(path)}" for path in done.files)])
        root = workspace.root
        if self.keep or not self._has_history(root):
            self._say(["Look at them; then: govkit submit"])
            return self._end(answer)
        message = self.request.message or _sentence(returned, changes)
        request = replace(self.request, names=tuple(done.files), message=message)
        desk = SubmissionDesk(self.session, request, self.now)
        desk.answer |= answer
        code = desk.run()
        if code:
            self._say(["The edits stay in the folder; mend them there, then: govkit submit"])
        return code

    def _say(self, lines: Any) -> None:
        if not self.request.as_json:
            for line in lines:
                click.echo(fitted(line))

    def _end(self, answer: dict[str, Any]) -> int:
        if self.request.as_json:
            say_json({"version": 1, "dry_run": self.request.dry_run, **answer})
        return 0


def _sentence(returned: ReturnedFile, changes: StateComparison) -> str:
    changed = submitted(changes.changes)
    whose = ", ".join(returned.marked.authors[:3])
    begin = proposed_sentence(changed, [each.new_path or "" for each in changed])
    return f"{begin}, as suggested in Word{f' by {whose}' if whose else ''}"
