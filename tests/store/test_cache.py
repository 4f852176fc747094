"""The cache in the folder of git: what does not fit or is not whole is as if it were not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govkit.cache import NO_CACHE, digest_of, kept
from govkit.store import cache
from govkit.store.cache import FileCache, cache_of


def filled(file: Path) -> bytes:
    """Keep two values, and return the bytes of the file."""
    made = FileCache(file)
    made.put("page a", "key of a", b"the page a")
    made.put("page b", "key of b", b"the page b")
    made.save()
    return file.read_bytes()


def test_a_value_comes_back_under_its_key_alone_and_what_nobody_asked_for_goes(
    tmp_path: Path,
) -> None:
    file = tmp_path / "new/site"
    filled(file)
    found = FileCache(file)
    assert found.get("page a", "another key") is None
    assert found.get("page a", "key of a") == b"the page a"
    assert found.get("page c", "key of c") is None
    assert (found.asked, found.found) == (3, 1)
    found.save()
    assert FileCache(file).get("page b", "key of b") is None
    assert [each.name for each in file.parent.iterdir()] == ["site"]


def test_any_byte_that_is_another_is_never_a_value(tmp_path: Path) -> None:
    file = tmp_path / "site"
    whole = filled(file)
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        damaged = FileCache(file)
        for name in "ab":
            assert damaged.get(f"page {name}", f"key of {name}") in (
                None,
                f"the page {name}".encode(),
            )
        file.write_bytes(whole[:at])
        assert FileCache(file).get("page b", "key of b") is None


def test_another_version_of_govkit_keeps_nothing_of_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path / "site")
    monkeypatch.setattr(cache, "made_by", lambda: "another")
    assert FileCache(tmp_path / "site").get("page a", "key of a") is None


def test_a_file_that_is_no_cache_or_far_too_large_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "site"
    made_by = cache.made_by()
    deep = "[" * 100_000
    for said in (
        "",
        "null",
        "{}",
        deep,
        json.dumps({"made_by": made_by, "values": [[1]]}),
        json.dumps({"made_by": made_by, "values": [["a", "b", "c", -1]]}),
    ):
        file.write_text(f"{said}\n")
        assert FileCache(file).get("a", "b") is None
    monkeypatch.setattr(cache, "LARGEST", 10)
    file.unlink()
    made = FileCache(file)
    made.put("page a", "key", b"eleven bytes")
    made.save()
    assert not file.exists()


def test_no_link_is_followed_and_a_full_disk_is_no_error(tmp_path: Path) -> None:
    filled(tmp_path / "site")
    (tmp_path / "link").symlink_to("site")
    assert FileCache(tmp_path / "link").get("page a", "key of a") is None
    (tmp_path / "no-folder").write_text("a file")
    made = FileCache(tmp_path / "no-folder/site")
    made.put("page a", "key", b"")
    made.save()


def test_it_lies_in_the_folder_of_git_and_nowhere_without_one(tmp_path: Path) -> None:
    coalition = tmp_path / "coalition"
    (coalition / ".git").mkdir(parents=True)
    (coalition / ".git/HEAD").write_text("ref: refs/heads/main\n")
    made = cache_of(coalition, "site")
    made.put("page a", "key", b"a")
    made.save()
    assert (coalition / ".git/govkit/desk/cache/site").is_file()
    assert cache_of(coalition, "site").get("page a", "key") == b"a"
    elsewhere = coalition.parent / "elsewhere"
    elsewhere.mkdir()
    (coalition / ".git/govkit/desk/cache/site").unlink()
    (coalition / ".git/govkit/desk/cache").rmdir()
    (coalition / ".git/govkit/desk/cache").symlink_to(elsewhere)
    made.put("page a", "other", b"a")
    cache_of(coalition, "site").put("page a", "key", b"a")
    other = cache_of(coalition, "site")
    other.put("page a", "key", b"a")
    other.save()
    assert [*elsewhere.iterdir()] == []
    without = cache_of(elsewhere, "site")
    without.put("page a", "key", b"a")
    without.save()
    assert without.get("page a", "key") == b"a", "as long as it is used"
    assert [*elsewhere.iterdir()] == []


def test_different_values_have_different_digests() -> None:
    values = [(), ("",), ("a", "b"), ("ab",), (["a", "b"],), (None,), ("null",), (1,), ("1",)]
    assert len({digest_of(*each) for each in values}) == len(values)


def test_without_a_cache_all_is_made() -> None:
    made = iter([[1], [2]])
    assert kept(NO_CACHE, "a", "b", lambda: next(made)) == [1]
    assert kept(NO_CACHE, "a", "b", lambda: next(made)) == [2]
