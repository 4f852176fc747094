"""Every fault there is, in one coalition: one run reports them all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govkit.checks.all_rules import RULES

from .conftest import Case, git, lay, make

GOVKIT = str(Path(sys.executable).with_name("govkit"))
COMPARING = [rule.slug for rule in RULES if rule.scope == "base"]
BOUND = {
    "class-under-floor", "evidence-unanswered", "answer-against-class", "answer-without-question",
}
"""These speak of exact words, by digest; here every case has other ids, and so other digests."""
LEFT_OUT = {"governance/charter.yaml"}
"""Two faulty charters can't stand side by side: their lines of `expected.txt` are not counted."""
WAITING = {"unused-term", "term-used-once", "unused-source"}
"""Rules that say nothing as long as a file can't be read, since it may hold what they miss."""
OWN_POLICY = {"ruling-overdue", "no-deciding-body"}
"""Their cases write the one policy of the coalition anew, by which all others are decided."""
SEALED = {"log-unsealed"}
"""The case that comes last seals what all wrote."""

TEXT_ID = re.compile(rb"(?<![A-Za-z])(EX[APR](?:-[A-Z]{3})?)-(\d+)(?![\d])")
NAMED = re.compile(TEXT_ID.pattern + rb"|\(term:[a-z0-9-]+\)|source: [a-z0-9-]+")
TERMS, SOURCES = "registers/terms", "registers/sources"


class Merged:
    """Lays many cases side by side: paths and ids that more than one of them has are renamed."""

    def __init__(self) -> None:
        self.next = 100

    def files(self, rule: str, folders: list[Path]) -> Iterator[dict[str, Path | bytes]]:
        """Yield the files of each folder of one rule, renamed in the same way."""
        ids = self.new_ids(rule, folders) | self.new_links(rule, folders)
        for folder in folders:
            found: dict[str, Path | bytes] = {}
            for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                name = str(path.relative_to(folder))
                if path.name.endswith(("expected.txt", "made.txt")) or name in LEFT_OUT:
                    continue
                if path.is_symlink():
                    found[self.renamed(rule, name, ids)] = path.readlink()
                elif path.is_file():
                    data = self.with_ids(path.read_bytes(), ids)
                    data = data.replace(b"id: INS-", b"id: INS-" + rule.encode() + b"-")
                    found[self.renamed(rule, name, ids)] = data
            yield found

    def new_ids(self, rule: str, folders: list[Path]) -> dict[bytes, bytes]:
        """Give each id that the file names of this rule hold a number of its own."""
        names = [path.name for folder in folders for path in folder.rglob("EX*")]
        ids: dict[bytes, bytes] = {}
        for group, number in TEXT_ID.findall(" ".join(names).encode()):
            old = group + b"-" + number
            if rule != "duplicate-id" and old not in ids:
                self.next += 1
                ids[old] = b"%s-%d" % (group, self.next) if len(number) > 1 else old
        return ids

    def new_links(self, rule: str, folders: list[Path]) -> dict[bytes, bytes]:
        """Let the links to the terms and sources of this rule lead to their new names."""
        return {
            link % path.stem.encode(): link % f"{path.stem}-{rule}".encode()
            for register, link in ((TERMS, b"(term:%s)"), (SOURCES, b"source: %s"))
            for folder in folders
            for path in (folder / register).glob("*.yaml")
        }

    def with_ids(self, data: bytes, ids: dict[bytes, bytes]) -> bytes:
        return NAMED.sub(lambda found: ids.get(found.group(), found.group()), data)

    def renamed(self, rule: str, name: str, ids: dict[bytes, bytes]) -> str:
        name = self.with_ids(name.encode(), ids).decode()
        folder, _, last = name.rpartition("/")
        if last == "instrument.yaml":
            return f"{folder}/{rule}/{last}"
        if folder.startswith(("registers/", "governance/members")) and last != "README.md":
            stem, _, ending = last.partition(".")
            return f"{folder}/{stem}-{rule}.{ending}"
        return name


def put(folder: Path, files: dict[str, Path | bytes]) -> None:
    for name, what in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.is_symlink()
        if isinstance(what, Path):
            path.symlink_to(what)
        else:
            path.write_bytes(what)


def check(folder: Path, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [GOVKIT, "-C", str(folder), "check", "--format", "json", "--today", "2026-03-01", *words],
        capture_output=True, check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr == b""
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One repository that holds the fault of every rule, compared with the branch `other`."""
    folder = tmp_path_factory.mktemp("everything") / "coalition"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for moment, state in zip(("before", "other", "after"), states_of_all(), strict=True):
        if moment == "other":
            git(folder, "checkout", "-q", "-b", "other")
        if moment == "after":
            git(folder, "checkout", "-q", "main")
        git(folder, "rm", "-rfq", "--ignore-unmatch", ".")
        lay(folder)
        for files in state:
            put(folder, files)
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", moment)
    for rule in RULES:
        # Without a charter no other rule could speak.
        if rule.slug not in {"no-charter", *OWN_POLICY}:
            make(Case(rule.slug, "fires"), folder)
    return folder


def states_of_all() -> list[list[dict[str, Path | bytes]]]:
    """Return the files of every fixture, for the three moments of the repository."""
    merged = Merged()
    states: list[list[dict[str, Path | bytes]]] = [[], [], []]
    for slug in COMPARING:
        case = Case(slug, "fires").folder
        parts = [case / "before", case / "other", case / "after"]
        if not parts[1].is_dir():
            parts[1] = parts[0]
        for state, files in zip(states, merged.files(slug, parts), strict=True):
            state.append(files)
    for rule in RULES:
        if rule.slug not in COMPARING:
            states[2].extend(merged.files(rule.slug, [Case(rule.slug, "fires").folder]))
    return states


def test_one_run_reports_the_fault_of_every_rule(everything: Path) -> None:
    """And every finding of it: none is lost because others stand beside it."""
    found = Counter(finding["rule"] for finding in check(everything)["findings"])
    for rule in RULES:
        if rule.slug in {*COMPARING, *WAITING, *SEALED, *OWN_POLICY} or rule.family == "translations":
            continue  # a translation names digests, and ids are given anew here
        lines = Case(rule.slug, "fires").expected()
        expected = [line for line in lines if line.split(":")[0] not in LEFT_OUT]
        if rule.slug == "wrong-folder":
            expected = expected[:1]  # the other one needs a charter of its own
        if rule.slug == "unmarked-term":  # one of them is defined twice here, by `defined-twice`
            expected = expected[1:]
        if rule.slug == "file-name":  # a term has another name here, and is no device
            expected = [line for line in expected if "/aux.yaml:" not in line]
        assert found[rule.slug] >= len(expected), rule.slug


def test_with_since_the_rules_that_compare_speak_too(everything: Path) -> None:
    found = {finding["rule"] for finding in check(everything, "--since", "other")["findings"]}
    assert found >= set(COMPARING) - BOUND


def test_the_findings_of_a_large_run_are_sorted(everything: Path) -> None:
    findings = check(everything)["findings"]
    keys = [(each["path"], each["line"], each["column"], each["rule"]) for each in findings]
    assert keys == sorted(keys)
