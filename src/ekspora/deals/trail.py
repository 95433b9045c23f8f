"""What people read in the trail for the actions, records and details of this room."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ekspora.deals.alarm_words import titles
from ekspora.deals.models import DealStep

LABELS = {
    "commitment.buyer": _("named a buyer who was brought"),
    "commitment.drop": _("said that a promise will not come about"),
    "commitment.due": _("gave a promise another date"),
    "commitment.fair": _("said which fair somebody is invited to"),
    "commitment.follow": _("a promise followed from an outcome"),
    "commitment.hand_over": _("handed a promise over"),
    "commitment.keep": _("said that a promise was kept"),
    "commitment.promise": _("wrote a promise down"),
    "commitment.reopen": _("opened a promise again"),
    "commitment.revive": _("a promise came back with its next step"),
    "commitment.take_back": _("a promise ended with its next step"),
    "forward.choose": _("chose which makers to pass on"),
    "inquiry.ask": _("somebody abroad asked about a business"),
}

RECORDS = {
    "deals.commitment": _("promise"),
    "deals.deal": _("deal"),
    "deals.forward": _("link passed on"),
    "deals.inquiry": _("inquiry of an importer"),
    "deals.lateranswer": _("answer on what came of it"),
}

DETAILS = {
    "account": _("what came of the promise"),
    "alarms": _("what looked wrong"),
    "amount": _("amount"),
    "buyer": _("buyer"),
    "currency": _("currency"),
    "deal": _("deal"),
    "due": _("due day"),
    "evidence": _("evidence"),
    "from": _("number of who handed it over"),
    "from_name": _("handed over by"),
    "inquiries": _("inquiries"),
    "mission": _("mission"),
    "reference": _("reference"),
    "stage": _("stage"),
    "step": _("step"),
    "text": _("in words"),
    "to": _("number of who took it over"),
    "to_name": _("taken over by"),
}

READERS: dict[str, Callable[[Any], Any]] = {
    "deal.alarms": lambda code: titles().get(code),
    "deal.step": dict(DealStep.Rung.choices).get,
}
