"""Replies to the mails of a proposal: what each point is about, and what it answers.

The quotations are as a mail of a proposal prints a text, with the marks of a mail program.
"""

from __future__ import annotations

import textwrap

import pytest

from govkit.consultation.points import split_mail
from govkit.consultation.text_matcher import TextMatcher

HEAD_1 = "1. EXA-DUE-01 Notice before a restriction (class 6, a duty)"
HEAD_2 = "2. EXA-DUE-02 Free complaint (class 6, a duty)"
NOTICE_A = "The platform must tell the user of a restriction at least 14 days before it begins."
NOTICE_B = "The platform must give the reasons for the restriction with the “notice”."
COMPLAINT_A = "The platform must decide a complaint about a restriction within 10 days."
COMPLAINT_B = "The platform must not ask a fee for a complaint."
DUE_1A, DUE_1B = ("EXA-DUE-01", "a"), ("EXA-DUE-01", "b")
DUE_2A, DUE_2B = ("EXA-DUE-02", "a"), ("EXA-DUE-02", "b")
NONE = ("", "")


def said(*lines: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for each in lines for line in each.split("\n"))


def clause(id: str, words: str, width: int = 60) -> str:
    return textwrap.fill(words, width, initial_indent=f"    ({id}) ", subsequent_indent=" " * 8)


A1, B1 = clause("a", NOTICE_A), clause("b", NOTICE_B)
A2, B2 = clause("a", COMPLAINT_A), clause("b", COMPLAINT_B)
OWN = "That is not enough for me."
ALL = f"{HEAD_1}\n    New text:\n{A1}\n{B1}\n\n{HEAD_2}\n    New text:\n{A2}\n{B2}"

QUOTED = {
    "a clause, wrapped and indented": (f"{said(A1)}\n\n{OWN}", DUE_1A, NOTICE_A),
    "the second clause": (f"{said(B1)}\n{OWN}", DUE_1B, NOTICE_B),
    "a clause of the other text": (f"{said(B2)}\n\n{OWN}", DUE_2B, COMPLAINT_B),
    "wrapped narrowly": (f"{said(clause('a', NOTICE_A, 30))}\n\n{OWN}", DUE_1A, NOTICE_A),
    "under the head of its text": (f"{said(HEAD_1, A1)}\n\n{OWN}", DUE_1A, NOTICE_A),
    "behind the id of its text": (f"{said('EXA-DUE-01 ' + A1.strip())}\n\n{OWN}", DUE_1A, NOTICE_A),
    "below an empty marked line": (f"{said(A2)}\n>\n\n{OWN}", DUE_2A, COMPLAINT_A),
    "quoted twice": (f"{said(A1, mark='> > ')}\n\n{OWN}", DUE_1A, NOTICE_A),
    "quoted twice, marks together": (f"{said(A1, mark='>> ')}\n\n{OWN}", DUE_1A, NOTICE_A),
    "without its indent": (f"{said('(a) ' + NOTICE_A)}\n\n{OWN}", DUE_1A, NOTICE_A),
    "without its id": (f"{said(NOTICE_B)}\n\n{OWN}", DUE_1B, NOTICE_B),
    "with the blank as the record has it": (
        f"{said(clause('a', NOTICE_A.replace('14', '{days}')))}\n\n{OWN}",
        DUE_1A,
        NOTICE_A,
    ),
    "with straight quotation marks": (
        f"{said(clause('b', NOTICE_B.replace('“', chr(34)).replace('”', chr(34))))}\n\n{OWN}",
        DUE_1B,
        NOTICE_B,
    ),
    "behind After": (
        f"{said('    (a)', '    before: At least 7 days.', '    after:  ' + NOTICE_A)}\n\n{OWN}",
        DUE_1A,
        NOTICE_A,
    ),
    "its beginning, cut by dots in brackets": (
        f"{said('    (a) The platform must tell the user of a restriction [...]')}\n\n{OWN}",
        DUE_1A,
        "The platform must tell the user of a restriction",
    ),
    "its beginning, cut by one sign": (
        f"{said('    (a) The platform must decide a complaint …')}\n\n{OWN}",
        DUE_2A,
        "The platform must decide a complaint",
    ),
    "its end, cut before": (
        f"{said('[…] at least 14 days before it begins.')}\n\n{OWN}",
        DUE_1A,
        "at least 14 days before it begins.",
    ),
    "two clauses that follow each other": (
        f"{said(A1, B1)}\n\n{OWN}",
        DUE_1A,
        f"{NOTICE_A} {NOTICE_B}",
    ),
    "two clauses of two texts: the last one": (
        f"{said(A1, '', HEAD_2, B2)}\n\n{OWN}",
        DUE_2B,
        COMPLAINT_B,
    ),
    "the whole mail above: what stands last": (f"{said(ALL)}\n\n{OWN}", DUE_2B, COMPLAINT_B),
    "below a German line": (
        f"Am Mo., 16. März 2026 um 09:00 schrieb Agora <c@example.org>:\n{said(A1)}\n\n"
        "Das reicht mir nicht.",
        DUE_1A,
        NOTICE_A,
    ),
    "below a French line": (
        f"Le lun. 16 mars 2026 à 09:00, Agora <c@example.org> a écrit :\n{said(B2)}\n\n"
        "Je ne suis pas d'accord.",
        DUE_2B,
        COMPLAINT_B,
    ),
    "below a Swedish line": (
        f"Den mån 16 mars 2026 kl 09:00 skrev Agora <c@example.org>:\n{said(A2)}\n\nFör kort.",
        DUE_2A,
        COMPLAINT_A,
    ),
    "below a Spanish line": (
        f"El lun, 16 mar 2026 a las 9:00, Agora <c@example.org> escribió:\n{said(B1)}\n\nNo basta.",
        DUE_1B,
        NOTICE_B,
    ),
    "below a Russian line": (
        f"пн, 16 мар. 2026 г. в 09:00, Agora <c@example.org>:\n{said(A1)}\n\nЭтого мало.",
        DUE_1A,
        NOTICE_A,
    ),
}


@pytest.mark.parametrize(("mail", "about", "quote"), QUOTED.values(), ids=QUOTED)
def test_a_quotation_as_our_mails_print_it_is_matched_to_its_clause(
    mail: str, about: tuple[str, str], quote: str, shelf: TextMatcher
) -> None:
    [point] = split_mail(mail, shelf).points
    assert point.clear is not None
    assert (point.clear.unit, point.clear.clause) == about
    want = quote.replace("“", "").replace("”", "").replace('"', "")
    got = point.clear.quote.replace("“", "").replace("”", "").replace('"', "")
    assert got.replace("{days}", "14") == want


UNSURE = {
    "words that somebody answered to a clause": (
        f"{said(said(A1), 'I like fourteen days as they are.')}\n\n{OWN}",
        "EXA-DUE-01",
    ),
    "the words before the change": (
        f"{said(HEAD_2, '    (b)', '    before: There was something else here.')}\n\n{OWN}",
        "EXA-DUE-02",
    ),
    "words that others wrote": (f"{said('What about the schools in my country?')}\n\n{OWN}", None),
    "the block for a reply": (
        f"{said('Proposal 2026-003 revision 2, code k7f3-9q22', '[ ] consent')}\n\n{OWN}",
        None,
    ),
    "three words that are everywhere": (f"{said('The platform must')}\n\n{OWN}", None),
}


@pytest.mark.parametrize(("mail", "unit"), UNSURE.values(), ids=UNSURE)
def test_another_quotation_makes_no_text_clear(
    mail: str, unit: str | None, shelf: TextMatcher
) -> None:
    [point] = split_mail(mail, shelf).points
    assert point.clear is None
    assert (point.candidates[0].unit if point.candidates else None) == unit


FOREIGN = {
    "German, behind": ("EXA-DUE-01, Absatz (b): Das geht zu weit.", DUE_1B),
    "German, before": ("Buchstabe b in EXA-DUE-02 ist gut.", DUE_2B),
    "French": ("Je refuse l'alinéa (a) de EXA-DUE-01.", DUE_1A),
    "Spanish": ("El apartado (b) de EXA-DUE-02 no es claro.", DUE_2B),
    "Portuguese": ("EXA-DUE-01, alínea (a): muito curto.", DUE_1A),
    "Dutch": ("EXA-DUE-02 lid a is te streng.", DUE_2A),
    "Swedish": ("EXA-DUE-01 stycke (b) är oklart.", DUE_1B),
    "Italian": ("EXA-DUE-02, lettera (b): non basta.", DUE_2B),
    "Polish": ("EXA-DUE-01 ust. (a) jest za krótki.", DUE_1A),
    "Russian": ("EXA-DUE-01, пункт (a): слишком мало.", DUE_1A),
    "Chinese, no blank": ("我认为EXA-DUE-02（b）不够。", DUE_2B),
    "Arabic": ("البند (a) من EXA-DUE-01 قصير جدا.", DUE_1A),
    "English, before": ("Clause (b) of EXA-DUE-01 is unclear.", DUE_1B),
    "a quotation in German marks": (
        "Bei „must not ask a fee for a complaint“ bin ich dagegen.",
        DUE_2B,
    ),
    "a quotation in French marks": (
        "Je n'aime pas « at least 14 days before it begins » ici.",
        DUE_1A,
    ),
}


@pytest.mark.parametrize(("mail", "about"), FOREIGN.values(), ids=FOREIGN)
def test_a_letter_in_another_language_gets_its_text(
    mail: str, about: tuple[str, str], shelf: TextMatcher
) -> None:
    [point] = split_mail(mail, shelf).points
    assert point.clear is not None
    assert (point.clear.unit, point.clear.clause) == about


FRAMES = [
    ("Dear all,", "Kind regards,\nAnna Example"),
    ("Dear members of the coalition,", "Best, Anna"),
    ("Hi Anna", "Thanks!\n\nAnna"),
    ("Sehr geehrte Damen und Herren,", "Mit freundlichen Grüßen\nAnna Beispiel"),
    ("Hallo zusammen,", "Viele Grüße, Anna"),
    ("Bonjour à tous,", "Bien cordialement,\nAnne Exemple"),
    ("Chers collègues,", "Merci d'avance"),
    ("Estimados señores:", "Saludos cordiales,\nAna"),
    ("Prezados colegas,", "Atenciosamente,\nAna"),
    ("Gentili colleghi,", "Cordiali saluti\nAnna"),
    ("Beste collega's,", "Met vriendelijke groet,\nAnna"),
    ("Hej alla,", "Med vänliga hälsningar\nAnna"),
    ("Kære alle,", "Venlig hilsen\nAnna"),
    ("Hei alle,", "Vennlig hilsen\nAnna"),
    ("Dobrý den,", "S pozdravem\nAnna"),
    ("Szanowni Państwo,", "Z poważaniem\nAnna"),
    ("Уважаемые коллеги!", "С уважением,\nАнна"),
    ("各位同事：", "此致\n敬礼"),
    ("皆様、", "よろしくお願いいたします。"),
    ("السلام عليكم،", "مع أطيب التحيات،\nآنا"),
]


@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["apart", "close"])
@pytest.mark.parametrize(("greeting", "closing"), FRAMES)
def test_salutation_and_closing_are_no_points(
    greeting: str, closing: str, gap: str, shelf: TextMatcher
) -> None:
    split = split_mail(f"{greeting}{gap}{OWN}{gap}{closing}", shelf)
    assert [point.text for point in split.points] == [OWN]
    assert " ".join(split.aside).split() == f"{greeting} {closing}".split()


WORDS = {
    "a greeting and a sentence on one line": "Dear all, ten days are too short.",
    "no comma behind it": "Hi, I disagree. Ten days are short.",
    "thanks in the middle": f"Thanks!\n\n{NOTICE_A} I would say thirty days here, and not fewer.",
    "a wrapped sentence that ends like a closing": (
        "Of all the drafts that I have read so far, I like this one\nbest"
    ),
    "best of all": "Best of all is clause (b).",
    "dear as a price": "Dear complaints are no complaints.",
}


@pytest.mark.parametrize("mail", WORDS.values(), ids=WORDS)
def test_words_that_only_look_like_a_frame_stay(mail: str, shelf: TextMatcher) -> None:
    split = split_mail(mail, shelf)
    kept = " ".join(point.text for point in split.points).split()
    aside = " ".join(split.aside).split()
    assert aside + kept == mail.split()
    assert aside in ([], ["Thanks!"])


def test_an_afterthought_below_the_name_is_a_point(shelf: TextMatcher) -> None:
    mail = f"{OWN}\n\nKind regards\nAnna\n\nP.S. A fee is wrong as well."
    split = split_mail(mail, shelf)
    assert [point.text for point in split.points] == [OWN, "P.S. A fee is wrong as well."]


PARTS = {
    "first and second": (
        "First, ten days are short. Second, a fee is wrong.",
        ["First, ten days are short.", "Second, a fee is wrong."],
    ),
    "firstly to finally": (
        "Firstly it is long. Secondly it is unclear. Finally it is late.",
        ["Firstly it is long.", "Secondly it is unclear.", "Finally it is late."],
    ),
    "numbers in one paragraph": (
        "1) ten days are short 2) a fee is wrong 3) who pays?",
        ["1) ten days are short", "2) a fee is wrong", "3) who pays?"],
    ),
    "words before the numbers": (
        "Two things: 1) ten days are short; 2) a fee is wrong.",
        ["Two things: 1) ten days are short;", "2) a fee is wrong."],
    ),
    "German": (
        "Erstens ist es zu kurz. Zweitens ist es unklar.",
        ["Erstens ist es zu kurz.", "Zweitens ist es unklar."],
    ),
    "French": (
        "Premièrement, c'est court. Deuxièmement, c'est flou.",
        ["Premièrement, c'est court.", "Deuxièmement, c'est flou."],
    ),
    "Russian": ("Во-первых, мало. Во-вторых, неясно.", ["Во-первых, мало.", "Во-вторых, неясно."]),
    "Chinese": ("第一，太短。第二，不清楚。", ["第一，太短。", "第二，不清楚。"]),
    "in two paragraphs": (
        f"First, {NOTICE_A}\n\nSecond, please think of it.",
        [f"First, {NOTICE_A}", "Second, please think of it."],
    ),
    "first alone": ("First of all it is short. It is unclear.", ["*"]),
    "numbers that do not count": ("See 2) and 5) there.", ["*"]),
    "first in a sentence": ("The first draft was short, the second long.", ["*"]),
}


@pytest.mark.parametrize(("mail", "points"), PARTS.values(), ids=PARTS)
def test_what_an_author_counts_is_a_point_each(
    mail: str, points: list[str], shelf: TextMatcher
) -> None:
    found = [point.text for point in split_mail(mail, shelf).points]
    assert found == ([mail] if points == ["*"] else points)


def test_the_head_of_a_text_holds_for_the_clauses_quoted_below_it(shelf: TextMatcher) -> None:
    mail = f"{said(HEAD_1)}\n\nIn general I like it.\n\n{said('    (b) The platform')}\n\n{OWN}"
    found = [point.candidates[0] for point in split_mail(mail, shelf).points if point.candidates]
    assert [(each.unit, each.clause) for each in found][-1:] == [DUE_1B]
