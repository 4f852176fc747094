"""The lists of words: each file has what it promises, once, and in a form that can be used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from govkit.languages import words
from govkit.languages.words import LANGUAGES, Language, language

FOLDER = Path(words.__file__).parent / "words"
PATTERNS = {
    "blanks": ("units", "joined", "before_unit"),
    "table": ("headings",),
    "mail": ("sent_from", "greetings", "closings", "ordinals", "proposed_text", "attached"),
    "positions": ("support", "objection", "on_behalf", "conditions"),
    "silence": (
        "answers",
        "does_not",
        "silence",
        "unless",
        "agrees",
        "tacit",
        "denials",
        "denying_endings",
    ),
}


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    assert sorted(keys) == sorted(set(keys))
    return dict(pairs)


def _read(code: str) -> Any:
    text = (FOLDER / f"{code}.json").read_text(encoding="utf-8")
    return json.loads(text, object_pairs_hook=_refuse_twice)


def _lists(value: Any, way: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every list of words below a value, with the way to it."""
    inside = value._asdict() if hasattr(value, "_asdict") else value
    if isinstance(inside, tuple) and inside and isinstance(inside[0], tuple):
        for at, inner in enumerate(inside):
            yield from _lists(inner, f"{way}.{at}")
    elif isinstance(inside, tuple):
        yield way, inside
    elif isinstance(inside, dict):
        for key, inner in inside.items():
            yield from _lists(inner, f"{way}.{key}")


def _found(code: str) -> Language:
    found = language(code)
    assert found is not None
    return found


def test_each_file_is_a_language_and_each_language_a_file() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(LANGUAGES)
    assert list(LANGUAGES) == [*sorted(set(LANGUAGES) - {"any"}), "any"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_file_has_its_own_code_and_words_where_words_are_asked(code: str) -> None:
    data = _read(code)
    assert data["language"] == code
    assert TypeAdapter(Language).validate_python(data) == _found(code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_list_has_an_entry_twice_or_an_empty_one(code: str) -> None:
    for way, entries in _lists(_found(code), code):
        assert sorted(entries) == sorted(set(entries)), way
        assert all(entry == entry.strip() != "" for entry in entries), way


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_kind_of_list_that_a_language_has_is_not_empty(code: str) -> None:
    found = _found(code)._asdict()
    sections = [(name, section) for name, section in found.items() if hasattr(section, "_asdict")]
    assert sections
    for name, section in sections:
        assert any(entries for _, entries in _lists(section, name)), name


@pytest.mark.parametrize(
    "list_of", ["force", "blanks", "protected", "spellings", "matching", "table", "silence"]
)
def test_english_has_words_in_each_list(list_of: str) -> None:
    for way, entries in _lists(getattr(_found("en"), list_of), list_of):
        assert entries, way


@pytest.mark.parametrize("code", ["ar", "en", "es", "fr", "ru"])
def test_a_language_with_dates_has_its_twelve_months(code: str) -> None:
    unsplit = _found(code).unsplit
    assert unsplit is not None
    assert len(unsplit.months) >= 12


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_pattern_can_be_read(code: str) -> None:
    for section, names in PATTERNS.items():
        found = getattr(_found(code), section)
        for name in names if found else ():
            for _, patterns in _lists(getattr(found, name), name):
                for pattern in patterns:
                    re.compile(pattern)


@pytest.mark.parametrize("key", ["colour", "negated2"])
def test_a_key_that_is_not_known_stops_the_program(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _read("ru")
    data["unsplit"][key] = []
    (tmp_path / "ru.json").write_text(json.dumps(data), encoding="utf-8")
    monkeypatch.setattr(words, "_folder", lambda: tmp_path)
    with pytest.raises(TypeError, match=key):
        language.__wrapped__("ru")


def test_a_missing_key_stops_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _read("ru")
    del data["unsplit"]["months"]
    (tmp_path / "ru.json").write_text(json.dumps(data), encoding="utf-8")
    monkeypatch.setattr(words, "_folder", lambda: tmp_path)
    with pytest.raises(TypeError, match="months"):
        language.__wrapped__("ru")


@pytest.mark.parametrize("code", ["tlh", "", "../../records/kinds", "EN"])
def test_a_language_without_a_file_is_not_known(code: str) -> None:
    assert language(code) is None


def test_the_lists_of_all_languages_are_one_list_without_doubles() -> None:
    together = words.mail_words()
    for _, entries in _lists(together, "mail"):
        assert len(entries) == len(set(entries))
    assert {"from", "von", "de", "от"} <= set(together.sender)
    assert words.unsplit_words().joined["and"] == ("hundred", "thousand", "million", "billion")
