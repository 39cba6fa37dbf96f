"""What programs send about cases, and what they are told of them: shapes of the OpenAPI document."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

LARGEST_ID = 2**63 - 1

ApplicantKind = Literal["natural", "legal", "foreign", "agency", "anonymous"]
RepresentativeKind = Literal["lawyer", "agent", "guardian", "custodian"]
Slug = Annotated[str, Field(examples=["markazi-roads"])]
Code = Annotated[str, Field(description="کد رهگیری، دوازده رقم", examples=["417305826943"])]
Password = Annotated[str, Field(description="رمز، دوازده رقم", examples=["082645113907"])]
Jalali = Annotated[str, Field(description="روز شمسی، YYYY-MM-DD", examples=["1405-09-07"])]
Moment = Annotated[datetime, Field(description="با منطقهٔ زمانی، UTC")]
Answers = Annotated[
    dict[str, Any],
    Field(description="پاسخ‌ها با نام پرسش؛ شکل آن‌ها در JSON Schema فرم است"),
]
Seen = Annotated[
    int | None,
    Field(
        ge=0,
        le=LARGEST_ID,
        description="شمار رویدادهایی که دیده‌اید (`number_of_events`)؛ اگر پس از آن رویدادی شده باشد، پاسخ ۴۰۹ است",
    ),
]


class Sent(Schema):
    """What a program sends: a field that is not known is refused, not dropped."""

    model_config = ConfigDict(extra="forbid", strict=True)


class WrongField(Schema):
    field: str
    code: str
    message: str


class Problem(Schema):
    """Problem details (RFC 9457). `code` is stable; `errors` name what was wrong, field by field."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[WrongField]


class AgencyName(Schema):
    slug: str
    name: str


class UploadId(Schema):
    """`id` goes where a form's schema says `format: file`; it is good for one case, for an hour."""

    id: int
    media_type: str
    size: int


class RepresentativeSent(Sent):
    """Who applies for another, and by what right; `file` is the id of the mandate's picture, from `POST files`."""

    kind: RepresentativeKind
    name: str
    national_id: str
    number: str
    from_: str = Field(alias="from", description="روز شمسی")
    until: str = Field("", description="روز شمسی؛ برای وکیل و نماینده لازم است")
    file: int = Field(ge=1, le=LARGEST_ID)


class ApplicantSent(Sent):
    """`national_id` of a natural person, `legal_id` of a company or an agency, `foreign_id` of a foreigner.

    One who stays `anonymous`, where the service takes that, sends nothing but the kind.
    """

    kind: ApplicantKind
    name: str = ""
    national_id: str | None = None
    legal_id: str | None = None
    foreign_id: str | None = None
    mobile: str = ""


class CaseSent(Sent):
    agency: Slug
    service: Slug
    applicant: ApplicantSent
    representative: RepresentativeSent | None = None
    answers: Answers


class Filed(Schema):
    """The only answer that has the password."""

    tracking_code: Code
    password: Password
    due_at: Moment | None
    due_on: Jalali | None


class TrackSent(Sent):
    tracking_code: Code
    password: Password


class StepSent(TrackSent):
    step: str
    data: Answers = Field(default_factory=dict)
    seen: Seen = None


class DeskStepSent(Sent):
    data: Answers = Field(default_factory=dict)
    seen: Seen = None


class Said(Schema):
    """An answer as people read it."""

    name: str
    label: str
    text: str


class FileNamed(Schema):
    id: int
    name: str
    media_type: str
    size: int


class Happened(Schema):
    """One event: the sentence people read, what was written and which files came with it."""

    at: Moment
    kind: str
    step: str | None
    state: str | None
    sentence: str
    said: list[Said]
    files: list[FileNamed]


class StepOpen(Schema):
    """A step that can be taken now; `form` is the JSON Schema of its `data`."""

    name: str
    label: str
    help: str
    form: dict[str, Any]


class CaseRow(Schema):
    """A case as lists show it. `clock`: the office's time runs, stands, or is over."""

    tracking_code: Code
    agency: AgencyName
    service: str
    title: str
    state: str
    state_label: str
    turn: str
    is_open: bool
    clock: Literal["running", "stopped", "ended"]
    filed_at: Moment
    due_at: Moment | None
    due_on: Jalali | None
    answered_at: Moment | None
    in_time: bool | None


class Apology(Schema):
    """What followed a broken promise: why, until when it is promised again (null: the clock stands, or nothing is
    owed any more), whether that passed too, and who was told. The old promise stays broken.
    """

    why: str
    reason: str
    again_at: Moment | None
    again_on: Jalali | None
    is_broken_again: bool
    superiors: list[str]
    complaints: list[str]


class CaseTracked(CaseRow):
    """`apology` is null while no promise was broken."""

    number_of_events: int
    apology: Apology | None
    timeline: list[Happened]
    steps: list[StepOpen]


class ApplicantShown(Schema):
    """Personal identifiers and the mobile number with their middle hidden, as on the desk's pages."""

    kind: str
    name: str
    identifier: str
    mobile: str


class DeskRow(CaseRow):
    """`applicant` is null for those who may not read names, and once it was erased.

    `unit` and `assignee` are the office's own affair: null for staff of another agency.
    """

    unit: str | None
    assignee: str | None
    is_late: bool
    applicant: ApplicantShown | None


class DeskCases(Schema):
    items: list[DeskRow]
    next_cursor: str | None = Field(description="در `cursor` بفرستید تا صفحهٔ بعد بیاید؛ در صفحهٔ آخر null است")


class Answered(Said):
    value: Any


class DeskCase(DeskRow):
    number_of_events: int
    channel: str
    answers: list[Answered]
    timeline: list[Happened]
    steps: list[StepOpen]
