"""What officers type about promises."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Person
from ekspora.deals.models import Commitment
from ekspora.demand.models import Side
from ekspora.directory.forms.fields import CountryField
from ekspora.directory.models import Buyer
from ekspora.directory.places import countries
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def country_choices() -> list[tuple[str, str]]:
    """All countries in the reader's language, with an empty choice first."""
    return [("", str(_("choose"))), *countries()]


class DueForm(forms.Form):
    """Another date, and why."""

    due = forms.DateField(label=_("Due by"), widget=DAY)
    reason = forms.CharField(label=_("Why"), max_length=200)


class HandOverForm(forms.Form):
    """Who keeps it from now on, and why; ``all``: also the other open ones of whoever kept it."""

    taker = forms.ModelChoiceField(Person.objects.none(), label=_("Who keeps it from now on"))
    reason = forms.CharField(label=_("Why"), max_length=200)
    all = forms.BooleanField(label=_("Also everything else they still have to keep"), required=False)

    def __init__(self, *args: Any, takers: list[Person], **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "hand_%s", **options})
        field = self.fields["taker"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in takers]).order_by("name")


class BuyerForm(forms.Form):
    """A buyer who was brought; more is said of them on their own page."""

    name = forms.CharField(label=_("Name of the buyer"), max_length=160)
    country = forms.ChoiceField(label=_("Country of the buyer"), choices=country_choices)
    kind = forms.ChoiceField(label=_("Kind of buyer"), choices=Buyer.Kind.choices, initial=Buyer.Kind.UNKNOWN)


class BroughtForm(forms.Form):
    """The same from a phone: the page lists the names of countries once, however many promises stand on it."""

    buyer = forms.CharField(max_length=160)
    country = CountryField()


class FairForm(forms.ModelForm[Commitment]):
    """Which fair somebody is invited to."""

    fair_country = forms.ChoiceField(label=_("Country of the fair"), choices=country_choices, required=False)

    class Meta:
        model = Commitment
        fields = ("fair", "fair_country", "fair_on")
        widgets = {"fair_on": DAY}


class _Guests(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field is no generic at run time
    def label_from_instance(self, row: Participation) -> str:
        """With the person, for several come from one mission."""
        return f"{row.label} · {row.representative.person}" if row.representative else row.label


class CommitmentForm(forms.ModelForm[Commitment]):
    """A promise that no outcome tells of: between whom, what, by when."""

    maker = forms.ModelChoiceField(Participation.objects.none(), label=_("Business"))
    guest = _Guests(Participation.objects.none(), label=_("Representative"))
    side = forms.ChoiceField(label=_("Promised by"), choices=Side.choices)

    class Meta:
        model = Commitment
        fields = ("side", "kind", "text", "due")
        widgets = {"due": DAY}
        help_texts = {"text": _("Needed for “something else”; both sides read it.")}

    field_order = ("maker", "guest", "side", "kind", "text", "due")

    def __init__(self, *args: Any, activity: Activity, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("maker", "guest"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = programmes.participations(activity, name)

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = self.cleaned_data
        return {
            "business": said["maker"].business, "representative": said["guest"].representative,
            **{name: said[name] for name in self.Meta.fields},
        }  # fmt: skip

    def _post_clean(self) -> None:
        """The service checks the whole promise: here only the fields are known."""
