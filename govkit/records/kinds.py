"""Which kinds of record there are, and which place in the folder gives which kind.

This module is imported at every start, so it knows no pydantic.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of record.

    `folder` is where `govkit new` puts it. `slugged` kinds are named by their file; the others
    carry a permanent id inside. `one` is the word for a single record, `many` for several.
    """

    name: str
    many: str
    folder: str
    slugged: bool
    what: str


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("charter", "charters", "governance", False, "who decides, how, and in which words"),
        Kind("member", "members", "governance/members", True, "a member, in public facts only"),
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
    )
}

CHARTER_PATH = "governance/charter.yaml"
GOVERNED_FOLDERS = (
    "assessments",
    "governance",
    "provisions",
    "recommendations",
    "registers",
    "translations",
)
LATER_PLACES = (
    "assessments/",
    "governance/acts/",
    "governance/calls/",
    "governance/changes/",
    "governance/genesis.yaml",
    "governance/log/",
    "governance/policies/",
    "governance/proposals/",
    "registers/adoptions/",
    "registers/papers/",
)
"""Places that the design names and that this version does not read yet."""

NORMATIVE_KINDS = ("instrument", "principle", "provision", "recommendation", "term")
"""The kinds whose words can be consented to: each record of them is a unit with a digest."""

TEXT_KINDS = ("principle", "provision", "recommendation")
"""The kinds made of clauses that stand in an instrument."""

NUMBERED_KINDS = ("instrument", "principle", "provision", "recommendation")
"""The kinds that share one space of permanent ids."""

_REGISTERS = {
    kind.folder.removeprefix("registers/"): kind.name
    for kind in KINDS.values()
    if kind.folder.startswith("registers/")
}


def kind_of_path(path: str) -> str | None:
    """Return the kind that the place of a file gives it, or None where no kind lives there.

    `path` is relative to the root, with `/`, and ends in `.yaml`.
    """
    top, *rest = path.split("/")
    if path == CHARTER_PATH:
        return "charter"
    if top == "governance":
        return "member" if len(rest) == 2 and rest[0] == "members" else None
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


def slug_of_path(path: str) -> str:
    """Return the file's name without folder and ending."""
    return path.rsplit("/", 1)[-1].removesuffix(".yaml")


def id_space(kind: str) -> str:
    """Return the space in which ids of this kind are unique: numbered kinds share one."""
    return "text" if kind in NUMBERED_KINDS else kind
