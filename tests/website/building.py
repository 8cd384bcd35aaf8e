"""A small public site for tests, made through the room's own services."""

from datetime import date
from typing import Any

from schools.models import HelpLine
from website import services
from website.services import PageText

LESSONS = {
    "puberty": "青春期：身体和心里一起长大",
    "life": "生命教育：每一个日子都值得",
    "emotions": "情绪：认识它，安顿它",
}


def build_site() -> dict[str, Any]:
    """Home, three lessons, two pieces of news, the rules, two help lines; returns the pages."""
    homes = services.lay_out_site(
        actor=None,
        chinese=PageText("信阳市教师发展与全员导师平台", "教师学有所获，学生身边有人。"),
        english=PageText("Xinyang teachers' platform", "Someone at every pupil's side."),
    )
    services.name_site(
        actor=None,
        name="信阳市教师发展与全员导师平台",
        name_en="Xinyang teachers' platform",
        authority="信阳市教育体育局",
        authority_en="Xinyang Education Bureau",
        icp_number="豫ICP备00000000号-1",
        police_number="豫公网安备 00000000000000号",
    )
    pages: dict[str, Any] = {"home": homes["zh-hans"], "home_en": homes["en"]}
    for slug, title in (
        ("privacy", "隐私说明"),
        ("children", "儿童个人信息保护规则"),
        ("about", "关于"),
    ):
        pages[slug] = services.publish_standard_page(
            actor=None,
            slug=slug,
            chinese=PageText(title, body="## 收集什么\n\n只收集必需的信息。"),
            english=PageText(slug.title(), body="Only what is needed."),
        )
    for slug, title in LESSONS.items():
        pages[slug] = services.publish_guidance_lesson(
            actor=None,
            slug=slug,
            recording=None,
            chinese=PageText(title, "一分多钟，人人可看。", "## 可以做什么\n\n每天留出十分钟。"),
            english=PageText(slug.title(), "A little over a minute."),
        )
    for month, slug in ((9, "lessons-online"), (10, "autumn-training")):
        pages[slug] = services.publish_news(
            actor=None,
            slug=slug,
            dated_on=date(2026, month, 10),
            chinese=PageText(f"{month}月新闻", "一句话。", "正文。"),
            english=PageText(f"News {month}", "A sentence.", "Text."),
        )
    _help_lines()
    return pages


def _help_lines() -> None:
    for number, name, urgent in (("12356", "全国统一心理援助热线", False), ("110", "报警", True)):
        if HelpLine.objects.filter(number=number).exists():
            continue
        HelpLine.objects.create(
            number=number,
            name=name,
            description="随时可以拨打。",
            hours="全天",
            is_emergency=urgent,
            starts_on=date(2025, 1, 1),
        )
