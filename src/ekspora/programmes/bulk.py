"""Taking many businesses of the directory into an activity at once."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ekspora.core.errors import DomainError
from ekspora.core.models import Agency
from ekspora.directory.forms.bulk import BulkForm
from ekspora.directory.models import BulkRow, Business
from ekspora.directory.services.bulk import Action, Outcome, Step
from ekspora.programmes.models import Activity, Organiser, Participation
from ekspora.programmes.queries.activities import activities_for
from ekspora.programmes.rules import WORKING
from ekspora.programmes.services import participants


class ActivityForm(BulkForm):
    """An activity that the agency works on."""

    activity = forms.ModelChoiceField(Activity.objects.none(), label=gettext_lazy("Activity"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["activity"]
        assert isinstance(choice, forms.ModelChoiceField)  # as declared above
        working = Activity.objects.filter(
            organiser_rows__agency=self.agency, organiser_rows__role__in=WORKING
        )
        choice.queryset = (
            activities_for(self.actor).filter(pk__in=working.values("pk")).order_by("-starts_on")
        )

    def arguments(self) -> dict[str, Any]:
        """The activity's number."""
        return {"activity": self.cleaned_data["activity"].pk}


def action() -> Action:
    """The action as the directory offers it."""
    return Action(
        label=_("Take into an activity"), button=_("Take into the activity"), form=ActivityForm, each=_enrol,
        undo=_release,
        does=_("These businesses become participants of the activity. Nobody is invited yet: you prepare the invitations there."),  # noqa: E501  # one sentence
    )  # fmt: skip


def has_planned(business: Business, agency: Agency, sharer: Agency) -> bool:
    """Whether the business takes part in an activity that the agency works on and the sharer does not."""
    working = Organiser.objects.filter(role__in=WORKING)
    mine = Participation.objects.filter(business=business)
    mine = mine.filter(activity__in=working.filter(agency=agency).values("activity"))
    return mine.exclude(activity__in=working.filter(agency=sharer).values("activity")).exists()


def _enrol(step: Step, found: list[Business]) -> Iterable[Outcome]:
    activity = Activity.objects.filter(pk=step.arguments["activity"]).first()
    if activity is None:
        raise DomainError(_("This activity does not exist."))
    made = participants.enrol(activity=activity, actor=step.actor, businesses=found)
    new = {row.business_id: row.pk for row in made}
    for business in found:
        if business.pk in new:
            yield Outcome(business, memo={"participation": new[business.pk]})
        else:
            yield Outcome(business, _("It takes part already."))


def _release(step: Step, row: BulkRow) -> str:
    """Out of the activity again, while nothing depends on it."""
    participation = Participation.objects.filter(pk=row.memo["participation"]).first()
    if participation is None:
        return ""
    try:
        participants.remove(participation=participation, actor=step.actor)
    except DomainError as error:
        return str(error)
    return ""
