"""Every address of the site. Each needs a row in tests/<room>/addresses.py; an undeclared one fails there."""

from django.urls import include, path

urlpatterns = [
    path("", include("ekspora.core.urls")),
    path("", include("ekspora.directory.urls")),
    path("", include("ekspora.readiness.urls")),
    path("", include("ekspora.programmes.urls")),
    path("", include("ekspora.demand.urls")),
    path("", include("ekspora.matching.urls")),
    path("", include("ekspora.meetings.urls")),
    path("", include("ekspora.deals.urls")),
    path("", include("ekspora.results.urls")),
    path("", include("ekspora.web.urls")),
]
