"""A made-up national register of 300,000 businesses, an office's list and a small one."""

import os
import random
from datetime import UTC, datetime, timedelta
from typing import Any

BUSINESSES = int(os.environ.get("BENCH_LISTED", "300000"))
START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = (
    "kopi",
    "batik",
    "gula",
    "keripik",
    "rotan",
    "tenun",
    "sepatu",
    "madu",
    "ikan",
    "cokelat",
    "sambal",
    "ukiran",
)
SECTORS = ("fashion", "crafts", "agro", "culinary", "footwear", "it", "machinery", "fishery")
TRADES = {"agro": ("COF", "COC", "SPC"), "crafts": ("CRF", "FUR"), "culinary": ("PFB",), "fishery": ("FSP",)}
PAPERS = ("halal", "pirt", "halal", "pirt", "halal", "pirt", "trademark", "svlk", "haccp", "skp", "bpom")
SIZES = ("micro",) * 80 + ("small",) * 15 + ("medium",) * 4 + ("large",)


def fill() -> dict[str, int]:
    """A national list of everything, an office's list of one in a hundred, and one of forty. Returns the agencies."""
    from django.db import connection, transaction

    from ekspora.core.models import Agency
    from ekspora.directory.models import Business
    from ekspora.directory.models.keys import refresh
    from ekspora.directory.services.importing.inserting import insert

    names = ("national", "office", "small")
    agencies = {name: Agency.objects.create(kind="office", name=name, short_name=name).pk for name in names}
    for start in range(0, BUSINESSES, 20_000):
        made = [_business(n) for n in range(start, min(start + 20_000, BUSINESSES))]
        with transaction.atomic():
            insert(Business, made)
            for kind, rows in _around(made, agencies).items():
                insert(kind, rows)
            refresh([one.pk for one in made])
    if connection.vendor == "postgresql":  # as its autovacuum does; SQLite has no such servant
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return agencies


def _business(n: int) -> Any:
    from ekspora.directory.models import Business

    draw = random.Random(n)
    first = f"{draw.choice(WORDS)} {chr(97 + draw.randrange(26))}{draw.randrange(40_000):05d}"
    rare = " puntang" if n % 9973 == 0 else ""
    province = f"{draw.choice((11, 12, 31, 32, 33, 34, 35, 36, 51, 73))}"
    name, sector = f"{first.title()} Jaya{rare}", draw.choice(SECTORS)
    is_checked = draw.random() < 0.3
    return Business(
        name=name, name_key=name.lower(), nib=f"{9_000_000_000_000 + n}" if draw.random() < 0.6 else "",
        npwp_tail=f"{n % 10_000:04d}" if is_checked else "", npwp_checked_at=START if is_checked else None,
        sector=sector, other_sectors=[draw.choice(SECTORS)] if draw.random() < 0.2 else [],
        trades=[draw.choice(TRADES[sector])] if sector in TRADES and draw.random() < 0.5 else [],
        size=draw.choice(SIZES), legal_form="cooperative" if n % 1000 == 0 else "individual",
        kbli=[f"10{draw.randrange(100, 999)}"] if draw.random() < 0.5 else [], province=province,
        regency=f"{province}.{draw.randrange(1, 20):02d}", phone=f"+62812{n:08d}" if draw.random() < 0.85 else "",
        owned_by_women=draw.random() < 0.3 or None,
    )  # fmt: skip


def _around(businesses: list[Any], agencies: dict[str, int]) -> dict[Any, list[Any]]:
    """Lists, products, exports, certificates and what was said, around these businesses."""
    from ekspora.directory.models import Certificate, ExportRecord, Listing, Photo, Product, Statement

    rows: dict[Any, list[Any]] = {
        kind: [] for kind in (Listing, Product, Photo, ExportRecord, Certificate, Statement)
    }
    for one in businesses:
        draw = random.Random(one.pk)
        rows[Listing].append(Listing(business=one, agency_id=agencies["national"]))
        for name, every in (("office", 100), ("small", max(BUSINESSES // 40, 1))):
            if one.pk % every == 0:
                rows[Listing].append(Listing(business=one, agency_id=agencies[name]))
        if draw.random() < 0.9:
            hs, days = ("090121" if draw.random() < 0.3 else ""), (180 if draw.random() < 0.2 else None)
            made = Product(
                business=one,
                name=f"Produk {draw.choice(WORDS)}",
                name_en="Product",
                hs=hs,
                shelf_life_days=days,
            )
            rows[Product].append(made)
            if draw.random() < 0.3:
                rows[Photo].append(Photo(product=made, file=f"products/{one.pk}.jpg"))
        if draw.random() < 0.08:
            rows[ExportRecord] += [
                ExportRecord(business=one, market="MY", year=2024 + n) for n in range(draw.choice((1, 2)))
            ]
        if draw.random() < 0.2:
            until = (datetime.now(UTC) + timedelta(days=draw.randrange(-400, 1200))).date()
            kind = draw.choice(PAPERS)
            rows[Certificate].append(
                Certificate(business=one, type=kind, number=str(one.pk), valid_until=until)
            )
        rows[Statement].append(Statement(business=one, source="officer"))
        if draw.random() < 0.02:
            rows[Statement].append(
                Statement(
                    business=one, field="nib", source="officer", verified_at=datetime.now(UTC), how="OSS"
                )
            )
    return rows
