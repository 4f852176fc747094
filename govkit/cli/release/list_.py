"""`govkit release list`: all releases with their state, their days, and who signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import format_option
from govkit.cli.printing.screen import echo
from govkit.cli.release.wishes import root_of
from govkit.cli.session import Session, pass_session

if TYPE_CHECKING:
    from govkit.release.published import ListedRelease
    from govkit.workspace.releases.states import CommitState

_EPILOG = """\b
Examples:
  govkit release list
  govkit release list provisions
  govkit release list --format json

\b
A candidate is cut and not published. A superseded version applied until the day given.
"""


@click.command("list", epilog=_EPILOG)
@click.argument("book", required=False)
@format_option("text", "json")
@pass_session
def list_(session: Session, book: str | None, format_: str) -> None:
    """List all releases: their state, their days, who signed."""
    from govkit.release.manifest import UMBRELLA, slug_of
    from govkit.release.plan import book_named
    from govkit.release.published import listing
    from govkit.store.refs import all_tags
    from govkit.workspace.releases.signers import read_head
    from govkit.workspace.releases.states import lost_in

    state, _ = read_head(root_of(session))
    slug = book
    if book is not None and book != UMBRELLA:
        slug = slug_of(book_named(state.corpus, book))
    found = [each for each in listing(state.corpus) if slug in (None, each.cut.name.slug)]
    tags = all_tags(state.root)
    lost = [each for each in lost_in(state) if slug in (None, each.slug)]
    if format_ == "json":
        from govkit.cli.printing.as_json import as_text

        rows = [_as_json(each, state, tags) for each in found]
        gone = [str(each) for each in lost]
        click.echo(as_text({"version": 1, "releases": rows, "lost": gone}), nl=False)
        return
    echo([f"{each} was released, and its folder is gone. {each.put_back}" for each in lost])
    if not found and lost:
        return
    if not found:
        echo(["There is no release yet. `govkit release plan BOOK` says what one would hold."])
        return
    from govkit.cli.printing.table import table

    head = ("RELEASE", "STATE", "DATED", "APPLIES", "SIGNED", "TAG")
    click.echo(table(head, [_row(each, state, tags) for each in found]), nl=False)


def _row(each: ListedRelease, state: CommitState, tags: dict[str, str]) -> tuple[str, ...]:
    cut = each.cut
    signed = f"{_signatures(each, state)} of {cut.manifest.threshold}"
    tag = "yes" if cut.name.tag in tags else "missing" if cut.publication else "-"
    return (str(cut.name), _state(each), str(cut.manifest.dated), _applies(each), signed, tag)


def _state(each: ListedRelease) -> str:
    return f"superseded by {each.superseded_by}" if each.superseded_by else each.state


def _applies(each: ListedRelease) -> str:
    if each.validity is None:
        return "-"
    if each.validity.until:
        return f"{each.validity.since} until {each.validity.until}"
    return f"from {each.validity.since}"


def _signatures(each: ListedRelease, state: CommitState) -> int:
    """Return how many signatures are committed; whether they hold, `verify` says."""
    if each.cut.publication is not None:
        return len(each.cut.publication.signed)
    start = each.cut.name.place("signatures/")
    return sum(path.startswith(start) for path in state.data)


def _as_json(each: ListedRelease, state: CommitState, tags: dict[str, str]) -> dict[str, Any]:
    cut, validity = each.cut, each.validity
    publication = cut.publication
    return {
        "release": str(cut.name),
        "title": cut.manifest.title,
        "state": each.state,
        "dated": str(cut.manifest.dated),
        "effective": str(cut.manifest.effective or cut.manifest.dated),
        "applies": {"since": validity.since, "until": validity.until} if validity else None,
        "superseded_by": str(each.superseded_by) if each.superseded_by else None,
        "signatures": _signatures(each, state),
        "threshold": cut.manifest.threshold,
        "signed": list(publication.signed) if publication else [],
        "published": f"{publication.published:%Y-%m-%dT%H:%M:%SZ}" if publication else None,
        "tag": cut.name.tag if cut.name.tag in tags else None,
    }
