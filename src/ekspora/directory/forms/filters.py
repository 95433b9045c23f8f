"""What the list of businesses is narrowed to: one form, whose values stand in the address of the list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.core.models import Agency
from ekspora.directory.forms.fields import CountryField
from ekspora.directory.models import Business, Certificate, Listing
from ekspora.directory.places import children, place_name, provinces
from ekspora.directory.queries.conditions import LED, MISSING, steps
from ekspora.directory.queries.filters import Filters
from ekspora.directory.queries.imports import imports_for
from ekspora.directory.sectors import Sector
from ekspora.ui import formats

# Those that stand in sight; the others open below them.
IN_SIGHT = ("q", "sector", "province")


@dataclass(frozen=True, slots=True)
class Chip:
    """One narrowing in words, and the address of the list without it; ``is_unknown`` of a value nobody offers."""

    label: str
    text: str
    query: str
    is_unknown: bool = False


def _choice(label: Any, none: Any, *choices: tuple[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, label=label, choices=[("", none), *choices])


def _without_left_regency(data: Any) -> Any:
    """Who chooses another province, or all, lets go of the regency chosen before."""
    province, regency = data.get("province"), data.get("regency")
    if (
        province is None
        or not regency
        or (province and regency.startswith(province))
        or not place_name(regency)
    ):
        return data
    return {name: data.get(name) for name in data if name != "regency"}


class FilterForm(forms.Form):
    """What officers narrow the list to. A value that nobody offers, or no longer, finds nothing and its chip says so:
    a list that was narrowed never becomes wider by itself."""

    q = forms.CharField(required=False, label=_("Name, product, place, number"), max_length=100)
    sector = _choice(_("Sector"), _("All sectors"), *Sector.choices)
    province = forms.ChoiceField(
        required=False, label=_("Province"), choices=lambda: [("", _("All provinces")), *provinces()]
    )
    regency = forms.ChoiceField(required=False, label=_("Regency or city"))
    size = _choice(_("Size"), _("all"), *Business.Size.choices)
    legal_form = _choice(_("Legal form"), _("all"), *Business.LegalForm.choices)
    kbli = forms.RegexField(
        r"^\d{1,5}$", required=False, label=_("KBLI, or its beginning"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    nib = _choice(_("NIB"), _("all"), ("1", _("has an NIB")), ("0", _("has no NIB")))
    step = forms.ChoiceField(
        required=False, label=_("How far it has come"),
        choices=lambda: [("", _("all")), *((code, one.label) for code, one in steps().items())],
    )  # fmt: skip
    certificate = _choice(_("Certificate"), _("all"), *Certificate.Type.choices)
    certificates = _choice(
        _("Its validity"), _("all"), ("valid", _("a certificate is valid")),
        ("ending", _("a certificate ends soon")), ("ended", _("a certificate ended")), ("none", _("has none")),
    )  # fmt: skip
    led = _choice(_("Owned by"), _("all"), *((code, words) for code, (_column, words) in LED.items()))
    checked = _choice(_("Checked"), _("all"), ("1", _("a fact was checked")), ("0", _("nothing was checked")))
    missing = _choice(
        _("What is missing"),
        _("all"),
        *((code, one.label) for code, one in MISSING.items()),
    )
    activity = _choice(_("Still active"), _("all"), ("1", _("active")), ("0", _("no longer active")))
    source = forms.ChoiceField(required=False, label=_("From the list"))
    agency = forms.ChoiceField(required=False, label=_("Kept by"))
    country = CountryField(required=False, label=_("Country"))
    note = forms.CharField(required=False, label=_("Words in your notes"), max_length=100)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(_without_left_regency(data))
        province = self["province"].value()
        within = children(province) if province in dict(provinces()) else ()
        self._offer("regency", _("all"), within)
        files = imports_for(actor).filter(kind="businesses")[:200]
        self._offer("source", _("all"), ((str(one.pk), one.file_name) for one in files))
        keeping = Agency.objects.filter(Exists(Listing.objects.filter(agency=OuterRef("pk"))))
        self._offer("agency", _("all"), ((str(one.pk), one.short_name) for one in keeping))
        self.is_valid()

    def _offer(self, name: str, none: Any, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # as declared above
        field.choices = [("", none), *choices]

    @property
    def values(self) -> dict[str, str]:
        """What narrows, by field, as the address has it."""
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    @property
    def unknown(self) -> dict[str, str]:
        """What was asked for and nobody offers, by field, as it was written."""
        return {name: str(self.data.get(name)) for name in self.errors}

    @property
    def query(self) -> str:
        """All of it as an address has it."""
        return urlencode(self.values | self.unknown)

    def query_at(self, step: str) -> str:
        """The same address at another step of the way, or ("") at none."""
        told = self.values | self.unknown
        return urlencode({name: value for name, value in (told | {"step": step}).items() if value})

    def filters(self) -> Filters:
        """The same for the queries."""
        told = self.values
        either = {"1": True, "0": False}
        same = ("sector", "province", "regency", "country", "size", "legal_form", "kbli", "step", "led", "certificate",
                "certificates", "missing", "note")  # fmt: skip
        return Filters(
            words=told.get("q", ""), has_nib=either.get(told.get("nib", "")),
            is_checked=either.get(told.get("checked", "")), is_active=either.get(told.get("activity", "")),
            source=int(told.get("source", 0)) or None, agency=int(told.get("agency", 0)) or None,
            finds_nothing=bool(self.errors),
            **{name: told.get(name, "") for name in same},
        )  # fmt: skip

    def chips(self) -> Iterator[Chip]:
        """Everything that narrows, in words."""
        told, unknown = self.values | self.unknown, self.unknown
        for name, value in told.items():
            rest = urlencode({other: kept for other, kept in told.items() if other != name})
            yield Chip(str(self.fields[name].label), self._in_words(name, value), rest, name in unknown)

    def _in_words(self, name: str, value: str) -> str:
        field = self.fields[name]
        if name in self.errors:
            words = {"label": field.label, "value": value[:40]}
            return str(_("%(label)s: nothing here is called “%(value)s”") % words)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # choices are pairs here
        return formats.country(value) if name == "country" else value

    @property
    def further(self) -> "list[forms.BoundField]":
        """The fields that are not in sight."""
        return [field for field in self if field.name not in IN_SIGHT]
