"""A profile that can't be followed is answered with its place, what is wrong, and the way out."""

from __future__ import annotations

import pytest

from govkit.adoption.choices import ProfileRefused
from govkit.adoption.statement import Edition
from govkit.corpus.whole import Corpus
from govkit.procedures.adoption.new_profile import new_profile
from govkit.procedures.adoption.platform_terms import adopted_from, files_of

from .conftest import PROFILES

GOOD = PROFILES["start-up"]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


REFUSED = {
    "empty": ("", 1, "holds no record"),
    "no YAML": ("service: [", 1, ""),
    "a list": ("- service: x\n", 1, "group of keys"),
    "an unknown key": (GOOD + "sise: small\n", 17, "unknown key `sise`"),
    "no service": (changed("service: Tern\n", ""), 1, "`service` is missing"),
    "a number for a list": (
        changed("countries: [Kenya, Portugal]", "countries: {a: b}"),
        12,
        "list",
    ),
    "an unknown size": (changed("sizes: small", "sizes: smal"), 7, "`smal` is not known"),
    "two sizes": (changed("sizes: small", "sizes: [small, large]"), 7, "one size, and here are 2"),
    "an axis left out": (changed("  accounts: with\n", ""), 7, "`accounts` is missing"),
    "an unknown axis": (changed("  models:", "  modells:"), 11, "`modells` is nothing"),
    "an unknown level": (changed("level: core", "level: cor"), 14, "`cor` is not known"),
    "nothing taken in": (changed("level: core\n", ""), 1, "nothing is taken in"),
    "an unknown book": (GOOD + "book: rules\n", 17, "no book `rules`"),
    "an unknown provision": (GOOD + "provisions: [MCP-XXX-01]\n", 17, "`MCP-XXX-01` is not known"),
    "one for others": (GOOD + "provisions: [MCP-FRM-08]\n", 17, "for other platforms"),
    "a blank too low": (changed("lead_days: 45", "lead_days: 3"), 16, "of at least 15"),
    "a blank in words": (changed("lead_days: 45", "lead_days: soon"), 16, "a number of days"),
    "a blank below zero": (changed("lead_days: 45", "lead_days: -45"), 16, "a number of days"),
    "a blank of very many digits": (
        changed("lead_days: 45", f"lead_days: {'9' * 5000}"),
        16,
        "a number of days",
    ),
    "a blank that must fit another": (
        changed("lead_days: 45", "lead_days: 90"),
        15,
        "leave_days of MCP-CHG-02 is 60, and has to be at least 90",
    ),
    "an unknown blank": (changed("lead_days", "leed_days"), 16, "`leed_days` is not known"),
    "a blank of what is not taken": (GOOD + "  MCP-PRV-01: {stop_days: 3}\n", 17, "not taken in"),
    "an option against the level": (
        GOOD + "options: {MCP-CHG-02: consent}\n",
        17,
        "takes the option `exit`",
    ),
    "an option of none": (GOOD + "options: {MCP-CHG-02: both}\n", 17, "`both` is not known"),
    "an unknown voice": (GOOD + "voice: they\n", 17, "`they`"),
    "a deviation of nothing": (GOOD + "deviations: [{clause: MCP-CHG-01(c)}]\n", 17, "neither"),
    "a deviation without a reason": (
        GOOD + "deviations: [{clause: MCP-CHG-01(c), text: The platform may do it.}]\n",
        17,
        "the reason is missing",
    ),
    "a clause that is not there": (
        GOOD + "deviations: [{clause: MCP-CHG-01(zz), left_out: no}]\n",
        17,
        "no clause (zz)",
    ),
    "a clause twice": (
        GOOD + "deviations:\n" + 2 * "  - {clause: MCP-CHG-01(c), left_out: It is so.}\n",
        19,
        "twice",
    ),
    "words outside the grammar": (
        GOOD + "deviations: [{clause: MCP-CHG-01(c), text: '# No', reason: It is so.}]\n",
        17,
        "heading",
    ),
    "hidden letters": (changed("service: Tern", "service: T\u202ern"), 1, ""),
    "more than a file may hold": ("service: " + "x" * (1 << 20) + "\n", 1, ""),
    "a name of a megabyte less": (changed("service: Tern", "service: " + "x" * 900_000), 1, ""),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_wrong_is_named_with_its_place(name: str, corpus: Corpus) -> None:
    text, line, words = REFUSED[name]
    with pytest.raises(ProfileRefused) as refused:
        adopted_from(corpus, "profile.yaml", text.encode(), Edition())
    findings = refused.value.findings
    found = [each for each in findings if words in each.message]
    assert found, [each.message for each in findings]
    assert found[0].place is not None
    assert found[0].place.line == line or not words
    assert len(found[0].message) < 4_000


def test_a_profile_that_nobody_fits_is_told_so(corpus: Corpus) -> None:
    profile = (
        "service: a\noperator: b\nplatform:\n  users: adult\n  sizes: small\n"
        "  functions: advertising\n  accounts: none\n  models: commercial\n"
        "provisions: [MCP-EXP-06]\n"
    )
    with pytest.raises(ProfileRefused) as refused:
        adopted_from(corpus, "profile.yaml", profile.encode(), Edition())
    assert "for other platforms" in refused.value.findings[0].message


def test_markup_in_a_name_is_words(corpus: Corpus) -> None:
    name = '<script>alert(1)</script> [x](javascript:1) | **b** & "q"'
    profile = changed("service: Tern", f"service: '{name}'")
    files = dict(files_of(adopted_from(corpus, "p", profile.encode(), Edition()), ["md", "html"]))
    assert b"<script>alert" not in files["terms.html"] + files["cover-sheet.html"]
    assert b"\\[x\\](javascript" in files["terms.md"].split(b"---", 2)[2]


def test_a_new_profile_can_be_followed_as_it_stands(corpus: Corpus) -> None:
    found = adopted_from(corpus, "p", new_profile(corpus).encode(), Edition())
    assert sum(1 for _ in found.terms.clauses()) > 90
