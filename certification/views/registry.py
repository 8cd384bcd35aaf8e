"""The registrar's register: find, revoke, re-issue, try a held paper again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certification import selectors, services
from certification.forms import RegistryForm, ReissueForm, RevocationForm
from certification.permissions import checks_workbooks
from certification.services.issuing import NameUnchanged
from certification.views.presenting import certificate_context, revocation_context, waiting_for
from courses.selectors.outcomes import titles_of

ROWS = 50


@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    form = RegistryForm(request.GET)
    form.is_valid()
    found = services.open_registry(
        actor=request.user,
        q=form.cleaned_data.get("q", ""),
        state=form.cleaned_data.get("state", ""),
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "may_check": checks_workbooks(request.user),
        "waiting": waiting_for(page.object_list)
        if form.cleaned_data.get("state") == "pending"
        else None,
        "titles": titles_of(row.completion_id for row in page.object_list),
    }
    return render(request, "certification/registry.html", context)


@require_POST
def revoke(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Ask whether the certificate is withdrawn, with what that undoes, and withdraw it."""
    found = selectors.get_certificate_to_manage(viewer=request.user, certificate_id=certificate_id)
    form = RevocationForm(request.POST)
    if not form.is_valid():
        context = certificate_context(request.user, found, revocation=form)
        return render(request, "certification/certificate.html", context, status=422)
    if request.POST.get("back") == "1":
        context = certificate_context(request.user, found, revocation=form)
        return render(request, "certification/certificate.html", context)
    if request.POST.get("sure") != "1":
        context = revocation_context(request.user, found, form)
        return render(request, "certification/revoke.html", context)
    services.revoke_certificate(
        actor=request.user,
        certificate=found,
        reason=form.cleaned_data["reason"],
        reason_class=form.cleaned_data["reason_class"],
    )
    messages.success(request, _("证书已撤销，相应学时已冲销。"))
    return redirect("certification:certificate", certificate_id=found.pk)


@require_POST
def reissue(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    found = selectors.get_certificate_to_manage(viewer=request.user, certificate_id=certificate_id)
    form = ReissueForm(request.POST)
    if not form.is_valid():
        context = certificate_context(request.user, found, reissue=form)
        return render(request, "certification/certificate.html", context, status=422)
    try:
        successor = services.reissue_certificate(
            actor=request.user,
            certificate=found,
            reason=form.cleaned_data["reason"],
            same_name=form.cleaned_data["same_name"],
        )
    except NameUnchanged as refusal:
        form.add_error("same_name", str(refusal))
        context = certificate_context(request.user, found, reissue=form)
        return render(request, "certification/certificate.html", context, status=422)
    messages.success(
        request,
        _("新证书 %(number)s 已编号，签发后旧证书转为已换发。") % {"number": successor.number},
    )
    return redirect("certification:certificate", certificate_id=successor.pk)


@require_POST
def retry(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    found = selectors.get_certificate_to_manage(viewer=request.user, certificate_id=certificate_id)
    if services.retry_rendering(actor=request.user, certificate=found):
        messages.info(request, _("证书文件正在生成，结果以本页“经过”为准；稍后请刷新本页。"))
    else:
        messages.info(request, _("这张证书没有待生成的文件，不需要重新生成。"))
    return redirect("certification:certificate", certificate_id=found.pk)
