"""What is due today: one page, put together from the rooms by the posts a person holds."""

from lms.home.page import Home, home_of

__all__ = ["Home", "home_of"]
