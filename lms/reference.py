"""The API as a person reads it: each call in words, with what it takes, gives and refuses.

Made from the served description, so that it cannot differ from it; only the words are added here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

SECTIONS: Final[dict[str, Any]] = {
    "me": _("登录者"),
    "courses": _("课程与学习"),
    "credits and certificates": _("学分与证书"),
    "mentoring": _("导师工作"),
    "evaluation": _("导师评价"),
    "wellbeing": _("心理健康工作"),
    "jobs": _("后台任务"),
    "imports": _("名册导入"),
}
WORDS: Final[dict[str, Any]] = {
    "GET me": _("登录者的姓名、今天的职务和未读通知数。"),
    "GET courses": _("按条件列出正在提供的课程和班次；不用登录。"),
    "POST runs/{run_id}/enrolments": _("报名一个班次；再次调用得到同一报名。"),
    "GET enrolments/{enrolment_id}": _("一次报名的进度，逐节列出。"),
    "POST lessons/{lesson_id}/reading": _("记下读完了一节阅读课。"),
    "GET lessons/{lesson_id}/transcript": _("录像课节的文字稿和检查题设置。"),
    "POST watch": _("开始观看一节录像，取得凭证和已计入的部分。"),
    "POST watch/beats": _("报告看过的时间段；服务器回答计入了哪些。"),
    "POST attempts": _("开始一次测验，或继续正在进行的一次。"),
    "GET attempts/{attempt_id}": _("自己的一次作答。"),
    "PUT attempts/{attempt_id}/answers/{question}": _("保存一道题的答案；较旧的不会盖掉较新的。"),
    "POST attempts/{attempt_id}/submission": _("交卷；再次调用得到同一成绩。"),
    "GET credits": _("自己的学时：累计、各类别、逐笔入账。"),
    "GET certificates": _("自己的证书，以及所管单位的证书。"),
    "POST certificates/{certificate_id}/revocation": _("撤销一张证书并说明原因，学时随之冲销。"),
    "GET verify": _("按验证码，或按编号加姓名查验证书；不用登录。"),
    "POST assignment-runs": _("为一所学校的一个学期计算导师分配；发布前不生效。"),
    "GET assignment-runs/{run_id}": _("一次计算的结果：数字与证明，或缺什么。"),
    "POST assignment-runs/{run_id}/publication": _("发布一次预览过的分配。"),
    "GET pupils": _("自己名下的学生，最该联系的在前。"),
    "POST check-ins": _("记录一次与一名或几名学生的联系；担心时勾选 worried，内容只交给接手的人。"),
    "POST check-ins/{contact_id}/amendments": _("补充自己写的一条联系记录，并说明原因。"),
    "GET draft-key": _("本人离线草稿的密钥，只给本人。"),
    "GET evaluation/terms": _("所管学校各学期的评价进行到哪一步。"),
    "POST evaluation/terms": _("由后台重新计算一所学校一个学期的评价表。"),
    "GET evaluation/terms/{evaluation_id}": _("一所学校一个学期的评价进行到哪一步。"),
    "POST evaluation/terms/{evaluation_id}/announcement": _("公示现在的数字，并通知每位导师。"),
    "POST evaluation/terms/{evaluation_id}/freeze": _("公示期满后冻结，从此不再改变。"),
    "GET evaluation/sheets": _("自己的评价表，以及所管学校的评价表。"),
    "GET evaluation/sheets/{sheet_id}/rows": _("评价表上一个数字由哪些记录构成，其余为什么不算。"),
    "POST signals": _("报告对一名学生的担心；送出后不能读回。"),
    "GET wellbeing/signals": _("自己要接手或已接手的预警信号，没人接手的在前。"),
    "GET wellbeing/overdue": _("县区和市局：哪所学校有信号没人接手，多紧急，何时报告。"),
    "GET wellbeing/signals/{signal_id}": _("一条预警信号的全部内容；查看会留痕。"),
    "POST wellbeing/signals/{signal_id}/acknowledgement": _("接手一条预警信号，由自己负责。"),
    "GET wellbeing/categories": _("今天可以提出的关注类别。"),
    "GET wellbeing/ledger": _("自己负责的关注台账；查看会留痕。"),
    "POST wellbeing/ledger": _("提出关注一名学生；等另一位老师确认。"),
    "GET wellbeing/ledger/{entry_id}": _("一条关注记录的依据和确认；查看会留痕。"),
    "POST wellbeing/ledger/{entry_id}/confirmation": _("确认一条关注记录。"),
    "POST wellbeing/ledger/{entry_id}/withdrawal": _("撤回一条还没有两人确认的关注记录。"),
    "POST wellbeing/ledger/{entry_id}/end": _("确认结束关注，并说明原因；两人确认后移出。"),
    "GET jobs/{job_id}": _("自己发起的后台任务进行到哪里。"),
    "POST imports": _("为一个单位上传名册；由任务读出并给出预览。"),
    "GET imports/{roster_id}": _("一次导入的计数和逐行问题。"),
    "POST imports/{roster_id}/confirmation": _("确认预览过的名册，由任务写入。"),
}
PREFIX: Final = "/api/v1/"
DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a call takes or gives; the path of a nested one is dotted, of a list `[]`."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Call:
    """One operation of the API."""

    method: str
    path: str
    words: Any
    takes: list[Field]
    gives: list[tuple[str, list[Field]]]
    refuses: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Section:
    """The calls of one room."""

    name: Any
    calls: list[Call]


def sections(document: Mapping[str, Any]) -> list[Section]:
    """The calls of an OpenAPI document, section by section in its own order."""
    schemas = document["components"]["schemas"]
    found: dict[str, list[Call]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            tag = operation.get("tags", [""])[0]
            call = _call(method.upper(), path.removeprefix(PREFIX), operation, schemas)
            found.setdefault(tag, []).append(call)
    return [Section(SECTIONS.get(tag, tag), calls) for tag, calls in found.items()]


def _call(method: str, path: str, operation: Mapping[str, Any], schemas: Any) -> Call:
    gives, refuses = [], []
    for code, answer in operation["responses"].items():
        status = str(code)
        (content,) = answer["content"].values()
        if status.startswith("2"):
            gives.append((status, list(_fields(content["schema"], schemas))))
        else:
            refuses.append((status, content["schema"]["allOf"][1]["properties"]["code"]["enum"]))
    words = WORDS.get(f"{method} {path}", operation.get("description", ""))
    return Call(method, path, words, list(_taken(operation, schemas)), gives, refuses)


def _taken(operation: Mapping[str, Any], schemas: Any) -> Iterator[Field]:
    for row in operation.get("parameters", ()):
        if row["in"] != "header":
            kind = _kind(row["schema"], schemas)
            yield Field(row["name"], kind, row.get("required", False), row.get("description", ""))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from _fields(content["schema"], schemas)


def _fields(schema: Any, schemas: Any, before: str = "", depth: int = 0) -> Iterator[Field]:
    """The properties of an object with those of the objects within it."""
    shape = _resolved(schema, schemas)
    required = set(shape.get("required", ()))
    for name, part in shape.get("properties", {}).items():
        inner = _resolved(part, schemas)
        many = inner.get("type") == "array"
        path = f"{before}{name}{'[]' if many else ''}"
        words = part.get("description", "") or inner.get("description", "")
        yield Field(path, _kind(part, schemas), name in required, words)
        if depth + 1 < DEEPEST:
            within = inner.get("items", {}) if many else inner
            yield from _fields(within, schemas, f"{path}.", depth + 1)


def _resolved(schema: Any, schemas: Any) -> Mapping[str, Any]:
    """What a schema stands for: behind its name, or the one alternative that is not null."""
    shape: Mapping[str, Any] = schema
    while "$ref" in shape:
        shape = schemas[shape["$ref"].rsplit("/", 1)[-1]]
    others = [part for part in shape.get("anyOf", ()) if part.get("type") != "null"]
    return _resolved(others[0], schemas) if len(others) == 1 else shape


def _kind(schema: Any, schemas: Any) -> str:
    """A type in one word, with the values it may have."""
    shape = _resolved(schema, schemas)
    if "enum" in shape:
        return " | ".join(str(value) for value in shape["enum"])
    if "const" in shape:
        return str(shape["const"])
    if shape.get("type") == "array":
        return f"[{_kind(shape.get('items', {}), schemas)}]"
    return str(shape.get("format") or shape.get("type") or "")
