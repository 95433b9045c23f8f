from django.urls import URLPattern, URLResolver, path

from ekspora.meetings.views import agendas, prints

urlpatterns: list[URLPattern | URLResolver] = [
    # Personal agendas
    path("my/<int:pk>/agenda/", agendas.my_agenda, name="my_agenda"),
    path("my/<int:pk>/agenda.ics", agendas.my_calendar, name="my_calendar"),
    path("my/<int:pk>/agenda.pdf", agendas.my_agenda_pdf, name="my_agenda_pdf"),
    path("my/<int:pk>/agenda/subscribe/", agendas.my_calendar_feed, name="my_calendar_feed"),
    path("calendar/<str:token>.ics", agendas.calendar_feed, name="calendar_feed"),
    # Prints
    path("activities/<int:pk>/prints/", prints.prints_page, name="prints"),
    path("activities/<int:pk>/prints/<slug:name>/", prints.printed, name="printed"),
]
