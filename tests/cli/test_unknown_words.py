"""A word that nothing has is wrong use, answered with the nearest and with the words there are."""

from pathlib import Path

import pytest

from govkit.records import registers, releases, texts
from govkit.records.governance import Charter, Member
from govkit.records.kinds import STATUSES

from .conftest import Run

UNKNOWN = [
    ("list provisoin", "Did you mean `provision`? One of: charter,"),
    ("list --status drafts", "Did you mean `draft`? One of: draft, trial, adopted,"),
    ("list --right privcy", "Did you mean `privacy`? One of: due-process, privacy."),
    ("list --area due", "Did you mean `DUE`? One of: DUE, PRV."),
    ("list --for size=smal", "Did you mean `small`?"),
    ("list --format jsn", "Did you mean `json`?"),
    ("render EXA-DUE-01 --for users=chidl", "Did you mean `child`?"),
    ("render EXA-DUE-01 --format pfd", "md, html, pdf, docx, json"),
    ("render provisoins", "Did you mean `provisions`?"),
    ("render provisions --without rational", "rationale, guidance"),
    ("new provisoin", "Did you mean `provision`? One of: policy, member,"),
    ("new provision --title x --area DEU", "Did you mean `DUE`?"),
    ("new translation --of EXA-DUE-1 --language fr", "Did you mean `EXA-DUE-01`?"),
    ("new translation --of EXA-DUE-01 --language de", "It has: fr."),
    ("new response --title x --issue silent-remval", "Did you mean `silent-removal`?"),
    ("schema provisoin", "Did you mean `provision`?"),
    ("explain unknown-referense", "Did you mean `unknown-reference`?"),
    ("explain chartr", "Did you mean `charter`?"),
    ("explain policy:substanse", "There is none yet."),
    ("status 2026-002", "Did you mean `2026-001`? One of: 2026-001."),
    ("decide 2026-002", "Did you mean `2026-001`? One of: 2026-001."),
    ("calendar 2026-002", "Did you mean `2026-001`? One of: 2026-001, first-meeting."),
    ("calendar --plan --start 2026-10-30 --policy x", "There is none yet."),
    ("comment table --proposal 2026-002", "Did you mean `2026-001`?"),
    ("comment table --unit EXA-DUE-1", "Did you mean `EXA-DUE-01`?"),
    ("consent example-socety 2026-001 consent", "Did you mean `example-society`?"),
    ("consent example-society 2026-002 consent", "Did you mean `2026-001`?"),
    ("consent example-society 2026-001 consents", "Did you mean `consent`?"),
    ("consent example-society 2026-001 consent --unit EXA-DUE-1", "Did you mean `EXA-DUE-01`?"),
    ("consent example-society 2026-001 consent --by example-socety", "Did you mean"),
    ("member add x --name X --kind organisation --group acedemia", "Did you mean `academia`?"),
    ("member add x --kind organization", "Did you mean `organisation`?"),
    ("member end exampel-society --asked", "Did you mean `example-society`?"),
    ("propose open --proposer exampel-society --title x", "Did you mean `example-society`?"),
    (
        "propose open --proposer example-society --title x --alongside 2026-009",
        "Did you mean `2026-001`?",
    ),
    ("propose act waivr 2026-001 --reason x", "Did you mean `waiver`?"),
    ("call move drafts --to 2026-11-04 --reason x", "inputs, draft, comments"),
    ("release list provisoins", "Did you mean `provisions`?"),
    ("release plan provisoins", "Did you mean `provisions`?"),
    ("release notes provisoins", "Did you mean `provisions`?"),
    ("completion bsh", "Did you mean `bash`?"),
]


@pytest.mark.parametrize(("line", "answer"), UNKNOWN, ids=[line for line, _ in UNKNOWN])
def test_a_word_that_is_not_there(founded: Path, govkit: Run, line: str, answer: str) -> None:
    writes = ("consent", "member", "propose", "call")
    who = ["--by", "example-society"] * line.startswith(writes) * ("--by" not in line)
    done = govkit(founded, *line.split(), *who)
    assert done.returncode == 2
    assert answer in done.stderr.decode()


def test_every_status_of_a_record_may_be_asked_for() -> None:
    kinds = (
        texts.Provision,
        texts.Principle,
        texts.Recommendation,
        texts.Instrument,
        registers.Term,
        registers.Paper,
        Charter,
        Member,
        releases.Manifest,
    )
    for kind in kinds:
        for name in ("status", "state"):
            field = kind.model_fields.get(name)
            if field is not None:
                assert set(field.annotation.__args__) <= set(STATUSES)  # type: ignore[union-attr]
