"""Which kinds of record there are, and which place in the folder gives which kind.

This module is imported at every start, so it knows no pydantic.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple, get_args

Status = Literal["draft", "trial", "adopted", "deprecated", "superseded", "withdrawn"]
MemberState = Literal["listed", "enrolled", "ended"]
STATUSES: tuple[str, ...] = (*get_args(Status), *get_args(MemberState), "candidate")
"""What `status` or `state` of a record that people list may be."""


class Kind(NamedTuple):
    """One kind of record.

    `folder` is where the files of the kind stand. `slugged` kinds are named by their file; the
    others carry a permanent id inside, or are named by their place. `one` is the word for a single
    record, `many` for several. `by_hand` says that a person begins one with `govkit new`; commands
    write the others.
    """

    name: str
    many: str
    folder: str
    slugged: bool
    what: str
    by_hand: bool = True


_PROPOSALS = "governance/proposals"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("charter", "charters", "governance", False, "who decides, how, and in which words"),
        Kind("genesis", "geneses", "governance", False, "the first state of a coalition", False),
        Kind("policy", "policies", "governance/policies", True, "how a class of change is decided"),
        Kind("member", "members", "governance/members", True, "a member, in public facts only"),
        Kind(
            "coalition-act",
            "coalition-acts",
            "governance/acts",
            False,
            "a change that the coalition makes to its own rules",
            False,
        ),
        Kind("instrument", "instruments", "provisions", False, "a book: its frame and its order"),
        Kind("principle", "principles", "provisions/principles", False, "a principle"),
        Kind("provision", "provisions", "provisions", False, "a model contractual provision"),
        Kind("recommendation", "recommendations", "recommendations", False, "a recommendation"),
        Kind("term", "terms", "registers/terms", True, "a defined term"),
        Kind("source", "sources", "registers/sources", True, "a law, case, standard or study"),
        Kind("issue", "issues", "registers/issues", True, "a legal issue"),
        Kind("response", "responses", "registers/responses", True, "a response to a legal issue"),
        Kind("initiative", "initiatives", "registers/initiatives", True, "an existing initiative"),
        Kind("event", "events", "registers/events", True, "a meeting or webinar"),
        Kind("translation", "translations", "translations", True, "a text in another language"),
        Kind("call", "calls", "governance/calls", False, "a call for inputs"),
        Kind(
            "declaration",
            "declarations",
            "governance/changes",
            False,
            "what an author says about a change",
            False,
        ),
        Kind("proposal", "proposals", _PROPOSALS, False, "what is proposed, and by whom", False),
        Kind("revision", "revisions", _PROPOSALS, False, "the exact words proposed", False),
        Kind("notice", "notices", _PROPOSALS, False, "what was announced to everybody", False),
        Kind(
            "submission",
            "submissions",
            _PROPOSALS,
            False,
            "what arrived and is not taken in yet",
            False,
        ),
        Kind(
            "position", "positions", _PROPOSALS, False, "what a member says to exact words", False
        ),
        Kind("evidence", "evidence", _PROPOSALS, False, "what shows that a member said it", False),
        Kind(
            "correction",
            "corrections",
            _PROPOSALS,
            False,
            "that something was written down wrongly, and what is right",
            False,
        ),
        Kind("comment", "comments", _PROPOSALS, False, "a comment, and what became of it", False),
        Kind("act", "acts", _PROPOSALS, False, "what coordinators did about a proposal", False),
        Kind("decision", "decisions", _PROPOSALS, False, "a decision, with the sum", False),
        Kind("ground", "grounds", _PROPOSALS, False, "what a decision rested on", False),
        Kind(
            "log-entry",
            "log-entries",
            "governance/log",
            False,
            "an entry of the log of everything received or decided",
            False,
        ),
        Kind(
            "log-head",
            "log-heads",
            "governance/log/heads",
            False,
            "a head of the log, with those who vouch for it",
            False,
        ),
        Kind("manifest", "manifests", "releases", False, "what a release is made of", False),
        Kind(
            "publication", "publications", "releases", False, "that a release was published", False
        ),
    )
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
LATER_PLACES = ("assessments/", "registers/adoptions/", "registers/papers/")
"""Places that the design names and that this version does not read yet."""

NORMATIVE_KINDS = ("instrument", "principle", "provision", "recommendation", "term")
"""The kinds whose words can be consented to: each record of them is a unit with a digest."""

TEXT_KINDS = ("principle", "provision", "recommendation")
"""The kinds made of clauses that stand in an instrument."""

NUMBERED_KINDS = ("instrument", "principle", "provision", "recommendation")
"""The kinds that share one space of permanent ids."""

PROCESS_KINDS = (
    "genesis",
    "coalition-act",
    "call",
    "declaration",
    "proposal",
    "revision",
    "notice",
    "submission",
    "position",
    "evidence",
    "correction",
    "comment",
    "act",
    "decision",
    "ground",
    "log-entry",
    "log-head",
    "manifest",
    "publication",
)
"""The kinds that record how texts come about. Their place below `governance/` is their id, or below
`releases/`."""

COPY = "copy"
"""What stands for a kind where a proposal keeps the whole text of a unit: which kind of text it is,
the charter and the file say (`corpus.copies`)."""

_REGISTERS = {
    kind.folder.removeprefix("registers/"): kind.name
    for kind in KINDS.values()
    if kind.folder.startswith("registers/")
}


_ID = r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"
_REVISION = r"proposals/[0-9]{4}-[0-9]{3,}/rev-[1-9][0-9]*"
_IN_GOVERNANCE: tuple[tuple[str, str, str], ...] = (
    ("genesis", r"genesis", "genesis.yaml"),
    ("policy", r"policies/[^/]+", "policies/substance.yaml"),
    ("member", r"members/[^/]+", "members/example-organisation.yaml"),
    ("coalition-act", r"acts/[0-9]{2,}", "acts/01.yaml"),
    ("call", r"calls/[0-9]{4}-[0-9]{3,}", "calls/2026-001.yaml"),
    ("declaration", rf"changes/{_ID}", "changes/EXA-DUE-01.yaml"),
    ("log-entry", r"log/[0-9]{6,}", "log/000001.yaml"),
    ("log-head", r"log/heads/[0-9]{6,}", "log/heads/000001.yaml"),
    ("proposal", r"proposals/[0-9]{4}-[0-9]{3,}/proposal", "proposals/2026-001/proposal.yaml"),
    ("revision", rf"{_REVISION}/revision", "proposals/2026-001/rev-1/revision.yaml"),
    (
        "declaration",
        rf"{_REVISION}/changes/{_ID}",
        "proposals/2026-001/rev-1/changes/EXA-DUE-01.yaml",
    ),
    (
        COPY,
        rf"{_REVISION}/(?:before|after|alongside/[0-9]{{4}}-[0-9]{{3,}})/{_ID}",
        "proposals/2026-001/rev-1/after/EXA-DUE-01.yaml",
    ),
    *(
        (kind, rf"proposals/[0-9]{{4}}-[0-9]{{3,}}/{name}", f"proposals/2026-001/{example}.yaml")
        for kind, name, example in (
            ("notice", r"notices/[0-9]{2,}", "notices/01"),
            ("submission", r"submissions/[0-9a-f]{8}", "submissions/0123abcd"),
            (
                "position",
                r"positions/[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{2,}",
                "positions/example-organisation-01",
            ),
            (
                "evidence",
                r"evidence/[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{2,}-[0-9]{2,}",
                "evidence/example-organisation-01-01",
            ),
            ("correction", r"corrections/[0-9]{2,}", "corrections/01"),
            ("comment", r"comments/[0-9]{4,}", "comments/0001"),
            ("act", r"acts/[0-9]{2,}", "acts/01"),
            ("decision", r"decision", "decision"),
            ("ground", r"ground", "ground"),
            (COPY, r"policies/[a-z0-9]+(?:-[a-z0-9]+)*", "policies/substance"),
        )
    ),
)
"""For each kind below `governance/`: the places of its files, without folder and ending, and one to
show. The names are fixed, so that nobody can put a record where nobody looks for it."""

_IN_RELEASES = r"releases/[a-z0-9]+(?:-[a-z0-9]+)*/[0-9]+\.[0-9]+\.[0-9]+(?:-draft\.[0-9]+)?"
_RELEASE_FILES = {"manifest.yaml": "manifest", "published.yaml": "publication"}

PLACES_IN_GOVERNANCE = tuple(example for _, _, example in _IN_GOVERNANCE)


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
    return tuple((kind, re.compile(pattern)) for kind, pattern, _ in _IN_GOVERNANCE)


def _kind_in_governance(place: str) -> str | None:
    return next((kind for kind, pattern in _places() if pattern.fullmatch(place)), None)


def is_copy(path: str) -> bool:
    """Say whether a file is a text that belongs to a proposal."""
    return path.startswith(f"{_PROPOSALS}/") and kind_of_path(path) == COPY


def id_of_place(path: str) -> str:
    """Return the id of a record of `PROCESS_KINDS`: its place, as 2026-003/positions/example-01.

    A proposal, a revision and a manifest are named by their folders, everything else by its file.
    """
    if path.startswith(f"{RELEASES}/"):
        return path.removeprefix(f"{RELEASES}/").removesuffix(".yaml").removesuffix("/manifest")
    place = path.removeprefix("governance/").removeprefix("proposals/").removesuffix(".yaml")
    return place.removesuffix("/proposal").removesuffix("/revision")


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
