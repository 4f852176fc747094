"""The log holds, and its heads: each fits the entries, covers what was written, stays for good."""

from __future__ import annotations

import shlex

from govkit.checks.amended import differing
from govkit.checks.context import Context
from govkit.checks.remarks import Findings, refusal, taken_back
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.log.amendments import GENESIS_PATH
from govkit.log.chain import breaks_of
from govkit.log.coordinators import genesis_of
from govkit.log.entries import path_of_entry
from govkit.log.faults import FaultKind
from govkit.log.losses import lost_heads, lost_since
from govkit.log.signed_statements import root_fingerprint

_PUT_BACK = (
    "Put the file back as it was: `git restore -- FILE` where the edit is not committed; otherwise "
    "`git log -- FILE` shows when it changed."
)
_HELP: dict[FaultKind, str] = {
    "gap": "An entry of the log is never taken out.",
    "number": "An entry keeps its number for good. Rename the file back; where the right one is "
    "there too, take this one away.",
    "chain": f"{_PUT_BACK} Two who wrote at once: `govkit intake --resume`.",
    "order": _PUT_BACK,
    "twice": "A second entry moves nothing. If nobody has fetched it, take back the commit that "
    "brought it (`git log -- FILE`). Otherwise tell the coordinators and the list.",
    "edited": "What was received is never edited. Put the words of before back, with a commit that "
    "takes this one back; what was written down wrongly is put right beside it: `govkit correct`.",
    "altered": f"{_PUT_BACK} What was received or decided is never edited; a new record says "
    "what is new.",
    "gone": "What was received or decided is never deleted.",
    "not-logged": "Take it in with the command for it: `govkit --help` lists them. Nobody writes "
    "such a file by hand.",
}


def log_broken(context: Context) -> Findings:
    """The log has every entry once, each bound to the one before, and each record as it has it."""
    unagreed = {path for path, _, _ in differing(context)}
    for each in breaks_of(context.corpus):
        document = context.corpus.by_path.get(each.path)
        if document is None or each.kind == "unreadable":
            continue  # a file that can't be read has a finding of its own
        if document.kind == "revision" and each.kind == "altered":
            continue  # `revision-edited` says so
        if each.path in unagreed and each.kind == "altered":
            continue  # `amended-without-act` says so
        help = _HELP[each.kind].replace("FILE", shlex.quote(each.path))
        if document.kind == "member":
            help += (
                f" If the edit is right: `govkit member file {document.id}`, and another "
                "coordinator vouches for it by `govkit countersign`."
            )
        if each.about:
            help = f"Put it back: {taken_back(shlex.quote(each.about))} {help}"
        yield refusal(document, each.message, help=help)


def put_back(path: str) -> str:
    """Return how a file that was edited is put back as it was."""
    return _PUT_BACK.replace("FILE", shlex.quote(path))


def log_head(context: Context) -> Findings:
    """Each head of the log fits its entries, and each signature below it holds."""
    for each in context.seals.faults:
        document = context.corpus.by_path[each.path]
        where = shlex.quote(each.path)
        yield refusal(
            document,
            each.message,
            help=f"`git log -- {where}` shows when it came and changed. Compare with a head that "
            "was printed, sent or kept in a receipt. If the past was rewritten, tell the "
            "coordinators and the list, and write nothing before it is clear.",
        )


def log_unsealed(context: Context) -> Findings:
    """Every entry of the log is sealed by a coordinator before it is shared."""
    seals = context.seals
    if not seals.unsealed:
        return
    document = context.corpus.by_path.get(path_of_entry(seals.unsealed[-1]))
    if document is None:
        return  # a gap in the numbers has a finding of its own
    yield refusal(
        document,
        seals.unsealed_words,
        help="One signature seals all of them: a coordinator whose key is safe runs `govkit seal "
        "--key FILE` before the push, and commits the head with the entries.",
    )


def log_rewritten(context: Context) -> Findings:
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


def _founded_again(before: Corpus, now: Corpus, commit: str) -> Findings:
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
