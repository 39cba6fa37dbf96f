"""Addresses of the desk. All but signing in ask for a signed-in member of the agency."""

from django.urls import include, path

from . import (
    asking,
    cases,
    dashboard,
    explaining,
    exports,
    filing,
    inside,
    moving,
    passwords,
    promising,
    queue,
    receipt,
    recovery,
    replies,
    resets,
    signing_in,
)
from .services import guide

app_name = "desk"

urlpatterns = [
    path("", signing_in.home, name="home"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("password/", passwords.show, name="password"),
    path("<slug:agency>/", queue.show, name="queue"),
    path("<slug:agency>/cases/<slug:code>/", cases.show, name="case"),
    path("<slug:agency>/cases/<slug:code>/steps/<slug:step>/", cases.take, name="step"),
    path("<slug:agency>/cases/<slug:code>/assignment/", inside.assignment, name="assignment"),
    path("<slug:agency>/cases/<slug:code>/promise/", promising.promise, name="promise"),
    path("<slug:agency>/cases/<slug:code>/clock/", explaining.show, name="clock"),
    path("<slug:agency>/cases/<slug:code>/notes/", inside.note, name="note"),
    path("<slug:agency>/cases/<slug:code>/version/", moving.version, name="case-version"),
    path("<slug:agency>/cases/<slug:code>/referral/", inside.referral, name="referral"),
    path("<slug:agency>/cases/<slug:code>/opinions/", inside.opinion, name="opinions"),
    path("<slug:agency>/cases/<slug:code>/links/", inside.links, name="links"),
    path("<slug:agency>/cases/<slug:code>/files/<int:file_id>/", cases.file, name="file"),
    path("<slug:agency>/new/", filing.choose, name="new"),
    path("<slug:agency>/new/<slug:service>/", filing.apply, name="apply"),
    path("<slug:agency>/receipt/", receipt.show, name="receipt"),
    path("<slug:agency>/dashboard/", dashboard.show, name="dashboard"),
    path("<slug:agency>/oversight/", include("mizban.web.desk.oversight.urls")),
    path("<slug:agency>/exports/", exports.index, name="exports"),
    path("<slug:agency>/exports/<int:export_id>/", exports.show, name="export"),
    path("<slug:agency>/exports/<int:export_id>/file/", exports.file, name="export-file"),
    path("<slug:agency>/resets/", resets.reset, name="reset"),
    path("<slug:agency>/recovery/", recovery.show, name="recovery"),
    path("<slug:agency>/availability/", include("mizban.web.desk.availability.urls")),
    path("<slug:agency>/breaches/", include("mizban.web.desk.breaches.urls")),
    path("<slug:agency>/agreements/", include("mizban.web.desk.agreements.urls")),
    # Beside the services, not among them: a service may have any name.
    path("<slug:agency>/service-guide/", guide.show, name="service-guide"),
    path("<slug:agency>/services/", include("mizban.web.desk.services.urls")),
    path("<slug:agency>/replies/", replies.index, name="replies"),
    path("<slug:agency>/replies/new/", replies.new, name="new-reply"),
    path("<slug:agency>/replies/<int:reply_id>/", replies.edit, name="reply"),
    path("<slug:agency>/admin/", include("mizban.web.desk.admin.urls")),
    path("<slug:agency>/requests/", asking.choose, name="requests"),
    path("<slug:agency>/requests/<slug:office>/<slug:service>/", asking.ask, name="request"),
]
