"""Pages under /schools/, with and without htmx."""

from __future__ import annotations

import io
import uuid
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.models import Job
from schools.models import Post, RosterImport, Teacher
from tests.people import a_teacher
from tests.schools.rosters import roster_xlsx, teachers_csv


@pytest.fixture
def zhao(places) -> Client:
    """赵静's browser."""
    client = Client()
    client.force_login(places.user(places.zhao))
    return client


def as_person(places, teacher: Teacher) -> Client:
    client = Client()
    client.force_login(places.user(teacher))
    return client


def upload(client: Client, places, data: bytes, name: str = "名册.xlsx", **fields: str):
    file = SimpleUploadedFile(name, data)
    form = {"file": file, "unit": str(places.school.pk), **fields}
    return client.post("/schools/imports/", form)


def test_an_admin_of_one_school_comes_straight_to_it(zhao, places):
    answer = zhao.get("/schools/")
    assert answer.status_code == 302
    page = zhao.get(answer["Location"])
    assert page.status_code == 200
    text = page.content.decode()
    assert "浉河区第一小学" in text
    assert "王芳" in text
    assert "石磊" not in text


def test_an_officer_sees_a_list_and_searches_it(places):
    client = as_person(places, places.zheng)
    text = client.get("/schools/").content.decode()
    assert "固始县第一小学" in text
    found = client.get("/schools/?q=固始县第一").content.decode()
    assert "固始县第一小学" in found
    assert "浉河区第二小学" not in found
    assert "没有找到相符的单位" in client.get("/schools/?q=xyz").content.decode()


def test_pages_cost_a_fixed_number_of_queries(zhao, places, django_assert_max_num_queries):
    for number in range(40):
        a_teacher("周涛", school=places.school, number=f"N{number:02}", posts=["class_teacher"])
    with django_assert_max_num_queries(22):
        assert zhao.get(f"/schools/units/{places.school.pk}/").status_code == 200


def test_what_is_out_of_reach_is_missing(places, deliver):
    roster = upload(as_person(places, places.zhao), places, roster_xlsx([["S0001", "N1", "周涛"]]))
    deliver()
    gets = [
        f"/schools/units/{places.school.pk}/",
        f"/schools/units/{uuid.uuid4()}/",
        f"/schools/teachers/{places.wang.pk}/",
        f"/schools/teachers/{uuid.uuid4()}/",
        roster["Location"],
        f"{roster['Location']}errors/",
    ]
    posts = [
        f"/schools/units/{places.school.pk}/export/",
        f"/schools/units/{places.school.pk}/accounts/",
        f"/schools/teachers/{places.wang.pk}/posts/",
        f"/schools/posts/{places.li.posts.get().pk}/end/",
        f"{roster['Location']}confirmation/",
        f"{roster['Location']}cancellation/",
        f"{roster['Location']}partial/",
    ]
    stranger = as_person(places, places.shi)
    bodies = {stranger.get(address).status_code for address in gets}
    bodies |= {stranger.post(address, {"ends_on": "2026-03-02"}).status_code for address in posts}
    assert bodies == {404}
    wang = as_person(places, places.wang)
    assert {wang.get(address).status_code for address in [*gets[:2], "/schools/"]} == {404}
    assert wang.get(f"/schools/teachers/{places.wang.pk}/").status_code == 200
    assert RosterImport.objects.get().state == "previewed"


def test_a_post_is_given_and_ended_on_the_page_of_a_person(zhao, places):
    address = f"/schools/teachers/{places.wang.pk}/"
    assert 'data-testid="give-post"' in zhao.get(address).content.decode()
    form = {"role": "grade_head", "starts_on": "2026-03-02"}
    assert zhao.post(f"{address}posts/", form).status_code == 302
    assert places.wang.posts.get().role == "grade_head"
    wrong = zhao.post(f"{address}posts/", {"role": "bureau_officer", "starts_on": "2026-03-02"})
    assert wrong.status_code == 422
    assert zhao.post(f"{address}posts/", form).status_code == 409
    post = places.wang.posts.get()
    assert "结束职务" in zhao.get(address).content.decode()
    assert zhao.post(f"/schools/posts/{post.pk}/end/", {"ends_on": ""}).status_code == 422
    assert zhao.post(f"/schools/posts/{post.pk}/end/", {"ends_on": "2026-03-02"}).status_code == 302
    post.refresh_from_db()
    assert post.ends_on is not None
    nowhere = a_teacher("何平", school=places.school, number="N9")
    nowhere.employments.update(ends_on=date(2026, 3, 2))
    he = as_person(places, nowhere)
    assert "目前没有任职单位" in he.get(f"/schools/teachers/{nowhere.pk}/").content.decode()
    assert zhao.post(f"/schools/teachers/{nowhere.pk}/posts/", form).status_code == 404
    places.zhao.employments.update(ends_on=date(2026, 3, 2))
    assert zhao.post(f"/schools/teachers/{places.zhao.pk}/posts/", form).status_code == 302
    assert places.zhao.posts.count() == 1
    own = zhao.get(f"/schools/teachers/{places.zhao.pk}/").content.decode()
    assert 'data-testid="give-post"' not in own


def test_a_broken_workbook_is_imported_mended_and_imported(zhao, places, deliver):
    rows = [["S0001", "N1", "周涛", "13800000011"], ["S0001", "N2", "孙丽", "123"]]
    answer = upload(zhao, places, teachers_csv(*rows, encoding="gbk"), "名册.csv")
    assert answer.status_code == 302
    page = answer["Location"]
    waiting = zhao.get(page).content.decode()
    assert 'data-state="reading"' in waiting
    assert 'hx-trigger="every 2s"' in waiting
    deliver()
    fragment = zhao.get(page, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div id="roster"')
    assert "hx-trigger" not in fragment
    text = zhao.get(page).content.decode()
    assert "“123”不是 11 位手机号。" in text
    assert "确认导入：新增 1 行，更新 0 行" in text
    assert zhao.post(f"{page}confirmation/").status_code == 302
    assert zhao.post(f"{page}confirmation/").status_code == 302
    deliver()
    assert 'data-state="done"' in zhao.get(page).content.decode()
    assert Teacher.objects.filter(staff_number="N1").count() == 1

    errors = zhao.get(f"{page}errors/")
    book = openpyxl.load_workbook(io.BytesIO(errors.content))
    assert [[cell.value for cell in row] for row in book["教师"].iter_rows()] == [
        ["学校代码", "工号", "姓名", "手机", "职务", "任课班级", "原因"],
        ["S0001", "N2", "孙丽", "123", None, None, "手机：“123”不是 11 位手机号。"],
    ]
    book["教师"]["D2"] = "13800000012"
    mended = io.BytesIO()
    book.save(mended)
    page = upload(zhao, places, mended.getvalue(), "退回的行.xlsx")["Location"]
    deliver()
    zhao.post(f"{page}confirmation/")
    deliver()
    assert Teacher.objects.get(staff_number="N2").phone == "13800000012"
    assert "名册.csv" in zhao.get("/schools/imports/").content.decode()


def test_the_rows_of_each_verdict_open_by_their_count(zhao, places, deliver):
    rows = [
        ["S0001", "A1", "王方", "13800000001", "班主任"],
        ["S0001", "N1", "周涛"],
        ["S0001", "N2", "孙丽"],
    ]
    page = upload(zhao, places, roster_xlsx(rows))["Location"]
    deliver()
    updated = zhao.get(f"{page}?verdict=updated").content.decode()
    assert "<del>王芳</del> → <ins>王方</ins>" in " ".join(updated.split())
    assert "<ins>班主任</ins>" in updated
    assert "周涛" not in updated
    created = zhao.get(f"{page}?verdict=created").content.decode()
    assert "周涛" in created
    assert zhao.get(f"{page}?verdict=nonsense&page=x").status_code == 200


def test_an_officer_reads_what_happens_to_a_school(places, deliver):
    officer = as_person(places, places.chen)
    data = roster_xlsx(schools=[["S0001", "浉河区第一小学", "浉河区", "九年一贯制"]])
    page = upload(officer, places, data, unit=str(places.school.parent_id))["Location"]
    deliver()
    text = officer.get(page).content.decode()
    assert "<del>小学</del> → <ins>九年一贯制</ins>" in " ".join(text.split())
    assert officer.post(f"{page}cancellation/").status_code == 302
    assert officer.post(f"{page}cancellation/").status_code == 302


def test_a_refused_small_file_goes_on_as_partial_and_an_import_can_be_dropped(
    zhao, places, deliver
):
    for number in range(9):
        a_teacher("周涛", school=places.school, number=f"N{number}", with_user=False)
    data = roster_xlsx([["S0001", "N1", "周涛", "13800000011"]])
    page = upload(zhao, places, data)["Location"]
    deliver()
    text = zhao.get(page).content.decode()
    assert "不到一半" in text
    assert zhao.post(f"{page}partial/").status_code == 302
    assert 'data-testid="confirm-import"' in zhao.get(page).content.decode()
    assert zhao.post(f"{page}cancellation/").status_code == 302
    assert "已放弃" in zhao.get(page).content.decode()
    assert zhao.post(f"{page}confirmation/").status_code == 409
    ticked = upload(zhao, places, data, partial="on")["Location"]
    deliver()
    assert 'data-testid="confirm-import"' in zhao.get(ticked).content.decode()


def test_where_every_row_is_rejected_there_is_nothing_to_confirm(zhao, places, deliver):
    page = upload(zhao, places, roster_xlsx([["S0001", "N1", "周涛", "123"]]))["Location"]
    deliver()
    text = zhao.get(page).content.decode()
    assert "没有要写入的行，名册没有改动。" in text
    assert "confirm-import" not in text
    assert "改好后重新上传" in text
    assert "没有要写入的行" in zhao.get("/schools/imports/").content.decode()
    assert zhao.post(f"{page}confirmation/").status_code == 302
    deliver()
    listed = zhao.get("/schools/imports/").content.decode()
    assert "没有写入" in listed
    assert "已导入" not in listed


def test_a_wrong_upload_shows_the_form_again_with_the_reason(zhao, places):
    nothing = zhao.post("/schools/imports/", {"unit": str(places.school.pk)})
    assert nothing.status_code == 422
    assert "请选择名册文件。" in nothing.content.decode()
    empty = upload(zhao, places, b"")
    assert "文件是空的" in empty.content.decode()
    large = upload(zhao, places, b"x" * (10 * 1024 * 1024 + 1))
    assert large.status_code == 422
    assert "文件超过 10 MB" in large.content.decode()
    foreign = upload(zhao, places, b"x", unit=str(places.far.pk))
    assert foreign.status_code == 422
    assert not RosterImport.objects.exists()


def test_a_job_that_failed_is_told_and_tried_again(zhao, places, deliver):
    data = roster_xlsx([["S0001", "N1", "周涛"]])
    page = upload(zhao, places, data)["Location"]
    Job.objects.update(state="failed", error="处理时发生意外错误，请重试。")
    text = zhao.get(page).content.decode()
    assert "处理没有完成" in text
    assert "every 2s" not in text
    assert upload(zhao, places, data)["Location"] == page
    deliver()
    assert 'data-state="previewed"' in zhao.get(page).content.decode()
    zhao.post(f"{page}confirmation/")
    Job.objects.filter(kind="schools.apply_roster").update(state="failed")
    assert 'data-testid="retry-import"' in zhao.get(page).content.decode()
    zhao.post(f"{page}confirmation/")
    deliver()
    assert 'data-state="done"' in zhao.get(page).content.decode()


def test_slips_are_printed_once(zhao, places):
    a_teacher("孙丽", school=places.school, number="N1", with_user=False)
    page = f"/schools/units/{places.school.pk}/"
    assert 'data-testid="open-accounts"' in zhao.get(page).content.decode()
    answer = zhao.post(f"{page}accounts/")
    assert answer.content.decode().count('data-testid="slip-code"') == 1
    assert "no-store" in answer["Cache-Control"]
    assert 'data-testid="open-accounts"' not in zhao.get(page).content.decode()
    assert "没有需要开通账号的人" in zhao.post(f"{page}accounts/").content.decode()


def test_the_staff_list_and_the_template_are_workbooks(zhao, places):
    page = f"/schools/units/{places.school.pk}/"
    answer = zhao.post(f"{page}export/", {"purpose": "training"})
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["教师", "导出信息"]
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    for purpose in ("fun", ""):
        assert zhao.post(f"{page}export/", {"purpose": purpose}).status_code == 302
    assert '<option value="" selected>请选择用途</option>' in zhao.get(page).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(zhao.get("/schools/imports/template/").content))
    assert book.sheetnames == ["说明", "学校", "班级", "教师", "学生"]
    assert [cell.value for cell in book["教师"][1]] == [
        "学校代码", "工号", "姓名", "手机", "职务", "任课班级"
    ]  # fmt: skip
    assert book["教师"].column_dimensions["B"].number_format == "@"


def test_markup_in_names_is_shown_as_text(zhao, places, deliver):
    page = upload(zhao, places, roster_xlsx([["S0001", "N1", "<script>alert(1)</script>"]]))
    deliver()
    text = zhao.get(page["Location"]).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text


def test_reading_pages_change_nothing(zhao, places):
    before = Post.objects.count(), Teacher.objects.count()
    for address in ("/schools/", "/schools/imports/", f"/schools/units/{places.school.pk}/?q=%00"):
        assert zhao.get(address).status_code in (200, 302)
    assert (Post.objects.count(), Teacher.objects.count()) == before


def test_a_refused_roster_shows_why_each_row_would_fall(zhao, places, deliver):
    for number in range(5):
        a_teacher("周涛", school=places.school, number=f"B{number}")
    rows = [["S0001", f"新{number}", "孙丽"] for number in range(4)]
    upload(zhao, places, teachers_csv(*rows))
    deliver()
    roster = RosterImport.objects.get()
    assert (roster.state, roster.refusal_code) == ("refused", "much_smaller")
    page = zhao.get(f"/schools/imports/{roster.pk}/").content.decode()
    assert 'data-testid="take-as-partial"' in page
    assert "不是有效的代码" in page
