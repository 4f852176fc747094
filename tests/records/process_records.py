"""One record of each kind of the process, with every part of it filled in. All invented."""

DIGEST = "sha256:" + "ab" * 32
OTHER = "sha256:" + "cd" * 32

PROCESS_RECORDS = {
    "genesis": f"""\
coalition: example
coordinators:
  - id: example-society
    keys: [{{id: k1, public: ssh-ed25519 AAAAexample}}]
threshold: 2
charter: {DIGEST}
founded: 2026-01-10T12:00:00Z
replaces: {OTHER}
reason: The keys of two coordinators were lost.
signatures: [{{by: example-society, key: k1, signature: c2lnbmF0dXJl}}]
""",
    "coalition-act": f"""\
kind: policy
path: governance/policies/substance.yaml
before: {DIGEST}
after: {OTHER}
by: [example-society, other-society]
reason: The quorum was too low.
signatures: [{{by: example-society, key: k1, signature: c2lnbmF0dXJl}}]
""",
    "call": f"""\
title: Notice of changes of terms
asks: How long before a change should a platform tell its users?
opened: 2026-02-01T12:00:00Z
closes: 2026-03-02T12:00:00Z
notice: {{message_id: <a@lists.example.org>, digest: {DIGEST}}}
plan: [{{step: draft, revision: 1, by: 2026-03-10}}]
moves: [{{step: draft, revision: 1, to: 2026-03-15, because: two inputs came late,
  announced: 2026-03-09T12:00:00Z}}]
closed: 2026-03-05T12:00:00Z
""",
    "input": f"""\
kind: mail
title: How we count the days
member: example-society
body: Example Institute
address: https://example.org/study
message_id: <a@lists.example.org>
file: registers/papers/study.pdf
digest: {DIGEST}
source: {OTHER}
initiative: example-index
note: It came with a study.
""",
    "declaration": f"""\
of: EXA-DUE-01
before: {DIGEST}
after: {OTHER}
class: 3
reason: Says in plain words what stood there.
answers: [{{span: 30 -> 10, changes_a_duty: yes, why: the time is shorter}}]
""",
    "proposal": f"""\
id: 2026-003
title: Notice of changes of terms
proposer: example-society
endorsers: [other-society]
policies: [{{id: substance, digest: {DIGEST}}}]
alongside: [2026-002]
call: 2026-001
""",
    "revision": f"""\
units:
  - {{id: EXA-DUE-01, before: {DIGEST}, after: {OTHER}, class: 6, floor: 6,
      cause: term:notice, edit: 1,
      alternatives: [{{proposal: 2026-002, before: {OTHER}, after: {DIGEST}}}]}}
terms: {{platform: {{before: {DIGEST}, after: {DIGEST}}}}}
dropped: [{{id: EXA-DUE-02, clause: b, into: [EXA-DUE-01], because: merged}}]
change: {DIGEST}
code: k7f3-9q2m
opened: 2026-03-10T12:00:00Z
comment_until: 2026-04-09T12:00:00Z
""",
    "notice": f"""\
kind: moved
revision: 2
comment_until: 2026-04-16T12:00:00Z
closes: 2026-05-01T12:00:00Z
because: A holiday lies between.
message_id: "<b@lists.example.org>"
digest: {DIGEST}
""",
    "act": """\
kind: waiver
by: [example-society, other-society]
reason: The group has one member.
units: [EXA-DUE-01]
""",
    "position": f"""\
member: example-society
cast_by: example-speaker
capacity: organisation
revision: 2
position: consent-with-reservation
reason: The time is short.
reason_withheld: {OTHER}
confirms_withdrawal: false
corrects: positions/example-society-02
units: [{{id: EXA-DUE-01, before: {DIGEST}, after: {OTHER}}}]
claimed_at: 2026-03-12T09:00:00Z
head: {{seq: 131, digest: {DIGEST}}}
publish: {{name: true, reason: false}}
""",
    "evidence": f"""\
position: positions/example-society-01
digest: {DIGEST}
level: E3
kind: sshsig
key: k1
statement: {DIGEST}
signature: c2lnbmF0dXJl
account: {{host: code.example.org, account: someone, event: "17", arrived: 2026-03-12T09:00:00Z}}
mail: {{message_id: <d@lists.example.org>, domain: example.org, selector: s1, key: {DIGEST},
  received_by: mx.example.org, raw: {OTHER}, salt: 32-bytes-before}}
source: {OTHER}
note: by mail
""",
    "correction": f"""\
corrects: positions/example-society-01
digest: {DIGEST}
right: positions/example-society-02
right_digest: {OTHER}
reason: The wrong box was marked.
""",
    "comment": f"""\
author: {{member: example-society, commitment: {OTHER}, name: Example Society, affiliation: none,
  group: academia}}
target: {{revision: 2, unit: EXA-DUE-01, digest: {DIGEST}, quote: must give notice,
  prefix: The platform, suffix: to the user, anchored_by: coordinator}}
type: substantive
challenge: false
comment: Thirty days are too long for a small platform.
withheld: {OTHER}
publication: public
proposed_text: The platform must give notice ten days before.
refers_to: [positions/example-society-01, comments/0001]
source: {{kind: mail, message_id: <c@lists.example.org>, part: "1", snapshot: {DIGEST},
  relayed_by: other-society}}
disposition: {{action: accepted-in-part, reply: Twenty days now., by: other-society,
  at: 2026-04-12T10:00:00Z, result: {{revision: 3, unit: EXA-DUE-01}}}}
author_reply: satisfied
""",
    "disclosure": f"""\
salt: "{"0123456789abcdef" * 4}"
name: A. Example
affiliation: Example University
reason: Thirty days are too long.
""",
    "decision": f"""\
proposal: 2026-003
revision: 2
now: 2026-05-10T12:00:00Z
head: {DIGEST}
outcome: adopted-with-dissent
provisional: false
policies: [{{id: substance, digest: {DIGEST}}}]
units:
  - id: EXA-DUE-01
    before: {DIGEST}
    after: {OTHER}
    policy: substance
    outcome: adopted-with-dissent
    why: [an objection stays]
    required: {{consents: 3, groups: 2, by_group: {{academia: 1}}, majority: {{academia: 2/3}},
      yes: {{academia: 1}}, quorum: more than 11/2, endorsers: 1}}
    given: {{consents: 3}}
    missing: {{}}
    stale: [other-society]
    not_heard: [third-society]
    groups_not_heard: [civil-society]
    objections: [{{member: fourth-society, state: answered, reason: Too long.,
      position: positions/fourth-society-01}}]
rejected: [{{record: positions/other-society-01, cause: the signature is bad}}]
late: [{{record: positions/other-society-02, cause: received after the close}}]
reported: [{{record: positions/other-society-03, cause: the evidence is too weak}}]
would_change: [{{units: [EXA-DUE-01], words: one more consent}}]
inputs: [{{record: positions/example-society-01, digest: {DIGEST}}}]
""",
    "ground": f"""\
charter:
  schema_version: 1
  id: example
  name: Example Coalition (invented)
  languages: {{authoritative: en}}
  id_prefixes: {{provision: EXA, recommendation: EXR, principle: EXP}}
  coordinators: {{ids: [example-society], threshold: 1}}
members:
  example-society: {{name: Example Society (invented), kind: organisation, state: enrolled,
    terms: [{{group: academia, since: 2026-01-10}}]}}
bases: {{EXA-DUE-01: {DIGEST}, EXA-DUE-02: null}}
meetings: [{{day: 2026-02-01, attended: [example-society]}}]
""",
    "log-entry": f"""\
seq: 123
kind: taken-over
path: governance/proposals/2026-003/positions/example-society-01.yaml
digest: {DIGEST}
received_at: 2026-03-12T09:00:00Z
received_basis: own-host
recorded_at: 2026-03-12T18:00:00Z
by: example-society
prev: {OTHER}
taken_over:
  units: [{{id: EXA-DUE-01, digest: {DIGEST}}}]
  adopted_at: General assembly, example town
  adopted_on: 2019-11-25
  evidence: The minutes of the day.
  by: [example-society, other-society]
  signatures: [{{by: example-society, key: k1, signature: c2lnbmF0dXJl}}]
erasure: {{because: The person asked to be left out.}}
signature: c2lnbmF0dXJl
""",
    "log-head": f"""\
checkpoint: |
  {DIGEST}
  123
  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
seals: [{{by: example-society, key: k1, signature: c2lnbmF0dXJl}}]
witnesses:
  - {{by: other-society, key: k1, seen_at: 2026-03-13T12:00:00Z, signature: c2lnbmF0dXJl}}
  - name: An invented observatory
    public: ssh-ed25519 AAAA
    seen_at: 2026-03-14T12:00:00Z
    signature: c2lnbmF0dXJl
""",
}
_INDENTED = "".join(f"  {line}\n" for line in PROCESS_RECORDS["position"].splitlines())
PROCESS_RECORDS["submission"] = f"""\
position:
{_INDENTED}
signature: c2lnbmF0dXJl
arrival:
  kind: form
  host: code.example.org
  account: someone
  event: "17"
  at: 2026-03-12T09:00:00Z
"""
PROCESS_RECORDS["policy"] = """\
title: Votes
roll: {frozen_at: revision-opened}
periods: {comment: P30D, last_call: P14D, intake: P7D, lapse: P90D}
restart: {comment: never}
consents: {total: 3, groups: {at_least: 2, academia: 1}}
majority: {academia: {of: votes-cast, at_least: 2/3, more_than: 1/2, min_yes: 1}}
quorum: {of: active, at_least: 1/3, more_than: 1/2, active: {measure: attendance, meetings: 3}}
endorsers: {count: 2, other_than: proposer}
cap: {per: organisation, votes: 1}
early_close: never
silence: no-objection
min_evidence: {consent: E2, object: E1, comment: E0}
objection: {reason_grace: P7D, unresolved: escalate}
editorial: {carry: true, challenge: P7D}
vacant_group: block
note: Invented.
"""
PROCESS_RECORDS["manifest"] = f"""\
instrument: INS-example
version: 1.1.0
state: candidate
title: Example provisions
dated: 2026-09-01
effective: 2026-10-01
supersedes: 1.0.0
compared_with: 1.1.0-draft.2
holds: [{{instrument: INS-other, version: 2.0.1, manifest: {DIGEST}}}]
bump: {{rule: by-class, asked: minor, by: EXA-DUE-01}}
tree: "{"0123456789" * 4}"
records: 42
merkle_root: {DIGEST}
units:
  - {{id: EXA-DUE-01, digest: {DIGEST}, adopted_by: governance/proposals/2026-003/decision.yaml}}
  - {{id: EXA-DUE-02, digest: {OTHER}, effective: 2027-01-01}}
newest_entry: {{seq: 17, digest: {OTHER}}}
genesis: {DIGEST}
coordinators: [example-society, other-society]
threshold: 2
tools: {{govkit: 0.2.0, weasyprint: "70.0"}}
fonts: [{{name: Example-Regular.ttf, sha256: {DIGEST}}}]
artefacts: [provisions.md, provisions.pdf]
"""
PROCESS_RECORDS["publication"] = f"""\
release: provisions/1.1.0
sums: {DIGEST}
published: 2026-09-01T12:00:00Z
by: example-society
head: |
  {DIGEST}
  131
  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
signatures: {{example-society: {DIGEST}, other-society: {OTHER}}}
not_rebuilt: [other-society]
signature: U1NIU0lHAAAA
"""
