"""Sharing a business with another agency."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Agency
from ekspora.directory.models import Business


class ShareForm(forms.Form):
    """Which agency keeps the business as well from now on; those that keep it already are not offered."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))

    def __init__(self, *args: Any, business: Business, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)  # as declared above
        field.queryset = Agency.objects.exclude(listings__business=business)
