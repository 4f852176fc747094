"""Family 10, third part: the coalition changes its own rules by an act, and in no other way."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal
from govkit.corpus.record_digests import digest_for
from govkit.log.amendments import OWN_RULES, policies_not_agreed
from govkit.log.entries import valid_entries
from govkit.records.kinds import CHARTER_PATH
from govkit.records.proposals import Proposal

_AMEND = (
    "If it was decided, file the act: `govkit amend {name}`, with everybody who decided it. If not,"
    " put the file back as it was."
)


def amended_without_act(context: Context) -> Findings:
    """After the founding, the charter and the policies change only by an act of the coalition."""
    rules = context.own_rules
    if rules is None:
        return
    for step in rules.steps:
        if (
            step.fault
            and not step.waits
            and step.seq is not None
            and "changed after" not in step.fault
        ):
            yield refusal(
                step.document,
                f"this act does not count: {step.fault}",
                at("by"),
                found=", ".join(step.act.by),
                help="Let those who decide it file it anew: `govkit amend`. What it changed is "
                "put back first.",
            )
    for path, agreed, found in differing(context):
        document = context.corpus.by_path[path]
        said = "differs from what the coalition agreed" if agreed else "was agreed by no act"
        yield refusal(
            document,
            f"this {document.kind} {said}",
            expected=agreed or "",
            found=found,
            help=_AMEND.format(name=document.id),
        )
    yield from _opened_under_others(context)
    charter = context.corpus.charter
    last = next((step for step in reversed(rules.steps) if step.act.coordinators), None)
    if charter is None or last is None or last.fault or _differs(context, CHARTER_PATH):
        return
    named = (charter.coordinators.ids, charter.coordinators.threshold)
    if named != rules.now[:2]:
        yield refusal(
            last.document,
            "the act names other coordinators than the charter that it leads to",
            at("coordinators", key=True),
            expected=", ".join(named[0]),
            found=", ".join(rules.now.coordinators),
            help="Acts are written by `govkit amend` alone. Put back what it wrote.",
        )


def _opened_under_others(context: Context) -> Findings:
    entries = valid_entries(context.corpus)
    for document in context.corpus.of_kind("proposal"):
        if isinstance(document.record, Proposal):
            ids = [each.id for each in document.record.policies]
            for name in policies_not_agreed(context.own_rules, entries, document.record):
                yield refusal(
                    document,
                    f"this proposal was opened under other words of the policy {name} than the "
                    "coalition had agreed to then",
                    at("policies", ids.index(name), "digest"),
                    found=document.record.policies[ids.index(name)].digest,
                    help="By these words nothing is decided. Withdraw it: `govkit propose withdraw "
                    f"{document.id} --reason WORDS`. Then open it under the words that hold.",
                )


def differing(context: Context) -> Iterator[tuple[str, str | None, str]]:
    """Yield the path of each of the own rules that nobody agreed to so, with both digests."""
    rules = context.own_rules
    for document in context.corpus.of_kind(*OWN_RULES) if rules else ():
        if document.record is None:
            continue  # what can't be read has a finding of its own
        assert rules is not None
        agreed = rules.now.digests.get(document.path)
        found = digest_for(document.kind or "", document.record)
        if agreed != found:
            yield document.path, agreed, found


def _differs(context: Context, path: str) -> bool:
    return any(each == path for each, _, _ in differing(context))
