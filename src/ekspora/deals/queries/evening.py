"""The evening after the meetings as one side reads it: whom they met, what was promised both ways, what is known.

What the other side said of a meeting is never read here; whether a meeting took place follows from the own answer
or from both having been checked in.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from ekspora.core.clock import now, today
from ekspora.core.models import AccessLink
from ekspora.deals.models import Commitment, Forward
from ekspora.deals.queries.commitments import of_participation
from ekspora.demand.models import Demand, Outcome, Side
from ekspora.directory.models import Product
from ekspora.directory.queries.maker_cards import MakerCard, ProductCard, maker_card, product_card, thumb_of
from ekspora.matching.queries import country_of
from ekspora.meetings.models import Meeting
from ekspora.meetings.queries import outcomes
from ekspora.meetings.queries.outcomes import Mine
from ekspora.programmes.models import Feedback, Participation
from ekspora.readiness.queries import Rules, rules_for

Verdict = Outcome.Verdict


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody met, with what was promised by ``own`` side and by ``theirs``."""

    mine: Mine
    own: tuple[Commitment, ...]
    theirs: tuple[Commitment, ...]

    @property
    def other(self) -> Participation:
        """The other side."""
        return self.mine.other

    @property
    def verdict(self) -> str:
        """What the own side said of it; empty when nothing was said."""
        return self.mine.said.verdict if self.mine.said else ""

    @property
    def is_possible(self) -> bool:
        """Whether the own side sees cooperation."""
        return self.verdict == Verdict.POSSIBLE

    @property
    def card(self) -> MakerCard:
        """What a guest may know of the maker."""
        assert self.other.business is not None  # only asked for by guests
        return maker_card(self.other.business)

    @property
    def goods(self) -> tuple[ProductCard, ...]:
        """The maker's products that may go to the guest's country, those talked about first."""
        wanted = {row.product_id for row in self.mine.said.products.all()} if self.mine.said else set()
        cards = [product_card(product) for product in self.mine.products]
        return tuple(sorted(cards, key=lambda card: card.pk not in wanted))

    @property
    def thumb(self) -> str:
        """The photo beside the maker's name."""
        return thumb_of(self.goods)

    @property
    def country(self) -> str:
        """The country of the other side, when that is a guest."""
        return country_of(self.other)


@dataclass(frozen=True)
class Evening:
    """Everything one participant reads in the evening. ``unclear``: meetings that did not take place, or of which
    nobody knows here; ``to_come``: how many are not over yet."""

    participation: Participation
    met: tuple[Met, ...]
    unclear: tuple[Mine, ...]
    to_come: int
    own: tuple[Commitment, ...]
    theirs: tuple[Commitment, ...]
    demands: tuple[Demand, ...] = ()
    feedback: Feedback | None = None
    forward: Forward | None = None

    @property
    def is_guest(self) -> bool:
        """Whether a representative reads it."""
        return self.participation.side == Side.GUEST

    @property
    def open_link(self) -> AccessLink | None:
        """The address that is passed on, while it works."""
        link = self.forward.link if self.forward is not None else None
        return link if link is not None and link.is_open else None

    @cached_property
    def untold(self) -> tuple[Mine, ...]:
        """Meetings that are over and of which the own side has said nothing yet."""
        known = [*(one.mine for one in self.met), *self.unclear]
        return tuple(one for one in known if one.said is None and one.is_published)

    @cached_property
    def overdue(self) -> tuple[Commitment, ...]:
        """Own promises whose day has passed."""
        day = today(self.participation.activity.zone)
        return tuple(one for one in self.own if one.state == Commitment.State.OPEN and one.due < day)

    @cached_property
    def elsewhere(self) -> tuple[Commitment, ...]:
        """Promises between people of whose meeting nothing is known here, such as those an officer noted."""
        shown = {row.pk for one in self.met for row in (*one.own, *one.theirs)}
        return tuple(one for one in (*self.own, *self.theirs) if one.pk not in shown)

    @cached_property
    def rules(self) -> Rules:
        """What is known of the guest's country for the goods of the makers met."""
        country = country_of(self.participation)
        return rules_of(country, (product for one in self.met for product in one.mine.products))


def rules_of(country: str, products: Iterable[Product]) -> Rules:
    """What is known of a country for these products; their sector counts where the code is not known.

    Services have no rule here: when there are only services nothing is narrowed.
    """
    goods = [product for product in products if not product.is_service]
    return rules_for(
        country,
        hs={product.hs for product in goods if product.hs},
        sectors={product.business.sector for product in goods if not product.hs},
    )


def evening_of(participation: Participation) -> Evening:
    """The evening of one participant; a constant number of queries."""
    told = outcomes.mine(participation)
    prefetch_related_objects([one.other for one in told], "business__exports", "business__fairs")
    own, theirs = _promises(participation)
    over = [one for one in told if one.meeting.ends_at <= now() or one.said is not None]
    met = [Met(one, tuple(own[_key(one)]), tuple(theirs[_key(one)])) for one in over if took_place(one)]
    return Evening(
        participation=participation,
        met=tuple(met),
        unclear=tuple(one for one in over if not took_place(one)),
        to_come=len(told) - len(over),
        own=_all(own), theirs=_all(theirs),
        demands=_demands(participation),
        feedback=Feedback.objects.filter(participation=participation).first(),
        forward=Forward.objects.select_related("link").filter(participation=participation).first(),
    )  # fmt: skip


def took_place(one: Mine) -> bool:
    """Whether a meeting was held, as far as one side may know: by the own answer, else by both having been there."""
    if one.said is not None:
        return one.said.verdict != Verdict.NOT_HELD
    both = (one.participation, one.other)
    return one.is_published and all(was_there(who, one.meeting) for who in both)


def was_there(who: Participation, meeting: Meeting) -> bool:
    """Whether somebody was checked in before a meeting ended and had not left before it began."""
    if who.came_at is None or who.came_at >= meeting.ends_at:
        return False
    return who.left_at is None or who.left_at > meeting.starts_at


def _key(one: Mine) -> int:
    other = one.other.business_id or one.other.representative_id
    assert other is not None  # by constraint
    return other


Promises = defaultdict[int, list[Commitment]]


def _promises(participation: Participation) -> tuple[Promises, Promises]:
    """What the own side and the other sides promised, by the other's business or representative."""
    own: Promises = defaultdict(list)
    theirs: Promises = defaultdict(list)
    promised = [row for rows in of_participation(participation) for row in rows if not row.is_taken_back]
    for one in sorted(promised, key=lambda row: (row.due, row.pk)):
        other = one.representative_id if participation.side == Side.MAKER else one.business_id
        (own if one.side == participation.side else theirs)[other].append(one)
    return own, theirs


def _all(found: Promises) -> tuple[Commitment, ...]:
    rows = [one for group in found.values() for one in group]
    return tuple(sorted(rows, key=lambda one: (one.due, one.pk)))


def _demands(participation: Participation) -> tuple[Demand, ...]:
    if participation.representative is None:
        return ()
    return tuple(
        Demand.objects.filter(representative=participation.representative).order_by("created_at", "pk")
    )
