from django.urls import URLPattern, URLResolver, path

from ekspora.demand import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("demands/", views.demands, name="demands"),
    path("demands/new/", views.demand_new, name="demand_new"),
    path("demands/<int:pk>/", views.demand_edit, name="demand_edit"),
    path("demands/<int:pk>/answer/", views.demand_answer, name="demand_answer"),
    path("demands/<int:pk>/close/", views.demand_close, name="demand_close"),
]
