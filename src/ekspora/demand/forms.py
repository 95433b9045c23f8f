"""Forms of demands, for officers at a desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.demand import queries
from ekspora.demand.models import Demand
from ekspora.directory.models import Representative
from ekspora.directory.queries.guests import representatives_for
from ekspora.ui import formats

DAY = {"type": "date"}


class DemandForm(forms.ModelForm[Demand]):
    """What is wanted, how much, by when, and who looks after it."""

    class Meta:
        model = Demand
        fields = (
            "text", "text_id", "sector", "hs", "quantity", "unit", "needed_by",
            "agency", "owner", "answer_due",
        )  # fmt: skip
        widgets = {
            "needed_by": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "answer_due": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        }
        labels = {"owner": _("Looked after by"), "agency": _("Agency")}
        help_texts = {
            "text": _("In the words of whoever looks for it, for example: green coffee, grade 1."),
            "hs": _("The beginning is enough, for example 0901. Leave empty when not known."),
            "unit": _("For example kg, pairs, pieces."),
            "answer_due": _("Left empty: in two weeks."),
        }

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("agency", queries.agencies_of(actor))
        self._offer("owner", queries.officers_of(actor))

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices
        if name == "agency" and len(choices) == 1:
            field.widget, field.initial = forms.HiddenInput(), choices[0]

    def values(self) -> dict[str, Any]:
        """The fields for the service."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class RepresentativeChoice(forms.ModelChoiceField[Representative]):
    """A representative by name and country."""

    def label_from_instance(self, obj: Representative) -> str:
        """The name, then what it stands for."""
        return f"{obj.person} · {formats.country(obj.mission.country)}"


class NewDemandForm(DemandForm):
    """A demand somebody tells an officer: also whose it is."""

    representative = RepresentativeChoice(Representative.objects.none(), label=_("Who looks for it"))
    field_order = ("representative",)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, actor=actor, **options)
        self._offer("representative", representatives_for(actor))


class AnswerForm(forms.Form):
    """The answer to a demand."""

    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 4, "id": "id_answer"}))
