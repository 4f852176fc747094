"""Mails as people send them when they answer a call. All people, hosts and texts are invented.

Each case names what the mail comes to. It was written down by reading the mail, before the program
read it.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator
from dataclasses import dataclass

from govkit.correspondence.ballots import BallotContext, BallotRevision
from govkit.correspondence.mail import reply_block
from govkit.languages.catalogue import messages

SAID = messages("en")
IDS = ("EXA-DUE-01", "EXA-DUE-02")
ALICE, BOB, CAROL = "alice@society.example", "bob@library.example", "carol@agora.example"
INTAKE = "answers@agora.example"
FORMS = (
    BallotRevision("2026-003", 1, "a1b2-c3d4", IDS, False),
    BallotRevision("2026-003", 2, "k7f3-9q2m", IDS, True),
    BallotRevision("2026-004", 1, "z9y8-x7w6", ("EXA-PRV-01",), True),
)
FIRST_BALLOT = "<first-ballot@library.example>"
DESK = BallotContext(
    {each.code: each for each in FORMS},
    {
        ALICE: ("example-society",),
        BOB: ("example-library",),
        CAROL: ("carol-example",),
        "office@shared.example": ("first-group", "second-group"),
    },
    (INTAKE,),
    ("carol-example",),
    frozenset([FIRST_BALLOT]),
)


def block(number: int = 2, code: str = "k7f3-9q2m", proposal: str = "2026-003") -> str:
    ids = IDS if proposal == "2026-003" else ("EXA-PRV-01",)
    return "\n".join(reply_block(SAID, proposal, number, code, ids))


def call(number: int = 2, code: str = "k7f3-9q2m", proposal: str = "2026-003") -> str:
    """The end of a mail of ours: what stands before the boxes, and the boxes."""
    return (
        "How to answer\n-------------\n\n"
        "Before you answer: your name and your position will be public, for good.\n"
        "They are part of the record of this proposal, and no later act takes\nthem out.\n\n"
        "A comment can be written in any words; say which text it is about. To\n"
        "say where you stand, mark one box below and send it back.\n\n"
        f"{block(number, code, proposal)}\n"
    )


def mark(text: str, box: str, sign: str = "x") -> str:
    """Mark one box, as a person does."""
    for end in ("  ", "\n"):
        if f"[ ] {box}{end}" in text:
            return text.replace(f"[ ] {box}{end}", f"[{sign}] {box}{end}", 1)
    raise AssertionError(box)


def with_reason(text: str, reason: str) -> str:
    line = "Reason (needed to object or reserve):"
    return text.replace(line, f"{line} {reason}", 1)


def on(text: str, *ids: str) -> str:
    line = "Applies to: all provisions   (or list: EXA-DUE-01, EXA-DUE-02)"
    return text.replace(line, f"Applies to: {', '.join(ids)}", 1)


def remark(text: str, words: str) -> str:
    return text.replace("EXA-DUE-01: ...", words, 1)


def quoted(text: str, sign: str = "> ") -> str:
    return "\n".join(f"{sign}{line}".rstrip() for line in text.rstrip("\n").split("\n"))


def eml(
    text: str | bytes,
    *more: str,
    sender: str = f"Alice Example <{ALICE}>",
    subject: str = "Re: [2026-003 r2] Notice: last call until 2026-06-05",
    kind: str = "text/plain; charset=utf-8",
    encoding: str = "8bit",
) -> bytes:
    """A mail with one part, and with further lines of its head."""
    head = [
        "Received: from out.society.example by mx.agora.example with ESMTPS id 7;",
        "\tMon, 1 Jun 2026 10:00:05 +0000",
        f"From: {sender}",
        f"To: <{INTAKE}>",
        f"Subject: {subject}",
        "Date: Mon, 1 Jun 2026 12:00:00 +0200",
        "Message-ID: <one@society.example>",
        "MIME-Version: 1.0",
        f"Content-Type: {kind}",
        f"Content-Transfer-Encoding: {encoding}",
        *more,
    ]
    body = text if isinstance(text, bytes) else text.encode()
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def parts(*several: tuple[str, str], kind: str = "alternative", sender: str = ALICE) -> bytes:
    """A mail of several parts, each with its kind and its words."""
    body = "".join(f"--cut\r\nContent-Type: {each}\r\n\r\n{words}\r\n" for each, words in several)
    mime = f'multipart/{kind}; boundary="cut"'
    return eml(f"{body}--cut--\r\n", sender=sender, kind=mime)


PLAIN, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
WROTE = f"On Mon, 1 Jun 2026 at 09:00, Agora <{INTAKE}> wrote:"
BY_CAROL = f"On Mon, 1 Jun 2026 at 09:00, Carol Example <{CAROL}> wrote:"
BY_BOB = f"On Mon, 1 Jun 2026 at 09:30, Bob Example <{BOB}> wrote:"
OUTLOOK = f"From: Agora <{INTAKE}>\nSent: Monday, 1 June 2026 09:00\nTo: all\nSubject: call\n"
CONSENT = mark(call(), "consent")
OBJECT = with_reason(mark(call(), "object"), "Thirty days are too long.")
THANKS = "Dear all,\n\nthank you for the work.\n\nAlice"
LONG = "\n".join(f"{line}. The keeper tells the user, within a day." for line in range(70))


@dataclass(frozen=True)
class Case:
    """A mail, and what it comes to. `own` are the sender's own words, where they matter."""

    name: str
    raw: bytes
    sort: str
    stance: str | None = None
    doubt: str | None = None
    texts: tuple[str, ...] = ()
    reason: str | None = None
    comments: tuple[tuple[str | None, str], ...] = ()
    own: str | None = None


def position(name: str, raw: bytes, stance: str = "consent", **more: object) -> Case:
    return Case(name, raw, "position", stance, **more)  # type: ignore[arg-type]


def query(name: str, raw: bytes, doubt: str, **more: object) -> Case:
    return Case(name, raw, "query", doubt=doubt, **more)  # type: ignore[arg-type]


def free(name: str, raw: bytes, own: str | None = None) -> Case:
    return Case(name, raw, "free", own=own)


# --- where the answer stands ----------------------------------------------------------------------


def _places() -> Iterator[Case]:
    top = f"{THANKS}\n\n{WROTE}\n\n"
    yield position("marked in the quotation, answer on top", eml(top + quoted(CONSENT)), own=THANKS)
    yield position(
        "marked in the quotation, answer below",
        eml(f"{WROTE}\n{quoted(CONSENT)}\n\n{THANKS}\n"),
        own=THANKS,
    )
    yield position("the block pasted, nothing quoted", eml(mark(block(), "consent")), own="")
    yield position(
        "the block pasted above the empty one",
        eml(f"{mark(block(), 'abstain')}\n\n{WROTE}\n{quoted(call())}"),
        "abstain",
        own="",
    )
    yield position(
        "no word but the mark",
        eml(f"{WROTE}\n\n{quoted(mark(call(), 'object'))}"),
        "object",
        own="",
    )
    lines = quoted(call()).replace("> Applies to", "[x] stand aside\n> Applies to")
    yield position(
        "the box written anew between quoted lines", eml(f"{WROTE}\n{lines}"), "stand-aside"
    )
    yield position(
        "the box written anew below the quotation",
        eml(f"{WROTE}\n{quoted(call())}\n\n[x] consent\n"),
    )
    for beside in ("consent, if the term is fourteen days", "consent to all but EXA-DUE-02"):
        yield query(
            f"the box written anew: {beside}",
            eml(f"[x] {beside}\n\n{WROTE}\n{quoted(call())}"),
            "words-beside",
        )
    why = "A month is not a notice,\nand nobody asked us."
    anew = f"[x] object\nApplies to: EXA-DUE-02\nReason: {why}"
    yield position(
        "the boxes written anew above the quotation, with the lines below them",
        eml(f"{anew}\n\nKind regards\nAlice\n\n{WROTE}\n{quoted(call())}"),
        "object",
        texts=("EXA-DUE-02",),
        reason=why,
    )
    yield position(
        "the box written anew, and the texts named within the quotation",
        eml(f"[x] consent\n\n{WROTE}\n{quoted(on(call(), 'EXA-DUE-01'))}"),
        texts=("EXA-DUE-01",),
    )
    yield position(
        "marked in the quotation, and the texts named above it",
        eml(f"Applies to: EXA-DUE-01\n\n{WROTE}\n{quoted(CONSENT)}"),
        texts=("EXA-DUE-01",),
    )
    yield position(
        "the sentence, with a line that names one text",
        eml("I consent to 2026-003 k7f3-9q2m\nApplies to: EXA-DUE-02\n"),
        texts=("EXA-DUE-02",),
    )
    yield query(
        "other texts above the quotation than in it",
        eml(f"Applies to: EXA-DUE-01\n\n{WROTE}\n{quoted(on(CONSENT, 'EXA-DUE-02'))}"),
        "unknown-texts",
    )
    yield position(
        "a comment on each of two texts, written anew below the box",
        eml(
            "[x] consent\nComment on a provision: EXA-DUE-01: Clear.\n"
            f"Comment: EXA-DUE-02: Who is the keeper?\n\n{WROTE}\n{quoted(call())}"
        ),
        comments=(("EXA-DUE-01", "Clear."), ("EXA-DUE-02", "Who is the keeper?")),
    )
    yield position("from a mail of a coordinator", eml(f"{BY_CAROL}\n{quoted(CONSENT)}"))
    yield position(
        "no word says who is quoted, and the words of our mail stand there", eml(quoted(CONSENT))
    )
    yield query(
        "nothing shows that what is quoted is ours",
        eml(quoted(mark(block(), "consent"))),
        "quoted-other",
    )
    yield position(
        "one own line over seventy quoted ones",
        eml(f"Done, see the box below.\n\n{WROTE}\n{quoted(LONG)}\n{quoted(CONSENT)}"),
        own="Done, see the box below.",
    )
    yield position(
        "the first line says it", eml(f"I consent to 2026-003 k7f3-9q2m\n\n{THANKS}"), texts=()
    )
    yield position(
        "the first line says it, below a greeting",
        eml(f"Dear Carol,\n\nI consent to 2026-003 K7F3-9Q2M.\n\n{WROTE}\n{quoted(call())}"),
    )
    yield query(
        "the sentence stands in a quotation only",
        eml(f"See what Bob said.\n\n{BY_BOB}\n> I consent to 2026-003 k7f3-9q2m\n"),
        "prose",
        own="See what Bob said.",
    )
    yield query(
        "the sentence with a condition",
        eml("I consent to 2026-003 k7f3-9q2m provided that the second text goes."),
        "conditional",
    )
    yield query(
        "the sentence with an old code", eml("I consent to 2026-003 a1b2-c3d4"), "old-revision"
    )
    yield query("the sentence without a code", eml("I consent to 2026-003"), "prose")


# --- mail programs --------------------------------------------------------------------------------

HEADS = {
    "Swedish": f"Den mån 1 juni 2026 kl 09:00 skrev Agora <{INTAKE}>:",
    "German": f"Am 01.06.2026 um 09:00 schrieb Agora <{INTAKE}>:",
    "Dutch": f"Op ma 1 jun. 2026 om 09:00 schreef Agora <{INTAKE}>:",
    "French": f"Le lun. 1 juin 2026 à 09:00, Agora <{INTAKE}> a écrit :",
    "Portuguese": f"Em seg., 1 de jun. de 2026 às 09:00, Agora <{INTAKE}> escreveu:",
    "Spanish": f"El lun, 1 jun 2026 a las 9:00, Agora (<{INTAKE}>) escribió:",
    "Russian": f"пн, 1 июн. 2026 г. в 09:00, Agora <{INTAKE}>:",
    "Russian of a phone": f"1 июня 2026 г., в 09:00, Agora <{INTAKE}> написал(а):",
    "Chinese": f"Agora <{INTAKE}> 于2026年6月1日周一 09:00写道：",
    "Arabic": f"في الاثنين، 1 يونيو 2026 في 09:00 كتب Agora <{INTAKE}>:",
    "Italian": f"Il giorno lun 1 giu 2026 alle ore 09:00 Agora <{INTAKE}> ha scritto:",
    "Polish": f"W dniu 1.06.2026 o 09:00, Agora <{INTAKE}> napisał(a):",
    "a long name, broken": f"On Mon, 1 Jun 2026 at 09:00, The Agora coalition for fair terms <\n"
    f"{INTAKE}> wrote:",
}
WORDS = {
    "Swedish": "Hej,\n\nvi har läst texten noga.",
    "German": "Guten Tag,\n\nwir haben den Text geprüft.",
    "Russian": "Добрый день,\n\nмы прочли текст.",
    "Chinese": "您好，\n\n我们看过了。",
    "Arabic": "قرأنا النص بعناية، شكرا لكم.",
}
PAGES = {
    "Outlook": f"{OUTLOOK}\n{{call}}",
    "Outlook with a rule": f"________________________________\n{OUTLOOK}\n{{call}}",
    "Outlook, original message": f"-----Original Message-----\n{OUTLOOK}\n{{call}}",
    "Outlook in German": f"Von: Agora <{INTAKE}>\nGesendet: Montag, 1. Juni 2026 09:00\nAn: alle\n"
    "Betreff: Aufruf\n\n{call}",
    "Outlook in Swedish": f"Från: Agora <{INTAKE}>\nSkickat: den 1 juni 2026 09:00\nTill: alla\n"
    "Ämne: x\n\n{call}",
    "Outlook in Chinese": f"发件人: Agora <{INTAKE}>\n发送时间: 2026年6月1日 9:00\n收件人: all\n"
    "主题: x\n\n{call}",
    "Lotus": f"From:   Agora <{INTAKE}>\nTo:     all\nDate:   01/06/2026 09:00\n"
    "Subject:        call\n\n{call}",
    "webmail of old": f'----- Original Message -----\nFrom: "Agora" <{INTAKE}>\nTo: all\n'
    "Sent: Monday\nSubject: call\n\n{call}",
    "a phone": f"Sent from my phone\n\nOn 1 Jun 2026, at 09:00, Agora <{INTAKE}> wrote:\n\n"
    "{call}",
}


def _programs() -> Iterator[Case]:
    for name, head in HEADS.items():
        words = WORDS.get(name, "We have read it with care.\n\nAlice Example")
        yield position(
            f"quoted in {name}", eml(f"{words}\n\n{head}\n\n{quoted(CONSENT)}\n"), own=words
        )
    for name, page in PAGES.items():
        words = "We have read it with care."
        text = page.replace("{call}", OBJECT)
        yield position(
            f"unmarked below the head of {name}",
            eml(f"{words}\n\n{text}"),
            "object",
            reason="Thirty days are too long.",
            own=words,
        )
    yield position(
        "broken lines of the quotation",
        eml(
            f"{WROTE}\n"
            + quoted(CONSENT).replace("reservation   [ ] stand", "\n> reservation   [ ]\n> stand")
        ),
    )
    flowed = quoted(CONSENT).replace("say which text", "say \n> which text")
    yield position("format=flowed", eml(f"{WROTE}\n{flowed}", kind=f"{PLAIN}; format=flowed"))
    wrapped = base64.encodebytes(f"{WROTE}\n{quoted(CONSENT)}".encode())
    yield position("in base64", eml(wrapped, encoding="base64"))
    printable = quopri.encodestring(f"{WROTE}\n{quoted(CONSENT)}".encode())
    yield position("in quoted-printable", eml(printable, encoding="quoted-printable"))
    latin = f"Vielen Dank für alles.\n\n{WROTE}\n{quoted(CONSENT)}".encode("latin-1")
    yield position(
        "in Latin-1",
        eml(latin, kind="text/plain; charset=iso-8859-1"),
        own="Vielen Dank für alles.",
    )
    yield position("in Latin-1 that says it is UTF-8", eml(latin), own="Vielen Dank für alles.")
    yield position(
        "an encoding that nobody knows",
        eml(f"{WROTE}\n{quoted(CONSENT)}", kind="text/plain; charset=x-none"),
    )
    nbsp = mark(call(), "consent").replace("[ ]", "[\u00a0]")
    yield position("with hard blanks in the empty boxes", eml(f"{WROTE}\n{quoted(nbsp)}"))
    yield position(
        "below a signature of three lines",
        eml(
            f"{mark(block(), 'consent')}\n\n-- \nAlice Example\nExample Society\nhttps://society.example\n"
        ),
        own="",
    )
    footer = (
        "_______________________________________________\nAgora mailing list\nhttps://lists.example"
    )
    yield position(
        "with the footer of a list",
        eml(f"{THANKS}\n\n{WROTE}\n{quoted(CONSENT)}\n{footer}\n"),
        own=THANKS,
    )
    yield position(
        "text and HTML that say the same",
        parts((PLAIN, f"Hello\n\n{WROTE}\n{quoted(CONSENT)}"), (PAGE, "<p>Hello</p>")),
        own="Hello",
    )
    yield position(
        "with a calendar part",
        parts(
            (PLAIN, f"{WROTE}\n{quoted(CONSENT)}"),
            ("text/calendar; method=REQUEST", "BEGIN:VCALENDAR"),
        ),
    )
    yield position(
        "with an attachment that is left alone",
        parts(
            (PLAIN, f"{WROTE}\n{quoted(CONSENT)}"),
            ('application/pdf; name="../../../etc/passwd"', "JVBERi0="),
            kind="mixed",
        ),
    )
    yield position(
        "a list's footer as a part of its own",
        parts((PLAIN, f"{WROTE}\n{quoted(CONSENT)}"), (PLAIN, footer), kind="mixed"),
        own="",
    )
    yield position(
        "Reply-To names another address",
        eml(f"{WROTE}\n{quoted(CONSENT)}", "Reply-To: someone@else.example"),
    )
    yield position("From in capitals", eml(f"{WROTE}\n{quoted(CONSENT)}", sender=ALICE.upper()))
    yield position(
        "a name in another script",
        eml(f"{WROTE}\n{quoted(CONSENT)}", sender=f"=?utf-8?B?0JDQu9C40YHQsA==?= <{ALICE}>"),
    )


# --- what is marked -------------------------------------------------------------------------------


def _marks() -> Iterator[Case]:
    for box, stance in (
        ("consent", "consent"),
        ("stand aside", "stand-aside"),
        ("object", "object"),
        ("abstain", "abstain"),
    ):
        yield position(f"the box {box}", eml(f"{WROTE}\n{quoted(mark(call(), box))}"), stance)
    for sign in ("X", " x ", "✓", "✔", "*", "v", "yes", "Х"):
        yield position(
            f"marked by {sign}", eml(f"{WROTE}\n{quoted(mark(call(), 'consent', sign))}")
        )
    for sign in ("?", "-", "no", "o", "0"):
        yield query(
            f"marked by {sign}",
            eml(f"{WROTE}\n{quoted(mark(call(), 'consent', sign))}"),
            "unclear-mark",
        )
    reserved = with_reason(mark(call(), "consent with reservation"), "Only for two years.")
    yield position(
        "a reservation with its words",
        eml(f"{WROTE}\n{quoted(reserved)}"),
        "consent-with-reservation",
        reason="Only for two years.",
    )
    yield query(
        "a reservation without words",
        eml(f"{WROTE}\n{quoted(mark(call(), 'consent with reservation'))}"),
        "reason-missing",
    )
    yield position(
        "one text only", eml(f"{WROTE}\n{quoted(on(CONSENT, 'exa-due-02'))}"), texts=("EXA-DUE-02",)
    )
    yield position("both texts named", eml(f"{WROTE}\n{quoted(on(CONSENT, *IDS))}"), texts=IDS)
    yield query(
        "a text that is not there",
        eml(f"{WROTE}\n{quoted(on(CONSENT, 'EXA-DUE-09'))}"),
        "unknown-texts",
    )
    yield query(
        "all but one",
        eml(f"{WROTE}\n{quoted(on(CONSENT, 'all except EXA-DUE-02'))}"),
        "unknown-texts",
    )
    hint = CONSENT.replace("(or list: EXA-DUE-01, EXA-DUE-02)", "(or list: EXA-DUE-02)")
    yield query("a text written into the hint", eml(f"{WROTE}\n{quoted(hint)}"), "unknown-texts")
    long = with_reason(
        mark(call(), "object"), "Too long.\n\nA month is not a notice,\nand nobody asked us."
    )
    yield position(
        "a reason over several lines, own lines between quoted ones",
        eml(
            f"{WROTE}\n"
            + quoted(long).replace(
                "> A month is not a notice,\n> and nobody", "A month is not a notice,\nand nobody"
            )
        ),
        "object",
        reason="Too long.\n\nA month is not a notice,\nand nobody asked us.",
    )
    one = remark(CONSENT, "EXA-DUE-01: Say `within a day`.")
    yield position(
        "a comment on a text",
        eml(f"{WROTE}\n{quoted(one)}"),
        comments=(("EXA-DUE-01", "Say `within a day`."),),
    )
    two = remark(CONSENT, "EXA-DUE-01: Clear.\nEXA-DUE-02: Who is the keeper?")
    yield position(
        "comments on two texts",
        eml(f"{WROTE}\n{quoted(two)}"),
        comments=(("EXA-DUE-01", "Clear."), ("EXA-DUE-02", "Who is the keeper?")),
    )
    twice = remark(CONSENT, "EXA-DUE-01: Clear.\nComment on a provision: EXA-DUE-02: Who is it?")
    yield position(
        "the line of a comment written twice",
        eml(f"{WROTE}\n{quoted(twice)}"),
        comments=(("EXA-DUE-01", "Clear."), ("EXA-DUE-02", "Who is it?")),
    )
    some = remark(CONSENT, "It reads well.")
    yield position(
        "a comment on no text",
        eml(f"{WROTE}\n{quoted(some)}"),
        comments=((None, "It reads well."),),
    )
    cut = CONSENT[: CONSENT.index("Applies to")] + "\n".join(
        ["Applies to: all provisions", "", "Kind regards"]
    )
    yield position("the end of the block cut off", eml(f"{WROTE}\n{quoted(cut)}"))
    yield query("two boxes", eml(f"{WROTE}\n{quoted(mark(CONSENT, 'object'))}"), "two-boxes")
    yield query(
        "two blocks that differ",
        eml(f"{mark(block(), 'object')}\n\n{mark(block(), 'consent')}"),
        "two-boxes",
    )
    other = mark(block(1, "z9y8-x7w6", "2026-004"), "consent")
    yield query(
        "ballots on two proposals in one mail",
        eml(f"{mark(block(), 'consent')}\n\n{other}"),
        "two-ballots",
    )
    yield query(
        "no box", eml(f"Best wishes\n\n{WROTE}\n{quoted(call())}"), "no-box", own="Best wishes"
    )
    yield query("sent back as it came", eml(f"{WROTE}\n{quoted(call())}"), "no-box", own="")
    beside = CONSENT.replace("[x] consent ", "[x] consent, if the term is fourteen days ")
    yield query("a condition beside the box", eml(f"{WROTE}\n{quoted(beside)}"), "words-beside")
    nameless = CONSENT.replace("Proposal 2026-003 revision 2, code k7f3-9q2m\n", "")
    yield query("the line with the code is gone", eml(f"{WROTE}\n{quoted(nameless)}"), "no-code")
    yield query(
        "a code that nobody gave", eml(mark(block(2, "aaaa-bbbb"), "consent")), "unknown-code"
    )
    yield query(
        "the code of another proposal", eml(mark(block(2, "z9y8-x7w6"), "consent")), "wrong-code"
    )
    yield query("the number of another revision", eml(mark(block(1), "consent")), "wrong-code")
    yield query(
        "the ballot of the revision before",
        eml(mark(block(1, "a1b2-c3d4"), "consent")),
        "old-revision",
    )


# --- whose mark it is -----------------------------------------------------------------------------


def _hands() -> Iterator[Case]:
    yield query(
        "another member's answer quoted",
        eml(f"+1\n\n{BY_BOB}\n{quoted(mark(block(), 'consent'))}"),
        "quoted-other",
        own="+1",
    )
    yield query(
        "another member's answer, quoted with the call in it",
        eml(
            f"We say the same as Bob.\n\n{BY_BOB}\n> We consent.\n>\n> {WROTE}\n"
            f"{quoted(CONSENT, '> > ')}"
        ),
        "quoted-only",
        own="We say the same as Bob.",
    )
    yield query(
        "another member's whole mail without marks",
        eml(f"See below.\n\n{BY_BOB}\n\n{CONSENT}"),
        "quoted-other",
    )
    yield query(
        "an answer below two heads of Outlook",
        eml(
            "Same here.\n\nFrom: Bob Example\nSent: Monday\nTo: all\nSubject: x\n\n"
            f"Our answer.\n\n{OUTLOOK}\n{CONSENT}"
        ),
        "quoted-only",
        own="Same here.",
    )
    stranger = "Mallory <mallory@else.example>"
    yield query(
        "a copy of our mail that a stranger marked and sent, answered in other words",
        eml(
            "Please send me no more mails.\n\n"
            f"On Mon, 1 Jun 2026 at 09:00, {stranger} wrote:\n{quoted(CONSENT)}"
        ),
        "quoted-other",
    )
    yield query(
        "the same from a stranger who names us beside themselves",
        eml(
            f"Why this?\n\nOn Mon, 1 Jun 2026 at 09:00, Agora {INTAKE} <mallory@else.example> "
            f"wrote:\n{quoted(CONSENT)}"
        ),
        "quoted-other",
    )
    yield query(
        "the same from a stranger who wrote to us, too",
        eml(
            f"Why this?\n\nFrom: {stranger}\nSent: Monday, 1 June 2026 09:00\nTo: {INTAKE}\n"
            f"Subject: x\n\n{CONSENT}"
        ),
        "quoted-other",
    )
    yield position(
        "from a mail of a coordinator that went to us and to others",
        eml(
            f"From: Carol Example <{CAROL}>\nSent: Monday, 1 June 2026 09:00\n"
            f"To: all@lists.example; {ALICE}\nSubject: x\n\n{CONSENT}"
        ),
    )
    own = f"On Mon, 1 Jun 2026 at 11:00, Alice Example <{ALICE}> wrote:"
    yield query(
        "the sender's own earlier answer",
        eml(f"Did it reach you?\n\n{own}\n{quoted(CONSENT)}"),
        "marked-before",
    )
    yield query(
        "the receipt answered, with the old ballot far below",
        eml(
            f"Received, thank you.\n\n{BY_CAROL}\n> Your receipt is attached.\n>\n"
            f"> {own}\n{quoted(CONSENT, '>> ')}"
        ),
        "quoted-only",
    )
    yield query(
        "the same thread as an answer that was taken in",
        eml(f"{WROTE}\n{quoted(CONSENT)}", f"In-Reply-To: {FIRST_BALLOT}"),
        "marked-before",
    )
    yield query(
        "passed on",
        eml(
            f"FYI\n\n---------- Forwarded message ---------\n{OUTLOOK}\n{CONSENT}",
            subject="Fwd: [2026-003 r2] Notice",
        ),
        "forwarded",
        own="FYI",
    )
    yield query(
        "passed on in German",
        eml(f"Zur Kenntnis\n\n{OUTLOOK}\n{CONSENT}", subject="WG: [2026-003 r2] Notice"),
        "forwarded",
    )
    yield query(
        "the old ballot quoted and marked",
        eml(f"{WROTE}\n{quoted(mark(call(1, 'a1b2-c3d4'), 'consent'))}"),
        "old-revision",
    )
    yield position(
        "a new mark above an old ballot far below",
        eml(
            f"{mark(block(), 'object')}\n\n{BY_CAROL}\n> Please look again.\n> {own}\n"
            f"{quoted(mark(call(1, 'a1b2-c3d4'), 'consent'), '>> ')}"
        ),
        "object",
    )
    yield query(
        "a sender whom nobody knows",
        eml(mark(block(), "consent"), sender="dan@nowhere.example"),
        "unknown-sender",
    )
    yield query(
        "a known address in the name only",
        eml(mark(block(), "consent"), sender=f'"{ALICE}" <mallory@evil.example>'),
        "unknown-sender",
    )
    yield query(
        "two addresses in From",
        eml(mark(block(), "consent"), sender=f"{ALICE}, {BOB}"),
        "two-senders",
    )
    yield query("two lines of From", eml(mark(block(), "consent"), f"From: {BOB}"), "two-senders")
    yield query(
        "the same From twice", eml(mark(block(), "consent"), f"From: {ALICE}"), "two-senders"
    )
    yield query("no From", eml(mark(block(), "consent"), sender=""), "no-sender")
    yield query(
        "an address that two members share",
        eml(mark(block(), "consent"), sender="office@shared.example"),
        "several-members",
    )
    yield query(
        "a mark for somebody else",
        eml(f"On behalf of Bob's library I send this.\n\n{mark(block(), 'consent')}"),
        "on-behalf",
    )
    yield query(
        "words against, and the box for",
        eml(f"We cannot support the second text.\n\n{mark(block(), 'consent')}"),
        "contradiction",
    )
    yield query(
        "a condition above the box",
        eml(f"We consent if the term is fourteen days.\n\n{mark(block(), 'consent')}"),
        "conditional",
    )
    yield position(
        "kind words above an objection",
        eml(f"We support the aim.\n\n{mark(block(), 'object')}"),
        "object",
    )
    objects = mark(call(), "object").replace("\n", "<br>")
    page = f"<p>Hello</p><blockquote>{objects}</blockquote>"
    yield query(
        "the page shows another mark than the text",
        parts((PLAIN, f"{WROTE}\n{quoted(CONSENT)}"), (PAGE, page)),
        "html-differs",
    )
    inner = f"From: Bob Example <{BOB}>\r\nSubject: x\r\n\r\n{mark(block(), 'consent')}"
    yield query(
        "a mail within the mail",
        parts((PLAIN, "Yes."), ("message/rfc822", inner), kind="mixed"),
        "prose",
        own="Yes.",
    )


# --- no mark --------------------------------------------------------------------------------------

PROSE = {
    "support": "We support this proposal.",
    "agreement": "I agree with the text as it stands.",
    "a bare yes": "Yes.",
    "a bare yes in German": "Ja, gerne!",
    "plus one": "+1",
    "praise": "I am in favour of this, it is wonderful work.",
    "agreement, denied twice": "We do not object to any of it.",
    "no objection": "No objections from our side.",
    "unhappy": "We are not happy with the second text.",
    "against": "I object to the second text because nobody asked us.",
    "a vote": "Example Society would like to say: we vote yes.",
    "looks good": "Looks good to me, thanks for all of it.",
}


def _without_marks() -> Iterator[Case]:
    for name, words in PROSE.items():
        yield query(
            f"prose: {name}",
            eml(f"{words}\n\n{WROTE}\n{quoted(call())}"),
            "no-box" if name.startswith("a bare") else "prose",
            own=words,
        )
    yield query(
        "a condition in prose",
        eml("We agree, provided that the term is fourteen days."),
        "conditional",
    )
    yield query(
        "in the name of another",
        eml("I write on behalf of the library, which supports this."),
        "on-behalf",
    )
    comment = "The second text should say who the keeper is, since two of them are named."
    yield free(
        "a comment that names nothing", eml(f"Dear all,\n\n{comment}"), f"Dear all,\n\n{comment}"
    )
    yield free(
        "a comment over the quoted call", eml(f"{comment}\n\n{WROTE}\n{quoted(call())}"), comment
    )
    yield free(
        "a comment on another list",
        eml(comment, subject="Something else", sender="dan@nowhere.example"),
    )
    named = f"Proposal 2026-003 revision 2, code k7f3-9q2m:\n\n{comment}"
    yield free("a comment that names proposal and code", eml(named), named)
    yield free("a question", eml("Is there a revised draft of the second text already?"))
    yield free(
        "a file that is there",
        parts(
            (PLAIN, "Our comments are attached, as you asked."),
            ("application/pdf", "JVBERi0="),
            kind="mixed",
        ),
    )
    yield query(
        "see attachment, and there is none",
        eml("Please find our answer attached."),
        "no-attachment",
    )
    yield query(
        "the same in German",
        eml("Unsere Antwort finden Sie im Anhang dieser Mail."),
        "no-attachment",
    )
    yield query("nothing at all", eml(""), "empty")
    yield query("a file without a byte", b"", "empty")
    yield query("a signature alone", eml("-- \nAlice Example\n"), "empty")
    between = (
        f"<p>The second text is unclear to all of us here.</p><blockquote>{LONG}</blockquote>"
        "<p>And the first is too long by half.</p><blockquote>x</blockquote>"
    )
    own = "The second text is unclear to all of us here.\n\nAnd the first is too long by half."
    yield query(
        "text between quotations in HTML alone", parts((PAGE, between)), "html-only", own=own
    )
    yield query(
        "a marked block in HTML alone, struck through",
        eml(f"<s>{mark(block(), 'consent').replace(chr(10), '<br>')}</s>", kind=PAGE),
        "html-only",
    )
    yield query(
        "a page of HTML without words",
        eml("<img src='http://tracker.example/x.png'>", kind=PAGE),
        "empty",
    )
    yield query("huge", eml("x" * 5_000_001), "huge")
    yield query(
        "broken: no part in it",
        eml("no boundary here", kind='multipart/mixed; boundary="cut"'),
        "broken",
    )
    deep = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(300)
    )
    yield query(
        "parts within parts, three hundred deep",
        eml(f"--b\r\n{deep}", kind='multipart/mixed; boundary="b"'),
        "broken",
    )
    yield query(
        "ten thousand parts",
        eml("--cut\r\n\r\nx\r\n" * 10_000, kind='multipart/mixed; boundary="cut"'),
        "broken",
    )
    yield query("no head, only words", b"I consent to 2026-003 k7f3-9q2m\n", "broken")
    yield query("a head without end", b"From: a@b.example\nX: " + b"x" * 300_000, "huge")
    yield query("only zero bytes", b"\0" * 500, "broken")
    yield Case(
        "an answer out of the office",
        eml("I am away until Monday. I consent.", "Auto-Submitted: auto-replied"),
        "automatic",
    )
    report = eml("--cut\r\n\r\nNot delivered.\r\n--cut--", kind='multipart/report; boundary="cut"')
    yield Case("a mail that came back", report, "automatic")
    yield Case(
        "a calendar's answer",
        parts((PLAIN, "Alice has accepted."), ("text/calendar; method=REPLY", "BEGIN:VCALENDAR")),
        "automatic",
    )


CASES = tuple(
    case for several in (_places, _programs, _marks, _hands, _without_marks) for case in several()
)
