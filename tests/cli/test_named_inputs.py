"""A named pipe in the place of a file: every command says so at once, and waits for nobody."""

import os
from pathlib import Path

import click

from .command_tree import commands, words_of
from .conftest import Run
from .register import BY_A, A, C

P = "2026-001"
POSITION = f"governance/proposals/{P}/positions/example-society-01.yaml"
LINES = {
    ("diff", "names"): ("--plain", "PIPE", "PIPE"),
    ("release cut", "foreword"): ("book", "--foreword", "PIPE"),
    ("report annual", "foreword"): ("--foreword", "PIPE"),
    ("release verify", "head"): ("book/1.0.0", "--head", "PIPE"),
    ("propose open", "letter"): ("--title", "x", "--proposer", A, "--letter", "PIPE", *BY_A),
    ("propose revise", "file"): (P, "--drops", "PIPE", "--drop", "x", "--reason", "x", *BY_A),
    ("propose last-call", "letter"): (P, "--letter", "PIPE", *BY_A),
    ("propose notice", "letter"): (P, "--letter", "PIPE", *BY_A),
    ("propose withdraw", "letter"): (P, "--letter", "PIPE", "--reason", "x", *BY_A),
    ("suggest", "file"): ("PIPE", "--dry-run"),
    ("translate in", "file"): ("PIPE",),
    ("comment add", "file"): ("--name", "X", "--file", "PIPE", *BY_A),
    ("comment import", "file"): ("PIPE", *BY_A),
    ("comment collect", "file"): ("PIPE", "--opening", "FILE", *BY_A),
    ("comment dispose", "table"): ("--from", "PIPE", *BY_A),
    ("consent", "source"): (C, P, "consent", "--source", "PIPE", *BY_A),
    ("evidence", "source"): (P, "example-society-01", "--source", "PIPE", *BY_A),
    ("evidence", "signature"): (P, "example-society-01", "--signature", "PIPE", *BY_A),
    ("correct", "source"): (POSITION, "consent", "--reason", "x", "--source", "PIPE", *BY_A),
    ("intake", "names"): ("PIPE.eml", "--yes", *BY_A),
    ("intake", "dkim_key"): ("PIPE.eml", "--yes", "--dkim-key", "PIPE", *BY_A),
    ("send", "drafts"): ("PIPE.eml",),
    ("minutes import", "file"): ("PIPE", *BY_A),
    ("member import", "file"): ("PIPE", *BY_A),
    ("member key add", "file"): (C, "--file", "PIPE", *BY_A),
    ("member key add", "source"): (C, "ssh-ed25519 AAAA", "--source", "PIPE", *BY_A),
    ("member key end", "source"): (C, "k1", "--source", "PIPE", *BY_A),
    ("sign", "signature"): ("governance/acts/x.yaml", "--signature", "PIPE", *BY_A),
    ("receipt verify", "file"): ("PIPE",),
    ("adopt", "profile"): ("--profile", "PIPE"),
    ("adoption new", "file"): ("PIPE",),
    ("assess import", "sources"): ("PIPE", "--service", "K"),
    ("label verify", "what"): ("PIPE", "--terms", "FILE"),
    ("label verify", "pages"): ("PIPE", "--terms", "PIPE"),
    ("terms change", "statement"): ("FILE", "FILE", "--adopted", "PIPE"),
    ("terms change", "sheet"): ("FILE", "FILE", "--adopted", "FILE", "--sheet", "PIPE"),
    ("acceptance verify", "file"): ("PIPE",),
    ("acceptance verify", "pages"): ("FILE", "--terms", "PIPE"),
    ("acceptance verify", "head"): ("FILE", "--head", "PIPE"),
    ("acceptance root", "file"): ("PIPE",),
    ("acceptance prove", "file"): ("PIPE", "--line", "1"),
    ("acceptance find", "file"): ("PIPE", "0123456789abcdef"),
    ("acceptance find", "pages"): ("FILE", "0123456789abcdef", "--terms", "PIPE"),
}

BY_OTHER_MEANS = {
    ("assess answers", "file"): "read by `read_named` once an evaluation is there",
    ("assess screen", "archive"): "a folder: git's objects are read",
    ("assess recheck", "against"): "a folder: of an archive git's objects are read",
    ("release verify", "what"): "the files of a download are read by `store.downloads`",
    ("send", "password_file"): "read when a server asks",
    ("desk", "folder"): "the folder of the texts, as that of `-C`",
    ("take-over", "signatures"): "read as those of `sign`",
    ("comment collect", "opening"): "read as the other file",
    ("propose revise", "folder"): "of a folder only plain files are read",
    ("propose open", "both"): "the same",
    ("propose revise", "both"): "the same",
    ("propose revise", "letter"): "as that of `propose open`",
}


def files_taken() -> set[tuple[str, str]]:
    """Return each option and argument that takes a file to read; keys are read by ssh-keygen."""
    return {
        (" ".join(words_of(at)), str(each.name))
        for at in commands()
        for each in at.command.params
        if each.name != "key"
        and "--output" not in each.opts
        and (
            isinstance(each.type, click.Path)
            or any(word in str(each.metavar) for word in ("FILE]", "|FILE", "DRAFT", "FOLDER"))
            or each.metavar == "FILE"
        )
    }


def test_each_command_that_reads_a_named_file_stands_here() -> None:
    assert files_taken() | {("diff", "names")} == LINES.keys() | BY_OTHER_MEANS.keys()


def test_a_named_pipe_is_no_file_to_any_command(filed: Path, govkit: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words\n")
    for name in ("pipe", "pipe.eml"):
        os.mkfifo(tmp_path / name)
    places = {"PIPE": "pipe", "FILE": "file"}
    for (command, name), line in LINES.items():
        words = [*line]
        for sign, place in places.items():
            words = [each.replace(sign, str(tmp_path / place)) for each in words]
        done = govkit(filed, *command.split(), *words)
        said = " ".join(done.stderr.decode().split())
        assert done.returncode in (2, 3), (command, name, said)
        assert "plain file" in said or "no regular file" in said, (command, name, said)
