"""`govkit init` as people call it: all or nothing, clean from the first minute, no file harmed."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from govkit import __version__
from govkit.cli.main import _run
from govkit.records.forms import FORMS
from govkit.records.kinds import KINDS, PAPERS, PROCESS_KINDS, kind_of_path
from tests.terminals import open_terminal

ROOT = Path(__file__).resolve().parents[2]
WELL = "All is well: 23 records checked, nothing found.\n"
Output = pytest.CaptureFixture[str]


def files(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def all_is_well(root: Path, capsys: Output) -> bool:
    capsys.readouterr()
    code = _run(["-C", str(root), "check"])
    return (code, capsys.readouterr().out) == (0, WELL)


def test_a_new_folder_checks_clean_and_is_tidy(tmp_path: Path, capsys: Output) -> None:
    root = tmp_path / "a new/folder with spaces"
    assert _run(["-C", str(tmp_path), "init", "a new/folder with spaces"]) == 0
    assert all_is_well(root, capsys)
    assert _run(["-C", str(root), "fmt", "--check"]) == 0
    assert (root / ".git").is_dir()
    assert [path.name for path in (tmp_path / "a new").iterdir()] == ["folder with spaces"]
    head = subprocess.run(["git", "rev-parse", "--verify", "-q", "HEAD"], cwd=root, check=False)
    assert head.returncode == 1, "a commit was made"


def test_it_leaves_an_example_of_each_record_and_the_files_around_them(tmp_path: Path) -> None:
    assert _run(["-C", str(tmp_path), "init", "--yes"]) == 0
    made = files(tmp_path)
    records = [path for path in made if path.endswith(".yaml")]
    assert {kind_of_path(path) for path in records} == set(KINDS) - set(PROCESS_KINDS)
    assert sorted(set(made) - set(records)) == [
        ".gitattributes",
        ".github/CODEOWNERS",
        *(f".github/ISSUE_TEMPLATE/{name}.yml" for name in sorted(FORMS)),
        ".github/actions/check/action.yml",
        ".github/actions/form/action.yml",
        ".github/pull_request_template.md",
        ".github/workflows/check.yml",
        ".github/workflows/forms.yml",
        ".github/workflows/release.yml",
        ".github/workflows/review.yml",
        ".github/workflows/site.yml",
        ".gitignore",
        "CODE_OF_CONDUCT.md",
        "CONTRIBUTING.md",
        "README.md",
        "SECURITY.md",
        *sorted(f"schemas/{kind}.schema.json" for kind in (*KINDS, *PAPERS)),
    ]
    assert "* text=auto eol=lf\n" in (tmp_path / ".gitattributes").read_text()
    readme = (tmp_path / "README.md").read_text()
    for door in ("I only want to comment", "I edit in the browser", "I use a terminal"):
        assert door in readme


def test_what_a_code_host_reads_is_in_the_name_of_the_coalition(tmp_path: Path) -> None:
    name = "Our *Forum*"
    assert _run(["-C", str(tmp_path), "init", "--yes", "--prefix", "OUR", "--name", name]) == 0
    for page in ("CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"):
        text = (tmp_path / page).read_text()
        assert text.count("Our \\*Forum\\*") == 1, page
        assert "Example Coalition" not in text
    made = "".join(path.read_text() for path in (tmp_path / ".github").rglob("*.*"))
    assert "OUR-DUE-01" in made
    assert "EXA" not in made


def test_the_workflows_are_those_of_this_repository_with_the_released_package(
    tmp_path: Path,
) -> None:
    assert _run(["-C", str(tmp_path), "init", "--yes"]) == 0
    for path in ("actions/check/action.yml", "actions/form/action.yml", "workflows/review.yml"):
        assert (tmp_path / ".github" / path).read_bytes() == (ROOT / ".github" / path).read_bytes()
    for path in (f"workflows/{name}.yml" for name in ("check", "forms", "release", "site")):
        theirs = (tmp_path / ".github" / path).read_text()
        install = re.search(r"        run: \|\n(?: {10}.*\n)+?.*coalition-govkit==.*\n", theirs)
        assert install is not None
        assert f'"coalition-govkit=={__version__}"\n' in install[0]
        ours = (ROOT / ".github" / path).read_text()
        ours = ours.replace("        run: make setup\n", install[0]).replace(".venv/bin/", "")
        assert theirs == ours.replace("        with:\n          govkit: govkit\n", "")


def test_zizmor_finds_nothing_in_them(tmp_path: Path) -> None:
    assert _run(["-C", str(tmp_path), "init", "--yes"]) == 0
    zizmor = Path(sys.executable).with_name("zizmor")
    for folder in (tmp_path, ROOT):
        done = subprocess.run(
            [zizmor, "--offline", "--quiet", folder / ".github"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_below_the_top_of_a_repository_a_code_host_reads_nothing(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert _run(["-C", str(tmp_path), "init", "texts/ours"]) == 0
    assert not (tmp_path / "texts/ours/.github").exists()
    assert (tmp_path / "texts/ours/CONTRIBUTING.md").is_file()


def test_the_example_provision_can_be_edited_line_by_line(tmp_path: Path) -> None:
    assert _run(["-C", str(tmp_path), "init"]) == 0
    (path,) = tmp_path.glob("provisions/due-process/EXA-DUE-01-*.yaml")
    text = path.read_text()
    assert "\nstatus: draft\n" in text
    assert "\n    force: must\n" in text
    assert "\nstatus: draft\n" in (tmp_path / "governance/charter.yaml").read_text()


def test_a_slip_in_the_id_of_the_only_provision_is_told_there(
    tmp_path: Path, capsys: Output
) -> None:
    """And not at the prefix in the charter, which all kinds of texts share here."""
    assert _run(["-C", str(tmp_path), "init", "--yes", "--prefix", "OUR"]) == 0
    name = "provisions/due-process/OUR-DUE-01-statement-of-reasons.yaml"
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace("id: OUR-DUE-01", "id: OUR-DUE-1"), encoding="utf-8")
    capsys.readouterr()
    assert _run(["-C", str(tmp_path), "check"]) == 1
    told = capsys.readouterr().out
    assert told.count("error:") == 1
    assert f"--> {name}:3:5" in told
    assert "Did you mean `OUR-DUE-01`?" in told


def test_all_records_are_in_block_style(tmp_path: Path) -> None:
    assert _run(["-C", str(tmp_path), "init"]) == 0
    for path in tmp_path.glob("*/**/*.yaml"):
        for event in yaml.parse(path.read_text()):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                line = path.read_text().split("\n")[event.start_mark.line]
                assert not event.flow_style or line.endswith(("[]", "{}")), line


def test_what_was_made_and_what_comes_next_is_said(tmp_path: Path, capsys: Output) -> None:
    assert _run(["-C", str(tmp_path), "init", "texts"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Made {tmp_path}/texts: 23 records, all of them examples.\n")
    assert "\n  governance/       the charter, four policies, and one member\n" in out
    assert "A git repository was made too; nothing is committed yet.\n" in out
    assert "\n  govkit check " in out


def test_the_prefix_goes_into_every_id(tmp_path: Path, capsys: Output) -> None:
    assert _run(["-C", str(tmp_path), "init", "--prefix", "OUR", "--name", "Our EXA Forum"]) == 0
    assert all_is_well(tmp_path, capsys)
    text = "".join(path.read_text() for path in tmp_path.glob("*/**/*.yaml"))
    assert text.count("EXA") == 1
    assert "name: Our EXA Forum\n" in text
    assert not list(tmp_path.glob("**/*EXA*"))
    assert (tmp_path / "translations/fr/OUR-DUE-01.yaml").is_file()
    assert _run(["-C", str(tmp_path), "new", "provision", "--area", "DUE"]) == 0
    assert (tmp_path / "provisions/due-process/OUR-DUE-02.yaml").is_file()


@pytest.mark.parametrize(
    "name",
    [
        'A "quoted" name: with #1, [brackets] & {braces}',
        "It's 'ours'",
        "“Curved” it’s",
        "Coalición para la responsabilidad é",
        "ائتلاف المنصات",
        "- dash",
        "true",
        "2026",
        "null",
        "\\ back",
        "%percent @at `tick",
    ],
)
def test_a_name_may_hold_what_names_hold(tmp_path: Path, capsys: Output, name: str) -> None:
    assert _run(["-C", str(tmp_path), "init", "--name", name]) == 0
    assert all_is_well(tmp_path, capsys)
    assert _run(["-C", str(tmp_path), "fmt", "--check"]) == 0
    straight = name.translate(str.maketrans("“”’", '""\''))
    charter = yaml.load((tmp_path / "governance/charter.yaml").read_text(), yaml.BaseLoader)
    assert charter["name"] == straight


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--name", "", "it is empty"),
        ("--name", "  ", "it is empty"),
        ("--name", "a\nb", "one line"),
        ("--name", "a\x00b", "control character"),
        ("--name", "a\u202eb", "right-to-left override"),
        ("--name", "a\u200bb", "zero width"),
        ("--name", "a\udcffb", "no UTF-8"),
        ("--name", "x" * 100, "100 characters"),
        ("--name", "x" * 100_000, "100,000 characters"),
        ("--name", "Pl\u0430tform", "mixes letters"),
        ("--name", "me@example.org", "mail address"),
        ("--prefix", "", "no prefix"),
        ("--prefix", "exa", "no prefix"),
        ("--prefix", "E-X", "no prefix"),
        ("--prefix", "É", "no prefix"),
        ("--prefix", "../X", "no prefix"),
        ("--prefix", "X" * 13, "no prefix"),
    ],
)
def test_a_hostile_name_is_wrong_use_with_the_reason_and_nothing_is_written(
    tmp_path: Path, capsys: Output, option: str, value: str, reason: str
) -> None:
    assert _run(["-C", str(tmp_path), "init", "texts", option, value]) == 2
    assert reason in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_it_works_in_an_empty_repository(tmp_path: Path, capsys: Output) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    config = (tmp_path / ".git/config").read_bytes()
    assert _run(["-C", str(tmp_path), "init"]) == 0
    assert "A git repository was made" not in capsys.readouterr().out
    assert all_is_well(tmp_path, capsys)
    assert (tmp_path / ".git/config").read_bytes() == config


def test_files_that_are_there_are_kept(tmp_path: Path, capsys: Output) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "src").mkdir()
    (tmp_path / "src/README.md").write_text("mine\n")
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/mine.json").write_text("{}\n")
    (tmp_path / "registers").mkdir()
    for name in ("README.md", ".gitattributes", "notes.txt"):
        (tmp_path / name).write_text("mine\n")
    before = files(tmp_path)
    assert _run(["-C", str(tmp_path), "init"]) == 0
    out = capsys.readouterr().out
    assert "README.md was there and is kept.\n" in out
    assert "Add this line to it" in out
    assert before.items() <= files(tmp_path).items()
    assert all_is_well(tmp_path, capsys)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("provisions/other.txt", "provisions"),
        ("registers", "registers"),
        ("schemas/term.schema.json", "schemas/term.schema.json"),
        ("schemas", "schemas"),
    ],
)
def test_a_clash_of_names_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: Output, path: str, shown: str
) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("mine\n")
    before = files(tmp_path)
    assert _run(["-C", str(tmp_path), "init"]) == 2
    assert f"something stands in the way in {tmp_path}: {shown}" in capsys.readouterr().err
    assert files(tmp_path) == before
    assert not (tmp_path / ".git").exists()


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/schemas").symlink_to(tmp_path / "outside")
    assert _run(["-C", str(tmp_path), "init", "texts"]) == 2
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_governed_folder_is_left_as_it_is(tmp_path: Path, capsys: Output) -> None:
    assert _run(["-C", str(tmp_path), "init"]) == 0
    before = files(tmp_path)
    assert _run(["-C", str(tmp_path), "init"]) == 2
    assert "is a governed folder already" in capsys.readouterr().err
    assert _run(["-C", str(tmp_path), "init", "registers/more"]) == 2
    assert f"is inside {tmp_path}" in capsys.readouterr().err
    assert files(tmp_path) == before


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "texts").write_text("mine\n")
    assert _run(["-C", str(tmp_path), "init", "texts"]) == 2


def test_it_works_below_a_folder_that_git_ignores(tmp_path: Path, capsys: Output) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("/build/\n")
    (tmp_path / "build").mkdir()
    for folder in ("build/one", "build/two/three"):
        assert _run(["-C", str(tmp_path), "init", folder]) == 0
        assert all_is_well(tmp_path / folder, capsys)


def test_a_failure_on_the_way_leaves_nothing(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("mine\n")
    before = files(tmp_path)
    moves = []

    def full_disk(self: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) == 10:
            raise OSError(28, "No space left on device")
        return self.replace(target)

    monkeypatch.setattr(Path, "rename", full_disk)
    assert _run(["-C", str(tmp_path), "init"]) == 3
    assert "no room is left on the disk" in capsys.readouterr().err
    assert files(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written_to_is_the_worlds_fault(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert _run(["-C", str(tmp_path), "init", "closed/texts"]) == 3


def test_on_a_terminal_it_asks_for_name_prefix_and_level_of_evidence(tmp_path: Path) -> None:
    ours, theirs = open_terminal()
    child = subprocess.Popen(
        [sys.executable, "-m", "govkit", "init", "texts"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        close_fds=True,
    )
    os.close(theirs)
    os.write(ours, b"Our Forum\nOUR\nE3\n")
    said = b""
    while b"govkit new provision" not in said:
        said += os.read(ours, 4096)
    assert child.wait(timeout=60) == 0
    os.close(ours)
    assert b"The coalition's name [Example Coalition]:" in said
    assert "name: Our Forum\n" in (tmp_path / "texts/governance/charter.yaml").read_text()
    assert (tmp_path / "texts/translations/fr/OUR-DUE-01.yaml").is_file()
    assert b"How sure a consent has to be (E1, E2, E3) [E1]:" in said
    assert "  consent: E3\n" in (tmp_path / "texts/governance/policies/substance.yaml").read_text()


def test_a_small_coalition_can_adopt_by_minutes_that_two_have_seen(tmp_path: Path) -> None:
    assert _run(["-C", str(tmp_path), "init", "texts", "--yes"]) == 0
    policies = sorted((tmp_path / "texts/governance/policies").iterdir())
    assert policies
    assert all("  consent: E1\n" in path.read_text() for path in policies)
