"""What staffing refuses, one name for each reason."""

from mizban.core.refusals import Refusal


class NameTaken(Refusal):
    """Somebody else signs in with this name."""

    code = "name-taken"
    status = 422
    message = "این نام کاربری از آن کس دیگری است. نام دیگری برگزینید."


class LastOfficer(Refusal):
    """An office without a site officer could never appoint one again."""

    code = "last-officer"
    message = "این تنها مسئول سایت اداره است. نخست مسئول سایت دیگری تعیین کنید."


class RoleHeld(Refusal):
    """The person has this role already."""

    code = "role-held"
    message = "این همکار در همین زمان همین سمت را دارد."


class MixedWithInspection(Refusal):
    """Who inspects an office does not work there, and the other way round."""

    code = "mixed-with-inspection"
    message = "بازرس در همان اداره سمت دیگری نمی‌گیرد؛ بازرسی و کار در یک اداره با هم جمع نمی‌شود."


class OwnPost(Refusal):
    """Who gives roles gives none to oneself, the own or a colleague's."""

    code = "own-post"
    message = "کسی به خودش سمت یا جانشینی نمی‌دهد. از مسئول سایت دیگر یا گردانندهٔ سامانه بخواهید."


class WrongUnit(Refusal):
    """A role for the whole office named a unit, or a unit that takes no cases."""

    code = "wrong-unit"
    status = 422
    message = "مدیرکل، مسئول سایت و بازرس برای همهٔ اداره‌اند؛ واحد را خالی بگذارید."


class EndsBeforeItBegins(Refusal):
    """A stretch of days without a day in it, or one that is over already."""

    code = "ends-before-it-begins"
    status = 422
    message = "پایان باید از امروز به بعد باشد و پیش از آغاز نباشد."


class NotAStandIn(Refusal):
    """Nobody stands in for oneself, or for somebody who works elsewhere; an inspector's reading is nobody else's."""

    code = "not-a-stand-in"
    status = 422
    message = "جانشین باید همکار دیگری از همین اداره باشد؛ بازرس جانشین ندارد و جانشین نمی‌شود."


class AnsweredForElsewhere(Refusal):
    """The person's account belongs to another agency, which alone may touch the password and the name."""

    code = "answered-for-elsewhere"
    message = "حساب این همکار با دستگاه دیگری است که پیش از شما او را ثبت کرده؛ گذرواژه و نامش را همان‌جا تازه می‌کنند."


class OpenCases(Refusal):
    """A unit with open cases is not closed before another unit takes them over."""

    code = "open-cases"
    message = "این واحد پروندهٔ باز دارد. واحدی را که آن‌ها را می‌گیرد برگزینید."


class UnitInService(Refusal):
    """A service sends all its cases to this unit."""

    code = "unit-in-service"
    message = "خدمتی همهٔ پرونده‌هایش را به این واحد می‌سپارد؛ نخست تعریف آن خدمت را تغییر دهید."


class LastUnit(Refusal):
    """An office with services keeps one unit at least."""

    code = "last-unit"
    message = "این تنها واحد اداره است؛ نخست واحد دیگری بسازید."


class OwnSuperior(Refusal):
    """An agency that would stand above itself."""

    code = "own-superior"
    status = 422
    message = "دستگاه بالادست نمی‌تواند خود این دستگاه یا زیرمجموعهٔ آن باشد."
