"""The website of the invented coalition in its last call: what is open, the words, the answers."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from tests.site.reading import broken_links, site_of

OWN = {"agora.example", "agora-example.govkit", "govkit"}
"""The host of the coalition, and what names a date in a calendar and a kind of signature."""
IN_LAST_CALL = datetime.datetime(2026, 6, 2, 12, tzinfo=datetime.UTC)


def test_the_site_of_a_coalition_in_its_last_call(played: Path) -> None:
    files = site_of(played, now=IN_LAST_CALL)
    assert broken_links(files) == []
    home = files["index.html"].decode()
    assert "last call, until" in home
    assert "5 June 2026" in home
    assert 'href="consultations/2026-001.html"' in home
    proposal = files["consultations/2026-001.html"].decode()
    assert "mailto:" in proposal
    assert "Last call until (2)" in proposal
    assert "(planned)" in proposal
    assert "<ins>" in files["consultations/2026-001-words.html"].decode()
    assert "Answer: " in files["consultations/2026-001-comments.html"].decode()
    text = files["texts/agp-cmp-01.html"].decode()
    assert 'href="../consultations/2026-001-comments.html"' in text
    # The one address on it is that of the coalition, in links that open a mail.
    # The script that checks a copy names ways to sign, as SSH does: with an @.
    said = [data for path, data in files.items() if not path.endswith(".js")]
    found = {word for data in said for word in re.findall(rb"[\w.-]+@[\w.-]+\w", data)}
    assert {address.decode().partition("@")[2] for address in found} <= OWN


def test_a_day_later_than_the_last_call_it_is_open_no_more(played: Path) -> None:
    files = site_of(played, now=IN_LAST_CALL + datetime.timedelta(days=30))
    assert "Nothing is open" in files["index.html"].decode()
