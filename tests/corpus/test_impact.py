"""What rests on a record: a dict in, a tree out."""

from collections.abc import Iterable

from govkit.corpus.documents import Document
from govkit.corpus.impact import DEEPEST, Dependent, Impact, impact_of
from govkit.corpus.whole import Corpus

from .conftest import Make

TERM = "term: {0}\nstatus: {1}\ndefinition: {2}\n"


def term(slug: str, definition: str, status: str = "draft") -> dict[str, str]:
    return {f"registers/terms/{slug}.yaml": TERM.format(slug, status, definition)}


def text(
    id: str, words: str = "The platform must act.", more: str = "", status: str = "draft"
) -> dict[str, str]:
    return {
        f"provisions/area/{id}.yaml": f"id: {id}\ntitle: Text {id}\nstatus: {status}\n"
        f"clauses:\n- id: a\n  force: must\n  text: {words}\n{more}"
    }


def of(corpus: Corpus, id: str) -> Document:
    [document] = [document for document in corpus.documents if document.id == id]
    return document


def tree(restings: Iterable[Dependent]) -> list[object]:
    """Return ids, each with what is below it; `again` is marked by a star."""
    return [[each.document.id + "*" * each.again, *tree(each.below)] for each in restings]


def ids(documents: Iterable[Document]) -> list[str]:
    return [document.id for document in documents]


def impact(corpus: Corpus, id: str, depth: int = DEEPEST) -> Impact:
    return impact_of(corpus, of(corpus, id), depth)


def test_a_text_rests_on_a_term_directly_and_through_other_terms(make: Make) -> None:
    corpus = make(
        {
            **term("user", "A person."),
            **term("member", "A [user](term:user) with a card."),
            **text("EXA-01", "A [member](term:member) may act."),
            **text("EXA-02", "A [user](term:user) may act."),
            **text("EXA-03"),
        }
    )
    found = impact(corpus, "user")
    assert tree(found.tree) == [["EXA-02"], ["member", ["EXA-01"]]]
    assert ids(found.all) == ids(found.moved) == ["EXA-01", "EXA-02", "member"]


def test_each_record_stands_in_full_once_and_where_it_is_nearest(make: Make) -> None:
    corpus = make(
        {
            **term("user", "A person."),
            **term("member", "A [user](term:user) with a card."),
            **text("EXA-01", "A [member](term:member) and a [user](term:user) may act."),
            **text("EXA-02", more="relations: [{to: EXA-01, as: grounded-in}]\n"),
        }
    )
    assert tree(impact(corpus, "user").tree) == [["EXA-01", ["EXA-02"]], ["member", ["EXA-01*"]]]


def test_a_circle_ends_where_it_meets_itself(make: Make) -> None:
    corpus = make(
        {
            **text("EXA-01", more="relations: [{to: EXA-02, as: conflicts-with}]\n"),
            **text("EXA-02", more="relations: [{to: EXA-03, as: conflicts-with}]\n"),
            **text("EXA-03", more="relations: [{to: EXA-01, as: conflicts-with}]\n"),
            **term("a", "See [b](term:b)."),
            **term("b", "See [a](term:a)."),
        }
    )
    assert tree(impact(corpus, "EXA-01").tree) == [["EXA-03", ["EXA-02"]]]
    assert tree(impact(corpus, "a").tree) == [["b"]]


def test_a_reference_to_itself_is_none(make: Make) -> None:
    corpus = make(text("EXA-01", "As [here](ref:EXA-01(a)) it must be."))
    assert impact(corpus, "EXA-01").all == ()


def test_what_only_points_is_listed_and_leads_no_further(make: Make) -> None:
    corpus = make(
        {
            **text("EXA-01"),
            **text("EXA-02", more="relations: [{to: EXA-01, as: see-also}]\n"),
            **text("EXA-03", more="relations: [{to: EXA-02, as: grounded-in}]\n"),
            **text("EXA-04", more="rationale: As [there](ref:EXA-01).\n"),
        }
    )
    assert tree(impact(corpus, "EXA-01").tree) == [["EXA-02"], ["EXA-04"]]


def test_what_points_and_turns_out_to_depend_leads_on_from_there(make: Make) -> None:
    """EXA-02 only points to EXA-01, and is grounded in EXA-03, which is grounded in EXA-01."""
    corpus = make(
        {
            **text("EXA-01"),
            **text(
                "EXA-02",
                more="relations: [{to: EXA-01, as: see-also}, {to: EXA-03, as: grounded-in}]\n",
            ),
            **text("EXA-03", more="relations: [{to: EXA-01, as: grounded-in}]\n"),
            **text("EXA-04", more="relations: [{to: EXA-02, as: grounded-in}]\n"),
        }
    )
    found = impact(corpus, "EXA-01")
    assert tree(found.tree) == [["EXA-02"], ["EXA-03", ["EXA-02", ["EXA-04"]]]]
    assert ids(found.all) == ["EXA-02", "EXA-03", "EXA-04"]


def test_only_what_was_consented_to_needs_a_new_consent(make: Make) -> None:
    corpus = make(
        {
            **term("user", "A person.", "adopted"),
            **text("EXA-01", "A [user](term:user) may act.", status="adopted"),
            **text("EXA-02", "A [user](term:user) may act."),
            **text("EXA-03", more="relations: [{to: EXA-01, as: grounded-in}]\n", status="adopted"),
            **text("EXA-04", "A [user](term:user) may act.", status="withdrawn"),
            **text("EXA-05", "A [user](term:user) may act.", status="trial"),
        }
    )
    found = impact(corpus, "user")
    assert ids(found.all) == ["EXA-01", "EXA-02", "EXA-03", "EXA-04", "EXA-05"]
    assert ids(found.moved) == ["EXA-01", "EXA-02", "EXA-04", "EXA-05"]
    assert ids(found.to_consent_again) == ["EXA-01", "EXA-05"]
    assert ids(impact(corpus, "EXA-01").to_consent_again) == []


def test_depth_cuts_what_is_shown_and_not_what_is_counted(make: Make) -> None:
    corpus = make(
        {
            **text("EXA-01"),
            **text("EXA-02", more="relations: [{to: EXA-01, as: grounded-in}]\n"),
            **text("EXA-03", more="relations: [{to: EXA-02, as: grounded-in}]\n"),
            **text("EXA-04", more="relations: [{to: EXA-03, as: grounded-in}]\n"),
        }
    )
    found = impact(corpus, "EXA-01", 1)
    assert (tree(found.tree), len(found.all), found.too_deep) == ([["EXA-02"]], 3, 2)
    found = impact(corpus, "EXA-01", 2)
    assert (tree(found.tree), found.too_deep) == ([["EXA-02", ["EXA-03"]]], 1)


def test_a_chain_longer_than_any_screen_is_counted_to_its_end(make: Make) -> None:
    files = text("EXA-1000")
    for number in range(1001, 2200):
        files |= text(
            f"EXA-{number}", more=f"relations: [{{to: EXA-{number - 1}, as: grounded-in}}]\n"
        )
    found = impact(make(files), "EXA-1000")
    assert (len(found.all), found.too_deep) == (1199, 1199 - DEEPEST)


def test_a_link_names_its_clause_and_a_party_names_none(make: Make) -> None:
    corpus = make(
        {
            **term("user", "A person."),
            **text(
                "EXA-01",
                "A [user](term:user) may act.",
                "- id: b\n  force: may\n  beneficiary: user\n  text: Anybody may act.\n",
            ),
        }
    )
    [resting] = impact(corpus, "user").tree
    assert [(link.role, link.clause) for link in resting.links] == [
        ("term", "a"),
        ("beneficiary", ""),
    ]
