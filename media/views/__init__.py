"""Pages and files of recordings."""

from media.views.files import published_file, site_picture

__all__ = ["published_file", "site_picture"]
