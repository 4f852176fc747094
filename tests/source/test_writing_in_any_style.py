"""Whatever style a record is written in, fmt keeps its data, comments and digest, and settles."""

from __future__ import annotations

import random
import textwrap
import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.corpus.documents import document_of
from govkit.corpus.rewriting import own_digest, safely_formatted
from govkit.source.comments import comments
from govkit.source.loader import Spots, load
from govkit.source.reading import read_record
from govkit.source.scaffolds import NameRefused, one_line, scalar
from govkit.source.writing import NotFormatted

PATH = "provisions/due-process/EXA-DUE-01.yaml"


_TEXT = (
    "the platform must tell user why a measure was taken and how to complain about it within "
    '{complaint_months} months: so far, so good; it\'s "free" - of charge [sic] Größe 20.1 no '
    "[restriction](term:restriction) #hash 50% & more * yes"
)
_WORDS = _TEXT.split(" ")
_REMARKS = ("# why", "#tight", "# see: [this] {that}", '# "quoted"', "# é", "## two")


class Untidy:
    """One author: a way of indenting, and a taste for comments."""

    def __init__(self, chance: random.Random, remarks: float, brackets: bool = True) -> None:
        self.chance = chance
        self.remarks = remarks
        self.step = chance.choice((1, 2, 2, 3, 4))
        self.item = chance.choice((0, 0, 2, 2, 4))
        self.brackets = brackets
        self.breaks = chance.choice(("\n", "\n", "\r\n"))

    def write(self, record: dict[str, Any]) -> bytes:
        lines = [*self.above(0), *self.mapping(record, 0), *self.above(0)]
        text = self.breaks.join(lines) + self.chance.choice(("", self.breaks, self.breaks * 3))
        return text.encode()

    def above(self, indent: int) -> list[str]:
        lines = []
        while self.chance.random() < self.remarks:
            lines.append(" " * indent + self.chance.choice(_REMARKS))
        if self.chance.random() < self.remarks:
            lines.insert(self.chance.randint(0, len(lines)), self.chance.choice(("", "  ")))
        return lines

    def behind(self) -> str:
        if self.chance.random() < self.remarks:
            return " " * self.chance.randint(1, 5) + self.chance.choice(_REMARKS)
        return self.chance.choice(("", "", "", " "))

    def mapping(self, record: dict[str, Any], indent: int) -> list[str]:
        lines = []
        for key, value in record.items():
            lines += [*self.above(indent), *self.entry(f"{' ' * indent}{key}:", value, indent)]
        return lines

    def entry(self, head: str, value: Any, indent: int) -> list[str]:
        if isinstance(value, dict):
            if not value or (self.brackets and self.chance.random() < 0.2 and _flat(value)):
                return [f"{head} {self.flow(value)}{self.behind()}"]
            return [f"{head}{self.behind()}", *self.mapping(value, indent + self.step)]
        if isinstance(value, list):
            if not value or (self.brackets and self.chance.random() < 0.3 and _flat(value)):
                return [f"{head} {self.flow(value)}{self.behind()}"]
            return [f"{head}{self.behind()}", *self.sequence(value, indent + self.item)]
        return self.scalar(head, value, indent)

    def sequence(self, items: list[Any], indent: int) -> list[str]:
        lines = []
        for item in items:
            lines += self.above(indent)
            gap = self.chance.choice((1, 1, 1, 3))
            if isinstance(item, dict) and item:
                inner = self.mapping(item, indent + 1 + gap)
                while inner and inner[0].strip()[:1] in ("", "#"):
                    inner.pop(0)
                inner[0] = " " * indent + "-" + " " * gap + inner[0].lstrip()
                lines += inner
            else:
                lines += self.entry(" " * indent + "-", item, indent)
        return lines

    def scalar(self, head: str, value: Any, indent: int) -> list[str]:
        if value is None:
            word = self.chance.choice((" null", " ~", ""))
            return [head + word + self.behind()]
        styles = [self.single, self.double]
        if "\n" in value:
            return self.block(head, value, indent, "|")
        if _may_be_plain(value):
            styles += [self.plain, self.plain]
        if len(value) > 40 and value == value.strip():
            styles += [self.folded, self.folded]
        return self.chance.choice(styles)(head, value, indent)

    def plain(self, head: str, value: str, indent: int) -> list[str]:
        return self.wrapped(head, value, indent, "")

    def single(self, head: str, value: str, indent: int) -> list[str]:
        return self.wrapped(head, value.replace("'", "''"), indent, "'")

    def double(self, head: str, value: str, indent: int) -> list[str]:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return self.wrapped(head, escaped, indent, '"')

    def wrapped(self, head: str, words: str, indent: int, quote: str) -> list[str]:
        lines = [words]
        if len(words) > 40 and self.chance.random() < 0.5 and "  " not in words:
            lines = textwrap.wrap(words, 40, break_long_words=False, break_on_hyphens=False)
        if any(line.startswith(("#", "- ")) for line in lines):
            lines = [words]
        lines[0] = f"{head} {quote}{lines[0]}"
        lines[-1] += quote
        rest = [" " * (indent + 2) + line for line in lines[1:]]
        # A remark right behind a plain text is a fault of its own, tested by itself.
        return [*lines[:1], *rest[:-1], *(line + self.behind_quotes(quote) for line in rest[-1:])]

    def behind_quotes(self, quote: str) -> str:
        return self.behind() if quote else ""

    def folded(self, head: str, value: str, indent: int) -> list[str]:
        lines = textwrap.wrap(value, 40, break_long_words=False, break_on_hyphens=False)
        if " ".join(lines) != value or any(line.startswith("- ") for line in lines):
            return self.double(head, value, indent)
        return self.block(head, "\n".join(lines), indent, self.chance.choice((">-", ">")))

    def block(self, head: str, value: str, indent: int, sign: str) -> list[str]:
        inner = " " * (indent + self.chance.choice((1, 2, 2, 4)))
        lines = [inner + line if line else "" for line in value.rstrip("\n").split("\n")]
        return [f"{head} {sign}{self.behind()}", *lines]

    def flow(self, value: Any) -> str:
        gap = self.chance.choice(("", " "))
        if isinstance(value, dict):
            return "{" + gap + ", ".join(f"{k}: {self.word(v)}" for k, v in value.items()) + "}"
        return "[" + gap + ", ".join(self.word(item) for item in value) + gap + "]"

    def word(self, value: Any) -> str:
        if value is None:
            return self.chance.choice(("null", "~"))
        if isinstance(value, dict | list):
            return self.flow(value)
        if value.replace("-", "").isalnum() and self.chance.random() < 0.6:
            return str(value)
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _flat(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return all(item is None or (isinstance(item, str) and "\n" not in item) for item in items)


def _may_be_plain(value: str) -> bool:
    first_fits = value[:1].isalpha() and value.lower() not in ("null", "~")
    return (
        first_fits
        and not any(sign in value for sign in (": ", " #", "  "))
        and (value == value.strip() and not value.endswith(":"))
    )


def sentence(chance: random.Random, longest: int = 30) -> str:
    words = " ".join(chance.choice(_WORDS) for _ in range(chance.randint(1, longest)))
    return words


def provision(chance: random.Random) -> dict[str, Any]:
    """Make up the data of a provision; not every one keeps the grammar."""
    record: dict[str, Any] = {
        "id": "EXA-DUE-01",
        "title": sentence(chance, 5),
        "status": "draft",
        "rights": ["due-process", "privacy"][: chance.randint(0, 2)],
        "category": chance.choice(("procedural", None)),
        "applies_to": chance.choice(({}, {"users": ["all"], "sizes": ["large", "medium"]})),
        "clauses": [_clause(chance, id) for id in "abc"[: chance.randint(1, 3)]],
        "parameters": {
            "complaint_months": {"type": "months", "default": "6", "meaning": sentence(chance, 4)}
        },
        "grounds": [{"source": "eu-dsa", "locator": sentence(chance, 2), "relation": "implements"}][
            : chance.randint(0, 1)
        ],
        "supersedes": [],
        "withdrawn": None,
        "rationale": chance.choice((None, sentence(chance), "One.\n\n- a\n- b\n", "One line.\n")),
    }
    names = list(record)
    chance.shuffle(names)
    return {name: record[name] for name in names}


def _clause(chance: random.Random, id: str) -> dict[str, Any]:
    text = chance.choice((sentence(chance), "It must:\n\n(a) do one thing;\n(b) do another.\n"))
    return {
        "id": id,
        "force": "must",
        "addressee": chance.choice(("platform", ["platform", "user"])),
        "text": text,
        "conditions": [sentence(chance, 12) for _ in range(chance.randint(0, 2))],
        "guidance": None,
    }


def words_of(data: bytes) -> list[str]:
    text = data.decode().replace("\r\n", "\n")
    spots: Spots = {}
    load(text, spots)
    return [comment.words for comment in comments(text, spots) if "$schema" not in comment.words]


def digest(data: bytes) -> str | None:
    record, faults = read_record(PATH, "provision", data)
    return own_digest(document_of(PATH, "provision", record, faults))


def without_spaces_at_line_ends(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_spaces_at_line_ends(value) for key, value in data.items()}
    if isinstance(data, list):
        return [without_spaces_at_line_ends(value) for value in data]
    if isinstance(data, str):
        return "\n".join(line.rstrip() for line in data.strip().split("\n"))
    return data


@settings(max_examples=60)
@given(st.integers(0, 2**64), st.sampled_from((0.0, 0.1, 0.4, 0.7)))
def test_a_record_in_any_style_keeps_data_comments_and_digest(seed: int, remarks: float) -> None:
    chance = random.Random(seed)
    written = Untidy(chance, remarks).write(provision(chance))
    done = safely_formatted(PATH, "provision", written)
    before, after = load(written.decode().replace("\r\n", "\n")), load(done.data.decode())
    assert without_spaces_at_line_ends(after) == without_spaces_at_line_ends(before)
    assert list(after) == list(before)
    assert words_of(done.data) == words_of(written)
    if digest(written) is not None:
        assert digest(done.data) == digest(written)
    assert safely_formatted(PATH, "provision", done.data) == (done.data, ())
    assert done.data.endswith(b"\n")
    assert not any(line != line.rstrip() for line in done.data.decode().split("\n"))


@settings(max_examples=60)
@given(st.integers(0, 2**64), st.data())
def test_a_damaged_file_is_put_in_order_or_refused_with_a_reason(seed: int, data: Any) -> None:
    chance = random.Random(seed)
    damaged = bytearray(Untidy(chance, 0.2).write(provision(chance)))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(damaged))
        piece = chance.choice(
            (
                b"#",
                b" #x",
                b"\n",
                b"  ",
                b"'",
                b'"',
                b"\\",
                b"{",
                b"]",
                b"- ",
                b": ",
                b"|\n",
                b">",
                b"\xe2\x80\x9c",
                b"e\xcc\x81",
                b"\t",
                b"---\n",
                b"\xff",
                b"\r",
                b"&a ",
                b"? ",
            )
        )
        damaged[at : at + chance.choice((0, 0, 1, 5))] = piece
    try:
        done = safely_formatted(PATH, "provision", bytes(damaged))
    except NotFormatted:
        return
    assert safely_formatted(PATH, "provision", done.data) == (done.data, ())


@settings(max_examples=150)
@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=60))
def test_a_name_of_a_person_is_refused_or_read_back_as_it_was(name: str) -> None:
    try:
        line = one_line(name)
    except NameRefused:
        return
    assert load(f"name: {scalar(line)}\nin:\n  - {scalar(line)}\n") == {"name": line, "in": [line]}
    assert unicodedata.is_normalized("NFC", line)
