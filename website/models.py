"""The pages an editor writes, and the site's own words."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from core import clock
from core.page_forms import PageForm
from media.http import with_player_csp
from website.blocks import BodyBlock


class ContentPage(Page):
    """What every page of the website has: a lead and a body."""

    lead = models.TextField(_("导语"), blank=True, max_length=300)
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)

    base_form_class = PageForm
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True


class HomePage(ContentPage):
    """The first page of a language."""

    heading = models.CharField(_("大标题"), max_length=80, blank=True)

    template = "website/home_page.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("首页")
        verbose_name_plural = _("首页")


class StandardPage(ContentPage):
    """A page of text: privacy notice, rules on children's data, about the platform."""

    template = "website/standard_page.html"
    parent_page_types: ClassVar = ["website.HomePage", "website.StandardPage"]

    class Meta:
        verbose_name = _("普通页面")
        verbose_name_plural = _("普通页面")


class NewsIndexPage(ContentPage):
    """The list of news, newest first."""

    template = "website/news_index_page.html"
    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar = ["website.NewsPage"]

    class Meta:
        verbose_name = _("新闻栏目")
        verbose_name_plural = _("新闻栏目")


class NewsPage(ContentPage):
    """One piece of news."""

    dated_on = models.DateField(_("日期"), default=clock.today)

    template = "website/news_page.html"
    parent_page_types: ClassVar = ["website.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("dated_on"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [*ContentPage.search_fields, index.FilterField("dated_on")]

    class Meta:
        verbose_name = _("新闻")
        verbose_name_plural = _("新闻")


class GuidanceIndexPage(ContentPage):
    """The recorded lessons for pupils and parents, open to everyone."""

    template = "website/guidance_index_page.html"
    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar = ["website.GuidanceLessonPage"]

    class Meta:
        verbose_name = _("指导栏目")
        verbose_name_plural = _("指导栏目")


class GuidanceLessonPage(ContentPage):
    """One recorded lesson with its transcript and what to do afterwards."""

    class Audience(models.TextChoices):
        """For whom a lesson is made."""

        PUPILS = "pupils", _("给学生")
        PARENTS = "parents", _("给家长")
        EVERYONE = "everyone", _("学生与家长同看")

    audience = models.CharField(
        _("给谁看"), max_length=12, choices=Audience.choices, default=Audience.EVERYONE
    )
    recording = models.ForeignKey(
        "media.Recording",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("录像"),
    )

    template = "website/guidance_lesson_page.html"
    parent_page_types: ClassVar = ["website.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("recording"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("指导课")
        verbose_name_plural = _("指导课")

    @with_player_csp
    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """The page, allowed to play its recording."""
        response: TemplateResponse = super().serve(request, *args, **kwargs)
        return response


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """The site's names, its authority and its filing numbers."""

    site = models.OneToOneField(
        Site, on_delete=models.CASCADE, editable=False, verbose_name=_("站点")
    )
    name = models.CharField(_("网站名称"), max_length=60)
    name_en = models.CharField(_("网站英文名称"), max_length=120)
    authority = models.CharField(_("主办单位"), max_length=60, blank=True)
    authority_en = models.CharField(_("主办单位英文名称"), max_length=120, blank=True)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    contact_en = models.CharField(_("联系方式（英文）"), max_length=120, blank=True)
    icp_number = models.CharField(_("ICP 备案号"), max_length=40, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=60, blank=True)

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("name_en")], heading=_("名称")),
        MultiFieldPanel(
            [
                FieldPanel("authority"),
                FieldPanel("authority_en"),
                FieldPanel("contact"),
                FieldPanel("contact_en"),
            ],
            heading=_("主办单位"),
        ),
        MultiFieldPanel(
            [FieldPanel("icp_number"), FieldPanel("police_number")], heading=_("备案信息")
        ),
    ]

    class Meta:
        verbose_name = _("网站信息")
        verbose_name_plural = _("网站信息")
