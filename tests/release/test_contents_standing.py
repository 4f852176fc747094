"""Dissent is printed with the text, silence is never consent, and names only as they agreed to."""

from __future__ import annotations

import json

import pytest

from govkit.release.adoption_record import adoption_records_in
from govkit.release.release import Release
from tests.consent.building import words
from tests.consent.register import BASE, digest_at, member
from tests.release.decided import AFTER, DECISION, NAMES, PROPOSAL, TEXT, adopted, made, release_of

PAGES = ("provisions.md", "consent.md", "notes.md")
REASON = "Nobody can keep this promise on the worst day."


def pages(release: Release) -> dict[str, str]:
    return {name: data.decode() for name, data in made(release).items() if name != "evidence.tar"}


def section(page: str, heading: str) -> str:
    """The part of a Markdown page from a heading to the next one of its level or above."""
    level = heading.split(" ")[0]
    before, _, after = page.partition(f"\n{heading}\n")
    assert after, (heading, before[-200:])
    lines = after.split("\n")
    ends = [
        at
        for at, line in enumerate(lines)
        if line.startswith("#") and len(line.split(" ")[0]) <= len(level)
    ]
    return "\n".join(lines[: ends[0]] if ends else lines)


def test_dissent_is_printed_with_the_text_and_its_reason() -> None:
    found = pages(adopted().objects("eva", REASON).decided().release())
    book = section(found["provisions.md"], "### EXA-DUE-01 Notice before a restriction")
    assert "Decision: adopted with dissent on 1 April 2026, by proposal `2026-003`" in book
    assert f"> **Eva Invented, Business:** {REASON}" in book
    assert "Reservations: Ben Invented" in book
    # Who merely reserves is no dissent; the reason stands in the consent table.
    assert "Too short a time." not in book
    consent = section(found["consent.md"], "### EXA-DUE-01 Notice before a restriction")
    assert f"> **Eva Invented, Business:** {REASON}" in consent
    assert "> **Ben Invented, Civil society:** Too short a time." in consent
    other = section(found["provisions.md"], "### EXA-DUE-02 Free complaint")
    assert "Decision: none; nobody has adopted these words" in other
    assert "Eva" not in other
    # The table at the end of the book names who dissents, and who was not heard.
    row = "| `EXA-DUE-01` | Adopted with dissent on 1 April 2026, by proposal `2026-003` | "
    row += "█· ×· █▒· | "
    assert row + "3 given, 3 needed | Eva Invented | Governments |" in found["provisions.md"]


def test_the_sum_of_each_group_is_printed_and_silence_has_its_own_head() -> None:
    found = pages(adopted().objects("eva", REASON).decided().release())["consent.md"]
    text = section(found, "### EXA-DUE-01 Notice before a restriction")
    for row in (
        "| Academia | █· | 1 | – | – | – | 1 |",
        "| Business | ×· | – | – | 1 | – | 1 |",
        "| Civil society | █▒· | 1 | 1 | – | – | 1 |",
        "| Governments | – | – | – | – | – | – |",
        "| Consents | 3 | 3 | – |",
        "| Groups | 2 | 2 | – |",
    ):
        assert row in text
    silent = section(found, "## Not heard")
    for row in (
        "| Dia Invented | EXA-DUE-01 |",
        "| Fay Invented | EXA-DUE-01 |",
        "| The whole group Governments | EXA-DUE-01 |",
    ):
        assert row in silent
    assert "Ada Invented" not in silent
    assert section(found, "## Minority statements").strip().startswith("No minority statement")


def test_a_minority_statement_is_printed_with_the_text_and_under_its_own_head() -> None:
    story = adopted().objects("eva", REASON).states("fay", "We would have waited a year.")
    found = pages(story.decided().release())
    said = "> **Fay Invented:** We would have waited a year."
    assert said in section(found["provisions.md"], "### EXA-DUE-01 Notice before a restriction")
    statements = section(found["consent.md"], "## Minority statements")
    assert said in statements
    assert "About the whole proposal 2026-003" in statements
    data = json.loads(found["consent.json"])["proposals"][0]["minority_statements"]
    assert data == [{"by": ["fay"], "words": "We would have waited a year.", "units": []}]


def test_a_statement_about_another_text_is_not_printed_with_this_one() -> None:
    story = adopted().states("fay", "We would have waited a year.", ["EXA-DUE-02"]).decided()
    found = pages(story.release())
    text = section(found["provisions.md"], "### EXA-DUE-01 Notice before a restriction")
    assert "We would have waited" not in text
    assert "About EXA-DUE-02" in section(found["consent.md"], "## Minority statements")


# --- names and reasons ----------------------------------------------------------------------------


def test_a_withheld_name_is_on_no_page() -> None:
    hidden = {"name": False, "reason": True}
    story = adopted().objects("eva", REASON, publish=hidden)
    found = pages(story.decided().release())
    for name, page in found.items():
        if not name.startswith("consultation"):  # a comment has a word of its own about that
            assert NAMES["eva"] not in page, name
    said = f"> **A member from Business, name withheld:** {REASON}"
    assert said in section(found["provisions.md"], "### EXA-DUE-01 Notice before a restriction")
    assert "Why: a member from Business, name withheld dissents" in found["consent.md"]
    assert '"eva"' not in found["consent.json"]
    assert "eva" not in json.dumps(json.loads(found["consent.json"])["proposals"])
    assert "positions/name-withheld-01" in found["consent.json"]


def test_a_withheld_name_is_in_no_cause_that_names_a_position() -> None:
    """A position that claims to correct another one is refused, and both are named."""
    hidden = {"name": False, "reason": True}
    story = adopted().says("eva", publish=hidden)
    story.says("eva", corrects="positions/eva-01", publish=hidden)
    found = pages(story.decided().release())
    said = "it says that it corrects a position of a member from Business, name withheld"
    assert said in found["consent.md"]
    for name, page in found.items():
        assert "eva-0" not in page, name


def test_a_withheld_reason_is_on_no_page() -> None:
    story = adopted().says(
        "eva", "object", reason_withheld=words("salted"), publish={"name": True, "reason": False}
    )
    story.answered("eva")
    found = pages(story.decided().release())
    book = section(found["provisions.md"], "### EXA-DUE-01 Notice before a restriction")
    said = "**Eva Invented, Business:** The reason is not printed, as the member asked."
    assert said in book
    assert said in section(found["consent.md"], "### EXA-DUE-01 Notice before a restriction")


def test_who_gave_no_reason_is_not_said_to_have_withheld_one() -> None:
    found = pages(adopted().says("eva", "object").decided().release())
    said = "**Eva Invented, Business** gave no reason that may be printed."
    assert said in section(found["provisions.md"], "### EXA-DUE-01 Notice before a restriction")


def test_no_mail_address_is_printed() -> None:
    story = adopted().objects("eva", f"{REASON} Write to eva@example.org.")
    release = (
        story.states("fay", "Ask fay@example.org.")
        .decided()
        .release(foreword="Thanks to ada@example.org.")
    )
    for name, page in pages(release).items():
        # The coalition's own address stands on each page, so that a reader can answer.
        assert "@example.org" not in page.replace("comments@example.org", ""), name


def test_html_in_a_reason_is_words() -> None:
    release = adopted().objects("eva", "<script>alert(1)</script>").decided().release()
    page = pages(release)["provisions.html"]
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# --- what the record says, and what it does not ---------------------------------------------------


def test_what_came_after_the_decision_is_no_part_of_the_sum() -> None:
    story = adopted().decided()
    story.says("fay", "object", reason="Too late.")
    sum = adoption_records_in(story.release().manifest, story.corpus()).by_id[TEXT].sum
    assert sum is not None
    assert sum.outcome == "adopted-with-reservations"
    assert "fay" in sum.not_heard
    assert "Too late." not in pages(story.release())["consent.md"]


def test_a_decision_that_its_records_do_not_give_is_not_told_as_a_sum() -> None:
    story = adopted().objects("eva", REASON).decided()
    record = json.loads(story.files[DECISION])
    record["units"][0]["outcome"] = record["outcome"] = "adopted"
    story.files[DECISION] = json.dumps(record)
    text = section(
        pages(story.release())["consent.md"], "### EXA-DUE-01 Notice before a restriction"
    )
    assert "do not give this outcome when they are added up again" in text
    assert "| Academia |" not in text


@pytest.mark.parametrize("other", [{"after": words("others")}, {"outcome": "blocked"}])
def test_a_record_that_did_not_adopt_these_words_lends_them_nothing(other: dict[str, str]) -> None:
    story = adopted().decided()
    record = json.loads(story.files[DECISION])
    record["units"][0] |= other
    story.files[DECISION] = json.dumps(record)
    book = section(
        pages(story.release())["provisions.md"], "### EXA-DUE-01 Notice before a restriction"
    )
    assert "Decision: none; the record that the manifest names did not adopt these words" in book
    assert "adopted on" not in book


def test_words_older_than_the_register_say_so() -> None:
    story = adopted()
    story.entry(
        {
            "kind": "taken-over",
            "received_at": "2026-03-18T12:00:00Z",
            "received_basis": "registrar",
            "recorded_at": "2026-03-18T12:00:00Z",
            "by": "ada",
            "taken_over": {
                "units": [{"id": TEXT, "digest": AFTER[TEXT]}],
                "adopted_on": "2015-11-12",
                "adopted_at": "Meeting in Example Town",
                "evidence": "Minutes, page 3.",
            },
        }
    )
    path = f"governance/log/{story.seq:06d}.yaml"
    found = pages(release_of(story.corpus(), story.files, adopted_by=path))
    book = section(found["provisions.md"], "### EXA-DUE-01 Notice before a restriction")
    said = "adopted before this register began: Meeting in Example Town, 12 November 2015"
    assert f"Decision: {said}" in book
    assert "Minutes, page 3." in found["consent.md"]
    assert "Nobody was asked" in section(found["consent.md"], "## Not heard")


def test_a_text_that_a_manifest_does_not_list_has_no_standing() -> None:
    release = adopted().decided().release()
    assert adoption_records_in(release.manifest, release.corpus).of("EXA-XXX-01") is None


# --- every place where words can be dissented from ------------------------------------------------


def test_dissent_about_a_definition_stands_with_the_definition() -> None:
    story = adopted(TEXT, "restriction").objects(
        "eva", REASON, units=[{"id": "restriction", "before": None, "after": AFTER["restriction"]}]
    )
    found = pages(story.decided().release())
    _, _, definitions = found["provisions.md"].partition("## Definitions")
    entry = definitions.partition("**restriction**")[2].partition('<a id="term-user">')[0]
    assert "Decision: adopted with dissent on 1 April 2026, by proposal `2026-003`" in entry
    assert f"> **Eva Invented, Business:** {REASON}" in entry
    text = section(found["provisions.md"], "### EXA-DUE-01 Notice before a restriction")
    assert "Decision: adopted with reservations" in text
    assert REASON not in text


def test_dissent_about_the_frame_of_a_book_stands_behind_the_frame() -> None:
    story = adopted("INS-provisions").objects("eva", REASON)
    found = pages(story.decided().release())["provisions.md"]
    assert "Decision on preamble and interpretation: adopted with dissent on 1 April" in found
    frame = section(found, "## Dissent on preamble and interpretation")
    assert f"> **Eva Invented, Business:** {REASON}" in frame
    assert found.index("## Dissent on preamble") < found.index("## Due process")


def test_dissent_about_a_withdrawal_stands_in_the_place_of_the_text() -> None:
    story = adopted()
    story.pairs = [{"id": TEXT, "before": AFTER[TEXT], "after": None}]
    story.put(
        f"{PROPOSAL}/rev-1/revision.yaml",
        {
            "units": [{**story.pairs[0], "class": 8, "floor": 8}],
            "change": words("change"),
            "code": "aaaa-bbbb",
            "opened": "2026-03-10T12:00:00Z",
            "comment_until": "2026-03-15T12:00:00Z",
        },
        "revision",
    )
    path = "provisions/due-process/EXA-DUE-01-notice.yaml"
    text = (BASE / path).read_text(encoding="utf-8")
    story.files[path] = text.replace("status: draft", "status: adopted")
    for who in ("ada", "ben", "cem"):
        story.says(who)
    story.objects("eva", REASON).decided()
    gone = "withdrawn: {reason: Nobody needs it, on: 2026-04-01, decision: 2026-003}\n"
    story.files[path] = text.replace("status: draft", "status: withdrawn") + gone
    found = pages(story.release())["provisions.md"]
    place = section(found, "### EXA-DUE-01 Notice before a restriction")
    assert "Withdrawn on 1 April 2026 by decision 2026-003: Nobody needs it." in place
    assert "Decision: withdrawal agreed with dissent on 1 April 2026, by proposal" in place
    assert f"> **Eva Invented, Business:** {REASON}" in place
    everything = pages(story.release())
    for name in ("provisions.md", "provisions.html", "consent.md", "notes.md"):
        lines = [line for line in everything[name].splitlines() if TEXT in line]
        assert lines, name
        assert not [line for line in lines if "adopted" in line.lower()], name
    consent = section(everything["consent.md"], "### EXA-DUE-01 Notice before a restriction")
    assert "Outcome: Withdrawal agreed with dissent" in consent
    assert "adopted" not in consent.lower()
    assert json.loads(everything["consent.json"])["units"][1]["withdraws"] is True


def test_everybody_who_spoke_for_one_organisation_is_named() -> None:
    story = adopted()
    path = "governance/policies/substance.yaml"
    policy = story.files[path]
    story.files[path] = policy.replace('"title"', '"cap": {"votes": 1}, "title"', 1)
    digests = [digest_at(path, each, "policy") for each in (policy, story.files[path])]
    place = f"{PROPOSAL}/proposal.yaml"
    story.files[place] = story.files[place].replace(*digests)
    people = {"society": "organisation", "gus": "representative", "hal": "representative"}
    for id, kind in people.items():
        record = member("business") | {"name": f"{id.title()} Invented", "kind": kind}
        if kind == "representative":
            record["represents"] = "society"
        story.files[f"governance/members/{id}.yaml"] = json.dumps(record)
    found = pages(story.says("gus").says("hal", "stand-aside").decided().release())
    text = section(found["consent.md"], "### EXA-DUE-01 Notice before a restriction")
    said = "Society Invented: Gus Invented (consents), Hal Invented (stands aside)"
    assert f"- {said}; counted: stands aside" in text


def test_how_sure_each_position_is_and_what_was_done_is_printed() -> None:
    story = adopted()
    act = {"kind": "override", "by": ["ada", "cem"], "reason": "No duty moves.", "units": []}
    story.put(f"{PROPOSAL}/acts/02.yaml", act, "act", 14)
    text = section(
        pages(story.decided().release())["consent.md"], "### EXA-DUE-01 Notice before a restriction"
    )
    assert "- Recorded, with the source kept (E1): 3" in text
    assert "- Of these, by the word of one coordinator, since there was no second: 3" in text
    assert "- Class lowered, by Ada Invented and Cem Invented: No duty moves." in text


def test_a_coalition_that_was_founded_again_says_so() -> None:
    story = adopted().decided()
    story.files["governance/genesis.yaml"] = json.dumps(
        {
            "coalition": "example",
            "coordinators": [{"id": "ada"}],
            "threshold": 1,
            "charter": words("charter"),
            "founded": "2026-01-01T12:00:00Z",
            "replaces": words("first genesis"),
            "reason": "The keys were lost.",
        }
    )
    found = section(pages(story.release())["provisions.md"], "## About this release")
    said = f"The keys were lost. The founding before it: `{words('first genesis')}`"
    assert f"Founded again: {said}" in found
