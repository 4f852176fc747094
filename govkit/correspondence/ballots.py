"""A mail that answers a call: the position that its sender marked, or the question to ask back.

Prose is never a position, and nothing in a quotation is ever the sender's. Most people mark the
block where their mail program has quoted it, so there is one narrow exception: our mails go out
with empty boxes, so a mark in the mail that is answered is the sender's, where it is plain that a
mail of ours is quoted, and no answer of another person and no older one of the sender. Whatever is
in doubt is asked, in the sender's own words, with the ballot again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple
from unicodedata import normalize

from govkit.consultation.position_words import reads_like_a_position
from govkit.consultation.quotation import quoted_lines, unquoted_lines
from govkit.corpus.whole import Corpus
from govkit.correspondence.ballot_blocks import (
    AnswerParts,
    BallotMark,
    BlockComment,
    ReplyBlock,
    blocks_in,
    boxes_in,
    comments_named,
    consent_sentence,
    may_hold_ballot,
    own_lines,
    parts_in,
    parts_of,
    texts_named,
    words_beside,
)
from govkit.correspondence.mail_phrases import (
    addressees,
    forwarded,
    greeting,
    is_ours,
    speaks_of_a_file,
)
from govkit.patterns import lazy_regex
from govkit.records.enumerations import Stance
from govkit.records.proposals import Revision
from govkit.source.mail import MailText

Doubt = Literal[
    "huge",
    "broken",
    "empty",
    "html-only",
    "html-differs",
    "no-sender",
    "two-senders",
    "unknown-sender",
    "several-members",
    "no-box",
    "two-boxes",
    "unclear-mark",
    "words-beside",
    "two-ballots",
    "no-code",
    "unknown-code",
    "wrong-code",
    "old-revision",
    "quoted-only",
    "quoted-other",
    "marked-before",
    "forwarded",
    "unknown-texts",
    "reason-missing",
    "prose",
    "conditional",
    "on-behalf",
    "contradiction",
    "no-attachment",
    "confirm",
]
"""Why a mail is asked about; each has its sentence in `ballots.doubts` of the messages."""

Sort = Literal["position", "query", "free", "automatic"]
"""What a mail is: an answer with its mark; one to ask about; words in free form, for `comment
import`; or the work of a program, which says nothing."""

_ADDRESS = lazy_regex(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[A-Za-z0-9.-]{1,253}[A-Za-z0-9]")
_MOST = 20_000
"""Characters in which a mail says that its words are in a file; one with more says them itself."""
_BARE = 5
"""Words up to which an answer without a mark is no comment: "Yes.", "+1", "Fine with us."."""


class BallotRevision(NamedTuple):
    """A revision as its reply block names it, with the texts in it; whether it is the newest."""

    proposal: str
    revision: int
    code: str
    ids: tuple[str, ...]
    current: bool


class BallotContext(NamedTuple):
    """What is known where mails are read.

    `forms` are all revisions by their codes. `addresses` are the members by their addresses on
    record, in small letters; `intake` the coalition's own addresses, `coordinators` its members who
    coordinate. `taken` are the Message-IDs of answers that were taken in.
    """

    forms: Mapping[str, BallotRevision]
    addresses: Mapping[str, tuple[str, ...]]
    intake: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()

    def is_coordinators(self, address: str) -> bool:
        """Say whether an address on record is that of one who coordinates."""
        return bool(set(self.addresses.get(address, ())) & set(self.coordinators))


class BallotReading(NamedTuple):
    """What a mail comes to. `own` are its sender's own words, without block and signature.

    A position has its form, stance, texts (none means all), reason and comments; a query has its
    doubt, and the form of the newest revision that it seems to be about, where one is known.
    `in_quotation` says that the mark stands in a mail that was quoted: a person should have read
    the words beside it.
    """

    sort: Sort
    own: str
    member: str | None = None
    form: BallotRevision | None = None
    stance: Stance | None = None
    texts: tuple[str, ...] = ()
    reason: str | None = None
    comments: tuple[BlockComment, ...] = ()
    doubt: Doubt | None = None
    in_quotation: bool = False


def forms_of(corpus: Corpus) -> dict[str, BallotRevision]:
    """Return the revisions of all proposals by their codes."""
    every: dict[str, dict[int, Revision]] = {}
    for document in corpus.of_kind("revision"):
        proposal, _, number = document.id.partition("/rev-")
        if isinstance(document.record, Revision):
            every.setdefault(proposal, {})[int(number)] = document.record
    return {
        each.code: BallotRevision(
            proposal, number, each.code, tuple(unit.id for unit in each.units), number == max(known)
        )
        for proposal, known in every.items()
        for number, each in known.items()
    }


def read_ballot(mail: MailText, desk: BallotContext) -> BallotReading:
    """Return what a mail comes to. Pure: the same mail at the same desk is read alike for ever."""
    if mail.automatic:
        return BallotReading("automatic", "")
    return _Reading(mail, desk).result()


class _Query(Exception):
    """Ends a reading with the question to ask."""

    def __init__(self, doubt: Doubt) -> None:
        self.doubt = doubt


class _Marked(NamedTuple):
    """What the sender marked, and the block where the rest of it stands; None for the sentence."""

    stance: Stance
    form: BallotRevision
    block: ReplyBlock | None


class _Reading:
    def __init__(self, mail: MailText, desk: BallotContext) -> None:
        self.mail, self.desk = mail, desk
        told = quoted_lines if may_hold_ballot(mail.text) else unquoted_lines
        # Some mail programs take letters apart from their accents, and the block has accents.
        self.lines = told(normalize("NFC", mail.text))
        self.blocks = blocks_in(self.lines)
        self.own_lines = own_lines(self.lines, self.blocks)
        words = "\n".join(line.words for line in self.own_lines)
        self.own = re.sub(r"\n{3,}", "\n\n", words).strip()
        self.members = desk.addresses.get(mail.sender, ())
        # Who is not known may comment; only a position, or what reads like one, needs a member.
        self.member = self.members[0] if len(self.members) == 1 else None

    def result(self) -> BallotReading:
        """Return the position, or the question."""
        if self.mail.fault == "html-only":
            return self._of_page()
        return self._read()

    def _of_page(self) -> BallotReading:
        """Return the position of a mail in HTML alone, where it can be read exactly, or ask."""
        page, found = self.mail.page, self._read()
        if page is not None and page.exact and found.sort == "position" and self._heads_agree():
            return found
        form = self._form_meant()
        return BallotReading("query", self.own, self.member, form, doubt="html-only")

    def _heads_agree(self) -> bool:
        """Say whether nothing that reads like own words stands below where a quotation begins."""
        page = self.mail.page
        if page is None or page.quoted_from is None:
            return True
        kinds = [each.kind for each in self.lines if each.words.strip()]
        return "own" not in kinds[page.quoted_from :]

    def _read(self) -> BallotReading:
        try:
            if self.mail.fault not in (None, "html-only"):
                raise _Query(self.mail.fault)
            marked = self._marked()
            if len(self.members) > 1:
                raise _Query("several-members")
            if marked is not None:
                return self._position(marked)
            return self._without_mark()
        except _Query as found:
            form = self._form_meant()
            return BallotReading("query", self.own, self.member, form, doubt=found.doubt)

    # --- what is marked ---------------------------------------------------------------------------

    def _marked(self) -> _Marked | None:
        """Return what the sender marked, or None. Raises `_Query` where it is not clear."""
        said = self._sentence()
        boxed = [each for each in self.blocks if each.boxes]
        theirs = [each for each in boxed if self._is_senders(each)]
        loose = self._loosely(boxes_in(self.own_lines))
        marked = [*loose, *map(self._in_block, theirs), *said]
        if marked:
            return self._agreed(marked)
        if boxed:
            raise _Query(self._why_not_theirs(boxed))
        return None

    def _agreed(self, marked: Sequence[_Marked]) -> _Marked:
        """Return what is marked, where it is one thing, perhaps said twice."""
        codes = {each.form.code for each in marked}
        if len(codes) > 1:
            raise _Query("two-ballots")
        if len({each.stance for each in marked}) > 1:
            raise _Query("two-boxes")
        return next((each for each in marked if each.block is not None), marked[0])

    def _sentence(self) -> list[_Marked]:
        for line in self.own.split("\n")[:4]:
            if not line.strip() or greeting().match(line.strip()):
                continue
            said = consent_sentence(line)
            return [_Marked("consent", self._form(said.proposal, said.code), None)] if said else []
        return []

    def _in_block(self, block: ReplyBlock) -> _Marked:
        theirs = [each for each in block.boxes if each.level in (0, block.level)]
        stance = _one(theirs)
        if block.beside:
            raise _Query("words-beside")
        form = self._form(block.proposal, block.code, block.revision)
        return _Marked(stance, form, block)

    def _loosely(self, boxes: Sequence[BallotMark]) -> list[_Marked]:
        """Return a box that the sender wrote anew below the ballot, with the ballot's code."""
        if not boxes:
            return []
        forms = {
            (each.proposal, each.code, each.revision)
            for each in self.blocks
            if each.level <= 1 and not each.boxes
        }
        if len(forms) != 1:
            raise _Query("no-code")
        if words_beside(self.own_lines):
            raise _Query("words-beside")
        return [_Marked(_one(boxes), self._form(*forms.pop()), None)]

    def _form(self, proposal: str, code: str, revision: int | None = None) -> BallotRevision:
        if not code:
            raise _Query("no-code")
        form = self.desk.forms.get(code)
        if form is None:
            raise _Query("unknown-code")
        if form.proposal != proposal or revision not in (None, form.revision):
            raise _Query("wrong-code")
        if not form.current:
            raise _Query("old-revision")
        return form

    # --- whose mark it is -------------------------------------------------------------------------

    def _is_senders(self, block: ReplyBlock) -> bool:
        if block.level == 0 or all(each.level == 0 for each in block.boxes):
            return True
        return self._is_answered(block)

    def _why_not_theirs(self, blocks: Sequence[ReplyBlock]) -> Doubt:
        found = (self._why_other(each) for each in blocks if each.level == 1)
        return next((each for each in found if each is not None), "quoted-only")

    def _why_other(self, block: ReplyBlock) -> Doubt | None:
        """Return why a mark in the mail that is answered may be of another hand or time, or None.

        A quoted mail of ours is known by the coalition's own address or a coordinator's, or, where
        no address is named, by the words that stand before the boxes in it. Whoever else is named
        may have marked a box in a copy of our mail, and hope for any answer that quotes it.
        """
        if forwarded().match(self.mail.subject) is not None:
            return "forwarded"
        if set(self.mail.references) & self.desk.taken:
            return "marked-before"
        said_by = addressees().split(block.said_by, maxsplit=1)[0]
        authors = {each.casefold() for each in _ADDRESS.findall(said_by)}
        others = authors - set(self.desk.intake)
        if not all(self.desk.is_coordinators(each) for each in others):
            return "marked-before" if self.mail.sender in authors else "quoted-other"
        return None if authors - others or is_ours(block.before) else "quoted-other"

    # --- what it comes to -------------------------------------------------------------------------

    def _position(self, marked: _Marked) -> BallotReading:
        if self.member is None:
            raise _Query("unknown-sender")
        self._require_no_other_html(marked)
        self._require_words_agree(marked.stance)
        form = marked.form
        said = self._said_beside(marked)
        texts = () if said is None else texts_named(said.applies, form.ids)
        if texts is None:
            raise _Query("unknown-texts")
        reason = (said and said.reason) or None
        comments = comments_named(said.comments, form.ids) if said else ()
        if marked.stance == "consent-with-reservation" and not reason:
            raise _Query("reason-missing")
        return BallotReading(
            "position",
            self.own,
            self.member,
            form,
            marked.stance,
            texts,
            reason,
            comments,
            in_quotation=bool(marked.block and any(box.level for box in marked.block.boxes)),
        )

    def _said_beside(self, marked: _Marked) -> AnswerParts | None:
        """Return the texts, reason and comments that go with a mark; None where nothing is said.

        Who writes the boxes anew above our quoted mail writes the lines below them anew, too.
        """
        own, block = parts_in(self.own_lines), marked.block
        if block is None:
            ours = [each for each in self.blocks if each.code == marked.form.code]
            block = next((e for e in ours if e.level == 0 or self._is_answered(e)), None)
        if block is None:
            return own._replace(applies=own.applies or "all") if any(own) else None
        theirs = parts_of(block)
        if own.applies and theirs.applies and self._narrowed(theirs, own, marked.form.ids):
            raise _Query("unknown-texts")
        return theirs.beside(own)

    @staticmethod
    def _narrowed(block: AnswerParts, own: AnswerParts, ids: Sequence[str]) -> bool:
        """Say whether a block names other texts than the line that was written anew beside it."""
        named = texts_named(block.applies, ids)
        return named != () and named != texts_named(own.applies, ids)

    def _is_answered(self, block: ReplyBlock) -> bool:
        """Say whether a block stands in the mail of ours that is answered."""
        return block.level == 1 and self._why_other(block) is None

    def _require_no_other_html(self, marked: _Marked) -> None:
        """Refuse a mail whose page shows another mark than its text: who knows which was seen."""
        if not self.mail.html or self.mail.html == self.mail.text:
            return
        boxes = [
            box
            for each in blocks_in(quoted_lines(self.mail.html))
            for box in each.boxes
            if each.code == marked.form.code
        ]
        if boxes and {each.stance for each in boxes} != {marked.stance}:
            raise _Query("html-differs")

    def _require_words_agree(self, stance: Stance) -> None:
        """Ask where the words above the boxes say something else than the mark.

        Kind words beside an objection change nothing: it is marked, and hearing it is the safe way.
        """
        reading = reads_like_a_position(self._prose())
        if reading is None:
            return
        if reading.meaning == "for another":
            raise _Query("on-behalf")
        if stance == "object":
            return
        if stance == "consent" and reading.conditional:
            raise _Query("conditional")
        if reading.meaning == "against" and stance.startswith("consent"):
            raise _Query("contradiction")

    def _prose(self) -> str:
        """Return the sender's own words without the sentence that is a mark."""
        return "\n".join(each for each in self.own.split("\n") if consent_sentence(each) is None)

    def _without_mark(self) -> BallotReading:
        if not self.own.strip():
            raise _Query("no-box" if self.blocks else "empty")
        reading = reads_like_a_position(self.own)
        if reading is not None:
            if reading.meaning == "for another":
                raise _Query("on-behalf")
            raise _Query("conditional" if reading.conditional else "prose")
        if not self.mail.attachments and speaks_of_a_file().search(self.own[:_MOST]):
            raise _Query("no-attachment")
        if len(self.own.split()) <= _BARE:
            raise _Query("no-box" if self.blocks else "prose")
        return BallotReading("free", self.own, self.member, self._form_meant())

    def _form_meant(self) -> BallotRevision | None:
        """Return the newest revision of the proposal that the mail names or quotes first."""
        named = [each.proposal for each in self.blocks]
        named += re.findall(r"\[(\d{4}-\d{3,4})(?: r\d+)?\]", self.mail.subject)
        named += [form.proposal for code, form in self.desk.forms.items() if code in self.mail.text]
        current = {form.proposal: form for form in self.desk.forms.values() if form.current}
        return next((current[each] for each in named if each in current), None)


def _one(boxes: Sequence[BallotMark]) -> Stance:
    if not all(each.clear for each in boxes):
        raise _Query("unclear-mark")
    stances = {each.stance for each in boxes}
    if len(stances) != 1:
        raise _Query("two-boxes")
    return stances.pop()
