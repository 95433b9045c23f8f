"""Saying that a business of the register is one's own: what proves it, who decides, what nobody learns."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings as site
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AccessLink, Account, AuditEntry, Message, Person
from ekspora.core.services import erasure, links, outbox, retention
from ekspora.directory.models import Business, Claim, Stewardship
from ekspora.directory.privacy import UNKNOWN_FOR
from ekspora.directory.queries.businesses import own_businesses
from ekspora.directory.rules import scope_of
from ekspora.directory.services import claims, importing, merging
from tests.directory.addresses import an_import
from tests.directory.arrivals import NIB, by_link, claimed, in_register, open_doors
from tests.directory.registers import COFFEE
from tests.world import World, person

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]
REGISTERED = "+6281111111111"


def decide(world: World, claim: Claim, *, accept: bool = True, **options: Any) -> Claim:
    officer = world.people["lead_officer"]
    if accept:
        options = {"replaces": False} | options
        return claims.accept(
            claim=claim, how="Menelepon nomor di NIB", agency=world.lead, actor=officer, **options
        )
    return claims.refuse(claim=claim, reason="KTP berbeda", agency=world.lead, actor=officer)


def chat_link(message: Message, officer: Person) -> str:
    """Release and open the chat; the path of the link in it."""
    outbox.release(agency=message.agency, topic=message.topic, message_ids=[message.pk], officer=officer)
    opened = outbox.open_chat(message=message, officer=officer)
    text = parse_qs(urlsplit(opened).query)["text"][0]
    found = next(word for word in text.split() if word.startswith(site.SITE_URL))
    return found.removeprefix(site.SITE_URL)


def test_a_nib_names_the_business_and_proves_nothing(world: World) -> None:
    known = in_register(world)
    claim = claimed(world)
    assert (claim.business, claim.state, claim.proven_at) == (known, "open", None)
    assert not Message.objects.exists()
    assert not Stewardship.objects.filter(person=claim.person).exists()
    assert not own_businesses(by_link(claim.person)).exists()


def test_the_link_goes_to_the_number_of_the_register_after_an_officer_released_it(
    world: World, client: Client
) -> None:
    known = in_register(world)
    claim = claimed(world, number=REGISTERED)
    message = Message.objects.get()
    assert (message.address, message.state, message.agency) == (REGISTERED, "draft", world.lead)
    assert "Keripik Sari" in message.body
    client.post(chat_link(message, world.people["lead_officer"]))
    address = reverse("my_claim", args=[claim.pk])
    assert client.get(address).context["may_prove"]
    client.post(address, {"code": "x" + claim.code[1:]})
    assert not Stewardship.objects.filter(person=claim.person).exists()  # not without the code
    client.post(address, {"code": claim.code})
    client.post(address, {"code": claim.code})
    claim.refresh_from_db()
    assert claim.state == "accepted"
    assert Stewardship.objects.get(business=known, person=claim.person).role == "owner"
    assert client.get(reverse("my_business", args=[known.pk])).status_code == 200
    assert [one.pk for one in own_businesses(by_link(claim.person))] == [known.pk]
    assert AuditEntry.objects.filter(action="claim.prove").count() == 1


def test_the_claimant_alone_cannot_confirm_it(world: World, client: Client) -> None:
    in_register(world)
    claim = claimed(world, number=REGISTERED)
    token = links.issue(
        person=claim.person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=None,
        scope=scope_of(claim.person),
    )  # fmt: skip
    client.post(reverse("link", args=[token]))
    address = reverse("my_claim", args=[claim.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"code": claim.code}).status_code == 404
    claim.refresh_from_db()
    assert claim.proven_at is None


def test_who_confirms_sees_the_number_of_who_asked_and_needs_the_code_of_their_screen(
    world: World, client: Client
) -> None:
    known = in_register(world)
    thief = person("Sari Dewi", phone="+6281299990000")
    claim = claimed(world, thief, name="Arisan RT 5", nib=NIB, number=REGISTERED)
    message = Message.objects.get()
    assert "+6281299990000" in message.body
    assert "Keripik Sari" in message.body
    assert "Arisan" not in message.body
    client.post(chat_link(message, world.people["lead_officer"]))
    address = reverse("my_claim", args=[claim.pk])
    page = client.get(address).content.decode()
    assert "+6281299990000" in page
    assert "Arisan" not in page
    assert claim.code not in page
    codes = [client.post(address, {"code": f"{n}"}).status_code for n in range(6)]
    assert codes == [302] * 5 + [429]
    assert not known.stewards.filter(person=thief).exists()
    theirs = Client()
    theirs.force_login(Account.objects.get(person=thief), backend="django.contrib.auth.backends.ModelBackend")
    assert claim.code in theirs.get(address).content.decode()


def test_the_link_to_the_number_expires(world: World, client: Client) -> None:
    in_register(world)
    claim = claimed(world, number=REGISTERED)
    link = chat_link(Message.objects.get(), world.people["lead_officer"])
    with clock.at(clock.now() + links.LIFETIME[AccessLink.Kind.PERSONAL] * 2):
        assert client.post(link).status_code == 410
    claim.refresh_from_db()
    assert claim.state == "open"


def test_an_email_of_the_register_proves_it_too(world: World) -> None:
    known = in_register(world)
    Business.objects.filter(pk=known.pk).update(email="Sari@example.org")
    claimed(world, number="sari@example.org")
    message = Message.objects.get()
    assert (message.channel, message.address) == ("email", "sari@example.org")


@pytest.mark.parametrize(
    "told", [{"number": "+6289999999999"}, {"name": "Toko Lain", "number": REGISTERED}, {"nib": "1" * 13}]
)
def test_what_fits_nothing_looks_just_the_same_to_who_claims(
    world: World, client: Client, told: dict[str, str]
) -> None:
    in_register(world)
    pages: list[str] = []
    for one in (
        {"name": "Keripik Sari"} | told,
        {"name": "Keripik Sari"} | {key: _of_register(key) for key in told},
    ):
        who = person(f"Penanya {len(pages)}")
        claim = claims.begin(key=uuid4(), person=who, scope="", told=one)
        client.force_login(
            Account.objects.create(person=who), backend="django.contrib.auth.backends.ModelBackend"
        )
        page = client.get(reverse("my_claim", args=[claim.pk])).content.decode()
        pages.append(_bare(page, claim, who, one))
    assert pages[0] == pages[1]
    assert "Sari Dewi" not in pages[1]


def _of_register(key: str) -> str:
    return {"number": REGISTERED, "nib": NIB, "name": "Keripik Sari"}[key]


def _bare(page: str, claim: Claim, who: Person, told: dict[str, str]) -> str:
    """A page without what the person typed, who they are and tokens."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|data-who="\d+"', "", page)
    for text in (*told.values(), f"/my/claims/{claim.pk}/", who.name, claim.code):
        page = page.replace(text, "…")
    return page


def test_two_who_claim_it_an_officer_decides_and_both_are_told(world: World, sign_in: SignIn) -> None:
    known = in_register(world)
    first, second = claimed(world), claimed(world, person("Penipu", phone="+6282222222222"))
    world.people["stranger"].phone = "+6283333333333"
    world.people["stranger"].save()
    client = sign_in(world, "lead_officer")
    assert second.person.name in client.get(reverse("claim", args=[first.pk])).content.decode()
    client.post(reverse("claim", args=[first.pk]), {"accept": "1", "how": "KTP dilihat", "replaces": "on"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("accepted", "refused")
    assert {m.person for m in Message.objects.filter(state="draft")} == {first.person, second.person}
    assert [s.person for s in known.stewards.all()] == [first.person]


def test_a_link_to_the_number_does_not_overrule_somebody_else_who_claims_or_came_in(world: World) -> None:
    known = in_register(world)
    claim, rival = claimed(world, number=REGISTERED), claimed(world, person("Saingan"))
    claims.prove(claim=claim, code=claim.code, actor=claim.person)
    claim.refresh_from_db()
    assert (claim.state, claim.proven_at is None) == ("open", False)
    claims.withdraw(claim=rival, actor=rival.person)
    claims.withdraw(claim=claim, actor=claim.person)
    owner = known.stewards.get().person
    Account.objects.create(person=owner, last_login=clock.now())
    again = claimed(world, number=REGISTERED)
    assert claims.prove(claim=again, code=again.code, actor=again.person).state == "open"


def test_officers_say_how_and_only_of_businesses_they_keep(world: World, sign_in: SignIn) -> None:
    in_register(world)
    claim = claimed(world)
    client = sign_in(world, "lead_officer")
    client.post(reverse("claim", args=[claim.pk]), {"accept": "1", "how": ""})
    claim.refresh_from_db()
    assert claim.state == "open"
    foreign = sign_in(world, "other_officer")
    assert foreign.get(reverse("claim", args=[claim.pk])).status_code == 404
    assert foreign.post(reverse("claim", args=[claim.pk]), {"accept": "1", "how": "ya"}).status_code == 404
    assert "Keripik" not in foreign.get(reverse("arrived")).content.decode()


def test_refused_with_words_that_reach_the_claimant(world: World, client: Client) -> None:
    in_register(world)
    claim = claimed(world)
    decide(world, claim, accept=False)
    client.force_login(world.account("stranger"), backend="django.contrib.auth.backends.ModelBackend")
    assert "KTP berbeda" in client.get(reverse("my_claim", args=[claim.pk])).content.decode()
    assert "KTP berbeda" in Message.objects.get(person=claim.person).body


def test_a_confirmed_owner_is_replaced_only_when_the_officer_says_so(world: World) -> None:
    known = in_register(world)
    first = decide(world, claimed(world))
    second = claimed(world, person("Pemilik baru"))
    with pytest.raises(DomainError):
        decide(world, second)
    decide(world, second, replaces=True)
    first.refresh_from_db()
    assert first.state == "ended"
    assert [s.person for s in known.stewards.all()] == [second.person]
    assert not own_businesses(by_link(first.person)).exists()


def test_saying_it_twice_is_one_claim(world: World) -> None:
    in_register(world)
    assert claimed(world) == claimed(world)
    assert claimed(world, nib="1" * 13) == claimed(world, nib="1" * 13)
    assert Claim.objects.count() == 2
    assert AuditEntry.objects.filter(action="claim.begin").count() == 2


def test_constraints_hold_one_open_and_one_confirmed(world: World) -> None:
    known = in_register(world)
    claim = decide(world, claimed(world))
    for state, who in (("accepted", person("Kedua")), ("refused", person("Ketiga"))):
        reason = "ya" if state == "accepted" else ""
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.create(
                business=known, person=who, name="x", state=state, decided_at=claim.decided_at, reason=reason
            )
    Claim.objects.create(business=known, person=claim.person, name="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(business=known, person=claim.person, name="x")


def test_who_acts_for_it_already_is_told_so(world: World) -> None:
    known = in_register(world)
    with pytest.raises(DomainError):
        claimed(world, known.stewards.get().person)


def test_one_person_claims_five_times_a_day(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    codes = [
        client.post(reverse("claim_new"), {"name": "X", "nib": f"{n}" * 13, "key": str(uuid4())}).status_code
        for n in range(6)
    ]
    assert codes == [302] * 5 + [429]


def test_neither_strangers_nor_officers_nor_guests_claim(world: World, sign_in: SignIn) -> None:
    in_register(world)
    claim = claimed(world, world.people["owner"])
    for name in ("other_owner", "stranger", "representative", "lead_officer"):
        assert sign_in(world, name).get(reverse("my_claim", args=[claim.pk])).status_code == 404
        assert sign_in(world, name).post(reverse("my_claim_withdraw", args=[claim.pk])).status_code == 404
    assert sign_in(world, "representative").get(reverse("claim_new")).status_code == 404
    claim.refresh_from_db()
    assert claim.state == "open"


def test_a_claim_moves_with_a_business_that_was_made_one_with_another(world: World) -> None:
    known = in_register(world)
    claim = claimed(world)
    twin = Business.objects.create(name="Keripik Sari")
    twin.listings.create(agency=world.lead)
    merging.merge(kept=twin, gone=known, agency=world.lead, actor=None)
    claim.refresh_from_db()
    assert claim.business == twin
    assert decide(world, claim).state == "accepted"


def test_an_erased_claimant_leaves_no_words(world: World) -> None:
    in_register(world)
    claim = claimed(world, number=REGISTERED)
    erasure.erase(person=claim.person)
    claim.refresh_from_db()
    assert (claim.state, claim.number, claim.nib) == ("withdrawn", "", "")


def test_a_claim_that_fits_nothing_is_kept_for_a_time_only(world: World) -> None:
    in_register(world)
    unknown, known = claimed(world, nib="1" * 13), claimed(world)
    later = unknown.begun_at + UNKNOWN_FOR + timedelta(days=1)
    with clock.at(later - timedelta(days=2)):
        retention.tidy()
    assert Claim.objects.count() == 2
    with clock.at(later):
        retention.tidy()
    assert list(Claim.objects.all()) == [known]


def test_undoing_an_import_keeps_a_business_that_somebody_has_claimed(world: World) -> None:
    source = an_import(world)
    importing.write(source=source)
    known = Business.objects.get(nib=COFFEE[1])
    decide(world, claimed(world, nib=COFFEE[1]))
    importing.undo(source=source, actor=world.actor("lead_officer"))
    assert known.stewards.filter(person=world.people["stranger"]).exists()


def test_the_home_pages_show_what_waits(world: World, sign_in: SignIn) -> None:
    in_register(world)
    claim = claimed(world, world.people["owner"])
    assert (
        reverse("my_claim", args=[claim.pk]) in sign_in(world, "owner").get(reverse("home")).content.decode()
    )
    assert reverse("arrived") in sign_in(world, "lead_officer").get(reverse("home")).content.decode()


def test_taking_it_back_takes_the_message_out_of_the_queue(world: World) -> None:
    in_register(world)
    claim = claimed(world, number=REGISTERED)
    claims.withdraw(claim=claim, actor=claim.person)
    assert not Message.objects.exists()
    with pytest.raises(Conflict):
        decide(world, claim)


def test_a_known_nib_is_claimed_once_when_the_form_is_sent_twice(world: World) -> None:
    open_doors(world)
    in_register(world)
    key, before = uuid4(), Person.objects.count()
    owner = {"name": "Sari", "phone": "+6284444444444", "language": "id"}
    for _ in range(2):
        claims.begin_as_newcomer(key=key, owner=owner, told={"name": "K", "nib": NIB}, agreed="Ya")
    assert (Claim.objects.count(), Person.objects.count()) == (1, before + 1)
