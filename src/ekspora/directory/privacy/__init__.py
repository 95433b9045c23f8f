"""What this room holds about a person and how it forgets them.

A business is not a person: its record, its products and what it exported stay on the lists of its agencies.
What of it is the person's goes: who acts for it, and a phone or email that is theirs. A name or number anybody may
type about themselves picks out nothing at businesses they do not act for.
"""

from django.utils.translation import gettext_lazy as _

from ekspora.core import privacy
from ekspora.directory.privacy import papers
from ekspora.directory.privacy.arrivals import UNKNOWN_FOR, expire_claims
from ekspora.directory.privacy.businesses import erase
from ekspora.directory.privacy.held import held
from ekspora.directory.privacy.keeping import keeper
from ekspora.directory.privacy.recognising import doubts, marks_of
from ekspora.directory.privacy.told import entries
from ekspora.directory.services import bulk
from ekspora.directory.services.importing import forgetting

__all__ = ["UNKNOWN_FOR", "erase", "held", "marks_of", "register"]


def register() -> None:
    """Fill core's registries."""
    privacy.held.register("directory", held, order=10)
    privacy.erasers.register("directory", erase, order=40)
    privacy.doubts.register("directory", doubts)
    privacy.trail.register("directory", entries)
    privacy.keepers.register("directory", keeper)
    papers.register()
    privacy.put_to_others.add("claim")
    privacy.expired.register("directory", forgetting.expire)
    privacy.expired.register("claims", expire_claims)
    privacy.expired.register("bulk", bulk.expire)
    privacy.titles |= {
        "businesses": _("businesses you act for"),
        "products": _("products of these businesses"),
        "stewardships": _("how you act for them, with consent"),
        "representative": _("your entry as a representative"),
        "contacts": _("businesses that name you as a contact"),
        "statements": _("facts you stated"),
        "certificates": _("certificates of these businesses"),
        "exports": _("exports of these businesses"),
        "fairs": _("fairs of these businesses"),
        "branches": _("branches of these businesses"),
        "members": _("members of these businesses"),
        "registrations": _("businesses you registered"),
        "consents": _("what you agreed to"),
        "consents_noted": _("what you noted that owners agreed to"),
        "claims": _("businesses you said are yours"),
        "buyers": _("buyers at which you are the contact"),
        "imported": _("rows of imported files about you"),
        "notes": _("notes of agencies about your businesses"),
        "notes_written": _("businesses on which you wrote notes"),
        "saved_filters": _("filters of the list you kept"),
    }
