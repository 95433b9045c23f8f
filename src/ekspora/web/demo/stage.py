"""The stages of the demonstration, each built on the one before: call, matched, scheduled, held, reported.

Up to the timetable the day lies ahead; from ``held`` on it is over, so those stages are built in the past.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from ekspora.core import clock
from ekspora.core.actors import Actor
from ekspora.core.models import Agency, Membership, Person
from ekspora.core.services import people
from ekspora.programmes.models import Activity, Organiser
from ekspora.programmes.services import activities, agenda

STAGES = ("call", "matched", "scheduled", "held", "reported")
# How many days ago the activity took place when a stage is built.
DAYS_AGO = {"held": 1, "reported": 200}
DATA = Path(__file__).with_name("data")
ZONE = "Asia/Jakarta"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
NAME = "Promosi Potensi Produk kepada Perwakilan Asing Kawasan Asia Pasifik dan Afrika"
NAME_EN = "Product Promotion to Foreign Representatives from Asia Pacific and Africa"


@dataclass
class Stage:
    """Who plays which part while the demonstration is built."""

    activity: Activity
    lead: Agency
    office: Agency
    officers: dict[str, Person]
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """An officer as the services want them."""
        person = self.officers[name]
        return Actor(
            person, frozenset(Membership.objects.filter(person=person).values_list("role", "agency_id"))
        )


def resume() -> Stage | None:
    """The stage of a demonstration that was built before, if there is one."""
    activity = Activity.objects.filter(name=NAME).order_by("pk").first()
    if activity is None:
        return None
    rows = {row.role: row.agency for row in activity.organiser_rows.select_related("agency")}
    officers = {
        part: Person.objects.get(memberships__agency=rows[role], memberships__role=Membership.Role.OFFICER)
        for part, role in (("lead", Organiser.Role.LEAD), ("office", Organiser.Role.CO))
    }
    return Stage(activity, rows[Organiser.Role.LEAD], rows[Organiser.Role.CO], officers)


def beginning(stage: str) -> datetime:
    """When the planning of a stage begins: now, or so long ago that the day of the activity is over as it should."""
    moment = clock.now()
    if stage not in DAYS_AGO:
        return moment
    last = clock.today(ZONE) - timedelta(days=DAYS_AGO[stage])
    moment -= timedelta(days=DAYS_AGO[stage])
    while True:
        with clock.at(moment):
            if event_day() <= last:
                return moment
        moment -= timedelta(days=1)


def event_day() -> date:
    """The first Tuesday at least ten days from now that is no holiday in Indonesia."""
    day = clock.today(ZONE) + timedelta(days=10)
    free = holidays.country_holidays("ID", years=[day.year, day.year + 1])
    while day.weekday() != 1 or day in free:
        day += timedelta(days=1)
    return day


def _person(name: str, role: Membership.Role, agency: Agency, *, position: str, title: str = "") -> Person:
    email = name.lower().replace(" ", ".") + "@example.org"
    person = Person.objects.create(name=name, title=title, email=email, position=position, language="id")
    people.give_role(person=person, agency=agency, role=role, actor=None)
    return person


def begin() -> Stage:
    """Agencies, their people, the activity with its organisers, agenda and settings."""
    kind = Agency.Kind
    lead = Agency.objects.create(
        kind=kind.MINISTRY, short_name="Setditjen Aspasaf", city="Jakarta",
        name="Kementerian Luar Negeri – Sekretariat Direktorat Jenderal Asia Pasifik dan Afrika",
        name_en="Ministry of Foreign Affairs – Secretariat of the Directorate General for Asia Pacific and Africa",
        address="Jalan Taman Pejambon 6, Jakarta Pusat",
    )  # fmt: skip
    office = Agency.objects.create(
        kind=kind.OFFICE, short_name="Dinas KUK Jawa Barat", city="Bandung",
        name="Dinas Koperasi dan Usaha Kecil Provinsi Jawa Barat",
        name_en="West Java Office of Cooperatives and Small Businesses",
    )  # fmt: skip
    team = Agency.objects.create(
        kind=kind.TEAM,
        name="Tim UMKM Bandung",
        name_en="Bandung MSME Team",
        short_name="Tim UMKM",
        city="Bandung",
    )
    company = Agency.objects.create(
        kind=kind.COMPANY, name="PT Bio Farma (Persero)", short_name="Biofarma", city="Bandung"
    )
    role = Membership.Role
    officers = {
        "lead": _person("Dewi Anggraini", role.OFFICER, lead, position="Kepala Bagian Program"),
        "office": _person("Asep Kurniawan", role.OFFICER, office, position="Kepala Seksi Promosi"),
        "curator": _person("Tini Hartati", role.CURATOR, lead, position="Kurator", title="Dr."),
        "logistics": _person("Rahmat Hidayat", role.LOGISTICS, lead, position="Mitra logistik"),
    }
    stage = Stage(_activity(lead, officers["lead"]), lead, office, officers)
    actor = stage.actor("lead")
    for agency, part in ((office, "co"), (team, "host"), (company, "sponsor")):
        activities.set_organiser(
            activity=stage.activity, agency=agency, role=Organiser.Role(part), actor=actor
        )
    _agenda(stage.activity, actor)
    return stage


def _activity(lead: Agency, officer: Person) -> Activity:
    actor = Actor(officer, frozenset({(Membership.Role.OFFICER.value, lead.pk)}))
    programme = activities.create_programme(
        agency=lead, name="Promosi produk daerah kepada perwakilan asing",
        name_en="Promotion of regional products to foreign representatives", actor=actor,
    )  # fmt: skip
    day, now = event_day(), clock.now()
    values = {
        "name": NAME, "name_en": NAME_EN, "venue": "Gedung Biofarma", "city": "Bandung", "zone": ZONE,
        "about": "Mempertemukan perwakilan asing dengan pelaku usaha Jawa Barat, untuk jejaring dan citra produk.",
        "about_en": "Brings foreign representatives and makers from West Java together, for networks and branding.",
        "starts_on": day, "ends_on": day, "slot_minutes": 20, "pause_minutes": 5, "tables": 20,
        "wishes_until": datetime.combine(day - timedelta(days=4), time(23, 59), _zone()),
        "letter_number": f"017/PK/{ROMAN[now.month - 1]}/{now.year}/62",
    }  # fmt: skip
    return activities.create_activity(programme=programme, values=values, actor=actor)


def _zone() -> ZoneInfo:
    return ZoneInfo(ZONE)


def _agenda(activity: Activity, actor: Actor) -> None:
    def moment(text: str) -> datetime:
        hour, minute = map(int, text.split("."))
        return datetime.combine(activity.starts_on, time(hour, minute), activity.tz)

    for kind, start, end, title, title_en, place in AGENDA:
        values = {
            "kind": kind, "starts_at": moment(start), "ends_at": moment(end), "title": title,
            "title_en": title_en, "place": place, "audience": "all",
        }  # fmt: skip
        agenda.set_part(activity=activity, item=None, values=values, attendees=(), actor=actor)


AGENDA = (
    ("presentation", "08.30", "08.50", "Pembukaan", "Opening", "Aula"),
    ("presentation", "08.50", "09.20", "Paparan Biofarma: vaksin sejak 1890",
     "Presentation by Biofarma: vaccines since 1890", "Aula"),
    ("meetings", "09.30", "11.10", "Temu bisnis pagi", "Business meetings, morning", "Aula"),
    ("visit", "11.15", "12.15", "Kunjungan ke area pengemasan dan museum Biofarma",
     "Visit to Biofarma's packaging area and museum", "Biofarma"),
    ("break", "12.15", "13.10", "Makan siang", "Lunch", ""),
    ("meetings", "13.10", "14.50", "Temu bisnis siang", "Business meetings, afternoon", "Aula"),
    ("visit", "15.00", "16.30", "Kunjungan ke Saung Angklung Udjo", "Visit to Saung Angklung Udjo", "Saung Udjo"),
    ("meetings", "16.45", "18.25", "Temu bisnis sore", "Business meetings, late afternoon", "Saung Udjo"),
)  # fmt: skip
