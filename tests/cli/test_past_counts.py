"""What history and blame cost: processes started and records read, counted and never timed."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from .conftest import D1, D2
from .past import begin, change, commit, edit

COUNTED = """
import json, sys, types
sys.argv = ["govkit", *json.loads(sys.argv[1])]
from collections import Counter
counted = Counter()
def hook(event, arguments):
    if event == "subprocess.Popen":
        counted["process"] += 1
def read_record(path, *rest, **named):
    read_and_counted[path] += 1
    return read_uncounted(path, *rest, **named)
sys.addaudithook(hook)
from govkit.source import reading
# In the place of its code, so that whoever has the function by its name calls this too.
reading.read_uncounted = types.FunctionType(reading.read_record.__code__, vars(reading))
reading.read_uncounted.__defaults__ = reading.read_record.__defaults__
reading.read_uncounted.__kwdefaults__ = reading.read_record.__kwdefaults__
reading.read_and_counted = counted
reading.read_record.__code__ = read_record.__code__
from govkit.cli.main import main
try:
    main()
except SystemExit as ended:
    print(json.dumps({"code": ended.code, "counted": counted}), file=sys.stderr)
"""


def counted(folder: Path, *arguments: str) -> Counter[str]:
    """Run govkit in a fresh process; return how many processes it started and what it read."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, json.dumps(arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(done.stderr.splitlines()[-1])
    assert said["code"] == 0, done.stderr
    return Counter(said["counted"])


@pytest.fixture
def texts(coalition: Path) -> Path:
    begin(coalition)
    edit(coalition, "begins", "starts")
    return coalition


def many_more(folder: Path) -> None:
    """Put in 40 further texts and terms, and 20 commits that change them."""
    for number in range(40):
        text = (folder / D2).read_text().replace("EXA-DUE-02", f"EXA-DUE-{number + 10}")
        (folder / f"provisions/due-process/EXA-DUE-{number + 10}-more.yaml").write_text(text)
        (folder / f"registers/terms/more-{number}.yaml").write_text(
            f"term: more {number}\nstatus: draft\ndefinition: More.\n"
        )
    commit(folder)
    for number in range(20):
        change(folder, "provisions/due-process/EXA-DUE-10-more.yaml", "Free", f"Free {number}")
        commit(folder)


@pytest.mark.parametrize("command", [["history", "--redline"], ["blame"]])
def test_processes_and_reads_do_not_grow_with_texts_and_commits(
    texts: Path, command: list[str]
) -> None:
    few = counted(texts, *command, "EXA-DUE-01")
    many_more(texts)
    many = counted(texts, *command, "EXA-DUE-01")
    assert few == many
    # log, ls-files, sizes, bytes, twice tags
    assert many["process"] == 6


def test_only_this_record_and_the_charter_are_read(texts: Path) -> None:
    many_more(texts)
    read = counted(texts, "history", "EXA-DUE-01")
    del read["process"]
    # Two states of the text, the second also in the work folder; one state of the charter.
    assert read == {D1: 2, "governance/charter.yaml": 1}


def test_each_state_is_read_once_however_often_it_is_looked_at(texts: Path) -> None:
    for _ in range(5):
        edit(texts, "starts", "begins")
        edit(texts, "begins", "starts")
    read = counted(texts, "blame", "EXA-DUE-01")
    assert read[D1] == 2
    assert read["process"] == 6


def test_impact_starts_git_once(texts: Path) -> None:
    assert counted(texts, "impact", "user")["process"] == 1
