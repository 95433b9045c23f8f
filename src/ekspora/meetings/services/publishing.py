"""Publishing one version. The first officer wins, the other is told; the one before is superseded.

A draft can be refused instead: it stays in the list, and what is published stays so.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Person
from ekspora.core.registries import Registry
from ekspora.core.services import audit
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Place
from ekspora.meetings.queries.instance import Asked, asked_of
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
    somebody who declined; the remedy (bring it up to date) is one step. Once the day has begun, so is one that
    tells another story of the meetings already held than the published one.
    """
    version = _locked_version(version)
    if version.state == State.PUBLISHED:
        return version
    _refuse_if_overtaken(version, seen)
    asked = asked_of(version.activity)
    _refuse_if_stale(version, asked)
    _refuse_if_held_otherwise(version, asked)
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


def _refuse_if_stale(version: TimetableVersion, asked: Asked) -> None:
    lost = present_of(version, plan_of(version), asked).carried.lost
    if lost:
        raise DomainError(
            _("Meetings that can no longer take place: %(count)s. Bring the version up to date first.")
            % {"count": len(lost)}
        )


def _refuse_if_held_otherwise(version: TimetableVersion, asked: Asked) -> None:
    """What has begun took place as published: a version that was computed before that is too old."""
    published = version.activity.versions.filter(state=State.PUBLISHED).first()
    if published is None or asked.now == 1:
        return
    if _begun(version, asked) != _begun(published, asked):
        raise DomainError(
            _("Meetings have begun meanwhile that this version has at another time. Re-plan again.")
        )


def _begun(version: TimetableVersion, asked: Asked) -> dict[str, Place]:
    """The meetings of a version that were held or have begun, as far as they could take place."""
    at = present_of(version, plan_of(version), asked).carried.plan.at
    return {key: place for key, place in at.items() if place.slot < asked.now}


@transaction.atomic
def refuse(*, version: TimetableVersion, actor: Person) -> TimetableVersion:
    """Put a draft aside: the published version stays. Refusing twice changes nothing; it can be published later."""
    version = _locked_version(version)
    if version.state == State.REFUSED:
        return version
    if version.state != State.DRAFT:
        raise DomainError(_("Only a draft can be refused; this version was published."))
    if not version.activity.versions.filter(state=State.PUBLISHED).exists():
        raise DomainError(_("No timetable is published yet. There is nothing to keep instead."))
    version.state = State.REFUSED
    version.save(update_fields=["state"])
    audit.record(
        agency=lead_of(version.activity), actor=actor, action="timetable.refuse", target=version,
        details={"number": version.number},
    )  # fmt: skip
    return version
