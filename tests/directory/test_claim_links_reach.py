"""The link that asks whose a business is reaches that question: nothing else is done in the name of who claimed it."""

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core import privacy, queries
from ekspora.core.models import AccessLink, Message
from ekspora.core.services import links, outbox
from ekspora.directory.models import Claim
from ekspora.directory.services import businesses, claims, stewards
from tests.directory.arrivals import by_link, claimed, in_register, open_doors
from tests.world import World

pytestmark = pytest.mark.django_db
REGISTERED = "+6281111111111"


def asked(world: World, name: str = "stranger") -> tuple[Claim, str]:
    """A claim of a named person, and the token of the link that went to the number of the register."""
    in_register(world)
    claim = claimed(world, world.people[name], number=REGISTERED)
    token = links.issue(
        person=claim.person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=claim.own_scope,
    )  # fmt: skip
    return claim, token


def test_that_it_was_opened_is_not_among_the_data_of_who_claimed(world: World) -> None:
    claim, token = asked(world)
    own = links.issue(
        person=claim.person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=None, scope=claim.scope
    )
    links.use(token=own)
    actor = by_link(claim.person)
    before = privacy.everything_about(actor)["actions"]
    assert [row["action"] for row in before].count("link.use") == 1
    links.use(token=token)
    assert privacy.everything_about(actor)["actions"] == before


def test_it_asks_for_nobodys_erasure(world: World, client: Client) -> None:
    _claim, token = asked(world)
    client.post(reverse("link", args=[token]))
    assert client.post(reverse("my_data_ask")).status_code == 404
    assert not queries.asked_to_erase(frozenset({world.lead.pk}))


def test_it_registers_and_claims_nothing_for_an_owner(world: World, client: Client) -> None:
    open_doors(world)
    claim, token = asked(world, "owner")
    client.post(reverse("link", args=[token]))
    assert client.get(reverse("my_claim", args=[claim.pk])).status_code == 200
    for page in ("my_business_new", "claim_new"):
        assert client.get(reverse(page)).status_code == 404


def test_a_companion_proves_nothing_by_a_number_they_could_have_put_there(world: World) -> None:
    known, companion = in_register(world), world.people["companion"]
    stewards.name_companion(business=known, person=companion, consent="lisan", actor=None)
    businesses.edit(business=known, actor=companion, values={"phone": "+628777777777"})
    account = world.account("companion")
    account.last_login = account.date_joined
    account.save()
    claim = claimed(world, number="+628777777777")  # as somebody nobody knows
    claims.prove(claim=claim, code=claim.code, actor=claim.person)
    claim.refresh_from_db()
    assert (claim.state, claim.proven_at is None) == ("open", False)


def test_saying_the_same_again_undoes_nothing_an_officer_did_with_the_question(world: World) -> None:
    officer = world.people["lead_officer"]
    asked(world)
    question = Message.objects.get()
    outbox.release(agency=world.lead, topic=question.topic, message_ids=[question.pk], officer=officer)
    outbox.open_chat(message=question, officer=officer)
    claimed(world, number=REGISTERED)
    outbox.mark_sent(message=question, officer=officer)
    assert Message.objects.get().state == "sent"


def test_a_question_taken_out_of_the_queue_stays_out(world: World) -> None:
    asked(world)
    outbox.cancel(message=Message.objects.get(), officer=world.people["lead_officer"])
    claimed(world, number=REGISTERED)
    assert Message.objects.get().state == "cancelled"
