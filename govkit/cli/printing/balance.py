"""The balance of groups and regions, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from govkit.cli.printing.table import table
from govkit.cli.printing.words import number_of, visible
from govkit.languages.catalogue import Messages
from govkit.records.governance import Charter
from govkit.records.regional_groups import REGIONAL_GROUPS
from govkit.round.balance import Balance


def balance_tables(charter: Charter, found: Balance, said: Messages) -> Iterator[str]:
    """Yield the lines of both tables, and below them from where nobody is yet."""
    total = len(found.members)
    groups = dict.fromkeys((*charter.groups, *found.groups))
    rows = [(_group(charter, each), str(found.groups[each])) for each in groups]
    yield from table(("GROUP", "MEMBERS"), rows).splitlines()
    yield ""
    regions = [*REGIONAL_GROUPS, *([""] if found.regions[""] else [])]
    rows = [(_region(each, said), str(found.regions[each])) for each in regions]
    yield from table(("REGION", "MEMBERS"), rows).splitlines()
    yield ""
    yield f"{number_of(total, 'member')}."
    yield from lacking(charter, found, said)


def lacking(charter: Charter, found: Balance, said: Messages) -> Iterator[str]:
    """Yield for which groups nobody sits, and from which regions nobody is."""
    groups = [_group(charter, each) for each in found.groups_without([*charter.groups])]
    if groups:
        yield f"Nobody sits yet for: {', '.join(groups)}."
    regions = [_region(each, said) for each in found.regions_without]
    if regions:
        yield f"Nobody is yet from: {', '.join(regions)}."


def balance_as_data(charter: Charter, found: Balance) -> dict[str, Any]:
    """Return the balance as plain data; members without a country, or in no group, are `null`."""
    return {
        "day": found.day.isoformat(),
        "members": len(found.members),
        "groups": _counted((*charter.groups, *found.groups), found.groups),
        "regions": _counted((*REGIONAL_GROUPS, *found.regions), found.regions),
    }


def _counted(words: Iterable[str], counts: Counter[str]) -> list[dict[str, Any]]:
    return [{"name": each or None, "members": counts[each]} for each in dict.fromkeys(words)]


def _group(charter: Charter, slug: str) -> str:
    return visible(charter.groups.get(slug, slug))


def _region(slug: str, said: Messages) -> str:
    return said[f"annual.regions.{slug or 'none'}"]
