"""Addresses of a site officer's services, under the agency's desk."""

from django.urls import path

from . import drafts, index, looking, rehearsal

urlpatterns = [
    path("", index.index, name="services"),
    path("<slug:service>/", index.show, name="service"),
    path("<slug:service>/draft/", drafts.edit, name="service-draft"),
    path("<slug:service>/draft/look/", looking.draft, name="service-look"),
    path("<slug:service>/rehearsal/", rehearsal.show, name="service-rehearsal"),
    path("<slug:service>/versions/<int:number>/", looking.version, name="service-version"),
]
