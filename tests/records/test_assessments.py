"""The papers of an evaluation: where they stand, and what they refuse."""

import pytest

from govkit.records.papers import paper_of_path
from govkit.source.folder_contents import fault_of_entry
from govkit.source.reading import read_record

HEAD = "coder: a-coder\ncriteria: sha256:{0}\ndocuments: sha256:{0}\n".format("0" * 64)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("assessments/kiosk/2026-01-10/set.yaml", "document-set"),
        ("assessments/kiosk/2026-01-10/evaluation.yaml", "evaluation"),
        ("assessments/kiosk/2026-01-10/drafts/a-coder.yaml", "coding"),
        ("assessments/kiosk/2026-01-10/coding/a-coder.yaml", "coding"),
        ("assessments/kiosk/2026-01-10/seals/a-coder.yaml", "coding-seal"),
        ("assessments/kiosk/2026-01-10/reconciled.yaml", "reconciliation"),
        ("assessments/kiosk/2026-01-10/feedback.yaml", "company-feedback"),
        ("assessments/kiosk/set.yaml", None),
        ("assessments/kiosk/2026-01-10/more.yaml", None),
    ],
)
def test_a_paper_has_its_place(path: str, kind: str | None) -> None:
    assert paper_of_path(path) == kind
    fault = fault_of_entry(path, "file")
    assert (fault is None) == (kind is not None)
    assert fault is None or "evaluation stands in assessments/<service>/<day>/" in fault.help


def test_a_text_beside_the_papers_is_let_stand() -> None:
    assert fault_of_entry("assessments/kiosk/2026-01-10/texts/terms.txt", "file") is None


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ("{criterion: EXA-DUE-01(a), value: met}", None),
        ("{criterion: EXA-DUE-01(a)}", None),
        ("{criterion: EXA-DUE-01, value: met}", "wrong-value"),
        ("{criterion: EXA-DUE-01(a), value: maybe}", "unknown-word"),
        (f"{{criterion: EXA-1(a), quotes: [{{document: terms, exact: {'x ' * 150}}}]}}", None),
        (
            f"{{criterion: EXA-1(a), quotes: [{{document: terms, exact: {'x ' * 151}.}}]}}",
            "quote-too-long",
        ),
        (
            "{criterion: EXA-1(a), quotes: [{document: terms, exact: x, position: [1]}]}",
            "wrong-value",
        ),
    ],
)
def test_an_answer_is_read_or_refused_by_name(answer: str, rule: str | None) -> None:
    record, findings = read_record("a.yaml", "coding", f"{HEAD}answers:\n  - {answer}\n".encode())
    stops = [each.rule for each in findings if each.stops and each.rule != "schema-line"]
    assert (record is None) == (rule is not None)
    assert stops == ([rule] if rule else [])
