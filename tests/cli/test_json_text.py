"""The JSON that all commands print: its form."""

import json
from typing import Any

import pytest

from govkit.cli.output import json_text


@pytest.mark.parametrize(
    "value",
    [
        {"a": [], "b": {}, "c": None, "d": 1.5, "e": [True, 1], "\u00e9\n": '\x1b\u2028"'},
        [("x", {1: [2, {"y": ()}]}), {"n": [{"deep": {2.5: [1]}}]}],
        "word",
    ],
    ids=["a map", "numbers as keys", "a word"],
)
def test_json_is_indented_as_the_standard_library_does(value: Any) -> None:
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=2) + "\n"
