"""The syntax trees of modules: parsing all of them takes seconds, so it is done once."""

import ast
from functools import cache
from pathlib import Path


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the tree of a module, which nobody changes."""
    return ast.parse(path.read_text(encoding="utf-8"))
