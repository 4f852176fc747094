"""From files to the decision; and whatever is changed or taken out of the register is found."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.consent.decide import decide
from govkit.consent.decision import as_json
from govkit.corpus.whole import Corpus
from govkit.log.chain import breaks_of, newest_entry_of
from govkit.round.docket import Docket, docket_of
from tests.consent.register import PROPOSAL, corpus_at, position, whole_register

WHOLE = whole_register()
NOW = datetime.datetime(2026, 4, 10, tzinfo=datetime.UTC)
BEN = f"{PROPOSAL}/positions/ben-01.yaml"
COMMENT = f"{PROPOSAL}/comments/0001.yaml"


def docket(corpus: Corpus) -> Docket:
    found = docket_of(corpus, "2026-003")
    assert found is not None
    return found


def kinds(files: dict[str, str]) -> set[tuple[str, str]]:
    return {(each.path, each.kind) for each in breaks_of(corpus_at(files))}


def changed(path: str, **fields: object) -> dict[str, str]:
    return WHOLE.files | {path: json.dumps(json.loads(WHOLE.files[path]) | fields)}


def test_a_whole_register_is_decided_and_its_log_holds() -> None:
    corpus = WHOLE.corpus()
    assert breaks_of(corpus) == ()
    decision = decide(docket(corpus), NOW)
    assert (decision.outcome, decision.pending) == ("adopted", ())
    head = newest_entry_of(corpus)
    assert head is not None
    assert head.seq == 12


def test_there_is_no_docket_of_what_is_not_there() -> None:
    assert docket_of(WHOLE.corpus(), "2026-004") is None


def test_a_position_that_was_edited_is_found_and_does_not_count() -> None:
    files = changed(BEN, position="abstain")
    assert kinds(files) == {(BEN, "altered")}
    decision = decide(docket(corpus_at(files)), NOW)
    assert decision.outcome == "not-adopted"
    assert decision.rejected == (("positions/ben-01", "it was changed after it was logged"),)


def test_a_position_that_was_taken_out_leaves_its_entry_alone() -> None:
    files = {path: text for path, text in WHOLE.files.items() if path != BEN}
    assert kinds(files) == {("governance/log/000006.yaml", "gone")}


def test_a_position_that_nobody_logged_is_found_and_does_not_count() -> None:
    path = f"{PROPOSAL}/positions/ben-02.yaml"
    files = WHOLE.files | {path: json.dumps(position("ben", "object", reason="No."))}
    assert kinds(files) == {(path, "not-logged")}
    assert decide(docket(corpus_at(files)), NOW).outcome == "adopted"


def test_an_answer_that_was_changed_is_as_if_it_were_not_there() -> None:
    assert decide(docket(corpus_at(WHOLE.files)), NOW).unanswered == ()
    answered = json.loads(WHOLE.files[COMMENT])
    answered["disposition"]["reply"] = "Something else."
    files = WHOLE.files | {COMMENT: json.dumps(answered)}
    assert kinds(files) == {(COMMENT, "altered")}
    assert decide(docket(corpus_at(files)), NOW).unanswered == ("comments/0001",)


def test_an_entry_that_was_taken_out_is_a_gap() -> None:
    path = "governance/log/000006.yaml"
    files = {key: text for key, text in WHOLE.files.items() if key != path}
    assert {kind for _, kind in kinds(files)} == {"gap", "chain", "not-logged"}


def test_an_entry_that_was_rewritten_breaks_the_chain_behind_it() -> None:
    path = "governance/log/000006.yaml"
    files = changed(path, received_at="2026-03-11T12:00:00Z")
    assert kinds(files) == {("governance/log/000007.yaml", "chain")}


def test_a_past_that_was_rewritten_whole_holds_and_has_another_head() -> None:
    """Only a head that was printed or sent once shows it: `govkit release verify --head`."""
    other = whole_register()
    other.files[BEN] = json.dumps(position("ben", "abstain"))
    rewritten = type(other)()
    for path, text in other.files.items():
        if path.startswith(PROPOSAL):
            kind = {
                "proposal": "proposal",
                "rev-1": "revision",
                "positions": "position",
                "evidence": "evidence",
                "comments": "comment",
                "notices": "notice",
            }[path.removeprefix(f"{PROPOSAL}/").split("/")[0].removesuffix(".yaml")]
            rewritten.put(path, json.loads(text), kind)
            if kind == "comment":
                rewritten.log(path, "disposition")
    assert breaks_of(rewritten.corpus()) == ()
    assert newest_entry_of(rewritten.corpus()) != newest_entry_of(WHOLE.corpus())


def test_a_policy_that_was_changed_after_the_opening_decides_nothing() -> None:
    path = "governance/policies/substance.yaml"
    files = changed(path, consents={"total": 0, "groups": {}})
    assert kinds(files) == {(path, "altered")}
    unit = decide(docket(corpus_at(files)), NOW).units[0]
    assert unit.outcome == "not-adopted"
    assert "in the words under which the proposal was opened" in unit.why[0]


def logged_again(path: str, kind: str) -> dict[str, str]:
    """The register with one more entry about a record, by somebody who wants to move it."""
    register = whole_register()
    register.log(path, kind, 25)
    return register.files


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (BEN, "position"),
        (f"{PROPOSAL}/notices/01.yaml", "notice"),
        (f"{PROPOSAL}/rev-1/revision.yaml", "revision"),
    ],
)
def test_what_was_said_is_logged_once_and_a_second_entry_moves_nothing(
    path: str, kind: str
) -> None:
    files = logged_again(path, kind)
    [fault] = breaks_of(corpus_at(files))
    assert (fault.path, fault.kind) == ("governance/log/000013.yaml", "twice")
    assert f"{path} was logged as number " in fault.message
    assert "is logged again here, as number 13" in fault.message
    assert decide(docket(corpus_at(files)), NOW) == decide(docket(WHOLE.corpus()), NOW)


def test_a_second_entry_about_a_position_in_other_words_makes_them_count_no_more() -> None:
    register = whole_register()
    register.files[BEN] = json.dumps(position("ben", "abstain"))
    register.log(BEN, "position", 25)
    faults = {each.kind for each in breaks_of(register.corpus())}
    assert faults == {"twice", "altered"}
    assert decide(docket(register.corpus()), NOW).rejected == (
        ("positions/ben-01", "it was changed after it was logged"),
    )


@pytest.mark.parametrize("name", ["0000012", "0000013"])
def test_one_number_is_one_file_by_its_exact_name(name: str) -> None:
    newest = WHOLE.files["governance/log/000012.yaml"]
    files = WHOLE.files | {f"governance/log/{name}.yaml": newest}
    [fault] = breaks_of(corpus_at(files))
    assert (fault.path, fault.kind) == (f"governance/log/{name}.yaml", "number")
    assert "that is the file governance/log/000012.yaml and no other" in fault.message
    assert newest_entry_of(corpus_at(files)) == newest_entry_of(WHOLE.corpus())


LOGGED = sorted(path for path in WHOLE.files if PROPOSAL in path or "/log/" in path)


@pytest.mark.parametrize("path", LOGGED)
def test_whatever_is_taken_out_is_found(path: str) -> None:
    assert shows({other: text for other, text in WHOLE.files.items() if other != path})


def shows(files: dict[str, str]) -> bool:
    """Say whether the files show that something is wrong; the newest entry is held by its head."""
    return bool(kinds(files)) or newest_entry_of(corpus_at(files)) != newest_entry_of(
        WHOLE.corpus()
    )


def leaves(data: object, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The ways to all single values of plain data."""
    if isinstance(data, dict):
        return [way for key, value in data.items() for way in leaves(value, (*route, key))]
    if isinstance(data, list):
        return [way for at, value in enumerate(data) for way in leaves(value, (*route, at))]
    return [route]


EVERY_VALUE = [(path, way) for path in LOGGED for way in leaves(json.loads(WHOLE.files[path]))]


@given(st.sampled_from(EVERY_VALUE))
def test_whatever_is_altered_is_found(where: tuple[str, tuple[str | int, ...]]) -> None:
    path, way = where
    data = json.loads(WHOLE.files[path])
    holder = data
    for step in way[:-1]:
        holder = holder[step]
    value = holder[way[-1]]
    holder[way[-1]] = _other(value)
    files = WHOLE.files | {path: json.dumps(data)}
    is_newest = path == "governance/log/000012.yaml"
    assert shows(files) if is_newest else kinds(files), where


def _other(value: object) -> object:
    """Another value that may stand in the same place, as far as that can be."""
    if value is None:
        return "sha256:" + "9" * 64
    if isinstance(value, int):
        return value + 1
    text = str(value)
    if text.startswith("sha256:"):
        return "sha256:" + "9" * 64
    if text.startswith("2026-03-"):
        return text.replace("T12:00", "T12:01")
    return {
        "consent": "abstain",
        "individual": "organisation",
        "E1": "E2",
        "mail": "web",
        "meeting": "paper",
        "last-call": "moved",
        "registrar": "own-host",
        "aaaa-bbbb": "aaaa-cccc",
        "2026-003": "2026-004",
        "not-accepted": "deferred",
    }.get(text, f"{text}x")


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(chance: object) -> None:
    paths = list(WHOLE.files)
    chance.shuffle(paths)  # type: ignore[attr-defined]
    files = {path: WHOLE.files[path] for path in paths}
    assert as_json(decide(docket(corpus_at(files)), NOW)) == as_json(
        decide(docket(WHOLE.corpus()), NOW)
    )
