"""Officers: what was promised, by whom, by when; what is overdue; one promise with its history."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.numbers import id_in, number_in
from ekspora.deals import commitments_workbook
from ekspora.deals.forms.commitments import BuyerForm, DueForm, FairForm, HandOverForm
from ekspora.deals.models import Commitment
from ekspora.deals.queries import commitments as queries
from ekspora.deals.queries.history import history
from ekspora.deals.queries.keepers import takers
from ekspora.deals.queries.notes import notes_of
from ekspora.deals.queries.stops import stopped_samples
from ekspora.demand.models import Outcome, Side
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.views.access import page_of, seen
from ekspora.ui.sheets import as_download

MOST_NAMED = 8


@officers_only
@require_safe
def commitments(request: ActorRequest, pk: int) -> HttpResponse:
    """The promises of one activity; officers who only look see that they are looked after."""
    activity = seen(request, pk)
    tabs.show(request, activity, "commitments")
    if not rules.can_change(request.actor, activity):
        return render(request, "deals/commitments/closed.html", {"activity": activity})
    return _list(request, activity)


@officers_only
@require_safe
def all_commitments(request: ActorRequest) -> HttpResponse:
    """The promises of all activities of the officer's agencies."""
    return _list(request, None)


def _list(request: ActorRequest, activity: Activity | None) -> HttpResponse:
    wanted, scope = wanted_of(request), activity.scope if activity else ""
    query = request.GET.copy()
    query.pop("page", None)
    found = queries.commitments_for(request.actor, scope, wanted)
    context: dict[str, Any] = {
        "activity": activity, "wanted": wanted, "page": page_of(request, found), "query": query.urlencode(),
    }  # fmt: skip
    if request.headers.get("HX-Target") == "found":
        return render(request, "deals/commitments/list.html", context)
    counts = queries.counts(request.actor, scope)
    context |= {
        "counts": counts, "shows": _shows(counts), "kinds": Outcome.Step.choices, "sides": Side.choices,
        "replaced": queries.replaced(request.actor, scope),
    }  # fmt: skip
    if activity is not None:
        context["untold"] = queries.untold(scope)
    else:
        context["due"] = queries.due_by_activity(request.actor)[:MOST_NAMED]
    return render(request, "deals/commitments/commitments.html", context)


def wanted_of(request: ActorRequest) -> queries.Wanted:
    """How the address narrows the list."""
    chosen = {name: request.GET.get(name, "")[:20] for name in ("show", "kind", "side")}
    return queries.Wanted(**chosen, words=request.GET.get("q", "").strip()[:80])


def _shows(counts: queries.Counts) -> list[tuple[str, str, int]]:
    return [
        ("open", _("open"), counts.open), (queries.OVERDUE, _("overdue"), counts.overdue),
        (queries.DUE_SOON, _("due this week"), counts.soon), ("kept", _("kept"), counts.kept),
        ("dropped", _("will not come about"), counts.dropped),
    ]  # fmt: skip


@officers_only
@require_safe
def commitments_workbook_file(request: ActorRequest) -> HttpResponse:
    """The rows as the page shows them, as XLSX; ``?activity=`` those of one activity."""
    scope, number = "", number_in(request.GET.get("activity"))
    if number is not None:
        activity = seen(request, number)
        if not rules.can_change(request.actor, activity):
            raise Http404
        scope = activity.scope
    rows = queries.commitments_for(request.actor, scope, wanted_of(request)).prefetch_related("buyers")
    return as_download(commitments_workbook.commitments(rows), "promises.xlsx")


def commitment_of(request: ActorRequest, pk: int) -> Commitment:
    """A promise the officer may see and settle; to others it does not exist."""
    found = queries.commitment_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


@officers_only
@require_safe
def commitment(request: ActorRequest, pk: int) -> HttpResponse:
    """One promise: who keeps it, by when, what happened to it, what can be done now."""
    return shown(request, commitment_of(request, pk))


def shown(request: ActorRequest, found: Commitment, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a promise; ``forms`` are those that came back with faults."""
    activity = programmes.activity_for(request.actor, id_in(found.scope, "activity"))
    if activity is not None:
        tabs.show(request, activity, "commitments")
    successors = takers(found) if found.is_open else []
    others = queries.commitments_for(request.actor).filter(
        owner=found.owner_id, state=Commitment.State.OPEN
    ).exclude(pk=found.pk).count() if found.owner_id else 0  # fmt: skip
    context: dict[str, Any] = {
        "commitment": found, "activity": activity, "history": history(found), "others": others,
        "buyers": list(found.buyers.all()),
        "note": notes_of([found]).get(found.pk, ""),
        "stops": stopped_samples([found]).get(found.pk, ()), "due_form": DueForm(initial={"due": found.due}),
        "successors": successors,
        "hand_over_form": HandOverForm(takers=successors), "buyer_form": _buyer_form(found),
        "fair_form": FairForm(instance=found),
    }  # fmt: skip
    return render(request, "deals/commitments/commitment.html", context | forms, status=status)


def _buyer_form(found: Commitment) -> BuyerForm:
    return BuyerForm(initial={"country": found.representative.mission.country})
