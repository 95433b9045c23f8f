"""Fields for what people write in many ways: phone numbers, countries, places of Indonesia."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ekspora.directory import places
from ekspora.engines.registers.values.countries import country
from ekspora.engines.registers.values.outcome import Context, Parsed
from ekspora.engines.registers.values.phones import phones
from ekspora.ui import formats


class PhoneField(forms.CharField):
    """A phone number as people write it, kept as E.164; numbers without a country are Indonesian."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def clean(self, value: Any) -> str:
        """The number as ``+62…``; ValidationError says how to write it."""
        text = super().clean(value)
        if not text:
            return ""
        outcome = phones(text, Context())
        numbers = cast("list[dict[str, str]]", outcome.value) if isinstance(outcome, Parsed) else []
        if len(numbers) != 1:
            raise ValidationError(_("Write one phone number, such as 0812-3456-7890 or +60 12 345 6789."))
        return numbers[0]["number"]


class CountryField(forms.CharField):
    """A country by its name in either language or its code, kept as ISO code; the page lists all names
    once (``directory/countries.html``), so that rows of countries stay light."""

    widget = forms.TextInput(attrs={"list": "countries", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """A code is shown as the country's name."""
        return formats.country(value) if isinstance(value, str) and len(value) == 2 else value

    def clean(self, value: Any) -> str:
        """The ISO code; ValidationError for a name that no country or several have."""
        text = super().clean(value)
        outcome = country(text, Context()) if text else Parsed("")
        if isinstance(outcome, Parsed):
            return str(outcome.value)
        raise ValidationError(outcome.remedy[formats.locale().language])


class PlaceField(forms.ChoiceField):
    """A regency or city, or only a province, in one list; ``province_and_regency`` takes the choice apart."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Regency or city"))
        super().__init__(choices=_place_choices, required=False, **options)


def _place_choices() -> list[tuple[str, Any]]:
    groups: list[tuple[str, Any]] = [("", _("not known, or abroad"))]
    for code, name in places.provinces():
        whole = (code, _("%(province)s (regency not known)") % {"province": name})
        groups.append((name, [*places.regencies(code), whole]))
    return groups


def province_and_regency(code: str) -> tuple[str, str]:
    """The two codes behind a choice of ``PlaceField``."""
    return code[:2], code if len(code) > 2 else ""


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **options: Any) -> None:
        choices = [
            ("", gettext_lazy("not known")),
            ("1", gettext_lazy("yes")),
            ("0", gettext_lazy("no")),
        ]
        super().__init__(
            choices=choices, coerce=lambda text: text == "1", empty_value=None, required=False, **options
        )

    def prepare_value(self, value: Any) -> Any:
        """The choice that stands for a truth value."""
        return {True: "1", False: "0", None: ""}.get(value, value)


def choose_agency(form: forms.BaseForm, agencies: Any) -> None:
    """Offer the agencies a person acts for; a single one needs no question."""
    choice = form.fields["agency"]
    assert isinstance(choice, forms.ModelChoiceField)
    choice.queryset = agencies
    if len(agencies) == 1:
        choice.widget, choice.initial = forms.HiddenInput(), agencies[0]
