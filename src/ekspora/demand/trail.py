"""What people read in the trail for the actions, records and details of this room."""

from django.utils.translation import gettext_lazy as _

from ekspora.demand.models import Outcome

LABELS = {
    "demand.take_down": _("took down a demand"),
    "demand.change": _("changed a demand"),
    "demand.answer": _("answered a demand"),
    "demand.close": _("closed a demand"),
    "demand.reopen": _("opened a demand again"),
}

RECORDS = {
    "demand.demand": _("demand"),
    "demand.encounter": _("meeting told about"),
    "demand.outcome": _("answer about a meeting"),
    "demand.contactagreement": _("consent to share a contact"),
}

DETAILS = {
    "encounter": _("meeting talked about"),
    "owner": _("who answers for it"),
    "products": _("products"),
    "side": _("side"),
    "wording": _("words agreed to"),
}

READERS = {
    "outcome.steps": dict(Outcome.Step.choices).get,
}
