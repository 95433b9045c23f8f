"""Whom to ask at a business besides its owner, where it also works, and who belongs to a cooperative."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.directory.models.businesses import Business


class Contact(models.Model):
    """A further person or number of a business: a person without an account, perhaps only a phone."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=160, blank=True)
    function = models.CharField(_("function"), max_length=80, blank=True)
    phone = models.CharField(
        _("phone (E.164)"), max_length=20, blank=True, validators=[RegexValidator(r"^\+\d{6,15}$")]
    )
    has_whatsapp = models.BooleanField(_("reachable by WhatsApp"), default=False)
    email = models.EmailField(_("email"), blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(phone="") | ~models.Q(email=""),
                name="contact_can_be_reached",
                violation_error_message=_("Enter a phone number or an email address."),
            ),
            models.CheckConstraint(
                condition=models.Q(has_whatsapp=False) | ~models.Q(phone=""), name="whatsapp_needs_phone",
                violation_error_message=_("WhatsApp needs a phone number."),
            ),
            models.UniqueConstraint(
                fields=["business", "phone"], condition=~models.Q(phone=""), name="contact_phone_once",
                violation_error_message=_("This number is noted already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name or self.phone or self.email


class Branch(models.Model):
    """Another place where the business works or sells."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("office")
        SHOP = "shop", _("shop")
        WORKSHOP = "workshop", _("workshop or factory")
        WAREHOUSE = "warehouse", _("warehouse")

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="branches")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    country = models.CharField(_("country (ISO code)"), max_length=2, default="ID")
    place = models.CharField(_("city or address"), max_length=120)

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["business", "kind", "country", "place"], name="branch_is_unique",
                violation_error_message=_("This branch is noted already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.place}"


class Member(models.Model):
    """A business that belongs to a cooperative; ``business`` where it is registered itself."""

    cooperative = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="members")
    business = models.ForeignKey(
        Business, null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships"
    )
    name = models.CharField(_("name of the member business"), max_length=160)
    since = models.PositiveSmallIntegerField(_("member since"), null=True, blank=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(business__isnull=True) | ~models.Q(business=models.F("cooperative")),
                name="nobody_is_its_own_member",
                violation_error_message=_("A cooperative is not its own member."),
            ),
            models.UniqueConstraint(
                fields=["cooperative", "business"], name="member_once",
                violation_error_message=_("This business is a member already."),
            ),
            models.UniqueConstraint(
                fields=["cooperative", "name"], condition=models.Q(business__isnull=True),
                name="named_member_once",
                violation_error_message=_("This business is a member already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name
