"""The settings of a clone, read as git reads them, and the few of them that git is shown."""

import subprocess
from pathlib import Path

import pytest

from govkit.store.git_settings import UnreadableSettings, harmless, settings_in
from tests.release.verifying.test_hostile_clones import FILES, PROGRAMS, SWITCHES

READ = [
    "[core]\n\tbare = false\n",
    "[core] bare = false ; a remark\n[ core ]" * 0 + "[a] b = c # d\n",
    '[a "b.c"]\nd = e\n[a "B\\"\\\\x"]\nd=1\n[A.Sub]\nkey\n',
    '[a]\nb = "  quoted ; # "  tail   \nc = one\\\n  two\nd = \\t\\n\\"x\\"\n',
    '[a]\nb = x "y z" w\nc =\nd = ""\ne\n# remark\n; remark\n',
    "[a]\r\nb = c\r\n[b]\r\nc = d\\\r\ne\r\n",
    "\ufeff[a]\nb = c\n",
    '[a]b = c\n[x]\ty-z = "a""b"\n',
    "",
]
NOT_READ = ["[a\nb = c\n", '[a]\nb = "c\n', "[a]\nb = \\q\n", "[a]\n1 = 2\n", "[a]\nb c\n"]


def as_git_reads(folder: Path, text: str) -> list[str] | None:
    file = folder / "config"
    file.write_bytes(text.encode())
    done = subprocess.run(
        ["git", "config", "--file", str(file), "-z", "--list"], capture_output=True, check=False
    )
    if done.returncode:
        return None
    each = [part.decode() for part in done.stdout.split(b"\0") if part]
    return [part if "\n" in part else f"{part}\ntrue" for part in each]


@pytest.mark.parametrize("text", READ)
def test_settings_are_read_as_git_reads_them(tmp_path: Path, text: str) -> None:
    found = [f"{each.name}\n{each.value}" for each in settings_in(text.encode())]
    assert found == as_git_reads(tmp_path, text)


@pytest.mark.parametrize("text", NOT_READ)
def test_what_git_does_not_read_is_not_read(tmp_path: Path, text: str) -> None:
    assert as_git_reads(tmp_path, text) is None
    with pytest.raises(UnreadableSettings):
        settings_in(text.encode())


KEPT = {
    "core.repositoryformatversion": "1",
    "extensions.objectformat": "sha256",
    "extensions.unheard": "x",
    "core.sharedrepository": "0660",
    "user.name": 'A "B" \\ é',
    "branch.main.remote": "origin",
    "branch.a.b.merge": "refs/heads/a.b",
    "remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*",
    "govkit.member": "a-example",
}


def written(settings: dict[str, str]) -> bytes:
    lines = []
    for name, value in settings.items():
        section, _, rest = name.partition(".")
        below, _, key = rest.rpartition(".")
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        head = f'[{section} "{below}"]' if below else f"[{section}]"
        lines.append(f'{head}\n{key} = "{quoted}"\n')
    return "".join(lines).encode()


def test_what_can_do_no_harm_is_shown_to_git(tmp_path: Path) -> None:
    shown = harmless(settings_in(written(KEPT)))
    assert as_git_reads(tmp_path, shown.decode()) == [f"{k}\n{v}" for k, v in KEPT.items()]


def test_no_setting_that_names_a_program_a_file_or_a_place_is_shown_to_git() -> None:
    elsewhere = (
        "core.worktree",
        "core.excludesFile",
        "core.attributesFile",
        "include.path",
        "remote.origin.url",
        "url.x.insteadOf",
        "mailmap.file",
        "core.bare",
    )
    names = (*PROGRAMS, *FILES, *elsewhere, *SWITCHES)
    shown = settings_in(harmless(settings_in(written(dict.fromkeys(names, "true")))))
    assert {each.name for each in shown} == {"core.repositoryformatversion"}
    places = {"core.sharedrepository": "../x", "extensions.refstorage": "files:///elsewhere"}
    assert harmless(settings_in(written(places))) == b""
