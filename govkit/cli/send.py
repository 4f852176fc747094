"""`govkit send`: hand drafts to the mail server that a person named, when told to, each once."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import on_terminal
from govkit.cli.option_pairs import refuse_beside
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import WrongUse
from govkit.store.mail_server import (
    Encryption,
    MailServer,
    SendmailProgram,
    ServerLost,
    SmtpLine,
    server_named,
)

if TYPE_CHECKING:
    from govkit.procedures.proposals.sending import OutboxDraft
    from govkit.store.mail_server import ServerAnswer
VARIABLE = "GOVKIT_SMTP_PASSWORD"
_EPILOG = f"""Examples:
  git config govkit.smtp mail.example.org:587
  git config govkit.smtp-user agora
  govkit send                                  list, ask, send the outbox
  govkit send ../outbox --dry-run              to whom what would go
  govkit send ../outbox --yes --rate 10 --password-file ../password.txt
  govkit send ../outbox --sendmail /usr/sbin/sendmail
  govkit send --dry-run --format json          the same for programs

Without --yes the list is shown first, and a person is asked; where nobody can be
asked, nothing is sent. The password is read from {VARIABLE}, from a
file, or asked for; it is never an option and never stored.
What went out is noted in sent.jsonl in the private folder, and the draft moves to
sent/. A ballot or reminder is held back once its member was heard, or its round is over.
Interrupted, run it again: nothing is sent twice. Where the line broke
within a mail, nobody can tell whether it arrived: name it with --again.
"""


@click.command(epilog=_EPILOG)
@click.argument("drafts", nargs=-1, metavar="[FOLDER|DRAFT.eml]...")
@click.option("--dry-run", is_flag=True, help="Say to whom what would go, and send nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--server", metavar="HOST:PORT", help="Default: `git config govkit.smtp`.")
@click.option("--user", metavar="NAME", help="Who logs in. Default: `git config govkit.smtp-user`.")
@click.option(
    "--tls",
    type=click.Choice(["starttls", "tls", "none"]),
    default="starttls",
    show_default=True,
    help="How the line is encrypted; none is for this machine alone.",
)
@click.option("--password-file", metavar="FILE", help="The file with the password.")
@click.option("--sendmail", metavar="PROGRAM", help="Hand mails to this program instead.")
@click.option(
    "--rate",
    type=click.IntRange(1, 6000),
    default=30,
    show_default=True,
    metavar="N",
    help="The most mails a minute.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 600),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for the server.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Send those, too, that may have gone out, or whose address returned a mail.",
)
@format_option("text", "json")
@pass_session
def send(session: Session, /, drafts: tuple[str, ...], format_: str, **asked: Any) -> int:
    """Hand drafts of mails to the server that you named, each once, when told to."""
    told = _Told(as_json=format_ == "json")
    try:
        return _sent(session, drafts, asked, told)
    finally:
        told.end()


def _sent(session: Session, drafts: tuple[str, ...], asked: dict[str, Any], told: _Told) -> int:
    from govkit.procedures.proposals.sending import drafts_in
    from govkit.procedures.proposals.stale_drafts import stale_drafts
    from govkit.store.private_rows import SENT, held

    root, workspace = session.workspace_root(), session.workspace()
    outdated = stale_drafts(workspace, now_in_utc())
    found = drafts_in(root, drafts, outdated)
    ready = [each for each in found if _goes(each, asked["again"])]
    line = _Line(root, asked)
    told.found(found, ready, line.shown)
    unfit = any(each.state == "unfit" for each in found)
    if not ready or not _may_send(len(ready), asked, told):
        return 1 if unfit else 0
    with held(root, SENT):
        # Read again: another command may have sent some while a person read the list.
        now = [each for each in drafts_in(root, drafts, outdated) if _goes(each, asked["again"])]
        shown = {each.draft.digest for each in ready}
        refused = _send_all(root, [each for each in now if each.draft.digest in shown], line, told)
    return 1 if unfit or refused else 0


class _Told:
    """What a person is told, line by line; or a program, at the end and whatever happened."""

    def __init__(self, as_json: bool) -> None:
        self.as_json, self.server = as_json, ""
        self._rows: dict[Path, dict[str, Any]] | None = None

    def say(self, lines: Sequence[str] | Iterator[str]) -> None:
        """Say lines to a person."""
        for each in () if self.as_json else lines:
            click.echo(fitted(visible(each)))

    def found(
        self, found: Sequence[OutboxDraft], ready: Sequence[OutboxDraft], server: str
    ) -> None:
        """Tell what is there, before anything is sent."""
        self.server = server
        self._rows = {
            each.path: {
                "draft": str(each.path),
                "members": list(each.members),
                "to": each.draft.to,
                "subject": each.draft.subject,
                "state": "sent-before" if each.state == "sent" else each.state,
                "message_id": each.draft.message_id if each.draft.digest else None,
                "fault": each.draft.fault or each.outdated or None,
                "answer": None,
                "lasting": None,
            }
            for each in found
        }
        self.say(_listed(found, ready, server))

    def became(self, each: OutboxDraft, state: str, answer: ServerAnswer | None) -> None:
        """Tell what became of one that was handed over."""
        row = (self._rows or {}).get(each.path, {})
        row["state"] = state
        if answer is not None:
            row["answer"] = f"{answer.code} {answer.words}"
            row["lasting"] = answer.lasting if state == "refused" else None

    def end(self) -> None:
        """Print the answer for programs, if one was asked for and drafts could be read."""
        if self.as_json and self._rows is not None:
            rows = list(self._rows.values())
            say_json({"version": 1, "server": self.server, "drafts": rows})


def _goes(each: OutboxDraft, again: bool) -> bool:
    return each.state == "ready" or (again and each.state in ("in-doubt", "returned"))


def _may_send(count: int, asked: dict[str, Any], told: _Told) -> bool:
    """Ask; where nobody can be asked, only --yes sends."""
    if asked["dry_run"]:
        told.say(["Nothing was sent."])
        return False
    if asked["yes"]:
        return True
    if told.as_json or not on_terminal():
        told.say(["Nothing was sent: nobody can be asked here. Add --yes to send."])
        return False
    if not click.confirm(f"Send {number_of(count, 'mail')} now?"):
        raise click.Abort
    return True


def _send_all(root: Path, ready: Sequence[OutboxDraft], line: _Line, told: _Told) -> int:
    """Send one after the other, at the rate; return how many the server refused."""
    from govkit.procedures.proposals.sending import drafts_in, put_away, send_one

    refused = sent = 0
    at: OutboxDraft | None = None
    done = set[str]()
    try:
        with line.opened() as server:
            for each in ready:
                if each.draft.digest in done:  # the same words to the same person, in two files
                    put_away(each)
                    told.became(each, "sent", None)
                    continue
                if sent + refused:
                    time.sleep(60 / line.rate)
                at = each
                answer = send_one(root, each, server, now_in_utc())
                at = None
                told.became(each, "sent" if answer.taken else "refused", answer)
                said = f"{answer.code} {answer.words}"
                if answer.taken:
                    sent += 1
                    done.add(each.draft.digest)
                    told.say([f"  sent     {each.who}: {said}"])
                else:
                    refused += 1
                    how = "for good" if answer.lasting else "for now"
                    told.say([f"  refused  {each.who} ({how}): {said}"])
    except ServerLost as lost:
        if at is not None:
            told.became(at, drafts_in(root, [str(at.path)], {})[0].state, None)
        left = len(ready) - sent - refused
        out = f"{number_of(sent, 'mail')} sent, {refused} refused"
        told.say([f"{out}, {left} not handed over to the end."])
        raise lost
    told.say([f"{number_of(sent, 'mail')} sent, {refused} refused."])
    return refused


def _listed(
    found: Sequence[OutboxDraft], ready: Sequence[OutboxDraft], server: str
) -> Iterator[str]:
    if not found:
        yield "No draft is there."
    for each in found:
        draft = each.draft
        if each.state == "unfit":
            yield f"  not sent  {each.path}: {draft.fault}"
        elif each.state == "held-back":
            yield f"  held back {each.who}: {each.path}: {each.outdated}. Delete it."
        elif each.state == "returned" and each not in ready:
            yield (
                f"  held back {each.who}: {each.path}: a mail to this address came back. Correct "
                "addresses.csv and write it anew; --again sends it all the same."
            )
        elif each.state == "sent":
            yield f"  sent      {each.who}: {each.path}, before now"
        elif each not in ready:
            yield f"  in doubt  {each.who}: {each.path}. Ask whether it arrived; --again sends it."
        else:
            known = "" if each.members else ", which is no address on record"
            yield f"  to send   {each.who}, {draft.to}{known}: {draft.subject}"
    if ready:
        yield f"{number_of(len(ready), 'mail')} to send, from {_senders(ready)}, by {server}"


def _senders(ready: Sequence[OutboxDraft]) -> str:
    return ", ".join(sorted({each.draft.sender for each in ready}))


_OF_SERVERS = ("server", "user", "password_file")


class _Line:
    """What a person named to send with; opened only when something is sent."""

    def __init__(self, root: Path, asked: dict[str, Any]) -> None:
        from govkit.store.repository import setting

        self.root, self.asked, self.rate = root, asked, int(asked["rate"])
        self.server: MailServer | None = None
        if asked["sendmail"]:
            of_servers = {f"--{name.replace('_', '-')}": asked[name] for name in _OF_SERVERS}
            refuse_beside(of_servers, "--sendmail", "It says itself by which server mails go.")
            self.shown = str(asked["sendmail"])
            return
        named = asked["server"] or setting(root, "govkit.smtp")
        if not named:
            self.shown = "no server yet"
            return
        user = asked["user"] or setting(root, "govkit.smtp-user")
        encryption: Encryption = asked["tls"]
        self.server = server_named(named, encryption, user, asked["timeout"])
        self.shown = self.server.shown

    def opened(self) -> SmtpLine | SendmailProgram:
        if self.asked["sendmail"]:
            return SendmailProgram(self.asked["sendmail"], self.asked["timeout"])
        if self.server is None:
            raise WrongUse(
                "no mail server is named",
                "Say it once: `git config govkit.smtp mail.example.org:587`. Or add --server, or "
                "--sendmail. Nothing was sent.",
            )
        return SmtpLine(self.server, self._password() if self.server.user else None)

    def _password(self) -> str:
        from govkit.store.mailboxes import is_inside
        from govkit.store.worktree import read_named

        named = self.asked["password_file"]
        if named:
            if is_inside(Path(named), self.root):
                raise WrongUse(
                    f"{named} lies inside the public folder", "Keep the password elsewhere."
                )
            return read_named(Path(named), 10_000).decode("utf-8", "replace").strip("\r\n")
        if VARIABLE in os.environ:
            return os.environ[VARIABLE]
        if not on_terminal():
            raise WrongUse(
                "the password is not known, and nobody can be asked here",
                f"Set {VARIABLE}, or name a file with --password-file. Nothing was sent.",
            )
        password: str = click.prompt("Password", hide_input=True, err=True)
        return password
