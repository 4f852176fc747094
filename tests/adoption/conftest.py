"""The texts of this repository, read once, and the profiles of three invented platforms."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.corpus.whole import Corpus
from govkit.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]

PROFILES = {
    "start-up": """\
service: Tern
operator: Tern Services Ltd
address: https://tern.example
contact: the page Help, below Complaints
applies_from: 2027-01-01
platform:
  sizes: small
  functions: [social]
  users: [adult, child, discontinuous-access]
  accounts: with
  models: commercial
countries: [Kenya, Portugal]
languages: [en, pt, sw]
level: core
blanks:
  MCP-CHG-01: {lead_days: 45}
""",
    "very-large": """\
service: Albatross
operator: Albatross Platforms Inc.
platform:
  sizes: very-large
  functions: [social, messaging, marketplace, search, hosting, ai, advertising, app-store]
  users: [adult, child, discontinuous-access]
  accounts: [with, none]
  models: commercial
languages: en
level: core
""",
    "federated": """\
service: Puffin
operator: Puffin Association
platform:
  sizes: micro
  functions: [social, hosting]
  users: [adult, child]
  accounts: [with, none]
  models: [non-profit, federated]
languages: [en]
level: core
voice: named
""",
}


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Return the texts of this repository."""
    return open_workspace(ROOT).corpus
