"""Forms as a code host sends them, read by the real command beside an open proposal. All invented.

ana is the account of Example Society, bo that of Other Society and of Example Institute; cleo
represents Example Society. zoe is enrolled for nobody.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govkit.records.forms import FORMS
from govkit.source.issue_forms import form_text
from tests.cli.conftest import commit
from tests.comments.proposal_folder import coalition_with_proposal
from tests.shared import made_once

PAGE = "https://github.com/example/texts"
NOW = ("--now", "2026-03-20T12:00:00Z")
CAME = "2026-03-15T08:00:00Z"
ACCOUNTS = {"example-society": "ana", "other-society": "bo", "example-institute": "bo"}
CLEO = (
    "# yaml-language-server: $schema=../../schemas/member.schema.json\n"
    "name: Cleo Example (invented)\nkind: representative\nrepresents: example-society\n"
    "state: enrolled\n"
    "accounts:\n  - {host: github.com, name: cleo, since: 2025-01-01}\n"
)
DUE = "provisions/due-process/EXA-DUE-01-notice.yaml"
NOTICE = (
    "The platform must give the user notice of a restriction at least [14] days before it begins"
)

WORDS: dict[str, dict[str, str]] = {
    "change": {
        "text": "EXA-DUE-01 (a)",
        "now": "before it begins",
        "new": "before it starts",
        "why": "Say it in plainer words.",
        "duty": "No",
        "duty_why": "The same day is meant.",
    },
    "comment": {"text": "EXA-DUE-01 (a)", "comment": "Ten days are too short."},
    "position": {"proposal": "2026-003 revision 2", "stance": "We consent"},
    "join": {
        "name": "New Society (invented)",
        "kind": "An organisation",
        "group": "Academia",
        "country": "IN",
    },
    "initiative": {
        "title": "Terms Watch (invented)",
        "by": "Example Society",
        "year": "2019",
        "kind": "Evaluates terms of service",
        "address": "https://example.org/terms-watch",
        "covers": "- notice\n- appeal",
    },
}
"""Each form as somebody fills it in who does all of it right."""


def body(form: str, **fields: str) -> str:
    """The text of an issue, as the host renders a form."""
    return form_text(FORMS[form], WORDS[form] | fields)


def event(text: str, account: str = "ana", **more: Any) -> dict[str, Any]:
    """The event of an issue, as the host keeps it for a workflow."""
    number = more.pop("number", 17)
    sent: dict[str, Any] = {
        "action": "opened",
        "issue": {
            "number": number,
            "title": "$(touch stolen) `touch stolen` ${{ github.token }}",
            "body": text,
            "html_url": f"{PAGE}/issues/{number}",
            "user": {"login": account, "id": 1234},
            "created_at": CAME,
            "updated_at": "2026-03-16T08:00:00Z",
            "labels": [{"name": "form"}],
        },
        "repository": {"full_name": "example/texts", "html_url": PAGE},
        "sender": {"login": account},
    }
    issue = {key: more.pop(key) for key in [*more] if key in sent["issue"]}
    sent["issue"] |= issue
    return sent | more


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        texts = coalition_with_proposal(folder / "texts")
        for id, account in ACCOUNTS.items():
            with (texts / f"governance/members/{id}.yaml").open("a") as file:
                file.write(
                    f"accounts:\n  - {{host: github.com, name: {account}, since: 2025-01-01}}\n"
                )
        (texts / "governance/members/cleo-example.yaml").write_text(CLEO)
        commit(texts)

    return made_once(tmp_path_factory, "forms", make) / "texts"


@pytest.fixture
def texts(scene: Path, tmp_path: Path) -> Path:
    """The folder, to be changed."""
    shutil.copytree(scene, tmp_path / "texts", symlinks=True)
    (tmp_path / "texts-private").mkdir(mode=0o700)
    return tmp_path / "texts"


Answered = Callable[..., dict[str, Any]]


@pytest.fixture
def answered(
    scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Answered:
    """Read an event, given as data or as bytes, beside texts that nobody changes.

    It returns what the workflow gets; an empty answer where the issue is left alone.
    """
    from govkit.cli.main import _run

    monkeypatch.chdir(tmp_path)

    def answer(sent: dict[str, Any] | bytes, folder: Path = scene) -> dict[str, Any]:
        data = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        (tmp_path / "event.json").write_bytes(data)
        to = tmp_path / "form.json"
        to.unlink(missing_ok=True)
        words = ("form", "answer", str(tmp_path / "event.json"), "-o", str(to), *NOW)
        assert _run(["-C", str(folder), *words]) == 0, capfd.readouterr().err
        assert "Traceback" not in capfd.readouterr().err
        found: dict[str, Any] = json.loads(to.read_bytes()) if to.exists() else {}
        return found

    return answer
