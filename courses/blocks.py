"""Sections of a course page."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class Chapter(blocks.StructBlock):
    """One line of a syllabus."""

    title = blocks.CharBlock(label=_("章节"), max_length=120)
    text = blocks.TextBlock(label=_("说明"), required=False)


class Lecturer(blocks.StructBlock):
    """One person who teaches."""

    name = blocks.CharBlock(label=_("姓名"), max_length=60)
    title = blocks.CharBlock(label=_("单位与职务"), max_length=120, required=False)
    photo = ImageChooserBlock(label=_("照片"), required=False)
    text = blocks.TextBlock(label=_("简介"), required=False)


class Section(blocks.StructBlock):
    """A part of the page with a heading of its own."""

    heading = blocks.CharBlock(label=_("标题"), max_length=60)
    text = blocks.RichTextBlock(label=_("内容"), features=RICH_TEXT)


class CourseSections(blocks.StreamBlock):
    """Everything a course page may say, in the editor's order."""

    aims = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=_("学习目标"),
        template="courses/blocks/aims.html",
        icon="tick",
    )
    audience = blocks.RichTextBlock(
        features=RICH_TEXT,
        label=_("适合对象"),
        template="courses/blocks/audience.html",
        icon="group",
    )
    syllabus = blocks.ListBlock(
        Chapter(), label=_("课程大纲"), template="courses/blocks/syllabus.html", icon="list-ol"
    )
    lecturers = blocks.ListBlock(
        Lecturer(), label=_("授课教师"), template="courses/blocks/lecturers.html", icon="user"
    )
    section = Section(label=_("自定栏目"), template="courses/blocks/section.html", icon="doc-full")

    class Meta:
        block_counts: ClassVar[dict[str, dict[str, int]]] = {
            name: {"max_num": 1} for name in ("aims", "audience", "syllabus", "lecturers")
        }


COURSE_SECTIONS = CourseSections()
