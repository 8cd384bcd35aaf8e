"""Public pages about courses: content only, the same for everybody."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from core.page_forms import PageForm
from courses.blocks import COURSE_SECTIONS, RICH_TEXT
from courses.models.catalogue import Course


class CourseIndexPage(Page):
    """The catalogue's page: a heading and an introduction above the list."""

    base_form_class = PageForm
    intro = RichTextField(_("导语"), features=RICH_TEXT, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    template = "courses/index_page.html"

    class Meta:
        verbose_name = _("课程目录页")
        verbose_name_plural = verbose_name


class CoursePage(Page):
    """What the public reads about a course; nothing that anyone earned hangs on it."""

    base_form_class = PageForm
    course = models.OneToOneField(
        Course,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="page",
        verbose_name=_("课程"),
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("封面图"),
    )
    body = StreamField(COURSE_SECTIONS, verbose_name=_("内容"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("course"),
        FieldPanel("cover"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    exclude_fields_in_copy: ClassVar[list[str]] = ["course"]
    parent_page_types: ClassVar[list[str]] = ["courses.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "courses/course_page.html"

    class Meta:
        verbose_name = _("课程页面")
        verbose_name_plural = verbose_name

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """An alias names no course of its own: one course has one page, which the alias shows."""
        if self.alias_of_id:
            self.course = None
        return super().save(*args, **kwargs)
