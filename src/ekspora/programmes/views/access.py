"""Finding the record an address is about, for whoever may see or change it; to others it does not exist."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from ekspora.core.actors import ActorRequest
from ekspora.programmes import queries, rules
from ekspora.programmes.models import Activity, Participation

PER_PAGE = 50


def seen(request: ActorRequest, pk: int) -> Activity:
    """The activity, for officers of any of its organisers."""
    activity = queries.activity_for(request.actor, pk)
    if activity is None:
        raise Http404
    return activity


def changeable(request: ActorRequest, pk: int) -> Activity:
    """The activity, for officers of its lead and co-organisers."""
    activity = seen(request, pk)
    if not rules.can_change(request.actor, activity):
        raise Http404
    return activity


def seen_participation(request: ActorRequest, pk: int) -> Participation:
    """A participation, for officers of any of the activity's organisers."""
    participation = queries.participation_seen(request.actor, pk)
    if participation is None:
        raise Http404
    return participation


def own_participation(request: ActorRequest, pk: int) -> Participation:
    """A participation, for those it is about."""
    participation = queries.participation_for(request.actor, pk)
    if participation is None:
        raise Http404
    return participation


def page_of(request: ActorRequest, rows: "QuerySet[Any] | Sequence[Any]") -> "Page[Any]":
    """The page of a list that ``?page=`` asks for; a page that is none shows the nearest."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def kept_offline(request: ActorRequest, response: HttpResponse) -> HttpResponse:
    """Let this person's device keep the page for a reload without a network (``ui/js/offline.js``)."""
    response.headers["X-Keep-Offline"] = str(request.actor.person.pk)
    return response
