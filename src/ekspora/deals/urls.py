from django.urls import URLPattern, URLResolver, path

from ekspora.deals.views import evening, passed_on

urlpatterns: list[URLPattern | URLResolver] = [
    # The evening
    path("my/<int:pk>/evening/", evening.my_evening, name="my_evening"),
    path("my/<int:pk>/evening.pdf", evening.my_evening_pdf, name="my_evening_pdf"),
    path("my/<int:pk>/evening/feedback/", evening.my_feedback, name="my_feedback"),
    path("my/<int:pk>/evening/pass-on/", evening.my_forward, name="my_forward"),
    path("activities/<int:pk>/evening/", evening.evening, name="evening"),
    path("activities/<int:pk>/evening/send/", evening.evening_send, name="evening_send"),
    # What a mission passed on
    path("r/<str:token>/", passed_on.passed_on, name="passed_on"),
    path("r/<str:token>/photos/<int:pk>/", passed_on.passed_on_photo, name="passed_on_photo"),
    path("r/<str:token>/ask/<int:pk>/", passed_on.ask, name="ask"),
]
