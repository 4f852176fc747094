"""Bytes to a form: the text of an issue as a code host renders it, and the event that brought it.

Everything in them is a stranger's. A heading counts as one only where it stands once and in its
order, so that no field can say what stands in another.
"""

from __future__ import annotations

import datetime
import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from govkit.errors import WrongUse
from govkit.patterns import lazy_regex
from govkit.records.forms import FORMS, LONGEST_FORM, FormField, FormValues, IssueForm
from govkit.source.gate import Unreadable, refuse_hidden

LARGEST_EVENT = 1 << 20
"""Bytes of an event that are read: a host's own has some 100,000 at most."""
NO_ANSWER = "_No response_"
_NOTHING_CHOSEN = (NO_ANSWER, "None")
_HEADING = lazy_regex(r"### (.{1,200}?)[ \t]*")
_BOX = lazy_regex(r"- \[([ xX])\] .*")
_ACCOUNT = lazy_regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
_HOST = lazy_regex(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?")
_PATH = lazy_regex(r"/[A-Za-z0-9][A-Za-z0-9._-]{0,99}/[A-Za-z0-9._-]{1,100}")
ACTIONS = ("opened", "edited")
_AGAIN = "Open the form again, or mend this one: the three dots above your words, then Edit."


class FormFaults(WrongUse):
    """What is missing in a form or wrong with it, a sentence for each."""

    def __init__(self, faults: list[str], hint: str = _AGAIN) -> None:
        """Keep the sentences apart, so that each can stand on a line."""
        super().__init__("; ".join(faults), hint)
        self.faults = tuple(faults)


class NoForm(WrongUse):
    """What was read is none of the forms, and nobody is answered."""


class FormSender(NamedTuple):
    """Who sent a form: the account, on which host, by which event, and when, as the host says.

    `event` is the address of the issue, `number` its number, `mail` an address for a commit.
    """

    host: str
    account: str
    event: str
    number: int
    at: datetime.datetime
    mail: str


class IssueEvent(NamedTuple):
    """An issue that was opened or edited: its words, and who sent them."""

    body: str
    sender: FormSender


def read_event(data: bytes) -> IssueEvent:
    """Return the event of an issue. Raises `NoForm` where it is another one, or a broken one."""
    if len(data) > LARGEST_EVENT:
        raise NoForm("the event is larger than 1 MiB", "No host sends such an event for an issue.")
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        raise NoForm("the file is no event: it can't be read as JSON") from None
    issue = _part(event, "issue")
    if not issue or "pull_request" in issue or "comment" in event:
        raise NoForm(
            "this is no event of an issue", "Only a form that was opened or edited is read."
        )
    if event.get("action") not in ACTIONS:
        raise NoForm("the issue was neither opened nor edited", "Nothing is to be done.")
    if event["action"] == "edited" and "body" not in _part(event, "changes"):
        raise NoForm("the words of the issue are as they were", "Nothing is to be done.")
    return IssueEvent(_text(issue.get("body")), _sender(event, issue))


def _sender(event: Mapping[str, Any], issue: Mapping[str, Any]) -> FormSender:
    """Return who sent an issue. Raises `FormFaults` where another one has edited it."""
    author, actor = _part(issue, "user"), _part(event, "sender")
    account, by = _text(author.get("login")), _text(actor.get("login"))
    page = urlsplit(_text(_part(event, "repository").get("html_url")))
    number = _number(issue.get("number"))
    address = f"{page.scheme}://{page.netloc}{page.path}/issues/{number}"
    known = (
        page.scheme == "https"
        and _HOST.fullmatch(page.netloc)
        and _PATH.fullmatch(page.path)
        and number
        and issue.get("html_url") == address
        and _ACCOUNT.fullmatch(account)
    )
    at = _instant(issue.get("created_at" if event["action"] == "opened" else "updated_at"))
    if not known or at is None:
        raise NoForm("the event does not say who sent which issue, and when", "Look on the host.")
    if by != account:
        raise FormFaults(
            [
                f"this form was written by the account {account}, and the last words in it are "
                "those of another account"
            ],
            "Only what the account that opened the form writes itself is taken from it. Open a new "
            "form.",
        )
    id = _number(author.get("id"))
    local = f"{id}+{account}" if id else account
    return FormSender(
        page.netloc, account, address, number, at, f"{local}@users.noreply.{page.netloc}"
    )


def _part(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int:
    return value if type(value) is int and 0 < value < 10**12 else 0


def _instant(value: Any) -> datetime.datetime | None:
    try:
        at = datetime.datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return at.astimezone(datetime.UTC).replace(microsecond=0) if at.tzinfo else None


# --- the text of a form ---------------------------------------------------------------------------


def read_form(body: str) -> FormValues:
    """Return what was filled in. Raises `NoForm` for other words, `FormFaults` for a bad form."""
    text = _composed(body)
    lines = text.split("\n")
    headings = [
        (at, found[1])
        for at, line in enumerate(lines)
        if line.startswith("### ") and (found := _HEADING.fullmatch(line))
    ]
    form = _form_of([label for _, label in headings])
    if form is None:
        raise NoForm("these words are none of the forms", "Leave the headings of the form as is.")
    if len(text) > LONGEST_FORM:
        raise FormFaults([f"the form has {len(text):,} characters; {LONGEST_FORM:,} are read"])
    labels = [
        field.label
        for field in form.fields
        if not field.none_of_list or any(label == field.label for _, label in headings)
    ]
    own = [(at, label) for at, label in headings if label in labels]
    _require_headings(labels, [label for _, label in own], any(map(str.strip, lines[: own[0][0]])))
    ends = [at for at, _ in own[1:]] + [len(lines)]
    written = {
        label: "\n".join(lines[at + 1 : end]).strip()
        for (at, label), end in zip(own, ends, strict=True)
    }
    faults: list[str] = []
    values = {each.name: _value(each, written.get(each.label, ""), faults) for each in form.fields}
    if faults:
        raise FormFaults(faults)
    return FormValues(form, values)


def _composed(body: str) -> str:
    """Return the text with plain line ends and spaces, and each letter as one character."""
    try:
        body.encode()
    except UnicodeEncodeError:
        raise NoForm("these words hold characters that are none") from None
    text = body.replace("\r\n", "\n").replace("\u00a0", " ").replace("\t", " ").strip("\n")
    return unicodedata.normalize("NFC", text[: 2 * LONGEST_FORM])


def _form_of(labels: list[str]) -> IssueForm | None:
    """Return the form to which headings belong: one that is whole, else the one that is known."""
    whole = [
        form
        for form in FORMS.values()
        if {each.label for each in form.fields if not each.none_of_list} <= set(labels)
    ]
    if whole:
        return whole[0]
    return next((form for form in FORMS.values() if form.known_by in labels), None)


def _require_headings(labels: list[str], found: list[str], more_above: bool) -> None:
    faults = [f"the heading `{each}` is missing" for each in labels if each not in found]
    faults += [
        f"the heading `{each}` stands more than once: take it out of your own words"
        for each in labels
        if found.count(each) > 1
    ]
    if not faults and found != labels:
        faults = ["the headings of the form stand in another order"]
    if not faults and more_above:
        faults = ["words stand above the first heading, and nobody could say to which field"]
    if faults:
        raise FormFaults(faults)


def _value(field: FormField, written: str, faults: list[str]) -> str:
    """Return what a field holds; what is wrong with it goes to `faults`."""
    label = field.label
    if field.boxes:
        # A mail program puts a signature below it.
        boxes = [_BOX.fullmatch(line) for line in written.split("\n\n")[0].split("\n")]
        if not all(found and found[1] in "xX" for found in boxes):
            faults.append(f"the box below `{label}` is not ticked")
        return "yes"
    nothing = _NOTHING_CHOSEN if field.choices or field.none_of_list else (NO_ANSWER,)
    value = "" if written in (*nothing, field.none_of_list) else written
    faults += _faults_of(field, value)
    return value


def _faults_of(field: FormField, value: str) -> Iterator[str]:
    label = field.label
    if not value:
        if field.needed:
            yield f"`{label}` is empty"
        return
    if len(value) > field.most:
        yield f"`{label}` has {len(value):,} characters, and {field.most:,} are taken"
        return
    if field.one_line and "\n" in value:
        yield f"`{label}` has more than one line"
    if field.choices and value not in field.choices:
        choices = ", ".join(f"`{each}`" for each in field.choices)
        yield f"`{label}` has none of its answers: {choices}"
    try:
        refuse_hidden(value, joiners=True)
    except Unreadable as fault:
        yield f"`{label}`: {fault.message}"


def form_text(form: IssueForm, values: Mapping[str, str]) -> str:
    """Return a form as a host would render it, for a person who has none."""
    pieces = []
    for field in form.fields:
        value = values.get(field.name) or NO_ANSWER
        pieces.append(f"### {field.label}\n\n{'- [X] I know' if field.boxes else value}\n")
    return "\n".join(pieces)
