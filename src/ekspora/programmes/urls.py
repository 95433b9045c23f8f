from django.urls import URLPattern, URLResolver, path

from ekspora.programmes.views import (
    activities,
    agenda,
    check_in,
    invitations,
    organisers,
    participants,
    participation,
    personal,
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("activities/", activities.activities, name="activities"),
    path("activities/new/", activities.activity_new, name="activity_new"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/edit/", activities.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/organisers/", organisers.organisers, name="organisers"),
    path("activities/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("activities/<int:pk>/agenda/new/", agenda.agenda_item_new, name="agenda_item_new"),
    path("agenda/<int:pk>/", agenda.agenda_item_edit, name="agenda_item_edit"),
    path("agenda/<int:pk>/delete/", agenda.agenda_item_delete, name="agenda_item_delete"),
    path("activities/<int:pk>/participants/", participants.participants, name="participants"),
    path("activities/<int:pk>/participants/add/", participants.participant_add, name="participant_add"),
    path("activities/<int:pk>/door/", participants.participation_walk_in, name="participation_walk_in"),
    path("activities/<int:pk>/invite/", invitations.invite, name="invite"),
    path("activities/<int:pk>/letters.pdf", invitations.letters, name="letters"),
    path("participations/<int:pk>/", participation.participation, name="participation"),
    path("participations/<int:pk>/letter.pdf", invitations.letter, name="letter"),
    path("my/invitations/<int:pk>/", personal.my_invitation, name="my_invitation"),
    # The day
    path("activities/<int:pk>/check-in/", check_in.check_in, name="check_in"),
    path("activities/<int:pk>/check-in/marks/", check_in.check_in_marks, name="check_in_marks"),
    path("activities/<int:pk>/attendance.pdf", check_in.attendance_pdf, name="attendance_pdf"),
]
