"""Addresses of the desk. All but signing in ask for a signed-in member of the agency."""

from django.urls import path

from . import cases, filing, queue, receipt, resets, signing_in

app_name = "desk"

urlpatterns = [
    path("", signing_in.home, name="home"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("<slug:agency>/", queue.show, name="queue"),
    path("<slug:agency>/cases/<slug:code>/", cases.show, name="case"),
    path("<slug:agency>/cases/<slug:code>/steps/<slug:step>/", cases.take, name="step"),
    path("<slug:agency>/cases/<slug:code>/files/<int:file_id>/", cases.file, name="file"),
    path("<slug:agency>/new/", filing.choose, name="new"),
    path("<slug:agency>/new/<slug:service>/", filing.apply, name="apply"),
    path("<slug:agency>/receipt/", receipt.show, name="receipt"),
    path("<slug:agency>/resets/", resets.reset, name="reset"),
]
