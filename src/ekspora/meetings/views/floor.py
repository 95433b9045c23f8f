"""The floor on the day: the officers' page, the board on a screen, one table for a helper's phone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.models import AccessLink
from ekspora.core.numbers import id_in
from ekspora.core.services import links
from ekspora.meetings.queries.floor import Floor, TableNow, boards_of, floor_of
from ekspora.meetings.services import boards
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.views.access import seen


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def floor(request: ActorRequest, pk: int) -> HttpResponse:
    """The floor in the officer's own frame; POST makes or closes the address for screens."""
    activity = seen(request, pk)
    may_change = rules.can_change(request.actor, activity)
    address = ""
    if request.method == "POST":
        if not may_change or request.POST.get("action") not in ("open", "close"):
            raise Http404
        if request.POST["action"] == "open":
            address = boards.open_board(activity=activity, actor=request.actor)
        else:
            boards.close_board(activity=activity, actor=request.actor)
    tabs.show(request, activity, "floor")
    context = {
        "activity": activity, "may_change": may_change, "address": address,
        "boards": list(boards_of(activity)), **_shown(floor_of(activity), reverse("floor", args=[pk])),
    }  # fmt: skip
    return render(request, _part(request, "meetings/floor/floor.html"), context)


@officers_only
@require_safe
def floor_table(request: ActorRequest, pk: int, table: str) -> HttpResponse:
    """One table for an officer's phone."""
    activity = seen(request, pk)
    return _table(request, activity, table, reverse("floor", args=[pk]))


@never_cache
@require_safe
def board(request: HttpRequest, token: str) -> HttpResponse:
    """The board: the token in the address is the permission, for looking at this one floor only."""
    activity = _of_token(token)
    context = {"activity": activity, **_shown(floor_of(activity), reverse("board", args=[token]))}
    return _unlisted(render(request, _part(request, "meetings/floor/board.html"), context))


@never_cache
@require_safe
def board_table(request: HttpRequest, token: str, table: str) -> HttpResponse:
    """One table for a helper who is not signed in."""
    return _unlisted(_table(request, _of_token(token), table, reverse("board", args=[token])))


def _of_token(token: str) -> Activity:
    link = links.find(token)
    if link is None or link.kind != AccessLink.Kind.BOARD or not link.is_open:
        raise Http404
    found = Activity.objects.filter(pk=id_in(link.scope, "activity")).first()
    if found is None:
        raise Http404
    return found


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _part(request: HttpRequest, page: str) -> str:
    """The page, or only what changes when the page asks for it again."""
    return "meetings/floor/now.html" if request.headers.get("HX-Request") else page


def _shown(found: Floor | None, base: str) -> dict[str, object]:
    return {"floor": found, "base": base, **(_clock(found) if found else {})}


def _clock(found: Floor) -> dict[str, object]:
    """What the script needs: the server's time and how far the place's clock is from UTC, both in numbers."""
    offset = found.moment.astimezone(found.activity.tz).utcoffset()
    assert offset is not None  # of an aware time
    return {"now_ms": _milliseconds(found.moment.timestamp()), "offset_ms": _milliseconds(offset.total_seconds()),
            "bells": [(_milliseconds(bell.at.timestamp()), bell.words) for bell in found.bells]}  # fmt: skip


def _milliseconds(seconds: float) -> str:
    return str(int(seconds * 1000))


def _table(request: HttpRequest, activity: Activity, table: str, base: str) -> HttpResponse:
    found = floor_of(activity)
    own = next((one for one in found.tables if one.table == table), None) if found else None
    if found is None or own is None:
        raise Http404
    context = {"activity": activity, "own": own, **_shown(found, base), **_neighbours(found, own)}
    part = (
        "meetings/floor/table_now.html" if request.headers.get("HX-Request") else "meetings/floor/table.html"
    )
    return render(request, part, context)


def _neighbours(found: Floor, own: TableNow) -> dict[str, str]:
    names = [one.table for one in found.tables]
    place = names.index(own.table)
    return {"before": names[place - 1] if place else "", "after": (names[place + 1 :] or [""])[0]}
