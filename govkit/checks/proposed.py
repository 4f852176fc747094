"""Family 10, second half: a proposal keeps the words that it was opened with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal
from govkit.checks.the_log import put_back
from govkit.consent.adoption import proposal_of
from govkit.corpus.changes.values import CLASS_NAMES, weight
from govkit.corpus.copies import Side, copy_of, digest_of_copy, policy_copy_path
from govkit.corpus.documents import Document
from govkit.corpus.record_digests import change_digest, digest_for
from govkit.corpus.whole import Corpus
from govkit.findings import Keys
from govkit.log.entries import valid_entries
from govkit.records.comments import Comment, Submission
from govkit.records.decisions import Decision
from govkit.records.kinds import path_in_proposal
from govkit.records.policies import Policy
from govkit.records.proposals import Proposal, Revision, Unit

if TYPE_CHECKING:
    from govkit.round.docket import Docket

Choice = tuple[Keys, object, tuple[str, str]]
"""Where two keys stand of which exactly one is given, the record with them, and the two."""


# --- revisions ------------------------------------------------------------------------------------


def _revisions(corpus: Corpus) -> Iterator[tuple[Document, Revision]]:
    for document in corpus.of_kind("revision"):
        if isinstance(document.record, Revision):
            yield document, document.record


def revision_edited(context: Context) -> Findings:
    """A revision that was opened is never edited: new words are a new revision."""
    entries = valid_entries(context.corpus)
    for document, revision in _revisions(context.corpus):
        entry = entries.get((document.path, "revision"))
        if entry is not None and entry.digest != digest_for("revision", revision):
            yield refusal(
                document,
                f"{document.id} was edited after it was opened",
                help=f"{put_back(document.path)} Then `govkit propose revise "
                f"{proposal_of(document)}` opens a new revision.",
            )


def change_differs(context: Context) -> Findings:
    """The digest of a change is that of the texts, classes and policies of its revision."""
    entries, charter = valid_entries(context.corpus), context.corpus.charter
    newest = {proposal_of(document): document.id for document, _ in _revisions(context.corpus)}
    for document, revision in _revisions(context.corpus):
        id = proposal_of(document)
        proposal = context.corpus.find(("proposal",), id)
        entry = entries.get((document.path, "revision"))
        edited = entry is not None and entry.digest != digest_for("revision", revision)
        if charter is None or proposal is None or edited:
            continue  # another rule speaks
        record = proposal.record
        if isinstance(record, Proposal) and revision.change not in _digests(
            charter.id, record, document, revision, newest[id] == document.id
        ):
            yield refusal(
                document,
                f"the digest of the change is not that of the texts, classes and policies of "
                f"{document.id}",
                at("change"),
                found=revision.change,
                help="Members sign this digest, so what they signed would be something else. Rely "
                f"on no position to it, and open a new revision: `govkit propose revise {id}`.",
            )


def _digests(
    coalition: str, proposal: Proposal, document: Document, revision: Revision, newest: bool
) -> Iterator[str]:
    """Yield the digests that the change of a revision may have.

    A later revision adds the policies that its classes ask for, behind those that were there.
    """
    number, count = int(document.id.rpartition("rev-")[2]), len(proposal.policies)
    for kept in (count,) if newest else range(count, -1, -1):
        then = proposal.model_copy(update={"policies": proposal.policies[:kept]})
        yield change_digest(coalition, then, number, revision)


def revision_gap(context: Context) -> Findings:
    """The revisions of a proposal are numbered 1, 2, 3, with none left out."""
    numbers: dict[str, list[tuple[int, Document]]] = {}
    for document in context.corpus.of_kind("revision"):
        number = int(document.id.rpartition("rev-")[2])
        numbers.setdefault(proposal_of(document), []).append((number, document))
    for several in numbers.values():
        expected = 1
        for number, document in sorted(several, key=lambda each: each[0]):
            if number > expected:
                yield refusal(
                    document,
                    f"before revision {number} there is no revision {expected}",
                    expected=f"rev-{expected}",
                    found=f"rev-{number}",
                    help="Put the missing folder back. Revisions are opened by `govkit propose` "
                    "alone.",
                )
            expected = number + 1


def unit_twice(document: Document, _: Context) -> Findings:
    """A text stands once in a revision: it is decided in one pair of words."""
    if isinstance(document.record, Revision):
        seen: set[str] = set()
        for n, each in enumerate(document.record.units):
            if each.id in seen:
                yield refusal(
                    document,
                    f"{each.id} stands in this revision twice",
                    at("units", n, "id"),
                    found=each.id,
                    help="Nobody could say to which words a position was given. Open the revision "
                    "anew: `govkit propose`.",
                )
            seen.add(each.id)


# --- copies ---------------------------------------------------------------------------------------


def copy_differs(context: Context) -> Findings:
    """A proposal holds the whole text of each unit, before and after, in the words it names."""
    yield from _lost_policies(context.corpus)
    yield from _lost_grounds(context.corpus)
    belonging = set()
    for kept, expected in _policies(context.corpus):
        belonging.add(kept.path)
        yield from _differs_from_policy(kept, expected)
    for document, revision in _revisions(context.corpus):
        for n, each in enumerate(revision.units):
            for folder, side, digest in _sides(each):
                copy = copy_of(context.corpus, document.id, folder, each.id)
                if copy is not None and digest is not None:
                    belonging.add(copy.path)
                    yield from _differs(copy, revision, side, digest)
                elif digest is not None:
                    yield refusal(
                        document,
                        f"the text of {each.id} ({folder}) is not in the proposal",
                        at("units", n, "id"),
                        expected=f"{folder}/{each.id}.yaml",
                        help=_AS_WRITTEN,
                    )
    for copy in context.corpus.copies:
        if copy.path not in belonging and copy.record is not None:
            yield refusal(
                copy,
                "this text belongs to no unit of the revision",
                help="Take the file away. Texts of a proposal are written by `govkit propose` "
                "alone.",
            )


def _policies(corpus: Corpus) -> Iterator[tuple[Document, str]]:
    """Yield the policies that proposals keep, with the digest that each proposal names."""
    for document in corpus.of_kind("proposal"):
        if isinstance(document.record, Proposal):
            for each in document.record.policies:
                copy = corpus.copies_by_path.get(policy_copy_path(document.id, each.id))
                if copy is not None:
                    yield copy, each.digest


def _differs_from_policy(copy: Document, expected: str) -> Findings:
    found = digest_for("policy", copy.record) if copy.record is not None else None
    if found is not None and found != expected:
        yield refusal(
            copy,
            "this policy is not the one under which the proposal was opened",
            expected=expected,
            found=found,
            help=_AS_WRITTEN,
        )


def _lost_policies(corpus: Corpus) -> Findings:
    """Name policies of proposals that are not kept: without them nobody can do the sum again."""
    for document in corpus.of_kind("proposal"):
        named = document.record.policies if isinstance(document.record, Proposal) else ()
        for n, each in enumerate(named):
            path = policy_copy_path(document.id, each.id)
            if path in corpus.copies_by_path:
                continue
            today = corpus.find(("policy",), each.id)
            fits = (
                today is not None
                and today.record is not None
                and (digest_for("policy", today.record) == each.digest)
            )
            yield refusal(
                document,
                f"the policy {each.id} under which the proposal was opened is not kept here",
                at("policies", n, "id"),
                expected=f"policies/{each.id}.yaml",
                help=f"Copy {today.path} to {path}: it has the same words."
                if today is not None and fits
                else _FROM_HISTORY,
            )


def _lost_grounds(corpus: Corpus) -> Findings:
    """Name the decisions whose ground is gone, or has other words than the decision names."""
    for document, named in _named_grounds(corpus):
        from govkit.consent.decision_basis import BASIS_KIND, path_of_decision_basis

        path = path_of_decision_basis(proposal_of(document))
        ground = corpus.by_path.get(path)
        if ground is None:
            yield refusal(
                document,
                f"{path}, on which this decision rests, is gone",
                expected=path,
                help=_FROM_HISTORY,
            )
        elif ground.record is not None and digest_for(BASIS_KIND, ground.record) != named:
            yield refusal(
                ground,
                "this is not what the decision rested on",
                expected=named,
                found=digest_for(BASIS_KIND, ground.record),
                help=_FROM_HISTORY,
            )


def _named_grounds(corpus: Corpus) -> Iterator[tuple[Document, str]]:
    """Yield each decision that names what it rests on, with the digest of that."""
    for document in corpus.of_kind("decision"):
        if isinstance(document.record, Decision):
            from govkit.consent.decision_basis import BASIS_KIND

            yield from (
                (document, each.digest)
                for each in document.record.inputs
                if each.record == BASIS_KIND
            )


_FROM_HISTORY = (
    "Put the file back as it was: `git log -- FILE` names the commits that changed it, and "
    "`git restore --source=COMMIT~ -- FILE` brings it back from before one of them."
)
_AS_WRITTEN = "Put back what `govkit propose` wrote. Positions rest on exactly these words."


def _sides(unit: Unit) -> Iterator[tuple[str, Side, str | None]]:
    yield "before", "before", unit.before
    yield "after", "after", unit.after
    for each in unit.alternatives:
        yield f"alongside/{each.proposal}", "after", each.after


def _differs(copy: Document, revision: Revision, side: Side, digest: str) -> Findings:
    found = digest_of_copy(copy, revision, side)
    if copy.record is not None and found != digest:
        yield refusal(
            copy,
            f"this text of {copy.id} does not have the words that the revision names",
            expected=digest,
            found=found or "",
            help=_AS_WRITTEN,
        )


# --- classes --------------------------------------------------------------------------------------

_NEW_OR_REMOVED = 8


def floor_too_low(context: Context) -> Findings:
    """The floor of a unit is not under the one that its two texts give, by rule."""
    changed = context.base.changed if context.base else ()
    since = {path.split("/")[2] for path in changed if path.startswith("governance/proposals/")}
    still_open = {docket.proposal.id for docket in context.undecided_dockets}
    yield from floors_too_low(
        context, (each for each in context.dockets if each.proposal.id in still_open | since)
    )


def floors_too_low(context: Context, dockets: Iterable[Docket]) -> Findings:
    """Yield where the floors of some proposals, open or decided, are too low."""
    for docket in dockets:
        path = path_in_proposal(docket.proposal.id, f"rev-{docket.number}/revision")
        document = context.corpus.by_path.get(path)
        if document is None or docket.revision is None:
            continue
        floors = _floors(context.corpus, document.id, docket.revision, docket.decision is None)
        for n, each in enumerate(docket.revision.units):
            floor = floors.get(each.id, 0)
            if each.floor < floor:
                yield refusal(
                    document,
                    f"the floor of {each.id} is {each.floor}, and its texts give class "
                    f"{floor}, {CLASS_NAMES[floor]}",
                    at("units", n, "floor"),
                    expected=str(floor),
                    found=str(each.floor),
                    enforces="docs/changes.md",
                    help="A floor is computed and can't be declared away. Open a new revision: "
                    f"`govkit propose revise {docket.proposal.id}`.",
                )


def _floors(corpus: Corpus, id: str, revision: Revision, still_open: bool) -> dict[str, int]:
    """Return the floor of each unit as its copies give it; those that can't be compared are out.

    Once decided, terms are out, too: what rests on them today is not what did then.
    """
    before, after = (_copies(corpus, id, revision, side) for side in ("before", "after"))
    floors = {
        each: _NEW_OR_REMOVED
        for each, copy in (before | after).items()
        # A term weighs by what rests on it, and nothing may yet.
        if (each in before) != (each in after) and copy.kind != "term"
    }
    from govkit.corpus.changes.copies import changes_of_copies

    for change in changes_of_copies(corpus, before, after).changes:
        if change.id in before and change.id in after:
            floors[change.id] = weight(change.floor)
    copies = before | after
    return {
        each: floor for each, floor in floors.items() if still_open or copies[each].kind != "term"
    }


def _copies(corpus: Corpus, id: str, revision: Revision, side: str) -> dict[str, Document]:
    """Return the readable copies of one side by id, of the units of which no copy is missing."""
    found = {}
    for each in revision.units:
        copies = {one: copy_of(corpus, id, one, each.id) for one in ("before", "after")}
        missing = [one for one in copies if getattr(each, one) is not None and copies[one] is None]
        copy = copies[side]
        if copy is not None and copy.record is not None and not missing:
            found[each.id] = copy
    return found


# --- exactly one of two ---------------------------------------------------------------------------


def one_of_two(document: Document, _: Context) -> Findings:
    """Where a record gives one of two things, it gives exactly one of them."""
    for keys, record, names in _choices(document):
        given = [name for name in names if getattr(record, name) is not None]
        if len(given) != 1:
            first, second = (f"`{name}`" for name in names)
            yield refusal(
                document,
                f"{first} and {second} are both given"
                if given
                else f"neither {first} nor {second} is given",
                at(*keys),
                expected=f"{first} or {second}",
                help="Give exactly one of the two.",
            )


def _authors(keys: Keys, comment: Comment, outside: str) -> Iterator[Choice]:
    """Yield the choice of who comments; one who gives no name, or is still asked, is not named."""
    author = comment.author
    if outside == "commitment" and author.name:
        return  # `name-in-the-open` says so
    if author.member or getattr(author, outside) or comment.publication == "public":
        yield keys, author, ("member", outside)


def _choices(document: Document) -> Iterator[Choice]:
    record = document.record
    shares = ("at_least", "more_than")
    if isinstance(record, Comment):
        yield from _authors(("author",), record, "commitment")
    elif isinstance(record, Submission):
        yield (), record, ("position", "comment")
        if record.comment is not None:
            yield from _authors(("comment", "author"), record.comment, "name")
    elif isinstance(record, Policy):
        for group, majority in (record.majority or {}).items():
            yield ("majority", group), majority, shares
        if record.quorum is not None:
            yield ("quorum",), record.quorum, shares
