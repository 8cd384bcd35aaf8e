"""Addresses of credits, certificates and verification."""

from django.urls import path

from certification.views import checks, own, public, registry

app_name = "certification"

urlpatterns = [
    path("credits/", own.credit_account, name="credits"),
    path("certificates/", own.certificates, name="certificates"),
    path("certificates/registry/", registry.certificates, name="registry"),
    path("certificates/checks/", checks.checks, name="checks"),
    path("certificates/checks/<uuid:check_id>/", checks.check, name="check"),
    path("certificates/checks/<uuid:check_id>/result/", checks.result, name="check_result"),
    path("certificates/<uuid:certificate_id>/", own.certificate, name="certificate"),
    path("certificates/<uuid:certificate_id>/pdf/", own.document, name="document"),
    path("certificates/<uuid:certificate_id>/revocation/", registry.revoke, name="revoke"),
    path("certificates/<uuid:certificate_id>/successor/", registry.reissue, name="reissue"),
    path("certificates/<uuid:certificate_id>/paper/", registry.retry, name="retry"),
    path("verify/", public.verify, name="verify"),
    path("verify/<str:code>/", public.verify_code, name="verify_code"),
]
