"""`govkit propose revise`: nothing is lost on the way to the next revision unnamed."""

from __future__ import annotations

import json
import random
import shutil

import pytest

from govkit.log.entries import entries_of, path_of_entry
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.workspace import open_workspace
from tests.release.verifying.scene import log_done_again

from .conftest import AGORA, COMPLAINT, FORM, NOTICE, RIGHT, TERM, WARNING, Folder
from .test_opening import proved

LATER = ("--now", "2026-04-14T12:00:00Z")
LOST = "The platform must not treat a user worse because of a complaint."


@pytest.fixture
def story(drafts: Folder) -> Folder:
    """Agora with its first draft open for comments."""
    drafts.put_over("draft-1")
    drafts.open("--comment-until", "2026-04-01")
    drafts.commit()
    return drafts


def test_the_clause_that_is_lost_in_the_story_stops_the_second_draft(story: Folder) -> None:
    story.put_over("draft-2-with-a-loss")
    said = story.stopped("revise", "2026-001", *LATER)
    assert "revision 2 would lose one text or clause of revision 1, and nobody named it" in said
    assert f"AGP-CMP-01(c): the clause is missing: “{LOST}”" in said
    assert "--drop 'AGP-CMP-01(c)' --reason" in said
    answer = json.loads(
        story.run("propose", "revise", "2026-001", *LATER, "--format", "json").stdout
    )
    assert [each["about"] for each in answer["because"]] == ["AGP-CMP-01(c)"]


def test_the_second_draft_of_the_story_has_the_three_fates(story: Folder) -> None:
    story.put_over("draft-2")
    answer = story.done("propose", "revise", "2026-001", *LATER, "--comment-until", "2026-05-14")
    first, second = story.units(1), story.units(2)
    assert second["AGP-NTC-01"]["edit"] == "1"
    assert second["AGP-CMP-01"]["edit"] == "8"
    assert "edit" not in second["AGP-CMP-03"]
    assert second["AGP-CMP-03"]["after"] == first["AGP-CMP-03"]["after"]
    assert story.revision(2)["comment_until"] == "2026-05-15T12:00:00Z"
    assert story.revision(2)["code"] != story.revision(1)["code"]
    assert story.revision(2)["change"] != story.revision(1)["change"]
    body = " ".join(answer["mail"]["body"].split())
    assert "It replaces revision 1 of Monday 2 March 2026" in body
    assert "AGP-CMP-03 Putting things right: as in revision 1. A consent stands." in body
    assert "and give the reasons in the answer" in body
    assert story.read("governance/proposals/2026-001/notices/02.yaml")["revision"] == "2"
    proved(story, 2)
    story.is_sound()


def test_a_revision_can_come_from_a_folder_and_the_drafts_follow(story: Folder) -> None:
    folder = AGORA / "cycle/draft-2"
    story.done("propose", "revise", "2026-001", "--from", str(folder), *LATER)
    assert story.text(COMPLAINT) == (folder / COMPLAINT).read_text(encoding="utf-8")
    assert "edit" not in story.units(2)["AGP-CMP-03"]
    proved(story, 2)


def test_an_open_revision_never_changes(story: Folder) -> None:
    place = "governance/proposals/2026-001/rev-1/"
    before = {path: data for path, data in story.state().items() if path.startswith(place)}
    story.put_over("draft-2")
    story.done("propose", "revise", "2026-001", *LATER)
    after = {path: data for path, data in story.state().items() if path.startswith(place)}
    assert after == before


# --- what is named --------------------------------------------------------------------------------


def without_c(story: Folder) -> None:
    story.put_over("draft-2-with-a-loss")


def test_a_clause_that_is_dropped_on_purpose_is_named_with_the_reason(story: Folder) -> None:
    without_c(story)
    answer = story.done(
        "propose",
        "revise",
        "2026-001",
        "--drop",
        "AGP-CMP-01(c)",
        "--reason",
        "The law says it already.",
        *LATER,
    )
    [dropped] = story.revision(2)["dropped"]
    assert dropped == {"id": "AGP-CMP-01", "clause": "c", "because": "The law says it already."}
    assert "No longer there: AGP-CMP-01(c), because: The law says it already." in " ".join(
        answer["mail"]["body"].split()
    )


def test_a_clause_that_was_merged_is_named_with_its_new_place(story: Folder) -> None:
    without_c(story)
    story.change(COMPLAINT, "days after it arrived", f"days after it arrived. {LOST[:-1]}")
    said = story.stopped("revise", "2026-001", *LATER)
    assert "Its words stand in AGP-CMP-01(b) now." in said
    assert "--merged 'AGP-CMP-01(c)' into 'AGP-CMP-01(b)'" in said


def test_merged_and_moved_say_where(story: Folder) -> None:
    without_c(story)
    story.done(
        "propose",
        "revise",
        "2026-001",
        "--merged",
        "AGP-CMP-01(c)",
        "into",
        "AGP-CMP-01(b)",
        "--reason",
        "One is enough.",
        *LATER,
    )
    [dropped] = story.revision(2)["dropped"]
    assert dropped["into"] == ["AGP-CMP-01"]
    assert dropped["because"] == "into clause (b): One is enough."


def test_a_text_is_dropped_whole(story: Folder) -> None:
    story.done(
        "propose", "revise", "2026-001", "--drop", "AGP-CMP-03", "--reason", "Later.", *LATER
    )
    assert list(story.units(2)) == ["AGP-CMP-01", "AGP-NTC-01"]
    assert (story.path / RIGHT).is_file()


def test_a_text_whose_file_is_gone_is_a_loss(story: Folder) -> None:
    (story.path / RIGHT).unlink()
    said = story.stopped("revise", "2026-001", *LATER)
    assert "AGP-CMP-03: the text is missing" in said


def test_a_clause_that_says_that_it_is_withdrawn_needs_no_option(story: Folder) -> None:
    text = story.text(COMPLAINT)
    start, end = text.index("  - id: c\n"), text.index("  - id: d\n")
    stone = "  - id: c\n    withdrawn: {reason: merged into b, on: 2026-04-14}\n"
    story.write(COMPLAINT, text[:start] + stone + text[end:])
    story.done("propose", "revise", "2026-001", *LATER)
    assert story.revision(2)["dropped"] == [
        {"id": "AGP-CMP-01", "clause": "c", "because": "merged into b"}
    ]


def test_a_file_names_each_loss_with_its_own_reason(story: Folder) -> None:
    without_c(story)
    place = story.path.parent / "dropped.yaml"
    place.write_text(
        "dropped:\n"
        "  - {id: AGP-CMP-01, clause: c, because: the law says it}\n"
        "  - {id: AGP-CMP-03, into: [AGP-CMP-01], because: one text is enough}\n",
        encoding="utf-8",
    )
    story.done("propose", "revise", "2026-001", "--drops", str(place), *LATER)
    assert [each["because"] for each in story.revision(2)["dropped"]] == [
        "the law says it",
        "one text is enough",
    ]


def test_what_is_named_wrongly_is_refused(story: Folder) -> None:
    without_c(story)
    revise = ("revise", "2026-001", *LATER)
    why = ("--reason", "x")
    assert "why it is left out is not said" in story.refused(*revise, "--drop", "AGP-CMP-01(c)")
    said = story.refused(*revise, "--drop", "AGP-CMP-01(a)", *why)
    assert "AGP-CMP-01(a) is named as dropped, and its words are still there" in said
    said = story.refused(*revise, "--drop", "AGP-CMP-01(q)", *why)
    assert "was not in the revision before" in said
    assert "It had: a, b, c, d, e." in said
    said = story.refused(*revise, "--merged", "AGP-CMP-01(c)", "with", "AGP-CMP-01(b)", *why)
    assert "the middle one is `into`" in said
    assert "is no text or clause" in story.refused(*revise, "--drop", "clause c", *why)
    assert "can't be read" in story.refused(*revise, "--drops", "/no/such/file", code=3)
    wrong = story.path.parent / "wrong.yaml"
    for text in ("- a\n", "dropped: {}\n", "dropped:\n  - {id: AGP-CMP-01}\n", "a: [\n"):
        wrong.write_text(text, encoding="utf-8")
        story.refused(*revise, "--drops", str(wrong))


def test_random_losses_in_real_files_are_stopped(story: Folder) -> None:
    """Clauses taken out of real files, one after the other; each is named in the answer."""
    chance = random.Random(7)
    for path in (NOTICE, COMPLAINT, RIGHT):
        text = story.text(path)
        parts = text.split("  - id: ")
        at = chance.randrange(1, len(parts) - 1)
        clause = parts[at][0]
        story.write(path, "  - id: ".join([*parts[:at], *parts[at + 1 :]]))
        said = story.stopped("revise", "2026-001", *LATER)
        assert f"{path.rsplit('/', 1)[1][:10]}({clause}): the clause is missing" in said
        story.write(path, text)


# --- adopted texts --------------------------------------------------------------------------------


@pytest.fixture
def amended(adopted: Folder) -> Folder:
    """Agora with amendments of two adopted texts open for comments."""
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.change(NOTICE, "default: 72", "default: 24")
    adopted.open()
    adopted.commit()
    return adopted


def test_what_nobody_edited_anew_is_as_before(amended: Folder) -> None:
    before = amended.text(COMPLAINT)
    amended.change(COMPLAINT, "default: 21", "default: 10")
    amended.done("propose", "revise", "2026-001", *LATER)
    assert amended.text(COMPLAINT) == before
    first, second = amended.units(1), amended.units(2)
    assert second["AGP-NTC-01"]["after"] == first["AGP-NTC-01"]["after"]
    assert "edit" not in second["AGP-NTC-01"]
    assert second["AGP-CMP-01"]["edit"] == "6"
    copy = amended.text("governance/proposals/2026-001/rev-2/after/AGP-CMP-01.yaml")
    assert "default: 10" in copy
    proved(amended, 2)
    amended.is_sound()


def test_new_texts_can_lie_side_by_side_in_a_folder(amended: Folder) -> None:
    folder = amended.path.parent / "sent"
    folder.mkdir()
    copy = amended.path / "governance/proposals/2026-001/rev-1/after/AGP-NTC-01.yaml"
    text = copy.read_text(encoding="utf-8").replace("default: 24", "default: 12")
    (folder / "AGP-NTC-01.yaml").write_text(text, encoding="utf-8")
    before = amended.text(NOTICE)
    amended.done("propose", "revise", "2026-001", "--from", str(folder), *LATER)
    assert amended.text(NOTICE) == before
    assert amended.units(2)["AGP-NTC-01"]["edit"] == "6"
    proved(amended, 2)


def test_a_text_can_come_in_anew(amended: Folder) -> None:
    amended.change(WARNING, "default: 14", "default: 21")
    amended.change(FORM, "default: 12", "default: 24")
    answer = amended.done("propose", "revise", "2026-001", "AGP-NTC-03", *LATER)
    assert list(amended.units(2)) == ["AGP-CMP-01", "AGP-NTC-01", "AGP-NTC-03"]
    assert "edit" not in amended.units(2)["AGP-NTC-03"]
    assert "AGP-NTC-03 Warning" in answer["mail"]["body"]
    assert "new in this revision" in " ".join(answer["mail"]["body"].split())
    assert any("AGP-NTC-02" in note for note in answer["notes"])
    proved(amended, 2)


def test_a_new_class_brings_its_policy(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "because of a complaint.", "because of a complaint")
    adopted.open()
    adopted.commit()
    path = "governance/proposals/2026-001/proposal.yaml"
    assert [each["id"] for each in adopted.read(path)["policies"]] == ["editorial"]
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    answer = adopted.done("propose", "revise", "2026-001", "--now", "2026-03-20T12:00:00Z")
    assert [each["id"] for each in adopted.read(path)["policies"]] == ["editorial", "substance"]
    assert [each["kind"] for each in answer["entries"]] == ["proposal", "revision", "notice"]


def test_a_text_that_is_to_go_stays_so_until_somebody_says_otherwise(adopted: Folder) -> None:
    adopted.write(FORM, adopted.text(FORM) + "withdrawn: {reason: said twice, on: 2026-03-01}\n")
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.open()
    adopted.commit()
    adopted.change(COMPLAINT, "default: 21", "default: 10")
    adopted.done("propose", "revise", "2026-001", *LATER)
    unit = adopted.units(2)["AGP-NTC-02"]
    assert (unit["after"], unit["cause"]) == ("null", "withdrawn: said twice")


def test_texts_leave_with_the_definition_that_brought_them(adopted: Folder) -> None:
    adopted.change(TERM, "definition: >-\n  ", "definition: >-\n  Exactly this. ")
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.open()
    adopted.commit()
    answer = adopted.done(
        "propose",
        "revise",
        "2026-001",
        "--drop",
        "restriction",
        "--reason",
        "It is clear enough.",
        *LATER,
    )
    assert list(adopted.units(2)) == ["AGP-CMP-01"]
    dropped = {each["id"]: each["because"] for each in adopted.revision(2)["dropped"]}
    assert dropped.pop("restriction") == "It is clear enough."
    assert set(dropped.values()) == {"the definition that it rests on is no longer changed"}
    assert "AGP-NTC-01" in dropped
    assert "AGP-CMP-01" in " ".join(answer["mail"]["body"].split())
    proved(adopted, 2)


def adopted_instead(folder: Folder, id: str) -> None:
    """Let the log say that the words of a text as they stand are those that were adopted."""
    corpus = open_workspace(folder.path).corpus
    text = corpus.find(NORMATIVE_KINDS, id)
    assert text is not None
    entry = next(each for _, each in entries_of(corpus) if each.kind == "taken-over")
    assert entry.taken_over is not None
    was = next(each.digest for each in entry.taken_over.units if each.id == id)
    place = path_of_entry(entry.seq)
    folder.change(place, was, corpus.digests.of(text) or "")
    folder.sign_past(place)
    log_done_again(folder.path)


def test_adopted_words_that_moved_meanwhile_are_put_together_by_a_person(amended: Folder) -> None:
    amended.change(NOTICE, "default: 72", "default: 48")
    adopted_instead(amended, "AGP-NTC-01")
    amended.commit()
    said = amended.refused("revise", "2026-001", "--base", "HEAD", *LATER)
    assert "the adopted words of AGP-NTC-01 are others now" in said
    amended.change(NOTICE, "default: 48", "default: 24")
    amended.done("propose", "revise", "2026-001", "--base", "HEAD", *LATER)
    assert amended.units(2)["AGP-NTC-01"]["before"] != amended.units(1)["AGP-NTC-01"]["before"]
    assert "default: 48" in amended.text(NOTICE)


# --- dates and states -----------------------------------------------------------------------------


def in_last_call(story: Folder) -> None:
    story.done("propose", "last-call", "2026-001", *LATER)
    story.commit()


def test_a_normative_edit_in_last_call_opens_a_full_period(story: Folder) -> None:
    in_last_call(story)
    story.put_over("draft-2")
    story.done("propose", "revise", "2026-001", "--now", "2026-04-20T12:00:00Z")
    assert story.revision(2)["comment_until"] == "2026-05-21T12:00:00Z"


def test_an_editorial_edit_in_last_call_opens_the_time_of_a_challenge(story: Folder) -> None:
    in_last_call(story)
    shutil.copy(AGORA / "cycle/draft-2" / NOTICE, story.path / NOTICE)
    answer = story.done("propose", "revise", "2026-001", "--now", "2026-04-20T12:00:00Z")
    assert story.revision(2)["comment_until"] == "2026-04-28T12:00:00Z"
    assert any("one such challenge is enough" in note for note in answer["notes"])


def test_an_editorial_edit_in_the_time_for_comments_opens_a_full_period(story: Folder) -> None:
    shutil.copy(AGORA / "cycle/draft-2" / NOTICE, story.path / NOTICE)
    story.done("propose", "revise", "2026-001", "--now", "2026-03-10T12:00:00Z")
    assert story.revision(2)["comment_until"] == "2026-04-10T12:00:00Z"


def test_bad_input_is_named_with_the_way_out(story: Folder) -> None:
    said = story.refused("revise", "2026-002", *LATER)
    assert "there is no proposal `2026-002`" in said
    assert "Did you mean `2026-001`?" in said
    assert "nothing changed since revision 1" in story.refused("revise", "2026-001", *LATER)
    said = story.refused("revise", "2026-001", "--from", "/no/such", *LATER)
    assert "is no folder" in said
    empty = story.path.parent / "empty"
    empty.mkdir()
    said = story.refused("revise", "2026-001", "--from", str(empty), *LATER)
    assert "holds no text" in said
    every = [word for id in story.units() for word in ("--drop", id)]
    said = story.refused("revise", "2026-001", *every, "--reason", "x", *LATER)
    assert "no text would be left" in said


def test_a_copy_that_is_gone_is_no_licence_to_lose_it(story: Folder) -> None:
    (story.path / "governance/proposals/2026-001/rev-1/after/AGP-CMP-03.yaml").unlink()
    said = story.refused("revise", "2026-001", *LATER)
    assert "the text of AGP-CMP-03 in revision 1 is missing or can't be read" in said


# --- who objected to what is left out -------------------------------------------------------------


def objected(story: Folder) -> None:
    """Two members object to a text, one to another; one takes it back."""
    (story.path.parent / "agora-private").mkdir()
    minutes = AGORA / "cycle/minutes/2026-05-27.md"
    for who, unit, position, *more in (
        ("example-market", "AGP-CMP-03", "object", "--reason", "Nobody can pay for this."),
        ("example-chat", "AGP-CMP-03", "object", "--reason", "Too long."),
        ("example-network-lab", "AGP-CMP-01", "object", "--reason", "No."),
        ("example-chat", "AGP-CMP-03", "withdraw"),
    ):
        story.done(
            "consent",
            who,
            "2026-001",
            position,
            "--unit",
            unit,
            *more,
            "--source",
            str(minutes),
            "--now",
            "2026-03-20T12:00:00Z",
        )
    story.vouched("2026-03-20T13:00:00Z")


DROPPED = ("revise", "2026-001", "--drop", "AGP-CMP-03", "--reason", "the law says it already")


def test_who_objected_to_a_text_that_is_dropped_is_told(story: Folder) -> None:
    objected(story)
    answer = story.done("propose", *DROPPED, *LATER)
    assert [(each["to"], each["about"]) for each in answer["letters"]] == [
        ("example-market", "objection-left")
    ]
    [letter] = answer["letters"]
    assert letter["subject"] == "[2026-001 r2] A title: a text that you objected to is left out"
    body = " ".join(letter["body"].split())
    assert "You objected to AGP-CMP-03 in the proposal 2026-001" in body
    assert "Nobody can pay for this." in body
    assert "Left out: AGP-CMP-03, because: the law says it already" in body
    assert "your objection no longer stands in the way. It is not taken back" in body
    assert "@" not in letter["body"]
    assert max(map(len, letter["body"].split("\n"))) <= 72
    shown = story.run("status", "2026-001", *LATER).stdout
    assert "Objection to a text that left: AGP-CMP-03, example-market" in shown
    left = story.done("status", "2026-001", *LATER)["left"]
    assert ("AGP-CMP-03", "example-market") in {(each["unit"], each["member"]) for each in left}


def test_the_words_to_an_objector_are_shown_beside_the_mail_and_in_a_dry_run(story: Folder) -> None:
    objected(story)
    dry = story.run("propose", *DROPPED, *LATER, "--dry-run").stdout
    real = story.run("propose", *DROPPED, *LATER).stdout
    for said in (dry, real):
        assert said.index("The mail to send:") < said.index("Words to send to example-market:")
        assert "Words to send to example-network-lab:" not in said


def test_where_nobody_objected_to_what_is_dropped_nobody_is_written_to(story: Folder) -> None:
    assert story.done("propose", *DROPPED, *LATER)["letters"] == []


def test_an_objector_is_told_into_which_text_it_went(story: Folder) -> None:
    objected(story)
    merged = ("--merged", "AGP-CMP-03", "into", "AGP-CMP-01", "--reason", "one text is enough")
    [letter] = story.done("propose", "revise", "2026-001", *merged, *LATER)["letters"]
    body = " ".join(letter["body"].split())
    assert "If you object to AGP-CMP-01, too, please say it, with your reason." in body
