"""A check after an edit says what one of the whole says, and looks at no more than it has to."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest

from govkit.checks import again
from govkit.checks.again import Checked, checked
from govkit.checks.run import findings_of
from govkit.corpus.whole import Corpus
from govkit.workspace import Workspace, open_workspace
from govkit.workspace.buffers import read_again, with_file

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
TODAY = datetime.date(2026, 3, 1)
D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
D2 = "provisions/due-process/EXA-DUE-02-complaint.yaml"
TERM = "registers/terms/restriction.yaml"
USER = "registers/terms/user.yaml"
CHARTER = "governance/charter.yaml"
BOOK = "provisions/instrument.yaml"
FRENCH = "translations/fr/platform.yaml"

EDITS: dict[str, list[tuple[str, bytes, bytes]]] = {
    "another force": [(D1, b"The platform must give", b"The platform may give")],
    "an unknown term": [(D2, b"(term:restriction)", b"(term:restrictio)")],
    "a new alias of a term": [(TERM, b"status: draft", b"aliases: [fee]\nstatus: draft")],
    "a term withdrawn": [(TERM, b"status: draft", b"status: withdrawn")],
    "a broken term": [(USER, b"term: user", b"term: [user")],
    "an id of another": [(D2, b"id: EXA-DUE-02", b"id: EXA-DUE-01")],
    "a right less": [(CHARTER, b"  privacy: Privacy\n", b"")],
    "a text out of its book": [(BOOK, b"[EXA-DUE-01, EXA-DUE-02]", b"[EXA-DUE-02]")],
    "a stale translation": [
        ("registers/terms/platform.yaml", b"definition: ", b"definition: Now ")
    ],
    "a finding let stand": [
        (D1, b"give the reasons", b"give the reasons and/or the facts"),
        (
            D1,
            b"rationale: |",
            b"suppress:\n  - {rule: and-or, reason: so it is, by: editors, until: 2027-01-01}\n"
            b"rationale: |",
        ),
    ],
}


@pytest.fixture(scope="module")
def opened() -> Workspace:
    return open_workspace(BASE)


@pytest.fixture(scope="module")
def first(opened: Workspace) -> Checked:
    return checked(opened.corpus, TODAY)


def same_as_whole(after: Checked, corpus: Corpus) -> None:
    whole = findings_of(corpus, TODAY)
    assert sorted(map(repr, after.findings)) == sorted(map(repr, whole))


def test_the_first_check_is_that_of_the_whole(opened: Workspace, first: Checked) -> None:
    same_as_whole(first, opened.corpus)


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
def test_after_each_edit_and_back_again(
    opened: Workspace, first: Checked, edits: list[tuple[str, bytes, bytes]]
) -> None:
    now, last = opened, first
    for path, old, new in edits:
        assert old in now.files[path]
        now = with_file(now, path, now.files[path].replace(old, new))
        last = checked(now.corpus, TODAY, last)
        same_as_whole(last, now.corpus)
        assert last.rules_run < first.rules_run or path == CHARTER
    for path, _, _ in edits:
        now = with_file(now, path, opened.files[path])
        last = checked(now.corpus, TODAY, last)
        same_as_whole(last, now.corpus)
    assert sorted(map(repr, last.findings)) == sorted(map(repr, first.findings))


@pytest.mark.parametrize("path", [D1, TERM, "registers/sources/example-act.yaml", CHARTER, FRENCH])
def test_after_a_file_is_gone_and_there_again(opened: Workspace, first: Checked, path: str) -> None:
    without = with_file(opened, path, None)
    gone = checked(without.corpus, TODAY, first)
    same_as_whole(gone, without.corpus)
    there = with_file(without, path, opened.files[path])
    same_as_whole(checked(there.corpus, TODAY, gone), there.corpus)


def test_on_another_day_everything_is_looked_at_anew(opened: Workspace, first: Checked) -> None:
    later = checked(opened.corpus, TODAY + datetime.timedelta(days=400), first)
    assert later.rules_run == first.rules_run


def test_nothing_runs_where_nothing_changed(opened: Workspace, first: Checked) -> None:
    assert checked(opened.corpus, TODAY, first).rules_run == 0


def test_an_edit_of_words_calls_a_few_rules_and_parses_one_file(
    opened: Workspace, first: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govkit import workspace

    parsed: list[str] = []
    read = workspace.read_records

    def counted(files: list[tuple[str, str, bytes]], *more: Any) -> object:
        parsed.extend(path for path, _, _ in files)
        return read(files, *more)

    monkeypatch.setattr(workspace, "read_records", counted)
    data = opened.files[D1].replace(b"Whoever knows the reasons", b"Whoever has heard the reasons")
    now = with_file(opened, D1, data)
    after = checked(now.corpus, TODAY, first)
    documents = sum(1 for rule in again.RULES if rule.scope == "document")
    corpus = sum(1 for rule in again.RULES if rule.scope == "corpus")
    assert parsed in ([D1], [])  # none where the whole suite has read these bytes before
    assert now.corpus.digests is opened.corpus.digests, "no term is another one"
    again_ = 0  # the rules about links are called for the texts that name this one
    for path, kept in after.of_documents.items():
        if path != D1:
            known = first.of_documents[path].by_rule
            called = {slug for slug, each in kept.by_rule.items() if each is not known[slug]}
            named = any(link.key == "EXA-DUE-01" for link in kept.document.references)
            assert named or "label-against-target" not in called, path
            again_ += len(called)
    assert after.rules_run <= documents + corpus + again_
    assert again_ < 20


def test_read_again_parses_only_what_another_program_changed(tmp_path: Path) -> None:
    root = shutil.copytree(BASE, tmp_path / "texts")
    before = open_workspace(root)
    (root / D1).write_bytes(before.files[D1] + b"# seen\n")
    (root / USER).unlink()
    (root / "registers/terms/odd.yml").write_bytes(b"term: odd\n")
    after = read_again(before, {D2: b"id: [\n"})
    same = {each.path for each in after.corpus.documents} & {
        each.path for each in before.corpus.documents if after.corpus.by_path.get(each.path) is each
    }
    differ = {each.path for each in after.corpus.documents} - same
    assert differ == {D1, D2, "registers/terms/odd.yml"}
    assert USER not in after.files
    assert sorted(map(repr, findings_of(after.corpus, TODAY))) == sorted(
        map(repr, checked(after.corpus, TODAY, checked(before.corpus, TODAY)).findings)
    )
