"""How often the place of an answer is among the first passages that are suggested.

    python bench/suggesting.py ../tosdr.org ../contrib-versions

Nothing is fetched: the first is a clone of github.com/tosdr/tosdr.org, whose points are quotations
that people chose for a question ("case"), the second one of
github.com/OpenTermsArchive/contrib-versions. A pair is a point whose quotation stands, but for
white space, capitals and signs, in a document of the same service, in the archive as it stood on
one of the days. Each service has one vote for a question. The quotations that join a question are
those of **other** services, drawn with a fixed seed; words that are the same as those looked for
are left out, so that a sentence that many services copy doesn't find itself.
"""

from __future__ import annotations

import html
import json
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govkit.assessment.anchoring import AnchoringText
from govkit.assessment.passages import Passage, passages_of
from govkit.assessment.quotes import normalised_words
from govkit.assessment.suggestions import SuggestionSource
from govkit.procedures.assessment.archives import canonical_of, versions_of_archive
from govkit.store.committed_files import blob_bytes

DAYS = ("2021-01-09", "2020-09-01", "2021-07-01", "2022-01-01", "2023-01-01")
"""The points end on the first; what is not in the terms of that day is looked for on the others."""
SHORTEST, LONGEST, FEWEST_WORDS = 40, 2_000, 6
DEPTHS = (5, 10)
QUOTES = (0, 3, 10)
SEED = 20261201


class Point(NamedTuple):
    """A quotation that people chose for a question, of a service."""

    service: str
    case: str
    quote: str


class Pair(NamedTuple):
    """A point with the terms that it stands in, and where."""

    point: Point
    terms: SuggestionSource
    document: str
    start: int
    end: int


def points_of(clone: Path) -> list[Point]:
    """Return the points of a clone, one for each service and question."""
    listed = _git(clone, "ls-tree", "-r", "HEAD", "src/points/").decode()
    ids = [line.split()[2] for line in listed.splitlines()]
    found: dict[tuple[str, str], Point] = {}
    for data in blob_bytes(clone, ids).values():
        record: dict[str, Any] = json.loads(data)
        case = record.get("tosdr", {}).get("case") or record.get("title", "")
        quote = html.unescape(re.sub(r"<[^>]{0,500}>", " ", record.get("quoteText") or ""))
        quote = " ".join(quote.split())
        long_enough = SHORTEST <= len(quote) <= LONGEST and len(quote.split()) >= FEWEST_WORDS
        for service in record.get("services") or ():
            if case and long_enough:
                found.setdefault((_name(service), case), Point(_name(service), case, quote))
    return [found[key] for key in sorted(found)]


def pairs_of(points: Sequence[Point], archive: Path) -> Iterator[Pair]:
    """Yield each point that stands in the terms of its service on one of the days."""
    paths = defaultdict(list)
    for version in versions_of_archive(archive):
        paths[_name(version.path.split("/")[0])].append(version)
    open_points = defaultdict(list)
    for point in points:
        open_points[point.service].append(point)
    for service in sorted(open_points.keys() & paths.keys()):
        left = open_points[service]
        for day in DAYS:
            newest = {each.path: each for each in paths[service] if each.day <= day}
            if not left or not newest:
                continue
            texts = _texts(archive, {path: each.blob for path, each in newest.items()})
            terms = SuggestionSource({id: passages_of(text) for id, text in texts.items()}, "en")
            anchors = {id: AnchoringText(text) for id, text in texts.items()}
            still = []
            for point in left:
                pair = _placed(point, anchors, terms)
                if pair:
                    yield pair
                else:
                    still.append(point)
            left = still


def _texts(archive: Path, blobs: dict[str, str]) -> dict[str, str]:
    data = blob_bytes(archive, sorted(set(blobs.values())))
    return {path: canonical_of(data[blob]) for path, blob in sorted(blobs.items())}


def _placed(
    point: Point, anchors: dict[str, AnchoringText], terms: SuggestionSource
) -> Pair | None:
    wanted = normalised_words(point.quote)
    for id, anchor in anchors.items():
        if wanted not in normalised_words(anchor.text):
            continue
        found = anchor.place_of(point.quote)
        if found and found.how != "alike":
            return Pair(point, terms, id, found.start, found.end)
    return None


def rank_of(pair: Pair, quotes: Sequence[str]) -> int:
    """Return the rank of the first passage that the quotation stands in, or a large number."""
    found = pair.terms.suggested(pair.point.case, quotes, max(DEPTHS))
    for rank, each in enumerate(found, 1):
        passage: Passage = each.found.passage
        if each.document == pair.document and _holds(passage, pair):
            return rank
    return max(DEPTHS) + 1


def _holds(passage: Passage, pair: Pair) -> bool:
    """Say whether a passage holds at least half of a quotation, or is at least half of one."""
    common = min(passage.end, pair.end) - max(passage.start, pair.start)
    return 2 * common >= min(pair.end - pair.start, passage.end - passage.start)


def others(pair: Pair, by_case: dict[str, list[Point]], most: int) -> list[str]:
    """Return quotations of other services for the question of a pair, at most so many."""
    same = normalised_words(pair.point.quote)
    rows = [
        each.quote
        for each in by_case[pair.point.case]
        if each.service != pair.point.service and normalised_words(each.quote) != same
    ]
    draw = random.Random(f"{SEED} {pair.point.service} {pair.point.case}")
    return draw.sample(rows, min(most, len(rows)))


def main(clone: Path, archive: Path) -> None:
    """Print the share of pairs that are found, by the number of quotations and the depth."""
    points = points_of(clone)
    by_case = defaultdict(list)
    for point in points:
        by_case[point.case].append(point)
    pairs = [*pairs_of(points, archive)]
    services = {each.point.service for each in pairs}
    cases = {each.point.case for each in pairs}
    print(f"{len(points)} points; {len(pairs)} pairs, {len(services)} services, {len(cases)} cases")
    for most in QUOTES:
        rows = [(each, others(each, by_case, most)) for each in pairs]
        asked = [(each, quotes) for each, quotes in rows if len(quotes) == most]
        ranks = [rank_of(each, quotes) for each, quotes in asked]
        cold = [rank_of(each, ()) for each, _ in asked]
        print(f"{most:>3} quotes, {len(asked)} pairs:", end="")
        for depth in DEPTHS:
            with_quotes, without = (sum(rank <= depth for rank in row) for row in (ranks, cold))
            share, bare = (100 * hits / max(1, len(asked)) for hits in (with_quotes, without))
            print(f"  at {depth}: {share:.1f} % (the bare question {bare:.1f} %)", end="")
        print(flush=True)


def _git(folder: Path, *words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True).stdout


def _name(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
