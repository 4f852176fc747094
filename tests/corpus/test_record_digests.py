"""What moves the digest of a record, and what does not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from govkit.corpus.record_digests import change_digest, digest_for
from govkit.log.digests import entry_digest
from govkit.records.models import model_of
from govkit.source.loader import load
from govkit.source.validation import validate
from tests.records.process_records import OTHER, PROCESS_RECORDS


def record(kind: str, text: str = "") -> Any:
    made, faults = validate(kind, load(text or PROCESS_RECORDS[kind]), "x.yaml")
    assert made is not None, faults
    return made


@pytest.mark.parametrize("kind", sorted(PROCESS_RECORDS))
def test_each_kind_has_a_digest_that_is_the_same_each_time(kind: str) -> None:
    first, second = record(kind), record(kind)
    assert re.fullmatch("sha256:[0-9a-f]{64}", digest_for(kind, first))
    assert digest_for(kind, first) == digest_for(kind, second)


def test_a_record_of_one_kind_never_stands_for_another() -> None:
    digests = {digest_for(kind, record("act")) for kind in ("act", "notice", "decision")}
    assert len(digests) == 3


POSITION = PROCESS_RECORDS["position"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("reason: The time is short.", "reason: >-\n  The time\n  is short."),
        ("reason: The time is short.", "reason: |\n  The time  is short.\n"),
        ("claimed_at: 2026-03-12T09:00:00Z", "claimed_at: 2026-03-12T09:00Z"),
        ("confirms_withdrawal: false\n", ""),
        ("revision: 2", 'revision: "2"'),
        ("member: example-society\n", "# a comment\nmember: 'example-society'\n"),
        ("publish:", "suppress: []\npublish:"),
    ],
    ids=["folded", "literal", "seconds", "a default", "quotes", "a comment", "no suppression"],
)
def test_formatting_never_changes_a_digest(before: str, after: str) -> None:
    assert before in POSITION
    changed = record("position", POSITION.replace(before, after))
    assert digest_for("position", changed) == digest_for("position", record("position"))


def test_quotation_marks_are_read_as_straight_ones() -> None:
    curved = POSITION.replace("The time is short.", "The “time” isn’t short.")
    straight = POSITION.replace("The time is short.", '"The \\"time\\" isn\'t short."')
    assert digest_for("position", record("position", curved)) == digest_for(
        "position", record("position", straight)
    )


OUTSIDE = {("log-entry", "signature"), ("notice", "message_id")}
"""Fields that no digest has: one is made over the rest, one is known only when it went out."""


@pytest.mark.parametrize("kind", sorted(PROCESS_RECORDS))
def test_every_field_of_a_record_moves_a_digest(kind: str) -> None:
    whole = record(kind)
    for name, field in model_of(kind).model_fields.items():
        default = () if field.is_required() else field.get_default(call_default_factory=True)
        without = whole.model_copy(update={name: default})
        is_made_over_the_rest = name == "signatures" or (kind, name) in OUTSIDE
        if name == "suppress" or is_made_over_the_rest or getattr(whole, name) == default:
            continue
        before = {digest_for(kind, whole), digest_for("disposition", whole)}
        after = {digest_for(kind, without), digest_for("disposition", without)}
        assert before != after, name


def test_a_comment_and_what_became_of_it_have_a_digest_each() -> None:
    whole = record("comment")
    answered = whole.model_copy(update={"author_reply": "not-satisfied"})
    assert digest_for("comment", whole) == digest_for("comment", answered)
    assert digest_for("disposition", whole) != digest_for("disposition", answered)
    other = whole.model_copy(update={"comment": "Something else."})
    assert digest_for("comment", whole) != digest_for("comment", other)
    assert digest_for("disposition", whole) == digest_for("disposition", other)


def test_the_digest_of_an_entry_leaves_out_its_signature() -> None:
    entry = record("log-entry")
    assert entry_digest(entry) == entry_digest(entry.model_copy(update={"signature": None}))
    assert entry_digest(entry) != entry_digest(entry.model_copy(update={"seq": 124}))


def test_what_a_revision_changes_is_bound_to_all_that_it_says_and_to_its_place() -> None:
    revision, proposal = record("revision"), record("proposal")
    first = change_digest("example", proposal, 2, revision)
    assert first == change_digest("example", proposal, 2, revision)
    [unit] = revision.units
    [dropped] = revision.dropped
    [policy] = proposal.policies
    other = OTHER[:-1] + "0"
    edits: tuple[dict[str, object], ...] = (
        {"units": (unit.model_copy(update={"after": other}),)},
        {"terms": {}},
        {"terms": {"user": revision.terms["platform"]}},
        {"dropped": ()},
        {"dropped": (dropped.model_copy(update={"because": "it was lost"}),)},
    )
    others = {
        change_digest("other", proposal, 2, revision),
        change_digest("example", proposal.model_copy(update={"id": "2026-004"}), 2, revision),
        change_digest("example", proposal, 3, revision),
        *(change_digest("example", proposal, 2, revision.model_copy(update=e)) for e in edits),
        change_digest("example", proposal.model_copy(update={"policies": ()}), 2, revision),
        change_digest(
            "example",
            proposal.model_copy(
                update={"policies": (policy.model_copy(update={"digest": other}),)}
            ),
            2,
            revision,
        ),
    }
    assert len(others | {first}) == 11
    later = revision.model_copy(update={"code": "aaaa-bbbb", "change": other})
    assert change_digest("example", proposal, 2, later) == first
