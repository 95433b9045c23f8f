"""The facts of a product in small steps, and its photos."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.directory.models import Product
from ekspora.directory.models.products import PACKAGE

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
    """A part of a product's facts, one screen of a phone."""

    class Meta:
        model = Product
        fields: tuple[str, ...] = ()
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "description_en": forms.Textarea(attrs={"rows": 3}),
            "hs": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "unit": forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        }
        help_texts = {
            "hs": _("4, 6 or 8 digits without dots; a service has none."),
            "price_to": _("Only when the price is a range."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, value in self.initial.items():
            if isinstance(value, Decimal) and value == value.to_integral_value():
                self.initial[name] = int(value)  # nobody writes 3000.00 for three thousand
            elif isinstance(value, Decimal):
                self.initial[name] = value.normalize()  # 11.500 would be read as eleven thousand

    def values(self) -> dict[str, Any]:
        """Fields of Product as the services take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "picture"}

    def photo(self) -> bytes | None:
        """The bytes of the photo, None where none was sent."""
        picture = self.cleaned_data.get("picture")
        return picture.read() if picture else None


def picture_field() -> forms.FileField:
    """A photo to send."""
    return forms.FileField(
        label=_("Photo"), required=False, help_text=_("JPEG, PNG or WebP, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-shrink": ""}),
    )  # fmt: skip


def checked_picture(picture: Any) -> Any:
    """The file as sent; its content is judged when it is read. ValidationError for one that is too large."""
    if picture and picture.size > MOST_BYTES:
        raise ValidationError(_("This photo is larger than 10 MB. Send a smaller one."))
    return picture


class NewProductForm(ProductForm):
    """A new product: its name is enough to begin, a photo makes guests look."""

    picture = picture_field()

    class Meta(ProductForm.Meta):
        fields = ("name", "picture", "name_en", "is_service", "unit", "monthly_capacity")

    def clean_picture(self) -> Any:
        """The file as sent."""
        return checked_picture(self.cleaned_data.get("picture"))


class NamesForm(ProductForm):
    """What it is, in both languages."""

    class Meta(ProductForm.Meta):
        fields = ("name", "name_en", "description", "description_en", "is_service", "hs")

    def clean_hs(self) -> str:
        """The code without the dots people write in it."""
        return str(self.data.get(self.add_prefix("hs"), "")).replace(".", "").replace(" ", "")


class SupplyForm(ProductForm):
    """How much, how soon, how long it keeps."""

    class Meta(ProductForm.Meta):
        fields = (
            "unit", "monthly_capacity", "free_capacity", "minimum_order", "lead_time_days", "shelf_life_days",
        )  # fmt: skip


class ProductPriceForm(ProductForm):
    """The price and its terms."""

    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=choices_of(CURRENCIES))
    incoterm = forms.ChoiceField(label=_("Incoterm"), required=False, choices=choices_of(INCOTERMS))

    class Meta(ProductForm.Meta):
        fields = ("price", "price_to", "is_price_from", "currency", "incoterm")

    def clean(self) -> dict[str, Any]:
        """A highest price that is none is refused."""
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("price"), cleaned.get("price_to")
        if high is not None and (low is None or high < low):
            self.add_error("price_to", _("The highest price is below the price."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The same; a price that is told now rests on no calculation."""
        told = {"price", "currency"} & set(self.changed_data)
        return super().values() | ({"price_basis": ""} if told else {})


class PackageForm(ProductForm):
    """The carton it travels in."""

    class Meta(ProductForm.Meta):
        fields = PACKAGE


class PhotoForm(forms.Form):
    """Another photo, with what it shows."""

    picture = picture_field()
    alt = forms.CharField(
        label=_("What the photo shows"), max_length=160, required=False,
        help_text=_("Read out to those who cannot see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["picture"].required = True

    def clean_picture(self) -> Any:
        """The file as sent."""
        return checked_picture(self.cleaned_data.get("picture"))


PRODUCT_STEPS: Mapping[str, tuple[Any, type[ProductForm]]] = {
    "about": (_("Name and description"), NamesForm),
    "supply": (_("Capacity and time"), SupplyForm),
    "price": (_("Price"), ProductPriceForm),
    "package": (_("Carton"), PackageForm),
}
