"""What an editor can put into a page: content only, no raw HTML."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class NoticeBlock(blocks.StructBlock):
    """Something the reader must not overlook."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("info", _("说明")),
            ("good", _("好消息")),
            ("warning", _("请注意")),
            ("bad", _("紧急")),
        ],
        default="info",
        label=_("类型"),
    )
    title = blocks.CharBlock(required=False, max_length=80, label=_("标题"))
    text = blocks.TextBlock(label=_("正文"))

    class Meta:
        icon = "warning"
        label = _("提示框")
        template = "website/blocks/notice.html"


class FigureBlock(blocks.StructBlock):
    """A picture with its description and caption."""

    image = ImageBlock(label=_("图片"))
    caption = blocks.CharBlock(required=False, max_length=200, label=_("图注"))

    class Meta:
        icon = "image"
        label = _("图片")
        template = "website/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("引文"))
    source = blocks.CharBlock(required=False, max_length=120, label=_("出处"))

    class Meta:
        icon = "openquote"
        label = _("引文")
        template = "website/blocks/quote.html"


class StepsBlock(blocks.StructBlock):
    """What to do, one after the other."""

    title = blocks.CharBlock(required=False, max_length=80, label=_("标题"))
    steps = blocks.ListBlock(blocks.TextBlock(label=_("步骤")), min_num=1, label=_("步骤"))

    class Meta:
        icon = "list-ol"
        label = _("步骤")
        template = "website/blocks/steps.html"


class DownloadBlock(blocks.StructBlock):
    """A document to take away."""

    document = DocumentChooserBlock(label=_("文件"))
    note = blocks.CharBlock(required=False, max_length=160, label=_("说明"))

    class Meta:
        icon = "doc-full"
        label = _("下载")
        template = "website/blocks/download.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = blocks.CharBlock(
        max_length=80, icon="title", label=_("小标题"), template="website/blocks/heading.html"
    )
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("正文"))
    notice = NoticeBlock()
    steps = StepsBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    download = DownloadBlock()
