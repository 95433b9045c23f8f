"""Everybody's own agenda: page, calendar file, calendar feed, PDF."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import Actor, ActorRequest, signed_in
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink
from ekspora.core.numbers import number_in
from ekspora.core.services import links
from ekspora.meetings import prints
from ekspora.meetings.calendars import calendar_of
from ekspora.meetings.queries import agendas, outcomes
from ekspora.meetings.queries.delays import late_today
from ekspora.meetings.queries.my_changes import my_changes
from ekspora.meetings.services import seeing, subscribing
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation
from ekspora.programmes.views.access import kept_offline, own_participation
from ekspora.ui import formats


@signed_in
@require_safe
def my_agenda(request: ActorRequest, pk: int) -> HttpResponse:
    """The person's day on their phone."""
    participation = own_participation(request, pk)
    day, zone = agendas.day_of(participation), participation.activity.zone
    if day.stops:
        zone = formats.zone_name(formats.in_zone(day.stops[0].starts_at, zone))
    version = agendas.published_version(participation.activity)
    context = {
        "participation": participation,
        "activity": participation.activity,
        "activity_name": agendas.name_of(participation.activity),
        "place": agendas.place_of(participation.activity),
        "version": version,
        "day": day,
        "zone": zone,
        "changed": my_changes(participation, request.actor.person, version),
        "outcomes": outcomes.mine(participation),
        "late": late_today(participation.activity),
    }
    return kept_offline(request, render(request, "meetings/my_agenda.html", context))


@signed_in
@require_POST
def my_agenda_seen(request: ActorRequest, pk: int) -> HttpResponse:
    """The person has seen what changed up to the version whose number the page showed."""
    participation, number = own_participation(request, pk), number_in(request.POST.get("number"))
    if number is not None:
        try:
            seeing.see_agenda(participation=participation, person=request.actor.person, number=number)
        except DomainError as error:
            messages.error(request, str(error))
    return redirect("my_agenda", pk)


@signed_in
@require_safe
def my_calendar(request: ActorRequest, pk: int) -> HttpResponse:
    """The day as a file that a phone adds to its calendar."""
    return _calendar(own_participation(request, pk))


@signed_in
@require_safe
def my_agenda_pdf(request: ActorRequest, pk: int) -> HttpResponse:
    """The day as one sheet of paper."""
    participation = own_participation(request, pk)
    return prints.as_file(prints.agendas(participation.activity, [participation]), "agenda.pdf")


@signed_in
@require_POST
def my_calendar_feed(request: ActorRequest, pk: int) -> HttpResponse:
    """Make an address under which a calendar program keeps this day up to date; a former one stops working."""
    participation = own_participation(request, pk)
    token = subscribing.subscribe(participation=participation, person=request.actor.person)
    address = settings.SITE_URL + reverse("calendar_feed", args=[token])
    context = {
        "participation": participation,
        "address": address,
        "webcal": "webcal" + address[address.index(":") :],
    }
    return render(request, "meetings/my_calendar_feed.html", context)


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar subscription: the token in the address is the permission, for reading this one day only."""
    link = links.find(token)
    if link is None or link.kind != AccessLink.Kind.CALENDAR or not link.is_open:
        raise Http404
    actor = Actor(link.person, scope=link.scope)
    participation = programmes.participation_for(actor, int(link.target))
    if participation is None:
        raise Http404
    with override(link.person.language):
        return _calendar(participation)


def _calendar(participation: Participation) -> HttpResponse:
    response = HttpResponse(
        calendar_of(agendas.day_of(participation)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return response
