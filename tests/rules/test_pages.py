"""The page of each rule: its shape, its sentence, what it says the rule stops; and docs/rules.md."""

from __future__ import annotations

import re
from pathlib import Path

from govkit.checks.all_rules import BY_SLUG, RULES
from govkit.checks.pages_index import FAMILIES, index, page, what_it_stops
from govkit.source.loader import load

from .conftest import Case

ROOT = Path(__file__).resolve().parents[2]
SLUGS = [rule.slug for rule in RULES]
PAGES = {slug: page(slug) for slug in SLUGS}
SAID = {"error": "merge", "warning": "a final release", "advice": "nothing (advice)"}


def test_every_page_belongs_to_a_rule() -> None:
    names = {path.stem for path in (ROOT / "govkit/checks/pages").iterdir()}
    assert names == set(SLUGS)


def test_a_page_has_its_parts_in_order() -> None:
    for slug, text in PAGES.items():
        assert text.startswith(f"# {slug}\n\n{BY_SLUG[slug].sentence}\n\nWhat it stops: "), slug
        parts = re.findall(r"^## (.*)$", text, re.MULTILINE)
        assert parts == ["Why", "Wrong", "Right", "What to do"], slug
        for name, part in re.findall(r"^## (.*)\n\n((?:(?!## ).*\n?)*)", text, re.MULTILINE):
            assert part.strip(), f"{slug}: {name}"


def test_a_page_says_what_the_rule_really_stops() -> None:
    """Each level that stands in `expected.txt` is named on the page, and no other."""
    for slug in SLUGS:
        levels = {line.split(" ")[1] for line in Case(slug, "fires").expected()}
        said = what_it_stops(slug)
        assert {level for level, words in SAID.items() if words in said} == levels, slug


def test_a_page_says_how_to_suppress_where_that_is_allowed() -> None:
    for slug, text in PAGES.items():
        entry = f"suppress:\n  - rule: {slug}\n"
        assert (entry in text) == BY_SLUG[slug].may_be_suppressed, slug


def test_the_right_examples_are_yaml_that_is_read() -> None:
    for slug, text in PAGES.items():
        for example in re.findall(r"```yaml\n(.*?)```", text.split("## Right")[1], re.DOTALL):
            assert load(example) is not None, slug


def test_sentences_are_short_enough_to_be_read_by_everybody() -> None:
    for slug, text in PAGES.items():
        prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL).split("## Why")[1]
        for sentence in re.split(r"(?<=[.:?])\s+(?=[A-Z`\"(#])", prose):
            assert len(sentence.split()) <= 40, f"{slug}: {sentence}"


def test_lines_fit_a_terminal() -> None:
    for slug, text in PAGES.items():
        assert max(len(line) for line in text.splitlines()) <= 100, slug


def test_every_family_has_a_heading() -> None:
    assert set(FAMILIES) == {rule.family for rule in RULES}


def test_the_list_of_rules_in_docs_is_what_the_pages_make() -> None:
    """On drift: write what `index()` returns into docs/rules.md."""
    assert (ROOT / "docs/rules.md").read_text(encoding="utf-8") == index()
