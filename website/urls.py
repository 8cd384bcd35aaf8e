"""Addresses of the public website that are not pages of the editor."""

from django.conf import settings
from django.urls import URLPattern, path

from website import views

app_name = "website"

urlpatterns: list[URLPattern] = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("language/", views.language, name="language"),
    path("help/", views.help_lines, name="help"),
    path("search/", views.search, name="search"),
]

if settings.LMS_MODE != "production":
    urlpatterns.append(path("styleguide/", views.styleguide, name="styleguide"))
