"""Who may know whom: the contracts hold, and they bite where they should."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ROOMS = (
    "cli",
    "rendering",
    "checks",
    "consent",
    "consultation",
    "corpus",
    "source",
    "store",
    "records",
)


READY = """
import os, sys
from importlinter.cli import lint_imports_command
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.chdir(line.rstrip())
        os.dup2(os.open("said", os.O_WRONLY | os.O_CREAT), 1)
        sys.argv = ["lint-imports", "--no-cache"]
        code = 9
        try:
            lint_imports_command()
        except SystemExit as ended:
            code = ended.code or 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Runs `lint-imports` in each folder that it is told: most of such a run is what it imports."""

Lint = Callable[[Path], tuple[int, str]]


@pytest.fixture(scope="module")
def lint_imports() -> Iterator[Lint]:
    """Run the command on a package that is found in this folder before any other."""
    words = [sys.executable, "-c", READY]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/"
    ) as ready:
        given, answered = ready.stdin, ready.stdout
        assert given is not None
        assert answered is not None

        def lint(folder: Path) -> tuple[int, str]:
            given.write(f"{folder}\n")
            given.flush()
            return int(answered.readline()), (folder / "said").read_text(encoding="utf-8")

        yield lint
        given.close()


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """The same rooms, all empty, under the same contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = tmp_path / "govkit"
    for room in ROOMS:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    for module in (
        "__init__",
        "findings",
        "errors",
        "patterns",
        "cache",
        "languages",
        "lsp",
        "procedures",
        "workspace",
        "rendering/pdf",
        "rendering/html",
    ):
        (package / f"{module}.py").touch()
    return tmp_path


def test_an_empty_house_keeps_the_contracts(lint_imports: Lint, small_house: Path) -> None:
    code, said = lint_imports(small_house)
    assert code == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("cli/__init__", "import click, subprocess"),
        ("cli/check", "import click, shutil"),
        ("store/repository", "import git, tempfile"),
        ("workspace", "import govkit.store"),
        ("cli/__init__", "import govkit.store"),
        ("source/__init__", "import yaml"),
        ("source/writing", "import ruamel.yaml"),
        ("source/xlsx_grid", "import openpyxl"),
        ("rendering/html", "import mistune"),
        ("rendering/pdf", "import weasyprint"),
        ("checks/__init__", "import govkit.corpus, govkit.findings"),
        ("lsp", "import pygls, govkit.store, govkit.workspace"),
    ],
)
def test_an_import_in_its_place_is_kept(
    lint_imports: Lint, small_house: Path, room: str, line: str
) -> None:
    (small_house / "govkit" / f"{room}.py").write_text(line + "\n")
    code, said = lint_imports(small_house)
    assert code == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("findings", "import govkit.errors"),
        ("errors", "import govkit.findings"),
        ("records/__init__", "import govkit.source"),
        ("languages", "import govkit.source"),
        ("source/__init__", "import govkit.store"),
        ("store/__init__", "import govkit.source"),
        ("checks/__init__", "import govkit.rendering"),
        ("corpus/__init__", "import govkit.store"),
        ("rendering/__init__", "import govkit.store"),
        ("corpus/__init__", "import subprocess"),
        ("workspace", "import subprocess"),
        ("checks/terms", "def late():\n    import socket"),
        ("rendering/html", "import tempfile"),
        ("source/__init__", "import click"),
        ("records/texts", "import yaml"),
        ("store/cache", "import ruamel.yaml"),
        ("checks/__init__", "import mistune"),
        ("rendering/html", "import weasyprint"),
        ("cli/__init__", "import weasyprint"),
        ("corpus/__init__", "import govkit.consultation"),
        ("consultation/__init__", "import govkit.checks"),
        ("consultation/__init__", "import openpyxl"),
        ("lsp", "import govkit.cli"),
        ("cli/__init__", "import pygls"),
        ("parlour", ""),
    ],
)
def test_an_import_out_of_place_is_refused(
    lint_imports: Lint, small_house: Path, room: str, line: str
) -> None:
    (small_house / "govkit" / f"{room}.py").write_text(line + "\n")
    code, said = lint_imports(small_house)
    assert code == 1, said
    assert "BROKEN" in said


# --- the ban on clocks and on printing ----------------------------------------------------------


def ruff(path: str, source: str) -> str:
    command = [str(BIN / "ruff"), "check", "--no-cache", "--output-format=concise"]
    command += ["--select", "TID251,T20", "--stdin-filename", path, "-"]
    done = subprocess.run(
        command, cwd=ROOT, input=source, capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.now()\n",
        "from datetime import datetime, UTC\ndatetime.now(UTC)\n",
        "from datetime import datetime\ndatetime.utcnow()\n",
        "import datetime\ndatetime.datetime.today()\n",
        "import datetime as dt\ndt.date.today()\n",
        "import time\ntime.time()\n",
        "from time import time_ns\ntime_ns()\n",
        "import time\ntime.localtime()\n",
        "import time\ntime.gmtime()\n",
    ],
)
def test_the_clock_is_read_at_the_door_only(source: str) -> None:
    assert "TID251" in ruff("govkit/corpus/digest.py", source)
    assert "TID251" in ruff("govkit/store/cache.py", source)
    assert "TID251" not in ruff("govkit/cli/check.py", source)


def test_only_the_command_line_prints() -> None:
    assert "T201" in ruff("govkit/checks/terms.py", "print(1)\n")
    assert "T201" not in ruff("govkit/cli/check.py", "print(1)\n")
