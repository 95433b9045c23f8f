"""More people than the world has, with wishes drawn by a fixed seed, and timetables computed on the spot."""

import random

from ekspora.core.models import Job
from ekspora.core.services import jobs
from ekspora.directory.models import Mission
from ekspora.meetings.judging import Known, judged
from ekspora.meetings.models import TimetableVersion, Wish
from ekspora.meetings.plan import Place, Plan, choices, put
from ekspora.meetings.queries.instance import asked_of
from ekspora.meetings.services.solving import start_solving
from ekspora.meetings.services.timetable import store
from ekspora.programmes.models import Activity, Participation
from tests.world import World, business, person, representative

COUNTRIES = [
    "IN",
    "CN",
    "PH",
    "MM",
    "LA",
    "KH",
    "TL",
    "SD",
    "MA",
    "ZA",
    "NG",
    "FJ",
    "ZW",
    "PG",
    "UG",
    "LS",
    "AO",
]


def wish(world: World, *pairs: tuple[Participation, Participation], mark: str = "like") -> None:
    """Each guest of (maker, guest) marks the maker."""
    for maker, guest in pairs:
        Wish.objects.create(activity=world.activity, chooser=guest, chosen=maker, mark=mark)


def all_wish(world: World) -> None:
    """Both guests would like to meet both makers."""
    makers, guests = (world.maker, world.other_maker), (world.guest, world.other_guest)
    wish(world, *((maker, guest) for maker in makers for guest in guests))


def crowd(world: World, makers: int, guests: int, share: float = 0.5, seed: int = 1) -> None:
    """Add accepted makers and guests; each guest would like to meet a share of the makers."""
    draw = random.Random(seed)
    added = [
        Participation.objects.create(
            activity=world.activity, side="maker", answer="accepted",
            business=business(f"Usaha {n:03}", agency=world.lead, owner=person(f"Pemilik {n}")),
        )
        for n in range(makers)
    ]  # fmt: skip
    for n in range(guests):
        country = COUNTRIES[n % len(COUNTRIES)]
        mission, _made = Mission.objects.get_or_create(
            name=f"Embassy {country}", defaults={"country": country}
        )
        who = representative(person(f"Tamu {n}"), mission, world.lead)
        guest = Participation.objects.create(
            activity=world.activity, side="guest", answer="accepted", representative=who
        )
        wish(world, *((maker, guest) for maker in added if draw.random() < share))


def solve(
    world: World, base: TimetableVersion | None = None, *, as_before: bool = False, seconds: int = 10
) -> Job:
    """Start the job as the lead officer and run it to its end."""
    job = start_solving(
        activity=world.activity, actor=world.people["lead_officer"], seconds=seconds, base=base,
        as_before=as_before, back_to="/",
    )  # fmt: skip
    jobs.run_job.call(job.pk)
    job.refresh_from_db()
    return job


def solved(
    world: World, base: TimetableVersion | None = None, *, as_before: bool = False
) -> TimetableVersion:
    """The version that such a job made."""
    job = solve(world, base, as_before=as_before)
    return TimetableVersion.objects.get(job=job)


def newest(activity: Activity) -> TimetableVersion:
    """The newest version."""
    return activity.versions.latest("number")


def drafted(
    world: World, places: dict[tuple[Participation, Participation], tuple[int, str]] | None = None
) -> TimetableVersion:
    """A draft made without the solver: the given places, or each guest with each maker in turn."""
    if not world.activity.wishes.exists():
        all_wish(world)
    asked = asked_of(world.activity)
    chosen = places or {
        (world.maker, world.guest): (1, "1"), (world.other_maker, world.other_guest): (1, "2"),
        (world.maker, world.other_guest): (2, "1"),
    }  # fmt: skip
    at = {f"{maker.pk}-{guest.pk}": Place(*place) for (maker, guest), place in chosen.items()}
    plan = Plan(asked.instance, at)
    return store(
        activity=world.activity, plan=plan, slots=asked.slots, result=judged(plan, Known()),
        actor=world.people["lead_officer"], action="timetable.solve",
    )  # fmt: skip


def greedy(world: World) -> TimetableVersion:
    """A draft of everything that fits in the order of the requests, without the solver."""
    asked = asked_of(world.activity)
    plan = Plan(asked.instance, {})
    for request in asked.instance.requests:
        free = next((choice for choice in choices(plan, request.id) if choice.tables), None)
        if free is not None:
            plan = put(plan, request.id, Place(free.slot, free.tables[0]))
    return store(
        activity=world.activity, plan=plan, slots=asked.slots, result=judged(plan, Known()), actor=None,
        action="timetable.solve",
    )  # fmt: skip
