"""What an author is asked about a change, and what it asks for until they have answered."""

from __future__ import annotations

from .conftest import FILES, FIRST_PATH, Edit, compared, declaring, edited, only

ALL_RULES = ("name the rule", "name the rule to all users")
AND_REASONS = ("name the rule to all users", "name the rule and the facts to all users")


def test_evidence_that_nobody_answered_is_never_called_clarifying(edit: Edit) -> None:
    change = only(edit(ALL_RULES))
    assert (change.class_, change.floor, change.unanswered) == (3, 3, ("-> all",))
    assert (change.bump, change.conformity) == ("major", "re-check")


def test_what_bears_on_no_duty_asks_for_a_minor_version(edit: Edit) -> None:
    change = only(edit(("name the rule", "name that rule")))
    assert (change.class_, change.unanswered, change.bump) == (3, (), "minor")


def test_a_declared_class_without_the_answers_is_not_enough(edit: Edit) -> None:
    change = only(edit(ALL_RULES))
    new = edited(ALL_RULES)
    silent = only(compared(FILES, new, declared=declaring(change, 3)))
    assert (silent.class_, silent.bump, silent.conformity) == (3, "major", "re-check")
    answered = only(compared(FILES, new, declared=declaring(change, 3, "-> ALL")))
    assert (answered.class_, answered.unanswered) == (3, ())
    assert (answered.bump, answered.conformity) == ("minor", "still conforms")


def test_two_declared_steps_answer_for_the_way_from_the_first_to_the_last() -> None:
    first, second = edited(ALL_RULES), edited(("name the rule", AND_REASONS[1]))
    one, two = only(compared(FILES, first)), only(compared(first, second))
    declared = declaring(one, 3, "-> all") | declaring(two, 3, "-> and")
    assert only(compared(FILES, second, declared=declared)).unanswered == ()
    half = declaring(one, 3, "-> all") | declaring(two, 3)
    assert only(compared(FILES, second, declared=half)).unanswered == ("-> and",)
    assert only(compared(FILES, second, declared=declaring(two, 3, "-> all", "-> and"))).unanswered


def test_a_declared_class_of_a_full_round_owes_no_answers(edit: Edit) -> None:
    new = edited(ALL_RULES)
    change = only(compared(FILES, new, declared=declaring(only(edit(ALL_RULES)), 5)))
    assert (change.class_, change.unanswered, change.bump) == (5, (), "major")


def test_a_title_binds_nobody() -> None:
    old = FILES | {
        FIRST_PATH: FILES[FIRST_PATH].replace("title: Reasons", "title: Reasons must be given")
    }
    change = only(compared(old, FILES))
    assert (change.class_, change.bump, change.unanswered) == (3, "minor", ())
