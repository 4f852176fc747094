"""What was adopted keeps its id; what adopted words name is renamed at the price of consent."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.release import scene

from .conftest import Ask


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A coalition whose texts are adopted."""
    return scene.founded(tmp_path)


def test_an_adopted_text_keeps_its_id_and_its_letters(here: Path, ask: Ask) -> None:
    for old, new in (("EXA-DUE-01", "EXA-DUE-77"), ("EXA-DUE-01.a", "q")):
        told = ask(here, "rename", old, new)
        assert told.code == 2
        assert "keeps its name: EXA-DUE-01 was adopted" in " ".join(told.err.split())


def test_a_source_of_adopted_words_costs_consent(here: Path, ask: Ask) -> None:
    source = next(path.stem for path in (here / "registers/sources").glob("*.yaml"))
    shown = ask(here, "rename", source, "another-act", "--dry-run")
    assert shown.code == 0, shown.err
    assert "EXA-DUE-01 is adopted. Consent needed: " in " ".join(shown.out.split())
    refused = ask(here, "rename", source, "another-act")
    assert refused.code == 2
    assert "adopted words change, and need consent: EXA-DUE-01" in " ".join(refused.err.split())
    done = ask(here, "rename", source, "another-act", "--yes")
    assert done.code == 0, done.err
    assert (here / "registers/sources/another-act.yaml").exists()


def test_an_editor_asks_before_adopted_words_change(here: Path) -> None:
    types = pytest.importorskip("lsprotocol.types")
    from govkit.errors import WrongUse
    from govkit.lsp import renames
    from govkit.lsp.editor import Editor

    editor = Editor(lambda: datetime.date(2026, 7, 1))
    page = editor.page((here / "registers/sources/example-act.yaml").as_uri())
    assert page is not None
    line = next(at for at, text in enumerate(page.places.lines) if text.startswith("title:"))
    at = types.Position(line, 9)
    edits = types.WorkspaceEditClientCapabilities(
        document_changes=True, resource_operations=["rename"]
    )
    able = types.WorkspaceClientCapabilities(workspace_edit=edits)
    client = renames.Client(types.ClientCapabilities(workspace=able))
    with pytest.raises(WrongUse, match="adopted words change, and need consent: EXA-DUE-01"):
        renames.renamed(editor, page, at, "another-act", client)
    edits.change_annotation_support = types.ChangeAnnotationsSupportOptions()
    client = renames.Client(types.ClientCapabilities(workspace=able))
    edit = renames.renamed(editor, page, at, "another-act", client)
    assert edit is not None
    [note] = edit.change_annotations.values()
    assert note.needs_confirmation
    assert "EXA-DUE-01" in note.description
