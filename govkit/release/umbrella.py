"""A release of several books: it names published versions, and holds no text of its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.log.coordinators import charter_of
from govkit.records.enumerations import BUMPS, Bump
from govkit.records.releases import AskedBump, Held, Manifest
from govkit.release import blockers
from govkit.release.blockers import ReleaseBlocker
from govkit.release.contents import ReleaseHead, ReleaseInputs, manifest_with
from govkit.release.manifest import UMBRELLA, ReleaseName, slug_of
from govkit.release.plan import PlanBlockers, compare_books, last_of
from govkit.release.published import CutRelease, published_of, releases_of
from govkit.release.version import Version, VersionRule, parse


@dataclass(frozen=True)
class UmbrellaPlan(PlanBlockers):
    """The plan of an umbrella release. `holds` are the versions that it would name."""

    name: ReleaseName
    title: str
    dated: datetime.date
    rule: VersionRule
    holds: tuple[Held, ...]
    since: CutRelease | None
    compared_with: CutRelease | None
    all_stops: tuple[ReleaseBlocker, ...]


def umbrella_plan(
    corpus: Corpus,
    asked: Sequence[ReleaseName],
    version: Version | None,
    *,
    draft: bool,
    dated: datetime.date,
    now: datetime.datetime,
    findings: Sequence[Finding],
    digests: Mapping[str, str],
) -> UmbrellaPlan:
    """Return the plan of a release of several books.

    `asked` names the releases that it holds; none means the newest published version of each book.
    `digests` gives the digest of the bytes of each manifest by the name of the release.
    """
    published = published_of(corpus, UMBRELLA)
    since = last_of(published)
    cuts = {str(cut.name): cut for cut in releases_of(corpus)}
    names = list(asked) or _newest(corpus)
    holds = tuple(
        sorted((_held(cuts, name, digests) for name in names), key=lambda held: held.instrument)
    )
    bump, by = _asked(since.manifest.holds if since else (), holds)
    charter = charter_of(corpus)
    rule = VersionRule(
        since.version if since else None,
        bump if since else "major",
        dated,
        charter.bump == "calendar",
        by,
    )
    versions = [cut.version for cut in published]
    wanted = version or (rule.next_draft(versions) if draft else rule.next())
    fault = rule.fault(wanted, versions)
    stops = [
        *blockers.of_day(corpus, dated, now.date()),
        *blockers.errors_in(findings),
        *blockers.coalition(corpus),
    ]
    if fault:
        stops.insert(
            0, ReleaseBlocker("version", fault, "Name another version, or leave it out.", True)
        )
    stops += _of_held(cuts, names, holds, since)
    return UmbrellaPlan(
        ReleaseName(UMBRELLA, wanted),
        charter.name,
        dated,
        rule,
        holds,
        since,
        compare_books(published, wanted),
        tuple(stops),
    )


def _newest(corpus: Corpus) -> list[ReleaseName]:
    slugs = sorted({cut.name.slug for cut in releases_of(corpus)} - {UMBRELLA})
    found = [last_of(published_of(corpus, slug)) for slug in slugs]
    return [cut.name for cut in found if cut is not None]


def _held(cuts: Mapping[str, CutRelease], name: ReleaseName, digests: Mapping[str, str]) -> Held:
    cut = cuts.get(str(name))
    if cut is None or cut.manifest.instrument is None:
        raise WrongUse(
            f"there is no release {name} of a book here",
            "`govkit release list` shows all. Name one with --holds, as provisions/1.1.0.",
        )
    return Held(
        instrument=cut.manifest.instrument, version=str(name.version), manifest=digests[str(name)]
    )


def _asked(before: Sequence[Held], after: Sequence[Held]) -> tuple[Bump, str | None]:
    """Return the highest part that a held version was raised by; a book more or less is major."""
    old = {held.instrument: parse(held.version) for held in before}
    new = {held.instrument: parse(held.version) for held in after}
    found: list[tuple[Bump, str]] = []
    for id in sorted(old.keys() | new.keys()):
        was, now = old.get(id), new.get(id)
        if was is None or now is None or was.major != now.major:
            found.append(("major", id))
        elif was != now:
            found.append(("minor" if was.minor != now.minor else "patch", id))
    return max(found, key=lambda each: BUMPS.index(each[0]), default=("none", None))


def _of_held(
    cuts: Mapping[str, CutRelease],
    names: Sequence[ReleaseName],
    holds: Sequence[Held],
    since: CutRelease | None,
) -> Iterator[ReleaseBlocker]:
    if not names:
        yield ReleaseBlocker(
            "held",
            "no book has a published release yet, so there is nothing to hold",
            "Publish a release of a book first.",
            True,
        )
    slugs = [name.slug for name in names]
    for name in names:
        if slugs.count(name.slug) > 1:
            yield ReleaseBlocker(
                "held",
                f"{name.slug} is named more than once",
                "Hold one version of each book.",
                True,
                str(name),
            )
        if cuts[str(name)].publication is None:
            yield ReleaseBlocker(
                "held",
                f"{name} is not published yet",
                f"Publish it first: `govkit release publish {name}`.",
                True,
                str(name),
            )
        elif name.version.draft is not None:
            yield ReleaseBlocker(
                "held", f"{name} is a draft", "Hold a version that is none.", id=str(name)
            )
    if since is not None and tuple(since.manifest.holds) == tuple(holds):
        yield ReleaseBlocker(
            "nothing-new",
            f"{since.name} holds the same versions already",
            "A release that says nothing new is none.",
            True,
        )


def manifest_of_umbrella(
    plan: UmbrellaPlan, corpus: Corpus, effective: datetime.date | None, made: ReleaseInputs
) -> Manifest:
    """Return the manifest of a release of several books."""
    assert all(slug_of(held.instrument) != UMBRELLA for held in plan.holds)
    before = plan.compared_with if plan.is_draft else plan.since
    return manifest_with(
        corpus,
        made,
        ReleaseHead(None, plan.name, plan.title, plan.dated, effective),
        holds=plan.holds,
        bump=AskedBump(rule=charter_of(corpus).bump, asked=plan.rule.asked, by=plan.rule.by),
        supersedes=str(before.version) if before else None,
        compared_with=str(plan.compared_with.version) if plan.compared_with else None,
    )
