"""Filing: records and the log entries that cover them reach the folder as one act, or not at all.

The log is one chain for the coalition. Each entry has the next number and the digest of the one
before, so entries are made only here, under the lock of the clone, and only where the log as it was
last fetched is contained in the one on disk.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from govkit.corpus.record_digests import digest_for
from govkit.errors import GovkitError, WrongUse
from govkit.findings import Finding
from govkit.log.digests import entry_digest
from govkit.log.entries import LOG, path_of_entry
from govkit.records.base import Record
from govkit.records.governance import Charter
from govkit.records.kinds import CHARTER_PATH, COPY, kind_of_path
from govkit.records.log import EntryKind, LogEntry
from govkit.source.reading import read_record
from govkit.source.record_bytes import instant_text, record_bytes, with_key
from govkit.source.writing import NotFormatted
from govkit.store import clone_lock, commit_transactions, committed_files, journal, refs, worktree
from govkit.store.journal import Step

Basis = Literal["own-host", "host-event", "registrar"]


@dataclass(frozen=True)
class Filing:
    """One file that is to be written, changed or removed.

    `path` is below the root, with `/`. `data` are its new bytes (`record_bytes`), None removes it.
    `entry` is the kind of the log entry that covers it, None where none does (copies of texts).
    `was` are the bytes that the caller has seen there, None for "no file yet": where something else
    stands there by now, nothing is written. `received` is when it was received and who says so,
    where it differs from the other filings of the act. `by` are the registrars who vouch for it,
    an entry each, where it is not just the one of the act.
    """

    path: str
    data: bytes | None
    entry: EntryKind | None
    # Optimism is not enough and not left out: what the author has not seen is not overwritten
    # (decision 13).
    was: bytes | None = None
    received: tuple[datetime.datetime, Basis] | None = None
    by: tuple[str, ...] = ()


class AddedEntry(NamedTuple):
    """An entry that covers no file of the act: its kind, and what it says beside the usual."""

    kind: EntryKind
    says: Mapping[str, Any]


class Stamp(NamedTuple):
    """The moment that is put on what is written, and what the clock of the machine says."""

    at: datetime.datetime
    clock: datetime.datetime


AHEAD = datetime.timedelta(minutes=5)
"""So far the clocks of two honest machines may be apart."""


# A second lock of the same process would be refused: flock(2) goes by the open file.
_HELD: ContextVar[frozenset[Path]] = ContextVar("_HELD", default=frozenset())


@contextmanager
def writing(root: Path, stamp: Stamp) -> Iterator[None]:
    """Hold the clone's lock while a command reads, thinks and files; `file_all` fits inside.

    Every command that puts a moment on something goes through here. What a killed command left is
    finished or taken back first. Raises `Busy` where another command is writing, `WrongUse` for a
    moment that is still to come, or that lies before the newest entry of the log.
    """
    root = root.resolve()
    if root in _HELD.get():
        yield
        return
    with clone_lock.locked(root, instant_text(stamp.at)):
        _recover(root)
        require_stamp(stamp, _newest(root))
        held = _HELD.set(_HELD.get() | {root})
        try:
            yield
        finally:
            _HELD.reset(held)


def write_as_one(root: Path, writes: Sequence[journal.Write], now: datetime.datetime) -> None:
    """Write files that carry no moment and no log entry: all of them, or none.

    Raises `GovkitError` where one is not as the caller has seen it.
    """
    with writing_without_entry(root, now):
        root = root.resolve()
        for write in writes:
            if journal.read_inside(root, write.path) != write.before:
                raise _changed(write.path)
        if writes:
            journal.write_all(root, writes)


@contextmanager
def writing_without_entry(root: Path, now: datetime.datetime) -> Iterator[None]:
    """Hold the clone's lock for what has no entry in the log; see `writing`."""
    root = root.resolve()
    if root in _HELD.get():
        yield
        return
    with clone_lock.locked(root, instant_text(now)):
        _recover(root)
        yield


def recover(root: Path) -> journal.Recovered:
    """Finish or take back what a killed command left; None where there is nothing to do.

    Cheap where nothing is left, so every command asks. While another command is writing, nothing
    is done: that one is alive.
    """
    if not journal.is_pending(root):
        return None
    with suppress(clone_lock.Busy), clone_lock.locked(root, "an unfinished command"):
        return _recover(root)
    return None


def _recover(root: Path) -> journal.Recovered:
    """Put right single files first, and then what a commit of govkit's own was about to bring."""
    files = journal.recover(root)
    return commit_transactions.recover(root) or files


def file_all(
    root: Path,
    filings: Sequence[Filing],
    *,
    by: str,
    received_at: datetime.datetime,
    received_basis: Basis,
    recorded_at: Stamp,
    further: Sequence[AddedEntry] = (),
    step: Step = journal.unseen,
) -> tuple[LogEntry, ...]:
    """Write files and the log entries that cover them, all or nothing; return the entries.

    `by` is the registrar, a member's id. Entries have the order of the filings and are written
    last. Every record is read by the strict reader first; one that does not pass, a file that
    changed meanwhile, a path out of the root or a log that lacks fetched entries raises
    `GovkitError`, and nothing is written. `further` gives more entries, behind them. `step` is
    for tests: called after each step of writing.
    """
    root = root.resolve()
    with writing(root, recorded_at):
        log = last_entry(root)
        require_fetched(root)
        require_stamp(recorded_at, log)
        _require_received(filings, received_at, recorded_at.at)
        writes = [_write_of(root, filing) for filing in filings]
        entries = tuple(
            _entries(
                filings,
                [_record_of(root, filing) for filing in filings],
                log,
                _Receipt(by, (received_at, received_basis), recorded_at.at, further),
            )
        )
        for entry in entries:
            # Entries last: who reads meanwhile may find a record without an entry, and never the
            # reverse.
            path = path_of_entry(entry.seq)
            data = record_bytes("log-entry", entry, path)
            _require_readable(root, path, data)
            writes.append(journal.Write(path, None, data))
        journal.write_all(root, writes, step)
        return entries


def with_values(path: str, data: bytes, values: Mapping[str, Any]) -> bytes:
    """Return a file with some keys of its top level set, and everything else as it was.

    Raises `WrongUse` where a comment would be lost, or where the file can't be read.
    """
    kind = kind_of_path(path)
    assert kind is not None, path
    try:
        for key, value in values.items():
            data = with_key(path, kind, data, key, value)
    except NotFormatted as reason:
        raise WrongUse(f"{path}: {reason.message}", reason.help) from None
    return data


def last_entry(root: Path) -> LogEntry | None:
    """Return the newest entry of the log on disk, or None where there is none yet."""
    numbers = worktree.names_below(root, LOG)
    newest = max(
        (name for name in numbers if kind_of_path(f"{LOG}/{name}") == "log-entry"),
        key=lambda name: int(name.removesuffix(".yaml")),
        default=None,
    )
    if newest is None:
        return None
    path = f"{LOG}/{newest}"
    record, _ = read_record(path, "log-entry", journal.read_inside(root, path) or b"")
    entry = cast("LogEntry | None", record)
    if entry is None or path_of_entry(entry.seq) != path:
        raise GovkitError(
            f"the newest entry of the log can't be read: {path}",
            "If two people wrote at once, `govkit intake --resume` brings the two logs together. "
            "Otherwise `govkit check` says what is wrong. Nothing was changed.",
        )
    return entry


@dataclass(frozen=True)
class _Receipt:
    """Who files, when it was received, and when it is recorded."""

    by: str
    received: tuple[datetime.datetime, Basis]
    recorded_at: datetime.datetime
    further: Sequence[AddedEntry]


def _entries(
    filings: Sequence[Filing],
    records: Sequence[Record | None],
    last: LogEntry | None,
    receipt: _Receipt,
) -> Iterator[LogEntry]:
    for filing, record in zip(filings, records, strict=True):
        for by in (filing.by or (receipt.by,)) if filing.entry else ():
            assert record is not None, f"an entry for a file that is removed: {filing.path}"
            kind = cast("str", filing.entry)
            last = _next(
                last,
                receipt,
                filing.received or receipt.received,
                kind=kind,
                by=by,
                path=filing.path,
                digest=digest_for(kind, record),
            )
            yield last
    for kind, says in receipt.further:
        last = _next(last, receipt, receipt.received, kind=kind, by=receipt.by, **says)
        yield last


def _next(
    last: LogEntry | None,
    receipt: _Receipt,
    received: tuple[datetime.datetime, Basis],
    **about: Any,
) -> LogEntry:
    """Return the entry after another one."""
    received_at, basis = received
    return LogEntry(
        seq=last.seq + 1 if last else 1,
        received_at=to_the_second(received_at),
        received_basis=basis,
        recorded_at=to_the_second(receipt.recorded_at),
        prev=entry_digest(last) if last else None,
        **about,
    )


def to_the_second(instant: datetime.datetime) -> datetime.datetime:
    """Return a moment as the log has it: in UTC, without fractions of a second."""
    return instant.astimezone(datetime.UTC).replace(microsecond=0)


def _write_of(root: Path, filing: Filing) -> journal.Write:
    journal.require_inside(filing.path)
    before = journal.read_inside(root, filing.path)
    if before != filing.was:
        raise _changed(filing.path)
    return journal.Write(filing.path, before, filing.data)


def _changed(path: str) -> GovkitError:
    return GovkitError(
        f"{path} was changed while this command worked, or is there already",
        "Run the command again: it looks anew. Nothing was changed.",
    )


def _record_of(root: Path, filing: Filing) -> Record | None:
    return None if filing.data is None else _require_readable(root, filing.path, filing.data)


def _require_readable(root: Path, path: str, data: bytes) -> Record | None:
    """Return the record of these bytes as the strict reader has it; None for a copy of a text."""
    kind = kind_of_path(path)
    if kind is None:
        raise GovkitError(f"no kind of record has its place at {path}", "Nothing was changed.")
    if kind == COPY:
        return None
    record, faults = read_record(path, kind, data)
    wrong = [
        fault
        for fault in faults
        if record is None or (fault.stops == "merge" and not _is_own_address(root, fault))
    ]
    if wrong:
        where = f" (at {wrong[0].route})" if wrong[0].route.keys else ""
        raise WrongUse(
            f"this can't be filed as {path}: {wrong[0].message}{where}",
            f"{wrong[0].help} Nothing was changed.".strip(),
        )
    return record


def _is_own_address(root: Path, fault: Finding) -> bool:
    """Say whether a mail address is one at which the coalition itself takes comments."""
    if fault.rule != "mail-address":
        return False
    data = journal.read_inside(root, CHARTER_PATH) or b""
    charter = cast("Charter | None", read_record(CHARTER_PATH, "charter", data)[0])
    return charter is not None and fault.found in charter.intake.addresses


def _newest(root: Path) -> LogEntry | None:
    """Return the newest entry of the log; None also where it can't be read, which is told later."""
    with suppress(GovkitError):
        return last_entry(root)
    return None


def require_stamp(stamp: Stamp, newest: LogEntry | None) -> None:
    """Raise `WrongUse` for a moment that is still to come, or before the newest entry of the log.

    An entry of next year would lock everybody else out until then: the log goes forward only.
    """
    at, clock = stamp
    if at > clock + AHEAD:
        raise WrongUse(
            f"{instant_text(at)} is still to come: the clock of this machine says "
            f"{instant_text(clock)}",
            "Leave --now out, or set the clock of the machine right. Nothing was changed.",
        )
    if newest is None or newest.recorded_at <= at:
        return
    wrong_clock = newest.recorded_at > clock
    raise WrongUse(
        f"the newest entry of the log was made at {instant_text(newest.recorded_at)}, and now it "
        f"is {instant_text(at)}",
        (
            f"Set the clock of this machine right. If it is right, entry {newest.seq} is not: wait "
            "until that moment, or take back the commit that brought it (`git log -- "
            f"{path_of_entry(newest.seq)}`)."
            if wrong_clock
            else "The log goes forward only: leave --now out, or name a moment after it."
        )
        + " Nothing was changed.",
    )


def _require_received(
    filings: Sequence[Filing], received_at: datetime.datetime, now: datetime.datetime
) -> None:
    """Raise `WrongUse` where the log would say that something came before it came."""
    latest = max([received_at, *(each.received[0] for each in filings if each.received)])
    if latest > now:
        raise WrongUse(
            f"it was received at {instant_text(latest)}, it says, and now it is "
            f"{instant_text(now)}",
            "Give the moment at which it came. Nothing was changed.",
        )


def require_whole_log(root: Path) -> None:
    """Raise `GovkitError` where entries of the log are not here, as on a branch of an old version.

    Another entry under a number that is given on the main branch would make two logs of one.
    """
    require_fetched(root)
    if not all(_has_log_of(root, commit) for commit in refs.main_lines(root)):
        raise GovkitError(
            "the log on the main branch has entries that are not on this branch",
            "Bring the register and the releases of main here, and commit them: `git restore "
            "--source=main --staged --worktree -- governance releases`. Nothing was changed.",
        )


def require_fetched(root: Path) -> None:
    """Raise `GovkitError` where the log that was last fetched has entries that are not here."""
    fetched = refs.fetched_line(root)
    if fetched is None or _has_log_of(root, fetched):
        return
    raise GovkitError(
        "the log that you fetched from the others has entries that are not in this folder",
        "Bring them in first: `git pull`. If git then speaks of a conflict in governance/log, run "
        "`govkit intake --resume`. Nothing was changed.",
    )


def _has_log_of(root: Path, commit: str) -> bool:
    """Say whether the newest entry that a commit has stands on the disk in the same bytes."""
    newest = committed_files.newest_below(root, commit, LOG)
    if newest is None:
        return True
    path, blob = newest
    here = journal.read_inside(root, path)
    if here is None:
        return False
    return committed_files.blob_ids(root, {path: here}, {path: blob})[path] == blob
