"""Rules about a change as such: what its author declares, and what may not change together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.changes.declared import answers_to_nothing, declarations_of, spans_of, unanswered
from govkit.corpus.changes.values import CLASS_NAMES, Change, weight
from govkit.corpus.documents import Document
from govkit.records.declarations import Declaration
from govkit.records.kinds import NORMATIVE_KINDS

FOLDER = "governance/changes/"


def class_under_floor(context: Context) -> Findings:
    """The class that an author declares is not under the one that follows from the rules."""
    for document, declaration, change in _declared(context):
        if declaration.class_ < weight(change.floor):
            reasons = "; ".join(_reasons(change))
            yield refusal(
                document,
                f"class {declaration.class_} is declared for {change.id}, and the change is at "
                f"least class {change.floor}, {CLASS_NAMES[change.floor]}",
                at("class"),
                expected=str(change.floor),
                found=str(declaration.class_),
                help=f"Declare class {change.floor} or higher. {_sentence(reasons)}",
                enforces=HANDBOOK,
            )


def evidence_unanswered(context: Context) -> Findings:
    """Who declares that a change alters no duty answers each word that bears on one."""
    for document, declaration, change in _declared(context):
        if declaration.class_ >= 5:
            continue
        for clause, evidence in unanswered(change, declaration):
            yield refusal(
                document,
                f"nothing answers whether `{evidence.span}` in clause ({clause}) of {change.id} "
                "changes a duty",
                at("answers" if declaration.answers else "class"),
                help=f'Add to `answers`: {{span: "{evidence.span}", changes_a_duty: no, why: …}}, '
                "or declare class 5 or higher.",
                enforces=HANDBOOK,
            )
    yield from _not_asked_yet(context)


def _not_asked_yet(context: Context) -> Findings:
    """Yield each change with evidence of which no declaration speaks: it may alter a duty."""
    declared = {change.id for _, _, change in _declared(context)}
    for change in _changes(context):
        document = context.corpus.by_path.get(change.new_path)
        if document is None or change.id in declared or not change.unanswered:
            continue
        spans = ", ".join(f"`{span}`" for span in change.unanswered)
        yield remark(
            document,
            f"nobody has said whether {spans} changes a duty; until then {change.id} asks for a "
            "full round and a major version",
            stops=None,
            help=f"`govkit new change {change.id}` writes the questions down. Answer each, or "
            "declare class 5 or higher.",
            enforces=HANDBOOK,
        )


def answer_against_class(context: Context) -> Findings:
    """A change of which an answer says that it alters a duty is at least of class 5."""
    for document, declaration, change in _declared(context):
        for n, answer in enumerate(declaration.answers):
            if answer.changes_a_duty == "yes" and weight(change.class_) < 5:
                yield refusal(
                    document,
                    f"`{answer.span}` changes a duty, and the declared class is "
                    f"{declaration.class_}",
                    at("answers", n, "changes_a_duty"),
                    help="Declare class 5 if it changes how the text binds, 6 if it changes for "
                    "whom or when.",
                    enforces=HANDBOOK,
                )


def answer_without_question(context: Context) -> Findings:
    """Each answer of a declaration is about words that the change alters, and there is one."""
    for document, declaration, change in _declared(context):
        asked = ", ".join(f"`{span}`" for span in spans_of(change))
        for n, why in answers_to_nothing(change, declaration):
            yield refusal(
                document,
                f"`{declaration.answers[n].span}` {why}",
                at("answers", n, "span"),
                help=f"Asked is about: {asked}. Write one of these as it stands here, once, or "
                "take the answer out."
                if asked
                else "No word that bears on a duty changed. Take the answer out.",
                enforces=HANDBOOK,
            )


def declaration_for_other_words(context: Context) -> Findings:
    """A declaration holds for the words before and after that it names, and no others."""
    changes = {each.id: each for each in _changes(context) if each.kind in NORMATIVE_KINDS}
    for document in context.corpus.of_kind("declaration"):
        for id, before, after in declarations_of([document]):
            if not document.path.startswith(FOLDER):
                continue
            change = changes.get(id)
            sides = (
                ("after", after, change.after if change else _now(context, id, after)),
                ("before", before, change.before if change else before),
            )
            key, found, expected = next((each for each in sides if each[1] != each[2]), sides[0])
            if found != expected:
                yield refusal(
                    document,
                    f"this declaration is for other words of {id} than those "
                    + ("of this change" if change else "that are here"),
                    at(key),
                    expected=expected or "null",
                    found=found or "null",
                    help="The text was edited since, or it is compared with another state. Look "
                    f"again at what changed (`govkit diff {id}`). If your answers still hold, "
                    f"write `{key}: {expected or 'null'}`. If not, keep a copy of your reason, "
                    f"delete this file, and begin anew: `govkit new change {id}`.",
                    enforces=HANDBOOK,
                )


def _now(context: Context, id: str, unknown: str | None) -> str | None:
    """Return the digest of a text as it stands; `unknown` where there is none to compare with."""
    text = context.corpus.find(NORMATIVE_KINDS, id)
    return (context.corpus.digests.of(text) if text is not None else None) or unknown


def text_and_status(context: Context) -> Findings:
    """The words of a text and its status do not change in one step."""
    decided = _decided(context)
    for change in _changes(context):
        document = context.corpus.by_path.get(change.new_path)
        if change.mixed and document is not None and (change.id, change.after) not in decided:
            yield refusal(
                document,
                f"the words and the status of {change.id} change together",
                at("status"),
                help="Make two changes of it: first the words, then the status. Only "
                "`govkit decide --apply` may do both.",
                enforces=HANDBOOK,
            )


def clause_rewritten(context: Context) -> Findings:
    """A clause that keeps less than half of its words may be another one, with an id of its own."""
    pairs = declarations_of(context.corpus.of_kind("declaration"))
    for change in _changes(context):
        document = context.corpus.by_path.get(change.new_path)
        if document is None or (change.id, change.before, change.after) in pairs:
            continue
        for clause in change.clauses:
            if clause.old and clause.new and _kept(clause.old, clause.new) < HALF:
                yield remark(
                    document,
                    f"less than half of the words of clause ({clause.id}) are left: is it still "
                    "the same clause?",
                    stops=None,
                    help="If it says something else now, withdraw it and give the new one an id of "
                    "its own. If it is the same, declare the change: the reason is kept.",
                    enforces=HANDBOOK,
                )


def _kept(old: str, new: str) -> float:
    """Return which share of the old words is still there, 0 to 1."""
    from govkit.corpus.redline.tokens import tokens_of

    before = [token.text.lower() for token in tokens_of(old) if token.kind == "word"]
    left = Counter(token.text.lower() for token in tokens_of(new) if token.kind == "word")
    kept = sum((Counter(before) & left).values())
    return kept / len(before) if before else 1.0


HALF = 0.5
HANDBOOK = "docs/changes.md"


def _changes(context: Context) -> tuple[Change, ...]:
    return context.changes.changes if context.changes is not None else ()


def _declared(context: Context) -> Iterator[tuple[Document, Declaration, Change]]:
    """Yield each declaration that is for a change since the base, with the change."""
    changes = {(change.id, change.before, change.after): change for change in _changes(context)}
    for document in context.corpus.of_kind("declaration"):
        for pair, declaration in declarations_of([document]).items():
            if document.path.startswith(FOLDER) and pair in changes:
                yield document, declaration, changes[pair]


def _reasons(change: Change) -> Iterator[str]:
    for clause in change.clauses:
        if weight(clause.class_) >= weight(change.floor):
            yield from clause.reasons
    for field in change.fields:
        if weight(field.class_) >= weight(change.floor):
            yield f"{field.field} changed"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _decided(context: Context) -> set[tuple[str, str | None]]:
    """Return the texts and the digests of their words that were adopted."""
    return {(id, each.after) for id, several in context.adoptions.items() for each in several}
