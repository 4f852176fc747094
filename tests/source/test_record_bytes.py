"""What commands write is in the common form, and is read back as it was given."""

from __future__ import annotations

import datetime
import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.records.kinds import PLACES_IN_GOVERNANCE, kind_of_path
from govkit.source.gate import Unreadable, admit
from govkit.source.layout import NotFormatted
from govkit.source.loader import load
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes, with_key
from govkit.source.writing import formatted, schema_line

_SPEC = importlib.util.spec_from_file_location(
    "process_records", Path(__file__).parents[1] / "records" / "process_records.py"
)
assert _SPEC is not None
assert _SPEC.loader is not None
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)
PROCESS_RECORDS: dict[str, str] = _MODULE.PROCESS_RECORDS
PLACES = {
    kind_of_path(f"governance/{place}"): f"governance/{place}" for place in PLACES_IN_GOVERNANCE
} | {
    "manifest": "releases/example/1.1.0/manifest.yaml",
    "publication": "releases/example/1.1.0/published.yaml",
}


@pytest.mark.parametrize("kind", sorted(PROCESS_RECORDS))
def test_every_kind_is_read_back_and_is_in_the_common_form(kind: str) -> None:
    path = PLACES[kind]
    record, faults = read_record(
        path, kind, (schema_line(path, kind) + PROCESS_RECORDS[kind]).encode()
    )
    assert record is not None, faults
    data = record_bytes(kind, record, path)
    assert read_record(path, kind, data) == (record, ())
    assert formatted(path, kind, data).data == data


WORDS = st.text(
    st.one_of(st.sampled_from(" \n#:-'\"[]{}|>&*!%@,?`()a1\\~"), st.characters(codec="utf-8")),
    max_size=220,
)


@given(WORDS, WORDS)
def test_words_are_read_back_exactly_or_refused_by_the_gate(words: str, item: str) -> None:
    data = record_bytes("comment", {"comment": words, "refers_to": [{"a": item}]}, "x/y.yaml")
    try:
        text = admit(data, joiners=True)
        loaded = load(text)
    except Unreadable:
        return
    assert loaded == {"comment": words, "refers_to": [{"a": item}]}


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Short.", "a: Short."),
        ("no", 'a: "no"'),
        ("2026-03-10", "a: 2026-03-10"),
        ("2/3", 'a: "2/3"'),
        ("one\ntwo", "a: |-\n  one\n  two"),
        ("one\n\ntwo\n", "a: |\n  one\n\n  two"),
        ("word " * 24 + "end", "a: >-\n" + "  " + "word " * 18 + "word\n  " + "word " * 5 + "end"),
        ("word " * 19 + "(a) " + "word " * 5 + "end", "a: word word"),
    ],
)
def test_how_words_are_written(words: str, written: str) -> None:
    text = record_bytes("comment", {"a": words}, "x.yaml").decode()
    assert text.split("\n", 1)[1].startswith(written)
    assert load(text) == {"a": words}


# --- one key of a file ----------------------------------------------------------------------------

FILE = b"""\
# a heading
name: Example  # as printed
# before the list
terms:
  - group: academia
    since: 2026-01-10

# before the keys
keys: [{id: k1}]
note: |
  Two lines,
  # and this is text.
# the end
"""


def changed(key: str, value: Any) -> str:
    return with_key("governance/members/x.yaml", "member", FILE, key, value).decode()


def test_one_key_changes_and_all_else_stays() -> None:
    day = datetime.date(2026, 3, 1)
    assert changed("terms", [{"group": "academia", "until": day}]) == FILE.decode().replace(
        "since: 2026-01-10", "until: 2026-03-01"
    )
    assert changed("keys", []) == FILE.decode().replace("[{id: k1}]", "[]")
    assert changed("note", "One line.") == FILE.decode().replace(
        "|\n  Two lines,\n  # and this is text.", "One line."
    )
    assert changed("state", "ended") == FILE.decode() + "state: ended\n"
    assert changed("lead", True).endswith("# the end\nlead: true\n")


def test_a_comment_is_never_lost() -> None:
    with pytest.raises(NotFormatted, match="without losing a comment"):
        changed("name", "Other")


@pytest.mark.parametrize("data", [b"name: [\n", b"- a\n", b"", b"a: 1\na: 2\n", b"\xff"])
def test_a_file_that_can_not_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(NotFormatted):
        with_key("governance/members/x.yaml", "member", data, "a", "b")
