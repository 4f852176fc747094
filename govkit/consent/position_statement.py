"""The statement: what a member signs. Not YAML, but lines that a lawyer can read.

Rendered from the record alone, the same each time; how the file is written makes no difference. It
is read back strictly: what can't be written again byte for byte is no statement (decision 40).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from pydantic import ValidationError

from govkit.corpus.record_digests import plain_text
from govkit.records.enumerations import Stance
from govkit.records.positions import Position
from govkit.round.docket import Docket
from govkit.source.record_bytes import instant_text

FORMAT = "govkit consent statement 2"
OF_CONSENTS = "consent@govkit"
"""The purpose that a member's signature is made for."""

SAYS: dict[Stance, str] = {
    "consent": "I consent to these words.",
    "consent-with-reservation": "I consent to these words, with a reservation.",
    "stand-aside": "I stand aside: I do not consent, and I do not stand in the way.",
    "object": "I object to these words.",
    "abstain": "I abstain.",
    "withdraw": "I withdraw what I said about these words.",
}
CONFIRMS = "I confirm that my earlier objection is withdrawn."
CORRECTS = "This is in the place of what was written down wrongly: "
REASON = "Reason:"
WITHHELD = "The reason is not published. Its digest: "
WORDS = "The words, before and after:"
NOT_ADOPTED = "nothing: it was never adopted"
TAKEN_OUT = "nothing: it is withdrawn"
FORMING = "none: the coalition is not founded yet"
NOT_SEEN = "none"
PRINTED = {
    (True, True): "my name and my reason",
    (True, False): "my name, and not my reason",
    (False, True): "my reason, and not my name",
    (False, False): "neither my name nor my reason",
}
"""What may be printed: the name, the reason."""


class StatementBasis(NamedTuple):
    """What a statement is bound to, so that it is useless anywhere else.

    `root` is the fingerprint of the founding, None while the coalition is forming; `change` the
    digest of what the revision changes.
    """

    coalition: str
    root: str | None
    proposal: str
    change: str


class Statement(NamedTuple):
    """A statement as it was read: the position that it gives, and what it is bound to."""

    position: Position
    basis: StatementBasis


class StatementFault(Exception):
    """Words that are no statement; the message is a sentence with the way out."""


def bases_of(docket: Docket, number: int) -> tuple[StatementBasis, ...]:
    """Return what statements about a revision are bound to, that of today first."""
    coalition, change = docket.charter.id, docket.revisions[number - 1].record.change
    return tuple(
        StatementBasis(coalition, root, docket.proposal.id, change)
        for root in docket.roots or (None,)
    )


def statement_of(position: Position, basis: StatementBasis) -> str:
    """Return the statement of a position, in lines that end with a line feed."""
    return "\n".join(_lines(position, basis)) + "\n"


def statement_digest(statement: str) -> str:
    """Return `sha256:` and the digest of a statement's bytes."""
    return "sha256:" + hashlib.sha256(statement.encode()).hexdigest()


def _lines(position: Position, basis: StatementBasis) -> Iterator[str]:
    head = position.head
    yield FORMAT
    yield ""
    yield f"Coalition: {basis.coalition}"
    yield f"Root fingerprint: {basis.root or FORMING}"
    yield f"Proposal: {basis.proposal}, revision {position.revision}"
    yield f"Change: {basis.change}"
    yield f"Newest log entry seen: {f'{head.seq}, {head.digest}' if head else NOT_SEEN}"
    yield f"Member: {position.member}"
    yield f"Spoken by: {position.cast_by}, as {position.capacity}"
    yield f"May be printed: {PRINTED[position.publish.name, position.publish.reason]}"
    if position.claimed_at is not None:
        yield f"Said at: {instant_text(position.claimed_at)}"
    yield ""
    yield SAYS[position.position]
    if position.confirms_withdrawal:
        yield CONFIRMS
    if position.corrects is not None:
        yield f"{CORRECTS}{position.corrects}"
    yield from _reason(position)
    yield ""
    yield WORDS
    for pair in sorted(position.units, key=lambda each: (each.id, each.before or "")):
        yield f"  {pair.id}"
        yield f"    before {pair.before or NOT_ADOPTED}"
        yield f"    after  {pair.after or TAKEN_OUT}"


def _reason(position: Position) -> Iterator[str]:
    if position.reason is not None:
        yield ""
        yield REASON
        # Each line is set in, so that no reason can look like a line of the statement.
        for line in plain_text(position.reason).split("\n"):
            yield f"  {line}".rstrip()
    if position.reason_withheld is not None:
        yield ""
        yield f"{WITHHELD}{position.reason_withheld}"


# --- read back ------------------------------------------------------------------------------------

_AGAIN = "sign and send the file that you were given, just as it is, attached and not pasted"


def read_statement(data: bytes) -> Statement:
    """Return the position that a statement gives, and what it is bound to.

    Raises `StatementFault` for everything that `statement_of` would write otherwise, by one byte.
    """
    if not data.startswith(FORMAT.encode()):
        raise StatementFault(_NO_STATEMENT)
    if b"\r" in data:
        raise StatementFault(f"a program on the way changed the ends of its lines: {_AGAIN}")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise StatementFault(f"a program on the way changed its letters: {_AGAIN}") from None
    if not text.startswith(f"{FORMAT}\n"):
        raise StatementFault(_NO_STATEMENT)
    lines = _Lines(text.split("\n"))
    read = lines.statement()
    written = statement_of(*read).split("\n")
    for number, (given, right) in enumerate(zip(lines.all, written, strict=False), 1):
        if given != right:
            _refuse(number, right)
    if len(lines.all) != len(written):
        _refuse(min(len(lines.all), len(written)))
    return read


_NO_STATEMENT = (
    f"a statement begins with the line `{FORMAT}`, and this does not: make it by `govkit status "
    "PROPOSAL --statement MEMBER`, and sign that"
)


def _refuse(number: int, right: str = "") -> NoReturn:
    there = f", which is written `{right}`" if right.strip() and len(right) <= 80 else ""
    raise StatementFault(
        f"line {number} is not as it was given to be signed{there}: a space or a letter was "
        f"changed; {_AGAIN}"
    )


class _Lines:
    """Takes one line after the other; whatever is not as it has to be is refused by its number."""

    def __init__(self, lines: list[str]) -> None:
        self.all = lines
        self.at = 2

    def statement(self) -> Statement:
        said = {
            name: self.after(label)
            for name, label in (
                ("coalition", "Coalition: "),
                ("root", "Root fingerprint: "),
                ("proposal", "Proposal: "),
                ("change", "Change: "),
                ("head", "Newest log entry seen: "),
                ("member", "Member: "),
                ("spoken", "Spoken by: "),
                ("printed", "May be printed: "),
            )
        }
        proposal, _, revision = said["proposal"].partition(", revision ")
        cast_by, _, capacity = said["spoken"].partition(", as ")
        seq, _, digest = said["head"].partition(", ")
        printed = {words: flags for flags, words in PRINTED.items()}.get(said["printed"])
        fields: dict[str, object] = {
            "member": said["member"],
            "cast_by": cast_by,
            "capacity": capacity,
            "revision": revision,
            "head": None if said["head"] == NOT_SEEN else {"seq": seq, "digest": digest},
            "publish": dict(zip(("name", "reason"), map(_yes, printed or ()), strict=False)),
            "claimed_at": self.after("Said at: ") if self.here.startswith("Said at: ") else None,
        }
        fields |= self.words()
        root = None if said["root"] == FORMING else said["root"]
        basis = StatementBasis(said["coalition"], root, proposal, said["change"])
        try:
            return Statement(Position.model_validate(fields), basis)
        except ValidationError:
            raise StatementFault(
                f"a line of it says what no statement says, so it was changed: {_AGAIN}"
            ) from None

    @property
    def here(self) -> str:
        return self.all[self.at] if self.at < len(self.all) else ""

    def next(self) -> str:
        self.at += 1
        return self.all[self.at - 1] if self.at <= len(self.all) else ""

    def after(self, label: str) -> str:
        if not self.here.startswith(label):
            _refuse(self.at + 1, label)
        return self.next().removeprefix(label)

    def words(self) -> dict[str, object]:
        """Return what is said: the position, the reason, and to which words."""
        self.next()
        stance = {words: stance for stance, words in SAYS.items()}.get(self.here)
        if stance is None:
            _refuse(self.at + 1)
        self.next()
        found: dict[str, object] = {"position": stance}
        if self.here == CONFIRMS:
            found["confirms_withdrawal"] = "true"
            self.next()
        if self.here.startswith(CORRECTS):
            found["corrects"] = self.after(CORRECTS)
        self.next()
        if self.here == REASON:
            found["reason"] = self.reason()
        if self.here.startswith(WITHHELD):
            found["reason_withheld"] = self.after(WITHHELD)
            self.next()
        self.after(WORDS)
        found["units"] = self.pairs()
        return found

    def reason(self) -> str:
        self.next()
        lines = []
        while self.here.startswith("  ") or (not self.here and self.at < len(self.all)):
            lines.append(self.next().removeprefix("  "))
        return "\n".join(lines).strip("\n")

    def pairs(self) -> list[dict[str, str | None]]:
        found = []
        while re.fullmatch(r"  \S+", self.here):
            id = self.next().strip()
            before, after = self.after("    before "), self.after("    after  ")
            found.append(
                {
                    "id": id,
                    "before": None if before == NOT_ADOPTED else before,
                    "after": None if after == TAKEN_OUT else after,
                }
            )
        return found


def _yes(flag: bool) -> str:
    return "true" if flag else "false"
