"""The report's own words, figures that others reported, and photos."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.programmes.forms.fields import DateInput
from ekspora.results.figures import beside
from ekspora.results.models import Report, ReportedFigure

MOST_BYTES = 10 * 1024 * 1024


class ReportForm(forms.ModelForm[Report]):
    """Number, date, minutes and who signs."""

    class Meta:
        model = Report
        fields = (
            "number", "dated", "minutes", "signatory", "signatory_position", "signatory_number", "signed_on",
        )  # fmt: skip
        widgets = {
            "dated": DateInput(),
            "signed_on": DateInput(),
            "minutes": forms.Textarea(attrs={"rows": 18}),
        }
        help_texts = {
            "minutes": _(
                "Paragraphs are kept. The report is in Indonesian; write what was said, asked and decided."
            ),
            "signed_on": _("Leave it empty until the paper is signed."),
        }

    def clean(self) -> dict[str, Any]:
        """Nothing is signed before it has a number and a date, and not before that date."""
        data = super().clean() or self.cleaned_data
        signed, dated = data.get("signed_on"), data.get("dated")
        if signed and not (data.get("number") and dated):
            self.add_error("signed_on", _("Give the report its number and date first."))
        elif signed and dated and signed < dated:
            self.add_error("signed_on", _("It was signed before its date."))
        return data


class ReportedFigureForm(forms.ModelForm[ReportedFigure]):
    """What somebody published, as they wrote it."""

    class Meta:
        model = ReportedFigure
        fields = ("wording", "label", "label_en", "source", "source_date", "beside")
        widgets = {"source_date": DateInput(), "beside": forms.Select()}
        help_texts = {
            "wording": _("Word for word, with “about” and “more than”: a little over 40."),
            "source": _("Who published it where: a report, a page, a newspaper."),
            "source_date": _("As far as it is known."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("stands alone")), *beside()]
        self.fields["beside"] = forms.ChoiceField(
            label=_("Stands beside the counted figure"), required=False, choices=choices,
            help_text=_("Both are shown, neither changes the other."),
        )  # fmt: skip


class PhotoForm(forms.Form):
    """One photo with what it shows."""

    picture = forms.FileField(
        label=_("Photo"), help_text=_("JPEG, PNG or WebP, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    caption = forms.CharField(
        label=_("What it shows"), max_length=160,
        help_text=_("Printed below the photo, and read to whoever does not see it."),
    )  # fmt: skip

    def clean_picture(self) -> Any:
        """The file as sent; its content is judged when it is read."""
        picture = self.cleaned_data["picture"]
        if picture.size > MOST_BYTES:
            raise ValidationError(_("This photo is larger than 10 MB. Send a smaller one."))
        return picture
