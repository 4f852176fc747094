"""A release that holds others: each is meant by the digest of its manifest."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from govkit.errors import WrongUse
from govkit.release.manifest import name_of
from govkit.workspace.releases.verification import VerificationOptions, verify_folder, verify_tag
from tests.release import scene
from tests.release.verifying.scene import change, failures

ALL = name_of("all/2026.1.0")
HOW = VerificationOptions(None, datetime.datetime(2036, 1, 1, tzinfo=datetime.UTC))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = scene.founded(tmp_path)
    scene.released(root)
    now = ("--now", "2026-07-01T12:00:00Z")
    scene.run(root, "release", "cut", str(ALL), "--formats", "md", *now)
    for member in (scene.A, scene.B):
        scene.run(
            root,
            "release",
            "sign",
            str(ALL),
            "--key",
            str(scene.key_of(root, member)),
            "--by",
            member,
            *now,
        )
    scene.run(
        root,
        "release",
        "publish",
        str(ALL),
        "--key",
        str(scene.key_of(root, scene.A)),
        "--by",
        scene.A,
        *now,
    )
    return root


def test_what_it_holds_is_looked_at(root: Path) -> None:
    verified = verify_tag(root, ALL, HOW)
    assert failures(verified) == []
    assert "it holds provisions/1.0.0, each in the words that it means" in [
        look.message for look in verified.verdict.of("holds")
    ]
    folder = root / "dist" / str(ALL)
    assert failures(verify_folder(folder, root, HOW)) == []
    with pytest.raises(WrongUse, match="carries no records of its own"):
        verify_folder(folder, None, HOW)


def test_a_held_release_that_was_exchanged_before_the_cut(root: Path) -> None:
    place = scene.FINAL.place("manifest.yaml")
    scene.git(root, "checkout", "-q", "--detach", "HEAD")
    change(root / place, lambda data: data.replace(b"2026-06-20", b"2026-06-19"))
    change(root / ALL.place("manifest.yaml"), lambda data: data + b"\n")
    scene.commit(root)
    scene.git(root, "tag", "-f", "-a", "-m", "as if", ALL.tag)
    assert (
        "manifest",
        "manifest.yaml",
        "provisions/1.0.0, which this release holds, has another manifest now",
    ) in failures(verify_tag(root, ALL, HOW))
