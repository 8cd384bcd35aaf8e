"""Ledger, certificates and verification."""

from certification.models.certificates import Certificate as Certificate
from certification.models.certificates import CertificateDocument as CertificateDocument
from certification.models.certificates import CertificateEvent as CertificateEvent
from certification.models.certificates import EventKind as EventKind
from certification.models.certificates import RevocationClass as RevocationClass
from certification.models.checks import CertificateCheck as CertificateCheck
from certification.models.checks import CheckPurpose as CheckPurpose
from certification.models.checks import VerificationLog as VerificationLog
from certification.models.issuers import CertificateTemplate as CertificateTemplate
from certification.models.issuers import CertificateType as CertificateType
from certification.models.issuers import Issuer as Issuer
from certification.models.issuers import NumberSeries as NumberSeries
from certification.models.ledger import CreditPosting as CreditPosting
from certification.models.ledger import PostingKind as PostingKind
from certification.models.ledger import PostingReason as PostingReason
from certification.models.qualifications import Qualification as Qualification
