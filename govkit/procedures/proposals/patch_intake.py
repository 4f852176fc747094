"""A patch that came by mail becomes a branch of its own: never merged, never a position.

What is checked out stays as it is, and nothing is filed in the log: a change is proposed by those
who take it in, with `propose open`.
"""

from __future__ import annotations

import datetime

from govkit.procedures.log.filing import writing_without_entry
from govkit.proposals.submission import branch_name, name_of, submitted
from govkit.records.patches import Patch
from govkit.source.patch_mail import patch_digest
from govkit.store import branches, objects
from govkit.store.objects import Ref
from govkit.workspace.submitted_patches import PatchReading


def branch_of_patch(reading: PatchReading) -> tuple[str, bool]:
    """Return the name of the branch of a patch, and whether it is there already.

    The name has the digest of the patch, so that the same one is known when it comes again.
    """
    names = [name_of(each) for each in submitted(reading.comparison.changes)]
    texts = branch_name(names).partition("/")[2]
    name = f"mail/{texts}-{patch_digest(reading.patch)[:8]}"
    return name, objects.ref(reading.root, f"{branches.HEADS}{name}") is not None


def file_patch(
    reading: PatchReading, name: str, author: str, message_id: str, now: datetime.datetime
) -> str:
    """Write the commit and its branch, and return the commit.

    `author` is who sent it, as `Name <mail>`; who takes it in is the committer. Raises `WrongUse`
    where git does not know that one.
    """
    root, onto = reading.root, reading.onto
    assert onto is not None, name
    with writing_without_entry(root, now):
        who = objects.person(root)
        tree = objects.write_tree(root, onto.name, reading.files)
        message = _message(reading.patch, message_id)
        commit = objects.write_commit(root, tree, onto.name, who, now, message, author)
        said = "a patch by mail"
        objects.set_refs(root, [Ref(f"{branches.HEADS}{name}", commit, None)], said)
    return commit


def _message(patch: Patch, message_id: str) -> str:
    """Return the message of the commit: the author's words, and where they came from."""
    words = "".join(each for each in patch.message if each.isprintable() or each == "\n").strip()
    made_for = patch.release or "no release"
    lines = [f"Made-for: {patch.commit} ({''.join(filter(str.isprintable, made_for))})"]
    if message_id:
        lines.append(f"Message-ID: {message_id}")
    return "\n".join([words or "A change that came by mail", "", *lines])
