"""A label is true of its terms, or what is not so is found: each falsification one by one."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from govkit.adoption.choices import choices_of
from govkit.adoption.drafting import terms_of
from govkit.adoption.label_check import (
    drafted_again,
    read_statement,
    stale_clauses,
    statement_faults,
)
from govkit.adoption.page_check import page_findings, sentences_that_take_back
from govkit.adoption.printed_words import PrintedUnit, comparable, printed_units
from govkit.adoption.statement import Edition, statement_digest
from govkit.adoption.terms import words_of
from govkit.cli.foreign_files import read_one
from govkit.corpus.documents import document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import WrongUse
from govkit.procedures.adoption.platform_terms import (
    PlatformAdoption,
    adopted_from,
    files_of,
    read_profile,
)
from govkit.rendering.adoption.label import label_data, label_html, label_svg
from govkit.rendering.adoption.terms_document import about

from .conftest import PROFILES

DEVIATING = PROFILES["start-up"] + (
    "deviations:\n"
    "  - {clause: MCP-CHG-01(c), left_out: Our notices stand beside news.}\n"
    "  - clause: MCP-DUE-03(f)\n"
    "    text: The platform should not treat the user worse because of a complaint.\n"
    "    reason: We can only try.\n"
)


class Labelled(NamedTuple):
    adopted: PlatformAdoption
    files: dict[str, bytes]
    units: tuple[PrintedUnit, ...]
    text: str


@pytest.fixture(scope="module")
def labelled(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Labelled:
    adopted = adopted_from(corpus, "p", DEVIATING.encode(), Edition())
    files = dict(files_of(adopted, ["md", "html", "docx"]))
    path = tmp_path_factory.mktemp("label") / "terms.md"
    path.write_bytes(files["terms.md"])
    units = tuple(printed_units(adopted.terms, list(about(adopted.terms))))
    return Labelled(adopted, files, units, read_one(path))


@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_a_true_label_is_true_in_each_format(
    ending: str, labelled: Labelled, tmp_path: Path
) -> None:
    path = tmp_path / f"terms.{ending}"
    path.write_bytes(labelled.files[path.name])
    assert {each.found for each in page_findings(labelled.units, read_one(path))} == {"true"}
    statement = read_statement(labelled.files["adoption.json"], "adoption.json")
    assert list(statement_faults(statement, labelled.adopted.terms)) == []


def test_the_terms_may_stand_inside_longer_ones(labelled: Labelled) -> None:
    text = f"Welcome to Tern. Be kind.\n\n{labelled.text}\n\nPrices\n\nIt costs 3 euro a month."
    assert {each.found for each in page_findings(labelled.units, text)} == {"true"}


def test_no_clause_of_the_whole_book_takes_another_back(corpus: Corpus) -> None:
    level = "level: full\noptions: {MCP-CHG-02: consent}"
    profile = PROFILES["federated"].replace("level: core", level)
    terms = terms_of(choices_of(read_profile("p", profile.encode()), corpus))
    rows = [
        row
        for clause in terms.clauses()
        for row in (
            f"{clause.number} {words_of(clause.blocks)}",
            *(f"Only: {words_of(each)}" for each in clause.conditions),
            *(f"Exception {n}: {words_of(each)}" for n, each in enumerate(clause.exceptions, 1)),
        )
    ]
    found = page_findings(tuple(printed_units(terms, [])), "\n\n".join(rows))
    assert [each for each in found if each.found == "taken-back"] == []


ON_THE_PAGE = {
    "another number": ("within 7 days after you have pointed out", "within 70 days after you have"),
    "another unit": ("at the latest 24 hours after", "at the latest 24 days after"),
    "may for must": ("We must send you a notice of each", "We may send you a notice of each"),
    "should for must": ("We must list in our terms", "We should list in our terms"),
    "a negation gone": ("We must not charge you for leaving", "We must charge you for leaving"),
    "a negation put in": ("We must let you leave by", "We must not let you leave by"),
    "a limit turned": ("at least 45 days before the change takes", "at most 45 days before the"),
    "or for and": ("with its date, comments and links", "with its date, comments or links"),
    "a promise left out": ("the contract, free of charge, because", "the contract, because"),
    "somebody else": ("We must give you a statement", "We must give some users a statement"),
    "half a clause": (" You can do so until 30 days after", " You can do so. Or until 30 days"),
    "a clause gone": (
        "In doubt whether a content rule covers a piece of content, the content is "
        "free under that rule.",
        "",
    ),
    "an exception gone": ("where you ask for their erasure", ""),
    "an exception more": (
        "where an item makes no sense outside the service",
        "where we wish it, or where an item makes no sense outside the service",
    ),
    "an exception of its own": (
        "In doubt whether a content rule",
        "Exception: where we think otherwise. In doubt whether a content rule",
    ),
    "a condition gone": ("where altering the content would end the breach", ""),
    "a condition more": (
        "We must not impose a suspension for",
        "If you pay us, we must not impose a suspension for",
    ),
    "a sentence between clauses": (
        "We must refund, within 14 days",
        "All of this is as we see fit. We must refund, within 14 days",
    ),
    "a reference turned": ("exception to clause 4.1 applies", "exception to clause 4.2 applies"),
    "a definition narrowed": ("under 18 years of age", "under 13 years of age"),
    "a definition gone": ("A parent or another person who by law is responsible for a child.", ""),
    "a rule of reading turned": ("the law prevails", "these terms prevail"),
    "precedence turned": ("these sections prevail, unless", "that part prevails, unless"),
    "another operator": ("mean Tern Services Ltd", "mean Tern Shell Ltd"),
    "an item gone": (
        "(iii) the bodies outside the platform, courts included, to which you can turn.",
        "",
    ),
    "letters turned round": ("We must not charge you", "We must \u202eton\u202c charge you"),
    "letters in order under a sign that turns them": (
        "We must not charge",
        "We must \u202enot charge",
    ),
    "an item changed": ("(iv) paying out what we held back", "(iv) paying out half of it"),
}
TAKEN_BACK = [
    "Sections 2 to 14 do not apply to free accounts.",
    "Notwithstanding section 4, we change these terms at any time.",
    "Clause 10.1 has no effect where we are busy.",
    "These protections are for information only.",
    "In spite of section 12, the contract runs for ten years.",
    "We may change section 4 at any time without notice.",
    "Nothing above creates an obligation of Tern.",
]


@pytest.mark.parametrize("name", list(ON_THE_PAGE))
def test_what_is_false_on_the_page_is_found(name: str, labelled: Labelled) -> None:
    old, new = ON_THE_PAGE[name]
    text = " ".join(labelled.text.split())
    assert old in text, name
    found = page_findings(labelled.units, text.replace(old, new, 1))
    wrong = [each for each in found if each.found != "true"]
    assert wrong, name
    assert len(wrong) <= 4, wrong


@pytest.mark.parametrize("sentence", TAKEN_BACK)
def test_a_sentence_elsewhere_that_takes_back_is_found(sentence: str, labelled: Labelled) -> None:
    found = page_findings(labelled.units, f"{labelled.text}\n\n{sentence}")
    assert [each.found for each in found if each.found != "true"] == ["taken-back"]


def test_limits_run_together_as_in_a_pdf_take_nothing_back(labelled: Labelled) -> None:
    """A limit that names a clause and says "do not bind" is one of the terms, and not more."""
    own = "where the means of clause 10.4 fail or do not hold the request up"
    limits = replaced_rows(labelled.units, own)
    page = f"Exception 1: where it is urgent Exception 2: {own} Exception 3: where it is not"
    assert sentences_that_take_back(limits, page) == []
    assert sentences_that_take_back(limits, f"{page} Section 5 does not apply") != []


def replaced_rows(units: tuple[PrintedUnit, ...], row: str) -> list[PrintedUnit]:
    first = next(each for each in units if each.kind == "clause")
    return [*units, first._replace(rows=(comparable(row),))]


def test_a_text_file_that_holds_markdown_is_read_as_such(
    labelled: Labelled, tmp_path: Path
) -> None:
    path = tmp_path / "terms.txt"
    path.write_bytes(labelled.files["terms.md"])
    assert {each.found for each in page_findings(labelled.units, read_one(path))} == {"true"}
    path.write_bytes(labelled.files["terms.md"] + b"\n<!-- seen as text -->\n")
    assert "seen as text" in read_one(path)


def test_clauses_in_another_order_and_a_section_gone_are_found(labelled: Labelled) -> None:
    first, last = (
        labelled.text.index("We must send you a notice of"),
        labelled.text.index("We must leave at least"),
    )
    gone = page_findings(labelled.units, labelled.text[:first] + labelled.text[last:])
    assert sum(each.found != "true" for each in gone) >= 7
    turned = labelled.text[last:] + labelled.text[:last]
    assert any(each.found != "true" for each in page_findings(labelled.units, turned))


def test_words_that_nobody_sees_do_not_count(labelled: Labelled, tmp_path: Path) -> None:
    page = labelled.files["terms.html"].decode()
    path = tmp_path / "hidden.html"
    path.write_text(page.replace('<main id="main">', '<main id="main" hidden>'), encoding="utf-8")
    text = "" if not path.exists() else _words(path)
    assert any(each.found != "true" for each in page_findings(labelled.units, text))


def _words(path: Path) -> str:
    try:
        return read_one(path)
    except WrongUse:
        return "nothing"


Change = Callable[[dict[str, Any]], None]


def _clause(statement: dict[str, Any], id: str, clause: str) -> dict[str, Any]:
    provision = next(each for each in statement["provisions"] if each["id"] == id)
    found: dict[str, Any] = next(each for each in provision["clauses"] if each["id"] == clause)
    return found


def _drop(statement: dict[str, Any], id: str, clause: str) -> None:
    provision = next(each for each in statement["provisions"] if each["id"] == id)
    provision["clauses"] = [each for each in provision["clauses"] if each["id"] != clause]


IN_THE_STATEMENT: dict[str, Change] = {
    "the level": lambda s: s.update(level="full"),
    "that it is whole": lambda s: s.update(is_whole=True),
    "a reworded clause as whole": lambda s: _clause(s, "MCP-DUE-03", "f").update({"as": "whole"}),
    "a clause left out as whole": lambda s: _clause(s, "MCP-CHG-01", "c").update({"as": "whole"}),
    "a deviation hidden": lambda s: _drop(s, "MCP-CHG-01", "c"),
    "a milder class": lambda s: _clause(s, "MCP-DUE-03", "f").update({"class": 1}),
    "a better direction": lambda s: _clause(s, "MCP-DUE-03", "f").update(
        direction={"platform_duty": "tighter", "user_protection": "stronger"}
    ),
    "a digest": lambda s: _clause(s, "MCP-FRM-01", "a").update(digest="sha256:" + "0" * 64),
    "the words of a clause": lambda s: _clause(s, "MCP-FRM-01", "a").update(words="sha256:0"),
    "a provision that is not taken": lambda s: s["provisions"].append(
        {"id": "MCP-PRV-01", "taken": "whole", "clauses": []}
    ),
    "the words of all": lambda s: s.update(terms="sha256:" + "0" * 64),
    "the book": lambda s: s["book"].update(status="adopted"),
    "a definition": lambda s: s["definitions"].update(child="sha256:" + "0" * 64),
    "the service": lambda s: s.update(service="Another"),
}


@pytest.mark.parametrize("name", list(IN_THE_STATEMENT))
def test_what_is_false_in_the_statement_is_found(name: str, labelled: Labelled) -> None:
    statement = copy.deepcopy(read_statement(labelled.files["adoption.json"], "s"))
    IN_THE_STATEMENT[name](statement)
    assert list(statement_faults(statement, labelled.adopted.terms)), name


def test_another_choice_in_the_statement_is_held_against_the_page(
    labelled: Labelled, corpus: Corpus
) -> None:
    statement = read_statement(labelled.files["adoption.json"], "s")
    statement["profile"]["blanks"]["MCP-CHG-01"]["lead_days"] = "60"
    terms = drafted_again(statement, corpus, "s")
    units = tuple(printed_units(terms, list(about(terms))))
    assert [e for e in page_findings(units, labelled.text) if e.found == "changed"]
    assert list(statement_faults(statement, terms))


NO_STATEMENT = {
    "no JSON": b"{",
    "very deep": b"[" * 100_000,
    "too long": b" " * ((1 << 20) + 1),
    "a list": b"[]",
    "of another format": b'{"format": "x"}',
    "of another version": b'{"format": "govkit/adoption-statement", "version": 2}',
    "without a profile": b'{"format": "govkit/adoption-statement", "version": 1, "edition": {}}',
}


@pytest.mark.parametrize("name", list(NO_STATEMENT))
def test_what_is_no_statement_is_told_so(name: str) -> None:
    with pytest.raises(WrongUse) as wrong:
        read_statement(NO_STATEMENT[name], "adoption.json")
    assert "adoption.json" in wrong.value.message


def test_what_changed_since_makes_a_label_stale_and_not_false(
    labelled: Labelled, corpus: Corpus
) -> None:
    statement = read_statement(labelled.files["adoption.json"], "s")
    assert list(stale_clauses(statement, corpus, corpus)) == []
    document = next(each for each in corpus.documents if each.id == "MCP-FRM-01")
    child: Any = next(each for each in corpus.of_kind("term") if each.id == "child")
    record: Any = document.record
    softer = record.clauses[0].text.replace("must", "should")
    first = record.clauses[0].model_copy(update={"text": softer})
    other = {
        document.path: record.model_copy(update={"clauses": (first, *record.clauses[1:])}),
        child.path: child.record.model_copy(update={"definition": "Whoever is under 9."}),
    }
    later = corpus_of(
        document_of(each.path, each.kind, other[each.path], ()) if each.path in other else each
        for each in corpus.documents
    )
    assert list(stale_clauses(statement, corpus, later)) == [
        ("MCP-FRM-01", "a", "changed", "force", "weaker"),
        ("child", "definition", "changed", "definition", "unclear"),
    ]


def test_a_statement_with_clauses_of_another_kind_stops_nothing(
    labelled: Labelled, corpus: Corpus
) -> None:
    statement = read_statement(labelled.files["adoption.json"], "s")
    statement["provisions"] = [7, {"id": "MCP-FRM-01", "clauses": [None, {"id": ["a"]}]}]
    statement["definitions"] = "none"
    found = list(stale_clauses(statement, corpus, corpus))
    assert [(each.text, each.what) for each in found] == [("MCP-FRM-01", "withdrawn")]


def test_the_label_is_a_picture_a_snippet_and_data(labelled: Labelled, corpus: Corpus) -> None:
    statement = json.loads(labelled.files["adoption.json"])
    statement["service"] = '<b>"&Tern</b></script>'
    said = corpus.messages
    picture = ElementTree.fromstring(label_svg(statement, said))
    assert picture.get("aria-label", "").startswith('<b>"&Tern</b></script>: User protections')
    assert "2 deviations" in picture.get("aria-label", "")
    html = label_html(statement, said, ("adoption.json", "label.svg")).decode()
    assert html.count("</script>") == 1
    data = json.loads(html.partition('json">')[2].partition("</script>")[0])
    assert data == label_data(statement, said)
    assert data["identifier"] == statement_digest(statement)
