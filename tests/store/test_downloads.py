"""A folder that somebody downloaded: nothing is followed, and nothing blocks."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from govkit.errors import GovkitError
from govkit.store import downloads


def test_files_are_named_from_the_folder_on(tmp_path: Path) -> None:
    (tmp_path / "signatures").mkdir()
    (tmp_path / "signatures/a.sig").write_bytes(b"s")
    (tmp_path / "SHA256SUMS").write_bytes(b"x" * 3_000_000)
    found = downloads.files_below(tmp_path)
    assert list(found) == ["SHA256SUMS", "signatures/a.sig"]
    assert downloads.read(found["signatures/a.sig"]) == b"s"
    assert downloads.sha256_of(found["SHA256SUMS"]) == hashlib.sha256(b"x" * 3_000_000).hexdigest()


def test_a_link_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert list(downloads.files_below(tmp_path)) == ["link", "loop", "pipe"]
    for name in ("link", "loop"):
        with pytest.raises(GovkitError, match="it is a link"):
            downloads.read(tmp_path / name)
    with pytest.raises(GovkitError, match="is no plain file"):
        downloads.sha256_of(tmp_path / "pipe")
    with pytest.raises(GovkitError, match="can't be read"):
        downloads.read(tmp_path / "gone")


def test_what_is_far_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big").write_bytes(b"x" * 50)
    monkeypatch.setattr(downloads, "LARGEST", 20)
    with pytest.raises(GovkitError, match="too large"):
        downloads.read(tmp_path / "big")
    monkeypatch.setattr(downloads, "_MOST", 0)
    with pytest.raises(GovkitError, match="too many files"):
        downloads.files_below(tmp_path)
