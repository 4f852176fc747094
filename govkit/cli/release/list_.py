"""`govkit release list`: all releases with their state, their days, and who signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import GovkitError
from govkit.source.nearest import advice

if TYPE_CHECKING:
    from govkit.release.published import ListedRelease
    from govkit.workspace.releases.states import CommitState
    from govkit.workspace.releases.verification import VerificationOptions

_EPILOG = """Examples:
  govkit release list
  govkit release list provisions
  govkit release list --format json

STATE is what `govkit release verify` says of each, the books not built again: valid, superseded,
candidate (cut and not published), signatures missing, does not hold. SIGNED are the signatures
that hold. A superseded version applied until the day given.
"""


@click.command("list", epilog=_EPILOG)
@click.argument("book", required=False)
@format_option("text", "json")
@pass_session
def list_(session: Session, book: str | None, format_: str) -> None:
    """List all releases: their state, their days, who signed."""
    from govkit.release.manifest import UMBRELLA, slug_of
    from govkit.release.plan import book_named
    from govkit.release.published import list_releases
    from govkit.store.refs import all_tags
    from govkit.workspace.releases.signers import read_head
    from govkit.workspace.releases.states import lost_in
    from govkit.workspace.releases.verification import VerificationOptions

    state, _ = read_head(session.workspace_root())
    slug = book
    if book is not None and book != UMBRELLA:
        slug = slug_of(book_named(state.corpus, book))
    listed = [each for each in list_releases(state.corpus) if slug in (None, each.cut.name.slug)]
    how = VerificationOptions(None, now_in_utc())
    found = [_Row(each, *_verified(state, each, how)) for each in listed]
    tags = all_tags(state.root)
    lost = [each for each in lost_in(state) if slug in (None, each.slug)]
    if format_ == "json":
        rows = [_as_json(each, tags) for each in found]
        gone = [str(each) for each in lost]
        say_json({"version": 1, "releases": rows, "lost": gone})
        return
    echo([f"{each} was released, and its folder is gone. {each.put_back}" for each in lost])
    if not found and lost:
        return
    if not found:
        echo(["There is no release yet. `govkit release plan BOOK` says what one would hold."])
        return
    from govkit.cli.printing.table import table

    head = ("RELEASE", "STATE", "DATED", "APPLIES", "SIGNED", "TAG")
    click.echo(table(head, [_row(each, tags) for each in found]), nl=False)
    echo(f"{each.listed.cut.name}: {each.why}" for each in found if each.why)


class _Row(NamedTuple):
    """A release as it is listed; `why` says what does not hold, or why nobody can tell."""

    listed: ListedRelease
    release_state: str
    signed: tuple[str, ...]
    why: str


def _verified(
    state: CommitState, each: ListedRelease, how: VerificationOptions
) -> tuple[str, tuple[str, ...], str]:
    """Return what `verify` says of a release, in a word, who signed, and what fails."""
    from govkit.workspace.releases.verification import verify_tag

    name = each.cut.name
    try:
        verified = verify_tag(state.root, name, how)
    except GovkitError as error:
        return "not-verified", (), f"{error.message} {advice(error)}".strip()
    failed = verified.verdict.of("fails")
    why = ""
    if failed and verified.release_state != "candidate":
        why = f"{failed[0].message}. `govkit release verify {name.tag}` shows all of it."
    return verified.release_state, verified.signed, why


def _row(each: _Row, tags: dict[str, str]) -> tuple[str, ...]:
    cut = each.listed.cut
    signed = f"{len(each.signed)} of {cut.manifest.threshold}"
    tag = "yes" if cut.name.tag in tags else "missing" if cut.publication else "-"
    applies = _applies(each.listed)
    return (str(cut.name), _state(each), str(cut.manifest.dated), applies, signed, tag)


def _state(each: _Row) -> str:
    by = each.listed.superseded_by
    words = each.release_state.replace("-", " ")
    return f"{words} by {by}" if each.release_state == "superseded" and by else words


def _applies(each: ListedRelease) -> str:
    if each.validity is None:
        return "-"
    if each.validity.until:
        return f"{each.validity.since} until {each.validity.until}"
    return f"from {each.validity.since}"


def _as_json(row: _Row, tags: dict[str, str]) -> dict[str, Any]:
    each = row.listed
    cut, validity = each.cut, each.validity
    publication = cut.publication
    return {
        "release": str(cut.name),
        "title": cut.manifest.title,
        "state": row.release_state,
        "why": row.why or None,
        "dated": str(cut.manifest.dated),
        "effective": str(cut.manifest.effective or cut.manifest.dated),
        "applies": {"since": validity.since, "until": validity.until} if validity else None,
        "superseded_by": str(each.superseded_by) if each.superseded_by else None,
        "signatures": len(row.signed),
        "threshold": cut.manifest.threshold,
        "signed": list(row.signed),
        "published": f"{publication.published:%Y-%m-%dT%H:%M:%SZ}" if publication else None,
        "tag": cut.name.tag if cut.name.tag in tags else None,
    }
