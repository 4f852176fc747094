"""A site with what was made before has the bytes of one that is made anew, whatever was edited."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.cache import NO_CACHE, Cache
from govkit.errors import GovkitError
from govkit.procedures.site.gathering import gather_site
from govkit.site.building import built
from govkit.store.cache import FileCache
from govkit.workspace import open_workspace
from tests.cli.conftest import BASE

from .reading import NOW

STEPS = 20
FORMATS = ("html", "md", "json")
_VALUE = re.compile(r"^(?P<before>[ -]*(?P<key>[a-z_]+): )(?P<value>\S.*)$", re.MULTILINE)


def made(folder: Path, cache: Cache) -> dict[str, bytes] | str:
    """Return the files of a site, or why there is none."""
    try:
        workspace = open_workspace(folder, cache=cache)
        return dict(built(gather_site(workspace, NOW, "", FORMATS, ("fr",), cache)))
    except GovkitError as error:
        return error.message


class Editor:
    """Somebody who edits anything, anywhere; the same seed makes the same edits."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.whole = {path: path.read_bytes() for path in self.files}

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*.yaml") if ".git" not in path.parts)

    def edit(self) -> str:
        acts: list[Callable[[Path], None]] = [self._words, self._value, self._value, self._value]
        if self.chance.random() < 0.3:
            acts = [self._take_away, self._rename, self._break_off, self._copy, self._restore]
        act, file = self.chance.choice(acts), self.chance.choice(self.files)
        act(file)
        return f"{act.__name__} {file.relative_to(self.folder)}"

    def _words(self, file: Path) -> None:
        """Write another word into a line of words."""
        found = [each for each in _VALUE.finditer(file.read_text()) if " " in each["value"]]
        if found:
            line = self.chance.choice(found)
            self._put(file, line, f"{line['value'].rstrip('.')} otherwise.")

    def _value(self, file: Path) -> None:
        """Write what the same key says in another place: an id, a status, a source, a title."""
        line = self.chance.choice([*_VALUE.finditer(file.read_text())])
        others = {
            each["value"]
            for other in self.files
            for each in _VALUE.finditer(other.read_text())
            if each["key"] == line["key"]
        }
        self._put(file, line, self.chance.choice(sorted(others)))

    def _put(self, file: Path, line: re.Match[str], value: str) -> None:
        text = file.read_text()
        file.write_text(f"{text[: line.start()]}{line['before']}{value}{text[line.end() :]}")

    def _take_away(self, file: Path) -> None:
        file.unlink()

    def _rename(self, file: Path) -> None:
        file.rename(file.with_name(f"{file.stem}-moved.yaml"))

    def _break_off(self, file: Path) -> None:
        file.write_bytes(file.read_bytes()[:-40])

    def _copy(self, file: Path) -> None:
        copy = file.with_name(f"{file.stem}-too.yaml")
        copy.write_text(re.sub(r"(?m)^(id: \S+)", r"\1-A", file.read_text()))

    def _restore(self, _: Path) -> None:
        for path in self.files:
            path.unlink()
        for path, data in self.whole.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_edits_the_bytes_are_those_of_a_site_that_is_made_anew(
    tmp_path: Path, seed: int
) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "coalition", symlinks=True))
    editor = Editor(folder, seed)
    kept, edits = FileCache(None), []
    for step in range(STEPS):
        with_cache = made(folder, kept)
        anew = made(folder, NO_CACHE)
        if with_cache != anew:
            assert isinstance(with_cache, dict), edits
            assert isinstance(anew, dict), edits
            differ = {path for path in anew if with_cache.get(path) != anew[path]}
            pytest.fail(f"{sorted(differ)} after {edits}")
        kept.save()
        if isinstance(anew, str) or step % 10 == 9:
            editor._restore(folder)
            edits.append("restored")
        edits.append(editor.edit())
    assert kept.found > kept.asked / 3
