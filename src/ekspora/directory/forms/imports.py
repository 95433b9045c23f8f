"""The form that takes the file of a register."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Agency
from ekspora.directory.forms.fields import choose_agency

MOST_BYTES = 20 * 1024 * 1024


class UploadForm(forms.Form):
    """The file of a register, and on whose list its rows are kept."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.json"}),
        allow_empty_file=True,
    )  # fmt: skip
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Kept on the list of"), empty_label=None)

    def __init__(self, *args: Any, agencies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_agency(self, agencies)

    def clean_file(self) -> Any:
        """The file as sent, unless it is too large to be a register."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("This file is larger than 20 MB. Split it into several files."))
        return file
