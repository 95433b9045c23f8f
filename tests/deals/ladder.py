"""What tests of deals share: a deal of the world's business with a named buyer, and steps in one line."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from ekspora.core import clock
from ekspora.core.models import AccessLink, Membership, Person
from ekspora.core.services import links
from ekspora.deals.models import Deal, Inquiry
from ekspora.deals.services import deals, inquiries, steps
from ekspora.demand.models import Encounter, Outcome
from ekspora.directory.models import Buyer
from ekspora.directory.services.buyers import name_buyer
from tests.world import World, at, person

# Some weeks after the event.
LATER = datetime(2027, 4, 20, 3, tzinfo=UTC)
HALF_A_YEAR_ON = datetime(2027, 9, 11, 3, tzinfo=UTC)


def buyer(world: World, name: str = "Kaveri Coffee Traders Pvt Ltd", country: str = "IN") -> Buyer:
    """A named buyer on the lead's list."""
    return name_buyer(
        agency=world.lead, name=name, country=country, kind="importer", values={}, introduced_by=world.mission,
        actor=world.people["lead_officer"],
    )  # fmt: skip


def deal(world: World, *, who: Buyer | None = None, scope: str | None = None, **more: Any) -> Deal:
    """A deal that began at the activity, looked after by the lead's officer."""
    with clock.at(LATER):
        return deals.begin(
            key=more.pop("key", uuid4()), agency=more.pop("agency", world.lead),
            business=more.pop("business", world.business), buyer=who or buyer(world), subject="Kopi sangrai",
            actor=world.people["lead_officer"], scope=world.activity.scope if scope is None else scope,
            mission=world.mission, **more,
        )  # fmt: skip


def step(
    world: World, one: Deal, rung: str, amount: object = None, *, on: date = date(2027, 4, 1),
    actor: str = "lead_officer", currency: str = "USD", **more: Any,
) -> steps.Added:  # fmt: skip
    """A step with a paper; ``amount`` in ``currency`` where given."""
    values = steps.Values(
        rung=rung, happened_on=on, evidence=more.pop("evidence", "document"),
        reference=more.pop("reference", f"Surat {uuid4().hex[:6]}"),
        amount=None if amount is None else Decimal(str(amount)), currency="" if amount is None else currency,
        quantity=more.pop("quantity", None), unit=more.pop("unit", ""),
    )  # fmt: skip
    with clock.at(LATER):
        return steps.add(
            deal=one, key=more.pop("key", uuid4()), values=values, actor=world.people[actor], **more
        )  # fmt: skip


def alone(world: World) -> None:
    """The lead's officer has a colleague."""
    colleague = person("Second Officer")
    Membership.objects.create(person=colleague, agency=world.lead, role="officer")
    world.people["colleague"] = colleague


def encounter(world: World, *, verdict: str = "possible", side: str = "maker") -> Encounter:
    """The meeting of the world's business and the representative of India, told of by one side."""
    key = f"{world.maker.pk}-{world.guest.pk}"
    assert world.guest.representative is not None
    made, _new = Encounter.objects.get_or_create(
        scope=world.activity.scope, key=key,
        defaults={
            "business": world.business, "representative": world.guest.representative, "met_at": at(9),
        },
    )  # fmt: skip
    Outcome.objects.create(
        encounter=made, side=side, key=uuid4().hex, verdict=verdict, told_by=world.people["owner"]
    )
    return made


def forward(world: World, who: Person | None = None) -> AccessLink:
    """The representative's report, passed on."""
    token = links.issue(
        person=who or world.people["representative"], kind=AccessLink.Kind.FORWARD, issued_by=None,
        agency=world.lead, scope=world.activity.scope,
    )  # fmt: skip
    found = links.find(token)
    assert found is not None
    return found


def inquiry(world: World, *, key: UUID | None = None, link: AccessLink | None = None, **said: Any) -> Inquiry:
    """An importer asks about the world's business."""
    values = {
        "name": "Ravi Menon", "company": "Malabar Roasters", "country": "IN", "email": "ravi@malabar.example",
        "words": "Two tonnes of green arabica a month, screen 16.",
    } | said  # fmt: skip
    return inquiries.ask(
        key=key or uuid4(), link=link or forward(world), business=world.business, mission=world.mission,
        agency=world.lead, scope=world.activity.scope, values=values,
    )  # fmt: skip
