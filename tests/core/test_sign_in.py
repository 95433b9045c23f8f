"""Personal links and emailed codes: nothing happens by looking, nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.models import AccessLink, Account
from ekspora.core.services import links
from tests import world as worlds
from tests.world import World

Kind = AccessLink.Kind


def _issue(world: World, who: str = "owner", kind: Kind = Kind.PERSONAL, **options: str) -> str:
    scope = options.get("scope", world.activity.scope)
    address = reverse("home")
    token = links.issue(
        person=world.people[who], kind=kind, issued_by=world.people["lead_officer"], agency=world.lead,
        scope=scope, target=options.get("target", address),
    )  # fmt: skip
    return reverse("link", args=[token])


def _signed_in(client: Client) -> int | None:
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("kind", [Kind.PERSONAL, Kind.SIGN_IN])
def test_looking_changes_nothing(world: World, client: Client, method: str, kind: Kind) -> None:
    address = _issue(world, kind=kind)
    before = AccessLink.objects.values().get()
    for _ in range(3):
        assert getattr(client, method)(address).status_code == 200
    assert AccessLink.objects.values().get() == before
    assert _signed_in(client) is None
    assert not Account.objects.filter(person=world.people["owner"]).exists()


def test_the_page_says_whose_it_is_who_sent_it_and_what_it_opens(world: World, client: Client) -> None:
    page = client.get(_issue(world)).content.decode()
    assert world.people["owner"].protocol_name in page
    assert world.lead.name in page
    assert "example.org" not in page  # no address of the person


def test_posting_signs_in_and_goes_to_the_target(world: World, client: Client) -> None:
    response = client.post(_issue(world, target="/my/anything/"))
    assert (response.status_code, response["Location"]) == (302, "/my/anything/")
    assert _signed_in(client) == Account.objects.get(person=world.people["owner"]).pk
    assert client.session["link_scope"] == world.activity.scope


def test_a_personal_link_works_again_a_sign_in_link_once(world: World) -> None:
    personal, once = _issue(world), _issue(world, kind=Kind.SIGN_IN)
    assert [Client().post(personal).status_code for _ in range(2)] == [302, 302]
    assert [Client().post(once).status_code for _ in range(2)] == [302, 410]


def test_a_double_press_leaves_the_person_signed_in(world: World, client: Client) -> None:
    address = _issue(world, kind=Kind.SIGN_IN)
    client.post(address)
    again = client.post(address)
    assert again.status_code == 410
    assert 'href="/"' in again.content.decode()  # told to go on, not to ask for a new link
    assert _signed_in(client) is not None


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_link_is_gone_and_says_whom_to_ask(world: World, client: Client, method: str) -> None:
    expired, revoked = _issue(world), _issue(world, who="companion")
    AccessLink.objects.filter(person=world.people["companion"]).update(revoked_at=clock.now())
    with clock.at(clock.now() + timedelta(days=61)):
        page = getattr(client, method)(expired)
        assert page.status_code == 410
        assert world.lead.name in page.content.decode()
        assert world.people["owner"].name not in page.content.decode()
    assert getattr(client, method)(revoked).status_code == 410
    assert _signed_in(client) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_link_and_a_calendar_feed_open_nothing(world: World, client: Client, method: str) -> None:
    feed = _issue(world, kind=Kind.CALENDAR)
    for address in (feed, reverse("link", args=["x" * 32])):
        assert getattr(client, method)(address).status_code == 404
    assert _signed_in(client) is None


def test_another_persons_link_replaces_the_session(world: World, client: Client) -> None:
    client.post(_issue(world, who="owner"))
    client.post(_issue(world, who="companion", scope=""))
    assert _signed_in(client) == Account.objects.get(person=world.people["companion"]).pk
    assert client.session["link_scope"] == ""


def test_a_revoked_link_ends_the_session_it_began(world: World, client: Client) -> None:
    client.post(_issue(world))
    assert client.get(reverse("my_data")).status_code == 200
    links.revoke(person=world.people["owner"], scope=world.activity.scope, revoked_by=None, agency=world.lead)
    assert client.get(reverse("my_data")).status_code == 302
    assert _signed_in(client) is None


def test_an_officer_in_by_a_scoped_link_is_no_officer(world: World, client: Client) -> None:
    client.post(_issue(world, who="lead_officer"))
    assert client.get(reverse("audit")).status_code == 404
    client.post(_issue(world, who="lead_officer", scope=""))
    assert client.get(reverse("audit")).status_code == 200


def test_the_page_speaks_the_language_of_the_person(world: World, client: Client) -> None:
    english = _issue(world, who="representative")
    assert client.get(english, headers={"accept-language": "id"})["Content-Language"] == "en"
    indonesian = _issue(world)
    assert client.get(indonesian, headers={"accept-language": "en"})["Content-Language"] == "id"
    client.cookies["django_language"] = "en"
    assert client.get(indonesian)["Content-Language"] == "en"


def test_too_many_presses_are_slowed_down(world: World, client: Client) -> None:
    address = reverse("link", args=["x" * 32])
    answers = {client.post(address).status_code for _ in range(120)}
    assert answers == {404}
    assert client.post(address).status_code == 429


def test_a_hall_behind_one_address_opens_its_links_and_one_link_is_slowed_down(
    world: World, client: Client
) -> None:
    people = [worlds.person(f"Visitor {n}") for n in range(130)]
    world.people |= {person.name: person for person in people}
    answers = [Client().post(_issue(world, who=person.name)).status_code for person in people]
    assert set(answers) == {302}
    address = _issue(world)
    assert {client.post(address).status_code for _ in range(20)} == {302}
    assert client.post(address).status_code == 429
    assert Client().post(_issue(world, who="representative")).status_code == 302


def _code(client: Client, email: str) -> str:
    mail.outbox.clear()
    response = client.post(reverse("account_login"), {"email": email})
    assert response["Location"] == reverse("account_confirm_login_code")
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(mail.outbox[0].body))
    return found.group() if found else ""


def test_a_code_by_email_signs_in(world: World, client: Client) -> None:
    account = world.account("lead_officer")
    code = _code(client, account.email.upper())
    assert client.get(reverse("account_confirm_login_code")).status_code == 200
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "BBBB-BBBB"})
    assert (wrong.status_code, _signed_in(client)) == (200, None)
    response = client.post(reverse("account_confirm_login_code"), {"code": code.lower().replace("-", " ")})
    assert (response["Location"], _signed_in(client)) == ("/", account.pk)


def test_a_visitor_comes_back_to_the_page_they_wanted(world: World, client: Client) -> None:
    account = world.account("lead_officer")
    login = client.get(reverse("audit"))["Location"]
    assert login == f"{reverse('account_login')}?next={reverse('audit')}"
    client.post(login, {"email": account.email, "next": reverse("audit")})
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(mail.outbox[0].body))
    assert found is not None
    confirm = client.get(reverse("account_confirm_login_code") + f"?next={reverse('audit')}")
    assert reverse("audit") in confirm.content.decode()
    response = client.post(
        reverse("account_confirm_login_code"), {"code": found.group(), "next": reverse("audit")}
    )
    assert response["Location"] == reverse("audit")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example"])
def test_nobody_is_sent_elsewhere_after_signing_in(world: World, client: Client, elsewhere: str) -> None:
    account = world.account("owner")
    client.post(reverse("account_login"), {"email": account.email, "next": elsewhere})
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(mail.outbox[0].body))
    assert found is not None
    response = client.post(reverse("account_confirm_login_code"), {"code": found.group(), "next": elsewhere})
    assert response["Location"] == "/"


def test_an_unknown_address_looks_like_a_known_one(world: World) -> None:
    world.account("owner")
    pages = []
    for email in ("owner@example.org", "other@example.org"):
        client = Client()
        assert _code(client, email) == "" or email == "owner@example.org"
        page = client.get(reverse("account_confirm_login_code")).content.decode().replace(email, "ADDRESS")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
        assert len(mail.outbox) == 1  # one email either way: sending takes the same time
    assert pages[0] == pages[1]


def test_three_wrong_codes_end_the_attempt(world: World, client: Client) -> None:
    code = _code(client, world.account("owner").email)
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "BBBB-BBBB"})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert _signed_in(client) is None


def test_codes_for_one_mailbox_are_limited(world: World, client: Client) -> None:
    email = world.account("owner").email
    for _ in range(6):
        Client().post(reverse("account_login"), {"email": email})
    assert len(mail.outbox) == 3


def test_signing_out_takes_a_post(world: World, client: Client) -> None:
    client.post(_issue(world))
    assert client.get(reverse("account_logout")).status_code == 200
    assert _signed_in(client) is not None
    assert client.post(reverse("account_logout")).status_code == 302
    assert _signed_in(client) is None


def test_a_closed_account_is_not_let_in(world: World, client: Client) -> None:
    account = world.account("owner")
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.post(_issue(world)).status_code in {410, 200}
    assert _signed_in(client) is None
