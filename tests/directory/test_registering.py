"""Owners and companions register businesses: in a few answers, once, without learning anything of others."""

import gzip
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as site
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ekspora.core import clock, privacy
from ekspora.core.actors import Actor
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AccessLink, Account, AuditEntry, Message, Person
from ekspora.core.services import erasure, links
from ekspora.directory.models import Business, Claim, Product, Reception, Registration, Statement, Stewardship
from ekspora.directory.queries.arrivals import AGAIN
from ekspora.directory.queries.businesses import own_businesses
from ekspora.directory.services import claims, merging, registrations
from ekspora.directory.services.consents import Said
from tests.directory.addresses import jpeg
from tests.directory.arrivals import (
    ANSWERS,
    NIB,
    PHONE,
    by_link,
    claimed,
    in_register,
    open_doors,
    registered,
)
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]
LIMIT = 60 * 1024


def answers(client: Client, **changed: Any) -> dict[str, Any]:
    """The form as a browser would send it back."""
    form = client.get(reverse("register")).context["form"]
    return ANSWERS | {"key": str(form.fields["key"].initial)} | changed


def test_an_owner_registers_and_is_in_with_a_key_of_their_own(world: World, client: Client) -> None:
    open_doors(world)
    assert reverse("register") in client.get(reverse("home")).content.decode()
    answer = client.post(reverse("register"), answers(client, person="Ibu Sari"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("my_key"))
    made = Registration.objects.get()
    assert (made.agency, made.state, made.person.name, made.person.phone) == (
        world.lead,
        "open",
        "Ibu Sari",
        PHONE,
    )
    assert made.business.products.get().name == "Kopi sangrai"
    assert Stewardship.objects.get(business=made.business).role == "owner"
    assert client.session["link_scope"] == f"person:{made.person.pk}"
    assert client.get(reverse("my_business", args=[made.business.pk])).status_code == 200
    page = client.get(reverse("home")).content.decode()
    assert "Kopi Sari" in page
    assert "card next" in page


def test_what_was_agreed_to_is_kept_in_its_words_and_every_fact_says_it_is_the_owners(
    world: World, client: Client
) -> None:
    open_doors(world)
    page = client.get(reverse("register")).content.decode()
    client.post(reverse("register"), answers(client))
    made = Registration.objects.get()
    assert made.consent is not None
    assert made.consent.wording in page
    assert set(Statement.objects.values_list("source", "verified_at")) == {("owner", None)}
    assert AuditEntry.objects.get(action="arrival.register").agency == world.lead


def test_without_agreeing_nothing_is_stored(world: World, client: Client) -> None:
    open_doors(world)
    before = Person.objects.count()
    answer = client.post(reverse("register"), answers(client, agree=""))
    assert answer.status_code == 422
    assert (Registration.objects.count(), Person.objects.count()) == (0, before)


def test_until_an_agency_keeps_it_it_is_on_nobodys_list(world: World, sign_in: SignIn) -> None:
    made = registered(world)
    assert not made.business.listings.exists()
    client = sign_in(world, "lead_officer")
    assert client.get(reverse("business", args=[made.business.pk])).status_code == 404
    assert reverse("arrived") in client.get(reverse("home")).content.decode()
    assert "Kopi Sari" in client.get(reverse("arrived")).content.decode()
    page = client.get(reverse("registration", args=[made.pk])).content.decode()
    assert PHONE in page
    client = sign_in(world, "other_officer")
    assert "Kopi Sari" not in client.get(reverse("arrived")).content.decode()
    assert client.get(reverse("registration", args=[made.pk])).status_code == 404


def test_the_same_form_twice_is_one_business_and_lets_the_same_person_in(world: World) -> None:
    open_doors(world)
    first, second = Client(), Client()
    data = answers(first)
    first.post(reverse("register"), data)
    answer = second.post(reverse("register"), data)
    assert answer["Location"] == reverse("my_key")
    assert (Registration.objects.count(), Business.objects.filter(name="Kopi Sari").count()) == (1, 1)
    assert first.session["_auth_user_id"] == second.session["_auth_user_id"]


def test_an_old_form_or_one_that_says_otherwise_lets_nobody_in(world: World) -> None:
    open_doors(world)
    client = Client()
    data = answers(client)
    client.post(reverse("register"), data)
    stranger = Client()
    assert stranger.post(reverse("register"), data | {"phone": "0812-9999-9999"}).status_code == 422
    with clock.at(clock.now() + AGAIN * 2):
        assert stranger.post(reverse("register"), data).status_code == 422
    assert "_auth_user_id" not in stranger.session
    assert Registration.objects.count() == 1


def test_a_number_that_is_known_opens_nothing_of_whose_it_is(world: World, client: Client) -> None:
    open_doors(world)
    known = in_register(world)
    client.post(reverse("register"), answers(client, name=known.name, phone="0811-1111-1111"))
    made = Registration.objects.get()
    assert made.person not in Person.objects.filter(stewardships__business=known)
    assert client.get(reverse("my_business", args=[known.pk])).status_code == 404
    assert client.get(reverse("my_business", args=[made.business.pk])).status_code == 200


def test_a_known_nib_leads_to_claiming_and_shows_nothing_of_the_record(world: World, client: Client) -> None:
    open_doors(world)
    known = in_register(world)
    data = answers(client, nib=NIB)
    answer = client.post(reverse("register"), data)
    claim = Claim.objects.get()
    assert answer["Location"] == reverse("my_claim", args=[claim.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "Kopi Sari" in page
    assert known.name not in page
    assert known.phone not in page
    assert "Sari Dewi" not in page
    assert Client().post(reverse("register"), data)["Location"] == answer["Location"]
    assert (Claim.objects.count(), Registration.objects.count()) == (1, 0)
    assert client.get(reverse("my_business", args=[known.pk])).status_code == 404


def test_a_later_import_does_not_hand_a_self_registered_person_another_business(world: World) -> None:
    made = registered(world)
    theirs = in_register(world)
    Stewardship.objects.create(business=theirs, person=made.person, role="owner")
    assert [one.pk for one in own_businesses(by_link(made.person))] == [made.business.pk]


def test_the_province_decides_which_office_and_two_are_asked_for(world: World, client: Client) -> None:
    Reception.objects.create(agency=world.elsewhere, province="")
    Reception.objects.create(agency=world.lead, province="32")
    Reception.objects.create(agency=world.co, province="32")
    data = answers(client)
    asked = client.post(reverse("register"), data)
    assert asked.status_code == 422
    assert {office.pk for office in asked.context["form"].offices} == {world.lead.pk, world.co.pk}
    assert client.post(reverse("register"), data | {"agency": world.elsewhere.pk}).status_code == 422
    assert client.post(reverse("register"), data | {"agency": world.co.pk}).status_code == 302
    assert Registration.objects.get().agency == world.co
    fresh = Client()
    assert fresh.post(reverse("register"), answers(fresh, province="73")).status_code == 302
    assert Registration.objects.latest("pk").agency == world.elsewhere


def test_where_no_office_takes_in_the_page_says_so(world: World, client: Client) -> None:
    page = client.get(reverse("register")).content.decode()
    assert 'name="phone"' not in page
    open_doors(world, province="73")
    answer = client.post(reverse("register"), ANSWERS | {"key": str(uuid4())})
    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_one_number_registers_a_few_times_an_hour(world: World, settings: Any) -> None:
    open_doors(world)
    settings.ACCOUNT_RATE_LIMITS = site.ACCOUNT_RATE_LIMITS | {"register": "2/h/key"}
    codes = []
    for _ in range(3):
        client = Client()
        codes.append(client.post(reverse("register"), answers(client)).status_code)
    assert codes == [302, 302, 429]
    other = Client()
    assert other.post(reverse("register"), answers(other, phone="0813-2222-1111")).status_code == 302


def test_what_is_to_be_corrected_takes_nothing_from_a_class_behind_one_address(
    world: World, settings: Any
) -> None:
    Reception.objects.create(agency=world.lead, province="32")
    Reception.objects.create(agency=world.co, province="32")
    settings.ACCOUNT_RATE_LIMITS = site.ACCOUNT_RATE_LIMITS | {"register": "3/h/ip,2/h/key"}
    codes = []
    for n in range(4):
        client = Client()
        data = ANSWERS | {"key": str(uuid4()), "name": f"Usaha {n}", "phone": f"08129999000{n}"}
        asked = client.post(reverse("register"), data).status_code
        codes.append((asked, client.post(reverse("register"), data | {"agency": world.lead.pk}).status_code))
    assert codes == [(422, 302)] * 3 + [(422, 429)]


def test_however_a_number_is_written_it_is_one_number(world: World, settings: Any) -> None:
    open_doors(world)
    settings.ACCOUNT_RATE_LIMITS = site.ACCOUNT_RATE_LIMITS | {"register": "2/h/key"}
    ways = ["", "", "", "0812-3456-7890", "+62 812 3456 7890", "081234567890 (WA)"]
    forms = [ANSWERS | {"key": str(uuid4()), "phone": way} for way in ways]
    codes = [Client().post(reverse("register"), form).status_code for form in forms]
    assert codes == [422] * 3 + [302, 302, 429]


def test_the_first_visit_is_light_and_needs_no_script(world: World, client: Client) -> None:
    open_doors(world)
    page = client.get(reverse("register")).content
    loaded = re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page)
    files = [Path(str(finders.find(name.decode()))).read_bytes() for name in loaded]
    weight = sum(len(gzip.compress(part)) for part in (page, *files))
    assert weight < LIMIT, f"{weight} bytes"


# The key to come back


def test_the_key_is_shown_once_and_opens_only_what_they_brought_in(world: World, client: Client) -> None:
    open_doors(world)
    client.post(reverse("register"), answers(client))
    made = Registration.objects.get()
    shown = client.post(reverse("my_key"), {"show": "1"}).context["address"]
    chat = client.post(reverse("my_key"), {"chat": "1"})["Location"]
    assert chat.startswith(f"https://wa.me/{PHONE.lstrip('+')}?text=")
    assert shown not in client.get(reverse("my_key")).content.decode()
    again = Client()
    again.post(shown.removeprefix(site.SITE_URL))
    assert again.session["link_scope"] == f"person:{made.person.pk}"
    assert again.get(reverse("my_business", args=[made.business.pk])).status_code == 200
    link = AccessLink.objects.latest("pk")
    assert (link.agency, link.person) == (world.lead, made.person)


def test_a_link_into_an_activity_makes_no_key(world: World, client: Client) -> None:
    token = links.issue(
        person=world.people["owner"], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=world.activity.scope,
    )  # fmt: skip
    client.post(reverse("link", args=[token]))
    assert client.post(reverse("my_key"), {"show": "1"}).status_code == 404


def test_an_expired_key_opens_nothing(world: World, client: Client) -> None:
    open_doors(world)
    client.post(reverse("register"), answers(client))
    shown = client.post(reverse("my_key"), {"show": "1"}).context["address"].removeprefix(site.SITE_URL)
    with clock.at(clock.now() + links.LIFETIME[AccessLink.Kind.PERSONAL] * 2):
        late = Client()
        assert late.post(shown).status_code == 410
        assert client.get(reverse("home")).wsgi_request.user.is_anonymous


# What officers decide


def test_keeping_puts_it_on_the_list_and_prepares_word_to_the_owner(world: World, sign_in: SignIn) -> None:
    made = registered(world)
    client = sign_in(world, "lead_officer")
    answer = client.post(reverse("registration", args=[made.pk]), {"keep": "1"})
    assert answer["Location"] == reverse("business", args=[made.business.pk])
    assert made.business.listed_by.get() == world.lead
    message = Message.objects.get()
    assert (message.person, message.state, message.link_scope) == (
        made.person,
        "draft",
        f"person:{made.person.pk}",
    )
    late = client.post(reverse("registration", args=[made.pk]), {"refuse": "1", "how": "Salah"})
    assert late.status_code == 302
    made.refresh_from_db()
    assert made.state == "kept"


def test_a_business_that_is_known_already_becomes_one_and_its_owner_claims_it(
    world: World, sign_in: SignIn
) -> None:
    known = in_register(world)
    made = registered(world, name="Keripik Sari", phone=known.phone)
    client = sign_in(world, "lead_officer")
    assert known in client.get(reverse("registration", args=[made.pk])).context["alike"]
    answer = client.post(reverse("registration", args=[made.pk]), {"known": known.pk})
    claim = Claim.objects.get()
    assert answer["Location"] == reverse("claim", args=[claim.pk])
    assert (claim.person, claim.business, claim.state) == (made.person, known, "open")
    assert {m.key for m in Message.objects.all()} == {
        f"claim:{claim.pk}:prove",
        f"registration:{made.pk}:kept",
    }
    assert known.products.get().name == "Kopi sangrai"
    assert not made.business.listings.exists()
    assert not own_businesses(by_link(made.person)).exists()
    client.post(answer["Location"], {"accept": "1", "how": "Menelepon nomor di daftar"})
    assert [one.pk for one in own_businesses(by_link(made.person))] == [known.pk]


def test_being_known_puts_nobody_beside_a_confirmed_owner(world: World) -> None:
    known = in_register(world)
    officer = world.people["lead_officer"]
    first = claimed(world)
    claims.accept(claim=first, how="KTP", replaces=True, agency=world.lead, actor=officer)
    Business.objects.filter(pk=known.pk).update(phone="")
    made = registered(world, name="Keripik Sari")
    claim = registrations.is_known(registration=made, business=known, actor=officer)
    assert claim is not None
    assert [one.person for one in known.stewards.all()] == [first.person]
    with pytest.raises(DomainError):
        claims.accept(claim=claim, how="KTP", replaces=False, agency=world.lead, actor=officer)
    known.refresh_from_db()
    assert known.phone == ""  # a link sent to what the stranger wrote would prove nothing


def test_a_companion_of_a_known_business_comes_with_its_confirmed_owner(world: World) -> None:
    known, companion, officer = in_register(world), world.people["companion"], world.people["lead_officer"]
    made = registrations.add(
        key=uuid4(), agency=world.lead, person=companion, scope="", values={"name": "Keripik Sari"},
        product="Keripik", agreed="Ya", owner={"name": "Ibu Sari", "phone": PHONE, "language": "id"},
        said=Said("WA", date(2026, 11, 3)),
    )  # fmt: skip
    claim = registrations.is_known(registration=made, business=known, actor=officer)
    assert claim is not None
    assert not known.stewards.filter(person=companion).exists()
    claims.accept(claim=claim, how="KTP", replaces=False, agency=world.lead, actor=officer)
    assert known.stewards.get(person=companion).consent_note == "WA"


def test_it_is_not_made_one_with_a_business_of_another_agency(world: World, sign_in: SignIn) -> None:
    foreign = Business.objects.create(name="Kopi Sari")
    foreign.listings.create(agency=world.elsewhere)
    made = registered(world)
    client = sign_in(world, "lead_officer")
    address = reverse("registration", args=[made.pk])
    assert foreign not in client.get(address).context["alike"]
    assert client.post(address, {"known": foreign.pk}).status_code == 404
    made.refresh_from_db()
    assert made.state == "open"


def test_refusing_needs_words_frees_the_nib_and_leaves_the_record_to_its_owner(world: World) -> None:
    made = registered(world, nib=NIB)
    officer = world.people["lead_officer"]
    with pytest.raises(DomainError):
        registrations.refuse(registration=made, reason=" ", actor=officer)
    registrations.refuse(registration=made, reason="Bukan usaha", actor=officer)
    with pytest.raises(Conflict):
        registrations.keep(registration=made, actor=officer)
    made.refresh_from_db()
    assert (made.state, made.reason, made.business.nib) == ("refused", "Bukan usaha", "")
    assert own_businesses(by_link(made.person)).exists()
    assert "Bukan usaha" in Message.objects.get().body


def test_an_agency_says_from_where_it_takes_in(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    data = {"agency": world.lead.pk, "provinces": ["32", "33"]}
    client.post(reverse("reception"), data)
    client.post(reverse("reception"), {"agency": world.lead.pk, "provinces": ["33"], "everywhere": "on"})
    assert set(world.lead.receptions.values_list("province", flat=True)) == {"33", ""}
    assert client.post(reverse("reception"), data | {"agency": world.elsewhere.pk}).status_code == 404
    assert not world.elsewhere.receptions.exists()


# Companions


def further(**changed: Any) -> dict[str, Any]:
    return ANSWERS | {
        "owner": "Pak Budi", "how": "lewat WhatsApp", "when": "2026-11-03", "key": str(uuid4()),
    } | changed  # fmt: skip


def test_a_companion_registers_with_the_owners_consent(world: World, sign_in: SignIn) -> None:
    open_doors(world)
    client = sign_in(world, "companion")
    data = further()
    paper = SimpleUploadedFile("izin.jpg", jpeg())
    first = client.post(reverse("my_business_new"), data | {"paper": paper})
    again = client.post(reverse("my_business_new"), data)
    made = Registration.objects.get()
    assert first["Location"] == again["Location"] == reverse("my_business", args=[made.business.pk])
    roles = {s.person.name: (s.role, s.consent_note) for s in made.business.stewards.select_related("person")}
    assert roles["Pak Budi"] == ("owner", "")
    assert roles["Companion"][0] == "companion"
    assert roles["Companion"][1].startswith("Pak Budi, lewat WhatsApp, ")
    assert made.consent is not None
    assert "Pak Budi" in made.consent.wording
    assert client.get(reverse("my_business", args=[made.business.pk])).status_code == 200
    officer = sign_in(world, "lead_officer")
    assert officer.get(reverse("consent_letter", args=[made.pk]))["Content-Type"] == "image/jpeg"
    assert sign_in(world, "other_officer").get(reverse("consent_letter", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("missing", ["owner", "how", "when", "agree"])
def test_without_consent_a_companion_registers_nothing(world: World, sign_in: SignIn, missing: str) -> None:
    open_doors(world)
    answer = sign_in(world, "companion").post(reverse("my_business_new"), further(**{missing: ""}))
    assert answer.status_code == 422
    assert missing in answer.context["form"].errors
    assert not Registration.objects.exists()


def test_what_a_companion_registers_by_a_link_into_an_activity_stays_within_that_link(
    world: World, client: Client
) -> None:
    open_doors(world)
    token = links.issue(
        person=world.people["companion"], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=world.activity.scope,
    )  # fmt: skip
    client.post(reverse("link", args=[token]))
    client.post(reverse("my_business_new"), further())
    made = Registration.objects.get()
    assert client.get(reverse("my_business", args=[made.business.pk])).status_code == 200
    other = by_link(world.people["companion"])
    assert not own_businesses(other).exists()


def test_an_owner_registers_another_of_their_own(world: World, sign_in: SignIn) -> None:
    open_doors(world)
    client = sign_in(world, "owner")
    assert client.get(reverse("register"))["Location"] == reverse("my_business_new")
    client.post(reverse("my_business_new"), ANSWERS | {"key": str(uuid4())})
    made = Registration.objects.get()
    assert made.business.stewards.get().person == world.people["owner"]


# Personal data


def test_what_was_agreed_to_can_be_taken_along_and_erased(world: World) -> None:
    made = registered(world)
    held = privacy.everything_about(Actor(made.person))
    assert held["consents"][0]["wording"] == "Saya setuju."
    erasure.erase(person=made.person)
    assert not Business.objects.filter(pk=made.business.pk).exists()
    assert not Product.objects.filter(business=made.business.pk).exists()


def test_a_kept_business_stays_when_its_owner_is_erased(world: World) -> None:
    made = registered(world)
    registrations.keep(registration=made, actor=world.people["lead_officer"])
    erasure.erase(person=made.person)
    made.refresh_from_db()
    assert (made.business.phone, made.business.stewards.count()) == ("", 0)


def test_a_record_that_others_rely_on_hinders_nobody_from_being_erased(world: World) -> None:
    officer, made = world.people["lead_officer"], registered(world)
    kept = registrations.keep(registration=made, actor=officer)
    gone = Business.objects.create(name="Kopi Sari, dua kali")
    gone.listings.create(agency=world.lead)
    merging.merge(kept=kept, gone=gone, agency=world.lead, actor=officer)
    kept.listings.all().delete()
    erasure.erase(person=made.person)
    made.person.refresh_from_db()
    assert made.person.is_erased
    assert not kept.stewards.exists()


def test_who_registered_asks_the_office_to_be_erased(world: World, client: Client) -> None:
    open_doors(world)
    client.post(reverse("register"), answers(client))
    person = Registration.objects.get().person
    assert client.post(reverse("my_data_ask")).status_code == 302
    entry = AuditEntry.objects.get(action="person.ask_erasure")
    assert (entry.agency, entry.target_id) == (world.lead, str(person.pk))
    assert Account.objects.filter(person=person).exists()
