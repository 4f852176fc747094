"""What a redline is: the operations that make the new text of the old one, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from govkit.patterns import lazy_regex

PARAGRAPH_END = lazy_regex(r"\s*\n[^\S\n]*\n\s*")
"""What stands between two paragraphs: an empty line."""

Op = Literal["equal", "delete", "insert", "replace"]


class Operation(NamedTuple):
    """A stretch of both texts.

    `equal`: the same words stand in both (`old == new`). `delete`: `new` is empty. `insert`: `old`
    is empty. `replace`: both have words here, and other ones.
    """

    op: Op
    old: str
    new: str


class Redline(NamedTuple):
    """The operations that lead from one text to another.

    - The old sides joined are the old text and the new sides joined are the new text, to the
      character.
    - No operation begins or ends inside a number, a date or a negated verb; see `tokens`.
    - No two neighbours are of one kind, unless one of them is moved. An insertion stands never
      directly before a deletion.
    - White space stands before the word that it belongs to.

    `moved` holds pairs of indices into `operations`: a deletion, and the insertion that holds the
    same words elsewhere. The white space at the two ends of the words may differ. `inside` has, for
    each of these pairs, the operations that lead from the words that went to those that came; it is
    empty where they are the same.
    """

    operations: tuple[Operation, ...]
    moved: tuple[tuple[int, int], ...]
    inside: tuple[tuple[Operation, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changed."""
        return all(operation.op == "equal" for operation in self.operations)


def accepted(redline: Redline) -> str:
    """Return the text after all changes: the new one."""
    return "".join(operation.new for operation in redline.operations)


def rejected(redline: Redline) -> str:
    """Return the text before all changes: the old one."""
    return "".join(operation.old for operation in redline.operations)


def is_unseen(operation: Operation) -> bool:
    """Return whether an operation changes white space only, and no paragraph begins or ends.

    Such a change is exact and has no meaning: a line that ends elsewhere. Nobody prints it.
    """
    return (
        operation.op != "equal"
        and operation.old.split() == operation.new.split()
        and len(PARAGRAPH_END.findall(operation.old)) == len(PARAGRAPH_END.findall(operation.new))
    )


def plain(redline: Redline) -> dict[str, Any]:
    """Return the redline as plain values for JSON; the sides that are empty or equal are left out.

    `{"operations": [{"op": "equal", "text": …}, {"op": "replace", "old": …, "new": …}, …],
    "moved": [[3, 7]], "inside": [[]]}`
    """
    return {
        "operations": list(map(_plain, redline.operations)),
        "moved": [list(pair) for pair in redline.moved],
        "inside": [list(map(_plain, operations)) for operations in redline.inside],
    }


def _plain(operation: Operation) -> dict[str, str]:
    return dict(_fields(operation))


def _fields(operation: Operation) -> Iterator[tuple[str, str]]:
    yield "op", operation.op
    if operation.op == "equal":
        yield "text", operation.old
    else:
        if operation.old:
            yield "old", operation.old
        if operation.new:
            yield "new", operation.new
