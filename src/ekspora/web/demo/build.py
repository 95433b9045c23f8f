"""Building the demonstration up to a stage, and what is said about it."""

import time
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.models import AccessLink, Agency, Person
from ekspora.core.services import links
from ekspora.deals.models import Commitment
from ekspora.demand.models import Encounter, Outcome
from ekspora.directory.models import Business, Mission, Representative
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries.requests import effective_requests
from ekspora.programmes.models import Activity
from ekspora.web.demo import call, held, reported, scheduled, wished
from ekspora.web.demo.stage import NAME, STAGES, Stage, begin, beginning, resume


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demonstration holds; ``version`` is None before the timetable, the rest 0 before the day."""

    businesses: int
    missions: int
    representatives: int
    requests: int
    version: TimetableVersion | None
    came: int
    outcomes: int
    contacts: int
    promises: int


def build(stage: str = "scheduled") -> float:
    """Build everything up to ``stage`` that is not there yet. Returns seconds.

    Raises DomainError when the day of a demonstration that is there lies ahead and ``stage`` needs it to be over.

    All before the timetable is one transaction, so that an interrupted start leaves nothing half-made; the
    timetable's job reports progress while it runs and so stands outside.
    """
    started = time.perf_counter()
    wanted, known = STAGES.index(stage), resume()
    if known is not None and wanted >= 3:
        held.refuse_if_ahead(known)
    with clock.at(beginning(stage)) if known is None else nullcontext():
        now = known or _prepared(answered=0.6 if wanted == 0 else 1, wished_for=wanted >= 1)
        if wanted >= 2 and not now.activity.versions.filter(published_at__isnull=False).exists():
            scheduled.schedule(now)
    if wanted >= 3:
        held.hold(now)
    if wanted >= 4:
        reported.report(now)
    return time.perf_counter() - started


@transaction.atomic
def _prepared(*, answered: float, wished_for: bool) -> Stage:
    now = begin()
    call.fill(now)
    call.invite(now)
    call.answer(now, share=answered)
    if wished_for:
        wished.demand(now)
        wished.wish(now)
    return now


def present() -> Activity | None:
    """The demonstration's activity, if it was built."""
    return Activity.objects.filter(name=NAME).order_by("pk").first()


def summary(activity: Activity) -> Summary:
    """Figures counted from the records."""
    published = activity.versions.filter(state=TimetableVersion.State.PUBLISHED).first()
    return Summary(
        Business.objects.count(), Mission.objects.count(), Representative.objects.count(),
        len(effective_requests(activity)), published,
        activity.participations.filter(came_at__isnull=False).count(),
        Outcome.objects.filter(encounter__scope=activity.scope, is_current=True).count(),
        Encounter.objects.filter(scope=activity.scope, exchanged_at__isnull=False).count(),
        Commitment.objects.filter(scope=activity.scope).count(),
    )  # fmt: skip


def sign_in_links(activity: Activity) -> list[tuple[str, str]]:
    """A fresh sign-in link for one person of each role; only digests are kept, so each start makes new ones."""
    makers = activity.participations.filter(side="maker", person__isnull=False)
    guests = activity.participations.filter(side="guest", substitute__isnull=True)
    owner = makers.get(business__name="Kopi Puntang Lestari")
    guest = guests.filter(representative__mission__country="IN").first()
    assert guest is not None  # our own data
    assert guest.representative is not None  # by constraint
    found = [
        ("officer of the lead agency", _named("Dewi Anggraini"), reverse("activity", args=[activity.pk])),
        ("officer of the Dinas", _named("Asep Kurniawan"), reverse("activity", args=[activity.pk])),
        ("curator", _named("Tini Hartati"), "/"),
        ("logistics partner", _named("Rahmat Hidayat"), "/"),
        ("business owner", owner.person, "/"),
        ("companion of three businesses", _named("Wulan Sari"), "/"),
        ("representative", guest.representative.person, "/"),
    ]
    agency = Agency.objects.get(organiser_rows__activity=activity, organiser_rows__role="lead")
    return [(role, _link(person, agency, target)) for role, person, target in found if person is not None]


def _named(name: str) -> Person:
    return Person.objects.get(name=name)


def _link(person: Person, agency: Agency, target: str) -> str:
    token = links.issue(
        person=person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=agency, target=target
    )
    return links.address_of(token)
