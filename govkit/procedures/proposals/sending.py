"""Drafts handed to a mail server, each once: what is ready, and the record of what went out.

The record lies in the private folder and names members, no addresses. Before the words of a mail go
out, a line says so; after the answer of the server, another one. A mail with only the first is in
doubt: nobody can tell whether it arrived, and it is sent again only when a person says so.
"""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from govkit.consultation.sanitising import sanitise_line
from govkit.errors import GovkitError, WrongUse
from govkit.log.coordinators import coordinators_of
from govkit.procedures.proposals.ballot_outbox import OUTBOX
from govkit.procedures.proposals.returned_mails import returned_addresses
from govkit.procedures.proposals.stale_drafts import PARTLY_REPLACED, stale_drafts
from govkit.proposals.task import Task
from govkit.source.mail_drafts import MailDraft, read_draft
from govkit.source.record_bytes import instant_text
from govkit.store import private
from govkit.store.mail_server import Begun, ServerAnswer
from govkit.store.mailboxes import is_inside
from govkit.store.private_rows import SENT, Row, add_row, rows_of
from govkit.store.worktree import read_named, require_plain_file
from govkit.workspace import Workspace

_LARGEST = 25_000_000
DONE = "sent"
"""The folder in the outbox to which a draft is moved once it went out."""
_NAMED = 10
"""Recipients that are named where many drafts wait."""
SendState = Literal["ready", "sent", "in-doubt", "unfit", "held-back", "returned"]


class OutboxDraft(NamedTuple):
    """A draft in its file, the members who have its address on record, and how it stands.

    `refused` is what a mail server said that did not take it; None where none refused it.
    `outdated` says why one that is held back is not needed any more.
    """

    path: Path
    draft: MailDraft
    members: tuple[str, ...]
    state: SendState
    refused: str | None
    outdated: str = ""

    @property
    def who(self) -> str:
        """Return the person without an address: the member, else the name of the file."""
        return ", ".join(self.members) or self.path.stem


class ServerLine(Protocol):
    """What takes mails: a line to a server, or a program."""

    def hand_over(self, sender: str, to: str, data: bytes, begun: Begun) -> ServerAnswer:
        """Hand over a mail to one recipient."""


def drafts_in(
    root: Path, named: Sequence[str], outdated: Mapping[str, str]
) -> tuple[OutboxDraft, ...]:
    """Return the drafts in these files and folders, by name; without names those of the outbox.

    `outdated` says of the names of files why nobody needs them any more: they are held back.

    Raises `WrongUse` where there is no such file or folder, or it lies in the public folder.
    """
    places = [*map(Path, named)] or [private.private_folder(root) / OUTBOX]
    files: list[Path] = []
    for place in places:
        if is_inside(place, root) and not is_inside(place, private.private_folder(root)):
            raise WrongUse(
                f"{place} lies inside the public folder, and drafts name addresses",
                "Move the drafts out of it. Nothing was sent.",
            )
        if place.is_dir():
            files += sorted(each for each in place.glob("*.eml") if not each.is_symlink())
        elif place.is_file():
            files.append(place)
        elif place.exists():
            require_plain_file(place)
        elif named:
            raise WrongUse(f"there is no {place}", "Name a folder of drafts, or drafts.")
    members, rows = private.addresses(root), rows_of(root, SENT)
    gone = returned_addresses(root)
    states = _states(rows)
    refused = {
        str(row.get("digest")): str(row.get("server", ""))
        for row in rows
        if row.get("state") == "refused"
    }
    found = []
    for path in dict.fromkeys(files):
        draft = read_draft(path.name, read_named(path, _LARGEST))
        state = "unfit" if draft.fault else states.get(draft.digest, "ready")
        why = outdated.get(path.name, "") if state == "ready" else ""
        state = "held-back" if why else state
        state = "returned" if state == "ready" and draft.to.casefold() in gone else state
        theirs, said = members.get(draft.to.casefold(), ()), refused.get(draft.digest)
        found.append(OutboxDraft(path, draft, theirs, state, said, why))
    return tuple(found)


def _states(rows: Iterable[Row]) -> dict[str, SendState]:
    """Return what became of each mail, by its digest; one that was refused is ready again."""
    found: dict[str, SendState] = {}
    meant: dict[str, SendState] = {"begun": "in-doubt", "sent": "sent", "refused": "ready"}
    for row in rows:
        digest = str(row.get("digest", ""))
        if row.get("state") in meant and found.get(digest) != "sent":
            found[digest] = meant[row["state"]]
    return found


def drafts_to_send(workspace: Workspace, now: datetime.datetime) -> Iterator[Task]:
    """Yield what waits in the outbox, what is in doubt, and what a server refused."""
    root, who = workspace.root, coordinators_of(workspace.corpus)
    outdated = stale_drafts(workspace, now)
    found = [each for each in drafts_in(root, (), outdated) if each.state != "sent"]
    waiting = [each for each in found if each.state == "ready" and each.refused is None]
    if waiting:
        count = "1 draft waits" if len(waiting) == 1 else f"{len(waiting)} drafts wait"
        named = ", ".join(dict.fromkeys(each.who for each in waiting[:_NAMED]))
        more = f" and {len(waiting) - _NAMED} more" if len(waiting) > _NAMED else ""
        what = f"{count} to be sent, to {named}{more}. Delete what you sent another way"
        yield Task(None, "", "send", what, who, "govkit send --dry-run")
    yield from _not_needed(found, who)
    for each in found:
        name = each.path.name
        if each.state == "unfit":
            what = f"the draft {name} can't be sent: {each.draft.fault}"
        elif each.state == "in-doubt":
            what = f"nobody can tell whether the draft {name} went out: ask {each.who}"
        elif each.state == "ready" and each.refused is not None:
            what = f"the mail server refused the draft {name}, to {each.who}: {each.refused}"
        else:
            continue
        yield Task(None, "", "send", what, who, f"govkit send {shlex.quote(str(each.path))}")


def _not_needed(found: Sequence[OutboxDraft], who: tuple[str, ...]) -> Iterator[Task]:
    """Yield one task for all drafts that nobody needs for one reason: a round has many members."""
    held: dict[str, list[OutboxDraft]] = {}
    for each in found:
        if each.state == "held-back" and not each.path.name.startswith("reminder-"):
            held.setdefault(each.outdated, []).append(each)
    for why, drafts in held.items():
        names = ", ".join(each.path.name for each in drafts[:_NAMED])
        more = f" and {len(drafts) - _NAMED} more" if len(drafts) > _NAMED else ""
        waits = "the draft waits: delete it" if len(drafts) == 1 else "the drafts wait: delete them"
        what = why if why == PARTLY_REPLACED else f"{why}, and {waits}"
        yield Task(None, "", "send", f"{what}: {names}{more}", who, "govkit send --dry-run")


def send_one(
    root: Path, each: OutboxDraft, line: ServerLine, at: datetime.datetime
) -> ServerAnswer:
    """Hand over one draft, keep what the server said, and move the draft away if it was taken."""
    draft = each.draft
    known = {
        "digest": draft.digest,
        "message_id": draft.message_id,
        "to": list(each.members) or [each.path.stem],
        "draft": each.path.name,
        "at": instant_text(at),
    }
    answer = line.hand_over(
        draft.sender,
        draft.to,
        draft.as_sent(at),
        lambda: add_row(root, SENT, known | {"state": "begun"}),
    )
    said = sanitise_line(f"{answer.code} {answer.words}")
    state = "sent" if answer.taken else "refused"
    add_row(root, SENT, known | {"state": state, "server": said})
    if answer.taken:
        put_away(each)
    return answer._replace(words=sanitise_line(answer.words))


def put_away(each: OutboxDraft) -> None:
    """Move a draft that went out into the folder `sent` beside it; there it replaces nothing."""
    folder, number = each.path.parent / DONE, 1
    place = folder / each.path.name
    while place.exists():
        number += 1
        place = folder / f"{each.path.stem}-{number}.eml"
    try:
        folder.mkdir(exist_ok=True)
        each.path.rename(place)
    except OSError as error:
        raise GovkitError(
            f"{each.path} was sent, and can't be moved to {folder}",
            "Look at the rights of the folder. It will not be sent again.",
        ) from error
