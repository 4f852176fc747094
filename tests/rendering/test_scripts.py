"""PDF in scripts that the fonts of the package lack: each word comes out as it went in."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from govkit.errors import GovkitError
from govkit.rendering import system_fonts
from govkit.rendering.document import Clause, Document, Facts, Front, Paragraph, Section
from govkit.rendering.glyph_text import shares_of
from govkit.rendering.pdf import as_pdf, fetch, makers
from govkit.rendering.pdf_proof import bare, lost_clauses, require_words
from govkit.rendering.signs import signs_without_picture
from govkit.rendering.spans import Emphasis, Words
from govkit.rendering.tools import fonts_of

SAID = {
    "zh": "平台在采取难以撤销的措施之前，应当在14日内依MCP-DUE-03听取用户的意见。",
    "ja": "プラットフォームは、取り消すことが難しい措置をとる前に、利用者の意見を聴く。",
    "ko": "플랫폼은 이용자에게 14일 이내에 통지하여야 한다.",
    "hi": "किसी भी व्यक्ति की अभिव्यक्ति की स्वतंत्रता, क्षेत्र, ज्ञान, श्री, कृपया, MCP-DUE-03 14 दिनों के भीतर।",
    "th": "แพลตฟอร์มต้องแจ้งผู้ใช้ภายใน 14 วัน น้ำ ที่ ก็ เนื้อหา กำหนด",
}
LACKING = sorted({font.package for font in system_fonts.OF_SCRIPT.values() if not font.is_here})
with_fonts = pytest.mark.skipif(bool(LACKING), reason=f"not installed: {', '.join(LACKING)}")


def clause(language: str, words: str) -> Clause:
    again = Emphasis((Words(words),))
    blocks = (Paragraph((Words(words + " "), again, Words("."))),)
    return Clause(language, f"({language})", "", (), blocks, language=language)


@pytest.fixture(scope="module")
def document() -> Document:
    front = Front("X", "x", "Example", "Example", Facts(()), "en")
    blocks = tuple(clause(*each) for each in SAID.items())
    return Document(front, (Section("text", "x", "X", SAID["zh"], blocks),))


@with_fonts
def test_the_words_of_each_script_come_out_as_they_went_in(
    document: Document, tmp_path: Path
) -> None:
    data = as_pdf(document)
    assert as_pdf(document) == data, "the same document, the same bytes"
    (tmp_path / "x.pdf").write_bytes(data)
    command = ["pdftotext", "-enc", "UTF-8", str(tmp_path / "x.pdf"), "-"]
    found = bare(subprocess.run(command, check=True, capture_output=True).stdout.decode())
    for language, words in SAID.items():
        assert bare(words) * 2 in found, language
    assert lost_clauses(document, data) == []
    assert signs_without_picture(document) == ""
    block = Paragraph((Words("other words"),))
    (text,) = document.sections
    changed = replace(text, blocks=(*text.blocks, replace(clause("th", ""), blocks=(block,))))
    with pytest.raises(GovkitError, match=r"words of \(th\) would be spoiled"):
        require_words(replace(document, sections=(changed,)), data)


@with_fonts
def test_a_book_names_the_fonts_of_the_machine_with_their_digests() -> None:
    names = system_fonts.names_for("zh-Hans")
    assert names == ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")
    assert set(names) < {name for name, _ in fonts_of(["pdf"], names)}
    assert not set(names) & {name for name, _ in fonts_of(["pdf"])}
    assert makers(names) != makers()


@pytest.mark.parametrize(
    ("language", "package"),
    [("zh", "fonts-noto-cjk"), ("ko", "fonts-noto-cjk"), ("hi", "fonts-noto-core")],
)
def test_without_a_font_it_is_said_how_to_get_it(
    document: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, package: str
) -> None:
    monkeypatch.setattr(system_fonts, "FOLDER", tmp_path)
    (text,) = document.sections
    with pytest.raises(GovkitError, match=package) as told:
        as_pdf(replace(document, sections=(replace(text, language=language, blocks=()),)))
    assert f"apt-get install {package}" in (told.value.hint or "")
    assert signs_without_picture(document), "no sign has a picture that no font at hand draws"


@pytest.mark.parametrize(
    ("text", "glyphs", "shares"),
    [("คำ", 2, ["ค", "ำ"]), ("ำ", 2, ["ำ", ""]), ("ज्ञा", 2, ["ज", "्ञा"])],
)
def test_each_glyph_of_a_cluster_says_its_share(text: str, glyphs: int, shares: list[str]) -> None:
    assert shares_of(text, glyphs) == shares


@pytest.mark.parametrize("name", ["truetype/noto/../x.ttf", "truetype/dejavu/DejaVuSans.ttf"])
def test_no_other_font_of_the_machine_is_read(name: str) -> None:
    with pytest.raises(ValueError, match="nothing is fetched"):
        fetch(f"govkit:{name}")
