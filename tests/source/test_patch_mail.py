"""The mail of a patch: whoever sends it, it is one that any mail server takes."""

import datetime

import pytest

from govkit.errors import WrongUse
from govkit.records.patches import Patch
from govkit.source.patch_mail import PatchLetter, mail_with_patch, patch_in

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
FILE = {"path": "provisions/x.yaml", "before": None, "after": "é\u2028x\n.\nFrom x\n"}
PATCH = Patch.model_validate(
    {
        "version": 1,
        "coalition": "example",
        "commit": "0" * 40,
        "release": None,
        "message": "x",
        "files": [FILE],
    }
)


def letter(sender: str, *to: str, subject: str = "A change") -> PatchLetter:
    return PatchLetter(
        sender, to, subject, "x", ".\nFrom me\n" + "w" * 2_000, b"<p>\xc3\xa9", b"%PDF"
    )


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Ana Silva <ana@example.org>", "Ana Silva"),
        ("O'Brien, Jr., Pat <pat@example.org>", "O'Brien, Jr., Pat"),
        ("李 明 <li@example.org>", "李 明"),
        ('Ana "the lawyer" Silva <ana@example.org>', "Ana the lawyer Silva"),
    ],
)
def test_a_mail_comes_back_as_it_was_written(sender: str, name: str) -> None:
    made = mail_with_patch(letter(sender, "a@b.org", subject="Ünï " * 60), PATCH, NOON)
    assert made.isascii()
    assert max(map(len, made.split(b"\r\n"))) <= 78
    received = patch_in(made)
    assert received is not None
    assert received == (PATCH, name)


@pytest.mark.parametrize(
    "address",
    ["", "ana", "a b@example.org", "ana@exämple.org", "a@b.org\nBcc: c@d.org", "a@b, c@d"],
)
def test_no_mail_goes_from_or_to_what_is_no_address(address: str) -> None:
    for asked in (letter(f"Ana <{address}>"), letter("Ana <ana@example.org>", address)):
        with pytest.raises(WrongUse, match="is no address for a mail"):
            mail_with_patch(asked, PATCH, NOON)
