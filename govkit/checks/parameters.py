"""Family 6: the blanks of a provision are declared, used, within bounds, and have a unit."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.languages.words import BlankWords, Words, blank_words
from govkit.patterns import lazy_regex
from govkit.records.base import TIMES
from govkit.records.kinds import TEXT_KINDS
from govkit.source.nearest import nearest


def _declared(document: Document) -> dict[str, Any]:
    return getattr(document.record, "parameters", {})


def undeclared_parameter(document: Document, _: Context) -> Findings:
    """Each blank in a text is declared in `parameters`."""
    if not document.blanks or document.kind == "translation":
        return
    declared = _declared(document)
    for said, run in document.blanks:
        if run.target not in declared:
            near = nearest(run.target, list(declared))
            help = f"Did you mean {{{near}}}?" if near else "Declare it under `parameters`."
            if document.kind != "provision":
                help = "Only provisions have blanks. Write the words, or \\{ for the sign."
            yield refusal(
                document,
                f"{{{run.target}}} is not declared",
                at(*said.keys, span=(run.start, run.end)),
                expected=near,
                found=run.target,
                help=help,
            )


def unused_parameter(document: Document, _: Context) -> Findings:
    """Each declared parameter stands in a text."""
    declared = _declared(document)
    used = {run.target for _, run in document.blanks} if declared else set()
    meant = {nearest(name, list(declared)) for name in used - declared.keys()}
    for name in declared:
        if name not in used | meant:
            yield refusal(
                document,
                f"no text uses the parameter {{{name}}}",
                at("parameters", name, key=True),
                found=name,
                help=f"Write {{{name}}} where it belongs, or delete the parameter.",
            )


def blank_in_prose(document: Document, _: Context) -> Findings:
    """A blank stands in a clause: in a rationale, guidance or summary nothing fills it in."""
    declared = _declared(document)
    for keys, text in document.texts if declared else ():
        if keys[-1] not in ("rationale", "guidance", "summary") or "{" not in text:
            continue
        for found in _BLANK.finditer(text):
            if found[1] in declared:
                yield remark(
                    document,
                    f"{found.group()} is printed as it stands: `{keys[-1]}` has no blanks",
                    at(*keys, span=found.span()),
                    found=found.group(),
                    help="Write the number itself, or say in words which time or number is meant.",
                )


_BLANK = lazy_regex(r"\{([a-z][a-z0-9_]*)\}")


def parameter_bounds(document: Document, _: Context) -> Findings:
    """The default of a parameter lies within its bounds, and the bounds are in order."""
    if document.kind not in TEXT_KINDS:
        return
    for name, parameter in _declared(document).items():
        low, high = getattr(parameter, "minimum", None), getattr(parameter, "maximum", None)
        route = at("parameters", name, "default")
        if low is not None and high is not None and low > high:
            message = f"the minimum {low} is more than the maximum {high}"
            route = at("parameters", name, "minimum")
            yield _out_of_bounds(document, route, message, low, f"at most {high}")
        elif low is not None and parameter.default < low:
            message = f"the default {parameter.default} is less than the minimum {low}"
            yield _out_of_bounds(document, route, message, parameter.default, f"at least {low}")
        elif high is not None and parameter.default > high:
            message = f"the default {parameter.default} is more than the maximum {high}"
            yield _out_of_bounds(document, route, message, parameter.default, f"at most {high}")


def _out_of_bounds(
    document: Document, route: Any, message: str, found: int, expected: str
) -> Finding:
    return refusal(
        document,
        message,
        route,
        expected=expected,
        found=str(found),
        help="Correct one of the two numbers.",
    )


def parameter_favours(document: Document, _: Context) -> Findings:
    """A blank for a time says which way protects the user: longer or shorter."""
    if document.kind not in TEXT_KINDS:
        return
    for name, parameter in _declared(document).items():
        if parameter.type in TIMES and parameter.favours is None:
            yield remark(
                document,
                f"{{{name}}} does not say whether a longer or a shorter time protects the user",
                at("parameters", name, key=True),
                found=name,
                help="Add `favours: longer` or `favours: shorter`; or `favours: unclear`, where it "
                "protects one user and burdens another.",
            )


def linked_blank(context: Context) -> Findings:
    """A blank that is linked to another has at least that number, and what it adds to it."""
    for document in context.corpus.of_kind("provision"):
        for name, parameter in _declared(document).items():
            linked = getattr(parameter, "linked", None)
            if linked is None:
                continue
            own = f"{document.id}.{name}"
            target, other_name, other = _linked(context.corpus, linked.to)
            if target is None or target.record is None:
                continue  # `unknown-reference` says so
            wrong = (
                _misfit(parameter, other, linked.plus)
                if linked.to != own
                else "is linked to itself"
            )
            if not wrong and (circle := _circle(context.corpus, own)):
                wrong = f"is linked in a circle, which ends where it began: {', '.join(circle)}"
            if wrong:
                yield refusal(
                    document,
                    f"{{{name}}} {wrong.format(to=linked.to)}",
                    at("parameters", name, "linked"),
                    found=linked.to,
                    help=_blanks_of(other_name, target, other),
                )


def _linked(corpus: Corpus, to: str) -> tuple[Document | None, str, Any]:
    """Return the text of a blank, its name there, and what is declared of it, as far as there."""
    id, _, name = to.rpartition(".")
    text = corpus.find(("provision",), id)
    return text, name, _declared(text).get(name) if text is not None and text.record else None


def _circle(corpus: Corpus, own: str) -> list[str]:
    """Return the blanks of the circle that a blank is in; none where its links end elsewhere."""
    way = [own]
    while linked := getattr(_linked(corpus, way[-1])[2], "linked", None):
        if linked.to == own:
            return [*way, own]
        if linked.to in way:
            return []  # another blank's circle
        way.append(linked.to)
    return []


def _misfit(parameter: Any, other: Any, plus: int) -> str:
    """Return in what a blank does not fit the one that it is linked to; `{to}` stands for that."""
    if other is None:
        return "is linked to {to}, and there is no such blank"
    if other.type != parameter.type:
        return f"counts {parameter.type}, and {{to}} counts {other.type}"
    more = f" and {plus} more" if plus else ""
    if parameter.default < other.default + plus:
        return f"is {parameter.default}, and {{to}} is {other.default}{more}"
    if parameter.maximum is not None:
        if other.maximum is None:
            return f"is at most {parameter.maximum}, and {{to}} has no maximum"
        if parameter.maximum < other.maximum + plus:
            return f"is at most {parameter.maximum}, and {{to}} is at most {other.maximum}{more}"
    return ""


def _blanks_of(name: str, target: Document, other: Any) -> str:
    if other is not None:
        return "Both limit one event. Change one of the two numbers, or take the link out."
    near = nearest(name, list(_declared(target)))
    if near:
        return f"Did you mean `{target.id}.{near}`?"
    return f"Its blanks: {', '.join(_declared(target)) or 'none'}."


def parameter_unit(document: Document, context: Context) -> Findings:
    """A blank for a time or a share is followed by its unit in words: {notice_days} days."""
    if not document.blanks or document.kind not in TEXT_KINDS:
        return
    charter = context.corpus.charter
    words = blank_words(charter.languages.authoritative) if charter else None
    if words is None:
        return
    declared = _declared(document)
    for said, run in document.blanks:
        unit = _unit(words, getattr(declared.get(run.target), "type", ""))
        following = said.text[run.end : run.end + 100]
        if unit and not unit.match(following):
            found = " ".join(said.text[run.start : run.end + 12].split())
            kind = declared[run.target].type.replace("-", " ")
            yield refusal(
                document,
                f"the unit does not follow {{{run.target}}}",
                at(*said.keys, span=(run.start, run.end)),
                expected=f"{{{run.target}}} {kind}",
                found=found,
                help=f"Write `{kind}` after it, or correct the type of the parameter.",
            )


def _unit(words: BlankWords, type_: str) -> re.Pattern[str] | None:
    """Return how the unit of a type follows a blank, or None where it has none.

    Between a number and its unit may stand another one, as in `{low} to {high} days`.
    """
    unit = words.units.get(type_)
    return _pattern(unit, words.joined, words.before_unit) if unit else None


@cache
def _pattern(unit: Words, joined: Words, before: Words) -> re.Pattern[str]:
    other = rf"(?:(?:{'|'.join(joined)}) \{{[a-z0-9_]+\}}[\s-]*)?"
    return re.compile(rf"[\s-]*{other}(?:(?:{'|'.join(before)}) )?(?:{'|'.join(unit)})(?!\w)")
