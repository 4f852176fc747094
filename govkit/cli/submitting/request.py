"""What somebody asked of `govkit submit`."""

from __future__ import annotations

from dataclasses import dataclass

from govkit.errors import WrongUse


@dataclass(frozen=True)
class SubmissionRequest:
    """The options of the command."""

    names: tuple[str, ...]
    message: str | None
    person: str | None
    draft: bool
    push: bool
    remote: str | None
    mail: bool
    recipient: str | None
    output: str | None
    dry_run: bool
    as_json: bool

    def __post_init__(self) -> None:
        """Raise `WrongUse` for options that do not go together."""
        if self.mail and self.push:
            raise WrongUse("--mail writes a mail, and --push pushes", "Leave one of them out.")
