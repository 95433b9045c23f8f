"""What a representative passes on: one open address, no person in it, and questions that count once."""

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, AuditEntry
from ekspora.core.services import erasure, links
from ekspora.deals.models import Forward, Inquiry
from ekspora.deals.queries.forwards import choices, opened
from ekspora.deals.services import forwards
from ekspora.directory.models import Business, Product
from ekspora.directory.services import photos
from tests.deals.evening import EVENING, day, evening, possible
from tests.meetings.outcomes import key, tell
from tests.world import World

SignIn = Callable[[World, str], Client]
QUESTION = {
    "name": "Asha Rao", "company": "Malabar Foods", "country": "IN", "email": "asha@example.org",
    "words": "Two tonnes of roasted coffee a month", "website": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _evening(tmp_path: Path, settings: "object") -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]  # pytest-django's wrapper
    with clock.at(EVENING):
        yield


def passed_on(world: World, *businesses: Business) -> str:
    """The day was held, cooperation is possible; the token of a fresh address."""
    if not world.activity.versions.exists():
        day(world)
        possible(world)
    chosen = [business.pk for business in businesses or (world.business,)]
    who = world.people["representative"]
    return (
        forwards.pass_on(evening=evening(world.guest), businesses=chosen, actor=who)
        .split("/r/")[1]
        .strip("/")
    )


def page(client: Client, token: str, **headers: str) -> str:
    response = client.get(reverse("passed_on", args=[token]), headers=headers or {"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


# The address


def test_one_address_is_open_at_a_time(world: World, client: Client) -> None:
    first = passed_on(world)
    second = passed_on(world)
    assert client.get(reverse("passed_on", args=[first])).status_code == 404
    assert page(client, second)
    open_ones = AccessLink.objects.filter(kind="forward", revoked_at__isnull=True)
    assert [link.forward.participation_id for link in open_ones] == [world.guest.pk]
    assert Forward.objects.count() == 1


def test_it_works_for_a_year(world: World, client: Client) -> None:
    token = passed_on(world)
    with clock.at(EVENING + timedelta(days=364)):
        assert page(client, token)
    with clock.at(EVENING + timedelta(days=365)):
        assert client.get(reverse("passed_on", args=[token])).status_code == 404


def test_withdrawn_it_shows_nothing_and_nobody_can_ask(world: World, client: Client) -> None:
    token = passed_on(world)
    who = world.people["representative"]
    assert forwards.withdraw(evening=evening(world.guest), actor=who)
    assert not forwards.withdraw(evening=evening(world.guest), actor=who)
    for address in (
        reverse("passed_on", args=[token]), reverse("ask", args=[token, world.business.pk]),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
        assert client.post(address, QUESTION).status_code in (404, 405)
    assert AuditEntry.objects.filter(action="link.revoke").count() == 1


def test_it_signs_nobody_in_and_no_other_link_opens_it(world: World, client: Client) -> None:
    token = passed_on(world)
    assert client.post(reverse("link", args=[token])).status_code == 404
    assert "_auth_user_id" not in client.session
    personal = links.issue(
        person=world.people["representative"], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=world.activity.scope,
    )  # fmt: skip
    assert client.get(reverse("passed_on", args=[personal])).status_code == 404


def test_opening_it_changes_nothing(world: World, client: Client) -> None:
    token = passed_on(world)
    before = AccessLink.objects.get(kind="forward")
    for _ in range(3):
        page(client, token)
    after = AccessLink.objects.get(kind="forward")
    assert (after.uses, after.used_at) == (before.uses, before.used_at)


def test_it_goes_with_an_erased_person(world: World, client: Client) -> None:
    token = passed_on(world)
    erasure.erase(person=world.people["representative"], actor=None)
    assert client.get(reverse("passed_on", args=[token])).status_code == 404


def test_closing_all_links_of_a_person_closes_it_too(world: World, client: Client) -> None:
    token, who = passed_on(world), world.people["representative"]
    links.revoke(person=who, scope=world.activity.scope, revoked_by=None, agency=world.lead)
    assert client.get(reverse("passed_on", args=[token])).status_code == 404
    assert evening(world.guest).open_link is None
    assert page(client, passed_on(world))


# Which makers


def test_those_with_whom_cooperation_is_possible_are_ticked_at_first(world: World) -> None:
    day(world)
    assert [one.is_chosen for one in choices(evening(world.guest))] == [False]
    possible(world)
    assert [one.is_chosen for one in choices(evening(world.guest))] == [True]
    tell(world, world.guest, key(world.maker, world.guest), "none", "representative", id="later")
    assert [one.is_chosen for one in choices(evening(world.guest))] == [False]
    passed_on(world)
    assert [one.is_chosen for one in choices(evening(world.guest))] == [True]


def test_only_makers_that_were_met_can_be_passed_on(world: World) -> None:
    day(world)
    who = world.people["representative"]
    for businesses in ([world.other_business.pk], [world.business.pk, 987654], []):
        with pytest.raises(DomainError):
            forwards.pass_on(evening=evening(world.guest), businesses=businesses, actor=who)
    assert not Forward.objects.exists()
    assert not AccessLink.objects.filter(kind="forward").exists()


def test_another_choice_shows_at_once_under_the_same_address(world: World, client: Client) -> None:
    day(world)
    possible(world)
    other = world.other_guest
    actor = world.people["other_representative"]
    chosen = [world.business.pk, world.other_business.pk]
    token = (
        forwards.pass_on(evening=evening(other), businesses=chosen, actor=actor).split("/r/")[1].strip("/")
    )
    assert "Batik Lain" in page(client, token)
    forwards.choose(evening=evening(other), businesses=[world.business.pk], actor=actor)
    assert "Batik Lain" not in page(client, token)
    assert client.get(reverse("ask", args=[token, world.other_business.pk])).status_code == 404


def test_goods_the_united_nations_keep_from_a_country_are_not_offered(world: World, client: Client) -> None:
    Product.objects.create(business=world.business, name="Mesin", name_en="Coffee roaster", hs="841981")
    token = passed_on(world)
    assert "Coffee roaster" in page(client, token)
    world.mission.country = "KP"
    world.mission.save()
    shown = page(client, token)
    assert "Roasted coffee" in shown
    assert "Coffee roaster" not in shown
    Product.objects.filter(hs="090121").delete()
    assert "No maker is shown here at present" in page(client, token)
    assert choices(evening(world.guest)) == []


# What it shows


def test_no_person_and_nothing_of_the_meetings_is_shown(world: World, client: Client) -> None:
    day(world)
    of = key(world.maker, world.guest)
    world.business.phone, world.business.email = "+622255500011", "kopi@example.org"
    world.business.address = "Jalan Rahasia 7"
    world.business.save()
    tell(world, world.guest, of, "possible", "representative", note="SECRET NOTE", share=True)
    tell(world, world.maker, of, "possible", "owner", note="CATATAN RAHASIA", share=True)
    token = passed_on(world)
    shown = page(client, token) + client.get(reverse("ask", args=[token, world.business.pk])).content.decode()
    people = [
        value for who in world.people.values() for value in (who.name, who.email) if who.name != "Owner"
    ]
    for foreign in (
        *people, "SECRET", "RAHASIA", "Rahasia", "+622255500011", "kopi@example.org", "ossible",
    ):  # fmt: skip
        assert foreign not in shown, foreign
    for known in ("Kopi Puntang", "Roasted coffee", "HS 090121", "Embassy of India"):
        assert known in shown


def test_it_is_not_listed_and_does_not_leak(world: World, client: Client) -> None:
    token = passed_on(world)
    for address in (
        reverse("passed_on", args=[token]), reverse("ask", args=[token, world.business.pk]),
    ):  # fmt: skip
        response = client.get(address)
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]
        assert 'name="robots" content="noindex' in response.content.decode()


@pytest.mark.parametrize(
    ("accepted", "words"),
    [("en", "Ask this business"), ("fr,de", "Ask this business"), ("", "Ask this business"),
     ("id-ID,id;q=0.9", "Tanya pelaku usaha ini"), ("fr,id;q=0.5", "Ask this business")],
)  # fmt: skip
def test_it_speaks_english_to_all_but_readers_of_indonesian(
    world: World, client: Client, accepted: str, words: str
) -> None:
    response = client.get(
        reverse("passed_on", args=[passed_on(world)]), headers={"accept-language": accepted}
    )
    assert words in response.content.decode()
    assert response["Content-Language"] == ("id" if words.startswith("Tanya") else "en")


def test_a_photo_is_shown_only_while_its_product_is(world: World, client: Client) -> None:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(picture, "JPEG")
    product = Product.objects.get(business=world.business)
    photos.add(product=product, data=picture.getvalue(), actor=None)
    token = passed_on(world)
    address = reverse("passed_on_photo", args=[token, product.pk])
    assert address in page(client, token)
    response = client.get(address)
    assert (response["Content-Type"], response.content[:2]) == ("image/jpeg", b"\xff\xd8")
    foreign = Product.objects.get(business=world.other_business)
    photos.add(product=foreign, data=picture.getvalue(), actor=None)
    assert client.get(reverse("passed_on_photo", args=[token, foreign.pk])).status_code == 404
    assert client.get(reverse("passed_on_photo", args=["nothing", product.pk])).status_code == 404


def test_forty_makers_are_light_and_cost_no_more_queries(world: World, client: Client) -> None:
    token = passed_on(world)
    forward = Forward.objects.get()

    def more(count: int) -> None:
        for n in range(count):
            made = Business.objects.create(
                name=f"Usaha Jaya {n}", sector="culinary", about_en="Crisps of all kinds"
            )
            Product.objects.create(business=made, name=f"Keripik {n}", hs="200899")
            forward.businesses.add(made)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            page(client, token)
        return len(found)

    more(3)
    few = cost()
    more(40)
    assert cost() == few == 10
    assert len(gzip.compress(page(client, token).encode())) < 20_000


# Asking


def question(number: int) -> dict[str, str]:
    """Another importer's question."""
    return QUESTION | {"key": str(uuid4()), "email": f"importer{number}@example.org"}


def form_key(client: Client, address: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def test_a_question_is_credited_to_the_mission_once(world: World, client: Client) -> None:
    address = reverse("ask", args=[passed_on(world), world.business.pk])
    values = QUESTION | {"key": form_key(client, address)}
    for _ in range(3):
        response = client.post(address, values)
        assert (response.status_code, response["Location"]) == (302, f"{address}?sent=1")
    inquiry = Inquiry.objects.get()
    assert inquiry.mission == world.mission
    assert inquiry.business == world.business
    assert inquiry.agency == world.lead
    assert inquiry.scope == world.activity.scope
    assert inquiry.link == Forward.objects.get().link
    assert (inquiry.state, inquiry.email, inquiry.words) == ("new", QUESTION["email"], QUESTION["words"])
    thanks = client.get(f"{address}?sent=1", headers={"accept-language": "en"}).content.decode()
    assert "Your question has arrived" in thanks
    assert str(world.lead) in thanks or world.lead.name in thanks


def test_the_representative_reads_how_many_asked(world: World, client: Client, sign_in: SignIn) -> None:
    address = reverse("ask", args=[passed_on(world), world.business.pk])
    for _ in range(2):
        client.post(address, QUESTION | {"key": str(uuid4())})
    mine = sign_in(world, "representative").get(reverse("my_evening", args=[world.guest.pk])).content.decode()
    assert "2 questions came through it." in mine
    assert QUESTION["email"] not in mine


def test_a_program_that_fills_every_field_keeps_nothing(world: World, client: Client) -> None:
    address = reverse("ask", args=[passed_on(world), world.business.pk])
    response = client.post(address, QUESTION | {"key": str(uuid4()), "website": "https://example.org"})
    assert response.status_code == 302
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nowhere"},
        {"words": ""},
        {"country": "ZZZ"},
        {"key": "1"},
        {"name": ""},
        {"words": "x" * 1001},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    world: World, client: Client, wrong: dict[str, str]
) -> None:
    address = reverse("ask", args=[passed_on(world), world.business.pk])
    response = client.post(address, QUESTION | {"key": str(uuid4())} | wrong)
    assert response.status_code == 422
    if "company" not in wrong:
        assert QUESTION["company"] in response.content.decode()
    assert not Inquiry.objects.exists()


def test_too_many_questions_from_one_address_are_refused(world: World, client: Client) -> None:
    address = reverse("ask", args=[passed_on(world), world.business.pk])
    statuses = [client.post(address, question(n)).status_code for n in range(12)]
    assert statuses == [302] * 10 + [429] * 2
    assert Inquiry.objects.count() == 10


def test_too_many_questions_through_one_link_are_refused_from_anywhere(world: World, client: Client) -> None:
    address = reverse("ask", args=[passed_on(world), world.business.pk])
    statuses = [
        client.post(address, question(n), REMOTE_ADDR=f"203.0.113.{n}").status_code for n in range(32)
    ]
    assert statuses == [302] * 30 + [429] * 2


def test_a_post_without_the_forms_token_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    address = reverse("ask", args=[passed_on(world), world.business.pk])
    assert client.post(address, QUESTION | {"key": str(uuid4())}).status_code == 403


# The representative's own page


def test_the_address_is_shown_once_and_the_choice_can_change(world: World, sign_in: SignIn) -> None:
    day(world)
    possible(world)
    client, address = sign_in(world, "representative"), reverse("my_forward", args=[world.guest.pk])
    issued = client.post(address, {"action": "issue", "business": [world.business.pk]}).content.decode()
    found = re.search(r"/r/([\w-]+)/", issued)
    assert found is not None
    assert f"%2Fr%2F{found[1]}%2F" in issued, "in the email and the chat that are ready to be sent"
    assert opened(found[1]) is not None
    mine = client.get(reverse("my_evening", args=[world.guest.pk])).content.decode()
    assert found[1] not in mine
    assert "A link is open since" in mine
    client.post(address, {"action": "choose", "business": []})
    assert Forward.objects.get().businesses.count() == 1
    client.post(address, {"action": "withdraw"})
    assert opened(found[1]) is None
    client.post(address, {"action": "nonsense"})
    assert not AccessLink.objects.filter(kind="forward", revoked_at__isnull=True).exists()


def test_an_owner_passes_nothing_on(world: World, sign_in: SignIn) -> None:
    day(world)
    address = reverse("my_forward", args=[world.maker.pk])
    values = {"action": "issue", "business": [world.business.pk]}
    assert sign_in(world, "owner").post(address, values).status_code == 404
