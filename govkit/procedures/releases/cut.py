"""Cutting a release: everything is built first; then one commit puts the candidate in place."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from govkit.errors import WrongUse
from govkit.procedures.log.filing import require_whole_log
from govkit.procedures.releases import build, preconditions
from govkit.records.releases import Manifest
from govkit.release.blockers import ReleaseBlocker
from govkit.release.contents import (
    EffectiveDates,
    ReleaseInputs,
    digest_of_bytes,
    manifest_bytes,
    manifest_of_plan,
    units_of_plan,
)
from govkit.release.manifest import (
    FOREWORD,
    MANIFEST,
    RECORDS,
    SUMS,
    UMBRELLA,
    ReleaseName,
    records_text,
    slug_of,
)
from govkit.release.plan import PlanRequest, ReleasePlan, base_of, book_named, plan_of
from govkit.release.published import published_of, releases_of
from govkit.release.umbrella import UmbrellaPlan, manifest_of_umbrella, umbrella_plan
from govkit.release.version import Version
from govkit.rendering.release.artefacts import artefact_names
from govkit.rendering.system_fonts import names_for
from govkit.rendering.tools import fonts_of, tools_of
from govkit.store import commit_transactions, objects
from govkit.store.commit_transactions import PendingCommit
from govkit.store.journal import Step
from govkit.store.output_files import require_replaceable
from govkit.store.printed import beside
from govkit.workspace.releases import values
from govkit.workspace.releases.states import CommitState, lost_in, open_release, snapshot_of


@dataclass(frozen=True)
class CutRequest:
    """What a person wants to cut.

    `book` is the slug or id of a book, or `all`. `version` is None for the one that the changes ask
    for. `holds` are the releases that an umbrella names. With `reissue` the same texts are released
    again.
    """

    book: str
    version: Version | None
    draft: bool
    dated: datetime.date
    dates: EffectiveDates = EffectiveDates()  # noqa: RUF009  (a tuple, which nobody can change)
    holds: Sequence[ReleaseName] = ()
    reissue: bool = False


@dataclass(frozen=True)
class CutContext:
    """How a release is made.

    `formats` are those of books and pages. `again` lets a candidate be made anew. `folder` is where
    the printed files go: `<folder>/<instrument>/<version>`.
    """

    formats: Sequence[str]
    folder: Path
    foreword: bytes | None = None
    again: bool = False
    branch: str = preconditions.MAIN


@dataclass(frozen=True)
class ReleaseCandidate:
    """A candidate that was cut. `folder` holds its printed files; `commit` is its commit."""

    plan: ReleasePlan | UmbrellaPlan
    manifest: Manifest
    sums: bytes
    commit: str
    folder: Path


def plan_release(
    state: CommitState, request: CutRequest, now: datetime.datetime
) -> ReleasePlan | UmbrellaPlan:
    """Return the plan of what a person wants, from a commit that was opened."""
    plan = _planned(state, request, now)
    lost = [
        ReleaseBlocker(
            "missing",
            f"{each} was released, and its folder is gone",
            f"{each.put_back} Commit it.",
            True,
        )
        for each in lost_in(state)
        if each.slug == plan.name.slug
    ]
    return replace(plan, all_stops=(*lost, *plan.all_stops))


def _planned(
    state: CommitState, request: CutRequest, now: datetime.datetime
) -> ReleasePlan | UmbrellaPlan:
    findings = state.workspace.check(now.date()).findings
    if request.book == UMBRELLA and request.reissue:
        raise WrongUse("a book is issued again, and not several at once", "Name the book.")
    if request.book == UMBRELLA:
        digests = {
            str(cut.name): digest_of_bytes(state.data[cut.name.place(MANIFEST)])
            for cut in releases_of(state.corpus)
        }
        return umbrella_plan(
            state.corpus,
            request.holds,
            request.version,
            draft=request.draft,
            dated=request.dated,
            now=now,
            findings=findings,
            digests=digests,
        )
    if request.holds:
        raise WrongUse(
            "only a release of several books holds others",
            f"Name it {UMBRELLA}: `govkit release cut {UMBRELLA} --holds provisions/1.0.0`.",
        )
    book = book_named(state.corpus, request.book)
    since = base_of(published_of(state.corpus, slug_of(book)), request.version)
    before = open_release(state.root, since.name, state.commit).state.texts if since else None
    return plan_of(
        PlanRequest(
            state.corpus,
            book,
            request.version,
            request.draft,
            request.dated,
            now,
            findings,
            before,
            request.reissue,
        )
    )


def open_head(root: Path, branch: str = preconditions.MAIN) -> CommitState:
    """Return what is committed, where releases can be made from it."""
    return snapshot_of(root, preconditions.require_repository(root, branch))


def prepare_manifest(
    state: CommitState, plan: ReleasePlan | UmbrellaPlan, request: CutRequest, way: CutContext
) -> Manifest:
    """Return the manifest of a planned release. Raises `WrongUse` where it can't be cut.

    Nothing is written. The caller has looked at what stops the plan.
    """
    name = plan.name
    preconditions.require_committed(state.root, state.commit, name)
    preconditions.require_free(state.root, name)
    require_whole_log(state.root)
    if name.place(MANIFEST) in state.data and not way.again:
        raise WrongUse(
            f"{name} is cut already, and waits for its signatures",
            f"Sign it: `govkit release sign {name}`. Or cut it again with --again; that takes away "
            "the signatures that it has. Nothing was changed.",
        )
    records = records_text(state.records)
    tools = tools_of(way.formats)
    fonts = fonts_of(way.formats, names_for(state.corpus.language))
    if isinstance(plan, UmbrellaPlan):
        names = artefact_names(state.texts, None, way.formats)
        made = ReleaseInputs(state.tree, records, tools, fonts, names)
        return manifest_of_umbrella(plan, state.corpus, request.dates.effective, made)
    units = units_of_plan(plan, request.dates)
    names = artefact_names(
        state.texts, plan.book, way.formats, units=units, compared=plan.compared_with is not None
    )
    made = ReleaseInputs(state.tree, records, tools, fonts, names)
    return manifest_of_plan(plan, state.corpus, request.dates, units, made)


def cut(
    state: CommitState,
    plan: ReleasePlan | UmbrellaPlan,
    manifest: Manifest,
    way: CutContext,
    now: datetime.datetime,
    progress: values.Progress = values.unseen,
    step: Step = commit_transactions.unseen,
) -> ReleaseCandidate:
    """Build everything, then commit the candidate. The caller holds the lock (`filing.writing`).

    Raises `GovkitError` where something can't be built, or where the branch moved meanwhile; then
    nothing was changed.
    """
    root, name = state.root, plan.name
    final = Path(os.path.realpath(way.folder)) / name.slug / str(name.version)
    require_replaceable(final, SUMS)
    staged = beside(final)
    landing = PendingCommit(
        f"refs/heads/{way.branch}", state.commit, staged=str(staged), final=str(final)
    )
    # Noted before anything is made, so that a kill leaves nothing that nobody finds (decision 18).
    commit_transactions.note(root, landing)
    step("noted that it begins")
    try:
        files, printed = _printed(state, name, manifest, way, staged, progress, step)
        changes = _changes(state, name, files)
        tree = objects.write_tree(root, state.commit, changes)
        step("wrote the tree")
        commit = objects.write_commit(
            root, tree, state.commit, objects.person(root), now, _message(name, manifest)
        )
        step("wrote the commit")
        done = landing._replace(new=commit, paths=tuple(sorted(changes)))
        commit_transactions.land(root, done, f"govkit release cut {name}", step)
    except BaseException:
        commit_transactions.drop_unlanded(root)
        raise
    return ReleaseCandidate(plan, manifest, printed.sums, commit, final)


def _printed(
    state: CommitState,
    name: ReleaseName,
    manifest: Manifest,
    way: CutContext,
    staged: Path,
    progress: values.Progress,
    step: Step,
) -> tuple[dict[str, bytes], build.PrintedRelease]:
    """Build everything into the staged folder; return the files that are committed, too."""
    data, records = manifest_bytes(name, manifest), records_text(state.records)
    foreword = way.foreword.decode() if way.foreword is not None else None

    def seen(file: str, number: int, of: int) -> None:
        step(f"before {file}")
        progress(file, number, of)

    release = values.release_from(name, state, manifest, data, foreword)
    printed = build.print_into(staged, release, records, seen)
    step("built everything")
    files = {MANIFEST: data, RECORDS: records, SUMS: printed.sums}
    if way.foreword is not None:
        files[FOREWORD] = way.foreword
    return files, printed


def _changes(
    state: CommitState, name: ReleaseName, files: Mapping[str, bytes]
) -> dict[str, bytes | None]:
    """Return the files of the candidate by path; what an earlier one left is taken away."""
    start = f"{name.folder}/"
    # The signatures of an earlier cut go, too: they are over other sums.
    old: dict[str, bytes | None] = {path: None for path in state.data if path.startswith(start)}
    return old | {name.place(file): data for file, data in files.items()}


def _message(name: ReleaseName, manifest: Manifest) -> str:
    return (
        f"Cut {name} as a candidate\n\n{manifest.title}, dated {manifest.dated}. It waits for the "
        f"signatures of {manifest.threshold} coordinators."
    )
