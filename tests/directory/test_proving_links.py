"""The link to the number of the register ends with the claim, and with the number."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.errors import Conflict
from ekspora.core.models import AccessLink, Job, Message, Person
from ekspora.core.services import jobs, links, outbox, people
from ekspora.directory.models import Business, Claim
from ekspora.directory.services import businesses, claims
from tests.directory.arrivals import accepted, claimed, in_register
from tests.world import World

pytestmark = pytest.mark.django_db
REGISTERED = "+6281111111111"
Change = Callable[[World, Claim], object]


def to_prove(world: World) -> tuple[Claim, str]:
    """A claim whose question went to the number of the register; the path of its link."""
    known = in_register(world)
    known.stewards.all().delete()
    claim = claimed(world, number=REGISTERED)
    token = links.issue(
        person=claim.person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=claim.own_scope, target=reverse("my_claim", args=[claim.pk]),
    )  # fmt: skip
    return claim, reverse("link", args=[token])


def corrected(world: World, claim: Claim) -> object:
    assert claim.business is not None
    values = {"phone": "+6282222222222"}
    return businesses.edit(business=claim.business, actor=world.people["lead_officer"], values=values)


def refused(world: World, claim: Claim) -> object:
    officer = world.people["lead_officer"]
    return claims.refuse(claim=claim, reason="KTP lain", agency=world.lead, actor=officer)


def taken_back(_world: World, claim: Claim) -> object:
    return claims.withdraw(claim=claim, actor=claim.person)


CHANGES = pytest.mark.parametrize("change", [corrected, refused, accepted, taken_back])


@CHANGES
def test_it_opens_nothing_any_more(world: World, change: Change) -> None:
    claim, path = to_prove(world)
    assert Client().post(path).status_code == 302
    change(world, claim)
    assert Client().get(path).status_code == 410
    assert Client().post(path).status_code == 410


@CHANGES
def test_a_session_it_began_ends(world: World, client: Client, change: Change) -> None:
    claim, path = to_prove(world)
    client.post(path)
    assert client.get(reverse("my_claim", args=[claim.pk])).status_code == 200
    change(world, claim)
    assert client.get(reverse("my_claim", args=[claim.pk])).status_code == 302
    answer = client.post(reverse("my_claim", args=[claim.pk]), {"code": claim.code})
    assert answer["Location"].startswith(reverse("account_login"))
    claim.refresh_from_db()
    assert claim.proven_at is None


def test_an_owners_number_put_right_by_themselves_ends_it_too(world: World) -> None:
    known = in_register(world)
    Business.objects.filter(pk=known.pk).update(phone="")
    claim = claimed(world, number=REGISTERED)
    owner = Person.objects.get(phone=REGISTERED)
    people.correct(person=owner, name=owner.name, phone="+6283333333333", has_whatsapp=True)
    with pytest.raises(Conflict):
        claims.prove(claim=claim, code=claim.code, actor=claim.person)


def test_who_was_confirmed_by_it_goes_on_and_the_link_is_closed(world: World, client: Client) -> None:
    claim, path = to_prove(world)
    client.post(path)
    client.post(reverse("my_claim", args=[claim.pk]), {"code": claim.code})
    assert client.get(reverse("my_business", args=[claim.business_id])).status_code == 200
    assert Client().post(path).status_code == 410


def test_the_home_page_of_such_a_session_leads_to_the_question(world: World, client: Client) -> None:
    claim, path = to_prove(world)
    client.post(path)
    page = client.get(reverse("home")).content.decode()
    assert reverse("my_claim", args=[claim.pk]) in page
    assert "card next" in page


@pytest.mark.parametrize("channel", ["whatsapp", "email"])
def test_a_question_to_a_number_that_was_put_right_is_not_sent(
    world: World, mailoutbox: list[object], channel: str
) -> None:
    known, officer = in_register(world), world.people["lead_officer"]
    Business.objects.filter(pk=known.pk).update(email="lama@example.org")
    claimed(world, number=REGISTERED if channel == "whatsapp" else "lama@example.org")
    message = Message.objects.get()
    Person.objects.filter(phone=REGISTERED).update(phone="")
    values = {"phone": "+6282222222222", "email": "baru@example.org"}
    businesses.edit(business=known, actor=officer, values=values)
    outbox.release(agency=world.lead, topic=message.topic, message_ids=[message.pk], officer=officer)
    if channel == "whatsapp":
        with pytest.raises(Conflict):
            outbox.open_chat(message=message, officer=officer)
    else:
        jobs.run_job.func(Job.objects.get(kind=outbox.SEND).pk)
    message.refresh_from_db()
    assert message.state == "cancelled"
    assert not mailoutbox
    assert not AccessLink.objects.exists()
