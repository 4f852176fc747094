"""The codes of languages and countries that records may name, from the lists of ISO."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from govkit.patterns import lazy_regex
from govkit.records.scalars import (
    ANY_SCALAR,
    LONGEST_TEXT,
    NOT_W,
    W,
    line_of,
    refusal,
    shaped,
    whole,
)

LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
"""The two-letter codes of ISO 639-1. Of three letters ISO 639-3 has thousands; qaa to qtz are none
of a language."""

COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA "
    "ZM ZW"
)
"""The two-letter codes of ISO 3166-1, and XK, by which Kosovo goes until it has one."""
Language = Annotated[
    str,
    *shaped(
        rf"(?:{LANGUAGES.replace(' ', '|')}|(?!q[a-t])[a-z]{{3}})(?:-[A-Za-z0-9]{{2,8}})*",
        "a language code of ISO 639, as en or pt-BR",
    ),
]
Country = Annotated[
    str,
    *shaped(
        COUNTRIES.replace(" ", "|"),
        "a country code of ISO 3166, as IN, or GB for the United Kingdom",
    ),
]
_JURISDICTIONS = f"{COUNTRIES} EU UN".split()


def _jurisdiction(value: Any) -> str:
    text = line_of(value)
    if _TWO_CAPITALS.fullmatch(text) and text.strip() not in _JURISDICTIONS:
        expected = "a country code of ISO 3166, EU, UN, or the name in words"
        raise refusal("wrong-value", f"no country has the code {text.strip()}", expected)
    return text


_TWO_CAPITALS = lazy_regex(rf"{W}*[A-Z]{{2}}{W}*")
Jurisdiction = Annotated[
    str,
    PlainValidator(_jurisdiction),
    WithJsonSchema(
        {
            "type": ANY_SCALAR,
            "maxLength": LONGEST_TEXT,
            "pattern": whole(
                rf"{W}*(?:{'|'.join(_JURISDICTIONS)}|(?![A-Z]{{2}}{W}*$){NOT_W}"
                rf"(?:[^\n]*{NOT_W})?){W}*"
            ),
        }
    ),
]
"""Where a source holds: a country by its code, the EU, the UN, or another in words."""
