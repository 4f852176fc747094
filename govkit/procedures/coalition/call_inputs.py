"""Inputs to a call are filed: a mail, a link, a file, or an initiative of the register.

Nothing is fetched and nothing of a file is run. A mail, and a file that lies outside the governed
folder, go to the private folder, and the record holds a salted digest; an address is written down
as it was typed.
"""

from __future__ import annotations

import datetime
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from govkit.errors import WrongUse
from govkit.log.coordinators import member_of
from govkit.procedures.coalition.calls import CALLS
from govkit.procedures.log.filing import Basis, Filing
from govkit.procedures.log.register import require_begun, require_come
from govkit.procedures.proposals.ballots import received_at
from govkit.proposals.call_inputs import inputs_of
from govkit.records.calls import Call, CallInput
from govkit.source.mail import LARGEST_MAIL, MailText, read_mail
from govkit.source.record_bytes import record_bytes
from govkit.source.scaffolds import NameRefused, one_line, paragraphs
from govkit.store import private
from govkit.store.worktree import read_named
from govkit.workspace import Workspace

_ADDRESS = re.compile(r'https?://[^\s<>"]{3,2000}')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://|(?:mailto|javascript|data|file):", re.IGNORECASE)
_UNREADABLE = {"huge": "it is too large", "broken": "it is broken", "empty": "it is empty"}


class InputWords(NamedTuple):
    """What a coordinator says about an input. `hidden` keeps a file private wherever it lies."""

    title: str | None = None
    member: str | None = None
    body: str | None = None
    note: str | None = None
    received: datetime.datetime | None = None
    hidden: bool = False


class NewInput(NamedTuple):
    """An input that is to be filed: its name, record, filing, when it came and who says so."""

    id: str
    record: CallInput
    filing: Filing
    came: datetime.datetime
    basis: Basis


class _InputContents(NamedTuple):
    """What an input is: fields of its record, a title of its own, and what is kept in private."""

    values: dict[str, Any]
    came: datetime.datetime
    title: str = ""
    member: str | None = None
    private: bytes | None = None
    basis: Basis = "registrar"


def prepare_input(
    workspace: Workspace, id: str, call: Call, what: str, words: InputWords, now: datetime.datetime
) -> NewInput:
    """Return the filing of an input to a call; what is kept in private is kept now.

    `what` is an address, an initiative of the register, or a file; a mail ends in .eml. Raises
    `WrongUse` where it can't be taken, and writes nothing then.
    """
    require_come(words.received, now, "--received")
    found = _found(workspace, what, words, now)
    member = words.member or found.member
    if member is not None:
        member_of(workspace.corpus, member)
    title = _one_line(words.title or found.title, "--title")
    if not title:
        raise WrongUse("the input has no title", "Say with --title what it calls itself.")
    require_begun(found.came, call.opened, "--received", f"the call {id}")
    values = {
        "title": title,
        "member": member,
        "body": _one_line(words.body, "--body") or None,
        "note": _paragraphs(words.note),
        **found.values,
    }
    _require_new(workspace, id, values)
    salt = private.new_salt()
    if found.private is not None:
        values["source"] = private.salted_digest(salt, found.private)
    record = CallInput.model_validate(values)
    path = f"{CALLS}/{id}/inputs/{_name(values)}.yaml"
    filing = Filing(path, record_bytes("input", record, path), "input")
    if found.private is not None:  # last: a record that can't be leaves nothing behind
        private.keep(workspace.root, found.private, salt)
    name = path.removeprefix("governance/").removesuffix(".yaml")
    return NewInput(name, record, filing, found.came, found.basis)


_NAMING = ("kind", "address", "initiative", "digest", "source")


def _name(values: dict[str, Any]) -> str:
    """Return a name by what it is: so two clones give no number twice."""
    said = "\0".join(str(values.get(each) or "") for each in _NAMING)
    return sha256(said.encode()).hexdigest()[:12]


# --- what it is -----------------------------------------------------------------------------------


def _found(
    workspace: Workspace, what: str, words: InputWords, now: datetime.datetime
) -> _InputContents:
    came = words.received or now
    if _ADDRESS.fullmatch(what):
        return _InputContents({"kind": "link", "address": _one_line(what, "WHAT")}, came)
    if _SCHEME.match(what):
        raise WrongUse(
            "that address can't be taken",
            "A link begins with https:// or http://, and has no space in it.",
        )
    initiative = workspace.corpus.find(("initiative",), what)
    if initiative is not None:
        return _InputContents({"kind": "initiative", "initiative": what}, came, initiative.title)
    path = Path(what)
    if not path.exists():
        raise WrongUse(
            f"there is no file and no initiative `{what}`",
            typed=what,
            known=[each.id for each in workspace.corpus.of_kind("initiative")],
            otherwise="Name an address, a file, or an initiative of the register; "
            "`govkit new initiative` begins one.",
        )
    if path.suffix.casefold() == ".eml":
        return _mail(workspace, path, words, now)
    return _file(workspace, path, words, came)


def _mail(
    workspace: Workspace, path: Path, words: InputWords, now: datetime.datetime
) -> _InputContents:
    """Return what a raw mail gives: its subject, and its sender where that address is on record."""
    data = read_named(path, LARGEST_MAIL + 1)
    mail = read_mail(data)
    if mail.fault in _UNREADABLE:
        raise WrongUse(
            f"{path} can't be read as a mail: {_UNREADABLE[mail.fault]}",
            "Ask for it again, or save what it brings as a file of its own. Nothing was filed.",
        )
    came = received_at(workspace, mail, words.received, now)
    values = {"kind": "mail", "message_id": mail.message_id or None}
    sender = None if words.body is not None else _sender(workspace, mail)
    return _InputContents(values, came.at, mail.subject, sender, data, came.basis)


def _sender(workspace: Workspace, mail: MailText) -> str | None:
    known = private.addresses(workspace.root).get(mail.sender, ())
    return known[0] if len(known) == 1 else None


def _file(
    workspace: Workspace, path: Path, words: InputWords, came: datetime.datetime
) -> _InputContents:
    """Return what a file gives: place and digest where it lies in the folder, else its bytes."""
    data = read_named(path, private.LARGEST + 1)
    if not data or len(data) > private.LARGEST:
        why = "is empty" if not data else f"has more than {private.LARGEST // 1_000_000} MB"
        raise WrongUse(f"{path} {why}", "Name another file, or the address where it lies.")
    root, real = workspace.root.resolve(), Path(os.path.realpath(path))
    inside = real.is_relative_to(root) and not real.is_relative_to(root / private.INSIDE)
    if not inside or words.hidden:
        return _InputContents({"kind": "file"}, came, private=data)
    place = _one_line(real.relative_to(root).as_posix(), "the name of the file")
    if place.startswith((".git/", "governance/")):
        raise WrongUse(f"{place} is no paper", "Put it below registers/papers/, and name it there.")
    digest = f"sha256:{sha256(data).hexdigest()}"
    return _InputContents({"kind": "file", "file": place, "digest": digest}, came)


# --- words ----------------------------------------------------------------------------------------

_SAME = ("address", "initiative", "message_id", "digest")


def _require_new(workspace: Workspace, id: str, values: dict[str, Any]) -> None:
    """Raise `WrongUse` for what was filed to this call before."""
    for each in inputs_of(workspace.corpus, id):
        if any(values.get(name) and values[name] == getattr(each.input, name) for name in _SAME):
            raise WrongUse(
                f"the call {id} has this already, as {each.id}: {each.input.title}",
                "Nothing was filed.",
            )


def _one_line(text: str | None, named: str) -> str:
    if not text:
        return ""
    try:
        return one_line(text)
    except NameRefused as reason:
        raise WrongUse(f"{named} can't be taken: {reason}", "Give other words.") from None


def _paragraphs(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return paragraphs(text)
    except NameRefused as reason:
        raise WrongUse(f"--note can't be taken: {reason}", "Write it otherwise.") from None
