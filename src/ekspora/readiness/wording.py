"""The words of a fact about a market, for pages and reports alike."""

from django.utils.translation import gettext as _

from ekspora.directory.models import Certificate
from ekspora.directory.sectors import Trade
from ekspora.readiness.facts import Ask, Confidence, Fact, Known, Papers, Who
from ekspora.ui import formats


def duty(fact: Fact) -> str:
    """Who has to act."""
    names = {
        Who.EXPORTER: _("the maker"),
        Who.IMPORTER: _("the importer"),
        Who.AUTHORITY: _("an authority of Indonesia"),
    }
    return _("To be done by: %(who)s") % {"who": ", ".join(names[one] for one in fact.who)}


def goods(papers: Papers) -> str:
    """What is made."""
    return str(Trade(papers.trade).label)


def needed(papers: Papers) -> list[str]:
    """Each paper, and each fact a product tells, as a list names them."""
    kinds = dict(Certificate.Type.choices)
    held = [" / ".join(str(kinds.get(kind, kind)) for kind in one) for one in papers.held]
    return [*held, *(_("a product tells %(fact)s") % {"fact": ask(one)} for one in papers.tells)]


def origin(known: Known) -> str:
    """Where it comes from, of which day, and how sure we are of a fact where the source does not say so itself."""
    source = formats.said(known.source.title)
    if known.source.where:
        source = f"{source} ({known.source.where})"
        if isinstance(known, Fact):
            sure = _("found there") if known.confidence == Confidence.HIGH else _("details may have changed")
            source = f"{source}, {sure}"
    words = {"source": source, "day": formats.day(known.as_of, weekday=False)}
    return _("Source: %(source)s. As of %(day)s") % words


def ask(field: Ask) -> str:
    """A fact of a product as a sentence names it."""
    return {
        Ask.HS: _("the HS code"),
        Ask.NAME_EN: _("the English name"),
        Ask.CERTIFICATES: _("the certificates"),
        Ask.SHELF_LIFE: _("how long it keeps"),
    }[field]
