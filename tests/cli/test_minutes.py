"""Minutes of a meeting go out as a form, and are filed on a yes: positions and who was there."""

import re
from pathlib import Path

from govkit.records.positions import Position
from govkit.records.registers import Event
from govkit.workspace import open_workspace

from .conftest import Run, commit
from .register import A, B, state

EVENT = "registers/events/first-meeting.yaml"
P = "2026-001"
CLOCK = "2026-03-03T12:00:00Z"


def filled(text: str) -> str:
    """The form in Markdown, filled in as a person does."""
    text = re.sub(rf"(\| {A} \| [^|]* \|)[^|\n]*\|", r"\1 Yes |", text, count=1)
    said = {A: "stand aside | | We have not met.", B: "Objects | |"}
    row = rf"\| {P} \| ({A}|{B}) \|[^\n]*"
    return re.sub(row, lambda found: f"| {P} | {found[1]} | {said[found[1]]} |", text)


def test_what_minutes_say_is_filed_on_a_yes_and_once(
    govkit: Run, founded: Path, tmp_path: Path
) -> None:
    (founded / EVENT).parent.mkdir(parents=True, exist_ok=True)
    words = "title: First meeting\n# by us\nstarts: 2026-03-02\nkind: meeting\nattended: []\n"
    (founded / EVENT).write_text(words)
    commit(founded)
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    out = tmp_path / "minutes.md"

    def ok(*words: str) -> str:
        done = govkit(founded, "minutes", *words, clock=CLOCK, GOVKIT_PRIVATE=str(private))
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    ok("form", "first-meeting", "-o", str(out))
    out.write_text(filled(out.read_text()))
    before = state(founded)
    said = ok("import", str(out), "--by", A)
    assert f"Present: {A}." in said
    assert f"Position on {P}: {B}, object" in said
    assert "Nothing was written" in said
    assert state(founded) == before
    assert "Who was there is filed" in ok("import", str(out), "--yes", "--by", A)
    corpus = open_workspace(founded).corpus
    found = {each.id: each.record for each in corpus.of_kind("position")}
    new = {r.member: r for r in found.values() if isinstance(r, Position)}
    assert new[B].position == "object"
    assert new[A].reason == "We have not met."
    event = corpus.by_path[EVENT].record
    assert isinstance(event, Event)
    assert event.attended == (A,)
    assert "# by us" in (founded / EVENT).read_text()
    before = state(founded)
    assert "nothing new" in ok("import", str(out), "--yes", "--by", A)
    assert state(founded) == before
