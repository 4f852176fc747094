"""Several PDFs are made at once, in processes of their own, and the bytes are the same."""

import os
import subprocess
import sys

import pytest

from govkit.cli import parallel
from govkit.cli.parallel import written_at_once
from govkit.errors import GovkitError
from govkit.rendering import pdf
from govkit.rendering.document import Document, Facts, Front, Paragraph, Section
from govkit.rendering.formats import written
from govkit.rendering.spans import Words


def document(title: str) -> Document:
    block = Paragraph((Words(f"The words of {title}."),))
    front = Front("X", "x", "Towns", title, Facts(()), "en")
    return Document(front, (Section("text", "one", "", "One", (block,)),))


BOOKS = tuple(map(document, ("First", "Second", "Third")))
TASKS = [(book, format) for book in BOOKS for format in ("md", "pdf")]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the titles whose PDF another process was started for."""
    titles: list[str] = []
    begin = parallel._begun

    def noted(document: Document, format: str) -> object:
        titles.append(document.front.title)
        return begin(document, format)

    monkeypatch.setattr(parallel, "_begun", noted)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return titles


def test_the_same_bytes_in_the_same_order(begun: list[str]) -> None:
    made = list(written_at_once(TASKS))
    assert made == [written(*task) for task in TASKS]
    assert begun == ["First", "Second", "Third"]


def test_no_process_is_started_for_one_pdf_or_on_one_core(
    begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(list(written_at_once(TASKS[:2]))) == 2
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(parallel, "written", lambda *_: b"made here")
    assert list(written_at_once(TASKS)) == [b"made here"] * 6
    assert begun == []


def test_what_a_process_that_was_killed_leaves_undone_is_made_here(
    begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()

    def writes(document: Document, format: str) -> bytes:
        if os.getpid() != here and document.front.title == "Second":
            os.kill(os.getpid(), 9)
        return f"{document.front.title} {os.getpid() == here}".encode()

    monkeypatch.setattr(parallel, "written", writes)
    made = list(written_at_once([(book, "pdf") for book in BOOKS]))
    assert made == [b"First False", b"Second True", b"Third False"]


def test_a_machine_that_can_make_no_pdf_says_so_once(
    begun: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    pdf._weasyprint.cache_clear()
    with pytest.raises(GovkitError, match="a PDF needs libraries"):
        list(written_at_once([(book, "pdf") for book in BOOKS]))
    pdf._weasyprint.cache_clear()
    assert capfd.readouterr() == ("", "")


KILLED = """
import os, time
from govkit.cli import parallel
os.cpu_count = lambda: 2
# In one piece: `print` may write the end of the line by itself, and the other comes between.
parallel.written = lambda *_: os.write(1, b"begun\\n") and time.sleep(100)
list(parallel.written_at_once([("one", "pdf"), ("two", "pdf")]))
"""


def test_no_process_outlives_the_command_that_was_killed() -> None:
    """Each holds the stream that the command held; it is at its end once all are gone."""
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE) as command:
        assert command.stdout is not None
        assert [command.stdout.readline() for _ in range(2)] == [b"begun\n"] * 2
        command.kill()
        assert command.communicate(timeout=30)[0] == b""
