"""The people of the office: the list with its search, and somebody new."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse

from mizban.core.cases.inhouse.assigning import away
from mizban.core.declarations.fields import Field
from mizban.core.people.models import Membership, User
from mizban.core.refusals import FormRefused, Refusal
from mizban.kit.page import State
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import ascii_digits, tidy
from mizban.office.staffing import people
from mizban.office.staffing.refusals import NameTaken

from ..forms import Form, done, form_of
from .officers import as_officer, officer, page_of, sheet_of, step
from .posts import POST_FIELDS, checked_name, post_of, post_questions

TITLE = "همکاران"
MOST = 200
USERNAME = Field(
    "username",
    "text",
    "نام کاربری",
    help="حرف لاتین کوچک، رقم، نقطه و خط تیره؛ نمونه: m.rezaei",
    max_length=50,
)
NAME = Field("full_name", "text", "نام و نام خانوادگی", min_length=3, max_length=60)
MOBILE = Field("mobile", "mobile", "تلفن همراه", help="تنها اداره می‌بیند", required=False)
PHONE = Field(
    "phone",
    "text",
    "تلفن اداره",
    help="تلفن مسئول سایت را مردم هم می‌بینند",
    required=False,
    max_length=20,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody with the roles held now or to come; `chip` says how they stand today."""

    person: User
    posts: str
    chip: tuple[State, str]


@officer
def index(request: DeskRequest) -> HttpResponse:
    """Those who have or will have a role; with a search, whoever ever had one. A name is searched by posting it."""
    typed = tidy(request.POST.get("q", "")[:100]).strip() if request.method == "POST" else ""
    every = "every" in request.GET
    found = people.people_of(request.agency)
    if typed:
        found = found.filter(Q(full_name__icontains=typed) | Q(username__icontains=ascii_digits(typed)))
    elif not every:
        lasting = request.agency.memberships.lasting(request.now)
        found = found.filter(pk__in=lasting.values("user"))
    rows = _rows(request, list(found[:MOST]))
    return page_of(request, "people.html", title=TITLE, rows=rows, typed=typed, every=every, most=MOST)


@officer
def new(request: DeskRequest) -> HttpResponse:
    """Somebody new: the one-time password is shown this once."""
    fields = (USERNAME, NAME, MOBILE, PHONE, *post_questions(request, POST_FIELDS))
    form = form_of(request, fields, draws={"username": "username"})
    if form.answers is not None:
        try:
            person, password = people.add(
                request.agency,
                username=checked_name(form.answers["username"]),
                name=form.answers["full_name"],
                mobile=form.answers.get("mobile", ""),
                phone=form.answers.get("phone", ""),
                post=post_of(request, form.answers),
                by=as_officer(request),
                at=request.now,
            )
        except Refusal as refusal:
            form = _refused(form, refusal)
        else:
            return (
                handed_over(request, person, password)
                if password
                else done(request, "admin-person", person.pk)
            )
    above = (step(request, TITLE, "admin-people"),)
    return sheet_of(request, "person_new.html", form, title="همکار تازه", above=above)


def handed_over(request: DeskRequest, person: User, password: str) -> HttpResponse:
    """The one-time password, to be handed to the person."""
    above = (step(request, TITLE, "admin-people"), step(request, person.full_name, "admin-person", person.pk))
    return page_of(
        request,
        "password_done.html",
        title="گذرواژهٔ یک‌بارمصرف",
        above=above,
        person=person,
        password=password,
        until=request.now + people.HANDED_FOR,
    )


def _refused(form: Form, why: Refusal) -> Form:
    """A name that is taken is said beside the name."""
    if isinstance(why, NameTaken):
        return form.refused(FormRefused({"username": Malformed(why.code, why.message)}))
    return form.refused(why)


def _rows(request: DeskRequest, found: Sequence[User]) -> list[Row]:
    held = request.agency.memberships.filter(user__in=found).select_related("unit").order_by("id")
    by_person: dict[int, list[Membership]] = {}
    for each in held:
        by_person.setdefault(each.user_id, []).append(each)
    gone = away(request.agency.pk, at=request.now)
    return [
        _row(request, person, by_person.get(person.pk, []), is_away=person.pk in gone) for person in found
    ]


def _row(request: DeskRequest, person: User, held: Sequence[Membership], *, is_away: bool) -> Row:
    now = [each for each in held if each.holds(request.now)]
    to_come = [each for each in held if each.from_at and each.from_at > request.now and each not in now]
    chip: tuple[State, str] = ("open", "در کار")
    if not now:
        chip = ("hold", "از آینده") if to_come else ("none", "رفته")
    elif is_away:
        chip = ("hold", "مرخصی")
    elif person.must_renew:
        chip = ("soon", "هنوز وارد نشده")
    return Row(person, "، ".join(each.spoken for each in now or to_come), chip)
