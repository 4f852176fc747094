"""One meaning for each name of an option, over all commands, and one shape of its value."""

from collections import defaultdict
from pathlib import Path

import click
import pytest

from govkit.cli import keys
from govkit.cli.main import govkit as program
from govkit.cli.session import DayType

from .conftest import Run
from .test_help import EVERY, parsed

MEANINGS = {
    "--account": ("an account on a host", 2),
    "--again": ("do anew what was done already", 6),
    "--anew": ("answer what has an answer", 2),
    "--all": ("leave nothing out", 4),
    "--area": ("an area of the charter", 3),
    "--branch": ("the branch on which releases are made", 2),
    "--by": ("who acts", 5),
    "--call": ("a call for inputs", 2),
    "--channel": ("the way by which it came", 3),
    "--coder": ("who answers the criteria of an evaluation", 2),
    "--country": ("a country by its two capitals", 2),
    "--date": ("the day of what is named", 3),
    "--dated": ("the day of a release", 2),
    "--draft": ("make a draft of it", 3),
    "--dry-run": ("write nothing, and say what would be written", 5),
    "--file": ("the file with the words", 2),
    "--for": ("whom it is for: users and platforms of a text, or one member", 4),
    "--format": ("how the answer is printed", 5),
    "--from": ("the file or folder from which words are taken in", 2),
    "--group": ("a stakeholder group", 3),
    "--head": ("a head of a log that was given out", 2),
    "--id": ("the id of what is made", 2),
    "--issue": ("a legal issue", 2),
    "--kind": ("what kind of record it is", 2),
    "--language": ("a language", 7),
    "--leave-out": ("the number of what is no comment", 2),
    "--level": ("a level of a book", 2),
    "--member": ("the member whose words or paper it is", 2),
    "--name": ("a name as it is printed", 4),
    "--no-cache": ("read or make all anew", 2),
    "--open": ("open it in the browser", 2),
    "--output": ("a file or a folder to write to", 9),
    "--policy": ("a policy", 2),
    "--release": ("a release by its version", 2),
    "--reason": ("why", 8),
    "--proposal": ("a proposal", 2),
    "--received": ("when it reached whoever files it", 2),
    "--revision": ("the number of a revision", 2),
    "--signature": ("the file that ssh-keygen wrote", 3),
    "--sign": ("sign it now", 2),
    "--service": ("the name of a service", 2),
    "--since": ("the earlier state to compare with, or the first day", 8),
    "--statement": ("the words that are signed", 2),
    "--text": ("the words that are filed", 2),
    "--terms": ("a platform's terms of service", 2),
    "--terms-type": ("which of the terms of a service", 2),
    "--title": ("a title", 3),
    "--unit": ("a text of a proposal", 6),
    "--waiting": ("what waits for somebody", 2),
    "--who": ("the members who do it", 4),
    "--year": ("a year", 2),
    "--yes": ("ask nothing", 8),
    "-o": ("a file or a folder to write to", 9),
}
"""What a name means that several sentences of help explain, and how many sentences they are.

Whoever writes another sentence asks first whether it means the same; else it gets another name.
"""

OF_TWO_SHAPES = {
    "--by",
    "--for",
    "--kind",
    "--statement",
    "--from",
    "--since",
    "--format",
    "--channel",
    "--output",
    "-o",
    "--unit",
}
"""Names whose value is of one kind of thing, and is written in more than one way."""


def options() -> list[tuple[str, click.Option]]:
    """Return each option of each command with each of its names."""
    return [
        (name, param)
        for at in EVERY.values()
        for param in at.command.params
        if isinstance(param, click.Option) and not param.hidden
        for name in param.opts
    ]


def test_a_name_has_one_meaning() -> None:
    found: dict[str, set[str | None]] = defaultdict(set)
    for name, option in options():
        found[name].add(option.help)
    several = {name: len(said) for name, said in found.items() if len(said) > 1}
    assert several == {name: count for name, (_, count) in MEANINGS.items()}


def test_a_name_has_one_shape_of_value() -> None:
    at = click.Context(program)
    found: dict[str, set[str]] = defaultdict(set)
    for name, option in options():
        found[name].add("" if option.is_flag else option.make_metavar(at))
    several = {name for name, shapes in found.items() if len(shapes) > 1}
    assert several - OF_TWO_SHAPES == set()


def test_no_two_names_mean_the_same() -> None:
    """The same sentence under two names would be one option too many; short names aside."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, option in options():
        if len(name) > 2:
            found[option.help or ""].add(name)
    assert [(said, names) for said, names in found.items() if len(names) > 1] == []


SIGNING = {
    "comment hold-back",
    "comment restore",
    "answer",
    "amend",
    "consent",
    "correct",
    "countersign",
    "evidence",
    "found",
    "member end",
    "member key add",
    "member key end",
    "propose act",
    "release publish",
    "release sign",
    "seal",
    "sign",
    "take-over",
    "witness",
}
OF_ITSELF = {"countersign", "release publish", "release sign", "seal", "sign", "witness"}
"""Those whose work is to sign. The others sign where the person says so with --sign."""


def test_every_command_that_signs_takes_the_key_in_one_way() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for words, at in EVERY.items():
        for param in at.command.params:
            found[words.removeprefix("govkit ")] |= {"--key", "--agent", "--sign"} & {*param.opts}
    takes = {words: names for words, names in found.items() if names}
    assert set(takes) == SIGNING
    for words, names in takes.items():
        own = {"--key", "--agent"} | (set() if words in OF_ITSELF else {"--sign"})
        assert names == own, words
    # Nowhere else is a key made of what somebody typed.
    cli = Path(keys.__file__).parent
    made = [each.name for each in cli.rglob("*.py") if "SigningKey(" in each.read_text()]
    assert made == ["keys.py"]


FORMER = [
    ("amend charter --reason why --for a", "who", ("a",)),
    ("call move draft --to 2026-11-04 --because late", "because", "late"),
    ("call open --title x --asks y --inputs-by 2026-10-10 --plan draft=2026-10-30", "inputs", None),
    ("comment add --source mail --prefix a --suffix b", "source", "mail"),
    ("consent a 2026-001 consent --from mail", "how", "mail"),
    ("consent a 2026-001 consent --level E1", "level", "E1"),
    ("list --text stands", "words", "stands"),
    ("member add a --since 2026-03-01", "since", None),
    ("member end a --asked --on 2026-03-01", "on", None),
    ("member key add a --from address --since 2026-03-01", "basis", "address"),
    ("member key end a k1 --until 2026-03-01", "until", None),
    ("propose notice 2026-001 --moved --to 2026-04-20", "moved", True),
    ("propose open --proposer a --from main", "base", "main"),
    ("release verify x --level text", "level", "text"),
]


@pytest.mark.parametrize(("line", "name", "value"), FORMER, ids=[line for line, *_ in FORMER])
def test_a_line_with_a_name_of_before_is_still_read(line: str, name: str, value: object) -> None:
    given = parsed(line.split())
    assert given[{"who": "people"}.get(name, name)] == value or (value is None and given[name])


def test_no_word_of_a_choice_is_renamed_with_an_option() -> None:
    choices = [
        (at.command, param, word)
        for at in EVERY.values()
        for param in at.command.params
        if isinstance(param.type, click.Choice)
        for word in param.type.choices
    ]
    assert choices
    for command, param, word in choices:
        ctx = click.Context(command, **command.context_settings)
        assert param.type.convert(word, param, ctx) == word
        assert word in param.make_metavar(ctx) or param.metavar


OUTPUTS = [
    (("diff", "HEAD"), "changes.txt"),
    (("diff", "HEAD", "--format", "md"), "changes.md"),
    (("release", "notes", "provisions", "--format", "json"), "notes-provisions-1.0.0-draft.1.json"),
    (("render", "provisions", "--format", "md"), "provisions.md"),
]


@pytest.mark.parametrize(("words", "name"), OUTPUTS, ids=lambda value: str(value))
def test_o_takes_a_file_or_a_folder_by_what_it_is(
    govkit: Run, repository: Path, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    suffix = Path(name).suffix
    for target, path in (
        (f"{there}", there / name),
        (f"{tmp_path}/new/", tmp_path / "new" / name),
        (f"{tmp_path}/one{suffix}", tmp_path / f"one{suffix}"),
        (f"{tmp_path}/one{suffix}", tmp_path / f"one{suffix}"),
    ):
        done = govkit(repository, *words, "-o", target)
        assert done.returncode == 0, done.stderr
        assert done.stdout.decode().strip() == str(path)
        assert path.is_file()
    assert sorted(each.name for each in there.iterdir()) == [name]


def test_o_of_several_files_is_a_folder(govkit: Run, repository: Path, tmp_path: Path) -> None:
    done = govkit(
        repository, "render", "provisions", "--format", "md,html", "-o", str(tmp_path / "a.md")
    )
    assert done.returncode == 2
    assert b"is one file, and there are 2 to write" in done.stderr
    done = govkit(repository, "render", "provisions", "--format", "md,html", "-o", str(tmp_path))
    assert sorted(path.name for path in tmp_path.glob("p*")) == ["provisions.html", "provisions.md"]
    assert done.returncode == 0


CONTRADICTED = [
    ("diff start --format md", "x.pdf"),
    ("diff start --format pdf", "x.txt"),
    ("render EXA-DUE-01 --format md", "x.pdf"),
    ("render EXA-DUE-01 --format html", "x.md"),
    ("render EXA-DUE-01", "x.xlsx"),
    ("release notes provisions --format html", "x.pdf"),
    ("comment table --format md", "x.html"),
    ("comment report --format md", "x.pdf"),
    ("diff start --format pdf", "-"),
    ("render all --format md,html", "-"),
    ("comment table --format xlsx", "-"),
]


def test_a_name_that_ends_as_another_format_is_refused(govkit: Run, founded: Path) -> None:
    for words, target in CONTRADICTED:
        done = govkit(founded, *words.split(), "-o", target, cwd=founded)
        assert (done.returncode, done.stdout) == (2, b""), (words, done.stderr)
        assert target in done.stderr.decode()
        assert not (founded / target).exists()


def test_where_no_format_is_asked_for_the_ending_names_it(
    govkit: Run, founded: Path, tmp_path: Path
) -> None:
    beginnings = {"md": b"---\n", "html": b"<!DOCTYPE html>", "json": b"{", "csv": b"No"}
    for words, endings in (
        ("diff start", "md html json txt"),
        ("render EXA-DUE-01", "md html json"),
        ("release notes provisions", "html json"),
        ("comment table", "html json csv txt"),
        ("comment report", "html"),
    ):
        for ending in endings.split():
            file = tmp_path / f"{words.split()[-1]}.{ending}"
            done = govkit(founded, "--color", "always", *words.split(), "-o", str(file))
            assert done.returncode == 0, done.stderr
            assert file.read_bytes().lstrip(b"\xef\xbb\xbf").startswith(beginnings.get(ending, b""))
            assert b"\x1b" not in file.read_bytes()


def test_a_minus_is_the_standard_output(govkit: Run, founded: Path) -> None:
    for words in (
        "diff start --format md",
        "render EXA-DUE-01 --format md",
        "comment table",
        "comment report --format html",
        "release notes provisions",
    ):
        done = govkit(founded, *words.split(), "-o", "-", cwd=founded)
        assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr
    assert not (founded / "-").exists()


@pytest.mark.parametrize("target", ["-", "taken.md", "new.pdf"])
def test_where_files_of_several_kinds_go_a_folder_is_named(
    govkit: Run, repository: Path, target: str
) -> None:
    (repository / "taken.md").write_text("mine")
    done = govkit(repository, "release", "build", "provisions/1.0.0", "-o", target, cwd=repository)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{target} is " in done.stderr.decode()
    assert "the folder to put the files in" in done.stderr.decode()


def test_every_command_that_files_with_a_day_can_be_told_that_it_is_meant() -> None:
    dated = {
        words: {name for param in at.command.params for name in param.opts}
        for words, at in EVERY.items()
        if any(isinstance(each.type, DayType) and each.type.use for each in at.command.params)
    }
    files = {words: names for words, names in dated.items() if "--by" in names}
    assert len(files) >= 10
    assert [words for words, names in files.items() if "--sure" not in names] == []
