from django.urls import URLPattern, URLResolver, path

from ekspora.deals.views import deals, inquiries, questions, steps

urlpatterns: list[URLPattern | URLResolver] = [
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
