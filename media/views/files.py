"""Published files where no nginx stands in front, one range at a time, and pictures of the site."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from core.errors import Missing
from core.http import ranged_file_response
from media import selectors, storage
from media.rules.links import LinkState

CONTENT_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "vtt": "text/vtt; charset=utf-8",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}
PICTURES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}
FOR_EVERYBODY = "public, max-age=31536000, immutable"
LASTING = "private, max-age=86400, immutable"
PLAYLIST = "private, max-age=60"
REFUSALS = {LinkState.WRONG: 403, LinkState.EXPIRED: 410}


@require_safe
def published_file(
    request: HttpRequest, sig: str, expires: str, asset: str, name: str
) -> HttpResponseBase:
    """One file of a published directory: 403 for a wrong prefix, 410 for one that ended."""
    refusal = REFUSALS.get(selectors.link_state(sig, int(expires), asset))
    if refusal is not None:
        return HttpResponse(status=refusal, content_type="text/plain")
    suffix = name.rpartition(".")[2]
    path = storage.published(asset) / name
    if suffix not in CONTENT_TYPES or not path.is_file():
        raise Missing
    response = ranged_file_response(request, path, CONTENT_TYPES[suffix])
    response["Cache-Control"] = PLAYLIST if suffix == "m3u8" else LASTING
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def site_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of the site in one size; what editors uploaded themselves is not given out."""
    path = storage.pictures() / name
    content_type = PICTURES.get(path.suffix.lower().lstrip("."))
    if content_type is None or not path.is_file():
        raise Missing
    response = ranged_file_response(request, path, content_type)
    response["Cache-Control"] = FOR_EVERYBODY
    response["X-Content-Type-Options"] = "nosniff"
    return response
