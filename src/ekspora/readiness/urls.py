from django.urls import URLPattern, URLResolver, path

from ekspora.readiness import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("markets/", views.markets, name="markets"),
    path("markets/papers/", views.papers, name="papers_at_home"),
    path("markets/<str:country>/", views.market, name="market"),
]
