"""Choosing the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ekspora.core.actors import actor_of
from ekspora.core.rules import may_correct_own_data
from ekspora.core.services import people

ONE_YEAR = 60 * 60 * 24 * 365


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the choice in this browser, and with the person where it is surely theirs; go back."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = redirect(target)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        actor = actor_of(request)
        if actor is not None and may_correct_own_data(actor):
            people.choose_language(person=actor.person, language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=ONE_YEAR, samesite="Lax", httponly=True,
            secure=settings.SECURE,
        )  # fmt: skip
    return response
