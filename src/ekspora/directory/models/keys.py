"""Keys under which businesses are found; they follow every change of a business and its products."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection, models, transaction
from django.db.models.signals import post_delete, post_save

from ekspora.directory.models.businesses import Business
from ekspora.directory.models.products import Product
from ekspora.directory.search_keys import LONGEST, keys_of

RUN = 1000


class SearchKey(models.Model):
    """One key of one business (``search_keys.py``). Only derived: nothing is lost when all are made anew."""

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="search_keys", db_index=False
    )
    key = models.CharField(max_length=LONGEST)

    class Meta:
        # The first index answers for a business whether it has a key, the second for a key which businesses have it.
        constraints = (models.UniqueConstraint(fields=["business", "key"], name="search_key_once"),)
        indexes = (models.Index(fields=["key", "business"]),)

    def __str__(self) -> str:
        return f"{self.key}: {self.business_id}"


def refresh(businesses: Iterable[int]) -> None:
    """Make the keys of these businesses anew: four statements for every thousand."""
    wanted = list(businesses)
    for start in range(0, len(wanted), RUN):
        part = wanted[start : start + RUN]
        with transaction.atomic():
            SearchKey.objects.filter(business__in=part).delete()
            _insert([(pk, key) for pk, keys in _keys(part) for key in keys])


def _insert(rows: list[tuple[int, str]]) -> None:
    """One statement however many, as each driver does it fastest."""
    into = f"INSERT INTO {SearchKey._meta.db_table} (business_id, key)"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            numbers, keys = [pk for pk, _key in rows], [key for _pk, key in rows]
            columns = "SELECT * FROM unnest(%s::bigint[], %s::text[])"
            cursor.execute(f"{into} {columns}", [numbers, keys])
        else:
            cursor.executemany(f"{into} VALUES (%s, %s)", rows)


def _keys(businesses: Collection[int]) -> Iterator[tuple[int, Iterator[str]]]:
    texts: dict[int, list[str]] = {}
    products = Product.objects.filter(business__in=businesses)
    for pk, *names in products.values_list("business_id", "name", "name_en", "hs"):
        texts.setdefault(pk, []).extend(names)
    columns = ("pk", "name", "nib", "place", "regency", "sector", "other_sectors", "kbli")
    for pk, name, nib, place, regency, sector, others, kbli in Business.objects.filter(
        pk__in=businesses
    ).values_list(*columns):
        own = [name, nib, place, *texts.get(pk, ())]
        yield pk, keys_of(texts=own, regency=regency, sectors=[sector, *others], kbli=kbli)


def _saved(sender: type[models.Model], instance: Any, raw: bool = False, **_told: Any) -> None:
    if not raw:
        refresh([instance.pk if sender is Business else instance.business_id])


def _deleted(sender: type[models.Model], instance: Product, origin: Any = None, **_told: Any) -> None:
    """A product went by itself; with its business the keys go anyway."""
    if getattr(origin, "model", type(origin)) is Product:
        refresh([instance.business_id])


post_save.connect(_saved, sender=Business)
post_save.connect(_saved, sender=Product)
post_delete.connect(_deleted, sender=Product)
