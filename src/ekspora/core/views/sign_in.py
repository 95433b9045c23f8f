"""The page behind a personal link. Opening it changes nothing: chat programs preview links."""

from allauth.account.views import RequestLoginCodeView
from allauth.decorators import rate_limit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core import rates
from ekspora.core.actors import actor_of
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink
from ekspora.core.services import links, sign_in
from ekspora.core.topics import about

GONE, UNKNOWN = 410, 404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET tells whose link this is and what it opens; POST signs in and goes to its target."""
    if request.method != "POST":
        return _show(request, links.find(token))
    _count(request, links.find(token))
    try:
        return sign_in.by_link(request, token=token)
    except DomainError:
        return _show(request, links.find(token))


def _count(request: HttpRequest, known: AccessLink | None) -> None:
    """A link is limited by itself, since a whole hall opens its links behind one address; guesses by address."""
    if known is None:
        rates.count(request, action="unknown_link")
    else:
        rates.count(request, action="link", key=known.digest)


def _show(request: HttpRequest, found: AccessLink | None) -> HttpResponse:
    known = found is not None and found.kind in links.SIGNING_IN
    status = UNKNOWN if not known else 200 if found and found.is_open else GONE
    actor = actor_of(request)
    context = {
        "link": found if known else None,
        "topic": about(found.scope) if found and known and found.scope else None,
        "actor": actor,
        # Reloading the page of a spent link must not frighten somebody who is in already.
        "is_in": bool(actor and found and known and actor.person.pk == found.person_id),
    }
    with translation.override(_language(request, found if known else None)):
        response = render(request, "core/link.html", context, status=status)
        response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _language(request: HttpRequest, found: AccessLink | None) -> str:
    """The language of the person the link was sent to, unless somebody chose another in this browser."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return found.person.language if found else translation.get_language() or settings.LANGUAGE_CODE


@require_safe
def how_to_join(request: HttpRequest) -> HttpResponse:
    """Nobody registers here by themselves: how people come to an account."""
    return render(request, "core/how_to_join.html")


# The only login: an address is asked for, never a password.
request_code = rate_limit(action="login")(RequestLoginCodeView.as_view())
