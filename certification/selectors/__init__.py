"""Reads of certification, for screens and for higher rooms."""

from certification.selectors.certificates import certificate_by_code as certificate_by_code
from certification.selectors.certificates import (
    certificate_by_number_key as certificate_by_number_key,
)
from certification.selectors.certificates import certificate_names as certificate_names
from certification.selectors.certificates import chain_of as chain_of
from certification.selectors.certificates import get_certificate_for as get_certificate_for
from certification.selectors.certificates import (
    get_certificate_to_manage as get_certificate_to_manage,
)
from certification.selectors.certificates import history_of as history_of
from certification.selectors.certificates import my_certificates as my_certificates
from certification.selectors.certificates import registry as registry
from certification.selectors.certificates import waiting_count as waiting_count
from certification.selectors.checks import checks_of as checks_of
from certification.selectors.checks import get_check_for as get_check_for
from certification.selectors.checks import job_of as job_of
from certification.selectors.checks import jobs_of as jobs_of
from certification.selectors.claims import Claim as Claim
from certification.selectors.claims import Finding as Finding
from certification.selectors.claims import findings as findings
from certification.selectors.ledger import LedgerPage as LedgerPage
from certification.selectors.ledger import certificates_behind as certificates_behind
from certification.selectors.ledger import earnings_of as earnings_of
from certification.selectors.ledger import hours_counted_by as hours_counted_by
from certification.selectors.ledger import ledger_for as ledger_for
from certification.selectors.ledger import ledger_of as ledger_of
from certification.selectors.ledger import rows_behind as rows_behind
from certification.selectors.papers import document_of as document_of
from certification.selectors.papers import holds_of as holds_of
from certification.selectors.papers import is_being_made as is_being_made
from certification.selectors.papers import paper_facts as paper_facts
from certification.selectors.qualifications import (
    qualifications_that_count as qualifications_that_count,
)
from certification.selectors.qualifications import qualified_mentors as qualified_mentors
from certification.selectors.reconcile import differences as differences
