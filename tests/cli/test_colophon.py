"""What a print says to somebody who holds nothing else: licence, addresses, how to answer."""

from __future__ import annotations

from pathlib import Path

from .conftest import CHARTER, Run, change, commit, rules
from .register import found, open_proposal

ADDRESSES = """\
home: https://coalition.example.org
repository: https://code.example.org/texts
licence: CC BY 4.0
coordinators:"""


def printed(govkit: Run, folder: Path, name: str) -> str:
    done = govkit(folder, "render", name, "--format", "md", "-o", str(folder / "out"))
    assert done.returncode == 0, done.stderr
    [path] = (folder / "out").rglob("*.md")
    page = path.read_text(encoding="utf-8")
    path.unlink()
    return page


def test_a_page_says_where_it_comes_from_and_how_to_answer(repository: Path, govkit: Run) -> None:
    change(repository, CHARTER, "coordinators:", ADDRESSES)
    commit(repository)
    found(repository)
    open_proposal(repository)
    commit(repository)
    book, text = (printed(govkit, repository, name) for name in ("provisions", "EXA-DUE-01"))
    for page in (book, text):
        assert "\nLicence: CC BY 4.0  \n" in page
        assert "\nOn the web: [https://coalition.example.org](" in page
        assert "\nSources and history: [https://code.example.org/texts](" in page
        assert (
            "\nComments: Anyone may comment: write to [comments@example.org]"
            "(mailto:comments@example.org), and name the text and the clause, as "
            "EXA-DUE-01(a). Comments on proposal 2026-001 are taken until 11 March 2026."
        ) in page


def test_a_charter_without_addresses_makes_none_up(coalition: Path, govkit: Run) -> None:
    page = printed(govkit, coalition, "provisions")
    for name in ("Licence:", "On the web:", "Sources and history:"):
        assert name not in page


def test_an_address_that_is_none_is_refused_at_its_line(coalition: Path, govkit: Run) -> None:
    change(coalition, CHARTER, "coordinators:", "home: javascript:alert(1)\ncoordinators:")
    assert (CHARTER, "wrong-value") in rules(govkit(coalition, "check", "--format", "json"))
