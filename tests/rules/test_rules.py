"""Every rule: a coalition in which it speaks, and the nearest one in which it is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.checks.all_rules import BY_SLUG, RULES
from govkit.findings import in_order
from govkit.workspace import open_workspace

from .conftest import BASE, HERE, TODAY, Case, lay, shown

SLUGS = [rule.slug for rule in RULES]


def folders() -> list[str]:
    return sorted(
        path.name for path in HERE.iterdir() if path.is_dir() and path.name[0] not in "_."
    )


def test_the_coalition_that_all_cases_change_has_no_finding() -> None:
    assert open_workspace(BASE).check(TODAY).findings == ()


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert folders() == sorted(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_rule_has_a_case_that_fires_and_one_that_is_silent(slug: str) -> None:
    assert Case(slug, "fires").expected()
    assert any(Case(slug, "silent").folder.iterdir())


@pytest.mark.parametrize("slug", SLUGS)
def test_fires(slug: str, folder: Path) -> None:
    """Exactly the findings of `expected.txt`, and no other rule's but those of `also.txt`."""
    case = Case(slug, "fires")
    findings = case.report(folder).findings
    assert [shown(finding) for finding in findings if finding.rule == slug] == case.expected()
    assert {finding.rule for finding in findings} - {slug} == set(case.also())


@pytest.mark.parametrize("slug", SLUGS)
def test_is_silent(slug: str, folder: Path) -> None:
    findings = Case(slug, "silent").report(folder).findings
    assert [shown(finding) for finding in findings if finding.rule == slug] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_finding_says_what_to_do_and_the_same_on_every_run(slug: str, folder: Path) -> None:
    case = Case(slug, "fires")
    first = case.report(folder)
    assert list(first.findings) == sorted(first.findings, key=in_order)
    for finding in first.findings:
        assert finding.help.endswith((".", "?")), finding.help
        assert "\n" not in finding.message
        assert not finding.message.endswith(".")
    since = "other" if case.compares else None
    assert open_workspace(folder).check(TODAY, since) == first


def test_the_slug_of_a_rule_is_the_name_of_its_generator() -> None:
    assert {slug: rule.generate.__name__ for slug, rule in BY_SLUG.items()} == {
        slug: slug.replace("-", "_") for slug in SLUGS
    }


# --- one mistake, one remark --------------------------------------------------------------------


def files_of_base() -> list[str]:
    return sorted(str(path.relative_to(BASE)) for path in BASE.rglob("*.yaml"))


@pytest.mark.parametrize("path", files_of_base())
def test_a_file_that_cant_be_read_gives_one_finding_and_the_others_are_still_checked(
    path: str, folder: Path
) -> None:
    """References to it hold, and nothing is said that only it could answer."""
    lay(folder)
    with (folder / path).open("ab") as file:
        file.write(b"'\n")
    [finding] = open_workspace(folder).check(TODAY).findings
    assert (finding.path, finding.rule) == (path, "yaml-syntax")


@pytest.mark.parametrize("path", files_of_base())
def test_a_file_with_an_unknown_key_gives_one_finding(path: str, folder: Path) -> None:
    lay(folder)
    with (folder / path).open("ab") as file:
        file.write(b"unheard_of: yes\n")
    [finding] = open_workspace(folder).check(TODAY).findings
    assert (finding.path, finding.rule) == (path, "unknown-key")


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        ("provisions/due-process/EXA-DUE-02-complaint.yaml", "id: EXA-DUE-02", "id: EXA-DUE-20",
         "file-name"),
        ("provisions/due-process/EXA-DUE-02-complaint.yaml", "id: EXA-DUE-02", "id: EXA-PRV-02",
         "file-name"),
        ("provisions/due-process/EXA-DUE-02-complaint.yaml", "id: EXA-DUE-02", "id: EXA-DEU-02",
         "id-form"),
        ("provisions/due-process/EXA-DUE-02-complaint.yaml", "id: EXA-DUE-02", "id: EXA-DUE-01",
         "file-name"),
        ("provisions/principles/EXP-01-fair-hearing.yaml", "id: EXP-01", "id: EXP-10", "file-name"),
        ("recommendations/instrument.yaml", "INS-recommendations", "INS-recomendations",
         "not-in-charter"),
        ("recommendations/instrument.yaml", "INS-recommendations", "Recommendations", "id-form"),
        ("translations/fr/platform.yaml", "of: platform", "of: plattform", "file-name"),
        ("provisions/due-process/EXA-DUE-01-notice.yaml", "addressee: platform\n",
         "addressee: plattform\n", "not-in-charter"),
        ("provisions/due-process/EXA-DUE-01-notice.yaml", "{notice_days}", "{notise_days}",
         "undeclared-parameter"),
        ("governance/charter.yaml", "[platform, user]", "[platform, user, writer]",
         "unknown-reference"),
        ("provisions/privacy/EXA-PRV-01-export.yaml", "force: must", "force: shall",
         "unknown-word"),
    ],
)
def test_one_slip_gives_one_finding(path: str, old: str, new: str, rule: str, folder: Path) -> None:
    lay(folder)
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [shown(finding) for finding in open_workspace(folder).check(TODAY).findings]
    assert [line.split(": ")[0].split()[-1] for line in found] == [rule], found


@pytest.mark.parametrize("path", [path for path in files_of_base() if "charter" not in path])
def test_a_file_that_is_gone_gives_findings_where_it_is_missed_and_no_traceback(
    path: str, folder: Path
) -> None:
    lay(folder)
    (folder / path).unlink()
    for finding in open_workspace(folder).check(TODAY).findings:
        assert finding.path != path
        assert finding.rule in ("unknown-reference", "orphan", "not-in-charter"), shown(finding)


def test_a_term_that_is_gone_is_missed_once_where_the_charter_names_it(folder: Path) -> None:
    """Not again at each clause that it binds; links to it are each a mistake of their own."""
    lay(folder)
    (folder / "registers/terms/platform.yaml").unlink()
    found = [shown(finding) for finding in open_workspace(folder).check(TODAY).findings]
    assert [line.split(":")[0] for line in found] == [
        "governance/charter.yaml",
        "provisions/instrument.yaml",
        "registers/terms/restriction.yaml",
        "registers/terms/user.yaml",
        "translations/fr/platform.yaml",
    ]


@pytest.mark.parametrize("old_name", ["EXA-DUE-02-complaint.yml", "EXA-DUE-02-complaint.YAML"])
def test_a_record_with_the_wrong_ending_gives_one_finding(old_name: str, folder: Path) -> None:
    lay(folder)
    record = folder / "provisions/due-process/EXA-DUE-02-complaint.yaml"
    record.rename(record.with_name(old_name))
    [finding] = open_workspace(folder).check(TODAY).findings
    assert finding.rule == "yml-ending"


# --- words that a rule has to understand --------------------------------------------------------


NOTICE = "provisions/due-process/EXA-DUE-01-notice.yaml"


@pytest.mark.parametrize(
    "words",
    [
        "{notice_days} days", "{notice_days} day", "{notice_days}\n      days",
        "a {notice_days}-day period", "{notice_days} calendar days", "{notice_days} full days",
        "{notice_days} to {late_days} days", "{notice_days} and {late_days} consecutive days",
    ],
)
def test_a_unit_follows(words: str, folder: Path) -> None:
    assert rules_with(folder, words) == []


@pytest.mark.parametrize(
    "words",
    ["{notice_days}", "{notice_days} weeks", "{notice_days} %", "{notice_days} daytimes",
     "{notice_days} working days", "{notice_days}, or some days"],
)
def test_a_unit_does_not_follow(words: str, folder: Path) -> None:
    assert rules_with(folder, words) == ["parameter-unit"]


def test_units_are_not_looked_for_in_another_language(folder: Path) -> None:
    lay(folder)
    change(folder, "governance/charter.yaml", "authoritative: en", "authoritative: de")
    change(folder, NOTICE, "days before", "Tage before")
    assert open_workspace(folder).check(TODAY).findings == ()


def rules_with(folder: Path, words: str) -> list[str]:
    lay(folder)
    change(folder, NOTICE, "{notice_days}\n      days", words)
    if "late_days" in words:
        more = "  late_days:\n    type: days\n    default: 20\n    favours: shorter\n"
        more += "    meaning: time in hard cases\n"
        change(folder, NOTICE, "grounds:", f"{more}grounds:")
    return [finding.rule for finding in open_workspace(folder).check(TODAY).findings]


def change(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_very_long_word_does_not_hold_the_check_up(folder: Path) -> None:
    """A pattern that tries every beginning of a very long word would take long."""
    lay(folder)
    with (folder / "registers/sources/example-act.yaml").open("a", encoding="utf-8") as file:
        file.write("note: é " + "a" * 99_000 + "\n")
    [finding] = open_workspace(folder).check(TODAY).findings
    assert finding.rule == "wrong-value"


def test_a_long_chain_of_successors_is_walked_once(folder: Path) -> None:
    lay(folder)
    template = (folder / "provisions/privacy/EXA-PRV-01-export.yaml").read_text(encoding="utf-8")
    ids = [f"EXA-PRV-{number:04d}" for number in range(2, 302)]
    for before, id, after in zip(["", *ids], ids, [*ids[1:], ""], strict=False):
        text = template.replace("id: EXA-PRV-01", f"id: {id}")
        text += f"supersedes: [{before}]\n" if before else ""
        text += f"superseded_by: {after}\n" if after else ""
        (folder / f"provisions/privacy/{id}.yaml").write_text(text, encoding="utf-8")
    change(folder, "provisions/instrument.yaml", "[EXA-PRV-01]", f"[EXA-PRV-01, {', '.join(ids)}]")
    assert open_workspace(folder).check(TODAY).findings == ()
