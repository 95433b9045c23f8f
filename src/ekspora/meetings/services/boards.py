"""The board on a screen: an address that shows one activity's floor, can do nothing, and can be closed.

The token is the permission, as with a calendar feed: a screen in the hall, or a helper's phone, need not be
signed in as an officer. It ends by itself the day after the activity.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.models import AccessLink
from ekspora.core.services import audit, links
from ekspora.meetings.queries.floor import boards_of
from ekspora.programmes.models import Activity
from ekspora.programmes.services.activities import acting_agency

AFTER = timedelta(days=2)


@transaction.atomic
def open_board(*, activity: Activity, actor: Actor) -> str:
    """Make the address of the board, to be shown once; the one before stops working."""
    close_board(activity=activity, actor=actor)
    ends = datetime.combine(activity.ends_on, time.min, activity.tz) + AFTER
    token = links.issue(
        person=actor.person, kind=AccessLink.Kind.BOARD, issued_by=actor.person,
        agency=acting_agency(actor, activity), scope=activity.scope, expires_at=max(ends, now() + AFTER),
    )  # fmt: skip
    return settings.SITE_URL + reverse("board", args=[token])


@transaction.atomic
def close_board(*, activity: Activity, actor: Actor) -> int:
    """Close the board's address on every screen. Returns how many were open (at most one)."""
    found = list(boards_of(activity).select_for_update())
    for link in found:
        link.revoked_at = now()
        link.save(update_fields=["revoked_at"])
        agency = acting_agency(actor, activity)
        audit.record(agency=agency, actor=actor.person, action="link.revoke", target=link)
    return len(found)
