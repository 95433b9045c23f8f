"""What people are told about their invitation, in their own language. "{link}" becomes the personal link."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Person
from ekspora.core.services.outbox import Draft
from ekspora.programmes.models import Activity, Participation
from ekspora.ui import formats

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def invitation(participation: Participation, person: Person) -> Draft:
    """The message that comes with the letter."""
    text = _(
        "%(greeting)s\n\n%(agency)s invites you to “%(activity)s” in %(city)s, %(days)s.\n\n"
        "Programme and answer, on your personal page:\n{link}\n\n"
        "You can change your answer until the activity begins. This link is yours alone; please do not pass "
        "it on."
    )
    return _draft(participation, person, "invitation", f"invitation:{participation.pk}", text)


def new_link(participation: Participation, person: Person, number: int) -> Draft:
    """The message with a new personal link; ``number`` tells one renewal from another."""
    text = _(
        "%(greeting)s\n\nHere is your new personal link for “%(activity)s”, %(days)s:\n{link}\n\n"
        "The earlier link no longer works. Please do not pass this one on."
    )
    return _draft(participation, person, "link", f"link:{participation.pk}:{person.pk}:{number}", text)


def substitution(participation: Participation, person: Person) -> Draft:
    """The message to somebody who comes in another's place."""
    text = _(
        "%(greeting)s\n\n%(who)s has named you to take part in “%(activity)s” in %(city)s, %(days)s.\n\n"
        "Your personal page:\n{link}\n\nThis link is yours alone; please do not pass it on."
    )
    return _draft(participation, person, "substitute", f"substitute:{participation.pk}:{person.pk}", text)


def _draft(participation: Participation, person: Person, kind: str, key: str, text: "_StrPromise") -> Draft:
    """The lazy ``text`` is looked up in the person's language, not in the officer's."""
    activity = participation.activity
    with translation.override(person.language if person.language == "en" else "id"):
        values = {
            "greeting": _("Dear %(name)s,") % {"name": person.protocol_name},
            "agency": agency_name(activity),
            "activity": activity,
            "city": activity.city,
            "days": days(activity),
            "who": participation.label,
        }
        subject = str(_("Invitation: %(activity)s") % values)
        return Draft(
            person, kind, key, subject, str(text) % values,
            link_scope=activity.scope, link_target=reverse("my_invitation", args=[participation.pk]),
        )  # fmt: skip


def agency_name(activity: Activity) -> str:
    """The lead's name in the active language."""
    lead = activity.lead
    return lead.name_en if lead.name_en and translation.get_language() == "en" else lead.name


def days(activity: Activity) -> str:
    """The day, or the first and the last one."""
    first, last = formats.day(activity.starts_on), formats.day(activity.ends_on)
    return first if first == last else f"{first} – {last}"
