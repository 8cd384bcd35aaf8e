"""The API's root: one router of each room, one form of error."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import SessionAuth

from accounts.api import router as accounts_router
from certification.api import router as certification_router
from core.api import problem
from core.errors import DomainError
from core.http import error_response
from courses.api import router as courses_router
from lms.api_jobs import router as jobs_router
from schools.api import router as imports_router

api = NinjaAPI(
    title="信阳市教师发展与全员导师平台",
    version="1",
    urls_namespace="api",
    auth=SessionAuth(csrf=True),
    openapi_url="/openapi.json",
    docs_url=None,
)


@api.exception_handler(DomainError)
def _refused(request: HttpRequest, error: Any) -> Any:
    return error_response(request, error)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, "not_found", "没有找到您要的内容。")


@api.exception_handler(HttpError)
def _framework(request: HttpRequest, error: Any) -> HttpResponse:
    """What the framework itself refuses: a body that is no JSON, or a write without the token."""
    return problem(error.status_code, *_OF_THE_FRAMEWORK[error.status_code])


_OF_THE_FRAMEWORK = {
    400: ("not_json", "请求内容不是有效的 JSON。"),
    401: ("sign_in_due", "请先登录。"),
    403: ("csrf_failed", "缺少或不符的 X-CSRFToken，请先访问登录页取得令牌。"),
}


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    fields = [{"where": list(item["loc"]), "why": item["msg"]} for item in error.errors]
    return problem(422, "invalid", "请求内容不符合要求，请按接口说明修改。", fields=fields)


api.add_router("", accounts_router)
api.add_router("", courses_router)
api.add_router("", certification_router)
api.add_router("jobs", jobs_router)
api.add_router("imports", imports_router)
