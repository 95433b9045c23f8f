"""An importer's question about one business, from a page that needs no sign-in."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.directory.places import countries

NAMES = ("name", "company", "country", "email", "words")


class AskForm(forms.Form):
    """Who asks and for what. ``website`` is left empty by people: they do not see it."""

    name = forms.CharField(
        label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    company = forms.CharField(
        label=_("Company"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    country = forms.ChoiceField(label=_("Country"))
    email = forms.EmailField(
        label=_("Email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    words = forms.CharField(
        label=_("What are you looking for?"), max_length=1000,
        help_text=_("Which product, how much, by when, to which standard."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = [("", "—"), *countries()]  # type: ignore[attr-defined]  # a choice field
        self.fields["country"].initial = country
        self.fields["key"].initial = uuid4()

    @property
    def seen(self) -> list[forms.BoundField]:
        """The fields people fill in, in their order."""
        return [self[name] for name in NAMES]

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what people do not see."""
        return bool(self.data.get("website"))

    def question(self) -> tuple[UUID, dict[str, str]]:
        """The form's key and what was written."""
        return self.cleaned_data["key"], {name: self.cleaned_data[name] for name in NAMES}
