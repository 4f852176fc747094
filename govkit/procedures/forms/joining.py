"""Forms that bring a new record: a member who asks to join, an initiative."""

from __future__ import annotations

import shlex
from typing import Any

from govkit.consultation.sanitising import sanitise, sanitise_line
from govkit.errors import WrongUse
from govkit.log.coordinators import charter_of, path_of_member
from govkit.procedures.forms.received import FormOutcome, ReceivedForm
from govkit.records.codes import COUNTRIES
from govkit.records.forms import INITIATIVE_CHOICES, MEMBER_CHOICES
from govkit.records.kinds import KINDS
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.source.scaffolds import slug_of


def join_of(form: ReceivedForm) -> FormOutcome:
    """Return the record of one who asks to join: listed, until a coordinator takes them in."""
    name = sanitise_line(form.value("name"))
    id = slug_of(name)
    if not id:
        raise WrongUse(
            f"the name `{name}` has no letter from a to z, of which an id could be made",
            "Write it in Latin letters as well, as: Nome (Name).",
        )
    if form.member_named(name) or form.member_named(id):
        raise WrongUse(
            f"there is a member of that name already: {form.member_named(name) or id}",
            "Write to the coordinators if its record is wrong.",
        )
    kind = MEMBER_CHOICES[form.value("kind")]
    represents = _represented(form, kind)
    group = _group(form)
    country = form.value("country").strip().upper()
    if country and country not in COUNTRIES.split():
        raise WrongUse(
            f"`{country}` is no country code", "Write two letters, as IN, or GB for the UK."
        )
    sender = form.sender
    came = (
        f"Asked to join by the account {sender.account} at {sender.host}, {sender.event}"
        if sender
        else "Asked to join"
    )
    record = {
        "name": name,
        "kind": kind,
        "represents": represents,
        "country": country or None,
        "state": "listed",
        "note": f"{came}, on {form.at:%Y-%m-%d}.",
    }
    path = path_of_member(id)
    data = _read_back("member", path, record)
    command = ["govkit", "member", "add", id, "--group", group]
    command += ["--account", f"{sender.host}:{sender.account}"] if sender else []
    return FormOutcome(
        {path: data},
        f"List {name}, who asks to join",
        (
            f"{name} is listed as {id}, for the group {group}.",
            "Joining is open to everybody: a coordinator takes you in, and a second one "
            "countersigns, or seven days pass.",
        ),
        (shlex.join(command),),
    )


def _represented(form: ReceivedForm, kind: str) -> str | None:
    named = form.value("represents")
    if not named:
        if kind == "representative":
            raise WrongUse("it is not said which member you represent", "Write its name or its id.")
        return None
    if kind != "representative":
        raise WrongUse(
            "you name a member whom you represent, and say that you are none of its people",
            f"Choose `{[*MEMBER_CHOICES][2]}`, or leave that field empty.",
        )
    found = form.member_named(named)
    if found is None:
        raise WrongUse(
            f"there is no member `{named}` to be represented",
            "The organisation joins first, or at the same time with a form of its own.",
            typed=named,
            known=[*form.members],
        )
    return found


def _group(form: ReceivedForm) -> str:
    groups = charter_of(form.workspace.corpus).groups
    wanted = " ".join(form.value("group").split()).casefold()
    for id, title in groups.items():
        if wanted in (id.casefold(), id.replace("-", " ").casefold(), title.casefold()):
            return id
    raise WrongUse(
        f"the charter has no stakeholder group `{form.value('group')}`",
        f"It has: {', '.join(groups.values())}.",
        typed=form.value("group"),
        known=[*groups.values()],
    )


def initiative_of(form: ReceivedForm) -> FormOutcome:
    """Return the record of an initiative."""
    title = sanitise_line(form.value("title"))
    slug = slug_of(title)
    if not slug:
        raise WrongUse(
            f"the name `{title}` has no letter from a to z", "Write it in Latin letters as well."
        )
    path = f"{KINDS['initiative'].folder}/{slug}.yaml"
    if path in form.workspace.files:
        raise WrongUse(
            f"this initiative is known already: {slug}",
            "If something in its record is wrong, say so in a comment to the coordinators.",
        )
    covers = [sanitise_line(each.strip(" -*")) for each in form.value("covers").split("\n")]
    record = {
        "title": title,
        "by": sanitise_line(form.value("by")),
        "year": form.value("year").strip(),
        "kind": INITIATIVE_CHOICES[form.value("kind")],
        "address": form.value("address").strip(),
        "covers": [each for each in covers if each],
        "note": sanitise(form.value("note")).text,
    }
    data = _read_back("initiative", path, record)
    return FormOutcome(
        {path: data}, f"Add the initiative {title}"[:300], (f"A new initiative: {slug}.",)
    )


def _read_back(kind: str, path: str, record: dict[str, Any]) -> bytes:
    """Return the file of a record that the strict reader takes. Raises `WrongUse` else."""
    data = record_bytes(kind, {key: value for key, value in record.items() if value}, path)
    read, faults = read_record(path, kind, data)
    if read is None or faults:
        fault = faults[0]
        where = f"`{fault.route.keys[0]}`: " if fault.route.keys else ""
        raise WrongUse(f"{where}{fault.message}", fault.help or "Write it otherwise.")
    return data
