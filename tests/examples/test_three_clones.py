"""Three coordinators in three clones with keys of their own, and a member with ssh-keygen alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.command import started
from tests.release.scene import git

COORDINATORS = {"a": "a-example", "b": "b-example", "c": "c-example"}
CHAT = "example-chat"
NAME = "provisions/1.0.0-draft.1"
REPORTED = ("example-digital-rights-society", "example-readers-union", "example-network-lab")


class Clones:
    """The clones, beside one bare repository that all push to."""

    def __init__(self, folder: Path, agora: Path) -> None:
        self.folder = folder
        (folder / "keys").mkdir()
        first = folder / "a"
        shutil.copytree(agora, first, ignore=shutil.ignore_patterns("cycle"))
        charter = first / "governance/charter.yaml"
        words = charter.read_text()
        named = words.replace(
            "ids: [a-example, c-example]", "ids: [a-example, b-example, c-example]"
        )
        assert named != words
        charter.write_text(named)
        git(folder, "init", "-q", "--bare", "-b", "main", "origin.git")
        git(first, "init", "-q", "-b", "main", "--template=")
        self.name(first)
        git(first, "remote", "add", "origin", "../origin.git")
        self.commit("a", "Begin", "-u", "origin", "main")
        for name in ("b", "c"):
            git(folder, "clone", "-q", "origin.git", name)
            self.name(folder / name)
        for name, id in COORDINATORS.items():
            git(folder / name, "config", "govkit.member", id)
            git(folder / name, "config", "govkit.key", str(self.key(id)))
            (folder / f"{name}-private").mkdir()
            (folder / name / ".git/info").mkdir(exist_ok=True)
            (folder / name / ".git/info/exclude").write_text("dist/\n")

    @staticmethod
    def name(clone: Path) -> None:
        """Give git a name and an address for the commits of a clone."""
        git(clone, "config", "user.name", clone.name)
        git(clone, "config", "user.email", f"{clone.name}@agora.example")

    def key(self, id: str) -> Path:
        path = self.folder / "keys" / id
        if not path.exists():
            self.ssh("-t", "ed25519", "-N", "", "-C", "", "-f", str(path))
        return path

    def ssh(self, *words: str) -> None:
        """Run ssh-keygen as a member does who has nothing else."""
        line = ["ssh-keygen", "-q", *words]
        subprocess.run(line, cwd=self.folder, check=True, stdin=subprocess.DEVNULL)

    def run(self, name: str, *words: str, ends: int = 0) -> str:
        """Run govkit in a clone; return what it prints."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVKIT_")}
        done = started(
            [sys.executable, "-m", "govkit", "-C", str(self.folder / name), *words],
            cwd=self.folder,
            env=environment | {"NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == ends, done.stdout + done.stderr
        return str(done.stdout)

    def commit(self, name: str, message: str, *push: str) -> None:
        git(self.folder / name, "add", "-A")
        git(self.folder / name, "commit", "-q", "--allow-empty", "-m", message)
        git(self.folder / name, "push", "-q", *push)

    def pull(self, *names: str) -> None:
        for name in names:
            git(self.folder / name, "pull", "-q", "--ff-only")

    def share(self, name: str, now: str, message: str) -> None:
        """Seal what was written, commit it, push it, and let the others pull."""
        self.run(name, "seal", "--yes", "--now", now)
        self.commit(name, message)
        self.pull(*(COORDINATORS.keys() - {name}))


def found(all: Clones) -> None:
    now = ("--now", "2026-02-02T12:00:00Z")
    for name, id in COORDINATORS.items():
        all.run(name, "member", "key", "add", id, "--file", f"{all.key(id)}.pub", *now)
        all.commit(name, "Enrol a key")
        all.pull(*COORDINATORS)
    named = [word for id in COORDINATORS.values() for word in ("--coordinator", id)]
    all.run("a", "found", *named, *now)
    all.commit("a", "Found")
    for name, id in COORDINATORS.items():
        all.pull(name)
        all.run(name, "found", "--sign", "--key", str(all.key(id)), *now)
        all.commit(name, "Sign the founding")
    all.pull("a")
    all.share("a", now[1], "Seal")


def enrolled_by_ssh_keygen(all: Clones) -> None:
    """The first key of a member: two coordinators sign, and the key itself, in a text file."""
    now = ("--now", "2026-03-03T12:00:00Z")
    all.run("c", "member", "key", "add", CHAT, "--file", f"{all.key(CHAT)}.pub", *now)
    all.run("c", "sign", "01", *now)
    all.share("c", now[1], "A key")
    all.run("b", "sign", "01", *now)
    (all.folder / "act.txt").write_text(all.run("b", "sign", "01", "--statement"))
    all.ssh("-Y", "sign", "-n", "act@govkit", "-f", str(all.key(CHAT)), "act.txt")
    laid = ("--by", CHAT, "--signature", str(all.folder / "act.txt.sig"))
    all.run("b", "sign", "01", *laid, *now)
    all.share("b", now[1], "Sign")


def spoken(all: Clones) -> None:
    """One position is signed by ssh-keygen; others come from minutes that two vouch for."""
    now, said = ("--now", "2026-04-22T12:00:00Z"), all.folder / "said.txt"
    asked = ("status", "2026-001", "--statement", CHAT, "--position", "consent")
    all.run("a", *asked, "-o", str(said), *now)
    all.ssh("-Y", "sign", "-n", "consent@govkit", "-f", str(all.key(CHAT)), str(said))
    shown = "What shows it: E3 (a signature with a key)"
    assert shown in all.run("c", "intake", str(said), f"{said}.sig", *now)
    minutes = all.folder / "minutes.txt"
    minutes.write_text("All agreed.\n")
    for id in REPORTED:
        all.run("c", "consent", id, "2026-001", "consent", "--source", str(minutes), *now)
    all.share("c", now[1], "Positions")
    for id in REPORTED:
        shown = f"2026-001/evidence/{id}-01-01"
        all.run("b", "countersign", shown, "--seen", "The minutes.", *now)
    all.share("b", now[1], "Vouch")


def test_from_the_founding_to_a_published_release_and_a_receipt(
    tmp_path: Path, agora: Path
) -> None:
    all = Clones(tmp_path, agora)
    found(all)
    shutil.copytree(agora / "cycle/draft-1", tmp_path / "a", dirs_exist_ok=True)
    opened = ("--title", "Notice", "--proposer", REPORTED[0], "--now", "2026-03-02T12:00:00Z")
    all.run("a", "propose", "open", *opened)
    all.share("a", opened[-1], "Open")
    enrolled_by_ssh_keygen(all)
    call = ("--now", "2026-04-20T12:00:00Z")
    all.run("a", "propose", "last-call", "2026-001", *call)
    all.share("a", call[1], "Last call")
    spoken(all)
    decided = ("--now", "2026-05-20T12:00:00Z")
    assert "2026-001: adopted." in all.run("a", "decide", "2026-001", "--apply", *decided)
    all.share("a", decided[1], "Decide")

    released = ("--now", "2026-05-21T12:00:00Z")
    all.run("b", "release", "cut", NAME, "--formats", "md", *released)
    git(tmp_path / "b", "push", "-q")
    for name in ("a", "c"):
        all.pull(name)
        all.run(name, "release", "sign", NAME, *released)
        git(tmp_path / name, "push", "-q")
    all.pull("b")
    all.run("b", "release", "publish", NAME, *released)
    git(tmp_path / "b", "push", "-q", "--follow-tags")
    for name in ("a", "c"):
        all.pull(name)
        later = ("--now", "2036-01-01T12:00:00Z")
        told = all.run(name, "release", "verify", "provisions/v1.0.0-draft.1", *later)
        assert "signed by a-example, c-example; it takes 2" in " ".join(told.split())
        assert "Nothing failed." in told

    number = next(
        int(entry.stem)
        for entry in (tmp_path / "a/governance/log").glob("*.yaml")
        if f"positions/{CHAT}-01.yaml\n" in entry.read_text()
    )
    receipt = tmp_path / "receipt.txt"
    all.run("a", "receipt", str(number), "-o", str(receipt))
    root = next(
        line.removeprefix("Root fingerprint: ")
        for line in (tmp_path / "said.txt").read_text().splitlines()
        if line.startswith("Root fingerprint: ")
    )
    for each in ("a", "b", "c", "origin.git", "keys"):
        shutil.rmtree(tmp_path / each)
    (tmp_path / "alone").mkdir()
    told = all.run("alone", "receipt", "verify", str(receipt), "--fingerprint", root)
    assert f"number {number} is below the head" in " ".join(told.split())
    assert "Nothing failed." in told
