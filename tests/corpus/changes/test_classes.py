"""Which class, direction and version a change of a record has: a table of edits, one a line."""

import itertools
from typing import Any

import pytest

from govkit.corpus.changes.direction import turned
from govkit.corpus.changes.rules import rules_for
from govkit.corpus.changes.values import Direction
from govkit.records.models import model_of

from .conftest import (
    BOOK,
    FILES,
    FIRST,
    FIRST_PATH,
    SECOND,
    USER,
    compared,
    declaring,
    edited,
    only,
)

MORE, LESS = Direction("tighter", "stronger"), Direction("looser", "weaker")
UNCLEAR, NONE = Direction("unclear", "unclear"), Direction()

Edit = tuple[list[tuple[str, str]], Any, str, Direction, str]
EDITS: dict[str, Edit] = {
    "must becomes should, in data and words": (
        [
            ("  - id: a\n    force: must", "  - id: a\n    force: should"),
            ("must give", "should give"),
        ],
        5,
        "major",
        LESS,
        "still conforms",
    ),
    "must becomes should, in data alone": (
        [("  - id: a\n    force: must", "  - id: a\n    force: should")],
        5,
        "major",
        LESS,
        "still conforms",
    ),
    "must becomes should, in words alone": (
        [("must give", "should give")],
        5,
        "major",
        LESS,
        "still conforms",
    ),
    "must becomes must not": (
        [
            ("  - id: a\n    force: must", "  - id: a\n    force: must-not"),
            ("must give", "must not give"),
        ],
        5,
        "major",
        UNCLEAR,
        "re-check",
    ),
    "no longer large platforms alone": (
        [("{sizes: [large]}", "{sizes: [large, small]}")],
        6,
        "major",
        MORE,
        "new duty",
    ),
    "children alone": (
        [("{sizes: [large]}", "{sizes: [large], users: [child]}")],
        6,
        "major",
        LESS,
        "still conforms",
    ),
    "another size": ([("{sizes: [large]}", "{sizes: [small]}")], 6, "major", UNCLEAR, "re-check"),
    "an exception taken out": (
        [("    exceptions: [where the law forbids it]\n", "")],
        6,
        "major",
        MORE,
        "new duty",
    ),
    "a condition put in": (
        [("    exceptions:", "    conditions: [if asked]\n    exceptions:")],
        6,
        "major",
        LESS,
        "still conforms",
    ),
    "an exception in other words": (
        [("where the law forbids it", "where a law forbids it")],
        6,
        "major",
        UNCLEAR,
        "re-check",
    ),
    "another default": ([("default: 14", "default: 30")], 6, "major", UNCLEAR, "re-check"),
    "another right": ([("[privacy]", "[]")], 6, "major", UNCLEAR, "re-check"),
    "another category": (
        [("category: substantive", "category: procedural")],
        6,
        "major",
        UNCLEAR,
        "re-check",
    ),
    "a word for another": ([("name the rule", "name a rule")], 3, "minor", NONE, "re-check"),
    "another title": ([("title: Reasons", "title: Grounds")], 3, "minor", NONE, "re-check"),
    "a source put in": (
        [("grounds:\n", "grounds:\n  - {source: act, locator: s. 2, relation: follows}\n")],
        4,
        "minor",
        NONE,
        "still conforms",
    ),
    "a source taken out": (
        [("grounds:\n  - {source: law, locator: art. 1, relation: follows}\n", "")],
        3,
        "minor",
        NONE,
        "re-check",
    ),
    "another place in a source": ([("art. 1", "art. 2")], 3, "minor", NONE, "re-check"),
    "another relation to a source": (
        [("relation: follows", "relation: implements")],
        1,
        "patch",
        NONE,
        "still conforms",
    ),
    "another rationale": (
        [("let people object", "help people")],
        1,
        "patch",
        NONE,
        "still conforms",
    ),
    "options put in": (
        [("category:", "options: [{id: one, clauses: [a]}, {id: two, clauses: [b]}]\ncategory:")],
        6,
        "major",
        UNCLEAR,
        "re-check",
    ),
    "a time linked to another": (
        [("default: 14,", "default: 14, linked: {to: EXA-DUE-02.days, plus: 1},")],
        6,
        "major",
        UNCLEAR,
        "re-check",
    ),
    "a summary put in": (
        [("category:", "summary: You are told why.\ncategory:")],
        1,
        "patch",
        NONE,
        "still conforms",
    ),
    "a burden put in": (
        [("category:", "burden: {people: a clerk, systems: none}\ncategory:")],
        1,
        "patch",
        NONE,
        "still conforms",
    ),
    "the status": ([("status: draft", "status: trial")], "S", "none", NONE, "still conforms"),
    "a clause taken out": (
        [
            (
                """  - id: b
    force: must
    addressee: platform
    beneficiary: user
    text: The platform must name the rule.
    exceptions: [where the law forbids it]
""",
                "  - id: b\n    withdrawn: {reason: merged, on: 2026-05-01}\n",
            )
        ],
        8,
        "major",
        LESS,
        "still conforms",
    ),
    "a new duty": (
        [
            (
                "parameters:\n",
                """  - id: c
    force: must
    addressee: platform
    beneficiary: user
    text: The platform must keep a copy.
parameters:
""",
            )
        ],
        8,
        "major",
        MORE,
        "new duty",
    ),
    "a new recommendation to the platform": (
        [
            (
                "parameters:\n",
                """  - id: c
    force: should
    addressee: platform
    beneficiary: user
    text: The platform should keep a copy.
parameters:
""",
            )
        ],
        8,
        "minor",
        MORE,
        "still conforms",
    ),
    "a new duty of the user": (
        [
            (
                "parameters:\n",
                """  - id: c
    force: must
    addressee: user
    beneficiary: platform
    text: The user must keep a copy.
parameters:
""",
            )
        ],
        8,
        "major",
        Direction(None, "weaker"),
        "re-check",
    ),
    "the text withdrawn": (
        [("status: draft", "status: withdrawn\nwithdrawn: {reason: merged, on: 2026-05-01}")],
        8,
        "major",
        LESS,
        "still conforms",
    ),
}


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_of_a_text(case: str) -> None:
    pairs, class_, bump, direction, conformity = EDITS[case]
    change = only(compared(FILES, edited(*pairs)))
    assert (change.class_, change.bump) == (class_, bump)
    assert (change.direction, change.conformity) == (direction, conformity)


@pytest.mark.parametrize("case", EDITS)
def test_the_way_back_has_the_direction_turned(case: str) -> None:
    new = edited(*EDITS[case][0])
    there, back = only(compared(FILES, new)), only(compared(new, FILES))
    assert back.direction == turned(there.direction)


@pytest.mark.parametrize("case", EDITS)
def test_the_order_of_files_does_not_matter(case: str) -> None:
    new = edited(*EDITS[case][0])
    turned_files = dict(reversed(new.items()))
    assert compared(FILES, new) == compared(dict(reversed(FILES.items())), turned_files)


def test_a_time_that_has_to_fit_another_is_a_least_time() -> None:
    own = edited(("default: 14,", "default: 14, favours: longer,"))
    linked = edited(("default: 14,", "default: 14, favours: longer, linked: {to: A.days},"))
    longer = edited(
        ("default: 14,", "default: 14, favours: longer, linked: {to: A.days, plus: 1},")
    )
    assert only(compared(own, linked)).direction == MORE
    assert only(compared(linked, longer)).direction == MORE
    assert only(compared(longer, own)).direction == LESS


def test_nothing_changes_between_a_state_and_itself() -> None:
    changes = compared(FILES, FILES)
    assert changes.changes == ()
    assert changes.bump == "none"


FORMS = {
    "quotes": [("title: Reasons", 'title: "Reasons"')],
    "a comment": [("status: draft", "status: draft  # for now")],
    "lines": [
        (
            "    text: The platform must name the rule.",
            "    text: >-\n      The platform must\n      name the rule.",
        )
    ],
    "order of keys": [
        ("category: substantive\n", ""),
        ("rationale:", "category: substantive\nrationale:"),
    ],
    "all written out": [("{sizes: [large]}", "{users: [all], sizes: [large]}")],
    "a rationale wrapped": [
        ("rationale: Reasons let people object.", "rationale: |\n  Reasons let\n  people object.")
    ],
}


@pytest.mark.parametrize("case", FORMS)
def test_the_form_of_the_file_is_no_change(case: str) -> None:
    assert compared(FILES, edited(*FORMS[case])).changes == ()


def test_a_file_moved_is_no_change() -> None:
    new = {path.replace("DUE-01", "DUE-01-reasons"): text for path, text in FILES.items()}
    assert compared(FILES, new).changes == ()


def test_words_and_status_in_one_step_are_mixed() -> None:
    new = edited(("status: draft", "status: trial"), ("name the rule", "name a rule"))
    change = only(compared(FILES, new))
    assert change.mixed
    assert change.class_ == 3


def test_a_new_text_and_a_removed_one() -> None:
    fewer = {path: text for path, text in FILES.items() if path != FIRST_PATH}
    came, went = only(compared(fewer, FILES)), only(compared(FILES, fewer))
    assert (came.class_, came.bump, came.direction) == (8, "major", MORE)
    assert (went.class_, went.bump, went.direction) == (8, "major", LESS)
    assert [clause.id for clause in came.clauses] == ["a", "b"]
    assert came.clauses[0].old == ""
    assert went.clauses[0].new == ""


def test_a_changed_definition_lists_what_rests_on_it() -> None:
    path = "registers/terms/user.yaml"
    new = FILES | {path: USER.replace("a person who uses", "a person or body that uses")}
    change = only(compared(FILES, new))
    assert (change.class_, change.bump, change.conformity) == (7, "major", "re-check")
    assert change.affects == ("EXA-DUE-01", "EXA-DUE-02")
    assert [clause.id for clause in change.clauses] == ["definition"]


def test_what_rests_on_a_definition_is_followed_through_terms() -> None:
    marked = USER.replace("a person who uses a platform", '"uses a [platform](term:platform)"')
    chain = FILES | {"registers/terms/user.yaml": marked}
    platform = "{term: platform, status: draft, definition: a service of any kind}"
    new = chain | {"registers/terms/platform.yaml": platform}
    assert only(compared(chain, new)).affects == ("EXA-DUE-01", "EXA-DUE-02", "user")


def test_a_misspelt_definition_voids_nothing_of_meaning() -> None:
    path = "registers/terms/user.yaml"
    old = FILES | {path: USER.replace("person", "custommer")}
    change = only(compared(old, FILES | {path: USER.replace("person", "customer")}))
    assert (change.class_, change.bump) == (1, "patch")


def test_a_definition_that_nobody_uses_is_an_addition() -> None:
    path = "registers/terms/notice.yaml"
    new = FILES | {path: "{term: notice, status: draft, definition: a message}"}
    change = only(compared(FILES, new))
    assert (change.class_, change.bump, change.affects) == (4, "minor", ())


def test_the_order_of_a_book() -> None:
    new = FILES | {
        "provisions/instrument.yaml": BOOK.replace(
            "[EXA-DUE-01, EXA-DUE-02]", "[EXA-DUE-02, EXA-DUE-01]"
        )
    }
    change = only(compared(FILES, new))
    assert (change.id, change.class_, change.bump) == ("INS-provisions", 2, "patch")


SWAPPED = """clauses:
  - id: b
    force: must
    addressee: platform
    beneficiary: user
    text: The platform must name the rule.
    exceptions: [where the law forbids it]
  - id: a
    force: must
    addressee: platform
    beneficiary: user
    text: The platform must give the user reasons within {reason_days} days.
"""


@pytest.mark.parametrize(("category", "class_"), [("substantive", 2), ("procedural", 3)])
def test_the_order_of_clauses(category: str, class_: int) -> None:
    old = FIRST.replace("category: substantive", f"category: {category}")
    start, end = old.index("clauses:"), old.index("parameters:")
    new = old[:start] + SWAPPED + old[end:]
    change = only(compared(FILES | {FIRST_PATH: old}, FILES | {FIRST_PATH: new}))
    assert change.class_ == class_


MARKED = ("give the user reasons", "give the [user](term:user) reasons")


def test_a_mark_put_on_applies_a_definition() -> None:
    change = only(compared(FILES, edited(MARKED)))
    assert (change.class_, change.floor, change.bump) == (7, 7, "major")


def test_where_the_book_binds_defined_words_a_mark_may_be_declared_clarifying() -> None:
    bound = {"provisions/instrument.yaml": BOOK + "defined_words: i1\n"}
    old, new = FILES | bound, edited(MARKED) | bound
    undeclared = only(compared(old, new))
    assert (undeclared.class_, undeclared.floor) == (7, 3)
    declared = only(compared(old, new, declared=declaring(undeclared, 3)))
    assert (declared.class_, declared.declared, declared.bump) == (3, 3, "minor")


def test_a_declaration_lifts_a_class_and_never_lowers_it() -> None:
    new = edited(("name the rule", "name a rule"))
    change = only(compared(FILES, new))
    assert only(compared(FILES, new, declared=declaring(change, 6))).class_ == 6
    assert only(compared(FILES, new, declared=declaring(change, 1))).class_ == 3


def test_a_declaration_for_other_words_does_not_count() -> None:
    new = edited(("name the rule", "name a rule"))
    [declared] = declaring(only(compared(FILES, new)), 6).values()
    elsewhere = {("EXA-DUE-01", None, None): declared}
    change = only(compared(FILES, new, declared=elsewhere))
    assert (change.class_, change.declared) == (3, None)


def test_a_declared_clarification_asks_nothing_of_an_adopter() -> None:
    new = edited(("name the rule", "name a rule"))
    change = only(compared(FILES, new))
    declared = declaring(change, 3)
    assert only(compared(FILES, new, declared=declared)).conformity == "still conforms"


def test_one_operation_in_three_clauses_is_a_sweep() -> None:
    third = SECOND.replace("DUE-02", "DUE-03")
    files = FILES | {"provisions/due/EXA-DUE-03.yaml": third}
    new = {path: text.replace("name the rule", "name a rule") for path, text in files.items()}
    changes = compared(files, new)
    assert [sweep.clauses for sweep in changes.sweeps] == [
        ("EXA-DUE-01(b)", "EXA-DUE-02(b)", "EXA-DUE-03(b)")
    ]
    assert {change.sweep for change in changes.changes} == {changes.sweeps[0].id}


def test_a_clause_in_which_more_changed_is_no_part_of_a_sweep() -> None:
    third = SECOND.replace("DUE-02", "DUE-03")
    files = FILES | {
        f"provisions/due/EXA-DUE-0{n}.yaml": third.replace("DUE-03", f"DUE-0{n}") for n in (3, 4)
    }
    new = {path: text.replace("name the rule", "name a rule") for path, text in files.items()}
    new[FIRST_PATH] = new[FIRST_PATH].replace("must name a rule", "must name a rule early")
    changes = compared(files, new)
    assert changes.sweeps[0].clauses == ("EXA-DUE-02(b)", "EXA-DUE-03(b)", "EXA-DUE-04(b)")
    assert changes.changes[0].sweep is None


@pytest.mark.parametrize(
    ("rule", "edit", "bump"),
    [
        ("by-conformity", ("must give", "should give"), "minor"),
        ("by-conformity", ("    exceptions: [where the law forbids it]\n", ""), "major"),
        ("by-conformity", ("let people object", "help people"), "patch"),
        ("by-class", ("must give", "should give"), "major"),
    ],
)
def test_the_bump_rule_is_the_charters(rule: str, edit: tuple[str, str], bump: str) -> None:
    charter = FILES["governance/charter.yaml"] + f"bump: {rule}\n"
    old = FILES | {"governance/charter.yaml": charter}
    new = edited(edit) | {"governance/charter.yaml": charter}
    assert compared(old, new).bump == bump


def test_where_versions_are_dates_there_is_no_bump() -> None:
    charter = {"governance/charter.yaml": FILES["governance/charter.yaml"] + "bump: calendar\n"}
    changes = compared(FILES | charter, edited(("name the rule", "name a rule")) | charter)
    assert changes.bump is None
    assert changes.changes[0].class_ == 3


@pytest.mark.parametrize("kind", ["provision", "recommendation", "principle", "instrument", "term"])
def test_every_field_of_a_record_has_its_line_in_the_table(kind: str) -> None:
    rules = {field.split(".")[0].split(" ")[0] for field in rules_for(kind)}
    assert set(model_of(kind).model_fields) - {"id"} <= rules


def _apart(first: str, second: str) -> bool:
    """Say whether two edits touch different words."""
    olds = [[old for old, _ in EDITS[case][0]] for case in (first, second)]
    return not any(one in other or other in one for one in olds[0] for other in olds[1])


PAIRS = [
    pair
    for pair in itertools.combinations([case for case in EDITS if "withdrawn" not in case], 2)
    if _apart(*pair)
]


@pytest.mark.parametrize(("first", "second"), PAIRS[::7], ids=lambda case: case[:24])
def test_two_edits_together_are_never_lighter_than_one(first: str, second: str) -> None:
    order = {"none": 0, "patch": 1, "minor": 2, "major": 3}
    both = compared(FILES, edited(*EDITS[first][0], *EDITS[second][0])).bump
    assert both is not None
    assert order[both] >= max(order[EDITS[case][2]] for case in (first, second))


def marked(*marks: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return clauses about a platform and a user, one a mark, without it and with it."""
    old, new = dict(FILES), dict(FILES)
    for n, mark in enumerate(marks, 3):
        path, text = f"provisions/due/EXA-DUE-0{n}.yaml", SECOND.replace("DUE-02", f"DUE-0{n}")
        words = mark[1 : mark.index("]")]
        old[path] = text.replace("name the rule", f"name the rule to the {words}")
        new[path] = text.replace("name the rule", f"name the rule to the {mark}")
    return old, new


USERS = "[user](term:user)"


@pytest.mark.parametrize(
    "marks",
    [
        (USERS, USERS, "[user](term:platform)"),
        (USERS, USERS, "[users](term:user)"),
        (USERS, USERS, "[person](term:user)"),
    ],
)
def test_marks_of_other_terms_or_on_other_words_are_no_sweep(marks: tuple[str, ...]) -> None:
    assert compared(*marked(*marks)).sweeps == ()


def test_marks_put_on_and_marks_taken_off_are_no_sweep() -> None:
    old, new = marked(USERS, USERS, USERS)
    path = "provisions/due/EXA-DUE-03.yaml"
    old[path], new[path] = new[path], old[path]
    assert compared(old, new).sweeps == ()
    assert len(compared(*marked(USERS, USERS, USERS)).sweeps) == 1


def test_the_same_words_in_duties_of_opposite_sides_are_two_sweeps() -> None:
    owed_by_user = SECOND.replace(
        "addressee: platform\n    beneficiary: user\n    text: The platform must name the rule.",
        "addressee: user\n    beneficiary: platform\n    text: The user must name the rule.",
    )
    assert owed_by_user != SECOND
    files = dict(FILES)
    for n in range(3, 7):
        text = owed_by_user if n > 3 else SECOND
        files[f"provisions/due/EXA-DUE-0{n}.yaml"] = text.replace("DUE-02", f"DUE-0{n}")
    new = {path: text.replace("name the rule", "name a rule") for path, text in files.items()}
    assert [sweep.clauses for sweep in compared(files, new).sweeps] == [
        ("EXA-DUE-01(b)", "EXA-DUE-02(b)", "EXA-DUE-03(b)"),
        ("EXA-DUE-04(b)", "EXA-DUE-05(b)", "EXA-DUE-06(b)"),
    ]
