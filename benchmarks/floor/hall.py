"""The event of the load test: many makers, many guests, a published timetable, a link for everybody.

Built as officers and guests would: registers imported, people invited, answers, wishes, timetable computed and
published by their services. What is drawn is drawn with a fixed seed.
"""

import csv
import io
import json
import random
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

SEED = 17
SECTORS = ("Agro", "Fesyen", "Kriya", "Kuliner", "Alas kaki")
COUNTRIES = (
    "India",
    "Filipina",
    "Laos",
    "Kamboja",
    "Timor Leste",
    "Maroko",
    "Afrika Selatan",
    "Nigeria",
    "Fiji",
)
SOLVER_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Phone:
    """Somebody's phone: the path of the personal link, and the addresses of their own meetings' outcomes."""

    link: str
    agenda: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hall:
    """What the load test knows of the event: phones, the board's path, an officer's link and list at the door."""

    phones: tuple[Phone, ...]
    board: str
    officer: str
    door: str
    meetings: int

    def dump(self) -> str:
        """For the process that plays the phones."""
        return json.dumps(asdict(self))


def load(text: str) -> Hall:
    """The other way round."""
    found = json.loads(text)
    phones = tuple(Phone(p["link"], p["agenda"], tuple(p["outcomes"])) for p in found.pop("phones"))
    return Hall(phones, **found)


def build(makers: int, guests: int, slots: int) -> Hall:
    """Everything, in the database of this process's settings."""
    from django.db import transaction

    with transaction.atomic():
        stage = _begin(makers, guests, slots)
    return _links(stage, _publish(stage))


def _begin(makers: int, guests: int, slots: int) -> Any:
    from ekspora.core.actors import Actor
    from ekspora.core.models import Agency, Membership, Person
    from ekspora.core.services import people

    lead = Agency.objects.create(
        kind=Agency.Kind.MINISTRY, name="Kementerian Contoh", short_name="Kementerian", city="Jakarta"
    )
    officer = Person.objects.create(name="Dewi Contoh", email="dewi@example.org", language="id")
    people.give_role(person=officer, agency=lead, role=Membership.Role.OFFICER, actor=None)
    actor = Actor(officer, frozenset({(Membership.Role.OFFICER.value, lead.pk)}))
    activity = _activity(lead, actor, tables=guests, slots=slots)
    _register(activity, lead, actor, "businesses", _businesses(makers))
    _register(activity, lead, actor, "representatives", _guests(guests))
    _answers(activity, actor)
    _wishes(activity, actor, slots)
    return activity, officer


def _activity(lead: Any, actor: Any, *, tables: int, slots: int) -> Any:
    """Where it is eight in the morning now: the meetings begin in half an hour."""
    from ekspora.core.clock import now
    from ekspora.programmes.services import activities, agenda

    ahead = (8 - now().hour + 12) % 24 - 12  # hours before UTC; the zones named Etc count the other way
    zone = f"Etc/GMT{-ahead:+d}"
    here = now().astimezone(ZoneInfo(zone))
    day, length, pause = here.date(), 20, 5
    programme = activities.create_programme(agency=lead, name="Uji beban", name_en="Load test", actor=actor)
    activity = activities.create_activity(programme=programme, actor=actor, values={
        "name": "Temu bisnis seribu orang", "name_en": "Business meetings of a thousand people", "city": "Bandung",
        "venue": "Aula", "zone": zone, "starts_on": day, "ends_on": day, "slot_minutes": length,
        "pause_minutes": pause, "tables": tables,
    })  # fmt: skip
    begin = (here + timedelta(minutes=30)).replace(second=0, microsecond=0)
    parts = (
        ("presentation", begin - timedelta(minutes=25), begin - timedelta(minutes=5), "Pembukaan", "Opening"),
        ("meetings", begin, begin + slots * timedelta(minutes=length + pause), "Temu bisnis", "Meetings"),
    )
    for kind, starts, ends, title, title_en in parts:
        values = {"kind": kind, "starts_at": starts, "ends_at": ends, "title": title, "title_en": title_en,
                  "place": "Aula", "audience": "all"}  # fmt: skip
        agenda.set_part(activity=activity, item=None, values=values, attendees=(), actor=actor)
    return activity


def _businesses(count: int) -> bytes:
    draw = random.Random(SEED)
    head = ("Nama usaha", "NIB", "Nama pemilik", "Telepon / WhatsApp", "Kabupaten/kota", "Sektor", "Nama produk",
            "Nama produk (Inggris)", "Satuan", "Kapasitas per bulan", "Harga", "Mata uang")  # fmt: skip
    rows = [
        (f"Usaha Maju {n}", str(9120000000000 + n), f"Pemilik {n}", f"0812-{n // 10000 + 3000:04d}-{n % 10000:04d}",
         "Kota Bandung", draw.choice(SECTORS), f"Produk {n}-{part}", f"Product {n}-{part}", "kg",
         str(draw.randint(1, 90) * 100), "10,00", "USD")
        for n in range(1, count + 1) for part in range(1, 1 + draw.randint(1, 3))
    ]  # fmt: skip
    return _csv([head, *rows])


def _guests(count: int) -> bytes:
    head = ("Gelar", "Nama", "Jabatan", "Negara", "Perwakilan / kedutaan", "Minat", "Surel", "Bahasa")
    rows = [
        ("Ms.", f"Guest Number {n}", "Trade Attaché", COUNTRIES[n % len(COUNTRIES)], f"Embassy {n % len(COUNTRIES)}",
         "Coffee, crafts", f"guest{n}@example.org", "Inggris")
        for n in range(1, count + 1)
    ]  # fmt: skip
    return _csv([head, *rows])


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def _register(activity: Any, lead: Any, actor: Any, kind: str, data: bytes) -> None:
    from ekspora.directory.services.importing import upload, writing

    source = upload.take(
        agency=lead, actor=actor, kind=kind, file_name=f"{kind}.csv", data=data, scope=activity.scope
    )
    writing.write(source=source)


def _answers(activity: Any, actor: Any) -> None:
    from ekspora.programmes.services import answers, invitations

    invitations.invite(activity=activity, letter={}, side=None, actor=actor)
    for row in activity.participations.select_related("activity"):
        answers.accept(participation=row, actor=actor)


def _wishes(activity: Any, actor: Any, slots: int) -> None:
    """Each guest would like to meet as many makers as there are slots; the makers are shared out evenly."""
    from ekspora.meetings.services import wishes
    from ekspora.programmes import queries

    rows = list(queries.participations(activity))
    makers = [row for row in rows if row.side == "maker"]
    guests = [row for row in rows if row.side == "guest"]
    random.Random(SEED).shuffle(makers)
    for n, guest in enumerate(guests):
        chosen = {makers[(n * slots + k) % len(makers)] for k in range(slots)}
        for maker in sorted(chosen, key=lambda row: row.pk):
            wishes.mark(chooser=guest, chosen=maker, mark="like", actor=actor.person, on_behalf=True)


def _publish(stage: Any) -> Any:
    from ekspora.core.services import jobs
    from ekspora.meetings.services import publishing, solving

    activity, officer = stage
    job = solving.start_solving(
        activity=activity, actor=officer, seconds=SOLVER_SECONDS, base=None, as_before=False, back_to="/"
    )
    jobs.run_job.call(job.pk)
    return publishing.publish(version=activity.versions.latest("number"), actor=officer, seen=0)


def _links(stage: Any, version: Any) -> Hall:
    from django.db import transaction
    from django.urls import reverse

    from ekspora.core.actors import Actor
    from ekspora.core.models import AccessLink
    from ekspora.core.services import links
    from ekspora.meetings.services import boards
    from ekspora.programmes import queries

    activity, officer = stage
    lead = activity.lead

    def link(person: Any, scope: str, target: str) -> str:
        token = links.issue(person=person, kind=AccessLink.Kind.PERSONAL, issued_by=officer, agency=lead,
                            scope=scope, target=target)  # fmt: skip
        return reverse("link", args=[token])

    phones = []
    with transaction.atomic():
        for row in queries.coming(activity):
            met = version.meetings.filter(**{row.side: row}).order_by("slot")
            keys = tuple(
                reverse("my_outcome", args=[row.pk, key]) for key in met.values_list("request", flat=True)
            )
            agenda = reverse("my_agenda", args=[row.pk])
            phones.append(Phone(link(queries.holders(row)[0], activity.scope, agenda), agenda, keys))
        door = reverse("check_in", args=[activity.pk])
        desk = link(officer, "", door)
        actor = Actor(officer, frozenset({("officer", lead.pk)}))
        board = boards.open_board(activity=activity, actor=actor)
    random.Random(SEED).shuffle(phones)
    path = board[board.index("/board/") :]
    return Hall(tuple(phones), path, desk, door, version.meetings.count())
