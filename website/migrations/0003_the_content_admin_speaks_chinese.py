"""What the framework's migrations left in English bears Chinese names: groups, workflow, root."""

from django.db import migrations

GROUPS = {"Moderators": "审核编辑", "Editors": "撰稿编辑"}
WORKFLOW = ("Moderators approval", "编辑审核")
ROOT = ("Root", "全部网站")


def name(apps, schema_editor):
    for english, chinese in GROUPS.items():
        apps.get_model("auth", "Group").objects.filter(name=english).update(name=chinese)
    for model in ("Workflow", "Task"):
        rows = apps.get_model("wagtailcore", model).objects.filter(name=WORKFLOW[0])
        rows.update(name=WORKFLOW[1])
    roots = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title=ROOT[0])
    roots.update(title=ROOT[1], draft_title=ROOT[1])


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0002_guidancelessonpage_recording"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
