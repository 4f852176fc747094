"""What a newcomer finds on the first day, and what must not stand in a public repository."""

import re
import subprocess
import tomllib
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

import govkit

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def texts() -> dict[str, str]:
    """Every text in the repository, tracked or about to be; fixtures faulty on purpose left out."""
    found = {}
    for name in git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        path = ROOT / name
        if name and path.is_file() and not name.startswith(("tests/rules/", "tests/traps/")):
            data = path.read_bytes()
            if b"\0" not in data:
                found[name] = data.decode("utf-8")
    return found


# --- versions and pins --------------------------------------------------------------------------


def test_the_version_is_one_fact() -> None:
    assert version("coalition-govkit") == govkit.__version__
    assert f"## {govkit.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_command_is_govkit() -> None:
    [command] = entry_points(group="console_scripts", name="govkit")
    assert command.value == "govkit.cli.main:main"


def pins() -> list[str]:
    return (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_constraints_hold_names_and_versions_and_no_address() -> None:
    for line in pins():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.]*", line), line


def test_each_package_is_pinned_once() -> None:
    names = [plain(line.split("==")[0]) for line in pins()]
    assert len(names) == len(set(names))


def test_every_dependency_is_pinned() -> None:
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {plain(line.split("==")[0]) for line in pins()}
    assert {plain(re.split(r"[<>=!~ \[;]", want)[0]) for want in wanted} <= names


def test_what_is_installed_is_what_is_pinned() -> None:
    assert {line: version(line.split("==")[0]) for line in pins()} == {
        line: line.split("==")[1] for line in pins()
    }


def test_the_build_tool_is_pinned() -> None:
    assert all("==" in want for want in PROJECT["build-system"]["requires"])


# --- make ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["help", "setup", "setup-dev", "demo", "test", "lint", "clean"])
def test_make_knows(target: str, tmp_path: Path) -> None:
    command = ["make", "--dry-run", "-C", str(ROOT), target]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_make_alone_lists_what_it_can_do() -> None:
    done = subprocess.run(
        ["make", "-s", "-C", str(ROOT)], check=True, capture_output=True, text=True
    )
    for target in ("setup", "setup-dev", "demo", "test", "lint", "clean"):
        assert f"  make {target} " in done.stdout


def test_a_python_that_is_too_old_can_still_read_the_set_up() -> None:
    """It must get as far as the sentence that says what is needed."""
    source = (ROOT / "scripts/prepare.py").read_text(encoding="utf-8")
    compile_as_old = "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 6))"
    subprocess.run(["python3", "-c", compile_as_old], input=source, text=True, check=True)


# --- what git keeps -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "eol"),
    [
        ("provisions/principles/one.yaml", "set", "lf"),
        ("tests/rules/a-rule/fires/one.yaml", "unset", "lf"),
        ("tests/traps/lone-cr.yaml", "unset", "lf"),
        ("govkit/rendering/face.ttf", "unset", "unspecified"),
    ],
)
def test_line_ends_are_kept_as_the_digests_need(path: str, text: str, eol: str) -> None:
    said = dict(
        line.rsplit(": ", 2)[1:]
        for line in git("check-attr", "text", "eol", "--", path).splitlines()
    )
    assert said == {"text": text, "eol": eol}


@pytest.mark.parametrize("path", [".venv/bin/govkit", "dist/principles.pdf", "a/__pycache__/b.pyc"])
def test_what_was_built_is_not_kept(path: str) -> None:
    assert git("check-ignore", path).strip() == path


def test_no_address_of_a_package_registry() -> None:
    """Put together here, so that this file does not name them either."""
    hosts = [
        ".".join(parts)
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("deb", "debian", "org"),
            ("security", "debian", "org"),
            ("archive", "ubuntu", "com"),
        )
    ]
    hosts += ["--" + "index-url", "--" + "extra-index-url", "--" + "trusted-host"]
    assert [(name, host) for name, text in texts().items() for host in hosts if host in text] == []


def test_no_path_of_one_persons_machine() -> None:
    machine = re.compile("(?<![A-Za-z0-9_.~])/" + r"(root/|work/|home/[a-z]|Users/[A-Za-z])")
    found = [
        f"{name}:{number}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if machine.search(line)
    ]
    assert found == []


def test_licences_are_there_and_whole() -> None:
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    words = (ROOT / "LICENSE-TEXTS").read_text(encoding="utf-8")
    assert "Apache License" in code
    assert "END OF TERMS AND CONDITIONS" in code
    assert words.startswith("Attribution 4.0 International\n")
    assert all(f"\nSection {number} -- " in words for number in range(1, 9))
    assert words.endswith("Creative Commons may be contacted at creativecommons.org.\n")
