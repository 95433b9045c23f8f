"""What people read in the trail for the actions of this room."""

from django.utils.translation import gettext_lazy as _

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
