"""Files that nobody on Windows could have are not written."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.errors import WrongUse
from govkit.store.journal import Write, write_all


@pytest.mark.parametrize("id", ["con", "NUL", "aux", "com1", "lpt9"])
def test_a_device_of_windows_is_no_id(id: str, tmp_path: Path) -> None:
    write = Write(f"governance/members/{id}.yaml", None, b"name: A\n")
    with pytest.raises(WrongUse, match=f"Windows keeps `{id}` for a device"):
        write_all(tmp_path, [write])
    assert [*tmp_path.iterdir()] == []
