"""What a mail's author wrote, and what is somebody else's, in the manner of many mail programs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.consultation.quotation import date_of, passages_of, quoted_words, subject_of

OWN = "These are my own words."
NOT_MINE = "The platform must tell the user."

STYLES = {
    "marks": f"{OWN}\n\n> {NOT_MINE}\n",
    "marks in marks": f"{OWN}\n\n> > {NOT_MINE}\n>> {NOT_MINE}\n",
    "initials before marks": f"{OWN}\n\nJD> {NOT_MINE}\n",
    "Thunderbird": f"Am 02.04.2026 um 09:15 schrieb Somebody:\n> {NOT_MINE}\n\n{OWN}\n",
    "Gmail": f"{OWN}\n\nOn Thu, 2 Apr 2026 at 09:15, Somebody <s@example.org> wrote:\n\n"
    f"> {NOT_MINE}\n",
    "Gmail over two lines": f"{OWN}\n\nOn Thu, 2 Apr 2026 at 09:15, Somebody with a long name <\n"
    f"somebody@example.org> wrote:\n\n> {NOT_MINE}\n",
    "Gmail, right below own words": f"{OWN}\nOn Thu, 2 Apr 2026 at 09:15, Somebody with a long <\n"
    f"somebody@example.org> wrote:\n> {NOT_MINE}\n",
    "Russian, right below own words": f"{OWN}\nчт, 2 апр. 2026 г. в 09:15, Кто-то "
    f"<k@example.org>:\n> {NOT_MINE}\n",
    "Gmail by date": f"{OWN}\n\n2026-04-02 9:15 GMT+02:00 Somebody <s@example.org>:\n\n"
    f"> {NOT_MINE}\n",
    "Apple Mail, no marks": f"{OWN}\n\nOn 2 Apr 2026, at 09:15, Somebody <s@example.org> wrote:\n"
    f"\n{NOT_MINE}\n",
    "French": f"{OWN}\n\nLe jeu. 2 avr. 2026 à 09:15, Quelqu'un <q@example.org> a écrit :\n"
    f"\n> {NOT_MINE}\n",
    "Spanish": f"{OWN}\n\nEl jue, 2 abr 2026 a las 9:15, Alguien (<a@example.org>) escribió:\n"
    f"\n> {NOT_MINE}\n",
    "Portuguese": f"{OWN}\n\nEm qui., 2 de abr. de 2026 às 09:15, Alguém <a@example.org> "
    f"escreveu:\n\n> {NOT_MINE}\n",
    "Italian": f"{OWN}\n\nIl giorno gio 2 apr 2026 alle ore 09:15 Qualcuno <q@example.org> ha "
    f"scritto:\n\n> {NOT_MINE}\n",
    "Outlook": f"{OWN}\n\n-----Original Message-----\nFrom: Somebody\nSent: Thursday\n"
    f"To: All\nSubject: x\n\n{NOT_MINE}\n",
    "Outlook with a rule": f"{OWN}\n\n________________________________\nFrom: Somebody\n"
    f"Sent: Thursday\nTo: All\nSubject: x\n\n{NOT_MINE}\n",
    "Outlook, head alone": f"{OWN}\n\nFrom: Somebody\nSent: Thursday\nTo: All\n\n{NOT_MINE}\n",
    "Outlook, stars": f"{OWN}\n\n*From:* Somebody\n*Sent:* Thursday\n*To:* All\n\n{NOT_MINE}\n",
    "Outlook in German": f"{OWN}\n\nVon: Jemand\nGesendet: Donnerstag\nAn: Alle\nBetreff: x\n\n"
    f"{NOT_MINE}\n",
    "Outlook in French": f"{OWN}\n\nDe : Quelqu'un\nEnvoyé : jeudi\nÀ : Tous\nObjet : x\n\n"
    f"{NOT_MINE}\n",
    "German, original": f"{OWN}\n\n-----Ursprüngliche Nachricht-----\nVon: Jemand\n\n{NOT_MINE}\n",
    "forwarded": f"{OWN}\n\n---------- Forwarded message ---------\nFrom: Somebody\n\n{NOT_MINE}\n",
    "forwarded by Apple": f"{OWN}\n\nBegin forwarded message:\n\nFrom: Somebody\n\n{NOT_MINE}\n",
    "a signature": f"{OWN}\n-- \n{NOT_MINE}\n",
    "a signature of a telephone": f"{OWN}\n\nSent from my telephone. {NOT_MINE}\n",
    "a list's footer": f"{OWN}\n\n_______________________________________________\n"
    f"Example mailing list\nlist@example.org\n{NOT_MINE}\n",
    "a head of its own": f"From: Me\nTo: You\nDate: 2 April\nSubject: x\n\n{OWN}\n",
    "a remark before the head": f"(This mail came from outside.)\n\nFrom: Me\nTo: You\n\n{OWN}\n",
    "answers between": f"> {NOT_MINE}\n\n{OWN}\n\n> {NOT_MINE}\n",
    "CRLF": f"{OWN}\r\n\r\n> {NOT_MINE}\r\n",
}


@pytest.mark.parametrize("mail", STYLES.values(), ids=STYLES)
def test_a_quotation_is_told_from_own_words(mail: str) -> None:
    passages = passages_of(mail)
    own = "\n".join(passage.text for passage in passages if passage.kind == "own")
    assert own.strip() == OWN
    assert NOT_MINE not in own


@pytest.mark.parametrize(
    "mail",
    [
        "I read what the draft wrote:\nthat is not enough.",
        "On the whole I agree:\nyes.",
        "On page 3 somebody should look.\nFrom: there on it is clear.",
        "My points:\n- one\n- two",
        "From my view: good.\nBetter than before.",
        "-- ",
    ],
)
def test_own_words_that_look_like_something_else(mail: str) -> None:
    assert [passage.kind for passage in passages_of(mail)] == ["own"]


def test_words_squeezed_between_marked_lines_are_unclear() -> None:
    broken = f"> A long line that a mail program\nbroke\n> and went on with.\n\n{OWN}"
    unclear = [passage.text for passage in passages_of(broken) if passage.unclear]
    assert unclear == ["broke"]
    apart = f"> a\n\n{OWN}\n\n> b"
    assert not any(passage.unclear for passage in passages_of(apart))


@given(
    st.lists(
        st.sampled_from(
            [
                "> x",
                "own",
                "",
                "From: a",
                "To: b",
                "On 1 May, A <a@b.org> wrote:",
                "-- ",
                "_" * 40,
                "-----Original Message-----",
                "Example mailing list",
                "wrote:",
                "Subject: c",
            ]
        ),
        max_size=14,
    )
)
def test_no_line_is_lost(lines: list[str]) -> None:
    mail = "\n".join(lines)
    passages = passages_of(mail)
    assert "\n".join(passage.text for passage in passages) == mail
    assert all(
        mail.split("\n")[passage.line - 1] == passage.text.split("\n")[0] for passage in passages
    )


def test_the_subject_and_the_quoted_words() -> None:
    passages = passages_of(STYLES["a head of its own"])
    assert subject_of(passages) == "x"
    assert quoted_words("On 1 May, A wrote:\n> a b\n> > c") == "a b\n\nc"


@pytest.mark.parametrize(
    ("head", "date", "subject"),
    [
        ("From: a\nDate: 2 Apr 2026\nSubject: A draft", "2 Apr 2026", "A draft"),
        ("De : a\nEnvoyé : 2 avril 2026\nObjet : Un projet", "2 avril 2026", "Un projet"),
        ("Van: a\nVerzonden: 2 april 2026\nOnderwerp: Een ontwerp", "2 april 2026", "Een ontwerp"),
        ("От: a\nДата: 2 апреля 2026\nТема: Проект", "2 апреля 2026", "Проект"),
    ],
)
def test_the_date_and_the_subject_in_each_language(head: str, date: str, subject: str) -> None:
    passages = passages_of(f"{head}\n\n{OWN}\n")
    assert passages[0].kind == "head"
    assert (date_of(passages), subject_of(passages)) == (date, subject)
