"""Books as the writer prints them come back as they went: nothing is proposed."""

import datetime
from pathlib import Path

import pytest

from govkit.cli.jobs import jobs_of, laid_out
from govkit.proposals.suggestions.drafting import draw_up
from govkit.proposals.suggestions.values import Texts
from govkit.rendering.formats import written
from govkit.rendering.selection import Selection
from govkit.source.marked_docx import read_marked
from govkit.workspace import open_workspace
from govkit.workspace.printed_states import printed_records

AGORA = Path(__file__).parents[3] / "examples" / "agora"


@pytest.mark.parametrize("name", ["provisions", "principles", "AGP-CMP-01"])
def test_a_printed_book_proposes_nothing(name: str) -> None:
    workspace = open_workspace(AGORA)
    [job] = jobs_of([name], workspace, workspace.root)
    data = written(laid_out(job, Selection(), workspace), "docx")
    here = printed_records(workspace)
    around: list[str] = []

    def is_printed(words: str) -> bool:
        around.append(words)
        return True

    texts = Texts(here, here, workspace.files, is_printed, "en", "plain", datetime.date(2026, 4, 1))
    done = draw_up(read_marked(data), texts)
    assert done.placement.of
    assert not done.placement.marks_lost
    assert (done.files, done.edits, done.unplaced) == ({}, [], [])
