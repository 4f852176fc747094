"""How SSH writes keys and signatures: fields, each four bytes of length and its bytes."""

from __future__ import annotations


def fields_of(data: bytes) -> list[bytes] | None:
    """Return the fields of some bytes; None where they do not end with a field's end."""
    found, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if at + 4 + length > len(data):
            return None
        found.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def in_fields(*fields: bytes) -> bytes:
    """Return fields as SSH writes them, one behind the other."""
    return b"".join(len(field).to_bytes(4, "big") + field for field in fields)


def positive(field: bytes) -> int | None:
    """Return the number above zero in a field; None where it is not in its shortest form."""
    if not field or field[0] >= 0x80 or (field[0] == 0 and (len(field) == 1 or field[1] < 0x80)):
        return None
    return int.from_bytes(field, "big")
