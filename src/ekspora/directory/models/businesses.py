"""A business is registered once for the whole country and every programme."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now, today
from ekspora.core.models import Agency, Person
from ekspora.directory.sectors import Sector, all_kbli, all_languages, all_sectors, all_trades
from ekspora.engines.registers.duplicates import name_key

if TYPE_CHECKING:
    from ekspora.directory.models.certificates import Certificate


class BusinessQuerySet(models.QuerySet["Business"]):
    """Keeps the folded name also when many are written at once."""

    def bulk_create(self, objs: "Iterable[Business]", *args: Any, **options: Any) -> "list[Business]":
        """Django's, with the folded names set and the keys made by which they are found."""
        from ekspora.directory.models.keys import refresh  # it stands on this module

        businesses = list(objs)
        for business in businesses:
            business.name_key = name_key(business.name)[:160]
        made = super().bulk_create(businesses, *args, **options)
        refresh([business.pk for business in made])
        return made

    def undecided(self, nibs: Iterable[str]) -> "BusinessQuerySet":
        """Those with one of these numbers that registered themselves, are on no list and that no officer kept: the
        number is public and their word alone, so they are nobody to be found by it."""
        states = ("open", "refused")  # of Registration, which stands on this module
        return self.filter(nib__in=set(nibs) - {""}, registration__state__in=states, listings=None)

    def holding(self, nib: str) -> "BusinessQuerySet":
        """The one with this number, unless nobody decided on it."""
        undecided = Business.objects.undecided([nib]).values("pk")
        return self.filter(nib=nib).exclude(pk__in=undecided) if nib else self.none()


class Business(models.Model):
    """A maker: micro to large, from Indonesia or abroad (then without NIB and Indonesian places)."""

    class LegalForm(models.TextChoices):
        INDIVIDUAL = "individual", _("sole proprietor")
        PT_INDIVIDUAL = "pt_individual", _("single-person company (PT Perorangan)")
        PT = "pt", _("limited company (PT)")
        CV = "cv", _("limited partnership (CV)")
        FIRM = "firm", _("partnership (firma)")
        COOPERATIVE = "cooperative", _("cooperative")
        GROUP = "group", _("group of businesses")
        VILLAGE = "village_company", _("village company (BUM Desa)")
        FOUNDATION = "foundation", _("foundation")
        STATE = "state_company", _("state company")

    class Size(models.TextChoices):
        MICRO = "micro", _("micro")
        SMALL = "small", _("small")
        MEDIUM = "medium", _("medium")
        LARGE = "large", _("large")

    name = models.CharField(_("name of the business"), max_length=160)
    # The name without legal form, case, accents and punctuation: how a register's row finds its business.
    name_key = models.CharField(max_length=160, editable=False, db_index=True)
    nib = models.CharField(
        _("business number (NIB)"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^\d{13}$", _("An NIB has 13 digits."))],
    )
    legal_form = models.CharField(_("legal form"), max_length=16, choices=LegalForm, blank=True)
    # Of a tax number (for a person it is the NIK) only that it was well formed, when, and its end are kept.
    npwp_tail = models.CharField(_("end of the tax number (NPWP)"), max_length=4, blank=True)
    npwp_checked_at = models.DateTimeField(null=True, blank=True)
    kbli: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("KBLI codes"), default=list, blank=True, validators=[all_kbli]
    )
    sector = models.CharField(_("sector"), max_length=12, choices=Sector, blank=True)
    other_sectors: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("further sectors"), default=list, blank=True, validators=[all_sectors]
    )
    trades: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("what it makes, as export rules group it"), default=list, blank=True, validators=[all_trades]
    )
    # As told; where capital or sales are known the class follows from them (sizes.py).
    size = models.CharField(_("size"), max_length=8, choices=Size, blank=True)
    capital = models.DecimalField(
        _("capital in rupiah, without land and buildings"), max_digits=16, decimal_places=0, null=True,
        blank=True, validators=[MinValueValidator(0)],
    )  # fmt: skip
    capital_on = models.DateField(_("capital as of"), null=True, blank=True)
    yearly_sales = models.DecimalField(
        _("yearly sales in rupiah"), max_digits=16, decimal_places=0, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    sales_year = models.PositiveSmallIntegerField(_("sales of the year"), null=True, blank=True)
    country = models.CharField(_("country (ISO code)"), max_length=2, default="ID")
    # Kemendagri codes such as 32 and 32.04; empty abroad and where unknown.
    province = models.CharField(_("province code"), max_length=2, blank=True)
    regency = models.CharField(_("regency code"), max_length=5, blank=True)
    district = models.CharField(_("district code"), max_length=8, blank=True)
    village = models.CharField(_("village code"), max_length=13, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("business phone (E.164)"), max_length=20, blank=True)
    email = models.EmailField(_("business email"), blank=True)
    website = models.CharField(_("website or social media"), max_length=200, blank=True)
    languages: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("languages spoken with buyers"), default=list, blank=True, validators=[all_languages]
    )
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    employees_women = models.PositiveIntegerField(_("of these women"), null=True, blank=True)
    owned_by_women = models.BooleanField(_("owned by women"), null=True, blank=True)
    owned_by_youth = models.BooleanField(_("owned by young people"), null=True, blank=True)
    # Health data under UU 27/2022: told freely, read by the agencies that keep the business and nobody else.
    owned_with_disability = models.BooleanField(_("owned by people with a disability"), null=True, blank=True)
    has_branches = models.BooleanField(_("has branch offices"), null=True, blank=True)
    about = models.TextField(_("about, in Indonesian"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    # From this day on it no longer works, as an officer noted; it stays in the register.
    inactive_since = models.DateField(_("no longer active since"), null=True, blank=True)
    is_fictitious = models.BooleanField(_("fictitious (demonstration)"), default=False)
    created_at = models.DateTimeField(default=now)
    listed_by = models.ManyToManyField(Agency, through="Listing", related_name="businesses")

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("business")
        verbose_name_plural = _("businesses")
        ordering = ("name", "id")
        # Each gives the list narrowed to one value in its order; few businesses have what the last four hold.
        indexes = (
            models.Index(fields=["name", "id"]),
            models.Index(fields=["sector", "name"]),
            models.Index(fields=["province", "name", "id"]),
            models.Index(fields=["regency", "name", "id"]),
            models.Index(fields=["size", "name", "id"]),
            models.Index(fields=["legal_form", "name", "id"]),
            models.Index(fields=["name", "id"], name="led_by_women", condition=models.Q(owned_by_women=True)),
            models.Index(fields=["name", "id"], name="led_by_youth", condition=models.Q(owned_by_youth=True)),
            models.Index(
                fields=["name", "id"],
                name="led_with_disability",
                condition=models.Q(owned_with_disability=True),
            ),
            models.Index(
                fields=["name", "id"],
                name="no_longer_active",
                condition=models.Q(inactive_since__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["nib"],
                condition=~models.Q(nib=""),
                name="nib_is_unique",
                violation_error_message=_("Another business has this NIB already."),
            ),
            models.CheckConstraint(
                condition=models.Q(country="ID") | models.Q(nib="", province="", regency=""),
                name="abroad_no_nib_no_province",
                violation_error_message=_("A business abroad has no NIB and no Indonesian province."),
            ),
            models.CheckConstraint(
                condition=(models.Q(district="") | models.Q(district__startswith=models.F("regency")))
                & (models.Q(village="") | models.Q(village__startswith=models.F("district")))
                & (models.Q(village="") | ~models.Q(district=""))
                & (models.Q(district="") | ~models.Q(regency="")),
                name="place_lies_in_place",
                violation_error_message=_(
                    "The village must lie in its district, the district in its regency."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(employees_women__isnull=True)
                | models.Q(employees__isnull=True)
                | models.Q(employees_women__lte=models.F("employees")),
                name="women_within_employees",
                violation_error_message=_("There cannot be more women than employees."),
            ),
            models.CheckConstraint(
                condition=models.Q(capital__isnull=True) | models.Q(capital__gte=0),
                name="capital_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(yearly_sales__isnull=True) | models.Q(yearly_sales__gte=0),
                name="sales_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(npwp_tail="") | models.Q(npwp_checked_at__isnull=False),
                name="tax_number_was_checked",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="coordinates_on_earth",
                violation_error_message=_("Give both latitude and longitude, in degrees."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the folded name beside the name."""
        self.name_key = name_key(self.name)[:160]
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "name_key"}
        super().save(*args, **options)

    @property
    def due_certificate(self) -> "Certificate | None":
        """The certificate that ended or is about to, the most urgent one; read from ``public_facts``."""
        day = today("Asia/Jakarta")
        due = (one for one in self.certificates.all() if one.state(day) in ("ended", "ending"))
        return min(due, key=lambda one: one.valid_until or day, default=None)

    def get_constraints(self) -> Any:
        """The table's, without that of the NIB where only a record that nobody decided on has it (see ``nibs``)."""
        others = Business.objects.exclude(pk=self.pk)
        is_free = bool(self.nib) and not others.holding(self.nib).exists()
        return [
            (model, [one for one in all_of_it if not (is_free and one.name == "nib_is_unique")])
            for model, all_of_it in super().get_constraints()
        ]


class Listing(models.Model):
    """An agency keeps a business on its list; only such agencies' officers see its record."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="listings")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="listings")
    since = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = (models.UniqueConstraint(fields=["business", "agency"], name="listing_is_unique"),)

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.business_id}"


class Stewardship(models.Model):
    """Who acts for a business: its owner, or a companion the owner agreed to."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        COMPANION = "companion", _("companion")

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="stewards")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stewardships")
    role = models.CharField(max_length=10, choices=Role)
    # A companion acts only where consent is noted: when, and in which words or how it was given.
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("stewardship")
        verbose_name_plural = _("stewardships")
        constraints = (
            models.UniqueConstraint(fields=["business", "person"], name="stewardship_is_unique"),
            models.CheckConstraint(
                condition=models.Q(role="owner") | models.Q(consent_at__isnull=False),
                name="companion_needs_consent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.business_id}"
