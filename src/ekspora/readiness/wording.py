"""The words of a fact about a market, for pages and reports alike."""

from django.utils.translation import gettext as _

from ekspora.readiness.facts import Ask, Confidence, Fact, Who
from ekspora.ui import formats


def duty(fact: Fact) -> str:
    """Who has to act."""
    names = {
        Who.EXPORTER: _("the maker"),
        Who.IMPORTER: _("the importer"),
        Who.AUTHORITY: _("an authority of Indonesia"),
    }
    return _("To be done by: %(who)s") % {"who": ", ".join(names[one] for one in fact.who)}


def origin(fact: Fact) -> str:
    """Where it comes from, of which day, and how sure we are where the source does not say so itself."""
    source = formats.said(fact.source.title)
    if fact.source.where:
        sure = _("found there") if fact.confidence == Confidence.HIGH else _("details may have changed")
        source = f"{source} ({fact.source.where}), {sure}"
    words = {"source": source, "day": formats.day(fact.as_of, weekday=False)}
    return _("Source: %(source)s. As of %(day)s") % words


def ask(field: Ask) -> str:
    """A fact of a product as a sentence names it."""
    return {
        Ask.HS: _("the HS code"),
        Ask.NAME_EN: _("the English name"),
        Ask.CERTIFICATES: _("the certificates"),
        Ask.SHELF_LIFE: _("how long it keeps"),
    }[field]
