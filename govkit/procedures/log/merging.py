"""Two logs brought together: theirs first, then mine with new numbers and bound anew.

Nothing is fetched, merged, committed or pushed here. The files of the others are laid into the
folder as they stand in what was fetched, so that git has nothing left to ask about them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from govkit.errors import WrongUse
from govkit.log.digests import entry_digest
from govkit.log.entries import LOG, is_entry, path_of_entry
from govkit.log.heads import HEADS
from govkit.procedures.log.filing import Stamp, require_stamp, to_the_second, with_values, writing
from govkit.procedures.log.joined_heads import (
    is_head,
    is_signed_by_many,
    joined_heads,
    joined_signatures,
)
from govkit.procedures.log.merged_log import MergedLog, already_told, undecided
from govkit.procedures.log.merged_numbering import digest_in, renamed_disclosures, with_new_names
from govkit.procedures.log.merged_proposals import (
    bound_to_number,
    clashing,
    files_below,
    folder_of,
    next_folder,
    signed_under,
    told_of,
    under_new_number,
)
from govkit.procedures.log.numbering import next_free
from govkit.records.acts import CoalitionAct
from govkit.records.kinds import LOGGED_ONCE, kind_of_path
from govkit.records.log import LogEntry
from govkit.records.proposals import Act
from govkit.records.record_kind import PROPOSALS
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.store import journal, worktree
from govkit.store.committed_files import is_as_committed
from govkit.workspace.log_divergence import LogDivergence, OwnEntry, sides_of

_PROPOSAL = r"governance/proposals/[0-9]{4}-[0-9]{3,}"
_NUMBERED = re.compile(
    rf"(?P<folder>{_PROPOSAL}/(?:positions|evidence|corrections|comments|acts|notices)"
    r"|governance/acts)"
    r"/(?P<stem>(?:[a-z0-9-]+-)?)(?P<number>[0-9]+)\.yaml"
)

_TIMED = ("position", "evidence")
"""What is logged once, and may have come to one side earlier than to the other."""


def resume(
    root: Path, stamp: Stamp, *, mine: Sequence[str] = (), theirs: Sequence[str] = ()
) -> MergedLog:
    """Bring the two logs together and write the result, all or nothing.

    `mine` and `theirs` are paths that both sides changed, with the side that is to stand. Raises
    `WrongUse` where both changed a file and nobody has said which is to stand.
    """
    root = root.resolve()
    with writing(root, stamp):
        done = _Resuming(sides_of(root), stamp, frozenset(mine), frozenset(theirs)).together()
        writes = []
        for path, data in sorted(done.files.items(), key=lambda each: _entries_last(each[0])):
            before = journal.read_inside(root, path)
            if not is_as_committed(before, data):
                writes.append(journal.Write(path, before, data))
        if writes:
            journal.write_all(root, writes)
        done.files = {write.path: write.after for write in writes}
        return done


def _entries_last(path: str) -> tuple[bool, str]:
    return path.startswith(f"{LOG}/"), path


class _Resuming:
    """One run: decides path by path, then binds the entries."""

    def __init__(
        self, sides: LogDivergence, stamp: Stamp, mine: frozenset[str], theirs: frozenset[str]
    ) -> None:
        self.sides = sides
        self.stamp = stamp
        self.keep_mine, self.keep_theirs = mine, theirs
        self.done = MergedLog(theirs=len(sides.theirs_log))
        self.contents: dict[str, bytes] = {}
        self.clashing = clashing(sides)
        self.moved: dict[str, str | None] = {}
        """Files of a proposal of mine that gets another number, or is given up."""

    def together(self) -> MergedLog:
        own = self._proposals(self._not_theirs_too())
        own = self._places(own)
        for old, place, data in renamed_disclosures(self.sides, self.contents, self.done.renamed):
            if old not in self.moved:
                self.moved[old] = place
                self.contents[place] = data
        self.contents |= with_new_names(self.contents, self.done.renamed)
        for old in self.done.renumbered:
            self.contents |= under_new_number(self.sides, self.contents, old)
        self._lay_theirs(
            {
                each.entry.path
                for each in own
                if each.entry.path and each.entry.countersignature is None
            }
        )
        self._bind(own)
        self._heads(len(self.sides.theirs_log) + len(own))
        return self.done

    def _not_theirs_too(self) -> list[OwnEntry]:
        """Leave out what the others have recorded too, as a submission that both took in."""
        known = {
            (each.kind, each.path, each.digest): each.received_at
            for each in reversed(self.sides.theirs_log)
            if each.path is not None and each.countersignature is None
        }
        own = []
        for each in self.sides.own:
            entry = each.entry
            theirs = known.get((entry.kind, entry.path or "", entry.digest))
            # One that came to me earlier is kept: it may be what makes it come in time.
            timed = entry.kind in _TIMED or entry.kind not in LOGGED_ONCE
            if folder_of(entry.path) in self.clashing:
                own.append(each)
            elif theirs is not None and (theirs <= entry.received_at or not timed):
                self.done.dropped.append(f"{entry.kind} {entry.path}: the others have it too")
            else:
                own.append(each)
        return own

    # --- proposals with one number ----------------------------------------------------------------

    def _proposals(self, own: list[OwnEntry]) -> list[OwnEntry]:
        """Give each proposal of mine whose number the others gave, too, the next one."""
        conflicts = []
        for folder in self.clashing:
            path, id = f"{folder}/proposal.yaml", folder.rpartition("/")[2]
            told = told_of(self.sides, folder)
            if path in self.keep_theirs:
                self.moved |= dict.fromkeys(files_below(self.sides, folder))
                own = [each for each in own if folder_of(each.entry.path) != folder]
                self.done.dropped.append(f"the proposal {id} of yours: given up, as you asked")
            elif bound := bound_to_number(self.sides, folder):
                conflicts.append((path, f"both of you opened {id}, and {bound}"))
            elif told and path not in self.keep_mine:
                conflicts.append((path, f"both of you opened {id}, and yours was told: {told}"))
            else:
                own = self._renumber(own, folder)
        if conflicts:
            raise already_told(conflicts)
        return own

    def _renumber(self, own: list[OwnEntry], folder: str) -> list[OwnEntry]:
        given = (f"{PROPOSALS}/{id}" for id in self.done.renumbered.values())
        new = next_folder(self.sides, folder, given)
        old, id = folder.rpartition("/")[2], new.rpartition("/")[2]
        self.done.renumbered[old] = id
        logged = {each.entry.path for each in own}
        for path, data in files_below(self.sides, folder).items():
            place = f"{new}{path.removeprefix(folder)}"
            if signed_under(path, data):
                self.moved[path] = None
                own = [each for each in own if each.entry.path != path]
                self.done.dropped.append(f"{path}: signed under {old}; it is to be signed again")
            elif path in logged:
                self.done.renamed[path] = place
            else:
                self.moved[path] = place
                self.contents[place] = data
        return own

    # --- where my records stand ---------------------------------------------------------------

    def _places(self, own: list[OwnEntry]) -> list[OwnEntry]:
        """Find the words and the place of each record of mine."""
        conflicts = []
        kept = list(own)
        filed = [each for each in own if each.entry.countersignature is None]
        named = {f"{folder}/proposal.yaml" for folder in self.clashing}
        self._hold_named({*named, *(each.entry.path for each in filed)})
        paths = {each.entry.path for each in filed if each.entry.path}
        # What shows a position comes behind it: it has the place that the position has by then.
        for path in sorted(paths, key=lambda path: ("/evidence/" in path, path)):
            about = [each for each in filed if each.entry.path == path]
            if path in self.keep_theirs:
                kept = [each for each in kept if each.entry.path != path]
                self._give_up(path, about)
                continue
            data = self._words(path, about)
            if path in self.done.renamed:
                self.contents[self.done.renamed[path]] = self._unsigned(path, data)
                continue
            why = "number" if self._shows_renamed(path) else self._at_odds(path, data, about)
            if why is None or path in self.keep_mine:
                self.contents[path] = data
            elif why == "number":
                self.done.renamed[path] = self._free(path)
                self.contents[self.done.renamed[path]] = self._unsigned(path, data)
            else:
                conflicts.append((path, why))
        if conflicts:
            raise undecided(conflicts)
        return kept

    def _unsigned(self, path: str, data: bytes) -> bytes:
        """Return an act without signatures: the place stands in the words that were signed."""
        record = read_record(path, kind_of_path(path) or "", data)[0]
        if not isinstance(record, (CoalitionAct, Act)) or not record.signatures:
            return data
        who = ", ".join(dict.fromkeys(seal.by for seal in record.signatures))
        self.done.dropped.append(f"signatures of {who} below {path}: sign again by `govkit sign`")
        return with_values(path, data, {"signatures": []})

    def _hold_named(self, paths: set[str | None]) -> None:
        for path in sorted(self.keep_mine | self.keep_theirs):
            if path not in paths:
                raise WrongUse(
                    f"no entry of yours that is still to be pushed is about {path}",
                    "Name the path as this command prints it.",
                )

    def _give_up(self, path: str, about: Sequence[OwnEntry]) -> None:
        self.done.dropped += [f"{each.entry.kind} {path}: given up, as you asked" for each in about]
        blob = self.sides.theirs.get(path)
        self.done.files[path] = self.sides.bytes_of([blob])[blob] if blob else None

    def _words(self, path: str, about: Sequence[OwnEntry]) -> bytes:
        """Return the bytes of my side that fit my newest entries about a record."""
        newest = {each.entry.kind: each.entry.digest for each in about}
        for data in self.sides.candidates(path):
            if all(digest_in(path, kind, data) == digest for kind, digest in newest.items()):
                return data
        raise WrongUse(
            f"{path} is not as your entry in the log has it, or is gone",
            "Put back what was filed (`git log` shows it), and run this again.",
        )

    def _at_odds(self, path: str, data: bytes, about: Sequence[OwnEntry]) -> str | None:
        """Return why a record of mine can't simply stand beside theirs, or None."""
        blob, base = self.sides.theirs.get(path), self.sides.base.get(path)
        if path.endswith("/decision.yaml") and self._went_on(path):
            return (
                "the others filed something about this proposal, so the decision is to be made "
                "again"
            )
        if self._issued_twice(path, about):
            return "number"
        if blob is None or blob == base:
            return None
        theirs = self.sides.bytes_of([blob])[blob]
        if all(digest_in(path, each.entry.kind, theirs) == each.entry.digest for each in about):
            return None
        return "both sides wrote this file"

    def _issued_twice(self, path: str, about: Sequence[OwnEntry]) -> bool:
        """Say whether the others gave the number of this record to another one.

        What has a number is written once; only answers are added to it. A position that came to me
        earlier than to them gets a place of its own: the log has each path once.
        """
        if not _NUMBERED.fullmatch(path):
            return False
        mine = {each.entry.kind: each.entry.digest for each in about}
        return any(
            each.path == path
            and each.kind in mine
            and each.kind != "disposition"
            and (each.digest != mine[each.kind] or each.kind in _TIMED)
            for each in self.sides.theirs_log
        )

    def _went_on(self, path: str) -> bool:
        folder = path.rsplit("/", 1)[0] + "/"
        return any(
            other.startswith(folder) and blob != self.sides.base.get(other)
            for other, blob in self.sides.theirs.items()
        )

    def _position_of(self, path: str) -> str:
        """Return the position that evidence at a path shows; nothing for another record."""
        if "/evidence/" not in path:
            return ""
        return f"{path.replace('/evidence/', '/positions/').rpartition('-')[0]}.yaml"

    def _shows_renamed(self, path: str) -> bool:
        return self._position_of(path) in self.done.renamed

    def _free(self, path: str) -> str:
        if self._shows_renamed(path):
            position = self.done.renamed[self._position_of(path)]
            stem = position.replace("/positions/", "/evidence/").removesuffix(".yaml")
            path = f"{stem}-01.yaml"
        found = _NUMBERED.fullmatch(path)
        assert found is not None
        own = [each.entry.path for each in self.sides.own if each.entry.path]
        here = [
            f"{found['folder']}/{name}"
            for name in worktree.names_below(self.sides.root, found["folder"])
        ]
        taken = (*self.sides.theirs, *own, *here, *self.done.renamed.values())
        return next_free(taken, found["folder"], len(found["number"]), found["stem"])

    # --- the folder ---------------------------------------------------------------------------

    def _lay_theirs(self, own: set[str]) -> None:
        """Lay the others' files into the folder, where nobody has changed them here."""
        sides = self.sides
        changed = {
            path
            for path in sides.base.keys() | sides.theirs.keys()
            if sides.base.get(path) != sides.theirs.get(path) and not path.startswith(f"{LOG}/")
        }
        away = self.done.renamed.keys() | self.moved.keys()
        changed |= away
        data = sides.bytes_of(sides.theirs[path] for path in changed if path in sides.theirs)
        for path in sorted(changed - self.done.files.keys()):
            stays = path in own and path not in away
            if stays or sides.is_here(path, sides.theirs.get(path)):
                continue
            blob = sides.theirs.get(path)
            theirs = joined = data[blob] if blob else None
            if joined is not None and is_signed_by_many(path):
                for mine in sides.candidates(path):
                    joined = joined_signatures(path, joined, mine)
            is_unchanged = sides.is_here(path, sides.base.get(path))
            if joined != theirs or is_unchanged or path in away:
                self.done.files[path] = joined
                self.done.joined += [path] if joined != theirs else []
            else:
                self.done.left.append(path)
        self.done.files |= self.contents

    # --- the log ------------------------------------------------------------------------------

    def _bind(self, own: list[OwnEntry]) -> None:
        log = list(self.sides.theirs_log)
        blobs = self.sides.bytes_of(self.sides.theirs[path_of_entry(each.seq)] for each in log)
        for each in log:
            path = path_of_entry(each.seq)
            self.done.files[path] = blobs[self.sides.theirs[path]]
        for mine in own:
            if self._vouches_in_vain(mine.entry, log):
                self.done.dropped.append(
                    f"countersigned {mine.entry.path}: the entry that it vouches for has another "
                    "number now; sign again by `govkit countersign`"
                )
                continue
            entry = self._bound(mine.entry, log[-1] if log else None)
            log.append(entry)
            path = path_of_entry(entry.seq)
            if entry is mine.entry:
                continue
            self.done.entries.append(entry)
            self.done.files[path] = record_bytes("log-entry", entry, path)
        for name in worktree.names_below(self.sides.root, LOG):
            path = f"{LOG}/{name}"
            if is_entry(path) and int(name[:-5]) > len(log):
                self.done.files[path] = None

    def _vouches_in_vain(self, entry: LogEntry, log: Sequence[LogEntry]) -> bool:
        """Say whether a countersignature is about an entry that is not what it was any more.

        The number stands in the words that were signed, so nobody but the signer can mend it.
        """
        made = entry.countersignature
        if made is None:
            return False
        known = {(own.entry.seq, own.entry.path): own.entry for own in self.sides.own}
        of = log[made.entry - 1] if made.entry <= len(log) else None
        was = known.get((made.entry, entry.path))
        return (
            of is None
            or (of.path, of.digest) != (entry.path, entry.digest)
            or (
                was is not None
                and (was.by, was.received_at, was.recorded_at)
                != (of.by, of.received_at, of.recorded_at)
            )
        )

    def _bound(self, entry: LogEntry, last: LogEntry | None) -> LogEntry:
        """Return an entry as it follows the last one; itself, where it does already."""
        path = self.done.renamed.get(entry.path or "", entry.path)
        digest = entry.digest
        if path in self.contents and entry.countersignature is None:
            digest = digest_in(path, entry.kind, self.contents[path])
        prev = entry_digest(last) if last else None
        seq = last.seq + 1 if last else 1
        same = (entry.seq, entry.prev, entry.path, entry.digest) == (seq, prev, path, digest)
        if same and self._is_here(entry):
            return entry
        require_stamp(self.stamp, last)
        return entry.model_copy(
            update={
                "seq": seq,
                "prev": prev,
                "path": path,
                "digest": digest,
                # The log goes forward only; `received_at`, which decides what is in time, stays
                # (decision 13).
                "recorded_at": to_the_second(self.stamp.at),
                # It was made over the old words of the entry, and would hold for no others.
                "signature": None,
            }
        )

    def _heads(self, last: int) -> None:
        """Keep the heads of the others, with what was signed here; drop those over my old numbers.

        What was sealed here and not pushed may cover entries that have other numbers now; `last` is
        the newest number.
        """
        sides = self.sides
        theirs = {path: blob for path, blob in sides.theirs.items() if is_head(path)}
        data = sides.bytes_of(theirs.values())
        here = {f"{HEADS}/{name}" for name in worktree.names_below(sides.root, HEADS)}
        before = [each.entry.seq for each in sides.own]
        same = before == [each.seq for each in self.done.entries]
        moved = last + 1 if same else min(before, default=last + 1)
        for path in sorted(here | theirs.keys()):
            if path not in theirs:
                if is_head(path) and int(path[len(HEADS) + 1 : -5]) >= moved:
                    self.done.files[path] = None
                    self.done.dropped.append(f"{path}: seal again, the numbers have changed")
                continue
            joined = data[theirs[path]]
            # What was signed here may stand in HEAD alone, below marks of a conflict in the folder.
            for mine in sides.candidates(path):
                joined = joined_heads(path, joined, mine)
            self.done.files[path] = joined

    def _is_here(self, entry: LogEntry) -> bool:
        data = self.sides.here(path_of_entry(entry.seq))
        record = read_record(path_of_entry(entry.seq), "log-entry", data or b"")[0]
        return record == entry
