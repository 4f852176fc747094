"""Writes a document as PDF bytes. WeasyPrint only here, and only when a PDF is asked for.

It prints the page that `rendering/html` writes, its tables too, as `style/book.css` lays them out.

The bytes depend on the document, the files of this package and the versions of the tools, and on
nothing else: not on the fonts or font settings of the machine, the folder, the clock or the locale.
Nothing is fetched but the package's own fonts and the picture of the draft mark. In a language
whose script the package has no font for, it rests on one of `rendering/system_fonts`, too.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import datetime
import hashlib
import io
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from functools import cache
from importlib import metadata
from importlib.resources import files
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

from govkit.errors import GovkitError
from govkit.rendering import system_fonts
from govkit.rendering.document import Document
from govkit.rendering.glyph_text import tell_signs_of_clusters
from govkit.rendering.html import as_html
from govkit.rendering.pdf_proof import require_words
from govkit.rendering.signs import FONTS
from govkit.rendering.web_codes import with_web_codes

_SCHEME = "govkit:"
_EMPTY_TAG = re.compile(r"<((?:br|hr|meta|wbr)\b[^>]*)>")
_FAMILY = re.compile(r'"Govkit (?:Serif|Sans)"(?!; src)')
_NO_DAY = datetime.datetime(2000, 1, 1)
_OWN_FILES = {**dict.fromkeys(FONTS, "font/ttf"), "draft.svg": "image/svg+xml"}
_WHERE = {"font/ttf": "fonts", "image/svg+xml": "style"}
_MISSING = "a PDF needs libraries that this machine lacks: "
_INSTALL = (
    "Run `make setup`, or: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. "
    "Every other format works without them: --format md,html,json."
)


def as_pdf(document: Document) -> bytes:
    """Return the document as a tagged PDF.

    Raises `GovkitError` where WeasyPrint or a library that it needs is not installed.
    """
    extra = system_fonts.fonts_for(system_fonts.languages_in(document))
    weasyprint = _weasyprint()
    fonts = _own_fonts()
    style = _style("book.css") + (_style("draft.css") if document.front.draft else "")
    style += _style("short.css") if document.front.is_short else ""
    style += _style("margin.css") if document.front.has_margin else ""
    if extra:
        tell_signs_of_clusters()
        style = _with_fonts(style, extra)
    # With a scheme of our own, no relative address in a text can become one of the disk or the web.
    css = weasyprint.CSS(string=style, base_url=_SCHEME, url_fetcher=fetch, font_config=fonts)
    pdf: bytes = _page(with_web_codes(as_html(document))).write_pdf(
        stylesheets=[css],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_tags=True,
        pdf_identifier=_identifier(document),
        attachments=_attachments(document),
        finisher=_associated,
    )
    if extra:
        require_words(document, pdf)
    return pdf


def _with_fonts(style: str, extra: Iterable[system_fonts.SystemFont]) -> str:
    """Return a style sheet in which what the fonts of the package lack is set with others."""
    names = "".join(f', "{font.family}"' for font in extra)
    faces = (
        f'@font-face {{ font-family: "{font.family}"; src: url("{_SCHEME}{name}"); '
        f"font-weight: {weight} }}\n"
        for font in extra
        for name, weight in zip(font.files, (400, 700), strict=True)
    )
    return "".join(faces) + _FAMILY.sub(rf"\g<0>{names}", style)


def _page(html: str) -> Any:
    """Return a page as WeasyPrint lays it out.

    What this package writes is XML but for a few tags, so that the XML parser reads it, in a
    fiftieth of the time; where a text holds a sign that XML forbids, the parser of HTML does.
    """
    from weasyprint import HTML

    try:
        tree = ElementTree.fromstring(_EMPTY_TAG.sub(r"<\1/>", html))  # noqa: S314 our own page
    except ElementTree.ParseError:
        return HTML(string=html, base_url=_SCHEME, url_fetcher=fetch)
    from cssselect2 import ElementWrapper

    page = HTML(string="", base_url=_SCHEME, url_fetcher=fetch)
    page.wrapper_element = ElementWrapper.from_html_root(tree)
    page.etree_element = tree
    return page


def _identifier(document: Document) -> bytes | None:
    """Return what names the file for good: the document, and what it carries."""
    if not document.attached:
        return None
    sums = [hashlib.sha256(each.data).digest() for each in document.attached]
    named = (document.front.id, document.front.title, document.front.anchor)
    said = "\n".join(named).encode()
    return hashlib.sha256(said + b"".join(sums)).hexdigest()[:32].encode()


def _attachments(document: Document) -> list[Any]:
    """Return the files inside, dated from the document: the machine's clock is no part of it.

    The kind of each is said here, since WeasyPrint would ask the machine's own table of kinds.
    """
    from weasyprint import Attachment

    day = datetime.datetime.fromisoformat(document.front.day) if document.front.day else _NO_DAY
    found = []
    for each in document.attached:
        made = Attachment(
            string="",
            name=each.name,
            description=each.description,
            created=day,
            modified=day,
            relationship="Data",
        )
        made.source = nullcontext((io.BytesIO(each.data), "", None, each.kind))
        found.append(made)
    return found


def _associated(_: Any, pdf: Any) -> None:
    """Say of each file inside that it is data of the whole document, as PDF 2.0 (7.11.3) has it.

    WeasyPrint says it for the archive form alone.
    """
    import pydyf

    inside = [
        each
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Filespec"
    ]
    for each in inside:
        each["AFRelationship"] = "/Data"
    if inside:
        pdf.catalog["AF"] = pydyf.Array([each.reference for each in inside])


def fetch(url: str) -> Any:
    """Return one of the package's own files, or of the fonts of `system_fonts`.

    It refuses every other address, file: and http: alike.
    """
    from weasyprint.urls import URLFetcherResponse

    name = url.removeprefix(_SCHEME)
    if url.startswith(_SCHEME) and name in system_fonts.NAMES:
        return URLFetcherResponse(url, system_fonts.data_of(name), {"Content-Type": "font/ttf"})
    if not url.startswith(_SCHEME) or name not in _OWN_FILES:
        raise ValueError(f"nothing is fetched from {url}")
    kind = _OWN_FILES[name]
    data = (files("govkit.rendering") / _WHERE[kind] / name).read_bytes()
    return URLFetcherResponse(url, data, {"Content-Type": kind})


# WeasyPrint asks its fetcher whether an error ends the print; a refusal leaves the thing out.
fetch._fail_on_errors = False  # type: ignore[attr-defined]


def _style(name: str) -> str:
    return (files("govkit.rendering") / "style" / name).read_text(encoding="utf-8")


@cache
def _weasyprint() -> ModuleType:
    """Import WeasyPrint, which opens its libraries then; it may print advice, which is not ours."""
    try:
        with redirect_stdout(io.StringIO()), _opened_by_name():
            import weasyprint
            from weasyprint.text import ffi
    except (ImportError, OSError) as error:
        raise GovkitError(_MISSING + str(error).split("\n")[0], _INSTALL) from None
    if ffi.harfbuzz_subset is None:
        # Without it WeasyPrint cuts fonts by other means, and the bytes are others.
        raise GovkitError(_MISSING + "harfbuzz-subset", _INSTALL)
    _remember_page_references()
    module: ModuleType = weasyprint
    return module


def _remember_page_references() -> None:
    """Have the list of pages made once: pydyf makes it for each tag, the square of their number."""
    from pydyf import PDF

    made = PDF.page_references.fget

    def remembered(pdf: Any) -> Any:
        count, references = vars(pdf).get("_references", (0, ()))
        if count != len(pdf.pages["Kids"]):
            count, references = pdf._references = (len(pdf.pages["Kids"]), made(pdf))
        return references

    PDF.page_references = property(remembered)


@contextmanager
def _opened_by_name() -> Iterator[None]:
    """Have libraries opened by one of the names that WeasyPrint knows, and not searched for.

    On Linux Python searches by starting ldconfig, gcc and ld, more than fifty times for WeasyPrint.
    What it finds so, the loader of the machine finds by the full name, which is tried anyway.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


def libraries() -> dict[str, str]:
    """Return the programs that a PDF is made with, and their versions, by name.

    Raises `GovkitError` where one is missing.
    """
    weasyprint = _weasyprint()
    import pydyf
    from weasyprint.text import ffi

    ffi.ffi.cdef("const char *hb_version_string (void);", override=True)
    pango = ffi.pango.pango_version()
    return {
        "harfbuzz": ffi.ffi.string(ffi.harfbuzz.hb_version_string()).decode("ascii"),
        "pango": f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}",
        "pydyf": str(pydyf.__version__),
        "weasyprint": str(weasyprint.__version__),
    }


_LIBRARIES = (
    "weasyprint",
    "pydyf",
    "fonttools",
    "cffi",
    "tinycss2",
    "tinyhtml5",
    "pillow",
    "segno",
)
_SYSTEM = (
    ("libpango-1.0.so.0", "pango_version_string"),
    ("libpangoft2-1.0.so.0", ""),
    ("libharfbuzz.so.0", "hb_version_string"),
    ("libharfbuzz-subset.so.0", ""),
    ("libfontconfig.so.1", "FcGetVersion"),
)


@cache
def makers(names: tuple[str, ...] = ()) -> str:
    """Return the versions of all that makes a PDF and the digest of its fonts, without loading
    WeasyPrint; empty where they can't be told, as on a machine that names its libraries otherwise.

    `names` are the files of the machine's fonts that it is set with, too.
    """
    try:
        found = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
        for name, asked in _SYSTEM:
            library = ctypes.CDLL(name)
            said = getattr(library, asked) if asked else None
            if said is not None and asked.endswith("string"):
                said.restype = ctypes.c_char_p
            found.append(f"{name} {said() if said is not None else ''}")
    except (metadata.PackageNotFoundError, OSError, AttributeError):
        return ""
    folder = files("govkit.rendering") / "fonts"
    fonts = (hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(FONTS))
    system = (" ".join(each) for each in system_fonts.digests_of(names))
    zlib_ = zlib.ZLIB_RUNTIME_VERSION
    return "\n".join([*found, *fonts, *system, zlib_])


def _own_fonts() -> Any:
    """Return a font configuration that knows no font but those that the style sheet names.

    WeasyPrint's own begins with the machine's fonts and the settings in the reader's home, and
    either can change the lines of a page. It offers no way to leave them out, so the empty
    configuration is made by fontconfig itself and put in the place of the full one.
    """
    from weasyprint.text import ffi
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    ffi.ffi.cdef("FcConfig * FcConfigCreate (void);", override=True)
    empty = ffi.fontconfig.FcConfigCreate()
    font_map = ffi.ffi.cast("PangoFcFontMap *", fonts.font_map)
    ffi.pangoft2.pango_fc_font_map_set_config(font_map, empty)
    ffi.fontconfig.FcConfigDestroy(empty)  # The font map keeps a reference.
    fonts._config = empty
    return fonts
