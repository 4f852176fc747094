"""How govkit starts: what it imports, which programs it runs, how often it reads a file.

Counters, never seconds: they say the same on every machine.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.command import started
from tests.house.test_imports import imports
from tests.shared import made_once

HEAVY = {"cryptography", "git", "mistune", "pydantic", "rapidfuzz", "ruamel", "weasyprint", "yaml"}

REPORTED = """
import json, sys
sys.argv = ["govkit", *json.loads(sys.argv[1])]
from collections import Counter
counted = Counter()
def hook(event, arguments):
    if event == "subprocess.Popen":
        counted["process"] += 1
    if event == "open" and str(arguments[0]).endswith(".yaml"):
        counted[str(arguments[0])] += 1
        counted["write"] += bool(arguments[2] & 3) if isinstance(arguments[2], int) else 0
sys.addaudithook(hook)
from govkit.cli.main import main
try:
    main()
except SystemExit as ended:
    code = ended.code
said = {"code": code, "counted": counted, "modules": sorted(sys.modules)}
print(json.dumps(said), file=sys.stderr)
"""


def report(folder: Path, *arguments: str) -> dict[str, object]:
    """Run govkit in a fresh process and return what it did."""
    done = subprocess.run(
        [sys.executable, "-c", REPORTED, json.dumps(arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stderr.splitlines()[-1])


def heavy(said: dict[str, object]) -> set[str]:
    modules = said["modules"]
    assert isinstance(modules, list)
    return HEAVY & {name.split(".")[0] for name in modules}


@pytest.fixture(scope="session")
def _begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        words = [sys.executable, "-m", "govkit", "init", str(folder / "texts"), "--yes"]
        started(words, check=True, capture_output=True)

    return made_once(tmp_path_factory, "begun", make) / "texts"


@pytest.fixture
def texts(_begun: Path, tmp_path: Path) -> Path:
    """A governed folder of eleven records, made by govkit itself, in a repository."""
    return Path(shutil.copytree(_begun, tmp_path / "texts", symlinks=True))


@pytest.fixture(scope="module")
def checked(
    _begun: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, object]]:
    """A folder that was checked once, and what that did. Not to be changed."""
    folder = tmp_path_factory.mktemp("checked") / "texts"
    shutil.copytree(_begun, folder, symlinks=True)
    return folder, report(folder, "check")


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_version_and_help_import_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    said = report(tmp_path, *arguments)
    assert said["code"] == 0
    assert heavy(said) == set()
    assert said["counted"] == {}


def test_version_does_not_read_the_installed_metadata(tmp_path: Path) -> None:
    modules = report(tmp_path, "--version")["modules"]
    assert isinstance(modules, list)
    assert "importlib.metadata" not in modules


def test_check_reads_each_record_once_and_starts_git_once(
    checked: tuple[Path, dict[str, object]],
) -> None:
    texts, said = checked
    assert said["code"] == 0
    counted = Counter(said["counted"])  # type: ignore[arg-type]
    assert counted.pop("process") == 1
    assert counted.pop("write", 0) == 0
    records = {str(path) for path in texts.rglob("*.yaml") if ".git" not in path.parts[-3:]}
    read = {path: count for path, count in counted.items() if path in records}
    assert set(read) == {path for path in records if "/.github/" not in path}
    assert set(read.values()) == {1}


def test_a_clean_check_imports_no_printing_library(checked: tuple[Path, dict[str, object]]) -> None:
    assert heavy(checked[1]) == {"pydantic", "yaml"}


def test_a_check_imports_only_what_the_records_ask_for(
    checked: tuple[Path, dict[str, object]],
) -> None:
    """Without a proposal nothing is reckoned, without `--since` nothing compared."""
    modules = checked[1]["modules"]
    assert isinstance(modules, list)
    own = {name for name in modules if name.startswith("govkit.")}
    rest = ("consent.decide", "consent.recount", "corpus.redline", "release", "round.docket")
    assert not {name for name in own if name.removeprefix("govkit.").startswith(rest)}
    assert len(own) <= MOST_MODULES
    waiting = {
        load
        for name in own
        if name.startswith(("govkit.checks", "govkit.workspace", "govkit.source"))
        for each in imports()[name]
        if each.waits
        for load in each.loads
    }
    assert waiting & own == CALLED_LATE, "what every check loads stands at the top"


MOST_MODULES = 192
"""Of govkit's own, for a check. Each costs a start some 0.3 milliseconds: more is a choice."""

CALLED_LATE = {"govkit.checks.run"}
"""Loaded by every check, and not by who only opens a folder."""

COMPILED_EARLY = """
import sys
from re import _compiler
compiled = _compiler.compile
def told(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_code.co_filename.endswith(("re/__init__.py", "patterns.py")):
        frame = frame.f_back
    if frame.f_code.co_name == "<module>":
        print(frame.f_globals["__name__"], pattern, file=sys.stderr)
    return compiled(pattern, flags)
_compiler.compile = told
sys.argv = ["govkit", "check"]
from govkit.cli.main import main
main()
"""


def test_a_check_compiles_no_pattern_before_a_text_asks_for_it(texts: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMPILED_EARLY], cwd=texts, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if line.startswith("govkit.")] == []


def test_the_number_of_processes_does_not_grow_with_the_texts(texts: Path) -> None:
    term = (texts / "registers/terms/user.yaml").read_text()
    for number in range(40):
        (texts / f"registers/terms/extra-{number}.yaml").write_text(
            term.replace("term: user", f"term: extra {number}")
        )
    assert Counter(report(texts, "check")["counted"])["process"] == 1  # type: ignore[arg-type]


def test_since_starts_a_fixed_number_of_processes(texts: Path) -> None:
    git = ["git", "-c", "user.name=Example", "-c", "user.email=example@example.org"]
    subprocess.run([*git, "add", "-A"], cwd=texts, check=True, capture_output=True)
    subprocess.run([*git, "commit", "-qm", "Begin"], cwd=texts, check=True, capture_output=True)
    few = Counter(report(texts, "check", "--since", "HEAD")["counted"])["process"]  # type: ignore[arg-type]
    for number in range(40):
        (texts / f"registers/terms/extra-{number}.yaml").write_text("term: extra\n")
    many = Counter(report(texts, "check", "--since", "HEAD")["counted"])["process"]  # type: ignore[arg-type]
    assert few == many
    assert few <= 7


READ_ONE = """
import pathlib, sys
from govkit.source.reading import read_record
from govkit.records.models import model_of
path = "registers/terms/user.yaml"
record, faults = read_record(path, "term", pathlib.Path(path).read_bytes())
assert record is not None, faults
kinds = ("term", "source", "event", "provision", "charter")
print(*(kind for kind in kinds if model_of(kind).__pydantic_complete__))
"""


def test_a_validator_is_built_only_for_the_kinds_that_are_read(texts: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_ONE], cwd=texts, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["term"]


BUILT_EARLY = """
import importlib, pkgutil, govkit.records
from govkit.records.base import Part
for module in pkgutil.iter_modules(govkit.records.__path__):
    importlib.import_module(f"govkit.records.{module.name}")
def below(part):
    for each in part.__subclasses__():
        yield each
        yield from below(each)
print(*(each.__name__ for each in below(Part) if each.__pydantic_complete__))
"""


def test_no_validator_is_built_where_a_default_is_given() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUILT_EARLY], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
