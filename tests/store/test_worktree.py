"""What is listed, read and written in a folder, with things in it that should not be there."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govkit.errors import GovkitError, WrongUse
from govkit.store import worktree
from govkit.store.worktree import (
    MAX_BYTES,
    Entry,
    find_root,
    list_entries,
    read_bytes,
    write_new,
    write_whole,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, "governance/charter.yaml")
    return tmp_path


def put(root: Path, path: str, text: str = "a: 1\n") -> Path:
    full = root / path
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_text(text)
    return full


def paths(root: Path) -> list[str]:
    return [entry.path for entry in list_entries(root)]


def test_the_root_is_found_from_any_folder_below(root: Path) -> None:
    put(root, "provisions/form/A.yaml")
    assert find_root(root / "provisions" / "form") == root
    assert find_root(root) == root
    assert find_root(root.parent) is None


def test_only_governed_folders_are_listed_sorted_and_without_hidden_folders(root: Path) -> None:
    for path in (
        "registers/terms/b.yaml",
        "registers/terms/a.yaml",
        "docs/x.yaml",
        "x.yaml",
        "registers/.hidden/x.yaml",
        "registers/terms/.x.yaml",
    ):
        put(root, path)
    assert paths(root) == [
        "governance/charter.yaml",
        "registers/terms/.x.yaml",
        "registers/terms/a.yaml",
        "registers/terms/b.yaml",
    ]


def test_a_folder_that_is_named_like_a_record_is_listed_and_not_entered(root: Path) -> None:
    put(root, "registers/terms/a.yaml/b.yaml")
    assert list_entries(root)[1] == ("registers/terms/a.yaml", "folder")


def test_a_folder_that_lost_its_charter_is_no_part_of_the_one_above(root: Path) -> None:
    put(root, "examples/other/governance/members/x.yaml")
    put(root, "examples/other/registers/terms/x.yaml")
    assert find_root(root / "examples/other/registers") == root / "examples/other"


def test_another_coalition_below_is_not_entered(root: Path) -> None:
    put(root, "provisions/other/governance/charter.yaml")
    put(root, "provisions/other/registers/terms/x.yaml")
    assert paths(root) == ["governance/charter.yaml"]


def test_links_pipes_and_sockets_are_named_and_never_opened(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = root / "registers" / "terms"
    terms.mkdir(parents=True)
    (terms / "link.yaml").symlink_to("/etc/passwd")
    (terms / "folder").symlink_to("/etc")
    os.mkfifo(terms / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(terms)  # a socket's path may not be long
        server.bind("s.yaml")
        assert list_entries(root)[1:] == [
            Entry("registers/terms/folder", "link"),
            Entry("registers/terms/link.yaml", "link"),
            Entry("registers/terms/pipe.yaml", "pipe"),
            Entry("registers/terms/s.yaml", "socket"),
        ]


def test_a_governed_folder_that_is_a_link_is_named_and_not_followed(root: Path) -> None:
    (root / "registers").symlink_to("/etc")
    assert list_entries(root)[1:] == [Entry("registers", "link")]


def test_what_git_ignores_is_left_out_unless_it_is_tracked(root: Path) -> None:
    git = ["git", "-c", "user.name=Example", "-c", "user.email=example@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=root, check=True)
    put(root, ".gitignore", "build/\n*.tmp.yaml\n")
    tracked = put(root, "registers/terms/tracked.tmp.yaml")
    subprocess.run([*git, "add", "-f", str(tracked)], cwd=root, check=True)
    put(root, "registers/terms/ignored.tmp.yaml")
    put(root, "registers/build/terms/x.yaml")
    put(root, "registers/terms/new.yaml")
    assert paths(root) == [
        "governance/charter.yaml",
        "registers/terms/new.yaml",
        "registers/terms/tracked.tmp.yaml",
    ]


def test_a_governed_folder_inside_a_larger_repository_sees_its_ignore_rules(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    put(tmp_path, ".gitignore", "draft-*\n")
    put(tmp_path, "texts/governance/charter.yaml")
    put(tmp_path, "texts/registers/terms/draft-a.yaml")
    put(tmp_path, "texts/registers/terms/a.yaml")
    assert paths(tmp_path / "texts") == ["governance/charter.yaml", "registers/terms/a.yaml"]


def test_a_file_is_read_up_to_one_byte_more_than_the_gate_admits(root: Path) -> None:
    put(root, "registers/large.yaml", "x" * (MAX_BYTES + 5))
    assert len(read_bytes(root, "registers/large.yaml")) == MAX_BYTES
    assert read_bytes(root, "governance/charter.yaml") == b"a: 1\n"
    assert read_bytes(root, "registers/../governance/charter.yaml") == b"a: 1\n"


def test_a_file_swapped_for_a_link_or_a_pipe_after_listing_is_not_opened(root: Path) -> None:
    (root / "registers").mkdir()
    (root / "registers/link.yaml").symlink_to("/etc/passwd")
    os.mkfifo(root / "registers/pipe.yaml")
    with pytest.raises(GovkitError, match="is a link"):
        read_bytes(root, "registers/link.yaml")
    with pytest.raises(GovkitError, match="no regular file"):
        read_bytes(root, "registers/pipe.yaml")
    with pytest.raises(GovkitError, match="can't be read: it is not there"):
        read_bytes(root, "registers/gone.yaml")


def test_a_file_is_written_whole_and_keeps_its_rights(root: Path) -> None:
    path = put(root, "registers/terms/a.yaml", "old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [item.name for item in path.parent.iterdir()] == ["a.yaml"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(root: Path) -> None:
    path = root / "registers" / "terms"
    path.mkdir(parents=True)
    with pytest.raises(GovkitError, match="can't be written"):
        write_whole(path, b"a folder stands here")
    assert [item.name for item in path.parent.iterdir()] == ["terms"]


def test_what_is_there_is_never_replaced_by_a_new_file(root: Path) -> None:
    path = put(root, "registers/terms/a.yaml", "old")
    with pytest.raises(GovkitError, match="is there already"):
        write_new(path, b"new")
    assert path.read_text() == "old"
    dangling = root / "registers" / "terms" / "b.yaml"
    dangling.symlink_to("/nowhere/at/all")
    with pytest.raises(GovkitError, match="is there already"):
        write_new(dangling, b"new")


WRITE_FOR_EVER = """
import sys
from pathlib import Path
from govkit.store.worktree import write_whole
number = 0
print("ready", flush=True)
while True:
    number += 1
    write_whole(Path(sys.argv[1]), (str(number) * 20000).encode())
"""


@pytest.mark.parametrize("moment", range(5))
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_file_whole(
    tmp_path: Path, moment: int
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("0" * 20000)
    child = subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER, str(path)], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(0.013 * moment)
    child.send_signal(signal.SIGKILL)
    child.wait()
    text = path.read_text()
    number = len(text) // 20000
    assert text == text[:number] * 20000


def test_a_pipe_that_the_shell_hands_over_is_read_and_not_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader, writer = os.pipe()
    pipe = Path(f"/dev/fd/{reader}")
    os.write(writer, b"words")
    monkeypatch.setattr(worktree, "PATIENCE", 0.2)
    with pytest.raises(GovkitError, match="nothing comes out of"):  # the other end stays open
        worktree.read_named(pipe)
    os.write(writer, b"words")
    os.close(writer)
    assert worktree.read_named(pipe) == b"words"
    os.close(reader)


def test_any_other_pipe_a_device_and_a_socket_are_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket is at most 108 bytes
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind("socket")
    for name, what in (("pipe", "pipe"), ("/dev/zero", "device"), ("socket", "socket")):
        with pytest.raises(WrongUse, match=f"is a {what}, and a plain file is wanted"):
            worktree.read_named(Path(name))


def test_a_file_that_a_person_named_is_read_up_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 100)
    (tmp_path / "link").symlink_to("file")
    assert worktree.read_named(tmp_path / "link", 40) == b"x" * 40
    with pytest.raises(GovkitError, match="is a folder, and a file is wanted") as raised:
        worktree.read_named(tmp_path)
    assert raised.value.hint == "Look at how its name and its folder are written."


def test_records_in_a_top_folder_with_a_slip_in_its_name_are_listed_and_nothing_else_of_it(
    root: Path,
) -> None:
    for path in (
        "Provisions/a.yaml",
        "Provisions/notes.txt",
        "terms/b.yaml",
        "docs/c.yaml",
        "examples/governance/charter.yaml",
        "register/governance/charter.yaml",
        "register/d.yaml",
        "render/e.yaml",
    ):
        put(root, path)
    assert paths(root) == ["Provisions/a.yaml", "governance/charter.yaml", "terms/b.yaml"]
