"""What a governed folder may hold: records in `.yaml`, a README, nothing that leads elsewhere."""

from __future__ import annotations

import shlex

from govkit.findings import Finding
from govkit.patterns import lazy_regex
from govkit.records.kinds import (
    GOVERNED_FOLDERS,
    KINDS,
    PLACES_IN_GOVERNANCE,
    RELEASES,
    folder_meant,
    kind_of_path,
    release_of_path,
)
from govkit.records.papers import ASSESSMENTS, paper_of_path
from govkit.source.nearest import nearest

_OTHER_THINGS = {
    "link": "a symbolic link",
    "pipe": "a pipe",
    "socket": "a socket",
    "device": "a device",
    "folder": "a folder that is named like a record",
}
_OF_GIT = (".gitattributes", ".gitignore", ".gitkeep")


def fault_of_entry(path: str, what: str) -> Finding | None:
    """Return what is wrong with something standing at `path`, from its name and nature alone.

    `what` is as in `store.worktree.Entry`. None means a file that can be
    read as a record, or one that is allowed and no record.
    """
    if what in _UNREAD:
        return _unread(path, what)
    if is_hidden(path) and not folder_meant(path.partition("/")[0]):
        return _hidden(path)
    if what == "folder":
        return Finding(
            "not-a-file",
            f"this is {_OTHER_THINGS[what]}, and nothing in it is read",
            path,
            stops="merge",
            help="Put the file itself here, or delete the folder.",
        )
    if what != "file":
        return Finding(
            "not-a-file",
            f"this is {_OTHER_THINGS[what]}, and was not opened",
            path,
            stops="merge",
            help="Put the file itself here, or delete it.",
        )
    if not path.endswith(".yaml"):
        if _allowed(path):
            return None
        return _unexpected(path) if as_record(path) == path else _other_ending(path)
    return None if kind_of_path(path) or paper_of_path(path) else _misplaced(path)


def is_record(path: str, what: str) -> bool:
    """Say whether what stands at `path` is to be read as a record."""
    readable = what == "file" and path.endswith(".yaml") and not is_hidden(path)
    return readable and kind_of_path(path) is not None


def is_hidden(path: str) -> bool:
    """Say whether a file, or a folder that it is in, has a name that begins with a dot."""
    return path.startswith(".") or "/." in path


def hidden_folder_of(path: str) -> str:
    """Return the outermost hidden folder that a file is in, or an empty text."""
    found = _IN_HIDDEN.match(path) if "/." in path else None
    return found["folder"] if found else ""


_IN_HIDDEN = lazy_regex(r"(?P<folder>(?:[^./][^/]*/)+\.[^/]+)/")
_UNREAD = {
    "hidden": "the folder {folder}/ is hidden, and nothing reads what is in it",
    "ignored": "git ignores this file, so nothing reads it",
}


def _unread(path: str, what: str) -> Finding | None:
    """Return what is said of a file that is named like a record, and where nothing reads it."""
    if what == "ignored" and kind_of_path(path) is None:
        return None
    return Finding(
        "unexpected-file",
        _UNREAD[what].format(folder=hidden_folder_of(path)),
        path,
        help=f"`git check-ignore -v {shlex.quote(path)}` names the line that says so: take it out, "
        "or write it so that it does not fit this name. If the file is to stay unread, move it to "
        "another folder, as docs/.",
    )


def _hidden(path: str) -> Finding | None:
    """Return what is said of a hidden file."""
    folder, _, name = path.rpartition("/")
    if name in _OF_GIT or is_hidden(folder):
        return None
    return Finding(
        "unexpected-file",
        "this file is hidden, and nothing reads it",
        path,
        help="Close the editor, if it belongs to one; then delete the file. If it holds words of "
        "yours, save them under a name without the dot.",
    )


_BESIDE_MANIFEST = lazy_regex(
    r"SHA256SUMS|RECORDS|FOREWORD\.md|signatures/[a-z0-9]+(?:-[a-z0-9]+)*\.sig"
)


def _allowed(path: str) -> bool:
    release = release_of_path(path)
    if release and _BESIDE_MANIFEST.fullmatch(path.removeprefix(f"{RELEASES}/{release}/")):
        return True
    if path.rsplit("/", 1)[-1] == "README.md":
        return True
    return path.startswith(("registers/papers/", f"{ASSESSMENTS}/"))


def _unexpected(path: str) -> Finding:
    return Finding(
        "unexpected-file",
        "this file is no record, and nothing reads it",
        path,
        help="Move it to docs/, or delete it. Only .yaml files and README.md belong here.",
    )


_RECORD_AND_MORE = lazy_regex(r"(?i)(?P<record>.*[^/])\.ya?ml(?:[^A-Za-z0-9/][^/]*)?")
"""A record's name with another ending, or more after it: `.yml`, `.YAML`, `.yaml.txt`, `.yaml~`."""
_ONLY_ONE = lazy_regex(
    r"(?P<record>.*/instrument|governance/(?:charter|genesis))(?:\.(?:txt|text|md))?"
)
"""A record whose name is fixed, so that no other file is called so, without its ending."""
_MISTYPED = lazy_regex(r"(?i)(?P<record>.*[^/])\.(?:yam|yalm|ymal|yamll|yaaml|aml)")


def as_record(path: str) -> str:
    """Return the path with the ending of a record, where it looks like a record's name.

    An editor adds an ending or capitals, or saves a copy; the same path where none of that is so.
    """
    forms = (_RECORD_AND_MORE, _MISTYPED, _ONLY_ONE)
    found = next((found for form in forms if (found := form.fullmatch(path))), None)
    return f"{found['record']}.yaml" if found else path


def _other_ending(path: str) -> Finding:
    name, meant = (each.rpartition("/")[2] for each in (path, as_record(path)))
    return Finding(
        "yml-ending",
        "a record ends in .yaml, so this file is not read",
        path,
        stops="merge",
        expected=meant,
        found=name,
        help=f"Rename the file to {meant}. If that is there already, keep the one that holds your "
        "words, and delete the other.",
    )


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _misplaced(path: str) -> Finding:
    folder = path.rsplit("/", 1)[0]
    if path.startswith(f"{ASSESSMENTS}/"):
        help = (
            "An evaluation stands in assessments/<service>/<day>/: set.yaml, evaluation.yaml, "
            "coding/<coder>.yaml, seals/<coder>.yaml, reconciled.yaml and feedback.yaml."
        )
    elif meant := folder_meant(path.partition("/")[0]):
        top, _, rest = path.partition("/")
        goal = f"{meant}/{rest}".rpartition("/")[0]
        help = f"Did you mean {meant}/? Move the file to {goal}/, and all that {top}/ holds so."
    elif path.partition("/")[0] not in GOVERNED_FOLDERS:
        help = (
            "It begins like a record. If it was moved here, move it back into the folder of its "
            "kind; if it is an example, take its first line out."
        )
    elif folder == "translations":
        help = "Move it into the folder of its language, as translations/fr/."
    elif path.startswith("governance/"):
        place = path.removeprefix("governance/")
        beside = [each for each in PLACES_IN_GOVERNANCE if _folder(each) == _folder(place)]
        near = beside[0] if len(beside) == 1 else nearest(place, PLACES_IN_GOVERNANCE)
        help = f"Did you mean a name like governance/{near}? " if near else ""
        help += "Below governance/ each kind of record has its fixed place and form of name."
    else:
        folders = sorted({kind.folder for kind in KINDS.values()} - {"governance"})
        near = nearest(folder, folders)
        help = f"Did you mean {near}/? " if near else ""
        help += f"Records stand in: {', '.join(folders)}."
    message = "no kind of record has its place here, so this file is not read"
    return Finding("misplaced-file", message, path, stops="merge", help=help)
