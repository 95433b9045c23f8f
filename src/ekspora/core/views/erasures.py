"""A wish to be erased that came by a limited link: an officer makes sure whose it is and settles it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core import queries
from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency
from ekspora.core.services import erasure as services


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: ActorRequest, pk: int) -> HttpResponseBase:
    """GET shows who asked and when; POST erases them, or notes that they stay."""
    asked = next(iter(queries.asked_to_erase(request.actor.agencies(), pk)), None)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _settle(request, asked)
    return render(request, "core/erasure.html", {"asked": asked})


def _settle(request: ActorRequest, asked: queries.Asked) -> HttpResponse:
    agency, officer = Agency.objects.get(pk=asked.agency_id), request.actor.person
    try:
        if request.POST.get("action") == "keep":
            services.keep(person=asked.person, agency=agency, actor=officer)
            messages.success(request, _("Noted: nothing was erased."))
        elif "sure" in request.POST:
            services.erase(person=asked.person, agency=agency, actor=officer)
            messages.success(request, _("The data was erased."))
        else:
            messages.warning(request, _("Tick that you made sure first."))
            return redirect("erasure", asked.person.pk)
    except Conflict as conflict:
        messages.info(request, str(conflict))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("erasure", asked.person.pk)
    return redirect("home")
