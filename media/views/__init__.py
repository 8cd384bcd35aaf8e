"""Pages and files of recordings."""

from media.views.files import published_file

__all__ = ["published_file"]
