"""Fields for what people write in many ways: phone numbers, countries, places of Indonesia."""

import re
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ekspora.directory.sectors import LANGUAGES
from ekspora.engines.registers.values.countries import country
from ekspora.engines.registers.values.identifiers import kbli
from ekspora.engines.registers.values.money import price
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


class RupiahField(forms.CharField):
    """An amount in rupiah as people write it: 1.250.000, Rp 2 juta, 1,5 miliar."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """A stored amount with its thousands apart."""
        return formats.number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """Whole rupiah; ValidationError says how to write it."""
        text = super().clean(value)
        if not text:
            return None
        if re.fullmatch(r"(?:rp[ .]*)?0+", text, re.IGNORECASE):  # an empty cell to the reader of registers
            return Decimal(0)
        outcome = price(text, Context())
        found = cast("dict[str, Any]", outcome.value) if isinstance(outcome, Parsed) else {}
        known = found.get("min") is not None and found["min"] == found["max"]
        if not known or found.get("currency") not in (None, "", "IDR") or Decimal(found["min"]) >= 10**15:
            raise ValidationError(_("Write one amount in rupiah, such as 1.250.000 or 2 juta."))
        return Decimal(found["min"]).quantize(Decimal(1))


class KbliField(forms.CharField):
    """KBLI codes in one line, kept as a list."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """The list as one line."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The codes, each once; ValidationError for what is none."""
        text = super().clean(value)
        outcome = kbli(re.sub(r"(?<=\d{5})[ .]+(?=\d{5})", ",", text), Context()) if text else Parsed([])
        if isinstance(outcome, Parsed):
            return list(dict.fromkeys(cast("list[str]", outcome.value)))
        raise ValidationError(outcome.remedy[formats.locale().language])


def language_choices() -> list[tuple[str, str]]:
    """Languages by their names in the reader's language, in the order of ``LANGUAGES``."""
    names = formats.locale().languages
    return [(code, str(names.get(code, code)).capitalize()) for code in LANGUAGES]


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
