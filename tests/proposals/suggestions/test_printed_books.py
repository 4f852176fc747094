"""Books as the writer prints them come back as they went: nothing is proposed."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.cli.jobs import jobs_of, laid_out
from govkit.proposals.suggestions.drafting import draw_up
from govkit.proposals.suggestions.values import Suggestion, Texts
from govkit.rendering.formats import written
from govkit.rendering.selection import Selection
from govkit.source.marked_docx import read_marked
from govkit.workspace import open_workspace
from govkit.workspace.printed_states import printed_records

AGORA = Path(__file__).parents[3] / "examples" / "agora"


def drawn_up(data: bytes, is_printed: Callable[[str], bool]) -> Suggestion:
    workspace = open_workspace(AGORA)
    here = printed_records(workspace)
    texts = Texts(here, here, workspace.files, is_printed, "en", "plain", datetime.date(2026, 4, 1))
    return draw_up(read_marked(data), texts)


def printed(name: str) -> bytes:
    workspace = open_workspace(AGORA)
    [job] = jobs_of([name], workspace, workspace.root)
    return written(laid_out(job, Selection(), workspace), "docx")


@pytest.mark.parametrize("name", ["provisions", "principles", "AGP-CMP-01"])
def test_a_printed_book_proposes_nothing(name: str) -> None:
    done = drawn_up(printed(name), lambda words: True)
    assert done.placement.of
    assert not done.placement.marks_lost
    assert (done.files, done.edits, done.unplaced) == ({}, [], [])


@pytest.mark.parametrize("field", ["a", "b_exceptions_0", "title"])
@pytest.mark.parametrize("where", ["before", "behind"])
def test_words_typed_beside_a_bookmark_belong_to_its_field(field: str, where: str) -> None:
    """LibreOffice drops the tags of controls; words at an end are put beside the bookmark."""
    name = f"t_AGP_CMP_01_{field}"

    def typed(body: str) -> str:
        body = re.sub(r"<w:tag [^>]*/>", "", body)
        [start] = re.findall(rf'<w:bookmarkStart w:id="(\d+)" w:name="{name}"/>', body)
        run = '<w:r><w:t xml:space="preserve"> truly </w:t></w:r>'
        first, end = f'<w:bookmarkStart w:id="{start}"', f'<w:bookmarkEnd w:id="{start}"/>'
        return body.replace(*((first, run + first) if where == "before" else (end, end + run)))

    def is_printed(words: str) -> bool:
        return words not in ("truly", "Exception: truly", "AGP-CMP-01 truly")

    done = drawn_up(rewritten(printed("AGP-CMP-01"), typed), is_printed)
    [edit] = done.edits
    assert edit.id == "AGP-CMP-01"
    assert re.search(r"^truly |truly$", edit.new)
    assert done.unplaced == []


def rewritten(data: bytes, change: Callable[[str], str]) -> bytes:
    """Return a Word file with its body changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            part = old.read(each)
            if each == "word/document.xml":
                part = change(part.decode()).encode()
            new.writestr(each, part)
    return out.getvalue()
