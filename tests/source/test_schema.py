"""An editor checks with the schemas: they accept what the reader accepts, and see the usual slips.

An editor reads YAML 1.2, where `2024` is a number and `no` a word; here ruamel.yaml stands for it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.resolver import VersionedResolver

from govkit.records import base, governance, scalars, texts
from govkit.records.kinds import GOVERNED_FOLDERS, KINDS, kind_of_path
from govkit.source.gate import admit
from govkit.source.loader import load
from govkit.source.schema import DIALECT, SCHEMA_KINDS, schema_of, schema_text
from govkit.source.validation import validate

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "rules" / "_base"
EXAMPLES = ROOT / "govkit" / "source" / "examples"


class _WithoutDates(VersionedResolver):
    """Reads a date as a text, as JSON has no dates."""

    @property
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


def complaints(kind: str, text: str) -> list[str]:
    schema = Draft202012Validator(schema_of(kind))
    return [error.message for error in schema.iter_errors(in_an_editor(text))]


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


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_the_file_in_schemas_is_what_the_records_give(kind: str) -> None:
    written = (ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(kind), "run `govkit schema --write`"


def test_there_is_a_schema_for_each_kind_and_no_other() -> None:
    names = {path.name for path in (ROOT / "schemas").iterdir()}
    assert names == {f"{kind}.schema.json" for kind in KINDS}


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_a_schema_is_one_in_its_dialect(kind: str) -> None:
    schema = json.loads(schema_text(kind))
    assert (schema["$schema"], schema["title"]) == (DIALECT, kind)
    assert schema["description"]
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_a_pattern_means_the_same_in_every_language(kind: str) -> None:
    for pattern in re.findall(r'"pattern": "(.*)"', schema_text(kind)):
        assert pattern.startswith("^(?:") or pattern[:1] + pattern[-1:] == "^$"
        assert not re.search(r"\\\\[dwb]", pattern), f"{pattern} differs beyond ASCII"


# --- records that pass --------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [ROOT, BASE, EXAMPLES], ids=["ours", "base", "examples"])
def test_every_record_passes_in_an_editor(folder: Path) -> None:
    schemas = {kind: Draft202012Validator(schema_of(kind)) for kind in KINDS}
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
    "language": scalars.Language,
    "parameter name": scalars.ParameterName,
    "country": scalars.Country,
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
    "status": base.Status,
}

WRITTEN = (
    # words, and words that YAML has an opinion about
    "words", "two words", "personal-data", "A", "a", "DUE", "IN", "en", "pt-BR", "yes", "no",
    "on", "off", "y", "n", "true", "false", "True", "FALSE", "'true'", "null", "~", "", "'null'",
    "'~'", "draft", "must", "'adopted'", '"must-not"', "notice_days", "nan", "inf",
    # numbers, and what looks like one
    "0", "1", "6", "-1", "-0", "+1", "01", "007", "08", "2024", "20.1", "2.10", "1.", ".5", "1e3",
    "1E3", "1e400", "0x1f", "0x1F", "0o17", "0b1", "1_000", "12:30", "1:2", ".inf", "-.INF",
    ".nan", ".NaN", "'6'", '"6"', "999999999999999", "1000000000000000", "-999999999999999",
    "99999999999999999999",
    # dates and times
    "2026", "2026-03", "2026-03-10", "'2026-03-10'", "2026-3-1", "2026-02-30", "0001",
    "9999-12-31", "2026-03-10T12:00Z", "2026-03-10T12:00:30Z", "2026-03-10T12:00:00+01:00",
    "2026-03-10 12:00:00", "P14D", "P2W", "P3M", "P1Y", "P0D", "P14", "12-20/01-06",
    "01-01/12-31",
    # ids, addresses, names
    "EXA-DUE-01", "EXA.1-2", "12-34", "1.2", "1.2.3", "'{prefix}-{area}-{nn}'", "a/b",
    "provisions/principles", "example.org", "list@example.org", "https://example.org/a?b=c#d",
    "http://127.0.0.1/", "sha256:" + "0" * 64, "sha256:" + "f" * 64, "A/HRC/38/35 (2018)",
    # other ways of writing
    "'single'", '"double \\" \\u00e9"', "'it''s'", "|\n  One.\n\n  Two.\n",
    ">-\n  folded\n  words\n", "several\n  plain\n  lines", "|-\n  6\n", "|-\n  2026-03-10\n",
    "é 😀 中文", "art. 20(1)", "C#1",
    # lists and groups
    "[]", "[a]", "[a, b-c]", "[1, true, 2.10]", "[null]", "{}", "{users: [all]}",
    "{sizes: [1, no]}", "{users: []}", "{1: [a]}", "\n  - platform\n  - user",
)  # fmt: skip


@pytest.mark.parametrize("name", SCALAR_TYPES)
def test_what_the_reader_takes_as_a_value_passes_in_an_editor(name: str) -> None:
    adapter = TypeAdapter(SCALAR_TYPES[name])
    schema = Draft202012Validator(adapter.json_schema())
    taken, refused = [], []
    for written in WRITTEN:
        try:
            adapter.validate_python(load(f"value: {written}\n")["value"])
        except ValidationError:
            continue
        taken.append(written)
        if not schema.is_valid(in_an_editor(f"value: {written}\n")["value"]):
            refused.append(written)
    assert refused == []
    assert taken


def test_the_table_of_values_is_long_enough_to_mean_something() -> None:
    assert len(set(WRITTEN)) == len(WRITTEN) > 100


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
