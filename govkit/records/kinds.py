"""Which kinds of record there are, and all that is said of a kind but its fields.

Place, words, model and kind in the log stand here, once; the fields, what each of them names, and
what a digest covers stand on the model. Not all on the model, since this is imported at every
start, also for a word to be completed, and pydantic takes longer to import than all else together.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple, get_args

from govkit.records.record_kind import (
    ID,
    NUMBER,
    PROPOSALS,
    SLUG,
    Family,
    Kind,
    Place,
    in_proposal,
    in_register,
    in_revision,
    of_process,
)

Status = Literal["draft", "trial", "adopted", "deprecated", "superseded", "withdrawn"]
MemberState = Literal["listed", "enrolled", "ended"]
PaperStatus = Literal["draft", "published", "superseded", "withdrawn"]
STATUSES: tuple[str, ...] = (
    *dict.fromkeys((*get_args(Status), *get_args(PaperStatus), *get_args(MemberState))),
    "candidate",
)
"""What `status` or `state` of a record that people list may be."""


_CHANGES = (rf"changes/{ID}", "changes/EXA-DUE-01")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="charter",
            many="charters",
            family="rules",
            folder="governance",
            module="governance",
            what="who decides, how, and in which words",
            logged="newest",
        ),
        of_process(
            "genesis",
            "acts",
            "the first state of a coalition",
            "each",
            Place("genesis", "genesis"),
            folder="governance",
        )._replace(many="geneses"),
        Kind(
            name="policy",
            many="policies",
            family="rules",
            folder="governance/policies",
            module="policies",
            what="how a class of change is decided",
            places=(Place(r"policies/[^/]+", "policies/substance"),),
            slugged=True,
            logged="newest",
        ),
        Kind(
            name="member",
            many="members",
            family="rules",
            folder="governance/members",
            module="governance",
            what="a member, in public facts only",
            places=(Place(r"members/[^/]+", "members/example-organisation"),),
            slugged=True,
            logged="newest",
        ),
        of_process(
            "coalition-act",
            "acts",
            "a change that the coalition makes to its own rules",
            "once",
            Place(r"acts/[0-9]{2,}", "acts/01"),
            folder="governance/acts",
        )._replace(logged_as="act"),
        Kind(
            name="instrument",
            many="instruments",
            family="book",
            folder="provisions",
            module="texts",
            what="a book: its frame and its order",
        ),
        Kind("principle", "principles", "text", "provisions/principles", "texts", "a principle"),
        Kind(
            "provision",
            "provisions",
            "text",
            "provisions",
            "texts",
            "a model contractual provision",
        ),
        Kind(
            "recommendation",
            "recommendations",
            "text",
            "recommendations",
            "texts",
            "a recommendation",
        ),
        in_register("term", "a defined term", "term"),
        in_register("source", "a law, case, standard or study"),
        in_register("issue", "a legal issue"),
        in_register("response", "a response to a legal issue"),
        in_register("initiative", "an existing initiative"),
        in_register("event", "a meeting or webinar")._replace(logged="newest"),
        in_register("paper", "a white paper"),
        in_register("adoption", "what a platform took in")._replace(
            module="adoption", by_hand=False
        ),
        Kind(
            name="translation",
            many="translations",
            family="register",
            folder="translations",
            module="governance",
            what="a text in another language",
            slugged=True,
        ),
        of_process(
            "call",
            "calls",
            "a call for inputs",
            "newest",
            Place(rf"calls/{NUMBER}", "calls/2026-001"),
            folder="governance/calls",
        )._replace(by_hand=True),
        of_process(
            "input",
            "calls",
            "what answered a call for inputs",
            "once",
            Place(rf"calls/{NUMBER}/inputs/[0-9a-f]{{12}}", "calls/2026-001/inputs/0123456789ab"),
            folder="governance/calls",
        ),
        of_process(
            "declaration",
            "declarations",
            "what an author says about a change",
            "never",
            Place(*_CHANGES),
            in_revision(*_CHANGES),
            folder="governance/changes",
        ),
        of_process(
            "proposal",
            "proposals",
            "what is proposed, and by whom",
            "each",
            in_proposal("proposal"),
        ),
        of_process(
            "revision", "proposals", "the exact words proposed", "once", in_revision("revision")
        ),
        of_process(
            "notice",
            "proposals",
            "what was announced to everybody",
            "once",
            in_proposal(r"notices/[0-9]{2,}", "notices/01"),
        ),
        of_process(
            "submission",
            "comments",
            "what arrived and is not taken in yet",
            "never",
            in_proposal(r"submissions/[0-9a-f]{8}", "submissions/0123abcd"),
        ),
        of_process(
            "position",
            "positions",
            "what a member says to exact words",
            "once",
            in_proposal(rf"positions/{SLUG}-[0-9]{{2,}}", "positions/example-organisation-01"),
        ),
        of_process(
            "evidence",
            "evidence",
            "what shows that a member said it",
            "once",
            in_proposal(
                rf"evidence/{SLUG}-[0-9]{{2,}}-[0-9]{{2,}}", "evidence/example-organisation-01-01"
            ),
        )._replace(many="evidence"),
        of_process(
            "correction",
            "corrections",
            "that something was written down wrongly, and what is right",
            "once",
            in_proposal(r"corrections/[0-9]{2,}", "corrections/01"),
        ),
        of_process(
            "comment",
            "comments",
            "a comment, and what became of it",
            "each",
            in_proposal(r"comments/[0-9]{4,}", "comments/0001"),
        ),
        of_process(
            "disclosure",
            "disclosures",
            "the salt and words behind a commitment, as the name of one who is no member",
            "never",
            in_proposal(rf"names/(?:[0-9]{{4,}}|{SLUG}-[0-9]{{2,}})", "names/0001"),
        ),
        of_process(
            "act",
            "proposals",
            "what coordinators did about a proposal",
            "once",
            in_proposal(r"acts/[0-9]{2,}", "acts/01"),
        ),
        of_process(
            "decision", "decisions", "a decision, with the sum", "once", in_proposal("decision")
        ),
        of_process(
            "ground", "decision_basis", "what a decision rested on", "never", in_proposal("ground")
        ),
        of_process(
            "log-entry",
            "log",
            "an entry of the log of everything received or decided",
            "never",
            Place(r"log/[0-9]{6,}", "log/000001"),
            folder="governance/log",
        )._replace(many="log-entries"),
        of_process(
            "log-head",
            "log",
            "a head of the log, with those who vouch for it",
            "never",
            Place(r"log/heads/[0-9]{6,}", "log/heads/000001"),
            folder="governance/log/heads",
        ),
        of_process("manifest", "releases", "what a release is made of", "never", folder="releases"),
        of_process(
            "publication", "releases", "that a release was published", "once", folder="releases"
        ),
    )
}


class Paper(NamedTuple):
    """A file that is read like a record and stands in no folder of a coalition."""

    module: str
    what: str


PAPERS = {
    "adoption-profile": Paper("adoption", "what a platform says of itself to take provisions in"),
    "document-set": Paper("assessments", "the documents of a service that are evaluated together"),
    "evaluation": Paper("assessments", "which texts an evaluation asks about, and who codes it"),
    "coding": Paper("assessments", "the answers of one coder to the criteria"),
    "coding-seal": Paper("assessments", "that a coder has finished, before answers are shown"),
    "reconciliation": Paper("assessments", "what the coders agreed on"),
    "company-feedback": Paper("assessments", "what the company said to the answers"),
    "score-profile": Paper("assessments", "how answers become a score"),
    "acceptance-record": Paper("acceptance", "a line of a platform's log of who accepted what"),
    "change-of-terms": Paper("terms_change", "what a platform says of a change of its terms"),
}

CHARTER_PATH = "governance/charter.yaml"
GOVERNED_FOLDERS = (
    "assessments",
    "governance",
    "provisions",
    "recommendations",
    "registers",
    "releases",
    "translations",
)
RELEASES = "releases"
"""The folder of what was released. It is no part of what a release is made of."""


def _of(*families: Family) -> tuple[str, ...]:
    return tuple(kind.name for kind in KINDS.values() if kind.family in families)


NORMATIVE_KINDS = _of("book", "text", "term")
"""The kinds whose words can be consented to: each record of them is a unit with a digest."""

TEXT_KINDS = _of("text")
"""The kinds made of clauses that stand in an instrument."""

NUMBERED_KINDS = _of("book", "text")
"""The kinds that share one space of permanent ids."""

PROCESS_KINDS = _of("process")
"""The kinds that record how texts come about. Their place below `governance/` is their id, or below
`releases/`."""

LOGGED_KINDS = tuple(kind.name for kind in KINDS.values() if kind.logged in ("each", "once"))
"""The kinds of which every record has an entry. What arrived and is not taken in yet has none."""

LOGGED_ONCE = frozenset(kind.entry for kind in KINDS.values() if kind.logged == "once")
"""The kinds of entry that a path has once; a decision once for each revision that is decided."""

COPY = "copy"
"""What stands for a kind where a proposal keeps the whole text of a unit: which kind of text it is,
the charter and the file say (`corpus.copies`)."""

_REGISTERS = {
    kind.folder.removeprefix("registers/"): kind.name
    for kind in KINDS.values()
    if kind.folder.startswith("registers/")
}

PUBLIC_REGISTERS = ("issue", "response", "initiative", "event", "paper", "member")
"""The kinds whose registers show the life of a coalition, each with a command of its plural."""

_COPIES = (
    in_revision(rf"(?:before|after|alongside/{NUMBER})/{ID}", "after/EXA-DUE-01"),
    in_proposal(rf"policies/{SLUG}", "policies/substance"),
)
_IN_GOVERNANCE = (
    *((kind.name, place) for kind in KINDS.values() for place in kind.places),
    *((COPY, place) for place in _COPIES),
)

_IN_RELEASES = rf"releases/{SLUG}/[0-9]+\.[0-9]+\.[0-9]+(?:-draft\.[0-9]+)?"
_RELEASE_FILES = {"manifest.yaml": "manifest", "published.yaml": "publication"}

PLACES_IN_GOVERNANCE = tuple(f"{place.example}.yaml" for _, place in _IN_GOVERNANCE)
"""A place of each kind below `governance/`, to show."""


@lru_cache(maxsize=1 << 16)  # each rule asks for the same files, and a folder may have any number
def kind_of_path(path: str) -> str | None:
    """Return the kind that the place of a file gives it, or None where no kind lives there.

    `path` is relative to the root, with `/`, and ends in `.yaml`. `COPY` for a text that belongs to
    a proposal.
    """
    top, *rest = path.split("/")
    if path == CHARTER_PATH:
        return "charter"
    if top == "governance":
        return _kind_in_governance("/".join(rest).removesuffix(".yaml"))
    if top == RELEASES:
        return _RELEASE_FILES.get(rest[-1]) if release_of_path(path) else None
    if top == "registers":
        return _REGISTERS.get(rest[0]) if len(rest) == 2 else None
    if top == "translations":
        return "translation" if len(rest) == 2 else None
    if top not in ("provisions", "recommendations") or not rest:
        return None
    if rest[-1] == "instrument.yaml":
        return "instrument"
    if top == "recommendations":
        return "recommendation"
    return "principle" if rest[0] == "principles" else "provision"


_BY_HAND = ("governance", "provisions", "recommendations", "registers", "translations")
_LEAVES = {
    "terms": "registers/terms",
    "sources": "registers/sources",
    "members": "governance/members",
    "principles": "provisions/principles",
}


def folder_meant(top: str) -> str:
    """Return the folder that a top folder of another name was most likely to be, or an empty text.

    `Provisions`, `provision`, `provisons`; `terms` where `registers/terms` was meant.
    """
    from difflib import get_close_matches

    if top in GOVERNED_FOLDERS:
        return ""
    name = top.casefold()
    return _LEAVES.get(name, "") or next(iter(get_close_matches(name, _BY_HAND, 1, 0.85)), "")


def release_of_path(path: str) -> str | None:
    """Return the release that a file belongs to, as provisions/1.1.0; None where it is in none."""
    folder = path.rpartition("/")[0].removesuffix("/signatures")
    return folder.removeprefix("releases/") if re.fullmatch(_IN_RELEASES, folder) else None


@cache
def _places() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(place.pattern)) for kind, place in _IN_GOVERNANCE)


def _kind_in_governance(place: str) -> str | None:
    return next((kind for kind, pattern in _places() if pattern.fullmatch(place)), None)


def is_copy(path: str) -> bool:
    """Say whether a file is a text that belongs to a proposal."""
    return path.startswith(f"{PROPOSALS}/") and kind_of_path(path) == COPY


def id_of_place(path: str) -> str:
    """Return the id of a record of `PROCESS_KINDS`: its place, as 2026-003/positions/example-01.

    A proposal, a revision and a manifest are named by their folders, everything else by its file.
    """
    if path.startswith(f"{RELEASES}/"):
        return path.removeprefix(f"{RELEASES}/").removesuffix(".yaml").removesuffix("/manifest")
    place = path.removeprefix("governance/").removeprefix("proposals/").removesuffix(".yaml")
    return place.removesuffix("/proposal").removesuffix("/revision")


def folder_of_proposal(proposal: str) -> str:
    """Return the folder that holds the records of a proposal, with a slash at its end."""
    return f"{PROPOSALS}/{proposal}/"


def path_in_proposal(proposal: str, name: str) -> str:
    """Return the place of a record of a proposal, as `id_of_place` reads it: `positions/a-01`."""
    return f"{folder_of_proposal(proposal)}{name}.yaml"


def begun_by_new() -> tuple[str, ...]:
    """Return what `govkit new` begins: kinds, and a `change`, as people call a declaration."""
    kinds = (kind for kind, each in KINDS.items() if each.by_hand)
    return (*(kind for kind in kinds if kind not in ("charter", "declaration")), "change")


def slug_of_path(path: str) -> str:
    """Return the file's name without folder and ending."""
    return path.rsplit("/", 1)[-1].removesuffix(".yaml")


def id_space(kind: str) -> str:
    """Return the space in which ids of this kind are unique: numbered kinds share one."""
    return "text" if kind in NUMBERED_KINDS else kind
