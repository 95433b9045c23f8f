"""Inquiries through passed-on reports, as officers settle them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.numbers import id_in
from ekspora.deals.models import Inquiry
from ekspora.deals.queries import inquiries as reads
from ekspora.deals.services import inquiries as services
from ekspora.deals.views.deals import activity_deals
from ekspora.programmes.views.access import page_of


@officers_only
@require_safe
def inquiries(request: ActorRequest, pk: int) -> HttpResponse:
    """All inquiries that came through the reports of an activity."""
    activity = activity_deals(request, pk)
    page = page_of(request, reads.inquiries_in(activity.scope))
    return render(request, "deals/inquiries.html", {"activity": activity, "page": page})


@officers_only
@require_POST
def inquiry_take_up(request: ActorRequest, pk: int) -> HttpResponse:
    """Make a deal of it with the asking company as buyer."""
    found = _found(request, pk)
    try:
        deal = services.take_up(inquiry=found, actor=request.actor.person)
    except DomainError as error:
        messages.error(request, str(error))
        return _back(found)
    messages.success(request, _("Taken up. A message to the owner waits in the send queue."))
    return redirect("deal", deal.pk)


@officers_only
@require_POST
def inquiry_refuse(request: ActorRequest, pk: int) -> HttpResponse:
    """Do not take it up, with the reason."""
    found = _found(request, pk)
    try:
        services.refuse(inquiry=found, why=request.POST.get("why", ""), actor=request.actor.person)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted, with the reason."))
    return _back(found)


def _found(request: ActorRequest, pk: int) -> Inquiry:
    found = reads.inquiry_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _back(inquiry: Inquiry) -> HttpResponse:
    return redirect("inquiries", id_in(inquiry.scope, "activity"))
