"""The plan of a release, from two states: what it holds, which version, what is in the way."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from govkit.corpus.released_words import released_words
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import WrongUse
from govkit.findings import Finding, Place
from govkit.records.releases import Publication
from govkit.release.contents import EffectiveDates, ReleaseInputs, manifest_of_plan, units_of_plan
from govkit.release.manifest import ReleaseName, name_of, records_text
from govkit.release.plan import PlanRequest, ReleasePlan, book_named, plan_of
from govkit.release.published import intervals, list_releases, releases_of
from govkit.release.umbrella import umbrella_plan
from govkit.release.version import Version, parse
from govkit.source.nearest import advice
from govkit.source.record_bytes import record_bytes
from govkit.workspace.states import document_at

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
DAY = datetime.date(2026, 6, 20)
NOON = datetime.datetime(2026, 6, 20, 12, tzinfo=datetime.UTC)
D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
D2 = "provisions/due-process/EXA-DUE-02-complaint.yaml"
BOOK, SOURCE = "provisions/instrument.yaml", "registers/sources/example-act.yaml"
USER = "registers/terms/user.yaml"
CHARTER = "governance/charter.yaml"
WORDS = "sha256:" + "ab" * 32


class Texts(dict[str, str]):
    """The files of the small coalition of tests/rules, to be changed one by one."""

    def __init__(self) -> None:
        super().__init__(
            {
                path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8")
                for path in sorted(BASE.rglob("*.yaml"))
            }
        )

    def replaced(self, path: str, old: str, new: str) -> Texts:
        assert old in self[path]
        self[path] = self[path].replace(old, new, 1)
        return self

    def corpus(self) -> Corpus:
        return corpus_of(document_at(path, text.encode()) for path, text in self.items())

    def released(self, name: str, published: bool = True, **fields: Any) -> Texts:
        """Put the records of a release in the folder, as they stand there in part."""
        release = name_of(name)
        manifest: dict[str, Any] = {
            "instrument": "INS-provisions",
            "version": str(release.version),
            "state": "candidate",
            "title": "Example",
            "dated": "2026-05-01",
            "tree": "a" * 40,
            "records": 0,
            "merkle_root": WORDS,
            "threshold": 2,
        } | fields
        self._put("manifest", release.place("manifest.yaml"), manifest)
        if published:
            self._put(
                "publication",
                release.place("published.yaml"),
                {
                    "release": name,
                    "published": NOON,
                    "by": "ada",
                    "sums": WORDS,
                    "head": f"{WORDS}\n1\n{'A' * 43}=\n",
                    "signatures": {"ada": WORDS, "ben": WORDS},
                },
            )
        return self

    def _put(self, kind: str, path: str, record: dict[str, Any]) -> None:
        self[path] = record_bytes(kind, record, path).decode()


def plan(
    now: Texts,
    before: Texts | None = None,
    version: str | None = None,
    *,
    draft: bool = False,
    findings: tuple[Finding, ...] = (),
) -> ReleasePlan:
    asked = parse(version) if version else None
    old = before.corpus() if before is not None else None
    return plan_of(
        PlanRequest(now.corpus(), "INS-provisions", asked, draft, DAY, NOON, findings, old)
    )


def kinds(found: ReleasePlan) -> list[tuple[str, str]]:
    return [(stop.kind, stop.id) for stop in found.stops]


# --- which version --------------------------------------------------------------------------------

CHANGES = {
    "a title of a source": (SOURCE, "title: ", "title: The ", "patch", "1.0.1", "example-act"),
    "prose of a clause": (
        D1,
        "give the reasons for",
        "give its reasons for",
        "minor",
        "1.1.0",
        "EXA-DUE-01",
    ),
    "the force of a clause": (
        D1,
        "must give the reasons",
        "should give the reasons",
        "major",
        "2.0.0",
        "EXA-DUE-01",
    ),
    "a definition": (USER, "definition: ", "definition: also ", "major", "2.0.0", "user"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_the_weightiest_change_decides_about_the_version(case: str) -> None:
    path, old, new, bump, version, by = CHANGES[case]
    found = plan(Texts().released("provisions/1.0.0").replaced(path, old, new), Texts())
    assert (found.rule.asked, str(found.name), found.rule.by) == (bump, f"provisions/{version}", by)


def test_a_version_that_is_too_low_is_refused_with_the_change_that_asks_for_more() -> None:
    now = Texts().released("provisions/1.0.0")
    now.replaced(D1, "must give the reasons", "should give the reasons")
    now.replaced(SOURCE, "title: ", "title: The ")
    for version in ("1.0.1", "1.1.0", "1.1.0-draft.1"):
        [first, *_] = plan(now, Texts(), version).stops
        assert first.message == (
            f"{version} is too low. The changes since 1.0.0 ask for a major release, 2.0.0: the "
            "change of EXA-DUE-01 asks for it"
        )
    assert [stop for stop in plan(now, Texts(), "2.0.0").stops if stop.kind == "version"] == []


def test_by_conformity_what_still_conforms_asks_for_less() -> None:
    def texts() -> Texts:
        found = Texts()
        found[CHARTER] += "bump: by-conformity\n"
        return found

    looser = texts().replaced(D1, "must give the reasons", "should give the reasons")
    found = plan(looser.released("provisions/1.0.0"), texts())
    assert (found.bump, found.rule.asked) == ("by-conformity", "minor")
    assert plan(looser, Texts(), "1.1.0").rule.fault(parse("1.1.0"), []) is None


def test_by_the_calendar_the_version_is_the_day_whatever_changed() -> None:
    def texts() -> Texts:
        found = Texts()
        found[CHARTER] += "bump: calendar\n"
        return found

    now = texts().released("provisions/2026.5.1")
    now.replaced(D1, "must give the reasons", "should give the reasons")
    assert str(plan(now, texts()).name) == "provisions/2026.6.20"
    [first, *_] = plan(now, texts(), "2026.6.21").stops
    assert "by the charter a version is the day of the release" in first.message


def test_what_changed_in_another_book_asks_for_nothing() -> None:
    now = Texts().released("provisions/1.0.0")
    path = "recommendations/EXR-01-published-figures.yaml"
    now[path] = now[path].replace("force: should", "force: may").replace(" should ", " may ")
    found = plan(now, Texts())
    assert found.changes is not None
    assert found.changes.changes == ()
    assert ("nothing-new", "") in kinds(found)


def test_drafts_are_counted_and_compared_with_the_draft_before() -> None:
    now = Texts().released("provisions/1.0.0").released("provisions/1.1.0-draft.1")
    now.replaced(D1, "give the reasons for", "give its reasons for")
    found = plan(now, Texts(), draft=True)
    assert str(found.name) == "provisions/1.1.0-draft.2"
    assert found.compared_with is not None
    assert str(found.compared_with.name) == "provisions/1.1.0-draft.1"
    final = plan(now, Texts())
    assert final.compared_with is not None
    assert str(final.compared_with.name) == "provisions/1.0.0"


def test_a_candidate_that_is_not_published_counts_for_nothing() -> None:
    now = Texts().released("provisions/1.0.0", published=False)
    found = plan(now)
    assert (found.since, str(found.name)) == (None, "provisions/1.0.0")


# --- what is in it, and in the way ----------------------------------------------------------------


def test_it_holds_the_book_its_texts_in_order_and_the_terms_that_they_use() -> None:
    assert [unit.id for unit in plan(Texts()).units] == [
        "INS-provisions",
        "EXA-DUE-01",
        "EXA-DUE-02",
        "EXA-PRV-01",
        "platform",
        "restriction",
        "user",
    ]


def test_findings_stop_by_what_they_stop_and_where_they_are() -> None:
    def finding(rule: str, path: str, stops: Any, line: int = 1) -> Finding:
        return Finding(rule, "it is wrong", path, stops=stops, place=Place(line, 1, 2))

    findings = (
        finding("one", D1, "release", 4),
        finding("one", D2, "release", 9),
        finding("two", "recommendations/EXR-01-published-figures.yaml", "release"),
        finding("three", "recommendations/EXR-01-published-figures.yaml", "merge"),
        finding("four", D1, None),
        finding("five", "governance/members/example-society.yaml", "release"),
        finding("six", "governance/proposals/2026-009/proposal.yaml", "release"),
    )
    found = plan(Texts(), findings=findings)
    said = [stop.message for stop in found.stops if stop.kind == "check"]
    assert said == [
        "three (1 place: recommendations/EXR-01-published-figures.yaml:1): it is wrong",
        "five (1 place: governance/members/example-society.yaml:1): it is wrong",
        f"one (2 places, the first: {D1}:4): it is wrong",
    ]
    draft = plan(Texts(), draft=True, findings=findings)
    assert [stop.message.split(" ")[0] for stop in draft.stops] == ["three"]


def test_too_few_coordinators_stop_it() -> None:
    said = [stop.message for stop in plan(Texts()).stops if stop.kind == "coordinators"]
    assert said == ["2 coordinators have to sign a release, and there are no coordinators"]


def test_a_book_is_named_by_its_slug_or_its_id() -> None:
    corpus = Texts().corpus()
    assert book_named(corpus, "provisions") == book_named(corpus, "INS-provisions")
    with pytest.raises(WrongUse, match="there is no book `provison`") as told:
        book_named(corpus, "provison")
    assert "Did you mean `provisions`?" in advice(told.value)
    twice = Texts()
    twice["recommendations/instrument.yaml"] = twice["recommendations/instrument.yaml"].replace(
        "INS-recommendations", "REC-provisions"
    )
    with pytest.raises(WrongUse, match="both have the short name `provisions`"):
        book_named(twice.corpus(), "provisions")


def test_the_manifest_says_what_the_plan_says() -> None:
    now = Texts().released("provisions/1.0.0")
    now.replaced(D1, "must give the reasons", "should give the reasons")
    found = plan(now, Texts())
    dates = EffectiveDates(None, {"EXA-DUE-02": datetime.date(2027, 1, 1)})
    records = records_text({D1: b"x"})
    manifest = manifest_of_plan(
        found,
        now.corpus(),
        dates,
        units_of_plan(found, dates),
        ReleaseInputs("b" * 40, records, {"govkit": "1"}, (), ("provisions.md",)),
    )
    assert (manifest.version, manifest.supersedes, manifest.compared_with, manifest.records) == (
        "2.0.0",
        "1.0.0",
        "1.0.0",
        1,
    )
    assert manifest.bump is not None
    assert (manifest.bump.asked, manifest.bump.by) == ("major", "EXA-DUE-01")
    days = {unit.id: unit.effective for unit in manifest.units}
    assert days["EXA-DUE-02"] == datetime.date(2027, 1, 1)
    assert days["EXA-DUE-01"] is None


# --- intervals ------------------------------------------------------------------------------------


def test_each_version_applies_until_the_next_one_does() -> None:
    texts = Texts()
    texts.released("provisions/1.0.0-draft.1", dated="2026-01-01")
    texts.released("provisions/1.0.0-draft.2", dated="2026-02-01")
    texts.released("provisions/1.0.0", dated="2026-03-01", effective="2026-04-01")
    texts.released("provisions/1.10.0", dated="2026-09-01")
    texts.released("provisions/1.9.0", dated="2026-06-01")
    texts.released("provisions/2.0.0-draft.1", dated="2026-10-01")
    texts.released("provisions/2.0.0", published=False)
    rows = [
        (
            str(each.cut.version),
            each.state,
            each.validity and each.validity[:2],
            str(each.superseded_by) if each.superseded_by else None,
        )
        for each in intervals(releases_of(texts.corpus(), "provisions"))
    ]
    assert rows == [
        ("1.0.0-draft.1", "superseded", None, "1.0.0-draft.2"),
        ("1.0.0-draft.2", "superseded", None, "1.0.0"),
        ("1.0.0", "superseded", ("2026-04-01", "2026-06-01"), "1.9.0"),
        ("1.9.0", "superseded", ("2026-06-01", "2026-09-01"), "1.10.0"),
        ("1.10.0", "published", ("2026-09-01", None), None),
        ("2.0.0-draft.1", "published", None, None),
        ("2.0.0", "candidate", None, None),
    ]


def test_the_list_has_the_umbrella_last_and_leaves_out_what_lies_about_its_version() -> None:
    texts = Texts().released("all/1.0.0", instrument=None).released("recommendations/1.0.0")
    texts.released("provisions/1.0.0").released("provisions/1.0.1", version="9.9.9")
    assert [str(each.cut.name) for each in list_releases(texts.corpus())] == [
        "provisions/1.0.0",
        "recommendations/1.0.0",
        "all/1.0.0",
    ]


def test_words_are_released_by_a_published_version_and_by_no_draft_or_candidate() -> None:
    unit = {"id": "EXA-DUE-01", "digest": WORDS}
    other = {"id": "EXA-DUE-02", "digest": WORDS}
    texts = Texts().released("provisions/1.0.0", units=[unit])
    texts.released("provisions/1.1.0", published=False, units=[other])
    texts.released("provisions/1.1.0-draft.1", units=[other])
    assert released_words(texts.corpus()) == {("EXA-DUE-01", WORDS)}


# --- several books --------------------------------------------------------------------------------


def several(texts: Texts, *names: str, version: str | None = None, draft: bool = False) -> Any:
    corpus = texts.corpus()
    return umbrella_plan(
        corpus,
        [name_of(name) for name in names],
        parse(version) if version else None,
        draft=draft,
        dated=DAY,
        now=NOON,
        findings=(),
        digests={str(cut.name): WORDS for cut in releases_of(corpus)},
    )


def two_books() -> Texts:
    return (
        Texts()
        .released("provisions/1.0.0")
        .released("provisions/1.1.0")
        .released("recommendations/2.0.0", instrument="INS-recommendations")
    )


def test_an_umbrella_holds_the_newest_of_each_book_or_those_that_are_named() -> None:
    held = [(each.instrument, each.version) for each in several(two_books()).holds]
    assert held == [("INS-provisions", "1.1.0"), ("INS-recommendations", "2.0.0")]
    named = several(two_books(), "provisions/1.0.0")
    assert [each.version for each in named.holds] == ["1.0.0"]


def test_an_umbrella_is_raised_as_far_as_what_it_holds() -> None:
    def after(*holds: tuple[str, str]) -> Version:
        texts = two_books().released(
            "all/1.0.0",
            instrument=None,
            holds=[
                {"instrument": f"INS-{book}", "version": version, "manifest": WORDS}
                for book, version in holds
            ],
        )
        name: ReleaseName = several(texts).name
        return name.version

    assert str(after(("provisions", "1.0.0"), ("recommendations", "2.0.0"))) == "1.1.0"
    assert str(after(("provisions", "1.1.0"), ("recommendations", "1.0.0"))) == "2.0.0"
    assert str(after(("recommendations", "2.0.0"))) == "2.0.0"


def test_an_umbrella_holds_no_candidate_no_draft_no_book_twice_and_something_new() -> None:
    texts = two_books().released("provisions/1.2.0", published=False)
    texts.released("provisions/1.2.0-draft.1")
    stops = [stop.message for stop in several(texts, "provisions/1.2.0").stops]
    assert "provisions/1.2.0 is not published yet" in stops
    stops = [stop.message for stop in several(texts, "provisions/1.2.0-draft.1").stops]
    assert "provisions/1.2.0-draft.1 is a draft" in stops
    stops = [s.message for s in several(texts, "provisions/1.0.0", "provisions/1.1.0").stops]
    assert "provisions is named more than once" in stops
    assert "no book has a published release yet, so there is nothing to hold" in [
        stop.message for stop in several(Texts()).stops
    ]
    same = [
        {"instrument": "INS-provisions", "version": "1.1.0", "manifest": WORDS},
        {"instrument": "INS-recommendations", "version": "2.0.0", "manifest": WORDS},
    ]
    texts = two_books().released("all/1.0.0", instrument=None, holds=same)
    assert "all/1.0.0 holds the same versions already" in [s.message for s in several(texts).stops]


def test_a_publication_is_a_record_that_reads_back() -> None:
    document = (
        Texts()
        .released("provisions/1.0.0")
        .corpus()
        .by_path["releases/provisions/1.0.0/published.yaml"]
    )
    assert isinstance(document.record, Publication)
    assert document.faults == ()
