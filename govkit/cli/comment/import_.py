"""`govkit comment import`: take in a comment table, or a free mail."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from govkit.cli.asking import on_terminal
from govkit.cli.comment.options import (
    NAME_SOMEBODY,
    anonymous_option,
    dry_run_option,
    proposal_option,
    received_option,
    who_options,
)
from govkit.cli.output import formerly, say_json
from govkit.cli.registrar import Registrar, registrar_options
from govkit.errors import WrongUse
from govkit.records.enumerations import COMMENT_SOURCES

if TYPE_CHECKING:
    from govkit.cli.comment.desk import Desk
    from govkit.consultation.points import SplitMail
    from govkit.consultation.text_matcher import MatchCandidate
    from govkit.procedures.proposals.ballots import MailReceipt
    from govkit.records.comments import Author

_EPILOG = """Examples:
  govkit comment import comments.csv
  govkit comment import comments.xlsx --received 2026-04-02 --dry-run
  govkit comment import returned.docx --received 2026-04-02
  govkit comment import answered.xlsx --by example-society
  govkit comment import mail.txt --free --name "A. Example" --group academia
  govkit comment import mail.txt --free --member example-society --yes
  govkit comment import mail.txt --free --member example-society \\
      --target "1=EXA-DUE-01(a)" --target 2=none --leave-out 3

A table has one row for each comment, with the headings that `govkit comment table` writes;
the template of the standards bodies is read too. A row without a number is a new comment.
A row with a number brings the answer in its last column. If one row is wrong, nothing is
written, and every row that is wrong is named.

A Word file is taken by its comment table or, where it has none, by the comments in its margin,
each with its author, its day and the clause that it lies over. --name, --affiliation and --group,
or --member, say who made them all; without these, each has the name that Word gives it.

A free mail is kept whole by the coordinators. What the author quotes is told from their own
words; these are split into points, and for each point the texts that it may be about are
shown. On a terminal you are asked, and see the whole before it is filed; elsewhere --yes takes
what is clear, and files the rest without a text. A mail that a host of the charter's intake.hosts
received came when that host says.
"""


@click.command("import", epilog=_EPILOG, context_settings=formerly(source="channel"))
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--free", is_flag=True, help="The file is a mail or letter in free words.")
@who_options
@anonymous_option
@click.option("--revision", type=int, metavar="N", help="For a mail: which revision it is about.")
@click.option(
    "--channel",
    "source",
    type=click.Choice(COMMENT_SOURCES),
    default=None,
    help="How it came. Default: attachment for a table, mail for a mail.",
)
@click.option("--message-id", metavar="<ID>", help="The Message-ID of the mail, in < and >.")
@click.option("--relayed-by", metavar="MEMBER", help="Who passed it on.")
@click.option("--yes", is_flag=True, help="For a mail: do not ask, and take what is clear.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="N=ID",
    help="For a mail: what point N is about, as 2=EXA-DUE-01(a), or 2=none.",
)
@click.option(
    "--leave-out", multiple=True, type=int, metavar="N", help="For a mail: point N is no comment."
)
@click.option(
    "--join",
    "joins",
    multiple=True,
    type=int,
    metavar="N",
    help="For a mail: point N belongs to the one before.",
)
@click.option("--each-paragraph", is_flag=True, help="For a mail: a point for each paragraph.")
@click.option("--anew", is_flag=True, help="For a table: answer anew what has an answer.")
@received_option
@proposal_option
@dry_run_option
@registrar_options
def import_(
    registrar: Registrar,
    *,
    file: Path,
    free: bool,
    member: str | None,
    name: str | None,
    affiliation: str | None,
    group: str | None,
    anonymous: bool,
    received: datetime.datetime | None,
    proposal: str | None,
    dry_run: bool,
    **how: Any,
) -> int:
    """Take in a comment table (CSV, XLSX, DOCX), comments in Word, or a free mail."""
    from govkit.cli.comment.desk import opened
    from govkit.consultation.drafting import author_of

    desk = opened(registrar, proposal, received, dry_run)
    author = author_of(desk.consultation, member, name, affiliation, group, anonymous)
    if free:
        return _import_mail(desk, file, author, how | {"received": received})
    return _import_table(desk, file, author, how)


# --- a table ------------------------------------------------------------------------------------


def _import_table(desk: Desk, file: Path, author: Author | None, how: dict[str, Any]) -> int:
    from govkit.cli.comment.tables import filed_from_table, table_in
    from govkit.consultation.table_import import ImportContext

    data, table = table_in(file, desk, named=author is not None)
    taking = ImportContext(
        desk.consultation,
        source=how["source"] or "attachment",
        author=author,
        relayed_by=how["relayed_by"],
    )
    return filed_from_table(desk, taking, table, data, str(file), how["anew"])


# --- a mail -------------------------------------------------------------------------------------


def _import_mail(desk: Desk, file: Path, author: Author | None, how: dict[str, Any]) -> int:
    from govkit.cli.comment.confirming import asked_points, asked_whole
    from govkit.consultation.accepted_points import accept_without_asking, drafted_point
    from govkit.consultation.drafting import CommentInput
    from govkit.consultation.points import split_mail, with_joins
    from govkit.consultation.text_matcher import TextMatcher
    from govkit.procedures.comments.filing import filed_from_same_mail

    mail = _read(desk, file, how["received"])
    desk = replace(desk, received_at=mail.came.at, basis=mail.came.basis)
    revision = desk.consultation.revision(how["revision"] or _revision_named(desk, mail.subject))
    shelf = TextMatcher(desk.consultation.wordings(revision))
    whole = how["each_paragraph"]
    names = [mail.name, *_names_of(desk, author)]
    split = split_mail(mail.text, shelf, each_paragraph=whole, subject=mail.subject, names=names)
    if how["joins"]:
        split = with_joins(split, how["joins"], shelf)
    named = _named(desk, revision, split, how["targets"])
    split = _without(split, how["leave_out"])
    if not split.points:
        raise WrongUse(
            f"{file} holds no words of the author's own",
            "All of it is quotation, greeting or signature. If that is wrong, file the words with "
            "`govkit comment add --file`.",
        )
    asks = on_terminal() and not desk.registrar.as_json and not how["yes"]
    if not asks and not how["yes"] and not all(point.number in named for point in split.points):
        return _only_shown(desk, split)
    if author is None:
        raise WrongUse("nobody is named as the author", NAME_SOMEBODY)
    taken = asked_points(split, named) if asks else accept_without_asking(split, named)
    base = CommentInput(
        author=author,
        comment="",
        source=how["source"] or "mail",
        revision=revision,
        message_id=how["message_id"] or mail.message_id or None,
        relayed_by=how["relayed_by"],
    )
    new, drafts, remarks = [], [], []
    for each in taken:
        draft = drafted_point(desk.consultation, each, base)
        filed = filed_from_same_mail(desk.workspace, desk.consultation, draft, mail.data)
        if filed is None:
            new.append(each)
            drafts.append(draft)
        else:
            remarks.append(
                f"point {each.point.number} is comment {filed.name} already; it is left out"
            )
    if drafts and asks and not desk.dry_run and not asked_whole(drafts, mail.came):
        return 0
    if drafts:
        remarks += [*_undated(split, mail, how["received"]), *_unplaced(new)]
    desk.file(drafts, snapshot=mail.data, remarks=remarks)
    return 0


class _FreeMail(NamedTuple):
    """A mail in free words as it was read; only the text is known of one saved as a text."""

    data: bytes
    text: str
    came: MailReceipt
    subject: str = ""
    message_id: str = ""
    date: str = ""
    name: str = ""


def _names_of(desk: Desk, author: Author | None) -> list[str]:
    """Return the names by which an author signs, as far as they are on record or were typed."""
    member = desk.consultation.members.get((author and author.member) or "")
    return [each for each in (author and author.name, member and member.name) if each]


def _read(desk: Desk, file: Path, said: datetime.datetime | None) -> _FreeMail:
    """Read a mail. Where a host of the coalition's own received it, that says when it came."""
    from govkit.cli.comment.desk import bytes_of_file, text_of_bytes
    from govkit.procedures.proposals.ballots import MailReceipt, received_at
    from govkit.source.mail import read_mail

    data = bytes_of_file(file)
    mail = read_mail(data)
    if not (mail.hops or mail.message_id) or mail.fault in ("huge", "broken"):
        came = MailReceipt(desk.received_at, "registrar", None)
        return _FreeMail(data, text_of_bytes(data), came, name=mail.name)
    came = received_at(desk.workspace, mail, said and desk.received_at, desk.registrar.now)
    return _FreeMail(data, mail.text, came, mail.subject, mail.message_id, mail.date, mail.name)


def _revision_named(desk: Desk, subject: str) -> int | None:
    """Return the revision whose mail is answered, by the mark in the subject: `[2026-003 r1]`."""
    found = re.search(rf"\[{re.escape(desk.consultation.proposal.id)} r(\d{{1,4}})\]", subject)
    number = int(found[1]) if found else 0
    return number if 1 <= number <= desk.consultation.number else None


def _named(
    desk: Desk, revision: int, split: SplitMail, targets: Iterable[str]
) -> dict[int, MatchCandidate | None]:
    from govkit.consultation.accepted_points import text_chosen

    found = {}
    for words in targets:
        number, _, where = words.partition("=")
        if not number.isdecimal() or not 1 <= int(number) <= len(split.points):
            raise WrongUse(
                f"--target {words}: the mail has points 1 to {len(split.points)}",
                "Write it as 2=EXA-DUE-01, or 2=none.",
            )
        if int(number) in found:
            raise WrongUse(f"--target names point {number} twice", "Name each point once.")
        found[int(number)] = text_chosen(desk.consultation, revision, where.strip())
    return found


def _without(split: SplitMail, left_out: Iterable[int]) -> SplitMail:

    gone = set(left_out)
    return replace(split, points=tuple(each for each in split.points if each.number not in gone))


def _only_shown(desk: Desk, split: SplitMail) -> int:
    """Show the proposals. Nobody can be asked here, so nothing is filed."""
    from govkit.cli.comment.confirming import say_split, split_as_json

    if desk.registrar.as_json:
        answer = {"version": 1, "proposal": desk.consultation.proposal.id, "comments": []}
        say_json(answer | split_as_json(split))
        return 0
    say_split(split)
    click.echo(
        "Nothing was written. Run it on a terminal to be asked; or add --yes, and --target, "
        "--join or --leave-out where it should be otherwise."
    )
    return 0


def _undated(split: SplitMail, mail: _FreeMail, received: datetime.datetime | None) -> list[str]:
    from govkit.consultation.quotation import date_of

    date = mail.date or date_of(split.passages)
    if mail.came.basis == "own-host":
        return [_dated_by_host(mail.came)]
    if received is not None or not date:
        return []
    return [
        f"the mail says it is of {date}; as nothing else was said, it counts as received now. "
        "Name the time with --received."
    ]


def _dated_by_host(came: MailReceipt) -> str:
    return f"received {came.at:%Y-%m-%d %H:%M} UTC, as {came.host} says" + (
        f"; {came.above} wrote a line above it: if the mail did not come by way of both, name the "
        "time with --received"
        if came.above
        else ""
    )


def _unplaced(taken: Iterable[Any]) -> list[str]:
    return [
        f"point {each.point.number} is filed without a text: none is clear"
        for each in taken
        if each.candidate is None
    ]
