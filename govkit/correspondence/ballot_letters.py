"""What is written back to who sent a ballot: a query with the boxes again, or a receipt.

Drafted as files of mail that a coordinator opens and sends. They go to the address on record, or to
the one that the mail came from; never to another one that it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from govkit.correspondence.ballots import BallotReading, BallotRevision
from govkit.correspondence.mail import Lines, Mail, reply_block
from govkit.languages.catalogue import Messages
from govkit.source.mail import MailText

_MOST = 1_200
"""Characters of somebody's own words that a letter quotes."""


def query_letter(said: Messages, reading: BallotReading, name: str, title: str) -> Mail:
    """Return the mail that asks what was meant, with the sender's words and the ballot again."""
    assert reading.doubt is not None
    lines, form = Lines(), reading.form
    if reading.member is not None:
        lines.say(said.say("letters.to", name=name))
    lines.say(said["ballots.thanks"])
    if reading.own.strip():
        lines.say(said["ballots.you-wrote"])
        _quote(lines, said, reading.own)
    lines.say(said.group("ballots.doubts")[reading.doubt])
    lines.say(said["ballots.not-counted"])
    if form is None:
        lines.say(said["ballots.no-proposal"])
    else:
        sentence = said.say("mails.consent-sentence", id=form.proposal, code=form.code)
        lines.say(
            said.say("ballots.how", number=form.revision, id=form.proposal, sentence=sentence)
        )
    lines.say(said["ballots.nothing-to-do"])
    if form is not None:
        lines.say(said["mails.public"])
        lines.lines += reply_block(said, form.proposal, form.revision, form.code, form.ids)
    return Mail(_subject(form, title, said["ballots.subjects.query"]), str(lines))


def receipt_letter(
    said: Messages, reading: BallotReading, name: str, title: str, receipt: Sequence[str]
) -> Mail:
    """Return the mail with which a member can show that a position was taken in."""
    lines = Lines()
    lines.say(said.say("letters.to", name=name))
    lines.say(said["ballots.taken-in"])
    lines.keep(receipt)
    lines.say(said["receipts.proves"])
    lines.say(said["receipts.to-check"])
    if reading.comments:
        lines.say(said["ballots.comments-kept"])
        for each in reading.comments:
            lines.say(f"{each.unit}: {each.words}" if each.unit else each.words, "    ")
    if reading.stance == "object" and not reading.reason:
        lines.say(said["ballots.reason-asked"])
    return Mail(_subject(reading.form, title, said["ballots.subjects.receipt"]), str(lines))


def _subject(form: BallotRevision | None, title: str, what: str) -> str:
    if form is None:
        return what
    return f"[{form.proposal} r{form.revision}] {title}: {what}"


def _quote(lines: Lines, said: Messages, words: str) -> None:
    shown = words if len(words) <= _MOST else words[:_MOST].rpartition(" ")[0]
    for paragraph in filter(str.strip, shown.split("\n\n")):
        lines.close(paragraph, "    ")
        lines.lines.append("")
    if shown != words:
        lines.say(said["ballots.shortened"], "    ")


# --- as a file ------------------------------------------------------------------------------------


_LINE_END = "\r\n"
_SUBJECT = "subject"
BETWEEN_LETTERS = b"\r\n" + b"-" * 72 + b"\r\n\r\n"
"""What stands in a draft between one letter and the next."""


def file_name(member: str | None, address: str) -> str:
    """Return the name of the file for one person; nothing that a mail says becomes part of it."""
    return f"{member or 'sender-' + sha256(address.encode()).hexdigest()[:12]}.eml"


def as_eml(
    mails: Sequence[Mail],
    to: str,
    answered: MailText | None = None,
    sender: str = "",
    html: str = "",
    attached: tuple[str, bytes] | None = None,
) -> bytes:
    """Return mails to one person as one file that mail programs open as a draft.

    It has no date and no Message-ID: whoever sends it gives it both. `sender` is the coalition's
    own address, if it has one. `html` is the same as a page, `attached` a PDF or a text with
    its name. The same mail is the same bytes.
    """
    draft = EmailMessage(policy=SMTP.clone(cte_type="8bit"))
    draft["To"] = to
    if sender:
        draft["From"] = sender
    draft["Subject"] = _SUBJECT
    if answered is not None and answered.message_id:
        draft["In-Reply-To"] = answered.message_id
        draft["References"] = answered.message_id
    draft["X-Unsent"] = "1"
    between = BETWEEN_LETTERS.decode().replace("\r\n", "\n")
    body = between.join(each.body for each in mails)
    draft.set_content(body, cte="7bit" if body.isascii() else "8bit")
    if html:
        draft.add_alternative(html, subtype="html", cte="quoted-printable")
    if attached is not None:
        name, data = attached
        # In base64 a text stays as it is, too: no mailer wraps its lines.
        if name.endswith(".txt"):
            in_utf8 = {"charset": "utf-8"}
            draft.add_attachment(
                data, maintype="text", subtype="plain", filename=name, params=in_utf8
            )
        else:
            draft.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    if draft.is_multipart():
        # Else they are made by chance.
        mark = sha256(f"{to}\n{body}\n{html}".encode()).hexdigest()[:24]
        for at, part in enumerate(draft.walk()):
            if part.is_multipart():
                part.set_boundary(f"=_{mark}_{at}")
    subject = " ".join(mails[0].subject.split())
    # The new mails of Python lose spaces between the words of a long subject that it has to encode.
    written = Header(subject, None if subject.isascii() else "utf-8", header_name="Subject")
    head = f"\r\nSubject: {written.encode(linesep=_LINE_END)}".encode()
    return draft.as_bytes().replace(f"\r\nSubject: {_SUBJECT}".encode(), head, 1)
