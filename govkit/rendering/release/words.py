"""The words of the frame around a release, for every printed format."""

from __future__ import annotations

from govkit.records.enumerations import SAYS
from govkit.rendering.phrases import in_words, several

VERSION = "Version"
RELEASED = "Released"
IN_FORCE = "In force from"
PLANNED = "Planned to apply from"
SUPERSEDES = "Supersedes"
SUPERSEDED_BY = "Superseded by"
ROOT = "Root fingerprint"
LOG_HEAD = "Head of the log"
ENTRY = "entry"
NO_LOG = "the log is empty"
NO_ROOT = "none; the coalition is forming"
DECISION = "Decision"

PREVIEW = "Preview"
PREVIEW_NOTICE = "This is a preview. Nothing of it was released."
DRAFT_NOTICE = (
    "This is a draft release, and nobody’s agreement. It shows how far the work has come. "
    "Below each text stands what was decided about it."
)
FORMING_NOTICE = (
    "The coalition is forming. It was not founded yet, so nothing here could be adopted or signed."
)
SIGNED_NOTICE = (
    "A release counts when enough coordinators have signed it. How to check that stands at the end."
)

NOT_ADOPTED = "none; nobody has adopted these words"
TAKEN_OVER = "adopted before this register began"
MISNAMED = "none; the record that the manifest names did not adopt these words"
DISSENT = "Dissent (not part of the text)"
STATEMENT = "Minority statement (not part of the text)"
RESERVATIONS = "Reservations"
NOT_HEARD = "Not heard"
NO_REASON = "gave no reason that may be printed"

ABOUT = "About this release"
HOW_TO_CHECK = "How to check this release"
CONSENT = "Who agreed"
STATE = "State"
TREE = "Tree of the records"
MERKLE = "Root over all records"
RECORDS = "Records"
FOUNDED_AGAIN = "Founded again"
BEFORE = "The founding before it:"
COMPARED = "Compared with"
COORDINATORS = "Coordinators"
THRESHOLD = "Signatures needed"
TOOLS = "Made with"
FONTS = "Fonts"

HOLDS = "What this release holds"
HELD = (
    "Each book has its own release, with its own notes, consent table and signatures. This one "
    "names the versions that belong together, each by the digest of its manifest."
)
BOOK = "Book"
MANIFEST = "Digest of the manifest"
TITLE = "Title"
REDLINE = "Redline"
LEGEND = "How to read the redlines"
TEXT = "Text"
OUTCOME = "Outcome"
CONSENTS = "Consents"
DISSENTING = "Dissent"

OUTCOMES = {
    "adopted": "adopted",
    "adopted-with-reservations": "adopted with reservations",
    "adopted-with-dissent": "adopted with dissent",
    "not-adopted": "not adopted",
    "inquorate": "too few took part",
    "blocked": "blocked",
}
STANCES: dict[str, str] = {
    **SAYS,
    "answered": "objected, and is satisfied with the answer",
    "stale": "spoke about earlier words",
}
OBJECTIONS = {
    "unanswered": "not answered yet",
    "answered": "answered; its author is not satisfied",
    "escalated": "passed on for a decision; adopted with this dissent",
    "overruled": "answered; adopted with this dissent",
    "satisfied": "its author is satisfied with the answer",
    "withdrawn": "withdrawn",
    "no-reason": "no reason was given in time; no longer in the way",
    "reason-asked": "the reason was asked for",
}


def version(number: str) -> str:
    """Return a version as it stands on a page: `Version 1.1.0`."""
    return f"Version {number}"


def edition(number: str, day: str) -> str:
    """Return the version with its day."""
    return f"{version(number)}, {in_words(day)}"


def adopted(outcome: str, day: str) -> str:
    """Return an outcome with its day: `adopted with dissent on 16 June 2026, by proposal `."""
    return f"{OUTCOMES[outcome]} on {in_words(day)}, by proposal "


def taken_over(body: str, day: str) -> str:
    """Return the sentence for words that are older than the register."""
    return f"{TAKEN_OVER}: {body}, {in_words(day)}"


def valid(since: str, until: str | None, superseded_by: str | None) -> str:
    """Return the sentence about a release that another one came after."""
    ended = f" to {in_words(until)}" if until else ""
    begun = f"In force from {in_words(since)}{ended}."
    return f"Superseded by {version(superseded_by).lower()}. {begun}" if superseded_by else begun


def records(count: int) -> str:
    """Return a number of records."""
    return f"{count} record" if count == 1 else f"{count} records"


def not_heard(groups: list[str]) -> str:
    """Return the sentence about groups from which nobody spoke. Silence is no consent."""
    return f"{several(groups)}; silence is not counted as consent"


def without_name(group: str) -> str:
    """Return what stands for one whose name is not to be printed."""
    return f"a member from {group}, name withheld" if group else "a member, name withheld"


def check_steps(tag: str, threshold: int, forming: bool) -> tuple[str, ...]:
    """Return how a reader proves the release, step by step."""
    in_file = (
        "Or run it on this file: govkit release verify and the name of the PDF. The manifest is "
        "inside the PDF, and its root covers every record that the release was made from."
    )
    signed = (
        "The coalition is forming, so this release carries no signatures."
        if forming
        else f"It needs the signatures of {threshold} of the coordinators named above."
    )
    if forming:
        return (
            f"Take a copy of the repository, and run: govkit release verify {tag}. It needs no "
            f"network. {signed}",
            in_file,
        )
    return (
        "Get the root fingerprint by another way than this file: ask a coordinator, or look into "
        "an older release. It must be the one that stands above.",
        f"Take a copy of the repository, and run: govkit release verify {tag}. It needs no "
        f"network. {signed}",
        in_file,
        "Compare the head of the log with any mail or page that prints an older one: the log may "
        "only have grown since.",
    )
