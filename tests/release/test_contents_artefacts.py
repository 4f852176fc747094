"""Artefacts: their names are known before they are made, and their bytes are the same anywhere."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from govkit.errors import GovkitError
from govkit.records.releases import Held
from govkit.release.release import Release, Validity
from govkit.rendering.release.artefacts import artefact_names, artefacts
from tests.consent.building import words
from tests.release.decided import DECISION, PROPOSAL, ROOT, TEXT, adopted, corpus_at, made
from tests.word_reading import parts_of, shown

ALL = ("md", "html", "pdf", "json")
REPOSITORY = Path(__file__).parents[2]
MAKE = """\
import sys, time
from pathlib import Path
from tests.release.decided import *
story = adopted().objects("eva", "It costs too much.").decided()
release = story.release(formats=("md", "html", "pdf", "json"), previous=corpus_at({}))
if "later" in sys.argv:  # as on another day, for all that asks for the day
    import datetime, weasyprint
    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2036, 1, 1, tzinfo=tz)
    weasyprint.datetime = Later
    moment = datetime.datetime(2036, 1, 1).timestamp()
    time.time = lambda: moment
    time.time_ns = lambda: int(moment * 1e9)
    time.gmtime = lambda *_: time.struct_time((2036, 1, 1, 0, 0, 0, 1, 1, 0))
    time.localtime = time.gmtime
for name, data in made(release).items():
    Path(sys.argv[1], name).write_bytes(data)
"""


def story_release(**more: Any) -> Release:
    return adopted().objects("eva", "It costs too much.").decided().release(**more)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All files of a release, made in a process of its own."""
    return made_in(tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("home"), {})


def made_in(folder: Path, home: Path, around: dict[str, str], *words_: str) -> dict[str, bytes]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(home),
        "PYTHONHASHSEED": "1",
        **around,
    }
    subprocess.run(
        [sys.executable, "-c", MAKE, str(folder), *words_],
        cwd=home,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_bytes_in_another_process_home_folder_locale_zone_and_on_another_day(
    printed: dict[str, bytes], tmp_path: Path
) -> None:
    home = tmp_path / "another home \u00fc"
    (home / "out").mkdir(parents=True)
    there = made_in(
        home / "out",
        home,
        {
            "TZ": "Asia/Kathmandu",
            "LANG": "tr_TR.UTF-8",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "ar",
            "PYTHONHASHSEED": "77",
            "SOURCE_DATE_EPOCH": "1",
            "XDG_CACHE_HOME": str(home),
        },
        "later",
    )
    assert sorted(there) == sorted(printed)
    assert [name for name in printed if there[name] != printed[name]] == []


def test_the_manifest_lists_exactly_what_is_made(printed: dict[str, bytes]) -> None:
    release = story_release(formats=ALL, previous=corpus_at({}))
    assert sorted(printed) == sorted(release.manifest.artefacts)
    assert release.manifest.artefacts == (
        "provisions.md",
        "provisions.html",
        "provisions.pdf",
        "provisions.json",
        "redline.md",
        "redline.html",
        "redline.pdf",
        "notes.md",
        "notes.html",
        "notes.pdf",
        "consultation.md",
        "consultation.html",
        "consultation.pdf",
        "consent.md",
        "consent.html",
        "consent.pdf",
        "consent.json",
        "evidence.tar",
    )


def test_names_without_an_earlier_release_comments_or_pdf() -> None:
    names = artefact_names(corpus_at({}), "INS-provisions", ("md",))
    assert names == ("provisions.md", "notes.md", "consent.md", "consent.json", "evidence.tar")


def test_every_pdf_carries_the_manifest_and_is_dated_as_the_release(
    printed: dict[str, bytes],
) -> None:
    ids = set()
    manifest = story_release(formats=ALL, previous=corpus_at({})).manifest_bytes
    for name in (name for name in printed if name.endswith(".pdf")):
        reader = pypdf.PdfReader(io.BytesIO(printed[name]))
        root: Any = reader.trailer["/Root"]
        assert [each.get_object()["/UF"] for each in root["/AF"]] == ["manifest.yaml"]
        inside: Any = root["/AF"][0].get_object()
        assert inside["/AFRelationship"] == "/Data"
        file = inside["/EF"]["/F"].get_object()
        assert file.get_data() == manifest, name
        assert file["/Subtype"] == "/application/yaml"
        assert file["/Params"]["/CreationDate"] == file["/Params"]["/ModDate"]
        assert str(file["/Params"]["/ModDate"]).startswith("D:20260501000000")
        assert str(reader.metadata["/CreationDate"]).startswith("D:20260501")  # type: ignore[index]
        assert str(reader.metadata["/ModDate"]).startswith("D:20260501")  # type: ignore[index]
        assert root["/MarkInfo"]["/Marked"]
        ids.add(str(reader.trailer["/ID"][0]))
    assert len(ids) == 5  # each file has one of its own


def test_root_fingerprint_and_newest_entry_stand_in_every_page(printed: dict[str, bytes]) -> None:
    head = story_release().newest_entry
    assert head is not None
    for name, data in printed.items():
        if name.endswith((".md", ".html")):
            assert ROOT in data.decode(), name
            assert f"entry {head.seq}, " in data.decode(), name
            assert head.digest in data.decode(), name
        if name.endswith(".pdf"):
            pages = pypdf.PdfReader(io.BytesIO(data)).pages
            text = "".join("".join(page.extract_text().split()) for page in pages)
            assert ROOT in text, name
            assert head.digest in text, name


def test_evidence_is_what_the_decisions_rest_on_and_nothing_private(
    printed: dict[str, bytes],
) -> None:
    story = adopted().objects("eva", "It costs too much.").decided()
    story.files[f"{PROPOSAL}/submissions/0123abcd.yaml"] = "{}"
    story.files["governance/proposals/2026-001/proposal.yaml"] = "{}"
    story.files["registers/issues/silent-removal.yaml"] = "{}"
    data = made(story.release())["evidence.tar"]
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        entries = tar.getmembers()
        held = {each.name: tar.extractfile(each).read() for each in entries}  # type: ignore[union-attr]
    names = [each.name for each in entries]
    assert names == sorted(names)
    assert {(e.mtime, e.uid, e.gid, e.mode, e.uname) for e in entries} == {(0, 0, 0, 0o644, "")}
    assert DECISION in names
    assert "governance/charter.yaml" in names
    assert f"{PROPOSAL}/positions/eva-01.yaml" in names
    assert "governance/log/000001.yaml" in names
    for left_out in ("submissions", "2026-001", "issues"):
        assert not [name for name in names if left_out in name]
    assert all(held[name] == story.files[name].encode() for name in names)


def test_a_name_that_nobody_makes_is_refused() -> None:
    release = story_release()
    manifest = release.manifest.model_copy(update={"artefacts": ("provisions.odt",)})
    with pytest.raises(GovkitError, match=r"nothing here makes the file provisions\.odt"):
        list(artefacts(replace(release, manifest=manifest)))


WORD = tuple(f"{stem}.docx" for stem in ("provisions", "redline", "notes", "consultation"))


def test_each_word_file_says_on_its_last_page_how_to_check_and_what_prevails() -> None:
    path = "provisions/privacy/EXA-PRV-01-export.yaml"
    before = (REPOSITORY / "tests/rules/_base" / path).read_text()
    before = before.replace("The platform must", "Any platform must")
    release = story_release(previous=corpus_at({path: before}))
    manifest = release.manifest.model_copy(update={"artefacts": WORD})
    for name, make in artefacts(replace(release, manifest=manifest)):
        data = make()
        lines = [each.words for each in shown(data)]
        assert lines[-1].endswith("The PDF and the YAML prevail."), name
        assert manifest.merkle_root in lines[-2], name
        assert any("govkit release verify" in line for line in lines[-12:]), name
        assert (b"<w:ins " in parts_of(data)["word/document.xml"]) == (name == "redline.docx"), name


def test_the_pages_of_a_release_are_word_files_where_its_formats_say_so() -> None:
    names = artefact_names(corpus_at({}), "INS-provisions", ("docx",), compared=True)
    assert set(WORD) - set(names) == {"consultation.docx"}  # nobody commented


def test_each_document_is_laid_out_once_for_all_its_formats(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from govkit.rendering.release import book

    count = 0
    lay = book.book_of

    def counted(*given: Any, **named: Any) -> Any:
        nonlocal count
        count += 1
        return lay(*given, **named)

    monkeypatch.setattr(book, "book_of", counted)
    made(story_release(formats=("md", "html", "json")))
    assert count == 1


# --- editions -------------------------------------------------------------------------------------


def page(release: Release, name: str = "provisions.md") -> str:
    return made(release)[name].decode()


def test_a_draft_is_nobodys_agreement_and_not_in_force() -> None:
    found = page(story_release(version="1.0.0-draft.2"))
    assert "This is a draft release, and nobody’s agreement." in found
    assert "\n**DRAFT**\n" in found
    assert "In force from" not in found
    assert "in_force_from" not in found


def test_a_coalition_that_is_forming_says_so() -> None:
    found = page(story_release(version="1.0.0-draft.2", founded=False))
    assert "The coalition is forming." in found
    assert "Root fingerprint: none; the coalition is forming" in found
    assert "this release carries no signatures" in found


def test_commencement_may_differ_by_text() -> None:
    release = story_release(manifest={"effective": "2026-07-01"})
    units = tuple(
        unit.model_copy(update={"effective": "2027-01-01"}) if unit.id == TEXT else unit
        for unit in release.manifest.units
    )
    manifest = release.manifest.model_copy(update={"units": units})
    found = page(replace(release, manifest=manifest))
    assert "In force from: 1 July 2026; EXA-DUE-01 from 1 January 2027" in found
    assert found.count("In force from: 1 January 2027") == 1


def test_the_days_of_a_draft_are_a_plan() -> None:
    release = story_release(version="1.0.0-draft.2", manifest={"effective": "2026-07-01"})
    units = tuple(
        unit.model_copy(update={"effective": "2027-01-01"}) for unit in release.manifest.units
    )
    manifest = release.manifest.model_copy(update={"units": units})
    found = page(replace(release, manifest=manifest))
    assert "Planned to apply from: 1 July 2026; INS-provisions, EXA-DUE-01" in found
    assert "Planned to apply from: 1 January 2027" in found
    assert "In force" not in found


def test_a_superseded_release_has_the_time_it_was_in_force() -> None:
    was = Validity("2026-05-01", "2026-12-01", "2.0.0")
    found = page(replace(story_release(), validity=was))
    said = "Superseded by version 2.0.0. In force from 1 May 2026 to 1 December 2026."
    assert said in found
    assert 'superseded_by: "2.0.0"' in found
    assert "Superseded by" not in page(story_release())


def test_a_superseded_draft_was_never_in_force() -> None:
    was = Validity("2026-05-01", None, "1.0.0")
    found = page(replace(story_release(version="1.0.0-draft.2"), validity=was))
    assert "Superseded by: Version 1.0.0  \n" in found
    assert "In force" not in found


def test_a_release_of_several_books_names_them() -> None:
    release = story_release()
    held = Held(instrument="INS-provisions", version="1.0.0", manifest=words("manifest"))
    names = artefact_names(release.corpus, None, ("md",))
    assert names == ("all.md",)
    update = {"instrument": None, "holds": (held,), "units": (), "artefacts": names}
    manifest = release.manifest.model_copy(update=update)
    found = page(replace(release, manifest=manifest), "all.md")
    row = "| `provisions` | Example provisions (invented) | 1.0.0 | `{}` |"
    assert row.format(words("manifest")) in found
    assert "govkit release verify all/v1.0.0" in found
