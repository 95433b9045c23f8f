"""Issuing, re-issuing, revoking and using personal links."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, Account, Agency, Person
from ekspora.core.services import audit

LIFETIME = {
    AccessLink.Kind.SIGN_IN: timedelta(days=3),
    AccessLink.Kind.PERSONAL: timedelta(days=60),
    AccessLink.Kind.CALENDAR: timedelta(days=60),
    AccessLink.Kind.BOARD: timedelta(days=60),
    # An importer at home may read it months later.
    AccessLink.Kind.FORWARD: timedelta(days=365),
}
# These sign somebody in; the others only let a program or a screen read.
SIGNING_IN = (AccessLink.Kind.SIGN_IN, AccessLink.Kind.PERSONAL)


def digest_of(token: str) -> str:
    """What the table keeps of a token: a stolen database opens no link."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(token: str) -> str:
    """The full address to send."""
    return settings.SITE_URL + reverse("link", args=[token])


@transaction.atomic
def issue(
    *,
    person: Person,
    kind: AccessLink.Kind,
    issued_by: Person | None,
    agency: Agency | None,
    scope: str = "",
    target: str = "/",
    expires_at: datetime | None = None,
) -> str:
    """Make a link and return its token, which is not stored and cannot be shown again."""
    token = secrets.token_urlsafe(24)
    link = AccessLink.objects.create(
        person=person, kind=kind, scope=scope, target=target, digest=digest_of(token), agency=agency,
        issued_by=issued_by, issued_at=now(), expires_at=expires_at or now() + LIFETIME[kind],
    )  # fmt: skip
    audit.record(agency=agency, actor=issued_by, action="link.issue", target=link, details={"kind": kind})
    return token


@transaction.atomic
def revoke(*, person: Person, scope: str, revoked_by: Person | None, agency: Agency | None) -> int:
    """Close every open link of a person in a scope, e.g. after a lost phone. Returns how many."""
    links = list(AccessLink.objects.filter(person=person, scope=scope, revoked_at__isnull=True))
    for link in links:
        _close(link, revoked_by, agency)
    return len(links)


def _close(link: AccessLink, by: Person | None, agency: Agency | None) -> None:
    link.revoked_at = now()
    link.save(update_fields=["revoked_at"])
    audit.record(agency=agency, actor=by, action="link.revoke", target=link)


def own_keys(person: Person) -> "QuerySet[AccessLink]":
    """Links that the person made for themselves and that still open, the newest first."""
    made = AccessLink.objects.filter(person=person, issued_by=person, kind=AccessLink.Kind.PERSONAL)
    return made.filter(revoked_at=None, expires_at__gt=now()).order_by("-pk")


@transaction.atomic
def close_own_keys(*, person: Person, newest: int, but: int) -> int:
    """Of the links a person made for themselves let the ``newest`` go on, and the one with the id ``but`` that they
    came by; returns how many were closed."""
    Person.objects.select_for_update().get(pk=person.pk)
    over = list(own_keys(person).exclude(pk=but)[newest:])
    for link in over:
        _close(link, person, link.agency)
    return len(over)


def find(token: str) -> AccessLink | None:
    """The link of a token whatever its state; reading it changes nothing."""
    return AccessLink.objects.select_related("person").filter(digest=digest_of(token)).first()


@transaction.atomic
def use(*, token: str) -> tuple[Account, AccessLink]:
    """Act on a link: count the use, spend it if one-time, and return the account to sign in.

    Raises DomainError when the link is unknown, revoked, expired or spent.
    """
    link = AccessLink.objects.select_for_update().filter(digest=digest_of(token)).first()
    if link is None or not link.is_open or link.kind not in SIGNING_IN:
        raise DomainError(_("This link no longer works. Ask the organiser for a new one."))
    link.uses += 1
    link.used_at = now()
    link.save(update_fields=["uses", "used_at"])
    account, _created = Account.objects.get_or_create(person_id=link.person_id)
    if not account.is_active:
        raise DomainError(_("This account is closed."))
    audit.record(agency=link.agency, actor=link.person, action="link.use", target=link)
    return account, link
