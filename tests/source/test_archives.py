"""An archive from anywhere: plain files come out, and nothing else ever does."""

from __future__ import annotations

import io
import tarfile

import pytest

from govkit.source import archives
from govkit.source.archives import NoArchive, files_in


def packed(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for entry, data in entries:
            entry.size = len(data) if entry.isreg() else 0
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def named(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, link
    return entry


def test_files_come_out_by_their_paths() -> None:
    data = packed((named("governance/a.yaml"), b"a: 1\n"), (named("b.yaml"), b""))
    assert files_in(data) == {"governance/a.yaml": b"a: 1\n", "b.yaml": b""}
    assert files_in(packed()) == {}


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../out.yaml",
        "a/../../b",
        "a//b",
        "./a",
        ".git/config",
        "a/.git/b",
        "a\x1b[2Jb",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(NoArchive, match="is no plain name"):
        files_in(packed((named(name), b"x")))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_what_is_no_plain_file_is_refused(kind: bytes) -> None:
    with pytest.raises(NoArchive, match="is no plain file"):
        files_in(packed((named("a", kind, "b"), b"")))


def test_a_name_that_is_there_twice_is_refused() -> None:
    with pytest.raises(NoArchive, match="is there twice"):
        files_in(packed((named("a"), b"one"), (named("a"), b"two")))


def test_headers_without_end_are_refused() -> None:
    """Each says something about the next, which is another one: tarfile calls itself for each."""
    header = tarfile.TarInfo("x")
    header.type, header.size = b"x", 13
    one = header.tobuf(tarfile.USTAR_FORMAT) + b"13 path=abcd\n".ljust(512, b"\0")
    with pytest.raises(NoArchive, match="can't be read"):
        files_in(one * 5_000)


def test_something_else_is_no_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoArchive, match="can't be read"):
        files_in(b"no archive at all")
    whole = packed((named("a"), b"x" * 5000))
    with pytest.raises(NoArchive, match="can't be read"):
        files_in(whole[:3000])
    monkeypatch.setattr(archives, "LARGEST", 100)
    with pytest.raises(NoArchive, match="too large"):
        files_in(whole)
