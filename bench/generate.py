"""A seeded corpus of any size, to measure with: N provisions of about 80 words, three links each.

python bench/generate.py 1000 /tmp/texts
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

WORDS = [
    "account",
    "after",
    "appeal",
    "archive",
    "block",
    "break",
    "brief",
    "choice",
    "claim",
    "clear",
    "contact",
    "content",
    "copy",
    "decide",
    "delay",
    "delete",
    "document",
    "duty",
    "effect",
    "electronic",
    "error",
    "evidence",
    "explain",
    "fair",
    "file",
    "find",
    "free",
    "full",
    "give",
    "hear",
    "hold",
    "keep",
    "language",
    "law",
    "limit",
    "list",
    "manner",
    "matter",
    "measure",
    "message",
    "name",
    "notice",
    "object",
    "open",
    "order",
    "part",
    "person",
    "place",
    "plain",
    "post",
    "power",
    "proof",
    "public",
    "reach",
    "reason",
    "record",
    "reply",
    "report",
    "request",
    "rest",
    "review",
    "right",
    "rule",
    "safe",
    "search",
    "send",
    "serve",
    "show",
    "sign",
    "state",
    "stop",
    "take",
    "term",
    "text",
    "time",
    "tool",
    "user",
    "way",
    "week",
    "wish",
    "word",
    "work",
    "write",
]

CHARTER = """\
# yaml-language-server: $schema=../schemas/charter.schema.json
schema_version: 1
id: bench
name: A coalition to measure with
languages: {authoritative: en, others: []}
id_prefixes: {provision: BEN, recommendation: BDR, principle: BPR}
areas: {DUE: {folder: due-process, title: Due process}}
rights: {due-process: Due process, expression: Expression}
axes: {users: [adult, child], sizes: [small, large], functions: [social, hosting]}
parties: [platform, user]
requires: [addressee, beneficiary, rights, category]
instruments: {INS-provisions: provisions}
coordinators: {ids: [], threshold: 1}
"""


def sentence(rng: random.Random, words: int) -> str:
    """Return plain words."""
    return " ".join(rng.choice(WORDS) for _ in range(words))


def provision(rng: random.Random, number: int, count: int) -> str:
    """Return the YAML of one provision, with three links and one parameter."""
    others = [f"BEN-DUE-{rng.randrange(1, count + 1):05d}" for _ in range(2)]
    return f"""\
# yaml-language-server: $schema=../../schemas/provision.schema.json
id: BEN-DUE-{number:05d}
title: {sentence(rng, 4).capitalize()}
status: draft
rights: [due-process, expression]
category: procedural
applies_to: {{users: [adult, child], sizes: [all]}}
clauses:
  - id: a
    force: must
    addressee: platform
    beneficiary: user
    text: >-
      The platform must {sentence(rng, 12)} any
      [restriction](term:restriction) for at least {{notice_days}} days {sentence(rng, 8)}.
    exceptions:
      - where the {sentence(rng, 6)}
  - id: b
    force: should
    addressee: platform
    beneficiary: user
    text: |
      The platform should {sentence(rng, 6)}:

      (a) {sentence(rng, 5)};
      (b) {sentence(rng, 5)}.
  - id: c
    force: may
    addressee: platform
    beneficiary: user
    text: The platform may {sentence(rng, 14)}.
parameters:
  notice_days:
    {{type: days, default: {rng.randrange(3, 30)}, minimum: 3, favours: longer,
      meaning: {sentence(rng, 4)}}}
grounds:
  - {{source: ben-law, locator: art. {rng.randrange(1, 90)}, relation: implements}}
relations:
  - {{to: {others[0]}, as: see-also}}
  - {{to: {others[1]}, as: procedural-for}}
rationale: |
  {sentence(rng, 14).capitalize()}.
"""


def files(count: int) -> dict[str, str]:
    """Return the whole corpus, path to text; the same for the same count."""
    rng = random.Random(count)
    made = {"governance/charter.yaml": CHARTER}
    for slug, words in (
        ("platform", "A service that stores or shows what users send."),
        ("user", "A person who uses a [platform](term:platform)."),
        ("restriction", "A measure of a [platform](term:platform) against a [user](term:user)."),
    ):
        made[f"registers/terms/{slug}.yaml"] = (
            "# yaml-language-server: $schema=../../schemas/term.schema.json\n"
            f"term: {slug}\nstatus: draft\ndefinition: {words}\n"
        )
    made["registers/sources/ben-law.yaml"] = (
        "# yaml-language-server: $schema=../../schemas/source.schema.json\n"
        "kind: binding\nbinds: platforms\ntitle: A law to measure with\nshort: Law\n"
    )
    items = "".join(f"      - BEN-DUE-{number:05d}\n" for number in range(1, count + 1))
    made["provisions/instrument.yaml"] = (
        "# yaml-language-server: $schema=../schemas/instrument.schema.json\n"
        "id: INS-provisions\ntitle: Provisions\nstatus: draft\n"
        f"parts:\n  - id: all\n    title: All\n    items:\n{items}"
    )
    for number in range(1, count + 1):
        made[f"provisions/due-process/BEN-DUE-{number:05d}.yaml"] = provision(rng, number, count)
    return made


def write(count: int, folder: Path) -> None:
    """Write the corpus into a folder."""
    for path, text in files(count).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
