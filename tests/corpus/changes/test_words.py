"""The floor of a change of words, by drafted pairs: what is provable, and what never is."""

import pytest

from govkit.corpus.changes.lexicon import Lexicon, lexicon_of_text
from govkit.corpus.changes.prose import prose_change
from govkit.records.normative import read


def floor(old: str, new: str, language: str = "en", **known: object) -> int:
    lexicon = lexicon_of_text(language, old)._replace(**known)
    return prose_change(read(old), read(new), lexicon).floor


DUTY = "The platform must give the user a {word} of the decision."

EDITORIAL = {
    "two letters exchanged": ("the plaftorm of the user", "the platform of the user"),
    "a letter doubled": ("a complaiint of the user", "a complaint of the user"),
    "a letter lost": ("a restricton of an account", "a restriction of an account"),
    "a wrong letter": ("the moderetion of posts", "the moderation of posts"),
    "a full stop put at the end": ("The platform must answer", "The platform must answer."),
    "a full stop taken from the end": ("The platform must answer.", "The platform must answer"),
    "a semicolon put at the end of an item": (
        "The platform must:\n\n(a) answer\n(b) act",
        "The platform must:\n\n(a) answer;\n(b) act",
    ),
    "a ligature": ("The platform must \ufb01nd it.", "The platform must find it."),
    "a misspelling at the beginning of a sentence": (
        "Plaftorms must answer. Users may ask.",
        "Platforms must answer. Users may ask.",
    ),
    "one misspelling in each of two sentences": (
        "The plaftorm must answer. The complaiint is free.",
        "The platform must answer. The complaint is free.",
    ),
}


@pytest.mark.parametrize("case", EDITORIAL)
def test_what_is_provably_editorial(case: str) -> None:
    assert floor(*EDITORIAL[case]) == 1


NEVER_EDITORIAL = {
    "licensor to licensee": ("The licensor must pay.", "The licensee must pay."),
    "ilegal to legal": ("The ilegal act is named.", "The legal act is named."),
    "deplatform to platform": ("They deplatform a user.", "They platform a user."),
    "payor to mayor": ("The payor is told.", "The mayor is told."),
    "service to device": ("The service is open.", "The device is open."),
    "form to from": ("A form the user sends.", "A from the user sends."),
    "a dropped comma in a list": (
        "The platform must tell users, notifiers, and courts.",
        "The platform must tell users, notifiers and courts.",
    ),
    "a comma put in": ("Users who ask are told.", "Users, who ask, are told."),
    "a changed capital": ("The User must be told.", "The user must be told."),
    "a word dropped": ("a free and easy way", "a free way"),
    "or to and": ("a way that is free or easy", "a way that is free and easy"),
    "all to certain": ("It tells all users.", "It tells certain users."),
    "only dropped": ("It may only close it.", "It may close it."),
    "unless dropped": ("It closes it unless asked.", "It closes it asked."),
    "a number": ("within 14 days", "within 41 days"),
    "the unit of a duration": ("within 14 days", "within 14 weeks"),
    "a full stop inside": ("It acts. It tells.", "It acts It tells."),
    "a semicolon for a full stop": ("It acts.", "It acts;"),
    "and put at the end of an item": (
        "The platform must:\n\n(a) answer;\n(b) act",
        "The platform must:\n\n(a) answer; and\n(b) act",
    ),
    "two words misspelt in one sentence": (
        "The plaftorm hears a complaiint now.",
        "The platform hears a complaint now.",
    ),
    "a misspelling and a full stop": ("The plaftorm acts", "The platform acts."),
    "a misspelt name": ("The Plaftorm Act holds.", "The Platform Act holds."),
    "a paragraph split in two": ("It acts. It tells.", "It acts.\n\nIt tells."),
    "a sentence slid into the last item": (
        "The platform must:\n\n(a) answer\n(b) act\n\nThis holds for both.",
        "The platform must:\n\n(a) answer\n(b) act This holds for both.",
    ),
    "emphasis": ("It must act *now* here.", "It must act now here."),
    "a British spelling to an American one": ("an organisation of users", "an organization users"),
}


@pytest.mark.parametrize("case", NEVER_EDITORIAL)
def test_what_is_never_editorial(case: str) -> None:
    assert floor(*NEVER_EDITORIAL[case]) >= 3


FORCE = {
    "must to should": ("The platform must answer.", "The platform should answer."),
    "must to shall": ("The platform must answer.", "The platform shall answer."),
    "not put in": ("The platform must answer.", "The platform must not answer."),
    "not taken out": ("It does not close it.", "It does close it."),
    "no put in": ("It asks for a fee.", "It asks for no fee."),
    "a right taken away": ("The user is entitled to a copy.", "The user is given a copy."),
}


@pytest.mark.parametrize("case", FORCE)
def test_a_change_in_the_row_of_force_words(case: str) -> None:
    assert floor(*FORCE[case]) == 5


MARKS = {
    "a mark put on": ("the user acts", "the [user](term:user) acts", 7),
    "a mark taken off": ("the [user](term:user) acts", "the user acts", 7),
    "a mark led to another term": ("[users](term:user)", "[users](term:consumer)", 6),
    "a reference led elsewhere": ("see [it](ref:EXA-DUE-01)", "see [it](ref:EXA-DUE-02)", 6),
    "a blank for a number": ("within 14 days", "within {answer_days} days", 6),
    "another blank": ("within {a_days} days", "within {b_days} days", 6),
    "a mark moved to another place": (
        "the [user](term:user) and the user",
        "the user and the [user](term:user)",
        3,
    ),
}


@pytest.mark.parametrize("case", MARKS)
def test_marks_links_and_blanks(case: str) -> None:
    old, new, expected = MARKS[case]
    assert floor(old, new) == expected


NOTHING = {
    "lines wrapped elsewhere": ("The platform\nmust answer.", "The platform must\nanswer."),
    "quotes straightened": ("a \u201cuser\u201d is", 'a "user" is'),
    "a no-break space": ("14\u00a0days", "14 days"),
}


@pytest.mark.parametrize("case", NOTHING)
def test_formatting_is_no_change(case: str) -> None:
    assert floor(*NOTHING[case]) == 0


def test_a_word_that_stands_elsewhere_in_the_texts_is_no_misspelling() -> None:
    pair = ("the plaftorm of the user", "the platform of the user")
    assert floor(*pair, occurrences=lambda word: 2) == 3


def test_a_word_of_a_defined_term_is_no_misspelling() -> None:
    pair = ("the plaftorm of the user", "the platform of the user")
    assert floor(*pair, term_words=frozenset({"plaftorm"})) == 3


def test_a_language_without_a_word_list_has_no_spelling() -> None:
    assert floor("die Platfform handelt", "die Plattform handelt", "de") == 3


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "la platefrome informe", "la plateforme informe"),
        ("es", "la plaatforma informa", "la plataforma informa"),
    ],
)
def test_spelling_in_other_languages(language: str, old: str, new: str) -> None:
    assert floor(old, new, language) == 1


def test_evidence_names_what_bears_on_the_meaning() -> None:
    old = "It must tell all users within 14 days only."
    new = "It must tell certain users within 30 days."
    found = prose_change(read(old), read(new), lexicon_of_text("en", old)).evidence
    assert {(each.kind, each.span) for each in found} == {
        ("quantifier", "all -> certain"),
        ("number", "14 days -> 30 days"),
        ("limit", "only ->"),
    }


def test_a_changed_capital_is_evidence() -> None:
    old, new = "The User may ask.", "The user may ask."
    found = prose_change(read(old), read(new), lexicon_of_text("en", old)).evidence
    assert [(each.kind, each.span) for each in found] == [("capital", "User -> user")]


def test_the_lexicon_counts_small_and_capital_letters_as_one() -> None:
    lexicon: Lexicon = lexicon_of_text("en", "Word word WORD")
    assert lexicon.occurrences("word") == 3
