"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

from mizban.config import health
from mizban.config.metrics import metrics
from mizban.kit.gallery import gallery

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", include("mizban.web.api.urls")),
    path("desk/", include("mizban.web.desk.urls")),
    *([path("kit/", gallery)] if settings.DEMO else []),
    path("", include("mizban.web.portal.urls")),
]

handler400 = "mizban.web.failures.bad_request"
handler403 = "mizban.web.failures.forbidden"
handler404 = "mizban.web.failures.not_found"
handler500 = "mizban.web.failures.server_error"
