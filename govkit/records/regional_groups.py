"""The regional groups of the United Nations, by which the IGF reports who takes part.

Source: the list of the UN's department for the General Assembly and Conference Management. Türkiye
sits with two groups and is counted with Western European and other States, as in elections there;
the United States sits with that group as an observer. States and places in no group have none.
"""

from __future__ import annotations

from typing import Literal, get_args

RegionalGroup = Literal[
    "african", "asia-pacific", "eastern-european", "latin-american-caribbean", "western-other"
]
REGIONAL_GROUPS: tuple[RegionalGroup, ...] = get_args(RegionalGroup)

_COUNTRIES: dict[RegionalGroup, str] = {
    "african": (
        "DZ AO BJ BW BF BI CV CM CF TD KM CG CI CD DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG "
        "MW ML MR MU MA MZ NA NE NG RW ST SN SC SL SO ZA SS SD TG TN UG TZ ZM ZW"
    ),
    "asia-pacific": (
        "AF BH BD BT BN KH CN CY KP FJ IN ID IR IQ JP JO KZ KI KW KG LA LB MY MV MH FM MN MM NR NP "
        "OM PK PW PG PH QA KR WS SA SG SB LK SY TJ TH TL TO TM TV AE UZ VU VN YE"
    ),
    "eastern-european": "AL AM AZ BY BA BG HR CZ EE GE HU LV LT ME PL MD RO RU RS SK SI MK UA",
    "latin-american-caribbean": (
        "AG AR BS BB BZ BO BR CL CO CR CU DM DO EC SV GD GT GY HT HN JM MX NI PA PY PE KN LC VC SR "
        "TT UY VE"
    ),
    "western-other": (
        "AD AU AT BE CA DK FI FR DE GR IS IE IL IT LI LU MT MC NL NZ NO PT SM ES SE CH TR GB US"
    ),
}
_GROUP = {country: group for group, several in _COUNTRIES.items() for country in several.split()}


def regional_group_of(country: str | None) -> RegionalGroup | None:
    """Return the regional group of a country (ISO 3166, two capitals); None where it has none."""
    return _GROUP.get(country or "")


def countries_of(region: RegionalGroup) -> tuple[str, ...]:
    """Return the codes of the countries of a regional group, in the order of the alphabet."""
    return tuple(sorted(_COUNTRIES[region].split()))
