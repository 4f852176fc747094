"""The page that verifies says of each file what the command says, in a real browser."""

from __future__ import annotations

import base64
import datetime
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from govkit.errors import GovkitError
from govkit.site.verify_script import verify_script
from govkit.source.ssh_signatures import signer_of
from govkit.workspace import open_workspace
from govkit.workspace.receipts import read_receipt, receipts_for
from govkit.workspace.releases.gathering import read_pdf
from tests.chromium import launched, needs_chromium
from tests.release.verifying import scene
from tests.release.verifying.conftest import _adopted, _released  # noqa: F401
from tests.source.ssh_signing import KINDS, known, signed

from .damaged_receipts import ANOTHER, NUMBER, RECEIPTS, bomb, pdf_with
from .damaged_releases import CASES

pytestmark = needs_chromium
NOW = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)
Files = Mapping[str, bytes]

JUDGE = """
({ files, kept, fingerprint, point, now, releases }) => {
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  globalThis.before ??= {};
  for (const name of Object.keys(before)) if (!kept.includes(name)) delete before[name];
  for (const [name, text] of Object.entries(files)) before[name] = bytes(text);
  const dropped = Object.entries(before).map(([name, data]) =>
    ({ name, size: data.length, bytes: async () => data }));
  const known = { ...govkitVerify.knownFrom(fingerprint, point), now, releases };
  return govkitVerify.judge(dropped, known);
}
"""
"""Only files that differ from those of the question before are handed over: a release is large."""
_handed: dict[str, bytes] = {}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page with the script, opened from the disk: nothing may be asked of anybody."""
    folder = tmp_path_factory.mktemp("verify")
    (folder / "verify.js").write_bytes(verify_script())
    policy = "default-src 'none'; script-src 'self'"
    (folder / "verify.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Verify</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '</head><body><script src="verify.js"></script></body></html>'
    )
    with launched() as browser:
        page = browser.new_page()
        page.goto((folder / "verify.html").as_uri())
        _handed.clear()
        yield page


def judged(page: Any, files: Files, **more: Any) -> dict[str, Any]:
    """What the page says of some files."""
    new = {name: data for name, data in files.items() if _handed.get(name) != data}
    given = {name: base64.b64encode(data).decode() for name, data in new.items()}
    _handed.clear()
    _handed.update(files)
    said = {"fingerprint": "", "point": "", "releases": {}} | more
    now = int(scene.NOW.timestamp() * 1000)
    asked = {"files": given, "kept": list(files), "now": now, **said}
    return page.evaluate(JUDGE, asked)  # type: ignore[no-any-return]


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def by_the_command(folder: Path, **known_values: Any) -> str:
    """What the command says of a folder: holds, fails, or that it can't be looked at."""
    try:
        return "holds" if scene.by_folder(folder, **known_values).verdict.holds else "fails"
    except GovkitError:
        return "unknown"


def failing(said: Mapping[str, Any]) -> list[str]:
    return [f"{each['subject']}: {each['message']}" for each in said["looks"] if each["state"] == "fails"]


@pytest.fixture
def release(_released: Path, tmp_path: Path) -> Path:  # noqa: F811
    """The folder of a release, laid out as it is downloaded, and nothing around it."""
    name = "dist/provisions/1.0.0-draft.1"
    return Path(shutil.copytree(_released / name, tmp_path / name))


def test_each_release_is_judged_as_the_command_judges_it(page: Any, release: Path) -> None:
    whole, found, due = files_of(release), {}, {}
    for name, (damage, expected) in CASES.items():
        damage(release)
        said = judged(page, files_of(release))
        found[name] = (by_the_command(release), said["state"])
        due[name] = (expected, expected)
        assert (said["state"] == "fails") == bool(failing(said)), name
        shutil.rmtree(release)
        for path, data in whole.items():
            (release / path).parent.mkdir(parents=True, exist_ok=True)
            (release / path).write_bytes(data)
    assert found == due
    assert len(found) >= 60


def test_what_is_known_from_elsewhere_is_compared(page: Any, release: Path) -> None:
    found = scene.by_folder(release)
    assert found.root is not None
    assert found.head is not None
    entry = f"{found.head.seq}:{found.head.digest}"
    files = files_of(release)
    other = "sha256:" + "0" * 64
    for given, expected in (
        ({"fingerprint": found.root}, "holds"),
        ({"fingerprint": other}, "fails"),
        ({"point": entry}, "holds"),
        ({"point": f"{found.head.seq}:{other}"}, "fails"),
        ({"point": f"99:{other}"}, "fails"),
        ({"point": "24:" + "A" * 42 + "I="}, "fails"),
    ):
        assert judged(page, files, **given)["state"] == expected, given


def test_each_receipt_is_judged_as_the_command_judges_it(page: Any, _released: Path) -> None:  # noqa: F811
    workspace = open_workspace(_released / "agora")
    numbers = tuple(range(1, 26))
    made = {each.entry.seq: each.text.encode() for each in receipts_for(workspace, numbers, NOW)}
    given = {f"number {seq}": data for seq, data in made.items()}
    given |= {name: turn(made[NUMBER]) for name, (turn, _) in RECEIPTS.items()}
    due = {name: "holds" for name in given} | {name: due for name, (_, due) in RECEIPTS.items()}
    found = {name: (of_receipt(data), judged(page, {"receipt.txt": data})["state"]) for name, data in given.items()}
    assert found == {name: (expected, expected) for name, expected in due.items()}
    known_root = scene.by_folder(_released / "dist/provisions/1.0.0-draft.1").root or ""
    one = {"receipt.txt": made[ANOTHER]}
    assert judged(page, one, fingerprint=known_root)["state"] == "holds"
    assert judged(page, one, fingerprint="sha256:" + "0" * 64)["state"] == "fails"


def of_receipt(data: bytes) -> str:
    try:
        return "holds" if read_receipt(data, None)[1].holds else "fails"
    except GovkitError:
        return "unknown"


def test_a_pdf_says_which_release_it_is_of_and_is_held_against_a_list(
    page: Any, release: Path, tmp_path: Path
) -> None:
    manifest = (release / "manifest.yaml").read_bytes()
    for name, data, expected in (
        ("good", pdf_with(manifest), "provisions/1.0.0-draft.1"),
        ("none", pdf_with(), ""),
        ("two", pdf_with(manifest, manifest), ""),
        ("broken", pdf_with(b"\xff\xfe"), ""),
        ("cut", pdf_with(manifest)[:400], ""),
        ("words", b"%PDF-1.7\nnothing", ""),
        ("a bomb", bomb(), ""),
    ):
        file = tmp_path / "some.pdf"
        file.write_bytes(data)
        said = judged(page, {"some.pdf": data})
        try:
            named = str(read_pdf(file).name)
        except GovkitError:
            named = ""
        assert (named, said["name"], said["state"]) == (expected, expected, "unknown"), name
    pdf = pdf_with(manifest)
    sums = "".join(
        f"{sha256(data).hexdigest()}  {name}\n"
        for name, data in (("manifest.yaml", manifest), ("provisions.pdf", pdf))
    )
    for data, given, expected in (
        (pdf, {"SHA256SUMS": sums.encode()}, "it is provisions.pdf of"),
        (pdf + b"\n", {"SHA256SUMS": sums.encode()}, "are those of no file"),
    ):
        said = judged(page, {"some.pdf": data, **given})
        assert any(expected in each["message"] for each in said["looks"]), said
    ours = {"provisions/1.0.0-draft.1": sums}
    assert judged(page, {"some.pdf": pdf}, releases=ours)["state"] == "unknown"
    assert judged(page, {"some.pdf": pdf + b"\n"}, releases=ours)["state"] == "fails"


def test_signatures_of_each_kind_of_key_are_proved_as_the_command_proves_them(page: Any) -> None:
    data = b"some words\n"
    prove = """({ data, text, key, purpose }) =>
        govkitVerify.isSignedBy(new TextEncoder().encode(data), text, [key], purpose)"""
    for kind in KINDS:
        key = known(kind)
        text = signed(key, data, "release@govkit")
        body = text.split("\n")
        bent = "\n".join([*body[:-3], body[-3][:-6] + "AAAA" + body[-3][-2:], *body[-2:]])
        for words, armoured, purpose in (
            (data, text, "release@govkit"),
            (data + b" ", text, "release@govkit"),
            (data, text, "git"),
            (data, bent, "release@govkit"),
            (data, text.replace("\n", "\r\n"), "release@govkit"),
            (data, text + "\n", "release@govkit"),
        ):
            said = {"data": words.decode(), "text": armoured, "key": key.public, "purpose": purpose}
            by = signer_of(words, armoured, [("one", key.public)], purpose)
            assert page.evaluate(prove, said) == (by == "one"), (kind, words, purpose)
        assert signer_of(data, text, [("one", key.public)], "release@govkit") == "one"
