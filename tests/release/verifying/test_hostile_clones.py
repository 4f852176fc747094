"""A `.git` that did not come by clone: nothing that it names runs, is written, or is read."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import started
from tests.release.scene import GOVKIT
from tests.release.verifying import scene
from tests.release.verifying.scene import NAME, git

PROGRAMS = (
    "alias.log",
    "browser.x.cmd",
    "core.alternateRefsCommand",
    "core.askPass",
    "core.editor",
    "core.fsmonitor",
    "core.gitProxy",
    "core.pager",
    "core.sshCommand",
    "credential.helper",
    "diff.external",
    "diff.trap.command",
    "diff.trap.textconv",
    "difftool.x.cmd",
    "filter.trap.clean",
    "filter.trap.process",
    "filter.trap.smudge",
    "gpg.openpgp.program",
    "gpg.program",
    "gpg.ssh.defaultKeyCommand",
    "gpg.ssh.program",
    "gpg.x509.program",
    "guitool.x.cmd",
    "hook.trap.command",
    "imap.tunnel",
    "instaweb.httpd",
    "interactive.diffFilter",
    "man.x.cmd",
    "merge.trap.driver",
    "mergetool.x.cmd",
    "pager.log",
    "pager.rev-parse",
    "receive.procReceiveRefs",
    "remote.origin.receivepack",
    "remote.origin.uploadpack",
    "remote.two.vcs",
    "sendemail.tocmd",
    "sequence.editor",
    "submodule.x.update",
    "trailer.x.cmd",
    "trailer.x.command",
    "uploadpack.packObjectsHook",
)
"""The keys of git-config(1) and of later versions that name a program."""
FILES = (
    "core.notesRef",
    "gitcvs.logFile",
    "format.outputDirectory",
    "http.cookieFile",
    "http.sslCert",
    "trace2.eventTarget",
    "trace2.normalTarget",
    "trace2.perfTarget",
)
"""The keys that name a file that is written, or sent."""
HOOKS = (
    "post-checkout",
    "post-commit",
    "post-index-change",
    "pre-commit",
    "commit-msg",
    "prepare-commit-msg",
    "reference-transaction",
    "fsmonitor-watchman",
    "update",
)
SWITCHES = {
    "commit.gpgSign": "true",
    "tag.gpgSign": "true",
    "log.showSignature": "true",
    "core.bare": "true",
    "core.repositoryFormatVersion": "1",
    "core.useReplaceRefs": "true",
    "core.quotePath": "true",
    "log.mailmap": "true",
    "status.submoduleSummary": "true",
    "extensions.partialClone": "origin",
    "extensions.worktreeConfig": "true",
    "remote.two.promisor": "true",
    "fetch.bundleURI": "https://trap.invalid/bundle",
    "hook.trap.event": "reference-transaction",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "protocol.file.allow": "always",
    "remote.origin.promisor": "true",
    "remote.origin.partialCloneFilter": "blob:none",
    "user.useConfigOnly": "true",
    "user.signingKey": "/nowhere",
}
READING = (
    ("check",),
    ("check", "--since", "HEAD~2"),
    ("list",),
    ("status",),
    ("audit",),
    ("doctor",),
    ("diff", NAME.tag, "HEAD"),
    ("diff", "HEAD~3"),
    ("history", "--redline", "AGP-NTC-01"),
    ("blame", "AGP-NTC-01"),
    ("release", "list"),
    ("release", "plan", "provisions"),
    ("release", "notes", NAME.tag),
    ("release", "verify", NAME.tag, "--no-rebuild"),
)


def trap(folder: Path, name: str) -> str:
    """A program that leaves a mark of its name when it runs."""
    file = folder / "traps" / name
    file.parent.mkdir(exist_ok=True)
    (folder / "marks").mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n: > '{folder}/marks/{name}'\nexit 1\n")
    file.chmod(0o755)
    return str(file)


def marks(folder: Path) -> set[str]:
    return {path.name for path in (folder / "marks").iterdir()}


def laid(root: Path, folder: Path, *, includes: bool = True) -> None:
    """Make the git folder of a clone a hostile one: each key its own trap."""
    outside = folder / "outside"
    (outside / "refs").mkdir(parents=True)
    (outside / "all").write_text("*\n")
    settings = {key: trap(folder, key) for key in PROGRAMS}
    settings |= {key: str(folder / "marks" / key) for key in FILES} | SWITCHES
    settings |= {
        "remote.origin.url": f"ext::{trap(folder, 'url')}",
        "url.x.insteadOf": "ext::",
        "core.excludesFile": str(outside / "all"),
        "core.attributesFile": str(outside / "all"),
        "mailmap.file": str(outside / "all"),
        "diff.orderFile": str(outside / "none"),
        "core.worktree": str(outside),
        "fsck.skipList": str(outside / "all"),
    }
    (outside / "settings").write_text(f"[core]\n\tfsmonitor = {trap(folder, 'included')}\n")
    if includes:
        os.mkfifo(outside / "pipe")
        settings |= {"include.path": str(outside / "pipe")}
        settings |= {"includeIf.onbranch:**.path": str(outside / "settings")}
    file = root / ".git/config"
    with file.open("a") as config:
        for key, value in settings.items():
            section, _, rest = key.partition(".")
            below, _, last = rest.rpartition(".")
            config.write(f"[{section}{f' {chr(34)}{below}{chr(34)}' * bool(below)}]\n")
            config.write(f'\t{last} = "{value}"\n')
    shutil.copyfile(outside / "settings", root / ".git/config.worktree")
    hooks = root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        shutil.copy(trap(folder, f"hook-{name}"), hooks / name)
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/attributes").write_text("* filter=trap diff=trap merge=trap\n")
    head = (root / ".git/refs/heads/main").read_text()
    (root / ".git/info/grafts").write_text(head)


def said(root: Path, *words: str) -> tuple[int, str, str]:
    """What a command ends with, and says on both outputs."""
    at = ("--now", "2036-01-01T00:00:00Z") if "verify" in words else ()
    done = started(
        [GOVKIT, "-C", root, *words, *at],
        capture_output=True,
        text=True,
        timeout=50,
        env=os.environ | scene.PERSON | {"COLUMNS": "100"},
    )
    return done.returncode, done.stdout, done.stderr


def test_the_traps_are_live(clone: Path, tmp_path: Path) -> None:
    """Git itself runs what the next tests show that govkit does not run."""
    laid(clone, tmp_path, includes=False)
    git_folder = ["git", "--git-dir", str(clone / ".git"), "--work-tree", str(clone)]
    environment = os.environ | scene.PERSON
    for words in (
        ["log", "-p", "-1"],
        ["update-index", "--refresh"],
        ["update-ref", "refs/heads/x", "HEAD"],
        ["add", "-A", "--renormalize"],
        ["tag", "-s", "-m", "x", "y"],
        ["diff", "HEAD~4"],
        # With these settings the git that fetches crashes now and then before it gets so far.
        *([["cat-file", "-p", "1" * 40]] * 20),
    ):
        if words[0] == "cat-file" and "remote.origin.uploadpack" in marks(tmp_path):
            break
        subprocess.run(
            [*git_folder, *words],
            cwd=clone,
            capture_output=True,
            env=environment,
            check=False,
            timeout=50,
        )
    assert marks(tmp_path) >= {
        "included",
        "filter.trap.process",
        "hook-reference-transaction",
        "gpg.program",
        "remote.origin.uploadpack",
    }


@pytest.mark.parametrize("lacking", [False, True], ids=["whole", "with a file missing"])
def test_reading_runs_nothing_that_a_clone_names_and_says_the_same(
    clone: Path, tmp_path: Path, lacking: bool
) -> None:
    if lacking:
        blob = git(clone, "rev-parse", "HEAD~1:governance/charter.yaml")
        for packed in [*(clone / ".git/objects/pack").iterdir()]:
            packed.rename(tmp_path / packed.name)
        with next(tmp_path.glob("*.pack")).open("rb") as pack:
            subprocess.run(["git", "unpack-objects", "-q"], cwd=clone, stdin=pack, check=True)
        (clone / ".git/objects" / blob[:2] / blob[2:]).unlink()
        git(clone, "config", "remote.origin.promisor", "true")  # it changes the remedy
    before = {words: said(clone, *words) for words in READING}
    laid(clone, tmp_path)
    for words, was in before.items():
        assert said(clone, *words) == was, words
        assert marks(tmp_path) == set(), words
        assert "Traceback" not in was[2]
        assert (was[0] == 3) == ("the history here is incomplete: " in was[2] + was[1]), words
    assert lacking == any(code == 3 for code, _, _ in before.values())


def test_cutting_signing_and_publishing_run_nothing_that_a_clone_names(
    adopted: Path, tmp_path: Path
) -> None:
    laid(adopted, tmp_path)
    scene.release(adopted, formats=("md",))
    assert marks(tmp_path) == set()
    code, out, _ = said(adopted, "release", "verify", NAME.tag, "--no-rebuild")
    assert (code, "Nothing failed" in out) == (0, True)


def test_variables_of_git_lead_nowhere_and_start_nothing(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own, since GitPython asks for the version of git when it is imported."""
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    words = [GOVKIT, "-C", clone, "check", "--since", "HEAD~2"]
    plain = os.environ | scene.PERSON
    was = subprocess.run(words, capture_output=True, text=True, env=plain, check=False)
    program, mark = trap(tmp_path, "program"), str(tmp_path / "marks/trace")
    named = {
        **dict.fromkeys(("GIT_DIR", "GIT_COMMON_DIR"), str(other / ".git")),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / "index"),
        "GIT_PREFIX": "x/",
        "GIT_OBJECT_DIRECTORY": str(other / ".git/objects"),
        "GIT_NAMESPACE": "other",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(other / ".git/objects"),
        "GIT_CEILING_DIRECTORIES": str(clone.parent),
        "GIT_SHALLOW_FILE": program,
        "GIT_GRAFT_FILE": program,
        "GIT_REPLACE_REF_BASE": "refs/heads/",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": program,
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor={program}'",
        "GIT_CONFIG": program,
        **dict.fromkeys(
            (
                "GIT_EXTERNAL_DIFF",
                "GIT_SSH",
                "GIT_SSH_COMMAND",
                "GIT_ASKPASS",
                "GIT_PAGER",
                "GIT_EDITOR",
                "GIT_PROXY_COMMAND",
                "GIT_PYTHON_GIT_EXECUTABLE",
            ),
            program,
        ),
        **dict.fromkeys(("GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE_SETUP"), mark),
        "GIT_EXEC_PATH": str(tmp_path / "traps"),
        "GIT_TEMPLATE_DIR": str(other),
        "GIT_PYTHON_TRACE": "full",
        "GIT_FLUSH": "x",
        "GIT_DEFAULT_HASH": "sha256",
    }
    now = subprocess.run(words, capture_output=True, text=True, env=plain | named, check=False)
    assert (now.returncode, now.stdout, now.stderr) == (was.returncode, was.stdout, was.stderr)
    assert marks(tmp_path) == set()
