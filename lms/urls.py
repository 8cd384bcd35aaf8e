"""Every address of the platform, room by room."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail.documents.views import serve as documents

from accounts.views.door import sign_out
from lms import views
from lms.api import api
from media.views import site_picture

handler404 = "lms.views.missing"
handler500 = "lms.views.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("home/", views.home, name="home"),
    path("reports/learning/", views.learning_report, name="learning_report"),
    path("access-log/", views.access_log, name="access_log"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("learn/", include("courses.urls")),
    path("", include("certification.urls")),
    path("schools/", include("schools.urls")),
    path("mentoring/", include("mentoring.urls")),
    path("wellbeing/", include("wellbeing.urls")),
    path("evaluation/", include("evaluation.urls")),
    path("api/v1/", api.urls),
    path("api/docs/", views.api_reference, name="api_reference"),
    re_path("^api/", views.no_such_call, name="no_such_call"),
    path("cms/logout/", sign_out, name="cms_logout"),
    path("cms/login/", RedirectView.as_view(url="/cms/"), name="cms_login"),
    path("cms/", include("wagtail.admin.urls")),
    path("v/", include("media.urls")),
    re_path(
        r"^files/images/(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]*)$", site_picture, name="site_picture"
    ),
    path(
        "documents/<int:document_id>/<str:document_filename>",
        documents.serve,
        name="wagtaildocs_serve",
    ),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        documents.authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    *i18n_patterns(
        path("", include("website.urls")),
        path("", include("wagtail.urls")),
        prefix_default_language=False,
    ),
]
