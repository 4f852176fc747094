"""Redlines of drafted legal texts, and what holds for every redline."""

import re
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.operations import (
    Operation,
    Redline,
    accepted,
    is_unseen,
    plain,
    rejected,
)
from govkit.corpus.redline.tokens import tokens_of


def shown(found: Redline) -> str:
    """A redline in one line: [-deleted-][+inserted+]; what moved has the number of its move."""
    number = {at: f"{n}:" for n, pair in enumerate(found.moved, 1) for at in pair}
    text = ""
    for at, (op, old, new) in enumerate(found.operations):
        if op == "equal":
            text += old
            continue
        text += f"[-{number.get(at, '')}{old}-]" if old else ""
        text += f"[+{number.get(at, '')}{new}+]" if new else ""
    return text


# Each redline was written down before the engine was run on it.
DRAFTED = {
    "a number becomes another": (
        "The platform must answer a complaint within 30 days.",
        "The platform must answer a complaint within 10 days.",
        "The platform must answer a complaint within[- 30 days-][+ 10 days+].",
    ),
    "a number with its double in words": (
        "A user has thirty (30) days to appeal.",
        "A user has fourteen (14) days to appeal.",
        "A user has[- thirty (30) days-][+ fourteen (14) days+] to appeal.",
    ),
    "an amount": (
        "The fine is at most EUR 10 000 for each case.",
        "The fine is at most EUR 20 000 for each case.",
        "The fine is at most[- EUR 10 000-][+ EUR 20 000+] for each case.",
    ),
    "a date": (
        "This provision applies from 10 October 2026 to every platform.",
        "This provision applies from 1 January 2027 to every platform.",
        "This provision applies from[- 10 October 2026-][+ 1 January 2027+] to every platform.",
    ),
    "a permission becomes a prohibition": (
        "The platform may share these data with its partners.",
        "The platform may not share these data with its partners.",
        "The platform[- may-][+ may not+] share these data with its partners.",
    ),
    "a duty becomes a permission": (
        "The platform shall not delete the evidence.",
        "The platform may delete the evidence.",
        "The platform[- shall not-][+ may+] delete the evidence.",
    ),
    "one more in a row": (
        "The duty binds platforms and hosts.",
        "The duty binds platforms, marketplaces and hosts.",
        "The duty binds platforms[+, marketplaces+] and hosts.",
    ),
    "one more, put where one would put it": (
        "The platform must inform the user and the owner of the page.",
        "The platform must inform the user and the regulator and the owner of the page.",
        "The platform must inform the user[+ and the regulator+] and the owner of the page.",
    ),
    "one more that ends with the same word": (
        "The platform shall not sell it.",
        "The platform shall not sell it or lend it.",
        "The platform shall not sell it[+ or lend it+].",
    ),
    "an exception at the end": (
        "The platform must give its reasons to the user.",
        "The platform must give its reasons to the user, unless a court forbids it.",
        "The platform must give its reasons to the user[+, unless a court forbids it+].",
    ),
    "a condition at the beginning": (
        "The user may leave the service.",
        "Where a change is adverse, the user may leave the service.",
        "[-The-][+Where a change is adverse, the+] user may leave the service.",
    ),
    "a comma dropped": (
        "The platform must, without delay, inform the user.",
        "The platform must without delay, inform the user.",
        "The platform must[-,-] without delay, inform the user.",
    ),
    "a capital": (
        "The User may complain to the platform.",
        "The user may complain to the platform.",
        "The[- User-][+ user+] may complain to the platform.",
    ),
    "changes with a short word between them": (
        "The platform must notify users of changes in advance.",
        "The platform must inform people of updates in advance.",
        "The platform must[- notify users of changes-][+ inform people of updates+] in advance.",
    ),
    "changes with a word of weight between them": (
        "Hosts must answer users within a week.",
        "Platforms must inform users within a week.",
        "[-Hosts-][+Platforms+] must[- answer-][+ inform+] users within a week.",
    ),
    "a sentence that moved": (
        "A notice must be clear. It must reach each user in time. It must name the day of the "
        "change, and say what the user can do about it, and where. It must be short.",
        "A notice must be clear. It must name the day of the change, and say what the user can do "
        "about it, and where. It must be short. It must reach each user in time.",
        "A notice must be clear.[-1: It must reach each user in time.-] It must name the day of "
        "the change, and say what the user can do about it, and where. It must be short."
        "[+1: It must reach each user in time.+]",
    ),
    "paragraphs that moved together": (
        "The first paragraph stays.\n\nA second one goes to the end.\n\nA third goes with it."
        "\n\nThe fourth stays here.\n\nThe fifth stays too.\n\nThe last stays as well.",
        "The first paragraph stays.\n\nThe fourth stays here.\n\nThe fifth stays too.\n\nThe last "
        "stays as well.\n\nA second one goes to the end.\n\nA third goes with it.",
        "The first paragraph stays.[-1:\n\nA second one goes to the end.\n\nA third goes with it.-]"
        "\n\nThe fourth stays here.\n\nThe fifth stays too.\n\nThe last stays as well."
        "[+1:\n\nA second one goes to the end.\n\nA third goes with it.+]",
    ),
    "an item that moved, its label left in its place": (
        "The notice must say:\n\n(a) which clauses change and how;\n(b) from which day on;\n"
        "(c) how to leave the service.",
        "The notice must say:\n\n(a) from which day on;\n(b) how to leave the service;\n"
        "(c) which clauses change and how.",
        "The notice must say:\n\n(a)[-1: which clauses change and how-][-;\n(b)-] from which day "
        "on;[-\n(c)-][+\n(b)+] how to leave the service[+;\n(c)+]"
        "[+1: which clauses change and how+].",
    ),
    "a section put in, the next one renumbered": (
        "3. Complaints. A user may complain.\n\n4. Data. The platform keeps the data for a year.",
        "3. Complaints. A user may complain.\n\n4. Reports. Each year, numbers are published."
        "\n\n5. Data. The platform keeps the data for a year.",
        "3. Complaints. A user may complain.[+\n\n4. Reports. Each year, numbers are published.+]"
        "[-\n\n4-][+\n\n5+]. Data. The platform keeps the data for a year.",
    ),
    "something long put in, the rest kept": (
        "The platform may change its terms.",
        "The platform may, where it has a good reason and has told each user why, and when and how "
        "to leave, change its terms.",
        "The platform may[+, where it has a good reason and has told each user why, and when and "
        "how to leave,+] change its terms.",
    ),
    "a sentence split in two": (
        "The platform keeps the logs and it deletes them after one year.",
        "The platform keeps the logs. It deletes them after one year.",
        "The platform keeps the logs[- and it-][+. It+] deletes them after one year.",
    ),
    "over half of a sentence changed": (
        "Users can appeal a decision. The platform must answer.",
        "Whoever posted the content may ask for a review. The platform must answer.",
        "[-Users can appeal a decision.-][+Whoever posted the content may ask for a review.+] "
        "The platform must answer.",
    ),
    "a paragraph more": (
        "The first paragraph stays.\n\nThe third one stays.",
        "The first paragraph stays.\n\nHere is another, quite new.\n\nThe third one stays.",
        "The first paragraph stays.[+\n\nHere is another, quite new.+]\n\nThe third one stays.",
    ),
    "a paragraph parted": (
        "The first sentence stays. The second stays too.",
        "The first sentence stays.\n\nThe second stays too.",
        "The first sentence stays.[- -][+\n\n+]The second stays too.",
    ),
    "words at the very beginning": (
        "Wherever possible, platforms must answer.",
        "Platforms must answer.",
        "[-Wherever possible, platforms-][+Platforms+] must answer.",
    ),
    "a number across a line": (
        "The platform must answer within 30\ndays and say why.",
        "The platform must answer within 30 days\nand say why.",
        "The platform must answer within[- 30\ndays -][+ 30 days\n+]and say why.",
    ),
    "French": (
        "Le fournisseur ne doit pas conserver les données de l'utilisateur pendant plus de trente "
        "(30) jours.",
        "L'opérateur doit conserver les données de l'utilisateur pendant au moins soixante (60) "
        "jours.",
        "[-Le fournisseur ne doit pas-][+L'opérateur doit+] conserver les données de l'utilisateur "
        "pendant[- plus de trente (30) jours-][+ au moins soixante (60) jours+].",
    ),
    "Spanish": (
        "La plataforma no podrá ceder los datos antes del 10 de octubre de 2026.",
        "La plataforma podrá ceder los datos antes del 1 de enero de 2027.",
        "La plataforma[- no podrá-][+ podrá+] ceder los datos antes del"
        "[- 10 de octubre de 2026-][+ 1 de enero de 2027+].",
    ),
    "Chinese": (
        "平台不得在30日内删除用户的内容。用户可以申诉。",
        "平台应当在10日内删除用户的内容。用户可以申诉。",
        "平台[-不得在30日-][+应当在10日+]内删除用户的内容。用户可以申诉。",
    ),
    "a text that was not there": ("", "It must answer.", "[+It must answer.+]"),
    "a text that is no more": ("It must answer.", "", "[-It must answer.-]"),
    "nothing": ("It must answer.", "It must answer.", "It must answer."),
    "two empty texts": ("", "", ""),
}


@pytest.mark.parametrize("case", DRAFTED)
def test_drafted(case: str) -> None:
    old, new, expected = DRAFTED[case]
    assert shown(redline(old, new)) == expected


# --- what holds for every redline ---------------------------------------------------------------

WORDS = (
    "the",
    "platform",
    "user",
    "must",
    "must not",
    "shall not",
    "may",
    "may not",
    "delete",
    "data",
    "within",
    "30 days",
    "thirty (30) days",
    "10 days",
    "EUR 10 000",
    "2.5 %",
    "10 October 2026",
    "2026-03-10",
    "of",
    "and",
    "a",
    "notice",
    "{days}",
    "[data](term:data)",
    "ne doit pas",
    "平台不得",
    "30日",
    "ผู้ใช้",
    "cafe\u0301",
)
SIGNS = (" ", " ", " ", " ", ", ", ". ", "; ", ".\n\n", ";\n(a) ", ";\n(b) ", "\n", "\n- ", "", "'")
LEGAL = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)).map("".join), max_size=40
)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts that have much in common: pieces of one dropped, put in, exchanged, moved."""
    pieces = draw(LEGAL)
    others = list(pieces)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(others)))
        end = draw(st.integers(start, min(len(others), start + 8)))
        cut = others[start:end]
        del others[start:end]
        at = draw(st.integers(0, len(others)))
        others[at:at] = draw(st.one_of(st.just(cut), st.just([]), LEGAL.map(lambda some: some[:4])))
    return "".join(pieces), "".join(others)


PAIRS = st.one_of(edited(), st.tuples(st.text(), st.text()))


@given(PAIRS)
@example(("a b", "b"))
@example(("the 30\ndays", "the 30 days"))
def test_accepting_gives_the_new_text_and_rejecting_the_old(pair: tuple[str, str]) -> None:
    old, new = pair
    found = redline(old, new)
    assert accepted(found) == new
    assert rejected(found) == old


@given(PAIRS)
def test_operations_are_what_they_say(pair: tuple[str, str]) -> None:
    for op, old, new in redline(*pair).operations:
        assert op == (
            "equal" if old == new else "replace" if old and new else "delete" if old else "insert"
        )
        assert old or new


@given(PAIRS)
def test_neighbours_differ_and_nothing_is_deleted_behind_an_insertion(
    pair: tuple[str, str],
) -> None:
    found = redline(*pair)
    moved = {at for both in found.moved for at in both}
    kinds = [(op.op, at in moved) for at, op in enumerate(found.operations)]
    for (first, first_moved), (second, second_moved) in pairwise(kinds):
        assert first != second or first_moved or second_moved
        assert (first, second) != ("insert", "delete")


@given(PAIRS)
def test_what_moved_is_the_same_words_elsewhere_but_for_what_is_marked_inside(
    pair: tuple[str, str],
) -> None:
    found = redline(*pair)
    for (deleted, inserted), inside in zip(found.moved, found.inside, strict=True):
        assert found.operations[deleted].op == "delete"
        assert found.operations[inserted].op == "insert"
        old, new = found.operations[deleted].old, found.operations[inserted].new
        if inside:
            within = Redline(inside, ())
            assert (rejected(within), accepted(within)) == (old, new)
        else:
            assert old.split() == new.split()


SECTIONS = {
    "complaints": "A user may complain within six months. The platform answers in writing.",
    "data": "The platform keeps personal records for a year. It tells nobody where they are kept.",
    "fees": "Every seller pays a monthly fee of ten euros. No other charge is ever due.",
}
HEADINGS = (
    "## {0}. {1}\n\n",
    "Article {0}\n\n",
    "## Article {0}\n",
    "\u00a7 {0} {1}\n\n",
    "{0}. {1}. ",
)


def in_sections(heading: str, *names: str) -> str:
    return "\n\n".join(heading.format(at, n) + SECTIONS[n] for at, n in enumerate(names, 3))


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_section_follows_its_content_and_not_its_number(heading: str) -> None:
    old = in_sections(heading, "complaints", "data")
    put_in = redline(old, in_sections(heading, "fees", "complaints", "data"))
    assert put_in.moved == ()
    assert (
        "".join(op.new for op in put_in.operations if op.op == "insert")
        .strip()
        .startswith(in_sections(heading, "fees"))
    )
    replaced = [operation[1:] for operation in put_in.operations if operation.op == "replace"]
    assert [(a.strip(), b.strip()) for a, b in replaced][-1] == ("4", "5")

    old = in_sections(heading, "complaints", "data", "fees")
    turned = redline(old, in_sections(heading, "data", "fees", "complaints"))
    ((went, _),) = turned.moved
    assert turned.operations[went].old.strip() == in_sections(heading, "complaints")
    assert next(op[1:] for op in turned.inside[0] if op.op == "replace")[1].strip() == "5"


def test_a_heading_whose_number_is_used_again_did_not_move() -> None:
    old = "Intro is here.\n\n## Article 4\n\n" + SECTIONS["data"]
    new = "## Article 4\n\n" + SECTIONS["fees"] + "\n\nIntro is here."
    assert redline(old, new).moved == ()


def test_a_paragraph_that_moved_with_one_word_changed() -> None:
    first, second = "One thing comes first of all.", "Another thing comes after it."
    old = f"{SECTIONS['fees']}\n\n{first}\n\n{second}"
    new = f"{first}\n\n{second}\n\n{SECTIONS['fees'].replace('ten', 'nine')}"
    found = redline(old, new)
    ((went, came),) = found.moved
    assert (went, came) == (0, len(found.operations) - 1)
    changed = [operation[1:] for operation in found.inside[0] if operation.op == "replace"]
    assert changed[-1] == (" ten euros", " nine euros")


def ends(texts: list[str]) -> set[int]:
    """The places in a text where its pieces end."""
    at = 0
    places = set()
    for text in texts:
        at += len(text)
        places.add(at)
    return places


@given(PAIRS)
def test_no_operation_ends_inside_a_token(pair: tuple[str, str]) -> None:
    found = redline(*pair)
    for side, text in zip(("old", "new"), pair, strict=True):
        tokens = ends([token.text for token in tokens_of(text)])
        parts = ends([part for op in found.operations if (part := getattr(op, side))])
        assert parts <= tokens


@given(PAIRS)
def test_the_same_texts_give_the_same_redline(pair: tuple[str, str]) -> None:
    assert redline(*pair) == redline(*pair)


@given(st.one_of(st.text(), LEGAL.map("".join)))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    found = redline(text, text)
    assert found.is_empty
    assert found.operations == ((Operation("equal", text, text),) if text else ())


@given(PAIRS)
def test_the_other_way_round_the_texts_change_places(pair: tuple[str, str]) -> None:
    old, new = pair
    back = redline(new, old)
    assert (accepted(back), rejected(back)) == (old, new)


@given(LEGAL)
def test_a_line_broken_elsewhere_is_no_change_that_anybody_sees(pieces: list[str]) -> None:
    # A line that begins with a label begins an item, so there are none here.
    text = re.sub(r"\s+(?:- |\(.\) )?", " ", "".join(pieces)).strip()
    broken = text.replace(" ", "\n")
    changed = [op for op in redline(text, broken).operations if op.op != "equal"]
    assert all(map(is_unseen, changed))


def test_a_new_paragraph_is_a_change_that_is_seen() -> None:
    assert not is_unseen(Operation("replace", " ", "\n\n"))
    assert not is_unseen(Operation("replace", " a", " b"))
    assert is_unseen(Operation("replace", " ", "\n"))
    assert is_unseen(Operation("replace", "30\ndays", "30 days"))
    assert not is_unseen(Operation("equal", "a", "a"))


def test_plain_values_for_json() -> None:
    assert plain(redline("It may act.", "It may not act, ever.")) == {
        "operations": [
            {"op": "equal", "text": "It"},
            {"op": "replace", "old": " may", "new": " may not"},
            {"op": "equal", "text": " act"},
            {"op": "insert", "new": ", ever"},
            {"op": "equal", "text": "."},
        ],
        "moved": [],
        "inside": [],
    }


# --- how much work it is ------------------------------------------------------------------------


def numbered(count: int, begin: str = "word") -> str:
    return " ".join(f"{begin}{number}" for number in range(count))


LARGE = {
    "all differs": (numbered(20_000), numbered(20_000, "other")),
    "one sentence without end": (numbered(60_000), numbered(30_000) + " x " + numbered(60_000)),
    "one word": ("the " * 60_000, "a the " * 30_000),
    "one sentence again and again": ("The user pays. " * 30_000, "The user pays not. " * 30_000),
    "sections in another order": (
        "\n\n".join(f"{n}. {numbered(30, f'w{n}x')}. {numbered(9, f'v{n}x')}." for n in range(900)),
        "\n\n".join(
            f"{900 - n}. {numbered(30, f'w{n}x')} more. {numbered(9, f'v{n}x')}."
            for n in range(899, -1, -1)
        ),
    ),
    "short sentences": ("A. " * 40_000, "B. A. " * 20_000),
}


@pytest.mark.parametrize("case", LARGE)
def test_a_large_text_is_compared_in_bounded_steps(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rapidfuzz.distance import Indel

    old, new = LARGE[case]
    cells: list[int] = []
    for name in ("opcodes", "normalized_similarity"):
        real = getattr(Indel, name)

        def counted(a: str, b: str, real=real) -> object:
            cells.append(len(a) * len(b))
            return real(a, b)

        monkeypatch.setattr(Indel, name, counted)
    found = redline(old, new)
    assert (accepted(found), rejected(found)) == (new, old)
    assert max(cells, default=0) <= 100_000_000
    # Sentences, their cores, and words: each pass takes 10,000 steps a word at most, where the
    # square of 60,000 words would be 60,000 steps a word.
    assert sum(cells) <= 30_000 * max(len(old.split()), len(new.split()))


def test_a_change_in_a_large_text_is_found_and_nothing_else() -> None:
    words = numbered(60_000).split()
    changed = [*words[:100], "new", *words[100:50_000], *words[50_001:]]
    found = redline(" ".join(words), " ".join(changed))
    assert [operation[1:] for operation in found.operations if operation.op != "equal"] == [
        ("", " new"),
        (" word50000", ""),
    ]


def test_the_order_of_a_hash_does_not_show() -> None:
    code = (
        "from govkit.corpus.redline.compare import redline\n"
        "old = ' '.join(f'Rule {n % 7} binds host {n % 5} and user {n % 3}.' for n in range(60))\n"
        "new = ' '.join(f'Rule {n % 6} binds host {n % 4} or user {n % 3}.' for n in range(50))\n"
        "print(redline(old, new))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


def test_rapidfuzz_is_imported_when_two_texts_are_compared_and_not_before() -> None:
    code = (
        "import sys, govkit.corpus.redline.compare as compare\n"
        "before = 'rapidfuzz' in sys.modules\n"
        "compare.redline('a b', 'a c')\n"
        "print(before, 'rapidfuzz' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"


@given(st.lists(st.sampled_from(["One goes. ", "Two stays here. ", "Three has 30 days. "])))
def test_sentences_again_and_again_stay_exact(pieces: list[str]) -> None:
    old, new = "".join(pieces), "".join(reversed(pieces))
    found = redline(old, new)
    assert (accepted(found), rejected(found)) == (new, old)
