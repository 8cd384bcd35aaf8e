"""What the public pages show."""

from dataclasses import dataclass
from typing import Final

from website.models import SiteSettings


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """The site's own words in one language."""

    name: str
    authority: str
    contact: str
    icp_number: str
    police_number: str


_UNNAMED: Final = {"zh": "教师发展与全员导师平台", "en": "Teacher Development and Mentor Platform"}


def site_identity(language: str) -> SiteIdentity:
    """The site's names and filing numbers; one query, a plain name before anyone has set one."""
    row = SiteSettings.objects.filter(site__is_default_site=True).first()
    english = language == "en"
    if row is None:
        return SiteIdentity(_UNNAMED["en" if english else "zh"], "", "", "", "")
    if english:
        return SiteIdentity(
            row.name_en, row.authority_en, row.contact_en, row.icp_number, row.police_number
        )
    return SiteIdentity(row.name, row.authority, row.contact, row.icp_number, row.police_number)
