"""Passing the makers met on to importers at home: one open address, withdrawn at any time."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, Person
from ekspora.core.services import audit, links
from ekspora.deals.models import Forward
from ekspora.deals.queries.evening import Evening
from ekspora.deals.queries.forwards import choices


@transaction.atomic
def choose(*, evening: Evening, businesses: Iterable[int], actor: Person) -> Forward:
    """Keep which of the makers met are passed on; an address that is open shows them from now on.

    Raises DomainError when none is chosen, or one that was not met or may offer nothing to that country.
    """
    wanted = set(businesses)
    if not wanted:
        raise DomainError(_("Choose at least one maker."))
    if not wanted <= {one.pk for one in choices(evening)}:
        raise DomainError(_("Only makers you met can be passed on."))
    forward, _made = Forward.objects.select_for_update().get_or_create(participation=evening.participation)
    if set(forward.businesses.values_list("pk", flat=True)) != wanted:
        forward.businesses.set(wanted)
        agency, details = evening.participation.activity.lead, {"businesses": sorted(wanted)}
        audit.record(agency=agency, actor=actor, action="forward.choose", target=forward, details=details)
    return forward


@transaction.atomic
def pass_on(*, evening: Evening, businesses: Iterable[int], actor: Person) -> str:
    """Make the address to pass on, to be shown once; the one before stops working. Works for a year.

    Raises DomainError as ``choose`` does.
    """
    forward = choose(evening=evening, businesses=businesses, actor=actor)
    activity = evening.participation.activity
    _close(forward, actor)
    token = links.issue(
        person=actor, kind=AccessLink.Kind.FORWARD, issued_by=actor, agency=activity.lead,
        scope=activity.scope, target=reverse("my_evening", args=[evening.participation.pk]),
    )  # fmt: skip
    forward.link = links.find(token)
    forward.save(update_fields=["link"])
    return settings.SITE_URL + reverse("passed_on", args=[token])


@transaction.atomic
def withdraw(*, evening: Evening, actor: Person) -> bool:
    """Close the address; whoever opens it finds nothing. False when none was open."""
    forward = Forward.objects.select_for_update().filter(participation=evening.participation).first()
    return forward is not None and _close(forward, actor)


def _close(forward: Forward, actor: Person) -> bool:
    link = forward.link
    if link is None:
        return False
    forward.link = None
    forward.save(update_fields=["link"])
    if link.revoked_at is None:
        link.revoked_at = now()
        link.save(update_fields=["revoked_at"])
        audit.record(agency=link.agency, actor=actor, action="link.revoke", target=link)
    return True
