"""A platform's change of terms: of each drafted edit what it touches and what it asks for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

import pytest

from govkit.adoption.change_of_terms.afterwards import adoption_after, held_against_page
from govkit.adoption.change_of_terms.change import (
    TermsBefore,
    TermsChange,
    terms_before,
    terms_change,
)
from govkit.adoption.change_of_terms.days import TooEarly
from govkit.adoption.change_of_terms.kinds import ChangedItem
from govkit.adoption.change_of_terms.notice import notice_of
from govkit.adoption.change_of_terms.requirements import Requirement, requirements_of
from govkit.adoption.choices import choices_of
from govkit.adoption.drafting import terms_of
from govkit.adoption.printed_words import printed_units
from govkit.adoption.terms import PlatformTerms
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.procedures.adoption.platform_terms import read_profile
from govkit.records.terms_change import ChangeOfTerms, PassageAnswer
from govkit.rendering.adoption.change_notice import notice_text
from govkit.rendering.adoption.terms_document import about, terms_document
from govkit.rendering.formats import written
from govkit.rendering.markdown_blocks import blocks_of_markdown

from .conftest import PROFILES
from .drafted_edits import OWN, Edit, Owed, edits_of

TODAY = datetime.date(2026, 12, 1)
HERON_PROFILE = """\
service: Heron
operator: Heron Cooperative
platform:
  sizes: large
  functions: [social]
  users: [adult, child, discontinuous-access]
  accounts: [with, none]
  models: non-profit
provisions:
  [MCP-CHG-01, MCP-CHG-02, MCP-CHG-03, MCP-CHG-04, MCP-CHG-05, MCP-CHG-06, MCP-CHG-07, MCP-TRM-04]
options: {MCP-CHG-02: consent}
blanks:
  MCP-CHG-01: {lead_days: 20}
  MCP-CHG-02: {former_days: 90, comment_days: 21}
voice: named
"""
Before = tuple[TermsBefore, str]


def before_of(corpus: Corpus, profile: str) -> Before:
    terms = terms_of(choices_of(read_profile("p", profile.encode()), corpus))
    page = written(terms_document(terms), "md").decode() + OWN
    units = tuple(printed_units(terms, list(about(terms))))
    return terms_before(terms, units, blocks_of_markdown(page), "old"), page


@pytest.fixture(scope="module")
def tern(corpus: Corpus) -> Before:
    return before_of(corpus, PROFILES["start-up"])


@pytest.fixture(scope="module")
def heron(corpus: Corpus) -> Before:
    return before_of(corpus, HERON_PROFILE)


def changed(before: Before, page: str, sheet: ChangeOfTerms | None = None) -> TermsChange:
    return terms_change(before[0], blocks_of_markdown(page), sheet or ChangeOfTerms(), TODAY, "new")


def bundles(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Yield edits that can stand on one page, as many as do not touch the same words."""
    waiting = list(edits)
    while waiting:
        page: list[Edit] = []
        for edit in waiting:
            same = edit.because == (page or [edit])[0].because
            if same and not any(_meet(edit, other) for other in page):
                page.append(edit)
        yield page
        waiting = [edit for edit in waiting if edit not in page]


def _meet(one: Edit, other: Edit) -> bool:
    return bool({*one.touched, one.old[:12]} & {*other.touched, other.old[:12]})


def items_of(edit: Edit, change: TermsChange) -> list[ChangedItem]:
    if edit.touched:
        return [each for each in change.items if each.key in edit.touched]
    pieces = [_plain(side) for side in (edit.old, edit.new) if side]
    own = [each for each in change.items if each.passage is not None]
    return [
        each
        for each in own
        if any(words and words in _plain(each.old + each.new) for words in pieces)
        or any(_plain(each.new) and _plain(each.new) in words for words in pieces)
    ]


def _plain(words: str) -> str:
    return " ".join(words.replace("#", " ").split())


def owed_of(requirements: Sequence[Requirement]) -> Owed:
    asked = {each.asks: each for each in requirements}

    def time(name: str) -> str:
        return f"{asked[name].value} {asked[name].unit}"

    notice = "told" if "told-by-effect" in asked else ""
    if "late-notice" in asked:
        notice = f"late {time('late-notice')}"
    if "notice" in asked:
        notice = time("notice")
    users = "leave" if "wait" in asked else "nothing"
    if "hearing" in asked:
        users = f"heard {time('hearing')}"
    if "consent" in asked:
        users = "consent"
    return Owed(notice, asked["wait"].value if "wait" in asked else None, users)


COUNTS = ("adverse", "favourable", "tightened", "house-rule", "significant", "any")


def judged(before: Before, edits: Sequence[Edit]) -> Iterator[tuple[Edit, Edit]]:
    """Yield each edit as it was judged by hand, and as the program finds it."""
    for bundle in bundles(edits):
        page = before[1]
        for edit in bundle:
            assert edit.old in page, edit.name
            page = page.replace(edit.old, edit.new)
        change = changed(before, page)
        answers = {
            item.key: edit.answer.split()
            for edit in bundle
            if edit.answer
            for item in items_of(edit, change)
        }
        sheet = ChangeOfTerms(
            because=bundle[0].because or None,
            passages=tuple(
                PassageAnswer.model_validate(
                    {"passage": key, "is": said[0], "user": said[1] if said[1:] else None}
                )
                for key, said in answers.items()
            ),
        )
        change = changed(before, page, sheet)
        for edit in bundle:
            items = items_of(edit, change)
            requirements = requirements_of(before[0].terms, items, sheet.because)
            yield (
                edit,
                edit._replace(
                    touched=tuple(each.key for each in items if each.clause),
                    class_=max((int(each.class_) for each in items), default=0),
                    way="/".join(sorted({each.protection or "" for each in items})),
                    counts="/".join(
                        sorted({next(n for n in COUNTS if n in each.kinds) for each in items})
                    ),
                    owed=owed_of(requirements),
                ),
            )


@pytest.mark.parametrize("name", ["tern", "heron"])
def test_of_each_drafted_edit_what_is_asked_for_is_right(
    name: str, request: pytest.FixtureRequest
) -> None:
    edits = edits_of(name)
    found = list(judged(request.getfixturevalue(name), edits))
    assert sorted(by_hand.name for by_hand, _ in found) == sorted(each.name for each in edits)
    assert len(edits) == {"tern": 43, "heron": 21}[name]
    wrong = [(by_hand, by_program) for by_hand, by_program in found if by_hand != by_program]
    assert wrong == []


def edited(before: Before, old: str, new: str) -> str:
    assert old in before[1]
    return before[1].replace(old, new)


FRENCH = "Vous devez lire ceci. Nous pouvons le modifier, sauf si la loi ne le permet pas.\n\n" * 80
BAD: dict[str, tuple[Callable[[str], str], str]] = {
    "the same version twice": (lambda page: page, "has the same words"),
    "a cookie banner": (lambda _: "We use cookies. Accept all.", "it is no version of these terms"),
    "no words": (lambda _: "", "holds no words"),
    "another language": (lambda _: FRENCH, "reads like `fr`, and the statement is in `en`"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_newer_version_is_named(name: str, tern: Before) -> None:
    make, said = BAD[name]
    with pytest.raises(WrongUse, match=said):
        changed(tern, make(tern[1]))


def test_other_terms_and_another_language_are_named(tern: Before) -> None:
    terms, units = tern[0].terms, [each.unit for each in tern[0].page.units]
    for page in ("Voici nos conditions. Vous pouvez partir. " * 50, ""):
        with pytest.raises(WrongUse, match="in x none of the clauses of the statement stands"):
            terms_before(terms, units, blocks_of_markdown(page), "x")


def test_a_day_that_is_too_early_is_refused_with_the_first_possible_one(tern: Before) -> None:
    page = edited(tern, "It costs 3 euro", "It costs 4 euro")
    early = ChangeOfTerms(takes_effect=datetime.date(2027, 1, 10))
    # Sent on 1 December it reached the user on the 2nd; 60 days end on 31 January.
    with pytest.raises(
        TooEarly, match=r"clause 5.1 \(MCP-CHG-02\(m\)\) asks for 60 days.* 2027-02-01"
    ):
        changed(tern, page, early)
    on_time = early.model_copy(update={"takes_effect": datetime.date(2027, 2, 1)})
    assert changed(tern, page, on_time).plan.effect == datetime.date(2027, 2, 1)
    with pytest.raises(WrongUse, match="that day is over"):
        changed(tern, page, ChangeOfTerms(takes_effect=datetime.date(2026, 11, 30)))


def test_a_hearing_comes_before_the_notice(heron: Before) -> None:
    page = edited(heron, "once a week", "once a month")
    key = changed(heron, page).items[0].key
    answer = PassageAnswer.model_validate({"passage": key, "is": "house-rule", "user": "loses"})
    days = {
        each.what: str(each.day)
        for each in changed(heron, page, ChangeOfTerms(passages=(answer,))).plan.days
    }
    assert days["comments-end"] == "2026-12-22"
    assert (days["notice"], days["effect"]) == ("2026-12-23", "2027-01-14")
    sheet = ChangeOfTerms(passages=(answer,), notice_on=datetime.date(2026, 12, 22))
    with pytest.raises(TooEarly, match="comments on the draft can still be made"):
        changed(heron, page, sheet)


AFTER = {
    "a blank within its bounds": ("45 days", "20 days", 0),
    "a blank out of its bounds": ("45 days", "10 days", 2),
    "another force": ("We must not mix the notice", "We may mix the notice", 1),
    "an exception more": ("**4.3**", "*Exception*: where we think so\n\n**4.3**", 1),
}


@pytest.mark.parametrize("name", AFTER)
def test_the_statement_after_a_change_is_true_of_the_new_version(name: str, tern: Before) -> None:
    old, new, deviations = AFTER[name]
    change = changed(tern, edited(tern, old, new))
    clauses = [each.clause for each in change.items if each.clause]
    terms = adoption_after(tern[0].terms.choices, clauses, "changed")
    assert isinstance(terms, PlatformTerms)
    assert len(terms.choices.changed) == deviations
    assert held_against_page(terms, list(about(terms)), change.page) == ()


def test_the_notice_says_what_clause_b_asks_for(heron: Before) -> None:
    page = edited(heron, "It costs 3 euro", "It costs 4 euro")
    item = changed(heron, page).items[0].key
    given = {"passage": item, "is": "bargain", "user": "loses", "means": "It costs a euro more."}
    places = {"new_terms": "https://h.example/2", "former_terms": "https://h.example/1"}
    places |= {"redline": "https://h.example/r", "answer_at": "Settings", "leave_at": "Leave"}
    sheet = ChangeOfTerms.model_validate({"passages": [given], "reasons": "Rent.", **places})
    notice = notice_of(changed(heron, page, sheet))
    assert notice.to_write == 0
    text = notice_text(notice)
    for words in (
        "It costs a euro more.",
        "From 23 December 2026.",
        "What is marked “against you” is an adverse change.",
        "You can agree or refuse here: Settings.",
        "the former terms go on for you until 2 March 2027",
        "until 22 January 2027, free of charge, here: Leave.",
        "The former text: https://h.example/1",
    ):
        assert words in " ".join(text.split())


def test_each_thing_that_a_clause_asks_for_has_its_words(corpus: Corpus) -> None:
    said = corpus.messages.group("adopt.change.asks")
    duties = [
        duty
        for each in corpus.of_kind("provision")
        for duty in getattr(each.record, "on_change", ())
    ]
    assert {duty.asks for duty in duties} == set(said)
