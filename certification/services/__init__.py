"""What can be done with credits and certificates, one verb per use."""

from certification.services.checking import check_workbook as check_workbook
from certification.services.checking import run_check as run_check
from certification.services.issuing import issue_due_certificates as issue_due_certificates
from certification.services.issuing import issue_run as issue_run
from certification.services.issuing import reissue_certificate as reissue_certificate
from certification.services.issuing import retry_rendering as retry_rendering
from certification.services.offices import establish_issuer as establish_issuer
from certification.services.posting import post_course_credit as post_course_credit
from certification.services.qualifying import end_qualification as end_qualification
from certification.services.qualifying import record_qualification as record_qualification
from certification.services.reading import open_certificate as open_certificate
from certification.services.reading import open_document as open_document
from certification.services.reading import open_registry as open_registry
from certification.services.reading import open_visible as open_visible
from certification.services.rendering import render_certificate as render_certificate
from certification.services.revoking import revoke_certificate as revoke_certificate
from certification.services.settling import settle_completions as settle_completions
from certification.services.verifying import confirm_name as confirm_name
from certification.services.verifying import verify_by_code as verify_by_code
from certification.services.verifying import verify_by_number as verify_by_number
