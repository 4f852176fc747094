"""The job can't be done: the few errors that end a command.

A document that is wrong is a `Finding` (findings.py), never an exception. These are for the
other case: an unreadable repository, an unknown revision, a missing system library.
"""

from __future__ import annotations


class GovkitError(Exception):
    """Something outside the documents stops the job; shown as a sentence, without a traceback.

    `message` says what is wrong, `hint` says what to do next. Both are plain sentences.
    The command ends with `exit_code` 3: the world failed.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the two sentences apart, so that a machine can print them apart."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class WrongUse(GovkitError):
    """The command was asked for something that it does not do. Exit code 2."""

    exit_code = 2


class IncompleteHistory(GovkitError):
    """The clone is too shallow for the question: no partial answer is given."""
