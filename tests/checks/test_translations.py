"""Translations: what their original has now, and they do not."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from govkit.workspace import open_workspace
from tests.command import started
from tests.rules.conftest import TODAY, lay
from tests.rules.register import ZERO, Register

NOTICE = "provisions/due-process/EXA-DUE-01-notice.yaml"
HEARING = "provisions/principles/EXP-01-fair-hearing.yaml"
FRENCH = "translations/fr/EXA-DUE-01.yaml"
WORDS = {
    "a title": "Notification",
    "the words of a": "La plateforme doit informer d'une [restriction](term:restriction) au moins "
    "{notice_days} jours avant.",
    "an exception": "lorsque la loi l'interdit",
    "the words of b": "La plateforme doit donner les motifs de la restriction.",
}

_TO_WRITE = re.compile(r"[\"']?\[insert[^\]]*\][\"']?")


def govkit(folder: Path, *words: str) -> str:
    done = started(
        [sys.executable, "-m", "govkit", *words], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The coalition with a translation that was made by the command and filled in."""
    folder = tmp_path / "coalition"
    lay(folder)
    said = govkit(folder, "new", "translation", "--of", "EXA-DUE-01", "--language", "fr")
    assert "When the original changes" in said
    text = (folder / FRENCH).read_text(encoding="utf-8")
    for words in WORDS.values():
        text = re.sub(
            r"[\"']?\[insert[^\]]*\][\"']?", lambda _, w=words: json.dumps(w), text, count=1
        )
    (folder / FRENCH).write_text(text, encoding="utf-8")
    assert found(folder) == []
    return folder


def change(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def found(folder: Path) -> list[tuple[str, str]]:
    findings = open_workspace(folder).check(TODAY).findings
    return [
        (each.rule.removeprefix("translation-"), each.message)
        for each in findings
        if each.path == FRENCH
    ]


def test_a_translation_just_begun_is_asked_for_its_words_alone(folder: Path) -> None:
    (folder / FRENCH).unlink()
    govkit(folder, "new", "translation", "--of", "EXA-DUE-01", "--language", "fr")
    assert {rule for rule, _ in found(folder)} == {"placeholder"}


def test_the_clauses_that_changed_are_named(folder: Path) -> None:
    change(folder, NOTICE, "give the reasons", "give all reasons")
    assert found(folder) == [("stale", "EXA-DUE-01 changed since it was translated: clause (b)")]
    change(folder, NOTICE, "the law forbids", "a law forbids")
    assert found(folder) == [
        ("stale", "EXA-DUE-01 changed since it was translated: clauses (a), (b)")
    ]


def test_a_change_that_is_in_no_clause_is_named_too(folder: Path) -> None:
    change(folder, NOTICE, "title: Notice before", "title: Notice ahead of")
    [(rule, message)] = found(folder)
    assert rule == "stale"
    assert message.endswith("its title, a blank, a source, or a term that it uses")


def test_the_new_digests_are_those_that_the_help_shows(folder: Path) -> None:
    change(folder, NOTICE, "give the reasons", "give all reasons")
    asked = ("new", "translation", "--of", "EXA-DUE-01", "--language", "fr", "--print")
    shown = re.findall(r"source_digest: (\S+)", govkit(folder, *asked))
    text = (folder / FRENCH).read_text()
    for old, new in zip(re.findall(r"source_digest: (\S+)", text), shown, strict=True):
        text = text.replace(old, new)
    (folder / FRENCH).write_text(text)
    assert found(folder) == []


def test_a_clause_that_the_original_lost_or_got(folder: Path) -> None:
    change(folder, NOTICE, "  - id: b\n", "  - id: c\n")
    assert set(found(folder)) >= {
        ("clauses", "clause (c) of EXA-DUE-01 is not translated"),
        ("clauses", "EXA-DUE-01 has no clause (b) (any more)"),
    }


def test_an_exception_that_is_missing(folder: Path) -> None:
    change(folder, FRENCH, "    exceptions:", "    conditions:")
    [(rule, message)] = found(folder)
    assert rule == "clauses"
    assert "1 paragraph, 1 condition in place of 1 paragraph, 1 exception" in message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{notice_days} jours", "quelques jours", "{notice_days} of clause (a) is missing here"),
        (
            "{notice_days} jours",
            "{notice_days} jours, {late_days}",
            "clause (a) of EXA-DUE-01 has no {late_days}",
        ),
        (
            "d'une [restriction](term:restriction)",
            "d'une restriction",
            "[…](term:restriction) of clause (a) is missing here",
        ),
        (
            "d'une [restriction](term:restriction)",
            "d'une [restriction](term:user)",
            "[…](term:restriction) of clause (a) is missing here",
        ),
    ],
)
def test_a_blank_or_link_that_differs(old: str, new: str, message: str, folder: Path) -> None:
    change(folder, FRENCH, old, new)
    assert ("marks", message) in found(folder)


def test_a_number_that_differs(folder: Path) -> None:
    change(folder, FRENCH, "doit donner", "doit donner en 3 jours")
    assert found(folder) == [("numbers", "the numbers in clause (b) are not those of EXA-DUE-01")]


def test_it_weighs_what_the_original_weighs_and_never_stops_a_merge(folder: Path) -> None:
    change(folder, NOTICE, "status: draft", "status: trial")
    change(folder, NOTICE, "give the reasons", "give all reasons")
    [finding] = [
        each
        for each in open_workspace(folder).check(TODAY).findings
        if each.rule == "translation-stale"
    ]
    assert finding.stops == "release"


def test_a_state_that_is_no_release_is_called_so(folder: Path) -> None:
    """It names a release, and that one has the text in other words, or not at all."""
    release = Register(folder)
    manifest = {
        "instrument": "INS-provisions",
        "version": "1.0.0",
        "state": "candidate",
        "title": "Invented",
        "dated": "2026-02-01",
        "tree": "1" * 40,
        "records": 19,
        "merkle_root": ZERO,
        "threshold": 1,
    }
    place = "releases/provisions/1.0.0/manifest.yaml"
    release.put(place, "manifest", manifest)
    change(folder, FRENCH, "base: null", "base: provisions/1.0.0")
    said = "it was made from a state that is no release"
    assert found(folder) == [("stale", f"{said}: provisions/1.0.0 has no EXA-DUE-01")]
    release.put(place, "manifest", {**manifest, "units": [{"id": "EXA-DUE-01", "digest": ZERO}]})
    assert found(folder) == [("stale", f"{said}: provisions/1.0.0 has other words of EXA-DUE-01")]
    change(folder, FRENCH, "base: provisions/1.0.0", "base: null")
    assert found(folder) == []
    change(folder, NOTICE, "the reasons", "some reasons")
    assert found(folder) == [
        ("stale", f"EXA-DUE-01 changed since it was translated: clause (b); {said}")
    ]


def test_a_changed_original_is_seen_with_since(folder: Path) -> None:
    from tests.rules.conftest import git

    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "start")
    change(folder, NOTICE, "give the reasons", "give all reasons")
    findings = open_workspace(folder).check(TODAY, "HEAD").findings
    assert "translation-stale" in {each.rule for each in findings}
