"""RECORDS, SHA256SUMS and the root: written, read strictly, proved."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.errors import GovkitError, WrongUse
from govkit.release import manifest

# The leaves and roots that implementations of RFC 6962 are commonly tested with.
LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_that_of_the_published_examples(size: int) -> None:
    leaves = [bytes.fromhex(each) for each in LEAVES[:size]]
    assert manifest.merkle_root(leaves) == f"sha256:{ROOTS[size]}"


def _level_by_level(lines: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, word for word."""
    if not lines:
        return sha256(b"").digest()
    if len(lines) == 1:
        return sha256(b"\0" + lines[0]).digest()
    half = 1
    while half * 2 < len(lines):
        half *= 2
    left, right = _level_by_level(lines[:half]), _level_by_level(lines[half:])
    return sha256(b"\1" + left + right).digest()


@given(st.lists(st.binary(max_size=4), max_size=40))
def test_the_root_is_that_of_the_definition(lines: list[bytes]) -> None:
    assert manifest.merkle_root(lines) == f"sha256:{_level_by_level(lines).hex()}"


def test_a_pair_of_hashes_can_not_pass_for_a_record() -> None:
    lines = [b"one", b"two", b"three", b"four"]
    pair = [sha256(b"\0" + line).digest() for line in lines]
    forged = [pair[0] + pair[1], pair[2] + pair[3]]
    assert manifest.merkle_root(forged) != manifest.merkle_root(lines)


FILES = {"provisions/b.yaml": b"b\n", "governance/charter.yaml": b"a\n", "provisions/é.yaml": b""}


def test_records_are_sorted_lines_that_sha256sum_reads(tmp_path: Path) -> None:
    for path, data in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    text = manifest.records_text(FILES)
    assert [line.split("  ")[1] for line in text.decode().splitlines()] == [
        "governance/charter.yaml",
        "provisions/b.yaml",
        "provisions/é.yaml",
    ]
    (tmp_path / "RECORDS").write_bytes(text)
    subprocess.run(["sha256sum", "--strict", "-c", "RECORDS"], cwd=tmp_path, check=True)
    assert manifest.read_records(text) == {
        path: sha256(data).hexdigest() for path, data in FILES.items()
    }


@pytest.mark.parametrize(
    "path",
    [
        "provisions/a\nb.yaml",
        "provisions/a\\b.yaml",
        "releases/provisions/1.0.0/manifest.yaml",
        "/etc/passwd",
        "provisions/../x",
        "README.md",
        "provisions//x",
        "provisions/.git/x",
        "provisions/\udcff",
    ],
)
def test_a_path_that_no_line_may_hold_is_refused(path: str) -> None:
    with pytest.raises(GovkitError, match="can't be named"):
        manifest.records_text({path: b""})


ONE, TWO = (f"{each * 64}  provisions/{each}.yaml\n" for each in "ab")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TWO + ONE, "line 2 is not in order"),
        (ONE + ONE, "line 2 is not in order, or is there twice"),
        (ONE.rstrip("\n"), "its last line has no end"),
        (ONE + "\n", "line 2 is no digest"),
        (ONE.replace("  ", " "), "line 1 is no digest"),
        (ONE.replace("  ", " *"), "line 1 is no digest"),
        (ONE.upper(), "line 1 is no digest"),
        (ONE[1:], "line 1 is no digest"),
        (ONE.replace("\n", "\r\n"), "can't be named"),
        (ONE.replace("provisions/", "../"), "can't be named"),
        (ONE.replace("provisions/", "releases/"), "can't be named"),
    ],
)
def test_a_list_of_records_is_read_strictly(text: str, why: str) -> None:
    with pytest.raises(manifest.DamagedManifest, match=why):
        manifest.read_records(text.encode())


@pytest.mark.parametrize(("one", "other"), [("A.yaml", "a.yaml"), ("\u00e9.yaml", "e\u0301.yaml")])
def test_two_paths_that_are_one_file_on_some_machines_are_in_no_list(one: str, other: str) -> None:
    files = {f"provisions/{name}": name.encode() for name in (one, other)}
    with pytest.raises(GovkitError, match="are one file on some machines"):
        manifest.records_text(files)
    lines = (f"{'0' * 64}  {path}\n" for path in sorted(files))
    with pytest.raises(manifest.DamagedManifest, match="are one file on some machines"):
        manifest.read_records("".join(lines).encode())


def test_bytes_that_are_no_text_are_no_list() -> None:
    with pytest.raises(manifest.DamagedManifest, match="no text in UTF-8"):
        manifest.read_records(b"\xff\n")


def test_the_sums_name_files_without_folders() -> None:
    text = manifest.sums_of({"manifest.yaml": "0" * 64, "RECORDS": "1" * 64})
    assert list(manifest.read_sums(text)) == ["RECORDS", "manifest.yaml"]
    assert manifest.sums_of(manifest.read_sums(text)) == text
    with pytest.raises(GovkitError, match="can't be the name of a file"):
        manifest.sums_of({"a/b": "0" * 64})
    with pytest.raises(manifest.DamagedManifest, match="line 1"):
        manifest.read_sums(("a" * 64 + "  ../x\n").encode())


@pytest.mark.parametrize(
    ("instrument", "slug"),
    [
        ("INS-provisions", "provisions"),
        ("INS-RECS", "recs"),
        ("MCP", "mcp"),
        ("A.b-c", "c"),
        (None, "all"),
    ],
)
def test_the_slug_is_the_last_part_of_the_id(instrument: str | None, slug: str) -> None:
    assert manifest.slug_of(instrument) == slug


@pytest.mark.parametrize(
    "text",
    [
        "provisions/1.1.0",
        "provisions/v1.1.0",
        "releases/provisions/1.1.0",
        "releases/provisions/1.1.0/",
    ],
)
def test_a_release_is_named_by_its_name_its_tag_or_its_folder(text: str) -> None:
    name = manifest.name_of(text)
    assert str(name) == "provisions/1.1.0"
    assert name.tag == "provisions/v1.1.0"
    assert name.place(manifest.MANIFEST) == "releases/provisions/1.1.0/manifest.yaml"
    assert name.signature_of("a-b") == "releases/provisions/1.1.0/signatures/a-b.sig"


@pytest.mark.parametrize("text", ["1.1.0", "provisions", "Provisions/1.1.0", "../x/1.1.0", "a/1.1"])
def test_what_names_no_release_is_refused(text: str) -> None:
    with pytest.raises(WrongUse):
        manifest.name_of(text)
