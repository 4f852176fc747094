"""What a check finds beside the rules: what only git or the bytes of kept files can tell."""

from __future__ import annotations

from govkit.findings import Finding
from govkit.workspace import Workspace
from govkit.workspace.releases.kept import not_as_released


def found_beyond_rules(workspace: Workspace) -> list[Finding]:
    """Return what differs from a release, a call or an earlier founding, without places."""
    found = [*not_as_released(workspace)]
    if workspace.corpus.of_kind("input"):
        from govkit.workspace.call_files import changed_inputs

        found += changed_inputs(workspace)
    if not workspace.corpus.is_forming:
        from govkit.workspace.earlier_foundings import founded_otherwise

        found += founded_otherwise(workspace)
    return found
