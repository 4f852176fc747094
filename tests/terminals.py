"""Terminals for tests of what a person is asked and shown."""

import pty

import pytest


def open_terminal() -> tuple[int, int]:
    """The two ends of a terminal. Without /dev/pts there is none, and the test is skipped."""
    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal can be had here: {error}")
