"""Answers in HTML alone: read where a reader sees just the words that stand there, else asked."""

from __future__ import annotations

import pytest

from govkit.correspondence.ballots import read_ballot
from govkit.source.mail import read_mail

from .messages import BY_CAROL, DESK, INTAKE, PAGE, WROTE, block, call, eml, mark, with_reason

YES = mark(block(), "consent")
OBJECTS = with_reason(mark(block(), "object"), "Too long.")
HEAD = f"<b>From:</b> Agora &lt;{INTAKE}&gt;<br><b>Sent:</b> Monday, 1 June 2026 09:00<br>"
TO = "<b>To:</b> Alice &lt;alice@society.example&gt;<br><b>Subject:</b> [2026-003 r2] Notice<br>"
OUTLOOK = '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0"><p>'


def lines(text: str) -> str:
    return text.replace("<", "&lt;").replace("\n", "<br>\n")


def wrote(by: str = WROTE) -> str:
    return by.replace("<", "&lt;").replace(">", "&gt;")


OURS = lines(call().replace(block(), YES))
GMAIL = (
    f'<div dir="ltr">Thank you.</div><br><div class="gmail_quote"><div class="gmail_attr">{wrote()}'
    f"<br></div><blockquote>{OURS}</blockquote></div>"
)
NOT_OURS = lines(YES)
CASES = {
    "the block alone": (f"<p>{lines(YES)}</p>", "consent"),
    "the block as typed": (f"<pre>{YES}</pre>", "consent"),
    "each line a paragraph": ("".join(f"<p>{each}</p>" for each in YES.split("\n")), "consent"),
    "each line a row": (
        "<table>" + "".join(f"<tr><td>{each}</td></tr>" for each in OBJECTS.split("\n")),
        "object",
    ),
    "above a quotation": (
        f"<div>{lines(OBJECTS)}</div><div>{wrote()}</div><blockquote>{lines(call())}</blockquote>",
        "object",
    ),
    "marked in what Gmail quotes": (GMAIL, "consent"),
    "marked in what Apple Mail quotes": (
        f'<div>Fine.</div><div>{wrote()}</div><blockquote type="cite">{OURS}</blockquote>',
        "consent",
    ),
    "marked in what Thunderbird quotes": (
        f'<div class="moz-cite-prefix">{wrote()}<br></div><blockquote type="cite">'
        f"<pre>{call().replace(block(), YES)}</pre></blockquote>",
        "consent",
    ),
    "marked in what Outlook quotes": (
        f"<p>See below.</p>{OUTLOOK}{HEAD}{TO}</p></div><p>{OURS}</p>",
        "consent",
    ),
    "marked in what Outlook on the web quotes": (
        f'<div>See below.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{HEAD}{TO}'
        f"</div><div>{OURS}</div>",
        "consent",
    ),
    "above what Yahoo quotes": (
        f'<div>{lines(YES)}</div><div class="yahoo_quoted"><div>{wrote()}</div><div>'
        f"{lines(call())}</div></div>",
        "consent",
    ),
    "below the quotation": (
        f"<div>{wrote()}</div><blockquote>{lines(call())}</blockquote><p>[x] object</p>",
        "object",
    ),
    "the sentence": ("<p>I consent to 2026-003 k7f3-9q2m</p>", "consent"),
    "the sentence in a style sheet of Outlook": (
        "<style>p.MsoNormal {margin:0cm; color:black}</style><p>I consent to 2026-003 k7f3-9q2m",
        "consent",
    ),
    "a block in what somebody else wrote": (
        f"<p>Look.</p><div>{wrote(BY_CAROL.replace('agora', 'else'))}</div>"
        f"<blockquote>{NOT_OURS}</blockquote>",
        None,
    ),
    "two quotations deep": (f"<blockquote><blockquote>{OURS}</blockquote></blockquote>", None),
    "a quotation that no words introduce": (
        f'<p>Hello.</p><div class="yahoo_quoted"><div>{NOT_OURS}</div></div>',
        None,
    ),
    "Outlook's line without a head that is known": (
        f"<p>Hello.</p>{OUTLOOK}Von wem: X</p></div><p>{NOT_OURS}</p>",
        None,
    ),
    "a mark that is struck through": (f"<p>{lines(YES).replace('[x]', '<s>[x]</s>')}</p>", None),
    "a mark struck through by style": (
        f"<p style='text-decoration:line-through'>{lines(YES)}</p>",
        None,
    ),
    "words that are hidden": (f"<div style='display: none'>{lines(YES)}</div><p>Hello.</p>", None),
    "hidden by a style sheet": (
        f"<style>.a {{display:none}}</style><div class='a'>{lines(YES)}</div><p>Hello.</p>",
        None,
    ),
    "white on white": (f"<div style='color:#ffffff'>{lines(YES)}</div>", None),
    "a box of a form": (f"<p>{lines(block())}</p><input type='checkbox' checked>", None),
    "two boxes": (f"<p>{lines(mark(YES, 'object'))}</p>", None),
    "own words below a quotation that a mail program marks": (
        f"{GMAIL}<p>I consent to 2026-003 k7f3-9q2m</p>",
        None,
    ),
    "the sentence in a quotation that no words introduce": (
        '<div class="yahoo_quoted">I consent to 2026-003 k7f3-9q2m</div>',
        None,
    ),
    "words turned around": (f"<p>\u202e{lines(YES)}</p>", None),
    "no block": ("<p>We support this.</p>", None),
    "a condition above the block": (
        f"<p>We agree, provided that it is short.</p>{lines(YES)}",
        None,
    ),
}


@pytest.mark.parametrize(("page", "stance"), CASES.values(), ids=CASES)
def test_a_page_alone_is_read_where_its_words_are_certain(page: str, stance: str | None) -> None:
    found = read_ballot(read_mail(eml(page, kind=PAGE)), DESK)
    expected = ("query", None, "html-only") if stance is None else ("position", stance, None)
    assert (found.sort, found.stance, found.doubt) == expected
