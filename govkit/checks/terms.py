"""Family 4: a defined term has one meaning, is used, and is marked where a text first uses it."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.checks.changed_ids import texts_with_changed_ids
from govkit.checks.circles import closing
from govkit.checks.context import Context
from govkit.checks.copies import renamed_records
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.documents import Document, NormativeText
from govkit.corpus.term_words import OUT_OF_USE, forms
from govkit.corpus.word_list import Hit
from govkit.findings import Finding
from govkit.patterns import lazy_regex
from govkit.records.kinds import NORMATIVE_KINDS, TEXT_KINDS
from govkit.records.slips import NOTHING, plainer


def defined_twice(context: Context) -> Findings:
    """A word has one definition: no two terms share a word, a plural or an alias."""
    seen: dict[str, Document] = {}
    for document in context.newest_last(context.corpus.of_kind("term")):
        if document.record is None or document.status in OUT_OF_USE:
            continue
        said = {document.path}  # a term that shares both singular and plural is one mistake
        for keys, form in forms(document):
            first = seen.setdefault(" ".join(form.casefold().split()), document)
            if first.path not in said:
                said.add(first.path)
                yield refusal(
                    document,
                    f"`{form}` is defined in {first.path} too",
                    at(*keys),
                    found=form,
                    help="Keep one of the two definitions, or give this term other words.",
                )


def one_name(document: Document, _: Context) -> Findings:
    """A term, its plural and each of its aliases is one name, and not a list or a word for none."""
    if document.kind != "term" or document.record is None:
        return
    for keys, name in forms(document):
        if keys != ("term",) and plainer(name).casefold() in NOTHING:
            yield refusal(
                document,
                f"`{name}` would be looked for in every text as a name of this term",
                at(*keys),
                found=name,
                help="Write null where there is no plural."
                if keys == ("plural",)
                else "Delete it; for no alias, delete the line `aliases`.",
            )
            continue
        several = [part for each in _BETWEEN_NAMES.split(name) if (part := each.strip())]
        if len(several) > 1:
            items = ", ".join(f"`{each}`" for each in several)
            yield refusal(
                document,
                f"`{name}` looks like {len(several)} names, and would be looked for as one",
                at(*keys),
                found=name,
                help=f"Write each as an entry of `aliases`: {items}."
                if keys[0] == "aliases"
                else f"Keep one of {items} here, and write the others as entries of `aliases`.",
            )


_BETWEEN_NAMES = lazy_regex("[;,|]")


def circular_definition(context: Context) -> Findings:
    """A definition does not rest on itself, also not by way of other definitions."""
    circular = context.corpus.digests.circular
    if not circular:
        return
    terms = {
        document.id: document
        for document in context.newest_last(context.corpus.of_kind("term"))
        if document.id in circular
    }
    marks = {
        slug: [reference for reference in document.references if reference.role == "term"]
        for slug, document in terms.items()
    }
    for slug, reference in closing(marks):
        what = "itself" if reference.key == slug else f"{reference.key}, which rests on {slug}"
        yield refusal(
            terms[slug],
            f"the definition of {slug} rests on {what}",
            reference.route,
            found=reference.key,
            help="Say it here in words that need no definition, and take the mark out.",
        )


def unused_term(context: Context) -> Findings:
    """A term that is defined is used in a text."""
    for document, uses in _used(context):
        if not uses:
            yield remark(
                document,
                f"no text uses the term `{document.title}`",
                at("term"),
                help="Mark it where it is meant, as "
                f"[{document.title}](term:{document.id}), or delete the definition.",
            )


def term_used_once(context: Context) -> Findings:
    """A term that is defined is used more than once."""
    for document, uses in _used(context):
        if uses == 1:
            yield remark(
                document,
                f"the term `{document.title}` is used only once",
                at("term"),
                help="Say there what is meant, without a definition, unless more texts are to come "
                "that use it.",
            )


def _used(context: Context) -> Iterator[tuple[Document, int]]:
    """Yield each term with how often it is used, marked or not, outside its own definition.

    Nothing where a text can't be read, since it may use any term. The parties of the charter stand
    in every clause and are passed by.
    """
    charter = context.corpus.charter
    if charter is None or not context.unread.isdisjoint(NORMATIVE_KINDS):
        return
    for slug, document in context.walk.terms.items():
        if slug not in charter.parties:
            yield document, context.walk.uses.get(slug, 0)


def unmarked_term(document: Document, context: Context) -> Findings:
    """A defined term is marked where a text first uses it."""
    known = _named_as_parties(document)
    known.update(context.once(terms_in_doubt))
    for heard in context.walk.of(document).texts:
        marked = {}
        if "](term:" in heard.said.text:
            runs = heard.said.wording.runs("term")
            marked = {run.target: run.start for run in reversed(runs)}
        for hit in heard.terms:
            slug = hit.phrase.means
            if slug not in known and hit.start < marked.get(slug, hit.end):
                known.add(slug)
                yield _unmarked(document, heard.said, hit)
        known.update(marked)


def terms_in_doubt(context: Context) -> frozenset[str]:
    """Return the terms of which it is not known how a mark would name them."""
    return frozenset(_in_doubt(context))


def _in_doubt(context: Context) -> Iterator[str]:
    # The marks lead to the old name of a file; `renamed-file` or `changed-id` says so.
    yield from (each.document.id for each in context.once(texts_with_changed_ids).values())
    missed = context.once(renamed_records)
    yield from (each.new.id for each in missed if each.new is not None)
    # Which of two terms with the same words is meant is not known; `defined-twice` says so.
    for slugs in context.terms_by_form.values():
        yield from slugs if len(slugs) > 1 else ()


def _unmarked(document: Document, said: NormativeText, hit: Hit) -> Finding:
    words, slug = said.text[hit.start : hit.end], hit.phrase.means
    return remark(
        document,
        f"`{words}` is a defined term, and is used here first without a mark",
        at(*said.keys, span=(hit.start, hit.end)),
        expected=f"[{words}](term:{slug})",
        found=words,
        help=f"Write [{words}](term:{slug}), or another word if the defined meaning is not meant.",
    )


def _named_as_parties(document: Document) -> set[str]:
    """Return the terms that the clauses name as who is bound or protected: they need no mark."""
    if document.kind not in TEXT_KINDS:
        return set()
    return {
        reference.key
        for reference in document.references
        if reference.role in ("addressee", "beneficiary")
    }
