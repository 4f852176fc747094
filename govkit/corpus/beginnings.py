"""What a new record or a new folder begins with: sheets filled in with words of the charter."""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from govkit import __version__
from govkit.corpus.documents import Document, document_of
from govkit.corpus.listed_texts import texts_in_lists
from govkit.corpus.text_digests import Digests, clause_digests
from govkit.corpus.translations import clauses_in_force, parts_of
from govkit.records.forms import FORMS
from govkit.records.governance import Charter
from govkit.records.kinds import kind_of_path
from govkit.source.form_lists import list_of, options_of, page_of, with_list
from govkit.source.reading import read_record
from govkit.source.scaffolds import blank, examples, listed, scalar
from govkit.source.writing import schema_line

EXAMPLE_PREFIX = "EXA"
"""The prefix of the ids in the examples."""

_HOSTING = "github/"
_NO_RECORDS = {
    "gitattributes.txt": ".gitattributes",
    "gitignore.txt": ".gitignore",
    f"{_HOSTING}codeowners.txt": f".{_HOSTING}CODEOWNERS",
}
_EXAMPLE_NAME = "Example Coalition"
_MONTH = datetime.timedelta(days=30)
_FORCE_WORDS = {"capitals": str.upper}


def new_record(
    path: str, kind: str, charter: Charter, given: dict[str, str], right: str = ""
) -> bytes:
    """Return a record of a kind to be filled in, in the common form, with comments on its fields.

    `given` holds what is known, as a person writes it: `id`, `title`, `issue`, `date`. A text
    begins with one `right` of the charter.
    """
    values = {name: scalar(text) for name, text in given.items()}
    values.setdefault("title", scalar("[insert a title]"))
    if "date" in given:
        day = datetime.date.fromisoformat(given["date"])
        later = min(day, datetime.date.max - _MONTH) + _MONTH
        values["noon"] = scalar(f"{given['date']}T12:00:00Z")
        values["noon_later"] = scalar(f"{later.isoformat()}T12:00:00Z")
    return (schema_line(path, kind) + blank(kind, values | _of_charter(charter, right))).encode()


def _of_charter(charter: Charter, right: str) -> dict[str, str]:
    bound, protected = (*charter.parties, "", "")[:2]
    who = bound.replace("-", " ") or "reader"
    emphasis = _FORCE_WORDS.get(charter.force_words, str)
    must, should = emphasis("must"), emphasis("should")
    axes = "".join(f"\n  {axis}:{listed(['all'], 4)}" for axis in charter.axes)
    return {
        "axes": axes or " {}",
        "bound": bound or "[]",
        "protected": protected or bound or "[]",
        "parties": _wrapped(charter.parties, 4),
        "rights": listed([right] if right else []),
        "rights_known": _wrapped(charter.rights, 0),
        "groups": _wrapped(charter.groups, 0),
        "text_must": f"The {who} {must} [insert what is owed, to whom and by when].",
        "text_should": f"The {who} {should} [insert what is recommended].",
    }


def _wrapped(words: Iterable[str], indent: int) -> str:
    lines = textwrap.wrap(", ".join(words) or "none", 96 - indent, break_on_hyphens=False)
    return f"\n{' ' * indent}# ".join(lines)


def new_translation(
    path: str, of: Document, digest: str, language: str, original: str = "beside"
) -> bytes:
    """Return a translation to be filled in: the words of the original stand in comments.

    `digest` is that of the original, which has a record. With an empty `original` the comments with
    its words are left out.
    """
    lines = [
        f"of: {of.id}",
        _EXPLAINED[0],
        "base: null",
        _EXPLAINED[1],
        f"source_digest: {scalar(digest)}",
        *original_in_comments(of.title, 0),
        f"title: {scalar(f'[insert the title in {language}]')}",
        *_to_translate(of, language),
        _EXPLAINED[2],
        "translated_by: null",
        _EXPLAINED[3],
        "reviewed_by: null",
    ]
    if not original:
        own = [line for line in lines if line in _EXPLAINED or not line.lstrip().startswith("#")]
        lines = own
    return (schema_line(path, "translation") + "\n".join(lines) + "\n").encode()


_EXPLAINED = (
    "# The release that was translated, as provisions/1.0.0; null while there is none.",
    "# Which words were translated. The digests tell when they have changed since.",
    "# Who translated, as they wish to be named; null: nobody answers for it yet.",
    "# The id of the member who compared the two.",
)
"""The comments of a translation that are not the words of its original."""


def _to_translate(of: Document, language: str) -> Iterator[str]:
    record: Any = of.record
    placeholder = scalar(f"[insert the words in {language}]")
    if of.kind == "term":
        yield from original_in_comments(record.definition, 0)
        yield f"definition: {placeholder}"
        return
    yield "clauses:"
    digests = dict(clause_digests(of))
    for clause in clauses_in_force(of):
        yield f"  {clause.id if clause.id[:1].isalpha() else scalar(clause.id)}:"
        yield from original_in_comments(clause.text, 4)
        yield f"    text: {placeholder}"
        for name in ("conditions", "exceptions"):
            texts = getattr(clause, name, ())
            if texts:
                yield f"    {name}:"
            for text in texts:
                yield from original_in_comments(text, 6)
                yield f"      - {placeholder}"
        yield f"    source_digest: {scalar(digests[clause.id])}"
    if of.kind == "instrument" and record.parts:
        yield "parts:"
        for part in parts_of(record.parts):
            yield from original_in_comments(part.title, 2)
            yield f"  {part.id if part.id[:1].isalpha() else scalar(part.id)}: {placeholder}"


def original_in_comments(text: str, indent: int) -> Iterator[str]:
    """Yield the words of an original as comments, indented."""
    start = " " * indent + "# "
    for line in text.strip().split("\n"):
        kept = line[: len(line) - len(line.lstrip())]
        wrapped = textwrap.wrap(
            line.strip(), 98 - indent - len(kept), break_long_words=False, break_on_hyphens=False
        )
        yield from ((start + kept + piece).rstrip() for piece in wrapped or [""])


def first_files(name: str, prefix: str, level: str = "E1") -> dict[str, bytes]:
    """Return the files of a new governed folder, by path, one example of each record.

    `name` is the coalition's, `prefix` begins every id in place of EXA. `level` is the evidence
    that a consent needs.
    """
    texts = {}
    for path, text in examples().items():
        path = _NO_RECORDS.get(path, f".{path}" if path.startswith(_HOSTING) else path)
        text = text.replace("\n  consent: E1\n", f"\n  consent: {level}\n")
        texts[_prefixed(path, prefix)] = _named(path, _prefixed(text, prefix), name, prefix)
    files = {path: text.encode() for path, text in texts.items()}
    documents = {
        path: _document(path, data) for path, data in files.items() if path.endswith(".yaml")
    }
    digests = Digests(documents.values())
    for path, document in documents.items():
        if document.kind == "translation":
            original = next(
                d
                for d in documents.values()
                if d.id == document.id and d.said and d.kind != "translation"
            )
            files[path] = _bound(texts[path], original, digests).encode()
    return files | dict(_pages_with_lists(files, documents))


def _pages_with_lists(
    files: Mapping[str, bytes], documents: Mapping[str, Document]
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of forms in which people choose from a list of the texts."""
    texts = texts_in_lists(documents.values())
    for form in FORMS.values():
        field, path = list_of(form), page_of(form)
        if field is not None:
            page = with_list(files[path], options_of(field, texts))
            assert page is not None, path
            yield path, page


def _prefixed(text: str, prefix: str) -> str:
    return re.sub(rf"(?<![A-Za-z0-9]){EXAMPLE_PREFIX}(?![A-Za-z0-9])", prefix, text)


def _named(path: str, text: str, name: str, prefix: str) -> str:
    if path == "governance/charter.yaml":
        text = text.replace("\nid: exa\n", f"\nid: {scalar(prefix.lower())}\n", 1)
        return text.replace(f"\nname: {_EXAMPLE_NAME}\n", f"\nname: {scalar(name)}\n", 1)
    if path.startswith(f".{_HOSTING}"):
        return text.replace("coalition-govkit==VERSION", f"coalition-govkit=={__version__}")
    if path.endswith(".md"):
        return text.replace(_EXAMPLE_NAME, _in_markdown(name), 1)
    return text


def _in_markdown(name: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|!&~])", r"\\\1", name)


def _bound(text: str, original: Document, digests: Digests) -> str:
    """Put the digests of the original into the text of its translation, in the order of both."""
    found = [digests.of(original), *dict(clause_digests(original)).values()]
    fill = iter(found)
    return re.sub(
        r"(source_digest: )\S+", lambda line: f"{line[1]}{next(fill)}", text, count=len(found)
    )


def _document(path: str, data: bytes) -> Document:
    kind = kind_of_path(path)
    assert kind is not None, path
    record, faults = read_record(path, kind, data)
    return document_of(path, kind, record, faults)
