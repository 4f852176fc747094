"""One thing that was looked at: it holds, it fails, or it could not be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

State = Literal["holds", "fails", "not-checked"]

SUBJECTS = {
    "pdf": "the PDF",
    "folder": "the folder",
    "sums": "the list of files",
    "manifest": "the manifest",
    "receipt": "the receipt",
    "records": "the records",
    "texts": "the texts",
    "decisions": "the decisions",
    "log": "the log",
    "founding": "the founding",
    "coordinators": "the coordinators",
    "signatures": "the signatures",
    "publication": "the publication",
    "tag": "the tag",
    "history": "the history",
    "books": "the books",
}
"""What is looked at, in the order in which it is printed."""


class CheckResult(NamedTuple):
    """What came out for one thing. `place` is the file; `help` says what to do where it fails.

    `curable` says that nothing is wrong, but signatures are wanting: coordinators of now can give
    them.
    """

    subject: str
    state: State
    message: str
    place: str = ""
    help: str = ""
    curable: bool = False


def holds(subject: str, message: str) -> CheckResult:
    """Return that something was looked at, and is as it has to be."""
    return CheckResult(subject, "holds", message)


def fails(
    subject: str, place: str, message: str, help: str, *, curable: bool = False
) -> CheckResult:
    """Return that something is not as it has to be."""
    return CheckResult(subject, "fails", message, place, help, curable)


def not_checked(subject: str, message: str, help: str = "") -> CheckResult:
    """Return that something was not looked at, and why."""
    return CheckResult(subject, "not-checked", message, "", help)


class CheckVerdict(NamedTuple):
    """All that was looked at, in order."""

    looks: tuple[CheckResult, ...]

    def of(self, state: State) -> tuple[CheckResult, ...]:
        """Return what came out so."""
        return tuple(look for look in self.looks if look.state == state)

    @property
    def holds(self) -> bool:
        """Say whether nothing failed."""
        return not self.of("fails")


def verdict_of(looks: Iterable[CheckResult]) -> CheckVerdict:
    """Return the verdict of these looks, in the order of `SUBJECTS`."""
    order = list(SUBJECTS)
    return CheckVerdict(tuple(sorted(looks, key=lambda look: order.index(look.subject))))


def or_holds(subject: str, message: str, looks: Iterable[CheckResult]) -> Iterable[CheckResult]:
    """Yield looks, and that all holds where none of them fails."""
    found = list(looks)
    if not any(look.state == "fails" for look in found):
        yield holds(subject, message)
    yield from found
