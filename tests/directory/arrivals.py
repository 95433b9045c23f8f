"""What came by itself, for tests: an agency that takes in, a registration, a business of the register, a claim."""

from typing import Any
from uuid import UUID, uuid4

from ekspora.core.actors import Actor
from ekspora.core.models import Person
from ekspora.directory.models import Business, Claim, Listing, Reception, Registration, Stewardship
from ekspora.directory.rules import scope_of
from ekspora.directory.services import claims, registrations, stewards
from tests.world import World

PHONE, NIB = "+6281234567890", "9120001234567"
ANSWERS = {
    "name": "Kopi Sari", "product": "Kopi sangrai", "province": "32", "phone": "0812-3456-7890", "agree": "on",
}  # fmt: skip


def open_doors(world: World, *, province: str = "") -> None:
    """The lead takes in businesses, from everywhere unless a province is given."""
    Reception.objects.get_or_create(agency=world.lead, province=province)


def registered(
    world: World, *, name: str = "Kopi Sari", key: UUID | None = None, **values: Any
) -> Registration:
    """A business that registered itself with the lead."""
    facts = {"name": name, "province": "32", "country": "ID", "phone": PHONE} | values
    return registrations.register(
        key=key or uuid4(), agency=world.lead, owner={"name": "Ibu Sari", "phone": PHONE, "language": "id"},
        values=facts, product="Kopi sangrai", agreed="Saya setuju.",
    )  # fmt: skip


def by_link(person: Person) -> Actor:
    """Somebody who came by the link of those who registered themselves."""
    return Actor(person, scope=scope_of(person))


def in_register(world: World, *, owner: str = "Sari Dewi") -> Business:
    """A business as an import makes it: on the lead's list, with an owner who has never come in."""
    made = Business.objects.create(name="Keripik Sari", nib=NIB, phone="+6281111111111", province="32")
    Listing.objects.create(business=made, agency=world.lead)
    person = Person.objects.create(name=owner, phone="+6281111111111")
    stewards.name_owner(business=made, person=person, actor=None)
    return made


def claimed(world: World, person: Person | None = None, **told: str) -> Claim:
    """A person says that a business is theirs; by its NIB unless told otherwise."""
    who = person or world.people["stranger"]
    said = {"name": "Keripik Sari"} | (told or {"nib": NIB})
    return claims.begin(key=uuid4(), person=who, scope=scope_of(who), told=said)


def accepted(world: World, claim: Claim, *, replaces: bool = False) -> Claim:
    """An officer of the lead confirms a claim."""
    officer = world.people["lead_officer"]
    return claims.accept(claim=claim, how="KTP", replaces=replaces, agency=world.lead, actor=officer)


def accompany(world: World, count: int) -> None:
    """The companion acts for so many more businesses; every second one has a product."""
    companion = world.people["companion"]
    for n in range(count):
        made = Business.objects.create(name=f"Usaha {count} {n:02}")
        Stewardship.objects.create(
            business=made,
            person=companion,
            role="companion",
            consent_at="2026-11-01T00:00Z",
            consent_note="lisan",
        )
        if n % 2:
            made.products.create(name="Keripik")
