"""A warning where a PDF shows empty boxes: the fonts of the package lack some signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govkit.cli.printing.words import number_of

if TYPE_CHECKING:
    from govkit.rendering.document import Document


def warn_of_boxes(name: str, document: Document, formats: str) -> None:
    """Say which signs of a document a PDF can't show; `formats` are those that can."""
    from govkit.rendering.signs import signs_without_picture

    signs = signs_without_picture(document)
    if signs:
        shown = " ".join(signs[:12]) + (" …" if len(signs) > 12 else "")
        click.echo(
            click.style("warning: ", fg="yellow", bold=True)
            + f"{name} shows empty boxes for {number_of(len(signs), 'sign')} that the fonts of "
            f"govkit lack: {shown}",
            err=True,
        )
        click.echo(f"         Markdown and HTML show them: --format {formats}", err=True)
