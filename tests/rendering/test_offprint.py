"""One record alone: its own words, and what they rest on."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.rendering.formats import written
from govkit.rendering.holdings import paths_of_one
from govkit.rendering.offprint import offprint_of

With = Callable[[Mapping[str, str]], Corpus]
REPAIR = "provisions/due-process/EXA-DUE-02-repair.yaml"

HERE = Path(__file__).parent


def offprint(corpus: Corpus, kind: str, id: str, format: str = "md") -> str:
    record = corpus.find((kind,), id)
    assert record
    return written(offprint_of(corpus, record, "2026-05-01"), format).decode()


def test_a_text_with_its_definitions(small_corpus: Corpus) -> None:
    expected = (HERE / "small-offprint.md").read_text(encoding="utf-8")
    assert offprint(small_corpus, "provision", "EXA-DUE-02") == expected


def test_a_text_with_its_sources_and_no_other_text(small_corpus: Corpus) -> None:
    printed = offprint(small_corpus, "provision", "EXA-DUE-01")
    assert "**DRAFT**" in printed
    assert "**Ann**. Ann v Town." in printed
    assert "- Procedure for `EXA-DUE-02` Repair" in printed
    assert "](#exa-due-02" not in printed


def test_a_definition_with_those_that_it_rests_on(small_corpus: Corpus) -> None:
    printed = offprint(small_corpus, "term", "complaint")
    assert "\n# complaint\n" in printed
    assert "*complaint*, definition, draft, 1 May 2026, `sha256:" in printed
    for words in ("**complaint**\n", "**user** (also users)", "**platform**", "**The Act**."):
        assert words in printed


def test_a_source_is_its_own_reference(small_corpus: Corpus) -> None:
    printed = offprint(small_corpus, "source", "law")
    assert "**The Act**. Act on Squares. Binding law: Parliament" in printed
    assert "How to cite" not in printed
    assert "Digest" not in printed


def test_a_text_that_stands_in_no_book(small_corpus: Corpus) -> None:
    printed = offprint(small_corpus, "provision", "EXA-DUE-03")
    assert "Part of" not in printed
    assert "*Repair*, EXA-DUE-03, trial, 1 May 2026" in printed


@pytest.mark.parametrize("kind_and_id", ["provision EXA-DUE-01", "term user", "source law"])
def test_no_anchor_stands_twice(small_corpus: Corpus, kind_and_id: str) -> None:
    page = offprint(small_corpus, *kind_and_id.split(), "html")
    ids = [piece.split('"')[0] for piece in page.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_the_headings_of_a_page_are_in_order(small_corpus: Corpus) -> None:
    page = offprint(small_corpus, "provision", "EXA-DUE-01", "html")
    assert page.count("<h1>") == 1
    assert '<h2 class="name">Rests on</h2>' in page
    assert '<h2><span class="title">Definitions</span></h2>' in page
    assert "<nav" not in page
    assert 'class="skip"' not in page


def test_what_cannot_be_read_is_not_printed(corpus_with: With) -> None:
    corpus = corpus_with({REPAIR: "id: ["})
    record = corpus.by_path[REPAIR]
    with pytest.raises(GovkitError, match="EXA-DUE-02 could not be read"):
        offprint_of(corpus, record)
    assert paths_of_one(corpus, record) == {"governance/charter.yaml", REPAIR}
