"""What is said of one kind of record beside its fields, and the shapes that most kinds share."""

from __future__ import annotations

from typing import Literal, NamedTuple

PROPOSALS = "governance/proposals"
ID = r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
NUMBER = r"[0-9]{4}-[0-9]{3,}"


class Place(NamedTuple):
    """A place of files below `governance/`: a pattern, and one to show, both without ending."""

    pattern: str
    example: str


Family = Literal["rules", "book", "text", "term", "register", "process"]
"""What a kind is: clauses in a book (`text`), or what says how texts come about (`process`)."""
Logged = Literal["never", "newest", "each", "once"]
"""How the log has records of a kind. `newest`: people edit them, and the newest entry speaks.

`each`: every record has an entry. `once`: and the first one counts, so that nobody can move what
was said or decided by a second one; a decision has one for each revision that is decided.
"""


class Kind(NamedTuple):
    """One kind of record: all that is said of it but its fields, which its model has.

    `many` is the word for several records, `folder` is where their files stand; below `governance/`
    they have their `places`: names are fixed there, so that nobody can put a record where nobody
    looks for it. `module` is the one in `govkit.records` that holds the model, `what` says what a
    record is. `slugged` kinds are named by their file; the others carry a permanent id inside, or
    are named by their place. `by_hand` says that a person begins one with `govkit new`; commands
    write the others. `logged_as` is the kind of the log entry, where that is not the name.
    """

    name: str
    many: str
    family: Family
    folder: str
    module: str
    what: str
    places: tuple[Place, ...] = ()
    slugged: bool = False
    by_hand: bool = True
    logged: Logged = "never"
    logged_as: str = ""

    @property
    def entry(self) -> str:
        """Return the kind of the log entry that speaks of a record of this kind."""
        return self.logged_as or self.name


def in_register(name: str, what: str, family: Family = "register") -> Kind:
    """Return a kind of record that stands in a register of its own, a file for each."""
    return Kind(name, f"{name}s", family, f"registers/{name}s", "registers", what, slugged=True)


def of_process(
    name: str, module: str, what: str, logged: Logged, *places: Place, folder: str = PROPOSALS
) -> Kind:
    """Return a kind of record that says how texts come about, and that a command writes."""
    return Kind(
        name, f"{name}s", "process", folder, module, what, places, by_hand=False, logged=logged
    )


def in_proposal(pattern: str, example: str = "") -> Place:
    """Return a place in the folder of a proposal; a fixed name shows itself."""
    return Place(rf"proposals/{NUMBER}/{pattern}", f"proposals/2026-001/{example or pattern}")


def in_revision(pattern: str, example: str = "") -> Place:
    """Return a place in the folder of a revision of a proposal."""
    return in_proposal(rf"rev-[1-9][0-9]*/{pattern}", f"rev-1/{example or pattern}")
