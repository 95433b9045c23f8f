"""The form of a product and its photo."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.directory.models import Product

MOST_BYTES = 10 * 1024 * 1024
UNITS = (
    "kg",
    "t",
    "g",
    "l",
    "ml",
    "pcs",
    "pair",
    "set",
    "dozen",
    "kodi",
    "pack",
    "box",
    "carton",
    "m",
    "m2",
    "m3",
)
CURRENCIES = ("USD", "IDR", "EUR", "SGD", "MYR", "JPY", "AUD", "CNY")
# Incoterms 2020 of the International Chamber of Commerce.
INCOTERMS = ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")


def choices_of(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Codes as choices, with none first."""
    return [("", "–"), *((code, code) for code in codes)]


class ProductForm(forms.ModelForm[Product]):
    """One product or service in two languages; the photo is optional."""

    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=choices_of(CURRENCIES))
    incoterm = forms.ChoiceField(label=_("Incoterm"), required=False, choices=choices_of(INCOTERMS))
    picture = forms.FileField(
        label=_("Photo"), required=False, help_text=_("JPEG, PNG or WebP, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip

    class Meta:
        model = Product
        fields = (
            "name", "name_en", "picture", "description", "description_en", "is_service", "hs", "unit",
            "monthly_capacity", "free_capacity", "minimum_order", "lead_time_days", "shelf_life_days",
            "price", "price_to", "is_price_from", "currency", "incoterm", "certificates",
        )  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "description_en": forms.Textarea(attrs={"rows": 3}),
            "hs": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "unit": forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        }
        help_texts = {
            "hs": _("4, 6 or 8 digits without dots; a service has none."),
            "certificates": _("For example: Halal, P-IRT, HACCP."),
            "price_to": _("Only when the price is a range."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, value in self.initial.items():
            if isinstance(value, Decimal) and value == value.to_integral_value():
                self.initial[name] = int(value)  # nobody writes 3000.00 for three thousand

    def clean_hs(self) -> str:
        """The code without the dots people write in it."""
        return str(self.data.get(self.add_prefix("hs"), "")).replace(".", "").replace(" ", "")

    def clean_picture(self) -> Any:
        """The file as sent; its content is judged when it is read."""
        picture = self.cleaned_data.get("picture")
        if picture and picture.size > MOST_BYTES:
            raise ValidationError(_("This photo is larger than 10 MB. Send a smaller one."))
        return picture

    def clean(self) -> dict[str, Any]:
        """A highest price that is none is refused."""
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("price"), cleaned.get("price_to")
        if high is not None and (low is None or high < low):
            self.add_error("price_to", _("The highest price is below the price."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Fields of Product as the services take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "picture"}

    def photo(self) -> bytes | None:
        """The bytes of the photo, None where none was sent."""
        picture = self.cleaned_data.get("picture")
        return picture.read() if picture else None
