"""Publishing one version. The first officer wins, the other is told; the one before is superseded."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Person
from ekspora.core.registries import Registry
from ekspora.core.services import audit
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries.instance import asked_of
from ekspora.meetings.queries.versions import plan_of, present_of
from ekspora.meetings.services.timetable import lead_of
from ekspora.programmes.models import Activity

State = TimetableVersion.State

# Called in the transaction of publishing with ``version`` and ``actor``, e.g. to prepare messages.
after_publish: Registry[Callable[..., object]] = Registry("work after publishing")


@transaction.atomic
def publish(*, version: TimetableVersion, actor: Person, seen: int) -> TimetableVersion:
    """Make a version the one that counts and prepare what people are told.

    ``seen``: the number of the version that was published when the officer looked (0: none); when another one
    is by now, Conflict is raised. Publishing the published version again changes nothing. A version with
    meetings that can no longer take place is refused with DomainError: nobody is invited to a meeting with
    somebody who declined; the remedy (bring it up to date) is one step.
    """
    version = _locked_version(version)
    if version.state == State.PUBLISHED:
        return version
    _refuse_if_overtaken(version, seen)
    _refuse_if_stale(version)
    version.activity.versions.filter(state=State.PUBLISHED).update(state=State.SUPERSEDED)
    version.state, version.published_at = State.PUBLISHED, now()
    version.save(update_fields=["state", "published_at"])
    audit.record(
        agency=lead_of(version.activity), actor=actor, action="timetable.publish", target=version,
        details={"number": version.number, "instead_of": seen or None},
    )  # fmt: skip
    for work in after_publish:
        work(version=version, actor=actor)
    return version


def _locked_version(version: TimetableVersion) -> TimetableVersion:
    """The version as it is now, with its activity's row held so that one officer publishes at a time."""
    Activity.objects.select_for_update().get(pk=version.activity_id)
    return TimetableVersion.objects.select_related("activity").get(pk=version.pk)


def _refuse_if_overtaken(version: TimetableVersion, seen: int) -> None:
    published = version.activity.versions.filter(state=State.PUBLISHED).first()
    if (published.number if published else 0) != seen:
        raise Conflict(
            _("Version %(number)s was published meanwhile. Look at it before you publish another.")
            % {"number": published.number if published else "–"}
        )


def _refuse_if_stale(version: TimetableVersion) -> None:
    asked = asked_of(version.activity)
    lost = present_of(version, plan_of(version), asked).carried.lost
    if lost:
        raise DomainError(
            _("Meetings that can no longer take place: %(count)s. Bring the version up to date first.")
            % {"count": len(lost)}
        )
