"""What does not fit a record comes back in plain words: one mistake, one finding."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest

from govkit.findings import Finding
from govkit.records.kinds import KINDS, kind_of_path
from govkit.records.models import model_of
from govkit.source.gate import admit
from govkit.source.loader import load
from govkit.source.validation import validate
from tests.records.process_records import PROCESS_RECORDS

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "rules" / "_base"
EXAMPLES = ROOT / "govkit" / "source" / "examples"


def records_of(folder: Path) -> dict[str, Any]:
    """The plain data of one file of each kind."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.yaml")):
        kind = kind_of_path(path.relative_to(folder).as_posix())
        if kind:
            found.setdefault(kind, load(admit(path.read_bytes())))
    return found


RECORDS = (
    records_of(EXAMPLES)
    | records_of(BASE)
    | {kind: load(text) for kind, text in PROCESS_RECORDS.items()}
)

PROVISION = """\
id: EXA-DUE-01
title: Notice
status: draft
clauses:
  - id: a
    force: must
    addressee: platform
    text: The platform must give notice.
  - id: b
    withdrawn: {reason: merged into a, on: 2026-05-01}
parameters:
  notice_days:
    type: days
    default: 14
    meaning: how long before
grounds:
  - source: example-act
    locator: art. 3
    relation: implements
    verified: {by: example-society, on: 2026-02-01}
"""


def wrong(text: str, kind: str = "provision") -> list[Finding]:
    return list(validate(kind, load(text), "EXA-DUE-01.yaml")[1])


def said(findings: list[Finding]) -> list[str]:
    return [f"{each.route}: {each.message}. {each.help}" for each in findings]


def test_each_kind_has_a_record_to_try() -> None:
    assert set(RECORDS) == set(KINDS)
    for kind, data in RECORDS.items():
        assert validate(kind, data, "")[1] == ()
    assert wrong(PROVISION) == []


# --- misspelt, unknown and missing keys ---------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "misspelt", "route"),
    [
        ("title", "titel", "titel"),
        ("clauses", "clausses", "clausses"),
        ("grounds", "ground", "ground"),
        ("force", "forse", "clauses.0.forse"),
        ("text", "texts", "clauses.0.texts"),
        ("addressee", "adressee", "clauses.0.adressee"),
        ("withdrawn", "withdrwan", "clauses.1.withdrwan"),
        ("reason", "raeson", "clauses.1.withdrawn.raeson"),
        ("type", "tpye", "parameters.notice_days.tpye"),
        ("default", "defualt", "parameters.notice_days.defualt"),
        ("meaning", "meening", "parameters.notice_days.meening"),
        ("locator", "locater", "grounds.0.locater"),
        ("verified", "verifed", "grounds.0.verifed"),
        ("by", "bby", "grounds.0.verified.bby"),
    ],
)
def test_a_misspelt_key_is_one_finding_at_every_depth(key: str, misspelt: str, route: str) -> None:
    [finding] = wrong(
        PROVISION.replace(f"{key}: ", f"{misspelt}: ").replace(f"\n{key}:\n", f"\n{misspelt}:\n")
    )
    assert finding.rule == "unknown-key"
    assert (str(finding.route), finding.route.at_key) == (route, True)
    assert finding.message == f"unknown key `{misspelt}`"
    assert finding.help == f"Did you mean `{key}`?"
    assert finding.expected == key


def test_in_a_map_of_clauses_too() -> None:
    translation = copy.deepcopy(RECORDS["translation"])
    translation["clauses"] = {
        "a": {"txt": "Ce texte.", "source_digest": translation["source_digest"]}
    }
    assert said(list(validate("translation", translation, "")[1])) == [
        "clauses.a.txt: unknown key `txt`. Did you mean `text`?"
    ]


def test_an_unknown_key_beside_a_truly_missing_one_is_two_findings() -> None:
    unknown, missing = wrong(PROVISION.replace("title: Notice", "colour: red"))
    assert unknown.message == "unknown key `colour`"
    assert unknown.help.startswith("Keys that fit here: ")
    assert " title, " in unknown.help
    assert missing.message == "the key `title` is missing here"
    assert missing.help == "Add the key `title`. `govkit schema provision` says what it holds."


def test_a_missing_key_is_shown_at_the_part_that_lacks_it() -> None:
    assert said(wrong(PROVISION.replace("    force: must\n", ""))) == [
        "clauses.0: the key `force` is missing here. "
        "Add the key `force`. `govkit schema provision` says what it holds."
    ]


def test_a_parameter_without_type_is_told_what_to_add() -> None:
    assert said(wrong(PROVISION.replace("    type: days\n", ""))) == [
        "parameters.notice_days: the key `type` is missing here. Add `type: days`, or another unit."
    ]


# --- words and shapes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "nearest"),
    [
        ("status: draft", "status: drafft", "draft"),
        ("force: must", "force: msut", "must"),
        ("force: must", "force: must not", "must-not"),
        ("type: days", "type: day", "days"),
        ("relation: implements", "relation: implement", "implements"),
    ],
)
def test_an_unknown_word_names_the_nearest(before: str, after: str, nearest: str) -> None:
    [finding] = wrong(PROVISION.replace(before, after))
    key, word = after.split(": ")
    assert finding.rule == "unknown-word"
    assert finding.route.keys[-1] == key
    assert finding.message == f"`{word}` is not one of the words that fit here"
    assert finding.help.startswith(f"Did you mean `{nearest}`? One of: ")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "text: The platform must give notice.",
            "text: [a, b]",
            "clauses.0.text: a text is expected here. Put the text in double quotes. "
            "Between [ ] stands a list.",
        ),
        (
            "addressee: platform",
            "addressee: {}",
            "clauses.0.addressee: a list is expected here. "
            "Write [] for none, or `- ` before each item.",
        ),
        (
            "  - id: b\n    withdrawn: {reason: merged into a, on: 2026-05-01}",
            "  - just words",
            "clauses.1: a group of keys is expected here. Write `key: value` lines. Keys that fit "
            "here: id, force, addressee, beneficiary, text, conditions, exceptions, applies_to, "
            "guidance, withdrawn.",
        ),
        (
            "on: 2026-05-01",
            "on: 2026-02-30",
            "clauses.1.withdrawn.on: there is no such day or time as 2026-02-30. "
            "Write a day, as 2026-03-10.",
        ),
        (
            "notice_days",
            "Notice Days",
            "parameters.Notice Days: this is not a parameter name: small letters, digits and _, "
            "as notice_days. Write a parameter name: small letters, digits and _, as notice_days.",
        ),
    ],
)
def test_a_value_of_another_shape_says_what_to_write(
    before: str, after: str, expected: str
) -> None:
    assert said(wrong(PROVISION.replace(before, after))) == [expected]


# --- parts of more than one form ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "- id: b\n    withdrawn",
            "- withdrawn",
            "clauses.1: the key `id` is missing here. "
            "Add the key `id`. `govkit schema provision` says what it holds.",
        ),
        (
            "id: b\n",
            "id: b\n    text: The platform must wait.\n",
            "clauses.1.text: unknown key `text`. "
            "It does not go together with the other keys here; delete it.",
        ),
        (
            "id: b\n",
            "id: null\n",
            "clauses.1.id: a clause id: letters and digits, as a or 01 is expected here. "
            "Write a clause id: letters and digits, as a or 01.",
        ),
        (
            "type: days\n",
            "type: days\n    days: 14\n",
            "parameters.notice_days.days: unknown key `days`. "
            "Keys that fit here: type, default, minimum, maximum, favours, linked, meaning.",
        ),
        (
            "default: 14\n",
            "default: a\n    days: 14\n",
            "parameters.notice_days.default: a whole number is expected here. "
            "Write a whole number, as 6.",
        ),
    ],
)
def test_a_key_named_like_a_form_of_the_part_misleads_nobody(
    before: str, after: str, expected: str
) -> None:
    assert said(wrong(PROVISION.replace(before, after)))[0] == expected


# --- against chance -----------------------------------------------------------------------------

THEIR_WORDS = (
    "Input should be",
    "validation error",
    "Extra inputs",
    "Field required",
    "Value error",
    "pydantic",
    "For further information",
    "List should",
    "Tuple should",
    "Input tag",
    "extract tag",
    "ctx",
    "[type=",
)
ODD_VALUES = (
    None,
    "",
    " ",
    "no",
    "words",
    "1",
    "{brace}",
    "a\nb",
    "0x1F",
    [],
    ["a"],
    [None],
    [[]],
    {},
    {"": "a"},
    {"type": "days"},
    {"id": "a"},
    [{"withdrawn": "a"}],
    {"a": {"type": "text"}},
)
ODD_KEYS = ("live", "withdrawn", "days", "text", "type", "id", "", "a.b", "[key]", "{x}", "title")


def spots(node: Any) -> list[tuple[Any, Any]]:
    """Every place of the data, as what holds it and the key or number."""
    if not isinstance(node, dict | list):
        return []
    steps = list(node) if isinstance(node, dict) else list(range(len(node)))
    return [(node, step) for step in steps] + [
        deeper for step in steps for deeper in spots(node[step])
    ]


def mutate(data: Any, chance: random.Random) -> None:
    """Change one to three values or keys somewhere."""
    for _ in range(chance.randint(1, 3)):
        holder, step = chance.choice(spots(data) or [(data, "title")])
        act = chance.randrange(5)
        if act == 0:
            holder[step] = copy.deepcopy(chance.choice(ODD_VALUES))
        elif act == 1:
            del holder[step]
        elif isinstance(holder, list):
            holder.append(copy.deepcopy(chance.choice(ODD_VALUES)))
        elif act == 2:
            holder[chance.choice(ODD_KEYS)] = copy.deepcopy(chance.choice(ODD_VALUES))
        elif act == 3 and len(step) > 1:
            holder[step[1:] + step[0]] = holder.pop(step)
        else:
            holder[step] = {"type": holder[step]}


def holds(data: Any, keys: tuple[str | int, ...]) -> bool:
    for key in keys:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_whatever_is_wrong_is_said_in_our_words_about_what_is_there(kind: str) -> None:
    chance = random.Random(kind)
    refused = 0
    for _ in range(300):
        data = copy.deepcopy(RECORDS[kind])
        mutate(data, chance)
        record, findings = validate(kind, data, "x.yaml")
        assert (record is None) == bool(findings), data
        refused += record is None
        assert len(set(said(list(findings)))) == len(findings), (data, said(list(findings)))
        for finding in findings:
            words = f"{finding.message} {finding.help} {finding.expected}"
            assert not any(theirs in words for theirs in THEIR_WORDS), (data, words)
            assert holds(data, finding.route.keys), (data, str(finding.route))
            assert finding.message
            assert finding.help
            assert finding.stops == "merge"
    assert refused > 150


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_all_missing_keys_of_a_record_are_one_finding(kind: str) -> None:
    fields = model_of(kind).model_fields
    needed = [field.alias or name for name, field in fields.items() if field.is_required()]
    _, findings = validate(kind, {}, "x.yaml")
    assert [each.expected for each in findings] == [", ".join(needed)] * bool(needed)
