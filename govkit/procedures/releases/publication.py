"""Publishing a candidate: enough coordinators signed it; one commit and the tag make it public."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from govkit.errors import GovkitError, WrongUse
from govkit.log.coordination import CoordinatingBody, CoordinationHistory, history_of, keys_of
from govkit.log.heads import SealedHead
from govkit.log.keys import Signers
from govkit.procedures.log.filing import to_the_second
from govkit.procedures.log.signatures import SigningKey
from govkit.procedures.releases import preconditions
from govkit.procedures.releases.publication_record import publication_files, require_log
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.releases import Publication
from govkit.release.contents import digest_of_bytes, tag_message
from govkit.release.manifest import (
    FOREWORD,
    MANIFEST,
    PUBLISHED,
    RECORDS,
    SIGNATURES,
    SUMS,
    ReleaseName,
    read_sums,
)
from govkit.release.plan import base_of
from govkit.release.published import published_of, releases_of
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.signers import ValidSignatures, signed_by, signers_of
from govkit.source.ssh_signatures import LONGEST
from govkit.store import commit_transactions, journal, objects, printed, signing, worktree
from govkit.store.commit_transactions import PendingCommit
from govkit.store.committed_files import is_as_committed, with_lf
from govkit.store.journal import Step
from govkit.workspace.releases.states import CommitState, OpenedRelease, open_release, snapshot_of
from govkit.workspace.releases.verification import faults_to_sign


class NotReady(WrongUse):
    """The candidate can't be published as it is. Nothing was changed."""

    exit_code = 1


@dataclass(frozen=True)
class PublishedRelease:
    """A release that was published. `folder` has its printed files, None where none lay here."""

    name: ReleaseName
    signed: ValidSignatures
    needed: int
    commit: str
    folder: Path | None


def open_candidate(
    root: Path, name: ReleaseName, branch: str = preconditions.MAIN
) -> tuple[OpenedRelease, CommitState]:
    """Return a candidate that can be published as far as its words go, and the state of now.

    Its signatures are those that are committed and those in the folder. Raises `WrongUse` where it
    was published, or where it has to be cut again.
    """
    head = preconditions.require_repository(root, branch)
    opened = open_release(root, name, head)
    if PUBLISHED in opened.folder:
        raise WrongUse(
            f"{name} is published already",
            f"`govkit release verify {name.tag}` checks it. Nothing was changed.",
        )
    preconditions.require_free(root, name)
    for file, data in opened.folder.items():
        path = opened.name.place(file)
        here = journal.read_inside(root, path)
        if not file.startswith(f"{SIGNATURES}/") and not is_as_committed(here, data):
            raise WrongUse(
                f"{path} is not as it is committed",
                f"Put it back: `git restore {path}`. Nothing was changed.",
            )
    _require_own_sums(opened)
    now = snapshot_of(root, head)
    _require_current(opened, now)
    return replace(opened, folder={**opened.folder, **_signatures_here(root, name)}), now


def _signatures_here(root: Path, name: ReleaseName) -> dict[str, bytes]:
    folder = name.place(SIGNATURES)
    found = {}
    for file in worktree.names_below(root, folder):
        if file.endswith(".sig") and not file.startswith("."):
            data = journal.read_inside(root, f"{folder}/{file}")
            if data is not None and len(data) <= LONGEST:
                # Armoured text: what is committed ends its lines as it was signed.
                found[f"{SIGNATURES}/{file}"] = with_lf(data)
    return found


def _require_own_sums(opened: OpenedRelease) -> None:
    """Raise `GovkitError` where SHA256SUMS does not list what is committed beside it."""
    listed = read_sums(opened.sums)
    for file in (MANIFEST, RECORDS, FOREWORD):
        data = opened.folder.get(file)
        if (digest_of_bytes(data) if data is not None else None) != (
            f"sha256:{listed[file]}" if file in listed else None
        ):
            raise GovkitError(
                f"{opened.name.place(SUMS)} does not have the digest of {file}",
                f"Cut it again: `govkit release cut {opened.name} --again`. Nothing was changed.",
            )


def _require_current(opened: OpenedRelease, now: CommitState) -> None:
    """Raise `NotReady` where the texts moved on since, or another version came between."""
    again = f"Cut it again: `govkit release cut {opened.name} --again`. Nothing was changed."
    texts = {document.id: document for document in now.texts.of_kind(*NORMATIVE_KINDS)}
    for unit in opened.manifest.units:
        here = texts.get(unit.id)
        if here is None or now.texts.digests.of(here) != unit.digest:
            raise NotReady(f"{unit.id} has other words now than in {opened.name}", again)
    published = published_of(now.corpus, opened.name.slug)
    last = base_of(published, opened.name.version)
    before = opened.manifest.supersedes
    if opened.name.version.draft is None and before != (str(last.version) if last else None):
        raise NotReady(
            f"{last.name if last else 'another release'} was published since {opened.name} was cut",
            again,
        )
    for held in opened.manifest.holds:
        cuts = {
            (cut.manifest.instrument, cut.manifest.version): cut for cut in releases_of(now.corpus)
        }
        cut = cuts.get((held.instrument, held.version))
        if (
            cut is None
            or cut.publication is None
            or held.manifest != digest_of_bytes(now.data[cut.name.place(MANIFEST)])
        ):
            raise NotReady(
                f"{held.instrument} {held.version}, which {opened.name} holds, is not published in "
                "these words",
                again,
            )


# --- who signed -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Vouchers:
    """Who signed a candidate, and what it takes."""

    body: CoordinatingBody
    signers: Signers
    signed: ValidSignatures
    head: SealedHead
    """The head of the log, to which the publication is added."""

    @property
    def needed(self) -> int:
        """Return how many have to sign."""
        return self.body.threshold


def vouchers_at(
    opened: OpenedRelease, now: CommitState, by: str, instant: datetime.datetime
) -> Vouchers:
    """Return who vouches for a candidate at an instant: the coordinators of its own state.

    `by` is who wants to publish.

    Raises `WrongUse` while the coalition is forming, or where its founding and the changes of its
    coordinators are not signed as they have to be; `NotReady` where the candidate does not hold.
    """
    history = history_of(opened.state.texts)
    body = history.body
    if body is None:
        raise WrongUse(
            "the coalition is forming: it has no coordinators who could sign",
            "A draft of it can be cut and shown. To publish, found the coalition: `govkit found`.",
        )
    _require_history(history)
    _require_sound(opened, instant)
    head = require_log(now, by)
    # In both states: today may know that a key was in other hands before (decision 21).
    signers = signers_of((opened.state.texts, now.texts), body, instant)
    found = ReleaseEvidence(
        opened.name,
        opened.manifest,
        None,
        opened.folder,
        opened.state.texts,
        opened.state.records,
        whole=True,
        place=opened.name.folder,
    )
    return Vouchers(body, signers, signed_by(found, signers), head)


def _require_history(history: CoordinationHistory) -> None:
    """Raise `WrongUse` where who coordinates does not follow from signatures."""
    wrong = [step for step in history.steps if not step.holds]
    if wrong:
        step = wrong[0]
        who = f"{len(step.signed)} of {step.needed} signatures"
        why = step.faults[0].message if step.faults else f"it has {who} that it takes"
        raise WrongUse(
            f"{step.path} does not hold, so nobody could trust who signs a release: {why}",
            "The founding: each first coordinator runs `govkit found --sign --key FILE`. An act "
            "that changes the coordinators is signed by those before it. Nothing was changed.",
        )
    if history.faults:
        raise WrongUse(
            f"{history.faults[0].path}: {history.faults[0].message}",
            "Nobody could trust who signs a release. Mend it first. Nothing was changed.",
        )


def require_enough(opened: OpenedRelease, who: Vouchers) -> None:
    """Raise `NotReady` where fewer signatures hold than the charter asks for; name the way out."""
    needed = max(who.needed, opened.manifest.threshold)
    have = len(who.signed.by)
    if have >= needed:
        return
    wrong = [id for id in opened.signatures if id not in who.signed.by]
    missing = [id for id in who.body.ids if id not in who.signed.by]
    said = f"{have} of {needed} coordinators signed {opened.name}"
    if wrong:
        said += f"; the signature of {', '.join(wrong)} does not count: {_why(wrong[0], who)}"
    raise NotReady(
        said,
        f"Still to sign: {', '.join(missing)}. Each runs `govkit release sign {opened.name} --key "
        "FILE`. Nothing was changed.",
    )


def _require_sound(opened: OpenedRelease, now: datetime.datetime) -> None:
    """Raise `NotReady` where the candidate does not follow from the record, whoever signed it."""
    wrong = faults_to_sign(opened.state.root, opened, now)
    if wrong:
        raise NotReady(
            f"{opened.name} does not hold, so it is not published: {wrong[0].place}: "
            f"{wrong[0].message}",
            f"`govkit release verify {opened.name}` shows all of it. Nothing was changed.",
        )


def _why(id: str, who: Vouchers) -> str:
    if id not in who.body.ids:
        return "this is no coordinator"
    if id not in {signer for signer, _ in who.signers}:
        return "no key that holds now, it ended or was never added"
    return "it is over other bytes, or by another key"


# --- the step itself ------------------------------------------------------------------------------


def publish(
    opened: OpenedRelease,
    now: CommitState,
    who: Vouchers,
    by: str,
    key: SigningKey,
    instant: datetime.datetime,
    folder: Path,
    branch: str = preconditions.MAIN,
    step: Step = commit_transactions.unseen,
) -> PublishedRelease:
    """Commit the signed publication with all signatures and its entry, and set the signed tag.

    `now` is the state that `open_candidate` gave. The caller holds the lock (`filing.writing`) and
    has called `require_enough`. Raises `WrongUse` where `by` does not
    coordinate or the key is another's, `GovkitError` where the branch moved.
    """
    root, name = opened.state.root, opened.name
    if by not in who.body.ids:
        raise WrongUse(
            f"`{by}` is no coordinator of this coalition",
            f"Coordinators: {', '.join(who.body.ids)}.",
        )
    held = _held(now, who, by, instant)
    made = publication_files(now, name, _record(opened, who, by, instant), key, held)
    signatures = {
        name.place(file): data
        for file, data in opened.folder.items()
        if file.startswith(f"{SIGNATURES}/")
    }
    files = {**signatures, **made.files}
    person = objects.person(root)
    tree = objects.write_tree(root, opened.at, files)
    step("wrote the tree")
    commit = objects.write_commit(
        root,
        tree,
        opened.at,
        person,
        instant,
        f"Publish {name}\n\nSigned by {', '.join(who.signed.by)}.",
    )
    step("wrote the commit")
    message = tag_message(name, opened.manifest, made.published)
    body = objects.tag_bytes(commit, name.tag, person, instant, message)
    signature = key.signature(body, signing.TAG)
    step("signed the tag")
    tag = objects.write_tag(root, body + signature.encode("ascii"))
    step("wrote the tag")
    final = Path(os.path.realpath(folder)) / name.slug / str(name.version)
    staged = _copied(opened, final, files)
    landing = PendingCommit(
        f"refs/heads/{branch}",
        opened.at,
        commit,
        tuple(sorted(files)),
        f"refs/tags/{name.tag}",
        tag,
        str(staged) if staged else "",
        str(final) if staged else "",
    )
    commit_transactions.land(root, landing, f"govkit release publish {name}", step)
    return PublishedRelease(name, who.signed, who.needed, commit, final if staged else None)


def _record(
    opened: OpenedRelease, who: Vouchers, by: str, instant: datetime.datetime
) -> Publication:
    return Publication(
        release=str(opened.name),
        sums=digest_of_bytes(opened.sums),
        published=to_the_second(instant),
        by=by,
        head=who.head.checkpoint.text,
        signatures={
            id: digest_of_bytes(opened.folder[f"{SIGNATURES}/{id}.sig"]) for id in who.signed.by
        },
        not_rebuilt=who.signed.not_rebuilt,
    )


def _held(now: CommitState, who: Vouchers, by: str, instant: datetime.datetime) -> dict[str, str]:
    """Return the public keys, by name, that somebody can publish with now."""
    held = keys_of(now.texts).holding(by, instant)
    return {name: public for name, public in held.items() if (by, public) in who.signers}


def _copied(opened: OpenedRelease, final: Path, files: Mapping[str, bytes]) -> Path | None:
    """Lay a copy of the printed files beside, with the signatures; None where they are not here.

    Files that are not those of the release are left as they are.
    """
    if printed.read(final, SUMS) != opened.sums:
        return None
    staged = printed.beside(final)
    if not printed.copy(final, staged, (SUMS, *read_sums(opened.sums))):
        return None  # the files of the release can be made again from its tag at any time
    start = f"{opened.name.folder}/"
    for path, data in files.items():
        if path.startswith(start):
            printed.put(staged, path.removeprefix(start), data)
    return staged
