from django.urls import re_path

from media import views

app_name = "media"
urlpatterns = [
    re_path(
        r"^(?P<sig>[A-Za-z0-9_-]{1,64})/(?P<expires>[0-9]{1,12})/(?P<asset>[0-9a-f]{32})/"
        r"(?P<name>[A-Za-z0-9_][A-Za-z0-9_-]*\.[a-z0-9]{2,5})$",
        views.published_file,
        name="file",
    ),
]
