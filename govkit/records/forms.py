"""The forms that a person fills in on a code host: their fields, in the words of the page.

The pages in `.github/ISSUE_TEMPLATE` show these labels, and a test holds them equal: by the labels
alone a form is known again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from govkit.records.enumerations import Stance

LONGEST_FORM = 70_000
"""Characters of a form; a host takes 65,536."""


class FormField(NamedTuple):
    """A field: its name here, the label on the page, and how many characters it may have.

    `one_line` fields have no line end. `boxes` are boxes to be ticked, all of them. `none_of_list`
    is the first answer of a list of texts, the one that names none: such a list changes with the
    texts, and a form that was filled in before there was one is read all the same.
    """

    name: str
    label: str
    needed: bool = True
    most: int = 200
    one_line: bool = True
    boxes: bool = False
    choices: tuple[str, ...] = ()
    none_of_list: str = ""
    many: bool = False


class IssueForm(NamedTuple):
    """A form: its name, what it is for, its fields in order, and the label that no other has."""

    name: str
    title: str
    fields: tuple[FormField, ...]
    known_by: str


class FormValues(NamedTuple):
    """A form as it was filled in: each field by its name, empty where nothing was written."""

    form: IssueForm
    values: Mapping[str, str]


STANCE_CHOICES: dict[str, Stance] = {
    "We consent": "consent",
    "We consent, with a reservation": "consent-with-reservation",
    "We stand aside": "stand-aside",
    "We object": "object",
    "We abstain": "abstain",
    "We take back what we said before": "withdraw",
}
"""What a member can choose, in the words of the form."""

DUTY_CHOICES: dict[str, bool | None] = {"I do not know": None, "No": False, "Yes": True}
MEMBER_CHOICES: dict[str, str] = {
    "A person": "individual",
    "An organisation": "organisation",
    "Somebody who represents an organisation": "representative",
}
INITIATIVE_CHOICES: dict[str, str] = {
    "About due diligence": "due-diligence",
    "Evaluates terms of service": "evaluation",
    "A network": "network",
    "A standard": "standard",
}

_WORDS = 20_000
_TEXT = FormField("text", "Which text?", needed=False)
_FIND_IT = "I do not know: find it by the pasted words"
_CHOSEN = FormField("chosen", "Choose the text", needed=False, none_of_list=_FIND_IT)
_ALL = "All texts of the proposal"
_FOR = FormField("speaks_for", "For whom do you speak?", needed=False)
_PUBLIC = FormField("public", "This is public", boxes=True, one_line=False, most=1000)


def _words(name: str, label: str, *, needed: bool = True) -> FormField:
    return FormField(name, label, needed, _WORDS, one_line=False)


def _choice(name: str, label: str, choices: tuple[str, ...]) -> FormField:
    return FormField(name, label, choices=choices)


FORMS: dict[str, IssueForm] = {
    form.name: form
    for form in (
        IssueForm(
            "change",
            "Propose a change",
            (
                _CHOSEN,
                _TEXT,
                _words("now", "The words as they are now"),
                _words("new", "Your words"),
                FormField("why", "What do you change, and why?", most=300),
                _choice("duty", "Does a duty of anybody change?", tuple(DUTY_CHOICES)),
                FormField("duty_why", "In which way, or why not?", needed=False, most=500),
                _PUBLIC,
            ),
            "The words as they are now",
        ),
        IssueForm(
            "comment",
            "Comment on a text",
            (
                _CHOSEN,
                _TEXT,
                FormField("proposal", "Which proposal?", needed=False),
                _words("quote", "Which words?", needed=False),
                _words("comment", "Your comment"),
                _words("proposed", "Which words would be better?", needed=False),
                _FOR,
                _PUBLIC,
            ),
            "Your comment",
        ),
        IssueForm(
            "position",
            "Record our position",
            (
                FormField("proposal", "Which proposal and revision?"),
                _FOR,
                _choice("stance", "Your position", tuple(STANCE_CHOICES)),
                FormField(
                    "chosen", "Choose the texts", False, 20_000, none_of_list=_ALL, many=True
                ),
                FormField("texts", "To which texts?", needed=False, most=2000, one_line=False),
                _words("reason", "Your reason", needed=False),
                _words("others", "Another position to single texts", needed=False),
                _PUBLIC,
            ),
            "Your position",
        ),
        IssueForm(
            "join",
            "Join",
            (
                FormField("name", "Name of the member"),
                _choice("kind", "Who is the member?", tuple(MEMBER_CHOICES)),
                FormField("represents", "Which member do you represent?", needed=False),
                FormField("group", "Which stakeholder group?"),
                FormField("country", "Which country?", needed=False),
                _PUBLIC,
            ),
            "Name of the member",
        ),
        IssueForm(
            "initiative",
            "Submit an initiative",
            (
                FormField("title", "Name of the initiative"),
                FormField("by", "Who runs it?", needed=False),
                FormField("year", "Since when?", needed=False),
                _choice("kind", "What is it?", tuple(INITIATIVE_CHOICES)),
                FormField("address", "Where can one read about it?", needed=False),
                FormField("covers", "What does it cover?", False, 2000, one_line=False),
                _words("note", "What else should we know?", needed=False),
                _PUBLIC,
            ),
            "Name of the initiative",
        ),
    )
}
"""All forms, by name."""
