"""Who may know whom: the contracts hold, and they bite where they should."""

import shutil
import subprocess
import sys
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


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command on a package found in this folder before any other."""
    return subprocess.run(
        [str(BIN / "lint-imports"), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


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
        "languages",
        "lsp",
        "procedures",
        "workspace",
        "rendering/pdf",
        "rendering/html",
    ):
        (package / f"{module}.py").touch()
    return tmp_path


def test_an_empty_house_keeps_the_contracts(small_house: Path) -> None:
    done = lint_imports(small_house)
    assert done.returncode == 0, done.stdout


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
def test_an_import_in_its_place_is_kept(small_house: Path, room: str, line: str) -> None:
    (small_house / "govkit" / f"{room}.py").write_text(line + "\n")
    done = lint_imports(small_house)
    assert done.returncode == 0, done.stdout


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
def test_an_import_out_of_place_is_refused(small_house: Path, room: str, line: str) -> None:
    (small_house / "govkit" / f"{room}.py").write_text(line + "\n")
    done = lint_imports(small_house)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


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
