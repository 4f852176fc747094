"""A corpus from texts in a test: a dict in, a value out."""

from collections.abc import Callable, Mapping
from textwrap import dedent

import pytest

from govkit.corpus.documents import document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.records.kinds import kind_of_path
from govkit.source.reading import read_record

Make = Callable[[Mapping[str, str]], Corpus]


def corpus_from(files: Mapping[str, str]) -> Corpus:
    documents = []
    for path, text in files.items():
        kind = kind_of_path(path)
        assert kind is not None, path
        record, faults = read_record(path, kind, dedent(text).encode())
        assert record is not None, [
            (fault.rule, str(fault.route), fault.message) for fault in faults
        ]
        documents.append(document_of(path, kind, record, ()))
    return corpus_of(documents)


@pytest.fixture
def make() -> Make:
    """Return what makes a corpus from a mapping of paths to YAML texts."""
    return corpus_from
