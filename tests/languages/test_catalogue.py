"""The messages: English has all that is printed, each is used, and each blank is filled in."""

from __future__ import annotations

import ast
import json
import re
import string
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from govkit.corpus.changes.values import CLASS_NAMES
from govkit.languages import catalogue
from govkit.languages.catalogue import LANGUAGES, messages
from govkit.records.enumerations import SAYS

PACKAGE = Path(catalogue.__file__).parents[1]
FOLDER = PACKAGE / "languages/messages"
KEY = re.compile(r"[a-z]+(?:\.[a-z0-9_ -]+)+")
FORMS = re.compile(r"\.(?:one|other)$")


def _flat(tree: Mapping[str, Any], way: str = "") -> Iterator[tuple[str, str]]:
    for name, inner in tree.items():
        if isinstance(inner, str):
            yield way + name, inner
        else:
            yield from _flat(inner, f"{way}{name}.")


def _read(code: str) -> dict[str, str]:
    return dict(_flat(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))))


def blanks(text: str) -> set[str]:
    """Return the names of the blanks in a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


ENGLISH = _read("en")


class Program(NamedTuple):
    """What the program says with the catalogue, as its source has it."""

    said: set[str]
    """Every text that is written out."""
    put_together: list[str]
    """Every text that is put together, as a pattern."""
    asked: set[str]
    """Every text by which something is looked up."""
    calls: list[tuple[str, str, set[str]]]
    """Each call for a message by its whole key: `say` or `counted`, key, names of blanks."""


@pytest.fixture(scope="module")
def program() -> Program:
    """Read the source; its trees are let go of, since they are far larger than all else here."""
    found = Program(set(), [], set(), [])
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and type(node.value) is str:
                found.said.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.put_together.append(
                    "".join(
                        re.escape(part.value) if isinstance(part, ast.Constant) else "[^.]+"
                        for part in node.values
                    )
                )
            elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                if isinstance(node.slice.value, str):
                    found.asked.add(node.slice.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found.calls.extend(_call(node, node.func.attr))
    return found


def _call(node: ast.Call, name: str) -> Iterator[tuple[str, str, set[str]]]:
    key = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
    names = {each.arg for each in node.keywords}
    if name in ("say", "counted") and isinstance(key, str) and KEY.fullmatch(key):
        yield name, key, {name or "**" for name in names}


# --- English --------------------------------------------------------------------------------------


def test_each_message_is_used(program: Program) -> None:
    parts = (key.split(".") for key in ENGLISH)
    ways = {".".join(each[:end]) for each in parts for end in range(1, len(each))}
    groups = program.said & ways

    # Compiled here: there are more than the memory of `re` holds, for each of the keys.
    patterns = [re.compile(each) for each in {*program.put_together} if "\\." in each]

    def is_used(key: str) -> bool:
        return (
            key in program.said
            or key.rpartition(".")[0] in groups
            or any(pattern.fullmatch(key) for pattern in patterns)
        )

    whole = {FORMS.sub("", key) for key in ENGLISH}
    assert [key for key in sorted(whole) if not is_used(key)] == []


def test_each_message_that_is_asked_for_is_there(program: Program) -> None:
    asked = {key for key in program.asked if KEY.fullmatch(key)}
    assert sorted(asked - set(ENGLISH)) == []
    assert len(asked) > 150
    for how, key, _ in program.calls:
        forms = [f"{key}.one", f"{key}.other"] if how == "counted" else [key]
        assert [form for form in forms if form not in ENGLISH] == []


def test_each_blank_is_filled_in_and_each_value_has_its_blank(program: Program) -> None:
    calls = [call for call in program.calls if "**" not in call[2]]
    assert len(calls) > 50
    for how, key, given in calls:
        if how == "counted":
            found = blanks(ENGLISH[f"{key}.one"]) | blanks(ENGLISH[f"{key}.other"])
            assert found - {"count"} == given, key
        else:
            assert blanks(ENGLISH[key]) == given, key


def test_a_message_as_it_stands_has_no_blank(program: Program) -> None:
    assert [key for key in ENGLISH if key in program.asked and blanks(ENGLISH[key])] == []


def test_names_that_the_command_line_has_too_are_the_same_in_print() -> None:
    said = messages("en")
    assert said.group("general.classes") == {str(key): name for key, name in CLASS_NAMES.items()}
    assert SAYS.items() <= said.group("release.stances").items()


# --- every language -------------------------------------------------------------------------------


def test_each_file_is_a_language_and_each_language_a_file() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_no_message_that_english_lacks_and_the_same_blanks(code: str) -> None:
    forms = re.compile(r"\.(?:few|many)$|^general\.months-alone\.")
    every = _read(code)
    texts = {key: text for key, text in every.items() if not forms.search(key)}
    for key in every.keys() - texts.keys():
        alike = key.replace("months-alone", "months")
        assert blanks(every[key]) == blanks(every[forms.sub(".other", alike)]), key
    assert sorted(set(texts) - set(ENGLISH)) == []
    assert all(text.strip() for text in texts.values())
    for key, text in texts.items():
        assert blanks(text) | {"count"} == blanks(ENGLISH[key]) | {"count"}, key


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_a_language_lacks_is_listed(code: str) -> None:
    lacking = sorted(set(ENGLISH) - set(_read(code)))
    if lacking:
        warnings.warn(f"{code} lacks {len(lacking)}: {', '.join(lacking)}", stacklevel=1)
    assert code != "en" or not lacking


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue in which French has three messages."""
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages/en.json").write_bytes((FOLDER / "en.json").read_bytes())
    own = {
        "general": {"last": " et ", "months": {"3": "mars"}},
        "comments": {"comments": {"one": "{count} observation", "other": "{count} observations"}},
    }
    (tmp_path / "messages/fr.json").write_text(json.dumps(own), encoding="utf-8")
    monkeypatch.setattr(catalogue, "LANGUAGES", ("en", "fr"))
    monkeypatch.setattr(catalogue, "files", lambda package: tmp_path)
    for kept in (catalogue.messages, catalogue._texts):
        kept.cache_clear()
    yield
    for kept in (catalogue.messages, catalogue._texts):
        kept.cache_clear()


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("code", ["fr", "fr-CA"])
def test_a_message_that_a_language_lacks_is_the_english_one(code: str) -> None:
    said = messages(code)
    assert said.several(["a", "b", "c"]) == "a, b et c"
    assert said.date("2026-03-01") == "1 mars 2026"
    assert said.date("2026-04") == "April 2026"
    assert said.counted("comments.comments", 2) == "2 observations"
    assert said["book.contents"] == "Contents"


def test_a_language_without_messages_is_printed_in_english() -> None:
    assert messages("tlh")["book.contents"] == "Contents"


def test_a_message_that_there_is_not_stops_the_program() -> None:
    with pytest.raises(KeyError):
        messages("en")["book.no-such-thing"]


@pytest.mark.parametrize(
    ("number", "russian", "chinese"),
    [
        (0, "0 дней", "0日"),
        (1, "1 день", "1日"),
        (3, "3 дня", "3日"),
        (11, "11 дней", "11日"),
        (14, "14 дней", "14日"),
        (21, "21 день", "21日"),
        (112, "112 дней", "112日"),
        (122, "122 дня", "122日"),
    ],
)
def test_each_language_has_the_forms_that_its_numbers_ask_for(
    number: int, russian: str, chinese: str
) -> None:
    assert messages("ru").quantity(number, "days") == russian
    assert messages("zh-Hans").quantity(number, "days") == chinese


def test_dates_and_rows_are_written_as_in_the_language() -> None:
    russian, chinese = messages("ru"), messages("zh")
    assert russian.date("2026-12-01") == "1 декабря 2026 г."
    assert russian.date("2026-12") == "декабрь 2026 г."
    assert chinese.date("2026-12-01") == "2026年12月1日"
    assert chinese.several(["(a)", "(b)", "(c)"]) == "(a)、(b)和(c)"
    # What is borrowed from English has the forms of English.
    assert russian.counted("comments.comments", 21).startswith("21 comments")


def test_a_number_decides_the_form() -> None:
    said = messages("en")
    assert said.quantity(1, "months") == "1 month"
    assert said.quantity(6, "months") == "6 months"
    assert said.quantity(6, "count") == "6"


@pytest.mark.parametrize("code", ["ru", "zh"])
def test_the_words_of_force_beside_a_clause_are_those_of_the_language(code: str) -> None:
    """They are read as what binds, and the check of translations reads clauses by those lists."""
    lists = json.loads((PACKAGE / f"languages/words/{code}.json").read_text(encoding="utf-8"))
    forces = lists["protected"]["forces"]
    for force, word in messages(code).group("book.forces").items():
        assert force not in forces or word.lower() in forces[force], force
