"""Notes of an agency on a business."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.directory.queries import businesses as reads
from ekspora.directory.queries.register import keepers_of, note_for
from ekspora.directory.services import notes
from ekspora.directory.views.lists import agency_named


@officers_only
@require_POST
def add(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Note something on a business."""
    business = reads.business_for(request.actor, pk)
    if business is None:
        raise Http404
    agency = agency_named(request, keepers_of(request.actor, business))
    try:
        notes.write(
            business=business, agency=agency, text=request.POST.get("text", ""), actor=request.actor.person,
            is_pinned="is_pinned" in request.POST,
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("business", pk)


@officers_only
@require_POST
def change(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Keep a note on top, or no longer, or take it away."""
    note = note_for(request.actor, pk)
    if note is None:
        raise Http404
    if "remove" in request.POST:
        notes.remove(note=note, actor=request.actor.person)
        messages.success(request, _("The note is gone."))
    else:
        notes.pin(note=note, is_pinned="pin" in request.POST, actor=request.actor.person)
    return redirect("business", note.business_id)
