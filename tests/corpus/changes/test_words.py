"""The floor of a change of words, by drafted pairs: what is provable, and what never is."""

import re
from pathlib import Path

import pytest

from govkit.corpus.changes.lexicon import Lexicon, lexicon_of_text
from govkit.corpus.changes.plain import plain_texts_change
from govkit.corpus.changes.prose import prose_change
from govkit.records.normative import read


def floor(old: str, new: str, language: str = "en", **known: object) -> int:
    # What is said of the words around takes the place of what the two sentences alone say.
    lexicon = lexicon_of_text(language, old, None if known else new)._replace(**known)
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
    "two words misspelt in one sentence": (
        "The plaftorm hears a complaiint now.",
        "The platform hears a complaint now.",
    ),
    "a short word with two letters exchanged": ("They hvae a copy.", "They have a copy."),
    "one that is likelier than all its neighbours": ("We recieve it.", "We receive it."),
    "two slips in one long word": ("the recieever of it", "the receiver of it"),
    "a for an": ("with an token of it", "with a token of it"),
    "an for a": ("with a answer to it", "with an answer to it"),
    "a full stop after a link": (
        "See [the rule](ref:MCP-DUE-03)",
        "See [the rule](ref:MCP-DUE-03).",
    ),
    "a full stop after code": ("Write `yes`", "Write `yes`."),
    "one misspelling in each of two sentences": (
        "The plaftorm must answer. The complaiint is free.",
        "The platform must answer. The complaint is free.",
    ),
    "a word written twice": ("Each user user has a copy.", "Each user has a copy."),
    "a word written twice at the end": ("Each has a copy copy", "Each has a copy"),
    "two words written as one": ("It acts infact at once.", "It acts in fact at once."),
    "a misspelling with one listed neighbour, a rare one": (
        "the imutability of a record",
        "the immutability of a record",
    ),
    "a misspelling of a word that stands in the text": (
        "What was overridden is overridden. They are overriden here.",
        "What was overridden is overridden. They are overridden here.",
    ),
    "one part of a word with a hyphen": ("the consenus-rules", "the consensus-rules"),
    "a misspelling with a capital, in small letters elsewhere": (
        "The Softare Group. All software is free.",
        "The Software Group. All software is free.",
    ),
    "a misspelling behind signs alone": ("| Ths | plaftorm", "| Ths | platform"),
    "another spelling, -our": ("The behaviour is seen.", "The behavior is seen."),
    "another spelling, -ise": ("They authorized it.", "They authorised it."),
    "another spelling, two l": ("the cancelled plan", "the canceled plan"),
    "an apostrophe that was forgotten": ("at todays price", "at today's price"),
    "a verb behind must": ("It must also ensures a copy.", "It must also ensure a copy."),
    "a verb behind they": ("Here they carries it.", "Here they carry it."),
    "an before up and un": ("a upgrade of it", "an upgrade of it"),
    "a quantifier written twice": ("from any any place", "from any place"),
    "a prefix that stood alone": ("the pre filing stage", "the pre-filing stage"),
    "a bracket without its partner": ("the copy (a token)) is free", "the copy (a token) is free"),
    "a comma written twice": ("a copy,, too", "a copy, too"),
    "a space before a comma": ("a copy , too", "a copy, too"),
}


@pytest.mark.parametrize("case", EDITORIAL)
def test_what_is_provably_editorial(case: str) -> None:
    assert floor(*EDITORIAL[case]) == 1


NEVER_EDITORIAL = {
    "filling to filing": ("The filling is done.", "The filing is done."),
    "meter to metre": ("The meter is long.", "The metre is long."),
    "prise to prize": ("the prise of it", "the prize of it"),
    "a plural and a possessive": ("the users data", "the user's data"),
    "a noun behind users": ("Users reports it.", "Users report it."),
    "a verb behind may, a month": ("In may reports it.", "In may report it."),
    "a name that is a word elsewhere, too": (
        "The Softar Group of softest.",
        "The Softer Group of softest.",
    ),
    "the bracket of a label": ("see b) below", "see b below"),
    "a bracket put elsewhere": ("(a or (b) or c)", "(a) or (b) or c)"),
    "a space inside a number": ("pay 1, 2 or 3", "pay 1,2 or 3"),
    "a hyphen between two words": ("small business owners", "small-business owners"),
    "re- and a hyphen": ("the resign of it", "the re-sign of it"),
    "licensor to licensee": ("The licensor must pay.", "The licensee must pay."),
    "ilegal to legal": ("The ilegal act is named.", "The legal act is named."),
    "deplatform to platform": ("They deplatform a user.", "They platform a user."),
    "payor to payer": ("The payor is told.", "The payer is told."),
    "licensor to licenser": ("The licensor is told.", "The licenser is told."),
    "lessor to lesser": ("the lessor sum of both", "the lesser sum of both"),
    "a misspelling that stays elsewhere": (
        "The plaftorm acts. A plaftorm pays.",
        "The platform acts. A plaftorm pays.",
    ),
    "two listed words, as likely": ("the wich of it", "the which of it"),
    "a protected word that was misspelt": ("It does nto act.", "It does not act."),
    "a name in the list of none": ("the acme of it", "the acne of it"),
    "three letters": ("a fee is dua at once", "a fee is due at once"),
    "an before a word that may begin with a sound": ("a hour of it", "an hour of it"),
    "a before a vowel that was right": ("an answer to it", "a answer to it"),
    "an article and a word": ("with an token of it", "with a ticket of it"),
    "a full stop after a link to elsewhere": (
        "See [the rule](ref:MCP-DUE-03)",
        "See [the rule](ref:MCP-DUE-04).",
    ),
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
    "a misspelling and a full stop": ("The plaftorm acts", "The platform acts."),
    "a misspelt name": ("The Plaftorm Act holds.", "The Platform Act holds."),
    "a paragraph split in two": ("It acts. It tells.", "It acts.\n\nIt tells."),
    "a sentence slid into the last item": (
        "The platform must:\n\n(a) answer\n(b) act\n\nThis holds for both.",
        "The platform must:\n\n(a) answer\n(b) act This holds for both.",
    ),
    "emphasis": ("It must act *now* here.", "It must act now here."),
    "two listed words written as one": ("They are maybe told.", "They are may be told."),
    "a word of force written twice": ("It must must act.", "It must act."),
    "a negation written twice": ("It is not not told.", "It is not told."),
    "a word that comes to stand twice": ("It was told that.", "It was told that that."),
    "a word that can rightly stand twice": ("Who had had it is told.", "Who had it is told."),
    "a number written twice": ("within 5 5 days", "within 5 days"),
    "the plural of a word in no list": (
        "A subprocessor tells a subprocessor. The subprocessors are told.",
        "A subprocessor tells a subprocessor. The subprocessor are told.",
    ),
    "a misspelling whose rival stands in the text": (
        "What was overridden is overridden, or it is overriken. They are overrixen here.",
        "What was overridden is overridden, or it is overriken. They are overridden here.",
    ),
    "a British spelling to an American one": ("an organisation of users", "an organization users"),
}


@pytest.mark.parametrize("case", NEVER_EDITORIAL)
def test_what_is_never_editorial(case: str) -> None:
    assert floor(*NEVER_EDITORIAL[case]) >= 3


FORCE = {
    "must to should": ("The platform must answer.", "The platform should answer."),
    "not put in": ("The platform must answer.", "The platform must not answer."),
    "not taken out": ("It does not close it.", "It does close it."),
    "no put in": ("It asks for a fee.", "It asks for no fee."),
    "a right taken away": ("The user is entitled to a copy.", "The user is given a copy."),
}


@pytest.mark.parametrize("case", FORCE)
def test_a_change_in_the_row_of_force_words(case: str) -> None:
    assert floor(*FORCE[case]) == 5


SAME_FORCE = {
    "shall to must": ("The platform shall answer.", "The platform must answer."),
    "need to, with another person": ("The author need to sign.", "The author needs to sign."),
    "can't to cannot": ("The user can't appeal.", "The user cannot appeal."),
    "a short form written out": ("They don't answer.", "They do not answer."),
    "not null to non-null": ("It closes if it is not null.", "It closes if it is non-null."),
}
OTHER_FORCE = {
    "may to need not": ("The platform may answer.", "The platform need not answer."),
    "cannot to can": ("The user cannot appeal.", "The user can appeal."),
    "binding to non-binding of another word": ("It is not final.", "It is non-binding."),
    "not taken out beside non-null": ("If it is not null, do not act.", "If it is non-null, act."),
    "must to may": ("The platform must answer.", "The platform may answer."),
    "don't to do": ("They don't answer.", "They do answer."),
}


def test_two_ways_to_write_one_thing_in_markdown_are_no_change() -> None:
    old = "# Title\nUsers _should_ act.\n\n* A copy.\n"
    new = "# Title\n\nUsers *should* act.\n\n- A copy.\n"
    assert plain_texts_change(old, new, "en").floor == 0
    assert plain_texts_change(old, new.replace("should", "may"), "en").floor == 5
    assert plain_texts_change("* 5 % of it", "- 5 % of it", "en").floor == 3


MONTHS = {
    "a day": "The fee is due on {} 1, and 1 {} is no holiday.",
    "a day with its year": "1 {} 2026",
    "a year": "From {} 2026 on the fee is due.",
    "behind a preposition": "The users vote in {}, and the platform counts until {}.",
    "beside the verb": "Users may, from {} 5, appeal.",
}
VERBS = {
    "a question": ("May 5 users appeal?", "Must 5 users appeal?"),
    "a heading": ("Users May Appeal", "Users Must Appeal"),
    "small letters": ("Users may 5 times appeal.", "Users must 5 times appeal."),
}


def test_a_month_is_no_word_of_force() -> None:
    changes = {
        case: plain_texts_change(text.replace("{}", "May"), text.replace("{}", "June"), "en")
        for case, text in MONTHS.items()
    }
    assert {case: change.floor for case, change in changes.items()} == dict.fromkeys(MONTHS, 3)
    assert all(change.evidence for change in changes.values())
    assert {case: floor(*pair) for case, pair in VERBS.items()} == dict.fromkeys(VERBS, 5)


def test_a_name_is_no_word_of_force() -> None:
    assert floor("Ms May answers the notice.", "Ms Lee answers the notice.") == 3


@pytest.mark.parametrize("case", SAME_FORCE)
def test_the_same_force_in_another_word_is_no_change_of_force(case: str) -> None:
    old, new = SAME_FORCE[case]
    change = plain_texts_change(old, new, "en")
    assert (change.floor, change.evidence) == (3, ())


@pytest.mark.parametrize("case", OTHER_FORCE)
def test_another_force_is_one(case: str) -> None:
    assert floor(*OTHER_FORCE[case]) == 5


def test_words_of_one_force_that_may_say_something_else_are_asked_about() -> None:
    change = plain_texts_change("The platform will answer.", "The platform must answer.", "en")
    assert (change.floor, [each.span for each in change.evidence]) == (3, ["will -> must"])


ONE_WORD = [
    tuple(re.sub(r"\[([^|]*)\|([^\]]*)\]", rf"\{side}", line) for side in (1, 2))
    for line in (Path(__file__).parent / "one-word-edits.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_nineteen_in_twenty_edits_of_one_word_ask_a_question() -> None:
    silent = [
        (old, new) for old, new in ONE_WORD if not plain_texts_change(old, new, "en").evidence
    ]
    assert len(ONE_WORD) >= 100
    assert len(silent) <= len(ONE_WORD) // 20, silent


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a fee <= 5 euro", "a fee < 5 euro"),
        ("A bonus of -5 % applies.", "A bonus of 5 % applies."),
        ("for users 18+", "for users 18"),
        ("users, who pay, may vote", "users who pay may vote"),
        ("The platform pays the user.", "The user pays the platform."),
        ("under point (a)", "under point (b)"),
        ("under point (a)", "under point (e)"),
        ("See Part IV.", "See Part VI."),
        ("liable for negligence", "liable for gross negligence"),
    ],
)
def test_what_else_is_asked_about(old: str, new: str) -> None:
    change = plain_texts_change(old, new, "en")
    assert change.floor >= 3
    assert change.evidence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The platform answers the requests.", "The platform answers the request."),
        ("A user of the service.", "The user of the service."),
        ("Users, notifiers, and courts.", "Users, notifiers and courts."),
        ("It reads files -> pages.", "It reads files => pages."),
        ("The deplyoment is done now.", "The deployment is done now."),
    ],
)
def test_what_bears_on_nothing_is_not_asked_about(old: str, new: str) -> None:
    assert plain_texts_change(old, new, "en").evidence == ()


def test_addresses_of_links_are_counted_beside_the_words() -> None:
    old = "See [the law](https://a.example/1) and https://b.example/x (in force)."
    new = "See [the law](https://c.example/1) and https://d.example/y (in force)."
    change = plain_texts_change(old, new, "en")
    assert (change.floor, change.evidence) == (1, ())
    assert change.reasons == ("2 addresses of links differ",)
    moved = plain_texts_change(old, new.replace("and", "or"), "en")
    assert moved.floor == 3
    assert "or" in moved.evidence[0].span


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


def test_in_other_languages_a_word_can_rightly_stand_twice() -> None:
    assert floor("nous nous adressons", "nous adressons", "fr") == 3


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


def test_a_large_text_is_compared_in_bounded_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    from rapidfuzz.distance import Indel

    cells: list[int] = []
    real = Indel.opcodes

    def counted(a: str, b: str) -> object:
        cells.append(len(a) * len(b))
        return real(a, b)

    monkeypatch.setattr(Indel, "opcodes", counted)
    old = " ".join(f"word{n} {n} may" for n in range(15_000))
    new = " ".join(f"other{n} {n + 1} must" for n in range(15_000))
    assert plain_texts_change(old, new, "en").floor == 5
    # The square of its 45,000 words would be twenty times as much, and 250 MB.
    assert max(cells) <= 100_000_000
    assert sum(cells) <= 60_000 * len(old.split())
