"""The site of the small coalition as it lies on a disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import BASE
from tests.release.verifying.conftest import _adopted, _released  # noqa: F401
from tests.shared import made_once

from .reading import site_of


@pytest.fixture
def story(_released: Path) -> Path:  # noqa: F811
    """The clone of the invented coalition with a published release beside it. Not to be changed."""
    return _released


@pytest.fixture(scope="session")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site, opened without a server."""

    def make(folder: Path) -> None:
        for path, data in site_of(BASE).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)

    return made_once(tmp_path_factory, "site-on-a-disk", make)
