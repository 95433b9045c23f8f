"""The one next step of the evening. An explicit rule: the first of ``RULES`` that has something to say.

For owners: a promise that is overdue → a meeting not told of → the promise that is due first → a fact of a product
that the market of a guest needs → feedback. For representatives: the same without the products, and before the
feedback the report to pass on to importers at home.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ekspora.deals.models import Commitment
from ekspora.deals.promise_words import words_of
from ekspora.deals.queries.evening import Evening, Met, rules_of
from ekspora.directory.models import Product
from ekspora.programmes.models import Participation, in_language
from ekspora.readiness.facts import Ask, Fact
from ekspora.readiness.wording import ask
from ekspora.ui import formats
from ekspora.ui.formats import said


@dataclass(frozen=True, slots=True)
class Next:
    """One thing to do: a title, a sentence, the button's words and where it leads."""

    code: str
    title: str
    text: str
    action: str
    url: str


def next_step(evening: Evening) -> Next | None:
    """The one thing to do now; None when nothing waits."""
    return next((found for rule in RULES if (found := rule(evening)) is not None), None)


def _overdue(evening: Evening) -> Next | None:
    if not evening.overdue:
        return None
    one = evening.overdue[0]
    title = _("Overdue: %(promise)s") % {"promise": _promise(evening, one)}
    text = _("You promised this to %(who)s by %(day)s. Do it today, or say what has changed.")
    return _to_promises(evening, "overdue", title, text % _whom(evening, one))


def _untold(evening: Evening) -> Next | None:
    if not evening.untold:
        return None
    one, count = evening.untold[0], len(evening.untold)
    title = ngettext("One meeting waits for your answer", "%(n)d meetings wait for your answer", count) % {
        "n": count
    }
    text = _("Say in three taps how it went with %(who)s, while it is fresh.") % {"who": one.other.label}
    url = reverse("my_outcome", args=[evening.participation.pk, one.key])
    return Next("untold", title, text, _("Say how it went"), url)


def _due(evening: Evening) -> Next | None:
    one = next((one for one in evening.own if one.state == Commitment.State.OPEN), None)
    if one is None:
        return None
    text = _("You promised this to %(who)s by %(day)s.") % _whom(evening, one)
    return _to_promises(evening, "due", _promise(evening, one), text)


def _missing(evening: Evening) -> Next | None:
    found = next(missing_facts(evening), None)
    if found is None:
        return None
    product, field, fact, country = found
    words = {"what": ask(field), "product": in_language(product.name, product.name_en)}
    title = _("Add %(what)s: %(product)s") % words
    text = _("%(country)s asks for it: %(rule)s.") % {
        "country": formats.country(country),
        "rule": said(fact.title),
    }
    url = reverse("my_product_edit", args=[product.pk])
    return Next("missing", title, text, _("Complete the product"), url)


def missing_facts(evening: Evening) -> Iterator[tuple[Product, Ask, Fact, str]]:
    """Facts of the maker's products that a rule of a guest's country asks for and that are empty.

    Guests with whom cooperation is possible come first.
    """
    if evening.is_guest:
        return
    for one in sorted(evening.met, key=lambda met: not met.is_possible):
        for product in one.mine.products:
            yield from _asked_of(product, one)


def _asked_of(product: Product, met: Met) -> Iterator[tuple[Product, Ask, Fact, str]]:
    if product.is_service:
        return
    for fact in rules_of(met.country, [product]).facts:
        for field in fact.asks:
            if getattr(product, field) in ("", None):
                yield product, field, fact, met.country


def _passing_on(evening: Evening) -> Next | None:
    possible = [one for one in evening.met if one.is_possible]
    if not evening.is_guest or evening.open_link is not None or not possible:
        return None
    title = _("Pass the makers on to importers at home")
    text = ngettext(
        "You see cooperation with one maker. A link for importers shows its products; whoever asks through it is "
        "credited to your mission.",
        "You see cooperation with %(n)d makers. A link for importers shows their products; whoever asks through it "
        "is credited to your mission.",
        len(possible),
    )
    return Next("forward", title, text % {"n": len(possible)}, _("Choose the makers"), "#forward")


def _feedback(evening: Evening) -> Next | None:
    if evening.feedback is not None:
        return None
    text = _("One tap helps the organisers to do it better next time.")
    return Next("feedback", _("How content were you?"), text, _("Say it"), "#feedback")


RULES: tuple[Callable[[Evening], Next | None], ...] = (
    _overdue, _untold, _due, _missing, _passing_on, _feedback,
)  # fmt: skip


def _to_promises(evening: Evening, code: str, title: str, text: str) -> Next:
    url = reverse("my_commitments", args=[evening.participation.pk])
    return Next(code, title, text, _("To your promises"), url)


def _promise(evening: Evening, one: Commitment) -> str:
    return words_of(one, evening.participation.side)


def _whom(evening: Evening, one: Commitment) -> dict[str, str]:
    guest = evening.participation.side == Participation.Side.GUEST
    who = one.business.name if guest else one.representative.mission.name
    return {"who": who, "day": formats.day(one.due, weekday=False)}
