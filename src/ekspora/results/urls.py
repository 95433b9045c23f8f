"""Addresses of the results."""

from django.urls import URLPattern, URLResolver, path

from ekspora.results.views import figures, files, photos, reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("activities/<int:pk>/report/", reports.report, name="report"),
    path("activities/<int:pk>/report/edit/", reports.report_edit, name="report_edit"),
    path("activities/<int:pk>/report/feedback/", reports.report_feedback, name="report_feedback"),
    path("activities/<int:pk>/report/report.pdf", files.report_pdf, name="report_pdf"),
    path("activities/<int:pk>/report/report.xlsx", files.report_xlsx, name="report_xlsx"),
    path("activities/<int:pk>/report/figures/new/", figures.reported_figure_new, name="reported_figure_new"),
    path("report/figures/<int:pk>/", figures.reported_figure_edit, name="reported_figure_edit"),
    path("report/figures/<int:pk>/delete/", figures.reported_figure_delete, name="reported_figure_delete"),
    path("activities/<int:pk>/report/photos/new/", photos.report_photo_add, name="report_photo_add"),
    path("report/photos/<int:pk>/delete/", photos.report_photo_delete, name="report_photo_delete"),
    path("report/photos/<int:pk>.jpg", photos.report_photo, name="report_photo"),
]
