"""The editors' door in the content administration: list, upload, finish, publish."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, Invalid
from media import permissions, selectors, services
from media.forms import RecordingForm, UploadForm
from media.models import Recording
from media.views.presenting import card_of, crumbs, detail_context, seen_now

PAGE_SIZE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All recordings with their state."""
    permissions.require_editor(request.user)
    query = request.GET.get("q", "").strip()[:100]
    recordings = selectors.recordings_for(request.user)
    if query:
        recordings = recordings.filter(title__icontains=query)
    page = Paginator(recordings, PAGE_SIZE).get_page(request.GET.get("p"))
    context = crumbs() | {"page": page, "cards": [card_of(row) for row in page], "query": query}
    return render(request, "media/index.html", context)


def upload(request: HttpRequest) -> HttpResponse:
    """The form for a new recording, and its taking in."""
    permissions.require_editor(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _upload_page(request, form)
    if form.is_valid():
        try:
            version = services.receive_upload(actor=request.user, **form.cleaned_data)
        except Invalid as refusal:
            _explain(form, refusal)
        else:
            return _arrived(request, version.recording)
    return _refused_upload(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """One recording: player, progress, and everything about it in one form, kept as a whole."""
    recording = selectors.get_recording_for(viewer=request.user, recording_id=recording_id)
    if request.method != "POST":
        return render(request, "media/detail.html", detail_context(recording))
    return _refusal(request, recording) or _kept(request, recording)


@require_safe
def progress(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """How the newest cut is doing, as a fragment that asks again while it moves.

    ``?whole`` asks for everything that depends on it: the facts, what lacks, the next steps.
    """
    recording = selectors.get_recording_for(viewer=request.user, recording_id=recording_id)
    if "whole" in request.GET:
        shown = detail_context(recording) | {"arrived": True}
        response = render(request, "media/standing.html", shown)
    else:
        response = render(request, "media/progress.html", {"card": card_of(recording)})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def publish(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Keep what was filled in, then show the newest cut to people."""
    recording = selectors.get_recording_for(viewer=request.user, recording_id=recording_id)
    if refusal := _refusal(request, recording):
        return refusal
    try:
        services.publish_recording(actor=request.user, recording=recording)
    except DomainError as refused:
        messages.error(request, str(refused))
        return redirect("recordings:detail", recording.pk)
    return _done(request, recording, _("录像已发布。"))


@require_POST
def withdraw(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Keep what was filled in, ask, then take the recording away from people."""
    recording = selectors.get_recording_for(viewer=request.user, recording_id=recording_id)
    if refusal := _refusal(request, recording):
        return refusal
    if request.POST.get("sure") != "1":
        shown = crumbs(recording.title) | {"recording": recording}
        return render(request, "media/withdraw.html", shown)
    services.withdraw_recording(actor=request.user, recording=recording)
    return _done(request, recording, _("录像已下架，已取得的学习记录不受影响。"))


@require_POST
def retry(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Keep what was filled in, then queue the newest, failed cut once more, as an audio lesson if
    so wished.
    """
    recording = selectors.get_recording_for(viewer=request.user, recording_id=recording_id)
    if refusal := _refusal(request, recording):
        return refusal
    version = selectors.latest_version(recording)
    if version is not None:
        as_audio = request.POST.get("as_audio") == "1"
        services.retry_transcode(actor=request.user, version=version, as_audio=as_audio)
    return _done(request, recording, _("已重新排队转码。"))


def _refusal(request: HttpRequest, recording: Recording) -> HttpResponse | None:
    """Keep the page's form, whichever of its buttons sent it; the page again where it is refused.

    A button of the list brings no form, and keeps nothing.
    """
    if "title" not in request.POST:
        return None
    form = RecordingForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            beyond = services.keep_recording(
                actor=request.user, recording=recording, **form.cleaned_data
            )
        except Invalid as refusal:
            _explain(form, refusal)
        else:
            _warn(request, beyond)
            return None
    if _wants_json(request):
        return JsonResponse({"errors": form.errors, "seen": seen_now(recording)}, status=422)
    data = request.POST.copy()
    data["seen"] = seen_now(recording)
    form.data = data
    shown = detail_context(recording, form)
    return render(request, "media/detail.html", shown, status=422)


def _warn(request: HttpRequest, beyond: int) -> None:
    """Say how many captions lie beyond the end of the recording."""
    if beyond:
        text = ngettext(
            "有 %(count)d 条字幕超出录像的结尾，超出的部分没有采用。请核对是不是选错了文件。",
            "有 %(count)d 条字幕超出录像的结尾，超出的部分没有采用。请核对是不是选错了文件。",
            beyond,
        )
        messages.warning(request, text % {"count": beyond})


def _kept(request: HttpRequest, recording: Recording) -> HttpResponse:
    if "file" in request.FILES:
        return _arrived(request, recording)
    return _done(request, recording, _("已保存。"))


def _upload_page(request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
    context = crumbs(_("上传录像")) | {"form": form}
    return render(request, "media/upload.html", context, status=status)


def _refused_upload(request: HttpRequest, form: Form) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"errors": form.errors}, status=422)
    return _upload_page(request, form, status=422)


def _arrived(request: HttpRequest, recording: Recording) -> HttpResponse:
    address = reverse("recordings:detail", args=[recording.pk])
    messages.success(request, _("文件已收到，正在转码。"))
    if _wants_json(request):
        return JsonResponse({"address": address}, status=201)
    return redirect(address)


def _done(request: HttpRequest, recording: Recording, text: str) -> HttpResponse:
    messages.success(request, text)
    if _wants_json(request):
        address = reverse("recordings:detail", args=[recording.pk])
        return JsonResponse({"address": address}, status=201)
    return redirect("recordings:detail", recording.pk)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _explain(form: Any, refusal: Invalid) -> None:
    for name, text in (refusal.fields or {"": str(refusal)}).items():
        form.add_error(name if name in form.fields else None, str(text))
