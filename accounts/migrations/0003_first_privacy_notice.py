import datetime

from django.db import migrations

BODY = """
<h2>我们收集哪些信息</h2>
<p>平台保存您的姓名、工号、手机号、任职单位和职务，以及您在平台上的学习、学分、证书和工作记录。这些信息由所在单位提供，或由您本人在使用中产生。</p>
<h2>用来做什么</h2>
<p>只用于教师培训、学分与证书管理、全员导师工作和依法开展的学生关爱工作，不用于商业用途，也不向无关单位和个人提供。</p>
<h2>谁能看到</h2>
<p>您本人能看到自己的全部记录。学校、县（区）和市教育局的工作人员只能看到其职务范围内的内容；职务结束后，下一次访问起即不能再看。每一次查看学生个案信息都会留下记录。</p>
<h2>怎样保护</h2>
<p>密码和恢复码只保存摘要，涉及学生的文字加密保存。接触学生信息的账号登录时需要动态数字，长时间不操作会自动退出。</p>
<h2>关于不满十四周岁的未成年人</h2>
<p>学生的个人信息属于敏感个人信息。学生没有常设账号；涉及不满十四周岁学生的筛查和辅导信息，须先取得监护人同意，只收集必需的内容，并由专人负责。监护人可以向学校查询、更正，或要求删除不应保存的内容。</p>
<h2>您的权利</h2>
<p>您可以查询和更正自己的信息，查看并退出登录中的设备。发现信息有误或怀疑泄露，请立即联系学校管理员或市教育局。</p>
"""


def add_first_notice(apps, schema_editor):
    apps.get_model("accounts", "PrivacyNotice").objects.get_or_create(
        version="2026-1",
        defaults={"effective_on": datetime.date(2026, 1, 1), "body": BODY.strip()},
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_sessions_slips_second_factor_notices_privacy")]

    operations = [migrations.RunPython(add_first_notice, migrations.RunPython.noop)]
