"""What was said of two records stays said when they are made one."""

import pytest

from ekspora.directory.queries.statements import statements_of
from ekspora.directory.services import businesses, merging, products, rows
from tests.world import World, business

pytestmark = pytest.mark.django_db


def test_rows_and_words_of_the_record_that_goes_come_along(world: World) -> None:
    officer, owner = world.people["lead_officer"], world.people["owner"]
    kept = business("Sari Rasa", agency=world.lead, owner=owner)
    gone = business("Sari Rasa", agency=world.lead, owner=owner)
    gone.products.all().delete()
    businesses.edit(business=kept, actor=owner, values={"phone": "+6281234567890"})
    businesses.edit(business=gone, actor=officer, values={"phone": "+6281200000001", "kbli": ["10761"]})
    row = rows.add(business=gone, kind="certificates", values={"type": "halal"}, actor=officer)
    product = products.add(business=gone, actor=officer, values={"name": "Keripik"})
    done = merging.merge(kept=kept, gone=gone, agency=world.lead, actor=officer)
    kept.refresh_from_db()
    told = statements_of(kept)
    by = {
        name: told.of(name, pk)
        for name, pk in (
            ("phone", None),
            ("kbli", None),
            (f"certificates:{row.pk}", None),
            ("name", product.pk),
        )
    }
    assert {name: said and said.stated_by for name, said in by.items()} == {
        "phone": owner, "kbli": officer, f"certificates:{row.pk}": officer, "name": officer}  # fmt: skip
    assert (kept.phone, kept.kbli) == ("+6281234567890", ["10761"])
    assert kept.certificates.get() == row
    merging.undo(merger=done, actor=officer)
    assert gone.certificates.get() == row
    assert statements_of(gone).of("name", product.pk) is not None
