"""Plain data to a record of its kind; what does not fit comes back as findings in plain words.

pydantic's own words never reach a person. One mistake gives one finding: a misspelt key is not
both "missing" and "unknown".
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import Any

from pydantic import ValidationError

from govkit.findings import Finding, Keys, Route
from govkit.records.base import Record
from govkit.records.models import model_of
from govkit.records.scalars import ANY_SCALAR
from govkit.records.slips import NOTHING
from govkit.source.nearest import nearest, question_before

_PLAIN = {
    "missing": ("missing-key", "the key `{key}` is missing here", "Add it. {example}"),
    "extra_forbidden": ("unknown-key", "unknown key `{key}`", ""),
    "literal_error": ("unknown-word", "`{found}` is not one of the words that fit here", ""),
    "model_type": ("wrong-type", "a group of keys is expected here", "Write `key: value` lines."),
    "model_attributes_type": (
        "wrong-type",
        "a group of keys is expected here",
        "Write `key: value` lines.",
    ),
    "dict_type": ("wrong-type", "a group of keys is expected here", "Write `key: value` lines."),
    "tuple_type": (
        "wrong-type",
        "a list is expected here",
        "Write [] for none, or `- ` before each item.",
    ),
    "too_short": ("wrong-value", "at least one item is expected here", "Add an item."),
    "union_tag_invalid": ("unknown-word", "`{found}` is not one of the words that fit here", ""),
    "union_tag_not_found": (
        "missing-key",
        "the key `type` is missing here",
        "Add `type: days`, or another unit.",
    ),
    "none_required": ("wrong-type", "nothing is expected here", "Delete the value."),
}

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

    if data is None:
        return None, (_empty(path),)
    try:
        return model_of(kind).model_validate(data), ()
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=True)
        return None, tuple(_Explained(kind, data, path).findings(problems))


def _empty(path: str) -> Finding:
    return Finding(
        "missing-key",
        "the file holds no record",
        path,
        stops="merge",
        help="Fill it in, or delete the file. `govkit new` writes a file to begin with.",
    )


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
        cut_off = {keys for problem in problems for keys in self.cut_off(problem)}
        for problem in problems:
            keys = self.keys_of(problem)
            if keys in cut_off:
                continue
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
        found += [self.missing_keys(parent, names) for parent, names in missing.items() if names]
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
            rule,
            message.format(found=found) if "{found}" in message else message,
            self.path,
            Route(keys, problem.get("ctx", {}).get("span"), at_key),
            stops="merge",
            expected=expected,
            found=found,
            help=help,
        )

    def plain(self, problem: Any) -> tuple[str, str, str, str]:
        """Return rule, message, what was expected, and what to do."""
        kind, context = problem["type"], problem.get("ctx", {})
        given = problem["input"]
        if kind in _WRITING:
            message, help = _WRITING[kind]
            return kind, message, "", context.get("help") or help
        if context.get("expected") == "a text" and isinstance(given, dict | list):
            return kind, context["message"], context["expected"], _no_text(given)
        if kind not in _PLAIN:
            message = context.get("message") or problem["msg"]
            expected, likely = context.get("expected", ""), context.get("likely", "")
            help = context.get("help") or "Write the text, or delete the key."
            help = f"Write {expected}." if expected else help
            if likely:
                help = f"Did you mean `{self.in_its_list(likely, problem)}`? {help}"
            return kind if "message" in context else "wrong-value", message, expected, help
        rule, message, help = _PLAIN[kind]
        if kind == "dict_type" and problem["loc"][-1] == "applies_to":
            return rule, message, "", _APPLIES
        if kind == "tuple_type":
            return rule, message, "", self.as_items(problem)
        if kind in ("model_type", "model_attributes_type"):
            return rule, message, "", self.as_group(problem)
        words = _words(context)
        if words:
            word = _short(given.get("type") if isinstance(given, dict) else given)
            near = _OTHER_WORDS.get(word.lower(), "")
            near = near if near in words else nearest(word, words)
            help = question_before(f"One of: {', '.join(words)}.", near)
            message = "a word is missing here" if given is None else message
            return rule, message, "one of " + ", ".join(words), help
        return rule, message, "", help

    def as_group(self, problem: Any) -> str:
        """Return how to write a group of keys in place of one value."""
        keys = self.keys_of(problem)
        fields, given = self.fields(keys), problem["input"]
        first = _FIRST_KEYS.get(str(keys[-1]) if keys else "", "")
        fit = f" Keys that fit here: {', '.join(fields)}." if fields else ""
        if first and first.split()[-1] in fields and isinstance(given, str):
            return f"Write `{{{first}: {_short(given)}}}`.{fit}"
        return f"Write `key: value` lines.{fit}"

    def cut_off(self, problem: Any) -> list[Keys]:
        """Return the keys without a value that a comma between { } made of further words."""
        if problem["type"] != "tuple_type" or not isinstance(problem["input"], str):
            return []
        *above, key = self.keys_of(problem)
        group = value_of(self.data, tuple(above))
        behind = list(group)[list(group).index(key) + 1 :] if isinstance(group, dict) else []
        return [(*above, each) for each in takewhile(lambda each: group[each] is None, behind)]

    def in_its_list(self, likely: str, problem: Any) -> str:
        """Return a likely value; several of them without brackets where the list has its own."""
        *_, key = (None, *self.keys_of(problem))
        return likely.strip("[]") if isinstance(key, int) else likely

    def as_items(self, problem: Any) -> str:
        """Return how to write a list in place of one value."""
        given, groups = problem["input"], _groups_at(self.kind, self.data, self.keys_of(problem))
        words = given.strip("()[] ") if isinstance(given, str) else ""
        if further := self.cut_off(problem):
            return f"Write `[{', '.join((words, *(str(keys[-1]) for keys in further)))}]`."
        if not groups or not re.fullmatch(r"[\w.-]+", words) or words.lower() in NOTHING:
            return _as_list(given)
        first, *others = groups
        rest = "".join(f", {key}: …" for key in others)
        return f"Write on the line below the key, for each: `- {{{first}: {words}{rest}}}`."

    def unknown_key(self, keys: Keys, missing: list[str]) -> Finding:
        key = str(keys[-1])
        known = self.fields(keys[:-1])
        near = nearest(key, missing) or nearest(key, known)
        if near in missing:
            missing.remove(near)
        elif near == "withdrawn" and keys[0] == "clauses":
            missing.clear()  # A withdrawn clause needs none of the others.
        if value_of(self.data, keys) is None and not key.replace("_", "").isalpha():
            near, help = (
                "",
                (
                    "Is it part of the value before it? Between { } a comma begins a new key: put "
                    "the whole value in double quotes."
                ),
            )
        elif key in known:  # as `text` in a withdrawn clause
            near, help = "", "It does not go together with the other keys here; delete it."
        elif near:
            help = f"Did you mean `{near}`?"
        else:
            help = "Keys that fit here: " + ", ".join(known) + "."
        return Finding(
            "unknown-key",
            f"unknown key `{_short(key)}`",
            self.path,
            Route(keys, at_key=True),
            stops="merge",
            expected=near,
            found=_short(key),
            help=help,
        )

    def fields(self, keys: Keys) -> list[str]:
        """Return the keys that fit at a route; asked for anew for each key that does not."""
        if keys not in self.known:
            self.known[keys] = fields_at(self.kind, self.data, keys)
        return self.known[keys]

    def missing_keys(self, parent: Keys, names: list[str]) -> Finding:
        one, several = "the key {} is", "the keys {} are"
        quoted = [f"`{name}`" for name in names]
        listed = " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
        which, holds = ("key", "it holds") if len(names) == 1 else ("keys", "they hold")
        return Finding(
            "missing-key",
            f"{(one if len(names) == 1 else several).format(listed)} missing here",
            self.path,
            Route(parent, at_key=True),
            stops="merge",
            expected=", ".join(names),
            help=f"Add the {which} {listed}. `govkit schema {self.kind}` says what {holds}.",
        )


_FIRST_KEYS = {
    "author": "name",
    "target": "revision: …, unit",
    "source": "kind",
    "disposition": "action",
}
"""The keys of a group before one value in its place: the last is most likely for it."""

_OTHER_WORDS = {
    "shall": "must",
    "will": "must",
    "has to": "must",
    "have to": "must",
    "shall not": "must-not",
    "rejected": "not-accepted",
    "refused": "not-accepted",
    "noted": "not-accepted",
    "partly accepted": "accepted-in-part",
    "typo": "editorial",
    "technical": "substantive",
    "private": "without-name",
    "anonymous": "without-name",
    "may not": "must-not",
    "cannot": "must-not",
    "ought to": "should",
    "can": "may",
}
"""What people write for a word of a fixed list that does not look like it."""


_APPLIES = (
    "Write each axis and its values, as {users: [all]}; delete the key if the text is for all: "
    "an axis that is not named leaves nobody out."
)


def _groups_at(kind: str, data: Any, keys: Keys) -> list[str]:
    """Return the keys that each item of the list at a route needs; none where it is no group."""
    schema = schema_of(kind)
    nodes = [schema]
    for step in (*keys, 0):
        nodes = [deeper for node in nodes for deeper in step_into(schema, node, step)]
    found = (branch for node in nodes for branch in branches(schema, node))
    return next((branch["required"] for branch in found if branch.get("required")), [])


def _as_list(given: Any) -> str:
    """Return how to write a list in place of one value."""
    if isinstance(given, dict) and given:
        return (
            "Write `- ` before each item: before its first key, in place of two spaces, or its {."
        )
    if not isinstance(given, str):
        return "Write [] for none, or `- ` before each item."
    words = given.strip("()[] ")
    if words.lower() in NOTHING:
        return "Write [] for none."
    if re.fullmatch(r"\w[\w.-]*(?:, ?\w[\w.-]*)*", words):
        return f"Write `[{words}]`."
    if re.match(r"-\w", given):
        return f"Write `- {given.splitlines()[0][1:]}`, with a space after the hyphen."
    bullet = re.match(r"[^\w\s\[\"'(]", given)
    if bullet:
        return f"Write `- ` in place of `{bullet.group()}`."
    return "Write it on the line below the key, indented, with `- ` before it."


def _no_text(given: Any) -> str:
    """Return how to write a text that YAML takes for keys or for a list."""
    if isinstance(given, list):
        return "Put the text in double quotes. Between [ ] stands a list."
    if len(given) == 1 and " " in next(iter(given)):
        return (
            "Put the whole text in double quotes: a colon and a space in it make a key of the "
            "words before them."
        )
    return "Write a text here. Between { }, or with a colon and a space, stand keys."


def value_of(data: Any, keys: Keys) -> Any:
    """Return what stands at a route of plain data."""
    for key in keys:
        data = data[key]
    return data


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


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of the records of a kind."""
    return model_of(kind).model_json_schema()


@cache
def keys_of_kind(kind: str) -> frozenset[str]:
    """Return every key that a record of this kind can hold, at any level."""
    schema = schema_of(kind)
    parts = (schema, *schema.get("$defs", {}).values())
    return frozenset(key for part in parts for key in part.get("properties", {}))


@cache
def keys_of_words(kind: str) -> frozenset[str]:
    """Return the keys of a record of this kind below which words can stand."""
    schema = schema_of(kind)
    return frozenset(
        key
        for part in (schema, *schema.get("$defs", {}).values())
        for key, node in part.get("properties", {}).items()
        if any(branch.get("type") == ANY_SCALAR for branch in branches(schema, node))
    )


def fields_at(kind: str, data: Any, keys: Keys) -> list[str]:
    """Return the keys that a record of this kind may hold at a route, in their order."""
    schema = schema_of(kind)
    nodes = [schema]
    for step in keys:
        nodes = [deeper for node in nodes for deeper in step_into(schema, node, step)]
    names: dict[str, None] = {}
    for node in nodes:
        for branch in branches(schema, node):
            names.update(dict.fromkeys(branch.get("properties", {})))
    return list(names)


def branches(schema: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a node of a schema, and every form that it allows."""
    if "$ref" in node:
        return branches(schema, schema["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    parts = [*node.get("anyOf", []), *node.get("oneOf", []), *node.get("allOf", [])]
    return [node, *(branch for part in parts for branch in branches(schema, part))]


def step_into(
    schema: dict[str, Any], node: dict[str, Any], step: str | int
) -> list[dict[str, Any]]:
    """Return the nodes to which a key or a position leads from a node of a schema."""
    found = []
    for branch in branches(schema, node):
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
