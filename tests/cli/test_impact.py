"""`govkit impact`: everything that rests on a record, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from govkit.records.base import Relation
from govkit.records.references import ROLES
from tests.id_fields import word_fields

from .conftest import D1, D2, Run, change
from .past import asked


def how(resting: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(link["as"], link["clause"]) for link in resting["how"]]


def test_a_term_for_people(coalition: Path, govkit: Run) -> None:
    change(coalition, D2, "status: draft", "status: adopted")
    said = govkit(coalition, "impact", "restriction").stdout.decode()
    assert said == (
        "restriction  restriction\n"
        "term, draft\n"
        "\n"
        "  EXP-01  Fair hearing  [principle, draft]\n"
        "      uses the term in (a)\n"
        "    INS-principles  Example principles (invented)  [instrument, draft]\n"
        "        holds it in the order of the book\n"
        "    EXA-DUE-01: is grounded in it (listed elsewhere in full)\n"
        "    EXA-DUE-02: is grounded in it (listed elsewhere in full)\n"
        "    EXR-01  Published figures  [recommendation, draft]\n"
        "        is grounded in it\n"
        "      INS-recommendations  Example recommendations (invented)  [instrument, draft]\n"
        "          holds it in the order of the book\n"
        "  EXA-DUE-01  Notice before a restriction  [provision, draft]\n"
        "      uses the term in (a)\n"
        "    INS-provisions  Example provisions (invented)  [instrument, draft]\n"
        "        holds it in the order of the book\n"
        "    EXR-01: refers to it in (a) (listed elsewhere in full)\n"
        "    silent-removal  Removal without notice  [issue]\n"
        "        is answered by it\n"
        "      example-notices  Notices by the Example Forum (invented)  [response]\n"
        "          responds to it\n"
        "  EXA-DUE-02  Free complaint  [provision, adopted, needs a new consent]\n"
        "      uses the term in (a)\n"
        "    INS-provisions: holds it in the order of the book (listed elsewhere in full)\n"
        "\n"
        "9 records rest on it: 3 instruments, 1 principle, 2 provisions, 1 recommendation, "
        "1 issue, 1 response.\n"
        "If the definition changes, 3 normative records change with it.\n"
        "A new consent would be needed to: EXA-DUE-02.\n"
    )


def test_a_term_as_json(coalition: Path, govkit: Run) -> None:
    change(coalition, D2, "status: draft", "status: adopted")
    found = asked(govkit, coalition, "impact", "restriction", "--depth", "1")
    assert {key: found[key] for key in found if key != "rests_on_it"} == {
        "version": 1,
        "id": "restriction",
        "kind": "term",
        "title": "restriction",
        "status": "draft",
        "path": "registers/terms/restriction.yaml",
        "count": 9,
        "by_kind": {
            "instrument": 3,
            "principle": 1,
            "provision": 2,
            "recommendation": 1,
            "issue": 1,
            "response": 1,
        },
        "not_shown": 6,
        "changes_with_it": ["EXP-01", "EXA-DUE-01", "EXA-DUE-02"],
        "needs_new_consent": ["EXA-DUE-02"],
    }
    assert found["rests_on_it"][2] == {
        "id": "EXA-DUE-02",
        "kind": "provision",
        "title": "Free complaint",
        "status": "adopted",
        "path": D2,
        "normative": True,
        "changes_with_it": True,
        "needs_new_consent": True,
        "how": [
            {"as": "term", "words": "uses the term", "at": "clauses.0.text@45:76", "clause": "a"}
        ],
        "again": False,
        "rests_on_it": [],
    }


def test_a_source_names_grounds_and_mappings(coalition: Path, govkit: Run) -> None:
    found = asked(govkit, coalition, "impact", "example-act")
    roles = {each["id"]: how(each) for each in found["rests_on_it"]}
    assert roles["EXA-DUE-01"] == [("ground", None), ("mapping", None)]
    assert roles["silent-removal"] == [("raised-in", None)]
    assert found["changes_with_it"] == found["needs_new_consent"] == []


def test_a_member_and_nothing(coalition: Path, govkit: Run) -> None:
    found = asked(govkit, coalition, "impact", "example-society")
    assert [(each["id"], how(each)) for each in found["rests_on_it"]] == [
        ("example-act", [("verified-by", None)]),
        ("first-meeting", [("attended", None)]),
    ]
    said = govkit(coalition, "impact", "first-meeting").stdout.decode()
    assert said.endswith("\nNothing rests on it.\n")


def test_a_text_that_cant_be_read_still_has_its_users(coalition: Path, govkit: Run) -> None:
    change(coalition, D1, "clauses:", "clauses: [")
    done = govkit(coalition, "impact", "provision:EXA-DUE-01", "--format", "json")
    assert b"1 file can't be read" in done.stderr
    found = json.loads(done.stdout)
    assert "EXA-DUE-02" in {each["id"] for each in found["rests_on_it"]}


def test_a_user_that_cant_be_read_is_no_traceback(coalition: Path, govkit: Run) -> None:
    change(coalition, D1, "clauses:", "clauses: [")
    done = govkit(coalition, "impact", "restriction")
    assert done.returncode == 0


def test_an_unknown_id(coalition: Path, govkit: Run) -> None:
    done = govkit(coalition, "impact", "EXA-DUE-1")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "Did you mean `EXA-DUE-01`?" in done.stderr.decode()
    assert govkit(coalition, "impact", "--", "--upload-pack=x").returncode == 2
    assert govkit(coalition, "impact", "user", "--depth", "0").returncode == 2


def test_it_needs_no_repository(coalition: Path, govkit: Run) -> None:
    assert govkit(coalition, "impact", "user").returncode == 0


def test_titles_can_move_nothing(coalition: Path, govkit: Run) -> None:
    """The gate refuses what a terminal would obey; a path may still hold it."""
    odd = coalition / "registers/terms/a\x1b[2J.yaml"
    odd.write_text("term: [\n")
    done = govkit(coalition, "impact", "a\x1b[2J")
    assert b"\x1b" not in done.stdout + done.stderr


def roles() -> set[str]:
    """Every role that a reference is made with: those of the fields, and those of links."""
    fields = {field.role for field in word_fields() if field.names is not None and field.role}
    return {*fields, *get_args(Relation.model_fields["as_"].annotation), "term", "ref", "prose"}


def test_each_role_has_words() -> None:
    assert roles() - ROLES.keys() == set()
    assert ROLES.keys() - roles() == set()


@pytest.mark.parametrize("command", ["history", "blame", "impact"])
def test_the_shell_completes_ids(command: str, coalition: Path, govkit: Run) -> None:
    done = govkit(
        coalition,
        _GOVKIT_COMPLETE="bash_complete",
        COMP_CWORD="4",
        COMP_WORDS=f"govkit -C {coalition} {command} exa-due",
    )
    assert done.stdout.decode().split() == ["plain,EXA-DUE-01", "plain,EXA-DUE-02"]
