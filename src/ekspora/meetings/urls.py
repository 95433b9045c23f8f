from django.urls import URLPattern, URLResolver, path

from ekspora.meetings.views import (
    agendas,
    floor,
    hall,
    on_the_day,
    outcomes,
    prints,
    requests,
    results,
    timetable,
    timetable_work,
    wanted_at_home,
    wishes,
)

urlpatterns: list[URLPattern | URLResolver] = [
    # Personal agendas
    path("my/<int:pk>/agenda/", agendas.my_agenda, name="my_agenda"),
    path("my/<int:pk>/agenda.ics", agendas.my_calendar, name="my_calendar"),
    path("my/<int:pk>/agenda.pdf", agendas.my_agenda_pdf, name="my_agenda_pdf"),
    path("my/<int:pk>/agenda/subscribe/", agendas.my_calendar_feed, name="my_calendar_feed"),
    path("calendar/<str:token>.ics", agendas.calendar_feed, name="calendar_feed"),
    # Wishes and requests
    path("my/<int:pk>/wishes/", wishes.my_wishes, name="my_wishes"),
    path("my/<int:pk>/wishes/<int:other>/", wishes.my_wish, name="my_wish"),
    path("my/<int:pk>/looking-for/", wishes.my_demands, name="my_demands"),
    path("activities/<int:pk>/requests/", requests.requests, name="requests"),
    path("activities/<int:pk>/requests/new/", requests.request_new, name="request_new"),
    path("activities/<int:pk>/requests/remind/", requests.requests_remind, name="requests_remind"),
    path(
        "activities/<int:pk>/requests/<int:maker_pk>/<int:guest_pk>/",
        requests.request_edit,
        name="request_edit",
    ),
    path("activities/<int:pk>/wishes/<int:participation_pk>/", requests.wishes_for, name="wishes_for"),
    # Timetable
    path("activities/<int:pk>/timetable/", timetable.timetable, name="timetable"),
    path("activities/<int:pk>/timetable/solve/", timetable_work.timetable_solve, name="timetable_solve"),
    path("activities/<int:pk>/timetable/what-if/", timetable.what_if, name="what_if"),
    path("activities/<int:pk>/timetable/versions/", timetable.versions, name="versions"),
    path(
        "activities/<int:pk>/timetable/versions/<int:a>/<int:b>/",
        timetable.timetable_compare,
        name="timetable_compare",
    ),
    path(
        "activities/<int:pk>/timetable/<int:number>/unmet/", timetable.timetable_unmet, name="timetable_unmet"
    ),
    path(
        "activities/<int:pk>/timetable/<int:number>/move/",
        timetable_work.timetable_move,
        name="timetable_move",
    ),
    path(
        "activities/<int:pk>/timetable/<int:number>/lock/",
        timetable_work.timetable_lock,
        name="timetable_lock",
    ),
    path(
        "activities/<int:pk>/timetable/<int:number>/publish/",
        timetable_work.timetable_publish,
        name="timetable_publish",
    ),
    path(
        "activities/<int:pk>/timetable/<int:number>/<slug:part>.json",
        timetable.timetable_download,
        name="timetable_download",
    ),
    # Prints
    path("activities/<int:pk>/prints/", prints.prints_page, name="prints"),
    path("activities/<int:pk>/prints/<slug:name>/", prints.printed, name="printed"),
    # What came of the meetings
    path("my/<int:pk>/outcomes/<slug:key>/", outcomes.my_outcome, name="my_outcome"),
    path("my/<int:pk>/outcomes/<slug:key>/contact.vcf", outcomes.my_contact, name="my_contact"),
    path(
        "my/<int:pk>/outcomes/<slug:key>/withdraw/", outcomes.my_contact_withdraw, name="my_contact_withdraw"
    ),
    path("activities/<int:pk>/outcomes/", results.outcomes, name="outcomes"),
    path("activities/<int:pk>/outcomes/remind/", results.outcomes_remind, name="outcomes_remind"),
    path("activities/<int:pk>/outcomes.xlsx", results.outcomes_workbook, name="outcomes_workbook"),
    path("activities/<int:pk>/outcomes/<slug:key>/", results.outcome, name="outcome"),
    path(
        "my/<int:pk>/outcomes/<slug:key>/demand/", wanted_at_home.my_outcome_demand, name="my_outcome_demand"
    ),
    path(
        "activities/<int:pk>/outcomes/<slug:key>/demand/",
        wanted_at_home.outcome_demand,
        name="outcome_demand",
    ),
    # The floor
    path("activities/<int:pk>/floor/", floor.floor, name="floor"),
    path("activities/<int:pk>/floor/<slug:table>/", floor.floor_table, name="floor_table"),
    path("board/<str:token>/", floor.board, name="board"),
    path("board/<str:token>/<slug:table>/", floor.board_table, name="board_table"),
    # On the day
    path("activities/<int:pk>/day/", on_the_day.on_the_day, name="on_the_day"),
    path("activities/<int:pk>/day/mark/", on_the_day.day_mark, name="day_mark"),
    path("activities/<int:pk>/day/marks/<int:mark>/undo/", on_the_day.day_unmark, name="day_unmark"),
    path("activities/<int:pk>/day/tables/", on_the_day.table_lost, name="table_lost"),
    path("activities/<int:pk>/day/tables/<int:table>/back/", on_the_day.table_back, name="table_back"),
    path("activities/<int:pk>/day/replan/", on_the_day.replan, name="replan"),
    path("activities/<int:pk>/day/late/", on_the_day.day_late, name="day_late"),
    path("activities/<int:pk>/day/late/<int:delay>/undo/", on_the_day.day_late_undo, name="day_late_undo"),
    path("activities/<int:pk>/day/late/tell/", on_the_day.day_late_tell, name="day_late_tell"),
    path(
        "activities/<int:pk>/timetable/<int:number>/refuse/",
        on_the_day.timetable_refuse,
        name="timetable_refuse",
    ),
    path("my/<int:pk>/agenda/seen/", agendas.my_agenda_seen, name="my_agenda_seen"),
    # Interpreters, delegations, pauses
    path("activities/<int:pk>/hall/", hall.hall, name="hall"),
]
