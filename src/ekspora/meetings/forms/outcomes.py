"""What is posted from a phone after a meeting."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ekspora.demand.models import Outcome
from ekspora.demand.services.telling import LONGEST_KEY, LONGEST_NOTE, POSSIBLE, Answer, Wanted
from ekspora.directory.models import Product
from ekspora.meetings.queries.outcomes import Mine, Typed, typed_of, units_of


class OutcomeForm(forms.Form):
    """How it went, and where cooperation is possible over what and what comes next."""

    key = forms.CharField(max_length=LONGEST_KEY)
    verdict = forms.ChoiceField(
        choices=Outcome.Verdict.choices, error_messages={"required": _("Choose how it went.")}
    )
    steps = forms.MultipleChoiceField(choices=Outcome.Step.choices, required=False)
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)
    share = forms.CharField(max_length=16, required=False)

    def __init__(self, data: QueryDict, *, of: Mine) -> None:
        super().__init__(data)
        self.typed_data, self.of = data, of
        self.offered = {str(product.pk): product for product in of.products}

    def clean(self) -> dict[str, Any]:
        """The products with their quantities; a quantity that is none names its product."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["products"] = ()
        if cleaned.get("verdict") == POSSIBLE:
            cleaned["products"] = tuple(self._wanted(pk) for pk in self._chosen())
        return cleaned

    def _chosen(self) -> list[str]:
        return [pk for pk in dict.fromkeys(self.typed_data.getlist("product")) if pk in self.offered]

    def _wanted(self, pk: str) -> Wanted:
        product = self.offered[pk]
        unit = str(self.typed_data.get(f"unit-{pk}", ""))
        return Wanted(product, self._quantity(pk, product), unit if unit in units_of(product) else "")

    def _quantity(self, pk: str, product: Product) -> Decimal | None:
        field = forms.DecimalField(max_digits=14, decimal_places=2, required=False, min_value=Decimal("0.01"))
        try:
            amount: Decimal | None = field.clean(str(self.typed_data.get(f"quantity-{pk}", "")))
        except forms.ValidationError as error:
            self.add_error(None, f"{product.name}: {' '.join(error.messages)}")
            return None
        return amount

    def answer(self) -> Answer:
        """What the person says, for the service."""
        said = self.cleaned_data
        return Answer(said["key"], said["verdict"], tuple(said["steps"]), said["products"], said["note"])

    @property
    def faults(self) -> str:
        """Everything that is wrong, in one text."""
        return " ".join(str(text) for texts in self.errors.values() for text in texts)

    @property
    def typed(self) -> Typed:
        """The form as it was filled in, to be shown again."""
        data = self.typed_data
        amounts: dict[int | None, tuple[str, str]] = {
            int(pk): (data.get(f"quantity-{pk}", ""), data.get(f"unit-{pk}", "")) for pk in self._chosen()
        }
        return typed_of(
            self.of, data.get("verdict", ""), data.getlist("steps"), data.get("note", ""), amounts
        )
