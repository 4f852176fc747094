"""An editor checks with the schemas: they accept exactly what the reader accepts.

An editor reads YAML 1.2, where `2024` is a number and `no` a word; here ruamel.yaml stands for it.
"""

from __future__ import annotations

import copy
import inspect
import json
import operator
import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.resolver import VersionedResolver

from govkit.records import (
    codes,
    governance,
    kinds,
    numbers,
    positions,
    proposals,
    releases,
    scalars,
    texts,
)
from govkit.records.kinds import GOVERNED_FOLDERS, KINDS, PAPERS, kind_of_path
from govkit.source import schema as made
from govkit.source.gate import admit
from govkit.source.loader import load
from govkit.source.schema import DIALECT, closed, schema_of, schema_text
from govkit.source.validation import validate
from tests.records.process_records import PROCESS_RECORDS

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "rules" / "_base"
EXAMPLES = ROOT / "govkit" / "source" / "examples"


class _WithoutDates(VersionedResolver):
    """Reads a date as a text, as JSON has no dates."""

    @cached_property  # asked for each value of a file
    def versioned_resolver(self) -> Any:
        return {
            first: [(tag, regexp) for tag, regexp in entries if not tag.endswith(":timestamp")]
            for first, entries in super().versioned_resolver.items()
        }


def in_an_editor(text: str) -> Any:
    """The data of a file as an editor has it: YAML 1.2, dates and keys as texts."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Resolver = _WithoutDates
    return _with_text_keys(yaml.load(text))


def _with_text_keys(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _with_text_keys(value) for key, value in data.items()}
    return [_with_text_keys(item) for item in data] if isinstance(data, list) else data


@cache
def in_schema(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind))


def complaints(kind: str, text: str) -> list[str]:
    return [error.message for error in in_schema(kind).iter_errors(in_an_editor(text))]


def files_of(folder: Path) -> list[tuple[str, Path]]:
    found = [
        (kind, path)
        for top in GOVERNED_FOLDERS
        for path in sorted((folder / top).rglob("*.yaml"))
        if (kind := kind_of_path(path.relative_to(folder).as_posix()))
    ]
    assert found
    return found


# --- the files in schemas/ ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_file_in_schemas_is_what_the_records_give(kind: str) -> None:
    written = (ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(kind), "run `govkit schema --write`"


def test_the_source_of_a_module_is_read_once_for_all_its_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[object] = []
    source = inspect.getsource
    monkeypatch.setattr(inspect, "getsource", lambda of: (read.append(of), source(of))[1])
    made._sentences_of_module.cache_clear()
    for kind in KINDS:
        schema_of(kind)
    assert 0 < len(read) == len(set(read)) < len(KINDS)


def test_there_is_a_schema_for_each_kind_and_no_other() -> None:
    names = {path.name for path in (ROOT / "schemas").iterdir()}
    assert names == {f"{kind}.schema.json" for kind in (*KINDS, *PAPERS)}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_schema_is_one_in_its_dialect(kind: str) -> None:
    schema = json.loads(schema_text(kind))
    assert (schema["$schema"], schema["title"]) == (DIALECT, kind)
    assert schema["description"]
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_pattern_means_the_same_in_every_language(kind: str) -> None:
    for pattern in re.findall(r'"pattern": "(.*)"', schema_text(kind)):
        assert pattern.startswith("^(?:") or pattern[:1] + pattern[-1:] == "^$"
        assert not re.search(r"\\\\[dwb]", pattern), f"{pattern} differs beyond ASCII"


# --- records that pass --------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [ROOT, BASE, EXAMPLES], ids=["ours", "base", "examples"])
def test_every_record_passes_in_an_editor(folder: Path) -> None:
    schemas = {kind: in_schema(kind) for kind in KINDS}
    for kind, path in files_of(folder):
        data = in_an_editor(admit(path.read_bytes(), joiners=True))
        errors = [
            f"{error.json_path}: {error.message}" for error in schemas[kind].iter_errors(data)
        ]
        assert errors == [], path


# --- values that pass ---------------------------------------------------------------------------

SCALAR_TYPES: dict[str, Any] = {
    "text": scalars.Text,
    "line": scalars.Line,
    "slug": scalars.Slug,
    "record id": scalars.RecordId,
    "clause id": scalars.ClauseId,
    "id or slug": scalars.AnyId,
    "language": codes.Language,
    "parameter name": scalars.ParameterName,
    "country": codes.Country,
    "jurisdiction": codes.Jurisdiction,
    "digest": scalars.Digest,
    "period": scalars.Period,
    "address": scalars.Address,
    "symbol": scalars.Symbol,
    "quiet days": scalars.QuietDays,
    "number": scalars.Number,
    "yes or no": scalars.YesNo,
    "day": scalars.Day,
    "date": scalars.PartialDate,
    "moment": scalars.Moment,
    "instant": scalars.Instant,
    "id or date": scalars.IdOrDate,
    "how many": numbers.Count,
    "one or more": numbers.OneOrMore,
    "class of change": numbers.ChangeClass,
    "share": scalars.Share,
    "version": releases.Version,
    "tree": releases.TreeId,
    "name of a file": releases.FileName,
    "signature": positions.Signature,
    "proposal": proposals.ProposalId,
    "message id": proposals.MessageId,
    "schema version": governance.SchemaVersion,
    "area": governance.AreaCode,
    "prefix": governance.IdPrefix,
    "folder": governance.Folder,
    "id form": governance.IdForm,
    "host": governance.Host,
    "mail address": governance.MailAddress,
    "one or many": texts.OneOrMany,
    "words of applies_to": texts.AppliesTo,
    "force": texts.Force,
    "status": kinds.Status,
}

WRITTEN = (
    # words, and words that YAML has an opinion about
    "words",
    "two words",
    "personal-data",
    "A",
    "a",
    "DUE",
    "IN",
    "en",
    "pt-BR",
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "true",
    "false",
    "True",
    "FALSE",
    "'true'",
    "null",
    "~",
    "",
    "'null'",
    "'~'",
    "draft",
    "must",
    "'adopted'",
    '"must-not"',
    "notice_days",
    "nan",
    "inf",
    # numbers, and what looks like one
    "0",
    "1",
    "6",
    "-1",
    "-0",
    "+1",
    "01",
    "007",
    "08",
    "2024",
    "20.1",
    "2.10",
    "1.",
    ".5",
    "1e3",
    "1E3",
    "1e400",
    "0x1f",
    "0x1F",
    "0o17",
    "0b1",
    "1_000",
    "12:30",
    "1:2",
    ".inf",
    "-.INF",
    ".nan",
    ".NaN",
    "'6'",
    '"6"',
    "999999999999999",
    "1000000000000000",
    "-999999999999999",
    "99999999999999999999",
    # dates and times
    "2026",
    "2026-03",
    "2026-03-10",
    "'2026-03-10'",
    "2026-3-1",
    "2026-02-30",
    "0001",
    "9999-12-31",
    "2026-03-10T12:00Z",
    "2026-03-10T12:00:30Z",
    "2026-03-10T12:00:00+01:00",
    "2026-03-10 12:00:00",
    "P14D",
    "P2W",
    "P3M",
    "P1Y",
    "P0D",
    "P14",
    "12-20/01-06",
    "01-01/12-31",
    "13-01/01-01",
    "2024-02-29",
    "2023-02-29",
    "1900-02-29",
    "2000-02-29",
    "0000",
    "0000-01-01",
    "'0000'",
    "'0999'",
    "0999",
    "999",
    "1000",
    "10000",
    "2026.0",
    "2026.5",
    "2026-04-31",
    "2026-03-10T24:00Z",
    "2026-03-10T23:60Z",
    "2026-03-10T23:59:60Z",
    "2026-00",
    "2026-13",
    # shares and versions
    "1/2",
    "2/1",
    "7/7",
    "12/13",
    "13/12",
    "120/119",
    "119/120",
    "9/10",
    "10/9",
    "99/1000",
    "9999/9999",
    "9998/9999",
    "9999/9998",
    "0/1",
    "1/0",
    "01/2",
    "1/10000",
    "1 / 2",
    "1.0.0",
    "1.0",
    "1.0.0-draft.2",
    "2026-003",
    "<a@b.c>",
    "1" * 40,
    "f" * 40,
    "'" + "1" * 40 + "'",
    # ids, addresses, names
    "EXA-DUE-01",
    "EXA.1-2",
    "12-34",
    "1.2",
    "1.2.3",
    "'{prefix}-{area}-{nn}'",
    "a/b",
    "provisions/principles",
    "example.org",
    "list@example.org",
    "https://example.org/a?b=c#d",
    "http://www.example.org/",
    "sha256:" + "0" * 64,
    "sha256:" + "f" * 64,
    "A/HRC/38/35 (2018)",
    # other ways of writing
    "'single'",
    '"double \\" \\u00e9"',
    "'it''s'",
    "|\n  One.\n\n  Two.\n",
    ">-\n  folded\n  words\n",
    "several\n  plain\n  lines",
    "|-\n  6\n",
    "|-\n  2026-03-10\n",
    "|\n  6\n",
    "|\n  slug\n",
    '" "',
    '"\\n"',
    '"\\u00a0"',
    '" a "',
    '"a\\nb"',
    '"\\na\\n"',
    "|\n  true\n",
    "Null",
    "NULL",
    "6  # why",
    "true  # why",
    "slug  # why",
    "1.0  # why",
    "010",
    "0o8",
    "-.5",
    "+.inf",
    "'1.0'",
    "'false'",
    "1_0",
    "-1_0",
    "1e-1",
    "1.5e1",
    "-6.0",
    "é 😀 中文",
    "art. 20(1)",
    "C#1",
    # lists and groups
    "[]",
    "[a]",
    "[a, b-c]",
    "[1, true, 2.10]",
    "[null]",
    "{}",
    "{users: [all]}",
    "{sizes: [1, no]}",
    "{users: []}",
    "{1: [a]}",
    "{01: [a]}",
    "{1.0: [a]}",
    "{'01': [a]}",
    "{0x1: [a]}",
    "{true: [a]}",
    "{FALSE: [a]}",
    "{no: [a]}",
    "{null: [a]}",
    "{1e3: [a]}",
    "{'true': [a]}",
    "\n  - platform\n  - user",
)


WAYS_OF_WRITING = {"comment-after-text", "folded-list", "number-notation"}
"""What only the reader sees: the words are fine, and the way they stand in the file misleads."""


@pytest.mark.parametrize("name", SCALAR_TYPES)
def test_the_reader_and_an_editor_take_the_same_values(name: str) -> None:
    adapter = TypeAdapter(SCALAR_TYPES[name])
    schema = Draft202012Validator(closed(adapter.json_schema()))
    taken, differ = [], []
    for written, (ours, theirs) in zip(WRITTEN, values(), strict=True):
        green = schema.is_valid(theirs)
        try:
            adapter.validate_python(ours)
            taken.append(written)
        except ValidationError as error:
            if WAYS_OF_WRITING & {problem["type"] for problem in error.errors()}:
                continue
        if green != (taken[-1:] == [written]):
            differ.append(written)
    assert differ == []
    assert taken


def test_the_table_of_values_is_long_enough_to_mean_something() -> None:
    assert len(set(WRITTEN)) == len(WRITTEN) > 100


# --- whole records ------------------------------------------------------------------------------


def nodes(data: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each value of a record."""
    yield keys
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from nodes(value, (*keys, key))


def put(data: Any, keys: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    """Return a copy of the data in which `change` was called with a part and one of its keys."""
    whole = [copy.deepcopy(data)]
    part: Any = whole
    for key in (0, *keys)[:-1]:
        part = part[key]
    change(part, (0, *keys)[-1])
    return whole[0]


def set_to(value: Any) -> Callable[[Any, Any], None]:
    return lambda part, key: operator.setitem(part, key, value)


def with_a_key(value: Any) -> Callable[[Any, Any], None]:
    return lambda part, key: part[key].update(value) if isinstance(part[key], dict) else None


RECORDS = [
    *((kind, path.read_text(encoding="utf-8")) for kind, path in files_of(EXAMPLES)),
    *PROCESS_RECORDS.items(),
]
READ_BY_BOTH = [(written, f"value: {written}\n") for written in WRITTEN]


@cache
def values() -> list[tuple[Any, Any]]:
    return [(load(text)["value"], in_an_editor(text)["value"]) for _, text in READ_BY_BOTH]


@cache
def pairs() -> list[tuple[str, Any, Any]]:
    return [(kind, load(text), in_an_editor(text)) for kind, text in RECORDS]


def test_the_records_to_try_are_of_every_kind() -> None:
    assert {kind for kind, _ in RECORDS} == set(KINDS)


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_a_record_that_is_green_in_an_editor_is_read_and_no_other(data: st.DataObject) -> None:
    kind, ours, theirs = data.draw(st.sampled_from(pairs()))
    keys = data.draw(st.sampled_from(list(nodes(ours))))
    mine, other = data.draw(st.sampled_from(values()))
    how = data.draw(st.sampled_from((set_to, set_to, set_to, with_a_key)))
    if how is with_a_key:
        name = data.draw(st.sampled_from(("1", "a", "EXA-01", "day of it", "until", "withdrawn")))
        mine, other = {name: mine}, {name: other}
    ours, theirs = put(ours, keys, how(mine)), put(theirs, keys, how(other))
    record, faults = validate(kind, ours, "")
    if not WAYS_OF_WRITING & {fault.rule for fault in faults}:
        assert in_schema(kind).is_valid(theirs) == (record is not None), faults


# --- usual slips --------------------------------------------------------------------------------

PROVISION = """\
id: EXA-DUE-01
title: Notice
status: draft
clauses:
  - id: a
    force: must
    text: The platform must give notice.
    conditions: []
parameters:
  notice_days: {type: days, default: 14, meaning: how long}
grounds:
  - {source: example-act, locator: art. 3, relation: implements}
"""


def test_both_take_the_provision_that_the_slips_are_made_in() -> None:
    assert complaints("provision", PROVISION) == []
    assert validate("provision", load(PROVISION), "")[1] == ()


@pytest.mark.parametrize(
    ("slip", "before", "after"),
    [
        ("an unknown key", "title:", "colour: red\ntitle:"),
        ("an unknown key in a clause", "conditions:", "condition:"),
        ("an unknown key in a ground", "relation: implements}", "relation: implements, page: 3}"),
        ("an unknown key in a parameter", "default: 14", "default: 14, unit: d"),
        ("a wrong status", "status: draft", "status: drafft"),
        ("a wrong force", "force: must", "force: shall"),
        ("a wrong type of a parameter", "type: days", "type: fortnights"),
        ("a wrong relation", "relation: implements", "relation: cites"),
        ("no title", "title: Notice\n", ""),
        ("no force in a clause", "    force: must\n", ""),
        ("no locator in a ground", "locator: art. 3, ", ""),
        ("no type in a parameter", "type: days, ", ""),
        ("a list for a title", "title: Notice", "title: [Notice]"),
        ("a group for a title", "title: Notice", "title: {en: Notice}"),
        ("nothing for a title", "title: Notice", "title:"),
        ("a list for a text", "text: The platform must give notice.", "text: [a, b]"),
        ("a text for a list", "conditions: []", "conditions: where it can"),
        ("nothing for a list", "conditions: []", "conditions:"),
        ("a text for a group", "{type: days, default: 14, meaning: how long}", "14 days"),
        ("words for a number", "default: 14", "default: fourteen"),
        ("a fraction for a number", "default: 14", "default: 1.5"),
        ("an id with a space", "id: EXA-DUE-01", "id: EXA DUE 01"),
        ("a slug with capitals", "source: example-act", "source: Example Act"),
    ],
)
def test_a_usual_slip_is_seen_by_both(slip: str, before: str, after: str) -> None:
    text = PROVISION.replace(before, after, 1)
    assert text != PROVISION
    record, findings = validate("provision", load(text), "EXA-DUE-01.yaml")
    assert record is None, slip
    assert findings
    assert complaints("provision", text), slip
