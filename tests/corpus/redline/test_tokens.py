"""What a redline never splits, and what it does."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.redline import tokens
from govkit.corpus.redline.tokens import tokens_of
from govkit.corpus.redline.unsplit import unsplit

WHOLE = {
    "number": (
        "30 days",
        "30\u00a0days",
        "30\ndays",
        "thirty (30) days",
        "30 (thirty) days",
        "thirty days",
        "14-day",
        "sixty-day",
        "twenty-four-hour",
        "1,000",
        "10 000",
        "1\u202f000\u202f000",
        "10'000",
        "2.5",
        "2.5 %",
        "2.5%",
        "EUR 10 000",
        "10 000 EUR",
        "€10,000",
        "US$ 100",
        "$5 million",
        "one hundred and twenty days",
        "one month",
        "ONE MONTH",
        "two thirds",
        "10 working days",
        "2022/2065",
        "5(1)(a)",
        "4 (2)",
        "3.2.1",
        "2-3",
        "18:00",
        "10 million euros",
        "quatre-vingt-dix jours ouvrables",
        "vingt et un jours",
        "trente (30) jours",
        "10 millions d'euros",
        "treinta y un (31) días hábiles",
        "2 por ciento",
        "10 рабочих дней",
        "30 日間",
        "30天",
        "30 يوما",
    ),
    "date": (
        "10 October 2026",
        "1st October 2026",
        "10 October",
        "October 10, 2026",
        "October 10",
        "May 2026",
        "10 May 2026",
        "2026-03-10",
        "2026-03-10T12:00:00Z",
        "10/03/2026",
        "10.03.2026",
        "1er mars 2026",
        "10 octobre 2026",
        "10 de octubre de 2026",
        "10 октября 2026 года",
        "2026年3月10日",
        "10 أكتوبر 2026",
    ),
    "word": (
        "shall not",
        "must not",
        "may not",
        "should not",
        "cannot",
        "can not",
        "MUST NOT",
        "can't",
        "can\u2019t",
        "must\nnot",
        "is not required to",
        "ne doit pas",
        "ne saurait",
        "n'est pas tenu",
        "no debe",
        "no podrán",
        "не вправе",
        "لا يجوز",
        "不得",
        "{lead_days}",
        "user's",
        "personal-data",
        "हिन्दी",
        "café",
        "cafe\u0301",
    ),
}


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in WHOLE.items() for text in texts]
)
def test_stays_whole(text: str, kind: str) -> None:
    assert [tuple(token) for token in tokens_of(f"({text})")] == [
        ("(", "sign"),
        (text, kind),
        (")", "sign"),
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Clause 10 may not apply.", "Clause|10|may not|apply|."),
        ("Under clause 10 an operator", "Under|clause|10|an|operator"),
        ("one user or more", "one|user|or|more"),
        ("two and three", "two|and|three"),
        ("(a) the user", "(|a|)|the|user"),
        ("May 10,000 users", "May|10,000|users"),
        ("a one-sided duty", "a|one-sided|duty"),
        ("tennis and nothing", "tennis|and|nothing"),
        ("shall notify", "shall|notify"),
        ("may nothing", "may|nothing"),
        ("users' data", "users|'|data"),
        ("l'utilisateur", "l'|utilisateur"),
        ("30 daylight hours", "30|daylight|hours"),
        ("[personal data](term:data)", "[|personal|data|]|(|term|:|data|)"),
        ("{lead_days} days", "{lead_days}|days"),
        ("平台不得在30日内删除。", "平|台|不得|在|30日|内|删|除|。"),
        ("\u0e1c\u0e39\u0e49\u0e43\u0e0a\u0e49", "\u0e1c\u0e39\u0e49|\u0e43|\u0e0a\u0e49"),
        ("\u1781\u17d2\u1789\u17bb\u17c6", "\u1781\u17d2\u1789\u17bb\u17c6"),
        ("\u1019\u103c\u1014\u103a", "\u1019\u103c|\u1014\u103a"),
    ],
)
def test_is_split(text: str, pieces: str) -> None:
    tokens = [token.text for token in tokens_of(text) if token.kind != "space"]
    assert "|".join(tokens) == pieces


def test_a_number_in_words_counts_alone_but_one_may_be_a_pronoun() -> None:
    assert [token.kind for token in tokens_of("ten, one")][::3] == ["number", "word"]


LEGAL_PIECES = st.lists(
    st.sampled_from(
        [text for texts in WHOLE.values() for text in texts]
        + [" ", " ", " ", ". ", "; ", "\n\n", "the user", "platform", "(", ")", "-", "'", "\u0301"]
    )
).map("".join)


@given(st.one_of(st.text(), LEGAL_PIECES))
def test_joined_together_the_tokens_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens_of(text)) == text
    assert all(token.text for token in tokens_of(text))


@given(LEGAL_PIECES)
def test_a_token_alone_is_the_same_token(text: str) -> None:
    for token in tokens_of(text):
        if token.kind in ("space", "sign"):
            assert [tuple(again) for again in tokens_of(token.text)] == [tuple(token)]


LONG = 20_000


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1" * LONG, 4),
        ("1" * LONG + "-a" * LONG, 4),
        ("1:1" * LONG, 4),
        ("1a\u0301-" * LONG, 5),
        ("one-" * LONG, 5),
        ("1 " + "100 " * LONG, 5),
        ("1" + "(a)" * LONG, 4),
    ],
    ids=lambda value: value[:6] if isinstance(value, str) else None,
)
def test_a_long_number_that_no_bracket_closes_is_read_in_one_way(text: str, count: int) -> None:
    """The first takes seconds and the second minutes where figures can be shared out otherwise."""
    found = tokens_of(f"30 ({text}")
    assert "".join(token.text for token in found) == f"30 ({text}"
    assert len(found) == count


class Stuck:
    """A pattern that matches nothing, everywhere; it breaks off what would never end."""

    def __init__(self) -> None:
        self.asked = 0

    def match(self, text: str, at: int = 0) -> Any:
        self.asked += 1
        if self.asked > 99:
            pytest.fail("the same place is read again and again")
        return re.compile("(?P<word>)").match(text, at)

    def finditer(self, text: str) -> Any:
        return re.compile("(?P<word>)").finditer(text)


def test_a_pattern_that_matches_nothing_stops_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    known = unsplit()._replace(piece=Stuck())
    monkeypatch.setattr(tokens, "unsplit", lambda: known)
    with pytest.raises(AssertionError):
        tokens_of("(zq) wordsthatnoothertestreads")
