"""Family 10, eighth part: words behind a commitment fit it, and are not taken out in silence."""

from __future__ import annotations

import shlex

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.commitments import commitment_of, committed_records, path_of_disclosure
from govkit.corpus.documents import Document
from govkit.findings import Finding
from govkit.log.erasures import erasure_of
from govkit.records.comments import Comment
from govkit.records.disclosures import Disclosure


def disclosure_false(context: Context) -> Findings:
    """A file that discloses words fits the commitment of its record, and has a salt of its own."""
    committed = {path_of_disclosure(each.path): each for each in committed_records(context.corpus)}
    salts: dict[str, str] = {}
    for document in context.corpus.of_kind("disclosure"):
        words = document.record
        if not isinstance(words, Disclosure):
            continue  # a file that can't be read has a finding of its own
        first = salts.setdefault(words.salt, document.path)
        if first != document.path:
            yield _false(
                document,
                f"its salt is that of {first}, and with one salt for two, who knows one can guess "
                "the other",
                "Take the comment in again by `govkit comment add`: it makes a salt for each.",
            )
        record = committed.get(document.path)
        if record is None:
            yield _false(
                document,
                "no record beside this file holds a commitment, so these words are nobody's",
                _TAKE_AWAY,
            )
        elif commitment_of(words) != record.commitment:
            yield _false(
                document,
                f"these are not the words that {record.path} holds a commitment to: words or salt "
                "were changed, or are those of somebody else",
                "Put the file back as it was: `git log -- FILE` shows when it changed. No print "
                "shows these words. If the right ones are to go: `govkit erase`.",
            )
        elif (entry := erasure_of(context.corpus, record.path)) is not None:
            yield _false(
                document,
                f"number {entry.seq} of the log says that {entry.by} erased these words on "
                f"{entry.recorded_at:%Y-%m-%d}, and they are here again",
                _TAKE_AWAY,
            )


_TAKE_AWAY = "Take the file away: `git rm -- FILE`. Nothing is bound to it."


def _false(document: Document, message: str, help: str) -> Finding:
    help = help.replace("FILE", shlex.quote(document.path))
    return refusal(document, message, help=help)


def disclosure_missing(context: Context) -> Findings:
    """Words behind a commitment are taken out with an entry of the log, and not in silence."""
    for each in committed_records(context.corpus):
        place = path_of_disclosure(each.path)
        if place in context.corpus.by_path or erasure_of(context.corpus, each.path) is not None:
            continue
        said = "who made this comment" if isinstance(each.record, Comment) else "the reason"
        yield remark(
            context.corpus.by_path[each.path],
            f"the file that says {said} is gone, and the log does not say who took it out",
            stops="release",
            help=f"Put it back: `git log -- {shlex.quote(place)}` shows the commit that had it. If "
            f"the person asked to be left out, say so in the log: `govkit erase {each.path}`.",
        )


def name_in_the_open(context: Context) -> Findings:
    """A filed comment holds no name of a person outside: it could never be taken out again."""
    for document in context.corpus.of_kind("comment"):
        record = document.record
        if isinstance(record, Comment) and (record.author.name or record.author.affiliation):
            yield refusal(
                document,
                "this comment holds the name of a person who is no member, and what the log binds "
                "can't be taken out",
                at("author"),
                help="Take the file away, and take the comment in by `govkit comment add --name`: "
                "that keeps the name in a file beside it, which can be erased.",
            )
