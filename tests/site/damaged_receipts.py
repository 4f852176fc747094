"""Receipts and PDFs, whole and damaged, and what has to be said of each."""

from __future__ import annotations

import base64
import dataclasses
import io
import json
import re
from collections.abc import Callable, Mapping

from pypdf import PdfWriter
from pypdf.generic import NameObject

from govkit.corpus.text_digests import canonical_json
from govkit.correspondence.receipts import receipt_in, receipt_text
from govkit.workspace.releases.gathering import corpus_of_files
from tests import packed
from tests.release.verifying.scene import A
from tests.seals import seal

from .damaged_releases import BOMB, FAILS, GENESIS, HOLDS, POSITION, UNKNOWN

Turn = Callable[[bytes], bytes]
NUMBER, ANOTHER = 18, 14
"""The entries of two positions."""
HEAD = "governance/log/heads/000025.yaml"
COPY = "governance/proposals/2026-001/rev-1/after/AGP-NTC-01.yaml"


def words(old: str, new: str) -> Turn:
    """Other words in the text of a receipt."""

    def turn(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), 1)

    return turn


def inside(path: str, old: str, new: str) -> Turn:
    """Other words in a record of it, and all of it written anew, so that its lines agree."""

    def turn(data: bytes) -> bytes:
        receipt = receipt_in(data.decode())
        assert old in receipt.files[path], (path, old)
        files = dict(receipt.files) | {path: receipt.files[path].replace(old, new, 1)}
        made = dataclasses.replace(receipt, files=files)
        corpus = corpus_of_files({each: text.encode() for each, text in files.items()})
        return receipt_text(made, corpus).encode()

    return turn


def sealed_by(name: str) -> Turn:
    """A receipt whose head has a seal by another key."""

    def turn(data: bytes) -> bytes:
        text = receipt_in(data.decode()).files[HEAD]
        old = text.partition("signature: >-\n      ")[2].strip()
        checkpoint = "".join(
            f"{line.strip()}\n" for line in text.split("checkpoint: |\n")[1].split("\n")[:3]
        )
        return inside(HEAD, old, seal(name, checkpoint, "head@govkit")["signature"])(data)

    return turn


def with_extra(turn_value: Callable[[dict[str, object]], object]) -> Turn:
    """A receipt with another value behind `extra`."""

    def turn(data: bytes) -> bytes:
        before, _, rest = data.partition(b"extra ")
        packed_value, _, proof = rest.partition(b"\n")
        made = json.dumps(turn_value(json.loads(base64.b64decode(packed_value)))).encode()
        return before + b"extra " + base64.b64encode(made) + b"\n" + proof

    return turn


def alone(path: str, old: str, new: str) -> Turn:
    """Other words in a record of it, and no other letter anywhere."""

    def turn(data: bytes) -> bytes:
        before, _, rest = data.partition(b"extra ")
        packed_value, _, proof = rest.partition(b"\n")
        value = json.loads(base64.b64decode(packed_value))
        assert old in value["files"][path], (path, old)
        value["files"][path] = value["files"][path].replace(old, new, 1)
        made = canonical_json(value)
        return before + b"extra " + base64.b64encode(made) + b"\n" + proof

    return turn


def nested(depth: int) -> Turn:
    """A receipt with nothing but brackets behind `extra`."""
    brackets = b"[" * depth + b"]" * depth

    def turn(data: bytes) -> bytes:
        before, _, rest = data.partition(b"extra ")
        return before + b"extra " + base64.b64encode(brackets) + b"\n" + rest.partition(b"\n")[2]

    return turn


def proof_of_another(data: bytes) -> bytes:
    """Return a receipt with the hashes in another order."""
    receipt = receipt_in(data.decode())
    own = receipt.proofs[NUMBER]
    turned = own._replace(hashes=tuple(reversed(own.hashes)))
    made = dataclasses.replace(receipt, proofs={**receipt.proofs, NUMBER: turned})
    corpus = corpus_of_files({each: text.encode() for each, text in receipt.files.items()})
    return receipt_text(made, corpus).encode()


RECEIPTS: Mapping[str, tuple[Turn, str]] = {
    "as it was sent": (lambda data: data, HOLDS),
    "it objects": (words("c-example consents.", "c-example objects."), FAILS),
    "another moment": (words("Received: 2026-03-18", "Received: 2026-03-17"), FAILS),
    "a word of a text": (words("free of charge", "for a charge"), FAILS),
    "a line of a text gone": (
        words("    (c) The platform must not mix the notice with advertising.\n", ""),
        FAILS,
    ),
    "how it stood": (words("It counts.", "It does not count."), FAILS),
    "another way to withdraw": (words("tell any coordinator", "tell nobody"), FAILS),
    "a space at the end of a line": (
        words("c-example consents.\n", "c-example consents. \n"),
        FAILS,
    ),
    "another index": (words("\nindex 17\n", "\nindex 16\n"), FAILS),
    "another name below the head": (words("\u2014 a-example ", "\u2014 c-example "), FAILS),
    "a line more": (lambda data: data + b"More.\n", FAILS),
    "its last line cut": (lambda data: data[:-40], FAILS),
    "its end cut": (lambda data: data[:-1], FAILS),
    "inside: a position turned": (inside(POSITION, "position: consent", "position: object"), FAILS),
    "inside: a word of a text": (inside(COPY, "with advertising", "with warnings"), FAILS),
    "inside: a founding of one": (inside(GENESIS, "threshold: 2", "threshold: 1"), FAILS),
    "inside: another root": (inside(HEAD, "  25\n", "  26\n"), FAILS),
    "inside: sealed by a stranger": (sealed_by("a stranger"), FAILS),
    "inside: the seal of another": (inside(HEAD, f"by: {A}", "by: b-example"), FAILS),
    "a proof that leads elsewhere": (proof_of_another, FAILS),
    "other records behind the same words": (
        with_extra(lambda value: {**value, "standing": ["It is void."]}),
        FAILS,
    ),
    "no records": (with_extra(lambda value: {**value, "files": {}}), UNKNOWN),
    "no proofs": (with_extra(lambda value: {**value, "proofs": {}}), UNKNOWN),
    "a number instead": (with_extra(lambda _: 7), UNKNOWN),
    "another entry": (with_extra(lambda value: {**value, "seq": 99}), UNKNOWN),
    "nested a little": (nested(20), UNKNOWN),
    "nested too deep": (nested(100_000), UNKNOWN),
    "other ends of lines": (lambda data: data.replace(b"\n", b"\r\n"), UNKNOWN),
    "a greeting before it": (lambda data: b"Dear all,\n" + data, UNKNOWN),
    "without its proof": (lambda data: data.partition(b"-----")[0], UNKNOWN),
    "not UTF-8": (lambda data: data.replace(b"Coalition", b"\xff\xfe", 1), UNKNOWN),
    "huge": (lambda data: data + b"x" * (8 << 20), UNKNOWN),
    "empty": (lambda _: b"", UNKNOWN),
    "another file": (lambda _: BOMB, UNKNOWN),
}

A_RECORD = 9
"""The entry of a member, whose record the receipt shows as a file."""
REMARK = words("  state: enrolled", "  state: enrolled # no")
WRITTEN_OTHERWISE: Mapping[str, Turn] = {
    "a remark in a record": words("  name: A. Ex", "  # Expelled.\n  name: A. Ex"),
    "needless quotes": words("  state: enrolled", "  state: 'enrolled'"),
    "a remark behind a line": REMARK,
    "a key in quotes": words("  state: enrolled", '  "state": enrolled'),
    "a table between braces": lambda data: re.sub(
        rb"(?m)^    - group: (\S+)\n      since: (\S+)$",
        rb"    - {group: \1, since: \2}",
        data,
        count=1,
    ),
    "a list at the margin of its key": lambda data: re.sub(
        rb"(?m)^  terms:\n    - ", b"  terms:\n  - ", data, count=1
    ),
    "an empty line": words("  state: enrolled\n", "  state: enrolled\n\n"),
    "a paragraph with other ends of lines": words(
        "Society, and is one of\n    ", "Society, and is\n    one of "
    ),
}
"""A record that says the same in lines that the command does not write."""

BEYOND_THE_PAGE: Mapping[str, Turn] = {
    "a key that no text has": alone(COPY, "guidance: |", "guidanze: |"),
    "a key of a source that nobody knows": alone(COPY, "verified: {by: c", "verifiet: {by: c"),
    "a status that there is not": alone(COPY, "status: draft", "status: dreft"),
    "a day that there is not": alone(COPY, "on: 2026-01-26", "on: 2026-02-30"),
    "an editor who is no name": alone(COPY, "relations:\n", "editors: [A B]\nrelations:\n"),
    "a title of two lines": alone(
        COPY, "title: Notice of", "summary: |\n  a\n  b\ntitle: Notice of"
    ),
    "a clause with another word for a party": alone(
        COPY,
        "    text: The platform must not mix",
        "    guidance: {a: b}\n    text: The platform must not mix",
    ),
}
"""Turns of what no digest covers in a copied text. The command can't read the text then, and fails;
the page says that it can't tell."""


# --- PDFs -----------------------------------------------------------------------------------------


def pdf_with(*manifests: bytes, packed_manifest: bytes = b"", password: str = "") -> bytes:
    """Return a PDF of one page with these manifests attached."""
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    for manifest in manifests:
        writer.add_attachment("manifest.yaml", manifest)
    if packed_manifest:
        stream = writer.add_attachment("manifest.yaml", b"words")._embedded_file
        stream._data = packed_manifest
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """Return a PDF whose manifest has a quarter of a gigabyte, packed in as many kilobytes."""
    return pdf_with(packed_manifest=packed.zeros(1 << 28))
