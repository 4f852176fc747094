"""The texts that belong to a proposal are read, and are no second issue of an id."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from govkit.corpus.copies import copy_of, digest_of_copy, kind_of_copy
from govkit.corpus.text_digests import terms_used
from govkit.records.governance import Charter
from govkit.records.proposals import Revision, TermState, Unit
from govkit.workspace import Workspace, open_workspace

BASE = Path(__file__).parents[1] / "rules" / "_base"
AFTER = "governance/proposals/2026-001/rev-1/after"
TODAY = date(2026, 3, 1)
PROVISION = "provisions/due-process/EXA-DUE-01-notice.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that the rules are tested in, with copies of four kinds of text."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    for source, name in (
        (PROVISION, "EXA-DUE-01"),
        ("provisions/principles/EXP-01-fair-hearing.yaml", "EXP-01"),
        ("provisions/instrument.yaml", "INS-provisions"),
        ("registers/terms/platform.yaml", "platform"),
    ):
        (tmp_path / AFTER).mkdir(parents=True, exist_ok=True)
        text = (tmp_path / source).read_text()
        schema = text.split("\n", 1)[0].rsplit("/", 1)[-1]
        line = f"# yaml-language-server: $schema=../../../../../schemas/{schema}\n"
        (tmp_path / AFTER / f"{name}.yaml").write_text(line + text.split("\n", 1)[1])
    return tmp_path


def found(workspace: Workspace) -> set[tuple[str, str]]:
    """Path and rule of each finding, but that no revision speaks of these copies: there is none."""
    findings = workspace.check(TODAY).findings
    return {(each.path, each.rule) for each in findings if each.rule != "copy-differs"}


def test_a_copy_is_read_as_the_kind_of_text_that_it_is(folder: Path) -> None:
    corpus = open_workspace(folder).corpus
    kinds = {document.id: document.kind for document in corpus.copies}
    assert kinds == {
        "EXA-DUE-01": "provision",
        "EXP-01": "principle",
        "INS-provisions": "instrument",
        "platform": "term",
    }
    copy = copy_of(corpus, "2026-001/rev-1", "after", "EXA-DUE-01")
    assert copy is not None
    assert copy.title == "Notice before a restriction"


def test_a_copy_is_no_second_issue_of_an_id_and_no_rule_about_texts_sees_it(folder: Path) -> None:
    workspace = open_workspace(folder)
    assert found(workspace) == set()
    assert len(workspace.corpus.by_id["text", "EXA-DUE-01"]) == 1
    before = open_workspace(BASE).corpus
    assert workspace.corpus.documents == before.documents
    assert workspace.corpus.back_links == before.back_links


def test_a_copy_that_does_not_fit_its_kind_is_a_finding(folder: Path) -> None:
    path = folder / AFTER / "EXA-DUE-01.yaml"
    path.write_text(path.read_text().replace("\ntitle:", "\ntitel:"))
    assert found(open_workspace(folder)) == {(f"{AFTER}/EXA-DUE-01.yaml", "unknown-key")}


def test_a_copy_of_which_nobody_knows_the_kind_is_a_finding(folder: Path) -> None:
    (folder / AFTER / "ZZZ-01.yaml").write_text("id: ZZZ-01\n")
    assert found(open_workspace(folder)) == {(f"{AFTER}/ZZZ-01.yaml", "misplaced-file")}


@pytest.mark.parametrize(
    ("name", "first", "kind"),
    [
        ("EXA-DUE-01", "recommendation", "provision"),
        ("EXR-01", "provision", "recommendation"),
        ("17", "principle", "principle"),
        ("17", "member", None),
    ],
    ids=["the id decides", "for each kind", "a form of its own", "no kind of text"],
)
def test_the_id_decides_and_only_where_it_does_not_the_first_line(
    name: str, first: str, kind: str | None
) -> None:
    charter = open_workspace(BASE).corpus.charter
    assert isinstance(charter, Charter)
    line = f"# yaml-language-server: $schema=../schemas/{first}.schema.json\n"
    assert kind_of_copy(f"{AFTER}/{name}.yaml", line.encode(), charter) == kind


def test_fmt_leaves_a_copy_as_it_is(folder: Path) -> None:
    from govkit.cli.main import _run

    path = folder / AFTER / "EXA-DUE-01.yaml"
    path.write_text(path.read_text() + "\n\n")
    before = path.read_bytes()
    assert _run(["-C", str(folder), "fmt"]) == 0
    assert path.read_bytes() == before


def test_a_copy_is_proved_by_what_the_revision_itself_says(folder: Path) -> None:
    """The digest stays the same when a term that the text uses changes later."""
    corpus = open_workspace(folder).corpus
    copy = copy_of(corpus, "2026-001/rev-1", "after", "EXA-DUE-01")
    assert copy is not None
    terms = {slug: corpus.digests.of(corpus.by_id["term", slug][0]) for slug in terms_used(copy)}
    assert len(terms) == 3
    resting = {slug: TermState(before=digest, after=digest) for slug, digest in terms.items()}
    opened = datetime(2026, 3, 1, tzinfo=UTC)
    revision = Revision(
        units=(),
        terms=resting,
        change="sha256:" + "0" * 64,
        code="aaaa-bbbb",
        opened=opened,
        comment_until=opened,
    )
    assert digest_of_copy(copy, revision, "after") == corpus.digests.of(
        corpus.by_id["text", "EXA-DUE-01"][0]
    )
    unit = Unit.model_validate(
        {
            "id": "platform",
            "before": terms["platform"],
            "after": "sha256:" + "1" * 64,
            "class": 7,
            "floor": 7,
        }
    )
    changed = revision.model_copy(update={"units": (unit,)})
    assert digest_of_copy(copy, changed, "before") == digest_of_copy(copy, revision, "before")
    assert digest_of_copy(copy, changed, "after") != digest_of_copy(copy, revision, "after")
    unknown = revision.model_copy(update={"terms": {}})
    assert digest_of_copy(copy, unknown, "after") is None
