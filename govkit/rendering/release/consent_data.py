"""The decisions behind the texts as JSON, for programs: `consent.json` of a release."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from govkit.consent.decision import as_json
from govkit.release.adoption_record import AdoptionRecord, DecidedProposal
from govkit.release.release import Release
from govkit.source.reading import without_addresses
from govkit.source.record_bytes import plain

FORMAT_VERSION = 1
WITHHELD = "name-withheld"


def consent_data(release: Release) -> bytes:
    """Return one JSON object in UTF-8. Names that are withheld are replaced."""
    adoptions = release.adoptions
    manifest = release.manifest
    value = {
        "version": FORMAT_VERSION,
        "release": {"instrument": manifest.instrument, "version": manifest.version},
        "root_fingerprint": release.root_fingerprint,
        "newest_entry": plain(release.newest_entry) if release.newest_entry else None,
        "units": [_unit(adoption) for adoption in adoptions.by_id.values()],
        "proposals": [_proposal(resolved) for resolved in adoptions.resolved],
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _unit(adoption: AdoptionRecord) -> dict[str, Any]:
    past = adoption.taken_over
    return {
        "id": adoption.id,
        "digest": adoption.unit.digest,
        "adopted_by": adoption.unit.adopted_by,
        "proposal": adoption.resolved.id if adoption.resolved else None,
        "outcome": adoption.decided.outcome if adoption.decided else None,
        "withdraws": bool(adoption.decided and adoption.decided.withdraws),
        "adopted_before_the_register": (
            {"at": past.adopted_at, "on": str(past.adopted_on)} if past else None
        ),
    }


def _proposal(resolved: DecidedProposal) -> dict[str, Any]:
    """Return a decision as its records give it, and the minority statements."""
    data = {
        "title": resolved.proposal.title,
        "recorded_outcome": resolved.record.outcome,
        "decision": as_json(resolved.reckoned),
        "minority_statements": [
            {"by": list(each.by), "words": each.words, "units": list(each.units)}
            for each in resolved.statements
        ],
    }
    cleaned: dict[str, Any] = _clean(data, _ids(resolved.withheld))
    return {"id": resolved.id, **cleaned}


def _ids(withheld: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds a withheld id, also at the head of the name of a record."""
    ids = "|".join(map(re.escape, sorted(withheld, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{ids})(?=(?:-\d{{2,}})?(?![\w-]))") if ids else None


def _clean(value: Any, ids: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        text = without_addresses(value)[0]
        return ids.sub(WITHHELD, text) if ids else text
    if isinstance(value, dict):
        return {key: _clean(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each, ids) for each in value]
    return value
