"""What refusals, notes and changes of a roster import say, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.rules import masked_phone
from schools.models import Role, Sex, Stage
from schools.rules.grades import Standing
from schools.rules.pupils import GUARDIAN_PHONE, PUPIL_NUMBER, SEX, masked_number
from schools.rules.roster import DUTY, PHONE, STAGE

PROBLEMS: dict[str, str | Promise] = {
    "missing": _("没有填写。"),
    "number_damaged": _(
        "“%(value)s”被 Excel 变成了科学计数法，末尾数字已丢失。请把单元格设为文本后重新填写。"
    ),
    "date": _("“%(value)s”被 Excel 变成了日期。请把单元格设为文本后重新填写。"),
    "formula": _("单元格是公式。请用“选择性粘贴—数值”换成内容本身。"),
    "error": _("单元格显示错误值“%(value)s”，请改正后重新填写。"),
    "too_long": _("“%(value)s”太长，请检查是否填错了列。"),
    "merged": _("单元格被合并，这一行没有自己的内容。请取消合并并逐行填写。"),
    "bad_code": _("“%(value)s”不是有效的代码，只能由字母、数字和短横线组成，最多 20 位。"),
    "bad_name": _("“%(value)s”不像姓名，请检查是否填错了列。"),
    "bad_phone": _("“%(value)s”不是 11 位手机号。"),
    "bad_stage": _("“%(value)s”不是系统中的学段。"),
    "unknown_post": _("不认识职务“%(value)s”，请按说明页列出的职务填写。"),
    "lost_zeros": _("“%(value)s”可能丢了开头的 0，是不是“%(guess)s”？请设为文本后重新填写。"),
    "duplicate": _("与第 %(row)s 行重复。"),
    "contradiction": _("与第 %(row)s 行是同一个编号，但内容不同，请只保留正确的一行。"),
    "phone_repeated": _("与第 %(row)s 行的手机号相同，请核对。"),
    "phone_taken": _("手机号“%(value)s”已登记在另一位教师名下，请核对。"),
    "school_not_yours": _("学校代码“%(value)s”不存在，或不在您的管理范围内。"),
    "county_not_yours": _("县区“%(value)s”不存在，或不在您的管理范围内。"),
    "county_differs": _("这所学校登记在另一个县区，不能通过导入改到“%(value)s”。"),
    "not_a_school": _("“%(value)s”是县区或市局的代码，不是学校。"),
    "school_facts_fixed": _("学校信息由县区或市局维护，请联系他们修改。"),
    "school_posts_only": _("“%(value)s”不是学校，职务请留空，另在系统中任命。"),
    "employed_elsewhere": _("工号“%(value)s”属于其他学校的教师，调动请由县区或市局办理。"),
    "number_taken": _("工号“%(value)s”已属于另一位教师，请核对工号与姓名。"),
    "post_from_above": _("这位教师还担任上级单位的职务，请先由上级结束该职务，再办理调动。"),
    "auditor": _("这位教师是审计员，不能同时担任管理职务，请先由市局结束审计职务。"),
    "own_post": _("不能给自己增加职务，请由上级办理。"),
    "bad_year": _("“%(value)s”不是入学年份，请填四位年份，例如 2024。"),
    "bad_class_number": _("“%(value)s”不是班号，请填 1 到 99 的整数。"),
    "bad_sex": _("“%(value)s”不是性别，请填“男”或“女”。"),
    "bad_family": _("“%(value)s”不是有效的家庭编号，只能由字母、数字和短横线组成。"),
    "family_held": _("这个家庭编号不能在这里使用，请另取编号。"),
    "bad_class": _("“%(value)s”不是班级，请写成“2024级3班”，几个班用顿号分开。"),
    "no_class": _("没有班级“%(value)s”，请先在“班级”表或班级页登记。"),
    "class_over": _("班级“%(value)s”已经毕业，请核对入学年份。"),
    "not_on_staff": _("工号“%(value)s”不是这所学校的在职教职工，请核对。"),
    "guardian_missing": _("填了监护人手机，却没有填监护人姓名。"),
    "guardian_differs": _("与第 %(row)s 行是同一家庭的同一位监护人，手机号却不同，请核对。"),
    "pupil_number_held": _(
        "这个学籍号不能在这里登记。请核对学籍号与姓名；如果是转学来的学生，请先由原学校办理转出。"
    ),
    "pupil_number_unchecked": _(
        "这一行的学籍号没有核对：本校一天内提交的学籍号里，和姓名对不上的太多。"
        "请核对姓名与学籍号两列是否错位，24 小时后再导入，或请县区按学籍系统核对。"
    ),
    "same_name_twice": _("与第 %(row)s 行同班同名，又没有学籍号，无法区分，请填写学籍号。"),
    "namesake": _("%(value)s已有同名学生，无法确认是不是同一人，请填写学籍号，或在学生页办理。"),
    "pupils_by_school": _("学生由本校的学校管理员导入，请交给他们办理。"),
    "changed_meanwhile": _("预览之后这一项已被他人修改，请重新上传核对。"),
}

REFUSALS: dict[str, str | Promise] = {
    "empty": _("文件里没有可导入的行，没有做任何改动。请填写模板后再上传。"),
    "much_smaller": _(
        "文件里的在册人员不到一半（学校：%(schools)s），可能不是完整的名册，没有做任何改动。"
        "如果只是补充或更正部分人员，请选择“只补充部分人员”。"
    ),
    "too_many_renamed": _(
        "文件会改掉大量人员的姓名，可能是姓名列与编号列错位，没有做任何改动。请核对后再上传。"
    ),
    "pupils_by_school": _("学生由本校的学校管理员导入，没有做任何改动。"),
    "read_meanwhile": _("同一时间本校还有另一份名册在核对学籍号，没有做任何改动。请重新上传。"),
    "rights_ended": _("上传人已没有这个单位的名册权限，没有做任何改动。"),
}

NOTES: dict[str, str | Promise] = {
    "ignored_sheets": _("没有导入这些工作表：%(names)s。"),
    "ignored_columns": _("没有导入这些列：%(names)s。"),
    "pupils_by_school": _("没有读取“学生”表：学生由本校的学校管理员导入。"),
    "check_signs": _("有 %(count)s 个学籍号的校验位不符（“学生”表第 %(rows)s 行），请核对。"),
    "hidden_rows": _("文件里有隐藏行（第 %(rows)s 行），已一并读取，请核对。"),
    "no_phone": _("有 %(count)s 位新增教师没有填手机号，开通账号后只能用工号登录。"),
    "absent_pupils": _(
        "有 %(count)s 名在册学生不在文件里，导入不会让他们离校；离校请在学生页办理。"
    ),
    "absent": _("有 %(count)s 位在册教师不在文件里，导入不会让他们离职；离职请在教师页办理。"),
}


GRADES: dict[int, str | Promise] = {
    -2: _("小班"),
    -1: _("中班"),
    0: _("大班"),
    1: _("一年级"),
    2: _("二年级"),
    3: _("三年级"),
    4: _("四年级"),
    5: _("五年级"),
    6: _("六年级"),
    7: _("七年级"),
    8: _("八年级"),
    9: _("九年级"),
    10: _("高一"),
    11: _("高二"),
    12: _("高三"),
}


def grade_text(standing: Standing) -> str:
    """The grade of a class in words, or that it has not begun or has finished."""
    if standing.grade is not None:
        return str(GRADES[standing.grade])
    return str(_("已毕业") if standing.state == "graduated" else _("未入学"))


def worded(texts: Mapping[str, str | Promise], code: str, params: Mapping[str, Any]) -> str:
    """The text of a code with its values; an unknown code reads as itself."""
    text = str(texts.get(code, code))
    return text % params if params else text


def problem_text(problem: Mapping[str, Any]) -> str:
    """A stored problem in words."""
    return worded(PROBLEMS, problem["code"], problem.get("params", {}))


def note_text(note: Mapping[str, Any]) -> str:
    """A stored note in words."""
    return worded(NOTES, note["code"], note.get("params", {}))


def recorded_text(column: str, value: str) -> str:
    """A value on record as people read it; of a phone or school number only its ends."""
    return masked_phone(value) if column == PHONE else value_text(column, value)


def value_text(column: str, value: str) -> str:
    """A changed value as people read it: posts, stages and sexes by their names; of a guardian's
    phone and a school number only the ends."""
    if column == GUARDIAN_PHONE:
        return masked_phone(value)
    if column == PUPIL_NUMBER:
        return masked_number(value)
    if column == SEX and value:
        return str(Sex(value).label)
    if column == DUTY:
        return "、".join(str(Role(role).label) for role in value.split(",") if role)
    if column == STAGE and value:
        return str(Stage(value).label)
    return value
