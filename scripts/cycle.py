"""Plays one whole round of consent with the example coalition, on a copy that is thrown away.

`make demo` runs it. Every line that begins with $ is a real call of govkit; what is indented below
is its answer. The story is data: examples/agora/cycle. Nothing in the repository is touched.

    python scripts/cycle.py               in a temporary folder
    python scripts/cycle.py --keep DIR    in DIR, which stays
"""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

import govkit

ROOT = Path(__file__).resolve().parent.parent
AGORA = ROOT / "examples" / "agora"
STORY = AGORA / "cycle"
PROPOSAL = "2026-001"
IN_WORD = "AGP-CMP-01"
LATER = "2036-06-20T12:00:00Z"
COORDINATORS = ("a-example", "c-example")
WIDTH = 96


PERSON = {
    "GIT_AUTHOR_NAME": "A. Example",
    "GIT_AUTHOR_EMAIL": "a@agora.example",
    "GIT_COMMITTER_NAME": "A. Example",
    "GIT_COMMITTER_EMAIL": "a@agora.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
"""Who works in the story: no name, hook or signature of the one who runs it is asked for."""


Start = Callable[..., "subprocess.CompletedProcess[str]"]
"""What starts a program, called as `subprocess.run` is."""


def begin_at_once(words: Sequence[str], *, cwd: Path, env: Mapping[str, str], **_: Any) -> Any:
    """Start govkit as a fork of this process, which has imported it: half of a start is imports."""
    from govkit.cli.main import main

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(env)
            sys.argv = ["govkit", *words[3:]]
            sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
            code = 1
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = [os.pread(file.fileno(), 1 << 24, 0).decode() for file in (out, err)]
    return subprocess.CompletedProcess(words, code, *said)


class Stage:
    """The copy that the round is played on, and the person at the keyboard."""

    def __init__(self, folder: Path, start: Start = subprocess.run) -> None:
        self.folder = folder / "agora"
        self.start = start
        self.to_see: list[tuple[str, str]] = []
        self.environment = (
            {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
            | PERSON
            | {"GOVKIT_PRIVATE": str(folder / "agora-private"), "COLUMNS": str(WIDTH)}
        )

    def set_up(self) -> None:
        """Copy the coalition, make a repository of it, and lay minutes and letters on the desk."""
        shutil.copytree(AGORA, self.folder, ignore=shutil.ignore_patterns("cycle"))
        (self.folder.parent / "agora-private").mkdir()
        for name in ("minutes", "letters"):
            shutil.copytree(STORY / name, self.folder.parent / "desk" / name)
        self.git("init", "-q", "-b", "main", "--template=")
        self.commit("2026-02-01T12:00:00Z", "Begin with the texts as they stand")

    def git(self, *words: str, at: str = "") -> None:
        """Run git as the invented person."""
        when = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at} if at else {}
        subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=self.environment | when,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def commit(self, at: str, message: str, by: str = "") -> None:
        """Commit everything, at a moment of the story; `by` is who seals the log before."""
        if by:
            key = self.key_of(by).relative_to(self.folder.parent)
            self.govkit("seal", "--key", f"../{key}", "--by", by, "--now", at, "--yes", show=1)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, at=at)

    def govkit(self, *words: str, ends: int = 0, show: int = 12) -> str:
        """Call govkit, show the call and the beginning of its answer, and return the whole."""
        print(f"$ govkit {_shown(words)}")
        done = self.start(
            [sys.executable, "-m", "govkit", "--color", "never", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        answer = done.stdout + done.stderr
        lines = answer.strip().splitlines()
        for line in lines[:show]:
            print(f"    {line}"[:WIDTH])
        if len(lines) > show:
            print(f"    … {len(lines) - show} more lines")
        if done.returncode != ends:
            sys.exit(f"\ngovkit ended with {done.returncode}, and the story has {ends}:\n{answer}")
        return answer

    def key_of(self, member: str) -> Path:
        """Return the private key of a coordinator, made when it is first asked for."""
        path = self.folder.parent / "keys" / member
        if not path.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)],
                check=True,
                stdin=subprocess.DEVNULL,
            )
        return path

    def key_at(self, member: str) -> str:
        """Return where the private key of a coordinator is, seen from the folder."""
        return f"../{self.key_of(member).relative_to(self.folder.parent)}"

    def lay(self, draft: str) -> None:
        """Put a draft's files into the folder, as its authors would edit them."""
        shutil.copytree(STORY / draft, self.folder, dirs_exist_ok=True)

    def show_status(self, now: str) -> None:
        """Show how the proposal stands."""
        self.govkit("status", PROPOSAL, "--now", now, show=40)


def _shown(words: tuple[str, ...]) -> str:
    cut = [word if len(word) < 60 else f"{word[:56]}…" for word in words]
    return " ".join(shlex.quote(word) if " " in word or not word else word for word in cut)


def tell(words: str) -> None:
    """Print what happens, in a paragraph of its own."""
    print()
    print(textwrap.fill(words, WIDTH))


def data(name: str) -> Any:
    """Read a file of the story; every plain value stays a text, as in govkit itself."""
    return yaml.load((STORY / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def by(member: str, now: str) -> tuple[str, ...]:
    """Say who writes in the register, and at which moment of the story."""
    return ("--by", member, "--now", now)


# --- the round ------------------------------------------------------------------------------------


def found(stage: Stage) -> None:
    """Found the coalition with its two coordinators, who have a key each."""
    tell(
        "1. Twelve people and organisations in five groups found a coalition. From now on its log "
        "keeps everything that is received or decided."
    )
    now = "2026-02-02T12:00:00Z"
    for id in COORDINATORS:
        key = stage.key_of(id).with_suffix(".pub").relative_to(stage.folder.parent)
        stage.govkit("member", "key", "add", id, "--file", f"../{key}", *by(id, now), show=2)
    named = [word for id in COORDINATORS for word in ("--coordinator", id)]
    stage.govkit("found", *named, *by("a-example", now))
    for id in COORDINATORS:
        key = stage.key_of(id).relative_to(stage.folder.parent)
        stage.govkit("found", "--sign", "--key", f"../{key}", *by(id, now), show=2)
    stage.commit(now, "Found the coalition", "c-example")


def draft(stage: Stage, story: Any) -> None:
    """Edit three texts, and take over those that are older than the register."""
    tell(
        "2. Three texts are drafted. The others are older than the register: an assembly adopted "
        "them. They are taken over in their exact words, and every print says where they come from."
    )
    stage.lay(story["steps"][0]["draft"])
    stage.commit("2026-03-01T12:00:00Z", "Draft three texts")
    older, then = story["taken_over"], "2026-03-01T13:00:00Z"
    stage.govkit(
        "take-over",
        *older["units"],
        *(word for id in COORDINATORS for word in ("--who", id)),
        *(word for id in COORDINATORS for word in ("--key", stage.key_at(id))),
        "--adopted-at",
        older["adopted_at"],
        "--adopted-on",
        older["adopted_on"],
        "--evidence",
        older["evidence"],
        *by("a-example", then),
        show=4,
    )
    stage.commit(then, "Take over what was adopted before", "a-example")


def open_round(stage: Stage, story: Any) -> None:
    """Open three texts for comments."""
    tell(
        "3. The three texts are opened for comments. Their exact words are kept from here on, "
        "whatever happens to branches and files."
    )
    step, proposal = story["steps"][0], story["proposal"]
    stage.govkit(
        "propose",
        "open",
        *proposal["units"],
        "--title",
        proposal["title"],
        "--proposer",
        proposal["proposer"],
        "--comment-until",
        step["comment_until"],
        *by("a-example", step["at"]),
    )
    stage.commit(step["at"], "Open the first revision", "a-example")


def suggest_in_word(stage: Stage) -> None:
    """Send a text home in Word, and look at what its reader changed there."""
    tell(
        "A lawyer who knows only Word is sent a text as a Word file. She writes “any user” in one "
        "clause with Track Changes, and mails it back. Nobody types her words again."
    )
    stage.govkit("render", IN_WORD, "--format", "docx", "-o", "../desk/sent.docx")
    desk = stage.folder.parent / "desk"
    with (
        zipfile.ZipFile(desk / "sent.docx") as sent,
        zipfile.ZipFile(desk / "back.docx", "w", zipfile.ZIP_DEFLATED) as back,
    ):
        for name in sent.namelist():
            part = sent.read(name).decode()
            back.writestr(name, _tracked(part) if name == "word/document.xml" else part)
    stage.govkit("suggest", "../desk/back.docx", "--dry-run", show=16)


def _tracked(body: str) -> str:
    """Return the body of a Word file with one word changed, as Word writes it."""
    who = 'w:author="Ada Counsel" w:date="2026-03-03T10:00:00Z"'
    old = "treat a user worse"
    if body.count(old) != 1:
        raise SystemExit(f"The Word file has no single place that says: {old}")
    before, _, after = old.partition(" a ")
    tracked = (
        f'{before} </w:t></w:r><w:del w:id="9001" {who}><w:r><w:delText>a</w:delText></w:r></w:del>'
        f'<w:ins w:id="9002" {who}><w:r><w:t>any</w:t></w:r></w:ins>'
        f'<w:r><w:t xml:space="preserve"> {after}'
    )
    return body.replace(old, tracked)


def speak(stage: Stage, revision: str) -> list[tuple[str, Any]]:
    """Return what is done for each position of a revision, as (moment, act)."""
    return [
        (each["received_at"], lambda each=each: _position(stage, each))
        for each in data("positions.yaml")["positions"]
        if each["revision"] == revision
    ]


def _position(stage: Stage, each: Any) -> None:
    units = [word for id in each["units"] for word in ("--unit", id)]
    reason = ["--reason", each["reason"]] if each.get("reason") not in (None, "null", "") else []
    said = [*units, *reason, "--cast-by", each["cast_by"]]
    if each.get("signed") == "without govkit":
        _signed_without_govkit(stage, each, said)
        return
    shown = ["--source", f"../desk/{each['source']}", "--channel", each["evidence"]["kind"]]
    if each.get("signed"):
        key = stage.key_of(each["cast_by"]).relative_to(stage.folder.parent)
        shown = ["--key", f"../{key}"]
    registrar = by("a-example", each["received_at"])
    words = ("consent", each["member"], PROPOSAL, each["position"], *said, *shown, *registrar)
    filed = re.findall(r"evidence\s+governance/proposals/(\S+)\.yaml", stage.govkit(*words, show=3))
    if not each.get("signed"):
        stage.to_see += [(id.replace("proposals/", ""), each["source"]) for id in filed]


def _signed_without_govkit(stage: Stage, each: Any, said: list[str]) -> None:
    """Let a member sign a text file with ssh-keygen alone, and take in the two files."""
    key, name = stage.key_of(each["cast_by"]), f"../desk/{each['id']}.txt"
    ask = ("--statement", each["member"], "--position", each["position"], *said)
    stage.govkit("status", PROPOSAL, *ask, "--output", name, show=30)
    line = ["ssh-keygen", "-q", "-Y", "sign", "-n", "consent@govkit", "-f", str(key), name]
    print(f"$ {shlex.join([*line[:-2], f'../keys/{key.name}', name])}")
    subprocess.run(line, cwd=stage.folder, check=True, stdin=subprocess.DEVNULL)
    stage.govkit("intake", name, f"{name}.sig", *by("a-example", each["received_at"]), show=3)


def vouch(stage: Stage, now: str) -> None:
    """Let the second coordinator look at the minutes and letters, and vouch for what was filed."""
    key = stage.key_of("c-example").relative_to(stage.folder.parent)
    for number, (id, source) in enumerate(stage.to_see):
        words = ("--seen", f"I have seen {source}.", "--key", f"../{key}")
        stage.govkit("countersign", id, *words, *by("c-example", now), show=1 if number else 20)
    stage.to_see.clear()


def _is(value: Any) -> bool:
    return value not in (None, "null", "", "~")


def comments() -> list[Any]:
    """Return the comments of the story; a mail of two points gives two."""
    found = []
    for each in data("comments.yaml")["comments"]:
        for point in each.get("points") or [each]:
            target = point if "points" in each else each["target"]
            found.append(
                {
                    **each,
                    **point,
                    "unit": target.get("unit"),
                    "clause": target.get("clause"),
                    "anchored_by": target.get("anchored_by", "author"),
                }
            )
    return found


def comment(stage: Stage, each: Any) -> None:
    """File one comment as it came."""
    author = each["author"]
    who = ["--member", author["member"]] if "member" in author else ["--name", author["name"]]
    where = ["--unit", each["unit"], "--anchored-by", each["anchored_by"]]
    where += ["--clause", each["clause"]] if each.get("clause") else []
    more = ["--proposed", each["proposed_text"]] if each.get("proposed_text") else []
    more += ["--relayed-by", each["relayed_by"]] if each.get("relayed_by") else []
    stage.govkit(
        "comment",
        "add",
        *who,
        *where,
        "--type",
        each["type"],
        "--text",
        each["comment"],
        "--channel",
        each["source"],
        "--proposal",
        PROPOSAL,
        *more,
        *by("a-example", each["received_at"]),
        show=3,
    )


def answer(stage: Stage, number: int, each: Any, now: str) -> None:
    """Answer a comment, and write down what its author says to that."""
    disposition = each["disposition"]
    reply = ["--reply", disposition["reply"]] if _is(disposition.get("reply")) else []
    stage.govkit(
        "comment",
        "dispose",
        str(number),
        "--action",
        disposition["action"],
        *reply,
        "--author-reply",
        each["author_reply"],
        "--proposal",
        PROPOSAL,
        *by(disposition["by"], now),
        show=2,
    )


def first_round(stage: Stage) -> None:
    """Hear comments and first consents, in the order in which they came."""
    tell(
        "4. Two organisations consent at a meeting. Six messages come in: one is a free mail that "
        "names no text, one comes to a coordinator in person, one comes too late. None is lost."
    )
    moments = [
        *speak(stage, "1"),
        *((each["received_at"], lambda each=each: comment(stage, each)) for each in comments()),
    ]
    for _, act in sorted(moments, key=lambda moment: moment[0]):
        act()
    vouch(stage, "2026-04-05T11:00:00Z")
    tell(
        "5. The one who wrote in person is asked, and agrees that the words are published. Then "
        "every comment gets its answer."
    )
    listed = list(enumerate(_in_order(), 1))
    for number, each in listed:
        if each["source"] == "personal-mail":
            stage.govkit(
                "comment",
                "publish",
                str(number),
                "--as",
                "public",
                "--proposal",
                PROPOSAL,
                *by("a-example", "2026-04-05T12:00:00Z"),
                show=2,
            )
    for number, each in listed:
        answer(stage, number, each, "2026-04-10T12:00:00Z")
    stage.govkit("comment", "table", "--proposal", PROPOSAL, show=20)
    stage.commit("2026-04-10T13:00:00Z", "Hear and answer the first round", "a-example")


def _in_order() -> list[Any]:
    return sorted(comments(), key=lambda each: each["received_at"])


def second_round(stage: Stage, story: Any) -> None:
    """Stop a draft that lost a clause; open the right one."""
    lost, right = (step for step in story["steps"] if step["step"] == "revise")
    tell(
        "6. The second draft is ready. On the way a clause got lost. Nobody noticed; govkit does, "
        "and opens nothing."
    )
    stage.lay(lost["draft"])
    stage.govkit("propose", "revise", PROPOSAL, *by("c-example", lost["at"]), ends=1)
    tell("7. With the clause in its place, the second revision opens.")
    stage.lay(right["draft"])
    stage.govkit(
        "propose",
        "revise",
        PROPOSAL,
        "--comment-until",
        right["comment_until"],
        *by("c-example", right["at"]),
    )
    stage.commit(right["at"], "Open the second revision", "c-example")
    tell(
        "A text in which nothing changed keeps the consents that it had. Where only a full stop "
        "was added, they are carried over. Where a clause changed, they no longer count, and the "
        "two organisations are asked again for this text alone."
    )
    stage.show_status("2026-04-15T12:00:00Z")


def last_call(stage: Stage, story: Any) -> None:
    """Call for positions, and hear them."""
    step = next(step for step in story["steps"] if step["step"] == "last-call")
    tell(
        "8. Last call. Members consent, consent with a reservation, stand aside; one objects, with "
        "a reason."
    )
    stage.govkit(
        "propose", "last-call", PROPOSAL, "--closes", step["closes"], *by("a-example", step["at"])
    )
    objections = [each for each in data("positions.yaml")["positions"] if "answer" in each]
    moments = speak(stage, "2")
    for each in objections:
        moments += [(each["answer"]["at"], lambda each=each: _answer_objection(stage, each))]
    for _, act in sorted(moments, key=lambda moment: moment[0]):
        act()
    tell(
        "What one coordinator wrote down from minutes and letters counts for nobody yet. The "
        "second one looks at each, and signs that they have seen it. A member's own signature "
        "needs nobody else."
    )
    vouch(stage, "2026-06-03T13:30:00Z")
    stage.commit("2026-06-04T12:00:00Z", "Hear the last call", "a-example")
    bear_witness(stage, "2026-06-04T13:00:00Z")


def bear_witness(stage: Stage, now: str) -> None:
    """Let a body beside the coalition sign the head, and prove one position by its receipt."""
    tell(
        "One seal covers all that was written. A body that is no member signs that it has seen "
        "this head, so nobody can show another past later. And a member gets a receipt, which "
        "anybody can check with the file and the root fingerprint alone."
    )
    name = "Example Observatory"
    stage.govkit("witness", "--name", name, "--key", stage.key_at("observatory"), "--now", now)
    stage.commit(now, "Bear witness")
    objection = next(each for each in data("positions.yaml")["positions"] if "answer" in each)
    record = f"positions/{objection['member']}-02.yaml"
    number = next(
        int(entry.stem)
        for entry in sorted((stage.folder / "governance/log").glob("*.yaml"))
        if f"{record}\n" in entry.read_text(encoding="utf-8")
    )
    stage.govkit("receipt", str(number), "-o", "../receipt.txt", "--now", now)
    stage.govkit("receipt", "verify", "../receipt.txt", show=30)


def _answer_objection(stage: Stage, each: Any) -> None:
    """Answer an objection: its author's own comment names it, and gets the answer."""
    now, reply = each["answer"]["at"], each["answer"]
    stage.govkit(
        "comment",
        "add",
        "--member",
        each["member"],
        "--unit",
        each["units"][0],
        "--type",
        "substantive",
        "--text",
        each["reason"],
        "--channel",
        "meeting",
        "--refers-to",
        f"positions/{each['member']}-02",
        "--proposal",
        PROPOSAL,
        *by("a-example", now),
        show=2,
    )
    stage.govkit(
        "comment",
        "dispose",
        str(len(comments()) + 1),
        "--action",
        reply["action"],
        "--reply",
        reply["reply"],
        "--author-reply",
        reply["author_reply"],
        "--proposal",
        PROPOSAL,
        *by(reply["by"], now),
        show=2,
    )


def decide(stage: Stage, story: Any) -> None:
    """Look before the time of intake is over; then decide."""
    early, final = (step for step in story["steps"] if step["step"] == "decide")
    tell(
        "9. The last call is over, but letters may still be on their way: until the time of intake "
        "has passed, every sum is provisional."
    )
    stage.govkit("decide", PROPOSAL, "--now", early["at"], ends=1, show=6)
    tell(
        "10. The decision, with the whole sum. The objection stands, and is printed with the text."
    )
    stage.govkit("decide", PROPOSAL, "--now", final["at"], show=60)


def apply(stage: Stage, story: Any) -> None:
    """Record the decision, and put the decided words in their place."""
    applied = next(step for step in story["steps"] if step["step"] == "apply")
    tell("11. It is recorded, and the decided words are put in their place.")
    stage.govkit("decide", PROPOSAL, "--apply", *by("a-example", applied["at"]))
    stage.commit(applied["at"], "Adopt three texts, with one dissent", "a-example")
    stage.govkit("where", "--now", applied["at"], show=30)
    stage.govkit("check", show=6)


def release(stage: Stage, story: Any, formats: str) -> None:
    """Cut a release, sign it, publish it, and prove it."""
    step = next(step for step in story["steps"] if step["step"] == "release")
    at, name = step["at"], step["release"]
    book, version = name.split("/")
    tell(
        "12. A release. Everything is built first, and committed as a candidate. Each coordinator "
        "builds it again, compares every byte, and signs. Then it is published, under a signed tag."
    )
    stage.govkit("release", "plan", name, "--now", at, show=24)
    stage.govkit("release", "cut", name, *(("--formats", formats) if formats else ()), "--now", at)
    for id in COORDINATORS:
        key = stage.key_of(id).relative_to(stage.folder.parent)
        stage.govkit("release", "sign", name, "--key", f"../{key}", *by(id, at), show=6)
    key = stage.key_of("a-example").relative_to(stage.folder.parent)
    stage.govkit("release", "publish", name, "--key", f"../{key}", *by("a-example", at))
    tell(
        "13. Years later. Somebody has a clone, or only one PDF with it, and no network. Does it "
        "hold? What was not looked at is said as well."
    )
    stage.govkit("release", "verify", f"{book}/v{version}", "--now", LATER, show=60)
    kept = f"dist/{name}/{book}.pdf" if not formats else f"dist/{name}"
    stage.govkit("release", "verify", kept, "--now", LATER, show=60)
    stage.govkit("release", "list", show=20)


def tamper(stage: Stage) -> None:
    """Show what one person alone can't do: each change is made in a copy, and found."""
    tell(
        "14. What if somebody changes the record, with whatever keys and access they have? A copy "
        "each time, and one change in it."
    )
    for number, (words, change) in enumerate(_CHANGES.items(), 1):
        copy = Stage(stage.folder.parent / f"copy-{number}", stage.start)
        shutil.copytree(stage.folder, copy.folder, symlinks=True)
        change(copy)
        tell(words)
        copy.govkit("check", ends=1, show=9)


_POSITION = f"governance/proposals/{PROPOSAL}/positions/example-network-lab-01.yaml"


def _change_a_letter(copy: Stage) -> None:
    """Turn a consent into an objection."""
    file = copy.folder / _POSITION
    file.write_text(file.read_text().replace("position: consent", "position: object"))


def _swap_a_key(copy: Stage) -> None:
    """Put another key into the record of a coordinator."""
    file = copy.folder / "governance/members/c-example.yaml"
    own = copy.key_of("somebody").with_suffix(".pub").read_text().split()
    file.write_text(re.sub(r"ssh-ed25519 \S+", f"ssh-ed25519 {own[1]}", file.read_text()))


def _log_anew(copy: Stage) -> None:
    """Log a position a second time, as if it had come after the close."""
    from govkit.procedures.log.filing import Filing, Stamp, file_all

    late = datetime.datetime(2026, 8, 1, 12, tzinfo=datetime.UTC)
    data = (copy.folder / _POSITION).read_bytes()
    file_all(
        copy.folder,
        [Filing(_POSITION, data, "position", was=data)],
        by="a-example",
        received_at=late,
        received_basis="registrar",
        recorded_at=Stamp(late, late),
    )


_CHANGES: dict[str, Callable[[Stage], None]] = {
    "A word of a position is changed.": _change_a_letter,
    "A coordinator's key is swapped for another one.": _swap_a_key,
    "A position is logged anew, as if it had come too late.": _log_anew,
}


def play(folder: Path, *, whole: bool = True, start: Start = subprocess.run) -> None:
    """Play the round in a folder; if not the whole, all but applying the decision."""
    stage, story = Stage(folder, start), data("cycle.yaml")
    stage.set_up()
    found(stage)
    draft(stage, story)
    open_round(stage, story)
    suggest_in_word(stage)
    first_round(stage)
    second_round(stage, story)
    last_call(stage, story)
    decide(stage, story)
    if whole:
        finish(stage, story)


def finish(stage: Stage, story: Any, formats: str = "") -> None:
    """Play what follows the decision: it is applied, released, and tampered with.

    `formats` are those of the release; every one if none is named.
    """
    apply(stage, story)
    release(stage, story, formats)
    tamper(stage)
    print("\nThe round is over.")


def start() -> Start:
    """Return what starts govkit on this machine; only Linux forks safely with libraries loaded."""
    if sys.platform != "linux":
        return subprocess.run
    for module in pkgutil.walk_packages(govkit.__path__, "govkit."):
        # What serves browsers and editors rests on packages that not everybody installs.
        if not re.match(r"govkit\.(?:desk|lsp)\b|.*__main__$", module.name):
            import_module(module.name)
    for name in ("cryptography.hazmat.primitives.asymmetric.ed25519", "git", "ruamel.yaml"):
        import_module(name)
    gc.freeze()
    return begin_at_once


def main() -> None:
    """Read the words of the command line, and play."""
    parser = argparse.ArgumentParser(description="Play one round of consent with an example.")
    parser.add_argument("--keep", metavar="DIR", type=Path, help="play in DIR, which stays")
    parser.add_argument("--not-applied", action="store_true", help="stop before applying it")
    asked = parser.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
        play(asked.keep.resolve(), whole=not asked.not_applied, start=start())
        return
    with tempfile.TemporaryDirectory(prefix="agora-") as folder:
        play(Path(folder), whole=not asked.not_applied, start=start())


if __name__ == "__main__":
    main()
