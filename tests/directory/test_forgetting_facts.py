"""What the register holds about a person in rows and numbers is told and forgotten."""

import pytest
from django.core.files.storage import default_storage

from ekspora.core.actors import Actor
from ekspora.core.models import Person
from ekspora.directory import privacy
from ekspora.directory.models import Business, Certificate
from ekspora.directory.services import businesses, rows
from tests.directory.addresses import jpeg
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_erased_owner_is_gone_from_rows_papers_and_numbers(world: World) -> None:
    owner, b = world.people["owner"], world.business
    Person.objects.filter(pk=owner.pk).update(name="Siti Rahmawati", phone="+6281298765432")
    owner.refresh_from_db()
    values = {"npwp_tail": "0001", "npwp_checked_at": b.created_at, "owned_with_disability": True}
    businesses.edit(business=b, actor=owner, values=values)
    rows.add(
        business=b, kind="contacts", values={"name": "Siti Rahmawati", "phone": owner.phone}, actor=owner
    )
    other = rows.add(
        business=b, kind="contacts", values={"name": "Rina", "phone": "+6281200000001"}, actor=owner
    )
    paper = rows.add(business=b, kind="certificates", values={"type": "halal", "issuer": "a.n. Siti Rahmawati"},
                     actor=owner, paper=jpeg())  # fmt: skip
    elsewhere = {"name": "S.", "phone": owner.phone}
    rows.add(business=world.other_business, kind="contacts", values=elsewhere, actor=owner)
    held = privacy.held(Actor(owner))
    assert {c["business__name"] for c in held["contacts"]} == {b.name, world.other_business.name}
    assert {s["field"] for s in held["statements"]} >= {"npwp_tail", f"certificates:{paper.pk}"}
    file = paper.file.name
    privacy.erase(owner)
    b.refresh_from_db()
    assert (b.npwp_tail, b.npwp_checked_at, b.owned_with_disability) == ("", None, None)
    assert [c.pk for c in b.contacts.all()] == [other.pk]
    assert not world.other_business.contacts.exists()
    kept = Certificate.objects.get()
    assert "Siti" not in kept.issuer
    assert not kept.file
    assert not default_storage.exists(file)
    assert Business.objects.filter(pk=b.pk).exists()
