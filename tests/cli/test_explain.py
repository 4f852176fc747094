"""`govkit explain`: the list of rules and their pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from govkit.checks.all_rules import RULES
from govkit.checks.pages_index import FAMILIES, page
from govkit.cli.explain import explain
from govkit.cli.main import COMMANDS

from .conftest import Run


def said(*words: str, **more: str) -> str:
    done = CliRunner().invoke(explain, words, env=more, color=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_list_holds_every_rule_under_its_family() -> None:
    lines = said().splitlines()
    assert [line.strip() for line in lines if line.startswith("  ") and line[2] != " "] == [
        rule.slug for family in FAMILIES for rule in RULES if rule.family == family
    ]
    words = " ".join(said().split())
    for rule in RULES:
        assert rule.sentence in words


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
def test_the_list_fits_the_terminal(columns: str) -> None:
    assert max(len(line) for line in said(COLUMNS=columns).splitlines()) <= int(columns)


@pytest.mark.parametrize("slug", ["unknown-reference", "placeholder"])
def test_the_page_of_a_rule(slug: str) -> None:
    assert said(slug) == page(slug)


def test_headings_are_bold_and_examples_are_not() -> None:
    done = CliRunner().invoke(explain, ["schema-line"], color=True)
    bold = [line for line in done.stdout.splitlines() if "\x1b[1m" in line]
    assert [line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in bold] == [
        "# schema-line",
        "## Why",
        "## Wrong",
        "## Right",
        "## What to do",
    ]


def test_json_of_one_rule() -> None:
    found = json.loads(said("title-length", "--format", "json"))
    assert list(found) == ["rule", "family", "sentence", "page"]
    assert found == {
        "rule": "title-length",
        "family": "shape",
        "sentence": "A title has at most 80 characters.",
        "page": page("title-length"),
    }


def test_json_of_all_rules() -> None:
    found = json.loads(said("--format", "json"))
    assert [each["rule"] for each in found] == [rule.slug for rule in RULES]
    assert all(list(each) == ["rule", "family", "sentence", "page"] for each in found)


def test_help_begins_as_in_the_list_of_commands() -> None:
    assert (explain.help or "").splitlines()[0] == COMMANDS["explain"]


# --- the real command ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("unknown-refrence", "Did you mean `unknown-reference`?"),
        ("Unknown-Reference", "Did you mean `unknown-reference`?"),
        ("zzz", "`govkit explain` lists all rules."),
    ],
)
def test_an_unknown_rule_ends_with_2(word: str, hint: str, govkit: Run) -> None:
    done = govkit(None, "explain", word)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"there is no rule `{word}`" in done.stderr.decode()
    assert hint in done.stderr.decode()


def test_a_hostile_word_does_not_reach_a_terminal_raw(govkit: Run) -> None:
    done = govkit(None, "explain", "\x1b[31mred\x9b")
    assert done.returncode == 2
    assert b"\x1b" not in done.stderr
    assert "\x9b" not in done.stderr.decode()


def test_works_outside_a_governed_folder(tmp_path: Path, govkit: Run) -> None:
    done = govkit(tmp_path, "explain", "orphan")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == page("orphan")


# --- how a coalition decides ----------------------------------------------------------------------

REAL = Path(__file__).resolve().parents[2]


def test_a_policy_is_explained_in_words_that_are_made_from_it(govkit: Run) -> None:
    words = " ".join(govkit(REAL, "explain", "policy:substance").stdout.decode().split())
    assert "comments are open for at least 30 days" in words
    assert "at least three members consent, from at least two stakeholder groups" in words
    assert "Silence is not consent." in words
    data = json.loads(govkit(REAL, "explain", "policy:substance", "--format", "json").stdout)
    assert data["title"] == "Changes of substance"
    assert len(data["words"]) == 4


def test_the_charter_is_printed_with_what_its_policies_say(govkit: Run) -> None:
    """The charter itself states no number that a policy could contradict."""
    shown = " ".join(govkit(REAL, "show", "charter").stdout.decode().split())
    explained = " ".join(govkit(REAL, "explain", "charter").stdout.decode().split())
    head = "How a change is decided by the policies addition (class 4) and substance (classes 5, "
    assert head in explained
    assert explained[explained.index("How a change is decided") :] in shown
    charter = (REAL / "governance/charter.yaml").read_text(encoding="utf-8")
    purpose = charter.split("purpose: |")[1].split("languages:")[0]
    assert "governance/policies" in purpose
    for number in ("30 days", "14 days", "three members", "two stakeholder groups"):
        assert number not in purpose


def test_a_policy_that_is_not_there_names_the_nearest(govkit: Run) -> None:
    done = govkit(REAL, "explain", "policy:substanse")
    assert done.returncode == 2
    assert "Did you mean `substance`?" in done.stderr.decode()
