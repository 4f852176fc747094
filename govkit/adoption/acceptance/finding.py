"""What one user said to which version of the terms, and which version they have accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govkit.adoption.acceptance.lines import ReadLine, read_line


def acts_of(lines: Iterable[bytes], user: bytes) -> list[ReadLine]:
    """Return what the lines of a log say of a user, by the begin of the pseudonym, in order."""
    sign = b'"user":"' + user
    found = []
    for line in lines:
        if sign in line:
            read = read_line(line.removesuffix(b"\n"))
            if read is not None and read.user.startswith(user):
                found.append(read)
    return found


def standing(acts: Sequence[ReadLine]) -> ReadLine | None:
    """Return the act by which the version that stands was accepted; None where none does.

    A refusal or a question leaves the former version as it is; who withdraws from a version has
    the one before it again.
    """
    accepted: list[ReadLine] = []
    for each in acts:
        if each.act == b"agreed":
            accepted = [other for other in accepted if other.text != each.text]
            accepted.append(each)
        elif each.act == b"withdrew":
            accepted = [other for other in accepted if other.text != each.text]
    return accepted[-1] if accepted else None
