"""Agora, the invented coalition, founded and in git, for proposals by the real command."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from govkit.log.coordinators import genesis_of
from govkit.log.digests import entry_digest
from govkit.log.entries import path_of_entry
from govkit.log.periods import instant_of
from govkit.log.signed_statements import root_fingerprint
from govkit.procedures.log.filing import last_entry, with_values
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.log import AdoptedUnit, LogEntry, TakenOver
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.command import started
from tests.seals import past_signed, private_file, public_of, seal_log
from tests.shared import made_once
from tests.vouching import vouch_for_all

AGORA = Path(__file__).resolve().parents[2] / "examples/agora"
SOCIETY = "example-digital-rights-society"
NOTICE = "provisions/notices/AGP-NTC-01-notice-of-a-restriction.yaml"
FORM = "provisions/notices/AGP-NTC-02-language-and-form.yaml"
WARNING = "provisions/notices/AGP-NTC-03-warning.yaml"
COMPLAINT = "provisions/complaints/AGP-CMP-01-complaint-to-the-platform.yaml"
RIGHT = "provisions/complaints/AGP-CMP-03-putting-things-right.yaml"
TERM = "registers/terms/restriction.yaml"
FOUNDED = "2026-02-01T12:00:00Z"
OPENED = "2026-03-02T12:00:00Z"


@dataclass
class Folder:
    """A folder of texts in git, and the command to run in it."""

    path: Path
    clock: str | None = None
    """What the clock of the machine says; None: what it says."""

    def run(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run `govkit WORDS` on the folder, as a coordinator of Agora."""
        person = {"NO_COLOR": "1", "GOVKIT_MEMBER": "a-example"}
        return started(
            [sys.executable, "-m", "govkit", "-C", str(self.path), *words],
            cwd=cwd or self.path.parent,
            env=os.environ | person,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            clock=self.clock,
        )

    def vouched(self, now: str) -> None:
        """Let c-example vouch for what a-example filed to show positions."""
        key = private_file(self.path.parent / "keys", "c-example")
        vouch_for_all(self.path, "c-example", key, instant_of(now))

    def done(self, *words: str) -> dict[str, Any]:
        """Run a step that goes through, and return its answer."""
        answer = self.run(*words, "--format", "json")
        assert answer.returncode == 0, answer.stderr + answer.stdout
        found: dict[str, Any] = json.loads(answer.stdout)
        return found

    def open(self, *words: str, at: str = OPENED, title: str = "A title") -> dict[str, Any]:
        """Open a proposal."""
        return self.done(
            "propose", "open", *words, "--title", title, "--proposer", SOCIETY, "--now", at
        )

    def sign(self, act: str, *members: str) -> None:
        """Let these members sign an act."""
        for id in members:
            key = private_file(self.path.parent / "keys", id)
            self.done("sign", act, "--by", id, "--key", str(key), "--now", OPENED)

    def sign_past(self, entry: str) -> None:
        """Let both coordinators sign what an entry takes over, as it stands."""
        corpus = open_workspace(self.path).corpus
        genesis, record = genesis_of(corpus), corpus.by_path[entry].record
        assert genesis is not None
        assert isinstance(record, LogEntry)
        assert record.taken_over is not None
        said = record.taken_over.model_dump(exclude={"signatures"})
        past = TakenOver.model_validate(past_signed(root_fingerprint(genesis), said))
        data = record_bytes("log-entry", record.model_copy(update={"taken_over": past}), entry)
        self.write(entry, data.decode())

    def refused(self, *words: str, code: int = 2) -> str:
        """Run a step that does not go through: nothing is written, and the reason is said."""
        before = self.state()
        answer = self.run("propose", *words)
        assert answer.returncode == code, answer.stderr + answer.stdout
        assert "Traceback" not in answer.stderr
        assert self.state() == before
        return answer.stderr

    def stopped(self, *words: str) -> str:
        """Run a step that is stopped: something has to be answered first."""
        return self.refused(*words, code=1)

    def state(self) -> dict[str, bytes]:
        """All files of the folder."""
        return {
            path.relative_to(self.path).as_posix(): path.read_bytes()
            for path in sorted(self.path.rglob("*"))
            if path.is_file() and ".git" not in path.parts
        }

    def git(self, *words: str) -> str:
        """Run git as nobody in particular."""
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        return subprocess.run(
            ["git", *who, *words],
            cwd=self.path,
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull},
        ).stdout.strip()

    def commit(self) -> None:
        """Commit all that is there."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "a state")

    def text(self, path: str) -> str:
        """Return the words of a file."""
        return (self.path / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file."""
        (self.path / path).parent.mkdir(parents=True, exist_ok=True)
        (self.path / path).write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Replace words that have to be there."""
        text = self.text(path)
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def put_over(self, draft: str) -> None:
        """Put a draft of the story over the texts."""
        shutil.copytree(AGORA / "cycle" / draft, self.path, dirs_exist_ok=True)

    def read(self, path: str) -> Any:
        """Return the data of a record."""
        return yaml.load(self.text(path), Loader=yaml.BaseLoader)

    def revision(self, number: int = 1, proposal: str = "2026-001") -> Any:
        """Return the data of a revision."""
        return self.read(f"governance/proposals/{proposal}/rev-{number}/revision.yaml")

    def units(self, number: int = 1, proposal: str = "2026-001") -> dict[str, Any]:
        """Return the units of a revision by their ids."""
        return {unit["id"]: unit for unit in self.revision(number, proposal)["units"]}

    def is_sound(self) -> None:
        """Hold that the check finds no error, once the log is sealed."""
        seal_log(self.path)
        answer = self.run("check", "--today", "2026-03-01", "--format", "json")
        assert [
            each for each in json.loads(answer.stdout)["findings"] if each["level"] == "error"
        ] == []


def _begun(path: Path, *, adopted: bool) -> Folder:
    shutil.copytree(AGORA, path)
    folder = Folder(path)
    if adopted:
        for place in ("provisions", "recommendations", "registers/terms"):
            for file in (path / place).rglob("*.yaml"):
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace("status: draft", "status: adopted", 1), "utf-8")
    folder.git("init", "-q", "-b", "main")
    folder.commit()
    for id in ("a-example", "c-example"):
        member = f"governance/members/{id}.yaml"
        key = {"id": "k1", "public": public_of(id), "since": "2026-01-01"}
        data = with_values(member, folder.text(member).encode(), {"keys": [key]})
        folder.write(member, data.decode())
    folder.done("found", "--by", "a-example", "--now", FOUNDED)
    if adopted:
        _taken_over(path)
    seal_log(path)
    folder.commit()
    return folder


def _taken_over(path: Path) -> None:
    """Say in the log that the texts were adopted before the register began."""
    corpus = open_workspace(path).corpus
    last, genesis = last_entry(path), genesis_of(corpus)
    assert last is not None
    assert genesis is not None
    units = [
        AdoptedUnit(id=document.id, digest=corpus.digests.of(document) or "")
        for document in corpus.of_kind(*NORMATIVE_KINDS)
    ]
    at = datetime.datetime.fromisoformat(FOUNDED)
    entry = LogEntry(
        seq=last.seq + 1,
        kind="taken-over",
        received_at=at,
        received_basis="registrar",
        recorded_at=at,
        by="a-example",
        prev=entry_digest(last),
        taken_over=TakenOver.model_validate(
            past_signed(
                root_fingerprint(genesis),
                {
                    "units": tuple(units),
                    "adopted_at": "an invented meeting",
                    "adopted_on": at.date(),
                    "evidence": "invented minutes",
                    "by": ("a-example", "c-example"),
                },
            )
        ),
    )
    place = path_of_entry(entry.seq)
    (path / place).write_bytes(record_bytes("log-entry", entry, place))


@pytest.fixture(scope="session")
def _drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        _begun(folder / "agora", adopted=False)

    return made_once(tmp_path_factory, "drafts", make) / "agora"


@pytest.fixture(scope="session")
def _adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        _begun(folder / "agora", adopted=True)

    return made_once(tmp_path_factory, "proposing-adopted", make) / "agora"


@pytest.fixture
def drafts(_drafts: Path, tmp_path: Path) -> Folder:
    """Agora with texts that were never adopted."""
    return Folder(Path(shutil.copytree(_drafts, tmp_path / "agora")))


@pytest.fixture
def adopted(_adopted: Path, tmp_path: Path) -> Folder:
    """Agora with all its texts adopted."""
    return Folder(Path(shutil.copytree(_adopted, tmp_path / "agora")))
