"""Sign-in, language, send queue, jobs and trail. Of allauth's addresses only those that are needed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from ekspora.core.actors import by_no_link
from ekspora.core.views import erasures, health, jobs, language, my_data, papers, queue, sign_in, trail

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
    path("account/2fa/", by_no_link(mfa.index), name="mfa_index"),
    path("account/2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("account/2fa/again/", by_no_link(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/2fa/totp/activate/", by_no_link(totp.activate_totp), name="mfa_activate_totp"),
    path("account/2fa/totp/deactivate/", by_no_link(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/2fa/codes/", by_no_link(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/2fa/codes/new/",
        by_no_link(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/2fa/codes/download/",
        by_no_link(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *SIGN_IN,
    path("language/", language.set_language, name="set_language"),
    path("queue/<str:topic>/", queue.queue, name="queue"),
    path("queue/<str:topic>/release/", queue.release, name="queue_release"),
    path("queue/<str:topic>/automatic/", queue.automatic, name="queue_automatic"),
    path("message/<int:pk>/", queue.message, name="queue_message"),
    path("message/<int:pk>/open/", queue.open_chat, name="queue_open"),
    path("message/<int:pk>/sent/", queue.sent, name="queue_sent"),
    path("message/<int:pk>/cancel/", queue.cancel, name="queue_cancel"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/progress/", jobs.progress, name="job_progress"),
    path("jobs/<int:pk>/stop/", jobs.stop, name="job_stop"),
    path("trail/", trail.audit, name="audit"),
    path("my/data/", my_data.my_data, name="my_data"),
    path("my/data/export/", my_data.export, name="my_data_export"),
    path("my/data/erase/", my_data.erase, name="my_data_erase"),
    path("my/data/ask/", my_data.ask_erasure, name="my_data_ask"),
    path("erasure/<int:pk>/", erasures.erasure, name="erasure"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<int:pk>/", papers.decide, name="paper_decide"),
    path("health/", health.health, name="health"),
]
