"""Who organises an activity, and in which role."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency
from ekspora.core.numbers import number_in
from ekspora.programmes import tabs
from ekspora.programmes.forms.activities import OrganiserForm
from ekspora.programmes.models import Activity, Organiser
from ekspora.programmes.services import activities as services
from ekspora.programmes.views.access import changeable


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def organisers(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the organisers; POST adds one, changes a role, or takes one out (``action=remove``)."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "overview")
    removing = request.POST.get("action") == "remove"
    form = OrganiserForm(request.POST if request.method == "POST" and not removing else None)
    if request.method == "POST" and (removing or form.is_valid()):
        try:
            if removing:
                _remove(request, activity)
            else:
                _set(request, activity, form)
        except DomainError as error:
            messages.error(request, str(error))
        return redirect("organisers", pk)
    context = {"activity": activity, "form": form, "roles": Organiser.Role.choices}
    return render(request, "programmes/organisers.html", context)


def _remove(request: ActorRequest, activity: Activity) -> None:
    agency = get_object_or_404(activity.organisers, pk=number_in(request.POST.get("agency")))
    services.remove_organiser(activity=activity, agency=agency, actor=request.actor)
    messages.success(request, _("%(agency)s no longer organises this activity.") % {"agency": agency})


def _set(request: ActorRequest, activity: Activity, form: OrganiserForm) -> None:
    data = form.cleaned_data
    agency: Agency = data["agency"] or services.register_agency(
        name=data["new_name"], short_name=data["short_name"] or data["new_name"][:40],
        kind=Agency.Kind(data["kind"] or Agency.Kind.OFFICE), actor=request.actor,
    )  # fmt: skip
    row = services.set_organiser(
        activity=activity, agency=agency, role=Organiser.Role(data["role"]), actor=request.actor
    )
    text = _("%(agency)s: %(role)s.") % {"agency": agency, "role": row.get_role_display()}
    messages.success(request, text)
