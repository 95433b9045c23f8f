"""What a participant sees of the other side, and whom they marked.

Nothing here reads what the other side marked: whoever asks sees their own marks only. So a "no" stays with
the one who said it and with the officers.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ekspora.demand import sanctions
from ekspora.directory.models import Mission, Representative
from ekspora.directory.queries.maker_cards import MakerCard, maker_card
from ekspora.directory.sectors import Sector
from ekspora.engines.matching import called, finds
from ekspora.matching.facts import interests_of
from ekspora.matching.queries import Suggestion, country_of, suggestion, suggestions, with_demands
from ekspora.meetings.models import Wish
from ekspora.programmes import queries as programmes
from ekspora.programmes import slots as times
from ekspora.programmes.models import Participation
from ekspora.ui.formats import country, said

Side = Participation.Side
OPEN = "open"


@dataclass(frozen=True, slots=True)
class GuestCard:
    """What a maker sees of a guest: the office, never a phone number or an email address."""

    name: str
    function: str
    mission: str
    country_code: str
    country: str
    residence: str
    sectors: tuple[str, ...]
    looks_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One participation of the other side as the reader sees it, with the reader's own mark."""

    pk: int
    name: str
    mark: str
    is_featured: bool
    sector: str
    points: int
    reasons: tuple[Mapping[str, str], ...]
    stopped: sanctions.Reason | None
    maker: MakerCard | None
    guest: GuestCard | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each mark, and the most musts that make sense."""

    must: int
    like: int
    no: int
    most_musts: int

    @property
    def marked(self) -> int:
        """How many were marked at all."""
        return self.must + self.like + self.no


def cards(reader: Participation) -> list[Card]:
    """Everybody of the other side whom the reader may choose: the promoted first, then the best fit first.

    A pair stopped by sanctions is not offered to the guest; the maker sees the guest with the reason.
    """
    marks = marks_of(reader)
    found = [card_of(reader, one, marks.get(one.participation.pk, "")) for one in suggestions(reader)]
    offered = [card for card in found if card.stopped is None or reader.side == Side.MAKER]
    return sorted(offered, key=lambda card: (not card.is_featured, card.stopped is not None))


def card_for(reader: Participation, pk: int) -> Card | None:
    """One of ``cards`` by the id of its participation; None as if it did not exist."""
    other = Side.GUEST if reader.side == Side.MAKER else Side.MAKER
    row = with_demands(programmes.coming(reader.activity, other)).filter(pk=pk).first()
    if row is None:
        return None
    card = card_of(reader, suggestion(reader, row), marks_of(reader).get(pk, ""))
    return card if card.stopped is None or reader.side == Side.MAKER else None


def narrowed(found: list[Card], *, sector: str = "", words: str = "", show: str = "") -> list[Card]:
    """Those of a sector, found by words in either language, and with a mark (``open``: without one)."""
    return [
        card
        for card in found
        if (not sector or sector == card.sector or (card.guest and sector in card.guest.sectors))
        and (not show or show == (card.mark or OPEN))
        and finds(words, card.texts)
    ]


def sectors_of(found: list[Card]) -> list[tuple[str, str]]:
    """The sectors there are among cards, code and label, in the order of the register."""
    there = {card.sector for card in found} | {s for card in found if card.guest for s in card.guest.sectors}
    return [(code, str(label)) for code, label in Sector.choices if code in there]


def marks_of(chooser: Participation) -> dict[int, str]:
    """The chooser's own marks by the id of the chosen."""
    return dict(Wish.objects.filter(chooser=chooser).values_list("chosen", "mark"))


def tally_of(chooser: Participation) -> Tally:
    """The chooser's own marks, counted."""
    counts = Counter(Wish.objects.filter(chooser=chooser).values_list("mark", flat=True))
    return Tally(counts["must"], counts["like"], counts["no"], most_musts(chooser))


def most_musts(participation: Participation) -> int:
    """How many meetings somebody could have at most: the slots they can attend, or their own limit."""
    agenda = programmes.agenda(participation.activity)
    slots = times.slots_of(participation.activity, agenda)
    free = len(slots) - len(times.unavailable(participation, slots, agenda))
    most = participation.most_meetings
    return free if most is None else min(free, most)


def card_of(reader: Participation, one: Suggestion, mark: str) -> Card:
    """The card of one suggestion; reads only what is loaded."""
    other = one.participation
    maker, guest = _maker(one), _guest(other)
    return Card(
        pk=other.pk, name=maker.name if maker else other.label, mark=mark, is_featured=other.is_featured,
        sector=maker.sector if maker else "", points=one.points, reasons=one.reasons, stopped=one.stopped,
        maker=maker, guest=guest, texts=_texts(maker, guest),
    )  # fmt: skip


def _maker(one: Suggestion) -> MakerCard | None:
    """The maker's card with the products that may be talked about."""
    business = one.participation.business
    if business is None:
        return None
    card = maker_card(business)
    offered = {product.pk for product in one.products}
    return replace(card, products=tuple(product for product in card.products if product.pk in offered))


def _guest(other: Participation) -> GuestCard | None:
    representative = other.representative
    if representative is None:
        return None
    mission = representative.mission
    return GuestCard(
        name=other.attendee.protocol_name if other.attendee else "",
        function="" if other.substitute is not None else representative.function,
        mission=mission.name, country_code=mission.country, country=country(mission.country),
        residence=_residence(mission),
        sectors=tuple(representative.sectors), looks_for=_looks_for(representative),
    )  # fmt: skip


def _residence(mission: Mission) -> str:
    place = [mission.residence_city, country(mission.residence_country) if mission.residence_country else ""]
    return ", ".join(filter(None, place)) or mission.residence_note


def _looks_for(representative: Representative) -> tuple[str, ...]:
    demands = (demand for demand in representative.demands.all() if demand.state == "open")
    texts = (said({"en": one.text, "id": one.text_id or one.text}) for one in demands)
    words = (said({"en": word, "id": called(word)["id"]}) for word in interests_of(representative))
    return (*texts, *words)


def _texts(maker: MakerCard | None, guest: GuestCard | None) -> tuple[str, ...]:
    if maker is not None:
        names = (name for product in maker.products for name in (product.name_id, product.name_en))
        return (maker.name, maker.sector_label, maker.where, *names)
    assert guest is not None
    return (guest.name, guest.mission, guest.country, guest.function, *guest.looks_for)


def notes_for(reader: Participation, card: Card) -> list[sanctions.Reason]:
    """What else a maker minds with a guest's country, e.g. about services; a guest is told nothing here."""
    if card.guest is None:
        return []
    assert reader.business is not None  # by constraint: the reader of a guest's card is a maker
    services = any(product.is_service for product in reader.business.products.all())
    return sanctions.notes(card.guest.country_code, services=services)


def may_have_sheet(reader: Participation, card: Card) -> bool:
    """Whether a guest is offered the maker's product sheet: it names all products, also those under sanctions."""
    return card.maker is not None and country_of(reader) not in sanctions.countries()
