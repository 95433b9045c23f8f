"""What every request passes: security headers, the limits of a link session, language, second factor."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from ekspora.core.actors import actor_of
from ekspora.core.models import AccessLink, Membership

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        # Some browsers apply form-action to the redirect after a form: "open chat" ends at wa.me.
        "form-action 'self' https://wa.me",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)


def security_headers(get_response: GetResponse) -> GetResponse:
    """Content security policy without inline script or style; personal pages are never cached."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def link_session(get_response: GetResponse) -> GetResponse:
    """A session begun by a personal link ends when the link is revoked or expires."""

    def middleware(request: HttpRequest) -> HttpResponse:
        link_id = request.session.get("link")
        if link_id is not None:
            link = AccessLink.objects.filter(pk=link_id).first()
            if link is None or not link.keeps_session:
                logout(request)
        return get_response(request)

    return middleware


def personal_language(get_response: GetResponse) -> GetResponse:
    """The language is the person's choice, else the browser's, else Indonesian."""

    def middleware(request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen or (actor.person.language if actor else _browser_language(request))
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]  # as Django's own middleware does
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def _browser_language(request: HttpRequest) -> str:
    accepted = request.headers.get("Accept-Language", "")
    for part in accepted.split(","):
        code = part.split(";")[0].strip().split("-")[0].lower()
        if code in dict(settings.LANGUAGES):
            return code
    return str(settings.LANGUAGE_CODE)


def second_factor(get_response: GetResponse) -> GetResponse:
    """Outside the demonstration an officer sets up a second factor before anything else."""
    from allauth.mfa.utils import is_mfa_enabled

    def middleware(request: HttpRequest) -> HttpResponse:
        actor = None if settings.DEMO else actor_of(request)
        open_path = request.path.startswith(("/account/", "/static/", "/language/", "/l/"))
        if actor and not open_path and actor.agencies(Membership.Role.OFFICER):
            if not is_mfa_enabled(request.user):
                return redirect(f"/account/2fa/totp/activate/?next={quote(request.path)}")
        return get_response(request)

    return middleware
