"""Officers outside the demonstration: led to a second factor once, asked for it from then on."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from ekspora.core.models import AccessLink, Account, AuditEntry
from ekspora.core.services import links
from tests.world import World

# allauth notes the proof when the transaction has committed
pytestmark = pytest.mark.django_db(transaction=True)

ACTIVATE = "/account/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def _outside_the_demonstration(settings: Any) -> None:
    settings.SECOND_FACTOR = True


def _code_of(secret: str, shift: int = 0) -> str:
    counter = next(iter(yield_hotp_counters_from_time())) + shift
    return str(format_hotp_value(hotp_value(secret, counter)))


def _by_link(client: Client, world: World, who: str = "lead_officer") -> Any:
    token = links.issue(
        person=world.people[who], kind=AccessLink.Kind.SIGN_IN, issued_by=None, agency=world.lead,
        target=reverse("audit"),
    )  # fmt: skip
    return client.post(reverse("link", args=[token]))


def _by_code(client: Client, account: Account) -> Any:
    mail.outbox.clear()
    client.post(reverse("account_login"), {"email": account.email})
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(mail.outbox[0].body))
    assert found is not None
    return client.post(reverse("account_confirm_login_code"), {"code": found.group()})


def _set_up(client: Client) -> str:
    page = client.get(ACTIVATE).content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found is not None
    secret = found.group(1)
    response = client.post(ACTIVATE, {"code": _code_of(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    return secret


@pytest.mark.parametrize("way", ["link", "code"])
def test_an_officer_sets_it_up_first_and_then_enters_it_each_time(world: World, way: str) -> None:
    account = world.account("lead_officer")
    client = Client()
    _by_link(client, world) if way == "link" else _by_code(client, account)
    for address in (reverse("home"), reverse("audit")):
        assert client.get(address)["Location"] == ACTIVATE
    secret = _set_up(client)
    assert client.get(reverse("audit")).status_code == 200

    again = Client()
    response = _by_link(again, world) if way == "link" else _by_code(again, account)
    assert response["Location"] == reverse("mfa_authenticate")
    assert again.get(reverse("audit")).status_code == 302  # half-way is not in
    assert again.get(reverse("mfa_authenticate")).status_code == 200
    assert again.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert again.get(reverse("audit")).status_code == 302
    response = again.post(reverse("mfa_authenticate"), {"code": _code_of(secret, 1)})
    assert response["Location"] == (reverse("audit") if way == "link" else "/")
    assert again.get(reverse("audit")).status_code == 200


def test_a_recovery_code_works_once(world: World) -> None:
    client = Client()
    _by_link(client, world)
    _set_up(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 10
    for expected in (302, 200):
        again = Client()
        _by_link(again, world)
        assert again.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == expected


def test_guessing_is_slowed_down(world: World) -> None:
    client = Client()
    _by_link(client, world)
    secret = _set_up(client)
    again = Client()
    _by_link(again, world)
    for _ in range(5):
        again.post(reverse("mfa_authenticate"), {"code": "000000"})
    again.post(reverse("mfa_authenticate"), {"code": _code_of(secret, 1)})
    assert again.get(reverse("audit")).status_code == 302


def test_secrets_are_not_in_the_database(world: World) -> None:
    client = Client()
    _by_link(client, world)
    secret = _set_up(client)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert len(Authenticator.objects.all()) == 2


def test_switching_off_asks_for_a_code_and_leads_back_to_setting_up(world: World) -> None:
    client = Client()
    _by_link(client, world)
    secret = _set_up(client)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    off = reverse("mfa_deactivate_totp")
    assert client.get(off)["Location"].startswith(reverse("mfa_reauthenticate"))
    again = reverse("mfa_reauthenticate") + f"?next={off}"
    assert client.get(again).status_code == 200
    assert client.post(again, {"code": _code_of(secret, 1), "next": off})["Location"] == off
    assert client.get(off).status_code == 200
    assert client.post(off).status_code == 302
    assert client.get(reverse("home"))["Location"] == ACTIVATE
    actions = AuditEntry.objects.filter(chain=world.lead.pk).values_list("action", flat=True)
    assert {"second_factor.add", "second_factor.remove"} <= set(actions)


def test_a_session_of_before_it_was_set_up_elsewhere_is_asked_for_it(world: World) -> None:
    old, new = Client(), Client()
    _by_code(old, world.account("lead_officer"))
    _by_link(new, world)
    secret = _set_up(new)
    asked = old.get(reverse("audit"))
    assert asked["Location"] == f"{reverse('mfa_reauthenticate')}?next={reverse('audit')}"
    old.post(asked["Location"], {"code": _code_of(secret, 1), "next": reverse("audit")})
    assert old.get(reverse("audit")).status_code == 200


def test_owners_and_scoped_sessions_are_not_asked(world: World, client: Client) -> None:
    _by_link(client, world, "owner")
    assert client.get(reverse("home")).status_code == 200
    token = links.issue(
        person=world.people["lead_officer"], kind=AccessLink.Kind.PERSONAL, issued_by=None,
        agency=world.lead, scope=world.activity.scope,
    )  # fmt: skip
    client.post(reverse("link", args=[token]))
    assert client.get(reverse("home")).status_code == 200


def test_what_an_officer_reaches_before(world: World, client: Client) -> None:
    _by_link(client, world)
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 302
    assert client.post(reverse("account_logout")).status_code == 302
