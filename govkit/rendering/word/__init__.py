"""Writes a document as a Word file (DOCX): the parts of the package, as text, and nothing beside.

`writer.as_docx` is the way in. What is inside such a file, docs/word-format.md says.
"""
