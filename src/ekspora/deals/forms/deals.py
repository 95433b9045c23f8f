"""Forms of deals: with whom, about what; why it ends; who looks after it next."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Person
from ekspora.deals.models import Deal
from ekspora.directory.forms.fields import CountryField, choose_agency
from ekspora.directory.models import Business, Buyer, Mission, Product
from ekspora.directory.services.buyers import refuse_missions


class DealForm(forms.Form):
    """A business, a named buyer, and what they talk about."""

    buyer_name = forms.CharField(
        label=_("Name of the buyer"), max_length=160,
        help_text=_("The company or shop that orders and pays; never the embassy that introduces it."),
        widget=forms.TextInput(attrs={"list": "buyers", "autocomplete": "off"}),
    )  # fmt: skip
    country = CountryField(label=_("Country of the buyer"))
    kind = forms.ChoiceField(label=_("Kind of buyer"), choices=Buyer.Kind, initial=Buyer.Kind.UNKNOWN)
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product"), required=False, empty_label=_("several, or not listed")
    )
    subject = forms.CharField(
        label=_("About"), max_length=160, required=False, help_text=_("Left empty: the product.")
    )
    mission = forms.ModelChoiceField(
        Mission.objects.all(), label=_("Introduced by the mission"), required=False,
        empty_label=_("no mission"), help_text=_("It keeps the credit for the introduction."),
    )  # fmt: skip

    def __init__(self, *args: Any, business: Business, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "product", business.products.all())

    def clean_buyer_name(self) -> str:
        """A mission is refused beside its field, before anything is written."""
        name: str = self.cleaned_data["buyer_name"]
        try:
            refuse_missions(name)
        except DomainError as refused:
            raise forms.ValidationError(str(refused)) from refused
        return name

    def clean(self) -> dict[str, Any]:
        """It is about something."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("product") and not cleaned.get("subject"):
            self.add_error("subject", _("Choose a product, or write what it is about."))
        return cleaned

    def buyer(self) -> dict[str, str]:
        """Who buys, as the services take it."""
        data = self.cleaned_data
        return {"name": data["buyer_name"], "country": data["country"], "kind": data["kind"]}

    def values(self) -> dict[str, Any]:
        """What it is about."""
        return {name: self.cleaned_data[name] for name in ("product", "subject", "mission")}


class NewDealForm(DealForm):
    """A new deal: also whose it is and who looks after it."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), empty_label=None)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, business: Business, agencies: Any, **options: Any) -> None:
        super().__init__(*args, business=business, **options)
        self.fields["key"].initial = uuid4()
        choose_agency(self, agencies)

    def parts(self) -> dict[str, Any]:
        """What the service takes besides the buyer."""
        key: UUID = self.cleaned_data["key"]
        return self.values() | {"agency": self.cleaned_data["agency"], "key": key}


def initial_of(deal: Deal) -> dict[str, Any]:
    """What the form shows of a known deal."""
    return {
        "buyer_name": deal.buyer.name, "country": deal.buyer.country, "kind": deal.buyer.kind,
        "product": deal.product, "subject": deal.subject, "mission": deal.mission,
    }  # fmt: skip


class CloseForm(forms.Form):
    """How it ended, and why."""

    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(Deal.State.DONE, _("done")), (Deal.State.LOST, _("came to nothing"))],
    )
    why = forms.CharField(label=_("Why?"), max_length=300)


class HandOverForm(forms.Form):
    """Who looks after it from now on."""

    owner = forms.ModelChoiceField(Person.objects.none(), label=_("To whom"), empty_label=None)
    why = forms.CharField(label=_("Why?"), max_length=200, required=False)

    def __init__(self, *args: Any, officers: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "hand_%s", **options})
        _offer(self, "owner", officers)


def _offer(form: forms.Form, name: str, choices: Any) -> None:
    chosen = form.fields[name]
    assert isinstance(chosen, forms.ModelChoiceField)
    chosen.queryset = choices
