"""Plain data to a record of its kind; what does not fit comes back as findings in plain words.

pydantic's own words never reach a person. One mistake gives one finding: a misspelt key is not
both "missing" and "unknown".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from govkit.findings import Finding, Route
from govkit.records.base import Record
from govkit.records.models import model_of

Keys = tuple[str | int, ...]

_PLAIN = {
    "missing": ("missing-key", "the key `{key}` is missing here", "Add it. {example}"),
    "extra_forbidden": ("unknown-key", "unknown key `{key}`", ""),
    "literal_error": ("unknown-word", "`{found}` is not one of the words that fit here", ""),
    "model_type": ("wrong-type", "a group of keys is expected here", "Write `key: value` lines."),
    "model_attributes_type": (
        "wrong-type", "a group of keys is expected here", "Write `key: value` lines."),
    "dict_type": ("wrong-type", "a group of keys is expected here", "Write `key: value` lines."),
    "tuple_type": (
        "wrong-type", "a list is expected here", "Write [] for none, or `- ` before each item."),
    "too_short": ("wrong-value", "at least one item is expected here", "Add an item."),
    "union_tag_invalid": ("unknown-word", "`{found}` is not one of the words that fit here", ""),
    "union_tag_not_found": (
        "missing-key", "the key `type` is missing here", "Add `type: days`, or another unit."),
    "none_required": ("wrong-type", "nothing is expected here", "Delete the value."),
}  # fmt: skip

_UNIONS = (("clauses", int), ("parameters", str))
"""The routes to values of more than one form: pydantic puts the form's tag after them."""

_WRITING = {
    "comment-after-text": (
        "a # after a space begins a comment, so the text ends before it",
        "Put the text in double quotes if the # belongs to it; else give the comment its own line.",
    ),
    "folded-list": (
        "YAML joins these lines, so paragraphs and list items run together",
        "Write | after the key and the text below it, as it is to be read.",
    ),
}


def validate(kind: str, data: Any, path: str) -> tuple[Record | None, tuple[Finding, ...]]:
    """Return the record, or None and what is wrong with the data."""
    from pydantic import ValidationError

    if data is None:
        return None, (_empty(path),)
    try:
        return model_of(kind).model_validate(data), ()
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=True)
        return None, tuple(_Explained(kind, data, path).findings(problems))


def _empty(path: str) -> Finding:
    return Finding(
        "missing-key", "the file holds no record", path, stops="merge",
        help="Fill it in, or delete the file. `govkit new` writes a file to begin with.",
    )  # fmt: skip


class _Explained:
    """Turns the errors of one file into findings."""

    def __init__(self, kind: str, data: Any, path: str) -> None:
        self.kind = kind
        self.data = data
        self.path = path
        self.known: dict[Keys, list[str]] = {}

    def findings(self, problems: list[Any]) -> list[Finding]:
        missing: dict[Keys, list[str]] = {}
        unknown: list[Keys] = []
        found = []
        for problem in problems:
            keys = self.keys_of(problem)
            if problem["type"] == "missing":
                missing.setdefault(keys[:-1], []).append(str(keys[-1]))
            elif problem["type"] == "extra_forbidden":
                unknown.append(keys)
            elif problem["type"] == "union_tag_not_found" and (
                meant := nearest("type", list(problem["input"]))
            ):
                unknown.append((*keys, meant))
                missing.setdefault(keys, []).append("type")
            elif problem["type"] != "too_short" or not problem["input"]:
                # Where items are there, too short means only that none of them could be read.
                found.append(self.finding(problem, keys))
        for keys in unknown:
            found.append(self.unknown_key(keys, missing.get(keys[:-1], [])))
        for parent, names in missing.items():
            found.extend(self.missing_key(parent, name) for name in names)
        return found

    def keys_of(self, problem: Any) -> Keys:
        """Drop from pydantic's `loc` what is no key of the data: tags of unions, `[key]`.

        The data may well have a key like a tag: a withdrawn clause has the key `withdrawn`.
        """
        node = self.data
        keys: list[str | int] = []
        loc = problem["loc"]
        for at, step in enumerate(loc):
            if at == 2 and (keys[0], type(keys[1])) in _UNIONS:
                continue
            last = at == len(loc) - 1
            if (isinstance(node, dict) and step in node) or (
                isinstance(node, list | tuple) and isinstance(step, int) and step < len(node)
            ):
                node = node[step]
            elif not (last and problem["type"] == "missing"):
                continue
            keys.append(step)
        return tuple(keys)

    def finding(self, problem: Any, keys: Keys) -> Finding:
        rule, message, expected, help = self.plain(problem)
        found = _short(problem["input"])
        if problem["type"] == "union_tag_invalid":
            found = _short(problem["input"].get("type"))
            keys = (*keys, "type")
        at_key = problem["loc"][-1:] == ("[key]",)
        return Finding(
            rule, message.format(found=found) if "{found}" in message else message, self.path,
            Route(keys, at_key=at_key), stops="merge", expected=expected, found=found, help=help,
        )  # fmt: skip

    def plain(self, problem: Any) -> tuple[str, str, str, str]:
        """Return rule, message, what was expected, and what to do."""
        kind, context = problem["type"], problem.get("ctx", {})
        if kind in _WRITING:
            message, help = _WRITING[kind]
            return kind, message, "", help
        if kind not in _PLAIN:
            message = context.get("message") or problem["msg"]
            expected = context.get("expected", "")
            help = f"Write {expected}." if expected else "Write the text, or delete the key."
            return kind if "message" in context else "wrong-value", message, expected, help
        rule, message, help = _PLAIN[kind]
        words = _words(context)
        if words:
            given = problem["input"]
            near = nearest(_short(given.get("type") if isinstance(given, dict) else given), words)
            help = (f"Did you mean `{near}`? " if near else "") + f"One of: {', '.join(words)}."
            return rule, message, "one of " + ", ".join(words), help
        return rule, message, "", help

    def unknown_key(self, keys: Keys, missing: list[str]) -> Finding:
        key = str(keys[-1])
        known = self.fields(keys[:-1])
        near = nearest(key, missing) or nearest(key, known)
        if near in missing:
            missing.remove(near)
        elif near == "withdrawn" and keys[0] == "clauses":
            missing.clear()  # A withdrawn clause needs none of the others.
        if key in known:  # as `text` in a withdrawn clause
            near, help = "", "It does not go together with the other keys here; delete it."
        elif near:
            help = f"Did you mean `{near}`?"
        else:
            help = "Keys that fit here: " + ", ".join(known) + "."
        return Finding(
            "unknown-key", f"unknown key `{_short(key)}`", self.path, Route(keys, at_key=True),
            stops="merge", expected=near, found=_short(key), help=help,
        )  # fmt: skip

    def fields(self, keys: Keys) -> list[str]:
        """Return the keys that fit at a route; asked for anew for each key that does not."""
        if keys not in self.known:
            self.known[keys] = fields_at(self.kind, self.data, keys)
        return self.known[keys]

    def missing_key(self, parent: Keys, name: str) -> Finding:
        return Finding(
            "missing-key", f"the key `{name}` is missing here", self.path,
            Route(parent, at_key=True), stops="merge", expected=name,
            help=f"Add the key `{name}`. `govkit schema {self.kind}` says what it holds.",
        )  # fmt: skip


def _words(context: dict[str, Any]) -> list[str]:
    given = context.get("expected_tags") or context.get("expected") or ""
    return [word.strip(" '") for word in given.replace(" or ", ", ").split(",") if word.strip()]


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "..."


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """Return the word of `known` that was most likely meant, or an empty text."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    best = process.extractOne(
        word, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.6
    )
    return str(best[0]) if best else ""


def choice(word: str, known: Sequence[str]) -> str:
    """Return a sentence or two with the word that was most likely meant, and all that there are."""
    there = f"One of: {', '.join(known)}." if known else "There is none yet."
    by_case = {each.casefold(): each for each in known}
    near = by_case.get(nearest(word.casefold(), list(by_case)))
    return f"Did you mean `{near}`? {there}" if near else there


@cache
def _schema(kind: str) -> dict[str, Any]:
    return model_of(kind).model_json_schema()


def fields_at(kind: str, data: Any, keys: Keys) -> list[str]:
    """Return the keys that a record of this kind may hold at a route, in their order."""
    schema = _schema(kind)
    nodes = [schema]
    for step in keys:
        nodes = [deeper for node in nodes for deeper in _step(schema, node, step)]
    names: dict[str, None] = {}
    for node in nodes:
        for branch in _branches(schema, node):
            names.update(dict.fromkeys(branch.get("properties", {})))
    return list(names)


def _branches(schema: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in node:
        return _branches(schema, schema["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    parts = [*node.get("anyOf", []), *node.get("oneOf", []), *node.get("allOf", [])]
    return [node, *(branch for part in parts for branch in _branches(schema, part))]


def _step(schema: dict[str, Any], node: dict[str, Any], step: str | int) -> list[dict[str, Any]]:
    found = []
    for branch in _branches(schema, node):
        if isinstance(step, int):
            found += [branch["items"]] if isinstance(branch.get("items"), dict) else []
        elif step in branch.get("properties", {}):
            found.append(branch["properties"][step])
        else:
            more = [
                branch.get("additionalProperties"),
                *branch.get("patternProperties", {}).values(),
            ]
            found += [part for part in more if isinstance(part, dict)]
    return found
