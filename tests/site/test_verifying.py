"""The page that verifies says of each file what the command says, in a real browser."""

from __future__ import annotations

import base64
import datetime
import shutil
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from govkit.errors import GovkitError
from govkit.source import pdf_reading
from govkit.source.pdf_reading import NoPDF, attached_in
from govkit.source.ssh_signatures import signer_of
from govkit.workspace import open_workspace
from govkit.workspace.receipts import WrittenReceipt, read_receipt, receipts_for
from govkit.workspace.releases.gathering import name_in
from tests.chromium import faults, needs_chromium
from tests.release.verifying import scene
from tests.source.ssh_signing import KINDS, known, signed

from .damaged_receipts import (
    A_RECORD,
    ANOTHER,
    BEYOND_THE_PAGE,
    NUMBER,
    RECEIPTS,
    WRITTEN_OTHERWISE,
    bomb,
    pdf_with,
)
from .damaged_releases import CASES

pytestmark = needs_chromium
NOW = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)
Files = Mapping[str, bytes]

JUDGE = """
({ files, kept, fingerprint, point, now }) => {
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  globalThis.before ??= {};
  for (const name of Object.keys(before)) if (!kept.includes(name)) delete before[name];
  for (const [name, text] of Object.entries(files)) before[name] = bytes(text);
  const dropped = Object.entries(before).map(([name, data]) =>
    ({ name, size: data.length, bytes: async () => data }));
  const known = { ...govkitVerify.knownFrom(fingerprint, point), now };
  return govkitVerify.judge(dropped, known);
}
"""
"""Only files that differ from those of the question before are handed over: a release is large."""
_handed: dict[str, bytes] = {}

JUDGE_RECEIPTS = """
async ({ texts, now }) => {
  const said = [];
  for (const text of texts) {
    const data = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const dropped = [{ name: "receipt.txt", size: data.length, bytes: async () => data }];
    said.push(await govkitVerify.judge(dropped, { ...govkitVerify.knownFrom("", ""), now }));
  }
  return said;
}
"""


@pytest.fixture(scope="module")
def page(chromium: Any, on_disk: Path) -> Iterator[Any]:
    """One page, opened from the disk: nothing may be asked of anybody, and no script fail."""
    page = chromium.new_page()
    wrong: list[str] = []
    page.on("request", lambda asked: wrong.append(asked.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((on_disk / "verify.html").as_uri())
    page.locator("#file").wait_for()
    loaded = [each.rpartition("/")[2] for each in wrong]
    assert loaded == ["verify.html", "site.css", "verify-en.js", "verify.js"]
    wrong.clear()
    _handed.clear()
    yield page
    page.close()
    assert wrong == []


def judged(page: Any, files: Files, **more: Any) -> dict[str, Any]:
    """What the page says of some files."""
    new = {name: data for name, data in files.items() if _handed.get(name) != data}
    given = {name: base64.b64encode(data).decode() for name, data in new.items()}
    _handed.clear()
    _handed.update(files)
    said = {"fingerprint": "", "point": ""} | more
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
    return [
        f"{each['subject']}: {each['message']}"
        for each in said["looks"]
        if each["state"] == "fails"
    ]


@pytest.fixture
def release(story: Path, tmp_path: Path) -> Path:
    """The folder of a release, laid out as it is downloaded, and nothing around it."""
    name = "dist/provisions/1.0.0-draft.1"
    return Path(shutil.copytree(story / name, tmp_path / name))


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


def test_each_receipt_is_judged_as_the_command_judges_it(page: Any, story: Path) -> None:
    workspace = open_workspace(story / "agora")
    numbers = tuple(range(1, 26))
    written = receipts_for(workspace, numbers, NOW)
    made = {
        each.entry.seq: each.text.encode() for each in written if isinstance(each, WrittenReceipt)
    }
    assert len(made) == len(numbers)
    given = {f"number {seq}": data for seq, data in made.items()}
    given |= {name: turn(made[NUMBER]) for name, (turn, _) in RECEIPTS.items()}
    due = dict.fromkeys(given, "holds") | {name: due for name, (_, due) in RECEIPTS.items()}
    given |= {name: turn(made[A_RECORD]) for name, turn in WRITTEN_OTHERWISE.items()}
    due |= dict.fromkeys(WRITTEN_OTHERWISE, "fails")
    told = [each["state"] for each in of_receipts(page, given.values())]
    found = {
        name: (of_receipt(data), state)
        for (name, data), state in zip(given.items(), told, strict=True)
    }
    assert found == {name: (expected, expected) for name, expected in due.items()}
    beyond = {name: turn(made[NUMBER]) for name, turn in BEYOND_THE_PAGE.items()}
    told = [each["state"] for each in of_receipts(page, beyond.values())]
    assert {name: of_receipt(data) for name, data in beyond.items()} == dict.fromkeys(
        beyond, "fails"
    )
    assert dict(zip(beyond, told, strict=True)) == dict.fromkeys(beyond, "unknown")
    known_root = scene.by_folder(story / "dist/provisions/1.0.0-draft.1").root or ""
    one = {"receipt.txt": made[ANOTHER]}
    assert judged(page, one, fingerprint=known_root)["state"] == "holds"
    assert judged(page, one, fingerprint="sha256:" + "0" * 64)["state"] == "fails"


def of_receipts(page: Any, receipts: Iterable[bytes]) -> list[dict[str, Any]]:
    """What the page says of each of these receipts, in one call."""
    texts = [base64.b64encode(data).decode() for data in receipts]
    now = int(scene.NOW.timestamp() * 1000)
    return page.evaluate(JUDGE_RECEIPTS, {"texts": texts, "now": now})  # type: ignore[no-any-return]


def of_receipt(data: bytes) -> str:
    try:
        return "holds" if read_receipt(data, None)[1].holds else "fails"
    except GovkitError:
        return "unknown"


def test_a_pdf_says_which_release_it_is_of_and_is_held_against_a_list(
    page: Any, release: Path
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
        said = judged(page, {"some.pdf": data})
        named = named_by_the_command(data)
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


def named_by_the_command(data: bytes) -> str:
    """The release that the command reads out of a PDF, or nothing; in this process."""
    try:
        found = attached_in(pdf_reading.answer(data, "attached", "manifest.yaml"))
        return str(name_in(found[0])) if len(found) == 1 else ""
    except (NoPDF, GovkitError):
        return ""


def test_a_person_drops_a_folder_and_reads_in_plain_words_what_holds(
    page: Any, release: Path
) -> None:
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []
    page.locator("#folder").set_input_files(str(release))
    verdict = page.locator("#verdict")
    verdict.wait_for()
    assert verdict.inner_text() == "Nothing failed."
    assert page.evaluate("document.activeElement.id") == "verdict"
    words = page.locator("#result").inner_text()
    assert "signed by a-example, c-example; it takes 2" in words
    assert "Not checked here" in words
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("#fingerprint").fill("sha256:" + "0" * 64)
    page.keyboard.press("Tab")
    page.get_by_text("Something failed. Do not use this copy.").wait_for()
    page.locator("#fingerprint").fill("something")
    page.keyboard.press("Tab")
    page.get_by_text("What you typed can't be compared").wait_for()
    page.locator("#fingerprint").fill("")
    page.keyboard.press("Tab")
    page.locator("#file").set_input_files(str(release / "notes.md"))
    page.get_by_text("this is no PDF of a release, no folder or zip").wait_for()
    zipped = shutil.make_archive(str(release.parent / "one"), "zip", release.parent, release.name)
    page.locator("#file").set_input_files(zipped)
    page.get_by_text("Release provisions/1.0.0-draft.1").wait_for()
    assert verdict.inner_text() == "Nothing failed."


def test_without_a_script_the_page_says_how_to_verify_by_hand(chromium: Any, on_disk: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((on_disk / "verify.html").as_uri())
    assert "sha256sum -c SHA256SUMS" in page.locator("main").inner_text()
    page.goto((on_disk / "search.html").as_uri())
    assert page.locator("#all-texts a").count() >= 3
    context.close()


DROP = """(name) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File(["some words"], name));
  return dropped;
}"""


def test_a_file_that_is_dropped_is_judged_in_the_language_of_the_page(
    chromium: Any, on_disk: Path
) -> None:
    page = chromium.new_page()
    page.goto((on_disk / "fr/verify.html").as_uri())
    dropped = page.evaluate_handle(DROP, "notes.md")
    page.locator(".drop").dispatch_event("drop", {"dataTransfer": dropped})
    page.get_by_text("Personne ne peut le dire à partir de cela seul.").wait_for()
    assert "ce n’est ni un PDF d’une publication" in page.locator("#result").inner_text()
    page.close()


def test_small_bytes_are_hashed_as_everywhere(page: Any) -> None:
    """The page hashes small bytes itself; the length of each receipt meets another padding."""
    said = page.evaluate("(texts) => Promise.all(texts.map(govkitVerify.digestOf))", LENGTHS)
    assert said == [f"sha256:{sha256(text.encode()).hexdigest()}" for text in LENGTHS]


LENGTHS = ["é" * length for length in (0, 1, 27, 28, 31, 32, 59, 60, 64, 1000, 8191, 8192, 8193)]


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
