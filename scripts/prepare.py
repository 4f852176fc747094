"""Makes .venv ready: the system's libraries, the Python packages, the govkit command.

`make setup` runs it for a user and `make setup-dev` for someone who runs the tests. It looks before
it installs, so a second run does nothing and takes a moment. It is plain Python without any package
and is written for old Pythons too, because it must be able to tell them that they are too old.

    python3 scripts/prepare.py [dev] [.venv-NAME]

The name is that of another environment, beside the one for every day: `make test
PYTHON=/usr/bin/python3 VENV=.venv-system`.
"""

import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NAME = next((word for word in sys.argv[1:] if word != "dev"), ".venv")
VENV = os.path.join(ROOT, NAME)
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


def has_venv():
    """Whether this Python can make an environment; asked anew, as it can have been installed."""
    return quiet([sys.executable, "-c", "import ensurepip, venv"]) == 0


def need_venv():
    """Debian keeps the venv module's other half in a package of its own."""
    if has_venv():
        return
    if sys.base_prefix != "/usr" or shutil.which("apt-get") is None:
        give_up(
            "{} lacks the modules venv and ensurepip. Name another Python, as: "
            "make setup PYTHON=python3.12".format(sys.executable)
        )
    default = os.path.realpath("/usr/bin/python3") == os.path.realpath(sys.executable)
    package = "python3-venv" if default else "python{}.{}-venv".format(*sys.version_info[:2])
    right = right_to_install()
    if right is not None:
        say("Installing for the system: " + package)
        if install_packages([package], right) and has_venv():
            return
    give_up("{} cannot make an environment. {}".format(sys.executable, line_for([package])))


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
    return line_for(packages)


def line_for(packages):
    """What a person does to install these: the line to type, where this system has apt-get."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        return "Install, with this system's package manager, what Debian calls: " + names
    if os.geteuid() == 0:
        return "Run once: apt-get update && apt-get install " + names
    if shutil.which("sudo"):
        return "Run once: sudo apt-get update && sudo apt-get install " + names
    return "Run once, as root: apt-get update && apt-get install " + names


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
    kind = "dev" if for_tests else "user"
    return " ".join((kind, this_python(), ROOT, digest.hexdigest()))


def this_python():
    """Which Python runs here. Two of one version can differ: Debian's own and one built later."""
    return "{}.{} {}".format(sys.version_info[0], sys.version_info[1], sys.base_prefix)


def is_ready(for_tests):
    """Whether an earlier run left what is wanted; the set for tests has the user's in it."""
    try:
        with open(STAMP, encoding="utf-8", errors="surrogateescape") as file:
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
        with open(STAMP, encoding="utf-8", errors="surrogateescape") as file:
            return file.read().startswith("dev ")
    except OSError:
        return False


def make_venv():
    """A new environment where there is none that runs and is made with this very Python."""
    wanted = (tuple(sys.version_info[:2]), sys.base_prefix)
    same = "import sys; sys.exit((sys.version_info[:2], sys.base_prefix) != {!r})".format(wanted)
    if os.path.exists(venv_file("python")):
        if quiet([venv_file("python"), "-c", same]) == 0:
            return
        shutil.rmtree(VENV)
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        give_up("the environment {} could not be made; what is wrong stands above.".format(NAME))


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
        give_up(
            "pip could not install the packages; the whole story is in {}/pip.log.".format(NAME)
        )


def need_environment(for_tests):
    """Leave the environment as pyproject.toml and constraints.txt want it, and stamp it last."""
    if is_ready(for_tests):
        return
    for_tests = for_tests or had_tests()
    say("Installing govkit into {}; the first time takes a minute or two.".format(NAME))
    make_venv()
    if os.path.exists(STAMP):
        os.remove(STAMP)
    pip_install(for_tests)
    with open(STAMP, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(state(for_tests))


def main():
    """Do the three in order, and say last what a person still has to do."""
    for_tests = "dev" in sys.argv[1:]
    if not re.match(r"\.venv(-[a-z0-9.-]+)?$", NAME):  # it may be thrown away and made anew
        give_up("an environment is called .venv or .venv-name, and not {}".format(NAME))
    use_a_python_that_is_new_enough()
    need_venv()
    still_to_do = need_system(for_tests)
    need_environment(for_tests)
    if still_to_do:
        say("govkit is in {}, but this machine still lacks something.".format(NAME))
        say(still_to_do)


if __name__ == "__main__":
    main()
