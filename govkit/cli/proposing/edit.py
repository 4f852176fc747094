"""`govkit propose edit`: a text opens in the person's editor, and comes back with what is wrong."""

from __future__ import annotations

import datetime
import hashlib
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.asking import on_terminal
from govkit.cli.printing.screen import fitted, folded
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session, today_in_utc, today_option
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.findings import Finding

_EPILOG = """Examples:
  govkit propose edit EXA-DUE-01
  govkit propose edit user                            a term, by its name
  VISUAL="code --wait" govkit propose edit EXA-DUE-01

The editor is that of VISUAL or EDITOR, else nano, else vi. When you leave it, the text is checked.
Where something is wrong, you are asked: edit again, keep it as it is, or undo. What you typed is
never lost: undone words are kept in a file that is named. Then: govkit submit

How it ends: 0 the words are right, or as they were; 1 mistakes are left, 2 wrong use, 3 the world
failed.
"""
_PLAIN = ("sensible-editor", "nano", "vi")
"""The editors of a system, the easiest first."""
_ANSWERS = click.Choice(("e", "k", "u"), case_sensitive=False)


@click.command("edit", epilog=_EPILOG)
@click.argument("id", metavar="ID")
@today_option
@pass_session
def edit(session: Session, /, id: str, today: datetime.date | None) -> int:
    """Open a text in your editor, and check it when you come back."""
    from govkit.cli.naming import record_named
    from govkit.proposals.submission import NO_SUBMISSION, may_be_handed_in

    workspace = session.workspace()
    path = record_named(workspace, session.folder(), id).record.path
    if not may_be_handed_in(path):
        raise WrongUse(f"{path} is none of the files that contributors edit", NO_SUBMISSION)
    return _Editing(session, workspace.root, path, today or today_in_utc()).run()


class _Editing:
    """One text at one editor, until it is right or given up."""

    def __init__(self, session: Session, root: Path, path: str, today: datetime.date) -> None:
        self.session, self.root, self.path, self.today = session, root, path, today
        self.before = (root / path).read_bytes()

    def run(self) -> int:
        words = _editor()
        while True:
            ended = _opened(words, self.root / self.path)
            if ended:
                self._say(f"The editor {_how(ended)}; the file is as it left it.")
            if not (self.root / self.path).is_file():
                self._put_back()
                return 1
            if self._now() == self.before:
                self._say(
                    "Nothing was changed. If your editor came back at once, let it wait, as "
                    '`VISUAL="code --wait"`.'
                )
                return 1 if ended else 0
            wrong = self._check()
            if not wrong:
                self._show_change()
                self._say("Next: govkit submit")
                return 0
            self._say(f"{number_of(len(wrong), 'mistake')} in the words.")
            if not on_terminal():
                self._say(f"The file stays as you edited it: {self.path}")
                return 1
            said = click.prompt(
                "(e)dit again, (k)eep it as it is, (u)ndo", type=_ANSWERS, default="e"
            )
            if said == "k":
                return 1
            if said == "u":
                self._undo()
                return 0

    def _now(self) -> bytes:
        return (self.root / self.path).read_bytes()

    def _say(self, line: str) -> None:
        click.echo(fitted(visible(line)))

    def _check(self) -> list[Finding]:
        """Show what `check` finds in the text, and return what has to be mended."""
        from govkit.cli.printing.as_text import finding_as_text
        from govkit.workspace import open_workspace
        from govkit.workspace.edited_texts import stops_handing_in

        workspace = open_workspace(self.root)
        found = workspace.check(self.today, only={self.path}).findings
        for each in found:
            click.echo(finding_as_text(each, workspace.lines(each.path)), nl=False)
        return [each for each in found if stops_handing_in(each)]

    def _show_change(self) -> None:
        from govkit.cli.printing.changes import changes_as_text
        from govkit.workspace.comparison import compare
        from govkit.workspace.edited_texts import with_files
        from govkit.workspace.states import state_of_folder

        now = state_of_folder(self.root, self.root)
        old = with_files(self.root, now, {self.path: self.before})
        text = changes_as_text(compare(old, now).changes, marks=False)
        click.echo(folded(text.splitlines()), nl=False)

    def _undo(self) -> None:
        """Put the words back that were there, and keep the others in a file of their own.

        The digest in its name keeps other words from ever being put in their place.
        """
        from govkit.store.clone_lock import state_folder_of
        from govkit.store.worktree import write_whole

        words, name = self._now(), Path(self.path)
        digest = hashlib.sha256(words).hexdigest()[:16]
        kept = state_folder_of(self.root) / "undone" / f"{name.stem}-{digest}{name.suffix}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, words)
        self._put_back()
        self._say(f"Your words are kept in {kept}")

    def _put_back(self) -> None:
        from govkit.store.worktree import write_whole

        write_whole(self.root / self.path, self.before)
        self._say(f"{self.path} is as it was before.")


def _editor() -> list[str]:
    """Return the command of the editor. Raises `WrongUse` where none can be used here."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named:
        try:
            words = shlex.split(named)
        except ValueError:
            words = []
        if words and shutil.which(words[0]):
            return words
        raise WrongUse(
            f"the editor `{named}` is not on this machine",
            "Name one that is, as VISUAL=nano; or open the file itself in any editor.",
        )
    found = next((each for each in _PLAIN if shutil.which(each)), None)
    if found is None or not on_terminal():
        raise WrongUse(
            "there is no terminal here for an editor"
            if found
            else "no editor is known on this machine",
            'Name one: VISUAL="code --wait"; or open the file itself in any editor.',
        )
    return [found]


def _how(ended: int) -> str:
    """Return in words how a process ended; a number below 0 is the signal that stopped it."""
    if ended > 0:
        return f"reported a failure ({ended})"
    return "was stopped from outside" if -ended in (2, 9, 15) else "broke down"


def _opened(words: list[str], file: Path) -> int:
    """Let a person edit a file; return the number with which the editor ended."""
    try:
        return subprocess.run([*words, str(file)], check=False).returncode
    except OSError as error:
        raise WrongUse(
            f"the editor `{words[0]}` can't be started: {error.strerror}", "Name another: VISUAL."
        ) from None
