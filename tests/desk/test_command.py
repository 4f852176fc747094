"""`govkit desk` as a person starts it: the address, the first page, the end."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import GOVKIT
from tests.conftest import connect


@pytest.fixture
def _this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test reach a desk on this machine."""
    monkeypatch.setattr(socket.socket, "connect", connect)


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(GOVKIT), "desk", "--no-open", *words, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = started(folder)
    yield process
    process.kill()
    process.wait()


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    assert process.stdout.readline() == "The desk is open at\n"
    address = process.stdout.readline().strip()
    assert process.stdout.readline() == "Ctrl-C ends it.\n"
    return address


@pytest.mark.usefixtures("_this_machine")
def test_it_prints_its_address_answers_and_ends_at_ctrl_c(
    running: subprocess.Popen[str], folder: Path
) -> None:
    address = address_of(running)
    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/open\?token=[\w-]{43}", address)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(address) as page:
        assert "EXA-DUE-01" in page.read().decode()
        assert "Server" not in page.headers
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(address.partition("/open")[0])
    # What is larger than any text is not read to its end.
    port = int(address.split(":")[2].partition("/")[0])
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 99999999999\r\n\r\n"
        line.sendall(head.encode())
        assert b" 413 " in line.recv(1000)
    taken = started(folder, "--port", str(port))
    said, _ = taken.communicate(timeout=60)
    assert taken.returncode == 3
    assert f"error: the desk can't listen at port {port}" in said
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert said == "The desk has ended. Whatever was saved is in the files.\n"
    with pytest.raises(urllib.error.URLError):
        browser.open(address)


def test_what_is_missing_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "flask.py").write_text("raise ModuleNotFoundError(name='flask')\n")
    done = subprocess.run(
        [str(GOVKIT), "-C", str(folder), "desk", "--no-open"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 3
    assert "two packages that are not installed: flask and waitress" in done.stderr
    assert 'pip install "coalition-govkit[desk]"' in " ".join(done.stderr.split())


def test_a_folder_that_is_none_of_a_coalition_is_refused(tmp_path: Path) -> None:
    process = started(tmp_path)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "no governed folder here" in said
