"""The command as a person sees it: how it ends, and what it says on both outputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from govkit.cli.main import _run
from tests.release import scene
from tests.shared import made_once


class Told(NamedTuple):
    """How a call ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON answer; nothing else may have been said."""
        assert self.err == "", self.err
        return json.loads(self.out)


Ask = Callable[..., Told]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Call `govkit -C ROOT WORDS` through the command's own door, in this process."""

    def asked(root: Path, *words: str) -> Told:
        capsys.readouterr()
        code = _run(["-C", str(root), "--color", "never", *words])
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return asked


@pytest.fixture(scope="session")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clone in which 1.0.0 is published, and of its keys. Not to be changed."""
    return made_once(
        tmp_path_factory, "release-published", lambda folder: scene.released(scene.founded(folder))
    )
