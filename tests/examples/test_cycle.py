"""`examples/agora/cycle`: the story fits the texts, the members and its own sum."""

import datetime
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Run = Callable[..., subprocess.CompletedProcess[str]]

NOTICE = "provisions/notices/AGP-NTC-01-notice-of-a-restriction.yaml"
COMPLAINT = "provisions/complaints/AGP-CMP-01-complaint-to-the-platform.yaml"
RIGHT = "provisions/complaints/AGP-CMP-03-putting-things-right.yaml"
BOOK = "provisions/instrument.yaml"


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def data(agora: Path, name: str) -> Any:
    return read(agora / "cycle" / f"{name}.yaml")


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def instant(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def clauses(path: Path) -> dict[str, Any]:
    return {clause["id"]: clause for clause in read(path)["clauses"]}


def words(path: Path) -> str:
    """The words of a text on one line, as one compares them."""
    return " ".join(path.read_text(encoding="utf-8").replace("**", "").split())


# --- the drafts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("second", [None, "draft-2-with-a-loss", "draft-2"])
def test_each_draft_put_over_the_texts_is_in_order(
    copy: Path, govkit: Run, second: str | None
) -> None:
    for draft in filter(None, ("draft-1", second)):
        shutil.copytree(copy / "cycle" / draft, copy, dirs_exist_ok=True)
    report = json.loads(govkit(copy, "check", "--today", "2026-03-01", "--format", "json").stdout)
    # The first draft has no full stop at the end of a clause; the second puts it there.
    expected = ["no-full-stop"] if second is None else []
    assert [finding["rule"] for finding in report["findings"]] == expected
    assert govkit(copy, "fmt", "--check").returncode == 0


def test_the_first_draft_changes_two_texts_and_adds_one(agora: Path) -> None:
    draft = agora / "cycle/draft-1"
    assert files(draft) == sorted([NOTICE, COMPLAINT, RIGHT, BOOK])
    for path in (NOTICE, COMPLAINT):
        assert clauses(agora / path).keys() < clauses(draft / path).keys()
    assert not (agora / RIGHT).exists()
    listed = [id for part in read(draft / BOOK)["parts"] for id in part["items"]]
    before = [id for part in read(agora / BOOK)["parts"] for id in part["items"]]
    assert listed == [*before, "AGP-CMP-03"]


def test_the_second_draft_adds_a_full_stop_here_and_words_there(agora: Path) -> None:
    first, second = agora / "cycle/draft-1", agora / "cycle/draft-2"
    assert files(second) == sorted([NOTICE, COMPLAINT])
    old, new = read(first / NOTICE), read(second / NOTICE)
    new["clauses"][3]["text"] = new["clauses"][3]["text"].removesuffix(".")
    assert old == new
    assert read(first / NOTICE) != read(second / NOTICE)
    old, new = clauses(first / COMPLAINT), clauses(second / COMPLAINT)
    assert [id for id in new if new[id] != old.get(id)] == ["b", "f"]
    assert old.keys() < new.keys()


def test_what_is_lost_on_the_way_is_one_clause_and_nothing_else(agora: Path) -> None:
    lost, second = agora / "cycle/draft-2-with-a-loss", agora / "cycle/draft-2"
    assert files(lost) == files(second)
    assert (lost / NOTICE).read_bytes() == (second / NOTICE).read_bytes()
    [stopped] = [step["stopped"] for step in data(agora, "cycle")["steps"] if "stopped" in step]
    assert stopped == {"unit": "AGP-CMP-01", "clause": "c"}
    whole = read(second / COMPLAINT)
    whole["clauses"] = [clause for clause in whole["clauses"] if clause["id"] != stopped["clause"]]
    assert read(lost / COMPLAINT) == whole


# --- the dates ------------------------------------------------------------------------------------


def end_of(day: str) -> datetime.datetime:
    """The end of a day anywhere on earth: noon of the next day in UTC."""
    return instant(f"{day}T12:00:00Z") + datetime.timedelta(days=1)


def test_the_steps_keep_the_periods_of_the_policy(agora: Path) -> None:
    steps = data(agora, "cycle")["steps"]
    assert [step["at"] for step in steps] == sorted(step["at"] for step in steps)
    assert {step["at"][:4] for step in steps} == {"2026"}
    periods = data(agora, "../governance/policies/substance")["periods"]
    days = {name: datetime.timedelta(int(period[1:-1])) for name, period in periods.items()}
    for step in steps:
        if "comment_until" in step:
            assert end_of(step["comment_until"]) - instant(step["at"]) >= days["comment"]
        if "closes" in step:
            assert end_of(step["closes"]) - instant(step["at"]) >= days["last_call"]
            closed = end_of(step["closes"])
        if step["step"] == "decide":
            over = instant(step["at"]) >= closed + days["intake"]
            assert over == (step["provisional"] == "false")


def test_the_story_tells_every_step_with_its_day(agora: Path) -> None:
    story = words(agora / "cycle/STORY.md")
    cycle = data(agora, "cycle")
    for step in cycle["steps"]:
        days = [step["at"], step.get("comment_until"), step.get("closes")]
        for day in map(instant, filter(None, days)):
            assert f"{day.day} {day:%B}" in story, step
    assert cycle["proposal"]["title"] in story
    for unit, expected in cycle["expected"]["units"].items():
        consents = sum(map(len, expected["consents"].values()))
        [row] = [
            line
            for line in (agora / "cycle/STORY.md").read_text(encoding="utf-8").splitlines()
            if line.startswith(f"| {unit} | {consents} | {len(expected['consents'])} |")
        ]
        assert row.endswith(f"| {expected['outcome'].replace('-', ' ')} |")


# --- what people said -----------------------------------------------------------------------------


def test_six_comments_each_with_an_answer_and_its_words_in_the_mail(agora: Path) -> None:
    comments = data(agora, "comments")["comments"]
    members = {path.stem for path in (agora / "governance/members").iterdir()}
    assert len(comments) == 6
    [open_until, _] = [
        step["comment_until"] for step in data(agora, "cycle")["steps"] if "comment_until" in step
    ]
    for each in comments:
        assert each["author"].get("member") in {*members, None}
        late = instant(each["received_at"]) > end_of(open_until)
        assert late == (each.get("late") == "true")
        for point in each.get("points", [each]):
            known = clauses(agora / "cycle/draft-1" / _path(point.get("unit") or _unit(each)))
            assert point.get("clause", each["target"].get("clause")) in known
            assert point["disposition"]["action"] == "accepted" or point["disposition"]["reply"]
            if "file" in each:
                assert point["comment"] in words(agora / "cycle" / each["file"])


def test_the_comments_are_of_the_kinds_that_really_come(agora: Path) -> None:
    comments = {each["id"]: each for each in data(agora, "comments")["comments"]}
    nameless = words(agora / "cycle" / comments["readers-union"]["file"])
    assert "AGP-" not in nameless
    assert [id for id, each in comments.items() if each.get("late")] == ["network-lab"]
    assert [id for id, each in comments.items() if each["source"] == "personal-mail"] == ["market"]
    assert [id for id, each in comments.items() if "proposed_text" in each] == ["chat"]
    assert [id for id, each in comments.items() if each["type"] == "editorial"] == ["c-example"]
    assert [id for id, each in comments.items() if "member" not in each["author"]] == ["e-example"]


def test_each_position_stands_in_its_minutes_or_letter(agora: Path) -> None:
    positions = data(agora, "positions")["positions"]
    received = [each["received_at"] for each in positions]
    assert received == sorted(received)
    for each in positions:
        source = words(agora / "cycle" / each["source"])
        assert each["received_at"][:10] in each["source"]
        assert each["evidence"]["level"] == ("E3" if "signed" in each else "E1")
        caster = read(agora / f"governance/members/{each['cast_by']}.yaml")
        assert caster["name"].split(",")[0] in source
        assert each["cast_by"] == each["member"] or caster["represents"] == each["member"]
        if each["reason"] != "null":
            first = each["reason"].split(".")[0]
            assert first in source
        needs_reason = each["position"] in ("object", "consent-with-reservation")
        assert not needs_reason or each["reason"] != "null"
    assert len({each["cast_by"] for each in positions}) == 8


def test_the_sum_comes_out_as_the_story_says(agora: Path) -> None:
    """By the rough rule alone, by hand: the last word of a voice, on words that still stand."""
    cycle = data(agora, "cycle")
    positions = data(agora, "positions")["positions"]
    members = {path.stem: read(path) for path in sorted((agora / "governance/members").iterdir())}
    needed = data(agora, "../governance/policies/substance")["consents"]
    for unit, expected in cycle["expected"]["units"].items():
        fate = cycle["second_draft"][unit]["consents"]
        last: dict[str, Any] = {}
        for each in positions:
            if unit in each["units"]:
                person = members[each["member"]]["person"]
                last[person if person != "null" else each["member"]] = each
        stale = {m for m, each in last.items() if each["revision"] == "1" and fate == "stale"}
        said = {m: each["position"] for m, each in last.items() if m not in stale}
        agree = {m for m, word in said.items() if word.startswith("consent")}
        groups: dict[str, list[str]] = {}
        for member in sorted(agree):
            groups.setdefault(members[member]["terms"][0]["group"], []).append(member)
        assert groups == {name: sorted(ids) for name, ids in expected["consents"].items()}
        assert len(agree) >= int(needed["total"])
        assert len(groups) >= int(needed["groups"]["at_least"])
        for word, key in (
            ("object", "objections"),
            ("stand-aside", "stand_aside"),
            ("consent-with-reservation", "reservations"),
        ):
            assert [m for m, w in said.items() if w == word] == expected.get(key, [])
        assert sorted(stale) == expected.get("stale", [])
        outcome = "adopted"
        if "objections" in expected:
            outcome = "adopted-with-dissent"
        elif "reservations" in expected:
            outcome = "adopted-with-reservations"
        assert expected["outcome"] == outcome
    assert cycle["expected"]["outcome"] == "adopted-with-dissent"


def test_one_group_is_silent(agora: Path) -> None:
    heard = {each["member"] for each in data(agora, "positions")["positions"]}
    silent = {
        mandate["group"]: path.stem
        for path in (agora / "governance/members").iterdir()
        for mandate in read(path)["terms"]
        if read(path)["state"] == "enrolled" and mandate["group"] == "public-bodies"
    }
    expected = data(agora, "cycle")["expected"]
    assert list(silent) == expected["groups_not_heard"]
    assert list(silent.values()) == expected["not_heard"]
    assert heard.isdisjoint(silent.values())


def _path(unit: str) -> str:
    return {"AGP-NTC-01": NOTICE, "AGP-CMP-01": COMPLAINT, "AGP-CMP-03": RIGHT}[unit]


def _unit(comment: Any) -> str:
    unit: str = comment["target"]["unit"]
    return unit
