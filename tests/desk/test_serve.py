"""The site of a folder as one writes: findings, redline, the new version; and who is refused."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from govkit.cli.local_server import packages_of_the_desk
from govkit.desk.folder import DeskFolder
from govkit.desk.shown_site import ShownSite
from govkit.desk.site_application import site_application
from govkit.errors import GovkitError
from govkit.procedures.site.gathering import gather_site
from govkit.site.building import laid_out
from govkit.workspace import open_workspace

from .browsing import NOON, ORIGIN, PORT

D1 = "/texts/exa-due-01.html"
CHARTER = "governance/charter.yaml"


class Reader:
    """A browser that only reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = ShownSite(DeskFolder(folder, lambda: NOON))
        self.client: FlaskClient = site_application(self.site, PORT).test_client()

    def get(self, path: str, status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): words for name, words in headers.items()}
        done = self.client.get(path, base_url=ORIGIN, headers=named)
        assert done.status_code == status, done.text
        policy = done.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "Traceback" not in done.text
        return done.text

    @property
    def text(self) -> Path:
        [found] = self.folder.glob("provisions/**/EXA-DUE-01*.yaml")
        return found

    def edit(self, old: str, new: str) -> None:
        words = self.text.read_text()
        assert old in words
        self.text.write_text(words.replace(old, new, 1))


@pytest.fixture
def reader(folder: Path) -> Reader:
    return Reader(folder)


def test_a_save_shows_as_findings_and_a_redline_and_as_another_version(reader: Reader) -> None:
    page = reader.get(D1)
    assert "Nothing: all words are committed." in page
    [asked] = re.findall(r'<script src="\.\./serve/reload\.js\?([0-9a-f]{24})" defer>', page)
    assert reader.get("/serve/version") == asked
    assert "script-src 'self'; connect-src 'self'" in page
    assert 'fetch(new URL("version", own)' in reader.get(f"/serve/reload.js?{asked}")
    made = reader.site.now()
    assert reader.site.now() is made, "nothing changed, so nothing is made again"
    reader.edit(" must ", " must never ")
    assert reader.get("/serve/version") != asked
    page = reader.get(D1)
    assert "Mistake: the force is `must`, and the words say `must never`" in page
    assert '<span class="words">must never</span>' in page
    first = reader.get("/")
    assert re.search(r'<a href="texts/exa-due-01\.html">.*EXA-DUE-01.*: class [0-9], ', first)
    assert "must never" in first
    assert "must never" not in reader.get("/texts/exa-due-02.html")


def test_what_is_taken_over_after_an_edit_is_as_if_it_were_made_anew(reader: Reader) -> None:
    reader.get(D1)
    for old, new in ((" must ", " must never "), ("title: ", "title: Other ")):
        reader.edit(old, new)
        cache = reader.site.cache
        before = (cache.asked, cache.found)
        now = reader.site.now().site
        assert now is not None
        due = laid_out(gather_site(open_workspace(reader.folder), NOON, formats=())).pages
        assert {path: each.body for path, each in now.pages.items()} == {
            path: each.body for path, each in due.items()
        }
        asked, found = cache.asked - before[0], cache.found - before[1]
        assert 0 < found < asked, "the edited text and its neighbours are made again"


def test_broken_records_are_findings_and_the_server_stays_up(reader: Reader) -> None:
    whole = reader.text.read_bytes()
    for broken in (b"id: [\n", b"\xff\xfe", b""):
        reader.text.write_bytes(broken)
        assert reader.text.name in reader.get("/")
        assert "There is no such page." in reader.get(D1, 404)
    reader.text.write_bytes(whole)
    charter = (reader.folder / CHARTER).read_bytes()
    (reader.folder / CHARTER).write_bytes(b"x: [\n")
    page = reader.get("/", 409)
    assert "The charter can&#x27;t be read." in page
    assert "the [ opened here is not closed" in page
    assert "/serve/reload.js?" in page
    (reader.folder / CHARTER).write_bytes(charter)
    assert "EXA-DUE-01" in reader.get(D1)
    shutil.rmtree(reader.folder / "governance")
    reader.get("/", 409)


def test_a_folder_without_a_commit_is_shown_too(folder: Path) -> None:
    shutil.rmtree(folder / ".git")
    assert "This folder has no commit yet" in Reader(folder).get(D1)


@pytest.mark.parametrize(
    "path",
    [
        "/../../../etc/passwd",
        "/..%2f..%2fgovernance/charter.yaml",
        "/%2e%2e/govkit",
        "//etc/passwd",
        "/texts/",
        "/texts",
        "/texts/..%5c..%5cx",
        "/governance/charter.yaml",
        "/texts/x%00.html",
        "/serve/../index.html%0d%0aX: 1",
        "/.git/config",
    ],
)
def test_no_path_leads_to_a_file_or_a_list_of_a_folder(one_reader: Reader, path: str) -> None:
    assert "There is no such page." in one_reader.get(path, 404)


@pytest.fixture(scope="module")
def one_reader(tmp_path_factory: pytest.TempPathFactory, _committed: Path) -> Reader:
    copy = tmp_path_factory.mktemp("read") / "coalition"
    shutil.copytree(_committed, copy, symlinks=True)
    return Reader(copy)


def test_pages_of_others_and_foreign_names_are_refused(one_reader: Reader) -> None:
    for host in ("rebound.example.org", f"rebound.example.org:{PORT}", "127.0.0.1:80", "", "[::1]"):
        assert "This is not the address of this site." in one_reader.get(D1, 403, Host=host)
        one_reader.get("/serve/version", 403, Host=host)
    assert "somebody else" in one_reader.get("/", 403, Sec_Fetch_Site="cross-site")
    one_reader.get("/", 200, Host=f"localhost:{PORT}", Sec_Fetch_Site="none")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        done = one_reader.client.open(D1, method=method, base_url=ORIGIN)
        assert done.status_code == 405
        assert "This site is only read." in done.text
    assert one_reader.client.head(D1, base_url=ORIGIN).data == b""


def test_a_script_in_a_text_is_words_on_the_page(reader: Reader) -> None:
    reader.edit("title: ", "title: <script>alert(1)</script> ")
    for path in ("/", D1):
        assert "<script>alert" not in reader.get(path)


def test_who_comes_on_another_day_sees_what_is_due_then(folder: Path) -> None:
    days = iter([NOON, NOON + datetime.timedelta(days=1)])
    site = ShownSite(DeskFolder(folder, lambda: next(days)))
    assert site.version() != site.version()


def test_without_its_packages_it_says_how_to_get_them() -> None:
    with (
        pytest.raises(GovkitError, match="govkit serve needs two packages") as told,
        packages_of_the_desk("govkit serve"),
    ):
        raise ModuleNotFoundError(name="waitress")
    assert 'pip install "coalition-govkit[desk]"' in told.value.hint
