"""What the access log calls each recorded deed, in words a person reads."""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from certification.models import CheckPurpose
from schools.services.exporting import ExportPurpose

WORDS: Final[dict[str, Any]] = {
    "accounts.account_disabled": _("停用账号"),
    "accounts.account_enabled": _("恢复账号"),
    "accounts.account_opened": _("开通账号"),
    "accounts.authenticator_confirmed": _("启用身份验证器"),
    "accounts.name_corrected": _("更正账号姓名"),
    "accounts.other_sessions_ended": _("退出其他设备"),
    "accounts.password_changed": _("更改密码"),
    "accounts.phone_corrected": _("更正手机号"),
    "accounts.privacy_acknowledged": _("阅读隐私告知"),
    "accounts.recovery_code_spent": _("使用恢复码"),
    "accounts.recovery_codes_renewed": _("重新生成恢复码"),
    "accounts.second_factor_refused": _("动态码未通过"),
    "accounts.second_factor_reissued": _("重新办理身份验证器"),
    "accounts.second_factor_shown": _("通过第二因素"),
    "accounts.session_ended": _("退出一台设备"),
    "accounts.sessions_ended": _("退出全部设备"),
    "accounts.sign_in_locked": _("登录已暂停"),
    "accounts.sign_in_refused": _("登录未通过"),
    "accounts.signed_in": _("登录"),
    "accounts.signed_out": _("退出登录"),
    "accounts.slip_issued": _("签发密码单"),
    "accounts.slip_redeemed": _("使用密码单"),
    "accounts.slip_refused": _("密码单未通过"),
    "audit.read": _("查看访问日志"),
    "calendar.corrected": _("更正校历"),
    "calendar.marked": _("标注校历"),
    "calendar.unmarked": _("取消校历标注"),
    "certificate.check": _("上传批量核验"),
    "certificate.check_done": _("完成批量核验"),
    "certificate.check_download": _("下载核验结果"),
    "certificate.download": _("下载证书原件"),
    "certificate.hold": _("暂缓签发证书"),
    "certificate.issue": _("签发证书"),
    "certificate.list": _("查看证书登记簿"),
    "certificate.number": _("为证书编号"),
    "certificate.numbering": _("设置证书编号"),
    "certificate.reissue": _("换发证书"),
    "certificate.retry": _("重试签发证书"),
    "certificate.revoke": _("撤销证书"),
    "certificate.template": _("设定证书样式"),
    "certificate.view": _("查看证书"),
    "courses.add_lesson": _("添加课节"),
    "courses.add_page": _("新建课程页面"),
    "courses.complete": _("课程结业"),
    "courses.create_course": _("建立课程"),
    "courses.enrol": _("报名"),
    "courses.keep_content": _("修改课程内容"),
    "courses.mark_attempt": _("为测验评分"),
    "courses.offer_transcript_path": _("开通文字稿学习"),
    "courses.open_run": _("开设班次"),
    "courses.publish_course": _("发布课程"),
    "courses.publish_rule": _("发布结业规则"),
    "courses.retire_question": _("停用题目"),
    "courses.revise_question": _("修订题目"),
    "courses.share": _("添加课程共同编辑"),
    "courses.start_attempt": _("开始测验"),
    "courses.start_watch": _("开始观看"),
    "courses.unshare": _("移除课程共同编辑"),
    "courses.withdraw": _("退出班次"),
    "courses.withdraw_lesson": _("撤下课节"),
    "credit.adjust": _("调整学时"),
    "credit.award": _("学时入账"),
    "credit.reverse": _("冲销学时"),
    "credits.read": _("查看学分"),
    "editor.rights_given": _("开通内容管理权限"),
    "editor.rights_taken": _("收回内容管理权限"),
    "help_line.closed": _("停用热线"),
    "help_line.opened": _("启用热线"),
    "learning.list": _("查看教师学习情况"),
    "certification.end_qualification": _("结束资质"),
    "certification.record_qualification": _("登记资质"),
    "mentoring.amend_check_in": _("补充联系记录"),
    "mentoring.log_check_in": _("记录联系"),
    "mentoring.void_check_in": _("作废联系记录"),
    "mentoring.assign_by_hand": _("手工指定导师"),
    "mentoring.declare_conflict": _("登记回避"),
    "mentoring.limit": _("调整导师名额"),
    "mentoring.open_caseload": _("查看自己的学生"),
    "mentoring.open_pupil": _("查看学生的联系记录"),
    "mentoring.open_gaps": _("查看没有导师的学生"),
    "mentoring.open_run": _("查看导师分配方案"),
    "mentoring.propose": _("计算导师分配"),
    "mentoring.publish": _("发布导师分配"),
    "mentoring.repair": _("采用名额调整"),
    "media.captions.attached": _("上传字幕"),
    "media.recording.announced": _("登记录像"),
    "media.recording.published": _("发布录像"),
    "media.recording.renamed": _("修改录像标题"),
    "media.recording.retried": _("重新转码"),
    "media.recording.uploaded": _("上传录像"),
    "media.recording.withdrawn": _("下架录像"),
    "media.transcript.set": _("保存文字稿"),
    "post.ended": _("结束职务"),
    "post.given": _("任命职务"),
    "roster.cancelled": _("取消名册导入"),
    "roster.confirmed": _("确认名册"),
    "roster.download": _("下载名册错误表"),
    "roster.imported": _("导入名册"),
    "roster.taken_as_partial": _("改为只补充部分人员"),
    "roster.uploaded": _("上传名册"),
    "roster.view": _("查看名册导入"),
    "school_year.added": _("添加学年"),
    "schools.accounts_opened": _("批量开通账号"),
    "schools.staff_exported": _("导出教师名单"),
    "teacher.added": _("登记教师"),
    "teacher.corrected": _("更正教师信息"),
    "teacher.list": _("查看教师名单"),
    "teacher.moved": _("调动教师"),
    "teacher.phone": _("查看完整手机号"),
    "teacher.returned": _("重新登记教师"),
    "teacher.view": _("查看教师"),
    "term.added": _("添加学期"),
    "unit.added": _("添加单位"),
    "unit.corrected": _("更正单位"),
    "wellbeing.confirm_entry": _("确认关注记录"),
    "wellbeing.end_entry": _("确认结束关注"),
    "wellbeing.propose_entry": _("提出关注"),
    "wellbeing.read_entry": _("查看关注记录"),
    "wellbeing.read_ledger": _("查看关注台账"),
    "wellbeing.withdraw_entry": _("撤回关注"),
    "website.named": _("修改网站信息"),
    "website.page_published": _("发布网页"),
}
REASONS: Final[dict[str, Any]] = {
    **dict(CheckPurpose.choices),
    **dict(ExportPurpose.choices),
    "access_log": _("查看访问日志"),
    "care": _("学生心理关怀"),
    "post": _("依据职务"),
}


def words_of(verb: str) -> str:
    """What a recorded verb is called; the verb itself where nobody has named it."""
    return str(WORDS.get(verb, verb))


def words_of_thing(thing_type: str) -> str:
    """What a kind of thing is called, from its model's own name."""
    try:
        return str(apps.get_model(thing_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return thing_type


def words_of_reason(code: str) -> str:
    """What a purpose or a basis is called; free words stay as they are."""
    return str(REASONS.get(code, code))
