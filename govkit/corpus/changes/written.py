"""A normative text on one line for each block, as redlines and evidence read it."""

from __future__ import annotations

from govkit.records.normative import Block, Run, Wording

_INDENT = "    "


def written(wording: Wording, *, marks: bool = True) -> str:
    """Return a text with its white space folded: its blocks, an empty line between two.

    An item begins with its marker. With `marks`, links and stars are written as in the source;
    without, only their words are.
    """
    return "\n\n".join(_lead(block) + words_of(block, marks=marks) for block in wording.blocks)


def _lead(block: Block) -> str:
    if not block.depth:
        return ""
    marker = "- " if block.style == "-" else f"({block.label}) " if block.style != "p" else ""
    return _INDENT * (block.depth - 1) + marker


def words_of(block: Block, *, marks: bool = False) -> str:
    """Return the words of one block; a blank stays `{name}`."""
    return "".join(_run(run, marks=marks) for run in block.runs)


def _run(run: Run, *, marks: bool) -> str:
    if run.kind == "param":
        return f"{{{run.target}}}"
    if not marks or run.kind == "text":
        return run.words
    if run.kind == "em":
        return f"*{run.words}*"
    if run.kind == "code":
        return f"`{run.words}`"
    return f"[{run.words}]({run.kind}:{run.target})"
