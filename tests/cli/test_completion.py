"""What the shell offers while somebody types a line, whatever the folder is like."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from govkit.cli.completing import CompletionWord
from govkit.cli.main import govkit

from .command_tree import commands
from .conftest import CHARTER, D1

PROPOSALS = "governance/proposals/2026-001"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small coalition with a call, a proposal and a release, as names of files alone."""
    folder = tmp_path_factory.mktemp("completion") / "texts"
    shutil.copytree(Path(__file__).resolve().parents[1] / "rules/_base", folder)
    for path in (
        f"{PROPOSALS}/proposal.yaml",
        "governance/calls/2026-007.yaml",
        "governance/policies/substance.yaml",
        *(f"{PROPOSALS}/comments/{number:04d}.yaml" for number in (1, 2, 12)),
        "releases/provisions/1.1.0/manifest.yaml",
        "releases/provisions/1.1.0/published.yaml",
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x: y\n")
    return folder


def offered(folder: Path, *words: str, shell: type = BashComplete) -> list[str]:
    """Return what is offered for the last of the words, typed after `govkit -C FOLDER`."""
    complete = shell(govkit, {}, "govkit", "_GOVKIT_COMPLETE")
    found = complete.get_completions(["-C", str(folder), *words[:-1]], words[-1])
    return [item.value for item in found]


OFFERS = [
    (("show", "exa-due"), ["EXA-DUE-01", "EXA-DUE-02"]),
    (("history", "EXA-DUE-01("), ["EXA-DUE-01(a)", "EXA-DUE-01(b)"]),
    (("explain", "unknown-r"), ["unknown-reference"]),
    (("explain", "policy:"), ["policy:substance"]),
    (("render", "prov"), ["provisions"]),
    (("release", "plan", "prov"), ["provisions"]),
    (("list", "prov"), ["provision"]),
    (("list", "--area", ""), ["DUE", "PRV"]),
    (("new", "provision", "--area", "D"), ["DUE"]),
    (("list", "--status", "d"), ["deprecated", "draft"]),
    (("list", "--right", "pri"), ["privacy"]),
    (("list", "--for", "users="), ["users=adult", "users=child"]),
    (("list", "--for", "users=adult,c"), ["users=adult,child"]),
    (("render", "--for", "users=child s"), ["users=child sizes="]),
    (("status", "2"), ["2026-001"]),
    (("propose", "revise", "2"), ["2026-001"]),
    (("consent", "example-s"), ["example-society"]),
    (("consent", "example-society", "2"), ["2026-001"]),
    (("consent", "example-society", "2026-001", "ob"), ["object"]),
    (("member", "end", "example-s"), ["example-society"]),
    (("decide", "2026-001", "--by", "example-s"), ["example-society"]),
    (("comment", "add", "--group", "c"), ["civil-society"]),
    (("calendar", "2"), ["2026-001", "2026-007"]),
    (("calendar", "--policy", "s"), ["substance"]),
    (("release", "sign", ""), ["provisions/1.1.0"]),
    (("release", "verify", "p"), ["provisions/v1.1.0"]),
    (("new", "translation", "--language", ""), ["en", "fr"]),
    (("call", "close", "--call", ""), ["2026-007"]),
    (("help", "release", "ver"), ["verify"]),
    (("comment", "dispose", "1"), ["1", "12"]),
    (("comment", "publish", "--proposal", "2026-001", "2"), ["2"]),
    (("new", "d"), []),
    (("new", "g"), []),
    (("new", "p"), ["paper", "policy", "principle", "provision"]),
    (("new", "c"), ["call", "change"]),
]


@pytest.mark.parametrize(("words", "expected"), OFFERS, ids=lambda words: " ".join(words))
def test_the_shell_offers(texts: Path, words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(texts, *words) == expected


def test_what_no_folder_decides_is_offered_anywhere(tmp_path: Path) -> None:
    assert offered(tmp_path, "explain", "unknown-r") == ["unknown-reference"]
    assert "provision" in offered(tmp_path, "new", "")
    assert offered(tmp_path, "show", "") == []


@pytest.mark.parametrize("words", [["-C"], ["check", "-C"], ["comment", "table", "-C"]])
def test_folders_are_offered_for_the_folder(words: list[str]) -> None:
    complete = BashComplete(govkit, {}, "govkit", "_GOVKIT_COMPLETE")
    assert [item.type for item in complete.get_completions(words, "te")] == ["dir"]


@pytest.mark.parametrize("shell", [BashComplete, ZshComplete, FishComplete])
def test_each_shell_is_offered_the_same(texts: Path, shell: type) -> None:
    assert offered(texts, "list", "--area", "", shell=shell) == ["DUE", "PRV"]


def test_the_folder_may_be_named_after_the_command(texts: Path) -> None:
    complete = BashComplete(govkit, {}, "govkit", "_GOVKIT_COMPLETE")
    found = complete.get_completions(["list", "-C", str(texts), "--area"], "")
    assert [item.value for item in found] == ["DUE", "PRV"]


@pytest.mark.parametrize(
    "charter",
    [b"", b"[" * 3000, b"\xff", b"areas: [DUE]\n", b"areas: {DUE: 1}\nareas: {}\n", None],
    ids=["empty", "deep", "no text", "another shape", "twice", "missing"],
)
def test_a_broken_folder_offers_nothing_and_says_nothing(
    tmp_path: Path, charter: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    if charter is not None:
        (tmp_path / "governance").mkdir()
        (tmp_path / CHARTER).write_bytes(charter)
    (tmp_path / "provisions").mkdir()
    (tmp_path / "provisions/EXA-DUE-01.yaml").write_bytes(b"clauses: [{id: [}\n")
    for words in (("list", "--right", ""), ("list", "--for", "users="), ("show", "EXA-DUE-01(")):
        assert offered(tmp_path, *words) == []
    assert capfd.readouterr() == ("", "")


def test_what_help_names_as_a_member_is_offered_everywhere() -> None:
    """A word of a usage line that stands for something of the folder has its offers."""
    plain = [
        f"{at.command_path} {param.make_metavar(at)}"
        for at in commands()
        for param in at.command.params
        if isinstance(param.type, click.types.StringParamType)
        and any(
            word in (param.metavar or param.name or "").upper()
            for word in (
                "MEMBER",
                "PROPOSAL",
                "GROUP",
                "POLICY",
                "AREA",
                "RIGHT",
                "PROFILE",
                "RELEASE",
                "CALL",
                "LANGUAGE",
                "STATUS",
                "BOOK",
                "RULE",
                "KIND",
            )
        )
    ]
    assert plain == []


def test_a_word_that_is_offered_is_taken_as_it_is_typed() -> None:
    assert CompletionWord("MEMBER", (), "").convert("a b", None, None) == "a b"


@pytest.mark.parametrize("line", ["govkit show EXA", "govkit list --right p", "govkit explain un"])
def test_an_offer_loads_no_library_that_it_does_not_need(texts: Path, line: str) -> None:
    words = line.split()
    script = (
        "import atexit, sys; atexit.register(lambda: print(sorted({'pydantic', 'git', 'mistune', "
        "'rapidfuzz', 'ruamel'} & set(sys.modules)), file=sys.stderr))\n"
        "from govkit.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=texts,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {
            "_GOVKIT_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
    )
    assert done.stdout.startswith("plain,")
    assert done.stderr == "[]\n"


def test_clauses_are_those_of_the_file(texts: Path) -> None:
    assert "- id: b" in (texts / D1).read_text()
