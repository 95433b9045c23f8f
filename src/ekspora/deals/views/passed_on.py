"""What a mission passed on, for importers: the token in the address is the permission, for reading and asking only.

Nobody signs in. The pages say what the businesses' sheets say: no owner, no phone number, no email, no note and no
outcome. They are not listed by search engines, and the address does not leave with a click to another site.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core import rates
from ekspora.core.actors import actor_of
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency
from ekspora.core.pictures import picture_response
from ekspora.deals.forms.asking import AskForm
from ekspora.deals.queries.forwards import Passed, Report, opened
from ekspora.deals.services.inquiries import ask as keep
from ekspora.directory.models import Photo
from ekspora.programmes.models import in_language

P = ParamSpec("P")
Shown = Callable[Concatenate[HttpRequest, Report, P], HttpResponse]


def _with_token(view: "Shown[P]") -> Callable[..., HttpResponseBase]:
    """Hand the view the report of the token, in the reader's language; 404 when there is none (any more)."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        with translation.override(_language(request)):
            report = opened(token)
            if report is None:
                raise Http404
            response = view(request, report, *args, **kwargs)
            response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return guarded


def _language(request: HttpRequest) -> str:
    """English, unless somebody chose Indonesian here or reads Indonesian by their browser or record."""
    current = translation.get_language() or settings.LANGUAGE_CODE
    asked = request.headers.get("Accept-Language", "").lower()
    is_chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == current or actor_of(request) is not None
    return "id" if current == "id" and (is_chosen or asked.startswith("id")) else "en"


def _maker(report: Report, pk: int) -> Passed:
    found = report.maker(pk)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
@_with_token
def passed_on(request: HttpRequest, report: Report) -> HttpResponse:
    """The makers of one report with their products."""
    return render(request, "deals/passed_on/makers.html", {"report": report})


@require_safe
@_with_token
def passed_on_photo(request: HttpRequest, report: Report, pk: int) -> HttpResponse:
    """The first photo of a product that the report shows, as small as it is shown."""
    known = {card.pk for one in report.makers for card in one.goods if card.photos}
    photo = Photo.objects.filter(product=pk).first() if pk in known else None
    if photo is None:
        raise Http404
    return picture_response(request, photo.file, "thumb")


def _name_of(agency: Agency) -> str:
    return in_language(agency.name, agency.name_en)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_with_token
def ask(request: HttpRequest, report: Report, pk: int) -> HttpResponse:
    """Ask one business. Sent once per form; a program that fills every field gets thanks and keeps nothing."""
    maker = _maker(report, pk)
    context = {"report": report, "maker": maker, "agency": _name_of(report.activity.lead)}
    if request.method != "POST":
        form = AskForm(country=report.mission.country)
        is_sent = request.GET.get("sent") == "1"
        return render(request, "deals/passed_on/ask.html", context | {"form": form, "is_sent": is_sent})
    rates.count(request, action="ask", key=report.link.digest)
    form = AskForm(request.POST, country=report.mission.country)
    if not form.is_trapped and not (form.is_valid() and _kept(form, report, maker)):
        return render(request, "deals/passed_on/ask.html", context | {"form": form}, status=422)
    return redirect(reverse("ask", args=[report.token, pk]) + "?sent=1")


def _kept(form: AskForm, report: Report, maker: Passed) -> bool:
    """Whether the question was kept; what is wrong with it stands in the form else."""
    key, values = form.question()
    try:
        keep(
            key=key, link=report.link, business=maker.business, mission=report.mission,
            agency=report.activity.lead, scope=report.activity.scope, values=values,
        )  # fmt: skip
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True
