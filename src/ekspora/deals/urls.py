from django.urls import URLPattern, URLResolver, path

from ekspora.deals.views import (
    commitment_work,
    commitments,
    deals,
    evening,
    inquiries,
    my_commitments,
    passed_on,
    questions,
    steps,
)

urlpatterns: list[URLPattern | URLResolver] = [
    # Promises
    path("promises/", commitments.all_commitments, name="all_commitments"),
    path("promises.xlsx", commitments.commitments_workbook_file, name="commitments_workbook"),
    path("promises/hand-over/", commitment_work.commitments_hand_over, name="commitments_hand_over"),
    path("promises/<int:pk>/", commitments.commitment, name="commitment"),
    path("promises/<int:pk>/settle/", commitment_work.commitment_settle, name="commitment_settle"),
    path("promises/<int:pk>/due/", commitment_work.commitment_due, name="commitment_due"),
    path("promises/<int:pk>/fair/", commitment_work.commitment_fair, name="commitment_fair"),
    path("promises/<int:pk>/buyers/", commitment_work.commitment_buyer, name="commitment_buyer"),
    path("promises/<int:pk>/hand-over/", commitment_work.commitment_hand_over, name="commitment_hand_over"),
    path("activities/<int:pk>/promises/", commitments.commitments, name="commitments"),
    path("activities/<int:pk>/promises/new/", commitment_work.commitment_new, name="commitment_new"),
    path(
        "activities/<int:pk>/promises/remind/", commitment_work.commitments_remind, name="commitments_remind"
    ),
    path(
        "activities/<int:pk>/promises/from-outcomes/",
        commitment_work.commitments_from_outcomes,
        name="commitments_from_outcomes",
    ),
    path("my/<int:pk>/promises/", my_commitments.my_commitments, name="my_commitments"),
    path(
        "my/<int:pk>/promises/<int:commitment>/settle/",
        my_commitments.my_commitment_settle,
        name="my_commitment_settle",
    ),
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
    # Deals
    path("activities/<int:pk>/deals/", deals.deals, name="deals"),
    path("activities/<int:pk>/inquiries/", inquiries.inquiries, name="inquiries"),
    path("activities/<int:pk>/later/", questions.later_questions, name="later_questions"),
    path("deals/", deals.all_deals, name="all_deals"),
    path("deals/new/", deals.deal_new, name="deal_new"),
    path("deals/<int:pk>/", deals.deal, name="deal"),
    path("deals/<int:pk>/edit/", deals.deal_edit, name="deal_edit"),
    path("deals/<int:pk>/close/", deals.deal_close, name="deal_close"),
    path("deals/<int:pk>/hand-over/", deals.deal_hand_over, name="deal_hand_over"),
    path("deals/<int:pk>/steps/new/", steps.deal_step_new, name="deal_step_new"),
    path("deals/<int:pk>/steps/<int:step>/withdraw/", steps.deal_step_withdraw, name="deal_step_withdraw"),
    path("deals/<int:pk>/steps/<int:step>/check/", steps.deal_step_check, name="deal_step_check"),
    path("evidence/<int:pk>/", steps.evidence, name="evidence"),
    path("inquiries/<int:pk>/take-up/", inquiries.inquiry_take_up, name="inquiry_take_up"),
    path("inquiries/<int:pk>/refuse/", inquiries.inquiry_refuse, name="inquiry_refuse"),
    path("my/<int:pk>/later/", questions.my_later, name="my_later"),
]
