"""The cases of the rules on the life cycle and the process whose files rest on digests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from govkit.corpus.commitments import commitment_of
from govkit.log.signed_statements import proposal_act_statement
from govkit.records.disclosures import Disclosure
from tests.seals import past_signed, public_of, seal

from .register import CHARTER, EXPORT, PERIODS, POLICY, TWO, ZERO, Register

COPY_WORDS = "take out a copy of the user's own data at any time"
SOCIETY = "governance/members/example-society.yaml"
RECOMMENDATION = "recommendations/EXR-01-published-figures.yaml"
ADOPTED = ("status: draft", "status: adopted")

MAKERS: dict[tuple[str, str], Callable[[Path], None]] = {}
"""What makes the files of a case, by the rule and `fires` or `silent`."""


def _case(
    rule: str, what: str, sealed: bool = True
) -> Callable[[Callable[[Register], None]], object]:
    """Each case has a proposal with a number of its own, so that all can stand in one folder.

    Its log is sealed in the end, where there is a founding.
    """
    number = len(MAKERS) + 101

    def keep(make: Callable[[Register], None]) -> Callable[[Register], None]:
        def made(folder: Path) -> None:
            case = Register(folder, f"2026-{number}")
            make(case)
            if sealed and case.is_founded():
                case.seal()

        MAKERS[rule, what] = made
        return make

    return keep


def _decided_export(case: Register, now: str = "2026-02-01T12:00:00Z") -> None:
    """Decide other words for the text on export than those that stand there."""
    case.found()
    case.propose()
    unit = case.revision(path=EXPORT, old="at any time", new="at once", before=None)
    case.decide(unit, now=now)


@_case("adopted-without-decision", "fires")
def _(case: Register) -> None:
    _decided_export(case)
    case.change(EXPORT, *ADOPTED)
    case.change(RECOMMENDATION, *ADOPTED)


@_case("adopted-without-decision", "silent")
def _(case: Register) -> None:
    _decided_export(case)
    case.change(EXPORT, *ADOPTED)
    case.change(EXPORT, "at any time", "at once")


@_case("decided-not-applied", "fires")
def _(case: Register) -> None:
    case.found()
    case.propose()
    gone = _short_lived(case)
    case.decide(
        case.revision(path=TWO, old="a fee", new="any fee", before=None),
        {"id": "EXA-PRV-09", "before": None, "after": case.digest(gone)},
    )
    (case.root / gone).unlink()


@_case("decided-not-applied", "silent")
def _(case: Register) -> None:
    """The time in which to apply it still runs: decided on 20 February, and today is 1 March."""
    case.found()
    case.propose()
    unit = case.revision(path=TWO, old="a fee", new="any fee", before=None)
    case.decide(unit, now="2026-02-20T12:00:00Z")


# --- comments, dates, members ---------------------------------------------------------------------


def _open(case: Register, number: int = 1, **more: str) -> None:
    dates = {"opened": "2026-02-10T12:00:00Z", "until": "2026-03-15T12:00:00Z"} | more
    case.found()
    if number == 1:
        case.propose()
    case.revision(number, opened=dates["opened"], until=dates["until"])


@_case("comment-unanswered", "fires")
def _(case: Register) -> None:
    _open(case, opened="2026-01-01T12:00:00Z", until="2026-02-02T12:00:00Z")
    case.comment(1, on="2026-01-05T12:00:00Z")
    _open(case, 2, opened="2026-01-20T12:00:00Z", until="2026-02-25T12:00:00Z")
    case.comment(2, on="2026-02-20T12:00:00Z", number=2)


@_case("comment-unanswered", "silent")
def _(case: Register) -> None:
    """The time for comments still runs."""
    _open(case)
    case.comment(1, on="2026-02-20T12:00:00Z")


def _answered(case: Register, **answer: str) -> None:
    _open(case)
    moment = "2026-02-21T12:00:00Z"
    disposition = {"action": "not-accepted", "by": "example-society", "at": moment, **answer}
    case.comment(1, on=moment, disposition=disposition)


@_case("reply-missing", "fires")
def _(case: Register) -> None:
    _answered(case)


@_case("reply-missing", "silent")
def _(case: Register) -> None:
    _answered(case, reply="Thirty days are what the Example Act asks for.")


@_case("period-too-short", "fires")
def _(case: Register) -> None:
    """Nineteen days for comments, and thirteen for the last call."""
    _open(case, until="2026-03-01T12:00:00Z")
    case.last_call("2026-02-28T12:00:00Z", "2026-03-13T12:00:00Z")


@_case("period-too-short", "silent")
def _(case: Register) -> None:
    _open(case, until="2026-03-12T12:00:00Z")
    case.last_call("2026-02-28T12:00:00Z", "2026-03-14T12:00:00Z")


def _called(case: Register, on: str, closes: str) -> None:
    _open(case, opened="2025-12-01T12:00:00Z", until="2026-01-01T12:00:00Z")
    case.last_call(on, closes)


@_case("decision-overdue", "fires")
def _(case: Register) -> None:
    _called(case, "2026-01-02T12:00:00Z", "2026-01-20T12:00:00Z")


@_case("decision-overdue", "silent")
def _(case: Register) -> None:
    """What came in time is still taken in: the last call closed four days ago."""
    _called(case, "2026-02-02T12:00:00Z", "2026-02-25T12:00:00Z")


def _member(case: Register, id: str, until: str) -> None:
    case.put(f"governance/members/{id}.yaml", "member", {
        "name": "Invented", "kind": "individual", "state": "enrolled",
        "terms": [{"group": "academia", "since": "2025-01-10", "until": until}]})


@_case("mandate-expired", "fires")
def _(case: Register) -> None:
    _member(case, "former-coordinator", "2026-02-28")
    _member(case, "former-member", "2026-01-31")
    case.change(CHARTER, "ids: []", "ids: [former-coordinator]")


@_case("mandate-expired", "silent")
def _(case: Register) -> None:
    _member(case, "former-coordinator", "2026-03-01")
    case.change(CHARTER, "ids: []", "ids: [former-coordinator]")


# --- the log and the words of a proposal ----------------------------------------------------------


@_case("log-broken", "fires")
def _(case: Register) -> None:
    """A record without an entry, one that was changed later, and an entry that was changed."""
    _open(case)
    case.comment(1, on="2026-02-20T12:00:00Z")
    case.change(f"{case.folder}/comments/0001.yaml", "Too short.", "Too long.")
    case.comment(1, on="2026-02-21T12:00:00Z", number=2)
    entry = f"governance/log/{case.entries()[-1].name}"
    case.comment(1, on="2026-02-21T13:00:00Z", number=3)
    case.change(entry, '"received_basis": "registrar"', '"received_basis": "own-host"')
    case.comment(1, on="2026-02-21T14:00:00Z", number=4, logged=False)


@_case("log-broken", "silent")
def _(case: Register) -> None:
    _open(case)
    case.comment(1, on="2026-02-20T12:00:00Z")


@_case("revision-edited", "fires")
def _(case: Register) -> None:
    _open(case)
    case.change(f"{case.folder}/rev-1/revision.yaml", "2026-03-15T12", "2026-03-18T12")


@_case("revision-edited", "silent")
def _(case: Register) -> None:
    """Another way to write the same record."""
    _open(case)
    path = f"{case.folder}/rev-1/revision.yaml"
    case.write(path, case.text(path).replace('"code": "aaaa-bbbb"', "code: aaaa-bbbb"))


@_case("revision-gap", "fires")
def _(case: Register) -> None:
    _open(case)
    _open(case, 3, opened="2026-02-20T12:00:00Z", until="2026-03-25T12:00:00Z")


@_case("revision-gap", "silent")
def _(case: Register) -> None:
    _open(case)
    _open(case, 2, opened="2026-02-20T12:00:00Z", until="2026-03-25T12:00:00Z")


@_case("copy-differs", "fires")
def _(case: Register) -> None:
    """One text edited, one gone, and one that nobody proposed."""
    _open(case)
    place = f"{case.folder}/rev-1"
    case.change(f"{place}/after/EXA-DUE-01.yaml", "all reasons", "some reasons")
    one = case.text(f"{place}/before/EXA-DUE-01.yaml")
    (case.root / f"{place}/before/EXA-DUE-01.yaml").unlink()
    case.write(f"{place}/after/EXA-DUE-07.yaml", one.replace("EXA-DUE-01", "EXA-DUE-07"))


@_case("copy-differs", "silent")
def _(case: Register) -> None:
    """A comment in a file is no word of the text."""
    _open(case)
    copy = f"{case.folder}/rev-1/after/EXA-DUE-01.yaml"
    case.write(copy, case.text(copy) + "# kept by the proposal\n")


def _with_class(case: Register, class_: int) -> None:
    case.found()
    case.propose()
    case.revision(
        opened="2026-02-10T12:00:00Z", until="2026-03-15T12:00:00Z", new="The platform must give "
        "the reasons for the restriction within 10 days.", **{"class": class_, "floor": class_},
    )


@_case("floor-too-low", "fires")
def _(case: Register) -> None:
    """A new limit of time is called editorial."""
    _with_class(case, 1)


@_case("floor-too-low", "silent")
def _(case: Register) -> None:
    _with_class(case, 6)


@_case("unit-twice", "fires")
def _(case: Register) -> None:
    case.found()
    case.propose()
    dates = {"opened": "2026-02-10T12:00:00Z", "until": "2026-03-15T12:00:00Z"}
    case.revision(**dates, logged=False)
    path = f"{case.folder}/rev-1/revision.yaml"
    record = json.loads(case.text(path).partition("\n")[2])
    record["units"] *= 2
    case.put(path, "revision", record, "revision", dates["opened"])


@_case("unit-twice", "silent")
def _(case: Register) -> None:
    _open(case)


# --- the own rules of the coalition --------------------------------------------------------------


def _amended(case: Register, old: str, new: str, **more: object) -> str:
    """Lower a number of the policy, and file the act."""
    case.found()
    before = case.policy()
    case.change(POLICY, old, new)
    return case.act(POLICY, "policy", before, **more)


@_case("amended-without-act", "fires")
def _(case: Register) -> None:
    """An act by somebody who does not coordinate, and a charter that is edited without any."""
    _member(case, "other-society", "2026-12-31")
    _amended(case, "P30D", "P20D", by=["other-society"])
    case.change(CHARTER, "threshold: 2", "threshold: 1")


@_case("amended-without-act", "silent")
def _(case: Register) -> None:
    """One policy is changed and another one added, each by an act."""
    _amended(case, "P30D", "P20D")
    case.put("governance/policies/second.yaml", "policy",
             {"title": "Lazy consensus", "periods": PERIODS})
    case.act("governance/policies/second.yaml", "policy", None)


# --- what is adopted leaves by a decision alone ---------------------------------------------------


def _short_lived(case: Register) -> str:
    """A text that is there while something about it is written down."""
    path = "provisions/privacy/EXA-PRV-09-gone.yaml"
    text = case.text(EXPORT).replace("EXA-PRV-01", "EXA-PRV-09")
    case.write(path, text.replace("at any time", "within nine days"))
    return path


def _taken_over(case: Register, *paths: str) -> None:
    case.found()
    units = [{"id": path.rsplit("/", 1)[-1][:10], "digest": case.digest(path)} for path in paths]
    case.entry("2026-01-02T12:00:00Z", kind="taken-over", taken_over=past_signed(
        case.root_fingerprint(), {
            "units": units, "adopted_at": "First assembly", "adopted_on": "2019-11-25",
            "evidence": "The minutes.", "by": ["example-society"]}))


@_case("adopted-text-removed", "fires")
def _(case: Register) -> None:
    """One is a draft again, of one there is no file, and one (in its folder) stands in no book."""
    gone = _short_lived(case)
    _taken_over(case, EXPORT, gone)
    (case.root / gone).unlink()


@_case("adopted-text-removed", "silent")
def _(case: Register) -> None:
    _taken_over(case, EXPORT)
    case.change(EXPORT, *ADOPTED)


# --- an id is never changed -----------------------------------------------------------------------


def _with_id(case: Register, id: str, other: str, days: str) -> str:
    """A text of its own on export, with this id in its name and another one inside."""
    path = f"provisions/privacy/{id}-copies.yaml"
    text = case.text(EXPORT).replace("EXA-PRV-01", other)
    case.write(path, text.replace("at any time", f"within {days} days"))
    return path


@_case("changed-id", "fires")
def _(case: Register) -> None:
    """One that was decided has another id inside, one in the name of its file, too."""
    case.found()
    case.propose()
    ids = ("EXA-PRV-61", "EXA-PRV-62")
    paths = [_with_id(case, id, id, id[-2:]) for id in ids]
    case.decide(*(
        {"id": id, "before": None, "after": case.digest(path)}
        for id, path in zip(ids, paths, strict=True)
    ))
    _with_id(case, "EXA-PRV-61", "EXA-PRV-71", "61")
    (case.root / paths[1]).unlink()
    _with_id(case, "EXA-PRV-72", "EXA-PRV-72", "62")


@_case("changed-id", "silent")
def _(case: Register) -> None:
    """A draft that nobody adopted or released may have another id."""
    moved = EXPORT.replace("PRV-01", "PRV-63")
    case.write(moved, case.text(EXPORT).replace("EXA-PRV-01", "EXA-PRV-63"))
    (case.root / EXPORT).unlink()
    case.change("provisions/instrument.yaml", "EXA-PRV-01", "EXA-PRV-63")


# --- an adopted text stays in its book ------------------------------------------------------------


def _released(case: Register, book: str, id: str) -> None:
    """A release of this book that was published, with this text in it."""
    slug = book.removeprefix("INS-")
    folder = f"releases/{slug}/3.0.0"
    case.put(f"{folder}/manifest.yaml", "manifest", {
        "instrument": book, "version": "3.0.0", "state": "candidate", "title": "Invented",
        "dated": "2026-02-01", "tree": "1" * 40, "records": 19, "merkle_root": ZERO,
        "threshold": 1, "units": [{"id": id, "digest": ZERO}]})
    case.put(f"{folder}/published.yaml", "publication", {
        "release": f"{slug}/3.0.0", "published": "2026-02-02T12:00:00Z", "by": "example-society",
        "sums": ZERO, "head": f"{ZERO}\n1\n{'A' * 43}=\n", "signatures": {"example-society": ZERO}},
        "publication")


def _adopted_in(case: Register, book: str, id: str) -> None:
    path = f"provisions/privacy/{id}-in-a-book.yaml"
    text = case.text(EXPORT).replace("EXA-PRV-01", id)
    case.write(path, re.sub("(?m)^status: .*$", "status: adopted", text))
    _taken_over(case, path)
    case.change("provisions/instrument.yaml", "items: [EXA-PRV-", f"items: [{id}, EXA-PRV-")
    _released(case, book, id)


@_case("moved-between-books", "fires")
def _(case: Register) -> None:
    _adopted_in(case, "INS-recommendations", "EXA-PRV-65")


@_case("moved-between-books", "silent")
def _(case: Register) -> None:
    _adopted_in(case, "INS-provisions", "EXA-PRV-66")


def _new_text(case: Register) -> None:
    case.found()
    case.propose()
    case.revision(path=EXPORT, old="at any time", new="at once", before=None)


@_case("decision-differs", "fires")
def _(case: Register) -> None:
    """The policy asks for no consent; what is written down and logged is that it was blocked."""
    _new_text(case)
    case.decide_rightly("2026-02-20T12:00:00Z", outcome="blocked")


@_case("decision-differs", "silent")
def _(case: Register) -> None:
    _new_text(case)
    case.decide_rightly("2026-02-20T12:00:00Z")


# --- signatures and keys ---------------------------------------------------------------------------


@_case("signature-missing", "fires")
def _(case: Register) -> None:
    """An act that nobody signed, and a second name without a signature."""
    case.found()
    third = "governance/policies/third.yaml"
    case.put(third, "policy", {"title": "Silence", "periods": PERIODS})
    case.act(third, "policy", None, signed=False)
    digest = case.record_digest(third, "policy")
    case.entry("2026-02-02T12:00:00Z", kind="countersigned", path=third, digest=digest)


@_case("signature-missing", "silent")
def _(case: Register) -> None:
    case.found()
    fourth = "governance/policies/fourth.yaml"
    case.put(fourth, "policy", {"title": "Silence", "periods": PERIODS})
    case.act(fourth, "policy", None)


@_case("keys-differ", "fires")
def _(case: Register) -> None:
    """A key that was swapped, one that was added, and one that was taken away."""
    case.found()
    case.change(SOCIETY, public_of("example-society"), public_of("somebody"))
    case.change(SOCIETY, "id: k1", "id: k2")


@_case("keys-differ", "silent")
def _(case: Register) -> None:
    """The comment behind a key is no part of it."""
    case.found()
    case.change(SOCIETY, public_of("example-society"), public_of("example-society") + " laptop")


def _said(case: Register, new: bool = False, **shown: object) -> None:
    """A consent of the society, and what is filed to show it."""
    case.found()
    case.propose()
    before = {"before": None} if new else {}
    unit = case.revision(opened="2026-02-10T12:00:00Z", until="2026-03-15T12:00:00Z", **before)
    position = f"{case.folder}/positions/example-society-01.yaml"
    at = "2026-02-20T12:00:00Z"
    pair = {name: unit[name] for name in ("id", "before", "after")}
    case.put(position, "position", {
        "member": "example-society", "cast_by": "example-society", "capacity": "organisation",
        "revision": 1, "position": "consent", "units": [pair]}, "position", at)
    evidence = {"position": "positions/example-society-01", "level": "E1", "kind": "meeting",
                "digest": case.record_digest(position, "position"), "source": ZERO, **shown}
    place = f"{case.folder}/evidence/example-society-01-01.yaml"
    case.put(place, "evidence", evidence, "evidence", at)


@_case("evidence-false", "fires")
def _(case: Register) -> None:
    """It was filed to show other words than those of the position."""
    _said(case, digest=ZERO)


@_case("evidence-false", "silent")
def _(case: Register) -> None:
    """Nobody has vouched for it yet: that makes it weak, and not false."""
    _said(case)


# --- heads ---------------------------------------------------------------------------------------


@_case("log-head", "fires")
def _(case: Register) -> None:
    """The head over other entries than those that are here, below one that fits."""
    _open(case)
    case.seal("A" * 43 + "=")
    case.comment(1, on="2026-02-20T12:00:00Z")


@_case("log-head", "silent")
def _(case: Register) -> None:
    """A head that fits, and one entry more."""
    _open(case)
    case.seal()
    case.comment(1, on="2026-02-20T12:00:00Z")


@_case("log-unsealed", "fires", sealed=False)
def _(case: Register) -> None:
    """Sealed as far as the revision; a comment came later."""
    case.found()
    _open(case)
    case.seal()
    case.comment(1, on="2026-02-20T12:00:00Z")


@_case("log-unsealed", "silent")
def _(case: Register) -> None:
    case.found()
    _open(case)


# --- what a revision says of itself ----------------------------------------------------------------


@_case("change-differs", "fires")
def _(case: Register) -> None:
    """The class was lowered by hand before the revision was logged."""
    case.found()
    case.propose()
    dates = {"opened": "2026-02-10T12:00:00Z", "until": "2026-03-15T12:00:00Z"}
    case.revision(**dates, logged=False, **{"class": 7})
    path = f"{case.folder}/rev-1/revision.yaml"
    case.change(path, '"class": 7', '"class": 6')
    case.log(path, "revision", "revision", dates["opened"])


@_case("change-differs", "silent")
def _(case: Register) -> None:
    """A later revision asks for one more policy, and the first one keeps its digest."""
    case.found()
    fifth = "governance/policies/fifth.yaml"
    case.put(fifth, "policy", {"title": "Silence", "periods": PERIODS})
    case.act(fifth, "policy", None)
    _open(case)
    record = json.loads(case.text(f"{case.folder}/proposal.yaml").partition("\n")[2])
    case.write(f"{case.folder}/policies/fifth.yaml", case.text(fifth))
    record["policies"] += [{"id": "fifth", "digest": case.record_digest(fifth, "policy")}]
    case.put(f"{case.folder}/proposal.yaml", "proposal", record, "proposal",
             "2026-02-20T12:00:00Z")
    _open(case, 2, opened="2026-02-20T12:00:00Z", until="2026-03-25T12:00:00Z")


# --- corrections ---------------------------------------------------------------------------------


def _corrected(case: Register, received: str = "2026-02-20T12:00:00Z") -> None:
    """A comment that was written down wrongly, the right one, and the correction."""
    _open(case)
    case.comment(1, on="2026-02-20T12:00:00Z")
    wrong, right = (f"{case.folder}/comments/{number}.yaml" for number in ("0001", "0002"))
    at = "2026-02-21T12:00:00Z"
    words = json.loads(case.text(wrong).split("\n", 1)[1]) | {"comment": "What was really said."}
    case.put(right, "comment", words, "comment", at, received)
    case.put(f"{case.folder}/corrections/01.yaml", "correction", {
        "corrects": "comments/0001", "digest": case.record_digest(wrong, "comment"),
        "right": "comments/0002", "right_digest": case.record_digest(right, "comment"),
        "reason": "I misread it."}, "correction", at)


@_case("correction-false", "fires")
def _(case: Register) -> None:
    """What is right is said to have come a day earlier."""
    _corrected(case, received="2026-02-19T12:00:00Z")


@_case("correction-false", "silent")
def _(case: Register) -> None:
    """Nobody has vouched for it yet: so it does not count, and is not false."""
    _corrected(case)


@_case("correction-unconfirmed", "fires")
def _(case: Register) -> None:
    _corrected(case)


@_case("correction-unconfirmed", "silent")
def _(case: Register) -> None:
    """A false one is named as false, and asks nobody to vouch for it."""
    _corrected(case, received="2026-02-19T12:00:00Z")


def _outside(case: Register, number: int, words: dict[str, str], **disclosed: str) -> Disclosure:
    """File a comment of somebody outside, and disclose words beside it: theirs, where none other."""
    made = Disclosure.model_validate({"salt": f"{number:064x}"} | words)
    author = {"commitment": commitment_of(made), "group": "academia"}
    case.comment(number=number, author=author)
    case.put(f"{case.folder}/names/{number:04d}.yaml", "disclosure",
             {"salt": made.salt, **words, **disclosed}, None)
    return made


@_case("disclosure-false", "fires")
def _(case: Register) -> None:
    """A name swapped for another, a salt used twice, a name of nobody, one that was erased."""
    case.propose()
    case.revision()
    _outside(case, 1, {"name": "A. Example"}, name="B. Example")
    _outside(case, 2, {"name": "C. Example"}, salt=f"{1:064x}")
    _outside(case, 4, {"name": "D. Example"})
    case.erased(4)
    case.comment(number=3)
    case.put(f"{case.folder}/names/0003.yaml", "disclosure",
             {"salt": f"{3:064x}", "name": "E. Example"}, None)


@_case("disclosure-false", "silent")
def _(case: Register) -> None:
    case.propose()
    case.revision()
    _outside(case, 1, {"name": "A. Example", "affiliation": "Example University"})
    _outside(case, 2, {"name": "A. Example", "affiliation": "Example University"})


@_case("disclosure-missing", "fires")
def _(case: Register) -> None:
    case.propose()
    case.revision()
    _outside(case, 1, {"name": "A. Example"})
    (case.root / case.folder / "names/0001.yaml").unlink()


@_case("disclosure-missing", "silent")
def _(case: Register) -> None:
    """Somebody asked to be left out, and the log says who did it."""
    case.propose()
    case.revision()
    _outside(case, 1, {"name": "A. Example"})
    (case.root / case.folder / "names/0001.yaml").unlink()
    case.erased(1)


@_case("name-in-the-open", "fires")
def _(case: Register) -> None:
    case.propose()
    case.revision()
    case.comment(author={"name": "A. Example", "group": "academia"})


@_case("name-in-the-open", "silent")
def _(case: Register) -> None:
    case.propose()
    case.revision()
    _outside(case, 1, {"name": "A. Example"})


def _said_twice(case: Register, received: str) -> None:
    """The society abstains; three days later it is filed that it stands aside."""
    _said(case, new=True)
    words = json.loads(case.text(f"{case.folder}/positions/example-society-01.yaml").split("\n", 1)[1])
    for number, stance, at, came in (("02", "abstain", "2026-02-20T12:00:00Z", None),
                                     ("03", "stand-aside", "2026-02-23T12:00:00Z", received)):
        name = f"positions/example-society-{number}"
        path = f"{case.folder}/{name}.yaml"
        case.put(path, "position", words | {"position": stance}, "position", at, came)
        evidence = {"position": name, "level": "E1", "kind": "meeting", "source": ZERO,
                    "digest": case.record_digest(path, "position")}
        place = f"{case.folder}/evidence/example-society-{number}-01.yaml"
        case.put(place, "evidence", evidence, "evidence", at, came)


@_case("last-word-doubtful", "fires")
def _(case: Register) -> None:
    """It is said to have come a day before the one that was filed first."""
    _said_twice(case, received="2026-02-19T12:00:00Z")


@_case("last-word-doubtful", "silent")
def _(case: Register) -> None:
    """It came a day after."""
    _said_twice(case, received="2026-02-21T12:00:00Z")


# --- what was passed on ----------------------------------------------------------------------------


def _passed_on(case: Register, closes: str) -> None:
    """Two coordinators of a coalition that is forming passed an objection on; nobody ruled yet."""
    case.change(CHARTER, "ids: []", "ids: [example-society, second-member]")
    case.write(CHARTER, case.text(CHARTER) + "escalate_to: {body: second-member, threshold: 1}\n")
    _member(case, "second-member", "2027-01-09")
    case.policy(objection={"unresolved": "escalate"}, min_evidence={"object": "E0"})
    case.propose()
    dates = {"opened": "2025-12-01T12:00:00Z", "until": "2026-01-01T12:00:00Z"}
    unit = case.revision(**dates, before=None)
    case.last_call("2026-01-02T12:00:00Z", closes)
    words = {"id": unit["id"], "before": unit["before"], "after": unit["after"]}
    name = "positions/second-member-01"
    case.put(f"{case.folder}/{name}.yaml", "position", {
        "member": "second-member", "cast_by": "second-member", "capacity": "individual",
        "revision": 1, "position": "object", "reason": "Too short.", "units": [words]},
        "position", "2026-01-05T12:00:00Z")
    both = ["example-society", "second-member"]
    for number, kind in (("01", "answer"), ("02", "escalation")):
        case.put(f"{case.folder}/acts/{number}.yaml", "act", {
            "kind": kind, "by": both, "reason": "The Act says so.", "objections": [name],
            "units": [unit["id"]]}, "act", "2026-01-06T12:00:00Z")


@_case("ruling-overdue", "fires")
def _(case: Register) -> None:
    _passed_on(case, "2026-01-20T12:00:00Z")


@_case("ruling-overdue", "silent")
def _(case: Register) -> None:
    """What came in time is still taken in."""
    _passed_on(case, "2026-02-25T12:00:00Z")


@_case("no-deciding-body", "fires")
def _(case: Register) -> None:
    case.policy(objection={"unresolved": "escalate"})
    case.found()


@_case("no-deciding-body", "silent")
def _(case: Register) -> None:
    """Such an objection blocks, and nobody has to decide about it."""
    case.found()


# --- what is held back -----------------------------------------------------------------------------


def _held_back(case: Register, *by: str) -> None:
    """A comment, and an act of these people, all of whom have signed, that holds it back."""
    _open(case)
    case.comment(1, on="2026-02-20T12:00:00Z")
    place = f"{case.folder}/acts/01.yaml"
    case.put(place, "act", {"kind": "hold-back", "by": list(by) or ["example-society"], "reason": "It calls names.",
                            "comments": ["comments/0001"], "ground": "attack"}, "act",
             "2026-02-21T12:00:00Z")
    if by:
        words = proposal_act_statement(
            case.record(place, "act"), place, case.root_fingerprint()
        )
        record = json.loads(case.text(place).partition("\n")[2])
        case.put(place, "act", record | {"signatures": [seal(each, words) for each in by]})


@_case("hold-back-false", "fires")
def _(case: Register) -> None:
    """One coordinator alone, who has signed."""
    _held_back(case, "example-society")


@_case("hold-back-false", "silent")
def _(case: Register) -> None:
    """Not yet signed: another rule says so, and the words are shown."""
    _held_back(case)
