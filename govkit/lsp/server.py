"""The server that an editor starts: each question of the protocol, and who answers it.

It speaks on two streams and nowhere else. What can't be done is said in a sentence, and the server
lives on; only the end of the stream, or the editor's word, ends it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from govkit import __version__
from govkit.errors import GovkitError
from govkit.lsp import answers, renames
from govkit.lsp.editor import Editor, in_words
from govkit.lsp.open_folder import OpenFolder

_A_MOMENT = 0.01
"""Seconds in which further keystrokes that have arrived are taken in before a check."""
_TYPED = ["(", ":", "{", "["]
_FIXES = types.CodeActionOptions([types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll])


class _AnsweringProtocol(LanguageServerProtocol):
    """The protocol, with an answer to a question that can't be read, too."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return the message. Where a question can't be read, its sender is told so."""
        try:
            return super().structure_message(data)
        except JsonRpcException as fault:
            asked = data.get("method")
            if asked and isinstance(data.get("id"), int | str):
                words = f"{asked}: {_why_unreadable(fault)}"
                self._send_response(
                    data["id"], error=types.ResponseError(types.ErrorCodes.InvalidParams, words)
                )
            raise


def _why_unreadable(fault: BaseException) -> str:
    """Return the innermost reason, as `Position.line should be in range`, cut at 300 letters."""
    cause = fault.__cause__ or fault
    while isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    why = str(cause.args[0]) if cause.args else ""
    if isinstance(cause, KeyError):
        why = f"`{why}` is missing"
    return (why or "the question can't be read")[:300]


class Server(LanguageServer):
    """The server of one editor."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Begin with nothing open; `today` tells the day."""
        super().__init__(
            "govkit",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=_AnsweringProtocol,
        )
        self.editor = Editor(today)
        self._waiting: set[int] = set()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say in the editor's log that something failed; never in its face, never at length.

        Why a question has no answer, the answer says.
        """
        if isinstance(error, JsonRpcException):
            return
        self.say(f"{type(error).__name__}: {str(error)[:500]}")

    def say(self, words: str, type_: types.MessageType = types.MessageType.Warning) -> None:
        """Write a line into the log of the editor."""
        self.window_log_message(types.LogMessageParams(type_, words))

    def check_soon(self, folder: OpenFolder) -> None:
        """Check a folder when what has arrived is taken in."""
        if id(folder) not in self._waiting:
            self._waiting.add(id(folder))
            asyncio.get_running_loop().call_later(_A_MOMENT, self._check, folder)

    def _check(self, folder: OpenFolder) -> None:
        self._waiting.discard(id(folder))
        try:
            for news in self.editor.news(folder):
                self.text_document_publish_diagnostics(news)
        except (GovkitError, OSError) as error:
            self.say(in_words(error))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Say in the log why a message could not be followed."""
        try:
            yield
        except (GovkitError, OSError) as error:
            self.say(in_words(error))


@contextmanager
def _answering() -> Iterator[None]:
    """Give the editor the reason in words, where a question has no answer."""
    try:
        yield
    except (GovkitError, OSError) as error:
        raise JsonRpcException(in_words(error), types.LSPErrorCodes.RequestFailed) from None


def server_of(today: Callable[[], date]) -> Server:
    """Return a server that answers; `today` tells the day."""
    server = Server(today)
    _begin(server)
    _listen(server)
    _answer(server)
    _answer_with_edits(server)
    return server


def serve(today: Callable[[], date], stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Speak with an editor on two streams until it ends."""
    for name in ("pygls", "asyncio"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    server_of(today).start_io(stdin, stdout)


def _begin(server: Server) -> None:
    editor = server.editor

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        counted = server.workspace.position_encoding or "utf-16"
        editor.encoding = str(getattr(counted, "value", counted))
        watches = server.client_capabilities.workspace
        files = watches.did_change_watched_files if watches is not None else None
        if files is not None and files.dynamic_registration:
            watcher = types.FileSystemWatcher("**/*.yaml")
            options = types.DidChangeWatchedFilesRegistrationOptions([watcher])
            asked = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([asked]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(_: types.DidChangeWatchedFilesParams) -> None:
        for folder in editor.folders.values():
            with server.listening():
                folder.read_again()
                server.check_soon(folder)


def _listen(server: Server) -> None:
    editor = server.editor

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        page = params.text_document
        with server.listening():
            _put(server, page.uri, page.text, page.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        page = params.text_document
        with server.listening():
            whole = [each.text for each in params.content_changes if not hasattr(each, "range")]
            if whole:
                _put(server, page.uri, whole[-1], page.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        editor.versions.pop(uri, None)
        with server.listening():
            found = editor.place_of(uri)
            if found is not None:
                found[0].close(found[1])
                server.check_soon(found[0])

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        with server.listening():
            found = editor.place_of(params.text_document.uri)
            if found is not None:
                found[0].read_again()
                server.check_soon(found[0])


def _put(server: Server, uri: str, text: str, version: int | None) -> None:
    found = server.editor.place_of(uri)
    if found is not None:
        server.editor.versions[uri] = version
        found[0].put(found[1], text)
        server.check_soon(found[0])


def _answer(server: Server) -> None:
    editor = server.editor

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=_TYPED, resolve_provider=True),
    )
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        with _answering():
            page = editor.page(params.text_document.uri)
            return answers.completed(page, params.position) if page is not None else []

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(item: types.CompletionItem) -> types.CompletionItem:
        return answers.resolved(editor, item)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        with _answering():
            page = editor.page(params.text_document.uri)
            return answers.hovered(page, params.position) if page is not None else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        with _answering():
            page = editor.page(params.text_document.uri)
            return answers.defined(editor, page, params.position) if page is not None else None

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location] | None:
        with _answering():
            page = editor.page(params.text_document.uri)
            if page is None:
                return None
            own = params.context.include_declaration
            return answers.naming(editor, page, params.position, own)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        with _answering():
            page = editor.page(params.text_document.uri)
            return answers.outlined(page) if page is not None else []


def _answer_with_edits(server: Server) -> None:
    editor = server.editor

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        with _answering():
            page = editor.page(params.text_document.uri)
            return renames.prepared(page, params.position) if page is not None else None

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        with _answering():
            page = editor.page(params.text_document.uri)
            if page is None:
                return None
            client = renames.Client(server.client_capabilities)
            return renames.renamed(editor, page, params.position, params.new_name, client)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, _FIXES)
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        with _answering():
            page = editor.page(params.text_document.uri)
            if page is None:
                return []
            only = [str(getattr(each, "value", each)) for each in params.context.only or ()]
            return answers.mended(editor, page, params.range, only)

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        with _answering():
            page = editor.page(params.text_document.uri)
            return answers.formatted(page) if page is not None else None
