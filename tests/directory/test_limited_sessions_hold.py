"""My data by a link is what its limits hold, in every section: a link is forwarded before anybody thinks of it."""

from uuid import uuid4

import pytest
from django.db import transaction

from ekspora.core import privacy
from ekspora.core.actors import Actor
from ekspora.core.models import Job, Membership, Person
from ekspora.core.services import audit
from ekspora.deals.models import Commitment, Deal
from ekspora.demand.models import Demand, Encounter, Outcome
from ekspora.directory.models import Buyer, BuyerNote, Note, SavedFilter
from ekspora.directory.services import businesses
from ekspora.meetings.models import Wish
from ekspora.programmes.models import Feedback, Participation
from tests.directory.arrivals import by_link, registered
from tests.world import World, activity, at

pytestmark = pytest.mark.django_db


def _far(world: World, person: Person) -> None:
    """What a person noted, kept and did beyond any link."""
    buyer = Buyer.objects.create(name="Mumbai Spices", country="IN")
    BuyerNote.objects.create(buyer=buyer, agency=world.lead, person=person, text="Lama di sana")
    Note.objects.create(business=world.other_business, agency=world.lead, author=person, text="Rapi")
    SavedFilter.objects.create(agency=world.lead, person=person, name="Jabar", query="province=32")
    Job.objects.create(kind="directory.import", person=person, agency=world.lead)
    Membership.objects.create(person=person, agency=world.lead, role=Membership.Role.CURATOR)
    businesses.edit(business=world.other_business, actor=person, values={"about": "Batik tulis"})
    with transaction.atomic():
        audit.record(agency=world.lead, actor=person, action="filter.save", target=SavedFilter.objects.get())


SECTIONS = ("buyers", "notes_written", "saved_filters", "jobs", "roles")


@pytest.mark.parametrize("by", ["activity", "person"])
def test_a_link_takes_along_nothing_an_officer_or_buyer_s_contact_keeps(world: World, by: str) -> None:
    if by == "activity":
        person, limited = world.people["owner"], Actor(world.people["owner"], scope=world.activity.scope)
        near = world.business
    else:
        made = registered(world)
        person, limited, near = made.person, by_link(made.person), made.business
    _far(world, person)
    businesses.edit(business=near, actor=person, values={"about": "Kopi"})
    everything, found = privacy.everything_about(Actor(person)), privacy.everything_about(limited)
    for section in SECTIONS:
        assert len(everything[section]) == 1, section
        assert found[section] == [], section
    told = {(one["target_type"], one["target_id"]) for one in found["actions"]}
    assert ("directory.business", str(near.pk)) in told
    assert ("directory.business", str(world.other_business.pk)) not in told
    assert not {kind for kind, _pk in told} & {"directory.savedfilter", "core.membership"}
    assert len(everything["actions"]) > len(found["actions"])


def test_a_link_into_one_activity_tells_nothing_of_another(world: World) -> None:
    guest, owner = world.people["representative"], world.people["owner"]
    other, known = activity(world.lead, name="Pameran lain"), world.guest.representative
    assert known is not None
    rows = [
        Participation.objects.create(activity=other, side="guest", representative=known),
        Participation.objects.create(activity=other, side="maker", business=world.business, person=owner),
    ]
    Wish.objects.create(activity=other, chooser=rows[0], chosen=rows[1], mark="must", marked_by=guest)
    met = Encounter.objects.create(
        scope=other.scope, key="x", business=world.business, representative=known, met_at=at(9)
    )  # fmt: skip
    Outcome.objects.create(encounter=met, side="guest", key=str(uuid4()), verdict="met", told_by=guest)
    Demand.objects.create(
        representative=known, text="Coffee", agency=world.lead, encounter=met, owner=guest
    )  # fmt: skip
    Commitment.objects.create(
        scope=other.scope, encounter=met, kind="other", text="Sampel", side="guest", business=world.business,
        representative=known, owner=guest, agency=world.lead, due=at(9).date(), created_by=guest,
    )  # fmt: skip
    buyer = Buyer.objects.create(name="Mumbai Spices", country="IN")
    Deal.objects.create(
        business=world.business, buyer=buyer, subject="Kopi", agency=world.lead, owner=guest, scope=other.scope
    )  # fmt: skip
    Feedback.objects.create(participation=rows[0], given_by=guest, score=4)
    sections = (
        "marks", "outcomes", "demands", "demands_owned", "promises", "deals", "feedback", "participations",
    )  # fmt: skip
    here = privacy.everything_about(Actor(guest, scope=world.activity.scope))
    there = privacy.everything_about(Actor(guest, scope=other.scope))
    everything = privacy.everything_about(Actor(guest))
    for section in sections:
        assert [row for row in here[section] if row in there[section]] == [], section
        assert len(here[section]) < len(everything[section]), section
    for section in ("marks", "outcomes", "demands", "promises", "deals", "feedback"):
        assert len(there[section]) == 1, section
