"""JSON: every record of a print, for programs. The contract stands in docs/json.md."""

import json
from typing import Any

from govkit.corpus.profile import profile_of
from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.formats import written
from govkit.rendering.offprint import offprint_of
from govkit.rendering.selection import WHOLE, Selection

BOOK = "INS-provisions"


def printed(corpus: Corpus, selection: Selection = WHOLE) -> Any:
    return json.loads(written(book_of(corpus, BOOK, "2026-05-01", selection), "json"))


def test_the_head(small_corpus: Corpus) -> None:
    value = printed(small_corpus)
    assert list(value) == ["version", "book", "document", "records"]
    assert (value["version"], value["book"]) == (1, "provisions")
    assert value["document"] == {
        "id": "INS-provisions",
        "title": "The towns’ model provisions",
        "issuer": "River Towns’ Coalition",
        "symbol": "RT/MP",
        "status": "Draft",
        "edition": "2026-05-01",
        "digest": "sha256:6ab7d36b6273ac16bd907901e02a6f02c029d2d10ef94d20803267b3af2335f2",
        "language": "en",
        "selection": None,
    }


def test_every_record_in_print_order(small_corpus: Corpus) -> None:
    records = printed(small_corpus)["records"]
    assert [(record["kind"], record["id"], record["status"]) for record in records] == [
        ("instrument", "INS-provisions", "draft"),
        ("provision", "EXA-DUE-01", "draft"),
        ("provision", "EXA-DUE-02", "trial"),
        ("term", "complaint", "draft"),
        ("term", "platform", "draft"),
        ("term", "user", "draft"),
        ("source", "case", None),
        ("source", "law", None),
    ]
    for record in records:
        assert list(record) == [
            "id",
            "kind",
            "title",
            "status",
            "digest",
            "clauses",
            "path",
            "anchor",
            "summary",
            "burden",
        ]
        assert bool(record["digest"]) == (record["kind"] != "source")


def test_clauses_in_the_words_of_the_source(small_corpus: Corpus) -> None:
    records = {record["id"]: record for record in printed(small_corpus)["records"]}
    assert [clause["id"] for clause in records["INS-provisions"]["clauses"]] == ["p1", "i1"]
    assert records["EXA-DUE-02"]["clauses"] == [
        {
            "id": "a",
            "anchor": "exa-due-02-a",
            "force": "must-not",
            "addressee": ["platform"],
            "beneficiary": ["user"],
            "text": "The platform must not keep what it took.",
            "conditions": [],
            "exceptions": [],
            "applies_to": None,
            "guidance": None,
            "withdrawn": None,
            "options": [],
        }
    ]
    gone = records["EXA-DUE-01"]["clauses"][1]
    assert gone["withdrawn"] == {
        "reason": "merged into a",
        "on": "2026-05-01",
        "decision": "2026-003",
    }
    assert (gone["force"], gone["text"], gone["addressee"]) == (None, None, [])


def test_a_selection_holds_what_it_says(small_corpus: Corpus) -> None:
    assert small_corpus.charter
    child = profile_of("users=child", small_corpus.charter)
    value = printed(small_corpus, Selection(child, frozenset(["guidance"])))
    assert value["document"]["selection"].startswith("Selection for users: child.")
    records = {record["id"]: record for record in value["records"]}
    assert [clause["id"] for clause in records["EXA-DUE-01"]["clauses"]] == ["a", "b"]
    assert "captcha" not in json.dumps(value)


def test_one_record_names_the_book_that_it_stands_in(small_corpus: Corpus) -> None:
    for kind, id, book in (
        ("provision", "EXA-DUE-02", "provisions"),
        ("provision", "EXA-DUE-03", None),
    ):
        record = small_corpus.find((kind,), id)
        assert record
        value = json.loads(written(offprint_of(small_corpus, record), "json"))
        assert (value["book"], value["records"][0]["id"]) == (book, id)
        assert value["document"]["edition"] is None


def test_the_bytes_are_utf_8_and_the_same_every_time(small_corpus: Corpus) -> None:
    data = written(book_of(small_corpus, BOOK), "json")
    assert data == written(book_of(small_corpus, BOOK), "json")
    assert "towns’".encode() in data
    assert data.endswith(b"}\n")
