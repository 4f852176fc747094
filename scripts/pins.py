"""Writes constraints.txt from a fresh environment: the newest versions that pyproject.toml allows.

`make pins` runs it, by hand and now and then; look at the difference and run the tests before you
keep it. The file holds the users' and the developers' sets together, and what builds the package,
and names and versions only: where the packages come from is each machine's affair.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def frozen(python: str) -> list[str]:
    """The `name==version` lines of an environment, govkit itself left out."""
    command = [python, "-m", "pip", "freeze", "--exclude", "coalition-govkit"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return sorted((line for line in output.splitlines() if "==" in line), key=str.lower)


def main() -> None:
    """Install everything once, without the old pins, and write down what came."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder, "bin", "python"))
        install = [python, "-m", "pip", "install", "-qq", "--retries", "5", "-e", ".[dev,publish]"]
        subprocess.run(install, check=True, cwd=ROOT)
        lines = frozen(python)
    Path(ROOT, "constraints.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"constraints.txt has {len(lines)} pins")


main()
