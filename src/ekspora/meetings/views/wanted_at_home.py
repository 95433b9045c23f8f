"""Out of a meeting a demand: the representative notes it on the phone, or an officer does for them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, officers_only, signed_in
from ekspora.core.errors import DomainError
from ekspora.demand.models import Demand, Encounter
from ekspora.meetings.forms.wanted_at_home import WantedAtHomeForm
from ekspora.meetings.queries import outcomes as queries
from ekspora.meetings.queries import results
from ekspora.meetings.services.wanted_at_home import look_for
from ekspora.programmes import tabs
from ekspora.programmes.models import Participation
from ekspora.programmes.services.activities import acting_agency
from ekspora.programmes.views.access import changeable, own_participation


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_outcome_demand(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """The representative says what somebody at home looks for after this meeting."""
    guest = own_participation(request, pk)
    one = queries.mine_of(guest, key)
    if one is None or guest.side != Participation.Side.GUEST:
        raise Http404
    form = WantedAtHomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if not one.is_open:
                raise DomainError(_("This can be told from the day of the meeting on."))
            look_for(
                key=key, met_at=one.meeting.starts_at, activity=guest.activity, maker=one.other, guest=guest,
                values=form.cleaned_data, actor=request.actor.person,
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Noted. The organisers look for it and answer you."))
            return redirect(reverse("my_agenda", args=[pk]) + f"#m{key}")
    context = {"one": one, "participation": guest, "form": form, "noted": _noted(one.encounter)}
    return render(request, "meetings/outcomes/my_demand.html", context)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_demand(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """An officer notes it for the representative; their own agency looks after it."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "outcomes")
    row = results.row_of(activity, key)
    if row is None:
        raise Http404
    form = WantedAtHomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = look_for(
                key=key, met_at=row.starts_at, activity=activity, maker=row.maker, guest=row.guest,
                values=form.cleaned_data, actor=request.actor.person,
                agency=acting_agency(request.actor, activity),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The demand is noted. It has an owner and a date there."))
            return redirect("demand_edit", made.pk)
    context = {"activity": activity, "row": row, "form": form, "noted": _noted(row.encounter)}
    return render(request, "meetings/outcomes/demand.html", context)


def _noted(encounter: Encounter | None) -> list[Demand]:
    return list(encounter.demands.all()) if encounter is not None else []
