"""People, the accounts some of them have, the agencies they act for and in which role."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now


class Person(models.Model):
    """A human being, with or without an account. ``name`` is printed between ``title`` and ``suffix``.

    Only an erased person has no name: the row stays, so that what others rely on keeps its place.
    """

    title = models.CharField(_("title before the name"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=160)
    suffix = models.CharField(_("degree or rank after the name"), max_length=60, blank=True)
    position = models.CharField(_("position"), max_length=160, blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone (E.164)"), max_length=20, blank=True)
    has_whatsapp = models.BooleanField(_("reachable by WhatsApp"), default=True)
    language = models.CharField(_("language"), max_length=5, default="id")
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=["email"]), models.Index(fields=["phone"]))

    def __str__(self) -> str:
        return self.protocol_name

    @property
    def is_erased(self) -> bool:
        """Whether everything about this person was erased."""
        return not self.name

    @property
    def protocol_name(self) -> str:
        """The name as protocol prints it: title, name, then degrees after a comma."""
        if self.is_erased:
            return gettext("erased person")
        name = f"{self.title} {self.name}".strip()
        return f"{name}, {self.suffix}" if self.suffix else name


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(pk=int(username or 0))


class Account(AbstractBaseUser):
    """The sign-in of one person. Nobody has a password: a code by email or a link signs them in."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=now)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    is_staff = False
    is_superuser = False

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="account_email_is_unique"
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    def has_usable_password(self) -> bool:
        """Never: allauth would otherwise ask for one before it shows a second factor."""
        return False


class Agency(models.Model):
    """A ministry, office, association or company that takes part in running something."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("ministry")
        OFFICE = "office", _("provincial or district office")
        EMBASSY = "embassy", _("Indonesian mission abroad")
        TRADE_OFFICE = "trade_office", _("trade office")
        ASSOCIATION = "association", _("association")
        COMPANY = "company", _("company")
        TEAM = "team", _("working group")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=40)
    address = models.TextField(_("address on the letterhead"), blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person acts for an agency in one role."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("programme officer")
        CURATOR = "curator", _("curator")
        LOGISTICS = "logistics", _("logistics partner")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "agency", "role"], name="membership_is_unique"),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.agency.short_name} · {self.get_role_display()}"
