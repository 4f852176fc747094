"""Who took a text in, on its page: as it stands, adapted or left out; also in hostile words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.cli.conftest import BASE

from .reading import broken_links, site_of

ENTRY = """\
title: {title}
operator: Forum <i>Cooperative</i>
{more}book: INS-provisions
statement: sha256:{digest}
{texts}
"""


def enter(folder: Path, name: str, title: str, texts: str, more: str = "") -> None:
    register = folder / "registers/adoptions"
    register.mkdir(exist_ok=True)
    said = ENTRY.format(title=title, more=more, digest="0" * 64, texts=texts)
    (register / f"{name}.yaml").write_text(said, encoding="utf-8")


def test_a_text_says_who_took_it_in_and_how(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "texts"))
    more = "address: https://forum.example/terms\nrelease: 1.0.0\n"
    days = "applies_from: 2026-05-01\nended: 2026-06-03"
    enter(folder, "forum", "Forum", f"whole: [EXA-DUE-01]\nadapted: [EXA-DUE-02]\n{days}", more)
    enter(folder, "shop", '"<script>Shop"', "left_out: [EXA-DUE-01]")
    files = site_of(folder)
    assert broken_links(files) == []
    page = files["texts/exa-due-01.html"].decode()
    section = page[page.index('id="adopted"') : page.index('id="take-part-here"')]
    whole, _, left_out = section.partition("Left out, though it applies")
    assert ' href="https://forum.example/terms"' in whole
    assert ", version 1.0.0, from 1 May 2026, ended on 3 June 2026" in re.sub("<[^>]*>", "", whole)
    assert "Forum &lt;i&gt;Cooperative" in whole
    assert "&lt;script&gt;Shop" in left_out
    assert "With other words" in files["texts/exa-due-02.html"].decode()
    assert 'id="adopted"' not in files["texts/exa-prv-01.html"].decode()
