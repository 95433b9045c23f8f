"""A small world of named actors that every room's tests share."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ekspora.core.actors import Actor
from ekspora.core.models import Account, Agency, Membership, Person
from ekspora.directory.models import Business, Listing, Mission, Product, Representative, Stewardship
from ekspora.directory.sectors import Sector
from ekspora.programmes.models import Activity, AgendaItem, Organiser, Participation, Programme

EVENT_DAY = date(2027, 3, 10)
JAKARTA = ZoneInfo("Asia/Jakarta")


def at(hour: int, minute: int = 0, day: date = EVENT_DAY) -> datetime:
    """A moment of the event day in Bandung."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=JAKARTA)


@dataclass
class World:
    """Two organisers of one activity, an agency with nothing to do with it, and people on all sides."""

    lead: Agency
    co: Agency
    elsewhere: Agency
    activity: Activity
    business: Business
    other_business: Business
    mission: Mission
    maker: Participation
    other_maker: Participation
    guest: Participation
    other_guest: Participation
    people: dict[str, Person]

    def account(self, actor: str) -> Account:
        """The account of a named actor, e.g. ``lead_officer`` or ``owner``."""
        person = self.people[actor]
        return Account.objects.get_or_create(person=person, defaults={"email": person.email})[0]

    def actor(self, name: str) -> Actor:
        """A named actor as views see them."""
        roles = Membership.objects.filter(person=self.people[name]).values_list("role", "agency_id")
        return Actor(self.people[name], frozenset(roles))


ACTORS = (
    "lead_officer", "co_officer", "other_officer", "curator", "logistics", "owner", "other_owner",
    "companion", "representative", "other_representative", "stranger",
)  # fmt: skip


def person(name: str, *, language: str = "id", phone: str = "") -> Person:
    """A person reachable by email, and by WhatsApp where a phone is given."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return Person.objects.create(name=name, email=email, language=language, phone=phone)


def business(name: str, *, agency: Agency, owner: Person, sector: str = Sector.AGRO) -> Business:
    """A business with one product and its owner, on an agency's list."""
    made = Business.objects.create(name=name, sector=sector, province="32", regency="32.04")
    Listing.objects.create(business=made, agency=agency)
    Stewardship.objects.create(business=made, person=owner, role=Stewardship.Role.OWNER)
    Product.objects.create(
        business=made, name="Kopi sangrai", name_en="Roasted coffee", hs="090121", unit="kg",
        monthly_capacity=3000, free_capacity=2000,
    )  # fmt: skip
    return made


def representative(who: Person, mission: Mission, agency: Agency) -> Representative:
    """A representative of a mission, on an agency's list."""
    made = Representative.objects.create(person=who, mission=mission, function="Trade attaché")
    made.listed_by.add(agency)
    return made


def activity(lead: Agency, *, name: str = "Promosi kepada perwakilan asing") -> Activity:
    """An activity of one day with a presentation and two meeting blocks around a visit."""
    programme = Programme.objects.create(agency=lead, name="Program Aspasaf", name_en="Aspasaf programme")
    made = Activity.objects.create(
        programme=programme, name=name, name_en="Promotion to foreign representatives", city="Bandung",
        starts_on=EVENT_DAY, ends_on=EVENT_DAY, tables=5,
        wishes_until=datetime(2027, 3, 3, tzinfo=UTC),
    )  # fmt: skip
    Organiser.objects.create(activity=made, agency=lead, role=Organiser.Role.LEAD)
    blocks = [
        (AgendaItem.Kind.PRESENTATION, "Pembukaan", "Opening", at(8), at(9)),
        (AgendaItem.Kind.MEETINGS, "Temu bisnis", "Business meetings", at(9), at(10, 15)),
        (AgendaItem.Kind.VISIT, "Kunjungan", "Site visit", at(10, 15), at(11)),
        (AgendaItem.Kind.MEETINGS, "Temu bisnis", "Business meetings", at(11), at(12, 15)),
    ]
    for kind, title, title_en, start, end in blocks:
        AgendaItem.objects.create(
            activity=made, kind=kind, title=title, title_en=title_en, starts_at=start, ends_at=end
        )
    return made


def build() -> World:
    """Build the world; call inside a database test."""
    names = {actor: person(actor.replace("_", " ").title()) for actor in ACTORS}
    for guest in ("representative", "other_representative"):
        names[guest].language = "en"
        names[guest].save()
    lead = Agency.objects.create(kind="ministry", name="Setditjen Aspasaf", short_name="Aspasaf")
    co = Agency.objects.create(kind="office", name="Dinas KUK Jawa Barat", short_name="Dinas KUK")
    elsewhere = Agency.objects.create(kind="office", name="Dinas lain", short_name="Dinas lain")
    for actor, agency, role in (
        ("lead_officer", lead, "officer"), ("co_officer", co, "officer"),
        ("other_officer", elsewhere, "officer"), ("curator", lead, "curator"),
        ("logistics", lead, "logistics"),
    ):  # fmt: skip
        Membership.objects.create(person=names[actor], agency=agency, role=role)
    day = activity(lead)
    Organiser.objects.create(activity=day, agency=co, role=Organiser.Role.CO)
    own = business("Kopi Puntang", agency=lead, owner=names["owner"])
    Listing.objects.create(business=own, agency=co)
    other = business("Batik Lain", agency=lead, owner=names["other_owner"], sector=Sector.FASHION)
    Stewardship.objects.create(
        business=own, person=names["companion"], role=Stewardship.Role.COMPANION,
        consent_at=datetime(2026, 11, 1, tzinfo=UTC), consent_note="lisan, di hadapan petugas",
    )  # fmt: skip
    india = Mission.objects.create(name="Embassy of India", country="IN", residence_country="ID")
    fiji = Mission.objects.create(name="Embassy of Fiji", country="FJ", residence_country="ID")
    rep = representative(names["representative"], india, lead)
    other_rep = representative(names["other_representative"], fiji, lead)
    joined = Participation.Answer.ACCEPTED
    makers = [
        Participation.objects.create(activity=day, side="maker", business=b, person=names[p], answer=joined)
        for b, p in ((own, "owner"), (other, "other_owner"))
    ]
    guests = [
        Participation.objects.create(activity=day, side="guest", representative=r, answer=joined)
        for r in (rep, other_rep)
    ]
    first, second = makers
    third, fourth = guests
    return World(lead, co, elsewhere, day, own, other, india, first, second, third, fourth, names)
