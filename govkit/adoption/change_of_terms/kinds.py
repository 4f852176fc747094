"""What each change is in the words of the provisions: significant, adverse, of a house rule.

A clause that was taken in is a bargain term, and the comparison says which way it goes. Of the
platform's own words nobody but a reader can tell: the platform answers. Until it does, a passage
counts as what asks for most.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from govkit.adoption.change_of_terms.clause_changes import OwnPassage
from govkit.adoption.change_of_terms.weighing import TouchedClause
from govkit.adoption.terms import tokens_of
from govkit.corpus.changes.plain import Sides, duty_of, passage_changes
from govkit.corpus.changes.values import Class, Duty, Protection, weight
from govkit.records.terms_change import PassageAnswer

SLIP = frozenset(("any",))
SIGNIFICANT = SLIP | {"significant"}
ADVERSE = SIGNIFICANT | {"adverse"}
FAVOURABLE = SIGNIFICANT | {"favourable"}
HOUSE_RULE = SIGNIFICANT | {"house-rule"}
TIGHTENED = HOUSE_RULE | {"tightened"}
_EDITORIAL = 2
_BINDING = 5


class ChangedItem(NamedTuple):
    """One thing that changes: an adopted clause, or a passage of the platform's own.

    `key` names it in the sheet. `kinds` are what it is in the words of the provisions; `is_open`
    says that the platform has to answer, and that it counts as what asks for most until then.
    `takes_back` says that its words take something of the adopted clauses back.
    """

    key: str
    clause: TouchedClause | None
    passage: OwnPassage | None
    class_: Class
    protection: Protection | None
    duty: Duty | None
    kinds: frozenset[str]
    is_open: bool
    means: str = ""
    takes_back: bool = False

    @property
    def old(self) -> str:
        """Return its words before."""
        return (self.clause or self.passage).old  # type: ignore[union-attr]

    @property
    def new(self) -> str:
        """Return its words after."""
        return (self.clause or self.passage).new  # type: ignore[union-attr]


def key_of(passage: OwnPassage) -> str:
    """Return the sign of a passage: the same words have the same one."""
    words = "\n".join(" ".join(tokens_of(side)) for side in (passage.old, passage.new))
    return f"p-{sha256(words.encode()).hexdigest()[:8]}"


def changed_items(
    clauses: Sequence[TouchedClause],
    passages: Sequence[OwnPassage],
    answers: Mapping[str, PassageAnswer],
    taking_back: Sequence[str],
    language: str,
) -> list[ChangedItem]:
    """Return everything that changes, adopted clauses first.

    `answers` are those of the platform by the key of the item; `taking_back` are sentences of the
    new page that take something of the adopted clauses back.
    """
    own = list(_of_passages(passages, answers, taking_back, language))
    return [*(_of_clause(each, answers.get(each.name)) for each in clauses), *own]


# --- adopted clauses ------------------------------------------------------------------------------


def _of_clause(clause: TouchedClause, answer: PassageAnswer | None) -> ChangedItem:
    protection = clause.direction.user_protection
    means = (answer.means or "").strip() if answer else ""
    kinds, is_open = _kinds_of_clause(clause, protection, answer)
    duty = clause.direction.platform_duty
    protection = "unclear" if is_open else protection
    return ChangedItem(
        clause.name, clause, None, clause.class_, protection, duty, kinds, is_open, means
    )


def _kinds_of_clause(
    clause: TouchedClause, protection: Protection | None, answer: PassageAnswer | None
) -> tuple[frozenset[str], bool]:
    """Return the kinds of a changed clause, and whether the platform has to say more.

    What the comparison knows to weaken a clause, no answer makes better.
    """
    if protection == "stronger":
        return FAVOURABLE, False
    if protection in ("weaker", "stronger and weaker"):
        return ADVERSE, False
    if weight(clause.class_) <= _EDITORIAL:
        return SLIP, False
    if answer is None or (answer.is_ is None and answer.user is None):
        return ADVERSE, True
    if answer.user == "gains":
        return FAVOURABLE, False
    if answer.is_ == "explanation":
        return SLIP, False
    return (SIGNIFICANT if answer.user in ("neither", "slightly") else ADVERSE), False


# --- the platform's own words ---------------------------------------------------------------------


def _of_passages(
    passages: Sequence[OwnPassage],
    answers: Mapping[str, PassageAnswer],
    taking_back: Sequence[str],
    language: str,
) -> Iterator[ChangedItem]:
    sides = [Sides(each.old, each.new) for each in passages]
    texts = ("\n\n".join(s.old for s in sides), "\n\n".join(s.new for s in sides))
    back = [" ".join(tokens_of(each)) for each in taking_back]
    for passage, change in zip(passages, passage_changes(sides, *texts, language), strict=True):
        key = key_of(passage)
        answer = answers.get(key)
        said = " ".join(tokens_of(passage.new))
        takes = any(each in said for each in back)
        kinds, is_open = _kinds_of_passage(passage, change.floor, answer)
        duty = duty_of(passage.old, passage.new, change, language)
        protection: Protection | None = "weaker" if "adverse" in kinds else None
        protection = "stronger" if "favourable" in kinds else protection
        if is_open:
            protection = "unclear"
        if takes:
            kinds, is_open, protection = ADVERSE, False, "weaker"
        means = (answer.means or "").strip() if answer else ""
        yield ChangedItem(
            key, None, passage, change.floor, protection, duty, kinds, is_open, means, takes
        )


def _kinds_of_passage(
    passage: OwnPassage, floor: int, answer: PassageAnswer | None
) -> tuple[frozenset[str], bool]:
    if floor <= _EDITORIAL or (passage.part == "heading" and floor < _BINDING):
        return SLIP, False
    if answer is None or answer.is_ is None or (answer.user is None and not _is_note(answer)):
        return ADVERSE, True
    if _is_note(answer):
        return SLIP, False
    if answer.is_ == "bargain":
        if answer.user == "gains":
            return FAVOURABLE, False
        return (ADVERSE if answer.user == "loses" else SIGNIFICANT), False
    if answer.user in ("loses", "slightly"):
        return TIGHTENED, False
    # What narrows a rule that protects other people is no mere favour (the third exception).
    if answer.user == "gains" and answer.is_ == "house-rule":
        return FAVOURABLE | {"house-rule"}, False
    return HOUSE_RULE, False


def _is_note(answer: PassageAnswer) -> bool:
    return answer.is_ == "explanation"
