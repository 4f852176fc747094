"""Family 1, first half: a file that can't be read as its record.

What is wrong was seen while reading; each rule here names one such fault.
"""

from __future__ import annotations

import shlex
from dataclasses import replace

from govkit.checks.context import Context, id_of_name
from govkit.checks.remarks import Findings
from govkit.corpus.documents import Document
from govkit.findings import Finding
from govkit.patterns import lazy_regex
from govkit.records.kinds import GOVERNED_FOLDERS, KINDS, folder_meant, kind_of_path
from govkit.records.scalars import SLUG
from govkit.source.folder_contents import hidden_folder_of


def _seen(document: Document, slug: str) -> Findings:
    return (fault for fault in document.faults if fault.rule == slug)


def file_too_large(document: Document, _: Context) -> Findings:
    """A file has at most 1 MiB (1,048,576 bytes)."""
    return _seen(document, "file-too-large")


def not_utf8(document: Document, _: Context) -> Findings:
    """A file is text in UTF-8."""
    return _seen(document, "not-utf8")


def byte_order_mark(document: Document, _: Context) -> Findings:
    """A file does not begin with a byte order mark."""
    return _seen(document, "byte-order-mark")


def control_character(document: Document, _: Context) -> Findings:
    """A file holds no control characters, also not as an escape in double quotes."""
    return _seen(document, "control-character")


def hidden_character(document: Document, _: Context) -> Findings:
    """A file holds no character that readers can't see: zero-width, bidirectional, odd spaces."""
    return _seen(document, "hidden-character")


def conflict_mark(document: Document, _: Context) -> Findings:
    """No mark is left that git put in where two versions of a file met."""
    return _seen(document, "conflict-mark")


def key_in_text(document: Document, _: Context) -> Findings:
    """No line of a text below | or > looks like a key of its record."""
    return _seen(document, "key-in-text")


def not_nfc(document: Document, _: Context) -> Findings:
    """A letter with an accent is written as one character (Unicode form NFC)."""
    return _seen(document, "not-nfc")


def yaml_syntax(document: Document, _: Context) -> Findings:
    """A record is written in correct YAML."""
    return _seen(document, "yaml-syntax")


def yaml_feature(document: Document, _: Context) -> Findings:
    """A record uses only plain YAML: no tags, anchors, aliases, merges, or second documents."""
    return _seen(document, "yaml-feature")


def duplicate_key(document: Document, _: Context) -> Findings:
    """A key stands only once in the same place."""
    return _seen(document, "duplicate-key")


def too_deep(document: Document, _: Context) -> Findings:
    """A record is nested at most 32 levels deep."""
    return _seen(document, "too-deep")


def too_many_parts(document: Document, _: Context) -> Findings:
    """A record has at most 100,000 parts."""
    return _seen(document, "too-many-parts")


def not_a_file(document: Document, _: Context) -> Findings:
    """A governed folder holds only regular files: no links, pipes, sockets or devices."""
    return _seen(document, "not-a-file")


def yml_ending(document: Document, _: Context) -> Findings:
    """The name of a record ends in .yaml, with nothing after it."""
    return _seen(document, "yml-ending")


def misplaced_file(document: Document, context: Context) -> Findings:
    """A record stands in the folder of its kind."""
    for fault in _seen(document, "misplaced-file"):
        if fault.expected in KINDS:
            folder = context.folder_of(fault.expected, document.id)
            yield replace(fault, help=f"Move the file to {folder}/.")
        elif goal := _where_it_was(document, context):
            moved = f"`mv {shlex.quote(document.path)} {goal}/`"
            yield replace(fault, help=f"Was it moved? Put it back: {moved}.")
        elif document.path not in context.misnamed_below:
            yield fault


def _where_it_was(document: Document, context: Context) -> str:
    """Return the folder of a record that stands outside of all, if its id tells; else nothing."""
    top = document.path.rpartition("/")[0].partition("/")[0]
    if top in GOVERNED_FOLDERS or folder_meant(top):
        return ""
    id = id_of_name(document.path)
    kind = _kind_missed(id, context)
    return context.folder_of(kind, id) if kind in KINDS else ""


def _kind_missed(id: str, context: Context) -> str:
    """Return the kind that an id is of, by its form or by a reference to it that leads nowhere."""
    return next((form.kind for form in context.forms.values() if form.match(id)), "") or next(
        (named.kinds[0] for _, named, _ in context.corpus.broken_links if named.key == id), ""
    )


def unexpected_file(document: Document, context: Context) -> Findings:
    """A governed folder holds records and README.md files, and nothing else."""
    folder = hidden_folder_of(document.path)
    for fault in _seen(document, "unexpected-file"):
        if folder:
            if document is context.in_hidden_folders[folder][0]:
                yield _in_hidden_folder(fault, folder, context)
            continue
        id = next((id for id, path in context.no_records.items() if path == document.path), "")
        saved = context.saved_otherwise(id)
        otherwise = fault.help.replace("Move", "If not, move", 1)
        yield replace(fault, help=f"{saved} {otherwise}") if saved else fault


def _in_hidden_folder(fault: Finding, folder: str, context: Context) -> Finding:
    """Return the one finding about a hidden folder; an error where something in it is missed."""
    found = {id_of_name(each.path): each.path for each in context.in_hidden_folders[folder]}
    missed = context.hidden_away & found.keys()
    id = min(missed, default=min(found))
    shown = found[id].replace("/.", "/")
    kind = kind_of_path(shown) or _kind_missed(id, context)
    goal = context.folder_of(kind, id) if kind in KINDS else ""
    if kind == "translation":  # it stands in the folder of its language
        goal = shown.rpartition("/")[0]
    if goal == folder.replace("/.", "/") and not any(
        path.startswith(f"{goal}/") for path in context.corpus.by_path
    ):
        help = f"Take the dot out of its name: `mv {folder} {goal}`."
    else:
        help = "Move each record in it to the folder of its kind"
        help += f": `mv {found[id]} {goal}/`." if goal else "."
    return replace(fault, help=help, stops="merge" if missed else None)


def unknown_key(document: Document, _: Context) -> Findings:
    """A record has only the keys of its kind."""
    return _seen(document, "unknown-key")


def missing_key(document: Document, _: Context) -> Findings:
    """A record has all the keys that its kind needs."""
    return _seen(document, "missing-key")


def wrong_type(document: Document, context: Context) -> Findings:
    """A value is of the type of its field: a text, a number, a list, or a group of keys."""
    return (_as_several(fault, context) for fault in _seen(document, "wrong-type"))


def unknown_word(document: Document, _: Context) -> Findings:
    """A field with a fixed list of words holds one of them."""
    return _seen(document, "unknown-word")


def wrong_value(document: Document, context: Context) -> Findings:
    """A value has the form of its field, as a slug, a day or a web address."""
    for fault in _seen(document, "wrong-value"):
        yield _by_title(_as_several(fault, context), context)


def _by_title(fault: Finding, context: Context) -> Finding:
    """Return the fault with the id of the record whose title stands in place of an id."""
    if not fault.expected.startswith("an id") or " " not in fault.found:
        return fault
    title = fault.found.casefold()
    ids = [each.id for each in context.corpus.documents if each.title.casefold() == title]
    if len(ids) != 1:
        return fault
    return replace(fault, help=f"Did you mean `{ids[0]}`? Write the id in place of the title.")


def _as_several(fault: Finding, context: Context) -> Finding:
    """Return the fault with another way out where its words are several entries of a list.

    `adult child` are two words of the charter, and not `adult-child`. Whether it is so in the
    charter itself, only its author knows.
    """
    words, charter = fault.found.split(), context.corpus.charter
    if len(words) < 2 or not fault.route.keys or not all(map(_SLUG.fullmatch, words)):
        return fault
    listed = ", ".join(words)
    in_list = isinstance(fault.route.keys[-1], int)
    if charter is None:
        if not in_list:
            return fault
        help = f"If these are {len(words)} entries, write `{listed}`. {fault.help}"
        return replace(fault, help=help)
    known = {*charter.rights, *charter.parties, *charter.groups}.union(*charter.axes.values())
    if not known.issuperset(words):
        return fault
    return replace(fault, help=f"Write `{listed}`." if in_list else f"Write `[{listed}]`.")


_SLUG = lazy_regex(SLUG)


def empty_text(document: Document, _: Context) -> Findings:
    """A text is not empty."""
    return _seen(document, "empty-text")


def comment_after_text(document: Document, _: Context) -> Findings:
    """No comment follows a text without quotes on its line: `Note #1` would lose its number."""
    return _seen(document, "comment-after-text")


def number_notation(document: Document, _: Context) -> Findings:
    """A number is written in the digits that people read: `16`, and not `0x10` or `1_6`."""
    return _seen(document, "number-notation")


def folded_list(document: Document, _: Context) -> Findings:
    """A text of more than one block stands below |, where YAML keeps its lines."""
    return _seen(document, "folded-list")


def schema_line(document: Document, _: Context) -> Findings:
    """The first line of a record names its schema, so that editors check as one types."""
    return _seen(document, "schema-line")
