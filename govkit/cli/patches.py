"""`govkit intake MAIL` where a mail hands in a change: shown whole, checked, put on a branch."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from govkit.cli.asking import KeyAnswers, on_terminal
from govkit.cli.output import say_json
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import number_of, visible
from govkit.errors import WrongUse
from govkit.source.mail import LARGEST_MAIL, read_mail
from govkit.source.nearest import advice

if TYPE_CHECKING:
    from govkit.cli.registrar import Registrar
    from govkit.findings import Finding
    from govkit.source.mail import MailText
    from govkit.source.patch_mail import ReceivedPatch
    from govkit.store.mailboxes import RawMail
    from govkit.workspace import Workspace
    from govkit.workspace.submitted_patches import PatchReading

_FAULTS = {
    "no-sender": "it names no sender",
    "two-senders": "it names several senders, so nobody could say whose it is",
    "broken": "it is broken",
}
_ANEW = "Ask the sender to send it anew, from their own address."


class PatchOutcome(NamedTuple):
    """What became of a mail with a patch, as `taken`, and what is said of it to programs."""

    became: str
    more: dict[str, Any]


class PatchDesk:
    """Where patches are looked at. `show` prints lines, `answer` asks a question."""

    def __init__(
        self,
        root: Path,
        coalition: str,
        now: datetime.datetime,
        show: Callable[[Iterable[str]], None],
        answer: Callable[[str, str], str],
        dry_run: bool,
    ) -> None:
        self.root, self.coalition, self.now = root, coalition, now
        self.show, self.answer, self.dry_run = show, answer, dry_run

    def take(self, raw: RawMail, mail: MailText) -> PatchOutcome:
        """Show the patch of a mail, and put it on a branch."""
        from govkit.source.patch_mail import patch_in
        from govkit.workspace.submitted_patches import read_patch

        self.show(["", f"{mail.sender or 'nobody known'}: {mail.subject}  ({raw.name})"])
        try:
            if not raw.whole:
                raise WrongUse(
                    f"the mail has more than {LARGEST_MAIL:,} bytes, and is not read",
                    "Ask the sender to name some of the texts only, and to send the others with a "
                    "second mail: `govkit submit --mail TEXT`.",
                )
            received = patch_in(raw.data)
            if received is None:
                raise WrongUse(
                    "no patch is attached to the mail itself",
                    "Save the mail that has it, and take in that.",
                )
            if mail.fault in _FAULTS:
                raise WrongUse(f"the mail can't be taken in: {_FAULTS[mail.fault]}", _ANEW)
            reading = read_patch(self.root, received.patch, self.coalition)
            return self._read(mail, received, reading)
        except WrongUse as cause:
            self.show([f"  Refused: {cause.message}", f"  {advice(cause)}"])
            return PatchOutcome("refused", {"cause": cause.message})

    def _read(self, mail: MailText, received: ReceivedPatch, reading: PatchReading) -> PatchOutcome:
        from govkit.procedures.proposals.patch_intake import branch_of_patch, file_patch

        about: dict[str, Any] = {
            "patch": sorted(each.path for each in received.patch.files),
            "made_for": received.patch.commit,
            "release": received.patch.release,
            "conflicts": dict(reading.conflicts),
        }
        self.show(_about_patch(received, reading))
        if reading.onto is None:
            self.show(
                [
                    "  Refused: this clone does not have the state that it was made for.",
                    "  Ask the sender to make it anew from the newest state.",
                ]
            )
            return PatchOutcome("refused", about | {"cause": "conflicts"})
        if not reading.files:
            self.show(["  Nothing to take in: all of these words stand here already."])
            return PatchOutcome("taken-before", about)
        branch, known = branch_of_patch(reading)
        about["branch"] = branch
        if known:
            self.show([f"  It was taken in before, on the branch {branch}."])
            return PatchOutcome("taken-before", about)
        findings = reading.findings(self.now.date())
        about["mistakes"] = len(findings)
        self.show(_change_and_mistakes(reading, findings))
        if self.dry_run:
            self.show([f"  It would go on the branch {branch}."])
            return PatchOutcome("would-take", about)
        unasked = "later" if findings or reading.conflicts else "yes"
        said = self.answer(f"Put it on the branch {branch}?", unasked)
        if said != "yes":
            self.show(_not_taken(said, findings, reading))
            return PatchOutcome("later" if said == "later" else "left", about)
        author = f"{received.sender_name or mail.sender.partition('@')[0]} <{mail.sender}>"
        commit = file_patch(reading, branch, author, mail.message_id, self.now)
        self.show(
            [
                f"  Taken in on the branch {branch}, commit {commit[:12]}. Nothing is merged.",
                f"  Look: git switch {branch}. Then: govkit propose open --proposer MEMBER",
            ]
        )
        return PatchOutcome("taken", about | {"commit": commit})


def _about_patch(received: ReceivedPatch, reading: PatchReading) -> Iterator[str]:
    """Yield what the sender says, and for which state it was made."""
    patch = received.patch
    yield f"  A change of {number_of(len(patch.files), 'file')}, in the sender's words:"
    yield from (f"    {line}" for line in patch.message.split("\n"))
    made_for = f"{patch.release}, commit" if patch.release else "commit"
    where = f"{made_for} {patch.commit[:12]}"
    if patch.commit == reading.head:
        yield f"  Made for the state that is checked out here ({where})."
    else:
        yield f"  Made for another state than the one that is checked out: {where}."
    yield from (f"  It has these words already: {path}" for path in reading.there)
    yield from (f"  Both changes were put together: {path}" for path in reading.merged)
    for path, why in reading.conflicts.items():
        yield f"  Does not fit what is checked out: {path}: {why}"
    if reading.conflicts and reading.onto is not None:
        yield "  So it would go on the state that it was made for, in the sender's exact words;"
        yield "  a merge then shows both sides."


def _not_taken(said: str, findings: list[Finding], reading: PatchReading) -> Iterator[str]:
    """Yield that nothing was taken in, and why it was not where nobody was asked."""
    yield "  Not taken in; nothing was written."
    if said == "later" and (findings or reading.conflicts):
        what = "mistakes in the words" if findings else "lines that others changed too"
        yield f"  It has {what}. Send the remarks to its author, and ask for the change anew;"
        yield "  or take it in as it is: without --yes, on a terminal, you are asked."


def _change_and_mistakes(reading: PatchReading, findings: list[Finding]) -> Iterator[str]:
    """Yield the redline, the files that are no text, and what `check` finds in the words."""
    from govkit.cli.printing.as_text import finding_as_text
    from govkit.cli.printing.changes import changes_as_text
    from govkit.rendering.changed_words import changes_in_words

    compared = reading.comparison
    changes = changes_in_words(compared.before, compared.after, compared.changes)
    for line in click.unstyle(changes_as_text(changes, marks=True)).splitlines():
        yield f"  {line}".rstrip()
    shown = {path for each in compared.changes.changes for path in (each.old_path, each.new_path)}
    old = reading.before
    for path, data in sorted(reading.files.items()):
        yield f"  {'Takes away' if data is None else 'Writes'} {path}"
        if path not in shown:  # no redline has it, as what an author declares
            was, is_ = ((each or b"").decode().splitlines() for each in (old.get(path), data))
            yield from (f"    {line}" for line in unified_diff(was, is_, n=1, lineterm=""))
    if findings:
        yield f"  `check` finds {number_of(len(findings), 'mistake')} in the words:"
    for each in findings:
        words = (reading.files[each.path] or b"").decode("utf-8", "replace").split("\n")
        remark = click.unstyle(finding_as_text(each, words))
        yield from (f"    {line}" for line in remark.splitlines())


# --- mails that are named, and hold patches alone -------------------------------------------------


def are_patches(names: tuple[str, ...]) -> bool:
    """Say whether all that is named are single mails with a patch."""
    from govkit.source.patch_mail import may_hold_patch
    from govkit.store.mailboxes import mails_in

    files = [Path(name) for name in names if name.lower().endswith(".eml")]
    if not files or len(files) != len(names) or not all(each.is_file() for each in files):
        return False
    first = (next(mails_in(each, LARGEST_MAIL)) for each in files)
    return all(may_hold_patch(each.data) for each in first)


def patch_desk(
    registrar: Registrar,
    workspace: Workspace,
    show: Callable[[Iterable[str]], None],
    answer: Callable[[str, str], str],
    dry_run: bool,
) -> PatchDesk:
    """Return the desk for the patches of a folder."""
    charter = workspace.corpus.charter
    coalition = charter.id if charter is not None else ""
    return PatchDesk(workspace.root, coalition, registrar.now, show, answer, dry_run)


def take_patches(registrar: Registrar, names: tuple[str, ...], yes: bool, dry_run: bool) -> int:
    """Take in mails with patches: nothing is filed, so that anybody with a clone may do it."""
    from govkit.store.mailboxes import mails_in

    if not (yes or dry_run) and (not on_terminal() or registrar.as_json):
        raise must_be_looked_at()
    rows: list[dict[str, Any]] = []
    keys = KeyAnswers()

    def show(lines: Iterable[str]) -> None:
        for line in () if registrar.as_json else lines:
            click.echo(fitted(visible(line)))

    def answer(question: str, unasked: str) -> str:
        known = {"y": "yes", "n": "left", "l": "later"}
        return unasked if yes else keys.answer(f"{question} [y]es [n]o [l]ater", known)

    desk = patch_desk(registrar, registrar.session.workspace(), show, answer, dry_run)
    for name in names:
        for raw in mails_in(Path(name), LARGEST_MAIL):
            mail = read_mail(raw.data, raw.whole)
            became = desk.take(raw, mail)
            row = {"mail": raw.name, "message_id": mail.message_id, "became": became.became}
            rows.append(row | became.more)
    if registrar.as_json:
        say_json({"version": 1, "dry_run": dry_run, "mails": rows, "entries": []})
    elif dry_run:
        show(["Nothing was written."])
    return 1 if any(row["became"] in ("refused", "later", "left") for row in rows) else 0


def must_be_looked_at() -> WrongUse:
    """Return what a mail is answered with where nobody can be asked."""
    return WrongUse(
        "each mail has to be looked at, and nobody can be asked here",
        "Run it on a terminal, or look first with --dry-run, and then add --yes.",
    )
