"""What every request passes: security headers, the limits of a link session, language, second factor."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from ekspora.core.accounts import LEFT
from ekspora.core.actors import actor_of
from ekspora.core.models import AccessLink, Account, Membership
from ekspora.core.rules import may_correct_own_data

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
        "form-action 'self' https://wa.me https://api.whatsapp.com https://web.whatsapp.com",
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
    """A session begun by a personal link is limited to it, and ends when it is revoked or expires."""

    def middleware(request: HttpRequest) -> HttpResponse:
        link_id = request.session.get("link")
        if isinstance(request.user, Account) and link_id is not None:
            link = AccessLink.objects.filter(pk=link_id).first()
            if link is None or not link.keeps_session or link.person_id != request.user.person_id:
                logout(request)
                request.ended = not (link and link.revoked_at is None)  # type: ignore[attr-defined]  # see say_so
        elif SESSION_KEY in request.session and not request.user.is_authenticated:
            logout(request)
            request.ended = True  # type: ignore[attr-defined]  # see say_so
        return get_response(request)

    return middleware


def say_so(get_response: GetResponse) -> GetResponse:
    """Whoever was signed out because their link was closed or they were erased is told, and so is their phone, which
    may be somebody else's by now: it keeps nothing of theirs. A link that just ran out is opened again soon."""

    def middleware(request: HttpRequest) -> HttpResponse:
        ended = getattr(request, "ended", None)
        if ended is not None:
            closed = _("You are signed out, for the link you came by was closed.")
            words = closed if ended else _("You are signed out, for the link you came by has run out.")
            messages.info(request, words, extra_tags=LEFT if ended else "")
        return get_response(request)

    return middleware


def personal_language(get_response: GetResponse) -> GetResponse:
    """The language is the person's choice, else the one chosen in this browser, else the browser's. By a link that
    others may hold, the one chosen in this browser comes first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        is_own = actor is not None and (may_correct_own_data(actor) or chosen not in dict(settings.LANGUAGES))
        language = actor.person.language if actor and is_own else _visitor_language(request)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # as Django's own middleware does
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        if actor is None:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return middleware


def _visitor_language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    codes = (code.partition("-")[0] for code, _quality in accepted)
    return next((code for code in codes if code in dict(settings.LANGUAGES)), settings.LANGUAGE_CODE)


# What an officer without a second factor can still reach: setting it up, signing out, changing the language.
_BEFORE_SECOND_FACTOR = ("/account/", "/static/", "/language/", "/l/", "/health/")


def second_factor(get_response: GetResponse) -> GetResponse:
    """Outside the demonstration an officer sets up a second factor before anything else.

    A session that began before it was set up elsewhere has not proven it and is asked for it.
    """
    from allauth.account.authentication import get_authentication_records
    from allauth.mfa.models import Authenticator

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR and not request.path.startswith(_BEFORE_SECOND_FACTOR):
            actor = actor_of(request)
            if actor and actor.agencies(Membership.Role.OFFICER):
                steps = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP)
                if not steps.exists():
                    return redirect("mfa_activate_totp")
                if not any(
                    record["method"] == "mfa" for record in get_authentication_records(request, request.user)
                ):
                    return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
        return get_response(request)

    return middleware
