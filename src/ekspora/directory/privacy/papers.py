"""Papers of businesses that may name an erased person: nobody can search a scan, so an officer looks."""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from ekspora.core import privacy
from ekspora.core.models import Person
from ekspora.directory.models import Business, Certificate, Consent, ExportRecord, Listing, Registration
from ekspora.directory.services.businesses import keeper_of


def letters_about(person: Person) -> Iterable[privacy.Kept]:
    """Letters in which others agreed to the person as their companion; their own go at once."""
    noted = Q(consent__companion=person) | Q(consent__recorded_by=person)
    rows = Registration.objects.filter(noted).exclude(consent__paper="").exclude(consent__person=person)
    for row in rows.select_related("consent", "agency", "business"):
        assert row.consent is not None  # as asked for
        url = reverse("consent_letter", args=[row.pk])
        yield privacy.Kept(row.consent.pk, row.agency, _label(row.consent, row.business), url)


def certificates_of(person: Person) -> Iterable[privacy.Kept]:
    """Papers of certificates of businesses the person acts for; those they sent in themselves go at once."""
    rows = Certificate.objects.filter(business__stewards__person=person)
    for row in rows.exclude(file="").select_related("business"):
        yield from _kept(row, row.business, "certificate_file")


def exports_of(person: Person) -> Iterable[privacy.Kept]:
    """Evidence of exports of these businesses."""
    rows = ExportRecord.objects.filter(business__stewards__person=person)
    for row in rows.exclude(file="").select_related("business"):
        yield from _kept(row, row.business, "export_file")


def _kept(row: Certificate | ExportRecord, business: Business, address: str) -> Iterable[privacy.Kept]:
    agency = keeper_of(business)
    if agency is not None:
        yield privacy.Kept(row.pk, agency, _label(row, business), reverse(address, args=[row.pk]))


def _label(row: Certificate | ExportRecord | Consent, business: Business) -> str:
    return f"{row._meta.verbose_name}: {business}"


def register() -> None:
    """Fill core's registry."""
    privacy.papers.register("letters", lambda: privacy.PaperKind(Consent, "paper", letters_about))
    privacy.papers.register(
        "certificates", lambda: privacy.PaperKind(Certificate, "file", certificates_of, keeper=_keeper_now())
    )
    privacy.papers.register(
        "exports", lambda: privacy.PaperKind(ExportRecord, "file", exports_of, keeper=_keeper_now())
    )


def _keeper_now() -> Subquery:
    """The agency that keeps a row's business, as ``keeper_of`` finds it: who opens these files goes by that."""
    listed = Listing.objects.filter(business=OuterRef("business")).order_by("since", "pk")
    return Subquery(listed.values("agency")[:1])
