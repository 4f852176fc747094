"""A coder's answers are sealed before anybody else sees them, and shown when all have sealed.

The seal is a commitment as those to names (docs/decisions/0047): SHA-256 over 32 random bytes and
the canonical words. Without the bytes nobody finds the answers by trying; with them anybody sees
that nothing was changed after.
"""

from __future__ import annotations

from hashlib import sha256

from govkit.corpus.record_digests import hashed_value
from govkit.corpus.text_digests import canonical_json
from govkit.records.assessments import Coding, CodingSeal


def seal_of(coding: Coding, nonce: str) -> str:
    """Return the commitment to the answers of a coder; `nonce` is 64 of 0-9 a-f."""
    words = canonical_json(hashed_value("coding", coding.model_copy(update={"nonce": None})))
    return f"sha256:{sha256(bytes.fromhex(nonce) + words).hexdigest()}"


def fits(coding: Coding, seal: CodingSeal) -> bool:
    """Say whether answers that were revealed are those that were sealed."""
    return coding.nonce is not None and seal_of(coding, coding.nonce) == seal.seal
