"""The formats that a document can be written in, each by its own writer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govkit.rendering.document import Document

FORMATS = {
    "md": ("markdown", "as_markdown"),
    "html": ("page", "as_page"),
    "pdf": ("pdf", "as_pdf"),
    "docx": ("word.writer", "as_docx"),
    "json": ("json_", "as_json"),
}
"""The ending of the file, and the module and function that write it.

A writer is imported when it is asked for: a machine that lacks what a PDF needs prints Markdown.
"""

RELEASED = tuple(format for format in FORMATS if format != "docx")
"""The formats of a release where neither the charter (`formats`) nor anybody says others."""

USUAL = ("md", "pdf")
"""The formats of those who ask for none: one to read in the repository, one to hand out."""


def written(document: Document, format: str) -> bytes:
    """Return the document in a format of `FORMATS`, as the bytes of a file."""
    module, name = FORMATS[format]
    data: bytes = getattr(import_module(f"govkit.rendering.{module}"), name)(document)
    return data
