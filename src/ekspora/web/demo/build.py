"""Building the demonstration up to a stage, and what is said about it."""

import time
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from ekspora.core.models import AccessLink, Agency, Person
from ekspora.core.services import links
from ekspora.directory.models import Business, Mission, Representative
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries.requests import effective_requests
from ekspora.programmes.models import Activity
from ekspora.web.demo import call, scheduled, wished
from ekspora.web.demo.stage import NAME, STAGES, Stage, begin, resume


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demonstration holds; ``version`` is None before the timetable."""

    businesses: int
    missions: int
    representatives: int
    requests: int
    version: TimetableVersion | None


def build(stage: str = STAGES[-1]) -> float:
    """Build everything up to ``stage`` that is not there yet. Returns seconds.

    All before the timetable is one transaction, so that an interrupted start leaves nothing half-made; the
    timetable's job reports progress while it runs and so stands outside.
    """
    started = time.perf_counter()
    wanted = STAGES.index(stage)
    now = resume() or _prepared(answered=0.6 if wanted == 0 else 1, wished_for=wanted >= 1)
    if wanted >= 2 and not now.activity.versions.filter(published_at__isnull=False).exists():
        scheduled.schedule(now)
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
