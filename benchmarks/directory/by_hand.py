"""The officers' list as somebody would write its queries by hand, knowing what fits how often.

Each condition comes in every way in which it is usually written: asked for each business, or collected first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

MOST = 10_000
_WAYS = ("EXISTS (SELECT 1 FROM {0} AND x.business_id = b.id)", "b.id IN (SELECT x.business_id FROM {0})")
TWICE = (
    "(SELECT business_id FROM directory_exportrecord WHERE year <> 0 "
    "GROUP BY business_id HAVING COUNT(DISTINCT year) > 1) x WHERE TRUE"
)
EXPORTED, MADE = "directory_exportrecord x WHERE TRUE", "directory_product x WHERE TRUE"
_ANEW = (
    "SELECT 1 FROM directory_statement n WHERE n.business_id = x.business_id AND n.field = x.field AND n.id > x.id "
    "AND COALESCE(n.product_id, 0) = COALESCE(x.product_id, 0)"
)
CHECKED = f"directory_statement x WHERE x.verified_at IS NOT NULL AND NOT EXISTS ({_ANEW})"
# What a business holds at home that makes this and nothing else; the code of its sector where that leaves no choice.
_PAPERS = {
    "CRF": ("", ()), "COF": ("", ()), "COC": ("", ()), "ITS": ("it", ()), "FSH": ("fashion", (("trademark",),)),
    "FTW": ("footwear", (("trademark",),)), "FUR": ("", (("svlk",),)), "FSP": ("fishery", (("skp",), ("haccp",))),
    "PFB": ("culinary", (("pirt", "bpom"), ("halal",))), "COS": ("", (("bpom",), ("gmp",), ("halal",))),
    "HRB": ("", (("bpom",), ("halal",))),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A page of the list: ``where`` in the businesses' own columns, in each way to write it; ``rows`` of other tables
    that name those that fit (``not`` before it: the others)."""

    title: str
    filters: dict[str, Any] = field(default_factory=dict)
    where: tuple[str, ...] = ("",)
    rows: tuple[str, ...] = ()
    agency: str = "national"
    page: int = 1


def keyed(beginning: str, behind: str = "") -> str:
    """Businesses with a key that begins so."""
    found = f"key >= '{beginning}' AND key < '{behind}'" if behind else f"key = '{beginning}'"
    return f"directory_searchkey x WHERE {found}"


def certificates(*kinds: str, ending: bool = False) -> str:
    """Businesses with such a certificate that is valid today, or ends soon."""
    day = datetime.now(UTC).date()
    until = f"x.valid_until BETWEEN '{day}' AND '{day + timedelta(days=90)}'"
    valid = until if ending else f"(x.valid_until >= '{day}' OR x.has_no_end)"
    named = ", ".join(f"'{kind}'" for kind in kinds)
    return f"directory_certificate x WHERE x.type IN ({named}) AND {valid}"


def has(rows: str, way: str = _WAYS[0]) -> str:
    """The condition that the business stands in these rows."""
    return ("NOT " if rows.startswith("not ") else "") + way.format(rows.removeprefix("not "))


def active() -> str:
    """With a product, and reachable."""
    steward = "directory_stewardship x JOIN core_person q ON q.id = x.person_id WHERE (q.phone <> '' OR q.email <> '')"
    return f"b.inactive_since IS NULL AND {has(MADE)} AND (b.phone <> '' OR b.email <> '' OR {has(steward)})"


def ready() -> tuple[str, ...]:
    """NIB, NPWP and the papers of something that the business makes."""
    return tuple(
        f"b.nib <> '' AND b.npwp_checked_at IS NOT NULL AND ({' OR '.join(_makes(way))})" for way in _WAYS
    )


def _makes(way: str) -> Iterator[str]:
    for trade, (sector, papers) in _PAPERS.items():
        told = f"CAST(b.trades AS text) LIKE '%%\"{trade}\"%%'"
        if sector:
            told = f"({told} OR (b.sector = '{sector}' AND CAST(b.trades AS text) = '[]'))"
        asked = [has(certificates(*kinds), way) for kinds in papers]
        if trade == "PFB":
            asked.append(has("directory_product x WHERE x.shelf_life_days IS NOT NULL", way))
        yield " AND ".join([told, *asked])


def queries(case: Case, agency: int) -> tuple[list[str], list[str]]:
    """Every way in which somebody would write the page, and the number of hits up to ``MOST``; the fastest counts."""
    signs = (
        "b.*, EXISTS (SELECT 1 FROM directory_exportrecord e WHERE e.business_id = b.id) AS exported, "
        "(SELECT COUNT(*) FROM directory_product p WHERE p.business_id = b.id) AS made, "
        "(SELECT f.id FROM directory_photo f JOIN directory_product p ON p.id = f.product_id "
        "WHERE p.business_id = b.id ORDER BY f.product_id, f.position, f.id LIMIT 1) AS cover"
    )
    start = (case.page - 1) * 50
    pages, counts = [], []
    for body in bodies(case, agency):
        pages.append(f"SELECT {signs} {body} ORDER BY b.name, b.id LIMIT 50 OFFSET {start}")  # of this file
        counts.append(f"SELECT COUNT(*) FROM (SELECT 1 {body} LIMIT {MOST + 1}) AS found")  # of this file
    return pages, counts


def bodies(case: Case, agency: int) -> Iterator[str]:
    """FROM and WHERE of a case in every way."""
    kept = f"directory_listing x WHERE x.agency_id = {agency}"
    for listing, others, own in product(_WAYS, _WAYS if case.rows else _WAYS[:1], case.where):
        asked = [own, has(kept, listing), *(has(rows, others) for rows in case.rows)]
        yield f"FROM directory_business b WHERE {' AND '.join(filter(None, asked))}"
