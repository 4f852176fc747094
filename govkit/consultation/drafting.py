"""A comment made out of what a person says: anchored, fitted for the record, marked where need be.

What came in a personal mail is not published before its author was asked. Until then the public
record says that there is a comment, about which text, from which group; the words and the name are
kept by the coordinators.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import ValidationError

from govkit.consultation.anchor_status import AnchorStatus, anchor_status_in_words, anchor_status_of
from govkit.consultation.anchoring import narrow_places, nearest_place, places_of
from govkit.consultation.consultation import Consultation
from govkit.consultation.position_words import PositionReading, reads_like_a_position
from govkit.consultation.sanitising import sanitise, sanitise_line
from govkit.consultation.wording import RevisionWording
from govkit.errors import WrongUse
from govkit.languages.catalogue import messages
from govkit.records.comments import Author, Comment, Origin, Target
from govkit.records.enumerations import CommentSource, CommentType

By = Literal["author", "coordinator"]


@dataclass(frozen=True)
class CommentInput:
    """What is known about a comment when it is filed."""

    author: Author
    comment: str
    source: CommentSource
    revision: int | None = None
    unit: str | None = None
    clause: str | None = None
    quote: str | None = None
    prefix: str = ""
    suffix: str = ""
    anchored_by: By = "author"
    type: CommentType = "general"
    challenge: bool = False
    proposed_text: str | None = None
    refers_to: tuple[str, ...] = ()
    message_id: str | None = None
    part: str | None = None
    relayed_by: str | None = None


@dataclass(frozen=True)
class DraftComment:
    """A comment ready to be filed.

    `remarks` are sentences for the person who files it. `sealed` are the bytes that are kept from
    the public, or None; their salted digest goes into the record as `withheld`. The rest is for
    what is written back to the author: who it is and what it is about, also where that is not
    public yet; where the words stand today; and what reads like a position in it.
    """

    comment: Comment
    remarks: tuple[str, ...] = ()
    sealed: bytes | None = None
    author: Author | None = None
    target: Target | None = None
    anchor_status: AnchorStatus | None = None
    reading: PositionReading | None = None


def draft_comment(consultation: Consultation, given: CommentInput) -> DraftComment:
    """Return the comment. Raises `WrongUse` for what can't be filed."""
    revision = consultation.revision(given.revision)
    remarks: list[str] = []
    words, addresses = sanitise(given.comment)
    if not words:
        raise WrongUse("the comment is empty", "Give its words with --text, or in a file.")
    proposed, more = sanitise(given.proposed_text or "")
    if addresses + more:
        remarks.append(
            "a mail address was taken out: the record is public"
            if addresses + more == 1
            else f"{addresses + more} mail addresses were taken out: the record is public"
        )
    target = _TargetSearch(consultation, given, revision, remarks).target()
    status = anchor_status_of(consultation, target)
    if status is not None:
        remarks.append(anchor_status_in_words(messages("en"), target, status))
    comment = _comment(consultation, given, target, words, proposed)
    reading = reads_like_a_position(words)
    if reading is not None:
        remarks.append(READS_LIKE)
    known = DraftComment(comment, tuple(remarks), None, comment.author, target, status, reading)
    if given.source == "personal-mail":
        return _sealed(known, consultation.group_of(comment))
    return known


READS_LIKE = (
    "it reads like a position. It is filed as a comment and counted as nothing else; send its "
    "author the words below"
)


def _comment(
    consultation: Consultation, given: CommentInput, target: Target, words: str, proposed: str
) -> Comment:
    _held_references(consultation, given)
    author = require_known_author(consultation, given.author)
    try:
        return Comment(
            author=author,
            publication="public" if author.member or author.name else "without-name",
            target=target,
            type=given.type,
            challenge=given.challenge,
            comment=words,
            proposed_text=proposed or None,
            refers_to=given.refers_to,
            source=Origin(
                kind=given.source,
                message_id=given.message_id,
                part=sanitise_line(given.part or "") or None,
                relayed_by=given.relayed_by,
            ),
        )
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        field = str(problem["loc"][0]).replace("_", " ")
        raise WrongUse(
            f"{field}: {problem.get('ctx', {}).get('message') or 'it does not fit'}",
            f"Write {problem.get('ctx', {}).get('expected') or 'another one'}.",
        ) from None


def _held_references(consultation: Consultation, given: CommentInput) -> None:
    for name in given.refers_to:
        folder, _, number = name.partition("/")
        if folder == "comments" and number.isdecimal():
            consultation.comment(int(number))
    if given.relayed_by is not None and given.relayed_by not in consultation.members:
        raise WrongUse(
            f"there is no member `{given.relayed_by}` who could have passed it on",
            "`govkit list member` lists them.",
        )


# --- who --------------------------------------------------------------------------------------


def require_known_author(consultation: Consultation, author: Author) -> Author:
    """Return an author whose member and group are known ones. Raises `WrongUse` else."""
    if author.member is not None and author.member not in consultation.members:
        raise WrongUse(
            f"there is no member `{author.member}`",
            "Somebody who is no member is named with --name.",
            typed=author.member,
            known=[*consultation.members],
        )
    if author.group is not None and author.group not in consultation.charter.groups:
        groups = ", ".join(consultation.charter.groups)
        raise WrongUse(f"the charter has no group `{author.group}`", f"It has: {groups}.")
    return author


def author_of(
    consultation: Consultation,
    member: str | None,
    name: str | None,
    affiliation: str | None,
    group: str | None,
    anonymous: bool = False,
) -> Author | None:
    """Return the author that is named by parts, or None where nobody is. Raises `WrongUse`.

    One who asked to be left out (`anonymous`) has a group at most.
    """
    if anonymous and (member or name or affiliation):
        raise WrongUse("--anonymous is given, and somebody is named", "Leave one of the two out.")
    if member and name:
        raise WrongUse("--member and --name are both given", "Leave one of the two out.")
    if not member and not name and not anonymous:
        if affiliation or group:
            raise WrongUse("nobody is named as the author", "Name a --member, or a --name.")
        return None
    author = Author(
        member=member,
        name=sanitise_line(name or "") or None,
        affiliation=sanitise_line(affiliation or "") or None,
        group=group,
    )
    return require_known_author(consultation, author)


def author_in(consultation: Consultation, words: str) -> Author:
    """Return the author that a cell or option names: a member, or `Name; affiliation; group`."""
    parts = [sanitise_line(part) for part in words.split(";")]
    if len(parts) == 1 and parts[0] in consultation.members:
        return Author(member=parts[0])
    if len(parts) > 3:
        raise WrongUse(
            f"`{words}` has more than three parts",
            "Write a member's id, or a name, or: Name; affiliation; group.",
        )
    name, affiliation, group = (*parts, "", "")[:3]
    found = group or None
    if group and group not in consultation.charter.groups:
        by_title = {title.casefold(): key for key, title in consultation.charter.groups.items()}
        found = by_title.get(group.casefold(), group)
    return require_known_author(
        consultation, Author(name=name or None, affiliation=affiliation or None, group=found)
    )


# --- about what -------------------------------------------------------------------------------


@dataclass
class _TargetSearch:
    """Finds what a comment is about; says in `remarks` what could not be found."""

    consultation: Consultation
    given: CommentInput
    revision: int
    remarks: list[str]

    def target(self) -> Target:
        quote = sanitise(self.given.quote or "").text or None
        id = self.given.unit
        if id is None and self.given.clause is not None:
            raise WrongUse("a clause is named and no text", "Name the text with --unit.")
        if id is None and quote is not None:
            return self._in_any_text(quote)
        if id is None:
            return Target(revision=self.revision)
        wording = self.consultation.wording(self.revision, id)
        quote = quote or self._opening(wording)
        if quote is not None:
            return self._in_text(wording, quote)
        return Target(
            revision=self.revision,
            unit=wording.id,
            digest=wording.digest,
            anchored_by=self.given.anchored_by,
        )

    def _opening(self, wording: RevisionWording) -> str | None:
        clause = self.given.clause
        if clause is None:
            return None
        if clause not in wording.clauses:
            known = ", ".join(f"({id})" for id in wording.clauses)
            raise WrongUse(
                f"{wording.id} has no clause ({clause}) in revision {self.revision}",
                f"Its clauses: {known}." if known else "It has no clauses.",
            )
        return wording.opening_of(clause)

    def _in_any_text(self, quote: str) -> Target:
        """Look in every text; the words have to stand in one of them and at one place."""
        wordings = self.consultation.wordings(self.revision)
        holding = [each for each in wordings if places_of(each, quote)]
        if len(holding) == 1:
            return self._in_text(holding[0], quote)
        if holding:
            names = ", ".join(each.id for each in holding)
            self.remarks.append(f"the quoted words stand in {names}; name the text. {_UNPLACED}")
        else:
            self.remarks.append(f"the quoted words are in no text of the proposal. {_UNPLACED}")
        return Target(revision=self.revision, quote=quote)

    def _in_text(self, wording: RevisionWording, quote: str) -> Target:
        given = self.given
        found = places_of(wording, quote, given.clause or "")
        if len(found) > 1 and (given.prefix or given.suffix):
            found = narrow_places(found, given.prefix, given.suffix)
        if len(found) == 1:
            place = found[0]
            return Target(
                revision=self.revision,
                unit=wording.id,
                digest=wording.digest,
                quote=place.quote,
                prefix=place.prefix or None,
                suffix=place.suffix or None,
                anchored_by=given.anchored_by,
            )
        self.remarks.append(_not_one_place(wording, quote, len(found)))
        return Target(revision=self.revision, unit=wording.id, digest=wording.digest, quote=quote)


_UNPLACED = "The comment is kept without a place in the text"


def _not_one_place(wording: RevisionWording, quote: str, found: int) -> str:
    if found:
        return (
            f"the quoted words stand {found} times in {wording.id}; quote more of them, or name "
            f"the clause. {_UNPLACED}"
        )
    near = nearest_place(wording, quote)
    said = f"the quoted words are not in {wording.id}"
    if near is None:
        return f"{said}, and nothing there is like them. {_UNPLACED}"
    where = f", in clause ({near.clause})" if near.clause else ""
    return f'{said}; the nearest are "{near.quote}"{where}. {_UNPLACED}'


# --- what is not published yet ------------------------------------------------------------------


def _sealed(known: DraftComment, group: str) -> DraftComment:
    """Return a comment whose author is still to be asked, its words and name kept apart."""
    comment = known.comment
    kept: dict[str, Any] = {
        "group": group or None,
        "author": comment.author.model_dump(exclude_none=True),
        "comment": comment.comment,
        "proposed_text": comment.proposed_text,
        "target": comment.target.model_dump(mode="json", exclude_none=True),
    }
    sealed = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    public = withhold_comment(comment, group)
    asked = (
        "it came in a personal mail, so its author has to be asked: publish it, publish it without "
        "name, or withdraw it. Until then it is counted and not shown"
    )
    return replace(known, comment=public, remarks=(*known.remarks, asked), sealed=sealed)


def withhold_comment(comment: Comment, group: str) -> Comment:
    """Return what the public record says of a comment while its author is asked."""
    target = comment.target.model_copy(
        update={
            "quote": None,
            "prefix": None,
            "suffix": None,
            "anchored_by": comment.target.anchored_by if comment.target.unit else "none",
        }
    )
    return comment.model_copy(
        update={
            "author": Author(group=group or None),
            "comment": None,
            "proposed_text": None,
            "target": target,
            "publication": "asked",
        }
    )


Answer = Literal["public", "without-name", "withdrawn"]


def release_comment(comment: Comment, sealed: bytes, answer: Answer) -> Comment:
    """Return a comment as its author wants it, from the words that were kept.

    Raises `WrongUse` where the kept words can't be read.
    """
    if answer == "withdrawn":
        return comment.model_copy(update={"publication": "withdrawn"})
    try:
        kept = json.loads(sealed)
        author = Author.model_validate(kept["author"])
        target = Target.model_validate(kept["target"])
        words = {"comment": kept["comment"], "proposed_text": kept["proposed_text"]}
        group = kept["group"]
    except (ValueError, LookupError, TypeError):
        raise WrongUse(
            "what was kept of this comment can't be read",
            "File it anew with `govkit comment add`, from the mail itself.",
        ) from None
    if answer == "without-name":
        author = Author(group=group)
    if answer == "public" and not (author.member or author.name):
        answer = "without-name"
    # `withheld` stays: by it one can follow from these words to those that were filed.
    return comment.model_copy(
        update={"author": author, "target": target, "publication": answer} | words
    )
