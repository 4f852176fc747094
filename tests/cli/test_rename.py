"""`govkit rename` as people call it: everywhere or nowhere, and never what is permanent."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.cli.main import _run

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
D2 = "provisions/due-process/EXA-DUE-02-complaint.yaml"
DIGEST = f"sha256:{'0' * 64}"
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "texts")


@pytest.fixture
def ask(texts: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*words: str) -> tuple[int, str, str]:
        code = _run(["-C", str(texts), "--color", "never", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return asked


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_a_number_changes_in_every_file_and_in_the_name_of_its_own(texts: Path, ask: Ask) -> None:
    book = texts / "provisions/instrument.yaml"
    book.write_bytes(book.read_bytes() + b"# EXA-DUE-01 stands first, EXA-DUE-011 nowhere\n")
    before = files(texts)
    code, out, _ = ask("rename", "EXA-DUE-01", "EXA-DUE-07")
    assert (code, out.splitlines()) == (
        0,
        [
            "EXA-DUE-01 becomes EXA-DUE-07 in:",
            "",
            "file                                              lines",
            "provisions/due-process/EXA-DUE-01-notice.yaml     2",
            "provisions/due-process/EXA-DUE-02-complaint.yaml  29",
            "provisions/instrument.yaml                        16, 21",
            "recommendations/EXR-01-published-figures.yaml     14",
            "registers/issues/silent-removal.yaml              5",
            "",
            f"{D1} is then provisions/due-process/EXA-DUE-07-notice.yaml",
            "5 files changed.",
        ],
    )
    after = files(texts)
    expected = {
        path.replace("EXA-DUE-01", "EXA-DUE-07"): data.replace(b"EXA-DUE-01", b"EXA-DUE-07")
        for path, data in before.items()
    }
    kept = expected["provisions/instrument.yaml"]
    expected["provisions/instrument.yaml"] = kept.replace(b"EXA-DUE-071", b"EXA-DUE-011")
    assert after == expected
    assert ask("check", "--today", "2026-03-01")[0] == 0


def test_another_area_is_another_folder(texts: Path, ask: Ask) -> None:
    assert ask("rename", "EXA-DUE-02", "EXA-PRV-02")[0] == 0
    moved = texts / "provisions/privacy/EXA-PRV-02-complaint.yaml"
    assert moved.read_bytes().startswith(b"# yaml-language-server: $schema=../../schemas/provision")
    assert not (texts / D2).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [("EXA-DUE-02.a", "EXA-DUE-02.q"), ("EXA-DUE-02(a)", "q"), ("EXA-DUE-02(a)", "EXA-DUE-02(q)")],
)
def test_a_clause_gets_another_letter(texts: Path, ask: Ask, old: str, new: str) -> None:
    path = texts / D1
    path.write_text(
        path.read_text().replace("complaints](ref:EXA-DUE-02(a))", "(a)](ref:EXA-DUE-02(a))")
    )
    french = texts / "translations/fr/EXA-DUE-02.yaml"
    french.write_text(
        "# yaml-language-server: $schema=../../schemas/translation.schema.json\n"
        f"of: EXA-DUE-02\nsource_digest: {DIGEST}\ntitle: Plainte\n"
        "clauses:\n  a: # la première\n    text: La plateforme doit.\n"
        f"    source_digest: {DIGEST}\n"
    )
    assert ask("rename", old, new)[::2] == (0, "")
    assert "- id: q\n" in (texts / D2).read_text()
    assert "(q)](ref:EXA-DUE-02(q))" in path.read_text()
    assert "  q: # la première\n" in french.read_text()


def test_a_slug_changes_where_it_is_meant_and_words_stay(texts: Path, ask: Ask) -> None:
    assert ask("rename", "term:platform", "service")[0] == 0
    text = (texts / D1).read_text()
    assert text.count("addressee: service") == 2
    assert "The platform must" in text
    assert "parties: [service, user]" in (texts / "governance/charter.yaml").read_text()
    assert "[platform](term:service)" in (texts / "registers/terms/user.yaml").read_text()
    assert "of: service" in (texts / "translations/fr/service.yaml").read_text()
    assert (texts / "registers/terms/service.yaml").exists()
    assert ask("check", "--today", "2026-03-01")[0] == 0


def test_windows_line_ends_stay(texts: Path, ask: Ask) -> None:
    path = texts / "registers/issues/silent-removal.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert ask("rename", "EXA-DUE-01", "EXA-DUE-07")[0] == 0
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    assert b"[EXA-DUE-07]\r\n" in path.read_bytes()


def test_a_dry_run_writes_nothing_and_json_says_the_same(texts: Path, ask: Ask) -> None:
    before = files(texts)
    code, out, _ = ask("rename", "example-act", "the-act", "--dry-run", "--format", "json")
    said = json.loads(out)
    assert (code, said["kind"], said["written"], said["consent"]) == (0, "source", False, [])
    moved = [each for each in said["files"] if each["path"] != each["new_path"]]
    assert [each["new_path"] for each in moved] == ["registers/sources/the-act.yaml"]
    assert files(texts) == before


REFUSED: dict[str, tuple[tuple[str, str], str]] = {
    "given already": (("EXA-DUE-01", "EXA-DUE-02"), "EXA-DUE-02 is given already"),
    "another form": (("EXA-DUE-01", "EXA-DUE-x"), "does not have the form"),
    "another area than there is": (("EXA-DUE-01", "EXA-XXX-01"), "does not have the form"),
    "no slug": (("user", "The User"), "can't name a file"),
    "a path": (("user", "../user"), "can't name a file"),
    "the same": (("user", "user"), "is its name already"),
    "a letter twice": (("EXA-DUE-01.a", "b"), "has a clause b already"),
    "a letter in other capitals": (("EXA-DUE-01.a", "B"), "has a clause b already"),
    "no letter": (("EXA-DUE-01.a", "x y"), "is no id of a clause"),
    "no such clause": (("EXA-DUE-01.z", "y"), "has no clause (z)"),
    "a clause of another text": (("EXA-DUE-01.a", "EXA-DUE-02.z"), "is a clause of another text"),
    "an item": (("EXA-DUE-01(a)(b)", "c"), "only records and clauses have a name"),
    "nothing of this name": (("EXA-DUE-99", "EXA-DUE-98"), "there is no record"),
    "the charter": (("charter", "statute"), "a charter has no name of its own"),
    "a translation": (("translations/fr/platform.yaml", "x"), "a translation has no name"),
}


@pytest.mark.parametrize(("words", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_said_and_changes_nothing(
    texts: Path, ask: Ask, words: tuple[str, str], why: str
) -> None:
    before = files(texts)
    code, out, err = ask("rename", *words)
    assert (code, out) == (2, "")
    assert why in " ".join(err.split())
    assert files(texts) == before


SPOILT: dict[str, tuple[str, str, str, str]] = {
    "withdrawn": (D1, "status: draft", "status: withdrawn", "its status is `withdrawn`"),
    "on trial": (D1, "status: draft", "status: trial", "its status is `trial`"),
    "can't be read": (D1, "title: ", "titel: [", f"{D1} can't be read"),
    "named by what can't be read": (
        D2,
        "title: ",
        "titel: [",
        f"{D2} can't be read, and speaks of",
    ),
    "line ends of two kinds": (
        D2,
        "Free complaint\n",
        "Free complaint\r\n",
        "line ends are of two",
    ),
}


@pytest.mark.parametrize(("path", "old", "new", "why"), SPOILT.values(), ids=SPOILT)
def test_a_text_in_another_state_stays(
    texts: Path, ask: Ask, path: str, old: str, new: str, why: str
) -> None:
    file = texts / path
    file.write_bytes(file.read_text().replace(old, new, 1).encode())
    before = files(texts)
    code, _, err = ask("rename", "EXA-DUE-01", "EXA-DUE-07")
    assert code == 2
    assert why in " ".join(err.split())
    assert files(texts) == before


def test_a_file_in_the_way_stays(texts: Path, ask: Ask) -> None:
    there = texts / "registers/terms/account.yml"
    there.write_text("mine\n")
    assert ask("rename", "user", "account")[0] == 0
    assert there.read_text() == "mine\n"
    assert ask("rename", "account", "user")[0] == 0
    (texts / "registers/terms/Account.yaml").write_text("mine\n")
    code, _, err = ask("rename", "user", "account")
    assert (code, "is there already" in err or "is given already" in err) == (2, True)
