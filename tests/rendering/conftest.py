"""One small coalition, as texts, for all tests of rendering."""

from collections.abc import Callable, Mapping

import pytest

from govkit.corpus.documents import document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.records.kinds import kind_of_path
from govkit.source.reading import read_record

Texts = Mapping[str, str]

CHARTER = """\
schema_version: 1
id: river
name: River Towns' Coalition
languages: {authoritative: en, others: []}
id_prefixes: {provision: EXA, recommendation: EXR, principle: EXP}
areas: {DUE: {folder: due-process, title: Due process}}
rights: {due-process: Due process, privacy: Privacy}
axes: {users: [adult, child], sizes: [small, very-large]}
parties: [platform, user]
instruments: {INS-provisions: provisions}
coordinators: {ids: [], threshold: 2}
"""

INSTRUMENT = """\
id: INS-provisions
title: The towns' model provisions
symbol: RT/MP
status: draft
preamble:
  - id: p1
    text: A [platform](term:platform) is a "town square"; its owner isn't its mayor.
interpretation:
  - id: i1
    force: declares
    text: Titles create no duty.
parts:
  - id: procedure
    title: Procedure
    items: [EXA-DUE-01]
    parts:
      - {id: outcome, title: Outcome, items: [EXA-DUE-02]}
"""

COMPLAINT = """\
id: EXA-DUE-01
title: Complaint
status: draft
rights: [due-process]
category: procedural
applies_to: {sizes: [very-large]}
clauses:
  - id: a
    force: must
    addressee: platform
    beneficiary: user
    text: |
      The platform must accept a [complaint](term:complaint) for {complaint_months} months:

      (a) free of charge;
      (b) in the user's words, which are

          - spoken, or
          - *written*.

      A complaint is never late through the fault of the platform.
    conditions: [where the account exists]
    exceptions: ["in the case of [no loss](ref:EXA-DUE-02(a))"]
  - id: b
    withdrawn: {reason: merged into a, on: 2026-05-01, decision: 2026-003}
  - id: c
    force: may
    addressee: platform
    applies_to: {users: [adult]}
    text: 'The platform may ask for 1 \\* 2 < 3 \\[sic\\]: see [the outside text](ref:EXP-01).'
    guidance: Not a captcha.
parameters:
  complaint_months: {type: months, default: 6, minimum: 1, meaning: how long it can be made}
grounds:
  - {source: law, locator: "art. 20(1)", relation: goes-beyond}
  - source: case
    locator: para. 4
    relation: follows
    verified: {by: clerk, on: 2026-01-02, at: "https://example.org/case#4"}
mappings: [{source: law, locator: art. 21, note: A *close* one.}]
balancing: [{between: [due-process, privacy], test: necessity, cases: [case]}]
relations:
  - {to: EXA-DUE-02, as: procedural-for}
rationale: |
  ## Why
  "Mistakes" are common: see [it](https://example.org/a_(b)), [us](term:user) and <b>not</b>.

  1. first
  2. second
guidance: Keep it short.
"""

REPAIR = """\
id: EXA-DUE-02
title: Repair
status: trial
clauses:
  - id: a
    force: must-not
    addressee: [platform]
    beneficiary: [user]
    text: The platform must not keep what it took.
no_binding_source: none is known
"""

SMALL: Texts = {
    "governance/charter.yaml": CHARTER,
    "governance/members/clerk.yaml": "{name: The clerk, kind: individual, state: enrolled}\n",
    "provisions/instrument.yaml": INSTRUMENT,
    "provisions/due-process/EXA-DUE-01-complaint.yaml": COMPLAINT,
    "provisions/due-process/EXA-DUE-02-repair.yaml": REPAIR,
    "provisions/due-process/EXA-DUE-03-unprinted.yaml": REPAIR.replace("DUE-02", "DUE-03"),
    "provisions/principles/EXP-01-care.yaml": """\
id: EXP-01
title: Care
status: draft
clauses: [{id: a, force: declares, text: Care is owed.}]
""",
    "registers/terms/platform.yaml": """\
term: platform
plural: platforms
status: draft
definition: Whoever runs a service that others use.
""",
    "registers/terms/user.yaml": """\
term: user
plural: users
status: draft
definition: Whoever uses the service of a [platform](term:platform).
see: [platform]
""",
    "registers/terms/complaint.yaml": """\
term: complaint
status: draft
definition: A request of a [user](term:user) to look again.
grounds: [{source: law, locator: art. 3, relation: restates}]
""",
    "registers/terms/unused.yaml": "{term: unused, status: draft, definition: Nothing.}\n",
    "registers/sources/law.yaml": """\
kind: binding
title: Act on Squares
short: The Act
issuer: Parliament
date: 2022-10-19
number: No. 7
address: https://example.org/law
""",
    "registers/sources/case.yaml": """\
kind: case
title: Ann v Town
short: Ann
date: 2021
case_id: ECLI:XX:2021:1
verified: {by: clerk, on: 2026-01-02}
""",
    "registers/sources/unused.yaml": "{kind: study, title: Unused, short: Unused}\n",
}


def read(texts: Texts) -> Corpus:
    """Return the corpus of some YAML texts by path, as a workspace would read them."""
    documents = []
    for path, text in texts.items():
        kind = kind_of_path(path)
        assert kind is not None
        record, faults = read_record(path, kind, text.encode())
        documents.append(document_of(path, kind, record, faults))
    return corpus_of(documents)


@pytest.fixture
def small_texts() -> Texts:
    """The files of the small coalition."""
    return SMALL


@pytest.fixture
def small_corpus() -> Corpus:
    """The corpus of the small coalition."""
    corpus = read(SMALL)
    assert all(document.record for document in corpus.documents)
    assert not any(said.wording.flaws for document in corpus.documents for said in document.said)
    return corpus


@pytest.fixture
def corpus_with() -> Callable[[Texts], Corpus]:
    """Make the small corpus with some files changed; an empty text takes a file away."""
    return lambda changed: read({path: text for path, text in (SMALL | changed).items() if text})
