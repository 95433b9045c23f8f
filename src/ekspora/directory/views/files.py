"""Photos and product sheets: files that only some may see."""

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ekspora.core.actors import ActorRequest, officers_only, signed_in
from ekspora.core.documents import document_headers
from ekspora.core.pictures import picture_response
from ekspora.directory.models import Business, Certificate, ExportRecord, Photo
from ekspora.directory.product_sheet import product_sheet as sheet_of
from ekspora.directory.queries.arrivals import registrations_for
from ekspora.directory.queries.businesses import public_facts
from ekspora.directory.rules import can_see_papers, can_see_sheet


@signed_in
@require_safe
def photo(request: ActorRequest, pk: int) -> HttpResponse:
    """A photo of a product."""
    found = get_object_or_404(Photo.objects.select_related("product__business"), pk=pk)
    if not can_see_sheet(request.actor, found.product.business):
        raise Http404
    return picture_response(request, found.file)


@signed_in
@require_safe
def product_sheet(request: ActorRequest, pk: int, language: str) -> HttpResponse:
    """The product sheet as PDF, the chosen language first."""
    business = get_object_or_404(public_facts(Business.objects.all()), pk=pk)
    if language not in ("id", "en") or not can_see_sheet(request.actor, business):
        raise Http404
    response = HttpResponse(sheet_of(business, language), content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        content_disposition_header(False, f"{business.name} ({language}).pdf") or ""
    )
    return response


@signed_in
@require_safe
def certificate_file(request: ActorRequest, pk: int) -> HttpResponse:
    """The paper of a certificate, for those who keep or own the business."""
    return _paper(request, get_object_or_404(Certificate.objects.select_related("business"), pk=pk))


@signed_in
@require_safe
def export_file(request: ActorRequest, pk: int) -> HttpResponse:
    """The evidence of an export, for those who keep or own the business."""
    return _paper(request, get_object_or_404(ExportRecord.objects.select_related("business"), pk=pk))


def _paper(request: ActorRequest, row: Certificate | ExportRecord) -> HttpResponse:
    if not can_see_papers(request.actor, row.business):
        raise Http404
    return shown(row.file)


@officers_only
@require_safe
def consent_letter(request: ActorRequest, pk: int) -> HttpResponse:
    """The letter in which an owner agreed that a companion keeps the record, for the agency it came to."""
    consent = get_object_or_404(registrations_for(request.actor), pk=pk).consent
    if consent is None:
        raise Http404
    return shown(consent.paper)


def shown(paper: FieldFile) -> HttpResponse:
    """A kept paper to be looked at; 404 where there is none."""
    try:
        with paper.open("rb") as file:
            return HttpResponse(file.read(), headers=document_headers(str(paper.name)))
    except (ValueError, FileNotFoundError):
        raise Http404 from None
