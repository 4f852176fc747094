"""Write constraints.txt and constraints-publish.txt: the newest versions that are allowed.

pyproject.toml says which. `make pins` runs it, by hand and now and then; look at the difference and
run the tests before you keep it. The file holds the users' and the developers' sets together; what
builds and hands in the package, which few machines need, is in constraints-publish.txt. They hold
names and versions only: where the packages come from is each machine's affair.
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
        pinned: set[str] = set()
        for extra, file in (("dev", "constraints.txt"), ("publish", "constraints-publish.txt")):
            install = [python, "-m", "pip", "install", "-qq", "--retries", "5", "-e", f".[{extra}]"]
            subprocess.run(install, check=True, cwd=ROOT)
            lines = [line for line in frozen(python) if line not in pinned]
            Path(ROOT, file).write_text("\n".join(lines) + "\n", encoding="utf-8")
            print(f"{file} has {len(lines)} pins")
            pinned |= set(lines)


main()
