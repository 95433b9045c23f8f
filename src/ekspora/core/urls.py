"""Sign-in, language, send queue, jobs and trail. allauth's addresses are chosen by hand: only what is needed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from ekspora.core.views import health, language, sign_in

SIGN_IN = [
    path("l/<str:token>/", sign_in.link, name="link"),
    path("account/login/", sign_in.request_code, name="account_login"),
    # allauth asks for this name too.
    path(
        "account/login/code/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="account_request_login_code",
    ),
    path("account/login/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/join/", sign_in.how_to_join, name="account_signup"),
    path("account/2fa/", mfa.index, name="mfa_index"),
    path("account/2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("account/2fa/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/2fa/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/2fa/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/2fa/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *SIGN_IN,
    path("language/", language.set_language, name="set_language"),
    path("health/", health.health, name="health"),
]
