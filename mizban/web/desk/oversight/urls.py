"""Addresses below `/desk/<agency>/oversight/`."""

from django.urls import path

from . import overview, reports

urlpatterns = [
    path("", overview.show, name="oversight"),
    path("reports/", reports.index, name="reports"),
    path("reports/<int:report_id>/", reports.show, name="report"),
    path("reports/<int:report_id>/file.<str:format>", reports.file, name="report-file"),
    path("reports/<int:report_id>/signature/", reports.sign, name="report-signature"),
    path("reports/<int:report_id>/publication/", reports.publish, name="report-publication"),
]
