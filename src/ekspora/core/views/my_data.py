"""What is held about me: see it, take it along, have it erased."""

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ekspora.core import privacy
from ekspora.core.accounts import LEFT
from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink
from ekspora.core.rules import may_correct_own_data, may_read_own_data
from ekspora.core.services import erasure


@signed_in
@require_safe
def my_data(request: ActorRequest) -> HttpResponse:
    """The person's own record and how much else is held."""
    _must_read(request)
    found = privacy.everything_about(request.actor)
    lists = {section: records for section, records in found.items() if isinstance(records, list)}
    counts = {
        privacy.titles.get(section, section): len(records) for section, records in lists.items() if records
    }
    context = {
        "person": request.actor.person, "counts": counts, "may_erase": not request.actor.scope,
        "may_correct": may_correct_own_data(request.actor),
    }  # fmt: skip
    return render(request, "core/my_data.html", context)


def _must_read(request: ActorRequest) -> None:
    if not may_read_own_data(request.actor):
        raise Http404


@signed_in
@require_safe
def export(request: ActorRequest) -> HttpResponse:
    """Everything as one JSON file."""
    _must_read(request)
    found = privacy.everything_about(request.actor)
    text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    name = 'attachment; filename="ekspora-data.json"'
    return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": name})


@signed_in
@require_POST
def erase(request: ActorRequest) -> HttpResponseBase:
    """Erase the person. Not by a link limited to one activity: whoever holds a forwarded one could."""
    if request.actor.scope:
        raise Http404
    if "sure" not in request.POST:
        messages.warning(request, _("Tick that you are sure first."))
        return redirect("my_data")
    try:
        erasure.erase(person=request.actor.person)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("my_data")
    logout(request)
    messages.success(request, _("Your data was erased."), extra_tags=LEFT)
    return redirect("home")


@signed_in
@require_POST
def ask_erasure(request: ActorRequest) -> HttpResponseBase:
    """By a link limited to one activity: let the officers make sure that it is the person who wants it."""
    _must_read(request)
    link = (
        AccessLink.objects.select_related("agency", "person")
        .filter(pk=request.session.get("link", 0))
        .first()
    )
    if not request.actor.scope or link is None:
        raise Http404
    try:
        asked = erasure.ask(link=link)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        text = _("%(agency)s was asked to erase your data. They will get in touch with you first.")
        messages.success(request, text % {"agency": asked})
    return redirect("my_data")
