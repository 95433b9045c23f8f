"""When a business is ready on paper: the smallest set of papers, by what it makes, that it holds and that is valid.

This is no score of how well it can export. It says what the record shows today: NIB, a well-formed NPWP, and for at
least one kind of goods everything that has to be held at home before the first shipment. Where what is made is not
told, it follows from a sector that leaves no choice; else it is not known, and nobody is counted as ready.
"""

from collections import Counter
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Contains, Exact
from django.utils.translation import gettext_lazy as _

from ekspora.directory.models import Certificate, Product
from ekspora.directory.queries.conditions import Condition, of, validity, way
from ekspora.directory.sectors import SECTOR_OF
from ekspora.readiness.facts import Papers
from ekspora.readiness.reading import checklist


def ready() -> Q:
    """Whether a business is ready on paper today."""
    checked = ~Q(nib="") & Q(npwp_checked_at__isnull=False)
    return checked & reduce(or_, (_makes(one.trade) & _holds(one) for one in checklist().papers))


def _makes(trade: str) -> Q:
    told = Cast("trades", TextField())
    found = Q(Contains(told, Value(f'"{trade}"')))
    sector = SECTOR_OF.get(trade, "")
    if sector and Counter(SECTOR_OF.values())[sector] == 1:
        found |= Q(Exact(told, Value("[]")), sector=sector)
    return found


def _holds(papers: Papers) -> Q:
    held = (of(_certificates(kinds)) for kinds in papers.held)
    told = (of(Product.objects.filter(**{f"{ask}__isnull": False})) for ask in papers.tells)
    return reduce(and_, (*held, *told), Q())


def _certificates(kinds: tuple[str, ...]) -> QuerySet[Certificate]:
    names = [kind for kind in kinds if kind.isupper()]
    found = Q(type__in=[kind for kind in kinds if kind not in names])
    for name in names:
        found |= Q(type=Certificate.Type.OTHER, name__icontains=name)
    return Certificate.objects.filter(found & validity("valid"))


def register() -> None:
    """Put the step into the way of businesses."""
    note = _("NIB, NPWP, and the papers that what it makes needs at home.")
    step = Condition(_("ready on paper"), ready, note=note, page="papers_at_home")
    way.register("ready", step, order=30)
