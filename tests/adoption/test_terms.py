"""A platform's terms: each clause that applies stands in them, and nothing of the book does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from govkit.adoption.statement import Edition
from govkit.corpus.profile import Profile
from govkit.corpus.whole import Corpus
from govkit.procedures.adoption.platform_terms import PlatformAdoption, adopted_from, files_of

from .conftest import PROFILES
from .meanings import pattern_of

LINK = re.compile(r"\[((?:[^\[\]]|\\.)*)\]\((?:term|ref):[^()]*(?:\([^()]*\))*\)")
FAR = re.compile(r"\*\*(\d+\.\d+)\*\*")


_MADE: dict[str, PlatformAdoption] = {}


def adopted(corpus: Corpus, profile: str) -> PlatformAdoption:
    """Return what a profile gives; made once, since nothing changes it."""
    if profile not in _MADE:
        _MADE[profile] = adopted_from(corpus, "profile.yaml", profile.encode(), Edition())
    return _MADE[profile]


def page(found: PlatformAdoption, name: str = "terms.md") -> str:
    return dict(files_of(found, ["md"]))[name].decode()


def plain(markdown: str) -> str:
    """Return the words of a page of Markdown in a row, links as their words."""
    text = re.sub(r"<a id=\"[^\"]*\"></a>", "", markdown)
    text = re.sub(r"\[((?:[^\[\]]|\\.)*)\]\(#[^)]*\)", r"\1", text)
    text = re.sub(r"^- (?=\()", "", text, flags=re.MULTILINE)
    text = text.replace("\u2019", "'").replace("\u201c", '"').replace("\u201d", '"')
    return " ".join(text.replace("\\", "").split())


def applying(corpus: Corpus, found: PlatformAdoption) -> Iterator[tuple[str, Any]]:
    """Yield each clause of the level that is for the platform, by the words of the files alone."""
    book: Any = found.terms.choices.book.record
    level = next(each for each in book.levels if each.id == "core")
    axes = {axis: tuple(words) for axis, words in found.terms.choices.profile.platform.items()}
    for id in level.items:
        document = corpus.find(("provision",), id)
        assert document is not None
        record: Any = document.record
        options = {each.id: each.clauses for each in record.options}
        others = {
            clause
            for option, several in options.items()
            if option != level.options.get(id)
            for clause in several
        }
        for clause in record.clauses:
            if clause.withdrawn is not None or clause.id in others:
                continue
            alone = record.model_copy(update={"clauses": (clause,)})
            if Profile(axes).covers(alone):
                yield id, clause


def wanted(text: str, parameters: Any, chosen: dict[str, str]) -> re.Pattern[str]:
    """Return the pattern of a clause's words, where numbers stand for other places."""
    values = {name: str(each.default) for name, each in parameters.items()} | chosen
    text = " ".join(LINK.sub(lambda m: _marked(m), text).split()).replace('\\"', '"')
    pattern = pattern_of(text, values).pattern
    return re.compile(pattern.replace(PLACE, r"[^,;]{0,60}?"), re.IGNORECASE)


PLACE = "ZZPLACEZZ"


def _marked(found: re.Match[str]) -> str:
    """Return the words of a link; a label in brackets, or a number behind, is another here."""
    words = found[1]
    if "(term:" in found.group():
        return words
    return re.sub(r"\([a-z]+\)", PLACE, words) if "(" in words else f"{words}{PLACE}"


@pytest.mark.parametrize("name", list(PROFILES))
def test_each_clause_that_applies_stands_in_the_terms(name: str, corpus: Corpus) -> None:
    found = adopted(corpus, PROFILES[name])
    text = plain(page(found))
    count = 0
    for id, clause in applying(corpus, found):
        document = corpus.find(("provision",), id)
        record: Any = document.record if document else None
        chosen = dict(found.terms.choices.profile.blanks.get(id, {}))
        for words in (clause.text, *clause.conditions, *clause.exceptions):
            assert wanted(words, record.parameters, chosen).search(text), f"{id}({clause.id})"
        count += 1
    assert count == sum(1 for _ in found.terms.clauses()) > 95


@pytest.mark.parametrize("name", list(PROFILES))
def test_nothing_of_the_book_stands_in_the_terms(name: str, corpus: Corpus) -> None:
    text = page(adopted(corpus, PROFILES[name]))
    for word in ("MCP-", "DDR-", "PRN-", "sha256", "rationale", "guidance", "Model Contractual"):
        assert word not in text


def test_numbers_are_the_platforms_own_and_each_reference_leads_to_one(corpus: Corpus) -> None:
    for profile in PROFILES.values():
        text = page(adopted(corpus, profile))
        anchors = set(re.findall(r'<a id="([^"]+)"></a>', text))
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors
        numbers = FAR.findall(text)
        assert len(numbers) == len(set(numbers)) > 100


def test_the_named_voice_has_no_we(corpus: Corpus) -> None:
    text = page(adopted(corpus, PROFILES["federated"]))
    assert not re.search(r"\b(?:we|us|our|you|your)\b", text, re.IGNORECASE)


def test_each_defined_word_that_a_clause_marks_is_defined(corpus: Corpus) -> None:
    for profile in PROFILES.values():
        found = adopted(corpus, profile)
        defined = {each.slug for each in found.terms.definitions}
        used = {
            piece.target
            for clause in found.terms.clauses()
            for block in clause.blocks
            for piece in block.pieces
            if piece.kind == "term"
        }
        assert used <= defined >= {"platform", "user"}


def test_a_blank_of_one_has_its_unit_in_the_singular(corpus: Corpus) -> None:
    profile = PROFILES["start-up"] + "  MCP-CHG-04: {confirm_days: 1}\n"
    assert "to you within 1 day\\." in page(adopted(corpus, profile)).replace("day.", "day\\.")


def test_a_clause_with_other_words_and_one_left_out_are_told(corpus: Corpus) -> None:
    profile = PROFILES["start-up"] + (
        "deviations:\n"
        "  - clause: MCP-CHG-01(c)\n"
        "    left_out: Our notices stand beside news.\n"
        "  - clause: MCP-DUE-03(f)\n"
        "    text: The platform should not treat the user worse because of a complaint.\n"
        "    reason: We can only try.\n"
    )
    found = adopted(corpus, profile)
    text, cover = page(found), page(found, "cover-sheet.md")
    assert "mix the notice" not in text
    assert "We should not treat you worse because of a complaint" in text
    clauses = {
        f"{each['id']}({clause['id']})": clause
        for each in found.statement["provisions"]  # type: ignore[attr-defined]
        for clause in each["clauses"]
    }
    left, other = clauses["MCP-CHG-01(c)"], clauses["MCP-DUE-03(f)"]
    assert (left["as"], left["class"], left["number"]) == ("left-out", 8, None)
    assert (other["as"], other["class"]) == ("reworded", 5)
    assert other["direction"] == {"platform_duty": "looser", "user_protection": "weaker"}
    assert "We can only try." in cover
    assert "Our notices stand beside news." in cover
    assert found.statement["is_whole"] is False


def test_who_pays_for_a_choice_stands_on_the_cover_sheet(corpus: Corpus) -> None:
    cover = page(adopted(corpus, PROFILES["start-up"]), "cover-sheet.md")
    assert "| 45 days | of at least 15 | the user: better than the default of 30" in cover
    assert "This is no legal advice." in cover
    assert "Nobody has consented to them yet." in cover


def test_the_same_profile_gives_the_same_bytes(corpus: Corpus) -> None:
    several = [
        dict(
            files_of(adopted_from(corpus, "p", PROFILES[name].encode(), Edition()), ["md", "docx"])
        )
        for name in ("federated", "federated")
    ]
    assert several[0] == several[1]


def test_one_provision_is_no_row_of_sections_and_a_clause_named_far_off_has_its_number(
    corpus: Corpus,
) -> None:
    single = PROFILES["start-up"].partition("level:")[0]
    text = plain(page(adopted(corpus, single + "provisions: [MCP-DUE-02]\n")))
    assert 'Section 2 is a "provision".' in text
    assert "the provision on reasons (which is not part of these terms)" in text
    text = plain(page(adopted(corpus, single + "provisions: [MCP-DUE-01, MCP-DUE-02]\n")))
    assert 'Each of the sections 2 to 3 is a "provision".' in text
    assert "the provision on reasons (clause 2.7) allows" in text
    assert corpus.charter is not None
    assert f"the body that wrote the provisions, {corpus.charter.name}, " in text
