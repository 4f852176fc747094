"""The comments of a consultation counted: answered, waiting, late, not shown, by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from govkit.consultation.consultation import Consultation, FiledComment


@dataclass(frozen=True)
class CommentCounts:
    """How many comments there are, and of which kind.

    `asked` are those whose author has not said yet whether they may be shown, `without_name` those
    without a name, `held` those that two coordinators hold back, `by_action` and `by_type` as the
    records have them. `groups` has for each group of the charter its comments and its authors;
    comments of no group stand under an empty name.
    """

    total: int
    answered: int
    waiting: int
    late: int
    asked: int
    without_name: int
    withdrawn: int
    held: int
    by_action: dict[str, int]
    by_type: dict[str, int]
    groups: dict[str, tuple[int, int]]


def count_comments(
    consultation: Consultation, comments: Iterable[FiledComment] | None = None
) -> CommentCounts:
    """Return the counts of all comments, or of some."""
    chosen = tuple(consultation.comments if comments is None else comments)
    withdrawn = [each for each in chosen if each.comment.publication == "withdrawn"]
    answered = [each for each in chosen if each.comment.disposition is not None]
    waiting = [each for each in chosen if each.is_waiting]
    publications = Counter(each.comment.publication for each in chosen)
    return CommentCounts(
        total=len(chosen),
        answered=len(answered),
        waiting=len(waiting),
        late=sum(1 for each in chosen if each.late),
        asked=publications["asked"],
        without_name=publications["without-name"],
        withdrawn=len(withdrawn),
        held=sum(1 for each in chosen if each.held is not None),
        by_action=dict(
            sorted(
                Counter(
                    each.comment.disposition.action for each in answered if each.comment.disposition
                ).items()
            )
        ),
        by_type=dict(sorted(Counter(each.comment.type for each in chosen).items())),
        groups=_groups(consultation, chosen),
    )


def _groups(
    consultation: Consultation, comments: tuple[FiledComment, ...]
) -> dict[str, tuple[int, int]]:
    found: dict[str, list[FiledComment]] = {group: [] for group in consultation.charter.groups}
    for each in comments:
        found.setdefault(consultation.group_of(each.comment, each.received_at), []).append(each)
    return {group: (len(those), _authors(those)) for group, those in found.items()}


def _authors(comments: list[FiledComment]) -> int:
    """Return how many authors there are; each one without a name counts as one of its own."""
    named = {
        each.author.member or each.author.name
        for each in comments
        if each.author.member or each.author.name
    }
    nameless = [each for each in comments if not (each.author.member or each.author.name)]
    return len(named) + len(nameless)
