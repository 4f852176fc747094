"""`govkit site`: the coalition's website as static files."""

from __future__ import annotations

import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from govkit.cache import NO_CACHE
from govkit.cli.output import folder_named, format_option, say_json
from govkit.cli.printing.words import number_of
from govkit.cli.registrar import now_option
from govkit.cli.session import Progress, Session, now_in_utc, pass_session
from govkit.cli.unread import say_unread
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit site                          into ./dist/site; open dist/site/index.html
  govkit site -o ~/public              into another folder
  govkit site --address https://example.org/coalition/
                                       with whole addresses for feeds and search engines
  govkit site --language fr            with the first pages and all translations in French, too
  govkit site --pdf                    with the books as PDF to download

The same records give the same bytes at the same moment: only what is open depends on the day. A
folder that holds anything else than a site is refused; one that holds a site is replaced as a
whole, and files that did not change are left as they are.

How it ends: 0 built, 2 wrong use, 3 the world failed. Then nothing was changed.
"""


def _address(ctx: click.Context, param: click.Parameter, typed: str | None) -> str:
    """Return an address with a slash at its end. Raises `WrongUse` where it is none of the web."""
    if typed is None:
        return ""
    try:
        parts = urlsplit(typed)
    except ValueError:
        parts = urlsplit("")
    plain = not (parts.query or parts.fragment) and typed.isprintable() and " " not in typed
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise WrongUse(
            f"{typed} is no address of a site", "Write it whole: --address https://example.org/."
        )
    return typed if typed.endswith("/") else f"{typed}/"


@click.command(epilog=_EPILOG)
@click.option(
    "-o",
    "--output",
    "folder",
    default="dist/site",
    show_default=True,
    metavar="PATH",
    callback=folder_named,
    help="The folder to put the site in.",
)
@click.option(
    "--address",
    metavar="URL",
    callback=_address,
    help="Where the site will be found, as https://example.org/. Default: links are relative.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="LANGUAGE",
    help="Speak this language, too, as fr; may be given again. Default: those of the charter.",
)
@click.option("--pdf", is_flag=True, help="Print the books to download as PDF, too.")
@click.option("--no-cache", is_flag=True, help="Make every file anew. The bytes are the same.")
@now_option
@format_option("text", "json")
@pass_session
def site(
    session: Session,
    folder: Path,
    address: str,
    languages: tuple[str, ...],
    pdf: bool,
    no_cache: bool,
    now: datetime.datetime | None,
    format_: str,
) -> None:
    """Build the coalition's website: static files, whole without a script."""
    from govkit.procedures.site.gathering import cache_of_site, gather_site
    from govkit.procedures.site.publishing import publish_site
    from govkit.site.building import built
    from govkit.site.site import FORMATS

    kept = None if no_cache else cache_of_site(session.workspace_root())
    cache = kept or NO_CACHE
    workspace = session.workspace(cache)
    say_unread(workspace.corpus)
    formats = (*FORMATS, *(("pdf",) if pdf else ()))
    gathered = gather_site(
        workspace, now or now_in_utc(), address, formats, languages or None, cache
    )
    with Progress("Making") as progress:
        done = publish_site(
            built(gathered),
            folder,
            gathered.commit,
            lambda count: progress.say(f"Making the site: {count} files"),
        )
    if kept is not None:
        kept.save()
    if format_ == "json":
        say_json(
            {"version": 1, "folder": str(done.folder), "files": done.files, "written": done.written}
        )
        return
    written = "all of them new" if done.written == done.files else f"{done.written:,} of them new"
    click.echo(f"The site is in {folder}: {number_of(done.files, 'file')}, {written}.")
    click.echo(f"Open {folder / 'index.html'} in a browser.")
