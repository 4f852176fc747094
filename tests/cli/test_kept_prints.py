"""What did not change is not printed again: the PDF that was made before, or the same made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.cli import parallel
from govkit.cli.main import _run
from govkit.store.clone_lock import state_folder_of

from .conftest import D1, change

NAMES = ("EXA-DUE-01", "EXA-DUE-02")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the documents of which a PDF is made."""
    titles: list[str] = []
    written = parallel.written

    def noted(document: parallel.Document, format: str) -> bytes:
        titles.append(document.front.title)
        return written(document, format)

    monkeypatch.setattr(parallel, "written", noted)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    return titles


def printed(folder: Path, *words: str) -> dict[str, bytes]:
    out = folder.parent / "out"
    assert (
        _run(["-C", str(folder), "render", *NAMES, "--format", "pdf", *words, "-o", str(out)]) == 0
    )
    return {name: (out / f"{name}.pdf").read_bytes() for name in NAMES}


def test_only_what_changed_is_printed_again(repository: Path, made: list[str]) -> None:
    # From here on the folder is no commit, and every page says so; one more edit is of one text.
    change(repository, D1, "status: draft", "status:  draft")
    first = printed(repository)
    assert len(made) == len(NAMES)
    assert printed(repository) == first
    assert len(made) == len(NAMES)
    change(repository, D1, "The platform must", "Each platform must")
    now = printed(repository)
    assert len(made) == len(NAMES) + 1
    assert [name for name in NAMES if now[name] != first[name]] == ["EXA-DUE-01"]
    # Damaged in the words of a print, where no frame shows it; then it is made anew.
    kept = state_folder_of(repository) / "cache/prints"
    data = kept.read_bytes()
    at = data.rindex(b"%PDF")
    kept.write_bytes(data[: at + 99] + bytes([data[at + 99] ^ 1]) + data[at + 100 :])
    assert printed(repository) == now
    assert len(made) == len(NAMES) + 2


def test_a_person_can_have_all_made_anew(
    repository: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "written", lambda *_: made.append("") or b"made here")
    for times in (1, 2):
        assert set(printed(repository, "--no-cache").values()) == {b"made here"}
        assert len(made) == times * len(NAMES)
    assert not (state_folder_of(repository) / "cache").exists()
