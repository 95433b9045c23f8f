"""The place of a business: province, regency, district and village made one, each checked against the
others."""

from typing import Any

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Ask, Bad
from ekspora.engines.registers.values.places import OLD_REGENCIES, place_name, regency_options, within

_MISMATCH = Bad(
    "place_mismatch",
    pair(
        "Kabupaten/kota ini tidak berada di provinsi itu. Perbaiki salah satunya.",
        "This regency is not in that province. Correct one of them.",
    ),
)
_SPLIT_PROVINCES = {"91": {"91", "93", "94", "95"}, "92": {"92", "96"}}


def locate(values: dict[str, Any], bad: list[tuple[str, str, Bad]], ask: list[tuple[str, str, Ask]]) -> None:
    """Completes and checks the place of a row in place; adds ``place``, the code of the deepest place that
    is sure.

    A name beats a code. A province follows from its regency; "Papua" and "Papua Barat" of the time before
    2022 become today's province of the regency. A regency or city of one name is decided by the province and
    the district.
    """
    for name in ("province", "regency"):
        code = values.pop(f"{name}_code", None)
        if name not in values and code and not any(entry[0] == name for entry in bad):
            values[name] = code
        if name in values:
            bad[:] = [entry for entry in bad if entry[0] != f"{name}_code"]
            ask[:] = [entry for entry in ask if entry[0] != f"{name}_code"]
    if "regency" not in values:
        _decide(values, ask)
    regency, province = values.get("regency"), values.get("province")
    if regency and province and not regency.startswith(province):
        if regency[:2] in _SPLIT_PROVINCES.get(province, set()) or regency in OLD_REGENCIES.values():
            values["province"] = regency[:2]
        else:
            bad.append(("regency", f"{place_name(regency)} – {place_name(province)}", _MISMATCH))
            return
    elif regency:
        values["province"] = regency[:2]
        ask[:] = [entry for entry in ask if entry[0] not in ("province", "province_code")]
    place = regency or province
    if regency and "district" in values:
        district = within(regency, values["district"], "district")
        village = within(district, values["village"], "village") if district and "village" in values else None
        place = village or district or place
    if place:
        values["place"] = place


def _decide(values: dict[str, Any], ask: list[tuple[str, str, Ask]]) -> None:
    for entry in ask:
        key, text, question = entry
        if key != "regency" or question.code != "ambiguous_regency":
            continue
        options = [code for code in regency_options(text) if code.startswith(values.get("province", ""))]
        if len(options) > 1 and "district" in values:
            options = [code for code in options if within(code, values["district"], "district")]
        if len(options) == 1:
            values["regency"] = options[0]
            ask.remove(entry)
            return
