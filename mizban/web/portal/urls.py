"""Public addresses. The tracking page belongs to no office: a code is enough."""

from django.urls import path

from . import (
    agreements,
    applying,
    explaining,
    feeds,
    grievances,
    guests,
    home,
    notices,
    receipt,
    resets,
    service_page,
    speaking,
    statements,
    status,
    tracking,
    unfinished,
)
from . import help as help_pages

app_name = "portal"

urlpatterns = [
    path("", home.show, name="home"),
    path("help/", help_pages.show, name="help"),
    path("privacy/", statements.privacy, name="privacy"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("speak/", speaking.choose, name="speak"),
    path("notices/", notices.of_site, name="site-notices"),
    path("notices/rss", feeds.of_site, name="site-feed"),
    path("status/", status.of_site, name="site-status"),
    path("track/", tracking.track, name="track"),
    path("track/case/", guests.show, name="case"),
    path("track/complaint/<slug:office>/", grievances.show, name="grievance"),
    path("track/why/", explaining.show, name="why"),
    path("track/case/steps/<slug:step>/", guests.take, name="step"),
    path("track/case/files/<int:file_id>/", guests.file, name="file"),
    path("resume/", unfinished.resume, name="resume"),
    path("track/leave/", guests.leave, name="leave"),
    path("track/forgotten/", resets.forgotten, name="forgotten"),
    path("track/reset/", resets.reset, name="reset"),
    path("<slug:agency>/", home.office, name="office"),
    path("<slug:agency>/agreements/", agreements.index, name="agreements"),
    path("<slug:agency>/agreements/<int:number>/", agreements.show, name="agreement"),
    path("<slug:agency>/notices/", notices.of_office, name="notices"),
    path("<slug:agency>/notices/rss", feeds.of_office, name="feed"),
    path("<slug:agency>/status/", status.of_office, name="status"),
    path("<slug:agency>/complaints/new/", speaking.complaint, name="complaint"),
    path("<slug:agency>/comments/new/", speaking.comment, name="comment"),
    path("<slug:agency>/questions/new/", speaking.question, name="question"),
    path("<slug:agency>/services/<slug:service>/", service_page.show, name="service"),
    path("<slug:agency>/services/<slug:service>/apply/", applying.apply, name="apply"),
    path("<slug:agency>/services/<slug:service>/later/", unfinished.show, name="later"),
    path("<slug:agency>/services/<slug:service>/receipt/", receipt.show, name="receipt"),
]
