"""An option that means nothing beside another one, or without it, is refused and never ignored."""

from pathlib import Path

from .conftest import Run
from .register import BY_A, A, C

REFUSED = [
    (("diff", "--plain", "a", "b", "--since", "start"), "--since goes without --plain"),
    (("diff", "--plain", "a", "b", "--for", "size=small"), "--for goes without --plain"),
    (("diff", "--plain", "a", "b", "--without-marks"), "--without-marks goes without --plain"),
    (("diff", "--whole", "--without-marks"), "--without-marks goes without --whole"),
    (("diff", "--whole", "--plain"), "--whole goes without --plain"),
    (("diff", "--changes"), "--changes needs --plain"),
    (("release", "plan", "provisions", "--next", "--draft"), "--draft goes without --next"),
    (("release", "notes", "provisions/1.0.0", "--draft"), "--draft goes without a version"),
    (("release", "notes", "provisions/1.0.0", "--dated", "2026-01-01"), "--dated goes without"),
    (("receipt", "3", "-o", "../x/", "--format", "json"), "--format json goes without -o"),
    (("schema", "provision", "--write"), "KIND goes without --write"),
    (("send", "--sendmail", "x", "--server", "y"), "--server goes without --sendmail"),
    (("status", "2026-001", "-o", "../x.txt"), "-o needs --format html or pdf"),
    (
        ("status", "2026-001", "--statement", C, "--format", "json"),
        "--format goes without --statement",
    ),
    (("comment", "add", "--name", "X", "--text", "y", "--before", "z", *BY_A), "--before needs"),
    (("consent", A, "2026-001", "consent", "--withhold-reason", *BY_A), "needs --reason"),
]


def test_what_would_be_ignored_is_refused(founded: Path, govkit: Run) -> None:
    for words, said in REFUSED:
        done = govkit(founded, *words)
        answer = " ".join(done.stderr.decode().split())
        assert (done.returncode, said in answer) == (2, True), (words, answer)
