"""A digest moves with every normative word, and with nothing else."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.text_digests import canonical_json, clause_digests
from govkit.corpus.whole import Corpus
from govkit.records.normative import SPACES

Make = Callable[[Mapping[str, str]], Corpus]

PATH = "provisions/due-process/EXA-DUE-01.yaml"
PROVISION = """\
id: EXA-DUE-01
title: Internal complaint
status: draft
rights: [due-process, privacy]
category: procedural
applies_to: {users: [all], sizes: [large, medium]}
clauses:
  - id: a
    force: must
    addressee: platform
    beneficiary: user
    text: |
      The platform must take a [complaint](term:complaint) for {months} months, and say "why":

      (a) who *decides*;
      (b) by when.

      It is free.
    conditions: [if the user asks]
    exceptions: [where a law forbids it]
  - id: b
    withdrawn: {reason: merged, on: 2026-01-02}
parameters:
  months: {type: months, default: 6, minimum: 6, meaning: how long}
grounds:
  - {source: law, locator: "art. 20(1)", relation: implements}
  - {source: act, locator: s. 2, relation: follows}
mappings: []
balancing:
  - {between: [privacy, due-process], test: proportionality, note: weigh both}
relations:
  - {to: EXP-01, as: grounded-in}
  - {to: EXA-DUE-02, as: procedural-for}
"""
TERMS = {
    "registers/terms/complaint.yaml": """\
        term: complaint
        status: draft
        definition: A request of a [user](term:user).
        """,
    "registers/terms/user.yaml": "term: user\nstatus: draft\ndefinition: A person.\n",
    "registers/terms/platform.yaml": "term: platform\nstatus: draft\ndefinition: A service.\n",
}


def digest(make: Make, text: str, terms: Mapping[str, str] = TERMS) -> str | None:
    corpus = make({PATH: text, **terms})
    return corpus.digests.of(corpus.by_path[PATH])


def change(old: str, new: str) -> str:
    assert PROVISION.count(old) >= 1, old
    return PROVISION.replace(old, new, 1)


SAME = {
    "another status": change("status: draft", "status: adopted"),
    "a comment": change("title:", "# a remark\ntitle:"),
    "keys in another order": change("status: draft\nrights: [due-process, privacy]\n", "")
    + "rights: [privacy, due-process]\nstatus: draft\n",
    "quotes around a word": change("Internal complaint", '"Internal complaint"'),
    "a number in quotes": change("default: 6", 'default: "6"'),
    "windows line ends": PROVISION.replace("\n", "\r\n"),
    "wrapped at another width": change(
        "for {months} months, and", "for\n      {months} months,\n      and"
    ),
    "typographic quotes": change('"why"', "\u201cwhy\u201d"),
    "a no-break space": change("months, and", "months,\u00a0and"),
    "a rationale": PROVISION + "rationale: Because.\n",
    "a summary": PROVISION + "summary: You can complain.\n",
    "a burden": PROVISION + "burden: {people: a clerk, systems: a form}\n",
    "guidance": PROVISION + "guidance: Do this.\n",
    "editors": PROVISION + "editors: [ana]\n",
    "a mapping": change("mappings: []", "mappings: [{source: other, locator: x}]"),
    "how a ground relates": change("relation: implements", "relation: goes-beyond"),
    "a verified ground": change(
        "relation: follows", "relation: follows, verified: {by: ana, on: 2026-01-02}"
    ),
    "a relation that binds nothing": change(
        "relations:\n", "relations:\n  - {to: EXP-02, as: see-also}\n"
    ),
    "no such relation at all": change("  - {to: EXP-01, as: grounded-in}\n", ""),
    "grounds in another order": change(
        '  - {source: law, locator: "art. 20(1)", relation: implements}\n', ""
    ).replace(
        "mappings:", '  - {source: law, locator: "art. 20(1)", relation: implements}\nmappings:'
    ),
    "a ground twice": change(
        "mappings: []", "  - {source: act, locator: s. 2, relation: restates}\nmappings: []"
    ),
    "a party in a list": change("addressee: platform", "addressee: [platform]"),
    "words of a scope in another order": change("[large, medium]", "[medium, large]"),
    "a scope of all left out": change("users: [all], ", ""),
    "another reason for a withdrawal": change("reason: merged", "reason: moved"),
    "a clause's guidance": change("    exceptions:", "    guidance: Be kind.\n    exceptions:"),
    "a review day": PROVISION + "review_by: 2030-01-01\n",
    "an empty list": PROVISION + "supersedes: []\n",
    "no options": PROVISION + "options: []\n",
}
TEXT_DEFAULT = change(
    "{type: months, default: 6, minimum: 6, meaning: how long}",
    "{type: text, default: the user's own, meaning: how long}",
)
OTHER = {
    "another id": change("id: EXA-DUE-01", "id: EXA-DUE-03"),
    "another title": change("Internal complaint", "Internal complaints"),
    "a capital": change("It is free", "it is free"),
    "a full stop less": change("It is free.", "It is free"),
    "a comma less": change("months, and", "months and"),
    "another word": change("who *decides*", "who *decided*"),
    "emphasis taken off": change("*decides*", "decides"),
    "another force": change("force: must", "force: should"),
    "another addressee": change("addressee: platform", "addressee: user"),
    "nobody protected": change("    beneficiary: user\n", ""),
    "a condition less": change("    conditions: [if the user asks]\n", ""),
    "a condition made an exception": change("    conditions: [if the user asks]\n", "").replace(
        "[where a law forbids it]", "[if the user asks, where a law forbids it]"
    ),
    "the closing sentence slid into the last item": change(
        "(b) by when.\n\n      It is free.", "(b) by when.\n          It is free."
    ),
    "another style of list": change("(a) who", "(i) who").replace("(b) by", "(ii) by"),
    "two items made one": change(
        "decides*;\n      (b) by when.", "decides*;\n      (b) by when."
    ).replace(
        "\n\n      (a) who *decides*;\n      (b) by when.", "\n\n      who *decides*; by when."
    ),
    "a term mark taken off": change("[complaint](term:complaint)", "complaint"),
    "a term mark on another word": change("[complaint](term:complaint)", "[complaint](term:user)"),
    "another default": change("default: 6", "default: 7"),
    "another bound": change("minimum: 6", "minimum: 5"),
    "another meaning": change("meaning: how long", "meaning: how very long"),
    "a blank made a number": change("for {months} months", "for 6 months").replace(
        "parameters:\n  months: {type: months, default: 6, minimum: 6, meaning: how long}\n", ""
    ),
    "a time linked to another": change("minimum: 6,", "minimum: 6, linked: {to: EXA-DUE-02.days},"),
    "a time linked to another, and longer": change(
        "minimum: 6,", "minimum: 6, linked: {to: EXA-DUE-02.days, plus: 1},"
    ),
    "options to choose from": PROVISION + "options: [{id: one, clauses: [a]}]\n",
    "options with another clause": PROVISION + "options: [{id: one, clauses: [b]}]\n",
    "another locator": change('"art. 20(1)"', '"art. 20(2)"'),
    "a ground less": change("  - {source: act, locator: s. 2, relation: follows}\n", ""),
    "a right less": change("[due-process, privacy]", "[due-process]"),
    "another category": change("category: procedural", "category: substantive"),
    "a narrower scope": change("[large, medium]", "[large]"),
    "a scope for children": change("users: [all]", "users: [child]"),
    "a scope on a clause": change(
        "    conditions:", "    applies_to: {sizes: [large]}\n    conditions:"
    ),
    "a clause for all where the text is for some": change(
        "    conditions:", "    applies_to: {}\n    conditions:"
    ),
    "another test of balance": change("test: proportionality", "test: necessity"),
    "another note of balance": change("note: weigh both", "note: weigh one"),
    "a binding relation less": change("  - {to: EXA-DUE-02, as: procedural-for}\n", ""),
    "a conflict more": PROVISION + "  - {to: EXA-DUE-09, as: conflicts-with}\n",
    "the withdrawn clause gone": change(
        "  - id: b\n    withdrawn: {reason: merged, on: 2026-01-02}\n", ""
    ),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_the_digest_stays_with(make: Make, text: str) -> None:
    assert digest(make, text) == digest(make, PROVISION)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_the_digest_moves_with(make: Make, text: str) -> None:
    assert digest(make, PROVISION) is not None
    assert digest(make, text) not in (None, digest(make, PROVISION))


def test_quotes_and_white_space_in_a_blank_of_words_are_layout_too(make: Make) -> None:
    """`fmt` makes quotes straight everywhere, and may void no consent."""
    whole = digest(make, TEXT_DEFAULT)
    assert whole is not None
    assert digest(make, TEXT_DEFAULT.replace("user's own", "user\u2019s own")) == whole
    assert digest(make, TEXT_DEFAULT.replace("user's own", "user's  own")) == whole
    assert digest(make, TEXT_DEFAULT.replace("user's own", "users own")) != whole


def test_all_these_changes_give_different_digests(make: Make) -> None:
    digests = [digest(make, text) for text in OTHER.values()]
    assert len(set(digests)) == len(digests)


def test_every_single_character_of_the_words_counts(make: Make) -> None:
    start = PROVISION.index("The platform must take a")
    whole = digest(make, PROVISION)
    for at in range(start, start + len("The platform must take a")):
        if PROVISION[at] not in SPACES:
            assert digest(make, PROVISION[:at] + "X" + PROVISION[at + 1 :]) != whole


@pytest.mark.parametrize(
    "definition", ["A human being.", "A person!", "A [person](term:platform)."]
)
def test_a_change_of_a_definition_reaches_all_that_rests_on_it(make: Make, definition: str) -> None:
    """`user` stands in the definition of `complaint`, which is marked in the provision."""
    words = TERMS["registers/terms/user.yaml"].replace("A person.", f'"{definition}"')
    corpus = make({PATH: PROVISION, **TERMS, "registers/terms/user.yaml": words})
    before = make({PATH: PROVISION, **TERMS})
    for path in (PATH, "registers/terms/complaint.yaml", "registers/terms/user.yaml"):
        assert corpus.digests.of(corpus.by_path[path]) != before.digests.of(before.by_path[path])
    same = "registers/terms/platform.yaml"
    assert corpus.digests.of(corpus.by_path[same]) == before.digests.of(before.by_path[same])


@pytest.mark.parametrize("line", ["plural: users\n", "aliases: [person]\n"])
def test_the_words_that_a_term_stands_for_count(make: Make, line: str) -> None:
    words = TERMS["registers/terms/user.yaml"] + line
    assert digest(make, PROVISION, {**TERMS, "registers/terms/user.yaml": words}) not in (
        None,
        digest(make, PROVISION),
    )


def test_a_text_with_a_flaw_or_a_missing_term_has_no_digest(make: Make) -> None:
    assert digest(make, change("*decides*", "**decides**")) is None
    without = {path: text for path, text in TERMS.items() if "complaint" not in path}
    assert digest(make, PROVISION, without) is None


def test_terms_in_a_circle_and_all_that_rests_on_them_have_no_digest(make: Make) -> None:
    circle = "term: user\nstatus: draft\ndefinition: Who makes a [complaint](term:complaint).\n"
    corpus = make({PATH: PROVISION, **TERMS, "registers/terms/user.yaml": circle})
    assert corpus.digests.circular == {"user", "complaint"}
    assert corpus.digests.of(corpus.by_path[PATH]) is None
    assert corpus.digests.of(corpus.by_path["registers/terms/platform.yaml"]) is not None


def test_a_chain_of_a_thousand_terms_is_hashed(make: Make) -> None:
    terms = {
        f"registers/terms/t{n}.yaml": (
            f"term: t{n}\nstatus: draft\ndefinition: A [t](term:t{n + 1}).\n"
        )
        for n in range(1200)
    }
    terms["registers/terms/t1200.yaml"] = "term: last\nstatus: draft\ndefinition: The end.\n"
    corpus = make(terms)
    assert corpus.digests.of(corpus.by_path["registers/terms/t0.yaml"]) is not None


def test_many_terms_that_all_name_each_other_end_in_time(make: Make) -> None:
    names = [f"t{n}" for n in range(120)]
    marks = " ".join(f"[x](term:{name})" for name in names)
    terms = {
        f"registers/terms/{name}.yaml": f"term: {name}\nstatus: draft\ndefinition: Any {marks}\n"
        for name in names
    }
    assert make(terms).digests.circular == set(names)


def test_the_order_of_files_makes_no_difference(make: Make) -> None:
    files = {PATH: PROVISION, **TERMS}
    turned = dict(reversed(files.items()))
    one, other = make(files), make(turned)
    assert [one.digests.of(d) for d in one.documents] == [
        other.digests.of(d) for d in other.documents
    ]


def test_the_order_of_a_book_is_arrangement_and_its_preamble_is_not(make: Make) -> None:
    path = "provisions/instrument.yaml"
    book = (
        "id: INS-provisions\ntitle: Book\nstatus: draft\npreamble: [{id: p1, text: Words.}]\n"
        "parts: [{id: one, title: One, items: [A-01, A-02]}]\n"
    )
    other_order, other_words = book.replace("A-01, A-02", "A-02, A-01"), book.replace("Wo", "Lo")
    corpora = [make({path: text}) for text in (book, other_order, other_words)]
    first, turned, changed = (corpus.digests.of(corpus.by_path[path]) for corpus in corpora)
    assert first == turned != changed


def test_what_a_level_holds_counts_and_how_long_it_may_be_does_not(make: Make) -> None:
    path = "provisions/instrument.yaml"
    book = (
        "id: INS-provisions\ntitle: Book\nstatus: draft\n"
        "levels:\n  - {id: core, title: Core, items: [A-01, A-02]}\n  - {id: full, title: Full}\n"
    )
    same = (
        book.replace("A-01, A-02", "A-02, A-01"),
        book.replace("A-02]", "A-02], most_words: 6000"),
    )
    other = (
        book.replace("A-01, A-02", "A-01"),
        book.replace("title: Core", "title: Base"),
        book.replace("A-02]", "A-02], options: {A-01: exit}"),
    )
    first, *digests = (
        corpus.digests.of(corpus.by_path[path])
        for corpus in (make({path: text}) for text in (book, *same, *other))
    )
    assert [digest == first for digest in digests] == [True] * len(same) + [False] * len(other)


def test_a_clause_alone_moves_with_its_own_words_only(make: Make) -> None:
    def of(text: str) -> str:
        corpus = make({PATH: text, **TERMS})
        return dict(clause_digests(corpus.by_path[PATH]))["a"]

    assert of(change("Internal complaint", "Other title")) == of(PROVISION)
    assert of(change("It is free.", "It costs.")) != of(PROVISION)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner)
    ),
    max_leaves=20,
)


@given(values)
def test_our_canonical_json_is_that_of_rfc_8785(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


VECTORS = json.loads(
    (Path(__file__).parents[2] / "docs" / "digest-vectors.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["name"])
def test_a_published_vector_holds(make: Make, vector: dict[str, object]) -> None:
    """Other software gets the digest from the canonical JSON, and we from the files."""
    canonical = str(vector["canonical"])
    assert rfc8785.dumps(json.loads(canonical)) == canonical.encode()
    assert "sha256:" + hashlib.sha256(canonical.encode()).hexdigest() == vector["digest"]
    files = vector["files"]
    assert isinstance(files, dict)
    corpus = make(files)
    assert corpus.digests.of(corpus.by_path[str(vector["path"])]) == vector["digest"]


def test_there_are_vectors_of_every_kind_of_unit() -> None:
    kinds = {json.loads(vector["canonical"])["kind"] for vector in VECTORS["vectors"]}
    assert kinds == {"instrument", "principle", "provision", "recommendation", "term"}
