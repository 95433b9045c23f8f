"""What an owner agreed to, or is said to have agreed to, and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.directory.models import Consent
from ekspora.directory.rules import consents_of
from ekspora.directory.services import taking_back


@signed_in
@require_safe
def my_consents(request: ActorRequest) -> HttpResponse:
    """In which words, when and how one agreed, who noted it, and a button to take each back."""
    mine = Consent.objects.filter(consents_of(request.actor)).order_by("-pk")
    found = list(mine.select_related("business", "companion", "recorded_by"))
    if not found:
        raise Http404
    return render(request, "directory/arrivals/my_consents.html", {"consents": found})


@signed_in
@require_POST
def my_consent_withdraw(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Take one back."""
    mine = get_object_or_404(Consent.objects.filter(consents_of(request.actor)), pk=pk)
    taking_back.take_back(consent=mine, actor=request.actor.person)
    messages.success(request, _("Taken back."))
    return redirect("my_consents")
