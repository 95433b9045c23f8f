"""Forms of what belongs to a business row by row; each is one small screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import today
from ekspora.core.documents import MOST_BYTES
from ekspora.directory.forms.fields import CountryField, PhoneField
from ekspora.directory.forms.products import CURRENCIES, choices_of
from ekspora.directory.models import Branch, Business, Certificate, Contact, ExportRecord, Fair, Member

_YEAR = _("Write the year in four digits, not later than this year.")


def paper_field() -> forms.FileField:
    """A scan, photo or PDF that proves the row."""
    return forms.FileField(
        label=_("Photo, scan or PDF"), required=False, help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )  # fmt: skip


class RowForm(forms.ModelForm[Any]):
    """One row of a business."""

    business: Business

    def __init__(self, *args: Any, business: Business, **options: Any) -> None:
        super().__init__(*args, **options)
        self.business = business
        if self.initial.get("year") == 0:  # not known
            self.initial["year"] = None

    def values(self) -> dict[str, Any]:
        """Fields of the row as the services take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "paper"}

    def proof(self) -> bytes | None:
        """The file that was sent, None where none was."""
        paper = self.cleaned_data.get("paper")
        return paper.read() if paper else None

    def clean_paper(self) -> Any:
        """The file as sent; its content is judged when it is read."""
        paper = self.cleaned_data.get("paper")
        if paper and paper.size > MOST_BYTES:
            raise ValidationError(_("This file is larger than 10 MB. Send a smaller one."))
        return paper

    def year_of(self, name: str) -> int:
        """A year that is not to come, 0 where none is given."""
        year = self.cleaned_data.get(name) or 0
        if year and not 1950 <= year <= today("Asia/Jakarta").year:
            raise ValidationError(_YEAR)
        return int(year)


class ContactRow(RowForm):
    """Another person or number."""

    phone = PhoneField(label=_("Phone"), required=False)

    class Meta:
        model = Contact
        fields = ("name", "function", "phone", "has_whatsapp", "email")


class BranchRow(RowForm):
    """Another place."""

    country = CountryField(label=_("Country"), initial="ID")

    class Meta:
        model = Branch
        fields = ("kind", "place", "country")


class MemberRow(RowForm):
    """A member of a cooperative; by its NIB it is found in the register."""

    nib = forms.CharField(
        label=_("NIB of the member"), required=False, max_length=13,
        help_text=_("With it the member is linked when an agency that keeps you also keeps it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    class Meta:
        model = Member
        fields = ("name", "since")

    def clean_since(self) -> int | None:
        """A year of the past."""
        return self.year_of("since") or None

    def values(self) -> dict[str, Any]:
        """With the registered business of that NIB, where it is on a list with this one; an unknown one only named."""
        values = super().values()
        nib = values.pop("nib")
        shared = Business.objects.filter(
            nib=nib, listings__agency__in=self.business.listings.values("agency")
        )
        found = shared.distinct().first() if nib else None
        return values | ({"business": found} if found else {})


class ExportRow(RowForm):
    """A market sold to in a year."""

    market = CountryField(label=_("Country"))
    year = forms.IntegerField(label=_("Year"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=choices_of(CURRENCIES))
    paper = paper_field()

    class Meta:
        model = ExportRecord
        fields = ("market", "year", "is_indirect", "value", "currency", "evidence", "reference")

    def clean_year(self) -> int:
        """A year of the past; 0 where it is not known."""
        return self.year_of("year")

    def clean(self) -> dict[str, Any]:
        """A paper says what it is."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("paper") and not cleaned.get("evidence"):
            self.add_error("evidence", _("Say what kind of evidence it is."))
        return cleaned


class FairRow(RowForm):
    """A fair shown at."""

    country = CountryField(label=_("Country"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False)

    class Meta:
        model = Fair
        fields = ("name", "country", "year")
        labels = {"name": _("Name of the fair")}

    def clean_year(self) -> int:
        """A year of the past; 0 where it is not known."""
        return self.year_of("year")


class CertificateRow(RowForm):
    """A certificate or licence."""

    paper = paper_field()

    class Meta:
        model = Certificate
        fields = (
            "type", "name", "product", "number", "issuer", "valid_from", "valid_until", "has_no_end",
        )  # fmt: skip
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("valid_from", "valid_until")
        }
        help_texts = {"name": _("As it is written on the paper; needed where the type is another one.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        product = self.fields["product"]
        assert isinstance(product, forms.ModelChoiceField)  # as the model has it
        product.queryset, product.empty_label = self.business.products.all(), _("the whole business")


@dataclass(frozen=True, slots=True)
class Rows:
    """One kind of rows on its page: what it is called, its form, and what to say where there is none."""

    label: Any
    add: Any
    none: Any
    form: type[RowForm]
    for_whom: Callable[[Business], bool] = lambda business: True


ROWS: Mapping[str, Rows] = {
    "contacts": Rows(_("Other people and numbers"), _("Add a person or number"),
                     _("Only the number of the business is known."), ContactRow),
    "certificates": Rows(_("Certificates and licences"), _("Add a certificate"),
                         _("None noted yet. Guests ask for halal, P-IRT, HACCP and the like."), CertificateRow),
    "exports": Rows(_("Exports"), _("Add an export"), _("No export noted."), ExportRow),
    "fairs": Rows(_("Fairs shown at"), _("Add a fair"), _("No fair noted."), FairRow),
    "branches": Rows(_("Branches"), _("Add a branch"), _("No branch noted."), BranchRow),
    "members": Rows(_("Members of the cooperative"), _("Add a member"), _("No member noted."), MemberRow,
                    lambda business: business.legal_form == Business.LegalForm.COOPERATIVE),
}  # fmt: skip
