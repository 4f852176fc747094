"""Verifies a release: from its tag in a clone, from a downloaded folder, or from one PDF."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from govkit.corpus.whole import Corpus
from govkit.errors import IncompleteHistory, WrongUse
from govkit.log.chain import NewestEntry
from govkit.log.coordination import CoordinatingBody, history_of, keys_of
from govkit.log.coordinators import genesis_of
from govkit.log.keys import Keys, Signers
from govkit.log.signed_statements import root_fingerprint
from govkit.release.manifest import (
    MANIFEST,
    RECORD_FOLDERS,
    SUMS,
    DamagedManifest,
    ReleaseName,
    read_sums,
)
from govkit.release.published import Successor
from govkit.release.verifying.books import Level
from govkit.release.verifying.check_result import (
    CheckResult,
    CheckVerdict,
    fails,
    holds,
    not_checked,
    verdict_of,
)
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.known_values import KnownValues, LatestLog
from govkit.release.verifying.lists import AGAIN, of_lists
from govkit.release.verifying.log import of_later_acts, of_register
from govkit.release.verifying.publication import PublicationContext, of_publication
from govkit.release.verifying.signers import (
    SuspectKey,
    of_signatures,
    signed_by,
    signers_of,
    suspect_keys,
)
from govkit.release.verifying.tags import of_tag
from govkit.release.verifying.texts import of_texts
from govkit.release.verifying.vouchers import new_vouchers, with_vouchers, witnesses_of
from govkit.store import objects, repository
from govkit.workspace.releases.gathering import (
    EVIDENCE,
    DownloadedRelease,
    PrintedPDF,
    found_in_clone,
    found_in_folder,
    opened_in,
    read_pdf,
    successors_beside,
    successors_in_clone,
    tag_found,
    today_of,
    with_private_sources,
)
from govkit.workspace.releases.rebuild import rebuilt
from govkit.workspace.releases.states import OpenedRelease, open_release, snapshot_of
from govkit.workspace.releases.values import Progress, unseen

ReleaseState = Literal["candidate", "valid", "superseded", "signatures-missing", "does-not-hold"]


class VerificationOptions(NamedTuple):
    """How a release is to be verified.

    `level` is None where the books are not to be built again. `now` is used for a release that does
    not say when it was published. `known` is what somebody has from elsewhere to compare with.
    """

    level: Level | None
    now: datetime.datetime
    known: KnownValues = KnownValues()
    progress: Progress = unseen


class Verification(NamedTuple):
    """Which release was verified, from where, and what came out."""

    name: ReleaseName
    source: str
    verdict: CheckVerdict
    body: CoordinatingBody | None
    signers: Signers
    root: str | None
    head: NewestEntry | None
    successors: tuple[Successor, ...] = ()
    """The releases that came after it, the newest first, as far as is known here."""
    is_published: bool = False
    signed: tuple[str, ...] = ()
    """Whose signatures hold."""

    @property
    def release_state(self) -> ReleaseState:
        """Return what came out, in a word."""
        failed = self.verdict.of("fails")
        if any(not look.curable for look in failed):
            return "does-not-hold"
        if not self.is_published:
            return "candidate"
        if failed:
            return "signatures-missing"
        return "superseded" if self.successors else "valid"


def verify_tag(root: Path, name: ReleaseName, how: VerificationOptions) -> Verification:
    """Verify a release of this clone. Raises `WrongUse` where the clone does not know it."""
    _require_whole(root)
    opened = open_release(root, name)
    return _of_clone(root, opened, how, f"the clone in {root}", {})


def verify_folder(folder: Path, root: Path | None, how: VerificationOptions) -> Verification:
    """Verify a release in a folder, by itself, and by the clone in `root` where there is one."""
    downloaded = found_in_folder(folder)
    cut_short = root is not None and repository.is_shallow(root)
    opened = None
    if root is not None and not cut_short:
        opened = opened_in(root, downloaded.found.name)
    if opened is None or root is None:
        return _of_folder_alone(downloaded, how, cut_short)
    extra = list(_beside_clone(downloaded.found, opened))
    here = _of_clone(
        root,
        opened,
        how,
        f"the folder {folder} and the clone in {root}",
        downloaded.data,
        downloaded.found,
    )
    looks = (*extra, *_lacking(downloaded), *here.verdict.looks)
    return here._replace(verdict=verdict_of(looks))


def verify_pdf(file: Path, root: Path | None, how: VerificationOptions) -> Verification:
    """Verify the release that a PDF belongs to, and that the PDF is one of its files.

    Raises `WrongUse` where there is no clone that knows the release.
    """
    printed = read_pdf(file)
    if root is not None:
        _require_whole(root)
    opened = opened_in(root, printed.name) if root is not None else None
    if opened is None or root is None:
        where = file.parent / SUMS
        raise WrongUse(
            f"{file} says that it belongs to {printed.name}, and no clone here has that release",
            f"Name the whole folder: govkit release verify {file.parent}"
            if where.is_file()
            else "Go to a clone of the repository (-C DIR), and fetch: git fetch --tags",
        )
    here = _of_clone(root, opened, how, f"{file} and the clone in {root}", {file.name: file})
    looks = (*_of_pdf(printed, opened), *here.verdict.looks)
    return here._replace(verdict=verdict_of(looks))


def _require_whole(root: Path) -> None:
    """Raise `IncompleteHistory` in a clone that may lack the state of a release."""
    if repository.is_shallow(root):
        raise IncompleteHistory(
            "the history of this clone is cut short, so it can't be said what a release was made "
            "from",
            "Fetch the rest: `git fetch --unshallow --tags`. Or name a downloaded folder.",
        )


def signers_then(root: Path, name: ReleaseName, how: VerificationOptions) -> Signers:
    """Return the keys that could sign a release of this clone, with the ids of their owners."""
    opened = open_release(root, name)
    found, today = found_in_clone(opened), today_of(root, opened.manifest)
    return _Judging(found, how, today, _when_published(root, opened)).signers


def keys_today(root: Path, name: ReleaseName) -> Keys:
    """Return the keys of all members as they are known today, with their dates."""
    opened = open_release(root, name)
    today, then = today_of(root, opened.manifest), _when_published(root, opened)
    same = today is not None and _root_of(today.corpus) == _root_of(then)
    return keys_of(today.corpus if today is not None and same else then)


def faults_to_sign(
    root: Path, opened: OpenedRelease, now: datetime.datetime
) -> tuple[CheckResult, ...]:
    """Return what fails of a candidate, whoever signs it: all that verifying looks at in the clone.

    Who signed is left out, since nobody may have; and the books, which a signer builds again.
    """
    today, then = today_of(root, opened.manifest), _when_published(root, opened)
    found = with_private_sources(found_in_clone(opened), root)
    judged = _Judging(found, VerificationOptions(None, now), today, then)
    return tuple(look for look in judged.of_content() if look.state == "fails")


# --- from a clone ---------------------------------------------------------------------------------


def _of_clone(
    root: Path,
    opened: OpenedRelease,
    how: VerificationOptions,
    source: str,
    files: Mapping[str, Path],
    folder: ReleaseEvidence | None = None,
) -> Verification:
    found = with_private_sources(found_in_clone(opened), root)
    if folder is not None:
        found = replace(found, built=folder.built)
    today = today_of(root, opened.manifest, how.known.number)
    judged = _Judging(found, how, today, _when_published(root, opened))
    looks = [
        *judged.looks(),
        *of_tag(found, tag_found(root, found.name), judged.signers, judged.known),
        *_books(opened, found, how, files),
    ]
    if found.built is None:
        others = "the other built files are not here" if files else "the built files are not here"
        looks.append(
            not_checked(
                "sums",
                others,
                f"Where they are: sha256sum -c {SUMS}, or name their folder or one PDF in place of "
                "the tag.",
            )
        )
    return judged.verified(source, looks, successors_in_clone(root, found.name))


def _when_published(root: Path, opened: OpenedRelease) -> Corpus:
    """Return the records as they were when the release was published; of a candidate, as now.

    The coordinators may have changed since it was cut.
    """
    if objects.tree_of_folders(root, opened.at, RECORD_FOLDERS) == opened.state.tree:
        return opened.state.texts
    return snapshot_of(root, opened.at, opened.state).texts


def _books(
    opened: OpenedRelease,
    found: ReleaseEvidence,
    how: VerificationOptions,
    files: Mapping[str, Path],
) -> Iterator[CheckResult]:
    if how.level is None:
        yield not_checked("books", "the books were not built again", "Leave out --no-rebuild.")
        return
    yield from rebuilt(opened, found, how.level, files, how.progress)


# --- from a folder --------------------------------------------------------------------------------


def _of_folder_alone(
    downloaded: DownloadedRelease, how: VerificationOptions, cut_short: bool
) -> Verification:
    name = downloaded.found.name
    if EVIDENCE not in downloaded.found.manifest.artefacts:
        raise WrongUse(
            f"{name} carries no records of its own, so nobody can tell from it alone who signed",
            "It takes a clone of the repository: govkit -C CLONE release verify FOLDER",
        )
    judged = _Judging(downloaded.found, how)
    looks = [*_lacking(downloaded), *judged.looks()]
    looks += [
        not_checked(
            "tag",
            "the clone here is cut short, and was left out"
            if cut_short
            else "there is no clone here that knows this release",
            "Fetch the rest: `git fetch --unshallow --tags`"
            if cut_short
            else "In a clone: govkit -C CLONE release verify FOLDER",
        ),
        not_checked("history", "without a clone, nobody can say what came before or after"),
        not_checked(
            "books",
            "the books were not built again: that takes a clone",
            "In a clone: govkit -C CLONE release verify FOLDER",
        ),
    ]
    beside = successors_beside(Path(downloaded.found.place), name)
    return judged.verified(f"the folder {downloaded.found.place}", looks, beside)


def _lacking(downloaded: DownloadedRelease) -> Iterator[CheckResult]:
    if downloaded.fault and EVIDENCE in downloaded.found.manifest.artefacts:
        yield fails("folder", downloaded.found.at(EVIDENCE), downloaded.fault, AGAIN)


def _beside_clone(folder: ReleaseEvidence, opened: OpenedRelease) -> Iterator[CheckResult]:
    """Hold the files that both have against each other."""
    own = folder.own
    wrong = [name for name in sorted(own) if own[name] != opened.folder.get(name)]
    for name in wrong:
        there = name in opened.folder
        yield fails(
            "folder",
            folder.at(name),
            f"{name} is not the one of the clone" if there else f"the clone has no {name}",
            AGAIN,
        )
    if not wrong:
        yield holds("folder", "its manifest, lists and signatures are those of the clone")


# --- from a PDF -----------------------------------------------------------------------------------


def _of_pdf(printed: PrintedPDF, opened: OpenedRelease) -> Iterator[CheckResult]:
    file = str(printed.file)
    if printed.manifest != opened.manifest_bytes:
        yield fails(
            "pdf", file, f"the {MANIFEST} that is attached to it is not the one of the clone", AGAIN
        )
    try:
        listed = read_sums(opened.sums)
    except DamagedManifest:
        listed = {}
    names = [name for name, digest in listed.items() if digest == printed.sha256]
    if names:
        yield holds("pdf", f"it is {names[0]} of {printed.name}, byte for byte")
        return
    pdfs = sorted(name for name in listed if name.endswith(".pdf"))
    yield fails(
        "pdf",
        file,
        f"its bytes are those of no file of {printed.name}; the PDFs of it: {', '.join(pdfs)}",
        "Somebody changed it, or a program saved it anew. " + AGAIN,
    )


# --- what both have -------------------------------------------------------------------------------


def _root_of(corpus: Corpus) -> str | None:
    genesis = genesis_of(corpus)
    return root_fingerprint(genesis) if genesis else None


class _Judging:
    """One release with who coordinated, who could sign, and whose signatures hold."""

    def __init__(
        self,
        found: ReleaseEvidence,
        how: VerificationOptions,
        today: LatestLog | None = None,
        then: Corpus | None = None,
    ) -> None:
        """Read the history of the coordinators; `then` are the records of when it was published."""
        self.found = found
        self.today = today
        self.how = how
        self.then = then or found.corpus
        self.history = history_of(found.corpus)
        same = self.then is found.corpus
        self.later = self.history if same else history_of(self.then)
        self.instant = found.publication.published if found.publication else how.now
        # Who says that they published before the founding is held against the first coordinators.
        first = self.later.steps[0].body if self.later.steps else None
        self.body = self.later.at(self.instant) or first
        self.signers = self._signers()
        self.signed = signed_by(found, self.signers)

    def _signers(self) -> Signers:
        self.suspect: tuple[SuspectKey, ...] = ()
        if self.body is None:
            return ()
        corpora: list[Corpus] = [self.found.corpus, self.then]
        # Another founding has other keys, and says nothing about those of this one.
        if self.today is not None and _root_of(self.today.corpus) == _root_of(self.then):
            corpora.append(self.today.corpus)
        signers = signers_of(corpora, self.body, self.instant)
        seen = witnesses_of(self.found, self.today.corpus) if self.today else ()
        self.suspect = suspect_keys(corpora, signers, seen)
        lost = {(each.id, each.public) for each in self.suspect}
        return tuple(each for each in signers if each not in lost)

    def of_content(self) -> Iterator[CheckResult]:
        """Look at all but the signatures of the release itself."""
        found = self.found
        yield from of_lists(found)
        yield from of_texts(found)
        yield from of_register(found, self.history, self.how.known, self.today)
        yield from of_later_acts(self.history, self.later)

    def looks(self) -> Iterator[CheckResult]:
        yield from self.of_content()
        yield from of_signatures(self.found, self.body, self.signed, self.known, self.suspect)
        then = self.then if self.found.whole else None
        yield from of_publication(
            self.found,
            PublicationContext(
                self.body, self.signers, self.signed, self.known, then, self.how.now
            ),
        )

    @property
    def known(self) -> Signers:
        """Return all keys that members have or had."""
        return tuple((each.member, each.public) for each in keys_of(self.then).all)

    def verified(
        self, source: str, looks: Sequence[CheckResult], successors: tuple[Successor, ...]
    ) -> Verification:
        if self.today is not None:
            looks = [*with_vouchers(looks, new_vouchers(self.found, self.today.corpus))]
        head = self.found.manifest.newest_entry
        return Verification(
            self.found.name,
            source,
            verdict_of(looks),
            self.body,
            self.signers,
            self.found.manifest.genesis,
            NewestEntry(head.seq, head.digest) if head else None,
            successors,
            self.found.publication is not None,
            self.signed.by,
        )
