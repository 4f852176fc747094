"""`govkit propose open`: edits of the folder become exact words before and after."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from govkit.corpus.copies import digest_of_copy
from govkit.records.proposals import Revision
from govkit.workspace import open_workspace
from tests.seals import seal_log

from .conftest import COMPLAINT, FORM, NOTICE, OPENED, RIGHT, SOCIETY, TERM, Folder
from .test_withdrawing import DECIDED, HEARD, LAST_CALL, MEMBERS, errors

REV = "governance/proposals/2026-001/rev-1"
NOW = ("--now", OPENED, "--title", "A title", "--proposer", SOCIETY)


def proved(folder: Folder, number: int = 1, proposal: str = "2026-001") -> None:
    """Each copy of a revision has the digest that its unit says, by what the revision holds."""
    corpus = open_workspace(folder.path).corpus
    place = f"governance/proposals/{proposal}/rev-{number}"
    revision = corpus.by_path[f"{place}/revision.yaml"].record
    assert isinstance(revision, Revision)
    sides = 0
    for unit in revision.units:
        for side in ("before", "after"):
            copy = corpus.copies_by_path.get(f"{place}/{side}/{unit.id}.yaml")
            expected = getattr(unit, side)
            assert (copy is None) == (expected is None)
            if copy is not None:
                sides += 1
                assert digest_of_copy(copy, revision, side) == expected  # type: ignore[arg-type]
        for other in unit.alternatives:
            copy = corpus.copies_by_path[f"{place}/alongside/{other.proposal}/{unit.id}.yaml"]
            assert digest_of_copy(copy, revision, "after") == other.after
    assert sides > 0


# --- drafts ---------------------------------------------------------------------------------------


def test_edited_drafts_are_proposed_whole_and_stay_where_they_are(drafts: Folder) -> None:
    drafts.put_over("draft-1")
    edited = {path: drafts.text(path) for path in (NOTICE, COMPLAINT, RIGHT)}
    answer = drafts.open("--comment-until", "2026-04-01")
    assert answer["proposal"] == "2026-001"
    units = drafts.units()
    assert list(units) == ["AGP-CMP-01", "AGP-CMP-03", "AGP-NTC-01"]
    assert {unit["before"] for unit in units.values()} == {"null"}
    assert {unit["class"] for unit in units.values()} == {"8"}
    assert drafts.revision()["opened"] == OPENED
    assert drafts.revision()["comment_until"] == "2026-04-02T12:00:00Z"
    for path, text in edited.items():
        assert drafts.text(path) == text
        copy = drafts.text(f"{REV}/after/{path.rsplit('/', 1)[1][:10]}.yaml")
        assert copy.split("\n", 1)[1] == text.split("\n", 1)[1]
    assert [entry["kind"] for entry in answer["entries"]] == ["proposal", "revision", "notice"]
    proved(drafts)
    drafts.is_sound()


def test_the_mail_says_all_that_a_call_has_to_say(drafts: Folder) -> None:
    drafts.put_over("draft-1")
    mail = drafts.open("--comment-until", "2026-04-01", title="A notice within a day")["mail"]
    assert mail["subject"] == "[2026-001 r1] A notice within a day: comments open until 2026-04-01"
    body = " ".join(mail["body"].split())
    assert (
        "until the end of Wednesday 1 April 2026, anywhere on earth (12:00 UTC on 2 April)" in body
    )
    assert "Never adopted before: AGP-CMP-01, AGP-CMP-03, AGP-NTC-01." in body
    assert "your name and your position will be public, for good" in body
    assert f"Proposal 2026-001 revision 1, code {drafts.revision()['code']}" in body
    assert "Newest entry of the log before this announcement: number 8, sha256:" in body
    for unit in drafts.units().values():
        assert unit["after"] in mail["body"]
    assert max(len(line) for line in mail["body"].splitlines() if "sha256" not in line) <= 72
    notice = drafts.read("governance/proposals/2026-001/notices/01.yaml")
    assert notice == {"kind": "opening", "revision": "1", "digest": mail["digest"]}


def test_a_draft_that_nobody_edited_can_be_named(drafts: Folder) -> None:
    drafts.open("AGP-NTC-02")
    assert list(drafts.units()) == ["AGP-NTC-02"]


def test_what_a_release_of_the_book_takes_beside_the_texts_is_said(drafts: Folder) -> None:
    told = drafts.open("AGP-NTC-02")
    [note] = [each for each in told["notes"] if each.startswith("Without these no release")]
    assert note.startswith("Without these no release can be cut of the book: INS-provisions")
    assert "`govkit propose open INS-provisions" in note


def test_a_term_that_texts_use_is_of_class_seven(drafts: Folder) -> None:
    drafts.open("restriction")
    assert drafts.units()["restriction"]["class"] == "7"
    proved(drafts)


def test_the_same_edits_at_the_same_moment_give_the_same_bytes(drafts: Folder) -> None:
    drafts.put_over("draft-1")
    one = drafts.run("propose", "open", *NOW, "--dry-run").stdout
    assert one == drafts.run("propose", "open", *NOW, "--dry-run").stdout
    assert "This is a dry run" in one


def test_a_dry_run_writes_nothing_and_shows_all(drafts: Folder) -> None:
    drafts.put_over("draft-1")
    before = drafts.state()
    answer = drafts.open("--dry-run")
    assert drafts.state() == before
    assert answer["dry_run"] is True
    assert f"{REV}/revision.yaml" in [each["path"] for each in answer["files"]]
    assert answer["entries"] == []


# --- adopted texts --------------------------------------------------------------------------------


def test_an_edit_of_adopted_words_moves_into_the_proposal(adopted: Folder) -> None:
    before = adopted.text(COMPLAINT)
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    after = adopted.text(COMPLAINT)
    adopted.open()
    assert adopted.text(COMPLAINT) == before
    assert adopted.git("diff", "HEAD", "--", "provisions", "registers") == ""
    unit = adopted.units()["AGP-CMP-01"]
    assert unit["before"] != unit["after"]
    assert unit["before"].startswith("sha256:")
    assert (unit["class"], unit["floor"]) == ("6", "6")
    for side, text in (("before", before), ("after", after)):
        copy = adopted.text(f"{REV}/{side}/AGP-CMP-01.yaml")
        assert copy.split("\n", 1)[1] == text.split("\n", 1)[1]
    proved(adopted)


def test_the_mail_shows_what_changes_before_and_after(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "must not treat a user worse", "must not treat the user worse")
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    body = " ".join(adopted.open()["mail"]["body"].split())
    assert "It would replace the adopted words of AGP-CMP-01." in body
    assert "before: The platform must not treat a user worse because of a complaint." in body
    assert "after: The platform must not treat the user worse because of a complaint." in body
    assert "{answer_days}, default before: 21 after: 7" in body


def test_a_definition_brings_every_adopted_text_that_rests_on_it(adopted: Folder) -> None:
    adopted.change(TERM, "definition: >-\n  ", "definition: >-\n  Exactly this. ")
    adopted.open()
    units = adopted.units()
    own = units.pop("restriction")
    assert own["class"] == "7"
    assert "AGP-NTC-01" in units
    assert "complaint" in units
    assert {unit["cause"] for unit in units.values()} == {"term:restriction"}
    assert {unit["class"] for unit in units.values()} == {"7"}
    here = open_workspace(adopted.path).corpus
    users = {
        document.id
        for document, link in here.back_links["term", "restriction"]
        if link.role == "term"
    }
    assert users <= units.keys()
    proved(adopted)
    adopted.is_sound()


def test_what_is_not_named_stays_out_and_stays_edited(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.change(NOTICE, "default: 72", "default: 24")
    answer = adopted.open("AGP-CMP-01")
    assert list(adopted.units()) == ["AGP-CMP-01"]
    assert "default: 24" in adopted.text(NOTICE)
    assert any("AGP-NTC-01" in note for note in answer["notes"])


def test_an_adopted_text_that_is_to_go(adopted: Folder) -> None:
    text = adopted.text(FORM)
    stone = "withdrawn: {reason: another text says it, on: 2026-03-01}\n"
    adopted.write(FORM, text.replace("status: adopted", "status: withdrawn", 1) + stone)
    adopted.open()
    unit = adopted.units()["AGP-NTC-02"]
    assert (unit["after"], unit["class"]) == ("null", "8")
    assert unit["cause"] == "withdrawn: another text says it"
    assert adopted.text(FORM) == text
    proved(adopted)


def test_a_commit_on_a_branch_is_an_edit_too(adopted: Folder) -> None:
    before = adopted.text(COMPLAINT)
    adopted.git("switch", "-q", "-c", "shorter")
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.commit()
    adopted.open()
    assert adopted.text(COMPLAINT) == before


def test_an_edit_that_was_committed_on_main_is_no_adopted_word(adopted: Folder) -> None:
    """`check` says what was adopted, and the proposal begins with it, wherever main stands."""
    before = adopted.text(COMPLAINT)
    adopted.change(COMPLAINT, "default: 21", "default: 9")
    adopted.commit()
    said = json.loads(adopted.run("check", "--format", "json").stdout)["findings"]
    (finding,) = (each for each in said if each["rule"] == "adopted-without-decision")
    digest = finding["expected"]
    adopted.change(COMPLAINT, "default: 9", "default: 7")
    adopted.open()
    assert adopted.units()["AGP-CMP-01"]["before"] == digest
    assert adopted.text(COMPLAINT) == before
    assert "default: 7" in adopted.text(f"{REV}/after/AGP-CMP-01.yaml")
    proved(adopted)


def test_an_edit_of_a_term_that_was_committed_on_main_is_none_either(adopted: Folder) -> None:
    """Also where a text that is proposed rests on the term."""
    before = adopted.text(COMPLAINT)
    place = "registers/terms/complaint.yaml"
    adopted.change(place, "in whatever words and form", "in whatever words")
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.commit()
    adopted.open("AGP-CMP-01")
    assert adopted.text(COMPLAINT) == before
    proved(adopted)


def test_adopted_words_that_no_commit_has_are_asked_for(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "default: 21", "default: 9")
    shutil.rmtree(adopted.path / ".git")
    adopted.git("init", "-q", "-b", "main")
    adopted.commit()
    adopted.change(COMPLAINT, "default: 9", "default: 7")
    said = adopted.refused("open", *NOW)
    assert "are not those that were adopted" in said
    assert "Put the adopted words back first" in said


def test_errata_take_what_is_provably_editorial_and_nothing_else(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "because of a complaint.", "because of a complaint")
    adopted.change(NOTICE, "default: 72", "default: 24")
    answer = adopted.done("propose", "open", "--errata", "--proposer", SOCIETY, "--now", OPENED)
    assert list(adopted.units()) == ["AGP-CMP-01"]
    assert adopted.units()["AGP-CMP-01"]["class"] == "1"
    assert adopted.read("governance/proposals/2026-001/proposal.yaml")["title"] == "Errata"
    assert adopted.revision()["comment_until"] == "2026-03-10T12:00:00Z"
    assert "comments open until 2026-03-09" in answer["mail"]["subject"]


# --- what the author says -------------------------------------------------------------------------

CLEARER = ("must not treat a user worse", "must not treat the user worse")


def test_a_small_change_needs_the_word_of_its_author_and_the_file_is_shown(adopted: Folder) -> None:
    adopted.change(COMPLAINT, *CLEARER)
    said = adopted.stopped("open", *NOW)
    assert "only its author can say whether a duty changes" in said
    lines = said.split("Write governance/changes/AGP-CMP-01.yaml:\n")[1].split("\n\nhelp:")[0]
    declared = "\n".join(line.removeprefix("    ") for line in lines.splitlines()) + "\n"
    adopted.write("governance/changes/AGP-CMP-01.yaml", declared)
    blank = adopted.stopped("open", *NOW)
    assert "`[insert why the change is needed]` still has to be written" in blank
    assert "governance/changes/AGP-CMP-01.yaml:" in blank
    declared = declared.replace("'[insert why the change is needed]'", "The user is known.")
    adopted.write("governance/changes/AGP-CMP-01.yaml", declared)
    adopted.open()
    assert adopted.units()["AGP-CMP-01"]["class"] == "3"
    assert not (adopted.path / "governance/changes/AGP-CMP-01.yaml").exists()
    assert adopted.read(f"{REV}/changes/AGP-CMP-01.yaml")["reason"] == "The user is known."
    policies = adopted.read("governance/proposals/2026-001/proposal.yaml")["policies"]
    assert [policy["id"] for policy in policies] == ["clarifying"]
    adopted.is_sound()


def declared(folder: Folder, number: int, **more: str) -> None:
    """Declare a class for the edit of the complaint, with the digests of its words."""
    answer = folder.run("propose", "open", *NOW, "--dry-run").stderr
    pair = [line.split("sha256:")[1] for line in answer.splitlines() if "sha256:" in line]
    after = more.get("after", f"sha256:{pair[1]}")
    lines = [
        "of: AGP-CMP-01",
        f"before: sha256:{pair[0]}",
        f"after: {after}",
        f"class: {number}",
        "reason: It is clearer.",
    ]
    folder.write("governance/changes/AGP-CMP-01.yaml", "\n".join(lines) + "\n")


def test_a_class_under_the_floor_is_refused_in_the_words_of_the_check(adopted: Folder) -> None:
    adopted.change(COMPLAINT, *CLEARER)
    declared(adopted, 1)
    said = adopted.stopped("open", *NOW)
    assert "class 1 is declared for AGP-CMP-01, and the change is at least class 3" in said
    assert "governance/changes/AGP-CMP-01.yaml:4:" in said


def test_a_word_that_bears_on_a_duty_is_answered_first(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "worse because of a complaint", "worse after 3 complaints")
    declared(adopted, 3)
    said = adopted.stopped("open", *NOW)
    assert "nothing answers whether" in said
    assert "changes_a_duty" in said


def test_a_declaration_for_other_words_is_none(adopted: Folder) -> None:
    adopted.change(COMPLAINT, *CLEARER)
    declared(adopted, 3, after="sha256:" + "0" * 64)
    said = adopted.stopped("open", *NOW)
    assert "this declaration is for other words of AGP-CMP-01" in said


def test_a_higher_class_than_the_floor_is_taken(adopted: Folder) -> None:
    adopted.change(COMPLAINT, *CLEARER)
    declared(adopted, 6)
    adopted.open()
    unit = adopted.units()["AGP-CMP-01"]
    assert (unit["class"], unit["floor"]) == ("6", "3")


# --- two proposals on one text --------------------------------------------------------------------


def test_a_silent_overlap_is_refused_and_a_said_one_carries_both_outcomes(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.open()
    adopted.commit()
    adopted.change(COMPLAINT, "default: 6\n    minimum: 6", "default: 12\n    minimum: 6")
    said = adopted.stopped("open", *NOW)
    assert "an open proposal changes this text, too: 2026-001 revision 1" in said
    assert "--alongside 2026-001" in said
    answer = adopted.open("--alongside", "2026-001")
    first = adopted.units()["AGP-CMP-01"]
    second = adopted.units(proposal="2026-002")["AGP-CMP-01"]
    [both] = second["alternatives"]
    assert both["proposal"] == "2026-001"
    assert both["before"] == first["after"]
    assert both["after"] not in (first["after"], second["after"])
    text = adopted.text("governance/proposals/2026-002/rev-1/alongside/2026-001/AGP-CMP-01.yaml")
    assert "default: 7" in text
    assert "default: 12" in text
    assert any("2026-001 was open first" in note for note in answer["notes"])
    proved(adopted, proposal="2026-002")
    # The first one learns of the second when it is revised, and both lead to the same words.
    adopted.done("propose", "revise", "2026-001", "--now", "2026-03-05T12:00:00Z")
    [other] = adopted.units(2)["AGP-CMP-01"]["alternatives"]
    assert (other["proposal"], other["before"]) == ("2026-002", second["after"])
    assert other["after"] == both["after"]
    proved(adopted, 2)


def test_the_same_lines_in_two_proposals_are_written_by_a_person(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.open()
    adopted.commit()
    adopted.change(COMPLAINT, "default: 21", "default: 10")
    said = adopted.stopped("open", *NOW, "--alongside", "2026-001")
    assert "yours and 2026-001 change the same lines" in said
    both = adopted.path.parent / "both"
    both.mkdir()
    (both / "AGP-CMP-01.yaml").write_text(
        adopted.text(COMPLAINT).replace("default: 10", "default: 8"), encoding="utf-8"
    )
    adopted.open("--alongside", "2026-001", "--both", str(both))
    text = adopted.text("governance/proposals/2026-002/rev-1/alongside/2026-001/AGP-CMP-01.yaml")
    assert "default: 8" in text
    proved(adopted, proposal="2026-002")


def test_words_that_are_in_consultation_already_are_not_proposed_again(drafts: Folder) -> None:
    drafts.put_over("draft-1")
    drafts.open()
    said = drafts.stopped("open", "AGP-CMP-01", *NOW)
    assert "these very words are in consultation already, as 2026-001 revision 1" in said


def test_the_next_proposal_has_the_next_number_and_another_code(drafts: Folder) -> None:
    codes = {drafts.open(id)["code"] for id in ("AGP-NTC-01", "AGP-NTC-02", "AGP-NTC-03")}
    assert len(codes) == 3
    assert (drafts.path / "governance/proposals/2026-003/proposal.yaml").is_file()


# --- what stands in the way -----------------------------------------------------------------------


def test_bad_input_is_named_with_the_way_out(drafts: Folder) -> None:
    assert "nothing changed" in drafts.refused("open", *NOW)
    assert "Did you mean `AGP-NTC-01`?" in drafts.refused("open", "AGP-NTC-10", *NOW)
    who = ("--now", OPENED, "--title", "T", "--proposer")
    said = drafts.refused("open", "AGP-NTC-01", *who, "example-chatt")
    assert "there is no member `example-chatt`" in said
    assert "Did you mean `example-chat`?" in said
    said = drafts.refused("open", "AGP-NTC-01", "--proposer", SOCIETY, "--now", OPENED)
    assert "a proposal needs a title" in said
    assert "no commit named" in drafts.refused("open", "AGP-NTC-01", "--base", "nowhere", *NOW)
    said = drafts.refused("open", "AGP-NTC-01", "--alongside", "2026-009", *NOW)
    assert "there is no proposal `2026-009`" in said
    said = drafts.refused("open", "AGP-NTC-01", "--call", "2026-009", *NOW)
    assert "there is no call for inputs" in said
    said = drafts.refused("open", "AGP-NTC-01", "--comment-until", "2026-03-20", *NOW)
    assert "The earliest day is 2026-04-01." in said
    said = drafts.refused("open", "AGP-NTC-01", "--by", "example-chat", *NOW)
    assert "`example-chat` is no coordinator" in said
    assert "can't be written" in drafts.refused("open", "AGP-NTC-01", "-o", "/no/where/x", *NOW)


def test_a_class_without_a_policy_is_named(drafts: Folder) -> None:
    drafts.change("governance/charter.yaml", "  substance: {classes: [5, 6, 7, 8]}\n", "")
    said = drafts.refused("open", "AGP-NTC-01", *NOW)
    assert "the charter names no policy for changes of class 8, new or removed" in said


def test_a_policy_that_is_not_there_is_named(drafts: Folder) -> None:
    (drafts.path / "governance/policies/substance.yaml").unlink()
    said = drafts.refused("open", "AGP-NTC-01", *NOW)
    assert "governance/policies/substance.yaml is not there" in said


def test_a_text_with_errors_is_not_proposed(drafts: Folder) -> None:
    drafts.change(NOTICE, "(term:notice)", "(term:notise)")
    assert "can't be bound" in drafts.refused("open", *NOW)
    drafts.change(NOTICE, "(term:notise)", "(term:notice)")
    drafts.change(NOTICE, "must not mix the notice", "must not and must mix the notice")
    said = drafts.stopped("open", *NOW)
    assert "a text that is proposed has errors" in said
    assert f"{NOTICE}:" in said


def test_a_file_that_is_gone_is_not_taken_for_a_withdrawal(adopted: Folder) -> None:
    (adopted.path / FORM).unlink()
    said = adopted.refused("open", *NOW)
    assert "AGP-NTC-02 is adopted, and its file is gone" in said


def test_what_is_no_normative_word_needs_no_proposal(adopted: Folder) -> None:
    adopted.change(COMPLAINT, "Most wrong restrictions", "Nearly all wrong restrictions")
    said = adopted.refused("open", "AGP-CMP-01", *NOW)
    assert "no normative word of AGP-CMP-01 changed" in said


@pytest.mark.parametrize("ids", [(), ("INS-provisions",)])
def test_a_heading_needs_no_proposal_and_is_let_stand(
    adopted: Folder, ids: tuple[str, ...]
) -> None:
    book = "provisions/instrument.yaml"
    adopted.change(book, "title: Notices\n", "title: Notices of restrictions\n")
    said = " ".join(adopted.refused("open", *ids, *NOW).split())
    assert "no normative word of INS-provisions changed" in said
    entry = "{rule: heading-changed, reason: …, by: coordinators, until: …}"
    assert f"`- {entry}` under `suppress` in {book}" in said
    written = entry.replace("reason: …", "reason: It says more.").replace("…", "2026-12-31")
    adopted.write(book, f"{adopted.text(book)}suppress:\n  - {written}\n")
    answer = adopted.run("check", "--since", "HEAD", "--today", "2026-03-01", "--format", "json")
    assert json.loads(answer.stdout)["findings"] == []


def test_without_a_commit_nobody_knows_the_words_before(drafts: Folder) -> None:
    import shutil

    shutil.rmtree(drafts.path / ".git")
    drafts.git("init", "-q", "-b", "main")
    assert "no commit yet" in drafts.refused("open", "AGP-NTC-01", *NOW)


def test_a_forming_coalition_opens_for_comments_and_says_so(drafts: Folder) -> None:
    drafts.git("reset", "-q", "--hard", "HEAD~1")
    answer = drafts.open("AGP-NTC-01")
    assert any("forming" in note for note in answer["notes"])
    assert "nothing can be adopted until it is founded" in " ".join(answer["mail"]["body"].split())
    drafts.is_sound()


def test_a_letter_that_says_silence_agrees_is_refused(drafts: Folder) -> None:
    letter = drafts.path.parent / "letter.txt"
    letter.write_text("Dear all,\n\nIf we do not hear from you, you agree.\n", encoding="utf-8")
    said = drafts.refused("open", "AGP-NTC-01", "--letter", str(letter), *NOW)
    assert "the letter says that silence agrees" in said
    letter.write_text("Dear all,\n\nSilence is not consent.\n", encoding="utf-8")
    mail = drafts.open("AGP-NTC-01", "--letter", str(letter))["mail"]
    assert mail["body"].startswith("Dear all,\n\nSilence is not consent.\n")


def test_under_a_policy_of_no_objection_the_letter_may_say_so(drafts: Folder) -> None:
    drafts.change(
        "governance/policies/substance.yaml", "silence: not-counted", "silence: no-objection"
    )
    both = ("--who", "a-example", "--who", "c-example", "--reason", "So that silence counts.")
    amended = drafts.run("amend", "substance", *both, "--now", OPENED)
    assert amended.returncode == 0, amended.stderr
    drafts.sign("01", "a-example", "c-example")
    letter = drafts.path.parent / "letter.txt"
    letter.write_text("If nobody objects, it is adopted. Silence is taken as agreement.\n", "utf-8")
    drafts.open("AGP-NTC-01", "--letter", str(letter))


def test_the_mail_can_be_written_to_a_file(drafts: Folder) -> None:
    place = drafts.path.parent / "mail.txt"
    answer = drafts.open("AGP-NTC-01", "-o", str(place))
    text = place.read_text(encoding="utf-8")
    assert text == f"Subject: {answer['mail']['subject']}\n\n{answer['mail']['body']}"


def test_quiet_days_do_not_count(drafts: Folder) -> None:
    drafts.clock = "2026-12-01T12:00:00Z"
    answer = drafts.open("AGP-NTC-01", at="2026-12-01T12:00:00Z")
    # 30 days from 1 December, less the 18 quiet days from 20 December to 6 January.
    assert drafts.revision()["comment_until"] == "2027-01-19T12:00:00Z"
    assert "comments open until 2027-01-18" in answer["mail"]["subject"]


def test_the_answer_for_people_names_texts_code_and_numbers(drafts: Folder) -> None:
    said = drafts.run("propose", "open", "AGP-NTC-01", *NOW).stdout
    code = drafts.revision()["code"]
    assert said.startswith(f"Proposal 2026-001, revision 1, code {code}:\n")
    assert "  AGP-NTC-01: new, class 8, new or removed\n" in said
    assert (
        "Number 10 in the log: revision governance/proposals/2026-001/rev-1/revision.yaml" in said
    )


def test_json_says_what_stopped_it(drafts: Folder) -> None:
    drafts.open("AGP-NTC-01")
    answer = drafts.run("propose", "open", "AGP-NTC-01", *NOW, "--format", "json")
    found = json.loads(answer.stdout)
    assert answer.returncode == 1
    assert [each["about"] for each in found["because"]] == ["AGP-NTC-01"]


def test_a_draft_term_below_adopted_texts_is_proposed_with_them(adopted: Folder) -> None:
    adopted.change(TERM, "status: adopted", "status: draft")
    [entry] = [path for path in adopted.state() if path.endswith("log/000009.yaml")]
    adopted.write(entry, re.sub(r" +- id: restriction\n.*\n", "", adopted.text(entry)))
    adopted.sign_past(entry)
    seal_log(adopted.path)
    adopted.commit()
    adopted.change(TERM, "definition: >-\n  ", "definition: >-\n  Exactly this. ")
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    said = adopted.refused("open", "AGP-CMP-01", *NOW)
    assert "rests on the term `restriction`, whose words changed in the folder" in said
    adopted.open()
    units = adopted.units()
    assert units["restriction"]["before"] == "null"
    assert units["AGP-NTC-01"]["cause"] == "term:restriction"
    assert units["AGP-CMP-01"]["class"] == "7"
    assert "before" in adopted.revision()["terms"]["restriction"]
    proved(adopted)
    adopted.is_sound()


def test_it_works_from_a_folder_below_and_in_a_repository_above(
    drafts: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    above = tmp_path_factory.mktemp("above")
    shutil.copytree(drafts.path, above / "texts", ignore=shutil.ignore_patterns(".git"))
    whole = Folder(above)
    whole.git("init", "-q", "-b", "main")
    whole.commit()
    below = Folder(above / "texts/provisions/notices")
    below.done("propose", "open", "AGP-NTC-01", *NOW)
    assert (above / "texts/governance/proposals/2026-001/rev-1/revision.yaml").is_file()


def test_a_link_in_the_way_is_not_followed(drafts: Folder) -> None:
    elsewhere = drafts.path.parent / "elsewhere"
    elsewhere.mkdir()
    (drafts.path / "governance/proposals").symlink_to(elsewhere)
    said = drafts.run("propose", "open", "AGP-NTC-01", *NOW)
    assert said.returncode == 3
    assert "is not followed" in said.stderr
    assert list(elsewhere.iterdir()) == []


def test_two_at_once_on_one_clone_do_not_both_write(drafts: Folder) -> None:
    import datetime

    from govkit.procedures.log.filing import Stamp, writing

    now = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
    with writing(drafts.path, Stamp(now, now)):
        said = drafts.refused("open", "AGP-NTC-01", *NOW, code=3)
    assert "another govkit command is writing here" in said


def test_hostile_words_reach_the_screen_written_out(drafts: Folder) -> None:
    said = drafts.refused(
        "open", "AGP-NTC-01", "--now", OPENED, "--title", "a\nSubject: b", "--proposer", SOCIETY
    )
    assert "the title can't be taken" in said
    said = drafts.refused("open", "\x1b[2J", *NOW)
    assert "\x1b" not in said


# --- an adopted text that was taken away, and the way out -----------------------------------------

SECOND = "provisions/complaints/AGP-CMP-02-second-pair-of-eyes.yaml"
TOMBSTONE = "status: withdrawn\nwithdrawn: {reason: A law says it., on: 2026-02-20}"


def test_what_the_check_says_of_a_committed_removal_leads_to_a_proposal(adopted: Folder) -> None:
    """Each command as the messages give it, to the end: the members are asked."""
    adopted.git("rm", "-q", SECOND)
    adopted.commit()
    answer = json.loads(adopted.run("check", "--format", "json").stdout)
    [help] = [each["help"] for each in answer["findings"] if each["level"] == "error"]
    _, search, restore = (words.split("`")[0] for words in help.split("`git ")[1:4])
    commit, file = adopted.git("log", "--format=%H", *shlex.split(search)[1:]).split()
    adopted.git(*shlex.split(restore.replace("COMMIT", commit).replace("FILE", file)))
    assert file == SECOND
    adopted.is_sound()
    adopted.change(SECOND, "status: adopted", TOMBSTONE)
    said = adopted.refused("open", "AGP-CMP-02", *NOW)
    assert "AGP-CMP-02 was adopted (before this register began)" in said
    assert "Commit its file as it was adopted" in said
    adopted.change(SECOND, TOMBSTONE, "status: adopted")
    adopted.commit()
    adopted.change(SECOND, "status: adopted", TOMBSTONE)
    adopted.open()
    assert adopted.units()["AGP-CMP-02"]["after"] == "null"
    adopted.is_sound()


def test_a_reference_whose_words_move_with_the_proposal_is_said(drafts: Folder) -> None:
    """It stands in a text that nobody touched, so its author would hear of it last."""
    item = "(b) the rule on which it rests;"
    drafts.change(
        COMPLAINT, "rationale: |\n", "rationale: |\n  [It](ref:AGP-NTC-01(b)(b)) is first.\n"
    )
    drafts.commit()
    drafts.change(NOTICE, item, f"(b) who ordered it;\n      {item.replace('(b)', '(c)')}")
    drafts.change(NOTICE, "(d) how", "(e) how")
    drafts.change(NOTICE, "(c) the facts", "(d) the facts")
    said = drafts.run("propose", "open", "AGP-NTC-01", *NOW, "--dry-run").stdout
    assert f"{COMPLAINT}: AGP-NTC-01(b)(b) was `the rule on which it rests;`" in said


def test_a_consent_binds_both_cases_that_were_shown_and_is_not_stale_after_the_first(
    adopted: Folder, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.txt"
    (tmp_path / "agora-private").mkdir()
    paper.write_text("They agree.", encoding="utf-8")
    adopted.change(COMPLAINT, "default: 21", "default: 7")
    adopted.open()
    adopted.git("checkout", "-q", "--", COMPLAINT)
    adopted.commit()
    adopted.change(COMPLAINT, "default: 6\n    minimum: 6", "default: 12\n    minimum: 6")
    adopted.open("--alongside", "2026-001")
    adopted.git("checkout", "-q", "--", COMPLAINT)
    adopted.commit()
    for id in ("2026-001", "2026-002"):
        adopted.done("propose", "last-call", id, "--now", LAST_CALL)
    for id in ("2026-001", "2026-002"):
        for member in MEMBERS:
            adopted.done("consent", member, id, "consent", "--source", str(paper), *HEARD)
    adopted.vouched(HEARD[1])
    said = (
        open_workspace(adopted.path)
        .corpus.by_path[f"governance/proposals/2026-002/positions/{MEMBERS[0]}-01.yaml"]
        .record
    )
    assert [pair.id for pair in said.units] == ["AGP-CMP-01"] * 2  # type: ignore[union-attr]
    first = adopted.run("decide", "2026-001", "--apply", "--now", DECIDED)
    assert first.returncode == 0, first.stdout + first.stderr
    adopted.commit()
    status = adopted.done("status", "2026-002", "--now", DECIDED)
    [unit] = status["units"]
    assert (unit["outcome"], unit["stale"]) == ("adopted", [])
    second = adopted.run("decide", "2026-002", "--apply", "--now", DECIDED)
    assert second.returncode == 0, second.stdout + second.stderr
    text = adopted.text(COMPLAINT)
    assert "default: 7" in text
    assert "default: 12" in text
    assert errors(adopted) == []
