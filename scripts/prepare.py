"""Makes .venv ready: the system's libraries, the Python packages, the govkit command.

`make setup` runs it for a user and `make setup-dev` for someone who runs the tests. It looks before
it installs, so a second run does nothing and takes a moment. It is plain Python without any package
and is written for old Pythons too, because it must be able to tell them that they are too old.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "ready")
LOG = os.path.join(VENV, "pip.log")

# What WeasyPrint opens while it is imported: names under which it may be found, Debian's package.
LIBRARIES = (
    (("libpango-1.0.so.0", "libpango-1.0.dylib"), "libpango-1.0-0"),
    (("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"), "libpangoft2-1.0-0"),
    (("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"), "libpango-1.0-0"),
    (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "libpango-1.0-0"),
    (("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"), "libharfbuzz-subset0"),
    (("libfontconfig.so.1", "libfontconfig.1.dylib"), "libfontconfig1"),
)
PROGRAMS = (("git", "git"), ("ssh-keygen", "openssh-client"))
PROGRAMS_FOR_TESTS = (("pdftotext", "poppler-utils"), ("pdftoppm", "poppler-utils"))


def say(text):
    """Print one line at once, so that it stands before what another program prints."""
    print(text, flush=True)


def give_up(text):
    """End with a sentence that says what to do."""
    sys.stderr.write("make: " + text + "\n")
    sys.exit(1)


# --- the right Python ---------------------------------------------------------------------------


def use_a_python_that_is_new_enough():
    """Go on with a newer Python of this machine where `python3` is too old, or say so."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(path, [path, *sys.argv])
    give_up(
        "govkit needs Python 3.11 or newer, and {} is Python {}.{}. With a newer one at hand, "
        "run: make setup PYTHON=python3.12".format(sys.executable, *sys.version_info[:2])
    )


def need_venv():
    """Debian keeps the venv module's other half in a package of its own."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        give_up("this Python cannot make an environment. Run: apt-get install python3-venv")


# --- the system's libraries and programs --------------------------------------------------------


def can_open(names):
    """Whether the loader finds a library under one of its names, which is all WeasyPrint asks."""
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def missing_packages(for_tests):
    """Debian's names of what this machine lacks, each once, in order."""
    programs = PROGRAMS + PROGRAMS_FOR_TESTS if for_tests else PROGRAMS
    missing = [package for names, package in LIBRARIES if not can_open(names)]
    missing += [package for program, package in programs if shutil.which(program) is None]
    return sorted(set(missing))


def right_to_install():
    """The words before apt-get: none for root, sudo where it asks for no password, else None."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["env"]
    if shutil.which("sudo") and quiet(["sudo", "-n", "true"]) == 0:
        return ["sudo", "-n", "env"]
    return None


def quiet(command):
    """Run a command without its output and give its exit code."""
    nowhere = subprocess.DEVNULL
    return subprocess.call(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)


def install_packages(packages, right):
    """Install Debian packages; the lists are brought up to date only if the first try fails."""
    apt = [*right, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if quiet(install) == 0:
        return True
    subprocess.call([*apt, "update"], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return subprocess.call(install, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL) == 0


def need_system(for_tests):
    """Install what the machine lacks where that is allowed; give the line for a person if not."""
    packages = missing_packages(for_tests)
    if not packages:
        return None
    right = right_to_install()
    if right is not None:
        say("Installing for the system: " + " ".join(packages))
        if install_packages(packages, right):
            packages = missing_packages(for_tests)
            if not packages:
                return None
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(packages)
    return "install, with this system's package manager, what Debian calls: " + " ".join(packages)


# --- the environment ----------------------------------------------------------------------------


def venv_file(name):
    """The path of a program in the environment."""
    return os.path.join(VENV, "bin", name)


def state(for_tests):
    """What the environment is made from; when this line changes, it is made anew."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt", "govkit/__init__.py", "scripts/prepare.py"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    python = "{}.{}".format(*sys.version_info[:2])
    kind = "dev" if for_tests else "user"
    return " ".join((kind, python, ROOT, digest.hexdigest()))


def is_ready(for_tests):
    """Whether an earlier run left what is wanted; the set for tests has the user's in it."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            found = file.read()
    except OSError:
        return False
    enough = (state(True),) if for_tests else (state(True), state(False))
    if found not in enough or not os.path.exists(venv_file("govkit")):
        return False
    return quiet([venv_file("python"), "-c", ""]) == 0


def had_tests():
    """Whether the environment that is there was made for the tests; it then stays so."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read().startswith("dev ")
    except OSError:
        return False


def make_venv():
    """A new environment where there is none that runs and has this Python's version."""
    wanted = tuple(sys.version_info[:2])
    version = "import sys; sys.exit(sys.version_info[:2] != {!r})".format(wanted)
    if os.path.exists(venv_file("python")):
        if quiet([venv_file("python"), "-c", version]) == 0:
            return
        shutil.rmtree(VENV)
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        give_up("the environment .venv could not be made; what is wrong stands above.")


def pip_install(for_tests):
    """Install govkit itself, editable, and exactly the versions that constraints.txt names."""
    what = ".[dev]" if for_tests else "."
    command = [venv_file("python"), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "--retries", "5", "--timeout", "30"]
    command += ["-c", "constraints.txt", "-e", what]
    with open(LOG, "w", encoding="utf-8") as log:
        output = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT}
        failed = subprocess.call(command, cwd=ROOT, **output)
    if failed:
        with open(LOG, encoding="utf-8", errors="replace") as log:
            sys.stderr.writelines(log.readlines()[-15:])
        give_up("pip could not install the packages; the whole story is in .venv/pip.log.")


def need_environment(for_tests):
    """Leave .venv as pyproject.toml and constraints.txt want it, and stamp it last."""
    if is_ready(for_tests):
        return
    for_tests = for_tests or had_tests()
    say("Installing govkit into .venv; the first time takes a minute or two.")
    make_venv()
    if os.path.exists(STAMP):
        os.remove(STAMP)
    pip_install(for_tests)
    with open(STAMP, "w", encoding="utf-8") as file:
        file.write(state(for_tests))


def main():
    """Do the three in order, and say last what a person still has to do."""
    for_tests = sys.argv[1:] == ["dev"]
    use_a_python_that_is_new_enough()
    need_venv()
    still_to_do = need_system(for_tests)
    need_environment(for_tests)
    if still_to_do:
        say("govkit is in .venv, but this machine still lacks something, and PDF may need it.")
        say("Run once:")
        say("    " + still_to_do)


main()
