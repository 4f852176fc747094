"""Files that nobody on Windows could have are not written."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.errors import WrongUse
from govkit.source.scaffolds import slug_of
from govkit.store.journal import Write, write_all


@pytest.mark.parametrize("id", ["con", "NUL", "aux", "com1", "lpt9"])
def test_a_device_of_windows_is_no_id(id: str, tmp_path: Path) -> None:
    write = Write(f"governance/members/{id}.yaml", None, b"name: A\n")
    with pytest.raises(WrongUse, match=f"Windows keeps `{id}` for a device"):
        write_all(tmp_path, [write])
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("name", "id"), [("Con", "con-1"), ("NUL.", "nul-1"), ("Conrad", "conrad")]
)
def test_a_name_that_is_that_of_a_device_gets_another_id(name: str, id: str) -> None:
    assert slug_of(name) == id
