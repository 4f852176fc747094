"""An objection that is passed on: the body rules on it, and the release rests on the ruling."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import started
from tests.release.scene import git
from tests.seals import private_file

A, C = "a-example", "c-example"
BODY, X, Y, Z = "example-ombuds-office", "x-ombuds", "y-ombuds", "z-ombuds"
OBJECTOR = "example-readers-union"
OTHERS = ("example-chat", "example-network-lab", "example-digital-rights-society")
ID, NAME = "2026-001", "provisions/1.0.0-draft.1"


class Coalition:
    """One clone of the invented coalition, in which everybody signs with a key of their own."""

    def __init__(self, folder: Path, agora: Path) -> None:
        self.folder, self.clone, self.now = folder, folder / "clone", "2026-02-02T12:00:00Z"
        (folder / "clone-private").mkdir()
        shutil.copytree(agora, self.clone, ignore=shutil.ignore_patterns("cycle"))
        governance = self.clone / "governance"
        charter = governance / "charter.yaml"
        body = f"escalate_to: {{body: {BODY}, threshold: 2}}"
        charter.write_text(charter.read_text().replace("escalate_to: null", body))
        for policy in (governance / "policies").glob("*.yaml"):
            words = policy.read_text().replace("adopt-with-dissent", "escalate")
            policy.write_text(words)
        for id in (X, Y, Z):
            record = (governance / "members/b-example.yaml").read_text()
            for old, new in (
                (": example-digital-rights-society", f": {BODY}"),
                ("civil-society", "public-bodies"),
                ("b-example", id),
                ("B. Example", id.title()),
            ):
                record = record.replace(old, new)
            (governance / f"members/{id}.yaml").write_text(record)
        git(self.clone, "init", "-q", "-b", "main", "--template=")
        git(self.clone, "config", "user.name", "An Example")
        git(self.clone, "config", "user.email", "example@agora.example")
        git(self.clone, "config", "govkit.member", A)
        git(self.clone, "config", "govkit.key", str(private_file(folder / "keys", A)))
        (self.clone / ".git/info").mkdir(exist_ok=True)
        (self.clone / ".git/info/exclude").write_text("dist/\n")
        self.commit()

    def run(self, *words: str, by: str = "", ends: int = 0) -> str:
        """Run govkit at the moment of now, with the name and the key of somebody."""
        named = ("--by", by, "--key", str(private_file(self.folder / "keys", by))) if by else ()
        line = ("-m", "govkit", "-C", str(self.clone), *words, *named, "--now", self.now)
        done = started(
            [sys.executable, *line],
            cwd=self.folder,
            env={k: v for k, v in os.environ.items() if not k.startswith("GOVKIT_")}
            | {"NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == ends, done.stdout + done.stderr
        return " ".join((done.stdout + done.stderr).split())

    def commit(self) -> None:
        git(self.clone, "add", "-A")
        git(self.clone, "commit", "-q", "--allow-empty", "-m", "Step")

    def seal(self) -> None:
        self.run("seal", "--yes", by=A)
        self.commit()

    def sign(self, act: str, *people: str) -> None:
        for by in people:
            self.run("sign", act, by=by)

    def enrolled(self, id: str) -> str:
        file = f"{private_file(self.folder / 'keys', id)}.pub"
        return self.run("member", "key", "add", id, "--file", file)

    def act(self, kind: str, *people: str, decides: str = "", ends: int = 0) -> str:
        words = ["propose", "act", kind, ID, "--reason", "A reason."]
        words += ["--decides", decides] if decides else []
        words += [word for id in people for word in ("--who", id)]
        return self.run(*words, ends=ends)


@pytest.fixture
def answered(tmp_path: Path, agora: Path) -> Coalition:
    """Three consent, one objects and was answered, and the policy lets it be passed on."""
    all = Coalition(tmp_path, agora)
    for id in (A, C):
        all.enrolled(id)
        all.commit()
    all.run("found", "--coordinator", A, "--coordinator", C)
    all.commit()
    for id in (A, C):
        all.run("found", "--sign", by=id)
    for number, id in enumerate((X, Y), 1):
        all.enrolled(id)
        all.sign(f"{number:02}", A, C, id)
    shutil.copytree(agora / "cycle/draft-1", all.clone, dirs_exist_ok=True)
    all.now = "2026-03-02T12:00:00Z"
    all.run("propose", "open", "--title", "Notice", "--proposer", OTHERS[2])
    all.seal()
    said = tmp_path / "said.txt"
    said.write_text("As in the minutes.\n")
    source = ("--source", str(said))
    against = ("object", "--unit", "AGP-CMP-01", "--reason", "The time is too short.")
    all.run("consent", OBJECTOR, ID, *against, *source)
    for id in OTHERS:
        all.run("consent", id, ID, "consent", *source)
        all.run("countersign", f"{ID}/evidence/{id}-01-01", "--seen", "The minutes.", by=C)
    all.run("answer", ID, OBJECTOR, "--reply", "Four weeks are enough.", by=A)
    all.now = "2026-03-07T12:00:00Z"
    return all


def test_a_signed_ruling_carries_a_decision_and_its_release(answered: Coalition) -> None:
    all = answered
    nobody_asked = all.act("ruling", X, Y, decides="dismisses", ends=2)
    assert f"no objection to {ID} was passed on and not decided" in nobody_asked
    alone = all.act("escalation", A, ends=2)
    assert f"it takes two coordinators help: Name two of the coordinators ({A}, {C})" in alone
    pass_on = f"govkit propose act escalation {ID} --objector {OBJECTOR} --who MEMBER --who MEMBER"
    waiting = all.run("today")
    settled = f"govkit answer {ID} {OBJECTOR} --satisfied --seen WORDS --who MEMBER --who MEMBER"
    assert (pass_on in waiting, settled in waiting) == (True, True)
    assert waiting.count("If not, two coordinators may pass it on") == 1, (
        "one task, with both ways out"
    )
    assert f"send {OBJECTOR} the answer" in waiting
    private, at = all.folder / "clone-private", "2026-03-06T12:00:00Z"
    row = {"tells": f"act {ID}/acts/01", "to": OBJECTOR, "draft": "answer.eml", "at": at}
    (private / "letters.jsonl").write_text(json.dumps(row) + "\n")
    row = {"state": "sent", "draft": "answer.eml", "at": at}
    (private / "sent.jsonl").write_text(json.dumps(row) + "\n")
    waiting = all.run("today")
    assert f"{OBJECTOR} was sent the answer" in waiting
    assert f"send {OBJECTOR} the answer" not in waiting
    all.act("escalation", A, C)
    waiting = all.run("today")
    assert f"govkit sign 2026-001/acts/02 --by {A}" in waiting
    held_up = all.run("decide", ID, "--apply", "--by", A, ends=1)
    assert f"acts/02 passes an objection on, and {A}, {C} did not sign it" in held_up
    assert pass_on not in waiting
    all.sign(f"{ID}/acts/02", A, C)

    asked = all.run("today")
    assert f"{BODY} decides about the objection of {OBJECTOR}" in asked
    assert "--decides upholds|dismisses --who MEMBER --who MEMBER --reason WORDS" in asked
    too_few = all.act("ruling", X, A, decides="dismisses", ends=2)
    assert f"it takes 2 of the members of {BODY}" in too_few
    assert f"Name 2 who represent {BODY} in their records" in too_few
    without = all.act("ruling", X, Z, decides="dismisses", ends=2)
    assert f"{Z} has no key that counts, so could never sign the act `ruling`" in without
    all.act("ruling", X, Y, decides="upholds")
    all.act("ruling", X, Y, decides="dismisses")
    all.sign(f"{ID}/acts/04", X)
    assert "which has not decided yet" in all.run("status", ID)
    refused = all.run("decide", ID, "--apply", ends=1)
    assert f"{BODY} has to decide about the objection of {OBJECTOR}" in refused
    all.sign(f"{ID}/acts/04", Y)
    assert f"{OBJECTOR} (dismissed; decided with this dissent)" in all.run("status", ID)
    late = all.run("sign", f"{ID}/acts/03", by=X, ends=2)
    assert "acts/04 decided about the same objection to the same words before" in late
    all.seal()

    all.now = "2026-04-20T12:00:00Z"
    all.run("propose", "last-call", ID)
    all.seal()
    all.now = "2026-05-20T12:00:00Z"
    assert f"{ID}: adopted with dissent." in all.run("decide", ID, "--apply")
    late = all.run("sign", f"{ID}/acts/03", by=X, ends=2)
    assert f"it is too late to sign {ID}/acts/03: {ID} was decided without it" in late
    all.seal()
    all.run("release", "cut", NAME, "--formats", "md")
    printed = (all.clone / "dist" / NAME / "consent.md").read_text()
    assert "Passed on for a decision" in printed
    assert "Decided about an objection" in printed
    for id in (A, C):
        all.run("release", "sign", NAME, by=id)
    waits = " ".join(all.run("today").split())
    assert (
        f"{NAME} has the signatures that it takes ({A}, {C} did): publish it by {A}, {C} govkit"
        in waits
    )
    all.run("release", "publish", NAME, by=A)
    verified = all.run("release", "verify", "provisions/v1.0.0-draft.1")
    assert "reckoned again from their records, and the same: 1, for 3 texts" in verified
    assert "Nothing failed." in verified
    told = all.run("bulletin", "--since", "2026-03-01")
    assert "Nothing is open at this moment." in told
    assert f"Proposal {ID} was decided, adopted with dissent: Notice, revision 1." in told
    assert "Released: provisions/1.0.0-draft.1." in told


def test_an_objection_whose_author_is_said_to_be_content_is_not_passed_on(
    answered: Coalition,
) -> None:
    content = ("--satisfied", "--seen", "Their mail.", "--who", A, "--who", C)
    answered.run("answer", ID, OBJECTOR, *content, by=A)
    waiting = answered.run("today")
    assert f"the act {ID}/acts/02 does not count yet" in waiting
    assert "propose act escalation" not in waiting


def test_an_objection_upheld_blocks_these_words_and_is_passed_on_anew_with_others(
    answered: Coalition,
) -> None:
    all = answered
    all.now = "2026-04-14T12:00:00Z"
    mail = all.run("propose", "last-call", ID, "--dry-run")
    assert f"The time is too short. Answer, by {A}: Four weeks are enough." in mail
    all.now = "2026-03-07T12:00:00Z"
    all.act("escalation", A, C)
    all.sign(f"{ID}/acts/02", A, C)
    all.act("ruling", X, Y, decides="upholds")
    all.sign(f"{ID}/acts/03", X, Y)
    assert f"was upheld by {BODY}" in all.run("status", ID)
    assert f"govkit propose revise {ID}" in all.run("today")
    again = all.act("ruling", X, Y, decides="dismisses", ends=2)
    assert "was passed on and not decided" in again
    all.seal()
    text = next(all.clone.glob("provisions/complaints/AGP-CMP-01*.yaml"))
    text.write_text(text.read_text().replace("free of charge", "at no charge"))
    all.now = "2026-03-09T12:00:00Z"
    all.run("propose", "revise", ID)
    answers = f"the objection of {OBJECTOR} has no answer to the words of revision 2"
    assert answers in all.run("today")
    all.run("answer", ID, OBJECTOR, "--reply", "Four weeks are enough.", by=A)
    assert "two coordinators passing the objection on" in all.run("status", ID)
    assert "was passed on and not decided" in all.act("ruling", X, Y, decides="dismisses", ends=2)
