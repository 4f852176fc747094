"""`govkit release verify`: whether a release is what it says, without any network."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import format_option, formerly, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.verdict import verdict_lines
from govkit.cli.registrar import now_option
from govkit.cli.session import DigestType, Progress, Session, now_in_utc, pass_session
from govkit.errors import WrongUse
from govkit.log.checkpoints import Checkpoint, checkpoint_in, short_checkpoint

if TYPE_CHECKING:
    from govkit.log.chain import NewestEntry
    from govkit.workspace.releases.verification import Verification, VerificationOptions

_EPILOG = """Examples:
  govkit release verify provisions/v1.1.0        the tag of this clone
  govkit release verify dist/provisions/1.1.0    a folder that was downloaded
  govkit release verify provisions.pdf           one PDF, with a clone at hand
  govkit release verify provisions/v1.1.0 \\
      --head 212:czAIcfRMFo58lJ3ix1DmDCybuP9TABfFomcjTpy0244=
  govkit release verify provisions/v1.1.0 \\
      --entry 212:73300871f44c168e7c949de2c750e60c2c9bb8ff530017c5a267234e9cb4db8e
  govkit release verify provisions/v1.1.0 --no-rebuild

Nothing is fetched, and nothing is written. A folder can be verified without a clone;
with one (go there, or name it with -C) more can be looked at.

How it ends: 0 nothing failed, 1 something failed, 2 wrong use, 3 the world failed.
What was not looked at is printed: read it, too.
"""


class HeadType(click.ParamType[Any]):
    """A head of the log on the command line: as `govkit seal` prints it, or in a file."""

    name = "head"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Checkpoint:
        """Return the head, or say how one is written. Its origin is empty where none is given."""
        from govkit.store.worktree import read_named

        if isinstance(value, Checkpoint):
            return value
        word = str(value).strip()
        found = short_checkpoint(word)
        if found is None and _ENTRY.fullmatch(word):
            self.fail(f"{word[:24]}… is an entry of the log, and no head. Use --entry.", param, ctx)
        if found is None and os.path.lexists(word):
            found = checkpoint_in(read_named(Path(word)).decode("utf-8", errors="replace"))
        if found is None:
            self.fail(
                "a head of the log is its number and its root, as 212:2b8CoN…=, as `govkit seal` "
                "prints it; or a file that has it, as governance/log/heads/000212.yaml.",
                param,
                ctx,
            )
        return found


_ENTRY = re.compile(r"([1-9][0-9]{0,8}):(?:sha256:)?([0-9a-f]{64})")


class EntryType(click.ParamType[Any]):
    """An entry of the log on the command line, as 212:sha256:0f3a…"""

    name = "entry"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> NewestEntry:
        """Return number and digest, or say how they are written."""
        from govkit.log.chain import NewestEntry

        if isinstance(value, NewestEntry):
            return value
        fits = _ENTRY.fullmatch(str(value).strip())
        if fits is None:
            self.fail(
                "an entry of the log is its number and its digest, as 212:sha256:0f3a… (64 of 0-9 "
                "a-f). Every PDF of a release and every mail of a call has one.",
                param,
                ctx,
            )
        return NewestEntry(int(fits[1]), f"sha256:{fits[2]}")


@click.command(epilog=_EPILOG, context_settings=formerly(level="match"))
@click.argument("what", metavar="TAG|FOLDER|FILE.pdf")
@click.option(
    "--match",
    "level",
    type=click.Choice(["bytes", "text"]),
    default="bytes",
    help="Compare what is built again byte for byte, or by its words and headings.",
)
@click.option("--no-rebuild", is_flag=True, help="Do not build the books again. It is faster.")
@click.option(
    "--head",
    type=HeadType(),
    metavar="NUMBER:ROOT|FILE",
    help="A head of the log that you have from elsewhere: a seal or a witness has one.",
)
@click.option(
    "--entry",
    type=EntryType(),
    metavar="NUMBER:DIGEST",
    help="The newest entry of the log in an older PDF or a mail.",
)
@click.option(
    "--fingerprint",
    type=DigestType(),
    metavar="DIGEST",
    help="The root fingerprint that you have from elsewhere.",
)
@now_option
@format_option("text", "json")
@pass_session
def verify(
    session: Session,
    what: str,
    level: Any,
    no_rebuild: bool,
    head: Checkpoint | None,
    entry: NewestEntry | None,
    fingerprint: str | None,
    now: datetime.datetime | None,
    format_: str,
) -> int:
    """Verify a release, offline, and say what was not looked at."""
    from govkit.release.verifying.known_values import KnownValues
    from govkit.workspace.releases.verification import VerificationOptions

    with Progress("Building") as progress:

        def shown(name: str, number: int, of: int) -> None:
            progress.say(f"Building {name} ({number} of {of})")

        known = KnownValues(head, fingerprint, entry)
        how = VerificationOptions(None if no_rebuild else level, now or now_in_utc(), known, shown)
        verified = _verified(session, what, how)
    if format_ == "json":
        say_json(as_json(verified))
    else:
        echo(
            verdict_lines(
                str(verified.name),
                verified.source,
                verified.verdict,
                "Do not use this copy of the release.",
                superseded_words(verified),
            )
        )
    return 0 if verified.verdict.holds else 1


def _verified(session: Session, what: str, how: VerificationOptions) -> Verification:
    from govkit.release.manifest import name_of
    from govkit.store.worktree import find_root
    from govkit.workspace.releases.gathering import is_release_folder
    from govkit.workspace.releases.verification import verify_folder, verify_pdf, verify_tag

    root, path = find_root(session.folder()), Path(what)
    if is_release_folder(path):
        return verify_folder(path, root, how)
    if os.path.lexists(path) and not path.is_dir():
        return verify_pdf(path, root, how)
    if path.is_dir() or what.lower().endswith(".pdf"):
        raise WrongUse(
            f"{what} is no folder of a release" if path.is_dir() else f"there is no file {what}",
            "A folder of a release holds SHA256SUMS and manifest.yaml, as dist/provisions/1.1.0.",
        )
    try:
        name = name_of(what)
    except WrongUse:
        if "/" not in what:
            raise
        raise WrongUse(
            f"there is no folder {what}",
            "Name one that is there, or a release by its book and version, as provisions/1.1.0.",
        ) from None
    if root is None:
        raise WrongUse(
            f"{what} is a release, and there is no clone here that could know it",
            "Go to a clone of the repository, or name it with -C. Or name a folder or a PDF.",
        )
    return verify_tag(root, name, how)


def superseded_words(verified: Verification) -> str:
    """Return that a release is superseded, and by what; empty where it is not."""
    if not verified.successors or not verified.is_published:
        return ""
    came = [
        f"{each.name} (published {each.published:%Y-%m-%d})" if each.published else str(each.name)
        for each in verified.successors
    ]
    newest, are = verified.successors[0].name, "is" if len(came) == 1 else "are"
    return (
        f"It is superseded: there {are} {' and '.join(came)}. Look at the newest: `govkit release "
        f"verify {newest.tag}`."
    )


def as_json(verified: Verification) -> dict[str, Any]:
    """Return what came out, for programs."""
    body, head = verified.body, verified.head
    return {
        "version": 1,
        "release": str(verified.name),
        "source": verified.source,
        "holds": verified.verdict.holds,
        "root_fingerprint": verified.root,
        "newest_entry": {"seq": head.seq, "digest": head.digest} if head else None,
        "coordinators": list(body.ids) if body else [],
        "threshold": body.threshold if body else None,
        "standing": verified.release_state,
        "successors": [str(each.name) for each in verified.successors],
        "looks": [
            {key: value for key, value in look._asdict().items() if key != "curable"}
            for look in verified.verdict.looks
        ],
    }
