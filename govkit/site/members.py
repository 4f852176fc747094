"""Who takes part: the members by group and country, as words, as sums and as a picture.

Only what a member's record says in public is shown, and no address of anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govkit.records.governance import Member
from govkit.records.regional_groups import REGIONAL_GROUPS, regional_group_of
from govkit.rendering.document import Block, Item, Items, Paragraph, Section, Table
from govkit.rendering.phrases import DASH, capital
from govkit.rendering.release.people import plain
from govkit.rendering.spans import Words
from govkit.rendering.typography import curled
from govkit.round.balance import balance_on, members_of
from govkit.site.layout import document_of, lines, section, sentence, to
from govkit.site.member_map import map_of
from govkit.site.page import File, Page
from govkit.site.site import Site

ENTRY = "members"
_MAP = "members/map.svg"


def pages(site: Site) -> Iterator[Page | File]:
    """Yield the page of the members, and the picture on it."""
    said = site.said
    sitting = dict(_sitting(site))
    countries = Counter(each.country for each, _ in sitting.values() if each.country)
    sections = (
        section("sums", said["site.how-many"], *_sums(site, sitting)),
        *_by_group(site, sitting),
        *_others(site, sitting),
        section("joining", said["site.to.join"], *lines([to("how-to-join", said["site.joining"])])),
    )
    title = said["site.ways.members"]
    document = document_of(site, ENTRY, title, sections)
    yield Page(
        "members/index.html",
        document,
        said["site.members-described"],
        picture=(_MAP, said["site.map"]) if countries else None,
        data={"countries": dict(sorted(countries.items()))},
    )
    yield File(_MAP, map_of(said, countries), "map-of-members")


Sitting = dict[str, tuple[Member, str]]
"""The members whose membership runs, by id, each with the group that they sit for."""


def _sitting(site: Site) -> Iterator[tuple[str, tuple[Member, str]]]:
    for each in balance_on(members_of(site.corpus), site.now.date()).members.values():
        yield each.id, (each.member, each.group)


def _sums(site: Site, sitting: Sitting) -> Iterator[Block]:
    said = site.said
    if not sitting:
        yield sentence(said["site.no-member"])
        return
    groups = Counter(group for _, group in sitting.values())
    rows = [(_group(site, each), groups[each]) for each in {**site.charter.groups, **groups}]
    yield _table(said["site.group"], said["site.members-count"], rows)
    regions: Counter[str] = Counter(
        regional_group_of(each.country) or "none" for each, _ in sitting.values()
    )
    names = [*REGIONAL_GROUPS, *(["none"] if regions["none"] else [])]
    found = [(said[f"annual.regions.{each}"], regions[each]) for each in names]
    yield _table(said["site.region"], said["site.members-count"], found)


def _table(name: str, count: str, rows: list[tuple[str, int]]) -> Table:
    cells = tuple(((Words(words),), (Words(str(number)),)) for words, number in rows)
    return Table((name, count), cells)


def _by_group(site: Site, sitting: Sitting) -> Iterator[Section]:
    groups = {**site.charter.groups, **{group: group for _, group in sitting.values()}}
    for group in groups:
        items = tuple(
            _item(site, id, member) for id, (member, own) in sitting.items() if own == group
        )
        if items:
            yield section(f"group-{group}", _group(site, group), Items(items))


def _others(site: Site, sitting: Sitting) -> Iterator[Section]:
    """Yield those who are named and are no members now: they are counted nowhere."""
    items = tuple(
        _item(site, each.id, each.record)
        for each in site.corpus.of_kind("member")
        if isinstance(each.record, Member) and each.id not in sitting
    )
    if items:
        said = site.said
        words = sentence(said["site.others-explained"])
        yield section("others", said["site.others"], words, Items(items))


def _item(site: Site, id: str, member: Member) -> Item:
    about = [site.said[f"site.member-kinds.{member.kind}"], *filter(None, [member.country])]
    words = f"{plain(member.name)} ({', '.join(about)})"
    return Item(DASH, (Paragraph((Words(words),)),), f"member-{id}")


def _group(site: Site, slug: str) -> str:
    return curled(capital(site.charter.groups.get(slug, slug)))
