"""The documents of a service become a set; what is no terms is named and gives no score."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner

from govkit.assessment.archive import kind_of_subject, terms_at
from govkit.assessment.document_sets import FetchedDocument, draft_of_set
from govkit.assessment.snapshots import language_in, snapshot_fault
from govkit.cli.main import govkit
from govkit.errors import WrongUse
from govkit.procedures.assessment.archives import versions_of_archive
from govkit.procedures.assessment.importing import DocumentSetFault, write_set
from govkit.records.assessments import DocumentSet
from govkit.source.page_links import links_of_docx, links_of_markdown, links_of_page
from govkit.source.reading import read_record
from govkit.source.text_blocks import TextBlock
from govkit.workspace import open_workspace
from tests.assessment.conftest import TERMS

NOW = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
GERMAN = "Sie können Ihr Konto jederzeit löschen, und wir werden die Daten nicht behalten. " * 10


def fetched(words: str, type_: str = "Terms of Service") -> FetchedDocument:
    return FetchedDocument(type_, words.encode(), (TextBlock(words),), path=f"{type_}.txt")


def assess(folder: Path, *words: str) -> tuple[int, str]:
    line = ["-C", str(folder), "assess", *words]
    done = CliRunner().invoke(govkit, line, standalone_mode=False)
    error = done.exception
    said = f"{getattr(error, 'message', '')} {getattr(error, 'hint', '')}" if error else ""
    return done.exit_code or done.return_value or 0, " ".join(
        (done.output + said).replace("help:", "").split()
    )


def set_in(folder: Path, path: str) -> DocumentSet:
    record, findings = read_record(path, "document-set", (folder / path).read_bytes())
    assert not findings
    return cast(DocumentSet, record)


def test_an_archive_is_imported_as_it_was_on_a_day_and_nothing_in_it_runs(
    folder: Path, archive: Path
) -> None:
    code, said = assess(
        folder, "import", str(archive), "--service", "Kiosk", "--date", "2026-02-15"
    )
    assert code == 0, said
    at = "assessments/kiosk/2026-02-15"
    found = set_in(folder, f"{at}/set.yaml")
    assert [(each.id, each.role, each.state) for each in found.documents] == [
        ("privacy-policy", "incorporated", "present"),
        ("terms-of-service", "main", "present"),
    ]
    assert str(found.documents[1].fetched_at)[:10] == "2026-02-01"
    text = (folder / at / "texts/terms-of-service.txt").read_text(encoding="utf-8")
    assert text.startswith("Menu\n\nTerms of Service\n\n")
    assert "within 30 days" in text
    # The privacy policy is in the set, by its name; the page of appeals is not.
    assert [link.text for link in found.links_not_in_set] == ["appeals page", "Menu"][::-1]
    assert "appeals page" in said
    assert (folder / at / ".gitignore").read_text().endswith("/texts/\n")
    assert not (archive / "RAN").exists()
    assert open_workspace(folder).check(NOW.date()).findings == ()


def test_a_set_that_is_there_is_never_written_over(folder: Path) -> None:
    draft = draft_of_set("Kiosk", "2026-05-01", "en", [fetched(TERMS)], invented=True)
    written = write_set(folder, draft, NOW)
    assert not (folder / written / ".gitignore").exists()
    with pytest.raises(WrongUse, match="is there already"):
        write_set(folder, draft, NOW)


def test_a_folder_that_leads_elsewhere_gets_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "assessments").symlink_to(tmp_path / "elsewhere")
    draft = draft_of_set("Kiosk", "2026-05-01", "en", [fetched(TERMS)])
    with pytest.raises(Exception, match="link"):
        write_set(folder, draft, NOW)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_set_without_terms_is_not_written(folder: Path) -> None:
    draft = draft_of_set("Kiosk", "2026-05-01", "en", [fetched("")])
    with pytest.raises(DocumentSetFault, match="terms-of-service holds no words"):
        write_set(folder, draft, NOW)
    assert not (folder / "assessments").exists()


PAGES = {
    "nothing": ("", "holds no words"),
    "three words": ("Terms of Service", "holds 3 words"),
    "a banner": (
        "We use cookies to make this site work. Accept all or open the cookie settings. " * 2,
        "is a banner about cookies: it says “accept all” and “cookie settings”",
    ),
    "an error": ("Access denied. You have no right to see this page.", "says “access denied”"),
    "another language": (GERMAN, "is written in German (de), not English (en)"),
    "terms": (TERMS * 3, ""),
}


@pytest.mark.parametrize("page", [*PAGES])
def test_what_is_no_terms_is_named(page: str) -> None:
    words, because = PAGES[page]
    found = snapshot_fault(words, "en")
    assert (found.because if found else "").startswith(because)
    assert bool(found) == bool(because)


def test_a_language_is_told_by_its_commonest_words_or_its_script_and_in_doubt_not_at_all() -> None:
    assert language_in(GERMAN) == "de"
    assert language_in("利用規約は、当社が提供するサービスの利用条件を定めるものです。" * 5) == "ja"
    assert language_in("zxcv " * 200) == ""


REFUSED = {
    "two of one name": (("t.md", "t.md", "--service", "K"), "two documents are called t"),
    "a service that is not there": (
        ("{archive}", "--service", "Kioks"),
        "the archive has no service Kioks Did you mean Kiosk?",
    ),
    "terms that are not there": (
        ("{archive}", "--service", "Kiosk", "--terms-type", "Imprint"),
        "the archive has no Imprint of Kiosk then It has Privacy Policy, Terms of Service",
    ),
    "before the archive began": (
        ("{archive}", "--service", "Kiosk", "--date", "2025-06-01"),
        "the archive has nothing of Kiosk then",
    ),
    "no commit": (("{archive}", "--service", "Kiosk", "--commit", "zz"), "is no commit"),
    "a folder that is none": (("{folder}", "--service", "K"), "is no checkout of an archive"),
    "a page that failed": (("{archive}", "--service", "Wall"), "says “access denied”"),
    "another language": (("de.txt", "--service", "K"), "is written in German"),
    "types for no file": (
        ("t.md", "--service", "K", "--terms-type", "A", "--terms-type", "B"),
        "1 file",
    ),
    "a commit of a file": (("t.md", "--service", "K", "--commit", "abcdef1"), "for an archive"),
    "five megabytes of a page": (("big.html", "--service", "K"), "longer than 4 MiB"),
}


@pytest.mark.parametrize("case", [*REFUSED])
def test_what_cannot_be_imported_is_said_and_nothing_is_written(
    case: str, folder: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.md").write_text(TERMS, encoding="utf-8")
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    if "megabytes" in case:
        (tmp_path / "big.html").write_bytes(b"<p>a</p>" * 640_000)
    words, because = REFUSED[case]
    places = {"archive": archive, "folder": folder}
    code, said = assess(folder, "import", *(word.format(**places) for word in words))
    assert code != 0
    assert because in said
    assert not (folder / "assessments").exists()


def test_only_plain_files_two_names_deep_are_versions(archive: Path) -> None:
    found = versions_of_archive(archive)
    assert {each.path for each in found} == {
        "Kiosk/Terms of Service.md",
        "Kiosk/Privacy Policy.md",
        "Wall/Terms of Service.md",
    }
    kinds = [each.kind for each in found if each.path == "Kiosk/Terms of Service.md"]
    assert kinds == ["first", "technical", "real", "technical"]


def test_a_commit_is_told_by_its_subject() -> None:
    assert kind_of_subject("Update Kiosk Terms of Service") == "real"
    assert kind_of_subject("Improve copywriting") == "unknown"
    assert terms_at("README.md") is None


def packed(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return file.getvalue()


LINKS = [("appeals", "/appeals"), ("rules", "https://k.example/rules")]


def test_links_to_other_documents_are_read_out_of_each_format() -> None:
    page = (
        '<a href="/appeals#top">appeals</a> <a href="mailto:a@k.example">mail</a> '
        '<a href="javascript:run()">run</a><a href="#x">x</a>'
        '<a href="https://k.example/rules"><b>ru</b>les</a><a href="/appeals">again</a>'
    )
    markdown = "[appeals](/appeals#top) ![a](/b.png) [m](mailto:x) [rules](https://k.example/rules)"
    rels = "".join(
        f'<Relationship Id="r{n}" TargetMode="External" Type="h" Target="{address}"/>'
        for n, (_, address) in enumerate(LINKS)
    )
    body = "".join(
        f'<w:hyperlink r:id="r{n}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'
        for n, (words, _) in enumerate(LINKS)
    )
    word = packed(
        {
            "word/document.xml": f'<w:doc xmlns:w="w" xmlns:r="r"><w:p>{body}</w:p></w:doc>',
            "word/_rels/document.xml.rels": f"<Relationships>{rels}</Relationships>",
        }
    )
    for found in (links_of_page(page), links_of_markdown(markdown), links_of_docx(word)):
        assert [*found] == LINKS
