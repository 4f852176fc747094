"""A coalition with one open proposal of two revisions, as `propose open` would leave it. Invented.

Revision 1 shortens the notice in EXA-DUE-01(a) to seven days and brings EXA-DUE-02 as it is;
revision 2 says ten days, and nothing else is new. Comments on revision 2 are open for thirty days.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from govkit.corpus.copies import copy_of
from govkit.corpus.text_digests import digest_of, terms_used, unit
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.cli.conftest import BASE, change, commit, git

PROPOSAL = "2026-003"
FOLDER = f"governance/proposals/{PROPOSAL}"
TEXTS = {
    "EXA-DUE-01": "provisions/due-process/EXA-DUE-01-notice.yaml",
    "EXA-DUE-02": "provisions/due-process/EXA-DUE-02-complaint.yaml",
    "EXA-PRV-01": "provisions/privacy/EXA-PRV-01-export.yaml",
}
OPENED = {1: "2026-02-01T12:00:00Z", 2: "2026-03-10T12:00:00Z"}
UNTIL = {1: "2026-03-02T12:00:00Z", 2: "2026-04-09T12:00:00Z"}
MEMBERS = {
    "example-society": "name: Example Society (invented)\nkind: organisation\nstate: enrolled\n"
    "terms:\n  - group: civil-society\n    since: 2025-01-01\n",
    "other-society": "name: Other Society (invented)\nkind: organisation\nstate: enrolled\n"
    "terms:\n  - group: civil-society\n    since: 2025-01-01\n",
    "example-institute": "name: Example Institute (invented)\nkind: organisation\n"
    "state: enrolled\nterms:\n  - group: academia\n    since: 2025-01-01\n",
}


def coalition_with_proposal(folder: Path) -> Path:
    """Make the folder, in a repository with one commit."""
    shutil.copytree(BASE, folder, symlinks=True)
    change(folder, "governance/charter.yaml", "ids: []", "ids: [example-society, other-society]")
    for id, text in MEMBERS.items():
        line = "# yaml-language-server: $schema=../../schemas/member.schema.json\n"
        (folder / f"governance/members/{id}.yaml").write_text(line + text, encoding="utf-8")
    write(
        folder,
        f"{FOLDER}/proposal.yaml",
        "proposal",
        {"id": PROPOSAL, "title": "Earlier notice", "proposer": "example-society", "policies": []},
    )
    for number, days in ((1, "7"), (2, "10")):
        for id, path in TEXTS.items():
            copy = (folder / path).read_text(encoding="utf-8")
            schema = "../../../../../schemas/provision.schema.json"
            first = f"# yaml-language-server: $schema={schema}\n"
            copy = first + copy.split("\n", 1)[1].replace("default: 14", f"default: {days}")
            target = folder / f"{FOLDER}/rev-{number}/after/{id}.yaml"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(copy, encoding="utf-8")
        write_revision(folder, number)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder


def write_revision(folder: Path, number: int) -> None:
    """Write the record of a revision over the copies that are there."""
    corpus = open_workspace(folder).corpus
    terms = {each.id: corpus.digests.of(each) for each in corpus.of_kind("term")}
    units = []
    for id in TEXTS:
        copy = copy_of(corpus, f"{PROPOSAL}/rev-{number}", "after", id)
        assert copy is not None
        digest = digest_of(unit(copy, {slug: terms[slug] for slug in terms_used(copy)}))
        units.append({"id": id, "before": None, "after": digest, "class": 6, "floor": 6})
    write(
        folder,
        f"{FOLDER}/rev-{number}/revision.yaml",
        "revision",
        {
            "units": units,
            "terms": {slug: {"before": digest, "after": digest} for slug, digest in terms.items()},
            "change": "sha256:" + f"{number}" * 64,
            "code": f"k7f3-9q2{number}",
            "opened": OPENED[number],
            "comment_until": UNTIL[number],
        },
    )


def write(folder: Path, path: str, kind: str, record: dict[str, object]) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(record_bytes(kind, record, path))
