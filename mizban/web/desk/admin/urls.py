"""Addresses of the site officer's pages, under /desk/<agency>/admin/."""

from django.urls import path

from . import calendar, closures, holidays, inspections, landing, leaving, office, people, person, units, week

urlpatterns = [
    path("", landing.show, name="admin"),
    path("office/", office.show, name="admin-office"),
    path("counterparts/", office.counterparts, name="admin-counterparts"),
    path("units/", units.index, name="admin-units"),
    path("units/<int:unit_id>/", units.edit, name="admin-unit"),
    path("units/<int:unit_id>/closing/", units.close, name="admin-unit-closing"),
    path("people/", people.index, name="admin-people"),
    path("people/new/", people.new, name="admin-new-person"),
    path("people/<int:person_id>/", person.show, name="admin-person"),
    path("people/<int:person_id>/leaving/", leaving.leave, name="admin-leaving"),
    path("people/<int:person_id>/password/", leaving.password, name="admin-password"),
    path("people/<int:person_id>/roles/<int:role_id>/", person.end_role, name="admin-role"),
    path("people/<int:person_id>/absences/<int:absence_id>/", person.end_absence, name="admin-absence"),
    path("people/<int:person_id>/deputies/<int:deputy_id>/", person.end_deputy, name="admin-deputy"),
    path("calendar/", calendar.show, name="admin-calendar"),
    path("calendar/week/", week.show, name="admin-week"),
    path("calendar/seasons/<int:season_id>/", week.drop_season, name="admin-season"),
    path("calendar/holidays/", holidays.index, name="admin-holidays"),
    path("calendar/holidays/<int:holiday_id>/", holidays.edit, name="admin-holiday"),
    path("calendar/closures/", closures.index, name="admin-closures"),
    path("calendar/closures/<int:proposal_id>/", closures.decide, name="admin-proposal"),
    path("calendar/province/", closures.province, name="admin-province"),
    path("inspections/", inspections.index, name="admin-inspections"),
]
