"""`govkit new` as people call it: free ids, sheets that check, and nothing overwritten."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from govkit.cli.main import _run
from govkit.corpus.beginnings import first_files
from govkit.records.kinds import KINDS

BOOK = "provisions/instrument.yaml"
OPTIONS = {
    "provision": ["--area", "DUE", "--title", "Notice", "--part", "due-process"],
    "principle": ["--title", "Openness", "--part", "fairness"],
    "recommendation": ["--title", "Open data", "--part", "openness"],
    "response": ["--title", "A response", "--issue", "restrictions-without-reasons"],
    "event": ["--title", "A meeting", "--date", "2026-05-01"],
    "call": ["--title", "A call", "--date", "2026-05-01"],
    "translation": ["--of", "EXA-REC-01", "--language", "fr"],
    "instrument": [],
}
OF_PEOPLE = {name for name, kind in KINDS.items() if kind.by_hand}
NOT_YET = {"placeholder", "orphan", "unused-term", "unused-source", "no-binding-source"}
"""What a new record can't have yet: all its words, and other records that use it."""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A governed folder in a git repository, with one commit."""
    for path, data in first_files("Example Coalition", "EXA").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    return tmp_path


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def changed(root: Path) -> bytes:
    return subprocess.run(
        ["git", "status", "--short"], cwd=root, capture_output=True, check=True
    ).stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "texts")


def findings(root: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    _run(["-C", str(root), "check", "--format", "json"])
    found: list[dict[str, str]] = json.loads(capsys.readouterr().out)["findings"]
    return found


def new(root: Path, *arguments: str) -> int:
    return _run(["-C", str(root), "new", *arguments])


@pytest.mark.parametrize("kind", sorted(OF_PEOPLE - {"charter"}))
def test_a_new_record_of_each_kind_is_tidy_and_checks_with_advice_at_most(
    texts: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    if kind == "instrument":
        charter = texts / "governance/charter.yaml"
        charter.write_text(
            charter.read_text().replace(
                "  INS-provisions:", "  INS-more: provisions/due-process\n  INS-provisions:"
            )
        )
    assert new(texts, kind, *OPTIONS.get(kind, ["--title", "Some thing"])) == 0
    path = capsys.readouterr().out.split("\n")[0].removeprefix("Wrote ")
    assert "\n# " in (texts / path).read_text()
    assert _run(["-C", str(texts), "fmt", "--check"]) == 0
    found = findings(texts, capsys)
    assert {finding["level"] for finding in found} <= {"advice"}
    assert {finding["rule"] for finding in found} <= NOT_YET
    assert {finding["path"] for finding in found} <= {path}


def test_a_provision_gets_the_next_number_of_its_area_and_a_place_in_its_book(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        new(
            texts,
            "provision",
            "--area",
            "due",
            "--title",
            "Notice: “before” #1",
            "--part",
            "due-process",
        )
        == 0
    )
    path = "provisions/due-process/EXA-DUE-02-notice-before-1.yaml"
    assert capsys.readouterr().out == (
        f"Wrote {path}\n"
        f"Added EXA-DUE-02 to the part `due-process` of {BOOK}\n"
        f"Next: open {path}, write the words where [insert …] stands; "
        "then `govkit check`, and `govkit submit`.\n"
    )
    text = (texts / path).read_text()
    assert "\nid: EXA-DUE-02\n" in text
    assert "\ntitle: 'Notice: \"before\" #1'\n" in text
    assert "\nstatus: draft\n" in text
    assert "    items:\n      - EXA-DUE-01\n      - EXA-DUE-02\n" in (texts / BOOK).read_text()


def test_numbers_count_by_area_and_by_kind(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(texts, "provision", "--area", "privacy") == 0
    assert new(texts, "principle") == 0
    assert new(texts, "recommendation") == 0
    out = capsys.readouterr().out
    assert "Wrote provisions/privacy/EXA-PRV-01.yaml\n" in out
    assert "Wrote provisions/principles/EXA-PRN-02.yaml\n" in out
    assert "Wrote recommendations/EXA-REC-02.yaml\n" in out
    assert "To have it printed, add EXA-PRV-01 to a part of provisions/instrument.yaml\n" in out


def test_the_number_of_a_withdrawn_text_is_not_given_again(texts: Path) -> None:
    text = (texts / "recommendations/EXA-REC-01-yearly-report.yaml").read_text()
    (texts / "recommendations/EXA-REC-07.yaml").write_text(
        text.replace("EXA-REC-01", "EXA-REC-07").replace("status: draft", "status: withdrawn")
    )
    assert new(texts, "recommendation") == 0
    assert (texts / "recommendations/EXA-REC-08.yaml").is_file()


def test_the_number_of_a_file_that_can_not_be_read_is_not_given_again(texts: Path) -> None:
    (texts / "recommendations/EXA-REC-04-broken.yaml").write_text("id: [\n")
    assert new(texts, "recommendation") == 0
    assert (texts / "recommendations/EXA-REC-05.yaml").is_file()


def test_a_number_that_another_branch_gave_is_not_given_again(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(texts, "checkout", "-q", "-b", "other")
    assert new(texts, "provision", "--area", "DUE", "--title", "Theirs") == 0
    assert new(texts, "term", "--title", "personal data") == 0
    commit(texts)
    git(texts, "checkout", "-q", "main")
    assert not list(texts.glob("provisions/due-process/EXA-DUE-02*"))
    assert new(texts, "provision", "--area", "DUE", "--title", "Mine") == 0
    assert (texts / "provisions/due-process/EXA-DUE-03-mine.yaml").is_file()
    assert new(texts, "term", "--title", "personal data") == 2
    assert "already, here or on another branch" in capsys.readouterr().err


def test_it_works_without_git_and_from_a_folder_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, data in first_files("Example Coalition", "EXA").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    monkeypatch.chdir(tmp_path / "registers/terms")
    assert _run(["new", "term", "--title", "Übung's #1"]) == 0
    assert 'term: "Übung\'s #1"' in (tmp_path / "registers/terms/ubungs-1.yaml").read_text()


def test_print_writes_nothing(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(texts, "provision", "--area", "DUE", "--part", "due-process", "--print") == 0
    assert capsys.readouterr().out.startswith("# yaml-language-server: $schema=../../schemas/")
    status = subprocess.run(
        ["git", "status", "--short"], cwd=texts, capture_output=True, check=True
    )
    assert status.stdout == b""


def test_an_id_of_ones_own_is_taken_where_it_is_free(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(texts, "provision", "--id", "EXA-DUE-20") == 0
    assert new(texts, "provision", "--area", "DUE") == 0
    assert (texts / "provisions/due-process/EXA-DUE-21.yaml").is_file()
    assert new(texts, "event", "--title", "اجتماع", "--id", "first", "--date", "2026-05-01") == 0
    assert "title: اجتماع\n" in (texts / "registers/events/first.yaml").read_text()


def test_a_translation_is_bound_to_the_words_of_its_original(texts: Path) -> None:
    assert new(texts, "translation", "--of", "restriction", "--language", "fr") == 0
    text = (texts / "translations/fr/restriction.yaml").read_text()
    assert "\nsource_digest: sha256:" in text
    assert "# Any measure by which a [platform](term:platform) removes" in text
    given = (texts / "translations/fr/EXA-DUE-01.yaml").read_text()
    (texts / "translations/fr/EXA-DUE-01.yaml").unlink()
    assert new(texts, "translation", "--of", "EXA-DUE-01", "--language", "fr") == 0
    again = (texts / "translations/fr/EXA-DUE-01.yaml").read_text()

    def digests(text: str) -> list[str]:
        return [line.strip() for line in text.split("\n") if "source_digest" in line]

    assert digests(again) == digests(given)
    assert len(digests(again)) == 3


WRONG = [
    (["provison"], "there is no kind `provison`", "Did you mean `provision`?"),
    (["charter"], "a folder has one charter", "govkit init"),
    (["provision"], "--area is needed here", "Add --area"),
    (["provision", "--area", "DU"], "the charter has no area `DU`", "Did you mean `DUE`?"),
    (["term"], "--title is needed here: the term", "Add --title"),
    (["term", "--area", "DUE"], "--area is not for a term", "It is for: provision"),
    (["term", "--title", "user"], "there is a term `user` already", "registers/terms/user.yaml"),
    (["term", "--title", "عربي"], "this title gives no name for a file", "--id"),
    (["term", "--title", "x", "--id", "../x"], "`../x` can't name a file", "small letters"),
    (["term", "--title", "a\nb"], "one line", "--title"),
    (["term", "--title", "a\u202eb"], "can't see", "--title"),
    (["term", "--title", "me@example.org"], "a mail address stands", "other words"),
    (["term", "--title", " "], "it is empty", "--title"),
    (["provision", "--id", "EXA-DUE-01"], "the id EXA-DUE-01 was given before", "next free"),
    (["provision", "--id", "ABC-DUE-02"], "does not have the form", "EXA-"),
    (["provision", "--id", "EXA-DUE-05", "--area", "PRV"], "not in the area PRV", "Leave one"),
    (["provision", "--area", "DUE", "--part", "due"], "has a part `due`", "Parts: due-process."),
    (["event", "--title", "x"], "--date is needed here", "Add --date"),
    (["response", "--title", "x"], "restrictions-without-reasons", "Add --issue"),
    (
        ["response", "--title", "x", "--issue", "restrictions-with-reasons"],
        "there is no issue",
        "Did you mean `restrictions-without-reasons`?",
    ),
    (["translation"], "--of is needed here", "Add --of"),
    (["translation", "--of", "EXA-DUE-01"], "--language is needed here: its language (fr)", "Add"),
    (["translation", "--of", "EXA-DUE-01", "--language", "de"], "no translations in `de`", "fr"),
    (
        ["translation", "--of", "EXA-DUE-1", "--language", "fr"],
        "there is no text `EXA-DUE-1`",
        "Did you mean `EXA-DUE-01`?",
    ),
    (["translation", "--of", "EXA-DUE-01", "--language", "fr"], "is there already", "Edit"),
    (["instrument"], "the charter names no book", "governance/charter.yaml first"),
]


@pytest.mark.parametrize(("arguments", "reason", "hint"), WRONG)
def test_wrong_use_names_the_reason_and_the_way_on_and_writes_nothing(
    texts: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str, hint: str
) -> None:
    assert new(texts, *arguments) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert hint in said
    status = subprocess.run(
        ["git", "status", "--short"], cwd=texts, capture_output=True, check=True
    )
    assert status.stdout == b""


def test_without_a_charter_that_can_be_read_it_says_what_to_mend_first(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "governance/charter.yaml").write_text("id: [\n")
    assert new(texts, "term", "--title", "x") == 2
    assert "governance/charter.yaml can't be read" in capsys.readouterr().err


def test_a_folder_that_leads_out_is_not_written_to(
    texts: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (texts / "provisions/privacy").symlink_to(outside)
    assert new(texts, "provision", "--area", "PRV") == 3
    assert list(outside.iterdir()) == []


def test_comments_of_a_book_stay_when_a_text_is_added(texts: Path) -> None:
    book = texts / BOOK
    untidy = book.read_text().replace(
        "      - EXA-DUE-01\n", "      - EXA-DUE-01   # first\n      # more to come\n"
    )
    book.write_text(untidy)
    assert new(texts, "provision", "--area", "DUE", "--part", "due-process") == 0
    assert book.read_text() == untidy.replace("# first\n", "# first\n      - EXA-DUE-02\n")


def test_a_call_gets_the_next_number_of_the_year_in_which_it_opens(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for day, number in (
        ("2026-05-01", "2026-001"),
        ("2026-12-31", "2026-002"),
        ("2027-01-01", "2027-001"),
    ):
        assert new(texts, "call", "--title", "Notice", "--date", day) == 0
        assert capsys.readouterr().out.startswith(f"Wrote governance/calls/{number}.yaml\n")
    assert new(texts, "call", "--title", "Notice", "--date", "2026-05-01", "--id", "one") == 2
    assert "`one` can't number a call" in capsys.readouterr().err


def test_what_commands_write_is_not_begun_by_hand(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(texts, "position", "--title", "Consent") == 2
    assert "nobody writes a position by hand" in capsys.readouterr().err


# --- what the author of a change says about it ----------------------------------------------------

REASONS = "provisions/due-process/EXA-DUE-01-statement-of-reasons.yaml"
SHEET = "governance/changes/EXA-DUE-01.yaml"


def replaced(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def edited(texts: Path) -> Path:
    """A text that was edited, and of which nobody has a translation that would have to follow."""
    (texts / "translations/fr/EXA-DUE-01.yaml").unlink()
    replaced(texts / REASONS, ("on which it rests", "on which it only rests"))
    assert _run(["-C", str(texts), "new", "change", "exa-due-01"]) == 0
    return texts


def remarks(root: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    capsys.readouterr()
    _run(["-C", str(root), "check", "--since", "main", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [(each["rule"], each["message"]) for each in found if each["path"] == SHEET]


def answered(root: Path) -> None:
    replaced(
        root / SHEET,
        ("[insert why the change is needed]", "It is clearer."),
        ("'[insert yes or no]'", "no"),
        ("[insert the reason]", "The facts are the same."),
    )


def test_a_sheet_for_a_change_asks_all_and_filled_in_it_holds(
    edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = (edited / SHEET).read_text(encoding="utf-8")
    assert 'span: "-> only"' in sheet
    assert sheet.count("sha256:") == 2
    assert [rule for rule, _ in remarks(edited, capsys)] == ["wrong-value"]
    replaced(edited / SHEET, ("'[insert yes or no]'", "no"))
    assert remarks(edited, capsys) == [
        ("placeholder", f"`[insert {what}]` still has to be written")
        for what in ("why the change is needed", "the reason")
    ]
    assert _run(["-C", str(edited), "check", "--since", "main"]) == 1
    replaced(edited / SHEET, ("changes_a_duty: no", "changes_a_duty: '[insert yes or no]'"))
    answered(edited)
    assert remarks(edited, capsys) == []
    commit(edited)
    assert findings(edited, capsys) == []


def test_a_changed_text_is_named_by_its_path_too_and_an_unknown_one_is_said(
    texts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(texts / REASONS, ("status: draft", "status: adopted"))
    commit(texts)
    replaced(texts / REASONS, ("on which it rests", "on which it only rests"))
    monkeypatch.chdir(texts)
    assert _run(["new", "change", REASONS]) == 0
    said = capsys.readouterr().out
    assert SHEET in said
    assert "then propose the change: `govkit propose open`." in said
    assert _run(["new", "change", "EXA-DUE-1"]) == 2
    said = capsys.readouterr().err
    assert "there is no text EXA-DUE-1" in said
    assert "Did you mean `EXA-DUE-01`?" in said


def test_a_sheet_that_is_there_is_not_overwritten(
    edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(edited)
    before = (edited / SHEET).read_bytes()
    assert _run(["-C", str(edited), "new", "change", "EXA-DUE-01"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (edited / SHEET).read_bytes() == before


def test_only_what_changed_is_declared(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["-C", str(edited), "new", "change", "EXA-PRN-01"]) == 2
    assert "Changed are: EXA-DUE-01." in capsys.readouterr().err
    assert _run(["-C", str(edited), "new", "term", "x", "--title", "y"]) == 2
    assert "`x` is one word too many" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("edit", "rule", "says"),
    [
        (
            ("-> only", "-> onyl"),
            "answer-without-question",
            "`-> onyl` is not among the words that this change alters",
        ),
        (("class: 3", "class: 9"), "wrong-value", "a class of change is expected here"),
        (
            ("of: EXA-DUE-01", "of: EXA-PRN-01"),
            "file-name",
            "the file is named `EXA-DUE-01.yaml`, and the id inside is `EXA-PRN-01`",
        ),
        (
            ("before: sha256:", "before: null # "),
            "declaration-for-other-words",
            "this declaration is for other words of EXA-DUE-01 than those of this change",
        ),
    ],
)
def test_what_would_have_no_effect_in_a_declaration_is_an_error(
    edited: Path, capsys: pytest.CaptureFixture[str], edit: tuple[str, str], rule: str, says: str
) -> None:
    answered(edited)
    replaced(edited / SHEET, edit)
    assert (rule, says) in remarks(edited, capsys)


def test_a_declaration_is_for_other_words_also_where_nothing_is_compared(
    edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(edited)
    replaced(edited / REASONS, ("on which it only rests", "on which it rests again"))
    [finding] = findings(edited, capsys)
    assert finding["rule"] == "declaration-for-other-words"
    assert f"write `after: {finding['expected']}`" in finding["help"]
    assert "delete this file, and begin anew: `govkit new change EXA-DUE-01`" in finding["help"]
    (edited / SHEET).unlink()
    assert _run(["-C", str(edited), "new", "change", "EXA-DUE-01"]) == 0
