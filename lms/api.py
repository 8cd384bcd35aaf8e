"""The API's root: one router of each room, one form of error."""

from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import SessionAuth

from accounts.api import router as accounts_router
from certification.api import router as certification_router
from core import invalid_input, openapi
from core.api import problem
from core.errors import DomainError
from core.http import error_response
from core.request_body import StrictParser
from courses.api import router as courses_router
from evaluation.api import router as evaluation_router
from lms.api_jobs import router as jobs_router
from mentoring.api import router as mentoring_router
from schools.api import router as imports_router
from wellbeing.api import router as wellbeing_router


class DescribedAPI(NinjaAPI):
    """The framework's API, whose description names every refusal too."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Any:
        """The OpenAPI document."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return openapi.completed(document)


api = DescribedAPI(
    title="信阳市教师发展与全员导师平台",
    version="1",
    urls_namespace="api",
    auth=SessionAuth(csrf=True),
    openapi_url="/openapi.json",
    docs_url=None,
    parser=StrictParser(),
)


@api.exception_handler(DomainError)
def _refused(request: HttpRequest, error: Any) -> Any:
    return error_response(request, error)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, "not_found", _("没有找到您要的内容。"))


@api.exception_handler(HttpError)
def _framework(request: HttpRequest, error: Any) -> Any:
    """What the framework itself refuses: a body that it cannot read, a write without token."""
    if isinstance(error.__cause__, DomainError):
        return error_response(request, error.__cause__)
    code, words = _OF_THE_FRAMEWORK.get(error.status_code, (f"http_{error.status_code}", _OTHER))
    response = problem(error.status_code, code, str(words))
    if getattr(error, "wait", None):
        response["Retry-After"] = str(error.wait)
    return response


_OTHER = gettext_lazy("请求未被接受，请对照接口说明检查。")
_OF_THE_FRAMEWORK = {
    400: ("bad_request", gettext_lazy("请求无法读取，请对照接口说明检查。")),
    401: ("sign_in_due", gettext_lazy("请先登录。")),
    403: (
        "csrf_failed",
        gettext_lazy("缺少或不符的 X-CSRFToken，请先访问登录页取得令牌。"),
    ),
    413: ("too_large", gettext_lazy("请求内容过大。")),
    429: ("throttled", gettext_lazy("请求过于频繁，请稍后再试。")),
}


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: Any) -> Any:
    return _framework(request, HttpError(413, str(error)))


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(BadRequest)
@api.exception_handler(MultiPartParserError)
def _unreadable(request: HttpRequest, error: Any) -> Any:
    return _framework(request, HttpError(400, str(error)))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Values of the wrong kind: 400 where they stand in the address, else 422."""
    fields = invalid_input.said_of(error.errors)
    if invalid_input.concern_the_query(error.errors):
        words = _("查询条件不符合要求：%(first)s")
        return problem(400, "invalid_query", words % {"first": _first(fields)}, fields=fields)
    words = _("请求内容不符合要求：%(first)s")
    return problem(422, "invalid", words % {"first": _first(fields)}, fields=fields)


def _first(fields: list[dict[str, str]]) -> str:
    return " ".join(filter(None, (fields[0]["field"], fields[0]["message"])))


api.add_router("", accounts_router)
api.add_router("", courses_router)
api.add_router("", certification_router)
api.add_router("", mentoring_router)
api.add_router("", evaluation_router)
api.add_router("", wellbeing_router)
api.add_router("jobs", jobs_router)
api.add_router("imports", imports_router)
