"""References: each field that names a record is followed, and nothing hides where it leads."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from govkit.workspace import open_workspace
from tests.command import started
from tests.records.process_records import PROCESS_RECORDS
from tests.rules.conftest import TODAY, git, lay
from tests.rules.register import ZERO, Register

CHARTER = "governance/charter.yaml"
SOCIETY = "governance/members/example-society.yaml"
NOTICE = "provisions/due-process/EXA-DUE-01-notice.yaml"
COMPLAINT = "provisions/due-process/EXA-DUE-02-complaint.yaml"
INDEX = "registers/initiatives/example-index.yaml"
EXPORT = "provisions/privacy/EXA-PRV-01-export.yaml"
FRENCH = "translations/fr/platform.yaml"
USER = "registers/terms/user.yaml"
NOBODY = "nobody-at-all"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay(tmp_path / "coalition")
    return tmp_path / "coalition"


def add(folder: Path, path: str, lines: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(before + lines, encoding="utf-8")


def found(folder: Path, *rules: str) -> list[tuple[str, str, str]]:
    """The path, the way and the message of each finding of these rules."""
    findings = open_workspace(folder).check(TODAY).findings
    return [(each.path, str(each.route), each.message) for each in findings if each.rule in rules]


def followed(folder: Path) -> set[tuple[str, str]]:
    return {
        (path, way)
        for path, way, message in found(folder, "unknown-reference")
        if NOBODY in message
    }


@pytest.mark.parametrize(
    ("path", "line", "way"),
    [
        (INDEX, f"published: {NOBODY}\n", "published"),
        (FRENCH, f"reviewed_by: {NOBODY}\n", "reviewed_by"),
        (CHARTER, f"escalate_to: {{body: {NOBODY}, threshold: 1}}\n", "escalate_to.body"),
        (NOTICE, f"editors: [{NOBODY}]\n", "editors.0"),
        (SOCIETY, f"represents: {NOBODY}\n", "represents"),
        (EXPORT, f"    verified: {{by: {NOBODY}, on: 2026-01-01}}\n", "grounds.0.verified.by"),
        (
            NOTICE,
            "suppress: [{rule: plain-mention, reason: It is late, until: 2026-12-31, "
            f"by: {NOBODY}}}]\n",
            "suppress.0.by",
        ),
    ],
)
def test_a_field_that_names_nobody_is_found(path: str, line: str, way: str, folder: Path) -> None:
    add(folder, path, line)
    assert (path, way) in followed(folder)


def test_a_year_is_where_an_initiative_was_published_as_well_as_a_source(folder: Path) -> None:
    for written in ("2016", "2016-03", "example-act"):
        add(folder, INDEX, f"published: {written}\n")
        assert found(folder, "unknown-reference") == []
        (folder / INDEX).write_text(
            (folder / INDEX).read_text().replace(f"published: {written}\n", "")
        )


@pytest.mark.parametrize("written", ["2026-13", "2026-02-30", "2026-3"])
def test_a_date_that_there_is_not_is_taken_for_no_source(written: str, folder: Path) -> None:
    add(folder, INDEX, f"published: {written}\n")
    [finding] = open_workspace(folder).check(TODAY).findings
    assert (finding.rule, str(finding.route)) == ("wrong-value", "published")
    assert finding.expected == "a year, month or day, as 2026, 2026-03 or 2026-03-10"


@pytest.mark.parametrize("by", ["coordinators", "editors", "example-society"])
def test_a_member_answers_for_something_or_the_coordinators_or_editors_do(
    by: str, folder: Path
) -> None:
    add(folder, NOTICE, f"suppress: [{{rule: and-or, reason: x, by: {by}, until: 2026-12-31}}]\n")
    assert found(folder, "unknown-reference") == []


# --- an id that was changed -----------------------------------------------------------------------


def test_a_draft_to_which_links_lead_is_given_its_id_back(folder: Path) -> None:
    text = (folder / COMPLAINT).read_text(encoding="utf-8")
    (folder / COMPLAINT).write_text(text.replace("id: EXA-DUE-02", "id: EXA-DUE-20"))
    [finding] = open_workspace(folder).check(TODAY).findings
    assert (finding.rule, finding.expected) == ("file-name", "id: EXA-DUE-02")
    assert finding.help.startswith("Write `id: EXA-DUE-02` again: 2 links lead to it")


@pytest.mark.parametrize("renamed", [False, True])
def test_a_text_that_was_released_keeps_its_id(renamed: bool, folder: Path) -> None:
    release = Register(folder)
    release.put(
        "releases/provisions/1.0.0/manifest.yaml",
        "manifest",
        {
            "instrument": "INS-provisions",
            "version": "1.0.0",
            "state": "candidate",
            "title": "Invented",
            "dated": "2026-02-01",
            "tree": "1" * 40,
            "records": 19,
            "merkle_root": ZERO,
            "threshold": 1,
            "units": [{"id": "EXA-DUE-02", "digest": release.digest(COMPLAINT)}],
        },
    )
    release.change(COMPLAINT, "id: EXA-DUE-02", "id: EXA-DUE-20")
    if renamed:
        (folder / COMPLAINT).rename(folder / COMPLAINT.replace("DUE-02", "DUE-20"))
    done = started(
        [sys.executable, "-m", "govkit", "check", "--today", str(TODAY)],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    [error] = [line for line in done.stdout.splitlines() if line.startswith("error")]
    assert error == (
        "error: EXA-DUE-02 was released (provisions/1.0.0), and is called EXA-DUE-20 "
        "here  [changed-id]"
    )


# --- what is offered in its place -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "new", "offered"),
    [
        ("provisions/instrument.yaml", "EXA-DUE-02]", "EXA-DUE-02, EXA-DUE-00]", ""),
        (
            NOTICE,
            "as: grounded-in\n",
            "as: grounded-in\n  - {to: EXP-07, as: grounded-in}\n",
            "EXR-01",
        ),
        (
            NOTICE,
            "as: grounded-in\n",
            "as: grounded-in\n  - {to: EXA-DUE-00, as: see-also}\n",
            "EXA-DUE-02",
        ),
        (NOTICE, "art. 4\n", "art. 4\n  - {source: exmple-act, locator: art. 9}\n", "example-act"),
        (NOTICE, "[due-process]", "[due-process, due-proces]", ""),
        (USER, "status:", "see: [user-1]\nstatus:", ""),
    ],
)
def test_what_a_list_has_already_and_the_record_itself_are_not_offered(
    path: str, old: str, new: str, offered: str, folder: Path
) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    findings = open_workspace(folder).check(TODAY).findings
    [finding] = [each for each in findings if each.rule in ("unknown-reference", "not-in-charter")]
    assert finding.expected == offered
    assert ("Did you mean" in finding.help) == bool(offered)


def test_a_translation_names_a_release_that_there_is(folder: Path) -> None:
    add(folder, FRENCH, "base: provisions/9.0.0\n")
    assert found(folder, "unknown-reference") == [
        (FRENCH, "base", "there is no release `provisions/9.0.0`")
    ]


def test_all_that_the_records_of_a_round_name_is_followed(folder: Path) -> None:
    """Members, the texts of other proposals, comments and positions that are not there."""
    base = "governance/proposals/2026-003"
    for kind, name in (
        ("proposal", "proposal"),
        ("comment", "comments/0007"),
        ("act", "acts/01"),
        ("position", "positions/example-society-01"),
    ):
        text = PROCESS_RECORDS[kind].replace("other-society", NOBODY).replace("EXA-DUE-01", NOBODY)
        add(folder, f"{base}/{name}.yaml", text)
    assert followed(folder) == {
        (f"{base}/proposal.yaml", "endorsers.0"),
        (f"{base}/comments/0007.yaml", "target.unit"),
        (f"{base}/comments/0007.yaml", "source.relayed_by"),
        (f"{base}/comments/0007.yaml", "disposition.by"),
        (f"{base}/comments/0007.yaml", "disposition.result.unit"),
        (f"{base}/acts/01.yaml", "by.1"),
        (f"{base}/acts/01.yaml", "units.0"),
        (f"{base}/positions/example-society-01.yaml", "units.0.id"),
    }
    others = {
        (way, message)
        for _, way, message in found(folder, "unknown-reference")
        if NOBODY not in message
    }
    assert others == {
        ("policies.0.id", "there is no policy `substance`"),
        ("alongside.0", "there is no proposal `2026-002`"),
        ("call", "there is no call `calls/2026-001`"),
        ("cast_by", "there is no member `example-speaker`"),
        ("corrects", "there is no position `2026-003/positions/example-society-02`"),
        ("refers_to.1", "there is no position or comment `2026-003/comments/0001`"),
    }


def test_a_text_that_only_a_proposal_has_can_be_commented_on(folder: Path) -> None:
    base = "governance/proposals/2026-003"
    text = (folder / NOTICE).read_text().replace("EXA-DUE-01", "EXA-DUE-09")
    add(folder, f"{base}/rev-1/after/EXA-DUE-09.yaml", text)
    comment = PROCESS_RECORDS["comment"].replace("EXA-DUE-01", "EXA-DUE-09")
    add(folder, f"{base}/comments/0001.yaml", comment)
    assert "target.unit" not in {way for _, way, _ in found(folder, "unknown-reference")}


def test_the_groups_that_a_policy_counts_are_the_charters(folder: Path) -> None:
    add(
        folder,
        "governance/policies/votes.yaml",
        PROCESS_RECORDS["policy"].replace("academia", "acadmia"),
    )
    assert [(way, message) for _, way, message in found(folder, "not-in-charter")] == [
        (way, "`acadmia` is not in the charter's list `groups`")
        for way in ("consents.groups.acadmia", "majority.acadmia")
    ]


@pytest.mark.parametrize("field", ["defined_words", "consequences"])
def test_a_clause_that_a_book_names_is_one_of_its_own(folder: Path, field: str) -> None:
    book = folder / "provisions/instrument.yaml"
    book.write_text(book.read_text().replace("consequences: i1\n", "") + f"{field}: i9\n")
    assert found(folder, "unknown-clause") == [
        (
            "provisions/instrument.yaml",
            field,
            "INS-provisions has no clause (i9) in its interpretation",
        )
    ]


# --- what hides a reference that leads nowhere ----------------------------------------------------

NO_RECORD = [
    "EXA-DUE-02.docx",
    "EXA-DUE-02-complaint.pdf",
    "EXA-DUE-02-complaint.txt",
    "EXA-DUE-02-complaint",
    "EXA-DUE-02-complaint.xml",
]
OTHER_ENDING = [
    "EXA-DUE-02-complaint.yaml.txt",
    "EXA-DUE-02-complaint.yml",
    "EXA-DUE-02-complaint.YAML",
    "EXA-DUE-02-complaint.yaml.docx",
    "EXA-DUE-02-complaint.yaml~",
    "EXA-DUE-02-complaint.yaml.bak",
    "EXA-DUE-02-complaint.yml.1",
    "EXA-DUE-02-complaint.yaml (1)",
    "EXA-DUE-02-complaint.yalm",
]


@pytest.mark.parametrize("name", NO_RECORD)
def test_a_file_that_is_no_record_hides_no_reference(name: str, folder: Path) -> None:
    (folder / COMPLAINT).rename((folder / COMPLAINT).with_name(name))
    findings = open_workspace(folder).check(TODAY).findings
    errors = [each for each in findings if each.stops == "merge"]
    assert {each.path for each in errors} == {NOTICE, "provisions/instrument.yaml"}
    assert {each.rule for each in errors} == {"unknown-reference"}


def test_the_finding_names_the_file_that_was_taken_for_the_record(folder: Path) -> None:
    pdf = "registers/sources/example-act.pdf"
    (folder / "registers/sources/example-act.yaml").rename(folder / pdf)
    findings = open_workspace(folder).check(TODAY).findings
    helps = [each.help for each in findings if each.rule == "unknown-reference"]
    assert helps
    assert all(help.startswith(f"{pdf} is no record, so nothing reads it.") for help in helps)


TELLING = ("unexpected-file", "unknown-reference", "renamed-file")
SAVED = [
    ("txt", "rename that file to"),
    ("json", "rename that file to"),
    ("", "rename that file to"),
]


@pytest.mark.parametrize("since", [False, True])
@pytest.mark.parametrize(
    ("ending", "what"), [*SAVED, ("docx", "save its words as plain text under")]
)
def test_a_record_that_was_saved_under_another_ending_is_renamed_and_never_thrown_away(
    ending: str, what: str, since: bool, folder: Path
) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a state")
    saved = f"registers/terms/user{'.' if ending else ''}{ending}"
    (folder / "registers/terms/user.yaml").rename(folder / saved)
    findings = open_workspace(folder).check(TODAY, "HEAD" if since else None).findings
    found = [each for each in findings if each.rule in TELLING]
    assert {each.path for each in found} > {saved}
    help = f"If {saved} holds `user`, {what} "
    assert all(help in each.help and "user.yaml" in each.help for each in found)
    assert not any("git checkout" in each.help for each in findings)


HIDDEN = [
    ("registers/terms", "registers/.terms", "`mv registers/.terms registers/terms`"),
    (
        "provisions/due-process/EXA-DUE-01-notice.yaml",
        "provisions/.drafts/EXA-DUE-01-notice.yaml",
        "`mv provisions/.drafts/EXA-DUE-01-notice.yaml provisions/due-process/`",
    ),
]


@pytest.mark.parametrize(("place", "hidden", "way_out"), HIDDEN)
@pytest.mark.parametrize("since", [False, True])
def test_a_hidden_folder_with_what_is_missed_is_one_error_with_the_way_back(
    place: str, hidden: str, way_out: str, since: bool, folder: Path
) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a state")
    (folder / hidden).parent.mkdir(exist_ok=True)
    (folder / place).rename(folder / hidden)
    findings = open_workspace(folder).check(TODAY, "HEAD" if since else None).findings
    [finding] = [each for each in findings if each.stops]
    assert (finding.rule, finding.stops) == ("unexpected-file", "merge")
    assert "is hidden, and nothing reads what is in it" in finding.message
    assert way_out in finding.help


def test_a_hidden_folder_with_what_nobody_misses_is_one_advice(folder: Path) -> None:
    before = open_workspace(folder).check(TODAY).findings
    for name in ("old.yaml", "older.yaml"):
        add(folder, f"registers/terms/.kept/{name}", "'")
    more = [each for each in open_workspace(folder).check(TODAY).findings if each not in before]
    assert [(each.rule, each.stops, each.path) for each in more] == [
        ("unexpected-file", None, "registers/terms/.kept/old.yaml")
    ]


def test_a_hidden_file_is_named_where_its_record_is_missed(folder: Path) -> None:
    hidden = "registers/terms/.user.yaml"
    (folder / "registers/terms/user.yaml").rename(folder / hidden)
    findings = open_workspace(folder).check(TODAY).findings
    found = [each for each in findings if each.rule in TELLING]
    assert {each.rule for each in found} == {"unexpected-file", "unknown-reference"}
    assert all(f"If {hidden} holds `user`, rename that file to" in each.help for each in found)


def test_a_path_with_a_space_can_be_typed_as_the_command_has_it(folder: Path) -> None:
    git(folder, "init", "-q")
    (folder / ".gitignore").write_text("EXA-DUE-07*\n")
    add(folder, "provisions/due-process/EXA-DUE-07 more.yaml", "id: [")
    helps = [each.help for each in open_workspace(folder).check(TODAY).findings]
    words = "`git check-ignore -v 'provisions/due-process/EXA-DUE-07 more.yaml'` names the line"
    assert any(each.startswith(words) for each in helps)


def test_a_record_that_git_ignores_is_named_with_what_shows_the_line(folder: Path) -> None:
    git(folder, "init", "-q")
    before = open_workspace(folder).check(TODAY).findings
    (folder / ".gitignore").write_text("EXA-DUE-07*\nbuild/\n.kept/\n")
    ignored = "provisions/due-process/EXA-DUE-07-more.yaml"
    add(folder, ignored, "id: [")
    for no_record in ("registers/terms/.kept/a.yaml", "registers/build/terms/a.yaml"):
        add(folder, no_record, "id: [")
    more = [each for each in open_workspace(folder).check(TODAY).findings if each not in before]
    assert [(each.rule, each.stops, each.path) for each in more] == [
        ("unexpected-file", None, ignored)
    ]
    assert more[0].help.startswith(f"`git check-ignore -v {ignored}` names the line")


@pytest.mark.parametrize("name", OTHER_ENDING)
def test_a_record_with_another_ending_is_one_error_with_its_right_name(
    name: str, folder: Path
) -> None:
    (folder / COMPLAINT).rename((folder / COMPLAINT).with_name(name))
    [finding] = open_workspace(folder).check(TODAY).findings
    assert (finding.rule, finding.stops, finding.found) == ("yml-ending", "merge", name)
    assert finding.help.startswith("Rename the file to EXA-DUE-02-complaint.yaml.")


def test_no_other_file_is_taken_for_a_record(folder: Path) -> None:
    for name in ("yaml.txt", "notes.html", "yamls.txt", "README.md", "a.toml"):
        (folder / f"registers/terms/{name}").write_text("x")
    assert [path for path, _, _ in found(folder, "yml-ending")] == []


def test_what_is_no_record_answers_no_question_of_a_rule(folder: Path) -> None:
    """A picture beside the provisions does not silence the rule on texts in no book."""
    (folder / "provisions/due-process/picture.png").write_text("x")
    for ending in ("txt", "yml"):
        (folder / f"provisions/principles/instrument.{ending}").write_text("x")
    text = (folder / NOTICE).read_text().replace("EXA-DUE-01", "EXA-DUE-08")
    add(folder, "provisions/due-process/EXA-DUE-08-more.yaml", text)
    assert [path for path, _, _ in found(folder, "orphan")] == [
        "provisions/due-process/EXA-DUE-08-more.yaml"
    ]


@pytest.mark.parametrize(
    ("book", "path"),
    [
        ("provisions", "registers/sources/example-act.yaml"),
        ("provisions", COMPLAINT),
        ("EXA-DUE-01", "registers/terms/restriction.yaml"),
    ],
)
@pytest.mark.parametrize("how", ["broken", "renamed"])
def test_a_book_is_not_printed_with_a_hole(book: str, path: str, how: str, folder: Path) -> None:
    if how == "broken":
        add(folder, path, "'\n")
    else:
        (folder / path).rename(folder / f"{path}.txt")
    done = started(
        [sys.executable, "-m", "govkit", "render", book, "--format", "md"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert path in done.stderr
    assert not (folder / "dist").exists()


def test_a_page_that_is_shown_all_the_same_says_what_is_missing(folder: Path) -> None:
    (folder / "registers/sources/example-act.yaml").unlink()
    done = started(
        [sys.executable, "-m", "govkit", "show", "EXA-DUE-01", "--format", "html"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert "not in this folder" in done.stdout


def test_what_is_meant_is_looked_for_a_hundred_times_in_a_file_and_the_rest_is_told(
    folder: Path,
) -> None:
    """Each search goes over all ids: with 15,000 wrong ones a check took minutes."""
    wrong = (
        "grounds:\n" + "  - {source: exampel-act, locator: art. 5, relation: implements}\n" * 150
    )
    text = (folder / COMPLAINT).read_text(encoding="utf-8")
    (folder / COMPLAINT).write_text(text.replace("grounds:\n", wrong), encoding="utf-8")
    findings = open_workspace(folder).check(TODAY).findings
    told = [each for each in findings if each.rule == "unknown-reference"]
    assert (len(told), sum(bool(each.expected) for each in told)) == (150, 100)


def test_a_source_that_was_verified_on_a_day_to_come_is_not_verified(folder: Path) -> None:
    file = folder / "registers/sources/example-act.yaml"
    words = file.read_text(encoding="utf-8")
    file.write_text(words.replace("on: 2026-01-15", "on: 2062-01-15", 1), encoding="utf-8")
    [finding] = open_workspace(folder).check(TODAY).findings
    assert (finding.rule, finding.found, finding.stops) == (
        "unverified-source",
        "2062-01-15",
        "release",
    )
    file.write_text(words.replace("on: 2026-01-15", f"on: {TODAY}", 1), encoding="utf-8")
    assert open_workspace(folder).check(TODAY).findings == ()
