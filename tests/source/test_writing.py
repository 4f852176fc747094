"""What fmt mends, what it keeps, and what it refuses with which reason."""

from __future__ import annotations

import pytest

from govkit.source.loader import load
from govkit.source.writing import NotFormatted, formatted, with_item

PATH = "registers/terms/complaint.yaml"
FIRST = "# yaml-language-server: $schema=../../schemas/term.schema.json\n"
REST = "status: draft\ndefinition: A message.\n"


def mended(text: str, path: str = PATH, kind: str = "term") -> tuple[str, tuple[str, ...]]:
    """Put a file in order; the first line is taken off again, to keep the examples short."""
    done = formatted(path, kind, text.encode())
    first, rest = done.data.decode().split("\n", 1)
    assert first.startswith("# yaml-language-server: $schema=")
    return rest, done.changes


# --- what it mends --------------------------------------------------------------------------------


def test_a_file_in_order_stays_as_it_is() -> None:
    tidy = (FIRST + "term: complaint\n" + REST).encode()
    assert formatted(PATH, "term", tidy) == (tidy, ())


@pytest.mark.parametrize(
    ("path", "kind", "line"),
    [
        ("governance/charter.yaml", "charter", "../schemas/charter.schema.json"),
        (
            "provisions/due-process/EXA-DUE-01.yaml",
            "provision",
            "../../schemas/provision.schema.json",
        ),
        ("provisions/instrument.yaml", "instrument", "../schemas/instrument.schema.json"),
    ],
)
@pytest.mark.parametrize(
    "before",
    [
        "",
        "# yaml-language-server: $schema=old.json\n",
        "#yaml-language-server:$schema = x\n",
        "# a word first\n# yaml-language-server: $schema=../schemas/charter.schema.json\n",
    ],
)
def test_the_first_line_names_the_schema_from_where_the_file_is(
    path: str, kind: str, line: str, before: str
) -> None:
    done = formatted(path, kind, f"{before}id: x\n".encode())
    kept = "# a word first\n" if "a word" in before else ""
    assert done.data.decode() == f"# yaml-language-server: $schema={line}\n{kept}id: x\n"


def test_line_ends_of_another_system_become_line_feeds() -> None:
    text, changes = mended(FIRST.replace("\n", "\r\n") + "term: x\r\n" + REST)
    assert text == "term: x\n" + REST
    assert "line ends" in changes


def test_a_letter_and_its_accent_become_one_character() -> None:
    text, changes = mended(FIRST + "# re\u0301sume\u0301\nterm: re\u0301sume\u0301\n" + REST)
    assert text == "# r\u00e9sum\u00e9\nterm: r\u00e9sum\u00e9\n" + REST
    assert changes == (
        "line 2: letters and their accents joined",
        "line 3: letters and their accents joined",
    )


@pytest.mark.parametrize(
    ("curved", "straight"),
    [
        ("it\u2019s \u201cfree\u201d", 'it\'s "free"'),
        ("\u201cfree\u201d of charge", "'\"free\" of charge'"),
        ("\u2018free\u2019", "'''free'''"),
        ("'it\u2019s'", "'it''s'"),
        ('"it\u2019s \u201cfree\u201d"', '"it\'s \\"free\\""'),
        ('"it\\u2019s \\\\ \\u201cfree\\U0000201D"', '"it\'s \\\\ \\"free\\""'),
        (">-\n  it\u2019s\n  free", ">-\n  it's\n  free"),
    ],
)
def test_curved_quotation_marks_become_straight(curved: str, straight: str) -> None:
    text, changes = mended(f"{FIRST}term: {curved}\n{REST}")
    assert text == f"term: {straight}\n{REST}"
    assert changes[:1] == ("line 2: curved quotation marks made straight",)


def test_quotation_marks_that_a_digest_tells_apart_stay() -> None:
    text = f"term: \u00abmot\u00bb\naliases:\n  - \u201emot\n# \u201chere\u201d\n{REST}"
    assert mended(FIRST + text) == (text, ())


def test_curved_quotation_marks_in_an_address_stay() -> None:
    text = "title: x\naddress: https://example.org/\u2019s\n"
    done = formatted("registers/initiatives/x.yaml", "initiative", (FIRST + text).encode())
    assert done.data.decode().endswith(text)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Complaint #1", '"Complaint #1"', "so that its # begins no comment"),
        ("Complaint #1 and #2", '"Complaint #1 and #2"', "so that its # begins no comment"),
        ('a "b" \\ c #1', '"a \\"b\\" \\\\ c #1"', "so that its # begins no comment"),
    ],
)
def test_a_text_that_a_hash_would_cut_off_is_put_in_quotes(
    before: str, after: str, told: str
) -> None:
    text, changes = mended(f"{FIRST}term: {before}\n{REST}")
    assert text == f"term: {after}\n{REST}"
    assert changes[0].startswith("line 2: `")
    assert told in changes[0]


def test_a_comment_after_a_word_that_is_no_text_stays_as_it_is() -> None:
    text = "term: x\nstatus: draft # for now\ndefinition: A message.\n"
    assert mended(FIRST + text) == (text, ())


@pytest.mark.parametrize("sign", [">-", ">", ">+"])
def test_a_folded_list_is_put_below_a_bar(sign: str) -> None:
    lines = "  It is:\n\n  (a) one thing;\n  (b) or another.\n"
    text, changes = mended(f"{FIRST}term: x\nstatus: draft\ndefinition: {sign} # why\n{lines}")
    assert text == f"term: x\nstatus: draft\ndefinition: |  # why\n{lines}"
    assert changes[0] == "line 4: the text put below |, line by line"


@pytest.mark.parametrize(
    "written",
    [
        '"It is:\\n\\n(a) one thing;\\n(b) or another."  # why',
        "'It is:\n\n\n  (a) one thing;\n\n  (b) or another.'  # why",
    ],
)
def test_a_quoted_list_is_put_below_a_bar(written: str) -> None:
    text, _ = mended(f"{FIRST}term: x\nstatus: draft\ndefinition: {written}\nsee: []\n")
    head, body = text.split("definition: ")
    assert head == "term: x\nstatus: draft\n"
    assert body.startswith("|  # why\n  It is:\n")
    assert "  (a) one thing;\n" in body
    assert body.endswith("  (b) or another.\nsee: []\n")


def test_a_list_in_a_list_is_put_below_a_bar_in_its_place() -> None:
    before = 'clauses:\n- id: a\n  conditions:\n  - "one\\n\\n- a\\n- b"\n  - two\n'
    after = (
        "clauses:\n  - id: a\n    conditions:\n      - |\n        one\n\n        - a\n        - b\n"
        "      - two\n"
    )
    path = "recommendations/EXA-REC-01.yaml"
    assert mended(before, path, "recommendation")[0] == after


def test_layout_is_two_spaces_a_level_and_keeps_every_sign_of_the_author() -> None:
    before = (
        "---\n"
        "# on top\n"
        "term:    'x'\n"
        "aliases:   # some\n"
        "# the first\n"
        '- "y" \n'
        "-   no\n"
        "see: [ user,   platform ]\n"
        "grounds:\n"
        "    - source:   eu-dsa\n"
        "      # where\n"
        "      locator: art. 1\n"
        "\n"
        "status: ~\n"
        "plural:\n"
        "definition: a text that\n"
        "   goes on\n"
        "# the end\n"
        "\n"
        "\n"
    )
    after = (
        "# on top\n"
        "term: 'x'\n"
        "aliases:   # some\n"
        "  # the first\n"
        '  - "y"\n'
        "  - no\n"
        "see: [user, platform]\n"
        "grounds:\n"
        "  - source: eu-dsa\n"
        "    # where\n"
        "    locator: art. 1\n"
        "\n"
        "status: ~\n"
        "plural:\n"
        "definition: >-\n"
        "  a text that\n"
        "  goes on\n"
        "# the end\n"
    )
    assert mended(before)[0] == after


def test_a_long_line_is_not_broken() -> None:
    text = f"term: x\nrationale: '{'word ' * 400}end'\n"
    assert mended(FIRST + text) == (text, ())


def test_spaces_that_break_a_line_of_prose_stay_and_others_go() -> None:
    text, changes = mended(
        FIRST + "term: x \nrationale: |\n  one  \n  two \n  three\t\n\n  four  \n\n" + REST
    )
    assert text == "term: x\nrationale: |\n  one  \n  two\n  three\n\n  four\n\n" + REST
    assert "spaces at the ends of lines taken off" in changes


def test_every_mend_is_told_with_its_line_in_the_file_as_it_was() -> None:
    _, changes = mended("term: Complaint #1\n\nplural: it\u2019s\n" + REST)
    assert changes == (
        "line 1: `Complaint #1` put in quotes, so that its # begins no comment",
        "line 3: curved quotation marks made straight",
        "the first line, which names the schema",
    )


# --- what it refuses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file holds no record"),
        ("- a\n", "the file holds no record"),
        ("# only this\n", "the file holds no record"),
        ("term: x\nterm: y\n", "a second time"),
        ("term: Complaint # a remark\n", "cuts this text off"),
        ("term: Complaint #1  # a remark\n", "cuts this text off"),
        ("term: Complaint #\n", "cuts this text off"),
        ("definition: “All of it.”\n", "around the whole text"),
        ("term: x\n\tplural: y\n", "a tab stands here"),
        ("term: &a x\n", "an anchor"),
        ("\ufeffterm: x\n", "byte order mark"),
        ("term: a\u200bb\n", "which a reader can't see"),
        ("term: x\n---\nterm: y\n", "a second document"),
        ("see: [a, # why\n  b]\n", "the comment `# why` would be lost or moved"),
        ("definition: >-\n  It is:\n  (a) one;\n  (b) two.\n", "without an empty line before it"),
        ("definition: >-\n  a clause\n\n  (b) of it\n", "no list begins with (b)"),
        ('grounds:\n  - {source: x, locator: "a\\nb"}\n', "stands between { } or [ ]"),
        ('term: "a\\nb"\n', "only one fits here"),
    ],
)
def test_a_file_that_can_not_be_kept_whole_is_refused_with_the_reason(
    text: str, reason: str
) -> None:
    with pytest.raises(NotFormatted) as refused:
        formatted(PATH, "term", text.encode())
    assert reason in refused.value.message
    assert refused.value.help


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(NotFormatted, match="not UTF-8"):
        formatted(PATH, "term", b"term: \xff\n")


def test_a_refusal_says_where() -> None:
    with pytest.raises(NotFormatted) as refused:
        formatted(PATH, "term", b"# why\nsee: [a, # why\n  b]\n")
    assert refused.value.place is not None
    assert refused.value.place[:2] == (2, 10)


# --- one more word in a list ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("items: []\n", "items:\n      - D\n"),
        ("items: [A]\n", "items: [A, D]\n"),
        ("items: [A, 'B',\n      C] # why\n", "items: [A, 'B',\n      C, D] # why\n"),
        (
            "items:\n    - A\n    - B # why\n    # below\n\n",
            "items:\n    - A\n    - B # why\n    - D\n    # below\n\n",
        ),
        ("items:\n    -  A", "items:\n    -  A\n    - D"),
    ],
)
def test_a_word_is_added_to_a_list_and_nothing_else_changes(before: str, after: str) -> None:
    head = "# top\nid: x\nparts:\n  - id: p # one\n    "
    done = with_item(PATH, "instrument", (head + before).encode(), ("parts", 0, "items"), "D")
    assert done.decode() == head + after
    assert load(done.decode())["parts"][0]["items"][-1] == "D"


@pytest.mark.parametrize("before", ["items: null\n", "title: x\n", "items: A\n"])
def test_a_word_is_not_added_where_there_is_no_list(before: str) -> None:
    with pytest.raises(NotFormatted, match="no list yet"):
        with_item(PATH, "instrument", f"p:\n  {before}".encode(), ("p", "items"), "D")
