"""A change that was typed into a form: a real edit of the words that were pasted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from govkit.checks.run import findings_of
from govkit.consultation.anchoring import nearest_place
from govkit.consultation.pasted_words import (
    MOST_SIGNS,
    PastedPlace,
    changed_words,
    odd_brackets,
    places_of_pasted,
)
from govkit.consultation.sanitising import sanitise_line
from govkit.consultation.wording import wording_of
from govkit.corpus.documents import Document
from govkit.corpus.whole import corpus_of
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.procedures.forms.received import FormOutcome, ReceivedForm
from govkit.procedures.proposals.submission import ChangeAnswer, declaration_of
from govkit.proposals.submission import class_and_direction, require_sentence, submitted
from govkit.proposals.texts import is_adopted
from govkit.records.forms import DUTY_CHOICES
from govkit.records.kinds import NORMATIVE_KINDS, TEXT_KINDS
from govkit.source.issue_forms import FormFaults
from govkit.source.layout import NotFormatted
from govkit.source.record_bytes import with_words
from govkit.source.scaffolds import NameRefused, paragraphs
from govkit.workspace import Workspace, read_documents
from govkit.workspace.comparison import StateComparison, compare
from govkit.workspace.edited_texts import changes_owing, stops_handing_in, with_files
from govkit.workspace.states import state_of_folder

_WHERE = re.compile(
    r"(?P<id>[A-Za-z0-9.-]{1,60})(?:\s*\(?(?:clause\s*)?\((?P<clause>[^()\s]{1,12})\))?"
)
_LETTER = re.compile(r"(?i:clause\s+)?(?:\(([^()\s]{1,12})\)|([a-z]{1,2}))")
_KINDS = (*TEXT_KINDS, "term")
_MOST_SHOWN = 5


def text_named(workspace: Workspace, words: str) -> tuple[Document, str]:
    """Return the text that a person names, and the clause: `EXA-DUE-01 (a)`, an id or a title.

    Raises `WrongUse` for one that is not there.
    """
    words = " ".join(words.split())
    texts = [each for each in workspace.corpus.of_kind(*_KINDS) if each.record is not None]
    found = _WHERE.match(words)
    for id, clause in ((words, ""), (found["id"], found["clause"] or "") if found else ("", "")):
        for each in texts:
            if id and id.casefold() in (each.id.casefold(), each.title.casefold()):
                return each, clause
    known = [each.id for each in texts if each.kind != "term"]
    raise WrongUse(
        f"there is no text `{words}`",
        "Write its id, and the letter of the clause if you mean one, as EXA-DUE-01 (a).".replace(
            "EXA-DUE-01", known[0] if known else "EXA-DUE-01"
        ),
        typed=found["id"] if found else words,
        known=known,
    )


def words_for_text(form: ReceivedForm) -> str:
    """Return the words that name a text: chosen from the list, typed, or both; empty for neither.

    Raises `WrongUse` where one text was chosen and another one typed.
    """
    chosen, typed = form.value("chosen").partition(":")[0].strip(), form.value("text")
    if not chosen:
        return typed
    letter = _LETTER.fullmatch(typed)
    if letter is not None:
        return f"{chosen} ({letter[1] or letter[2]})"
    if not typed:
        return chosen
    document, clause = text_named(form.workspace, typed)
    if document.id.casefold() != chosen.casefold():
        raise WrongUse(
            f"you chose {chosen} from the list, and typed {document.id}",
            "Keep one of the two: choose the text, or type its id.",
        )
    return f"{document.id} ({clause})" if clause else document.id


def change_of(form: ReceivedForm) -> FormOutcome:
    """Return the edit. Raises `WrongUse` where the words are not to be found, or not to be read."""
    workspace = form.workspace
    document, place = _place(form)
    new = _words(form.value("new"))
    if odd_brackets(new, _defaults(document)):
        raise WrongUse(
            "square and curly brackets mark links and blanks here, and one of yours marks none",
            "Write it without. A link to a term is typed as [words](term:name), a blank as it "
            "stands in the text.",
        )
    data = workspace.files[document.path]
    kind = document.kind or ""
    changed = changed_words(place, new, _defaults(document))
    if not changed:
        raise WrongUse("your words are the words that stand there", "Write what you would change.")
    try:
        for each in changed:
            data = with_words(document.path, kind, data, each.keys, each.words)
    except NotFormatted as reason:
        raise WrongUse(
            f"these words can't be changed by a form: {reason.message}",
            "A coordinator can: say in a comment what you would change.",
        ) from None
    files = {document.path: data}
    require_right(form, files)
    return _outcome(form, document, files)


def _defaults(document: Document) -> dict[str, str]:
    parameters = getattr(document.record, "parameters", None) or {}
    return {name: str(each.default) for name, each in parameters.items()}


def _words(text: str) -> str:
    try:
        words = paragraphs(text)
    except NameRefused as reason:
        raise WrongUse(f"your words can't be taken: {reason}", "Write them otherwise.") from None
    if len(words.split()) > MOST_SIGNS // 2:
        raise WrongUse("your words are longer than any clause", "Change one clause at a time.")
    return words


def _place(form: ReceivedForm) -> tuple[Document, PastedPlace]:
    """Return where the pasted words stand. Raises `WrongUse` for none and for several places."""
    corpus, named, pasted = form.workspace.corpus, words_for_text(form), form.value("now")
    clause = ""
    texts = [each for each in corpus.of_kind(*_KINDS) if each.record is not None]
    if named:
        document, clause = text_named(form.workspace, named)
        texts = [document]
    found = [
        (document, place)
        for document in texts
        for place in places_of_pasted(document.said, pasted, _defaults(document), clause)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        places = [_in_words(document, place) for document, place in found[:_MOST_SHOWN]]
        more = ", and more" if len(found) > _MOST_SHOWN else ""
        raise WrongUse(
            f"the words that you pasted stand {len(found)} times: {', '.join(places)}{more}",
            "Paste more of them, or write which text and clause you mean.",
        )
    raise _nowhere(texts[0] if named else None, clause, pasted)


def _in_words(document: Document, place: PastedPlace) -> str:
    clause = place.text.clause
    return f"{document.id} ({clause})" if clause else document.id


def _nowhere(document: Document | None, clause: str, pasted: str) -> WrongUse:
    where = "in any text" if document is None else f"in {document.id}"
    if clause:
        where += f" ({clause})"
    near = nearest_place(wording_of(document, None), pasted[:2000]) if document else None
    shown = f' The nearest words there are: "{near.quote[:300]}".' if near else ""
    return WrongUse(
        f"the words that you pasted do not stand {where} as it is now",
        f"Copy them once more from the text, without a word more or less.{shown}",
    )


# --- what it does ---------------------------------------------------------------------------------


def require_right(form: ReceivedForm, files: Mapping[str, bytes]) -> None:
    """Raise `FormFaults` with what `check` finds in the words of some files."""
    corpus = form.workspace.corpus
    rest = [each for each in corpus.documents if each.path not in files]
    after = corpus_of([*rest, *read_documents(files.items())])
    found = [
        each
        for each in findings_of(after, form.now.date())
        if each.path in files and (stops_handing_in(each) or each.rule == "mail-address")
    ]
    if found:
        raise FormFaults([*map(_finding_in_words, found[:_MOST_SHOWN])])


def _finding_in_words(finding: Finding) -> str:
    help = f" {finding.help}" if finding.help else ""
    return f"{finding.message}.{help}".replace("..", ".")


def _outcome(form: ReceivedForm, document: Document, files: dict[str, bytes]) -> FormOutcome:
    compared = _compared(form, files)
    owing = changes_owing(compared)
    told = []
    sentence = _sentence(form)
    if owing:
        says = DUTY_CHOICES[form.value("duty")]
        why = sanitise_line(form.value("duty_why"))
        if says is None or not why:
            raise FormFaults(
                [
                    "these words are adopted, and only you can say whether a duty of anybody "
                    f"changes with {_spans(owing)}"
                ],
                "Answer the two questions about duties: yes or no, and why.",
            )
        answer = ChangeAnswer(says, why)
        for each in owing:
            path, data = declaration_of(each, sentence, dict.fromkeys(each.unanswered, answer))
            files[path] = data
        compared = _compared(form, files)
    adopted = is_adopted(compared.before.find(NORMATIVE_KINDS, document.id))
    if adopted:
        told.append("These words are adopted, so it becomes a proposal, and the members are asked.")
    lines = [
        f"{each.id} ({each.title}): {class_and_direction(each)}"
        for each in submitted(compared.changes)
    ]
    after = "govkit propose open --proposer MEMBER --title WORDS" if adopted else ""
    return FormOutcome(
        files, sentence, (*lines, *told), (after,) if after else (), computed=tuple(lines)
    )


def _sentence(form: ReceivedForm) -> str:
    try:
        return require_sentence(sanitise_line(form.value("why")))
    except WrongUse as cause:
        raise WrongUse(cause.message, "Say in one sentence what you change, and why.") from None


def _spans(owing: list[Any]) -> str:
    return ", ".join(f"`{span}`" for each in owing for span in each.unanswered) or "them"


def _compared(form: ReceivedForm, files: Mapping[str, bytes]) -> StateComparison:
    root = form.workspace.root
    here = state_of_folder(root, root)
    return compare(here, with_files(root, here, dict(files)))


def comparison_of(form: ReceivedForm, outcome: FormOutcome) -> StateComparison:
    """Return what a form changes, to show it."""
    return _compared(form, outcome.files)
