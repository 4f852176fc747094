"""The answers to what an editor asks about a place: what is meant, where it is, who names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from govkit.checks.again import checked
from govkit.corpus.documents import Document
from govkit.findings import Place
from govkit.lsp.completion import Offer, offers
from govkit.lsp.editor import Editor, Page, as_diagnostic
from govkit.lsp.fixes import Fix, fixes, whole_file
from govkit.lsp.named import NamedHere, named_at, places_naming
from govkit.lsp.outline import Part, outline
from govkit.lsp.places import PagePlaces
from govkit.lsp.showing import key_shown, shown
from govkit.source.reading import spots_of
from govkit.source.typing_place import typing_place

_KINDS = {
    "record": types.CompletionItemKind.Reference,
    "clause": types.CompletionItemKind.Field,
    "word": types.CompletionItemKind.EnumMember,
    "key": types.CompletionItemKind.Property,
}


def completed(page: Page, position: types.Position) -> list[types.CompletionItem]:
    """Return what may be typed at a position."""
    document = page.document
    if not page.is_small or document is None or not document.kind:
        return []
    offset = page.places.offset(position)
    corpus = page.folder.workspace.corpus
    found = offers(corpus, document, document.kind, page.places.text, offset)
    items: dict[tuple[str, str], types.CompletionItem] = {}
    for at, each in enumerate(found):
        items.setdefault((each.label, each.what), _item(page, each, position, at))
    return list(items.values())


def _item(page: Page, offer: Offer, position: types.Position, at: int) -> types.CompletionItem:
    where = types.Range(page.places.position(offer.start), position)
    data = None
    if offer.document is not None:
        path, inside = offer.document.path, list(offer.inside)
        data = {"root": str(page.folder.root), "path": path, "inside": inside}
    return types.CompletionItem(
        offer.label,
        kind=_KINDS[offer.what],
        detail=offer.detail or None,
        sort_text=f"{at:05}",
        filter_text=offer.filter or None,
        text_edit=types.TextEdit(where, offer.text),
        data=data,
    )


def resolved(editor: Editor, item: types.CompletionItem) -> types.CompletionItem:
    """Return an offer with what it means."""
    data: Any = item.data
    if isinstance(data, dict):
        folders = (each for root, each in editor.folders.items() if str(root) == data.get("root"))
        for folder in folders:
            document = folder.workspace.corpus.by_path.get(str(data.get("path")))
            if document is not None:
                inside = tuple(map(str, data.get("inside") or ()))
                item.documentation = _markdown(shown(document, inside))
    return item


def _markdown(words: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, words)


def _here(page: Page, position: types.Position) -> NamedHere | None:
    if not page.is_small:
        return None
    corpus, offset = page.folder.workspace.corpus, page.places.offset(position)
    return named_at(corpus, page.document, page.places.text, offset)


def hovered(page: Page, position: types.Position) -> types.Hover | None:
    """Return the text, definition or source under the cursor, or what a key means."""
    here = _here(page, position)
    if here is not None:
        where = page.places.range(here.start, here.end)
        return types.Hover(_markdown(shown(here.document, here.inside)), where)
    document = page.document
    if document is None or not document.kind or not page.is_small:
        return None
    at = typing_place(page.places.text, page.places.offset(position))
    if at.in_block or at.group is None:
        return None
    line = page.places.lines[position.line] if position.line < len(page.places.lines) else ""
    key = line.strip().removeprefix("- ").partition(":")[0].strip("\"' ")
    words = key_shown(document.kind, (*at.group, key)) if key else ""
    return types.Hover(_markdown(f"**{key}**: {words}")) if words else None


def defined(editor: Editor, page: Page, position: types.Position) -> types.Location | None:
    """Return where the record or clause under the cursor stands."""
    here = _here(page, position)
    return _location(editor, page, here.document, here.inside) if here is not None else None


def _location(
    editor: Editor, page: Page, target: Document, inside: tuple[str, ...]
) -> types.Location:
    places = editor.page_at(page.folder, target.path).places
    text, spots = spots_of(places.text.encode("utf-8", errors="surrogatepass"))
    keys: list[tuple[str | int, ...]] = [("id",), ("term",), ("title",), ("name",)]
    if inside:
        keys = [
            (name, at, "id")
            for name in ("clauses", "preamble", "interpretation")
            for at, part in enumerate(_parts(target, name))
            if part.id == inside[0]
        ]
    where = places.range(0, 0)
    for each in keys:
        if each in spots and text == places.text:
            where = places.range(spots[each].start, spots[each].end)
            break
    return types.Location(editor.uri(page.folder, target.path), where)


def _parts(document: Document, name: str) -> tuple[Any, ...]:
    parts = getattr(document.record, name, ())
    return parts if isinstance(parts, tuple) else ()


def naming(
    editor: Editor, page: Page, position: types.Position, with_own: bool
) -> list[types.Location] | None:
    """Return every place that names the record or clause under the cursor."""
    here = _here(page, position)
    if here is None:
        return None
    found = [_location(editor, page, here.document, here.inside)] if with_own else []
    corpus, needle = page.folder.workspace.corpus, here.document.id.encode()
    for document in corpus.documents:
        data = page.folder.workspace.files.get(document.path, b"")
        if needle not in data:
            continue
        places = editor.page_at(page.folder, document.path).places
        uri = editor.uri(page.folder, document.path)
        spans = places_naming(corpus, here.document, here.inside, document, places.text)
        found += [types.Location(uri, places.range(*span)) for span in sorted(set(spans))]
    return found


def outlined(page: Page) -> list[types.DocumentSymbol]:
    """Return the parts of a page."""
    document = page.document
    whole = outline(document, page.places.text) if document is not None and page.is_small else None
    return [_symbol(whole, page.places, types.SymbolKind.File)] if whole is not None else []


def _symbol(part: Part, places: PagePlaces, kind: types.SymbolKind) -> types.DocumentSymbol:
    where = places.range(part.start, part.end)
    inner = (
        types.SymbolKind.Field if kind == types.SymbolKind.Property else types.SymbolKind.Property
    )
    children = [_symbol(each, places, inner) for each in part.parts]
    name = part.name.strip() or "-"
    head = types.Range(where.start, where.start)
    return types.DocumentSymbol(name, kind, where, head, part.words or None, children=children)


def formatted(page: Page) -> list[types.TextEdit] | None:
    """Return what `fmt` would change in a page."""
    if not page.is_small:
        return None
    after = whole_file(page.folder.workspace, page.path, page.places.text)
    return [_change(page.places, after)] if after is not None else None


def mended(
    editor: Editor, page: Page, range_: types.Range, only: list[str] | None
) -> list[types.CodeAction]:
    """Return what mends the findings in a range, and the form of the whole page."""
    uri = editor.uri(page.folder, page.path)
    found: list[types.CodeAction] = []
    if not page.is_small:
        return found
    if _wanted(types.CodeActionKind.QuickFix, only):
        workspace = page.folder.workspace
        last = checked(workspace.corpus, editor.today(), page.folder.last)
        near = [
            each
            for each in page.folder.findings(page.path)
            if each.place is not None and _touches(page.places, each.place, range_)
        ]
        for fix in fixes(workspace, last, page.path, page.places, near):
            found.append(_action(page, uri, fix))
    if only and _wanted(types.CodeActionKind.SourceFixAll, only):
        edits = formatted(page)
        if edits:
            edit = types.WorkspaceEdit({uri: edits})
            kind = types.CodeActionKind.SourceFixAll
            found.append(types.CodeAction("Put the file into the common form", kind, edit=edit))
    return found


def _wanted(kind: str, only: list[str] | None) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _touches(places: PagePlaces, where: Place, range_: types.Range) -> bool:
    own = places.range_of(where)
    return _key(own.start) <= _key(range_.end) and _key(range_.start) <= _key(own.end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _action(page: Page, uri: str, fix: Fix) -> types.CodeAction:
    edit = types.WorkspaceEdit({uri: [_change(page.places, fix.text)]})
    diagnostics = [as_diagnostic(fix.finding, page.places)]
    kind = types.CodeActionKind.QuickFix
    return types.CodeAction(fix.title, kind, diagnostics, is_preferred=True, edit=edit)


def _change(places: PagePlaces, after: str) -> types.TextEdit:
    """Return the one edit that makes a text another, without what both begin and end with."""
    before = places.text
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return types.TextEdit(places.range(start, len(before) - end), after[start : len(after) - end])


def _common(one: str, other: str) -> int:
    pairs: Iterator[int] = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(pairs, min(len(one), len(other)))
