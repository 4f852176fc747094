"""Ids as the charter makes them, for this coalition and for others that keep their own."""

import pytest

from govkit.corpus.ids import IdForm, id_forms, id_in_name, mentions
from govkit.records.governance import Charter

OURS = IdForm("provision", "{prefix}-{area}-{nn}", "EXA", ("DUE", "DUEX"))


def charter(**more: object) -> Charter:
    plain = {
        "schema_version": "1",
        "id": "example",
        "name": "Example",
        "languages": {"authoritative": "en"},
        "id_prefixes": {"provision": "EXA", "recommendation": "ERC", "principle": "EXP"},
        "areas": {"DUE": {"folder": "due-process", "title": "Due process"}},
        "coordinators": {"threshold": "1"},
    }
    return Charter.model_validate(plain | more)


@pytest.mark.parametrize(
    ("id", "area"),
    [
        ("EXA-DUE-01", "DUE"),
        ("EXA-DUEX-123", "DUEX"),
        ("EXA-DUE-1", None),
        ("EXB-DUE-01", None),
        ("EXA-DUE-01x", None),
        ("exa-DUE-01", None),
        ("EXA-XXX-01", None),
        ("", None),
    ],
)
def test_an_id_fits_its_form_or_not(id: str, area: str | None) -> None:
    assert OURS.area_of(id) == area
    assert bool(OURS.match(id)) == (area is not None)


@pytest.mark.parametrize(
    ("form", "fits", "not_"),
    [
        ("{prefix}{nn}", "EXA07", "EXA7"),
        ("{own}", "Art.12-b", "Art 12"),
        ("{prefix}.{own}", "EXA.2.3.1", "EXA"),
        ("{area}-{area}-{nn}", "DUE-DUE-01", "DUE-01"),
        ("A+{nn}", "A+01", "AA01"),
    ],
)
def test_other_bodies_keep_their_own_form(form: str, fits: str, not_: str) -> None:
    made = IdForm("provision", form, "EXA", ("DUE",))
    assert made.match(fits)
    assert not made.match(not_)
    assert made.match(made.example())


def test_numbers_have_two_digits_or_more() -> None:
    assert OURS.make("DUE", 7) == "EXA-DUE-07"
    assert OURS.make("DUE", 123) == "EXA-DUE-123"


def test_the_charter_gives_each_kind_its_form() -> None:
    forms = id_forms(charter(id_form={"principle": "{prefix}.{nn}"}))
    assert [forms[kind].example() for kind in ("provision", "recommendation", "principle")] == [
        "EXA-DUE-01",
        "ERC-01",
        "EXP.01",
    ]


def test_ids_are_found_in_running_text_as_whole_words() -> None:
    text = "See EXA-DUE-01, EXP-02 and (ERC-03); not EXA-DUE-1, XEXA-DUE-01 or EXA-DUE-01-b."
    assert mentions(charter()).findall(text) == ["EXA-DUE-01", "EXP-02", "ERC-03"]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("EXA-DUE-03-internal-complaint", "EXA-DUE-03"),
        ("EXP-01", "EXP-01"),
        ("personal-data", "personal-data"),
        ("EXA-DUE-03b", "EXA-DUE-03b"),
    ],
)
def test_a_file_that_cannot_be_read_still_has_the_id_of_its_name(name: str, id: str) -> None:
    assert id_in_name(name) == id
