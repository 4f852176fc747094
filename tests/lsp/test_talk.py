"""`govkit lsp` over its real streams: an afternoon of an editor, and of a hostile one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from .talking import Talk

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
D2 = "provisions/due-process/EXA-DUE-02-complaint.yaml"


def codes(found: list[Any]) -> list[str]:
    return [each["code"] for each in found]


def test_an_afternoon(tmp_path: Path) -> None:
    root = shutil.copytree(BASE, tmp_path / "our texts é")
    talk = Talk(root)
    text = (root / D1).read_text()
    uri = talk.open(root / D1, text.replace("must tell", "shall tell"))
    assert codes(talk.news(uri)) == ["avoided-force-word"]
    talk.type(uri, text)
    assert talk.news(uri) == []
    line = next(at for at, line in enumerate(text.split("\n")) if "(term:" in line)
    at = {"line": line, "character": text.split("\n")[line].index("term:") + 6}
    place = {"textDocument": {"uri": uri}, "position": at}
    assert {each["label"] for each in talk.ask("textDocument/completion", **place)["result"]} == {
        "platform",
        "restriction",
        "user",
    }
    item = talk.ask("textDocument/completion", **place)["result"][1]
    meant = talk.ask("completionItem/resolve", **item)["result"]["documentation"]["value"]
    assert meant.startswith("**restriction** restriction")
    assert "restriction" in talk.ask("textDocument/hover", **place)["result"]["contents"]["value"]
    there = talk.ask("textDocument/definition", **place)["result"]
    assert there["uri"].endswith("/registers/terms/restriction.yaml")
    named = talk.ask("textDocument/references", context={"includeDeclaration": False}, **place)
    assert {each["uri"].rpartition("/")[2] for each in named["result"]} == {
        "EXA-DUE-01-notice.yaml",
        "EXA-DUE-02-complaint.yaml",
        "EXP-01-fair-hearing.yaml",
    }
    outline = talk.ask("textDocument/documentSymbol", textDocument={"uri": uri})["result"]
    assert outline[0]["name"] == "EXA-DUE-01"
    found = talk.ask("textDocument/prepareRename", **place)["result"]
    assert found["placeholder"] == "restriction"
    changes = talk.ask("textDocument/rename", newName="limit", **place)["result"]["documentChanges"]
    assert changes[-1]["kind"] == "rename"
    assert changes[-1]["newUri"].endswith("/limit.yaml")
    refused = talk.ask("textDocument/rename", newName="user", **place)["error"]
    assert refused["message"].startswith("user is given already: registers/terms/user.yaml")
    assert talk.end() == (0, "")


def test_two_folders_are_two_coalitions(tmp_path: Path) -> None:
    ours, theirs = (shutil.copytree(BASE, tmp_path / name) for name in ("ours", "theirs"))
    (theirs / "registers/terms/user.yaml").unlink()
    talk = Talk(ours, ["utf-8", "utf-16"])
    assert talk.can["positionEncoding"] == "utf-8"
    bad = talk.open(theirs / D1)
    while not talk.shown:
        talk.hear()
    assert all(uri.startswith(theirs.as_uri()) for uri in talk.shown)
    good = talk.open(ours / D1, (ours / D1).read_text().replace("must tell", "tells"))
    assert "force-against-words" in codes(talk.news(good))
    assert bad != good
    assert talk.end() == (0, "")


ODD: dict[str, bytes] = {
    "no JSON": b"{",
    "no message": b"[]",
    "no such question": b'{"jsonrpc":"2.0","id":"x","method":"textDocument/none","params":{}}',
    "no such news": b'{"jsonrpc":"2.0","method":"$/none","params":{"a":1}}',
    "wrong parts": b'{"jsonrpc":"2.0","id":"x","method":"textDocument/hover","params":{"a":1}}',
    "a question taken back": b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}',
    "an answer to nothing": b'{"jsonrpc":"2.0","id":99,"result":null}',
}
PAGES: dict[str, str] = {
    "outside": "file:///etc/hostname",
    "untitled": "untitled:Untitled-1",
    "no file": "file:///%00",
    "another kind of address": "git:/x.yaml?%7B%7D",
    "not there": "file:///nowhere/at/all/provisions/x.yaml",
}
WORDS: dict[str, tuple[str, str]] = {
    "half a character": ("id: \ud800\n", "not-utf8"),
    "five megabytes": ("# " + "x" * 5_000_000, "file-too-large"),
    "brackets without end": ("a: " + "[" * 200_000, "too-deep"),
    "in the middle of a word": ("id: EXA-DUE-01\ntitle: [", "yaml-syntax"),
    "a line end of old": ("id: EXA-DUE-01\rtitle: x", "control-character"),
    "nothing": ("", "missing-key"),
}


def test_what_no_editor_says_ends_nothing(tmp_path: Path) -> None:
    root = shutil.copytree(BASE, tmp_path / "texts")
    talk = Talk(root)
    for body in ODD.values():
        talk.send(body)
    for uri in PAGES.values():
        page = {"uri": uri, "languageId": "yaml", "version": 1, "text": "x"}
        talk.tell("textDocument/didOpen", textDocument=page)
        for question in ("hover", "definition", "completion", "prepareRename"):
            said = talk.ask(
                f"textDocument/{question}",
                textDocument={"uri": uri},
                position={"line": 0, "character": 0},
            )
            assert said.get("result") in (None, [])
    talk.tell("textDocument/didClose", textDocument={"uri": "file:///never/opened.yaml"})
    uri = talk.open(root / D2)
    place = {"textDocument": {"uri": uri}, "position": {"line": 10**6, "character": 10**6}}
    for name, (text, code) in WORDS.items():
        talk.type(uri, text)
        assert code in codes(talk.news(uri)), name
        for question in ("hover", "definition", "completion", "prepareRename", "documentSymbol"):
            assert "result" in talk.ask(f"textDocument/{question}", **place), (name, question)
        everything = {"start": {"line": 0, "character": 0}, "end": place["position"]}
        asked = {"textDocument": {"uri": uri}, "range": everything, "context": {"diagnostics": []}}
        assert "result" in talk.ask("textDocument/codeAction", **asked)
        options = {"tabSize": 2, "insertSpaces": True}
        done = talk.ask("textDocument/formatting", textDocument={"uri": uri}, options=options)
        mendable = name == "a line end of old"
        assert (done["result"] is None) != mendable, name
    before = {"textDocument": {"uri": uri}, "position": {"line": -1, "character": -3}}
    said = talk.ask("textDocument/hover", **before)["error"]
    assert said["message"].startswith("textDocument/hover: Position.line should be in range")
    assert talk.ask("textDocument/hover")["error"]["code"] == -32602
    (root / D2).unlink()
    talk.tell("textDocument/didClose", textDocument={"uri": uri})
    while not any("unknown-reference" in codes(found) for found in talk.shown.values()):
        talk.hear()  # the file is gone from the disk, too, so that links to it lead nowhere
    assert not any("Traceback" in line for line in talk.log)
    _, errors = talk.server.communicate(b"", timeout=20)  # the editor is gone without a word
    assert errors == b""
