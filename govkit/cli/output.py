"""The options that say how an answer is printed, and where it goes. They mean one thing everywhere.

`-o` takes a file or a folder, by what it is: a folder that is there, or a name with a slash at its
end, takes the file under its usual name; anything else is the file itself. What a file's name ends
as is what is in it: where no --format is given the ending says it, and one that says something else
is refused. `-` is the standard output.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Sequence
from functools import wraps
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

import click

from govkit.errors import WrongUse

Decorated = Callable[..., Any]

STANDARD_OUTPUT = "-"

_ENDINGS = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".json": "json",
    ".txt": "text",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".svg": "svg",
}
"""What the ending of a file's name says of what is in it."""
_CALLED = {
    "md": "Markdown",
    "html": "a page of HTML",
    "pdf": "a PDF",
    "json": "JSON",
    "text": "plain text",
    "csv": "a table in CSV",
    "xlsx": "a spreadsheet",
    "docx": "a Word file",
    "svg": "a picture",
}
_IN_PLAIN_TEXT = ("md", "csv")
"""Formats that a file may hold whose name ends as plain text."""
_BINARY = ("pdf", "xlsx", "docx")


def with_all(*options: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    """Give a command several options, in the order in which its help names them."""

    def decorate(command: Decorated) -> Decorated:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def format_option(*formats: str, default: str = "text") -> Callable[[Decorated], Decorated]:
    """Give a command --format, one of some formats."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=default,
        show_default=True,
        help="How the answer is printed.",
    )


def output_option(name: str) -> Callable[[Decorated], Decorated]:
    """Give a command -o, for one file; it comes as the text that was typed, or None."""
    return click.option(
        "-o",
        "--output",
        name,
        metavar="PATH",
        help="The file to write, or the folder to put it in. Default: the answer is shown.",
    )


def outbox_option(name: str) -> Callable[[Decorated], Decorated]:
    """Give a command -o, for drafts of mails; it comes as the text that was typed, or None."""
    return click.option(
        "-o",
        "--output",
        name,
        metavar="PATH",
        help="The folder to put mails in. Default: outbox in the private folder.",
    )


def files_option(name: str) -> Callable[[Decorated], Decorated]:
    """Give a command -o, for files that go into a folder; it comes as text, `dist` by default."""
    return click.option(
        "-o",
        "--output",
        name,
        default="dist",
        show_default=True,
        metavar="PATH",
        help="The folder to put the files in, or of a single one the file to write.",
    )


def file_at(typed: str | None, name: str) -> Path | None:
    """Return the file that `-o` names, or None for the standard output.

    `name` is what it is called in a folder, and its ending says what is in it. Raises `WrongUse`
    where the ending of the file says something else.
    """
    if typed is None:
        return None
    if typed == STANDARD_OUTPUT:
        _require_text([name])
        return None
    if _is_folder(typed):
        return Path(typed) / name
    _require_ending(typed, name)
    return Path(typed)


def files_at(typed: str, names: Sequence[str]) -> list[Path]:
    """Return where each of some files goes. Raises `WrongUse` where several would be one file, and
    where the ending of the file says that something else is in it.

    A name that ends as files do is a file, whether it is there or not.
    """
    names_a_file = _format_in(typed) is not None
    if _is_folder(typed) or not (names_a_file or Path(typed).exists()):
        return [Path(typed) / name for name in names]
    if len(names) > 1:
        raise WrongUse(
            f"{typed} is one file, and there are {len(names)} to write",
            "Name a folder with -o, or ask for one format of one text.",
        )
    _require_ending(typed, names[0])
    return [Path(typed)]


def write_files(output: str, printed: Sequence[tuple[str, bytes]]) -> None:
    """Write files, given by the names that they have in a folder, and say where they are."""
    if output == STANDARD_OUTPUT:
        _require_text([name for name, _ in printed])
        sys.stdout.buffer.write(printed[0][1])
        sys.stdout.buffer.flush()
        return
    paths = files_at(output, [name for name, _ in printed])
    for path in paths:  # all or none
        require_output_place(path)
    for path, (_, data) in zip(paths, printed, strict=True):
        write_output_file(path, data)
        click.echo(str(path))


def write_answer(output: str | None, stem: str, format_: str, data: bytes) -> None:
    """Write an answer that is one file: where -o says, or to standard output."""
    ending = "txt" if format_ == "text" else format_
    write_files(output or STANDARD_OUTPUT, [(f"{stem}.{ending}", data)])


def write_output_file(path: Path, data: bytes) -> None:
    """Write a file that -o names. Raises `WrongUse` where something else would be lost by it."""
    from govkit.store.output_files import write_output

    write_output(path, data, _inputs())


def require_output_place(path: Path) -> None:
    """Raise `WrongUse` where a file can't be written without loss, before anything is done."""
    from govkit.store import output_files

    output_files.require_output_place(path, _inputs())


def with_safe_output(command: click.Command) -> None:
    """Have a command with -o look at the place first of all."""
    run = command.callback
    option = next((each for each in command.params if "--output" in each.opts), None)
    if option is None or run is None:
        return

    @wraps(run)
    def looked_first(*args: Any, **more: Any) -> Any:
        typed = click.get_current_context().params.get(option.name or "")
        if typed is not None and str(typed) != STANDARD_OUTPUT:
            _require_place(str(typed))
        return run(*args, **more)

    command.callback = looked_first


def _require_place(typed: str) -> None:
    from govkit.store.output_files import require_output_folder

    if _is_folder(typed):
        require_output_folder(Path(typed))
    else:
        require_output_place(Path(typed))


def _inputs() -> list[Path]:
    """Return what may be a file among all that was given to the running command but -o."""
    context = click.get_current_context()
    outputs = {each.name for each in context.command.params if "--output" in each.opts}
    found = []
    for name, given in context.params.items():
        for each in given if isinstance(given, tuple) else (given,):
            if name not in outputs and isinstance(each, str | Path) and str(each):
                found += [Path(each), context.obj.directory / each]
    return found


def formats_meant(
    given: Sequence[str], known: Collection[str], typed: str | None, option: str = "formats"
) -> Sequence[str]:
    """Return the formats that are meant: where --format is not given, the one that -o ends as."""
    source = click.get_current_context().get_parameter_source(option)
    ending = None if typed is None or _is_folder(typed) else _format_in(typed)
    is_asked_for = source is not click.core.ParameterSource.DEFAULT
    if is_asked_for or ending is None or ending not in known:
        return given
    return [ending]


def format_meant(given: str, known: Collection[str], typed: str | None) -> str:
    """Do the same for a command that prints one format."""
    return formats_meant([given], known, typed, "format_")[0]


def folder_named(ctx: click.Context, param: click.Parameter, typed: str | None) -> Path | None:
    """Return the folder that `-o` names where files of several kinds go. Raises `WrongUse`."""
    if typed is None:
        return None
    if not _is_folder(typed) and (
        Path(typed).exists() or typed == STANDARD_OUTPUT or _format_in(typed)
    ):
        what = "is a file" if Path(typed).exists() else "is no name of a folder"
        raise WrongUse(f"{typed} {what}", "Name with -o the folder to put the files in.")
    return Path(typed)


def _format_in(typed: str) -> str | None:
    return _ENDINGS.get(Path(typed).suffix.lower())


def _require_ending(typed: str, name: str) -> None:
    said, asked = _format_in(typed), _format_in(name)
    if said is None or asked is None or said == asked:
        return
    if said == "text" and asked in _IN_PLAIN_TEXT:
        return
    raise WrongUse(
        f"{typed} ends as {_CALLED[said]}, and {_CALLED[asked]} is to be written",
        f"Write -o {Path(typed).with_suffix(Path(name).suffix)}, or choose with --format.",
    )


def _require_text(names: Sequence[str]) -> None:
    """Raise `WrongUse` where the standard output can't take these files."""
    if len(names) > 1 or _format_in(names[0]) in _BINARY:
        what = f"{len(names)} files" if len(names) > 1 else _CALLED[_format_in(names[0]) or ""]
        raise WrongUse(
            f"-o - is the standard output, and takes one text; this is {what}",
            "Ask for one text format with --format, or name a file or folder with -o.",
        )


def _is_folder(typed: str) -> bool:
    return typed.endswith(("/", os.sep)) or Path(typed).is_dir()


def formerly(**names: str) -> dict[str, Any]:
    """Return the settings of a command whose options had other names: `formerly(on="last-day")`.

    Who has an old line in a script may go on using it; help and completion know the new name alone.
    """
    old = {name.strip("_"): new for name, new in names.items()}
    return {"token_normalize_func": lambda name: old.get(name, name)}


def json_text(value: Any) -> str:
    """Return JSON text that any terminal and any reader takes: UTF-8, indented, stable order."""
    text = _indented(value)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") + "\n"


def _indented(value: Any, line: str = "\n") -> str:
    """Return the JSON of a value as `json.dumps` indents it, in less time.

    `line` is the end of a line and what the next one is indented by.
    """
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return str(value)
    inner = f"{line}  "
    if value and kind in (list, tuple):
        return f"[{inner}{f',{inner}'.join([_indented(each, inner) for each in value])}{line}]"
    if value and kind is dict and all(type(key) is str for key in value):
        rows = [
            f"{encode_basestring(key)}: {_indented(each, inner)}" for key, each in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(rows)}{line}}}"
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", line)


def say_json(answer: Any) -> None:
    """Print an answer for programs."""
    click.echo(json_text(answer), nl=False)
