"""The lists of texts in the forms: written from the texts, and read beside what was typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from govkit.cli.main import _run
from govkit.records.forms import FORMS
from govkit.source.form_lists import list_of, options_of, with_list
from tests.forms.conftest import DUE, Answered, body, event

PAGES = Path(__file__).parents[2] / "govkit/source/examples/github/ISSUE_TEMPLATE"
BY_LIST = "EXA-DUE-01: Notice, in time - and why"
LISTED = [each for each in FORMS.values() if list_of(each)]


@pytest.fixture
def forms(texts: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The texts of a coalition, with the pages of its forms."""
    shutil.copytree(PAGES, texts / ".github/ISSUE_TEMPLATE")
    monkeypatch.chdir(texts)
    return texts


def options(folder: Path, name: str) -> list[str]:
    page = yaml.safe_load((folder / f".github/ISSUE_TEMPLATE/{name}.yml").read_text())
    [field] = [each for each in page["body"] if each.get("id") == "chosen"]
    found: list[str] = field["attributes"]["options"]
    return found


def test_the_lists_are_written_from_the_texts_and_found_old(
    forms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change = forms / ".github/ISSUE_TEMPLATE/change.yml"
    change.write_text(change.read_text().replace("Your words", "Our own heading"))
    assert _run(["form", "lists", "--check"]) == 1
    assert "3 forms would change" in capsys.readouterr().out
    assert options(forms, "change") == ["I do not know: find it by the pasted words"]
    assert _run(["form", "lists"]) == 0
    assert _run(["form", "lists", "--check"]) == 0
    assert options(forms, "change")[1].startswith("EXA-DUE-01: ")
    assert options(forms, "change")[1:] == options(forms, "position")[1:]
    assert options(forms, "position")[0] == "All texts of the proposal"
    assert "Our own heading" in change.read_text()
    (forms / DUE).write_text((forms / DUE).read_text().replace("title: ", "title: New ", 1))
    capsys.readouterr()
    _run(["doctor"])
    assert "3 lists of texts not up to date" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: chosen", "id: other", "has no list of texts"),
        ('      options:\n        - "I do', '      choices:\n        - "I do', "has no list"),
    ],
)
def test_a_page_without_a_list_is_left_as_it_is(
    forms: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, says: str
) -> None:
    change = forms / ".github/ISSUE_TEMPLATE/change.yml"
    change.write_text(change.read_text().replace(old, new))
    before = {path: path.read_bytes() for path in change.parent.iterdir()}
    assert _run(["form", "lists"]) == 2
    assert says in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in change.parent.iterdir()}


def test_nothing_is_written_through_a_link_or_where_no_form_is(
    forms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = forms / ".github/ISSUE_TEMPLATE"
    folder.rename(forms.parent / "elsewhere")
    assert _run(["form", "lists"]) == 2
    folder.symlink_to(forms.parent / "elsewhere")
    assert _run(["form", "lists"]) == 3
    assert "link" in capsys.readouterr().err
    assert (forms.parent / "elsewhere/change.yml").read_bytes() == (
        PAGES / "change.yml"
    ).read_bytes()


@pytest.mark.parametrize("form", LISTED, ids=[each.name for each in LISTED])
def test_a_thousand_texts_stay_a_form_that_a_host_takes(form: Any) -> None:
    title = 'Notice: "early", {# <b>} \\ é, and whatever else a person may call it in many words'
    texts = [(f"EXA-DUE-{at:04}", f"{title} {at}") for at in range(1000)]
    field = list_of(form)
    assert field is not None
    given = options_of(field, texts)
    page = with_list((PAGES / f"{form.name}.yml").read_bytes(), given)
    assert page is not None
    assert len(page) < 64 * 1024
    [found] = [each for each in yaml.safe_load(page)["body"] if each.get("id") == "chosen"]
    assert tuple(found["attributes"]["options"]) == given
    assert len(set(given)) == 1001
    assert given[-1].startswith("EXA-DUE-0999: Notice - ")


@pytest.mark.parametrize(
    ("fields", "clause"),
    [
        ({"chosen": BY_LIST, "text": ""}, True),
        ({"chosen": BY_LIST, "text": "(a)"}, True),
        ({"chosen": BY_LIST, "text": "clause a"}, True),
        ({"chosen": BY_LIST, "text": "exa-due-01 (a)"}, True),
        ({"chosen": "I do not know: find it by the pasted words", "text": ""}, True),
        ({"chosen": "None", "text": "EXA-DUE-01"}, True),
        ({"chosen": BY_LIST, "text": "(z)"}, False),
        ({"chosen": BY_LIST, "text": "EXA-DUE-09"}, False),
        ({"chosen": "EXA-DUE-09: None of ours", "text": ""}, False),
    ],
)
def test_a_change_takes_the_text_that_was_chosen_or_typed(
    answered: Answered, fields: dict[str, str], clause: bool
) -> None:
    said = answered(event(body("change", now="before it begins", **fields)))
    assert (DUE in said.get("files", {})) == clause, said["answer"]


def test_two_different_texts_are_asked_back(answered: Answered, scene: Path) -> None:
    other = next(
        path.read_text().split("\nid: ")[1].split("\n")[0]
        for path in sorted((scene / "provisions").rglob("*.yaml"))
        if "\nid: " in path.read_text() and path != scene / DUE
    )
    said = answered(event(body("change", chosen=BY_LIST, text=other)))
    assert f"ou chose EXA-DUE-01 from the list, and typed {other}" in said["answer"]


def test_a_form_from_before_the_list_is_read_all_the_same(answered: Answered) -> None:
    whole = body("change")
    old = whole.replace("### Choose the text\n\n_No response_\n\n", "")
    assert old != whole
    assert answered(event(old))["files"].keys() == answered(event(whole))["files"].keys()


@pytest.mark.parametrize(
    ("chosen", "typed", "says"),
    [
        (BY_LIST, "EXA-DUE-01", "consents: EXA-DUE-01."),
        (f"{BY_LIST}, {BY_LIST}", "", "consents: EXA-DUE-01."),
        ("All texts of the proposal", "", "consents: "),
        ("None", "", "consents: "),
        (f"All texts of the proposal, {BY_LIST}", "", "all texts of the proposal, and single"),
        (f"{BY_LIST}, EXA-DUE-99: Other", "", "has no text"),
        ("<b>", "", "has no text"),
    ],
)
def test_a_position_names_each_chosen_text_once(
    answered: Answered, chosen: str, typed: str, says: str
) -> None:
    said = answered(event(body("position", chosen=chosen, texts=typed)))
    assert says in said["answer"].replace("\\", "").replace("`", ""), said["answer"]
    for data in said.get("files", {}).values():
        assert data.count("EXA-DUE-01") == 1, data


def test_a_comment_goes_to_the_chosen_text(answered: Answered) -> None:
    said = answered(event(body("comment", chosen=BY_LIST, text="(a)")))
    assert "EXA-DUE-01 (a)" in said["message"]
    assert json.dumps(said["files"]).count("EXA-DUE-01") >= 1
