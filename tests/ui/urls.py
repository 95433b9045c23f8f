"""The only addresses that the base pages link to."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def sign_out(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    path("account/logout/", sign_out, name="account_logout"),
]
