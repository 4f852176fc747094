"""The code beside a printed clause: found from paper, and told whether its words still stand."""

from __future__ import annotations

import json
import re
from pathlib import Path

from govkit.corpus.print_codes import read_code

from .conftest import D1, Run, change, commit


def said(govkit: Run, root: Path, *words: str) -> str:
    return govkit(root, *words).stdout.decode()


def printed(govkit: Run, root: Path, id: str = "EXA-DUE-01") -> dict[str, str]:
    """Return the codes that the page of a text shows, by clause."""
    page = said(govkit, root, "show", id, "--format", "html")
    found = re.findall(
        r'id="exa-due-01-([a-z]+)">\n(?:(?!</div>).)*?<p class="code">([0-9a-f]{6})<',
        page,
        re.DOTALL,
    )
    return dict(found)


def asked(govkit: Run, root: Path, code: str) -> dict[str, str]:
    answer = json.loads(said(govkit, root, "show", code, "--format", "json"))
    printed: dict[str, str] = answer["printed"]
    return printed


def test_a_page_in_the_hand_finds_its_clause_and_what_became_of_it(
    govkit: Run, repository: Path
) -> None:
    codes = printed(govkit, repository)
    code = f"EXA-DUE-01(a)/{codes['a']}"
    assert asked(govkit, repository, code)["stands"] == "same"
    assert "they still stand" in said(govkit, repository, "show", code)
    change(repository, D1, "tell the user", "tell each user")
    changed = asked(govkit, repository, code)
    assert (changed["stands"], changed["until"]) == ("changed", None)
    commit(repository)
    told = said(govkit, repository, "show", code)
    assert "You hold other words than today's. It was changed on " in told
    assert "[-the-] [+each+] user" in told
    # What did not change stands: the code of one clause says nothing about another.
    assert asked(govkit, repository, f"exa-due-01 (b) / {codes['b'].upper()}")["stands"] == "same"


def test_a_code_that_no_state_has_is_named(govkit: Run, repository: Path) -> None:
    found = asked(govkit, repository, "EXA-DUE-01(a)/000000")
    assert (found["stands"], found["then"]) == ("unknown", None)
    assert "Look again at the six signs" in said(govkit, repository, "show", "EXA-DUE-01(a)/000000")


def test_what_is_read_as_a_code() -> None:
    for typed, place, digits in (
        ("MCP-DUE-03(a)/1a2b3c", "MCP-DUE-03(a)", "1a2b3c"),
        (" MCP-DUE-03(a)(b) / 1A2B3C ", "MCP-DUE-03(a)(b)", "1a2b3c"),
        ("MCP-DUE-03(a)", "MCP-DUE-03(a)", ""),
        ("MCP-DUE-03/1a2b3c", "MCP-DUE-03/1a2b3c", ""),
        ("provisions/due(1)/abcdef.yaml", "provisions/due(1)/abcdef.yaml", ""),
        ("MCP-DUE-03(a)/1a2b", "MCP-DUE-03(a)/1a2b", ""),
    ):
        assert read_code(typed) == (place, digits), typed
