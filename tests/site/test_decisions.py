"""Decisions on the website: who agreed, who did not and why; and who wants no name."""

from __future__ import annotations

import datetime

from govkit.site.building import built
from govkit.site.site import Site
from tests.release.decided import DECIDED, TEXT, Story, adopted

from .reading import broken_links

PROPOSAL = "2026-003"
REASON = "It is too long for a telephone. Write to eva@example.org."


def site_of(story: Story) -> dict[str, str]:
    corpus = story.decided().release().corpus
    assert corpus.charter is not None
    files = dict(built(Site(corpus, corpus.charter, DECIDED + datetime.timedelta(days=1))))
    assert broken_links(files) == []
    return {path: data.decode() for path, data in files.items()}


def test_dissent_stands_with_its_reason_wherever_the_text_is() -> None:
    files = site_of(adopted().objects("eva", REASON))
    for path in (f"decisions/{PROPOSAL}.html", f"texts/{TEXT.lower()}.html"):
        assert "It is too long for a telephone." in files[path], path
    assert f'href="../decisions/{PROPOSAL}.html"' in files["decisions/index.html"]
    assert not [path for path, page in files.items() if "eva@example.org" in page]


def test_a_withheld_name_stands_beside_no_position() -> None:
    hidden = {"name": False, "reason": True}
    files = site_of(adopted().objects("eva", REASON, publish=hidden))
    assert "name withheld" in files[f"decisions/{PROPOSAL}.html"]
    pages = {path: page for path, page in files.items() if path.endswith(".html")}
    named = {path for path, page in pages.items() if "Eva Invented" in page or "eva-0" in page}
    # A member is listed as one, and a comment has a word of its own about the name.
    assert named == {"members/index.html", f"consultations/{PROPOSAL}-comments.html"}
