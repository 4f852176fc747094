"""What a file can do to a reader, and the one sentence that each of them gets.

A trap is a file that is faulty on purpose, written out here byte by byte. None ends in a traceback:
each gives exactly one finding, with the line and column where a person has to look.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from govkit.findings import Finding
from govkit.records.base import Record
from govkit.source.gate import Unreadable, admit
from govkit.source.loader import load
from govkit.source.places import with_places
from govkit.source.reading import read_record

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "rules" / "_base"


def read(data: bytes, kind: str = "issue") -> tuple[Record | None, list[Finding]]:
    """The record of a file, and what keeps it from being merged, with places."""
    record, findings = read_record(f"registers/{kind}.yaml", kind, data)
    return record, [each for each in with_places(data, findings) if each.stops == "merge"]


class Trap(NamedTuple):
    name: str
    data: bytes
    rule: str
    line: int
    column: int
    words: str


SIZE = (
    Trap("a file over 1 MiB", b"#" * ((1 << 20) + 1), "file-too-large", 1, 1, "1 MiB"),
    Trap(
        "aliases that multiply ('billion laughs')",
        b"a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
        "yaml-feature",
        1,
        4,
        "an anchor",
    ),
    Trap("nested 33 deep", b"title: " + b"[" * 32 + b"]" * 32, "too-deep", 1, 39, "32 levels"),
    Trap("200 kB of [", b"[" * 200_000, "too-deep", 1, 33, "32 levels"),
    Trap("200 kB of {", b"{" * 200_000, "yaml-feature", 1, 2, "plain words"),
    Trap("200 kB of {a:", b"{a: " * 50_000, "too-deep", 1, 129, "32 levels"),
    Trap("200 kB of list markers", b"- " * 100_000, "too-deep", 1, 65, "32 levels"),
    Trap(
        "over 100,000 parts",
        b"title: T\nraised_in: [" + b"a," * 100_000 + b"]\n",
        "too-many-parts",
        2,
        199_997,
        "100,000 parts",
    ),
)

CHARACTERS = (
    Trap("not UTF-8", b"title: T\nsummary: caf\xe9\n", "not-utf8", 2, 13, "0xe9"),
    Trap("UTF-8 cut off", b"title: caf\xc3", "not-utf8", 1, 11, "0xc3"),
    Trap("a byte order mark", b"\xef\xbb\xbftitle: T\n", "byte-order-mark", 1, 1, "invisible"),
    Trap("UTF-16", "title: T\n".encode("utf-16"), "byte-order-mark", 1, 1, "byte order mark"),
    Trap(
        "UTF-16 without a mark",
        "title: T\n".encode("utf-16-le"),
        "control-character",
        1,
        2,
        "UTF-16",
    ),
    Trap("NUL", b"title: a\0b\n", "control-character", 1, 9, "U+0000"),
    Trap("NUL by escape in a value", b'title: "a\\0b"\n', "control-character", 1, 8, "U+0000"),
    Trap("NUL by escape in a key", b'"ti\\0tle": T\n', "control-character", 1, 1, "U+0000"),
    Trap("DEL", b"title: a\x7fb\n", "control-character", 1, 9, "U+007F"),
    Trap("an escape sequence of a terminal", b"title: \x1b[2J\n", "control-character", 1, 8, "1B"),
    Trap("a lone CR", b"title: T\rsummary: S\n", "control-character", 1, 9, "carriage return"),
    Trap("U+2028", "title: a\u2028b\n".encode(), "control-character", 1, 9, "U+2028"),
    Trap("U+0085", "title: a\x85b\n".encode(), "control-character", 1, 9, "U+0085"),
    Trap("U+0085 by escape", b'title: "a\\Nb"\n', "control-character", 1, 8, "U+0085"),
    Trap("U+FFFF, no character", "title: a\uffffb\n".encode(), "control-character", 1, 9, "FFFF"),
    Trap("turned order", "title: a\u202eb\n".encode(), "hidden-character", 1, 9, "right-to-left"),
    Trap("turned order by escape", b'title: "a\\u202eb"\n', "hidden-character", 1, 8, "U+202E"),
    Trap("zero width", "title: a\u200bb\n".encode(), "hidden-character", 1, 9, "zero width space"),
    Trap("zero width by escape", b'title: "a\\u200bb"\n', "hidden-character", 1, 8, "U+200B"),
    Trap("zero width in a key", b'"ti\\u200btle": T\n', "hidden-character", 1, 1, "U+200B"),
    Trap("zero width in a comment", "# \u200b\n".encode(), "hidden-character", 1, 3, "U+200B"),
    Trap("a tag of plane 14", b'title: "a\\U000E0041"\n', "hidden-character", 1, 8, "U+E0041"),
    Trap("a soft hyphen", "title: a\u00adb\n".encode(), "hidden-character", 1, 9, "soft hyphen"),
    Trap("an em space", "title: a\u2003b\n".encode(), "hidden-character", 1, 9, "em space"),
    Trap("a wide space", "title: a\u3000b\n".encode(), "hidden-character", 1, 9, "U+3000"),
    Trap("an empty Braille cell", "title: \u2800\n".encode(), "hidden-character", 1, 8, "U+2800"),
    Trap("joined emoji", "title: 👨\u200d👩\n".encode(), "hidden-character", 1, 9, "joiner"),
    Trap("letter and accent apart", "title: Cafe\u0301\n".encode(), "not-nfc", 1, 11, "accent"),
    Trap("the same by escape", b'title: "Cafe\\u0301"\n', "not-nfc", 1, 8, "accent"),
)

WRITING = (
    Trap("a tab before a list", b"raised_in:\n\t- a\n", "yaml-syntax", 2, 1, "a tab"),
    Trap("a tab before a key", b"title: T\n\tsummary: S\n", "yaml-syntax", 2, 1, "a tab"),
    Trap("a colon in a text", b"title: Removal: how\n", "yaml-syntax", 1, 15, "a colon"),
    Trap("a colon after an emoji", "title: 😀b: c\n".encode(), "yaml-syntax", 1, 10, "a colon"),
    Trap("no second quote", b'title: "T\nsummary: S\n', "yaml-syntax", 1, 8, "quotation mark"),
    Trap("no second single quote", b"title: 'T\n", "yaml-syntax", 1, 8, "quotation mark"),
    Trap("a quote inside quotes", b'title: "a "b" c"\n', "yaml-syntax", 1, 11, "inside the text"),
    Trap(
        "less and less indentation after |",
        b"title: T\nsummary: |\n    one\n  two\n",
        "yaml-syntax",
        4,
        3,
        "does not fit",
    ),
    Trap(
        "no indentation after |",
        b"title: T\nsummary: |\none\n",
        "yaml-syntax",
        3,
        1,
        "not indented",
    ),
    Trap("words after |", b"summary: | one\n  two\n", "yaml-syntax", 1, 12, "after | or >"),
    Trap("a bad escape", b'title: "a\\qb"\n', "yaml-syntax", 1, 10, "backslash"),
    Trap("half an escape", b'title: "a\\xZ"\n', "yaml-syntax", 1, 12, "two digits"),
    Trap("half a pair", b'title: "a\\ud800"\n', "yaml-syntax", 1, 12, "names no character"),
    Trap("[ without ]", b"title: T\nraised_in: [a, b\n", "yaml-syntax", 2, 12, "the [ opened"),
    Trap("{ without }", b"title: T\nsuppress: [{rule: a]\n", "yaml-syntax", 2, 11, "not closed"),
    Trap("@ at the beginning", b"title: @T\n", "yaml-syntax", 1, 8, "can't begin"),
    Trap("a line that is no key", b"title: T\nsummary\n", "yaml-syntax", 2, 8, "a colon is"),
    *(
        Trap(
            f"the mark {mark.decode()}",
            b"title: T\n" + mark + b"\n",
            "conflict-mark",
            2,
            1,
            "two versions",
        )
        for mark in (b"<<<<<<< HEAD", b"=======", b"||||||| 1a2b", b">>>>>>> mine")
    ),
    Trap(
        "a mark inside a text",
        b"title: T\nsummary: |\n  <<<<<<< HEAD\n  S\n",
        "conflict-mark",
        3,
        3,
        "two versions",
    ),
    Trap(
        "no-break spaces as indentation",
        "title: T\nraised_in:\n\u00a0\u00a0- a\n".encode(),
        "hidden-character",
        3,
        1,
        "looks like a space",
    ),
    Trap(
        "a tab by escape",
        b'title: "C:\\temp"\nsummary: S\n',
        "control-character",
        1,
        11,
        "`\\t` in double quotes",
    ),
    Trap(
        "a key in a text",
        b"title: T\nsummary: |\n  S\n  raised_in: [a]\n",
        "key-in-text",
        4,
        3,
        "`raised_in:` looks like a key",
    ),
    Trap(
        "a number for a text, as a comment",
        b"title: T\nsummary: #1\n",
        "comment-after-text",
        2,
        10,
        "holds no words",
    ),
    Trap("a key twice", b"title: T\ntitle: U\n", "duplicate-key", 2, 1, "`title`"),
    Trap(
        "a key twice, further in",
        b"title: T\nsuppress:\n  - {rule: a, rule: b}\n",
        "duplicate-key",
        3,
        15,
        "`rule`",
    ),
    Trap("a key twice, once in quotes", b"title: T\n'title': U\n", "duplicate-key", 2, 1, "title"),
    Trap("the version of YAML", b"%YAML 1.2\n---\ntitle: T\n", "yaml-feature", 1, 1, "with %"),
    Trap("a short name for tags", b"%TAG ! a:\n---\ntitle: T\n", "yaml-feature", 1, 1, "directive"),
    Trap("a directive nobody knows", b"%FOO a\n---\ntitle: T\n", "yaml-syntax", 1, 1, "directive"),
    Trap("a tag", b"title: !!str T\n", "yaml-feature", 1, 8, "a tag"),
    Trap("a tag on a list", b"raised_in: !!set [a]\n", "yaml-feature", 1, 12, "a tag"),
    Trap("Python by tag", b"title: !!python/name:os.system\n", "yaml-feature", 1, 8, "a tag"),
    Trap("an anchor", b"title: &t T\n", "yaml-feature", 1, 8, "an anchor"),
    Trap("an alias", b"title: *t\n", "yaml-feature", 1, 8, "an alias"),
    Trap("a merge key", b"<<: {title: T}\n", "yaml-feature", 1, 1, "merges"),
    Trap("two documents", b"title: T\n---\ntitle: U\n", "yaml-feature", 2, 1, "second document"),
    Trap("a list as a key", b"? [a, b]\n: c\n", "yaml-feature", 1, 3, "a key has to be"),
    Trap("a group as a key", b"{a: b}: c\n", "yaml-feature", 1, 1, "a key has to be"),
)

SHAPE = (
    Trap("an empty file", b"", "missing-key", 1, 1, "holds no record"),
    Trap("only comments", b"# to be written\n", "missing-key", 1, 1, "holds no record"),
    Trap("a list at the top", b"- title: T\n", "wrong-type", 1, 1, "group of keys"),
    Trap("words at the top", b"to be written\n", "wrong-type", 1, 1, "group of keys"),
    Trap("null for a text", b"title: null\nsummary: S\n", "wrong-type", 1, 8, "a text"),
    Trap("~ for a text", b"title: ~\nsummary: S\n", "wrong-type", 1, 8, "a text"),
    Trap("nothing for a text", b"title:\nsummary: S\n", "wrong-type", 1, 1, "a text"),
    Trap('"" for a text', b'title: ""\nsummary: S\n', "empty-text", 1, 8, "it is empty"),
    Trap("a list for a text", b"title: [T]\nsummary: S\n", "wrong-type", 1, 8, "a text"),
    Trap(
        "null for a list", b"title: T\nsummary: S\nraised_in: null\n", "wrong-type", 3, 12, "a list"
    ),
    Trap(
        "a list folded by >",
        b"title: T\nsummary: >\n  These:\n  - one\n  - two\n",
        "folded-list",
        3,
        3,
        "YAML joins these lines",
    ),
    Trap(
        "a list without quotes or |",
        b"title: T\nsummary: These\n  (a) one\n  (b) two\n",
        "folded-list",
        2,
        10,
        "YAML joins these lines",
    ),
    Trap(
        "a list in quotes",
        b'title: T\nsummary: "These:\n  - one\n  - two"\n',
        "folded-list",
        2,
        10,
        "YAML joins these lines",
    ),
    Trap(
        "paragraphs folded by >",
        b"title: T\nsummary: >\n  One.\n\n  Two.\n",
        "folded-list",
        3,
        3,
        "YAML joins these lines",
    ),
    Trap(
        "paragraphs of single words without quotes",
        b"title: T\nsummary: One\n\n  Two\n",
        "folded-list",
        2,
        10,
        "YAML joins these lines",
    ),
    Trap(
        "a line feed in double quotes",
        b'title: T\nsummary: "one\\ntwo"\n',
        "folded-list",
        2,
        10,
        "YAML joins these lines",
    ),
    Trap(
        "an empty line in single quotes",
        b"title: T\nsummary: 'one\n\n  two'\n",
        "folded-list",
        2,
        10,
        "YAML joins these lines",
    ),
    Trap("a title of two lines", b"title: |\n  a\n  b\nsummary: S\n", "wrong-value", 2, 3, "line"),
)

# What no page can hold in a time that grows as the text does: each stands one over its limit.
NO_PAGE = (
    Trap(
        "100,001 characters",
        b"title: T\nsummary: " + b"ten words. " * 9090 + b"12 more end\n",
        "wrong-value",
        2,
        10,
        "this text has 100,001 characters, and at most 100,000 are read",
    ),
    Trap(
        "5,001 lines",
        b"title: T\nsummary: |\n" + b"  x\n" * 5_001,
        "wrong-value",
        3,
        3,
        "this text has 5,001 lines, and at most 5,000 are read",
    ),
    Trap(
        "a word of 2,001 characters",
        b"title: T\nsummary: A " + b"x" * 2_001 + b" word\n",
        "wrong-value",
        2,
        12,
        "a word of 2,001 characters stands here, and no line can hold it",
    ),
    Trap(
        "2,001 brackets",
        b"title: T\nsummary: " + b'"' + b"[" * 2_001 + b'"\n',
        "wrong-value",
        2,
        11,
        "a word of 2,001 characters",
    ),
    Trap(
        "words joined by no-break spaces",
        "title: T\nsummary: {}\n".format("\u00a0".join(["word"] * 401)).encode(),
        "wrong-value",
        2,
        10,
        "a no-break space joins words to one",
    ),
    Trap(
        "2,000 spaces",
        b'title: T\nsummary: "a' + b" " * 2_000 + b'b"\n',
        "wrong-value",
        2,
        11,
        "2,000 spaces stand here in a row",
    ),
)


@pytest.mark.parametrize(
    "trap", [*SIZE, *CHARACTERS, *WRITING, *SHAPE, *NO_PAGE], ids=lambda trap: trap.name
)
def test_a_trap_gives_one_finding_where_a_person_has_to_look(trap: Trap) -> None:
    record, [finding] = read(trap.data)
    assert record is None
    assert finding.place is not None
    assert (finding.rule, finding.place.line, finding.place.column) == (
        trap.rule,
        trap.line,
        trap.column,
    )
    assert trap.words in finding.message
    assert finding.help


# --- what is no trap ----------------------------------------------------------------------------

FINE = {
    "line ends of Windows": b"title: T\r\nsummary: |\r\n  One.\r\n\r\n  Two.\r\n",
    "no line end at the end": b"title: T\nsummary: S",
    "a no-break space": "title: art.\u00a06\nsummary: n°\u202f1\n".encode(),
    "a tab after the colon": b"title:\tT\nsummary: S\n",
    "the marks of a document": b"---\ntitle: T\nsummary: S\n...\n",
    "a text like null in quotes": b'title: "null"\nsummary: "~"\n',
    "a backslash by escape": b'title: "a\\\\b \\u00e9"\nsummary: S\n',
    "a hash inside a word": b"title: C#1\nsummary: S\n",
    "an empty list": b"title: T\nsummary: S\nraised_in: []\n",
    "100,000 characters": b"title: T\nsummary: " + b"ten words. " * 9090 + b"12 more en\n",
    "5,000 lines": b"title: T\nsummary: |\n" + b"  x\n" * 5_000,
    "a word of 2,000 characters": b"title: T\nsummary: A " + b"x" * 2_000 + b"\n",
    "1,999 spaces": b'title: T\nsummary: "a' + b" " * 1_999 + b'b"\n',
    "a text without spaces": "title: T\nsummary: {}\n".format("\u4fee\u590d" * 9_000).encode(),
    "no value for what may be absent": b"title: T\nsummary: S\nnone:\n",
}


@pytest.mark.parametrize("name", FINE)
def test_a_usual_way_of_writing_is_read(name: str) -> None:
    record, findings = read(FINE[name])
    assert findings == []
    assert record is not None


def test_nesting_32_deep_is_left_to_the_record() -> None:
    _, [finding] = read(b"title: " + b"[" * 31 + b"]" * 31 + b"\nsummary: S\n")
    assert finding.rule == "wrong-type"


TRANSLATED = """\
of: EXA-DUE-01
title: {title}
source_digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
"""


@pytest.mark.parametrize("words", ["क्\u200dष", "می\u200cخواهم", '"क्\u200dष"', '"می\\u200cخواهم"'])
def test_a_joiner_stands_between_letters_that_need_it_in_a_translation(words: str) -> None:
    data = TRANSLATED.format(title=words).encode()
    assert read(data, "translation")[1] == []
    [elsewhere] = read(f"title: {words}\nsummary: S\n".encode())[1]
    assert elsewhere.rule == "hidden-character"


@pytest.mark.parametrize("words", ["a\u200db", "می\u200c", "क\u200db", '"a\\u200db"', "क\u200b क"])
def test_a_joiner_between_other_letters_is_refused_in_a_translation_too(words: str) -> None:
    [finding] = read(TRANSLATED.format(title=words).encode(), "translation")[1]
    assert finding.rule == "hidden-character"


# --- the field decides what a plain value is ----------------------------------------------------

LIKE_OTHER_TYPES = (
    "no",
    "on",
    "yes",
    "True",
    "2.10",
    "20.1",
    "2024",
    "2026-03-10",
    "2026-03-10T12:00:00Z",
    "0x1F",
    "0o17",
    "017",
    "1e3",
    "1_000",
    "12:30",
    ".5",
    "-0",
    "+1",
    ".inf",
    ".nan",
    "<<",
    "=",
    "null.",
)


@pytest.mark.parametrize("written", LIKE_OTHER_TYPES)
def test_a_text_keeps_its_characters(written: str) -> None:
    record, findings = read(f"title: {written}\nsummary: S\n".encode())
    assert findings == []
    assert record is not None
    assert record.title == written  # type: ignore[attr-defined]


PROVISION = """\
id: EXA-DUE-01
title: Notice
status: draft
rights: [due-process]
clauses:
  - id: a
    force: must
    addressee: platform
    text: The platform must give notice.
parameters:
  notice_days:
    type: days
    default: 14
    meaning: how long before
grounds:
  - source: example-act
    locator: art. 3
    relation: implements
"""


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("6", 6),
        ("-1", -1),
        ("'6'", 6),
        ('"6"', 6),
        ("999999999999999", 10**15 - 1),
        # What an editor can't tell from digits, since its YAML has made a number of it.
        ("06", 6),
        ("-0", 0),
        ("+6", 6),
        ("6.0", 6),
        ("6.", 6),
        ("1e3", 1000),
        ("6  # days", 6),
        ("6.0  # days", 6),
    ],
)
def test_a_number_is_what_yaml_takes_for_one_or_digits_in_quotes(written: str, number: int) -> None:
    data = PROVISION.replace("default: 14", f"default: {written}").encode()
    record, findings = read(data, "provision")
    assert findings == []
    parameters: Any = record.parameters  # type: ignore[union-attr]
    assert parameters["notice_days"].default == number


@pytest.mark.parametrize(
    ("written", "number"), [("0x1F", 31), ("0o17", 15), ("0b11", 3), ("1_000", 1000)]
)
def test_a_number_as_programs_write_it_is_named_with_its_value(written: str, number: int) -> None:
    data = PROVISION.replace("default: 14", f"default: {written}").encode()
    [finding] = read(data, "provision")[1]
    assert (finding.rule, finding.place and finding.place[:2]) == ("number-notation", (13, 14))
    assert finding.help == f"Write `{number}`; or the number that was meant."


@pytest.mark.parametrize(
    "written",
    [
        "6.5",
        "'06'",
        "'6.0'",
        "1e400",
        ".inf",
        ".nan",
        "0x",
        "six",
        "null",
        "''",
        "' 6'",
        "٦",
        "true",
        "[6]",
        "1000000000000000",
        "1e15",
        "9" * 5_000,
    ],
)
def test_nothing_else_is_a_number(written: str) -> None:
    data = PROVISION.replace("default: 14", f"default: {written}").encode()
    [finding] = read(data, "provision")[1]
    assert (finding.rule, finding.place and finding.place[:2]) == ("wrong-type", (13, 14))
    assert "a whole number is expected here" in finding.message


@pytest.mark.parametrize(
    ("before", "line", "column"),
    [
        ("title: Notice", 2, 8),
        ("text: The platform must give notice.", 9, 11),
        ("meaning: how long before", 14, 14),
        ("locator: art. 3", 17, 14),
    ],
)
def test_a_comment_after_a_plain_text_is_asked_about(before: str, line: int, column: int) -> None:
    data = PROVISION.replace(before, f"{before} #1").encode()
    [finding] = read(data, "provision")[1]
    assert (finding.rule, finding.place and finding.place[:2]) == (
        "comment-after-text",
        (line, column),
    )
    assert "begins a comment" in finding.message


@pytest.mark.parametrize(
    "before",
    [
        "id: EXA-DUE-01",
        "status: draft",
        "rights: [due-process]",
        "- id: a",
        "force: must",
        "addressee: platform",
        "type: days",
        "default: 14",
        "source: example-act",
        "relation: implements",
    ],
)
def test_a_comment_after_a_single_word_is_fine(before: str) -> None:
    record, findings = read(PROVISION.replace(before, f"{before}  # why").encode(), "provision")
    assert findings == []
    assert record == read(PROVISION.encode(), "provision")[0]


def test_a_comment_after_quotes_is_fine() -> None:
    data = PROVISION.replace("title: Notice", 'title: "Notice #1"  # why').encode()
    record, findings = read(data, "provision")
    assert findings == []
    assert record is not None
    assert record.title == "Notice #1"  # type: ignore[attr-defined]


# --- without libyaml ----------------------------------------------------------------------------


def test_without_libyaml_a_sentence_says_what_to_install(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\nfrom govkit.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 3
    assert "PyYAML is installed here without libyaml, so no record can be read" in done.stderr
    assert "--only-binary :all: PyYAML" in done.stderr
    assert "Traceback" not in done.stderr


# --- against PyYAML, and against chance ---------------------------------------------------------


class Author:
    """Writes documents by chance, in every style that YAML has for the same data."""

    WORDS = (
        "the",
        "platform",
        "no",
        "2.10",
        "1e3",
        "2026-03-10",
        "don't",
        'say "so"',
        "a: b",
        "c #d",
        "#e",
        "- f",
        "(a) g",
        "[x]",
        "{y}",
        "é",
        "😀",
        "null",
        "~",
        "*",
        "&z",
        "%",
        "@",
        "!",
        "|",
        ">",
        "\\n",
        "<<",
        ",",
        "?",
        "---",
        "...",
    )

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def document(self) -> str:
        return self.mapping(0) + self.chance.choice(("", "\n", "# end\n", "...\n"))

    def mapping(self, indent: int) -> str:
        pad = " " * indent
        keys = self.chance.sample(("id", "title", "no", "2024", "'a b'", '"c\\u00e9"', "~"), 3)
        return "".join(f"{pad}{key}:{self.value(indent)}\n" for key in keys)

    def value(self, indent: int) -> str:
        form = self.chance.random()
        deeper = indent + self.chance.randint(1, 3)
        if indent < 8 and form < 0.12:
            return "\n" + self.mapping(deeper).rstrip("\n")
        if indent < 8 and form < 0.24:
            at = self.chance.choice((indent, deeper))
            items = [f"{' ' * at}-{self.value(at)}" for _ in range(self.chance.randint(1, 3))]
            return "\n" + "\n".join(items)
        if form < 0.32:
            return f" {self.flow(2)}"
        return self.scalar(deeper)

    def flow(self, depth: int) -> str:
        form = self.chance.random()
        if depth and form < 0.3:
            return "[" + ", ".join(self.flow(depth - 1) for _ in range(2)) + "]"
        if depth and form < 0.6:
            return "{" + ", ".join(f"k{at}: {self.flow(depth - 1)}" for at in range(2)) + "}"
        return self.chance.choice(("a", "no", "'x, y'", '"z\\t"', "2.10", "~", "null", "a b"))

    def scalar(self, indent: int) -> str:
        pad = "\n" + " " * indent
        lines = [" ".join(self.some(self.WORDS, 4)) for _ in range(self.chance.randint(1, 4))]
        lines += [""] * (self.chance.random() < 0.2)
        self.chance.shuffle(lines)
        style = self.chance.choice(("plain", "one line", "'", '"', "|", ">", "nothing"))
        if style == "nothing":
            return self.chance.choice(("", " ~", " null", " # none", " ''", " Null"))
        if style == "one line":
            return " " + " ".join(self.some(("a", "b2", "don't", "it:is", "x#y", "20.1"), 4))
        if style == "plain":
            return " word " + pad.join(lines)
        if style == "'":
            return " '" + pad.join(lines).replace("'", "''") + "'"
        if style == '"':
            quoted = pad.join(lines).replace("\\", "\\\\").replace('"', '\\"')
            escape = self.chance.choice(("", "\\t", "\\x41", "\\u263a", "\\" + pad))
            return f' "{quoted}{escape}"'
        head = style + self.chance.choice(("", "-", "+")) + self.chance.choice(("", "", " # why"))
        return f" {head}{pad}" + pad.join(["word", *lines])

    def some(self, words: tuple[str, ...], most: int) -> list[str]:
        return [self.chance.choice(words) for _ in range(self.chance.randint(1, most))]


def as_pyyaml_has_it(ours: Any, theirs: Any) -> bool:
    """Say whether both are the same data. PyYAML's base loader keeps a null as its characters."""
    if ours is None:
        return theirs in ("", "~", "null", "Null", "NULL")
    if isinstance(ours, dict):
        return (
            isinstance(theirs, dict)
            and list(ours) == list(theirs)
            and all(as_pyyaml_has_it(ours[key], theirs[key]) for key in ours)
        )
    if isinstance(ours, list):
        return (
            isinstance(theirs, list)
            and len(ours) == len(theirs)
            and all(map(as_pyyaml_has_it, ours, theirs))
        )
    return isinstance(theirs, str) and ours == theirs


def test_what_is_accepted_is_the_same_data_in_pyyaml() -> None:
    accepted = seed = 0
    while accepted < 2_000:
        seed += 1
        assert seed < 20_000, "the documents are seldom accepted"
        text = Author(seed).document()
        try:
            ours = load(text)
        except Unreadable:
            continue
        accepted += 1
        theirs = yaml.load(text, Loader=yaml.CBaseLoader)
        assert as_pyyaml_has_it(ours, theirs), f"seed {seed}:\n{text}\n{ours}\n{theirs}"


PIECES = (
    b"\t",
    b"\0",
    b"\r",
    b"\n",
    b"\r\n",
    b": ",
    b"- ",
    b"? ",
    b"#",
    b" #",
    b"'",
    b'"',
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b"&a ",
    b"*a",
    b"!",
    b"!!str ",
    b"%",
    b"---\n",
    b"...\n",
    b"|",
    b">",
    b"|2-\n",
    b"<<: ",
    b"\\",
    b"\\x",
    b"\\ud800",
    b"\\U00110000",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"\xef\xbf\xbf",
    b"\xcc\x81",
    b"\xf0\x9f\x98\x80",
    b"@",
    b"`",
    b"~",
    b"a" * 1100,
    b"[" * 40,
    b" " * 7,
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Some bytes put in, taken out, turned or repeated."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.randint(1, 12))
        piece = chance.choice(
            (chance.choice(PIECES), bytes((chance.randrange(256),)), b"", data[at:end] * 2)
        )
        data = data[:at] + piece + data[chance.choice((at, end)) :]
    return data


def test_whatever_bytes_come_nothing_but_unreadable_is_raised() -> None:
    chance = random.Random(20260310)
    files = [path.read_bytes() for path in sorted(BASE.rglob("*.yaml"))]
    refused, nowhere = 0, []
    for _ in range(3_500):
        data = mutated(chance.choice(files), chance)
        try:
            text = admit(data, joiners=chance.random() < 0.5)
            ours = load(text)
        except Unreadable as fault:
            refused += 1
            place, lines = (
                fault.place,
                data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n"),
            )
            if not (place.line <= len(lines) and place.column <= len(lines[place.line - 1]) + 1):
                nowhere.append((data, fault))
        else:
            assert as_pyyaml_has_it(ours, yaml.load(text, Loader=yaml.CBaseLoader)), data
    assert nowhere == []
    assert 500 < refused < 3_400


def test_whatever_bytes_come_a_record_or_findings_with_places_come_out() -> None:
    chance = random.Random(20260311)
    for _ in range(600):
        data = mutated(PROVISION.encode(), chance)
        record, findings = read(data, "provision")
        assert (record is None) <= bool(findings), data
        assert all(finding.place and finding.place.line >= 1 for finding in findings), data
