"""Nothing is lost between two revisions unnamed: random edits of a revision of forty texts."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from govkit.proposals.losses import Loss, WordsPlace, losses_of, not_missing
from govkit.records.proposals import Dropped

Units = dict[str, dict[str, str]]

SUBJECTS = ("The platform", "A reviewer", "The user", "A small platform", "The operator", "A body")
FORCES = ("must", "must not", "should", "should not", "may")
VERBS = (
    "publish",
    "keep",
    "delete",
    "explain",
    "restrict",
    "answer",
    "send",
    "review",
    "record",
    "restore",
    "translate",
    "announce",
)
OBJECTS = (
    "each notice",
    "the reasons for a decision",
    "any complaint",
    "the yearly figures",
    "personal data",
    "a list of rules",
    "the account",
    "every request of an authority",
    "the terms in force",
    "a copy of the content",
    "the means of redress",
)
TAILS = (
    "within thirty days",
    "free of charge",
    "in plain words",
    "before it takes effect",
    "in the language of the user",
    "for at least six months",
    "on one page",
    "by electronic means",
    "without delay",
    "where a law asks for it",
    "unless a court forbids it",
    "to whoever asks",
    "in a form that machines read",
    "once a year",
)


def sentence(chance: random.Random) -> str:
    tails = " and ".join(chance.sample(TAILS, chance.randint(1, 3)))
    return (
        f"{chance.choice(SUBJECTS)} {chance.choice(FORCES)} {chance.choice(VERBS)} "
        f"{chance.choice(OBJECTS)} {tails}."
    )


def revision(chance: random.Random) -> Units:
    """Forty texts of one to six clauses, none of which says what another does."""
    units: Units = {}
    said: set[str] = set()
    for number in range(1, 41):
        clauses: dict[str, str] = {}
        for letter in "abcdef"[: chance.randint(1, 6)]:
            words = sentence(chance)
            while words in said:
                words = sentence(chance)
            said.add(words)
            clauses[letter] = words
        units[f"EXA-{number:02d}"] = clauses
    return units


def copied(units: Units) -> Units:
    return {id: dict(clauses) for id, clauses in units.items()}


def some(units: Units, chance: random.Random, least: int = 1) -> str:
    return chance.choice([id for id, clauses in units.items() if len(clauses) >= least])


# --- edits that lose something --------------------------------------------------------------------


def delete_a_text(units: Units, chance: random.Random) -> str:
    id = some(units, chance)
    del units[id]
    return id


def delete_a_clause(units: Units, chance: random.Random) -> str:
    id = some(units, chance, 2)
    clause = chance.choice(list(units[id]))
    del units[id][clause]
    return f"{id}({clause})"


def merge_two_clauses(units: Units, chance: random.Random) -> str:
    id = some(units, chance, 2)
    into, gone = chance.sample(list(units[id]), 2)
    units[id][into] += " " + units[id].pop(gone)
    return f"{id}({gone})"


def move_a_clause(units: Units, chance: random.Random) -> str:
    id = some(units, chance, 2)
    clause = chance.choice(list(units[id]))
    other = chance.choice([each for each in units if each != id])
    units[other]["z"] = units[id].pop(clause)
    return f"{id}({clause})"


def number_anew(units: Units, chance: random.Random) -> str:
    """A clause goes, and those after it are lettered again, so that no letter is missing but the
    last one: what the letters of those before it stood for has moved."""
    id = some(units, chance, 3)
    letters = list(units[id])
    gone = chance.choice(letters[:-1])
    words = [text for letter, text in units[id].items() if letter != gone]
    units[id] = dict(zip(letters, words, strict=False))
    return f"{id}({gone})"


def number_anew_and_add(units: Units, chance: random.Random) -> str:
    """The same, and a new clause takes the last letter: every letter is there.

    The new clause says something else. One that kept most words of the one whose letter it has
    would be an edit of it, to a reader as to the check.
    """
    id = some(units, chance, 3)
    letters = list(units[id])
    gone = chance.choice(letters)
    words = [text for letter, text in units[id].items() if letter != gone]
    last = set(units[id][letters[-1]].lower().split())
    new = sentence(chance)
    while 2 * len(last & set(new.lower().split())) >= len(last):
        new = sentence(chance)
    units[id] = dict(zip(letters, [*words, new], strict=True))
    return f"{id}({gone})"


def paste_twice(units: Units, chance: random.Random) -> str:
    """A clause is pasted over another one."""
    id = some(units, chance, 2)
    one, over = chance.sample(list(units[id]), 2)
    units[id][over] = units[id][one]
    return f"{id}({over})"


def paste_from_another_text(units: Units, chance: random.Random) -> str:
    id, other = chance.sample(list(units), 2)
    clause = chance.choice(list(units[id]))
    units[id][clause] = chance.choice(list(units[other].values()))
    return f"{id}({clause})"


def paste_a_text_over_another(units: Units, chance: random.Random) -> str:
    id, other = chance.sample(list(units), 2)
    units[id] = dict(units[other])
    return id


LOSSES: tuple[Callable[[Units, random.Random], str], ...] = (
    delete_a_text,
    delete_a_clause,
    merge_two_clauses,
    move_a_clause,
    number_anew,
    number_anew_and_add,
    paste_twice,
    paste_from_another_text,
    paste_a_text_over_another,
)


# --- edits that lose nothing ----------------------------------------------------------------------


def change_words(units: Units, chance: random.Random) -> None:
    """Up to a third of the words of a clause are others."""
    id = some(units, chance)
    clause = chance.choice(list(units[id]))
    words = units[id][clause].split()
    for at in chance.sample(range(len(words)), max(1, len(words) // 3)):
        words[at] = chance.choice(("ninety", "public", "clear", "timely", "reasoned", "written"))
    units[id][clause] = " ".join(words)


def say_more(units: Units, chance: random.Random) -> None:
    id = some(units, chance)
    clause = chance.choice(list(units[id]))
    units[id][clause] = f"{units[id][clause]} {sentence(chance)} {sentence(chance)}"


def add_a_clause(units: Units, chance: random.Random) -> None:
    units[some(units, chance)]["y"] = sentence(chance)


def add_a_text(units: Units, chance: random.Random) -> None:
    units[f"EXA-{chance.randint(100, 999)}"] = {"a": sentence(chance)}


def put_in_another_order(units: Units, chance: random.Random) -> None:
    id = some(units, chance, 2)
    letters = list(units[id])
    chance.shuffle(letters)
    units[id] = {letter: units[id][letter] for letter in letters}


def repeat_a_clause(units: Units, chance: random.Random) -> None:
    """A clause is pasted twice, and the second time under a letter of its own."""
    id = some(units, chance)
    units[id]["x"] = chance.choice(list(units[id].values()))


def wrap_and_capitals(units: Units, chance: random.Random) -> None:
    id = some(units, chance)
    clause = chance.choice(list(units[id]))
    units[id][clause] = units[id][clause].replace(" ", "\n  ").replace("The", "the")


CLEAN: tuple[Callable[[Units, random.Random], None], ...] = (
    change_words,
    say_more,
    add_a_clause,
    add_a_text,
    put_in_another_order,
    repeat_a_clause,
    wrap_and_capitals,
)


def edited_cleanly(units: Units, chance: random.Random, count: int) -> None:
    """Edit some texts, each in one way, so that no clause is changed beyond recognition."""
    for id in chance.sample(list(units), count):
        one = {id: units[id]}
        edits = [edit for edit in CLEAN if len(units[id]) > 1 or edit is not put_in_another_order]
        chance.choice(edits)(one, chance)
        units |= one


def named(loss: Loss) -> Dropped:
    return Dropped(id=loss.unit, clause=loss.clause, because="named on purpose")


@pytest.mark.parametrize("seed", range(200))
def test_an_unnamed_loss_is_found_and_a_named_one_goes_through(seed: int) -> None:
    chance = random.Random(seed)
    old = revision(chance)
    new = copied(old)
    edit = LOSSES[seed % len(LOSSES)]
    place = edit(new, chance)
    others = {id: clauses for id, clauses in new.items() if clauses == old[id]}
    edited_cleanly(others, chance, chance.randint(0, 6))
    new |= others
    found = losses_of(old, new)
    assert place in {str(loss) for loss in found} or any(
        str(loss).startswith(f"{place}(") for loss in found
    ), (edit.__name__, place, found)
    dropped = [named(loss) for loss in found]
    assert losses_of(old, new, dropped) == ()
    assert not_missing(old, new, dropped) == ()


@pytest.mark.parametrize("seed", range(200))
def test_a_revision_that_loses_nothing_goes_through(seed: int) -> None:
    chance = random.Random(1000 + seed)
    old = revision(chance)
    new = copied(old)
    edited_cleanly(new, chance, chance.randint(1, 12))
    assert losses_of(old, new) == ()


# --- by hand --------------------------------------------------------------------------------------

OLD: Units = {
    "EXA-01": {
        "a": "The platform must answer each complaint within thirty days.",
        "b": "The platform must not treat a user worse because of a complaint.",
    },
    "EXA-02": {"a": "The platform should publish yearly figures on one page."},
    "user": {"": "A person who uses the platform, with or without an account."},
}


def test_where_the_words_went_is_said() -> None:
    new = copied(OLD)
    new["EXA-02"]["b"] = new["EXA-01"].pop("b")
    [loss] = losses_of(OLD, new)
    assert (str(loss), loss.how, loss.now_in) == ("EXA-01(b)", "gone", WordsPlace("EXA-02", "b"))
    assert loss.words == "The platform must not treat a user worse because of a complaint."


def test_a_text_that_is_gone_is_one_loss_and_naming_it_names_its_clauses() -> None:
    new = {id: clauses for id, clauses in OLD.items() if id != "EXA-01"}
    [loss] = losses_of(OLD, new)
    assert (loss.unit, loss.clause) == ("EXA-01", None)
    assert losses_of(OLD, new, [named(loss)]) == ()


def test_naming_one_loss_names_no_other() -> None:
    new: Units = {"EXA-01": {"a": OLD["EXA-01"]["a"]}, "EXA-02": dict(OLD["EXA-02"])}
    assert [str(each) for each in losses_of(OLD, new)] == ["EXA-01(b)", "user"]
    dropped = [Dropped(id="user", because="everybody knows what a user is")]
    assert [str(each) for each in losses_of(OLD, new, dropped)] == ["EXA-01(b)"]


def test_a_definition_written_anew_is_asked_about() -> None:
    new = copied(OLD)
    new["user"][""] = "Whoever has paid."
    [loss] = losses_of(OLD, new)
    assert (str(loss), loss.how) == ("user", "other words")


def test_what_is_still_there_can_not_be_named_as_dropped() -> None:
    there = Dropped(id="EXA-01", clause="a", because="why not")
    never = Dropped(id="EXA-07", because="it never was")
    assert not_missing(OLD, OLD, [there, never]) == (there, never)
