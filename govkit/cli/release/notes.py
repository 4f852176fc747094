"""`govkit release notes`: what changed, with what weakens protection first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from govkit.cli.option_pairs import refuse_beside
from govkit.cli.output import file_at, format_meant, format_option, output_option
from govkit.cli.plain_diff import put
from govkit.cli.session import DayType, Session, now_in_utc, pass_session
from govkit.cli.unread import say_unread
from govkit.errors import WrongUse
from govkit.rendering.formats import FORMATS, written

if TYPE_CHECKING:
    import datetime

    from govkit.release.release import Release

_EPILOG = """Examples:
  govkit release notes                         of what would be released now
  govkit release notes provisions              the same, where there are several books
  govkit release notes provisions/1.1.0        of a release
  govkit release notes provisions/1.1.0 --since 1.0.0-draft.2
  govkit release notes provisions --format pdf -o notes.pdf

The notes are computed from the texts, so nobody can leave a change out. What weakens the
protection of users comes first. Words of your own can stand before them, in the file
FOREWORD.md beside the manifest; they are no list of changes.

How it ends: 0 printed, 2 wrong use, 3 the world failed.
"""


@click.command("notes", epilog=_EPILOG)
@click.argument("name", metavar="[BOOK|RELEASE]", required=False)
@click.option(
    "--since", metavar="VERSION", help="Compare with this release. Default: the one before."
)
@click.option("--draft", is_flag=True, help="Of what would be released now: as a draft.")
@format_option(*FORMATS, default="md")
@output_option("target")
@click.option(
    "--dated", type=DayType(), help="Of what would be released now: its day. Default: today in UTC."
)
@pass_session
def notes(
    session: Session,
    name: str | None,
    since: str | None,
    draft: bool,
    format_: str,
    target: str | None,
    dated: datetime.date | None,
) -> int:
    """Print what changed since the release before, or since another one.

    RELEASE is a book and a version, as provisions/1.1.0. With a BOOK alone it is what would be
    released now, from the folder as it stands.
    """
    from govkit.rendering.release.notes import notes_document
    from govkit.rendering.release.notes_data import notes_data

    format_ = format_meant(format_, tuple(FORMATS), target)
    if name is not None and "/" in name:
        of_none_yet = {"--draft": draft, "--dated": dated}
        refuse_beside(of_none_yet, "a version", "Name the book alone: that is what would come now.")
    release = _release(session, name, since, _noon(dated), draft=draft)
    refuse_several(release)
    data = notes_data(release) if format_ == "json" else written(notes_document(release), format_)
    put(data, file_at(target, f"notes-{named_in_files(release)}.{format_}"))
    return 0


def named_in_files(release: Release) -> str:
    """Return how a release is called in the name of a file, as provisions-1.1.0."""
    from govkit.release.manifest import slug_of

    return f"{slug_of(release.manifest.instrument)}-{release.manifest.version}"


def refuse_several(release: Release) -> None:
    """Raise `WrongUse` for a release of several books: each of them has notes of its own."""
    from govkit.release.manifest import slug_of

    manifest = release.manifest
    if manifest.instrument is None:
        held = [f"{slug_of(each.instrument)}/{each.version}" for each in manifest.holds]
        raise WrongUse(
            f"all/{manifest.version} names releases of several books, and each has its own notes",
            f"It holds: {', '.join(held)}. As in: govkit release notes {held[0] if held else ''}",
        )


def _noon(day: datetime.date | None) -> datetime.datetime:

    return dt.datetime.combine(day, dt.time(12), dt.UTC) if day else now_in_utc()


def _release(
    session: Session, name: str | None, since: str | None, now: datetime.datetime, *, draft: bool
) -> Release:
    from govkit.release.manifest import name_of, slug_of
    from govkit.release.version import parse
    from govkit.store.worktree import root_above
    from govkit.workspace.releases import values

    root = root_above(session.folder())
    if name is not None and "/" in name:
        asked = name_of(name)
        release, slug = values.named(root, asked), asked.slug
    else:
        workspace = session.workspace()
        say_unread(workspace.corpus)
        word = name or only_book(session, [d.id for d in workspace.corpus.of_kind("instrument")])
        release = values.preview(workspace, word, now, draft=draft)
        slug = slug_of(release.manifest.instrument)
    if since is None:
        return release
    version = since.removeprefix(f"{slug}/").removeprefix("v")
    return values.since(root, release, slug, parse(version))


def only_book(session: Session, ids: list[str]) -> str:
    """Return the one book that there is. Raises `WrongUse` where there are several, or none."""
    from govkit.release.manifest import slug_of

    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise WrongUse("there is no book here", "A book is an instrument.yaml: `govkit init`.")
    slugs = sorted(map(slug_of, ids))
    raise WrongUse(
        f"there are {len(ids)} books, and each has its own releases",
        f"Name one: {', '.join(slugs)}. As in: govkit release notes {slugs[0]}",
    )
