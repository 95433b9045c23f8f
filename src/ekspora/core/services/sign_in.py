"""Beginning a session by a personal link, and the trace that second factors leave."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from ekspora.core.models import Account, Membership
from ekspora.core.services import audit, links


def by_link(request: HttpRequest, *, token: str) -> HttpResponse:
    """Use the link and sign its person in, through allauth so that a second factor is still asked for.

    Raises DomainError when the link no longer works.
    """
    account, link = links.use(token=token)
    logout(request)
    request.session["link"] = link.pk
    request.session["link_scope"] = link.scope
    response: HttpResponse = perform_login(
        request, account, email_verification="none", redirect_url=link.target
    )
    return response


def note_second_factor(sender: object, *, user: Account, authenticator: Authenticator, **rest: Any) -> None:
    """Leave a trace for the officer's agencies; who just proved to hold the phone is not asked again."""
    added = rest.get("signal") is authenticator_added
    if added:
        proof = {"method": "mfa", "type": authenticator.type, "reauthenticated": True}
        record_authentication(rest["request"], user, **proof)
    if authenticator.type != Authenticator.Type.TOTP:
        return
    action = "second_factor.add" if added else "second_factor.remove"
    with transaction.atomic():
        offices = user.person.memberships.filter(role=Membership.Role.OFFICER)
        for membership in offices.select_related("agency"):
            audit.record(agency=membership.agency, actor=user.person, action=action, target=user)
