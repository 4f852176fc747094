"""A process apart: it may take so much time and memory, and then only it ends."""

from __future__ import annotations

import os
import pickle
import time
import zlib
from pathlib import Path

import pytest

from govkit.store import apart
from tests import packed


def test_an_answer_comes_back() -> None:
    assert apart.asked("codecs", "decode", zlib.compress(b"words"), "zlib", seconds=10) == b"words"


class Sleep:
    def __reduce__(self) -> tuple[object, tuple[int]]:
        return time.sleep, (60,)


class Count:
    def __reduce__(self) -> tuple[object, tuple[range]]:
        return sum, (range(10**12),)


@pytest.mark.parametrize("endless", [Sleep(), Count()], ids=["waits", "reckons"])
def test_what_does_not_end_is_ended(endless: object) -> None:
    with pytest.raises(apart.TooMuch):
        apart.asked("pickle", "loads", pickle.dumps(endless), seconds=1)


def test_what_takes_too_much_memory_is_ended() -> None:
    assert zlib.decompress(packed.zeros(1 << 25)) == bytes(1 << 25)
    with pytest.raises(apart.TooMuch):
        apart.asked("codecs", "decode", packed.zeros(1 << 31), "zlib", seconds=30)


def test_no_module_of_the_folder_where_we_are_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("codecs.py", "pypdf.py", "govkit.py", "sitecustomize.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'mark')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    apart.asked("codecs", "decode", zlib.compress(b"x"), "zlib", seconds=10)
    assert not (tmp_path / "mark").exists()
    assert Path.cwd() == Path(os.path.realpath(tmp_path))
