"""The words of the consent table."""

from __future__ import annotations

from govkit.records.policies import Level
from govkit.round.rounds import ActKind

TITLE = "Consent"
EXPLAINED = (
    "Consent is given to exact words. The digests below name them. Who said nothing is printed as "
    "not heard, and is never counted as consenting. Names and reasons are printed as far as their "
    "authors agreed to it."
)
ALL_TEXTS = "All texts"
PROPOSAL = "Proposal"
PROPOSED_BY = "Proposed by"
DECIDED = "Decided on"
REVISION = "Revision"
RECORD = "Record of the decision"
WHY = "Why"
POLICY = "Decided by the policy"
BEFORE = "Digest before"
AFTER = "Digest after"
NO_WORDS = "no words"
NOT_RECKONED = (
    "The records in this release do not give this outcome when they are added up again, so who "
    "said what is not printed here. Run govkit release verify, and ask the coordinators."
)

GROUP = "Group"
STANCES = {
    "consent": "Consent",
    "consent-with-reservation": "With reservation",
    "stand-aside": "Stand aside",
    "object": "Object",
    "abstain": "Abstain",
}
MEASURE = "What is counted"
REQUIRED = "Required"
GIVEN = "Given"
MISSING = "Missing"
MEASURES = {
    "consents": "Consents",
    "groups": "Groups",
    "endorsers": "Endorsers",
    "quorum": "Quorum",
    "by_group": "In the group",
    "majority": "Majority in the group",
    "yes": "Yes in the group",
}

OBJECTION = "Objection"
RESERVATION = "Reservation"
POSITIONS = "Positions"
CARRIED = "Given to earlier words that differ by an editorial edit only"
STALE = "Spoke about earlier words, and not about these"
SILENT = "Members not heard"
SILENT_GROUPS = "Groups not heard"
LATE = "Too late to count, kept and published"
REPORTED = "Reported only, not counted"
REJECTED = "Not counted"

LEFT = "Objections to texts that left the proposal"
EVIDENCE = "How the positions are evidenced"
LEVELS: dict[Level, str] = {
    "E0": "Reported, without a source",
    "E1": "Recorded, with the source kept",
    "E1c": "Recorded, and confirmed by a second reply",
    "E2": "By a signed mail, or an enrolled account",
    "E3": "By the member\u2019s own signature",
}
ACTS_TITLE = "What was done about this text, and why"
ACTS: dict[ActKind, str] = {
    "override": "Class lowered",
    "waiver": "Quorum waived",
    "escalation": "Passed on for a decision",
    "reopen": "Reopened",
}

STATEMENTS = "Minority statements"
NO_STATEMENTS = "No minority statement was made about these texts."
ABOUT = "About"
ALL_OF_IT = "the whole proposal {id}"
SILENCE = "They said nothing about the words of these texts. Silence is not counted as consent."
NOBODY_SILENT = "Everybody on the roll said something about each text."
NOBODY_ASKED = "Nobody was asked: no text of this release was decided by a proposal."
GROUP_OF = "The whole group"
WHO = "Who"
ABOUT_WHICH = "About which texts"
