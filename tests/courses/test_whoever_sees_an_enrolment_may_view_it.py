"""One property: an enrolment is in the list exactly when it may be viewed."""

from __future__ import annotations

from courses import services
from courses.models import Enrolment
from courses.permissions import can_view_enrolment, visible_enrolments
from tests.courses.build import a_course, a_run
from tests.people import a_bureau, a_county, a_school, a_teacher, a_user


def test_in_the_list_and_to_be_viewed_are_the_same(course, run, wang, li):
    far_school = a_school("固始县第一小学", county=a_county("固始县"))
    far = a_teacher("陈刚", school=far_school)
    other = a_run(a_course("家校沟通", code="JX-01"), code="JX-01-A")
    mine = services.enrol(actor=wang.user, run=run)
    theirs = services.enrol(actor=far.user, run=run)
    elsewhere = services.enrol(actor=far.user, run=other)
    services.share_course_with(actor=None, course=course, user=li.user)
    root = a_user("root")
    root.is_superuser = True
    root.save()
    expected = {
        wang.user: {mine},
        far.user: {theirs, elsewhere},
        li.user: set(),
        root: set(),
        a_teacher("周敏", posts=["school_admin"]).user: {mine},
        a_teacher("钱进", posts=["class_teacher"]).user: set(),
        a_teacher("冯涛", school=far_school, posts=["principal"]).user: {theirs, elsewhere},
        a_teacher("吴静", posts=[("registrar", a_county("固始县"))]).user: {theirs, elsewhere},
        a_teacher("郑华", posts=[("bureau_officer", a_bureau())]).user: {mine, theirs, elsewhere},
        a_teacher("孙丽", posts=[("editor", a_bureau())]).user: set(),
        a_teacher("许明", posts=[("auditor", a_bureau())]).user: set(),
    }
    for user, seen in expected.items():
        assert set(visible_enrolments(user)) == seen, user.name
        for enrolment in Enrolment.objects.all():
            assert can_view_enrolment(user, enrolment) is (enrolment in seen), user.name


def test_who_keeps_a_course_does_not_learn_how_far_its_learners_are(client, course, run, wang, li):
    enrolment = services.enrol(actor=wang.user, run=run)
    services.share_course_with(actor=None, course=course, user=li.user)
    editor = a_teacher("孙丽", posts=[("editor", a_bureau())])
    addresses = (f"/api/v1/enrolments/{enrolment.pk}", f"/learn/runs/{run.code}/progress/")
    for keeper in (li.user, editor.user):
        client.force_login(keeper)
        assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(wang.user)
    assert client.get(addresses[0]).status_code == 200
