"""Addresses under /desk/<agency>/availability/."""

from django.urls import path

from . import letters, maintenance, notices, outages, overview

urlpatterns = [
    path("", overview.show, name="availability"),
    path("outages/new/", outages.new, name="new-outage"),
    path("outages/<int:outage_id>/", outages.show, name="outage"),
    path("evidence/", letters.index, name="evidence-letters"),
    path("evidence/<int:letter_id>/", letters.show, name="evidence-letter"),
    path("maintenance/new/", maintenance.new, name="new-maintenance"),
    path("maintenance/<int:window_id>/", maintenance.show, name="window"),
    path("notices/", notices.index, name="notices"),
    path("notices/new/", notices.new, name="new-notice"),
    path("notices/<int:notice_id>/", notices.show, name="notice"),
]
