"""A kind of record is declared once: its line and its model agree, and nothing is forgotten."""

from __future__ import annotations

from typing import ClassVar, get_args

import pytest

from govkit.corpus.fields import fields_of
from govkit.corpus.record_digests import digest_for, hashed_value
from govkit.records.base import Record
from govkit.records.kinds import KINDS, LOGGED_ONCE, PAPERS, kind_of_path
from govkit.records.log import EntryKind
from govkit.records.models import model_of
from govkit.records.references import MemberRef, PositionRef
from govkit.records.scalars import Line, Many, Slug
from govkit.workspace.log_divergence import NAMING
from tests.id_fields import fields_of_model
from tests.records.test_references import silent

IN_PLACES = [
    (kind, f"governance/{place.example}.yaml") for kind in KINDS for place in KINDS[kind].places
]


class Hearing(Record):
    """A kind that nobody has: who was heard, about which position, and where."""

    KIND: ClassVar[str] = "hearing"
    UNHASHED: ClassVar[frozenset[str]] = frozenset(("minutes",))
    APART: ClassVar[dict[str, frozenset[str]]] = {"outcome": frozenset(("outcome",))}

    chair: MemberRef
    heard: Many[MemberRef] = ()
    about: PositionRef | None = None
    room: Slug | None = None
    minutes: Line | None = None
    outcome: Line | None = None


HEARING = Hearing(
    chair="a-example",
    heard=("b-example", "c-example"),
    about="positions/b-example-01",
    room="large-hall",
    minutes="Short.",
    outcome="Settled.",
)


def test_what_a_new_record_names_is_followed_from_its_type_alone() -> None:
    found = fields_of(HEARING, "2026-003").references
    assert [(each.kinds, each.key, each.role) for each in found] == [
        (("member",), "a-example", "chair"),
        (("member",), "b-example", "heard"),
        (("member",), "c-example", "heard"),
        (("position",), "2026-003/positions/b-example-01", "about"),
    ]


def test_a_new_field_that_holds_an_id_and_says_no_target_is_named() -> None:
    assert silent(fields_of_model(Hearing)) == ["Hearing.room"]


def test_the_digest_of_a_new_record_covers_what_its_model_says() -> None:
    whole, outcome = (hashed_value(kind, HEARING)["record"] for kind in ("hearing", "outcome"))
    assert whole.keys() == {"chair", "heard", "about", "room"}
    assert outcome == {"outcome": "Settled."}
    signed = HEARING.model_copy(update={"minutes": "Long."})
    assert digest_for("hearing", signed) == digest_for("hearing", HEARING)


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_of_a_kind_is_its_own_and_names_its_fields(kind: str) -> None:
    model = model_of(kind)
    assert kind == model.KIND
    assert model.UNHASHED.union(*model.APART.values()) <= model.model_fields.keys()


def test_every_model_of_a_record_is_a_kind() -> None:
    declared = {model_of(kind) for kind in (*KINDS, *PAPERS)}
    written = {each for each in _below(Record) if each.__module__.startswith("govkit.")}
    assert {each for each in written if "KIND" in vars(each)} == declared


@pytest.mark.parametrize(("kind", "path"), IN_PLACES)
def test_the_example_of_a_place_is_of_its_kind(kind: str, path: str) -> None:
    assert kind_of_path(path) == kind
    assert path.startswith(f"{KINDS[kind].folder}/") or kind == "declaration"


def test_an_entry_of_the_log_is_of_a_kind_that_a_record_declares() -> None:
    logged = {each.entry for each in KINDS.values() if each.logged != "never"}
    apart = {kind for each in KINDS for kind in model_of(each).APART}
    about_others = {"taken-over", "countersigned", "erasure"}
    assert set(get_args(EntryKind)) == logged | apart | about_others
    assert logged >= LOGGED_ONCE


@pytest.mark.parametrize("kind", KINDS)
def test_what_names_a_number_of_its_proposal_is_written_anew_with_it(kind: str) -> None:
    """Two people may give one number in two clones; bringing the logs together gives a new one."""
    own = {
        field.where.partition(".")[2]
        for field in fields_of_model(model_of(kind))
        if field.names is not None and "{proposal}" in field.names.place
    }
    assert own <= NAMING.get(kind, {}).keys() or model_of(kind).KEPT


def _below(model: type[Record]) -> set[type[Record]]:
    return {each for one in model.__subclasses__() for each in {one, *_below(one)}}
