"""A new name, as the edits of an editor: in every file, and what consent they cost."""

from __future__ import annotations

from lsprotocol import types

from govkit.checks.again import checked
from govkit.corpus.renaming import NewName, RenamedFile
from govkit.errors import WrongUse
from govkit.lsp.editor import Editor, Page
from govkit.lsp.named import NamedHere, named_at
from govkit.source.comments import rewritten
from govkit.workspace.renaming import PlannedRenaming, new_errors, planned, require_not_settled

_COST = "govkit-consent"


def prepared(page: Page, position: types.Position) -> types.PrepareRenamePlaceholder | None:
    """Return what would be renamed at a position; None where nothing has a name.

    Raises `WrongUse` where the name is permanent.
    """
    here = _here(page, position)
    if here is None:
        return None
    name = _name(here, "")
    require_not_settled(page.folder.workspace, name)
    return types.PrepareRenamePlaceholder(page.places.range(here.start, here.end), name.old)


def renamed(
    editor: Editor, page: Page, position: types.Position, new: str, client: Client
) -> types.WorkspaceEdit | None:
    """Return the edits that give what is named at a position another name.

    Raises `WrongUse` where it may not have it, and where the editor can't ask before adopted words
    change, or can't rename a file.
    """
    here = _here(page, position)
    if here is None:
        return None
    plan = planned(page.folder.workspace, _name(here, new.strip()))
    _require_no_error(editor, page, plan)
    moves = [file for file in plan.renaming.files if file.new_path != file.path]
    if plan.costs and not client.asks_first:
        raise WrongUse(
            f"adopted words change, and need consent: {_costs(plan)}",
            "This editor can't ask before it writes. Do it with `govkit rename`.",
        )
    if moves and not client.renames_files:
        raise WrongUse(
            f"{moves[0].path} has to be renamed too, and this editor can't do that",
            "Do it with `govkit rename`.",
        )
    return _as_edit(editor, page, plan)


class Client:
    """What an editor can do with edits."""

    def __init__(self, capabilities: types.ClientCapabilities) -> None:
        """Read what the editor says of itself."""
        workspace = capabilities.workspace
        edits = workspace.workspace_edit if workspace is not None else None
        operations = (edits.resource_operations if edits is not None else None) or ()
        with_changes = bool(edits is not None and edits.document_changes)
        self.renames_files = with_changes and types.ResourceOperationKind.Rename in operations
        self.asks_first = with_changes and bool(
            edits is not None and edits.change_annotation_support is not None
        )


def _here(page: Page, position: types.Position) -> NamedHere | None:
    corpus = page.folder.workspace.corpus
    offset = page.places.offset(position)
    here = named_at(corpus, page.document, page.places.text, offset) if page.is_small else None
    if here is None or len(here.inside) > 1 or here.document.record is None:
        return None
    return here


def _name(here: NamedHere, new: str) -> NewName:
    old = here.inside[0] if here.inside else here.document.id
    return NewName(here.document, old, new, clause=bool(here.inside))


def _require_no_error(editor: Editor, page: Page, plan: PlannedRenaming) -> None:
    last = page.folder.last or checked(page.folder.workspace.corpus, editor.today())
    after = checked(plan.after.corpus, last.today, last)
    found = new_errors(plan, last.findings, after.findings)
    if found:
        raise WrongUse(f"with this name {found[0].path} has an error: {found[0].message}")


def _costs(plan: PlannedRenaming) -> str:
    return "; ".join(f"{each.change.id}: {each.consent}" for each in plan.costs)


def _as_edit(editor: Editor, page: Page, plan: PlannedRenaming) -> types.WorkspaceEdit:
    costly = {each.change.id for each in plan.costs}
    by_path = page.folder.workspace.corpus.by_path
    changes: list[types.TextDocumentEdit | types.RenameFile] = []
    for file in plan.renaming.files:
        uri = editor.uri(page.folder, file.path)
        note = _COST if by_path[file.path].id in costly else None
        named = types.OptionalVersionedTextDocumentIdentifier(uri, editor.versions.get(uri))
        changes.append(types.TextDocumentEdit(named, _edits(editor, page, file, note)))
    for file in plan.renaming.files:
        if file.new_path != file.path:
            old = editor.uri(page.folder, file.path)
            changes.append(types.RenameFile(old, editor.uri(page.folder, file.new_path)))
    notes = None
    if costly:
        note_ = types.ChangeAnnotation("Adopted words change", True, _costs(plan))
        notes = {_COST: note_}
    return types.WorkspaceEdit(document_changes=changes, change_annotations=notes)


def _edits(
    editor: Editor, page: Page, file: RenamedFile, note: str | None
) -> list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]:
    places = editor.page_at(page.folder, file.path).places
    spans = [(place.start, place.end, place.new) for place in file.places]
    after = file.after.decode().replace("\r\n", "\n")
    if rewritten(places.text, spans) != after:  # its first line leads elsewhere too
        spans = [(0, len(places.text), after)]
    found: list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit] = []
    for start, end, new in spans:
        where = places.range(start, end)
        if note is None:
            found.append(types.TextEdit(where, new))
        else:
            found.append(types.AnnotatedTextEdit(note, where, new))
    return found
