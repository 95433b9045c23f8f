"""The words of a fact about a market, for pages and reports alike."""

from django.utils.translation import gettext as _

from ekspora.readiness.facts import Ask, Confidence, Fact, Who


def duty(fact: Fact) -> str:
    """Who has to act."""
    names = {
        Who.EXPORTER: _("the maker"),
        Who.IMPORTER: _("the importer"),
        Who.AUTHORITY: _("an authority of Indonesia"),
    }
    return _("To be done by: %(who)s") % {"who": ", ".join(names[one] for one in fact.who)}


def sureness(fact: Fact) -> str:
    """How sure we are."""
    if fact.confidence == Confidence.HIGH:
        return _("found in a published source")
    return _("likely right, details may have changed")


def ask(field: Ask) -> str:
    """A fact of a product as a sentence names it."""
    return {
        Ask.HS: _("the HS code"),
        Ask.NAME_EN: _("the English name"),
        Ask.CERTIFICATES: _("the certificates"),
        Ask.SHELF_LIFE: _("how long it keeps"),
    }[field]
