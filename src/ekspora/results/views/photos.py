"""Photos of the activity, seen by the officers of its organisers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.pictures import picture_response
from ekspora.programmes import tabs
from ekspora.programmes.views.access import changeable, seen
from ekspora.results.forms.reports import PhotoForm
from ekspora.results.models import ReportPhoto
from ekspora.results.services import photos as services


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def report_photo_add(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a photo with what it shows."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "report")
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, caption = form.cleaned_data["picture"].read(), form.cleaned_data["caption"]
        try:
            services.add(activity=activity, data=data, caption=caption, actor=request.actor)
        except DomainError as error:
            form.add_error("picture", str(error))
        else:
            messages.success(request, _("The photo was added."))
            return redirect("report", pk)
    return render(request, "results/report_photo.html", {"activity": activity, "form": form})


@officers_only
@require_POST
def report_photo_delete(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a photo out."""
    photo = get_object_or_404(ReportPhoto, pk=pk)
    activity = changeable(request, photo.activity_id)
    services.remove(photo=photo, actor=request.actor)
    messages.success(request, _("The photo was taken out."))
    return redirect("report", activity.pk)


@officers_only
@require_safe
def report_photo(request: ActorRequest, pk: int) -> HttpResponse:
    """The photo itself."""
    photo = get_object_or_404(ReportPhoto, pk=pk)
    seen(request, photo.activity_id)
    return picture_response(request, photo.photo)
