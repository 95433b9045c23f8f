"""The keys of businesses that were registered before there were any."""

from typing import Any

from django.db import migrations

from ekspora.directory.search_keys import keys_of

RUN = 1000


def _make_keys(apps: Any, editor: Any) -> None:
    """A thousand businesses at a time."""
    business, product, key = (apps.get_model("directory", name) for name in ("Business", "Product", "SearchKey"))
    numbers = list(business.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), RUN):
        part = numbers[start : start + RUN]
        texts: dict[int, list[str]] = {}
        for pk, *names in product.objects.filter(business__in=part).values_list(
            "business_id", "name", "name_en", "hs"
        ):
            texts.setdefault(pk, []).extend(names)
        key.objects.bulk_create(
            key(business_id=one.pk, key=text)
            for one in business.objects.filter(pk__in=part)
            for text in keys_of(
                texts=[one.name, one.nib, one.place, *texts.get(one.pk, ())],
                regency=one.regency,
                sectors=[one.sector, *one.other_sectors],
                kbli=one.kbli,
            )
        )


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_register_pages")]

    operations = [migrations.RunPython(_make_keys, migrations.RunPython.noop)]
