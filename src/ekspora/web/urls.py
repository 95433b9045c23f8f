from django.urls import URLPattern, URLResolver, path

from ekspora.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("offline.js", views.offline_worker, name="offline_worker"),
]
