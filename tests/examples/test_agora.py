"""`examples/agora`: in order as it stands, and plainly invented."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from govkit.records.kinds import kind_of_path

Run = Callable[..., subprocess.CompletedProcess[str]]

MARK = "# An invented example. Nothing and nobody in it is real."
RESERVED = re.compile(r"(?:[a-z0-9-]+\.)*(?:example|example\.(?:org|com|net))")
"""Names that are kept for examples for ever, by RFC 2606."""


def read(path: Path) -> Any:
    """Read a YAML file with every scalar as its characters, as govkit does."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def records(folder: Path) -> dict[str, Path]:
    """The governed files, by their path in the folder."""
    found = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.yaml"))}
    return {path: file for path, file in found.items() if kind_of_path(path)}


def members(folder: Path) -> dict[str, Any]:
    return {path.stem: read(path) for path in sorted((folder / "governance/members").iterdir())}


def test_the_check_finds_nothing(agora: Path, govkit: Run) -> None:
    done = govkit(agora, "check", "--no-cache", "--today", "2026-03-01", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["findings"]) == (0, [])


def test_every_file_is_in_the_common_form(copy: Path, govkit: Run) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert govkit(copy, "fmt").returncode == 0
    assert before == {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}


def test_the_check_of_the_texts_above_leaves_it_alone(agora: Path, govkit: Run) -> None:
    done = govkit(agora.parents[1], "check", "--format", "json")
    paths = [finding["path"] for finding in json.loads(done.stdout)["findings"]]
    assert [path for path in paths if path.startswith("examples/")] == []


def test_every_record_says_that_it_is_invented(agora: Path) -> None:
    for path, file in records(agora).items():
        lines = file.read_text(encoding="utf-8").splitlines()
        assert lines[1] == MARK, path
        record = read(file)
        kind = kind_of_path(path)
        if kind == "charter":
            assert "(an invented example)" in record["name"]
            assert record["purpose"].startswith("This is an invented example.")
        elif kind == "member":
            assert record["note"].startswith("An invented example."), path
            assert "Example" in record["name"], path
        elif kind == "source":
            assert record["title"].endswith("(invented)"), path
            assert "invented" in record["short"], path
            assert "invented" in record["issuer"].lower(), path
        elif kind == "instrument":
            assert record["preamble"][0]["text"].startswith("This book is an invented example.")


def test_every_host_is_one_that_is_kept_for_examples(agora: Path) -> None:
    charter = read(agora / "governance/charter.yaml")
    hosts = [
        *charter["intake"]["hosts"],
        *(m.split("@")[1] for m in charter["intake"]["addresses"]),
    ]
    hosts += [account["host"] for one in members(agora).values() for account in one["accounts"]]
    for path in agora.rglob("*"):
        if path.is_file():
            hosts += re.findall(r"https?://([^/\s'\"#:]+)", path.read_text(encoding="utf-8"))
    assert len(hosts) > 20
    assert [host for host in hosts if not RESERVED.fullmatch(host)] == []


def test_twelve_members_in_five_groups_with_one_of_each_special_case(agora: Path) -> None:
    found = members(agora)
    assert len(found) == 12
    assert Counter(one["state"] for one in found.values()) == {
        "enrolled": 10,
        "ended": 1,
        "listed": 1,
    }
    groups = {mandate["group"] for one in found.values() for mandate in one["terms"]}
    assert groups == set(read(agora / "governance/charter.yaml")["groups"])
    assert len(groups) == 5

    speak_for = Counter(one["represents"] for one in found.values() if one["represents"] != "null")
    [(organisation, delegates)] = speak_for.items()
    assert delegates == 2
    assert found[organisation]["kind"] == "organisation"
    assert [id for id, one in found.items() if one["lead"] == "true"] == ["a-example"]

    persons = Counter(one["person"] for one in found.values() if one["person"] != "null")
    assert persons == {"c-example": 2}
    for one in found.values():
        assert (one["state"] == "ended") == any(m["until"] != "null" for m in one["terms"])
        assert (one["state"] == "listed") == (one["terms"] == [])
    coordinators = read(agora / "governance/charter.yaml")["coordinators"]
    assert len(coordinators["ids"]) == int(coordinators["threshold"]) == 2
    assert all(found[id]["state"] == "enrolled" for id in coordinators["ids"])


def test_it_is_small_and_has_something_of_everything(agora: Path) -> None:
    kinds = Counter(kind_of_path(path) for path in records(agora))
    assert kinds == {
        "charter": 1,
        "member": 12,
        "policy": 4,
        "instrument": 3,
        "provision": 5,
        "principle": 2,
        "recommendation": 2,
        "term": 6,
        "source": 3,
    }
    provisions = [
        read(file) for path, file in records(agora).items() if kind_of_path(path) == "provision"
    ]
    assert {one["id"].split("-")[1] for one in provisions} == {"NTC", "CMP"}
    assert all(2 <= len(one["clauses"]) <= 4 for one in provisions)
    assert any(clause.get("exceptions") for one in provisions for clause in one["clauses"])
    assert sum(bool(one["parameters"]) for one in provisions) >= 3


def test_the_books_print(agora: Path, govkit: Run, tmp_path: Path) -> None:
    out = tmp_path / "books"
    done = govkit(agora, "render", "all", "--format", "md,html,pdf", "-o", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    books = ("principles", "provisions", "recommendations")
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{book}.{ending}" for book in books for ending in ("md", "html", "pdf")
    )
    for book in books:
        assert (out / f"{book}.pdf").read_bytes().startswith(b"%PDF-")
        for ending in ("md", "html"):
            printed = (out / f"{book}.{ending}").read_text(encoding="utf-8")
            assert "Agora (an invented example)" in printed
            assert "This book is an invented example." in printed
    whole = "".join((out / f"{book}.md").read_text(encoding="utf-8") for book in books)
    for path in records(agora):
        if kind_of_path(path) in ("provision", "principle", "recommendation"):
            [id] = re.findall(r"AG[PRQ](?:-[A-Z]+)?-\d\d", path)
            assert f"### {id} " in whole
