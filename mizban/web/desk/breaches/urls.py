"""Addresses under /desk/<agency>/breaches/."""

from django.urls import path

from . import escalations, forecasting, settings, signs, warnings

urlpatterns = [
    path("", warnings.show, name="breaches"),
    path("escalations/", escalations.index, name="escalations"),
    path("escalations/<int:escalation_id>/", escalations.show, name="escalation"),
    path("forecast/", forecasting.show, name="forecast"),
    path("signs/", signs.show, name="signs"),
    path("settings/", settings.show, name="breach-settings"),
]
