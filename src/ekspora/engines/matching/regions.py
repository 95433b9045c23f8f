"""Which countries lie in one region, after the subregions of UN M49, joined where they are small."""

REGIONS = {
    "southeast_asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "east_asia": "CN HK JP KP KR MN MO TW",
    "south_asia": "AF BD BT IN IR LK MV NP PK",
    "central_asia": "KG KZ TJ TM UZ",
    "west_asia": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "north_africa": "DZ EG EH LY MA SD TN",
    "west_africa": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "middle_africa": "AO CD CF CG CM GA GQ ST TD",
    "east_africa": "BI DJ ER ET KE KM MG MU MW MZ RE RW SC SO SS TZ UG YT ZM ZW",
    "southern_africa": "BW LS NA SZ ZA",
    "europe": "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT "
    "LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    "north_america": "BM CA GL PM US",
    "latin_america": "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT "
    "JM KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI",
    "oceania": "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}  # fmt: skip
_OF = {code: region for region, codes in REGIONS.items() for code in codes.split()}


def region_of(country: str) -> str:
    """The region of a country (ISO code); empty for a code that is in none."""
    return _OF.get(country, "")
