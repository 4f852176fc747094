"""What changed in a text, on the site: each change and each release as a redline."""

from __future__ import annotations

import re
from pathlib import Path

from tests.site.reading import broken_links, site_of

from .conftest import D1, change, commit, git

PAGE = "history/exa-due-01.html"


def words_of(page: bytes) -> str:
    return " ".join(re.sub("<[^>]+>", "", page.decode()).split())


def test_a_text_that_never_changed_has_no_page_of_changes(repository: Path) -> None:
    assert not any(path.startswith("history/") for path in site_of(repository))


def test_each_change_is_shown_with_its_class_and_leads_to_the_words(repository: Path) -> None:
    change(repository, D1, "The platform must", "Each platform must")
    commit(repository)
    change(repository, D1, "status: draft", "status:   draft")
    commit(repository)
    files = site_of(repository)
    page = files[PAGE].decode()
    changed = git(repository, "rev-parse", "HEAD~1")
    assert f'id="at-{changed[:12]}"' in page
    # What changed no word of the text, but the form of its file, is no change of it.
    assert len(re.findall('id="at-[0-9a-f]{12}"', page)) == 2
    assert re.search(r"<del>.*The.*</del>.*<ins>.*Each.*</ins> platform must", page, re.DOTALL)
    said = words_of(files[PAGE])
    assert "Class: 3" in said
    assert "The text came with this." in said
    assert 'href="../history/exa-due-01.html"' in files["texts/exa-due-01.html"].decode()
    assert broken_links(files) == []
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_what_changed_since_a_release_has_an_address_of_its_own(repository: Path) -> None:
    git(repository, "tag", "-a", "-m", "x", "provisions/v1.0.0")
    change(repository, D1, "The platform must", "Each platform must")
    commit(repository)
    change(repository, D1, "Each platform must", "Every platform must")
    commit(repository)
    page = site_of(repository)[PAGE].decode()
    since = page.partition('id="since-1.0.0"')[2].partition('id="changes"')[0]
    # The two changes are one here: what stood between them, a reader of the release never saw.
    assert "Every" in since
    assert "Each" not in since
    assert "first in release 1.0.0" in page


def test_a_clone_of_the_newest_commits_says_where_it_begins(
    repository: Path, tmp_path: Path
) -> None:
    for old, new in (("The platform must", "Each platform must"), ("Each", "Every")):
        change(repository, D1, old, new)
        commit(repository)
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repository}", str(clone))
    page = site_of(clone)[PAGE]
    assert "is not known: the history that this site was made from begins here" in words_of(page)


def test_words_of_a_commit_are_words(repository: Path) -> None:
    change(repository, D1, "The platform must", "Each platform must")
    git(repository, "commit", "-qam", "<script>alert(1)</script> *x* [a](javascript:b)")
    page = site_of(repository)[PAGE].decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript' not in page
