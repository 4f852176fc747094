"""The heads of the log: each fits the entries, covers what was written, and stays for good."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from govkit.checks.context import Context
from govkit.checks.remarks import remark
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.log.amendments import GENESIS_PATH
from govkit.log.chain import breaks_of
from govkit.log.coordinators import genesis_of
from govkit.log.entries import path_of_entry
from govkit.log.losses import lost_heads, lost_since
from govkit.log.signed_statements import root_fingerprint


def log_head(context: Context) -> Iterator[Finding]:
    """Each head of the log fits its entries, and each signature below it holds."""
    for each in context.seals.faults:
        document = context.corpus.by_path[each.path]
        where = shlex.quote(each.path)
        yield remark(
            document,
            each.message,
            stops="merge",
            help=f"`git log -- {where}` shows when it came and changed. Compare with a head that "
            "was printed, sent or kept in a receipt. If the past was rewritten, tell the "
            "coordinators and the list, and write nothing before it is clear.",
        )


def log_unsealed(context: Context) -> Iterator[Finding]:
    """Every entry of the log is sealed by a coordinator before it is shared."""
    seals = context.seals
    if not seals.unsealed:
        return
    document = context.corpus.by_path.get(path_of_entry(seals.unsealed[-1]))
    if document is None:
        return  # a gap in the numbers has a finding of its own
    yield remark(
        document,
        seals.unsealed_words,
        stops="merge",
        help="One signature seals all of them: a coordinator whose key is safe runs `govkit seal "
        "--key FILE` before the push, and commits the head with the entries.",
    )


def log_rewritten(context: Context) -> Iterator[Finding]:
    """What the log had is still there: its entries, its heads, their seals and witnesses."""
    assert context.base is not None
    commit = context.base.commit[:12]
    yield from _founded_again(context.base.before, context.corpus, commit)
    # Where the log does not hold by itself, another rule says which entry it is.
    lost = lost_heads if breaks_of(context.corpus) else lost_since
    for each in lost(context.base.before, context.corpus):
        yield Finding(
            "",
            each.message,
            each.path,
            stops="merge",
            help=f"It was there in commit {commit}. Put it back: `git restore --source={commit} -- "
            f"{shlex.quote(each.path)}`, and keep what was added since. Nothing is taken out of "
            "a log. If others have the change already, tell the coordinators and the list.",
        )


def _founded_again(before: Corpus, now: Corpus, commit: str) -> Iterator[Finding]:
    was, here = genesis_of(before), genesis_of(now)
    if was is None or here is None or root_fingerprint(was) == root_fingerprint(here):
        return
    yield Finding(
        "",
        "the coalition was founded again: who coordinates, with which keys, and who are members is "
        "what this founding says, whatever was agreed before",
        GENESIS_PATH,
        stops="merge",
        help="Only where keys were lost does a coalition begin again. Merge it when those who "
        "coordinated before have said so to the list. Else put back what was there: "
        f"`git restore --source={commit} -- governance`.",
    )
