"""What came of somebody's meetings, as they tell it, and the contacts that were exchanged.

A meeting is known by its pair: what was told of it stays when the timetable changes. What the other side told is
never read here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from secrets import token_hex

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ekspora.core.clock import now, today
from ekspora.core.models import Person
from ekspora.demand.encounters import agreement_of, encounters_in, other_side, said_by
from ekspora.demand.models import ContactAgreement, Encounter, Outcome
from ekspora.demand.services import contacts
from ekspora.directory.models import Product
from ekspora.matching.queries import country_of, offered
from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation, in_language
from ekspora.ui import formats

State = TimetableVersion.State
# Only what people were told of: a draft is nobody's meeting.
TOLD = (State.PUBLISHED, State.SUPERSEDED)
# What quantities are said in; a product's own unit comes first.
UNITS = ("kg", "t", "pcs", "pair", "set", "dozen", "pack", "box", "carton", "l", "m")


@dataclass(frozen=True, slots=True)
class Mine:
    """One meeting as one side sees it afterwards. ``theirs`` is the other's card, once contacts are exchanged."""

    participation: Participation
    other: Participation
    meeting: Meeting
    said: Outcome | None
    agreement: ContactAgreement | None
    encounter: Encounter | None
    theirs: contacts.Card | None

    @property
    def key(self) -> str:
        """The name of the meeting."""
        return self.meeting.request

    @property
    def fresh_key(self) -> str:
        """A name for an answer given on a page without script."""
        return token_hex(8)

    @property
    def is_open(self) -> bool:
        """Whether it can be told of: from the day of the meeting on, by the clock of this server."""
        return is_open(self.meeting, self.participation.activity)

    @property
    def is_published(self) -> bool:
        """Whether the meeting stands in the timetable that counts."""
        return self.meeting.version.state == State.PUBLISHED

    @property
    def card(self) -> contacts.Card:
        """What this side would give."""
        return card_of(self.participation)

    @property
    def wording(self) -> str:
        """The words beside the box, with every value that would be given."""
        return contacts.wording(self.card, name_of(self.other))

    @property
    def seal(self) -> str:
        """The digest of what stands beside the box."""
        return contacts.seal(self.card, self.wording)

    @property
    def country(self) -> str:
        """The guest's country, for the fair they may invite to."""
        sides = (self.participation, self.other)
        guest = next(who for who in sides if who.side == Participation.Side.GUEST)
        return formats.country(country_of(guest))

    @property
    def products(self) -> tuple[Product, ...]:
        """The maker's products that may go to the guest's country."""
        maker, guest = self.participation, self.other
        if maker.side == Participation.Side.GUEST:
            maker, guest = guest, maker
        return offered(maker, guest)[0]

    @property
    def typed(self) -> "Typed":
        """What the form begins with: what was said last."""
        if self.said is None:
            return typed_of(self, "", (), "", {})
        amounts = {
            row.product_id: ("" if row.quantity is None else f"{row.quantity.normalize():f}", row.unit)
            for row in self.said.products.all()
        }
        return typed_of(self, self.said.verdict, self.said.steps, self.said.note, amounts)


@dataclass(frozen=True, slots=True)
class Good:
    """A product in the form: whether it is ticked, and its quantity as it was written."""

    product: Product
    name: str
    is_chosen: bool
    quantity: str
    units: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of one meeting: the verdicts, steps (code, words, chosen) and goods to choose from."""

    verdicts: tuple[tuple[str, str, bool], ...]
    steps: tuple[tuple[str, str, bool], ...]
    note: str
    goods: tuple[Good, ...]


def typed_of(
    one: Mine, verdict: str, steps: Iterable[str], note: str, amounts: Mapping[int | None, tuple[str, str]]
) -> Typed:
    """The form of a meeting as it was filled in; ``amounts``: quantity and unit by the id of each ticked product."""
    chosen = set(steps)
    return Typed(
        tuple((code, words, code == verdict) for code, words in verdict_words().items()),
        tuple((code, step_words(code, one.country), code in chosen) for code in Outcome.Step.values),
        note,
        tuple(_good(product, amounts) for product in one.products),
    )


def _good(product: Product, amounts: Mapping[int | None, tuple[str, str]]) -> Good:
    quantity, unit = amounts.get(product.pk, ("", ""))
    units = tuple((code, code == (unit or product.unit)) for code in units_of(product))
    name = in_language(product.name, product.name_en)
    return Good(product, name, product.pk in amounts, quantity, units)


def units_of(product: Product) -> list[str]:
    """The units a quantity of a product can have, its own first."""
    return list(dict.fromkeys(unit for unit in (product.unit, *UNITS) if unit))


def verdict_words() -> dict[str, str]:
    """How it went, as the tiles say it."""
    return {
        "not_held": _("It did not take place"),
        "none": _("No interest for now"),
        "informative": _("Informative"),
        "possible": _("Cooperation possible"),
    }


def step_words(code: str, country: str) -> str:
    """A next step as a tile names it; the fair is one in the guest's country."""
    return {
        "samples": _("Send samples"),
        "prices": _("Send the price list"),
        "fair": _("Invitation to a trade fair in %(country)s") % {"country": country},
        "buyers": _("Bring buyers"),
        "msme": _("Cooperation of MSME communities"),
        "pharma": _("Pharma contact"),
        "other": _("Something else"),
    }[code]


def is_open(meeting: Meeting, activity: Activity) -> bool:
    """Whether a meeting can be told of: from its day on, by the clock of this server and the place's calendar."""
    return today(activity.zone) >= formats.in_zone(meeting.starts_at, activity.zone).date()


def name_of(who: Participation) -> str:
    """Somebody with their house, as the other side reads it."""
    name = str(who.attendee or "")
    return f"{name} ({who.label})" if name else who.label


def contact_person(who: Participation) -> Person | None:
    """Whose card a side gives: who comes, else the owner of the business."""
    if who.attendee is not None or who.business is None:
        return who.attendee
    return next((row.person for row in who.business.stewards.all() if row.role == "owner"), None)


def card_of(who: Participation) -> contacts.Card:
    """The card of a side: for a maker the business's own phone and email before the person's."""
    person = contact_person(who)
    name, phone, email = (person.protocol_name, person.phone, person.email) if person else ("", "", "")
    if who.business is not None:
        house = who.business
        return contacts.Card(name, house.name, "", house.phone or phone, house.email or email)
    assert who.representative is not None  # by constraint
    function = "" if who.substitute is not None else who.representative.function
    return contacts.Card(name, who.label, function, phone, email)


def mine(participation: Participation) -> list[Mine]:
    """Somebody's meetings of the published timetable, and earlier ones they told of; by time. Constant queries."""
    known = _encounters(participation)
    side = participation.side
    return [
        one
        for one in _all(participation, _meetings(participation), known)
        if one.is_published or said_by(known.get(one.key), side) or one.theirs is not None
    ]


def mine_of(participation: Participation, key: str) -> Mine | None:
    """One meeting of somebody's that was ever published; None as if it did not exist."""
    known = _encounters(participation)
    found = _all(participation, _meetings(participation).filter(request=key), known)
    return found[0] if found else None


def _encounters(participation: Participation) -> dict[str, Encounter]:
    own = {"business": participation.business_id, "representative": participation.representative_id}
    found = encounters_in(participation.activity.scope).filter(**{k: v for k, v in own.items() if v})
    return {encounter.key: encounter for encounter in found}


def _meetings(participation: Participation) -> QuerySet[Meeting]:
    own = Q(maker=participation) | Q(guest=participation)
    versions = TimetableVersion.objects.filter(activity=participation.activity_id, state__in=TOLD)
    return Meeting.objects.filter(own, version__in=versions)


def _all(
    participation: Participation, meetings: QuerySet[Meeting], known: dict[str, Encounter]
) -> list[Mine]:
    best = newest(meetings)
    ids = {_other_id(meeting, participation) for meeting in best}
    others = programmes.at_tables(participation.activity, ids)
    return [
        _mine(participation, others[_other_id(meeting, participation)], meeting, known.get(meeting.request))
        for meeting in best
    ]


def newest(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Each pair's meeting once: that of the published version, else of the newest that was; by time."""
    found: dict[str, Meeting] = {}
    rows = meetings.select_related("version").defer("version__instance", "version__result", "version__slots")
    for meeting in sorted(rows, key=lambda row: (row.version.state == State.PUBLISHED, row.version.number)):
        found[meeting.request] = meeting
    return sorted(found.values(), key=lambda row: (row.starts_at, row.table))


def _other_id(meeting: Meeting, participation: Participation) -> int:
    return meeting.guest_id if meeting.maker_id == participation.pk else meeting.maker_id


def _mine(
    participation: Participation, other: Participation, meeting: Meeting, encounter: Encounter | None
) -> Mine:
    side = participation.side
    theirs = None
    if encounter is not None and encounter.exchanged_at is not None:
        given = agreement_of(encounter, other_side(side))
        theirs = contacts.card_from(given.card) if given else None
    return Mine(
        participation, other, meeting, said_by(encounter, side), agreement_of(encounter, side), encounter,
        theirs,
    )  # fmt: skip


def waiting(participations: Iterable[Participation]) -> dict[int, int]:
    """How many meetings of each participation are over and were not told of by that side. Two queries."""
    own = {row.pk: row for row in participations}
    if not own:
        return {}
    over = list(
        Meeting.objects.filter(
            Q(maker__in=own) | Q(guest__in=own), version__state=State.PUBLISHED, ends_at__lte=now()
        )
    )
    current = Outcome.objects.filter(
        is_current=True,
        encounter__scope__in={row.activity.scope for row in own.values()},
        encounter__key__in={meeting.request for meeting in over},
    )
    told = set(current.values_list("encounter__scope", "encounter__key", "side"))
    found: Counter[int] = Counter()
    for meeting in over:
        for pk in {meeting.maker_id, meeting.guest_id} & own.keys():
            if (own[pk].activity.scope, meeting.request, own[pk].side) not in told:
                found[pk] += 1
    return found
