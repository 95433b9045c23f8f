"""The link to come back by: made when asked for, a few at a time, and closed by whoever made it."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ekspora.core import rates
from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.models import AccessLink, Agency, Person
from ekspora.core.services import links, outbox
from ekspora.directory import rules

# How many of one's own making open at a time, besides the one by which one is here.
MOST = 3


def key_of(person: Person, agency: Agency | None, target: str) -> str:
    """A link that opens what the person brought in, and nothing else."""
    return links.issue(
        person=person, kind=AccessLink.Kind.PERSONAL, issued_by=person, agency=agency,
        scope=rules.scope_of(person), target=target,
    )  # fmt: skip


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_key(request: ActorRequest) -> HttpResponseBase:
    """The link to come back by: shown once or put into a chat with one's own number. Of several the newest open; all
    others can be closed, as after a lost phone."""
    if not rules.may_take_key(request.actor):
        raise Http404
    person, here = request.actor.person, request.session.get("link", 0)
    if "close" in request.POST:
        links.close_own_keys(person=person, newest=0, but=here)
        messages.success(request, _("Your other links open nothing any more."))
        return redirect("my_key")
    context = {"person": person, "most": MOST}
    if request.method == "POST":
        rates.count(request, action="key", key=f"person:{person.pk}")
        address = links.address_of(key_of(person, _agency_of(request), reverse("home")))
        links.close_own_keys(person=person, newest=MOST, but=here)
        if "chat" in request.POST and person.phone:
            text = _("My link to Ekspora, for me alone: %(link)s") % {"link": address}
            return redirect(outbox.chat_with(person.phone, text))
        context |= {"address": address}
    others = list(links.own_keys(person).exclude(pk=here))
    return render(request, "directory/arrivals/key.html", context | {"others": others})


def _agency_of(request: ActorRequest) -> Agency | None:
    """The agency one would ask about this link."""
    link = AccessLink.objects.select_related("agency").filter(pk=request.session.get("link", 0)).first()
    last = request.actor.person.registrations.select_related("agency").order_by("-pk").first()
    return (link.agency if link else None) or (last.agency if last else None)
