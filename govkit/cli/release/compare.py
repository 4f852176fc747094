"""`govkit release compare`: two releases of a book, and what lies between them."""

from __future__ import annotations

from dataclasses import replace

import click

from govkit.cli.output import file_at, format_meant, format_option, output_option
from govkit.cli.plain_diff import put
from govkit.cli.release.notes import refuse_several
from govkit.cli.session import Session, pass_session
from govkit.errors import WrongUse
from govkit.rendering.formats import FORMATS, written

_EPILOG = """Examples:
  govkit release compare provisions/1.0.0 provisions/1.1.0
  govkit release compare provisions/1.0.0 1.1.0 --format json
  govkit release compare provisions/v1.0.0 v1.1.0 --format pdf -o compared.pdf

First stands how many changes there are of each class, and which way they go; then each change.

How it ends: 0 printed, 2 wrong use, 3 the world failed.
"""


@click.command("compare", epilog=_EPILOG)
@click.argument("older", metavar="RELEASE")
@click.argument("newer", metavar="RELEASE|VERSION")
@format_option(*FORMATS, default="md")
@output_option("target")
@pass_session
def compare(session: Session, older: str, newer: str, format_: str, target: str | None) -> int:
    """Say what changed from one release of a book to another one.

    OLDER is a book and a version, as provisions/1.0.0; of NEWER the version is enough.
    """

    from govkit.release.manifest import name_of
    from govkit.rendering.release.comparison import comparison_document
    from govkit.rendering.release.notes_data import notes_data
    from govkit.store.worktree import root_above
    from govkit.workspace.releases.values import named

    format_ = format_meant(format_, tuple(FORMATS), target)
    old_name = name_of(older)
    new_name = name_of(newer if "/" in newer else f"{old_name.slug}/{newer}")
    if old_name.slug != new_name.slug:
        raise WrongUse(
            f"{old_name} and {new_name} are releases of two books",
            "Compare two versions of the same book: `govkit release list` shows them.",
        )
    root = root_above(session.folder())
    old, new = named(root, old_name), named(root, new_name)
    refuse_several(new)
    to = file_at(target, f"{old_name.slug}-{old_name.version}-to-{new_name.version}.{format_}")
    if format_ == "json":
        manifest = new.manifest.model_copy(update={"compared_with": old.manifest.version})
        put(notes_data(replace(new, manifest=manifest, previous=old.corpus)), to)
    else:
        put(written(comparison_document(old, new), format_), to)
    return 0
