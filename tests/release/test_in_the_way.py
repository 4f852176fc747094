"""Open objections, comments without an answer, decided words that are not in place."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from govkit.corpus.whole import Corpus
from govkit.log.coordinators import coordinators_of
from govkit.release.plan import PlanRequest, ReleasePlan, plan_of
from govkit.release.release_tasks import releases_to_cut
from tests.consent.building import words
from tests.consent.register import PROPOSAL, digest_at
from tests.release import decided as decided_scene
from tests.release.decided import AFTER, TEXT, Story

NOW = datetime.datetime(2026, 3, 20, 12, tzinfo=datetime.UTC)
BASE = Path(__file__).resolve().parents[1] / "rules/_base"
POLICY = "governance/policies/substance.yaml"
PATH = "provisions/due-process/EXA-DUE-01-notice.yaml"
LATER = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)


def plan(corpus: Corpus, now: datetime.datetime = NOW) -> ReleasePlan:
    return plan_of(PlanRequest(corpus, "INS-provisions", None, False, now.date(), now, (), None))


def said(kind: str, found: ReleasePlan) -> list[tuple[str, str]]:
    return [(stop.id, stop.message) for stop in found.stops if stop.kind == kind]


def comment(story: Story, **more: object) -> Story:
    record = {
        "author": {"member": "dia"},
        "target": {"revision": 1},
        "comment": "Too long.",
        "source": {"kind": "mail"},
        **more,
    }
    story.put(f"{PROPOSAL}/comments/{story.seq:04d}.yaml", record, "comment", 13)
    return story


def founded(story: Story) -> Story:
    """A founding, as far as the plan asks for one: before it nothing counts as adopted."""
    policy = digest_at(POLICY, story.files[POLICY], "policy")
    story.files["governance/genesis.yaml"] = json.dumps(
        {
            "coalition": "example",
            "coordinators": [{"id": "ada"}],
            "threshold": 1,
            "charter": words("charter"),
            "policies": [{"id": "substance", "digest": policy}],
            "founded": "2026-03-01T12:00:00Z",
        }
    )
    return story


@pytest.fixture(autouse=True)
def _decided_when_all_was_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The decisions here are final ones: the time of intake is over."""
    monkeypatch.setattr(decided_scene, "DECIDED", LATER)


def in_place(story: Story, old: str = "", new: str = "") -> Story:
    """The text with the status adopted, in its words or with some of them changed."""
    text = (BASE / PATH).read_text(encoding="utf-8")
    story.files[PATH] = text.replace("status: draft", "status: adopted").replace(old, new)
    return story


def test_an_objection_to_the_words_as_they_are_is_in_the_way() -> None:
    story = Story().says("ada").says("eva", "object", reason="It binds us too far.")
    assert said("objection", plan(story.corpus())) == [
        (TEXT, "EXA-DUE-01: the objection of eva is open")
    ]
    assert said("objection", plan(Story().says("ada").corpus())) == []


def test_an_objection_to_other_words_than_these_is_not() -> None:
    story = Story()
    story.pairs = [{"id": TEXT, "before": None, "after": words("other")}]
    story.put(
        f"{PROPOSAL}/rev-1/revision.yaml",
        {
            "units": [{**pair, "class": 8, "floor": 8} for pair in story.pairs],
            "change": words("change"),
            "code": "aaaa-bbbb",
            "opened": "2026-03-10T12:00:00Z",
            "comment_until": "2026-03-15T12:00:00Z",
        },
        "revision",
    )
    story.says("eva", "object", reason="It binds us too far.")
    comment(story)
    found = plan(story.corpus())
    assert (said("objection", found), said("comment", found)) == ([], [])


def test_a_comment_without_an_answer_is_in_the_way_until_it_has_one() -> None:
    assert said("comment", plan(comment(Story()).corpus())) == [
        ("2026-003", "2026-003: 1 comment has no answer")
    ]
    assert said("comment", plan(comment(comment(Story())).corpus())) == [
        ("2026-003", "2026-003: 2 comments have no answer")
    ]
    answered = Story().objects("eva", "It binds us too far.")
    assert said("comment", plan(answered.corpus())) == []


def test_decided_words_that_are_not_in_place_are_in_the_way() -> None:
    story = founded(Story().says("ada").says("cem").says("ben"))
    assert said("not-applied", plan(story.corpus(), LATER)) == []
    decided = story.decided()
    assert said("not-applied", plan(decided.corpus(), LATER)) == [
        (TEXT, "2026-003 decided new words of EXA-DUE-01, and they are not in place")
    ]
    found = plan(in_place(decided).corpus(), LATER)
    assert said("not-applied", found) == []
    assert TEXT not in [id for id, _ in said("no-consent", found)]
    [unit] = [unit for unit in found.units if unit.id == TEXT]
    assert unit.adoption is not None
    assert unit.adoption.by == "2026-003"


def test_words_that_were_changed_after_their_decision_have_no_consent() -> None:
    decided = founded(Story().says("ada").says("cem").says("ben")).decided()
    in_place(decided, "must give the reasons", "must give all reasons")
    assert dict(said("no-consent", plan(decided.corpus(), LATER)))[TEXT] == (
        "EXA-DUE-01 has no consent: its words are not those that were adopted"
    )


def test_dissent_that_was_decided_over_is_printed_and_stops_nothing() -> None:
    story = founded(Story().says("ada").says("cem").says("ben"))
    decided = story.objects("eva", "It binds us too far.").decided()
    found = plan(in_place(decided).corpus(), LATER)
    assert said("objection", found) == []
    assert TEXT not in [id for id, _ in said("no-consent", found)]


def test_a_text_that_the_book_names_and_nobody_has_is_in_the_way_of_a_draft_too() -> None:
    """Also where no finding says so, since the releaser prints what it has."""
    story = Story()
    book = "provisions/instrument.yaml"
    text = (BASE / book).read_text(encoding="utf-8")
    story.files[book] = text.replace("EXA-DUE-02", "EXA-DUE-22")
    [stop] = [each for each in plan(story.corpus()).stops if each.kind == "missing"]
    assert (stop.id, stop.of_draft) == ("EXA-DUE-22", True)
    assert stop.message == "EXA-DUE-22 stands in the book, and no file has that text"


def test_what_to_do_until_decided_words_are_in_a_release_names_the_drafts_and_their_proposals() -> (
    None
):
    story = in_place(founded(Story()).says("ada").says("cem").says("eva").decided())
    [drafts] = releases_to_cut(story.corpus(), LATER, lambda: (), lambda _: ())
    assert drafts.what.startswith("the words of 2026-003 are in their place, and no release of ")
    assert " EXA-DUE-02 " in drafts.command
    assert TEXT not in drafts.command
    for name in ("proposal", "rev-1/revision"):
        record = json.loads(story.files[f"{PROPOSAL}/{name}.yaml"])
        if name == "proposal":
            record["id"] = "2026-004"
        else:
            pair = {"id": "EXA-DUE-02", "before": None, "after": AFTER["EXA-DUE-02"]}
            record |= {"units": [{**pair, "class": 8, "floor": 8}], "code": "cccc-dddd"}
        kind = name.rpartition("/")[2]
        story.put(f"{PROPOSAL.replace('003', '004')}/{name}.yaml", record, kind)
    others, proposed = releases_to_cut(story.corpus(), LATER, lambda: (), lambda _: ())
    assert " EXA-DUE-02 " not in others.command
    assert proposed.command == "govkit status 2026-004"
    assert "before 2026-004 is decided, which proposes EXA-DUE-02" in proposed.what


def test_a_candidate_is_signed_by_who_has_not_and_then_published() -> None:
    story = founded(Story())
    story.files["releases/provisions/1.0.0/manifest.yaml"] = "to be read: later\n"
    corpus = story.corpus()
    who = coordinators_of(corpus)
    [unsigned] = releases_to_cut(corpus, LATER, lambda: (), lambda _: ())
    assert (unsigned.who, "waits to be signed;" in unsigned.what) == (who, True)
    [done] = releases_to_cut(corpus, LATER, lambda: (), lambda _: who)
    assert done.command == "govkit release publish provisions/1.0.0 --key FILE"
    assert f"({', '.join(who)} did): publish it" in done.what
