"""A small archive of terms, as Open Terms Archive keeps one, and a small coalition."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[1] / "rules/_base"

TERMS = """# Terms of Service

These are the terms of Kiosk, and they are yours as well as ours for as long as you use the service
that we offer to you. By using it you agree to them.

## Leaving

You may delete your account at any time. We will delete your data within 30 days after you ask us
to, unless the law requires us to keep it. See our [Privacy Policy](https://kiosk.example/privacy)
and the [appeals page](https://kiosk.example/appeals "how").

## Measures

We may suspend an account without prior notice at our sole discretion. You may appeal within 14
days.
"""
VERSIONS = (
    ("2026-01-05", "First record of Kiosk Terms of Service", TERMS),
    (
        "2026-02-01",
        "Apply technical or declaration upgrade on Kiosk Terms of Service",
        "[Menu](https://kiosk.example)\n\n" + TERMS.replace("*", "").replace("(https", "(http"),
    ),
    (
        "2026-03-01",
        "Record new changes of Kiosk Terms of Service",
        TERMS.replace("30 days", "90 days").replace(
            "## Measures",
            "We will give you an internal complaint system, free of charge.\n\n## Measures",
        ),
    ),
    (
        "2026-04-01",
        "Refilter Kiosk Terms of Service",
        TERMS.replace("30 days", "90 days").replace(
            "We may suspend an account without prior notice at our sole discretion. ", ""
        ),
    ),
)
PRIVACY = (
    "# Privacy Policy\n\n" + "We keep what you give us for as long as you use the service. " * 12
)


def data(words: str) -> bytes:
    raw = words.encode()
    return b"data %d\n%s\n" % (len(raw), raw)


def stream() -> bytes:
    """Return the commits of the archive for `git fast-import`, with what no version is."""
    parts = []
    rows = [(day, subject, "Kiosk/Terms of Service.md", text) for day, subject, text in VERSIONS]
    rows.insert(
        1,
        ("2026-01-06", "First record of Kiosk Privacy Policy", "Kiosk/Privacy Policy.md", PRIVACY),
    )
    rows.insert(
        2,
        (
            "2026-01-07",
            "First record of Wall Terms of Service",
            "Wall/Terms of Service.md",
            "Access denied\n",
        ),
    )
    for day, subject, path, text in rows:
        when = subprocess.check_output(["date", "-u", "-d", day, "+%s"], text=True).strip()
        parts.append(f"commit refs/heads/main\ncommitter A <a@x.example> {when} +0000\n".encode())
        parts.append(data(f"{subject}\n\nsaid by a robot"))
        parts.append(b'M 100644 inline "%s"\n' % path.encode() + data(text))
        if path.startswith("Wall"):
            parts.append(b'M 120000 inline "Wall/Link.md"\n' + data("/etc/passwd"))
            parts.append(b'M 160000 %s "Wall/Sub.md"\n' % (b"1" * 40))
            parts.append(b'M 100644 inline "Wall/a\\nb.md"\n' + data(TERMS))
            parts.append(b'M 100644 inline "Wall/deep/er.md"\n' + data(TERMS))
    return b"".join(parts)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout of an archive that does what it can to have something run."""
    root = tmp_path_factory.mktemp("kiosk-versions")
    subprocess.run(["git", "init", "-q", "-b", "main", root], check=True)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream(), check=True)
    ran = root / "RAN"
    hook = root / ".git/hooks/post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    hook.chmod(0o755)
    with (root / ".git/config").open("a") as config:
        config.write(
            f"[core]\n\tfsmonitor = touch '{ran}'\n\tpager = touch '{ran}'\n[diff]\n"
            f"\texternal = touch '{ran}'\n"
        )
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small coalition."""
    return Path(shutil.copytree(BASE, tmp_path / "texts"))
