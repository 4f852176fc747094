"""Mails that answer the proposal of `coalition_with_proposal`. All of it is invented."""

from __future__ import annotations

from pathlib import Path

from govkit.correspondence.mail import reply_block
from govkit.languages.catalogue import messages
from tests.ballots.messages import eml, mark, quoted

INTAKE = "comments@example.org"
IDS = ("EXA-DUE-01", "EXA-DUE-02", "EXA-PRV-01")
SOCIETY, INSTITUTE, OTHER = "s@society.example", "i@institute.example", "o@other.example"
ADDRESSES = f"example-society,{SOCIETY}\nexample-institute,{INSTITUTE}\nother-society,{OTHER}\n"
OURS = "Received: from out.example by lists.example.org; Thu, 12 Mar 2026 10:00:05 +0000"


def with_addresses(folder: Path) -> Path:
    """Give a folder its private one, with an address on record for each member."""
    private = folder.parent / f"{folder.name}-private"
    private.mkdir(mode=0o700)
    (private / "addresses.csv").write_text(ADDRESSES)
    return private


def block(revision: int = 2) -> str:
    return "\n".join(reply_block(messages("en"), "2026-003", revision, f"k7f3-9q2{revision}", IDS))


def answer(sender: str, box: str, *, revision: int = 2, number: int = 1, above: str = "") -> bytes:
    """A marked ballot that our host received, in the mail that the answer quotes."""
    text = quoted(mark(block(revision), box))
    words = f"{above}\n\nOn Wed, 11 Mar 2026 at 09:00, Agora <{INTAKE}> wrote:\n{text}\n"
    raw = eml(words, sender=sender, subject="Re: [2026-003 r2] Earlier notice")
    return f"{OURS}\r\n".encode() + raw.replace(b"<one@", f"<{number}@".encode())


def words(sender: str, text: str, number: int = 9) -> bytes:
    """A mail without a ballot."""
    raw = eml(text, sender=sender, subject="[2026-003] our view")
    return f"{OURS}\r\n".encode() + raw.replace(b"<one@", f"<{number}@".encode())
