"""What stands behind changed words: the proposal, and the comments that asked for them."""

from __future__ import annotations

from govkit.corpus.changes.values import NO_DIRECTION, Change, Changes
from govkit.release.change_origins import origins_of
from tests.consent.register import PROPOSAL
from tests.release.decided import AFTER, TEXT, Story


def test_the_comments_that_asked_for_words_stand_in_the_order_of_their_numbers() -> None:
    story = Story()
    for number, action in ((2, "accepted"), (3, "not-accepted"), (10, "accepted-in-part")):
        record = {
            "author": {"member": "dia"},
            "target": {"revision": 1, "unit": TEXT},
            "comment": "Too long.",
            "source": {"kind": "mail"},
            "disposition": {
                "action": action,
                "reply": "As said.",
                "by": "cem",
                "at": "2026-03-14T12:00:00Z",
            },
        }
        story.put(f"{PROPOSAL}/comments/{number:04d}.yaml", record, "comment", 13)
    change = Change(
        TEXT,
        "principle",
        "",
        8,
        8,
        None,
        "major",
        NO_DIRECTION,
        "re-check",
        (),
        (),
        after=AFTER[TEXT],
    )
    origins = origins_of(story.corpus(), Changes((change,), "major"))
    assert {id: (each.proposal, each.comments) for id, each in origins.items()} == {
        TEXT: ("2026-003", ("2", "10"))
    }
