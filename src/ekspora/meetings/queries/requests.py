"""Which pairs ask for a meeting, what each is worth, and which are ruled out and why.

Only participations that accepted count (walk-ins accept by coming): who has not answered or declined asks for
nothing and is asked for nothing until they accept, and their marks are kept meanwhile.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from ekspora.demand import sanctions
from ekspora.directory.models import Product
from ekspora.matching.queries import country_of, stop_between
from ekspora.meetings.models import MeetingRequest, Wish
from ekspora.meetings.weights import GUEST, MAKER, weight_of
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.slots import Slot, slots_of, unavailable
from ekspora.ui.formats import country

Text = Mapping[str, str]
NO, SANCTIONS, OFFICER = "no", "sanctions", "officer"
NO_MARK = Wish.Mark.NO.value


@dataclass(frozen=True, slots=True)
class Pair:
    """A maker and a guest between whom there is a wish, a decision or a measure of the United Nations."""

    maker: Participation
    guest: Participation
    mark_maker: str = ""
    mark_guest: str = ""
    decision: MeetingRequest | None = None
    sanction: sanctions.Reason | None = None

    @property
    def key(self) -> str:
        """The name of the pair in a timetable's instance."""
        return f"{self.maker.pk}-{self.guest.pk}"

    @property
    def products(self) -> list[Product]:
        """What the maker offers."""
        assert self.maker.business is not None  # by constraint
        return list(self.maker.business.products.all())

    @property
    def ruled_out(self) -> tuple[str, ...]:
        """What rules the pair out: ``no``, ``sanctions``, ``officer``; empty when nothing does."""
        found = []
        if NO_MARK in (self.mark_maker, self.mark_guest):
            found.append(NO)
        if self.sanction is not None:
            found.append(SANCTIONS)
        if self.decision is not None and self.decision.excluded:
            found.append(OFFICER)
        return tuple(found)

    @property
    def text(self) -> str:
        """What searching a pair looks at."""
        guest = f"{self.guest.label} {country(country_of(self.guest))} {self.guest.attendee or ''}"
        return f"{self.maker.label} {guest}".casefold()

    @property
    def is_mutual(self) -> bool:
        """Whether both sides want to meet."""
        return self.mark_guest in GUEST and self.mark_maker in MAKER

    @property
    def is_must(self) -> bool:
        """Whether a side marked it "must" or an officer requires it."""
        return self.required or "must" in (self.mark_guest, self.mark_maker)

    @property
    def is_request(self) -> bool:
        """Whether somebody wants the meeting and nothing rules it out."""
        wanted = self.mark_guest in GUEST or self.mark_maker in MAKER or self.decision is not None
        return wanted and not self.ruled_out

    @property
    def weight(self) -> int:
        """See ``meetings.weights``."""
        return weight_of(self.mark_guest, self.mark_maker, self.decision.weight if self.decision else None)

    @property
    def required(self) -> bool:
        """Whether an officer wants it to take place whatever it costs."""
        return self.decision is not None and self.decision.required

    @property
    def fixed_at(self) -> datetime | None:
        """When an officer fixed the meeting, if so."""
        return self.decision.fixed_at if self.decision else None

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why the pair is a request and weighs what it does, for officers."""
        found = [_GUEST_WANTS[self.mark_guest]] if self.mark_guest in GUEST else []
        found += [_MAKER_WANTS[self.mark_maker]] if self.mark_maker in MAKER else []
        if self.decision is not None and not self.decision.excluded:
            found.append(_REQUIRED if self.decision.required else _ADDED)
        return tuple(found)


_GUEST_WANTS = {
    "must": {"id": "perwakilan: wajib bertemu", "en": "representative: must meet"},
    "like": {"id": "perwakilan: ingin bertemu", "en": "representative: would like to meet"},
}
_MAKER_WANTS = {
    "must": {"id": "pelaku usaha: wajib bertemu", "en": "business: must meet"},
    "like": {"id": "pelaku usaha: ingin bertemu", "en": "business: would like to meet"},
}
_REQUIRED = {"id": "petugas: harus terlaksana", "en": "officer: must take place"}
_ADDED = {"id": "ditentukan petugas", "en": "set by an officer"}


@dataclass(frozen=True, slots=True)
class EffectiveRequest:
    """A pair that asks for a meeting, as the timetable needs it. Ids are those of participations."""

    key: str
    maker_id: int
    guest_id: int
    weight: int
    required: bool
    fixed_at: datetime | None
    mark_maker: str
    mark_guest: str
    reasons: tuple[Text, ...]


def effective_requests(activity: Activity) -> list[EffectiveRequest]:
    """Every pair that at least one side or an officer wants and nothing rules out, ordered by ids."""
    return [
        EffectiveRequest(
            p.key, p.maker.pk, p.guest.pk, p.weight, p.required, p.fixed_at,
            p.mark_maker, p.mark_guest, p.reasons,
        )
        for p in pairs(activity)
        if p.is_request
    ]  # fmt: skip


def excluded_pairs(activity: Activity) -> dict[tuple[int, int], tuple[str, ...]]:
    """What rules out which pair: (maker, guest) → ``no``, ``sanctions``, ``officer``.

    For officers' pages and for checks of a move by hand. Whose "no" it was is not told here.
    """
    return {(p.maker.pk, p.guest.pk): p.ruled_out for p in pairs(activity) if p.ruled_out}


def pairs(activity: Activity) -> list[Pair]:
    """Every pair with a wish, a decision or a measure, between those who accepted. Four queries."""
    people = _accepted(activity)
    makers = {p.pk: p for p in people if p.side == Participation.Side.MAKER}
    guests = {p.pk: p for p in people if p.side == Participation.Side.GUEST}
    rows = activity.wishes.values_list("chooser", "chosen", "mark")
    marks = {(chooser, chosen): mark for chooser, chosen, mark in rows}
    decisions = {(d.maker_id, d.guest_id): d for d in activity.requests.all()}
    stops = _stopped_pairs(makers.values(), guests.values())
    wished = {(a, b) if a in makers else (b, a) for a, b in marks}
    keys = wished | decisions.keys() | stops.keys()
    return [
        Pair(
            makers[m], guests[g], marks.get((m, g), ""), marks.get((g, m), ""),
            decisions.get((m, g)), stops.get((m, g)),
        )
        for m, g in sorted(keys)
        if m in makers and g in guests
    ]  # fmt: skip


def pair_of(maker: Participation, guest: Participation) -> Pair:
    """One pair with all that is known of it, whether or not anybody wants it."""
    marks = dict(
        Wish.objects.filter(
            Q(chooser=maker, chosen=guest) | Q(chooser=guest, chosen=maker)
        ).values_list("chooser", "mark")
    )  # fmt: skip
    decision = MeetingRequest.objects.filter(maker=maker, guest=guest).first()
    return Pair(
        maker, guest, marks.get(maker.pk, ""), marks.get(guest.pk, ""), decision, stop_between(maker, guest)
    )


def _stopped_pairs(
    makers: Iterable[Participation], guests: Iterable[Participation]
) -> dict[tuple[int, int], sanctions.Reason]:
    looked_at, makers = sanctions.countries(), list(makers)
    found = {}
    for guest in guests:
        if country_of(guest) not in looked_at:
            continue
        for maker in makers:
            if reason := stop_between(maker, guest):
                found[maker.pk, guest.pk] = reason
    return found


def _accepted(activity: Activity) -> QuerySet[Participation]:
    goods = Product.objects.only("business", "hs", "is_service")
    return (
        Participation.objects.filter(activity=activity, answer=Participation.Answer.ACCEPTED)
        .select_related(
            "business", "representative__mission", "representative__person", "person", "substitute"
        )
        .prefetch_related(Prefetch("business__products", goods))
    )


def open_slots(maker: Participation, guest: Participation) -> list[Slot]:
    """The slots in which both can meet, in order of time."""
    agenda = programmes.agenda(maker.activity)
    slots = slots_of(maker.activity, agenda)
    away = unavailable(maker, slots, agenda) | unavailable(guest, slots, agenda)
    return [slot for slot in slots if slot.number not in away]


def open_starts(maker: Participation, guest: Participation) -> frozenset[datetime]:
    """When meetings of both can begin."""
    return frozenset(slot.starts_at for slot in open_slots(maker, guest))


SHOW = ("requests", "mutual", "must", "decided", "out", "stopped")


def shown(found: Iterable[Pair], *, show: str = "", words: str = "") -> list[Pair]:
    """Pairs of one kind (``SHOW``; empty: all) in which words occur; the required and heaviest first."""
    tests: dict[str, Callable[[Pair], bool]] = {
        "requests": lambda pair: pair.is_request,
        "mutual": lambda pair: pair.is_mutual and pair.is_request,
        "must": lambda pair: pair.is_must and pair.is_request,
        "decided": lambda pair: pair.decision is not None,
        "out": lambda pair: NO in pair.ruled_out or OFFICER in pair.ruled_out,
        "stopped": lambda pair: SANCTIONS in pair.ruled_out,
    }
    keep, parts = tests.get(show), words.casefold().split()
    rows = [
        pair for pair in found if (keep is None or keep(pair)) and all(part in pair.text for part in parts)
    ]
    return sorted(rows, key=lambda p: (bool(p.ruled_out), not p.required, -p.weight, p.maker.label, p.key))


def silent(activity: Activity) -> QuerySet[Participation]:
    """Those who accepted and marked nobody yet, in protocol order."""
    marked = activity.wishes.values("chooser")
    return programmes.coming(activity).exclude(pk__in=marked)
