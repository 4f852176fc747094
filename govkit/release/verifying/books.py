"""The books built again: the same bytes, or the same words in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from govkit.release.verifying.check_result import CheckResult, fails, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence

Level = Literal["bytes", "text"]

_BUILT_OTHERWISE = (
    "If the programs on this machine are not quite the same, compare the words: --match text. Else "
    "somebody printed something that the texts do not say."
)


class RebuiltFile(NamedTuple):
    """One file built again. `difference` is empty where it is the same, else says where it is not;
    None where there was nothing to compare with.
    """

    name: str
    difference: str | None


def of_books(
    found: ReleaseEvidence, level: Level, compared: Iterable[RebuiltFile]
) -> Iterator[CheckResult]:
    """Look at the files that were built again."""
    several = list(compared)
    looks = [
        fails(
            "books",
            found.at(each.name),
            f"{each.name}, built again, {each.difference}",
            _BUILT_OTHERWISE,
        )
        for each in several
        if each.difference
    ]
    unseen = [each.name for each in several if each.difference is None]
    same = len(several) - len(unseen) - len(looks)
    how = "has the same bytes" if level == "bytes" else "says the same words in the same order"
    if same or looks:
        yield from or_holds("books", f"{same} files were built again, and each {how}", looks)
    if unseen:
        yield not_checked(
            "books",
            f"there is no {', '.join(unseen)} here to compare the words with",
            "Name the folder with the books: `govkit release verify FOLDER --match text`.",
        )


def other_tools(
    made_with: Mapping[str, str], here: Mapping[str, str]
) -> tuple[tuple[str, str, str], ...]:
    """Return each program that has another version here: its name, that of then, that of here."""
    return tuple(
        (name, version, here.get(name, "none"))
        for name, version in sorted(made_with.items())
        if here.get(name) != version
    )


def of_other_tools(others: Iterable[tuple[str, str, str]]) -> CheckResult:
    """Return that bytes were not compared, since programs here are others than those of then."""
    said = "; ".join(f"{name} {here} here, {then} then" for name, then, here in others)
    return not_checked(
        "books",
        f"the books were not compared byte for byte, since the programs differ: {said}",
        "Compare the words: --match text. Or install the versions that the manifest names.",
    )
