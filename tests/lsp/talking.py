"""An editor that speaks with the real server over its two streams, as small as one can be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

EDITS = {"documentChanges": True, "resourceOperations": ["rename"], "changeAnnotationSupport": {}}


class Talk:
    """One server and what was said. Questions are answered in turn; news is kept by page."""

    def __init__(self, root: Path, encodings: list[str] | None = None, edits: Any = None) -> None:
        """Start the server as an editor does, and greet it."""
        self.server = subprocess.Popen(
            [sys.executable, "-m", "govkit", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.shown: dict[str, list[Any]] = {}
        self.log: list[str] = []
        self.number = 0
        general = {"positionEncodings": encodings} if encodings else {}
        workspace = {"workspaceEdit": EDITS if edits is None else edits}
        asked = {"general": general, "workspace": workspace}
        said = self.ask("initialize", processId=None, rootUri=root.as_uri(), capabilities=asked)
        self.can = said["result"]["capabilities"]
        self.tell("initialized")

    def send(self, body: bytes) -> None:
        """Send bytes as one message."""
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def tell(self, method: str, **params: Any) -> None:
        """Say something that has no answer."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        self.send(json.dumps(message).encode())

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask, and return the whole answer; what else arrives is kept."""
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}
        self.send(json.dumps(message).encode())
        while True:
            said = self.hear()
            if said.get("id") == self.number and "method" not in said:
                return said

    def hear(self) -> dict[str, Any]:
        """Return the next message."""
        assert self.server.stdout is not None
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, self.server.stderr.read() if self.server.stderr else ""
        said: dict[str, Any] = json.loads(self.server.stdout.read(length))
        if said.get("method") == "textDocument/publishDiagnostics":
            self.shown[said["params"]["uri"]] = said["params"]["diagnostics"]
        elif said.get("method") == "window/logMessage":
            self.log.append(said["params"]["message"])
        return said

    def open(self, file: Path, text: str | None = None) -> str:
        """Open a page and return its address."""
        uri = file.as_uri()
        page = {
            "uri": uri,
            "languageId": "yaml",
            "version": 1,
            "text": file.read_text() if text is None else text,
        }
        self.tell("textDocument/didOpen", textDocument=page)
        return uri

    def type(self, uri: str, text: str, version: int = 2) -> None:
        """Show a page with other words."""
        self.tell(
            "textDocument/didChange",
            textDocument={"uri": uri, "version": version},
            contentChanges=[{"text": text}],
        )

    def news(self, uri: str) -> list[Any]:
        """Wait for what is found on a page."""
        while True:
            said = self.hear()
            if said.get("method") == "textDocument/publishDiagnostics" and (
                said["params"]["uri"] == uri
            ):
                return list(said["params"]["diagnostics"])

    def end(self) -> tuple[int, str]:
        """Take leave; return how the server ended, and what it wrote beside."""
        self.ask("shutdown")
        self.tell("exit")
        _, errors = self.server.communicate(timeout=20)
        return self.server.returncode, errors.decode()
