"""What the website is made from, gathered from a folder and its history."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from govkit.cache import NO_CACHE, Cache
from govkit.corpus.changes.history import RecordMoment, TextVersion
from govkit.corpus.documents import Document
from govkit.corpus.ids import id_in_name
from govkit.errors import GovkitError, WrongUse
from govkit.languages.catalogue import OF_SITE, is_written
from govkit.records.governance import Charter
from govkit.records.kinds import TEXT_KINDS, kind_of_path, slug_of_path
from govkit.release.published import list_releases
from govkit.release.release import Release
from govkit.site.site import FORMATS, Site
from govkit.store import commit_names
from govkit.store.cache import FileCache, cache_of
from govkit.workspace import Workspace
from govkit.workspace.naming import RecordName
from govkit.workspace.past import Pasts
from govkit.workspace.releases.states import open_release
from govkit.workspace.releases.values import release_of


def gather_site(
    workspace: Workspace,
    now: datetime.datetime,
    address: str = "",
    formats: tuple[str, ...] = FORMATS,
    languages: tuple[str, ...] | None = None,
    cache: Cache = NO_CACHE,
) -> Site:
    """Return what the site of a folder is made from, as it stands at `now`.

    `address` is where the site will be found; it ends in a slash. Without one it is what the
    charter says is the coalition's home. `formats` are those of the books to download. `languages`
    are those in which it speaks beside that of the texts; else they are those of the charter.
    What is in the `cache` is not made again. Raises `GovkitError` where the charter can't be read,
    `WrongUse` for a language of which neither words nor a translation are known.
    """
    charter = workspace.corpus.charter
    if charter is None:
        raise GovkitError("the charter can't be read", "`govkit check` says why.")
    home = charter.home if charter.home and charter.home.startswith("http") else ""
    found = address or (f"{home.rstrip('/')}/" if home else "")
    edition = workspace.edition or ""
    pasts = Pasts(workspace.root) if commit_names.head(workspace.root) is not None else None
    return Site(
        workspace.corpus,
        charter,
        now,
        edition,
        workspace.commit,
        found,
        _released(workspace),
        _versions(pasts),
        functools.partial(_past, pasts),
        formats,
        languages=_languages(workspace, charter, languages),
        digests=workspace.digests if cache is not NO_CACHE else {},
        cache=cache,
    )


def cache_of_site(root: Path) -> FileCache:
    """Return what was made of the site of a folder before, and kept in its folder of git."""
    return cache_of(root, "site")


def _languages(
    workspace: Workspace, charter: Charter, asked: tuple[str, ...] | None
) -> tuple[str, ...]:
    """Return the languages beside that of the texts of which anything is known, each once."""
    translated = {each.path.split("/")[1] for each in workspace.corpus.of_kind("translation")}
    named = charter.languages.others if asked is None else asked
    known = [each for each in dict.fromkeys(named) if is_written(each) or each in translated]
    unknown = [] if asked is None else [each for each in asked if each not in known]
    if unknown:
        words = ", ".join(sorted({*OF_SITE, *translated}))
        raise WrongUse(
            f"there are no words of this program in {unknown[0]}", f"Take one of these: {words}."
        )
    return tuple(each for each in known if each != charter.languages.authoritative)


def _versions(pasts: Pasts | None) -> Mapping[str, tuple[TextVersion, ...]]:
    """Return the commits of the main line that touched each text, by its id, the newest first.

    A text is known by the id in the name of its file, wherever that lay.
    """
    found: dict[str, list[TextVersion]] = {}
    for commit in pasts.line if pasts is not None else ():
        names = {id for file in commit.files if (id := _text_at(file.path))}
        for name in sorted(names):
            version = TextVersion(commit.id, commit.day, subject=commit.subject)
            found.setdefault(name, []).append(version)
    return {name: tuple(several) for name, several in found.items()}


def _past(pasts: Pasts | None, text: Document) -> Sequence[RecordMoment]:
    """Return the committed states of a text, the oldest first."""
    if pasts is None:
        return ()
    moments = pasts.of(RecordName(text.kind or "", text.id)).moments
    return [each for each in moments if each.version.commit]


def _text_at(path: str) -> str:
    """Return the id of the text whose file may have this path, or nothing."""
    return id_in_name(slug_of_path(path)) if kind_of_path(path) in TEXT_KINDS else ""


def _released(workspace: Workspace) -> Mapping[str, Release]:
    """Return each published release as a value, by its name; what can't be opened is left out."""
    found = {}
    for each in list_releases(workspace.corpus):
        if each.cut.publication is not None and each.cut.manifest.instrument is not None:
            with suppress(GovkitError):
                found[str(each.cut.name)] = release_of(open_release(workspace.root, each.cut.name))
    return found
