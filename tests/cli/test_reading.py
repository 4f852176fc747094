"""The commands that only read: list, show, schema, doctor, completion, and govkit alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import started

FILES = {
    "governance/charter.yaml": """\
        schema_version: 1
        id: example
        name: An example coalition
        languages: {authoritative: en, others: []}
        id_prefixes: {provision: EXA, recommendation: ERC, principle: EPR}
        areas: {DUE: {folder: due-process, title: Due process}}
        rights: {due-process: Due process, privacy: Privacy}
        axes: {users: [adult, child], sizes: [small, large]}
        parties: [platform, user]
        coordinators: {ids: [], threshold: 1}
        """,
    "provisions/due-process/EXA-DUE-01-reasons.yaml": """\
        id: EXA-DUE-01
        title: Reasons
        status: draft
        rights: [due-process]
        applies_to: {sizes: [large]}
        clauses:
          - id: a
            force: must
            addressee: platform
            beneficiary: user
            text: |
              The platform must tell a [user](term:user) within {reason_days} days:

              (a) what was done;
              (b) why.
            exceptions: [where a law forbids it]
          - id: b
            withdrawn: {reason: said in clause (a), on: 2026-01-02}
        parameters:
          reason_days: {type: days, default: 3, meaning: time to answer}
        grounds:
          - {source: user, locator: art. 1, relation: follows}
        """,
    "provisions/due-process/EXA-DUE-02-small.yaml": """\
        id: EXA-DUE-02
        title: A lighter duty
        status: adopted
        rights: [privacy]
        clauses:
          - id: a
            force: may
            text: A platform may act.
            applies_to: {sizes: [small]}
        """,
    "registers/terms/user.yaml": """\
        term: user
        status: draft
        definition: A person who uses a platform.
        """,
    "registers/sources/user.yaml": """\
        kind: study
        title: A study of users, invented for this example
        short: Study
        """,
    "registers/terms/broken.yaml": "term: [\n",
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    from textwrap import dedent

    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))
    return tmp_path


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run the real command and return what it says on both streams."""
    done = started(
        [sys.executable, "-m", "govkit", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "80"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def ids(folder: Path, *arguments: str) -> list[str]:
    said = run(folder, "list", "--format", "json", *arguments)
    answer = json.loads(said.partition("\nnote: ")[0])
    assert answer["version"] == 1
    return [record["id"] for record in answer["records"]]


def test_list_shows_every_record_in_a_table_that_fits_the_screen(texts: Path) -> None:
    said = run(texts, "list")
    assert "EXA-DUE-01" in said
    assert "(can't be read)" in said
    assert said.splitlines()[-1] == "6 records."
    assert max(map(len, said.splitlines())) <= 80


def test_a_schema_of_no_kind_is_told_within_the_screen(texts: Path) -> None:
    said = run(texts, "schema", "provison", code=2)
    assert "Did you mean `provision`?" in said
    assert max(map(len, said.splitlines())) <= 80


def test_list_by_kind_takes_singular_and_plural(texts: Path) -> None:
    assert ids(texts, "provision") == ids(texts, "provisions") == ["EXA-DUE-01", "EXA-DUE-02"]
    assert "is no kind" in run(texts, "list", "law", code=2)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--status", "adopted"], ["EXA-DUE-02"]),
        (["--right", "privacy"], ["EXA-DUE-02"]),
        (["--area", "DUE"], ["EXA-DUE-01", "EXA-DUE-02"]),
        (["--contains", "INVENTED"], ["user"]),
        (["--for", "size=large"], ["EXA-DUE-01"]),
        (["--for", "sizes=small users=child"], ["EXA-DUE-02"]),
        (["--for", "users=child"], ["EXA-DUE-01", "EXA-DUE-02"]),
        (["--for", "size=all users=child"], ["EXA-DUE-01", "EXA-DUE-02"]),
        (["--contains", "no such words"], []),
    ],
)
def test_list_filters(texts: Path, arguments: list[str], expected: list[str]) -> None:
    assert ids(texts, *arguments) == expected


def test_list_for_an_unknown_word_names_the_nearest(texts: Path) -> None:
    assert "Did you mean `small`?" in run(texts, "list", "--for", "size=smal", code=2)
    assert "The charter has: users, sizes." in run(texts, "list", "--for", "weight=1", code=2)
    assert "is no part of a profile" in run(texts, "list", "--for", "size", code=2)
    assert "is no part of a profile" in run(texts, "list", "--for", "users=,", code=2)
    assert "the profile is empty" in run(texts, "list", "--for", "", code=2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--for", "users=adult users=child"),
        ("--for", "users=child user=adult"),
        ("--for", "users=adult", "--for", "users=child"),
        ("--for", "users=child,adult"),
    ],
)
def test_a_profile_keeps_every_word_of_an_axis_that_is_named_again(
    texts: Path, arguments: tuple[str, ...]
) -> None:
    folder = texts / "provisions/due-process"
    first = (folder / "EXA-DUE-01-reasons.yaml").read_text()
    for id, word in {"EXA-DUE-03": "adult", "EXA-DUE-04": "child"}.items():
        only = first.replace("{sizes: [large]}", f"{{users: [{word}]}}")
        (folder / f"{id}-reasons.yaml").write_text(only.replace("EXA-DUE-01", id))
    assert ids(texts, "--for", "users=adult") == ["EXA-DUE-01", "EXA-DUE-02", "EXA-DUE-03"]
    assert ids(texts, *arguments) == [f"EXA-DUE-0{number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    "profile", ["size=small,large", "size=small sizes=large", "size=small,all"]
)
def test_a_platform_has_one_size(texts: Path, profile: str) -> None:
    said = run(texts, "list", "--for", profile, code=2)
    assert "the profile names 2 sizes, and a platform has one: small" in said


def test_show_prints_words_digest_and_links_both_ways(texts: Path) -> None:
    said = run(texts, "show", "EXA-DUE-01")
    assert said.startswith("EXA-DUE-01  Reasons\nprovision, draft, in provisions/due-process/")
    assert "(a) MUST  platform -> user\n" in said
    assert "    The platform must tell a user within [3] days:\n" in said
    assert "    (b) why.\n" in said
    assert "Exception: where a law forbids it" in said
    assert "(b) withdrawn on 2026-01-02: said in clause (a)" in said
    assert "term            user" in said
    assert "ground          user  Study" in said


def test_show_says_what_a_text_gives_in_short_and_of_which_option_a_clause_is(texts: Path) -> None:
    (path,) = (texts / "provisions/due-process").glob("EXA-DUE-01*")
    with path.open("a", encoding="utf-8") as file:
        file.write("summary: You are told why.\noptions: [{id: fast, clauses: [a]}]\n")
    said = run(texts, "show", "EXA-DUE-01")
    assert "\n\nIn short: You are told why.\n\n" in said
    assert "(a) MUST  platform -> user  option fast\n" in said
    assert "In short" not in run(texts, "show", "EXA-DUE-01(a)")


def test_show_names_what_refers_to_a_term(texts: Path) -> None:
    said = run(texts, "show", "term:user")
    back = said.partition("Referred to by")[2]
    assert "EXA-DUE-01  Reasons" in back


def test_show_asks_which_of_two_records_is_meant(texts: Path) -> None:
    assert "source:user, term:user" in run(texts, "show", "user", code=2)


def test_show_takes_a_path_and_names_the_nearest_id(texts: Path) -> None:
    assert "Study" in run(texts, "show", "registers/sources/user.yaml")
    assert "Did you mean `EXA-DUE-01`?" in run(texts, "show", "exa-due-1", code=2)


def test_show_as_json_has_the_record_its_digest_and_its_back_links(texts: Path) -> None:
    answer = json.loads(run(texts, "show", "term:user", "--format", "json"))
    assert answer["record"]["definition"] == "A person who uses a platform."
    assert answer["digest"].startswith("sha256:")
    assert {
        "kind": "provision",
        "id": "EXA-DUE-01",
        "as": "beneficiary",
        "at": "clauses.0.beneficiary",
    } in answer["referred_to_by"]


def test_show_of_a_file_that_cannot_be_read_says_so(texts: Path) -> None:
    assert "The file can't be read; `govkit check` says why." in run(texts, "show", "broken")


def test_govkit_alone_says_what_is_here_what_is_wrong_and_what_to_do(texts: Path) -> None:
    said = run(texts)
    assert said.startswith("An example coalition\n")
    assert "provisions  2" in said
    assert "in 6 files; the first:" in said
    assert "govkit check" in said.partition("What you can do next:")[2]


def test_govkit_alone_outside_any_folder_says_how_to_begin(tmp_path: Path) -> None:
    assert "govkit init" in run(tmp_path)


def test_every_command_outside_a_governed_folder_is_wrong_use(tmp_path: Path) -> None:
    for command in (["check"], ["list"], ["show", "X"], ["schema", "--write"]):
        assert "`govkit init`" in run(tmp_path, *command, code=2) or "-C" in run(
            tmp_path, *command, code=2
        )


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert "is no folder" in run(tmp_path / "missing", "check", code=2)


def test_schema_prints_one_kind_and_writes_all(texts: Path) -> None:
    assert json.loads(run(texts, "schema", "provision"))["title"]
    assert "schemas/term.schema.json" in run(texts, "schema", "--write")
    assert run(texts, "schema", "--write") == "All schemas are as they should be.\n"
    assert json.loads((texts / "schemas/term.schema.json").read_text())


def test_doctor_finds_all_that_the_setup_installs(texts: Path) -> None:
    answer = json.loads(run(texts, "doctor", "--format", "json", code=3))
    missing = [look["what"] for look in answer["looks"] if not look["fine"]]
    assert missing == ["Repository"]
    subprocess.run(["git", "init", "-q"], cwd=texts, check=True)
    assert "All is there." in run(texts, "doctor")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_each_shell(tmp_path: Path, shell: str) -> None:
    assert "_GOVKIT_COMPLETE" in run(tmp_path, "completion", shell)


def test_an_unknown_command_names_the_nearest(tmp_path: Path) -> None:
    assert "Did you mean `check`?" in run(tmp_path, "chekc", code=2)


def test_what_files_hold_cannot_command_a_terminal(texts: Path) -> None:
    path = texts / "registers/terms/user.yaml"
    path.write_text('term: "us\\u001b[31mer"\nstatus: draft\ndefinition: x\n')
    for command in (["check"], ["list"], ["show", "term:user"]):
        done = started(
            [sys.executable, "-m", "govkit", *command], cwd=texts, capture_output=True, check=False
        )
        assert b"\x1b" not in done.stdout
